"""Observations that do not fit each other: which check says so, by how much, and in which words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.statements import SI_FACTORS

Check = Literal["component", "monotonic", "inside", "unit_slip", "scope"]
CHECKS: tuple[Check, ...] = get_args(Check)
WARNING_COLUMNS = dict.fromkeys(
    (
        "name",
        "measure",
        "unit",
        "observation_ids",
        "figure_ids",
        "incident_ids",
        "document_ids",
        "sources",
        "place_ids",
        "start",
        "end",
        "low",
        "high",
        "text",
    ),
    "object",
) | {"low": "float64", "high": "float64", "undated": "bool"}
_HEDGES = {"approx": "about ", "at_least": "at least ", "at_most": "at most "}
_FEW = 3  # as many are named; of more it is said how many there are


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What does not fit.

    `low` and `high` are the two numbers that disagree, in the unit of the observations (SI); `text` says it
    in a sentence. The observation that the warning is on comes first.
    """

    name: Check
    observations: tuple[Observation, ...]
    low: float
    high: float
    text: str

    @property
    def undated(self) -> bool:
        """Whether it rests on a running total of which nobody tells the first day."""
        return any(one.start is None and one.measure not in STOCK_MEASURES for one in self.observations)

    def row(self) -> dict[str, Any]:
        """Return the discrepancy as a row with the columns `WARNING_COLUMNS`."""
        told, first = self.observations, self.observations[0]
        starts, ends = [one.start for one in told if one.start], [one.end for one in told if one.end]
        lists = ("figure_ids", "incident_ids", "document_ids", "sources", "place_ids")
        return {
            "name": self.name,
            "measure": first.measure,
            "unit": first.unit,
            "observation_ids": [one.id for one in told],
            **{name: sorted({part for one in told for part in getattr(one, name)}) for name in lists},
            "start": min(starts, default=None),
            "end": max(ends, default=None),
            "low": self.low,
            "high": self.high,
            "text": self.text,
            "undated": self.undated,
        }


def amount(value: float, unit: str) -> str:
    """Return a value in the unit that people use, areas in hectares."""
    if unit == "m2":
        return f"{value / SI_FACTORS['ha']:,.10g} ha"
    return f"{value:,.10g}%" if unit == "percent" else f"{value:,.10g}"


def told(observation: Observation) -> str:
    """Return the value of an observation with its hedge: `at least 1,234.5 ha`."""
    shown = amount(observation.value, observation.unit)
    if observation.value_max is not None:
        shown += f" to {amount(observation.value_max, observation.unit)}"
    return _HEDGES.get(observation.qualifier, "") + shown


def days(start: object, end: object) -> str:
    """Return a period as people write it for programs: `2023-01-02 to 2023-01-08`."""
    if start == end:
        return str(start or "no day")
    return f"{start or '…'} to {end or '…'}"


def places(place_ids: Sequence[str], nesting: Nesting) -> str:
    """Return the names of places, or how many there are."""
    if len(place_ids) > _FEW:
        return f"{len(place_ids)} places"
    return ", ".join(nesting.place(one).name for one in place_ids)


def where_and_when(observation: Observation, nesting: Nesting) -> str:
    """Return places and days of an observation: `Aghdam, 2023-01-02 to 2023-01-08`."""
    return f"{places(observation.place_ids, nesting)}, {days(observation.start, observation.end)}"


def order(one: Discrepancy) -> tuple[Any, ...]:
    """Return a sort key: what rests on undated totals last, then by check, day and observations."""
    first = one.observations[0]
    latest = first.end or dt.date.max
    ids = tuple(part.id for part in one.observations)
    return one.undated, CHECKS.index(one.name), first.measure, latest, ids


def total_of(values: Iterable[float]) -> float:
    """Return a sum to a thousandth of a unit: finer than any report, coarser than what floats get wrong."""
    return round(math.fsum(values), 3)
