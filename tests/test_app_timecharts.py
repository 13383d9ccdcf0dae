"""Charts of time as they are sent: built once, shaded run by run, their rows by address."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from pathlib import Path

import app_samples as samples
import pandas as pd
import pytest
from app_samples import fresh_caches, opened, plain  # noqa: F401 - the first by its name

from geotrack import charts
from geotrack.analysis import Timeline
from geotrack.app import links
from geotrack.app.timecharts import TimeChart

MONTHS = [dt.date(2024, month, 1) for month in range(1, 7)]
SPAN = (dt.date(2024, 1, 1), dt.date(2024, 6, 30))


def strip(months: int) -> TimeChart:
    """Return the strip of reports of some months."""
    coverage = pd.DataFrame({"month": MONTHS[:months], "n_documents": range(1, months + 1)})
    known = Timeline(pd.DataFrame(), coverage, 0)
    return TimeChart.of(charts.coverage_chart(known, span=SPAN), SPAN, 120)


def test_days_are_shaded_below_the_bars_within_the_axis() -> None:
    """What is asked for beyond the axis ends with it; the day after the last ends the shade."""
    drawn = strip(6).shaded(dt.date(2024, 3, 1), dt.date(2030, 1, 1))
    assert drawn["layer"][0]["data"]["values"] == [{"from": "2024-03-01", "until": "2024-07-01"}]
    assert drawn["layer"][1]["encoding"]["x"]["scale"] == drawn["layer"][0]["encoding"]["x"]["scale"]


@pytest.mark.parametrize("days", [(None, None), (dt.date(2025, 1, 1), None), (None, dt.date(2020, 1, 1))])
def test_without_days_in_sight_nothing_is_shaded(days: tuple[dt.date | None, dt.date | None]) -> None:
    """All days, or days that the axis lacks, are no shade."""
    assert len(strip(6).shaded(*days)["layer"]) == 1


def test_shading_leaves_the_chart_as_it_was() -> None:
    """One chart serves all sessions: what one shades is not in another's."""
    chart = strip(6)
    before = deepcopy(chart.specification)
    chart.shaded(dt.date(2024, 3, 1), None)
    assert chart.specification == before


def test_many_rows_are_fetched_and_few_are_sent() -> None:
    """The address of the same rows is the same; a few rows are shorter than an address."""
    fetched = [strip(6).shaded(None, None)["layer"][0]["data"] for _ in range(2)]
    assert fetched[0] == fetched[1]
    assert fetched[0]["url"].endswith(".json")
    (sent,) = strip(1).shaded(None, None)["layer"][0]["data"]["values"]
    assert sent["documents"] == 1


def test_the_brush_is_drawn_across_a_view_of_the_chart() -> None:
    """The selection names the view that is dragged across, shade or no shade."""
    for days in ((None, None), SPAN):
        drawn = strip(6).shaded(*days)
        (brush,) = drawn["params"]
        assert brush["views"] == [drawn["layer"][-1]["name"]]


def test_other_days_build_no_chart_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that shows other days of the same place and measure takes its chart as it was built."""
    samples.fill(tmp_path / "app.db")
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "app.db"))
    built = []
    draw = charts.timeline_chart

    def counted(*args: object, **named: object) -> object:
        built.append(args)
        return draw(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "timeline_chart", counted)
    app = opened(links.MAP, country="AZ", measure="area_cleared").run()
    app.date_input(key="map from").set_value(dt.date(2024, 1, 1)).run()
    assert [error.value for error in app.exception] == []
    assert "The map shows these days" in plain(app)
    assert len(built) == 1
