"""The best set of observations of which no two share a day and a place.

Places nest (district, sub-district, settlement), so the places of one unit are a tree, and an
observation is an interval of days at one node of it. Two observations are disjoint when their days
are, or when neither node lies above the other. Among such sets the one with the greatest weight is
found exactly: weighted interval scheduling at each node, where a gap between a node's own
observations is filled by the best of its children, each on its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

FIRST_DAY, LAST_DAY = 0, 1 << 30  # stand for an open start and an open end

Weight = tuple[int, int, int]
_ZERO: Weight = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """An observation to choose or leave: inclusive days, place, and what choosing it is worth.

    `path` leads from the unit down to the place; `weight` is compared item by item, in whole numbers,
    so that no order of addition changes a sum.
    """

    start: int
    end: int
    path: tuple[str, ...]
    weight: Weight
    id: str


# A solution is its weight and a linked list of what was chosen: (interval, rest), or solutions joined.
_Solution = tuple[Weight, Any]
_NOTHING: _Solution = (_ZERO, None)


def _plus(one: _Solution, other: _Solution) -> _Solution:
    if one[1] is None:
        return other
    if other[1] is None:
        return one
    return _sum(one[0], other[0]), (one[1], other[1])


def _sum(one: Weight, other: Weight) -> Weight:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _best(one: _Solution, other: _Solution) -> _Solution:
    """Return the heavier solution; the first of equals, so that the order of search decides ties."""
    return other if other[0] > one[0] else one


@dataclass(slots=True)
class _Node:
    """A place with its own intervals, sorted by end, and the places in it."""

    own: list[Interval] = field(default_factory=list)
    children: dict[str, _Node] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    known: dict[tuple[int, int], _Solution] = field(default_factory=dict)

    def best(self, first: int, last: int) -> _Solution:
        """Return the heaviest disjoint set within the days from `first` to `last`."""
        # Only the starts and ends that fall inside matter: other windows with the same ones are the same.
        key = bisect_left(self.starts, first), bisect_right(self.ends, last)
        if key[0] == len(self.starts) or not key[1] or self.starts[key[0]] > last:
            return _NOTHING
        if key not in self.known:
            self.known[key] = self._line(first, last) if not self.children else self._tree(first, last)
        return self.known[key]

    def _line(self, first: int, last: int) -> _Solution:
        """Weighted interval scheduling of the node's own intervals: n log n."""
        inside = [one for one in self.own if first <= one.start and one.end <= last]
        ends = [one.end for one in inside]
        solutions = [_NOTHING]
        for one in inside:
            before = solutions[bisect_left(ends, one.start)]
            solutions.append(_best(solutions[-1], _plus(before, (one.weight, one))))
        return solutions[-1]

    def _tree(self, first: int, last: int) -> _Solution:
        """Schedule the node's own intervals, its children filling every gap: n² gaps."""
        inside = [one for one in self.own if first <= one.start and one.end <= last]
        best = self._below(first, last)
        ending: list[tuple[int, _Solution]] = []  # the best set whose last own interval is this one
        for one in inside:
            before = self._below(first, one.start - 1)
            for end, solution in ending:
                if end < one.start:
                    before = _best(before, _plus(solution, self._below(end + 1, one.start - 1)))
            chosen = _plus(before, (one.weight, one))
            ending.append((one.end, chosen))
            best = _best(best, _plus(chosen, self._below(one.end + 1, last)))
        return best

    def _below(self, first: int, last: int) -> _Solution:
        total = _NOTHING
        if first <= last:
            for child in self.children.values():
                total = _plus(total, child.best(first, last))
        return total


def _tree_of(intervals: Sequence[Interval]) -> _Node:
    root = _Node()
    for one in intervals:
        node = root
        for step in (None, *one.path):
            node = node if step is None else node.children.setdefault(step, _Node())
            node.starts.append(one.start)
            node.ends.append(one.end)
        node.own.append(one)
    _sort(root)
    return root


def _sort(node: _Node) -> None:
    node.starts.sort()
    node.ends.sort()
    node.own.sort(key=lambda one: (one.end, one.start, one.weight, one.id))
    for child in node.children.values():
        _sort(child)


def _flat(chosen: object) -> list[Interval]:
    """Return the intervals of a linked solution; a stack, since it may be thousands deep."""
    stack, found = [chosen], []
    while stack:
        one = stack.pop()
        if isinstance(one, Interval):
            found.append(one)
        elif isinstance(one, tuple):
            stack.extend(one)
    return found


def heaviest_disjoint(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the heaviest set of intervals that are disjoint in time or in place, by start.

    Exact for places that nest. Order of the input does not matter; equal sets are told apart by ids.
    Cost: n log n for one place; with places inside it, n² gaps of the outer place times its children,
    each gap solved once.
    """
    ordered = sorted(intervals, key=lambda one: (one.path, one.start, one.end, one.id))
    _, chosen = _tree_of(ordered).best(FIRST_DAY, LAST_DAY)
    return sorted(_flat(chosen), key=lambda one: (one.start, one.end, one.path, one.id))


def weight_of(intervals: Iterable[Interval]) -> Weight:
    """Return the summed weight of intervals."""
    total = _ZERO
    for one in intervals:
        total = _sum(total, one.weight)
    return total
