"""What does not fit is named, and nothing is corrected."""

from __future__ import annotations

import datetime as dt
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from analysis_tables import FewPlaces, figure, figures, hectares, incident, incidents
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from typer.testing import CliRunner

from geotrack.analysis import Ledger, Observation, warnings
from geotrack.analysis.agreement import bounds, same_period
from geotrack.analysis.inclusion import overfull
from geotrack.cli import app

FIRST = dt.date(2023, 1, 1)
JANUARY, WEEK = "2023-01-01/2023-01-31", "2023-01-09/2023-01-15"
YEAR, SINCE = "2023-01-01/2023-12-31", "2022-02-24"


def ledger(*rows: dict[str, Any], **more: Any) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), FewPlaces(), **more)


def found(*rows: dict[str, Any], **more: Any) -> list[tuple[str, list[str]]]:
    """Return name and observations of each warning."""
    table = warnings(ledger(*rows, **more))
    return [
        (row.name, row.observation_ids) for row in table[["name", "observation_ids"]].itertuples(index=False)
    ]


def texts(*rows: dict[str, Any], name: str, **more: Any) -> list[str]:
    """Return the sentences of a kind of warning."""
    table = warnings(ledger(*rows, **more))
    return table[table["name"] == name]["text"].tolist()


def people(figure_id: str, value: float, measure: str, period: str = YEAR, **more: Any) -> dict[str, Any]:
    """Return a figure of people in Aghdam."""
    return figure(figure_id, value, "AZ-AGM", period, measure=measure, unit_si="people", **more)


def mines(figure_id: str, value: float, measure: str, period: str = WEEK, **more: Any) -> dict[str, Any]:
    """Return a figure of mines in Aghdam."""
    return figure(figure_id, value, "AZ-AGM", period, measure=f"{measure}_found", **more)


def running(figure_id: str, value: float, last: str, **more: Any) -> dict[str, Any]:
    """Return a total of Kharkiv oblast since the invasion."""
    return figure(figure_id, value, "UA-63", f"{SINCE}/{last}", **{"basis": "cumulative", **more})


class TestComponents:
    """Parts come to their whole."""

    def test_parts_that_miss_their_whole_are_told_with_the_difference(self) -> None:
        """The 180 mines, among them 120 AP and 45 AT, of which 15 are of no kind."""
        rows = mines("all", 180, "mines"), mines("ap", 120, "ap_mines"), mines("at", 45, "at_mines")
        assert texts(*rows, name="component") == [
            "120 (ap_mines_found) + 45 (at_mines_found) = 165, but mines_found is 180: 15 too few"
        ]
        row = warnings(ledger(*rows)).iloc[0]
        assert (row["low"], row["high"], row["unit"], row["figure_ids"]) == (
            165,
            180,
            "count",
            ["all", "ap", "at"],
        )

    @pytest.mark.parametrize(
        ("whole", "killed", "injured", "warned"),
        [
            ((8, {}), (3, {}), (5, {}), False),
            ((9, {}), (3, {}), (5, {}), True),
            ((7, {}), (3, {}), (5, {}), True),
            ((7, {"qualifier": "at_least"}), (3, {}), (5, {}), False),
            ((9, {}), (3, {}), (5, {"qualifier": "at_least"}), False),
            ((7, {}), (3, {}), (5, {"qualifier": "at_most"}), False),
            ((105, {"qualifier": "approx"}), (47, {}), (63, {}), False),
            ((3000, {}), (1017, {}), (2031, {}), False),
            ((7, {"done_by": ["A"]}), (3, {"done_by": ["B"]}), (5, {"done_by": ["B"]}), False),
        ],
        ids=["fits", "short", "over", "bound", "part bound", "upper bound", "about", "rounded", "actors"],
    )
    def test_qualifiers_and_roundings_count(
        self,
        whole: tuple[float, dict[str, Any]],
        killed: tuple[float, dict[str, Any]],
        injured: tuple[float, dict[str, Any]],
        warned: bool,  # noqa: FBT001 - a case
    ) -> None:
        """A warning stands only where no values that the words admit would fit."""
        rows = [
            people("c", whole[0], "casualties", **whole[1]),
            people("k", killed[0], "killed", **killed[1]),
            people("i", injured[0], "injured", **injured[1]),
        ]
        assert [name for name, _ in found(*rows)] == ["component"] * warned

    def test_a_part_alone_may_exceed_but_not_fall_short(self) -> None:
        """Three killed are too many for two casualties, and say nothing against four."""
        assert found(people("c", 2, "casualties"), people("k", 3, "killed")) == [("component", ["c", "k"])]
        assert found(people("c", 4, "casualties"), people("k", 3, "killed")) == []

    def test_parts_of_parts_count_and_items_may_be_neither(self) -> None:
        """AP, AT and UXO exceed the items; fewer of them are no contradiction."""
        parts = mines("ap", 31, "ap_mines"), mines("at", 9, "at_mines"), mines("uxo", 300, "uxo")
        assert found(mines("all", 320, "items"), *parts) == [("component", ["all", "ap", "at", "uxo"])]
        assert found(mines("all", 400, "items"), *parts) == []

    def test_of_copies_that_disagree_the_one_that_does_not_fit_is_named(self) -> None:
        """31 AP and 9 AT are the 40 mines; the copy with 40 AP is the odd one."""
        rows = mines("all", 40, "mines"), mines("ap", 31, "ap_mines"), mines("at", 9, "at_mines")
        odd = mines("odd", 40, "ap_mines", "2023-01-09/2023-01-16")
        assert found(*rows, odd) == [("component", ["all", "odd", "at"])]

    def test_other_days_and_unknown_days_are_not_compared(self) -> None:
        """Nobody knows whether two unknown periods are one."""
        rows = people("c", 2, "casualties", "/"), people("k", 3, "killed", "/")
        assert found(*rows) == []
        assert found(people("c", 2, "casualties"), people("k", 3, "killed", "2022-01-01/2022-12-31")) == []


