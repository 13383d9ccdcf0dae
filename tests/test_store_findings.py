"""What a person adds to a document stands among its facts, and outlives whatever the reader reads later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import store_samples as samples

from geotrack.analysis import Ledger, total
from geotrack.errors import UnknownPlaceError
from geotrack.export import ExportContent, ExportFilter, export
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Figure, Incident, Place, Reading, fact_id
from geotrack.store import (
    Finding,
    InvalidFindingError,
    InvalidReviewError,
    Review,
    Store,
    UnknownDocumentError,
)

pytest_plugins = ("databases",)

BARDA = Place("AZ-BAR", "Barda", "adm1", "AZ", "AZ-BAR", None, 47.1, 40.4)


class OnePlace:
    """A gazetteer that knows one place."""

    def place(self, place_id: str) -> Place:
        """Return the place."""
        if place_id != BARDA.id:
            raise UnknownPlaceError(place_id, ())
        return BARDA


@pytest.fixture
def document() -> Document:
    """Give a document."""
    return samples.document()


@pytest.fixture
def reading(document: Document) -> Reading:
    """Give its reading."""
    return samples.reading(document)


def _found(document: Document, words: str, **fields: object) -> Finding:
    start = document.text.index(words)
    return Finding("figure", (start, start + len(words)), words, fields)


def _plan(document: Document, **fields: object) -> Finding:
    """Return the ten hectares that the reader of the samples refuses."""
    return _found(document, "10 ha", **{"measure": "area_cleared", "value": 10, "unit": "ha", **fields})


def test_an_added_figure_stands_among_the_figures(
    database: str, document: Document, reading: Reading
) -> None:
    """It has the text's words, its sentence, the id that the reader would give, and who added it."""
    with Store.open(database) as store:
        store.add(document, reading)
        revision = store.revision
        finding = _plan(document, place_ids=["AZ-BAR", "AZ-AGM"], end="2024-06-30")
        added = store.add_fact(document.id[:6], finding, "Aysel", "the plan counts", gazetteer=OnePlace())
        assert store.revision > revision
        row = store.figures().set_index("figure_id").loc[added]
        assert added == fact_id(document.id, "figure", finding.span, "area_cleared")
        assert (row["text"], row["sentence"]) == ("10 ha", "ANAMA plans to clear 10 ha.")
        assert document.text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        assert (row["value_si"], row["unit_si"], row["qualifier"], row["basis"]) == (
            1e5,
            "m2",
            "exact",
            "period",
        )
        assert (row["start"], row["end"], row["place_ids"]) == (
            None,
            dt.date(2024, 6, 30),
            ["AZ-BAR", "AZ-AGM"],
        )
        assert (row["review"], row["review_by"], row["confidence"]) == ("added", "Aysel", 1.0)
        assert (row["rule"], row["title"], row["publisher"]) == (
            "added by a person",
            "Mines found in May",
            "AZERTAC",
        )
        said = store.reviews().iloc[0]
        assert (said["verdict"], said["note"], said["text"], said["fact_gone"]) == (
            "added",
            "the plan counts",
            "10 ha",
            False,
        )
        assert "AZ-BAR" in set(store.places()["place_id"])
        assert store.documents()["n_figures"].tolist() == [2]
        stored = store.document(document.id)
        assert stored.reading == reading
        (figure,) = stored.added
        assert isinstance(figure, Figure)
        assert (figure.id, figure.places, figure.value_si) == (added, (BARDA, samples.AGHDAM), 1e5)
        assert [one.id for one in stored.whole.figures] == [reading.figures[0].id, added]


def test_an_added_incident_stands_among_the_incidents(
    database: str, document: Document, reading: Reading
) -> None:
    """Facts come in the order of the text; what was left open is null."""
    words = "A farmer"
    finding = Finding(
        "incident", (document.text.index(words), document.text.index(words) + 8), words, {"injured": 1}
    )
    with Store.open(database) as store:
        store.add(document, reading)
        added = store.add_fact(document.id, finding, "Aysel")
        incidents = store.incidents()
        assert incidents["incident_id"].tolist() == [added, reading.incidents[0].id]
        row = incidents.iloc[0]
        assert (row["date"], row["device"], row["injured"], row["place_ids"]) == (None, "unknown", 1, [])
        assert isinstance(store.document(document.id).added[0], Incident)
        assert store.documents()["n_incidents"].tolist() == [2]


