"""Charts that compare places draw each number once, in one unit, and say no more than reports do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from analysis_tables import FewPlaces, figure, figures, hectares, incident, incidents

from geotrack.analysis import Ledger, bins, incident_timeline, timeline
from geotrack.analysis.bins import By, View
from geotrack.charts import compared as compared_rows
from geotrack.charts import lanes
from geotrack.charts.binned import Binned, bin_rows, bins_compared
from geotrack.charts.compared import PLACE_COLOURS, Look, Subject, days_shown, newest, stated
from geotrack.charts.comparisons import stated_chart
from geotrack.charts.lanes import events_chart, events_of
from geotrack.charts.summaries import binned_summary, events_summary, stated_summary

Row = dict[str, Any]
NAMES = {"AZ": "Azerbaijan", "AZ-AGM": "Aghdam", "AZ-FUZ": "Fuzuli", "AZ:north": "North"}
RANKS = {"AZ": 4, "AZ:north": 3}
SPAN = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def subjects(*place_ids: str, rows: list[Row], area_km2: float | None = None) -> list[Subject]:
    """Return places to compare by the measure of the rows."""
    table, measure = figures(*rows), rows[0]["measure"]
    return [
        Subject(
            one,
            NAMES[one],
            timeline(table, FewPlaces(), place_id=one, measure=measure),
            RANKS.get(one, 2),
            area_km2,
        )
        for one in place_ids
    ]


def drawn(chart: Any) -> dict[str, Row]:
    """Return the records of a chart's marks by what clicking them picks out."""
    found = [row for rows in chart.to_dict()["datasets"].values() for row in rows]
    return {row["pick"]: row for row in found if "pick" in row and "said" in row}


def test_each_number_is_drawn_once_under_the_place_that_it_speaks_of_most_closely() -> None:
    """A district's own is no second bar of its country; what two districts share is neither's, and grey."""
    rows = [
        hectares("own", 10, "AZ-AGM", "2023-01-01/2023-01-31"),
        hectares("village", 4, "gn:2", "2023-02-01/2023-02-28"),
        hectares("group", 30, "AZ-AGM AZ-FUZ", "2023-03-01/2023-03-31"),
        hectares("country", 99, "AZ", "2023-04-01/2023-04-30"),
        hectares("elsewhere", 5, "AZ-LAC", "2023-05-01/2023-05-31"),
    ]
    compared = subjects("AZ", "AZ-AGM", "AZ-FUZ", rows=rows)
    found = {row["observation_id"]: row["subject"] for row in stated(compared, Look())}
    assert found == {"own": 1, "village": 1, "group": 0, "country": 0, "elsewhere": 0}
    found = {row["observation_id"]: row["subject"] for row in stated(compared[1:], Look())}
    assert found == {"own": 0, "village": 0, "group": None}
    wider = {row["observation_id"] for row in stated(compared[1:], Look(wider=True))}
    assert wider - set(found) == {"country"}


def test_periods_totals_and_levels_have_views_of_their_own_over_one_time_axis() -> None:
    """A week and a running total share no axis of values; every view and the strip share that of days."""
    rows = [
        hectares("week", 12.5, "AZ-AGM", "2023-01-02/2023-01-08"),
        hectares("total", 400, "AZ-AGM", "2020-11-10/2023-01-08", basis="cumulative", qualifier="at_least"),
        hectares("later", 500, "AZ-AGM", "2020-11-10/2023-05-08", basis="cumulative"),
    ]
    compared = subjects("AZ-AGM", rows=rows)
    spec = stated_chart(stated(compared, Look()), compared, Look(), "Land cleared", SPAN).to_dict()
    assert [view["title"]["text"] for view in spec["vconcat"]] == [
        "Land cleared, figures for periods, ha",
        "Land cleared, running totals, ha",
        "Reports published in each month",
    ]
    assert spec["resolve"]["scale"] == {"x": "shared"}
    assert {one["name"] for one in spec["params"]} == {"pick_period", "pick_running", "pick_reports"}
    for view, left in (("rate", ["week"]), ("cumulative", ["total", "later"])):
        look = Look(view=view)  # type: ignore[arg-type]  # one of View
        chart = stated_chart(stated(compared, look), compared, look, "Land cleared", SPAN)
        assert sorted(drawn(chart)) == sorted(left)


