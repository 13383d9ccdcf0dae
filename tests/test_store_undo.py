"""Words on a fact are a stack: the last one holds, and an undo takes it back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import store_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from geotrack.models import Document, Reading
from geotrack.store import (
    Finding,
    InvalidReviewError,
    NothingToUndoError,
    Review,
    Store,
    UnknownFactError,
)

pytest_plugins = ("databases",)


@pytest.fixture
def document() -> Document:
    """Give a document."""
    return samples.document()


@pytest.fixture
def reading(document: Document) -> Reading:
    """Give its reading."""
    return samples.reading(document)


def _state(store: Store) -> tuple[object, object]:
    row = store.figures().iloc[0]
    return row["review"], row["value"]


def test_undo_goes_back_step_by_step(database: str, document: Document, reading: Reading) -> None:
    """Each undo brings back the word before, until none is left; all of them stay in the table."""
    fact_id = reading.figures[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(Review(fact_id, "accepted", "Aysel"))
        corrected = store.review(Review(fact_id, "corrected", "Oleh", {"value": 13}))
        store.review(Review(fact_id, "linked", "Oleh", {"same_as": fact_id}))
        assert _state(store) == ("corrected", 13.0)
        assert store.undo(fact_id, "Aysel", "31 it is") == corrected
        assert _state(store) == ("accepted", 31.0)
        store.undo(fact_id, "Aysel")
        assert _state(store) == (None, 31.0)
        assert store.figures()["same_as"].tolist() == [fact_id]
        with pytest.raises(NothingToUndoError, match="no word on it holds"):
            store.undo(fact_id, "Aysel")
        said = store.reviews()
    assert said["verdict"].tolist() == ["accepted", "corrected", "linked", "undone", "undone"]
    assert said["taken_back"].tolist() == [True, True, False, False, False]
    assert said["who"].tolist() == ["Aysel", "Oleh", "Oleh", "Aysel", "Aysel"]
    assert (said["note"][3], said["text"][3]) == ("31 it is", "31 anti-personnel mines")


def test_a_verdict_after_a_correction_judges_the_corrected_fact(
    database: str, document: Document, reading: Reading
) -> None:
    """Accepting what another person corrected keeps the correction; a second one replaces the first whole."""
    fact_id = reading.figures[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(Review(fact_id, "corrected", "Aysel", {"value": 13, "end": "2024-05-30"}))
        store.review(Review(fact_id, "accepted", "Oleh"))
        assert _state(store) == ("accepted", 13.0)
        store.review(Review(fact_id, "corrected", "Oleh", {"value": 14}))
        row = store.figures().iloc[0]
        assert (row["value"], row["end"]) == (14.0, reading.figures[0].end)
        standing = store.standing(fact_id)
        assert standing is not None
        assert standing.corrected == {"value": 14, "value_si": 14, "unit_si": "count"}
        store.undo(fact_id, "Oleh")
        assert _state(store) == ("accepted", 13.0)


def test_an_undo_of_what_somebody_else_said_since(
    database: str, document: Document, reading: Reading
) -> None:
    """An undo that names the word it means is refused when another person spoke meanwhile."""
    fact_id = reading.figures[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        mine = store.review(Review(fact_id, "accepted", "Aysel"))
        store.review(Review(fact_id, "rejected", "Oleh"))
        with pytest.raises(NothingToUndoError, match="since then Oleh said 'rejected'"):
            store.undo(fact_id, "Aysel", review_id=mine)
        assert _state(store) == ("rejected", 31.0)


def test_an_undo_of_nothing(database: str, document: Document, reading: Reading) -> None:
    """An undo needs somebody who does it, and a fact that something was said of."""
    with Store.open(database) as store:
        store.add(document, reading)
        with pytest.raises(UnknownFactError):
            store.undo("0" * 16, "Aysel")
        with pytest.raises(InvalidReviewError, match="does not say who"):
            store.undo(reading.figures[0].id, " ")
        with pytest.raises(NothingToUndoError, match="no word on it holds"):
            store.undo(document.id, "Aysel")
        assert store.reviews().empty


def test_what_was_said_of_a_fact_that_is_gone_can_be_taken_back(
    database: str, document: Document, reading: Reading
) -> None:
    """A rejection that new rules made pointless is undone all the same."""
    fact_id = reading.figures[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(Review(fact_id, "rejected", "Aysel"))
        store.add(document, Reading(document.id, rules_version="2"))
        store.undo(fact_id, "Aysel")
        assert store.reviews()["fact_gone"].tolist() == [True, True]
        store.add(document, reading)
        assert _state(store) == (None, 31.0)


# -- any sequence of words -----------------------------------------------------------------------

DOCUMENT = samples.document()
READING = samples.reading(DOCUMENT)
AT = DOCUMENT.text.index("10 ha")
READ, ADDED = (
    READING.figures[0].id,
    Finding("figure", (AT, AT + 5), "10 ha", {"measure": "area_cleared"}).id(DOCUMENT.id),
)
PERSONS = st.sampled_from(["Aysel", "Oleh"])
STEPS = st.tuples(
    st.sampled_from(["accepted", "rejected", "corrected", "linked", "added", "undone"]),
    st.sampled_from([READ, ADDED]),
    PERSONS,
    st.integers(1, 99),
)


@dataclass
class Model:
    """What is expected of one fact: the value read, if any, and the words on it, with who and value."""

    read: float | None
    words: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def there(self) -> bool:
        """Whether the fact is in the tables."""
        return self.read is not None or any(word == "added" for word, _, _ in self.words)

    def state(self) -> tuple[Any, ...] | None:
        """Return verdict, who and value, None for a fact that is not there."""
        if not self.there:
            return None
        values = [value for word, _, value in self.words if word in {"corrected", "added"}]
        verdict, who = self.words[-1][:2] if self.words else (None, None)
        return verdict, who, float(values[-1]) if values else self.read


def _step(store: Store, model: Model, step: tuple[str, str, str, int]) -> None:
    """Do a step in the store and in the model, or see it refused where the model has no place for it."""
    word, fact_id, who, value = step
    if word == "undone":
        if model.words:
            store.undo(fact_id, who)
            model.words.pop()
        else:
            with pytest.raises((NothingToUndoError, UnknownFactError)):
                store.undo(fact_id, who)
    elif word == "added":
        fields = {"measure": "area_cleared", "value": value, "unit": "ha"}
        if fact_id == ADDED and not model.there:
            store.add_fact(DOCUMENT.id, Finding("figure", (AT, AT + 5), "10 ha", fields), who)
            model.words.append((word, who, value))
    elif not model.there:
        with pytest.raises(UnknownFactError):
            store.review(Review(fact_id, "accepted", who))
    else:
        said = {"corrected": {"value": value}, "linked": {"same_as": None}}.get(word, {})
        store.review(Review(fact_id, word, who, said))  # type: ignore[arg-type]  # one of the verdicts
        if word != "linked":
            model.words.append((word, who, value))


@given(st.lists(STEPS, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_words_leave_what_a_stack_predicts(steps: list[tuple[str, str, str, int]]) -> None:
    """After any sequence of words and undos, verdict, person and value are those of the stack's top."""
    models = {READ: Model(31.0), ADDED: Model(None)}
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "reports.db") as store:
        store.add(DOCUMENT, READING)
        for step in steps:
            _step(store, models[step[1]], step)
        rows = {row["figure_id"]: row for row in store.figures().to_dict("records")}
        for fact_id, model in models.items():
            row = rows.get(fact_id)
            found = None if row is None else (row["review"], row["review_by"], row["value"])
            assert found == model.state()
