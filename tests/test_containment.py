"""A shorter time never has more than a longer one, nor a part of a place more than the whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
from analysis_tables import FewPlaces, Member, figure, figures
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Ledger, Observation, bins, total, warnings
from geotrack.analysis.agreement import bounds, same_period
from geotrack.analysis.containment import Contents
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.outvoting import _gone

FIRST = dt.date(2023, 11, 1)
JOINED = dt.date(2023, 12, 1)
MONTH = "2023-11-01/2023-11-30"


class DatedPlaces(FewPlaces):
    """The few places, with a region that Lachin belongs to from a day on."""

    def region_members(self, region_id: str, on: dt.date | None = None) -> list[Member]:
        """Return the units of a region on a day; without one, those of today."""
        members = super().region_members(region_id, on)
        late = region_id == "AZ:south" and on is not None and on < JOINED
        return [one for one in members if not (late and one.place_id == "AZ-LAC")]

    def contains(self, outer: str, inner: str, on: dt.date | None = None) -> bool:
        """Tell whether a place lies in a region on a day."""
        if self.place(outer).level != "region" or self.place(inner).level in {"region", "country"}:
            return super().contains(outer, inner, on)
        return self.place(inner).adm1 in {one.place_id for one in self.region_members(outer, on)}


def book(*rows: dict[str, Any]) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), DatedPlaces())


def inside(*rows: dict[str, Any]) -> list[list[str]]:
    """Return the observations of each warning of something inside."""
    table = warnings(book(*rows))
    return list(table[table["name"] == "inside"]["observation_ids"])


@pytest.mark.parametrize(("days", "warned"), [(MONTH, False), ("2023-12-01/2023-12-31", True)])
def test_a_unit_lies_in_a_region_from_the_day_on_which_it_joined(
    days: str,
    warned: bool,  # noqa: FBT001 - a case
) -> None:
    """Before it, the region's number says nothing of it; across it, nobody knows."""
    rows = figure("region", 10, "AZ:south", days), figure("unit", 40, "AZ-LAC", days)
    assert inside(*rows) == [["region", "unit"]] * warned
    across = "2023-11-20/2023-12-10"
    assert inside(figure("region", 10, "AZ:south", across), figure("unit", 40, "AZ-LAC", across)) == []


@pytest.mark.parametrize(
    ("group", "days", "warned"),
    [
        ("AZ-AGM AZ-LAC", MONTH, True),
        ("AZ-AGM AZ-LAC", "2024-01-01/2024-01-31", False),
        ("AZ-AGM", MONTH, False),
    ],
    ids=["of both", "on its own", "of one"],
)
def test_a_unit_lay_in_those_whose_land_it_was_until_its_first_day(
    group: str,
    days: str,
    warned: bool,  # noqa: FBT001 - a case
) -> None:
    """What is told of the new district was in the two old ones together, and not in either for sure."""
    rows = figure("group", 10, group, days), figure("new", 40, "AZ-NEW", days)
    assert inside(*rows) == [["group", "new"]] * warned


def test_land_that_was_others_is_added_once() -> None:
    """A new unit and an old one share land before its first day: what they come to is no more than one."""
    group = figure("group", 60, "AZ-AGM AZ-LAC", MONTH)
    rows = figure("new", 40, "AZ-NEW", MONTH), figure("old", 40, "AZ-AGM", MONTH)
    assert inside(group, *rows) == []
    assert inside(group, *rows, figure("other", 40, "AZ-FUZ", MONTH)) == []


def test_totals_bins_and_warnings_agree_on_what_is_too_much() -> None:
    """A village with more than its district in the same month: set aside, warned of, and no limit."""
    rows = figure("district", 30, "AZ-AGM", MONTH), figure("village", 40, "gn:1", MONTH)
    ledger = book(*rows)
    assert inside(*rows) == [["district", "village"]]
    assert ledger.set_aside("items_found") == {
        "village": "conflict, more than is stated for a wider place that holds it"
    }
    found = total(ledger, measure="items_found", place_id="AZ-AGM")
    assert (found.value_si, found.left_out["kind"].tolist()) == (30, ["conflict"])
    (row,) = bins(ledger, measure="items_found", place_id="AZ-AGM").table.to_dict("records")
    assert (row["lower"], row["upper"], row["is_limit"]) == (30, 30, True)


