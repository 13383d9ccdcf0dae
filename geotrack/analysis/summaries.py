"""What a sum of observations rests on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geotrack.analysis.observations import Observation

Unused = list[tuple[str, str]]  # figure ids that a total did not use, each with the reason


@dataclass(frozen=True, slots=True)
class Sum:
    """What observations come to: a row of `TOTAL_COLUMNS`, those chosen, and the figures left out."""

    row: dict[str, Any]
    chosen: Sequence[Observation]
    unused: Unused


def describe(chosen: Sequence[Observation]) -> dict[str, Any]:
    """Return the sum of observations and what it rests on, as a row of `TOTAL_COLUMNS`."""
    ends = [one.end for one in chosen]
    starts = [one.start for one in chosen]
    known_ends = [end for end in ends if end]
    return {
        "value": math.fsum(one.value for one in chosen),
        "n_observations": len(chosen),
        "n_documents": len({document for one in chosen for document in one.document_ids}),
        "n_sources": len({source for one in chosen for source in one.sources}),
        "as_of": max(known_ends, default=None),
        "start": None if None in starts else min(start for start in starts if start),
        "end": None if None in ends else max(known_ends),
        "figure_ids": sorted({figure for one in chosen for figure in one.figure_ids}),
        "incident_ids": sorted({incident for one in chosen for incident in one.incident_ids}),
    }


def finer_only(chosen: Sequence[Observation], unit_id: str) -> bool:
    """Tell whether observations of a unit are of places inside it alone."""
    return bool(chosen) and not any(one.place_ids == (unit_id,) for one in chosen)
