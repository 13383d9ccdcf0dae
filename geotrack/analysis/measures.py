"""How measures nest: which are levels, and which are parts of which."""

from __future__ import annotations

STOCK_MEASURES = frozenset({"area_contaminated", "share_contaminated", "mines_recorded", "people_at_risk"})

MEASURE_PARTS: dict[str, tuple[str, ...]] = {
    "casualties": ("killed", "injured"),
    "mines_found": ("ap_mines_found", "at_mines_found"),
    "items_found": ("mines_found", "uxo_found"),
}
"""The parts of a measure: disjoint, so that they may be added; IMAS 04.10 defines the terms."""

WHOLE_OF_PARTS = frozenset({"casualties"})
"""The measures that are all of their parts: there are items that are neither mine nor UXO."""

_UNITS = {"share_contaminated": "percent"} | dict.fromkeys(
    ("people_at_risk", "killed", "injured", "casualties"), "people"
)


def unit_of(measure: str) -> str:
    """Return the unit that values of a measure are in: `m2`, `percent`, `people` or `count`."""
    return _UNITS.get(measure, "m2" if measure.startswith("area_") else "count")


def with_parts(measure: str) -> tuple[str, ...]:
    """Return a measure and all measures below it, itself first."""
    return (measure, *(below for part in MEASURE_PARTS.get(measure, ()) for below in with_parts(part)))
