"""The page Map without a browser: steps of one's own, judged facts alone, picked months, a unit's card."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import SECONDS, fresh_caches, opened, plain  # noqa: F401 - the second by its name
from streamlit.testing.v1 import AppTest

from geotrack.app import brushing, links, state, steps
from geotrack.config import app_script
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.languages import speaking
from geotrack.models import Document, Source
from geotrack.store import Review, Store

LAND = {"country": "AZ", "measure": "area_cleared"}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database with the two sample reports, and name it to the app."""
    path = tmp_path / "app.db"
    samples.fill(path)
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("10; 50;200", "en", (10, 50, 200)),
        ("10 50 200", "en", (10, 50, 200)),
        ("10, 50, 200", "en", (10, 50, 200)),
        ("0.5 1,000", "en", (0.5, 1000)),
        ("0,5; 1000", "uk", (0.5, 1000)),
        ("7", "ru", (7,)),
    ],
)
def test_steps_are_read_as_people_write_them(text: str, locale: str, found: tuple[float, ...]) -> None:
    """Numbers apart by semicolons or spaces, with the decimal sign of the language."""
    with speaking(locale):
        assert steps.read(text) == found
        assert steps.read(steps.in_words(found)) == found
        assert steps.read(steps.of_address(steps.address(found))) == found


@pytest.mark.parametrize(
    "text", ["", "ten", "50 10", "10 10", "0 10", "-1 10", "1 2 3 4 5 6", "NaN", "1 Inf"]
)
def test_what_are_no_steps_is_refused(text: str) -> None:
    """Steps rise, are above zero, and are no more than there are colours for."""
    with pytest.raises(ValueError, match=r".*"):
        steps.read(text)


@pytest.mark.usefixtures("database")
def test_steps_of_ones_own_are_in_the_address() -> None:
    """What is typed is drawn and kept in the address; nonsense is said in place, and the map stays."""
    app = opened(links.MAP, **LAND)
    app.radio(key="map scheme").set_value("manual").run()
    app.text_input(key="map breaks").set_value("100 300").run()
    assert app.query_params["scheme"] == "manual"
    assert app.query_params["breaks"] == "100,300"
    app.text_input(key="map breaks").set_value("300 100").run()
    assert [error.value for error in app.exception] == []
    assert "These are no rising numbers: 300 100" in app.error[0].value
    app = opened(links.MAP, **LAND, scheme="manual", breaks="100,300.5")
    assert app.text_input(key="map breaks").value == "100; 300.5"


def test_only_what_people_reviewed_is_shown(database: Path) -> None:
    """Until somebody accepts a figure the map is empty and says how many facts it leaves out."""
    app = opened(links.MAP, **LAND, reviewed="yes")
    assert "1 figure and 2 reports of incidents that nobody has reviewed are left out." in plain(app)
    assert "only what people have reviewed" in plain(app)
    assert not app.dataframe
    with Store.open(database) as store:
        figures = store.figures()
        land = figures["figure_id"][figures["measure"] == "area_cleared"].iloc[0]
        store.review(Review(land, "accepted", "Ana"))
    app = opened(links.MAP, **LAND, reviewed="yes", selected="AZ-AGM")
    assert "at least 250 ha" in plain(app)
    assert "2 reports of incidents that nobody has reviewed are left out." in plain(app)
    app.selectbox(key="map reviewed").set_value("").run()
    assert "reviewed" not in app.query_params
    assert "nobody has reviewed" not in plain(app)


@pytest.mark.parametrize(
    ("first", "last", "picked"),
    [
        ((2024, 4, 3), (2024, 6, 20), ((2024, 4, 1), (2024, 6, 30))),
        ((2024, 3, 20), (2024, 7, 4), ((2024, 4, 1), (2024, 6, 30))),
        ((2024, 4, 10), (2024, 4, 12), ((2024, 4, 1), (2024, 4, 30))),
        ((2023, 12, 20), (2024, 1, 10), ((2023, 12, 1), (2023, 12, 31))),
    ],
)
def test_brush_picks_whole_months(
    first: tuple[int, int, int], last: tuple[int, int, int], picked: tuple[tuple[int, int, int], ...]
) -> None:
    """A hand is no calendar: the months that are mostly covered are meant, and at least one."""
    start, end = (dt.date(*day) for day in picked)
    assert brushing.months(dt.date(*first), dt.date(*last)) == (start, end)


