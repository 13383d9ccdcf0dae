"""What lies inside an observation, and whether it is too much.

A shorter time never has more than a longer one that holds it, nor a part of a place more than the whole. One
notion for all who ask: totals set aside what cannot stand (`outvoting`), bins take no limit from it
(`bands`), and a warning tells of it (`inclusion`).
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

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
        self._inner = _covered(self.by_scope, nesting)
        self._pools: dict[Scope, tuple[list[Bounded], list[int]]] = {}
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
            and one.scope in self._inner[whole.scope]
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
        for scope, wholes in self.by_scope.items():
            limits = [one for one in wholes if one.high < math.inf]
            columns = np.array([(one.start, one.end, one.high) for one in limits]).reshape(-1, 3)
            for inner in self._inner[scope] if limits else ():
                for one in self.by_scope[inner]:
                    held = (columns[:, 0] <= one.start) & (columns[:, 1] >= one.end)
                    for n in np.flatnonzero(held & (columns[:, 2] < one.low)):
                        if not one.is_like(limits[n]) and self._lies_in(one, scope):
                            yield limits[n], one

    def _begun_with(self, whole: Bounded) -> _Begun:
        key = whole.scope, whole.start
        if key not in self._begun:
            last = max(one.end for one in self.by_scope[whole.scope] if one.start == whole.start)
            pool, starts = self._pool(whole.scope)
            begun = pool[bisect_left(starts, whole.start) : bisect_left(starts, last + 1)]
            items = [one for one in begun if one.end <= last]
            by_id = {one.observation.id: one for one in items}
            self._begun[key] = _Begun(items, by_id, Schedule(map(self._interval, items)))
        return self._begun[key]

    def _pool(self, scope: Scope) -> tuple[list[Bounded], list[int]]:
        """Return what lies in the places of a scope at any time, by its first day, and these days."""
        if scope not in self._pools:
            found = [
                one
                for inner in self._inner[scope]
                for one in self.by_scope[inner]
                if one.low > 0 and self._lies_in(one, scope)
            ]
            found.sort(key=lambda one: (one.start, one.end, one.observation.id))
            self._pools[scope] = found, [one.start for one in found]
        return self._pools[scope]

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


def _covered(scopes: Mapping[Scope, Sequence[Bounded]], nesting: Nesting) -> dict[Scope, list[Scope]]:
    """Return the scopes whose places may lie in those of each scope, itself among them.

    Only scopes that name a unit in the chain of a place of the other, a unit that its land was of, or a
    region are compared; on which days it lies there is asked of each observation.
    """
    naming: dict[str, list[Scope]] = defaultdict(list)
    for scope in scopes:
        for place in scope.place_ids:
            naming[place].append(scope)
    regions = [place for place in naming if nesting.place(place).level == "region"]
    found: dict[Scope, list[Scope]] = defaultdict(list)
    for inner in scopes:
        around = dict.fromkeys((*nesting.around(inner.place_ids[0]), *regions))
        for outer in dict.fromkeys(one for place in around for one in naming.get(place, ())):
            by_same = not outer.done_by or inner.done_by == outer.done_by
            if by_same and inner.part == outer.part:
                found[outer].append(inner)
    return found
