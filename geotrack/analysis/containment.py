"""What lies inside an observation, and whether it is too much.

A shorter time never has more than a longer one that holds it, nor a part of a place more than the whole. One
notion for all who ask: totals set aside what cannot stand (`outvoting`), bins take no limit from it
(`bands`), and a warning tells of it (`inclusion`).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geotrack.analysis.agreement import bounds, same_period
from geotrack.analysis.flows import PER_MILLE, path_of
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.schedule import Interval, Schedule, heaviest_disjoint


@dataclass(frozen=True, slots=True)
class Scope:
    """What one number can speak of beside its days."""

    place_ids: tuple[str, ...]
    done_by: frozenset[str]
    part: str | None


@dataclass(frozen=True, slots=True)
class Bounded:
    """An observation as whole days; `low`, `high` in thousandths of its unit, rounded in its favour."""

    observation: Observation
    scope: Scope
    start: int
    end: int
    low: int
    high: float

    def is_like(self, other: Bounded) -> bool:
        """Tell whether two are of the same places and days: then they are a conflict, or one."""
        mine, theirs = self.observation, other.observation
        if (self.scope.place_ids, self.scope.part) != (other.scope.place_ids, other.scope.part):
            return False
        if self.start == other.start:
            return abs(self.end - other.end) <= 1
        return same_period((mine.start, mine.end), (theirs.start, theirs.end))


def bounded(one: Observation) -> Bounded | None:
    """Return an observation as days; None where it cannot be told what lies inside it.

    A level is of its day. A running total from nobody knows when need not contain what came before it. Of
    percents those of parts say nothing of the whole.
    """
    first = one.end if one.measure in STOCK_MEASURES else one.start
    if first is None or one.end is None or one.unit == "percent":
        return None
    low, high = bounds(one)
    scope = Scope(one.place_ids, one.done_by, one.part)
    least = math.floor(max(low, 0.0) * PER_MILLE)
    return Bounded(one, scope, first.toordinal(), one.end.toordinal(), least, high * PER_MILLE)


@dataclass(frozen=True, slots=True)
class _Begun:
    """What lies inside the observations of a scope that begin on one day."""

    items: list[Bounded]
    by_id: dict[str, Bounded]
    schedule: Schedule


class Contents:
    """Observations of one measure, asked what lies inside each and whether it exceeds it.

    What is inside has the same part and actor, or any actor where the whole names none; its days lie in
    those of the whole, and its places in the whole's places, on its own days: named regions are dated, and a
    unit made of others' land lay in all of these together until its first day. What has the same places and
    days is a conflict and not inside (`Bounded.is_like`). It exceeds the whole if the least that it admits is
    more than the most that the whole admits (`agreement.bounds`).

    Notes
    -----
    Cost: of `exceeding`, that of `schedule.heaviest_disjoint` once for each first day and places of those
    asked for, over what lies inside the longest of them; of `pairs`, observations times those of the same
    places and of those around them, compared as arrays.
    """

    def __init__(self, items: Iterable[Observation], nesting: Nesting) -> None:
        self._nesting = nesting
        self.by_scope: dict[Scope, list[Bounded]] = defaultdict(list)
        for one in filter(None, map(bounded, items)):
            self.by_scope[one.scope].append(one)
        self._rows = [one for items in self.by_scope.values() for one in items]
        self._starts = np.array([one.start for one in self._rows], int)
        self._ends = np.array([one.end for one in self._rows], int)
        self._covering = _Covering(self._rows, nesting)
        self._begun: dict[tuple[Scope, int], _Begun] = {}
        self._lying: dict[tuple[tuple[str, ...], tuple[str, ...], dt.date | None], bool] = {}

    def scopes(self) -> list[Scope]:
        """Return the scopes of all observations, the narrowest first."""

        def width(one: Scope) -> tuple[object, ...]:
            return *self._nesting.width(one.place_ids), one.place_ids, sorted(one.done_by), one.part or ""

        return sorted(self.by_scope, key=width)

    def holds(self, whole: Bounded, one: Bounded) -> bool:
        """Tell whether one lies inside another."""
        return (
            whole.start <= one.start
            and one.end <= whole.end
            and self._covering.may_hold(whole.scope, one.scope)
            and self._lies_in(one, whole.scope)
        )

    def exceeding(self, whole: Bounded) -> list[Bounded]:
        """Return the heaviest disjoint set inside an observation, empty if it does not exceed it."""
        if whole.high == math.inf:
            return []
        begun = self._begun_with(whole)
        if begun.schedule.weight(whole.start, whole.end)[0] <= whole.high:
            return []
        chosen = [begun.by_id[one.id] for one in begun.schedule.best(whole.start, whole.end)]
        if any(one.is_like(whole) for one in chosen):
            # A search of its own, which only those need that are contradicted.
            rest = [one for one in begun.items if one.end <= whole.end and not one.is_like(whole)]
            chosen = [begun.by_id[one.id] for one in heaviest_disjoint(map(self._interval, rest))]
        if sum(one.low for one in chosen) <= whole.high:
            return []
        return sorted(chosen, key=lambda one: (one.start, one.end, one.scope.place_ids, one.observation.id))

    def pairs(self) -> Iterator[tuple[Bounded, Bounded]]:
        """Yield each whole with each single observation inside that by itself exceeds it."""
        rows = self._rows
        starts, ends, lows = self._starts, self._ends, np.array([one.low for one in rows], float)
        for scope, wholes in self.by_scope.items():
            limits = [one for one in wholes if one.high < math.inf]
            if not limits:
                continue
            inside = self._covering.inside(scope)
            inside = inside[lows[inside] > min(one.high for one in limits)]
            for whole in limits:
                held = (starts[inside] >= whole.start) & (ends[inside] <= whole.end)
                for n in inside[held & (lows[inside] > whole.high)]:
                    if not rows[n].is_like(whole) and self._lies_in(rows[n], scope):
                        yield whole, rows[n]

    def _begun_with(self, whole: Bounded) -> _Begun:
        key = whole.scope, whole.start
        if key not in self._begun:
            last = max(one.end for one in self.by_scope[whole.scope] if one.start == whole.start)
            items = [one for one in self._told(whole.start, last, whole.scope) if one.low > 0]
            items.sort(key=lambda one: (one.start, one.end, one.observation.id))
            by_id = {one.observation.id: one for one in items}
            self._begun[key] = _Begun(items, by_id, Schedule(map(self._interval, items)))
        return self._begun[key]

    def _told(self, first: int, last: int, scope: Scope) -> Iterator[Bounded]:
        """Yield what lies in the places of a scope, its days within some days."""
        inside = self._covering.inside(scope)
        # Days are told apart as arrays first: whether places lie in others is the slower question.
        held = (self._starts[inside] >= first) & (self._ends[inside] <= last)
        for n in inside[held]:
            if self._lies_in(self._rows[n], scope):
                yield self._rows[n]

    def _lies_in(self, one: Bounded, scope: Scope) -> bool:
        """Tell whether an observation of a scope lay in another's places on its first and last day."""
        inner, outer = one.scope.place_ids, scope.place_ids
        if inner == outer or self._lay_in(inner, outer, None):
            return True
        days = (dt.date.fromordinal(max(day, 1)) for day in (one.start, one.end))
        return all(self._lay_in(inner, outer, day) for day in days)

    def _lay_in(self, inner: tuple[str, ...], outer: tuple[str, ...], on: dt.date | None) -> bool:
        """Tell whether places lay in others on a day; without one, whether they do on every day."""
        key = inner, outer, on
        if key not in self._lying:
            self._lying[key] = all(
                not set(outer).isdisjoint(self._nesting.chain(place))
                if on is None
                else self._nesting.within_any(place, outer, on)
                for place in inner
            )
        return self._lying[key]

    def _interval(self, one: Bounded) -> Interval:
        country = self._nesting.place(one.scope.place_ids[0]).adm0
        path = path_of(one.observation, country, self._nesting) or ()
        return Interval(one.start, one.end, path, (one.low, 0, 0), one.observation.id)


