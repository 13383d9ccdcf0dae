"""Which unit a gazetteer's own code of a division means: told by its units and by settlements that are known.

Shipped borders are generalised: a village some kilometres from one may lie in the neighbour's outline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from geotrack.boundaries.units import KnownUnits
from geotrack.toponyms.known import KnownPlaces
from geotrack.toponyms.placing import Near
from geotrack.toponyms.rows import SourceRow

AGREED = 0.8  # of the known settlements of a division that must lie in the same unit


def by_division(
    rows: Sequence[SourceRow],
    around: Sequence[list[Near]],
    known: KnownPlaces,
    units: Mapping[str, KnownUnits],
) -> list[list[Near]]:
    """Return the units around each row, first the one that its division is, where that lies near."""
    meant = _of_settlements(rows, known) | _of_units(rows, units)
    return [_first(meant.get(row.division), near) for row, near in zip(rows, around, strict=True)]


def _first(unit: str | None, near: list[Near]) -> list[Near]:
    others = [one for one in near if one.place_id != unit]
    return near if unit is None or len(others) == len(near) else [Near(unit, 0.0), *others]


def _of_settlements(rows: Sequence[SourceRow], known: KnownPlaces) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.division and row.id in known.shipped:
            votes[row.division].update(known.own_units(known.rows[row.id]))
    leading = {division: found.most_common(1)[0] for division, found in votes.items() if found}
    return {
        division: unit
        for division, (unit, count) in leading.items()
        if count >= AGREED * votes[division].total()
    }


def _of_units(rows: Sequence[SourceRow], units: Mapping[str, KnownUnits]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        known = units.get(row.level)
        named = {unit for name in (row.name, *row.others) for unit in (known.by_name(name) if known else ())}
        if row.division and len(named) == 1:
            found[row.division] = named.pop()
    return found
