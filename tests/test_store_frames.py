"""The store's tables have the promised columns, types and absences."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
import store_samples as samples

from geotrack.store import Store

pytest_plugins = ("databases",)

FIGURES = {
    "value": "float64",
    "value_max": "float64",
    "value_si": "float64",
    "confidence": "float64",
    "span_start": "int64",
    "span_end": "int64",
    "sentence_start": "int64",
    "sentence_end": "int64",
    "retold": "bool",
}
INCIDENTS = {
    "killed": "Int64",
    "injured": "Int64",
    "casualties": "Int64",
    "span_start": "int64",
    "retold": "bool",
    "date": "object",
}


def test_figures(database: str) -> None:
    """A figure's row has its places in order, its dates as dates, and its document's first source."""
    document = samples.document(retold=True)
    reading = samples.reading(document)
    with Store.open(database) as store:
        store.add(document, reading)
        row = store.figures().iloc[0].to_dict()
    figure = reading.figures[0]
    assert pd.isna(row.pop("value_max"))
    assert row == {
        "figure_id": figure.id,
        "document_id": document.id,
        "measure": "ap_mines_found",
        "value": 31.0,
        "unit": "count",
        "value_si": 31.0,
        "unit_si": "count",
        "qualifier": "exact",
        "basis": "period",
        "place_ids": ["AZ-FUZ", "AZ-AGM"],
        "start": dt.date(2024, 5, 1),
        "end": dt.date(2024, 5, 31),
        "text": "31 anti-personnel mines",
        "span_start": figure.span[0],
        "span_end": figure.span[1],
        "sentence": figure.sentence,
        "sentence_start": 0,
        "sentence_end": figure.sentence_span[1],
        "part": None,
        "alt_of": None,
        "flags": [],
        "inferred": ["start"],
        "done_by": [],
        "reported_by": ["ANAMA"],
        "confidence": 0.9,
        "rule": "found",
        "review": None,
        "review_by": None,
        "review_on": None,
        "same_as": None,
        "linked_by": None,
        "linked_on": None,
        "title": "Mines found in May",
        "publisher": "AZERTAC",
        "published": dt.date(2024, 6, 1),
        "url": "https://example.org/1",
        "retold": True,
    }


def test_incidents(database: str) -> None:
    """An incident's row keeps what was not said apart from zero."""
    document = samples.document()
    reading = samples.reading(document)
    with Store.open(database) as store:
        store.add(document, reading)
        row = store.incidents().iloc[0]
    assert row["incident_id"] == reading.incidents[0].id
    assert (row["date"], row["place_ids"], row["device"]) == ("2024-05-07", ["AZ-AGM/qarvand"], "mine")
    assert (row["killed"] is pd.NA, row["injured"], row["casualties"] is pd.NA) == (True, 1, True)
    assert (row["victims"], row["publisher"]) == (["farmer"], "AZERTAC")


def test_documents_and_places(database: str) -> None:
    """Documents count their facts and sources; places are those that the reading refers to."""
    document, copy = samples.document(), samples.document(publisher="Trend", published=None)
    with Store.open(database) as store:
        store.add(document, samples.reading(document))
        store.add_source(copy)
        documents, places = store.documents(), store.places()
    assert documents.to_dict("records") == [
        {
            "document_id": document.id,
            "title": "Mines found in May",
            "publisher": "AZERTAC",
            "published": dt.date(2024, 6, 1),
            "language": "en",
            "url": "https://example.org/1",
            "path": "/reports/1.md",
            "retold": False,
            "origin": None,
            "n_figures": 1,
            "n_incidents": 1,
            "n_sources": 2,
            "reviewed_by": None,
            "reviewed_on": None,
        }
    ]
    assert places["place_id"].tolist() == ["AZ-AGM", "AZ-AGM/qarvand", "AZ-FUZ"]
    assert places.loc[0, ["name", "level", "adm0", "adm1", "lon", "lat"]].tolist() == [
        "Aghdam",
        "adm1",
        "AZ",
        "AZ-AGM",
        46.93,
        39.99,
    ]
    assert places.loc[0, "adm2"] is None


@pytest.mark.parametrize("filled", [False, True])
def test_types_do_not_depend_on_the_contents(database: str, *, filled: bool) -> None:
    """An empty store gives tables with the columns and types of a full one."""
    document = samples.document(published=None, url=None)
    with Store.open(database) as store:
        if filled:
            store.add(document, samples.reading(document))
        figures, incidents = store.figures(), store.incidents()
    assert {name: str(figures.dtypes[name]) for name in FIGURES} == FIGURES
    assert {name: str(incidents.dtypes[name]) for name in INCIDENTS} == INCIDENTS
    assert {str(figures.dtypes[name]) for name in set(figures) - set(FIGURES)} == {"object"}
    assert len(figures) == len(incidents) == int(filled)


def test_mentions(database: str) -> None:
    """A place name's row has its document, its place and its words."""
    document = samples.document()
    reading = samples.reading(document)
    with Store.open(database) as store:
        assert store.mentions().empty
        store.add(document, reading)
        (row,) = store.mentions().to_dict("records")
    mention = reading.mentions[0]
    assert row == {
        "document_id": document.id,
        "place_id": "AZ-AGM",
        "text": "Aghdam",
        "span_start": mention.span[0],
        "span_end": mention.span[1],
        "score": 0.75,
        "alternatives": [place.id for place in mention.alternatives],
        "why": mention.why,
    }


def test_places_of_documents(database: str) -> None:
    """A document speaks of the places that it names and of those of its facts, of each once."""
    document = samples.document()
    reading = samples.reading(document)
    with Store.open(database) as store:
        assert store.document_places().empty
        store.add(document, reading)
        pairs = store.document_places()
    facts = (*reading.mentions, *reading.figures, *reading.incidents)
    told = {place.id for fact in facts for place in getattr(fact, "places", (getattr(fact, "place", None),))}
    assert list(pairs["place_id"]) == sorted(told)
    assert set(pairs["document_id"]) == {document.id}
