"""Which observations cannot stand beside the others: a day that holds more than its year.

A shorter time never has more than a longer one that holds it, in the same place or a wider one, by the same
actor. Of two that contradict each other so, the one that more others contradict is set aside; among equals
the greater, for a total is to be a lower bound.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from geotrack.analysis.agreement import bounds
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation

TOO_MUCH = "conflict, more than is stated for a longer time that holds it"
TOO_LITTLE = "conflict, less than is stated for shorter times that it holds"


def outvoted(items: Sequence[Observation], nesting: Nesting) -> dict[str, str]:
    """Return the ids of observations of one measure that the others contradict, each with the reason.

    Cost: observations times those of the same place and its parents, compared as arrays.
    """
    dated = [one for one in items if one.start and one.end and one.measure not in STOCK_MEASURES]
    against: dict[str, set[str]] = defaultdict(set)
    parts: set[tuple[str, str]] = set()
    wholes = _by_place(dated)
    for part in dated:
        low = bounds(part)[0]
        for key in _around(part, nesting):
            for whole in _holding(wholes.get(key), part, low):
                against[part.id].add(whole.id)
                against[whole.id].add(part.id)
                parts.add((part.id, whole.id))
    return _gone(against, parts, {one.id: one for one in dated})


def _by_place(items: Sequence[Observation]) -> dict[tuple[Any, ...], tuple[list[Observation], np.ndarray]]:
    """Return the bounded observations of each place, with start, end and upper bound as columns."""
    found: dict[tuple[Any, ...], list[Observation]] = defaultdict(list)
    for one in items:
        if np.isfinite(bounds(one)[1]):
            found[one.place_ids, one.unit, one.part].append(one)
    return {key: (held, np.array([_row(one) for one in held])) for key, held in found.items()}


def _row(one: Observation) -> tuple[float, float, float]:
    start, end = one.start or dt.date.min, one.end or dt.date.max
    return float(start.toordinal()), float(end.toordinal()), bounds(one)[1]


def _around(part: Observation, nesting: Nesting) -> list[tuple[Any, ...]]:
    """Return the place sets that hold those of an observation: the same, and the units around all of them."""
    chains = [nesting.chain(place) for place in part.place_ids]
    common = [unit for unit in chains[0] if all(unit in chain for chain in chains)]
    sets = dict.fromkeys([part.place_ids, *((unit,) for unit in common)])
    return [(places, part.unit, part.part) for places in sets]


def _holding(
    wholes: tuple[list[Observation], np.ndarray] | None, part: Observation, low: float
) -> list[Observation]:
    """Return those whose time holds that of an observation and who state less than it."""
    if wholes is None:
        return []
    held, columns = wholes
    start, end, _ = _row(part)
    less = (columns[:, 0] <= start) & (columns[:, 1] >= end) & (columns[:, 2] < low)
    return [
        held[n]
        for n in np.flatnonzero(less)
        if (not held[n].done_by or held[n].done_by == part.done_by)
        and (held[n].start, held[n].end) != (part.start, part.end)
    ]


def _gone(
    against: dict[str, set[str]], parts: set[tuple[str, str]], known: dict[str, Observation]
) -> dict[str, str]:
    gone: dict[str, str] = {}
    while against:
        worst = max(
            against,
            key=lambda one: (
                len(against[one]),
                # Never how many tell it: a copy changes nothing.
                known[one].value,
                known[one].id,
            ),
        )
        others = against.pop(worst)
        exceeds = any((worst, other) in parts for other in others)
        gone[worst] = TOO_MUCH if exceeds else TOO_LITTLE
        for other in others:
            against[other].discard(worst)
            if not against[other]:
                del against[other]
    return gone
