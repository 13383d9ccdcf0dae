"""Whether parts come to their whole: killed and injured to casualties, AP and AT mines to mines."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geotrack.analysis.agreement import bounds, near_periods, same_period
from geotrack.analysis.discrepancies import Discrepancy, amount, told, total_of
from geotrack.analysis.measures import MEASURE_PARTS
from geotrack.analysis.observations import Observation

# Their parts are all there is, or all that a report counts: AP and AT mines that do not come to the mines
# are told by copies that disagree. Items may be neither mine nor UXO.
SUMS_OF_PARTS = frozenset({"casualties", "mines_found"})

_Period = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class _Side:
    """What is told of a measure: the bounds of one observation, or of parts that make it up."""

    low: float
    high: float
    observations: tuple[Observation, ...]


class _Book:
    """Observations by measure, places, actor and part, then by period."""

    def __init__(self, items: Iterable[Observation]) -> None:
        self._at: dict[tuple[Any, ...], dict[_Period, list[Observation]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for one in items:
            self._at[_key(one.measure, one)][one.start, one.end].append(one)

    def like(self, measure: str, whole: Observation) -> Iterator[Observation]:
        """Yield what is told of a measure for the places, days (within one) and actor of an observation."""
        here = self._at.get(_key(measure, whole), {})
        for start, end in near_periods((whole.start, whole.end)) if here else ():
            if same_period((start, end), (whole.start, whole.end)):
                yield from here.get((start, end), ())

    def sides(self, measure: str, whole: Observation) -> list[_Side]:
        """Return what is told of a part of a whole, by itself or by parts of its own."""
        found = [_Side(*bounds(one), (one,)) for one in self.like(measure, whole)]
        below = [self.sides(part, whole) for part in MEASURE_PARTS.get(measure, ())]
        least = [min(sides, key=_low) for sides in below if sides]
        if least:
            members = tuple(one for side in least for one in side.observations)
            # There may be more than the parts that are told.
            found.append(_Side(total_of(side.low for side in least), float("inf"), members))
        return found


def _key(measure: str, one: Observation) -> tuple[Any, ...]:
    return measure, one.place_ids, one.done_by, one.part


def _low(side: _Side) -> tuple[float, tuple[str, ...]]:
    return side.low, tuple(one.id for one in side.observations)


def _high(side: _Side) -> tuple[float, tuple[str, ...]]:
    return side.high, tuple(one.id for one in side.observations)


def unequal_parts(measure: str, items: Mapping[str, Sequence[Observation]]) -> list[Discrepancy]:
    """Return where the parts of a measure (`MEASURE_PARTS`) exceed their whole, or fall short of it.

    Same places and actor, and days within one. Parts exceed a whole when the least that they admit is more
    than the most that it admits; only `SUMS_OF_PARTS` can fall short, and only when all their parts are
    told. Where several values of a part are told, each is tried beside the mildest of the others.

    Parameters
    ----------
    measure
        The whole.
    items
        What is stated, by measure; the whole and its parts at any depth are looked at.

    Notes
    -----
    Cost: linear in observations; only those of the same places and days meet.
    """
    parts = MEASURE_PARTS.get(measure, ())
    if not parts:
        return []
    book = _Book(one for part in (measure, *parts, *_below(parts)) for one in items.get(part, ()))
    found: dict[frozenset[str], Discrepancy] = {}
    for whole in items.get(measure, ()):
        if whole.start is None and whole.end is None:
            continue  # unknown days are not the same days
        sides = {part: known for part in parts if (known := book.sides(part, whole))}
        for one in (*_exceeding(whole, sides), *_short(whole, sides)):
            found.setdefault(frozenset(part.id for part in one.observations), one)
    return list(found.values())


def _below(parts: Iterable[str]) -> list[str]:
    return [below for part in parts for below in MEASURE_PARTS.get(part, ())]


def _exceeding(whole: Observation, sides: Mapping[str, Sequence[_Side]]) -> Iterator[Discrepancy]:
    _, most = bounds(whole)
    for part, options in sides.items():
        mildest = [min(others, key=_low) for name, others in sides.items() if name != part]
        for side in options:
            low = total_of([side.low, *(other.low for other in mildest)])
            if low > most:
                yield _told(whole, [side, *mildest])


def _short(whole: Observation, sides: Mapping[str, Sequence[_Side]]) -> Iterator[Discrepancy]:
    if whole.measure not in SUMS_OF_PARTS or len(sides) < len(MEASURE_PARTS[whole.measure]):
        return
    least, _ = bounds(whole)
    for part, options in sides.items():
        mildest = [max(others, key=_high) for name, others in sides.items() if name != part]
        for side in options:
            if total_of([side.high, *(other.high for other in mildest)]) < least:
                yield _told(whole, [side, *mildest])


def _told(whole: Observation, sides: Sequence[_Side]) -> Discrepancy:
    members = sorted(
        {one.id: one for side in sides for one in side.observations}.values(),
        key=lambda one: (one.measure, one.id),
    )
    came = total_of(one.value for one in members)
    gap = amount(abs(total_of([came, -whole.value])), whole.unit)
    parts = " + ".join(f"{told(one)} ({one.measure})" for one in members)
    way = "too many" if came > whole.value else "too few"
    return Discrepancy(
        "component",
        (whole, *members),
        min(came, whole.value),
        max(came, whole.value),
        f"{parts} = {amount(came, whole.unit)}, but {whole.measure} is {told(whole)}: {gap} {way}",
    )
