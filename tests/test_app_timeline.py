"""The page Timeline without a browser: what it compares, its address, its numbers, its empty states."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain, shown  # noqa: F401 - the first by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import comparisons, links, reads
from geotrack.app.comparing import Comparison
from geotrack.app.controls import Window
from geotrack.config import Settings
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source
from geotrack.store import Store


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database with the two sample reports, and name it to the app."""
    path = tmp_path / "app.db"
    samples.fill(path)
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


def charts(app: AppTest) -> int:
    """Return how many charts a run showed."""
    return len(app.get("arrow_vega_lite_chart")) + len(app.get("vega_lite_chart"))


def panels(database: Path, **asked: object) -> list[comparisons.Panel]:
    """Return the panels of a comparison."""
    library = reads.open_library(Settings.read(str(database)))
    plain_view = {"by": None, "view": "total", "window": Window(None, None), "min_confidence": 0.0}
    return comparisons.panels(library, Comparison(**(plain_view | asked)))  # type: ignore[arg-type]


@pytest.mark.usefixtures("database")
def test_without_a_place_the_page_says_what_to_do_and_offers_places() -> None:
    """Nothing is drawn until a place is chosen; one click chooses one, another compares them."""
    app = opened(links.TIMELINE)
    assert "Choose up to six places above" in plain(app)
    assert charts(app) == 0
    offered = [button for button in app.button if button.key and button.key.startswith("offer ")]
    assert offered[-1].label == "Compare them"
    offered[0].click().run()
    assert [error.value for error in app.exception] == []
    assert app.query_params["places"] == "AZ"
    assert charts(app) >= 1


@pytest.mark.usefixtures("database")
def test_places_and_measures_stand_in_the_address() -> None:
    """A link to a comparison shows it, and a moved control is written into the address."""
    app = opened(links.TIMELINE, places="AZ-AGM,AZ-FUZ", measures="area_cleared,incidents")
    assert [error.value for error in app.exception] == []
    assert app.multiselect(key="timeline places").value == ["AZ-AGM", "AZ-FUZ"]
    assert "Aghdam and Fuzuli over time" in plain(app)
    assert "Aghdam: one figure, 250 ha, for 1 \N{EN DASH} 30 April 2024." in plain(app)
    assert "Fuzuli: nothing with a date is stated of it alone." in plain(app)
    assert "Aghdam: 1 incident" in plain(app)
    app.selectbox(key="timeline by").set_value("year").run()
    app.selectbox(key="timeline view").set_value("cumulative").run()
    assert [error.value for error in app.exception] == []
    assert dict(app.query_params) == {
        "places": "AZ-AGM,AZ-FUZ",
        "measures": "area_cleared,incidents",
        "by": "year",
        "view": "cumulative",
    }


@pytest.mark.usefixtures("database")
def test_every_view_of_every_measure_runs() -> None:
    """As reported or by month, as totals, a day or added up, by size or with wider areas: no view fails."""
    for by in ("", "month", "quarter", "year"):
        for view in ("total", "rate", "cumulative"):
            params = {
                "places": "AZ,AZ-AGM",
                "measures": "area_cleared,ap_mines_found,incidents",
                "view": view,
            }
            app = opened(links.TIMELINE, **params, by=by, area="1", wider="1")
            assert [error.value for error in app.exception] == []
            assert "cannot be shown" not in plain(app)


@pytest.mark.usefixtures("database")
def test_a_linked_number_shows_its_sentence_and_closes() -> None:
    """A link to one figure shows the words that state it; Close takes it out of the address."""
    figure_id = next(one.id for one in samples.hostile_reading(samples.hostile_document()).figures[-1:])
    app = opened(links.TIMELINE, places="AZ-AGM", measures="area_cleared", shown=figure_id)
    assert '<mark class="figure">250 ha</mark>' in shown(app)
    assert "documents" in {link.proto.page for link in app.get("page_link")}
    app.button(key="timeline close").click().run()
    assert "shown" not in app.query_params
    assert '<mark class="figure">' not in shown(app)


@pytest.mark.usefixtures("database")
def test_a_linked_month_and_a_linked_incident_show_their_sentences() -> None:
    """A bin is one click from what it rests on, an incident from its card with every telling."""
    asked = {"places": "AZ-AGM", "measures": "area_cleared", "by": "month"}
    app = opened(links.TIMELINE, **asked, shown="area_cleared AZ-AGM 2024-04")
    assert "Aghdam, April 2024" in plain(app)
    assert '<mark class="figure">250 ha</mark>' in shown(app)
    event_id = panels(
        Path(reads.open_library(Settings.read()).settings.database),
        places=("AZ-AGM",),
        measures=("incidents",),
    )[0].table()["pick"][0]
    app = opened(links.TIMELINE, places="AZ-AGM", measures="incidents", shown=event_id)
    assert shown(app).count('class="gt-quote"') == 2