class _Covering:
    """Which observations may lie in the places of a scope, by their numbers.

    They are those of which a place lies in a unit, or whose land was of one, that the scope names, and all
    where it names a region; on which days they lie there is asked of each.
    """

    def __init__(self, rows: Sequence[Bounded], nesting: Nesting) -> None:
        self._nesting = nesting
        self._held: dict[tuple[tuple[str, ...], str], bool] = {}
        around: dict[str, list[int]] = defaultdict(list)
        for n, one in enumerate(rows):
            for unit in dict.fromkeys(nesting.around(one.scope.place_ids[0])):
                around[unit].append(n)
        self._around = {unit: np.array(numbers, int) for unit, numbers in around.items()}
        self._all = np.arange(len(rows))
        self._parts, self._part_of = _coded([one.scope.part for one in rows])
        self._actors, self._actor_of = _coded([one.scope.done_by for one in rows])

    def inside(self, outer: Scope) -> npt.NDArray[np.int_]:
        """Return the numbers of what may lie in the places of a scope, rising."""
        if self._names_a_region(outer):
            found = self._all
        else:
            met = [self._around[place] for place in outer.place_ids if place in self._around]
            found = np.unique(np.concatenate(met)) if len(met) > 1 else met[0] if met else self._all[:0]
        fits = self._part_of[found] == self._parts.get(outer.part, -1)
        if outer.done_by:
            fits &= self._actor_of[found] == self._actors.get(outer.done_by, -1)
        fitting: npt.NDArray[np.int_] = found[fits]
        return fitting

    def may_hold(self, outer: Scope, inner: Scope) -> bool:
        """Tell whether what is of one scope may lie in the places of another."""
        by_same = not outer.done_by or inner.done_by == outer.done_by
        if not by_same or inner.part != outer.part:
            return False
        key = outer.place_ids, inner.place_ids[0]
        if key not in self._held:
            around = self._nesting.around(inner.place_ids[0])
            self._held[key] = self._names_a_region(outer) or not set(outer.place_ids).isdisjoint(around)
        return self._held[key]

    def _names_a_region(self, scope: Scope) -> bool:
        return any(self._nesting.place(place).level == "region" for place in scope.place_ids)


def _coded(values: Sequence[Hashable]) -> tuple[dict[Hashable, int], npt.NDArray[np.int_]]:
    """Return a number for each value, and the numbers in the order of the values."""
    codes: dict[Hashable, int] = {}
    return codes, np.array([codes.setdefault(value, len(codes)) for value in values], int)
