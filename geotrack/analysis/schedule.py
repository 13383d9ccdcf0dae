"""The best set of observations of which no two share a day and a place.

Places nest (district, sub-district, settlement), so the places of one unit are a tree, and an
observation is an interval of days at one node of it. Two observations are disjoint when their days
are, or when neither node lies above the other. Among such sets the one with the greatest weight is
found exactly: weighted interval scheduling at each node, where a gap between a node's own
observations is filled by the best of its children, each on its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

FIRST_DAY, LAST_DAY = 0, 1 << 30  # stand for an open start and an open end

Weight = tuple[int, int, int]
_ZERO: Weight = (0, 0, 0)
# So few intervals are quicker searched by themselves than with all that come after them, whose search is
# kept and so pays off when their first day is asked for again.
_FEW, _AGAIN = 100, 3


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
class _Sweep:
    """The best sets that begin on or after one day, by the day on which they end, rising in weight."""

    ends: list[int] = field(default_factory=list)
    solutions: list[_Solution] = field(default_factory=list)

    def add(self, end: int, solution: _Solution) -> None:
        """Take in a set that ends no earlier than those before; a lighter one can never lead on."""
        if not self.solutions or solution[0] > self.solutions[-1][0]:
            self.ends.append(end)
            self.solutions.append(solution)


@dataclass(slots=True)
class _Node:
    """A place with its own intervals, sorted by start, and the places in it.

    `starts` are those of every interval of the subtree, `below_starts`, `below_ends` of those below the
    node, sorted: windows that hold the same of them have the same solution.
    """

    own: list[Interval] = field(default_factory=list)
    children: dict[str, _Node] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    below_starts: list[int] = field(default_factory=list)
    below_ends: list[int] = field(default_factory=list)
    sweeps: dict[int, _Sweep] = field(default_factory=dict)
    known_below: dict[tuple[int, int], _Solution] = field(default_factory=dict)

    def best(self, first: int, last: int) -> _Solution:
        """Return the heaviest disjoint set within the days from `first` to `last`."""
        kind = bisect_left(self.starts, first)
        if kind == len(self.starts) or self.starts[kind] > last:
            return _NOTHING
        if kind not in self.sweeps:
            self.sweeps[kind] = self._sweep(first)
        return self._filled(self.sweeps[kind], first, last)

    def _sweep(self, first: int) -> _Sweep:
        """Go through the node's own intervals from a day on, by start, the best below filling each gap."""
        sweep = _Sweep()
        open_sets: list[tuple[int, int, _Solution]] = []
        for number, one in enumerate(self.own[bisect_left(self.own, first, key=lambda own: own.start) :]):
            while open_sets and open_sets[0][0] < one.start:
                end, _, solution = heappop(open_sets)
                sweep.add(end, solution)
            before = self._filled(sweep, first, one.start - 1)
            heappush(open_sets, (one.end, number, _plus(before, (one.weight, one))))
        for end, _, solution in sorted(open_sets):
            sweep.add(end, solution)
        return sweep

    def _filled(self, sweep: _Sweep, first: int, last: int) -> _Solution:
        """Return the heaviest set that ends by a day, with the gap after its last own interval filled.

        The sets are tried from the heaviest down, until what the widest gap could add is not enough.
        """
        best = widest = self._below(first, last)
        for place in range(bisect_right(sweep.ends, last) - 1, -1, -1):
            solution = sweep.solutions[place]
            if _sum(solution[0], widest[0]) <= best[0]:
                break
            best = _best(best, _plus(solution, self._below(sweep.ends[place] + 1, last)))
        return best

    def _below(self, first: int, last: int) -> _Solution:
        """Return the best of all children, each on its own, within some days."""
        key = bisect_left(self.below_starts, first), bisect_right(self.below_ends, last)
        if first > last or key[0] == len(self.below_starts) or not key[1]:
            return _NOTHING
        if key not in self.known_below:
            total = _NOTHING
            for child in self.children.values():
                total = _plus(total, child.best(first, last))
            self.known_below[key] = total
        return self.known_below[key]


