"""What follows from what is stated: growth of running totals, wholes of parts, whom incidents harmed."""

from __future__ import annotations

import datetime as dt
import math
from itertools import combinations
from typing import Any

import pytest
from analysis_tables import FewPlaces, day, figure, figures, hectares, incident, incidents
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Ledger, Observation, Split, Total, total, totals
from geotrack.analysis.shares import per_area, per_people
from geotrack.errors import UnknownPlaceError

FIRST = dt.date(2023, 1, 1)
SINCE = "2022-02-24"


def ledger(*rows: dict[str, Any], **more: Any) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), FewPlaces(), **more)


def running(figure_id: str, value: float, last: str, **more: Any) -> dict[str, Any]:
    """Return a total of Kharkiv oblast since the invasion."""
    return figure(figure_id, value, "UA-63", f"{SINCE}/{last}", **{"basis": "cumulative", **more})


def asked(
    book: Ledger, window: str = "/", measure: str = "items_found", place: str = "UA-63", **more: Any
) -> Total:
    """Return the total of a place within a window `start/end`."""
    start, end = map(day, window.split("/"))
    return total(book, measure=measure, place_id=place, start=start, end=end, **more)  # type: ignore[arg-type]


def said(found: Total) -> tuple[float | None, str | None]:
    """Return value and qualifier."""
    return found.value_si, found.qualifier


MAY_JUNE = (running("may", 700, "2023-05-31"), running("june", 760, "2023-06-30"))


class TestRunningTotals:
    """A running total is differenced against an earlier one of its series."""

    def test_the_growth_between_two_totals_is_what_happened(self) -> None:
        """Both are exact and tile June, so June is exact; both are its sources."""
        june = asked(ledger(*MAY_JUNE), "2023-06-01/2023-06-30")
        assert said(june) == (60.0, "exact")
        assert june.used[["derived", "figure_ids"]].to_numpy().tolist() == [["difference", ["june", "may"]]]
        assert june.left_out.empty

    def test_a_total_and_its_growth_are_never_added(self) -> None:
        """All time is the later total, and what is stated is preferred to what follows."""
        found = asked(ledger(*MAY_JUNE))
        assert said(found) == (760.0, "at_least")
        assert found.used["observation_id"].tolist() == ["june"]
        assert found.left_out[["figure_id", "kind"]].to_numpy().tolist() == [["may", "overlap"]]

    @pytest.mark.parametrize(
        ("earlier", "later", "value", "qualifier"),
        [
            ((700, {}), (760, {"qualifier": "at_least"}), 60, "at_least"),
            ((700, {"qualifier": "at_least"}), (760, {}), 60, "approx"),
            ((700, {"qualifier": "approx"}), (760, {}), 60, "approx"),
            ((700, {"qualifier": "at_most"}), (760, {}), 60, "at_least"),
            ((700, {}), (760, {"qualifier": "at_most"}), None, None),
            ((760, {}), (700, {}), None, None),
            ((12_000, {}), (15_000, {}), 2000, "at_least"),
            ((12_013, {}), (15_000, {}), 2487, "at_least"),
            ((700, {"part": "water"}), (760, {}), None, None),
            ((700, {"done_by": ["A"]}), (760, {"done_by": ["B"]}), None, None),
        ],
        ids=[
            *("growing bound", "bound before", "about before", "at most before", "at most", "falling"),
            *("both rounded", "one rounded", "another part", "another actor"),
        ],
    )
    def test_a_difference_is_no_surer_than_its_totals(
        self,
        earlier: tuple[float, dict[str, Any]],
        later: tuple[float, dict[str, Any]],
        value: float | None,
        qualifier: str | None,
    ) -> None:
        """A bound stays a bound, roundings count against it, and what is no series gives none."""
        book = ledger(
            running("a", earlier[0], "2023-05-31", **earlier[1]),
            running("b", later[0], "2023-06-30", **later[1]),
        )
        assert said(asked(book, "2023-06-01/2023-06-30")) == (value, qualifier)

    def test_a_round_total_below_what_was_known_is_no_series_of_its_own(self) -> None:
        """Growth after it is told from the last number that was known."""
        book = ledger(
            running("a", 516_298, "2024-06-30"),
            running("b", 500_000, "2024-08-31", qualifier="at_least"),
            running("c", 540_013, "2024-12-31"),
        )
        assert {one.id: one.value for one in book.standing("items_found") if one.derived} == {"c-a": 23_715.0}

    def test_other_places_are_another_series(self) -> None:
        """A country's total and an oblast's are not subtracted."""
        book = ledger(
            running("a", 700, "2023-05-31"), running("b", 760, "2023-06-30") | {"place_ids": ["UA"]}
        )
        assert asked(book, "2023-06-01/2023-06-30", place="UA").value_si is None

    def test_a_series_of_unknown_start_grows_about_as_told(self) -> None:
        """That both begin on one day is assumed, so the growth is approximate and no lower bound."""
        rows = [one | {"start": None} for one in MAY_JUNE]
        june = asked(ledger(*rows), "2023-06-01/2023-06-30")
        assert (said(june), june.lower_si) == ((60.0, "approx"), None)

    def test_a_long_rounded_series_loses_two_roundings_only(self) -> None:
        """Thirty-two weeks from 11,000 to 43,000 are 32,000 less two half roundings, not sixty-four."""
        weeks = [FIRST + dt.timedelta(weeks=n) for n in range(39)]
        rows = [running(f"w{n:02}", 11_000 + n * 1000, last.isoformat()) for n, last in enumerate(weeks)]
        found = asked(ledger(*rows), f"{weeks[0] + dt.timedelta(1)}/{weeks[32]}")
        assert said(found) == (31_000.0, "at_least")


