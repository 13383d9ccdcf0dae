"""Numbers that are a unit or a digit away from what the others say: ten, a hundred, a thousand times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from geotrack.analysis.agreement import bounds
from geotrack.analysis.discrepancies import Discrepancy, amount, told, where_and_when
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Conflict, Observation
from geotrack.analysis.running import period_class, series_told
from geotrack.analysis.statements import SI_FACTORS

_POWERS = (10.0, 100.0, 1000.0)
_ACRES = SI_FACTORS["ha"] / SI_FACTORS["acre"]
# As much as two numbers that both show a rounding may lie off a factor.
_NEAR = 0.01
# Neighbours of a series agree when the greatest is at most so many times the least. Weeks of clearance
# differ by more than that now and then; a factor of ten among numbers that differ so is no sign of a slip.
_AGREEMENT = 1.5
_USUAL = 1.1  # once its factor is taken off, a slip lies within a tenth of what its neighbours span
_BESIDE = 2  # so many neighbours on each side are looked at
_WITNESSES = 3  # fewer than these say nothing of what is usual


def factors_of(unit: str) -> tuple[float, ...]:
    """Return the factors by which numbers slip: digits, and for areas acres taken for hectares."""
    return (*_POWERS, _ACRES) if unit == "m2" else _POWERS


def slipped_in_conflict(conflicts: Iterable[Conflict], nesting: Nesting) -> list[Discrepancy]:
    """Return the values of a conflict that are a unit or a digit apart.

    Each value is held against the one that most documents tell (the preferred of several), which comes
    last: that many agree on it is what makes the other the slip.

    Notes
    -----
    Cost: linear in the observations of conflicts.
    """
    return [one for conflict in conflicts for one in _in_conflict(conflict, nesting)]


def _in_conflict(conflict: Conflict, nesting: Nesting) -> Iterator[Discrepancy]:
    others = conflict.observations
    usual = max(others, key=lambda one: (len(one.sources), one.id == conflict.preferred.id, one.id))
    for one in others:
        factor = _factor(one.value, usual.value, one.unit) if one.id != usual.id else None
        if factor is not None:
            text = (
                f"{told(one)} ({where_and_when(one, nesting)}) is {_times(one.value, usual.value, factor)} "
                f"{told(usual)}, which {_sources(usual)}"
            )
            yield _slip(one, (usual,), usual.value, text)


def _factor(one: float, other: float, unit: str) -> float | None:
    """Return the factor by which two values differ, None where it is none of a slip."""
    least, most = sorted((abs(one), abs(other)))
    if not least:
        return None
    return next((by for by in factors_of(unit) if abs(most / least / by - 1) <= _NEAR), None)


def slipped_in_series(items: Iterable[Observation], nesting: Nesting) -> list[Discrepancy]:
    """Return the values of a series that fit their neighbours only when a factor is taken off.

    In a series of running totals the neighbours are the two beside a value; at either end the two nearest. In
    a series of periods of one length, or of levels, they are up to two on each side, three in all. They must
    agree (within half as much again), the value must not agree with them, and with the factor it must come
    within a tenth of what they span.

    Notes
    -----
    Cost: n log n in the observations of a series, for sorting.
    """
    held = list(items)
    found = [one for series in series_told(held) for one in _in_running(series, nesting)]
    found += [one for series in _regular(held) for one in _in_regular(series, nesting)]
    unique = {one.observations[0].id: one for one in reversed(found)}
    return list(unique.values())


def _in_running(series: Sequence[Observation], nesting: Nesting) -> Iterator[Discrepancy]:
    for place, one in enumerate(series):
        beside = [*series[max(place - 1, 0) : place], *series[place + 1 : place + 2]]
        if len(beside) == 1:
            beside = list(series[1:3] if place == 0 else series[max(place - 2, 0) : place])
        if len(beside) < _BESIDE or any(near.end == one.end for near in beside):
            continue
        yield from _off(one, beside, nesting)


def _regular(items: Iterable[Observation]) -> list[list[Observation]]:
    """Return the levels, and the periods of one length, of the same places, actor and part, by day."""
    found: dict[tuple[Any, ...], dict[object, Observation]] = defaultdict(dict)
    for one in items:
        length = _length(one)
        if length and one.unit != "percent" and one.end:
            key = one.measure, one.unit, one.place_ids, tuple(sorted(one.done_by)), one.part or "", length
            found[key].setdefault(one.end, one)
    return [[series[end] for end in sorted(series, key=str)] for series in found.values()]


def _length(one: Observation) -> str | None:
    if one.measure in STOCK_MEASURES:
        return "level"
    if one.start is None or one.end is None or one.basis == "cumulative":
        return None
    return period_class((one.end - one.start).days + 1)


def _in_regular(series: Sequence[Observation], nesting: Nesting) -> Iterator[Discrepancy]:
    for place, one in enumerate(series):
        beside = [*series[max(place - _BESIDE, 0) : place], *series[place + 1 : place + 1 + _BESIDE]]
        if len(beside) >= _WITNESSES:
            yield from _off(one, beside, nesting)


def _off(one: Observation, beside: Sequence[Observation], nesting: Nesting) -> Iterator[Discrepancy]:
    """Yield a slip when a value is like its neighbours only with a factor put on or taken off."""
    values = sorted(near.value for near in beside)
    least, most = bounds(one)
    if values[0] <= 0 or values[-1] > _AGREEMENT * values[0]:
        return
    if least <= values[-1] * _AGREEMENT and most >= values[0] / _AGREEMENT:
        return
    for factor in factors_of(one.unit):
        mended = one.value / factor if one.value > values[-1] else one.value * factor
        if values[0] / _USUAL <= mended <= values[-1] * _USUAL:
            near = min(beside, key=lambda other: (abs(other.value - mended), other.id))
            text = (
                f"{told(one)} ({where_and_when(one, nesting)}) is about "
                f"{_times(one.value, near.value, factor)} what its neighbours say, "
                f"{amount(values[0], one.unit)} to {amount(values[-1], one.unit)}"
            )
            yield _slip(one, beside, near.value, text)
            return


def _times(value: float, other: float, factor: float) -> str:
    name = f"{factor:,.4g}"
    return f"{name} times" if value > other else f"1/{name} of"


def _sources(one: Observation) -> str:
    return f"{len(one.sources)} sources tell" if len(one.sources) > 1 else f"{one.sources[0]} tells"


def _slip(one: Observation, others: Iterable[Observation], value: float, text: str) -> Discrepancy:
    low, high = sorted((one.value, value))
    return Discrepancy("unit_slip", (one, *others), low, high, text)
