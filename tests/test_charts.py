"""Charts show what the timeline holds, in readable units, and ask no network."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from analysis_tables import FewPlaces, figure, figures, hectares, incident, incidents

from geotrack.analysis import Bins, Ledger, Timeline, bins, incident_timeline, timeline
from geotrack.charts import bins_chart, coverage_chart, incident_chart, span_of, timeline_chart


def values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every data row of a chart, from all its views."""
    own = [row for data in spec.get("datasets", {}).values() for row in data]
    views = [view for name in ("vconcat", "layer") for view in spec.get(name, [])]
    inline = spec.get("data", {}).get("values", [])
    return own + inline + [row for view in views for row in values(view)]


def aghdam(*rows: dict[str, Any]) -> Timeline:
    """Return Aghdam's timeline of the rows' measure."""
    return timeline(figures(*rows), FewPlaces(), place_id="AZ-AGM", measure=rows[0]["measure"])


def test_a_period_is_a_bar_to_the_end_of_its_last_day_and_a_running_total_a_step() -> None:
    """Hectares are shown in hectares; the cumulative value stands at its as-of day."""
    rows = [
        hectares("a", 12.5, "AZ-AGM", "2023-01-02/2023-01-08"),
        hectares("b", 400, "AZ-AGM", "2020-11-10/2023-01-08", basis="cumulative", qualifier="at_least"),
    ]
    drawn = {
        row["observation"]: row
        for row in values(timeline_chart(aghdam(*rows), title="t").to_dict())
        if "observation" in row
    }
    assert [drawn["a"][name] for name in ("drawn", "from", "until", "value", "said")] == [
        "bar",
        "2023-01-02",
        "2023-01-09",
        12.5,
        "12.5 ha",
    ]
    assert [drawn["b"][name] for name in ("drawn", "from", "said")] == [
        "step",
        "2023-01-08",
        "at least 400 ha",
    ]


def test_large_areas_are_shown_in_square_kilometres() -> None:
    """174,000 km² is not 17,400,000 ha."""
    row = hectares("a", 17_400_000, "AZ-AGM", "/2023-01-08", measure="area_contaminated", basis="stock")
    said = [row["said"] for row in values(timeline_chart(aghdam(row), title="t").to_dict()) if "said" in row]
    assert set(said) == {"174,000 km²"}


def test_nothing_to_draw_is_a_chart_that_says_so() -> None:
    """No figures, and figures without dates, each say what is the matter."""
    empty = timeline(figures(), FewPlaces(), place_id="AZ-AGM", measure="killed")
    assert values(timeline_chart(empty, title="t").to_dict()) == [{"message": "No figures"}]
    undated = timeline_chart(aghdam(figure("a", 3, "AZ-AGM")), title="t").to_dict()
    assert values(undated) == [{"message": "Nothing dated; 1 figure without dates is in the table"}]
    nobody = incident_timeline(incidents(), FewPlaces(), place_id="AZ-AGM")
    assert values(incident_chart(nobody, title="t").to_dict()) == [{"message": "No dated incidents"}]


def test_the_coverage_strip_shows_empty_months_and_a_named_brush() -> None:
    """December has a report, January none, February one; the brush is an interval over time."""
    rows = [
        figure("a", 1, "AZ-AGM", "2022-12-01/2022-12-31", published=dt.date(2022, 12, 31)),
        figure("b", 2, "AZ-AGM", "2023-01-01/2023-01-31", published=dt.date(2023, 2, 3)),
    ]
    spec = coverage_chart(aghdam(*rows), brush="window").to_dict()
    assert [(row["from"], row["documents"]) for row in values(spec)] == [
        ("2022-12-01", 1),
        ("2023-01-01", 0),
        ("2023-02-01", 1),
    ]
    assert spec["params"][0] == {"name": "window", "select": {"encodings": ["x"], "type": "interval"}}


def test_incidents_are_people_harmed_in_each_month() -> None:
    """Killed, injured and those not split are apart; a year alone has no month."""
    rows = [
        incident("a", "2023-05-01", "gn:1", killed=1, injured=2),
        incident("b", "2023-05", "gn:2", casualties=3),
        incident("c", "2022", "AZ-AGM"),
    ]
    chart = incident_chart(incident_timeline(incidents(*rows), FewPlaces(), place_id="AZ-AGM"), title="t")
    people = {row["harm"]: row["people"] for row in values(chart.to_dict()) if "harm" in row}
    assert people == {"killed": 1, "injured": 2, "not split": 3}
    assert chart.to_dict()["title"]["subtitle"] == "1 more without a month, listed in the table"


