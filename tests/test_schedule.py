"""The chosen set of observations is disjoint in time or place, and none weighs more."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from geotrack.analysis.schedule import Interval, heaviest_disjoint, weight_of

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