def _undominated(own: Sequence[Interval]) -> list[Interval]:
    """Drop an interval inside which another of its place weighs as much: the other can always stand in."""
    kept: list[Interval] = []
    ends: list[int] = []  # of the kept, rising, each heavier than those before it
    weights: list[Weight] = []
    for one in sorted(own, key=lambda one: (-one.start, one.end, [-part for part in one.weight], one.id)):
        place = bisect_right(ends, one.end)
        if place and weights[place - 1] >= one.weight:
            continue
        kept.append(one)
        tail = bisect_right(weights, one.weight, lo=place)
        ends[place:tail] = [one.end]
        weights[place:tail] = [one.weight]
    return sorted(kept, key=lambda one: (one.start, one.end, one.weight, one.id))


def _tree_of(intervals: Iterable[Interval]) -> _Node:
    root = _Node()
    for one in intervals:
        node = root
        for step in one.path:
            node = node.children.setdefault(step, _Node())
        node.own.append(one)
    _prepare(root)
    return root


def _prepare(node: _Node) -> None:
    """Prune and sort a subtree, the deepest places first."""
    node.own = _undominated(node.own)
    for child in node.children.values():
        _prepare(child)
        node.below_starts += child.starts
        node.below_ends += [*child.below_ends, *(one.end for one in child.own)]
    node.below_starts.sort()
    node.below_ends.sort()
    node.starts = sorted([*node.below_starts, *(one.start for one in node.own)])


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


class Schedule:
    """Intervals that are asked many times which of them are the heaviest disjoint set within some days.

    Cost: as `heaviest_disjoint` of those inside; of all, once, for a first day that is asked for again and
    again. Weights are kept.
    """

    def __init__(self, intervals: Iterable[Interval]) -> None:
        ordered = sorted(intervals, key=lambda one: (one.path, one.start, one.end, one.id))
        self._root = _tree_of(ordered)
        self._by_start = sorted(ordered, key=lambda one: one.start)
        self._starts = [one.start for one in self._by_start]
        self._asked: Counter[int] = Counter()
        self._weights: dict[tuple[int, int], Weight] = {}

    def best(self, first: int = FIRST_DAY, last: int = LAST_DAY) -> list[Interval]:
        """Return the heaviest disjoint set of those that lie within the days from `first` to `last`."""
        _, chosen = self._solved(first, last)
        return sorted(_flat(chosen), key=lambda one: (one.start, one.end, one.path, one.id))

    def weight(self, first: int = FIRST_DAY, last: int = LAST_DAY) -> Weight:
        """Return the weight of that set."""
        if (first, last) not in self._weights:
            self._weights[first, last] = self._solved(first, last)[0]
        return self._weights[first, last]

    def _solved(self, first: int, last: int) -> _Solution:
        begun = range(bisect_left(self._starts, first), bisect_right(self._starts, last))
        self._asked[begun.start] += 1
        if len(begun) > _FEW and (self._asked[begun.start] > _AGAIN or 2 * len(begun) > len(self._starts)):
            return self._root.best(first, last)
        inside = [self._by_start[one] for one in begun if self._by_start[one].end <= last]
        # In the order of the whole, so that the same of equal sets is chosen.
        inside.sort(key=lambda one: (one.path, one.start, one.end, one.id))
        return _tree_of(inside).best(FIRST_DAY, LAST_DAY) if inside else _NOTHING


def heaviest_disjoint(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the heaviest set of intervals that are disjoint in time or in place, by start.

    Exact for places that nest. Order of the input does not matter; equal sets are told apart by ids.
    Cost: n log n for one place; with places inside it, n² at worst for each gap that the intervals
    below tell apart, and near n where what lies below weighs little.
    """
    return Schedule(intervals).best()


def weight_of(intervals: Iterable[Interval]) -> Weight:
    """Return the summed weight of intervals."""
    total = _ZERO
    for one in intervals:
        total = _sum(total, one.weight)
    return total