class TestParts:
    """A whole follows from its parts."""

    def test_ap_and_at_mines_of_one_week_are_mines_and_uxo_makes_them_items(self) -> None:
        """There may be others, so the sum is a bound; days and places of the parts must be the same."""
        week = "2023-01-02/2023-01-08"
        book = ledger(
            figure("ap", 31, "AZ-AGM", week, measure="ap_mines_found"),
            figure("at", 9, "AZ-AGM", week, measure="at_mines_found"),
            figure("uxo", 300, "AZ-AGM", week, measure="uxo_found"),
            figure("later", 5, "AZ-AGM", "2023-01-09/2023-01-15", measure="uxo_found"),
        )
        assert said(asked(book, measure="mines_found", place="AZ-AGM")) == (40.0, "at_least")
        assert said(asked(book, week, place="AZ-AGM")) == (340.0, "at_least")
        assert said(asked(book, place="AZ-AGM")) == (345.0, "at_least")

    def test_a_stated_whole_and_its_parts_are_not_added(self) -> None:
        """Fifty mines among which 31 and 9 are named are fifty."""
        book = ledger(
            figure("all", 50, "AZ-AGM", "2023-01-02/2023-01-08", measure="mines_found"),
            figure("ap", 31, "AZ-AGM", "2023-01-02/2023-01-08", measure="ap_mines_found"),
            figure("at", 9, "AZ-AGM", "2023-01-02/2023-01-08", measure="at_mines_found"),
        )
        found = asked(book, measure="mines_found", place="AZ-AGM")
        assert (found.value_si, found.used["observation_id"].tolist()) == (50.0, ["all"])

    def test_killed_and_injured_are_all_casualties(self) -> None:
        """No other harm is counted, so two exact parts that tile the window make an exact whole."""
        year = "2023-01-01/2023-12-31"
        book = ledger(
            figure("k", 3, "AZ-AGM", year, measure="killed", unit_si="people"),
            figure("i", 5, "AZ-AGM", year, measure="injured", unit_si="people"),
        )
        assert said(asked(book, year, measure="casualties", place="AZ-AGM")) == (8.0, "exact")


class TestIncidents:
    """Incidents are observations of those they harmed."""

    def test_incidents_count_and_a_yearly_figure_holds_them(self) -> None:
        """Two explosions of one day are added; the figure of the year is greater and stands alone."""
        told = incidents(
            incident("a", "2023-03-05", "AZ-AGM", killed=1, injured=0),
            incident("b", "2023-03-05", "AZ-AGM", killed=2, document_id="d-a"),
            incident("c", "2023-04-01", "gn:1", injured=1),
        )
        book = Ledger(figures(), FewPlaces(), incidents=told)
        found = asked(book, measure="killed", place="AZ-AGM")
        assert (said(found), found.used["incident_ids"].tolist()) == ((3.0, "at_least"), [["a", "b"]])
        assert said(asked(book, measure="casualties", place="AZ-AGM")) == (4.0, "at_least")
        year = figure("y", 7, "AZ-AGM", "2023-01-01/2023-12-31", measure="killed", unit_si="people")
        whole = asked(Ledger(figures(year), FewPlaces(), incidents=told), measure="killed", place="AZ-AGM")
        assert (whole.value_si, whole.used["figure_ids"].tolist()) == (7.0, [["y"]])


