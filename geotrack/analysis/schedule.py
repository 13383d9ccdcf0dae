"""The best set of observations of which no two share a day and a place.

Places nest (district, sub-district, settlement), so the places of one unit are a tree, and an
observation is an interval of days at one node of it. Two observations are disjoint when their days
are, or when neither node lies above the other. Among such sets the one with the greatest weight is
found exactly: weighted interval scheduling at each node, where a gap between a node's own
observations is filled by the best of its children, each on its own. Prefix sums of what the children
come to say which gaps need not be looked into.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import accumulate
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


# A solution is its weight, in one number, and a linked list of what was chosen: (interval, rest), solutions
# joined, or a gap (`_Gap`) to be filled from below.
_Solution = tuple[int, Any]
_NOTHING: _Solution = (0, None)


def _plus(one: _Solution, other: _Solution) -> _Solution:
    if one[1] is None:
        return other
    if other[1] is None:
        return one
    return one[0] + other[0], (one[1], other[1])


def _sum(one: Weight, other: Weight) -> Weight:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


@dataclass(frozen=True, slots=True)
class _Scale:
    """How weights become single numbers of which sums compare like sums of the weights, item by item."""

    first: int
    second: int

    @classmethod
    def of(cls, intervals: Iterable[Interval]) -> _Scale:
        """Return a scale on which no sum of a later item reaches the smallest step of an earlier one."""
        firm = count = 0
        for one in intervals:
            firm, count = firm + abs(one.weight[1]), count + abs(one.weight[2])
        second = 2 * count + 1
        return cls(second * (2 * firm + 1), second)

    def packed(self, weight: Weight) -> int:
        """Return a weight as one number."""
        return weight[0] * self.first + weight[1] * self.second + weight[2]

    def unpacked(self, number: int) -> Weight:
        """Return the weight of which a number was made."""
        head, firm = divmod(number + self.first // 2, self.first)
        middle, count = divmod(firm - self.first // 2 + self.second // 2, self.second)
        return head, middle, count - self.second // 2


@dataclass(frozen=True, slots=True)
class _Own:
    """An interval at its place, with its weight as one number."""

    start: int
    end: int
    weight: int
    interval: Interval


@dataclass(slots=True)
class _Sweep:
    """The best sets that begin on or after one day, by the day on which they end, rising in weight.

    `leads` say how much heavier each is than the most that lies below the node up to its end, `highest` the
    greatest lead so far. `done` counts the node's own intervals that were gone through, `open` are sets that
    end later than the days asked for.
    """

    first: int
    done: int
    ends: list[int] = field(default_factory=list)
    solutions: list[_Solution] = field(default_factory=list)
    leads: list[int] = field(default_factory=list)
    highest: list[int] = field(default_factory=list)
    open: list[tuple[int, int, _Solution]] = field(default_factory=list)

    def add(self, end: int, solution: _Solution, below: int) -> None:
        """Take in a set that ends no earlier than those before, and what all below comes to by then."""
        lead = solution[0] - below
        self.ends.append(end)
        self.solutions.append(solution)
        self.leads.append(lead)
        self.highest.append(max(lead, self.highest[-1]) if self.highest else lead)


@dataclass(slots=True)
class _Node:
    """A place with its own intervals, sorted by start, and the places in it.

    `starts` are those of every interval of the subtree, `below_starts`, `below_ends` of those below the node,
    sorted (windows that hold the same have the same solution), and `below_owners` the children that the first
    are of. `steps` are the days on which the best from the first day on grows, for all below together, `sums`
    what it grows to.
    """

    own: list[_Own] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    below_starts: list[int] = field(default_factory=list)
    below_owners: list[int] = field(default_factory=list)
    below_ends: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    sweeps: dict[int, _Sweep] = field(default_factory=dict)
    known_below: dict[tuple[int, int], int] = field(default_factory=dict)

    def best(self, first: int, last: int) -> _Solution:
        """Return the heaviest disjoint set within the days from `first` to `last`."""
        kind = bisect_left(self.starts, first)
        if kind == len(self.starts) or self.starts[kind] > last:
            return _NOTHING
        if kind not in self.sweeps:
            self.sweeps[kind] = _Sweep(first, bisect_left(self.own, first, key=lambda own: own.start))
        sweep = self.sweeps[kind]
        self._sweep_on(sweep, last)
        return self._filled(sweep, last)

    def _sweep_on(self, sweep: _Sweep, last: int) -> None:
        """Go on through the node's own intervals that begin by a day, the best below filling each gap."""
        while sweep.done < len(self.own) and self.own[sweep.done].start <= last:
            one = self.own[sweep.done]
            self._close(sweep, one.start - 1)
            before = self._filled(sweep, one.start - 1)
            heappush(sweep.open, (one.end, sweep.done, _plus(before, (one.weight, one.interval))))
            sweep.done += 1
        self._close(sweep, last)

    def _close(self, sweep: _Sweep, last: int) -> None:
        """Take in the sets that end by a day and are heavier than what led there without them.

        No other leads on: what those before it leave to a later day is no less.
        """
        while sweep.open and sweep.open[0][0] <= last:
            end, _, solution = heappop(sweep.open)
            if solution[0] > self._filled(sweep, end)[0]:
                sweep.add(end, solution, self._most(end))

    def _filled(self, sweep: _Sweep, last: int) -> _Solution:
        """Return the heaviest set that ends by a day, with the gap after its last own interval filled.

        The sets are tried from the latest back. Below, two stretches one after the other never come to more
        than both as one, so a gap holds no more than what the days from the first to its last hold, less
        those before it: a set whose lead is too small for that is passed over.
        """
        best, chosen, since = self._below(sweep.first, last), _NOTHING, sweep.first
        most = self._most(last)
        for place in range(bisect_right(sweep.ends, last) - 1, -1, -1):
            if sweep.highest[place] + most <= best:
                break
            if sweep.leads[place] + most > best:
                solution, after = sweep.solutions[place], sweep.ends[place] + 1
                weight = solution[0] + self._below(after, last)
                if weight > best:  # the first of equals, so that the order of search decides ties
                    best, chosen, since = weight, solution, after
        gap = best - chosen[0]
        return _plus(chosen, (gap, _Gap(self, since, last))) if gap else chosen

    def _most(self, last: int) -> int:
        """Return what all below comes to from the first day to some day."""
        place = bisect_right(self.steps, last)
        return self.sums[place - 1] if place else 0

    def _below(self, first: int, last: int) -> int:
        """Return what the best of all children, each on its own, comes to within some days."""
        key = bisect_left(self.below_starts, first), bisect_right(self.below_ends, last)
        if first > last or key[0] == len(self.below_starts) or not key[1]:
            return 0
        if not key[0]:
            return self._most(last)
        if key not in self.known_below:
            begun = self.begun(first, last)
            self.known_below[key] = sum(child.best(first, last)[0] for child in begun)
        return self.known_below[key]

    def begun(self, first: int, last: int) -> list[_Node]:
        """Return the children of which something begins on some days."""
        place = range(bisect_left(self.below_starts, first), bisect_right(self.below_starts, last))
        if len(place) > len(self.children):
            return self.children
        return [self.children[one] for one in sorted({self.below_owners[n] for n in place})]

    def growth(self) -> Iterator[tuple[int, int]]:
        """Yield each day up to which more can have happened than up to the day before, and how much more."""
        before = 0
        for day in sorted({*self.below_ends, *(one.end for one in self.own)}):
            weight = self.best(FIRST_DAY, day)[0]
            if weight > before:
                yield day, weight - before
                before = weight