class TestRunningTotals:
    """A running total never falls."""

    def test_a_fall_is_told_once_and_the_series_starts_anew(self) -> None:
        """One misprint of a high total does not make all later ones falls."""
        rows = [
            running("a", 700, "2023-05-31"),
            running("b", 9000, "2023-06-30"),
            running("c", 760, "2023-07-31"),
            running("d", 790, "2023-08-31"),
        ]
        assert texts(*rows, name="monotonic") == [
            "760 (Kharkiv, 2022-02-24 to 2023-07-31) is 8,240 less than 9,000 until 2023-06-30"
        ]

    def test_a_bound_between_hides_no_fall_and_roundings_are_none(self) -> None:
        """Over 150 is no fall from 200, but 190 is; 12,000 may be 12,013."""
        high, bound = running("a", 200, "2023-05-31"), running("b", 150, "2023-06-30", qualifier="at_least")
        assert found(high, bound, running("c", 190, "2023-07-31")) == [("monotonic", ["c", "a"])]
        assert found(running("a", 12_013, "2023-05-31"), running("b", 12_000, "2023-06-30")) == []

    def test_totals_of_unknown_start_are_compared_within_one_source(self) -> None:
        """Two papers may count from other days; one paper does not."""
        rows = [
            running("a", 700, "2023-05-31") | {"start": None},
            running("b", 60, "2023-06-30") | {"start": None},
        ]
        assert found(*rows) == []
        assert [name for name, _ in found(*({**row, "publisher": "DSNS"} for row in rows))] == ["monotonic"]


