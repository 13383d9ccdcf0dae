"""Where an observation belongs: in a unit, in a group of units, beside them, or at the window's edge."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.statements import STOCK_MEASURES
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


def sort_by_unit(
    items: Sequence[Observation],
    set_aside: Mapping[str, str],
    nesting: Nesting,
    window: Window,
    asked: tuple[str, Level],
) -> Placement:
    """Put each observation where it belongs: a unit, a group, the wider ones, the window's edge."""
    adm0, level = asked
    parted = Placement(defaultdict(list), [], [], [], [])
    here = [one for one in items if any(nesting.place(place).adm0 == adm0 for place in one.place_ids)]
    for one in here:
        reason = set_aside.get(one.id) or (UPPER_BOUND if one.qualifier == "at_most" else None)
        parted.left_out += [(figure, reason) for figure in one.figure_ids if reason]
    standing = [one for one in here if one.id not in set_aside and one.qualifier != "at_most"]
    for one in _with_parts_joined(_with_windows_apart(standing)):
        misfit = _misfit(one, window)
        if misfit == "outside":
            parted.left_out += [(figure, "outside the window") for figure in one.figure_ids]
            continue
        unit_ids = [nesting.unit_at(place_id, level) for place_id in one.place_ids]
        known = sorted({unit for unit in unit_ids if unit and nesting.place(unit).adm0 == adm0})
        row = {**one.row(), "unit_ids": known, "reason": misfit}
        if misfit:
            parted.straddling.append(row)
        elif None in unit_ids or any(nesting.place(one_id).adm0 != adm0 for one_id in one.place_ids):
            parted.coarser.append({**row, "reason": f"wider than one {nesting.level_name(adm0, level)}"})
        elif len(known) > 1:
            parted.groups.append({**row, "reason": _shared(len(known), nesting, asked)})
        else:
            parted.units[known[0]].append(one)
    return parted


def _shared(number: int, nesting: Nesting, asked: tuple[str, Level]) -> str:
    return f"one number for {number} {nesting.level_name(*asked, plural=True)}"


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
        qualifier=min((one.qualifier for one in parts), key=order.index),
        part=None,
        figure_ids=tuple(sorted({figure for one in parts for figure in one.figure_ids})),
        document_ids=tuple(sorted({document for one in parts for document in one.document_ids})),
        sources=tuple(sorted({source for one in parts for source in one.sources})),
    )
