"""Where an observation belongs: in a unit, in a group of units, beside them, or at the window's edge."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from geotrack.analysis.increments import DIFFERENCE
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Known, Observation
from geotrack.analysis.shares import Split, prorated
from geotrack.analysis.windows import Window
from geotrack.models import Level

UPPER_BOUND = "states an upper bound only"


@dataclass(slots=True)
class Placement:
    """Observations of one country and measure, by where they belong."""

    units: dict[str, list[Observation]]
    groups: list[dict[str, Any]]
    coarser: list[dict[str, Any]]
    straddling: list[dict[str, Any]]
    left_out: list[tuple[str, str]]


class Scope(Protocol):
    """The units that are asked for."""

    def concerns(self, observation: Observation) -> bool:
        """Tell whether an observation speaks of any place in them or around them."""

    def placed(self, observation: Observation) -> tuple[list[str], str, str]:
        """Return the units, what an observation is to them (`unit`, `group`, `coarser`), and the reason."""

    def sharing(self, observation: Observation) -> tuple[str, ...]:
        """Return all units that share a group's or a region's number; none where they cannot be named."""

    def asks_for(self, unit_id: str) -> bool:
        """Tell whether a unit is one of those asked for."""


@dataclass(frozen=True, slots=True)
class UnitsOfLevel:
    """Every unit of a country's level; what it answers of some places it remembers."""

    adm0: str
    level: Level
    nesting: Nesting
    _placed: dict[tuple[str, ...], tuple[list[str], str, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def concerns(self, observation: Observation) -> bool:
        """Tell whether an observation speaks of any place of the country."""
        return any(self.nesting.place(place).adm0 == self.adm0 for place in observation.place_ids)

    def placed(self, observation: Observation) -> tuple[list[str], str, str]:
        """Return the units, what an observation is to them, and the reason."""
        place_ids = observation.place_ids
        if place_ids not in self._placed:
            self._placed[place_ids] = self._place(place_ids)
        return self._placed[place_ids]

    def _place(self, place_ids: Sequence[str]) -> tuple[list[str], str, str]:
        nesting, adm0, level = self.nesting, self.adm0, self.level
        units = [nesting.unit_at(place, level) for place in place_ids]
        known = sorted({unit for unit in units if unit and nesting.place(unit).adm0 == adm0})
        if None in units or any(nesting.place(place).adm0 != adm0 for place in place_ids):
            return known, "coarser", f"wider than one {nesting.level_name(adm0, level)}"
        if len(known) > 1:
            named = nesting.level_name(adm0, level, plural=True)
            return known, "group", f"one number for {len(known)} {named}"
        return known, "unit", ""

    def sharing(self, observation: Observation) -> tuple[str, ...]:
        """Return all units that share a number."""
        return _sharing(observation, self.level, self.nesting)

    def asks_for(self, unit_id: str) -> bool:
        """Tell whether a unit is of the country."""
        return self.nesting.place(unit_id).adm0 == self.adm0


@dataclass(frozen=True, slots=True)
class OnePlace:
    """A single place of any kind, with all that lies in it."""

    place_id: str
    nesting: Nesting

    def concerns(self, observation: Observation) -> bool:
        """Tell whether an observation speaks of the place, of one in it, or of one around it."""
        on = observation.end or observation.start
        return any(self.nesting.overlap(place, self.place_id, on) for place in observation.place_ids)

    def placed(self, observation: Observation) -> tuple[list[str], str, str]:
        """Return the place, what an observation is to it, and the reason."""
        on = observation.end or observation.start
        inside = [self.nesting.within(place, self.place_id, on) for place in observation.place_ids]
        if all(inside):
            return [self.place_id], "unit", ""
        if any(inside):
            return [self.place_id], "group", "speaks of places outside as well"
        return [self.place_id], "coarser", "speaks of a wider place"

    def sharing(self, observation: Observation) -> tuple[str, ...]:
        """Return all units of the place's level that share a number."""
        return _sharing(observation, self.nesting.place(self.place_id).level, self.nesting)

    def asks_for(self, unit_id: str) -> bool:
        """Tell whether a unit is the place."""
        return unit_id == self.place_id


def _sharing(observation: Observation, level: str, nesting: Nesting) -> tuple[str, ...]:
    on = observation.end or observation.start
    members = [member for place in observation.place_ids for member in nesting.members(place, on)]
    units = [nesting.unit_at(member, level) for member in members]
    return tuple(sorted({unit for unit in units if unit})) if None not in units else ()


def sort_by_unit(
    known: Known, window: Window, scope: Scope, *, prorate: bool = False, split: Split | None = None
) -> Placement:
    """Put each observation where it belongs: a unit, a group, the wider ones, the window's edge.

    With `prorate` a flow that straddles the window's edge counts with the share of its days that lie inside,
    with `split` one of a group or a named region is shared out to its units as well; such shares are
    approximate. What a running total grew by, or a whole of which a part is that, is never listed beside: the
    totals are.
    """
    parted = Placement(defaultdict(list), [], [], [], [])
    for one in filter(scope.concerns, known.stated):
        reason = known.lost.get(one.id) or (UPPER_BOUND if one.qualifier == "at_most" else None)
        parted.left_out += [(figure, reason) for figure in one.figure_ids if reason]
    here = [one for one in known.standing if one.qualifier != "at_most" and scope.concerns(one)]
    for one in _with_parts_joined(_with_windows_apart(here)):
        misfit = _misfit(one, window)
        if misfit == "outside":
            told = () if one.derived else one.figure_ids
            parted.left_out += [(figure, "outside the window") for figure in told]
            continue
        unit_ids, kind, reason = scope.placed(one)
        share = prorated(one, window) if misfit and prorate else None
        if kind == "unit" and (share or not misfit):
            parted.units[unit_ids[0]].append(share or one)
            continue
        for unit_id, part in split.over(one, scope.sharing(one)) if split and not misfit else ():
            if scope.asks_for(unit_id):
                parted.units[unit_id].append(part)
        if one.derived != DIFFERENCE:
            listed = parted.straddling if misfit else parted.groups if kind == "group" else parted.coarser
            listed.append({**one.row(), "unit_ids": unit_ids, "reason": misfit or reason})
    return parted


def _misfit(observation: Observation, window: Window) -> str | None:
    if observation.measure not in STOCK_MEASURES:
        return window.misfit(observation.start, observation.end)
    as_of = observation.end
    if as_of is None:
        return None if window.is_open else "its as-of day is unknown"
    return window.misfit(as_of, as_of)


def _with_windows_apart(items: Sequence[Observation]) -> list[Observation]:
    """End a rolling window the day before its end where the next one of its series begins on that day."""
    begins = {(one.measure, one.place_ids, one.done_by, one.start) for one in items if one.rolling}
    return [
        replace(one, end=one.end - dt.timedelta(days=1))
        if one.rolling
        and one.start
        and one.end
        and one.start < one.end
        and (one.measure, one.place_ids, one.done_by, one.end) in begins
        else one
        for one in items
    ]


def _with_parts_joined(items: Sequence[Observation]) -> list[Observation]:
    """Add the labelled parts of one place and time (land and water) into one observation."""
    parts: dict[tuple[Any, ...], list[Observation]] = defaultdict(list)
    joined: list[Observation] = []
    for one in items:
        if one.part is None or one.unit == "percent":
            joined.append(one)
        else:
            parts[one.measure, one.place_ids, one.start, one.end, one.done_by].append(one)
    return [*joined, *(_joined(group) for group in parts.values())]


def _firmness(one: Observation) -> str:
    return "at_least" if one.qualifier == "exact" and one.value_max is not None else one.qualifier


def _joined(group: Sequence[Observation]) -> Observation:
    by_label = {one.part: one for one in sorted(group, key=lambda one: (one.value, one.id))}
    parts = [by_label[label] for label in sorted(by_label, key=str)]
    if len(parts) == 1:  # land without its water is not the whole
        firm = parts[0].qualifier == "exact"
        return replace(parts[0], qualifier="at_least") if firm else parts[0]
    order = ["at_most", "approx", "at_least", "exact"]
    return replace(
        parts[0],
        id=min(one.id for one in parts),
        value=math.fsum(one.value for one in parts),
        value_max=None,
        qualifier=min((_firmness(one) for one in parts), key=order.index),
        part=None,
        figure_ids=tuple(sorted({figure for one in parts for figure in one.figure_ids})),
        document_ids=tuple(sorted({document for one in parts for document in one.document_ids})),
        sources=tuple(sorted({source for one in parts for source in one.sources})),
    )