def test_a_month_that_its_weeks_exceed_limits_no_day_of_it() -> None:
    """Weeks that each fit come to more than the month: no total is wrong for it, and it is no limit."""
    weeks = [figure(f"w{n}", 20, "AZ-AGM", f"2023-11-{n:02}/2023-11-{n + 6:02}") for n in (1, 8)]
    ledger = book(*weeks, figure("month", 30, "AZ-AGM", MONTH))
    (row,) = bins(ledger, measure="items_found", place_id="AZ-AGM").table.to_dict("records")
    assert (row["lower"], row["is_limit"]) == (40, False)
    assert inside(*weeks, figure("month", 30, "AZ-AGM", MONTH)) == [["month", "w1", "w8"]]


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw figures of nested places, a region, a new unit, by some actors, around the days of change."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        first = FIRST + dt.timedelta(days=draw(st.integers(0, 40)))
        last = first + dt.timedelta(days=draw(st.integers(0, 30)))
        names = ["AZ", "AZ-AGM", "AZ-LAC", "AZ-NEW", "gn:1", "AZ:south", "AZ-AGM AZ-LAC", "AZ-FUZ AZ-LAC"]
        qualifier = draw(st.sampled_from(["exact", "exact", "at_least", "approx", "at_most"]))
        actor = draw(st.sampled_from([[], [], ["A"], ["B"]]))
        value = draw(st.sampled_from([0, 3, 8, 21, 1200]))
        one = figure(f"f{number}", value, draw(st.sampled_from(names)), qualifier=qualifier, done_by=actor)
        found.append(one | {"start": first, "end": last})
    return found


def holds(whole: Observation, one: Observation, nesting: Nesting) -> bool:
    """Tell whether one lies in another, asked of every day by the names of places."""
    assert whole.start
    assert whole.end
    assert one.start
    assert one.end
    if not (whole.start <= one.start and one.end <= whole.end):
        return False
    if whole.done_by and whole.done_by != one.done_by:
        return False
    if whole.place_ids == one.place_ids and (
        same_period((whole.start, whole.end), (one.start, one.end))
        or (whole.start == one.start and abs((whole.end - one.end).days) <= 1)
    ):
        return False
    days = {one.start, one.end}
    return all(lay(place, whole.place_ids, day, nesting) for place in one.place_ids for day in days)


def lay(place: str, outer: tuple[str, ...], on: dt.date, nesting: Nesting) -> bool:
    """Tell whether a place lay in others on a day, by the tables of the test."""
    above = {
        "gn:1": ["AZ-AGM", "AZ"],
        "AZ:south": ["AZ"],
        **{one: ["AZ"] for one in ("AZ-AGM", "AZ-LAC", "AZ-FUZ", "AZ-NEW")},
    }.get(place, [])
    south = {"AZ-FUZ"} | ({"AZ-LAC"} if on >= JOINED else set())
    if place in south:
        above = [*above, "AZ:south"]
    if place == "AZ-NEW" and on < dt.date(2023, 12, 5):
        return (
            "AZ" in outer
            or place in outer
            or all(lay(old, outer, on, nesting) for old in ("AZ-AGM", "AZ-LAC"))
        )
    return place in outer or any(one in outer for one in above)


@examples(200)
@given(rows())
def test_pairs_are_those_that_every_comparison_finds(some: list[dict[str, Any]]) -> None:
    """Scopes and arrays leave out no whole that one observation inside exceeds, and add none."""
    ledger = book(*some)
    items = ledger.observations("items_found").items
    told = {
        (whole.observation.id, one.observation.id) for whole, one in Contents(items, ledger.nesting).pairs()
    }
    assert told == {
        (whole.id, one.id)
        for whole in items
        for one in items
        if one is not whole and holds(whole, one, ledger.nesting) and bounds(one)[0] > bounds(whole)[1]
    }


@examples(200)
@given(rows())
def test_what_exceeds_a_whole_lies_in_it_and_single_ones_are_found_by_it(some: list[dict[str, Any]]) -> None:
    """Each set comes to more than the whole, and no whole that one exceeds goes without a set."""
    ledger = book(*some)
    items = ledger.observations("items_found").items
    contents = Contents(items, ledger.nesting)
    for wholes in contents.by_scope.values():
        for whole in wholes:
            chosen = contents.exceeding(whole)
            assert all(holds(whole.observation, one.observation, ledger.nesting) for one in chosen)
            assert not chosen or sum(one.low for one in chosen) > whole.high
            assert chosen or whole.observation.id not in {
                large.observation.id for large, _ in contents.pairs()
            }


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=25),
    st.lists(st.integers(0, 3), min_size=8, max_size=8),
)
def test_the_queue_sets_aside_what_looking_through_all_each_time_does(
    drawn: list[tuple[str, str]], sizes: list[int]
) -> None:
    """The most contradicted first, of equals the greater value, then the last name."""
    pairs = {(whole, one) for whole, one in drawn if whole < one}
    values = {name: float(size) for name, size in zip("abcdefgh", sizes, strict=True)}
    against: dict[str, set[str]] = defaultdict(set)
    for whole, one in pairs:
        against[whole].add(one)
        against[one].add(whole)
    expected = {}
    while any(against.values()):
        worst = max(against, key=lambda name: (len(against[name]), values[name], name))
        expected[worst] = any((other, worst) in pairs for other in against[worst])
        for other in against.pop(worst):
            against[other].discard(worst)
    assert expected == {
        name: "more than" in reason for name, reason in _gone(dict.fromkeys(pairs, False), values).items()
    }
