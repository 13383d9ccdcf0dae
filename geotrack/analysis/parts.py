"""A whole measure from its parts: AP and AT mines of one report are mines, killed and injured casualties."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from geotrack.analysis.increments import DIFFERENCE
from geotrack.analysis.measures import MEASURE_PARTS, WHOLE_OF_PARTS
from geotrack.analysis.observations import Observation

PARTS = "parts"
_FIRM = ("approx", "at_least", "exact")


def wholes(measure: str, items_of: Callable[[str], Iterable[Observation]]) -> list[Observation]:
    """Return what the parts of a measure say of it: for the same places, days and actor their sum.

    A part alone is a lower bound of the whole. What is at most something says nothing of the whole. Where a
    part is what running totals grew by, so is the whole: nobody states it.

    Parameters
    ----------
    measure
        The whole.
    items_of
        Returns the observations of a part, those that follow from its own parts included.
    """
    found: dict[tuple[Any, ...], dict[str, Observation]] = defaultdict(dict)
    for part in MEASURE_PARTS.get(measure, ()):
        for one in items_of(part):
            if one.qualifier == "at_most":
                continue
            key = (one.place_ids, one.start, one.end, one.done_by, one.part, one.unit)
            best = found[key].get(part)
            if best is None or (one.value, one.id) > (best.value, best.id):
                found[key][part] = one
    return [_whole(measure, list(parts.values())) for parts in found.values()]


def _firmness(one: Observation) -> str:
    """Return how surely a part counts: of a range the lower end does, and there may be more."""
    return "at_least" if one.qualifier == "exact" and one.value_max is not None else one.qualifier


def _whole(measure: str, parts: Sequence[Observation]) -> Observation:
    complete = len(parts) == len(MEASURE_PARTS[measure]) and measure in WHOLE_OF_PARTS
    weakest = min((_firmness(one) for one in parts), key=_FIRM.index)
    return replace(
        parts[0],
        id="+".join(sorted(one.id for one in parts)),
        measure=measure,
        value=math.fsum(one.value for one in parts),
        value_max=None,
        qualifier=weakest if complete or weakest == "approx" else "at_least",
        rolling=any(one.rolling for one in parts),
        malformed=any(one.malformed for one in parts),
        step=max(one.step for one in parts),
        rounded=any(one.rounded for one in parts),
        figure_ids=tuple(sorted({figure for one in parts for figure in one.figure_ids})),
        document_ids=tuple(sorted({document for one in parts for document in one.document_ids})),
        sources=tuple(sorted({source for one in parts for source in one.sources})),
        derived=DIFFERENCE if any(one.derived == DIFFERENCE for one in parts) else PARTS,
        statements=(),
    )