class TestInside:
    """What lies inside fits."""

    def test_the_narrowest_whole_is_named_not_all_around_it(self) -> None:
        """A week above its month is told at the month; the year would fit without it."""
        rows = [
            figure("week", 412, "gn:1", WEEK),
            figure("month", 300, "AZ-AGM", JANUARY),
            figure("year", 400, "AZ", YEAR),
            figure("since", 9000, "AZ", f"2020-11-10/{YEAR[-10:]}", basis="cumulative"),
        ]
        assert found(*rows) == [("inside", ["month", "week"])]
        (text,) = texts(*rows, name="inside")
        inside, whole = f"412 (Aghdam, {WEEK})", f"300 (Aghdam, {JANUARY})"
        assert text == f"{inside} lies inside {whole}, and is 112 more".replace("/", " to ")

    def test_disjoint_parts_must_not_sum_to_more_than_their_whole(self) -> None:
        """Weeks to a month, districts to a country, a total and its growth to the next total."""
        weeks = [figure(f"w{n}", 90, "AZ-AGM", f"2023-01-{n:02}/2023-01-{n + 6:02}") for n in (2, 9, 16)]
        assert found(*weeks, figure("month", 200, "AZ-AGM", JANUARY)) == [
            ("inside", ["month", "w2", "w9", "w16"])
        ]
        assert found(*weeks, figure("month", 270, "AZ-AGM", JANUARY)) == []
        districts = [figure(f"d{one}", 90, one, JANUARY) for one in ("AZ-AGM", "AZ-FUZ")]
        assert found(*districts, figure("country", 150, "AZ", JANUARY)) == [
            ("inside", ["country", "dAZ-AGM", "dAZ-FUZ"])
        ]
        totals = running("may", 700, "2023-05-31"), running("june", 720, "2023-06-30")
        week = figure("week", 50, "UA-63", "2023-06-05/2023-06-11")
        assert found(*totals, week) == [("inside", ["june", "may", "week"])]

    def test_bounds_groups_and_other_actors_contradict_nothing(self) -> None:
        """At least 300 may be 412; a list of districts is in the country, not in one of them."""
        week = figure("week", 412, "AZ-AGM", WEEK)
        assert found(week, figure("month", 300, "AZ-AGM", JANUARY, qualifier="at_least")) == []
        assert found(week, figure("month", 300, "AZ-AGM", JANUARY, done_by=["A"])) == []
        assert found(week, figure("month", 300, "AZ-LAC", JANUARY)) == []
        group = figure("group", 412, "AZ-AGM AZ-LAC", WEEK)
        assert found(group, figure("month", 300, "AZ-AGM", JANUARY)) == []
        assert found(group, figure("month", 300, "AZ", JANUARY)) == [("inside", ["month", "group"])]

    def test_the_same_places_and_days_are_a_conflict_instead(self) -> None:
        """Two values of one month are told as a conflict, and not as one inside the other."""
        assert found(figure("a", 5, "AZ-AGM", JANUARY), figure("b", 9, "AZ-AGM", JANUARY)) == []

    def test_incidents_are_held_against_figures(self) -> None:
        """Two killed on a day in a village are more than the one of the month in its district."""
        told = incidents(incident("i", "2023-01-05", "gn:1", killed=2, injured=0))
        month = people("k", 1, "killed", JANUARY)
        table = warnings(ledger(month, incidents=told))
        assert table[["name", "incident_ids"]].to_numpy().tolist() == [["inside", ["i"]]]

    def test_levels_of_a_day_nest_in_places(self) -> None:
        """A district's contaminated land is no more than its country's on the same day."""
        rows = [
            hectares("country", 100, "AZ", "/2023-01-01", measure="area_contaminated", basis="stock"),
            hectares("district", 120, "AZ-AGM", "/2023-01-01", measure="area_contaminated", basis="stock"),
            hectares("later", 150, "AZ-AGM", "/2023-06-01", measure="area_contaminated", basis="stock"),
        ]
        assert found(*rows) == [("inside", ["country", "district"])]


class TestSlips:
    """Ten, a hundred, a thousand times, or acres for hectares."""

    def test_in_a_conflict_the_value_of_fewer_sources_is_the_slip(self) -> None:
        """Three papers print 123.4 ha, one prints 1,234."""
        rows = [hectares(f"h{n}", 123.4, "AZ-AGM", JANUARY) for n in range(3)]
        slip = hectares("slip", 1234, "AZ-AGM", JANUARY)
        assert texts(*rows, slip, name="unit_slip") == [
            "1,234 ha (Aghdam, 2023-01-01 to 2023-01-31) is 10 times 123.4 ha, which 3 sources tell"
        ]
        assert found(*rows, slip | {"value": 1300.0, "value_si": 13e6}) == []

    @pytest.mark.parametrize(
        ("values", "slips"),
        [
            ((10_510, 10_620, 107_400, 10_913), ["f2"]),
            ((10_510, 10_620, 1074, 10_913), ["f2"]),
            ((10_510, 10_620, 26_500, 10_913), ["f2"]),
            ((10_510, 10_620, 50_007, 10_913), []),
            ((10_510, 20_620, 107_400, 40_913), []),
            ((105_110, 10_620, 10_740, 10_913), ["f0"]),
        ],
        ids=["ten times", "a tenth", "acres", "no factor", "neighbours differ", "first"],
    )
    def test_in_a_running_total_the_neighbours_say_what_is_usual(
        self, values: tuple[float, ...], slips: list[str]
    ) -> None:
        """A value that would fit between its neighbours without the factor."""
        rows = [
            hectares(f"f{n}", value, "UA-63", f"{SINCE}/2023-0{n + 1}-28", basis="cumulative")
            for n, value in enumerate(values)
        ]
        assert [ids[0] for name, ids in found(*rows) if name == "unit_slip"] == slips

    def test_in_a_series_of_months_and_of_levels_too(self) -> None:
        """Months near 500 and one of 5,070; levels of 174, 156 and 139 thousand and one of 144."""
        months = [(1, 31, 512), (2, 28, 498), (3, 31, 5070), (4, 30, 530)]
        rows = [
            hectares(f"m{n}", value, "AZ-AGM", f"2023-{n:02}-01/2023-{n:02}-{last}")
            for n, last, value in months
        ]
        assert found(*rows) == [("unit_slip", ["m3", "m1", "m2", "m4"])]
        levels = [
            hectares(f"l{n}", value, "UA", f"/2024-0{n}-01", measure="area_contaminated", basis="stock")
            for n, value in ((1, 17_400_000), (2, 15_600_000), (3, 144_000), (4, 13_900_000))
        ]
        assert [ids[0] for _, ids in found(*levels)] == ["l3"]