def axes(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every time axis of a chart, from all its views."""
    own = [spec["encoding"]["x"]] if "x" in spec.get("encoding", {}) else []
    views = [view for name in ("vconcat", "layer") for view in spec.get(name, [])]
    return own + [found for view in views for found in axes(view)]


def test_every_view_of_a_chart_has_one_time_axis_in_utc() -> None:
    """Months line up: all views span the same days, in UTC, whatever day their own data begins."""
    rows = [
        hectares("a", 12.5, "AZ-AGM", "2023-01-02/2023-01-08", published=dt.date(2023, 3, 1)),
        hectares("b", 400, "AZ-AGM", "2022-11-10/2023-01-08", basis="cumulative"),
    ]
    scales = [axis["scale"] for axis in axes(timeline_chart(aghdam(*rows), title="t").to_dict())]
    assert len(scales) == 5
    first = {"year": 2022, "month": 11, "date": 10, "utc": True}
    last = {"year": 2023, "month": 4, "date": 1, "utc": True}
    assert [scale == {"type": "utc", "domain": [first, last]} for scale in scales] == [True] * 5


def test_incidents_span_whole_months() -> None:
    """An incident late in a month is drawn by that month: the axis begins with it."""
    known = incident_timeline(
        incidents(incident("a", "2023-04-27", "gn:1", killed=1, published=None)),
        FewPlaces(),
        place_id="AZ-AGM",
    )
    assert span_of(known) == (dt.date(2023, 4, 1), dt.date(2023, 4, 30))


def test_a_window_is_what_the_time_axis_shows() -> None:
    """A reader who picks a period sees that period, to the end of its last day."""
    row = hectares("a", 12.5, "AZ-AGM", "2020-01-02/2023-01-08")
    span = (dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    found = axes(timeline_chart(aghdam(row), title="t", span=span).to_dict())
    assert {axis["scale"]["domain"][0]["year"] for axis in found} == {2022}
    assert {axis["scale"]["domain"][1]["year"] for axis in found} == {2023}


@pytest.mark.parametrize(
    ("days", "interval", "step", "written"),
    [
        (7, "day", 2, "%-d %b %Y"),
        (31, "week", 1, "%-d %b %Y"),
        (365, "month", 1, "%b %Y"),
        (1000, "month", 3, "%b %Y"),
        (3000, "year", 1, "%Y"),
        (12000, "year", 3, "%Y"),
    ],
)
def test_marks_of_the_time_axis_differ_from_each_other(
    days: int, interval: str, step: int, written: str
) -> None:
    """Marks stand no closer than their labels can tell: days over weeks, months over a year, then years."""
    end = dt.date(2000, 1, 1) + dt.timedelta(days=days - 1)
    row = hectares("a", 12.5, "AZ-AGM", f"2000-01-01/{end}", published=None)
    axis = axes(timeline_chart(aghdam(row), title="t").to_dict())[0]["axis"]
    assert (axis["tickCount"], axis["format"]) == ({"interval": interval, "step": step}, written)


def test_a_chart_holds_its_data_and_no_address_but_its_schema() -> None:
    """Nothing in it is fetched when it is drawn."""
    spec = timeline_chart(aghdam(figure("a", 3, "AZ-AGM", "2023-01-01/2023-01-07")), title="t").to_dict()
    spec.pop("$schema")
    assert "http" not in json.dumps(spec)


def cleared_by(by: str, *rows: dict[str, Any], view: str = "total") -> Bins:
    """Return land cleared in Aghdam by month, quarter or year."""
    book = Ledger(figures(*rows), FewPlaces())
    return bins(book, measure="area_cleared", place_id="AZ-AGM", by=by, view=view)  # type: ignore[arg-type]


YEAR = hectares("year", 100, "AZ-AGM", "2023-01-01/2023-12-31")
FEBRUARY = hectares("feb", 30, "AZ-AGM", "2023-02-01/2023-02-28")


def test_bins_are_bands_with_a_line_where_something_is_known() -> None:
    """A month inside a known year goes from nothing to what the year leaves; February is a line."""
    spec = bins_chart(cleared_by("month", YEAR, FEBRUARY), title="t").to_dict()
    drawn = {row["from"]: row for row in values(spec) if "high" in row}
    march = [drawn["2023-03-01"][name] for name in ("until", "low", "high", "value", "least", "most")]
    assert march == ["2023-04-01", 0.0, 70.0, None, "nothing known", "70 ha"]
    february = [drawn["2023-02-01"][name] for name in ("low", "high", "value", "known", "documents")]
    assert february == [30.0, 30.0, 30.0, "30 ha", 1]
    counted = {row["from"]: row["documents"] for row in values(spec) if "high" not in row}
    assert [counted[f"2023-{month:02}-01"] for month in (1, 2, 3)] == [0, 1, 0]


def test_what_is_no_limit_says_that_there_may_be_more() -> None:
    """A bound or a week that covers a part of a month limits nothing; a rate is told per day."""
    rows = values(bins_chart(cleared_by("month", FEBRUARY | {"qualifier": "at_least"}), title="t").to_dict())
    assert {row["most"] for row in rows if "most" in row} == {"30 ha or more"}
    rate = values(bins_chart(cleared_by("year", YEAR, view="rate"), title="t").to_dict())
    assert {row["bin"]: row["known"] for row in rate if "known" in row} == {"2023": "0.274 ha a day"}


def test_a_quarter_is_named_by_its_days_and_no_bins_are_said() -> None:
    """Every language has months; nothing dated is a chart that says so."""
    rows = values(bins_chart(cleared_by("quarter", YEAR), title="t").to_dict())
    assert {row["bin"] for row in rows if row["from"] == "2023-04-01"} == {"1 April – 30 June 2023"}  # noqa: RUF001
    empty = bins_chart(cleared_by("month", hectares("a", 3, "AZ-AGM", "/2023-02-28")), title="t")
    assert values(empty.to_dict()) == [{"message": "No figures with a first and a last day"}]


def test_a_wide_band_does_not_flatten_what_is_known() -> None:
    """The axis ends at twice the greatest known value, and the subtitle says so; without one all is shown."""
    week = hectares("w", 3, "AZ-AGM", "2023-02-06/2023-02-12")
    spec = bins_chart(cleared_by("month", YEAR, week), title="t").to_dict()
    assert spec["title"]["subtitle"] == "bands are cut off at twice the greatest known value"
    assert spec["vconcat"][0]["layer"][0]["encoding"]["y"]["scale"] == {"domain": [0, 6.0]}
    alone = bins_chart(cleared_by("month", YEAR), title="t").to_dict()
    assert alone["title"]["subtitle"] == ""
    assert alone["vconcat"][0]["layer"][0]["encoding"]["y"]["scale"] == {"domain": [0, 100.0]}
