"""How a level changed between two days, how old it is, and what happened to the land meanwhile."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from geotrack.analysis.answers import total
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.observations import Observation
from geotrack.analysis.placement import OnePlace
from geotrack.analysis.tables import typed
from geotrack.errors import UsageError
from geotrack.models import Measure

# The mean length of a year of the Gregorian calendar.
DAYS_A_YEAR = 365.2425

REASONS: dict[str, tuple[tuple[str, Measure], ...]] = {
    "area_contaminated": (
        ("clearance", "area_cleared"),
        ("release", "area_released"),
        ("survey", "area_surveyed"),
    )
}
"""Which flows may be the reason for the fall of a level; IMAS 07.11 calls the first two land release."""

LEVEL_COLUMNS = (
    dict.fromkeys(("measure", "place_ids", "part", "done_by", "unit"), "object")
    | dict.fromkeys(("earlier_as_of", "later_as_of", "qualifier"), "object")
    | dict.fromkeys(("earlier", "later", "change", "slack", "per_year"), "float64")
    | {"days": "int64", "age_days": "Int64"}
    | dict.fromkeys(("reasons", "earlier_id", "later_id", "figure_ids", "document_ids", "sources"), "object")
)
_DAY = dt.timedelta(days=1)


def level_changes(
    ledger: Ledger,
    *,
    measure: Measure,
    place_id: str | None = None,
    on: dt.date | None = None,
) -> pd.DataFrame:
    """Return what each level changed by between two neighbouring as-of days.

    Compared are levels of the same places, part and actor (`done_by`): another reporter's level is another
    series. Of several of one day the firmest stands, then the one that claims least.

    Parameters
    ----------
    ledger
        The reconciled facts.
    measure
        A level: one of `STOCK_MEASURES`.
    place_id
        Only levels of this place and of those in it; without it all.
    on
        The day at which the age of the later level is told.

    Returns
    -------
    changes
        One row per pair of neighbours, by place and day: `earlier`, `later` and their as-of days, `change`
        (negative is a fall; in `unit`, SI; of percents, percentage points) with `slack` (by how much it may
        be off because they are rounded) and `qualifier` (`exact` between exact levels; `at_least` or
        `at_most` where a bound lets the change be bounded, a fall being negative; else `approx`), `days`
        between, `per_year`, `age_days` of the later on the day asked for, and `reasons`: what is known to
        have been cleared, released or surveyed there between the two days, with `kind`, `measure`, `value`,
        `qualifier`, `share` (of the fall; None if the level did not fall), `figure_ids`.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer.
    UsageError
        If the measure is no level.

    Notes
    -----
    A reason is what happened in the same place on days after the earlier level up to the later one; that it
    caused the fall is stated by nobody. Kinds may tell of the same land (land is surveyed before it is
    cleared or released), so their shares are not to be added. Levels of several places have no reasons.

    Cost: n log n in levels, and for each that of three totals.
    """
    if measure not in STOCK_MEASURES:
        raise UsageError(
            f"{measure} happens over time and is no level. Levels: {', '.join(sorted(STOCK_MEASURES))}."
        )
    scope = None
    if place_id is not None:
        ledger.nesting.place(place_id)
        scope = OnePlace(place_id, ledger.nesting)
    rows = [
        _row(earlier, later, _reasons(ledger, earlier, later), on)
        for series in _series(ledger.standing(measure))
        if scope is None or scope.placed(series[0])[1] == "unit"
        for earlier, later in pairwise(series)
    ]
    return typed(rows, LEVEL_COLUMNS)


def _series(levels: Iterable[Observation]) -> Iterator[list[Observation]]:
    """Yield the dated levels of each series by day, one a day."""
    found: dict[tuple[Any, ...], dict[dt.date, Observation]] = defaultdict(dict)
    for one in levels:
        if one.end is None:
            continue
        days = found[one.place_ids, one.part or "", tuple(sorted(one.done_by)), one.unit]
        if one.end not in days or _firmness(one) > _firmness(days[one.end]):
            days[one.end] = one
    for key in sorted(found):
        yield [found[key][day] for day in sorted(found[key])]


def _firmness(one: Observation) -> tuple[Any, ...]:
    return one.qualifier == "exact", one.qualifier == "approx", -one.value, one.id


def _row(
    earlier: Observation, later: Observation, reasons: list[dict[str, Any]], on: dt.date | None
) -> dict[str, Any]:
    since, until = earlier.end or dt.date.min, later.end or dt.date.min
    days, change = (until - since).days, later.value - earlier.value
    return {
        "measure": later.measure,
        "place_ids": list(later.place_ids),
        "part": later.part,
        "done_by": sorted(later.done_by),
        "unit": later.unit,
        "earlier": earlier.value,
        "earlier_as_of": since,
        "later": later.value,
        "later_as_of": until,
        "change": change,
        "qualifier": _qualifier(earlier, later),
        "slack": sum(one.step / 2 for one in (earlier, later) if one.rounded),
        "days": days,
        "per_year": change / days * DAYS_A_YEAR,
        "age_days": pd.NA if on is None else (on - until).days,
        "reasons": [{**one, "share": one["value"] / -change if change < 0 else None} for one in reasons],
        "earlier_id": earlier.id,
        "later_id": later.id,
        "figure_ids": _both(earlier.figure_ids, later.figure_ids),
        "document_ids": _both(earlier.document_ids, later.document_ids),
        "sources": _both(earlier.sources, later.sources),
    }


def _both(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return sorted({*one, *other})


def _qualifier(earlier: Observation, later: Observation) -> str:
    """Return how a change is to be read: `at_least` if the later level may be higher or the earlier lower."""
    if earlier.value_max is not None or later.value_max is not None:
        return "approx"
    bounds: Mapping[tuple[str, str], str] = {
        ("exact", "exact"): "exact",
        ("exact", "at_least"): "at_least",
        ("at_most", "exact"): "at_least",
        ("at_most", "at_least"): "at_least",
        ("exact", "at_most"): "at_most",
        ("at_least", "exact"): "at_most",
        ("at_least", "at_most"): "at_most",
    }
    return bounds.get((earlier.qualifier, later.qualifier), "approx")


def _reasons(ledger: Ledger, earlier: Observation, later: Observation) -> list[dict[str, Any]]:
    """Return what is known to have been cleared, released or surveyed between two levels of one place."""
    if len(later.place_ids) != 1 or earlier.end is None or later.end is None:
        return []
    found = []
    for kind, measure in REASONS.get(later.measure, ()):
        known = total(
            ledger, measure=measure, place_id=later.place_ids[0], start=earlier.end + _DAY, end=later.end
        )
        if known.value_si is not None:
            figures = sorted({figure for ids in known.used["figure_ids"] for figure in ids})
            told = {"kind": kind, "measure": measure, "value": known.value_si}
            found.append({**told, "qualifier": known.qualifier, "figure_ids": figures})
    return found
