"""When two statements may be one: periods within a day, values within the rounding that they show."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import product
from typing import Any, Protocol, TypeVar

from geotrack.analysis.observations import Observation
from geotrack.analysis.statements import Statement

DAY_TOLERANCE = 1
# A window that slid by a day is another window when it is short (daily posts), a misprint when it is long.
SLIDING_FROM_DAYS = 7
# How far from "about 300" a count may lie and still be about 300.
APPROX_SPREAD = 0.1
COUNTED = frozenset({"count", "people"})  # units without fractions
WIDEST_ROUNDING = 0.05  # a rounding wider than this share says too little to call two values the same

_CLASS = 0.06  # wider than any rounding: two values within it are of one class or of neighbours
_NOTHING = -(10**9)  # the class of zero, beside which no other lies

_Item = TypeVar("_Item")


class Dated(Protocol):
    """Anything that speaks of a period."""

    @property
    def start(self) -> dt.date | None:
        """The first day, None when unknown."""

    @property
    def end(self) -> dt.date | None:
        """The last day, None when unknown."""


def same_period(one: tuple[dt.date | None, ...], other: tuple[dt.date | None, ...]) -> bool:
    """Tell whether two inclusive periods are one: both ends within a day, unknown only like unknown.

    A period under a week that slid by a day in one direction is the next window of a series, not a
    misprint of the same one.
    """
    shifts = []
    for mine, theirs in zip(one, other, strict=True):
        if (mine is None) != (theirs is None):
            return False
        shifts.append((mine - theirs).days if mine and theirs else 0)
    if any(abs(shift) > DAY_TOLERANCE for shift in shifts):
        return False
    slid = shifts[0] * shifts[-1] > 0 and len(shifts) > 1
    start, end = one[0], one[-1]
    return not slid or (start is not None and end is not None and (end - start).days + 1 >= SLIDING_FROM_DAYS)


def period_of(stated: Dated, *, stock: bool) -> tuple[dt.date | None, ...]:
    """Return what must agree in time: both ends of a flow, the as-of day of a stock."""
    return (stated.end,) if stock else (stated.start, stated.end)


def same_value(one: Statement, other: Statement) -> bool:
    """Tell whether two values agree within the rounding that the coarser one shows."""
    if one.value_max != other.value_max:
        return False
    coarse, fine = (one, other) if one.step >= other.step else (other, one)
    limit = min(coarse.step, WIDEST_ROUNDING * abs(coarse.value))
    gap = fine.value - coarse.value
    if coarse.qualifier == "at_least" and fine.qualifier != "at_least":
        return 0 <= gap < max(limit, one.step * 1e-6)
    if one.step == other.step:
        return abs(gap) < one.step * 1e-6
    return abs(gap) <= limit / 2


def magnitude(stated: Statement) -> int:
    """Return a class of values: those that `same_value` may call the same are of one or of neighbours."""
    return math.floor(math.log(abs(stated.value)) / math.log1p(_CLASS)) if stated.value else _NOTHING


def bounds(observation: Observation) -> tuple[float, float]:
    """Return the lowest and highest value that an observation admits, in its unit.

    A number that shows a rounding admits half a step either way; a count of single things admits itself.
    """
    value, step = observation.value, observation.step
    single = observation.unit in COUNTED and step <= 1
    spread = {"exact": 0.0 if single else step / 2, "approx": max(step, APPROX_SPREAD * abs(value))}
    slack = spread.get(observation.qualifier, 0.0)
    low = -math.inf if observation.qualifier == "at_most" else value - slack
    high = math.inf if observation.qualifier == "at_least" else (observation.value_max or value) + slack
    return low, high


def near_periods(period: tuple[dt.date | None, ...]) -> Iterable[tuple[dt.date | None, ...]]:
    """Return every period whose ends lie within a day of a period's, itself first."""
    near = (0, *(shift for day in range(1, DAY_TOLERANCE + 1) for shift in (-day, day)))
    ends = [[end + dt.timedelta(days=shift) for shift in near] if end else [None] for end in period]
    return product(*ends)


def clusters(
    items: Iterable[_Item],
    period: Callable[[_Item], tuple[Any, ...]],
    belongs: Callable[[_Item, _Item], bool],
    size: Callable[[_Item], int] = lambda _: 0,
) -> list[list[_Item]]:
    """Group items in their order: each joins the first group whose leader it belongs to, or leads one.

    Leaders are chosen by the order alone, so equal items next to each other never change a group. Only
    leaders whose `period` (a key, then its ends) lies within a day, and whose `size` within one, are asked:
    near linear for dated reports, and for undated ones where sizes tell them apart.
    """
    held = [(item, period(item), size(item)) for item in items]
    near = _near_ones({told for _, told, _ in held})
    groups: list[list[_Item]] = []
    leaders: dict[tuple[Any, ...], dict[int, list[int]]] = defaultdict(dict)
    for item, told, wide in held:
        found = [
            n
            for other in near[told]
            for sizes in (leaders.get(other),)
            if sizes
            for one in (wide - 1, wide, wide + 1)
            for n in sizes.get(one, ())
        ]
        first = next((n for n in sorted(found) if belongs(groups[n][0], item)), None)
        if first is None:
            leaders[told].setdefault(wide, []).append(len(groups))
            groups.append([item])
        else:
            groups[first].append(item)
    return groups


def _near_ones(told: Collection[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[tuple[Any, ...]]]:
    """Return for each key with a period those of the same key whose period lies near it."""
    return {
        one: [other for days in near_periods(tuple(one[1:])) if (other := (one[0], *days)) in told]
        for one in told
    }