@dataclass(frozen=True, slots=True)
class _Gap:
    """Days that the best of all places below a node fills; which intervals these are is asked at the end."""

    node: _Node
    first: int
    last: int


def _undominated(own: Sequence[_Own]) -> list[_Own]:
    """Drop an interval inside which another of its place weighs as much: the other can always stand in."""
    kept: list[_Own] = []
    ends: list[int] = []  # of the kept, rising, each heavier than those before it
    weights: list[int] = []
    for one in sorted(own, key=lambda one: (-one.start, one.end, -one.weight, one.interval.id)):
        place = bisect_right(ends, one.end)
        if place and weights[place - 1] >= one.weight:
            continue
        kept.append(one)
        tail = bisect_right(weights, one.weight, lo=place)
        ends[place:tail] = [one.end]
        weights[place:tail] = [one.weight]
    return sorted(kept, key=lambda one: (one.start, one.end, one.weight, one.interval.id))


def _tree_of(intervals: Sequence[Interval], scale: _Scale, depth: int = 0) -> _Node:
    """Return the tree of some places, the deepest pruned and sorted first.

    A place with a single other below it is one with it: what is told of either excludes both on its days.
    """
    node = _Node()
    below: dict[str, list[Interval]] = defaultdict(list)
    while not node.children:
        below.clear()
        for one in intervals:
            if len(one.path) == depth:
                node.own.append(_Own(one.start, one.end, scale.packed(one.weight), one))
            else:
                below[one.path[depth]].append(one)
        depth += 1
        if len(below) != 1:
            break
        (intervals,) = below.values()
    node.own = _undominated(node.own)
    node.children = [_tree_of(some, scale, depth) for some in below.values()]
    _summarise(node)
    return node