def test_a_day_is_the_value_by_the_days_of_its_figure() -> None:
    """Seven hectares in a week are one a day; the words say so."""
    look = Look(view="rate")
    compared = subjects("AZ-AGM", rows=[hectares("week", 7, "AZ-AGM", "2023-01-02/2023-01-08")])
    mark = drawn(stated_chart(stated(compared, look), compared, look, "m", SPAN))["week"]
    assert (mark["value"], mark["said"]) == (1, "1 ha a day")


def test_by_size_only_a_places_own_figures_are_drawn() -> None:
    """Ten hectares of a district of 100 km² are 0.1 % of its land; a village's are no share of it."""
    rows = [
        hectares("own", 10, "AZ-AGM", "2023-01-01/2023-01-31"),
        hectares("village", 4, "gn:2", "2023-02-01/2023-02-28"),
    ]
    look = Look(density=True)
    compared = subjects("AZ-AGM", rows=rows, area_km2=100)
    marks = drawn(stated_chart(stated(compared, look), compared, look, "m", SPAN))
    assert {pick: mark["said"] for pick, mark in marks.items()} == {"own": "0.1 % of the land"}
    mines = [figure("mines", 5, "AZ-AGM", "2023-01-01/2023-01-31")]
    compared = subjects("AZ-AGM", rows=mines, area_km2=200)
    marks = drawn(stated_chart(stated(compared, look), compared, look, "m", SPAN))
    assert marks["mines"]["said"] == "2.5 items per 100 km²"
    assert stated(subjects("AZ-AGM", rows=mines), look) == []


def test_ranges_and_bounds_are_drawn_as_such_and_rivals_joined_by_a_whisker() -> None:
    """`At least` has a mark, a range two ends, and two values for the same days one line between them."""
    rows = [
        hectares("bound", 10, "AZ-AGM", "2023-01-01/2023-01-31", qualifier="at_least"),
        hectares("range", 20, "AZ-AGM", "2023-02-01/2023-02-28", value_max=25),
        hectares("one", 30, "AZ-AGM", "2023-03-01/2023-03-31"),
        hectares("other", 40, "AZ-AGM", "2023-03-01/2023-03-31"),
    ]
    compared = subjects("AZ-AGM", rows=rows)
    chart = stated_chart(stated(compared, Look()), compared, Look(), "m", SPAN)
    marks = drawn(chart)
    assert [marks[one]["hedged"] for one in ("bound", "one")] == [1, 0]
    assert (marks["range"]["value"], marks["range"]["most"], marks["range"]["said"]) == (
        20,
        25,
        "20 to 25 ha",
    )
    assert {marks[one]["remark"] for one in ("one", "other")} == {"Reports disagree"}
    whiskers = [row for rows in chart.to_dict()["datasets"].values() for row in rows if "low" in row]
    assert [(row["low"], row["high"]) for row in whiskers] == [(30, 40)]


def test_places_keep_their_hues_and_names_in_order() -> None:
    """The first place is blue in every view, the second vermilion; grey is no place's."""
    rows = [
        hectares("a", 10, "AZ-AGM", "2023-01-01/2023-01-31"),
        hectares("b", 30, "AZ-AGM AZ-FUZ", "2023-03-01/2023-03-31"),
    ]
    compared = subjects("AZ-FUZ", "AZ-AGM", rows=rows)
    text = stated_chart(stated(compared, Look()), compared, Look(), "m", SPAN).to_json()
    spec = stated_chart(stated(compared, Look()), compared, Look(), "m", SPAN).to_dict()
    scale = spec["vconcat"][0]["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"][:2] == ["Fuzuli", "Aghdam"]
    assert scale["range"] == [*PLACE_COLOURS[:2], "#6b6b6b"]
    assert "http" not in text.replace("https://vega.github.io/schema", "")


