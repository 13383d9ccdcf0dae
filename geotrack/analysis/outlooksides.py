"""Which side of an outlook nobody tells, where one is missing, and what to add so that it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from geotrack.analysis.ledger import Ledger
from geotrack.analysis.levels import REASONS
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.placement import OnePlace
from geotrack.models import Measure

MISSING_COLUMNS = dict.fromkeys(("place_id", "missing", "reason", "remedy"), "object")
_REMAINING: Measure = "area_contaminated"
_UNITS = frozenset({"country", "adm1", "adm2"})


def missing_sides(
    ledger: Ledger, place_id: str, told: Collection[str], levelled: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Yield what each place lacks of which an outlook cannot be told.

    The place asked for, those in it of which one side is known, the widest first.

    Parameters
    ----------
    ledger, place_id
        The reconciled facts, and the place asked for.
    told
        The places of which an outlook is told.
    levelled
        The places whose own contaminated land is stated.

    Yields
    ------
    row
        `place_id`, `missing` (`remaining`, `pace`, `both`), `reason` and `remedy`.

    Notes
    -----
    Cost: linear in what is known of contaminated, cleared, released and surveyed land.
    """
    nesting = ledger.nesting
    scope = OnePlace(place_id, nesting)
    work = [one for _, measure in REASONS[_REMAINING] for one in ledger.standing(measure)]
    inside = [one for one in work if scope.placed(one)[1] == "unit"]
    units = {one.place_ids[0] for one in inside if len(one.place_ids) == 1}
    units = {one for one in units if nesting.place(one).level in _UNITS}
    asked = {place_id, *levelled, *units} - {*told}
    lying = _by_unit(inside, nesting)
    for place in sorted(asked, key=lambda one: (one != place_id, *(-n for n in nesting.width([one])), one)):
        within = OnePlace(place, nesting)
        is_region = nesting.place(place).level == "region"  # what it holds depends on the day
        here = [one for one in inside if within.placed(one)[1] == "unit"] if is_region else lying[place]
        if place in levelled:
            yield _row(place, "pace", _why_no_pace(here))
        elif here:
            parts = any(within.placed(one)[1] == "unit" for one in ledger.standing(_REMAINING))
            yield _row(place, "remaining", _why_no_level(parts=parts))
        else:
            yield _row(place, "both", _why_nothing())


def _by_unit(items: Iterable[Observation], nesting: Nesting) -> dict[str, list[Observation]]:
    """Return the observations by each place, but for regions, in which all that they speak of lies."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for one in items:
        for unit in set.intersection(*(set(nesting.chain(place)) for place in one.place_ids)):
            found[unit].append(one)
    return found


def _row(place_id: str, missing: str, reason: str) -> dict[str, Any]:
    return {"place_id": place_id, "missing": missing, "reason": reason, "remedy": _remedy(missing)}


def _why_no_pace(here: list[Observation]) -> str:
    if not here:
        return "no report states land cleared, released or surveyed there"
    if not any(one.start and one.end for one in here):
        return "what was cleared, released or surveyed there is told without a first and a last day"
    return "what was cleared, released or surveyed there is told of too few or too old days to be a pace"


def _why_nothing() -> str:
    return "no report states contaminated land of the place, or any work on it"


def _why_no_level(*, parts: bool) -> str:
    if parts:
        return "contaminated land is stated of parts of the place only, or of no one place in it"
    return "no report states how much land of the place is contaminated"


def _remedy(missing: str) -> str:
    if missing == "pace":
        return "Add reports of the land cleared, released or surveyed there by week, month or year."
    if missing == "remaining":
        return "Add a report that states its contaminated land as of a day."
    return "Add a report that states its contaminated land as of a day, and reports of the work done there."
