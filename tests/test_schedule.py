"""The chosen set of observations is disjoint in time or place, and none weighs more."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.analysis import schedule
from geotrack.analysis.schedule import Interval, Schedule, Weight, heaviest_disjoint, weight_of

PATHS = st.sampled_from([(), ("a",), ("b",), ("a", "x"), ("a", "y"), ("b", "z")])


@st.composite
def intervals(draw: st.DrawFn, most: int = 9) -> list[Interval]:
    """Draw intervals over a few days and a small tree of places."""
    found = []
    for number in range(draw(st.integers(0, most))):
        start = draw(st.integers(1, 9))
        end = draw(st.integers(start, 10))
        weight = draw(st.integers(0, 6))
        found.append(Interval(start, end, draw(PATHS), (weight, weight, 1), str(number)))
    return found


def disjoint(one: Interval, other: Interval) -> bool:
    """Tell whether two intervals share no day or no place, by the plain definition."""
    depth = min(len(one.path), len(other.path))
    return one.path[:depth] != other.path[:depth] or one.end < other.start or other.end < one.start


def heaviest_by_trying_all(found: list[Interval]) -> tuple[int, int, int]:
    """Return the weight of the heaviest disjoint subset, by looking at every subset."""
    return max(
        weight_of(some)
        for size in range(len(found) + 1)
        for some in combinations(found, size)
        if all(disjoint(one, other) for one, other in combinations(some, 2))
    )


@given(intervals())
def test_the_chosen_set_is_disjoint_and_as_heavy_as_any(found: list[Interval]) -> None:
    """Brute force over every subset finds nothing heavier."""
    chosen = heaviest_disjoint(found)
    assert all(disjoint(one, other) for one, other in combinations(chosen, 2))
    assert weight_of(chosen) == heaviest_by_trying_all(found)


@given(st.data(), intervals(most=30))
def test_the_order_of_intervals_changes_nothing(data: st.DataObject, found: list[Interval]) -> None:
    """Any order of the same intervals gives the same set, ties included."""
    assert heaviest_disjoint(data.draw(st.permutations(found))) == heaviest_disjoint(found)


def test_a_gap_of_the_outer_place_is_filled_by_the_inner_ones() -> None:
    """Two settlements count for the days that the district's own reports leave free."""
    district = Interval(1, 7, (), (10, 10, 1), "district")
    inner = [Interval(8, 9, (name,), (2, 2, 1), name) for name in ("a", "b")]
    hidden = Interval(7, 8, ("a",), (3, 3, 1), "hidden")
    assert {one.id for one in heaviest_disjoint([district, hidden, *inner])} == {"district", "a", "b"}


def by_every_gap(found: list[Interval]) -> Callable[[int, int], Weight]:
    """Return the weight of the heaviest set within some days, each gap of each place searched anew.

    The plain recursion: within some days, nothing of the place itself, or its last interval, what comes
    before that, and all that lies below after it.
    """

    @cache
    def best(node: tuple[str, ...], first: int, last: int) -> Weight:
        options = [below(node, first, last)]
        options += [
            weighed(best(node, first, one.start - 1), one.weight, below(node, one.end + 1, last))
            for one in found
            if one.path == node and first <= one.start and one.end <= last
        ]
        return max(options)

    def below(node: tuple[str, ...], first: int, last: int) -> Weight:
        steps = {one.path[: len(node) + 1] for one in found if one.path[: len(node)] == node != one.path}
        return weighed(*(best(step, first, last) for step in steps if first <= last))

    return lambda first, last: best((), first, last)


def weighed(*weights: Weight) -> Weight:
    """Return a sum of weights."""
    return (sum(one[0] for one in weights), sum(one[1] for one in weights), sum(one[2] for one in weights))


DEEP = st.sampled_from([(), ("a",), ("b",), ("a", "x"), ("a", "y"), ("b", "z"), ("a", "x", "1"), ("c",)])


@st.composite
def reports(draw: st.DrawFn) -> list[Interval]:
    """Draw running totals with their growth, and reports of days, of places nested three deep."""
    found = []
    for number in range(draw(st.integers(0, 30))):
        start = draw(st.one_of(st.just(1), st.integers(1, 14)))
        end = draw(st.integers(start, 15))
        value = draw(st.one_of(st.integers(0, 6), st.just(2 * (end - start + 1))))
        firm, told = draw(st.sampled_from([0, value])), draw(st.sampled_from([-1, 1]))
        found.append(Interval(start, end, draw(DEEP), (value, firm, told), str(number)))
    return found


@given(reports(), st.lists(st.tuples(st.integers(0, 16), st.integers(0, 16)), max_size=6))
def test_any_days_asked_in_any_order_are_as_heavy_as_by_searching_every_gap(
    found: list[Interval], windows: list[tuple[int, int]]
) -> None:
    """What earlier questions left behind changes no answer, down to the last item of the weights."""
    kept, plain = Schedule(found), by_every_gap(found)
    for first, last in windows:
        assert kept.weight(first, last) == plain(first, last)
        chosen = kept.best(first, last)
        assert weight_of(chosen) == plain(first, last)
        assert all(first <= one.start and one.end <= last for one in chosen)
        assert all(disjoint(one, other) for one, other in combinations(chosen, 2))


def running_totals(path: tuple[str, ...], days: int, pace: int, chance: random.Random) -> list[Interval]:
    """Return daily totals since the first day, and what each grew by."""
    found, total = [], 0
    for day in range(1, days + 1):
        grown = chance.randint(pace, 2 * pace)
        total += grown
        found.append(Interval(1, day, path, (total, total, 1), f"{path} until {day}"))
        found.append(Interval(day, day, path, (grown, grown, -1), f"{path} on {day}"))
    return found


def test_long_daily_series_of_nested_places_ask_few_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many days ask twice as many gaps; the nested search asked four times as many."""
    asked: list[int] = []
    best = schedule._Node.best

    def counted(node: schedule._Node, first: int, last: int) -> tuple[int, Any]:
        asked.append(last)
        return best(node, first, last)

    monkeypatch.setattr(schedule._Node, "best", counted)

    def gaps(days: int) -> int:
        chance = random.Random(5)  # noqa: S311 - made figures, no secrets
        paces = {(): 400, ("a",): 70, ("b",): 90, ("a", "x"): 20, ("a", "y"): 30, ("b", "z"): 10}
        made = [one for path, pace in paces.items() for one in running_totals(path, days, pace, chance)]
        asked.clear()
        heaviest_disjoint(made)
        return len(asked)

    assert gaps(400) < 2.2 * gaps(200)