def test_a_window_leaves_out_other_days_and_what_has_no_date() -> None:
    """Only figures that touch the days asked for are drawn and listed."""
    rows = [
        hectares("before", 1, "AZ-AGM", "2022-01-01/2022-01-31"),
        hectares("across", 2, "AZ-AGM", "2022-12-01/2023-01-31"),
        hectares("never", 3, "AZ-AGM"),
    ]
    compared = subjects("AZ-AGM", rows=rows)
    assert [row["observation_id"] for row in stated(compared, Look(span=SPAN))] == ["across"]
    everything = stated(compared, Look())
    assert {row["kind"] for row in everything} == {"period", "undated"}
    assert days_shown(everything, [])[0] == dt.date(2022, 1, 1)  # type: ignore[index]  # there are days


def flows(*rows: Row, by: By = "month", view: View = "total") -> list[Binned]:
    """Return Aghdam and Fuzuli by bins of the rows' measure."""
    ledger = Ledger(figures(*rows), FewPlaces())
    measure = rows[0]["measure"]
    return [
        Binned(one, NAMES[one], bins(ledger, measure=measure, place_id=one, by=by, view=view))
        for one in ("AZ-AGM", "AZ-FUZ")
    ]


def test_bins_of_places_stand_side_by_side_without_overlap() -> None:
    """Each place has its share of a month's days: bars never hide each other."""
    places = flows(
        hectares("a", 10, "AZ-AGM", "2023-01-01/2023-01-31"),
        hectares("b", 20, "AZ-FUZ", "2023-01-01/2023-01-31"),
    )
    chart = bins_compared(bin_rows(places, Look()), places, Look(), "Land cleared", SPAN)
    spec = chart.to_dict()
    marks = sorted(
        (row for rows in spec["datasets"].values() for row in rows if "sure" in row),
        key=lambda row: row["from"],
    )
    assert [row["place"] for row in marks] == ["Aghdam", "Fuzuli"]
    assert "2023-01-01" <= marks[0]["from"] < marks[0]["until"] < marks[1]["from"] < marks[1]["until"]
    assert marks[1]["until"] < "2023-02-01"
    assert spec["vconcat"][0]["title"]["text"] == "Land cleared by month, ha"


def test_a_bin_is_known_and_possible_apart() -> None:
    """A week of a month that is told as a whole: 3 hectares known, 10 at most, and no more than that."""
    places = flows(
        hectares("week", 3, "AZ-AGM", "2023-01-02/2023-01-08"),
        hectares("months", 10, "AZ-AGM", "2023-01-01/2023-02-28"),
    )
    rows = bin_rows(places, Look())
    chart = bins_compared(rows, places, Look(), "m", SPAN).to_dict()
    first = next(
        row for some in chart["datasets"].values() for row in some if row.get("pick") == "AZ-AGM 2023-01"
    )
    assert (first["sure"], first["value"], first["most"]) == (3, 3, "10 ha")
    # Twice the greatest known value is where bars end.
    assert (first["high"], first["limit"]) == (6, 0)


def test_incidents_are_events_on_their_days() -> None:
    """Full where somebody was killed; a month's date is a line over the month; no date is not drawn."""
    table = incidents(
        incident("a", "2023-05-01", "gn:1", killed=1, injured=2),
        incident("b", "2023-06", "gn:2", injured=3),
        incident("c", None, "AZ-AGM"),
    )
    place = Subject("AZ-AGM", "Aghdam", incident_timeline(table, FewPlaces(), place_id="AZ-AGM"))
    rows = events_of([place], lambda row: f"{row['killed']}/{row['injured']}")
    chart = events_chart(rows, [place], Look(), "Incidents", SPAN, lambda _: "")
    marks = drawn(chart)
    assert sorted(marks) == ["a", "b"]
    assert (marks["a"]["full"], marks["a"]["harmed"], marks["a"]["from"]) == (0.75, 3, "2023-05-01")
    assert (marks["b"]["full"], marks["b"]["from"], marks["b"]["until"]) == (0, "2023-06-01", "2023-07-01")
    assert events_summary(rows, [place]) == [
        "Aghdam: 3 incidents, 6 people killed or injured, victims not stated: 1.",
        "Incidents without a date, in the table only: 1. Reports behind this: 3.",
    ]