class TestScope:
    """One source's series that speaks of other places or operators from a day on."""

    @staticmethod
    def _weeks(places: list[str], **more: Any) -> list[dict[str, Any]]:
        days = [dt.date(2023, 1, 2) + dt.timedelta(weeks=n) for n in range(len(places))]
        return [
            figure(f"w{n}", 90 + n, names, f"{first}/{first + dt.timedelta(6)}", publisher="ANAMA", **more)
            for n, (names, first) in enumerate(zip(places, days, strict=True))
        ]

    def test_a_longer_list_of_districts_is_told(self) -> None:
        """A rise from then on may be one of scope."""
        rows = self._weeks(["AZ-AGM AZ-FUZ"] * 3 + ["AZ-AGM AZ-FUZ AZ-LAC"] * 2)
        (text,) = texts(*rows, name="scope")
        which, change = text.split(": ")
        assert which == "items_found by ANAMA of each week"
        assert change == (
            "places Aghdam, Fuzuli → Aghdam, Fuzuli, Lachin after 2023-01-22; 92 and 93 are not of the same"
        )

    def test_series_side_by_side_and_other_places_are_no_change(self) -> None:
        """Aghdam and its country in turn are two series; so are two districts."""
        assert found(*self._weeks(["AZ-AGM", "AZ", "AZ-AGM", "AZ", "AZ-AGM"])) == []
        assert found(*self._weeks(["AZ-AGM", "AZ-AGM", "AZ-LAC", "AZ-LAC"])) == []

    def test_operators_of_a_running_total(self) -> None:
        """What ANAMA cleared is not continued by what it and a company cleared."""
        rows = [
            running("a", 700, "2023-05-31", done_by=["A"], publisher="P"),
            running("b", 720, "2023-06-30", done_by=["A"], publisher="P"),
            running("c", 990, "2023-07-31", done_by=["A", "B"], publisher="P"),
        ]
        assert found(*rows) == [("scope", ["c", "b"])]
        assert "operators A → A, B after 2023-06-30" in texts(*rows, name="scope")[0]


def test_a_measure_is_checked_alone_and_nothing_known_is_an_empty_table() -> None:
    """The columns are there whatever is found."""
    book = ledger(figure("week", 412, "gn:1", WEEK), figure("month", 300, "AZ-AGM", JANUARY))
    assert (len(warnings(book, "items_found")), len(warnings(book, "killed"))) == (1, 0)
    assert list(warnings(ledger()).columns) == list(warnings(book).columns)


def test_both_are_asked_for_on_the_command_line(tmp_path: Path) -> None:
    """A table for people, JSON for programs; only what touches the place that is asked for."""
    told = {
        "week": "From 9 to 15 January 2023, 412 mines were found in Aghdam district.",
        "month": "In January 2023, 300 mines were found in Aghdam district.",
        "other": "In January 2023, 250 mines were found in Aghdam district.",
    }
    for name, text in told.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    database = ["--db", str(tmp_path / "facts.db")]

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, [*words, *database], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    run("ingest", "--publisher", "ANAMA", "--published", "2023-02-01", str(tmp_path))
    rows = json.loads(run("checks", "--place", "AZ", "--format", "json"))
    assert [(row["name"], row["low"], row["high"]) for row in rows] == [("inside", 250, 412)]
    assert "inside" in run("checks", "--measure", "mines_found")
    assert json.loads(run("checks", "--place", "UA", "--format", "json")) == []
    (row,) = json.loads(run("conflicts", "--format", "json"))
    assert (row["spread"], [side["value"] for side in row["sides"]]) == (pytest.approx(1 / 6), [250, 300])
    assert "17%" in run("conflicts", "--place", "Aghdam")


