"""Whether what lies inside fits: a week in its month, a month in its year, a district in its country."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geotrack.analysis.agreement import bounds, same_period
from geotrack.analysis.discrepancies import Discrepancy, amount, told, total_of, where_and_when
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.schedule import Interval, Schedule, heaviest_disjoint

_PER_MILLE = 1000  # weights are whole thousandths of a unit, as in `flows`
_MANY = 3  # so many of those inside are named in words


@dataclass(frozen=True, slots=True)
class _Scope:
    """What one number can speak of beside its days."""

    place_ids: tuple[str, ...]
    done_by: frozenset[str]
    part: str | None


def _scope(one: Observation) -> _Scope:
    return _Scope(one.place_ids, one.done_by, one.part)


@dataclass(frozen=True, slots=True)
class _Told:
    """An observation as whole days; `low`, `high` in thousandths of its unit, rounded in its favour."""

    observation: Observation
    start: int
    end: int
    low: int
    high: float

    @property
    def days(self) -> tuple[int, int]:
        """First and last day."""
        return self.start, self.end


def _read(one: Observation) -> _Told | None:
    """Return an observation as days; None where it cannot be told what lies inside it.

    A level is of its day. A running total from nobody knows when need not contain what came before it.
    """
    first = one.end if one.measure in STOCK_MEASURES else one.start
    if first is None or one.end is None or one.unit == "percent":
        return None
    low, high = bounds(one)
    least = math.floor(max(low, 0.0) * _PER_MILLE)
    return _Told(one, first.toordinal(), one.end.toordinal(), least, high * _PER_MILLE)


def overfull(items: Iterable[Observation], nesting: Nesting) -> list[Discrepancy]:
    """Return the observations of one measure inside which more is told than they admit.

    What is inside has the same actor and part, its days lie in those of the observation, and its places in
    its places. The heaviest set that is disjoint in days or places (`schedule`) must not exceed it; where a
    single one does, that one is named. What has the same places and days is a conflict, and a shorter period
    of the same places and first day a running total that falls: they are told elsewhere. A set that exceeds
    a year only by as much as some of it already exceeds a month is told once, at the month.

    Notes
    -----
    Cost: that of `schedule.heaviest_disjoint` once for each first day and places of those that contain
    others, over what lies inside the longest of them. So each observation is looked at as often as
    different first days contain it (its month's, its year's, those of running totals), not once for each
    pair: n log n times that depth. Where running totals of a country have districts inside, each total asks
    each district: totals times districts. Measured: 5 s for 7,000 observations, a country's daily totals of
    five years among them, and 10 s for 10,000 with twice as many districts.
    """
    read = [one for one in map(_read, items) if one is not None]
    by_scope: dict[_Scope, list[_Told]] = defaultdict(list)
    for one in read:
        by_scope[_scope(one.observation)].append(one)
    told_already: dict[str, list[int]] = defaultdict(list)
    reported: list[tuple[list[_Told], float]] = []
    found: list[Discrepancy] = []
    inner = _covered(by_scope, nesting)
    for scope in sorted(by_scope, key=lambda one: _width(one, nesting)):
        within = set(inner[scope])
        pool = [one for other in inner[scope] for one in by_scope[other] if one.low > 0]
        for whole, inside in _exceeded(scope, by_scope[scope], pool, nesting):
            excess = sum(one.low for one in inside) - whole.high
            before = {n for one in inside for n in told_already[one.observation.id]}
            if excess <= sum(reported[n][1] for n in before if _holds(whole, within, reported[n][0])):
                continue
            for one in inside:
                told_already[one.observation.id].append(len(reported))
            reported.append((inside, excess))
            found.append(_discrepancy(whole, inside, nesting))
    return found


def _holds(whole: _Told, scopes: Collection[_Scope], inside: Iterable[_Told]) -> bool:
    """Tell whether all of some observations lie in another, whose places hold some scopes."""
    return all(
        whole.start <= one.start and one.end <= whole.end and _scope(one.observation) in scopes
        for one in inside
    )


def _width(scope: _Scope, nesting: Nesting) -> tuple[object, ...]:
    return *nesting.width(scope.place_ids), scope.place_ids, sorted(scope.done_by), scope.part or ""


def _covered(scopes: Mapping[_Scope, object], nesting: Nesting) -> dict[_Scope, list[_Scope]]:
    """Return the scopes whose places lie in those of each scope, itself among them.

    Only scopes that name a unit in the chain of a place of the other are compared.
    """
    naming: dict[str, list[_Scope]] = defaultdict(list)
    for scope in scopes:
        for place in scope.place_ids:
            naming[place].append(scope)
    regions = [place for place in naming if nesting.place(place).level == "region"]
    found: dict[_Scope, list[_Scope]] = defaultdict(list)
    for inner in scopes:
        first = inner.place_ids[0]
        around = dict.fromkeys((*nesting.chain(first), *regions))
        for outer in dict.fromkeys(one for place in around for one in naming.get(place, ())):
            like = inner.done_by == outer.done_by and inner.part == outer.part
            if like and _lies_in(inner.place_ids, outer.place_ids, nesting, None):
                found[outer].append(inner)
    return found


def _lies_in(inner: Sequence[str], outer: Sequence[str], nesting: Nesting, on: dt.date | None) -> bool:
    return all(any(nesting.within(one, other, on) for other in outer) for one in inner)


def _exceeded(
    scope: _Scope, wholes: Sequence[_Told], pool: Sequence[_Told], nesting: Nesting
) -> Iterator[tuple[_Told, list[_Told]]]:
    """Yield each observation of a scope inside which more is told, the shortest first, and what it is."""
    by_start: dict[int, list[_Told]] = defaultdict(list)
    for one in wholes:
        if one.high < math.inf:
            by_start[one.start].append(one)
    ordered = sorted(pool, key=lambda one: (one.start, one.end, one.observation.id))
    starts = [one.start for one in ordered]
    found: list[tuple[_Told, list[_Told]]] = []
    for start, here in by_start.items():
        last = max(one.end for one in here)
        begun = ordered[bisect_left(starts, start) : bisect_left(starts, last + 1)]
        inside = [one for one in begun if one.end <= last]
        intervals = [_interval(one, scope, nesting) for one in inside]
        by_id = {one.observation.id: one for one in inside}
        schedule = Schedule(intervals)
        for whole in here:
            if schedule.weight(*whole.days)[0] > whole.high:
                chosen = [by_id[one.id] for one in schedule.best(*whole.days)]
                chosen = _without_likes(whole, chosen, inside, scope, nesting)
                if sum(one.low for one in chosen) > whole.high:
                    found.append((whole, chosen))
    found.sort(key=lambda pair: (pair[0].end - pair[0].start, pair[0].start, pair[0].observation.id))
    for whole, chosen in found:
        single = [one for one in chosen if one.low > whole.high]
        if not single or not all(_grows_into(one, whole) for one in single):
            yield whole, single or chosen


def _grows_into(one: _Told, whole: _Told) -> bool:
    """Tell whether both are totals of one series: that these grow is another check."""
    return one.start == whole.start and _scope(one.observation) == _scope(whole.observation)


def _is_like(one: _Told, whole: _Told) -> bool:
    """Tell whether two observations are of the same thing: then they are a conflict, or one."""
    mine, theirs = one.observation, whole.observation
    if _scope(mine) != _scope(theirs):
        return False
    if one.start == whole.start:
        return abs(one.end - whole.end) <= 1
    return same_period((mine.start, mine.end), (theirs.start, theirs.end))


def _without_likes(
    whole: _Told, chosen: list[_Told], inside: Sequence[_Told], scope: _Scope, nesting: Nesting
) -> list[_Told]:
    """Return the heaviest set inside an observation that holds none of the same places and days.

    A search of its own, which only those need that are contradicted.
    """
    first, last = whole.days
    if not any(_is_like(one, whole) for one in chosen):
        return chosen
    rest = [one for one in inside if one.start >= first and one.end <= last and not _is_like(one, whole)]
    by_id = {one.observation.id: one for one in rest}
    return [by_id[one.id] for one in heaviest_disjoint(_interval(one, scope, nesting) for one in rest)]


def _interval(one: _Told, scope: _Scope, nesting: Nesting) -> Interval:
    return Interval(
        one.start, one.end, _path(one.observation, scope, nesting), (one.low, 0, 0), one.observation.id
    )


def _path(one: Observation, scope: _Scope, nesting: Nesting) -> tuple[str, ...]:
    """Return where in some places an observation belongs; the top where it spreads over several."""
    if one.place_ids == scope.place_ids or len(one.place_ids) > 1:
        return ()
    place = one.place_ids[0]
    member = next(outer for outer in scope.place_ids if nesting.within(place, outer, None))
    below = nesting.path(place, member)
    return below if len(scope.place_ids) == 1 else (member, *below)


def _discrepancy(whole: _Told, inside: Sequence[_Told], nesting: Nesting) -> Discrepancy:
    members = tuple(one.observation for one in inside)
    unit = whole.observation.unit
    came = total_of(one.value for one in members)
    if len(members) > 1 and all(one.low > whole.high for one in inside):
        came = max(one.value for one in members)  # each alone is too much
    more = amount(total_of([came, -whole.observation.value]), unit)
    outer = f"{told(whole.observation)} ({where_and_when(whole.observation, nesting)})"
    named = "; ".join(f"{told(one)} ({where_and_when(one, nesting)})" for one in members[:_MANY])
    if len(members) == 1:
        text = f"{named} lies inside {outer}, and is {more} more"
    elif came == max(one.value for one in members):
        text = f"{len(members)} lie inside {outer}, each of them more, by up to {more}: {named}"
    else:
        text = (
            f"{len(members)} that share no day and place come to {amount(came, unit)}, {more} more than "
            f"{outer}, which contains them: {named}"
        )
    return Discrepancy("inside", (whole.observation, *members), whole.observation.value, came, text)
