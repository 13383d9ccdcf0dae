"""How long the land that remains would last at the recent pace: a division, and nobody's forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geotrack.analysis.answers import Total, total
from geotrack.analysis.bands import Band
from geotrack.analysis.bins import By, bands_of
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.levels import DAYS_A_YEAR, REASONS
from geotrack.analysis.outlooksides import MISSING_COLUMNS, missing_sides
from geotrack.analysis.placement import OnePlace
from geotrack.analysis.tables import records, rows_of, typed
from geotrack.errors import UsageError
from geotrack.models import Measure

REMAINING: Measure = "area_contaminated"
RECENT = 3  # bins: enough to show a spread, few enough to be recent
# Days before the level: what was done longer ago is no recent pace, however little is told since.
OLDEST = 5 * 366
# A bin of which less is told says little of the pace of the whole.
LEAST_TOLD = 0.5
CLAIMS_NOTE = "Claims are what reports quote, each from its own day; they enter no sum and no division."
ARITHMETIC_NOTE = "Arithmetic, not a forecast: what remains over the pace of recent periods."

# A pace of at least so much makes it at most so many years; two bounds make none.
_YEARS_QUALIFIER: dict[tuple[str | None, str], str] = {
    ("exact", "exact"): "exact",
    ("exact", "at_least"): "at_most",
    ("at_least", "exact"): "at_least",
}
OUTLOOK_COLUMNS = (
    dict.fromkeys(
        ("place_id", "as_of", "remaining_qualifier", "kind", "measure", "pace_qualifier", "years_qualifier"),
        "object",
    )
    | dict.fromkeys(("remaining", "slowest", "fastest", "years_least", "years_most"), "float64")
    | {"n_bins": "int64", "age_days": "Int64"}
    | dict.fromkeys(("paces", "remaining_figure_ids", "figure_ids"), "object")
)
CLAIM_COLUMNS = dict.fromkeys(
    (
        "claim_id", "place_ids", "published", "publisher", "speaker", "qualifier", "condition", "until",
        "text", "sentence", "title", "url", "document_id",
    ),
    "object",
) | dict.fromkeys(("years", "years_max", "share", "confidence"), "float64")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outlook:
    """Land that remains over the recent pace, for a place and the places in it where both are known.

    Attributes
    ----------
    table
        See `outlook`.
    missing
        Places of which one side is not known: `missing` (`remaining`, `pace`, or `both` for the place asked
        for), the `reason`, and the `remedy`: what to add.
    claims
        What reports quote of the years ahead, in the place and the places in it, the latest first: `years`
        (up to `years_max`) or the year `until`, with `qualifier`, `condition` ("at the current pace"),
        `share` of the land in percent, `speaker` where plain, and the sentence of the document that says it.
        Nothing is added to them, and they are added to nothing (`CLAIMS_NOTE`).
    """

    place_id: str
    by: str
    table: pd.DataFrame
    missing: pd.DataFrame
    claims: pd.DataFrame

    def to_dict(self) -> dict[str, object]:
        """Return the outlook in JSON types, with what it is and is not; days are ISO dates."""
        return {
            "place_id": self.place_id,
            "by": self.by,
            "note": ARITHMETIC_NOTE,
            "rows": rows_of(self.table),
            "missing": rows_of(self.missing),
            "claims": rows_of(self.claims),
            "claims_note": CLAIMS_NOTE,
        }


def outlook(
    ledger: Ledger,
    *,
    place_id: str,
    by: By = "year",
    last: int = RECENT,
    on: dt.date | None = None,
    claims: pd.DataFrame | None = None,
) -> Outlook:
    """Return the years that contaminated land would last at the recent pace: arithmetic, not a forecast.

    Parameters
    ----------
    ledger
        The reconciled facts.
    place_id
        The place; with it every place in it. Only those count whose own contaminated land is stated: a sum of
        parts is not what remains.
    by, last
        The pace is that of the last so many bins, a `month`, `quarter` or `year` each, that end no more than
        five years before the level.
    on
        The day at which the age of the level is told.
    claims
        The store's claims, to stand beside (`Store.claims`); those less sure than the ledger asks are not.

    Returns
    -------
    outlook
        `table` has a row for each place and kind (`clearance`, `release`, `survey`) of which both are known:
        `remaining` land in m² with `remaining_qualifier`, its day `as_of` and `age_days`; the `slowest` and
        the `fastest` pace in m² a year, `years_least` (at the fastest) and `years_most` (at the slowest, NaN
        where nothing was done), counted from `as_of`; `n_bins` and `paces` with the `bin`, `value` in m²,
        `days_told`, `days`, `per_year`, `qualifier` and `figure_ids` of each. `pace_qualifier` is of the
        least sure of them, `years_qualifier` what follows: a pace of at least so much means at most so many
        years. `remaining_figure_ids` state the land, `figure_ids` it and the paces.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer.
    UsageError
        If `last` is less than one.

    Notes
    -----
    A bin's pace is what is known to lie inside it over the days that those figures tell of; a bin of which
    less than half is told is passed over. Kinds may tell of the same land and are not added; surveyed land
    is not safe because it was surveyed. Levels fall by survey more than by clearance, so none of the rows
    says when an area will be free of mines.
    """
    if last < 1:
        raise UsageError(f"No pace of {last} periods. Give one or more.")
    ledger.nesting.place(place_id)
    inside = _places_in(ledger, place_id)
    rows = [row for place in (place_id, *inside) for row in _rows(ledger, place, by, last, on)]
    levelled = {*inside, *([place_id] if _own_level(ledger, place_id) else [])}
    missing = missing_sides(ledger, place_id, {row["place_id"] for row in rows}, levelled)
    return Outlook(
        place_id,
        by,
        typed(rows, OUTLOOK_COLUMNS),
        typed(missing, MISSING_COLUMNS),
        _claims(ledger, place_id, claims),
    )


def _claims(ledger: Ledger, place_id: str, claims: pd.DataFrame | None) -> pd.DataFrame:
    """Return the claims of a place and of those in it, the latest first."""
    nesting = ledger.nesting
    known = records(claims) if claims is not None else []
    inside = [
        row
        for row in known
        if row["confidence"] >= ledger.min_confidence
        and not nesting.unknown(row["place_ids"])
        and row["place_ids"]
        and all(nesting.within(one, place_id, row["published"]) for one in row["place_ids"])
    ]
    inside.sort(key=lambda row: (-(row["published"] or dt.date.min).toordinal(), row["claim_id"]))
    return typed(inside, CLAIM_COLUMNS)


def _places_in(ledger: Ledger, place_id: str) -> list[str]:
    """Return the single places inside a place that have a level of their own, wider ones first."""
    scope, nesting = OnePlace(place_id, ledger.nesting), ledger.nesting
    found = {
        one.place_ids[0]
        for one in ledger.standing(REMAINING)
        if len(one.place_ids) == 1 and scope.placed(one)[1] == "unit"
    }
    return sorted(found - {place_id}, key=lambda one: (*(-n for n in nesting.width([one])), one))


def _own_level(ledger: Ledger, place_id: str) -> Total | None:
    """Return the contaminated land that is stated of a place itself."""
    level = total(ledger, measure=REMAINING, place_id=place_id)
    own = level.value_si is not None and level.used["place_ids"].tolist() == [[place_id]]
    return level if own else None


def _rows(ledger: Ledger, place_id: str, by: By, last: int, on: dt.date | None) -> Iterator[dict[str, Any]]:
    level = _own_level(ledger, place_id)
    if level is None:
        return
    for kind, measure in REASONS[REMAINING]:
        bands = bands_of(ledger, measure, place_id, by)
        paces = [_pace(name, band) for name, band in bands if _told(band) and _is_recent(band, level.as_of)]
        if paces:
            yield _row(level, kind, measure, paces[-last:], on)


def _days(band: Band) -> int:
    """Return on how many days of a band figures tell of something."""
    told: set[int] = set()
    for one in band.used:
        if one.start and one.end:
            told |= set(range(one.start.toordinal(), one.end.toordinal() + 1))
    return len(told)


def _is_recent(band: Band, as_of: dt.date | None) -> bool:
    return as_of is None or (as_of - band.end).days <= OLDEST


def _told(band: Band) -> bool:
    return bool(band.used) and _days(band) >= LEAST_TOLD * ((band.end - band.start).days + 1)


def _pace(name: str, band: Band) -> dict[str, Any]:
    days = _days(band)
    return {
        "bin": name,
        "value": band.value,
        "days": (band.end - band.start).days + 1,
        "days_told": days,
        "per_year": band.value / days * DAYS_A_YEAR,
        "qualifier": band.qualifier,
        "figure_ids": sorted({figure for one in band.used for figure in one.figure_ids}),
    }


def _row(
    level: Total, kind: str, measure: str, paces: Sequence[dict[str, Any]], on: dt.date | None
) -> dict[str, Any]:
    remaining = level.value_si or 0.0
    slowest, fastest = (choose(one["per_year"] for one in paces) for choose in (min, max))
    said = {one["qualifier"] for one in paces}
    worst = next((one for one in ("approx", "at_least") if one in said), "exact")
    figures = [figure for ids in level.used["figure_ids"] for figure in ids]
    return {
        "place_id": level.place_id,
        "as_of": level.as_of,
        "age_days": pd.NA if on is None or level.as_of is None else (on - level.as_of).days,
        "remaining": remaining,
        "remaining_qualifier": level.qualifier,
        "kind": kind,
        "measure": measure,
        "slowest": slowest,
        "fastest": fastest,
        "pace_qualifier": worst,
        "years_qualifier": _YEARS_QUALIFIER.get((level.qualifier, worst), "approx"),
        "years_least": remaining / fastest if fastest else float("nan"),
        "years_most": remaining / slowest if slowest else float("nan"),
        "n_bins": len(paces),
        "paces": list(paces),
        "remaining_figure_ids": sorted(figures),
        "figure_ids": sorted({*figures, *(figure for one in paces for figure in one["figure_ids"])}),
    }