def test_many_incidents_are_drawn_by_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than can be told apart become a circle a month, which says how many it holds."""
    monkeypatch.setattr(lanes, "MOST_SINGLE", 20)
    rows = [incident(f"i{n}", f"2023-05-{1 + n:02}", "gn:1", killed=n + 1) for n in range(28)]
    place = Subject("AZ-AGM", "Aghdam", incident_timeline(incidents(*rows), FewPlaces(), place_id="AZ-AGM"))
    found = events_of([place], lambda _: "")
    marks = drawn(events_chart(found, [place], Look(), "Incidents", SPAN, lambda _: "told"))
    assert [(pick, mark["count"]) for pick, mark in marks.items()] == [("AZ-AGM 2023-05", 28)]


def summary_of(*rows: Row, **look: Any) -> str:
    """Return what is said of Aghdam."""
    compared = subjects("AZ-AGM", rows=list(rows))
    shown = Look(**look)
    return stated_summary(stated(compared, shown), compared, shown)[0]


def level(name: str, value: float, day: str, **more: Any) -> Row:
    """Return a level of contaminated land in hectares."""
    return hectares(name, value, "AZ-AGM", f"/{day}", measure="area_contaminated", basis="stock", **more)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (("exact", 100), ("exact", 80), "down from 100 ha (1 January 2023) to 80 ha (1 June 2023)"),
        (("exact", 80), ("at_least", 100), "up from 80 ha (1 January 2023) to at least 100 ha (1 June 2023)"),
        (("at_most", 80), ("exact", 100), "up from at most 80 ha (1 January 2023) to 100 ha (1 June 2023)"),
        (("at_least", 80), ("exact", 100), "whether it rose or fell is not known"),
        (("exact", 100), ("at_least", 80), "whether it rose or fell is not known"),
        (("approx", 100), ("exact", 105), "whether it rose or fell is not known"),
        (("at_least", 80), ("at_most", 100), "whether it rose or fell is not known"),
        (("exact", 100), ("exact", 100), "whether it rose or fell is not known"),
    ],
)
def test_a_summary_tells_a_rise_or_a_fall_only_where_numbers_allow_no_other(
    first: tuple[str, float], last: tuple[str, float], said: str
) -> None:
    """At least 80 and then 100 may be a fall: nothing is claimed that reports do not bear."""
    told = summary_of(
        level("a", first[1], "2023-01-01", qualifier=first[0]),
        level("b", last[1], "2023-06-01", qualifier=last[0]),
    )
    assert said in told
    assert ("not known" in told) == ("not known" in said)


def test_a_summary_tells_what_it_leaves_out() -> None:
    """Figures of periods are told by their number and ends, those of several places and dates apart."""
    rows = [
        hectares("a", 10, "AZ-AGM", "2023-01-01/2023-01-31"),
        hectares("b", 20, "AZ-AGM", "2023-03-01/2023-03-31", qualifier="at_least"),
        hectares("c", 30, "AZ-AGM AZ-FUZ", "2023-03-01/2023-03-31"),
        hectares("d", 3, "AZ-AGM"),
    ]
    compared = subjects("AZ-AGM", "AZ-FUZ", rows=rows)
    assert stated_summary(stated(compared, Look()), compared, Look()) == [
        (
            "Aghdam: 2 figures for times within 1 January \N{EN DASH} 31 March 2023, from 10 ha to at least "
            "20 ha."
        ),
        "Fuzuli: nothing with a date is stated of it alone.",
        (
            "Figures for several places together or for a wider area: 1. "
            "Figures without a date, in the table only: 1. Reports behind this: 4."
        ),
    ]


def test_a_summary_of_bins_says_what_is_known_and_how_much_is_silence() -> None:
    """January and March are told, February is not: that is said, and the greatest is `at least`."""
    places = flows(
        hectares("a", 10, "AZ-AGM", "2023-01-01/2023-01-31"),
        hectares("b", 20, "AZ-AGM", "2023-03-01/2023-03-31", qualifier="at_least"),
    )
    told = binned_summary(bin_rows(places, Look()), places, Look())
    assert told == [
        (
            "Aghdam: up from 10 ha (January 2023) to at least 20 ha (March 2023); most known of March 2023, "
            "at least 20 ha; nothing known of 1 of 3 months."
        ),
        "Fuzuli: nothing known.",
        "Reports behind this: 2.",
    ]


def test_a_summary_of_bins_tells_what_longer_figures_leave_open_from_silence() -> None:
    """A figure of a year says something of its months, though of none of them how much."""
    places = flows(hectares("a", 10, "AZ-AGM", "2023-01-01/2023-12-31"))
    told = binned_summary(bin_rows(places, Look()), places, Look())
    assert told[0] == (
        "Aghdam: no figure is for a single month; longer ones leave open how much fell into each."
    )


def test_a_rise_between_lower_bounds_of_bins_is_not_claimed() -> None:
    """A week of January and all of March: January may have been more."""
    places = flows(
        hectares("a", 10, "AZ-AGM", "2023-01-02/2023-01-08"),
        hectares("b", 20, "AZ-AGM", "2023-03-01/2023-03-31"),
    )
    told = binned_summary(bin_rows(places, Look()), places, Look())[0]
    assert "up from" not in told
    assert "down from" not in told


def test_nothing_to_draw_is_a_chart_that_says_so() -> None:
    """No dated figure, no bin, no dated incident."""
    compared = subjects("AZ-AGM", rows=[hectares("never", 3, "AZ-AGM")])
    chart = stated_chart(stated(compared, Look()), compared, Look(), "m", SPAN).to_dict()
    assert "vconcat" not in chart
    places = flows(hectares("never", 3, "AZ-AGM"))
    assert "vconcat" not in bins_compared([], places, Look(), "m", SPAN).to_dict()


def test_days_without_a_report_are_grey_and_no_zero() -> None:
    """Under every chart each place has a strip over all days; only months with reports are filled."""
    rows = [
        hectares("a", 10, "AZ-AGM", "2023-01-01/2023-01-31", published=dt.date(2023, 2, 3)),
        hectares("b", 20, "AZ-AGM", "2023-03-01/2023-03-31", published=dt.date(2023, 4, 3)),
    ]
    compared = subjects("AZ-AGM", "AZ-FUZ", rows=rows)
    sheets = stated_chart(stated(compared, Look()), compared, Look(), "m", SPAN).to_dict()["datasets"]
    assert [(row["place"], row["from"], row["until"]) for row in sheets["silence"]] == [
        ("Aghdam", "2023-01-01", "2024-01-01"),
        ("Fuzuli", "2023-01-01", "2024-01-01"),
    ]
    assert [(row["when"], row["documents"]) for row in sheets["reports"]] == [
        ("February 2023", 1),
        ("April 2023", 1),
    ]


def test_of_very_many_figures_the_newest_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thicket tells nothing: the newest stand, and what a link picks out."""
    monkeypatch.setattr(compared_rows, "MOST_DRAWN", 2)
    rows = [hectares(f"f{n}", n + 1, "AZ-AGM", f"2023-0{n + 1}-01/2023-0{n + 1}-28") for n in range(5)]
    found = stated(subjects("AZ-AGM", rows=rows), Look())
    assert sorted(row["observation_id"] for row in newest(found)) == ["f3", "f4"]
    assert sorted(row["observation_id"] for row in newest(found, "f0")) == ["f0", "f3", "f4"]


def test_the_days_shown_hold_the_last_month_of_reports_as_a_whole() -> None:
    """A cell of the strip is a month wide, the last one, too."""
    rows = [hectares("a", 10, "AZ-AGM", "2023-01-01/2023-01-31", published=dt.date(2023, 2, 3))]
    compared = subjects("AZ-AGM", rows=rows)
    assert days_shown(stated(compared, Look()), compared) == (dt.date(2023, 1, 1), dt.date(2023, 2, 28))
