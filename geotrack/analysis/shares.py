"""A number spread over days or units that it does not tell apart: only ever on request, and labelled so."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.observations import Observation
from geotrack.analysis.windows import Window

PRORATED, SPLIT = "prorated", "split"
PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class Split:
    """How a number for several units is split: in equal parts, or by `areas` (km² of land, by unit id)."""

    areas: Mapping[str, float] | None = None

    def over(self, observation: Observation, unit_ids: Iterable[str]) -> list[tuple[str, Observation]]:
        """Return each unit's share of an observation; none where an area is not known, nor of a percent.

        Shares are approximate, whatever the number was.
        """
        units = sorted(set(unit_ids))
        weights = [1.0 if self.areas is None else self.areas.get(one, 0.0) for one in units]
        if observation.unit == "percent" or not all(weight > 0 for weight in weights):
            return []
        whole = math.fsum(weights)
        return [
            (
                unit_id,
                replace(
                    observation,
                    id=f"{observation.id}/{unit_id}",
                    value=observation.value * weight / whole,
                    value_max=None,
                    qualifier="approx",
                    place_ids=(unit_id,),
                    derived=SPLIT,
                ),
            )
            for unit_id, weight in zip(units, weights, strict=True)
        ]


def prorated(observation: Observation, window: Window) -> Observation | None:
    """Return the share of a flow that falls into a window if it happened evenly; None for any other."""
    first, last = observation.start, observation.end
    if first is None or last is None or observation.measure in STOCK_MEASURES or observation.derived:
        return None
    start, end = max(first, window.start or first), min(last, window.end or last)
    share = ((end - start).days + 1) / ((last - first).days + 1)
    return replace(
        observation,
        value=observation.value * share,
        value_max=None,
        qualifier="approx",
        start=start,
        end=end,
        derived=PRORATED,
    )


def per_area(value_si: float | None, unit_si: str, area_km2: float | None) -> float | None:
    """Return a value by land: percent of it for an area in m², else so many per 100 km²; None if unknown."""
    if value_si is None or not area_km2 or unit_si == "percent":
        return None
    return value_si / (area_km2 * 1e6) * 100 if unit_si == "m2" else value_si / area_km2 * 100


def per_people(value_si: float | None, unit_si: str, population: int | None) -> float | None:
    """Return so many per 100,000 inhabitants; None where they, or the value, are not known."""
    return (
        value_si / population * PEOPLE
        if value_si is not None and population and unit_si == "people"
        else None
    )