@pytest.mark.usefixtures("database")
def test_picked_days_are_let_go_by_a_button() -> None:
    """Whatever picked the days, one button shows all again."""
    app = opened(links.MAP, **LAND, **{"from": "2024-05-01", "to": "2024-05-31"})
    assert "The map shows these days: 1 \N{EN DASH} 31 May 2024." in plain(app)
    app.button(key="all days").click().run()
    assert "from" not in app.query_params
    assert "Drag across a chart" in plain(app)


def test_card_tells_trend_and_conflicts(database: Path) -> None:
    """A district's card says what is known over time, and where reports disagree, and in which way."""
    text = "Clearance teams returned 150 ha of land in Aghdam to its people in April 2024."
    document = Document(text=text, source=Source(publisher="Other"), language="en")
    with Store.open(database) as store:
        store.add(document, Reader(Gazetteer.load()).read(document))
    app = opened(links.MAP, **LAND, selected="AZ-AGM")
    assert "Over time" in plain(app)
    assert "Aghdam: " in plain(app)
    assert "Where reports disagree" in plain(app)
    assert "Different numbers for the same places and days." in plain(app)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("carries_on", "chosen"), [(True, "AZ-AGM"), (False, "")])
def test_a_run_of_the_page_itself_undoes_no_choice(carries_on: bool, chosen: str) -> None:  # noqa: FBT001
    """The browser may send an address from before the choice; only a person's own going back counts."""
    app = opened(links.MAP, **LAND, selected="AZ-AGM")
    del app.query_params["selected"]
    app.session_state[state._CARRIED_ON] = carries_on
    app.run()
    assert app.session_state["map selected"] == chosen


@pytest.mark.usefixtures("database")
def test_the_first_run_of_a_visit_sends_the_map_before_charts_and_tables() -> None:
    """What takes a browser longer than the map comes when the map is painted, or with any other run."""
    app = AppTest.from_file(str(app_script()), default_timeout=SECONDS)
    app.query_params.update(LAND)
    app.run()
    assert "cleared" in plain(app)
    assert _charts(app) == len(app.dataframe) == 0
    app.run()
    assert _charts(app)
    assert len(app.dataframe)


def _charts(app: AppTest) -> int:
    return len(app.get("arrow_vega_lite_chart")) + len(app.get("vega_lite_chart"))


def test_years_ahead_are_one_click_from_the_sentences_they_are_divided_from(database: Path) -> None:
    """What remains and the pace of each period stand with their sentences when the line is opened."""
    remains = "As of 1 January 2025, 1,000 ha of land in Aghdam District is contaminated."
    paces = "In 2023, 100 ha of land was cleared in Aghdam District. In 2024, it was 50 ha."
    document = Document(text=f"{remains} {paces}", source=Source(publisher="Other"), language="en")
    with Store.open(database) as store:
        store.add(document, Reader(Gazetteer.load()).read(document))
    app = opened(links.MAP, **LAND, selected="AZ-AGM")
    assert any("at the pace of clearance" in line.label for line in app.expander)
    assert remains not in plain(app)
    app.session_state["outlook AZ-AGM clearance"] = True
    assert remains in plain(app.run())
    assert "2023: 100 ha a year" in plain(app)


@pytest.mark.usefixtures("database")
def test_the_chart_under_the_map_is_in_the_address_and_has_its_numbers() -> None:
    """How time is told is part of the link; the numbers of the chart are a table when they are asked for."""
    link = {**LAND, "selected": "AZ-AGM", "by": "year", "view": "cumulative"}
    app = opened(links.MAP, **link)
    assert app.selectbox(key="map by").value == "year"
    assert {name: app.query_params[name] for name in link} == link
    tables = len(app.dataframe)
    app.session_state["map numbers AZ-AGM area_cleared year cumulative"] = True
    assert len(app.run().dataframe) == tables + 1
    assert [error.value for error in app.exception] == []
