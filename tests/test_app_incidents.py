"""The page of incidents without a browser: what each filter lets through, the list in pieces, its files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain  # noqa: F401 - the first by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import eventfilters, eventlists, links, reads
from geotrack.app.controls import Window
from geotrack.app.eventfilters import EventFilter
from geotrack.app.reads import Library
from geotrack.config import Settings
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source
from geotrack.store import Review, Store

TOLD = (
    "A mine exploded in the village of Lypivka in Kharkiv oblast on 3 May 2024 and killed a tractor driver.",
    "A mine exploded in the village of Lypivka in Kharkiv oblast on 9 June 2024 and injured two people.",
    "An unexploded shell went off in Kherson oblast on 5 May 2024. Nobody was hurt.",
)
MANY = eventlists.ROWS + 1
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database with the sample reports and with three more incidents in Ukraine."""
    path = tmp_path / "app.db"
    samples.fill(path)
    _add(path, TOLD)
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


def _add(database: Path, texts: tuple[str, ...]) -> None:
    reader = Reader(Gazetteer.load())
    with Store.open(database) as store:
        for text in texts:
            document = Document(text=text, source=Source("Agency"))
            store.add(document, reader.read(document))


def _dates(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Date"]) if app.dataframe else []


def _library() -> Library:
    return reads.open_library(Settings.read())


def _found(asks: EventFilter) -> list[str]:
    edition = _library().edition
    return list(eventfilters.chosen(edition, reads.events(edition), asks)["date"])


@pytest.mark.usefixtures("database")
def test_each_filter_lets_through_what_it_says() -> None:
    """Country, place, harm, days and words; a word is one of the sentences, which need not be a whole one."""
    may, june = "2024-05-03", "2024-06-09"
    asked = {
        EventFilter(): [june, "2024-05-07", "2024-05-05", may],
        EventFilter("UA"): [june, "2024-05-05", may],
        EventFilter(place="UA-65"): ["2024-05-05"],
        EventFilter(harmed="killed"): [may],
        EventFilter("UA", harmed="anyone"): [june, may],
        EventFilter(harmed="nobody"): ["2024-05-05"],
        EventFilter(reviewed="yes"): [],
        EventFilter(query="tractor driv"): [may],
        EventFilter(query="tractor hurt"): [],
        EventFilter(window=Window(dt.date(2024, 6, 1), None)): [june],
    }
    assert {one: _found(one) for one in asked} == asked


@pytest.mark.usefixtures("database")
def test_a_filtered_list_is_a_link() -> None:
    """The address is obeyed and kept; what shows nothing says what to do."""
    params = {"country": "UA", "place": "UA-63", "harmed": "killed", "reviewed": "no", "search": "mine"}
    app = opened(links.INCIDENTS, **params)
    assert [error.value for error in app.exception] == []
    assert "left out" not in plain(app)
    assert _dates(app) == ["3 May 2024"]
    assert {name: app.query_params[name] for name in app.query_params} == params
    app.text_input(key="incidents search").set_value("nowhere").run()
    assert "No incident matches" in plain(app)


def test_an_incident_that_a_person_judged_is_reviewed(database: Path) -> None:
    """One report of it that was judged is enough."""
    with Store.open(database) as store:
        told = store.incidents()
        store.review(Review(told["incident_id"][told["killed"] == 1].iloc[0], "accepted", "Ana"))
    assert _found(EventFilter(reviewed="yes")) == ["2024-05-03"]
    assert len(_found(EventFilter(reviewed="no"))) == 3


@pytest.mark.usefixtures("database")
def test_a_place_of_another_country_is_let_go() -> None:
    """Whoever changes the country is not left with an empty list of a place elsewhere."""
    app = opened(links.INCIDENTS, country="UA", place="UA-65")
    app.selectbox(key="incidents country").set_value("AZ").run()
    assert _dates(app) == ["7 May 2024"]
    assert "place" not in app.query_params


@pytest.mark.usefixtures("database")
def test_disagreements_have_a_column_only_where_there_are_any() -> None:
    """An empty column takes the room that the others need."""
    library = _library()
    events = reads.events(library.edition)
    assert "Reports disagree on" not in eventlists.table(events)
    one = [{"field": "killed", "sides": []}]
    disputed = events.assign(disagreements=[one] + [[]] * (len(events) - 1))
    assert "people killed" in eventlists.table(disputed)["Reports disagree on"].tolist()


def test_a_long_list_comes_in_pieces_and_shows_that_of_the_pick(database: Path) -> None:
    """What a link picks is on the piece shown; a filter that changes begins the list anew."""
    days = [f"{day} {month} 2022" for month in MONTHS for day in range(1, 26, 4)][:MANY]
    _add(database, tuple(f"A mine exploded in Izium on {day} and injured two people." for day in days))
    app = opened(links.INCIDENTS, country="UA")
    assert len(_dates(app)) == eventlists.ROWS
    edition = _library().edition
    found = eventfilters.chosen(edition, reads.events(edition), EventFilter("UA"))
    oldest = found["event_id"].iloc[-1]
    app = opened(links.INCIDENTS, country="UA", incident=oldest)
    assert "1 January 2022" in _dates(app)
    assert app.query_params["page"] == "2"
    app.text_input(key="incidents search").set_value("injured").run()
    assert len(_dates(app)) == eventlists.ROWS
    assert "page" not in app.query_params


@pytest.mark.usefixtures("database")
def test_the_list_as_a_file_holds_what_is_shown_and_says_by_what() -> None:
    """No other incident is in it, no victim is named, and the filters are told."""
    library = _library()
    asks = EventFilter("UA", harmed="killed", query="tractor")
    found = eventfilters.chosen(library.edition, reads.events(library.edition), asks)
    packed = zipfile.ZipFile(io.BytesIO(eventlists.as_zip(library, asks, found, "csv")))
    assert sorted(packed.namelist()) == ["incidents.csv", "metadata.json"]
    rows = list(csv.DictReader(io.StringIO(packed.read("incidents.csv").decode("utf-8-sig"))))
    assert [row["killed"] for row in rows] == ["1"]
    told = json.loads(packed.read("metadata.json"))
    assert told["filters"] == {
        "country": "UA",
        "measure": None,
        "from": None,
        "to": None,
        "min_confidence": None,
        "harmed": "killed",
        "search": "tractor",
    }
    assert "Not for navigation or operations." in told["notices"]
    packed = zipfile.ZipFile(io.BytesIO(eventlists.as_zip(library, asks, found, "geojson")))
    assert len(json.loads(packed.read("incidents.geojson"))["features"]) == 1
