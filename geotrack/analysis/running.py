"""Running totals over time: one that falls, and a reporter whose places or operators change."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from geotrack.analysis.agreement import bounds
from geotrack.analysis.discrepancies import Discrepancy, amount, places, told, total_of, where_and_when
from geotrack.analysis.increments import series_of
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.statements import Statement

# The lists of places that a regular report covers; of a day's report they are where something happened.
_REGULAR_FROM_DAYS = 6
_HABIT_TIMES = 2  # told once, a list of places is no habit


def series_told(items: Iterable[Observation]) -> list[list[Observation]]:
    """Return the series of running totals, those of an unknown first day apart for each source.

    Two sources may count from different days; what one source tells it tells from one day, which is an
    assumption.
    """
    known: list[Observation] = []
    by_source: dict[str, list[Observation]] = defaultdict(list)
    for one in items:
        if one.start is not None:
            known.append(one)
        else:
            for source in one.sources:
                by_source[source].append(one)
    apart = [series for source in sorted(by_source) for series in series_of(by_source[source])]
    return [*series_of(known), *apart]


def falls(items: Iterable[Observation], nesting: Nesting) -> list[Discrepancy]:
    """Return the running totals of a series (`series_told`) that are less than an earlier one.

    The most that a total admits is held against the greatest that the earlier ones admit at least. After a
    fall the series starts anew from the lower total, so that one misprint is told once.

    Notes
    -----
    Cost: n log n in the totals of a series.
    """
    found = [one for series in series_told(items) for one in _falls(series, nesting)]
    return list({tuple(part.id for part in one.observations): one for one in found}.values())


def _falls(series: Sequence[Observation], nesting: Nesting) -> Iterator[Discrepancy]:
    highest: Observation | None = None
    for day in _by_day(series):
        before = highest
        highest = max(day, key=_floor)
        if before is None:
            continue
        fallen = [one for one in day if bounds(one)[1] < bounds(before)[0]]
        yield from (_fall(one, before, nesting) for one in fallen)
        if len(fallen) < len(day):
            highest = max(highest, before, key=_floor)


def _floor(one: Observation) -> tuple[float, str]:
    return bounds(one)[0], one.id


def _fall(one: Observation, before: Observation, nesting: Nesting) -> Discrepancy:
    by = amount(total_of([before.value, -one.value]), one.unit)
    later = f"{told(one)} ({where_and_when(one, nesting)})"
    assumed = "" if one.start else "; from which day they count is not told"
    text = f"{later} is {by} less than {told(before)} until {before.end}{assumed}"
    return Discrepancy("monotonic", (one, before), one.value, before.value, text)


def _by_day(series: Sequence[Observation]) -> list[list[Observation]]:
    found: dict[dt.date | None, list[Observation]] = defaultdict(list)
    for one in series:
        found[one.end].append(one)
    return list(found.values())


@dataclass(slots=True)
class _Habit:
    """What one source speaks of for a time: its places and operators."""

    place_ids: tuple[str, ...]
    done_by: frozenset[str]
    told: list[tuple[dt.date, Observation]] = field(default_factory=list)

    @property
    def first(self) -> dt.date:
        """The earliest last day of what is told."""
        return min(day for day, _ in self.told)

    @property
    def last(self) -> dt.date:
        """The latest last day of what is told."""
        return max(day for day, _ in self.told)

    @property
    def is_habit(self) -> bool:
        """Whether it is told more than once."""
        return len({day for day, _ in self.told}) >= _HABIT_TIMES


def scope_changes(items: Iterable[Observation], nesting: Nesting) -> list[Discrepancy]:
    """Return where one source's series of one measure and start changes its places or operators.

    A series is of running totals with one first day, or of regular periods of a week or longer. It changes
    where its places overlap those of before, or its operators differ, the earlier ones were told more than
    once, and are told no more: series that are told side by side are several. A rise after such a change
    may be one of scope.

    Notes
    -----
    Cost: n log n in statements; what one source speaks of is compared with what it spoke of last.
    """
    series: dict[tuple[Any, ...], dict[tuple[Any, ...], _Habit]] = defaultdict(dict)
    for one in items:
        for stated in one.statements:
            kind = _kind(stated)
            if kind is not None and stated.end is not None:
                habits = series[stated.source, stated.measure, stated.part or "", kind]
                scope = stated.place_ids, stated.done_by
                habits.setdefault(scope, _Habit(*scope)).told.append((stated.end, one))
    return [
        change
        for (source, _, _, kind), habits in sorted(series.items(), key=lambda pair: str(pair[0]))
        for change in _changes(source, kind, list(habits.values()), nesting)
    ]


def _kind(stated: Statement) -> tuple[str, object] | None:
    """Return which series of a source a statement belongs to; None for what is told as it happens."""
    if stated.is_stock or stated.rolling:
        return None
    if stated.basis == "cumulative":
        return "since", stated.start
    if stated.start is None or stated.end is None:
        return None
    length = (stated.end - stated.start).days + 1
    return ("each", period_class(length)) if length >= _REGULAR_FROM_DAYS else None


def period_class(days: int) -> str:
    """Return the name of a length of days, the same for all months, all quarters and all years."""
    named = ((6, 8, "week"), (28, 31, "month"), (89, 92, "quarter"), (365, 366, "year"))
    return next((name for least, most, name in named if least <= days <= most), f"{days} days")


def _changes(
    source: str, kind: tuple[str, object], habits: Sequence[_Habit], nesting: Nesting
) -> Iterator[Discrepancy]:
    known = sorted(
        (one for one in habits if kind[0] == "since" or one.is_habit),
        key=lambda one: (one.first, one.last, one.place_ids, sorted(one.done_by)),
    )
    for before, after in pairwise(known):
        if before.is_habit and before.last < after.first and _is_change(before, after, nesting):
            yield _changed(source, kind, before, after, nesting)


def _is_change(before: _Habit, after: _Habit, nesting: Nesting) -> bool:
    """Tell whether two habits are of overlapping places; nothing else is one series."""
    if before.place_ids == after.place_ids:
        return True
    on = after.first
    return any(nesting.overlap(one, other, on) for one in before.place_ids for other in after.place_ids)


def _changed(
    source: str, kind: tuple[str, object], before: _Habit, after: _Habit, nesting: Nesting
) -> Discrepancy:
    last = max((pair for pair in before.told), key=lambda pair: (pair[0], pair[1].id))[1]
    first = min((pair for pair in after.told), key=lambda pair: (pair[0], pair[1].id))[1]
    which = f"since {kind[1] or '…'}" if kind[0] == "since" else f"of each {kind[1]}"
    changes = []
    if before.place_ids != after.place_ids:
        changes.append(f"places {places(before.place_ids, nesting)} → {places(after.place_ids, nesting)}")
    if before.done_by != after.done_by:
        changes.append(f"operators {_operators(before)} → {_operators(after)}")
    text = (
        f"{first.measure} by {source} {which}: {'; '.join(changes)} after {before.last}; "
        f"{told(last)} and {told(first)} are not of the same"
    )
    low, high = sorted((last.value, first.value))
    members = (first, last) if first.id != last.id else (first,)
    return Discrepancy("scope", members, low, high, text)


def _operators(habit: _Habit) -> str:
    return ", ".join(sorted(habit.done_by)) or "not told"