def _summarise(node: _Node) -> None:
    """Sort what lies below a node by its days, and sum up how much it comes to by each."""
    starts = sorted((start, owner) for owner, child in enumerate(node.children) for start in child.starts)
    node.below_starts = [start for start, _ in starts]
    node.below_owners = [owner for _, owner in starts]
    for child in node.children:
        node.below_ends += [*child.below_ends, *(one.end for one in child.own)]
    node.below_ends.sort()
    node.starts = sorted([*node.below_starts, *(one.start for one in node.own)])
    gains: dict[int, int] = defaultdict(int)
    for child in node.children:
        for day, gain in child.growth():
            gains[day] += gain
    node.steps = sorted(gains)
    node.sums = list(accumulate(gains[day] for day in node.steps))


def _flat(chosen: object) -> list[Interval]:
    """Return the intervals of a linked solution; a stack, since it may be thousands deep."""
    stack, found = [chosen], []
    while stack:
        one = stack.pop()
        if isinstance(one, Interval):
            found.append(one)
        elif isinstance(one, _Gap):
            stack.extend(child.best(one.first, one.last)[1] for child in one.node.begun(one.first, one.last))
        elif isinstance(one, tuple):
            stack.extend(one)
    return found


class Schedule:
    """Intervals that are asked many times which of them are the heaviest disjoint set within some days.

    Cost: `heaviest_disjoint` once for all; then for each first day that is new, at worst as much for those
    that begin between it and the last day asked for. Weights are kept.
    """

    def __init__(self, intervals: Iterable[Interval]) -> None:
        ordered = sorted(intervals, key=lambda one: (one.path, one.start, one.end, one.id))
        self._scale = _Scale.of(ordered)
        self._root = _tree_of(ordered, self._scale)

    def best(self, first: int = FIRST_DAY, last: int = LAST_DAY) -> list[Interval]:
        """Return the heaviest disjoint set of those that lie within the days from `first` to `last`."""
        _, chosen = self._root.best(first, last)
        return sorted(_flat(chosen), key=lambda one: (one.start, one.end, one.path, one.id))

    def weight(self, first: int = FIRST_DAY, last: int = LAST_DAY) -> Weight:
        """Return the weight of that set."""
        return self._scale.unpacked(self._root.best(first, last)[0])


def heaviest_disjoint(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the heaviest set of intervals that are disjoint in time or in place, by start.

    Exact for places that nest. Order of the input does not matter.

    Notes
    -----
    One sweep through the days for each place, the deepest first. A gap between a place's own intervals holds
    no more than the growth of a prefix sum that the sweeps of the places below leave behind, so that of all
    sets that might come before a gap only those are tried whose lead over that sum is great enough.

    Cost: n log n, times the depth of places, where few sets lead by about as much: what is told of one place,
    of a chain of places, and running totals with their growth of places that nest in any way. At worst, where
    what happened inside is told by other days than what happened around it, n² gaps are asked for.
    """
    return Schedule(intervals).best()


def weight_of(intervals: Iterable[Interval]) -> Weight:
    """Return the summed weight of intervals."""
    total = _ZERO
    for one in intervals:
        total = _sum(total, one.weight)
    return total