@st.composite
def books(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw figures of a few nested places and days."""
    rows = []
    for number in range(draw(st.integers(0, 7))):
        first = FIRST + dt.timedelta(days=draw(st.integers(0, 12)))
        last = first + dt.timedelta(days=draw(st.integers(0, 12)))
        place = draw(st.sampled_from(["AZ", "AZ-AGM", "AZ-FUZ", "gn:1", "gn:2", "AZ-AGM AZ-FUZ"]))
        value = draw(st.sampled_from([0, 3, 8, 21, 40, 1200]))
        qualifier = draw(st.sampled_from(["exact", "exact", "exact", "at_least", "approx", "at_most"]))
        row = figure(f"f{number}", value, place, qualifier=qualifier, publisher=draw(st.sampled_from("pq")))
        rows.append(row | {"start": first, "end": last})
    return rows


def _within(one: Observation, other: Observation) -> bool:
    """Tell whether days and places of an observation lie in those of another, by the names of places."""
    inside = {"gn:1": "AZ-AGM", "gn:2": "AZ-AGM", "AZ-AGM": "AZ", "AZ-FUZ": "AZ"}

    def around(place: str) -> set[str]:
        return {place, *(around(inside[place]) if place in inside else ())}

    days = (other.start or FIRST) <= (one.start or FIRST) and (one.end or FIRST) <= (other.end or FIRST)
    return days and all(around(place) & set(other.place_ids) for place in one.place_ids)


def _apart(one: Observation, other: Observation) -> bool:
    first, second = (replace_days(each) for each in (one, other))
    days = first[1] < second[0] or second[1] < first[0]
    same_days_free = not any(
        _places_meet(mine, theirs) for mine in one.place_ids for theirs in other.place_ids
    )
    # A list of places blocks all of what contains it: a sum over it is a lower bound all the same.
    return days or (same_days_free and len(one.place_ids) == len(other.place_ids) == 1)


def replace_days(one: Observation) -> tuple[dt.date, dt.date]:
    """Return the days of an observation that has both."""
    assert one.start is not None
    assert one.end is not None
    return one.start, one.end


def _places_meet(one: str, other: str) -> bool:
    inside = {"gn:1": "AZ-AGM", "gn:2": "AZ-AGM", "AZ-AGM": "AZ", "AZ-FUZ": "AZ"}
    chains = []
    for place in (one, other):
        chain = [place]
        while chain[-1] in inside:
            chain.append(inside[chain[-1]])
        chains.append(chain)
    return one in chains[1] or other in chains[0]


def _like(one: Observation, other: Observation) -> bool:
    return one.place_ids == other.place_ids and same_period((one.start, one.end), (other.start, other.end))


def _overfull(whole: Observation, items: list[Observation]) -> bool:
    """Tell whether any set inside a whole exceeds it, by trying all of them."""
    inside = [one for one in items if _within(one, whole) and not _like(one, whole)]
    inside = [one for one in inside if bounds(one)[0] > 0]
    return any(
        sum(bounds(one)[0] for one in some) > bounds(whole)[1] + 1e-6
        for size in range(1, len(inside) + 1)
        for some in combinations(inside, size)
        if all(_apart(one, other) for one, other in combinations(some, 2))
    )


@examples(150)
@given(books())
def test_every_set_inside_every_observation_was_tried(rows: list[dict[str, Any]]) -> None:
    """Only overfull observations are warned of, and each because of something that lies inside it.

    A shorter total of the same places and first day is left to the check of totals that fall.
    """
    book = ledger(*rows)
    items = list(book.observations("items_found").items)
    told = [one.observations for one in overfull(items, book.nesting)]
    full = [one for one in items if _overfull(one, items)]
    assert {whole.id for whole, *_ in told} <= {one.id for one in full}
    for whole in full:
        grown = any(one is not whole and _grows(one, whole) for one in items)
        assert grown or any(all(_within(one, whole) for one in inside) for _, *inside in told)


def _grows(one: Observation, other: Observation) -> bool:
    return (one.place_ids, one.start) == (other.place_ids, other.start)


@examples(60)
@given(books(), st.data())
def test_order_and_second_copies_change_no_warning(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """Facts in any order warn of the same; a copy of all by the same papers adds none."""
    names = ["name", "measure", "low", "high", "text"]
    told = warnings(ledger(*rows))
    pd.testing.assert_frame_equal(told, warnings(ledger(*data.draw(st.permutations(rows)))))
    copies = [
        {**row, "figure_id": f"z{row['figure_id']}", "document_id": f"z{row['document_id']}"} for row in rows
    ]
    pd.testing.assert_frame_equal(told[names], warnings(ledger(*rows, *copies))[names])