@pytest.mark.usefixtures("database")
def test_nonsense_in_the_address_is_said_and_left_out() -> None:
    """Unknown places, measures, views and picks are named, and the ordinary view is shown."""
    params = {
        "places": "AZ-AGM,nowhere",
        "measures": "love",
        "by": "minute",
        "view": "upside",
        "shown": "x",
        "area": "1",
    }
    app = opened(links.TIMELINE, **params)
    assert [error.value for error in app.exception] == []
    for wrong in ("places=AZ-AGM,nowhere", "measures=love", "by=minute", "view=upside", "shown=x"):
        assert wrong in plain(app)
    seven = ",".join(f"AZ-{code}" for code in ("AGM", "FUZ", "LAC", "ZAN", "CAB", "QBI", "SUS"))
    assert "left out: places=" in plain(opened(links.TIMELINE, places=seven))


@pytest.mark.usefixtures("database")
def test_empty_panels_say_why() -> None:
    """Nothing of a place, nothing in the days asked for, nothing sure enough: each says so in place."""
    app = opened(links.TIMELINE, places="UA-65", measures="area_cleared")
    assert "Nothing is reported." in plain(app)
    days = {"from": "2010-01-01", "to": "2010-12-31"}
    app = opened(links.TIMELINE, places="AZ-AGM", measures="area_cleared", **days)
    assert "Reported are only wider areas or other days" in plain(app)
    app = opened(links.TIMELINE, places="AZ-AGM", measures="area_cleared", min_confidence="1")
    assert "Facts with a confidence below 1 are left out." in plain(app)
    assert charts(app) == 0


def test_only_undated_figures_are_in_the_table_alone(database: Path) -> None:
    """A number without a date is no mark on a time axis, but it is listed."""
    document = Document(
        text="Clearance teams returned 33 ha of land in Lachin.",
        source=Source(publisher="Other"),
        language="en",
    )
    with Store.open(database) as store:
        store.add(document, Reader(Gazetteer.load()).read(document))
    app = opened(links.TIMELINE, places="AZ-LAC", measures="area_cleared")
    assert "Every figure is without a date: see the table." in plain(app)
    assert app.dataframe[0].value["Value"].tolist() == ["33 ha"]


def test_numbers_download_as_a_sheet_that_runs_no_formula(database: Path) -> None:
    """Columns in English, values in SI units, what a publisher is called made harmless."""
    document = Document(
        text="Clearance teams returned 12 ha of land in Lachin in May 2024.",
        source=Source(publisher="=cmd|' /C calc'!A0"),
        language="en",
    )
    with Store.open(database) as store:
        store.add(document, Reader(Gazetteer.load()).read(document))
    (panel,) = panels(database, places=("AZ-LAC",), measures=("area_cleared",))
    rows = list(csv.DictReader(io.StringIO(comparisons.csv_of(panel).decode("utf-8-sig"))))
    assert [(row["value"], row["unit"], row["reference_period_start"]) for row in rows] == [
        ("120000", "m2", "2024-05-01")
    ]
    assert rows[0]["sources"].startswith("'=")
    by_month = {"by": "month", "places": ("AZ-LAC",), "measures": ("area_cleared",)}
    (panel,) = panels(database, **by_month)
    rows = list(csv.DictReader(io.StringIO(comparisons.csv_of(panel).decode("utf-8-sig"))))
    assert [(row["bin"], row["at_least"], row["known"]) for row in rows] == [("2024-05", "120000", "120000")]


@pytest.mark.usefixtures("database")
def test_places_are_offered_in_the_language_spoken() -> None:
    """Names, axes and summaries follow the language of the page."""
    for language, name in (("az", "Ağdam"), ("uk", "Агдам"), ("ru", "Агдам")):
        app = opened(links.TIMELINE, places="AZ-AGM", measures="area_cleared", lang=language)
        assert [error.value for error in app.exception] == []
        assert name in plain(app)
        assert "Timeline" not in plain(app)


@pytest.mark.usefixtures("database")
def test_a_linked_month_of_the_strip_lists_its_reports() -> None:
    """How many reports a month rests on is a number, too: a click leads to each of them."""
    app = opened(links.TIMELINE, places="AZ-AGM", measures="area_cleared", shown="AZ-AGM reports 2024-06")
    assert "Aghdam: reports published in June 2024" in plain(app)
    documents = [link for link in app.get("page_link") if link.proto.page == "documents"]
    assert len([link for link in documents if "1 June 2024" in link.proto.label]) == 1


@pytest.mark.usefixtures("database")
def test_who_takes_the_last_measure_away_is_given_no_other() -> None:
    """A measure is chosen for the user at first only; without one the page says what to do."""
    app = opened(links.TIMELINE, places="AZ-AGM")
    assert app.multiselect(key="timeline measures").value
    app.multiselect(key="timeline measures").set_value([]).run()
    assert app.multiselect(key="timeline measures").value == []
    assert "Choose a measure above." in plain(app)