class TestPlaces:
    """A total of any place: what lies in it counts, what is wider or shared is listed."""

    def test_each_figure_is_used_or_left_out_with_its_kind(self) -> None:
        """Inside, nested, shared, wider, straddling, rejected, part: each is accounted for."""
        week, month = "2023-01-02/2023-01-08", "2023-01-01/2023-01-31"
        book = ledger(
            figure("month", 90, "AZ-AGM", month),
            figure("village", 3, "gn:1", week),
            figure("group", 7, "AZ-AGM AZ-LAC", week),
            figure("country", 700, "AZ", week),
            figure("edge", 8, "AZ-AGM", "2023-01-20/2023-02-10"),
            figure("no", 9, "AZ-AGM", month, review="rejected"),
            figure("part", 2, "AZ-AGM", month, flags=["subset"]),
            figure("elsewhere", 2, "AZ-LAC", month),
        )
        found = asked(book, month, place="AZ-AGM")
        assert (found.value_si, found.used["observation_id"].tolist()) == (90.0, ["month"])
        assert dict(zip(found.left_out["figure_id"], found.left_out["kind"], strict=True)) == {
            "country": "wider place",
            "edge": "straddling",
            "group": "group",
            "no": "rejected",
            "part": "subset",
            "village": "nested place",
        }

    def test_regions_and_settlements_have_totals_too(self) -> None:
        """A region is what lies in it; a place that is not known is refused."""
        book = ledger(
            figure("a", 3, "gn:1", "2023-01-02/2023-01-08"), figure("b", 4, "AZ-FUZ", "2023-01-02/2023-01-08")
        )
        assert [asked(book, place=one).value_si for one in ("AZ:north", "AZ:south", "gn:1", "AZ-LAC")] == [
            7.0,
            4.0,
            3.0,
            None,
        ]
        with pytest.raises(UnknownPlaceError):
            asked(book, place="AZ-NOWHERE")

    def test_what_straddles_counts_by_its_days_on_request(self) -> None:
        """Ten of thirty days: a third, approximate, and no part of the lower bound."""
        book = ledger(figure("a", 90, "AZ-AGM", "2023-01-01/2023-01-30"))
        assert asked(book, "2023-01-21/2023-02-28", place="AZ-AGM").value_si is None
        found = asked(book, "2023-01-21/2023-02-28", place="AZ-AGM", prorate=True)
        assert (said(found), found.lower_si, found.used["derived"].tolist()) == (
            (30.0, "approx"),
            None,
            ["prorated"],
        )

    def test_a_total_goes_into_json(self) -> None:
        """Days are ISO dates, nothing known is null."""
        told = asked(
            ledger(hectares("a", 5, "AZ-AGM", "2023-01-01/2023-01-30")),
            measure="area_cleared",
            place="AZ-AGM",
        )
        row = told.to_dict()
        assert (row["value_si"], row["unit_si"], row["as_of"], row["start"]) == (
            50_000.0,
            "m2",
            "2023-01-30",
            None,
        )


