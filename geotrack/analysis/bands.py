"""What is known of the days between two dates in one place: at least this much, and at most that much."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geotrack.analysis.agreement import bounds
from geotrack.analysis.containment import Contents, bounded
from geotrack.analysis.flows import PER_MILLE, firm_intervals, interval_of, path_of, qualifier_of
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.schedule import Interval, Schedule, heaviest_disjoint, weight_of
from geotrack.analysis.tolls import INCIDENTS
from geotrack.analysis.windows import Window

# How many of a series of running totals are looked at on either side of a day.
_NEAREST = 4
_CAPS = frozenset({"exact", "at_most"})


@dataclass(frozen=True, slots=True)
class Band:
    """What observations of a place say of some days, both inclusive; nothing known is NaN.

    Attributes
    ----------
    lower, value
        The greatest sum of disjoint observations that lie wholly inside, without and with approximate ones.
    upper
        The most that all observations together can place there: see `Flows.band`.
    qualifier
        How `value` is to be read: `flows.qualifier_of`; None where nothing lies inside.
    is_limit
        Whether `upper` is a limit of what happened: exact observations of the place itself cover each day.
    used, capping
        The observations behind `value`, and those behind `upper`.
    """

    start: dt.date
    end: dt.date
    lower: float
    value: float
    upper: float
    qualifier: str | None
    is_limit: bool
    used: tuple[Observation, ...]
    capping: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class _Clip:
    """The part of an observation inside some days, and the most that it leaves to them, in thousandths."""

    observation: Observation
    start: int
    end: int
    left: int


class Flows:
    """The observations of one place and what lies in it, asked what is known of any days.

    Parameters
    ----------
    place_id
        The place.
    inside
        Flows of it and of places in it, that stand; those without both ends are passed over.
    upper_bounds
        Flows of the place itself that say `at_most`.
    """

    def __init__(
        self,
        place_id: str,
        inside: Iterable[Observation],
        nesting: Nesting,
        upper_bounds: Sequence[Observation] = (),
    ) -> None:
        self._nesting, self._place_id = nesting, place_id
        self.dated = [one for one in inside if one.start and one.end]
        self._by_id = {one.id: one for one in self.dated}
        self._intervals = self._placed(self.dated, place_id)
        self._all = Schedule(self._intervals.values())
        self._firm: dict[tuple[str, ...], Schedule] = {
            (place_id,): Schedule(firm_intervals(self.dated, self._intervals))
        }
        actors = {one.done_by for one in self.dated}
        self._series = _by_start(self.dated)
        self._caps = _by_start(
            one
            for one in (*self.dated, *upper_bounds)
            if one.qualifier in _CAPS
            and one.place_ids == (place_id,)
            and one.part is None
            and one.derived != INCIDENTS  # what nobody reported is in no incident
            and (not one.done_by or len(actors) == 1)
        )
        self._contents = Contents({one.id: one for one in (*self.dated, *upper_bounds)}.values(), nesting)

    def _placed(self, items: Iterable[Observation], place_id: str) -> dict[str, Interval]:
        return {one.id: interval_of(one, path_of(one, place_id, self._nesting) or ()) for one in items}

    def band(self, start: dt.date, end: dt.date) -> Band:
        """Return what is known of the days from `start` to `end`.

        An observation that straddles them leaves to them what remains of it after all that is known of its
        other days. Where exact observations of the place cover all days, `upper` is the least that such a
        cover leaves: a limit, unless more is known. Else it is the greatest sum of disjoint observations,
        straddling ones counted with what they leave: more may have happened than anybody states.

        Cost: linear in observations, times a logarithm; n log n more where some straddle.
        """
        first, last = start.toordinal(), end.toordinal()
        inside = [one for one in self._intervals.values() if first <= one.start and one.end <= last]
        chosen = self._all.best(first, last) or sorted(inside, key=lambda one: one.id)[:1]
        used = [self._by_id[one.id] for one in chosen]
        firm = any(self._by_id[one.id].qualifier != "approx" for one in inside)
        lower = self._known((self._place_id,), first, last) / PER_MILLE if firm else math.nan
        value = weight_of(chosen)[0] / PER_MILLE if chosen else math.nan
        limit = self._limit(first, last)
        if limit and _falls_short(*limit, 0.0 if math.isnan(lower) else lower, used):
            limit = None
        upper, capping = limit or self._accounted(inside, first, last)
        qualifier = qualifier_of(
            weight_of(chosen)[0],
            used,
            [self._by_id[one.id] for one in inside],
            self._place_id,
            Window(start, end),
        )
        floor = max((one for one in (lower, value) if not math.isnan(one)), default=0.0)
        return Band(
            start=start,
            end=end,
            lower=lower,
            value=value,
            upper=max(upper, floor) if capping else math.nan,
            qualifier=qualifier if used else None,
            is_limit=limit is not None,
            used=tuple(used),
            capping=tuple(sorted(capping, key=lambda one: (str(one.start), str(one.end), one.id))),
        )

    def _contradicted(self, one: Observation) -> bool:
        """Tell whether smaller figures of the same days, or of places inside, are more: it limits nothing."""
        whole = bounded(one)
        return whole is not None and bool(self._contents.exceeding(whole))

    def _known(self, place_ids: tuple[str, ...], first: int, last: int) -> int:
        """Return the lower bound of some places and days, in thousandths."""
        if first > last:
            return 0
        if place_ids not in self._firm:
            on = dt.date.fromordinal(max(first, 1))
            there = [
                one
                for one in self.dated
                if all(
                    any(self._nesting.within(a, b, one.end or on) for b in place_ids) for a in one.place_ids
                )
            ]
            alone = place_ids[0] if len(place_ids) == 1 else ""
            placed = self._placed(there, alone) if alone else {one.id: interval_of(one, ()) for one in there}
            self._firm[place_ids] = Schedule(firm_intervals(there, placed))
        return self._firm[place_ids].weight(first, last)[0]

    def _clip(self, one: Observation, first: int, last: int) -> _Clip:
        """Return what an observation leaves to some days after what is known of its others."""
        begins, ends = _days(one)
        outside = self._known(one.place_ids, begins, min(ends, first - 1))
        outside += self._known(one.place_ids, max(begins, last + 1), ends)
        left = max(0, round(_most(one) * PER_MILLE) - outside)
        return _Clip(one, max(begins, first), min(ends, last), left)

    def _limit(self, first: int, last: int) -> tuple[float, list[Observation]] | None:
        """Return the least sum that exact observations covering all days leave to them; None if none do.

        The cheapest cover of a line by weighted intervals, taken by their ends. What is contradicted by
        smaller figures of its own days covers none.
        """
        clips = [
            self._clip(one, first, last)
            for one in _near(self._caps, first, last)
            if not self._contradicted(one)
        ]
        ends, costs, covers = [first - 1], [0], [_Cover()]
        for clip in sorted(clips, key=lambda one: (one.end, one.start, one.left, one.observation.id)):
            before = bisect_left(ends, clip.start - 1)
            if before == len(ends):
                continue
            cost, cover = costs[before] + clip.left, _Cover(clip.observation, covers[before])
            keep = bisect_left(costs, cost)
            if keep and ends[keep - 1] >= clip.end:
                continue
            ends[keep:], costs[keep:], covers[keep:] = [clip.end], [cost], [cover]
        if ends[-1] < last:
            return None
        return costs[-1] / PER_MILLE, covers[-1].observations()

    def _accounted(
        self, inside: Sequence[Interval], first: int, last: int
    ) -> tuple[float, list[Observation]]:
        """Return the greatest sum of disjoint observations, those that straddle with what they leave."""
        straddling = [
            one for one in _near(self._series, first, last) if _days(one)[0] < first or last < _days(one)[1]
        ]
        clips = {f"{one.id} clipped": self._clip(one, first, last) for one in straddling}
        clipped = [
            replace(
                self._intervals[one.observation.id],
                start=one.start,
                end=one.end,
                weight=(one.left, 0, 1),
                id=clip_id,
            )
            for clip_id, one in clips.items()
        ]
        best = heaviest_disjoint([*inside, *clipped]) or [*inside, *clipped][:1]
        capping = [clips[one.id].observation if one.id in clips else self._by_id[one.id] for one in best]
        return weight_of(best)[0] / PER_MILLE, capping


@dataclass(frozen=True, slots=True)
class _Cover:
    """The last observation of a cover, and the cover before it."""

    last: Observation | None = None
    before: _Cover | None = None

    def observations(self) -> list[Observation]:
        """Return all observations of the cover."""
        found: list[Observation] = []
        step: _Cover | None = self
        while step is not None and step.last is not None:
            found.append(step.last)
            step = step.before
        return found


def _falls_short(
    limit: float, cover: Iterable[Observation], lower: float, used: Iterable[Observation]
) -> bool:
    """Tell whether a limit is less than what is known, by more than both are rounded."""
    slack = math.fsum(bounds(one)[1] - _most(one) for one in cover)
    slack += math.fsum(max(0.0, one.value - bounds(one)[0]) for one in used)
    return limit + slack < lower


def _most(one: Observation) -> float:
    return one.value if one.value_max is None else max(one.value, one.value_max)


def _days(one: Observation) -> tuple[int, int]:
    """Return the first and last day of a dated observation as ordinals."""
    start, end = one.start or dt.date.min, one.end or dt.date.max
    return start.toordinal(), end.toordinal()


@dataclass(frozen=True, slots=True)
class _Series:
    """Observations of the same places that begin on one day, by their last days: often running totals."""

    start: int
    ends: list[int]
    items: list[Observation]


def _by_start(items: Iterable[Observation]) -> list[_Series]:
    found: dict[tuple[tuple[str, ...], int], list[Observation]] = defaultdict(list)
    for one in items:
        if one.start and one.end:
            found[one.place_ids, one.start.toordinal()].append(one)
    ordered = {key: sorted(found[key], key=lambda one: (_days(one), one.id)) for key in sorted(found)}
    return [_Series(key[1], [_days(one)[1] for one in some], some) for key, some in ordered.items()]


def _near(series: Iterable[_Series], first: int, last: int) -> Iterator[Observation]:
    """Yield those that share a day with some days; of many that begin on one day those that end nearest.

    Of running totals of one series, those that end far away say no more of some days than the next ones.
    """
    for one in series:
        if one.start > last or one.ends[-1] < first:
            continue
        at, begin = bisect_right(one.ends, last), bisect_left(one.ends, first)
        yield from one.items[max(begin, at - _NEAREST) : at + _NEAREST]
