"""A person's word on a fact is kept, holds in the tables, and outlives re-readings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import store_samples as samples

from geotrack.models import Document, Reading
from geotrack.store import InvalidReviewError, Review, Store, UnknownFactError

pytest_plugins = ("databases",)


@pytest.fixture
def document() -> Document:
    """Give a document."""
    return samples.document()


@pytest.fixture
def reading(document: Document) -> Reading:
    """Give its reading."""
    return samples.reading(document)


def test_the_last_review_holds(database: str, document: Document, reading: Reading) -> None:
    """Each review is kept with who and when; the last one is the fact's review."""
    fact_id = reading.figures[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        revision, before = store.revision, dt.datetime.now(dt.UTC)
        store.review(Review(fact_id, "rejected", "Aysel", note="a plan"))
        store.review(Review(fact_id, "accepted", "Oleh"))
        reviews = store.reviews()
        assert store.figures()["review"].tolist() == ["accepted"]
        assert store.incidents()["review"].tolist() == [None]
        assert store.revision == revision + 2
    assert reviews[["fact_id", "verdict", "who", "note"]].to_numpy().tolist() == [
        [fact_id, "rejected", "Aysel", "a plan"],
        [fact_id, "accepted", "Oleh", None],
    ]
    assert all(before <= at <= dt.datetime.now(dt.UTC) for at in reviews["at"])
    assert reviews["text"].tolist() == ["31 anti-personnel mines"] * 2


def test_a_correction_stands_in_the_tables(database: str, document: Document, reading: Reading) -> None:
    """Corrected fields replace what was read, in the tables; the reading itself stays as it was."""
    figure, incident = reading.figures[0], reading.incidents[0]
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(
            Review(
                figure.id,
                "corrected",
                "Aysel",
                {"value": 13, "value_si": 13, "end": "2024-05-30", "start": None, "place_ids": ["AZ-AGM"]},
            )
        )
        store.review(Review(incident.id, "corrected", "Aysel", {"killed": 0, "injured": 2}))
        row, toll = store.figures().iloc[0], store.incidents().iloc[0]
        assert store.reading(document.id) == reading
    assert (row["value"], row["value_si"], row["start"], row["end"], row["place_ids"], row["review"]) == (
        13.0,
        13.0,
        None,
        dt.date(2024, 5, 30),
        ["AZ-AGM"],
        "corrected",
    )
    assert (toll["killed"], toll["injured"], toll["device"]) == (0, 2, "mine")


def test_a_review_survives_a_rereading(database: str, document: Document, reading: Reading) -> None:
    """Newer rules leave reviews alone; one whose fact is gone stays, with its words, and returns with it."""
    fact_id = reading.figures[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(Review(fact_id, "rejected", "Aysel"))
        store.add(document, replace(reading, figures=(), rules_version="2"))
        row = store.reviews().iloc[0]
        assert (row["fact_gone"], row["text"]) == (True, "31 anti-personnel mines")
        store.add(document, replace(reading, rules_version="3"))
        assert store.reviews()["fact_gone"].tolist() == [False]
        assert store.figures()["review"].tolist() == ["rejected"]


def test_a_removed_document_takes_its_words_along(
    database: str, document: Document, reading: Reading
) -> None:
    """The review of a removed document's fact stays, without the words."""
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(Review(reading.incidents[0].id, "accepted", "Aysel"))
        store.remove(document.id)
        row = store.reviews().iloc[0]
    assert (row["verdict"], row["fact_gone"], row["text"], row["sentence"]) == ("accepted", True, None, None)


@pytest.mark.parametrize(
    ("verdict", "who", "corrected", "problem"),
    [
        ("maybe", "Aysel", {}, "'maybe' is none of accepted, rejected, corrected, linked"),
        ("linked", "Aysel", {}, "has the field 'same_as'"),
        ("linked", "Aysel", {"same_as": "0" * 16}, "is no fact of its kind"),
        ("accepted", " ", {}, "does not say who"),
        ("corrected", "Aysel", {}, "corrected fields belong"),
        ("accepted", "Aysel", {"part": "land"}, "corrected fields belong"),
        ("corrected", "Aysel", {"rule": "mine"}, "'rule' is no field of figures"),
        ("corrected", "Aysel", {"killed": 1}, "'killed' is no field of figures"),
        ("corrected", "Aysel", {"value": 3, "value_si": 4}, "value_si is not 4 for 3 count"),
        ("corrected", "Aysel", {"unit_si": "m2"}, "unit_si is not 'm2' for the unit 'count'"),
        ("corrected", "Aysel", {"value_max": 30}, "ends at 30, below its start 31"),
        ("corrected", "Aysel", {"end": "2024-04-30"}, "ends on 2024-04-30, before its start 2024-05-01"),
        ("corrected", "Aysel", {"flags": ["doubtful"]}, "is no flags"),
        ("corrected", "Aysel", {"place_ids": ["AZ-XYZ"]}, "no place has the id 'AZ-XYZ'"),
        ("added", "Aysel", {}, "'added' is none of"),
        ("corrected", "Aysel", {"value": "3", "value_si": 3}, "'3' is no value"),
        ("corrected", "Aysel", {"value": None, "value_si": 3}, "None is no value"),
        ("corrected", "Aysel", {"end": "June 2024"}, "'June 2024' is no end"),
        ("corrected", "Aysel", {"measure": "mines"}, "'mines' is no measure"),
        ("corrected", "Aysel", {"place_ids": "AZ-AGM"}, "'AZ-AGM' is no place_ids"),
    ],
)
def test_a_review_that_makes_no_sense(  # noqa: PLR0917 - one case a row
    database: str,
    document: Document,
    reading: Reading,
    verdict: str,
    who: str,
    corrected: dict[str, object],
    problem: str,
) -> None:
    """A review with an unknown verdict, nobody's name or impossible fields is refused."""
    with Store.open(database) as store:
        store.add(document, reading)
        with pytest.raises(InvalidReviewError, match=problem):
            store.review(Review(reading.figures[0].id, verdict, who, corrected))
        assert store.reviews().empty


def test_a_link_holds_beside_the_verdict(database: str, document: Document, reading: Reading) -> None:
    """What a figure is the same as is told apart from whether it is right, and can be taken back."""
    fact_id, other = reading.figures[0].id, reading.incidents[0].id
    with Store.open(database) as store:
        store.add(document, reading)
        store.review(Review(fact_id, "linked", "Aysel", {"same_as": fact_id}))
        store.review(Review(fact_id, "accepted", "Oleh"))
        row = store.figures().iloc[0]
        assert (row["review"], row["same_as"], row["linked_by"]) == ("accepted", fact_id, "Aysel")
        days = {one.date() for one in store.reviews()["at"]}
        assert {row["review_on"], row["linked_on"]} <= days
        store.review(Review(fact_id, "linked", "Aysel", {"same_as": None}))
        assert store.figures()["same_as"].tolist() == [None]
        with pytest.raises(InvalidReviewError, match="no fact of its kind"):
            store.review(Review(fact_id, "linked", "Aysel", {"same_as": other}))


def test_a_review_of_nothing(database: str) -> None:
    """A review of an id that no fact has is refused."""
    with Store.open(database) as store, pytest.raises(UnknownFactError, match="no figure and no incident"):
        store.review(Review("0" * 16, "accepted", "Aysel"))