@st.composite
def series(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw running totals and weeks of a district and a village in it."""
    rows = []
    for number in range(draw(st.integers(0, 6))):
        last = FIRST + dt.timedelta(days=draw(st.integers(7, 40)))
        first = draw(st.sampled_from([FIRST, FIRST, last - dt.timedelta(days=6)]))
        place, value = (
            draw(st.sampled_from(["AZ-AGM", "gn:1"])),
            draw(st.sampled_from([3, 8, 21, 1200, 3000])),
        )
        qualifier = draw(st.sampled_from(["exact", "exact", "at_least", "approx"]))
        rows.append(
            figure(f"f{number}", value, place, "/", qualifier=qualifier) | {"start": first, "end": last}
        )
    return rows


def _apart(one: Observation, other: Observation) -> bool:
    days = (one.end or FIRST) < (other.start or FIRST) or (other.end or FIRST) < (one.start or FIRST)
    return days or (one.place_ids != other.place_ids and "AZ-AGM" not in one.place_ids + other.place_ids)


@examples(60)
@given(series())
def test_every_set_of_disjoint_observations_was_tried(rows: list[dict[str, Any]]) -> None:
    """The total is the greatest sum of what stands and follows, no two of which share a day and a place."""
    book = ledger(*rows)
    standing = book.standing("items_found")
    if len(standing) > 12:
        return
    sums = [
        math.fsum(one.value for one in some)
        for size in range(1, len(standing) + 1)
        for some in combinations(standing, size)
        if all(_apart(one, other) for one, other in combinations(some, 2))
    ]
    assert asked(book, place="AZ-AGM").value_si == (max(sums) if sums else None)


@settings(deadline=None)
@given(series(), st.data())
def test_facts_may_come_in_any_order_and_at_any_time(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """A ledger that was added to says what one read at once says, whatever was asked in between."""
    mixed = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    book = ledger(*mixed[:cut])
    book.standing("items_found")
    book.add(figures(*mixed[cut:]))
    whole = ledger(*rows)
    assert book.standing("items_found") == whole.standing("items_found")
    assert asked(book, place="AZ-AGM").to_dict() == asked(whole, place="AZ-AGM").to_dict()


@settings(deadline=None)
@given(series(), st.lists(st.integers(0, 45), min_size=4, max_size=4).map(sorted))
def test_a_narrower_window_never_has_more_growth(rows: list[dict[str, Any]], days: list[int]) -> None:
    """What running totals grew by is known before windows are asked for."""
    at = [(FIRST + dt.timedelta(days=one)).isoformat() for one in days]
    book = ledger(*rows)
    wide, narrow = (
        asked(book, window, place="AZ-AGM") for window in (f"{at[0]}/{at[3]}", f"{at[1]}/{at[2]}")
    )
    assert (narrow.value_si or 0) <= (wide.value_si or 0)
    assert (narrow.lower_si or 0) <= (wide.lower_si or 0)


# Days and a number each: the same number on days next to each other would be one statement told twice.
_PARTS = st.lists(
    st.tuples(st.integers(4, 20), st.integers(1, 500)), min_size=2, max_size=7, unique_by=lambda part: part[1]
)


@settings(deadline=None)
@given(_PARTS, st.data())
def test_splitting_a_period_into_known_parts_changes_nothing(
    told: list[tuple[int, int]], data: st.DataObject
) -> None:
    """A period stated whole, or as the parts that fill it, or both, or in part, is one number."""
    parts, day = [], dt.date(2023, 1, 1)
    for n, (days, value) in enumerate(told):
        last = day + dt.timedelta(days=days - 1)
        parts.append(figure(f"p{n}", value, "AZ-AGM", f"{day}/{last}"))
        day = last + dt.timedelta(days=1)
    window = f"2023-01-01/{day - dt.timedelta(days=1)}"
    total = float(sum(value for _, value in told))
    whole = figure("w", total, "AZ-AGM", window)
    some = data.draw(st.lists(st.sampled_from(parts), unique_by=id))
    for rows in (parts, [whole], [whole, *parts], [whole, *some]):
        assert said(asked(ledger(*rows), window, place="AZ-AGM")) == (total, "exact")


class TestLinks:
    """A person says what states the same and what does not."""

    WEEK = "2023-01-02/2023-01-08"

    def test_two_figures_are_made_one(self) -> None:
        """The link joins the observation of the other; the most precise value stands."""
        book = ledger(
            figure("a", 34, "AZ-AGM", self.WEEK),
            figure("b", 34, "AZ", self.WEEK),
            figure("c", 3400, "AZ-AGM", self.WEEK, same_as="b"),
        )
        (one,) = book.observations().items
        assert (one.id, one.value, one.figure_ids) == ("a", 34.0, ("a", "b", "c"))
        links = book.observations().links
        assert links["reason"].tolist()[1:] == ["names wider places", "linked by a person"]

    def test_one_observation_is_made_two(self) -> None:
        """A figure that is the same as itself stands alone, whatever agrees with it."""
        rows = [figure("a", 34, "AZ-AGM", self.WEEK), figure("b", 34, "AZ-AGM", self.WEEK, same_as="b")]
        assert [one.figure_ids for one in ledger(*rows).observations().items] == [("a",), ("b",)]

    def test_a_link_to_what_is_gone_changes_nothing_for_others(self) -> None:
        """Figures linked to one that is no longer read are one observation still."""
        rows = [figure(name, 34, "AZ-AGM", self.WEEK, same_as="gone") for name in ("a", "b")]
        assert [one.figure_ids for one in ledger(*rows).observations().items] == [("a", "b")]


class TestShares:
    """A group's number is split on request only, and every share says so."""

    GROUP = figure("group", 90, "AZ-AGM AZ-LAC", "2023-01-01/2023-01-30")

    def test_equal_parts_and_parts_by_land(self) -> None:
        """Half each, or a third and two thirds by area; both approximate, the group stays listed."""
        book = ledger(self.GROUP)
        assert asked(book, place="AZ-AGM").value_si is None
        equal = asked(book, place="AZ-AGM", split=Split())
        assert (said(equal), equal.lower_si, equal.used["derived"].tolist()) == (
            (45.0, "approx"),
            None,
            ["split"],
        )
        areas = {"AZ-AGM": 1000.0, "AZ-LAC": 2000.0}
        found = totals(book, measure="items_found", level="adm1", adm0="AZ", split=Split(areas))
        assert found.table["value"].dropna().to_dict() == {"AZ-AGM": 30.0, "AZ-LAC": 60.0}
        assert found.groups["observation_id"].tolist() == ["group"]

    def test_a_region_is_split_over_its_units_and_an_unknown_area_over_none(self) -> None:
        """A named region is a union of districts; without every area there is no share by area."""
        book = ledger(self.GROUP | {"place_ids": ["AZ:north"]})
        assert asked(book, place="AZ-FUZ", split=Split()).value_si == 45.0
        assert asked(book, place="AZ-FUZ", split=Split({"AZ-FUZ": 3.0})).value_si is None

    def test_rates_are_of_land_and_of_people(self) -> None:
        """Areas are percents of the land, counts so many on 100 km² or among 100,000."""
        assert per_area(5e6, "m2", 100.0) == 5.0
        assert per_area(30.0, "count", 300.0) == 10.0
        assert per_people(4.0, "people", 200_000) == 2.0
        assert [
            per_area(None, "m2", 1.0),
            per_area(3.0, "percent", 1.0),
            per_people(4.0, "people", None),
        ] == [None] * 3


class TestContradictions:
    """What cannot stand beside the others is set aside with a reason, and unknown days contradict nothing."""

    YEAR = "2023-01-01/2023-12-31"

    def test_a_day_with_more_than_its_year_is_set_aside(self) -> None:
        """A running total that was taken for a day's work counts in no total."""
        book = ledger(
            figure("day", 60_429, "UA-63", "2023-08-15/2023-08-15"),
            figure("week", 30, "UA-63", "2023-08-14/2023-08-20"),
            figure("year", 9001, "UA-63", self.YEAR),
        )
        found = asked(book, self.YEAR)
        assert said(found) == (9001.0, "exact")
        assert dict(zip(found.left_out["figure_id"], found.left_out["kind"], strict=True)) == {
            "day": "conflict",
            "week": "overlap",
        }

    def test_a_year_with_less_than_its_weeks_is_set_aside_when_they_outvote_it(self) -> None:
        """One misread year against two weeks goes; against one week the greater goes."""
        week = figure("week", 300, "AZ-AGM", "2023-01-02/2023-01-08")
        other = figure("other", 200, "AZ-AGM", "2023-01-09/2023-01-15")
        year = figure("year", 72, "AZ-AGM", self.YEAR)
        assert asked(ledger(week, other, year), self.YEAR, place="AZ-AGM").value_si == 500.0
        assert asked(ledger(week, year), self.YEAR, place="AZ-AGM").value_si == 72.0

    def test_a_bound_another_actor_and_another_place_contradict_nothing(self) -> None:
        """At least 72, what one operator did, and what a district saw are no limits to the rest."""
        week = figure("week", 300, "AZ-AGM", "2023-01-02/2023-01-08")
        for more in ({"qualifier": "at_least"}, {"done_by": ["HALO"]}, {"place_ids": ["AZ-FUZ"]}):
            year = figure("year", 72, "AZ-AGM", self.YEAR) | more
            assert asked(ledger(week, year), self.YEAR, place="AZ-AGM").value_si == 300.0

    def test_what_nobody_dates_contradicts_nothing(self) -> None:
        """Two undated weeks, or two totals that may begin on other days, are no conflict."""
        rows = [figure(str(n), 30 + n, "AZ-AGM") for n in range(3)]
        rows += [figure(f"s{n}", 300 + n, "AZ-AGM", f"{SINCE}/") for n in range(3)]
        assert ledger(*rows).observations().conflicts == ()

    def test_totals_of_two_agencies_told_alike_are_not_subtracted(self) -> None:
        """One series stands far above the other: no growth leads from one to the other."""
        book = ledger(
            running("a1", 450_013, "2024-12-31"),
            running("b1", 990_013, "2025-01-10"),
            running("a2", 450_913, "2025-01-15"),
            running("b2", 991_017, "2025-01-20"),
        )
        grown = {one.id: one.value for one in book.standing("items_found") if one.derived}
        assert grown == {"a2-a1": 900.0}