def test_an_added_fact_is_reviewed_like_others(database: str, document: Document, reading: Reading) -> None:
    """It can be corrected, rejected, linked, and taken back step by step."""
    with Store.open(database) as store:
        store.add(document, reading)
        added = store.add_fact(document.id, _plan(document), "Aysel")

        def stands() -> list[tuple[object, ...]]:
            rows = store.figures().set_index("figure_id")
            return [tuple(rows.loc[added, ["value", "value_si", "review"]])] if added in rows.index else []

        store.review(Review(added, "corrected", "Oleh", {"value": 12}))
        assert stands() == [(12.0, 120_000.0, "corrected")]
        store.review(Review(added, "rejected", "Aysel"))
        store.review(Review(added, "linked", "Aysel", {"same_as": reading.figures[0].id}))
        assert stands() == [(12.0, 120_000.0, "rejected")]
        store.undo(added, "Aysel")
        store.undo(added, "Aysel")
        assert stands() == [(10.0, 100_000.0, "added")]
        store.undo(added, "Aysel")
        assert stands() == []
        assert store.reviews().iloc[0][["fact_gone", "taken_back"]].tolist() == [True, True]
        assert store.add_fact(document.id, _plan(document, value=11), "Oleh") == added
        assert stands() == [(11.0, 110_000.0, "added")]


def test_an_added_fact_outlives_readings(database: str, document: Document, reading: Reading) -> None:
    """Newer rules and other appearances of the text leave it; found by the reader too, it stands once."""
    plan = _plan(document, place_ids=["AZ-AGM"])
    with Store.open(database) as store:
        store.add(document, reading)
        added = store.add_fact(document.id, plan, "Aysel")
        store.add(samples.document(publisher="Trend"), replace(reading, rules_version="2"))
        store.add(document, replace(reading, figures=(), rules_version="3"))
        assert store.figures()["figure_id"].tolist() == [added]
        for version, (start, end) in enumerate((plan.span, (plan.span[0] - 6, plan.span[1])), 4):
            read = replace(
                reading.figures[0],
                id=fact_id(document.id, "figure", (start, end), "area_cleared"),
                value=10.0,
                measure="area_cleared",
                unit="ha",
                value_si=1e5,
                unit_si="m2",
                text=document.text[start:end],
                span=(start, end),
            )
            other = replace(read, id="f" * 16, value=9.0, value_si=9e4)
            store.add(document, replace(reading, figures=(read, other), rules_version=f"{version}"))
            rows = store.figures().set_index("figure_id")
            assert set(rows.index) == {added, other.id}
            assert rows.loc[added, ["review", "place_ids"]].tolist() == ["added", ["AZ-AGM"]]
            assert store.documents()["n_figures"].tolist() == [2]
            assert {one.id for one in store.document(document.id).whole.figures} == {added, other.id}
        store.undo(added, "Aysel")
        assert set(store.figures()["figure_id"]) == {read.id, other.id}


def test_added_facts_are_counted_and_exported(
    database: str, document: Document, reading: Reading, tmp_path: Path
) -> None:
    """Totals and exports take an added fact, however sure facts have to be, until it is rejected."""
    gazetteer = Gazetteer.load()
    sure = {"min_confidence": 0.99}

    def told(store: Store) -> tuple[float | None, bool]:
        figures, incidents = store.figures(), store.incidents()
        ledger = Ledger(figures, gazetteer, incidents=incidents, **sure)
        cleared = total(ledger, measure="area_cleared", place_id="AZ-AGM").value_si
        chosen = ExportFilter(**sure)
        content = ExportContent(figures, incidents, gazetteer, (), dt.date(2024, 7, 1), chosen)
        written = export(content, tmp_path, "csv")
        return cleared, any(added in path.read_text() for path in written)

    with Store.open(database) as store:
        store.add(document, reading)
        finding = _plan(document, place_ids=["AZ-AGM"], start="2024-05-01", end="2024-05-31")
        added = store.add_fact(document.id, finding, "Aysel")
        assert told(store) == (100_000.0, True)
        store.review(Review(added, "rejected", "Oleh"))
        assert told(store) == (None, False)
        store.undo(added, "Oleh")
        assert told(store) == (100_000.0, True)


def test_a_removed_document_takes_what_was_added_along(
    database: str, document: Document, reading: Reading
) -> None:
    """With the text the words go; the person's work is there again when the document comes back."""
    with Store.open(database) as store:
        store.add(document, reading)
        added = store.add_fact(document.id, _plan(document), "Aysel")
        store.complete(document.id, "Aysel")
        store.remove(document.id)
        assert store.figures().empty
        reviews = store.reviews()
        assert reviews["text"].tolist() == [None, None]
        assert reviews["fact_gone"].tolist() == [True, True]
        store.add(document, reading, restore=True)
        assert store.figures().set_index("figure_id").loc[added, "text"] == "10 ha"
        assert store.documents()["reviewed_by"].tolist() == [None]


def test_white_space_around_chosen_words(database: str, document: Document, reading: Reading) -> None:
    """A selection is seldom exact: the space around it is left out, and the id is that of the words."""
    start = document.text.index(" 10 ha")
    with Store.open(database) as store:
        store.add(document, reading)
        added = store.add_fact(
            document.id, replace(_plan(document), span=(start, start + 6), text=" 10 ha"), "Aysel"
        )
    assert added == _plan(document).id(document.id)


@pytest.mark.parametrize(
    ("changes", "fields", "problem"),
    [
        ({"text": "12 ha"}, {}, "are not '12 ha'"),
        ({"span": (0, 5)}, {}, "the words at 0 to 5 are not '10 ha'"),
        ({"span": (900, 905)}, {}, "the words at 900 to 905"),
        ({"span": (7, 7), "text": " "}, {}, "no words are chosen"),
        ({"kind": "claim"}, {}, "the kind 'claim' is neither"),
        ({}, {"measure": None}, "a figure also needs measure"),
        ({}, {"unit": "hectare"}, "'hectare' is no unit"),
        ({}, {"killed": 1}, "'killed' is no field of figures"),
        ({}, {"value_si": 10}, "value_si is not 10 for 10 ha"),
        ({}, {"place_ids": ["AZ-XYZ"]}, "no place has the id 'AZ-XYZ'"),
        ({}, {"start": "2024-06-02", "end": "2024-06-01"}, "ends on 2024-06-01, before its start"),
        ({"kind": "incident"}, {"measure": "killed"}, "'measure' is no field of incidents"),
    ],
)
def test_a_finding_that_makes_no_sense(
    database: str,
    document: Document,
    changes: dict[str, object],
    fields: dict[str, object],
    problem: str,
) -> None:
    """What is not in the text, or no fact, is refused, and nothing of it is kept."""
    finding = replace(_plan(document, **fields), **changes)
    with Store.open(database) as store:
        store.add(document, samples.reading(document))
        with pytest.raises(InvalidFindingError, match=problem):
            store.add_fact(document.id, finding, "Aysel", gazetteer=OnePlace())
        with pytest.raises(InvalidFindingError, match="does not say who"):
            store.add_fact(document.id, finding, " ")
        assert store.reviews().empty


def test_what_is_there_is_not_added_again(database: str, document: Document, reading: Reading) -> None:
    """Adding what is read already, in these or overlapping words, names the fact to accept instead."""
    words = "31 anti-personnel mines were found"
    finding = _found(document, words, measure="ap_mines_found", value=31, unit="count")
    with Store.open(database) as store:
        store.add(document, reading)
        with pytest.raises(InvalidFindingError, match="it is there already") as refused:
            store.add_fact(document.id, finding, "Aysel")
        assert refused.value.fact_id == reading.figures[0].id
        store.add_fact(document.id, _plan(document), "Aysel")
        with pytest.raises(InvalidFindingError, match="it is there already"):
            store.add_fact(document.id, _plan(document, place_ids=["AZ-AGM"]), "Oleh")
        with pytest.raises(UnknownDocumentError):
            store.add_fact("0" * 16, finding, "Aysel")


def test_a_document_is_called_complete(database: str, document: Document, reading: Reading) -> None:
    """Who went through a document and when is kept, and can be taken back."""
    with Store.open(database) as store:
        store.add(document, reading)
        word = store.complete(document.id[:8], "Aysel", "twice")
        row, standing = store.documents().iloc[0], store.standing(document.id)
        assert standing is not None
        assert (row["reviewed_by"], row["reviewed_on"]) == ("Aysel", standing.at.date())
        assert (standing.review_id, standing.verdict, standing.note) == (word, "complete", "twice")
        said = store.reviews().iloc[0]
        assert (said["kind"], said["fact_id"], said["fact_gone"]) == ("document", document.id, False)
        assert store.undo(document.id, "Oleh", review_id=word) == word
        assert store.documents()["reviewed_by"].tolist() == [None]
        assert store.standing(document.id) is None
        with pytest.raises(InvalidReviewError, match="does not say who"):
            store.complete(document.id, "")
        with pytest.raises(UnknownDocumentError):
            store.complete("0" * 16, "Aysel")
