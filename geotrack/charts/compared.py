"""What places are compared by: each observation once, under the place that it speaks of most closely."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from geotrack.analysis.tables import records
from geotrack.analysis.timelines import Timeline
from geotrack.charts.axes import Row, Span, readable
from geotrack.languages import gettext as _
from geotrack.languages import number

View = Literal["total", "rate", "cumulative"]

PLACE_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's hues, those first that stand out best from white; as many as places can be compared."""
SHARED_COLOUR = "#6b6b6b"
MOST_PLACES = len(PLACE_COLOURS)

MOST_DRAWN = 600
"""From more figures than these on a chart is a thicket, and slow to draw."""

_SCOPES = ("own", "inside", "group", "wider")
_SHARED = frozenset(("group", "wider"))
_PER_KM2 = 100  # counts are told per 100 km², as on the map
_DECIMALS = ((1000, 0), (100, 1), (0, 2))  # from this size on, so many decimals, as on the map
_SIGNIFICANT = 3  # a quotient has no end of digits


@dataclass(frozen=True, slots=True)
class Subject:
    """A place that is compared: how it is called, what is known of it, and its size where that is known.

    `rank` says how wide its level is, as `geotrack.analysis.nesting.LEVEL_RANK`: what lies in two of the
    places that are compared is drawn under the narrower one.
    """

    place_id: str
    name: str
    known: Timeline
    rank: int = 0
    area_km2: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How a comparison is drawn.

    Attributes
    ----------
    span
        The days that were asked for, both inclusive; what touches none of them is left out. None is all.
    view
        `total` as stated, `rate` by the days of each figure, `cumulative` running totals alone.
    wider
        Whether figures for wider areas are drawn, too.
    density
        Whether values are divided by the size of their place.
    shown
        What is picked out: an observation's id, a bin's or an incident's.
    """

    span: Span | None = None
    view: View = "total"
    wider: bool = False
    density: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """By what SI values are divided to be easy to read, and how the unit is then called."""

    factor: float
    unit: str
    quotient: bool = False
    rounded: bool = False

    @classmethod
    def of(cls, unit_si: str, largest: float, look: Look, *, rate: bool, worked_out: bool = False) -> Amounts:
        """Choose the unit for values up to the largest one; land that was worked out is said rounded."""
        density = look.density and unit_si != "percent"
        if density and unit_si == "m2":
            factor, unit = 1e6 / _PER_KM2, _("% of the land")
        else:
            factor, unit = readable(unit_si, largest)
            if density:
                unit = _("{unit} per 100 km²").format(unit=unit)
                factor /= _PER_KM2
        unit = _("{unit} a day").format(unit=unit) if rate else unit
        return cls(factor, unit, density or rate, worked_out and unit_si == "m2")

    def shown(self, value: float) -> float:
        """Return an SI value in the unit shown."""
        value = value / self.factor
        if self.quotient:
            return float(f"{value:.{_SIGNIFICANT}g}")
        if self.rounded:
            return round(value, next(digits for size, digits in _DECIMALS if value >= size))
        return value

    def said(self, value: float) -> str:
        """Return an SI value with its unit, in words."""
        return f"{number(self.shown(value))} {self.unit}"


def stated(subjects: Sequence[Subject], look: Look) -> list[Row]:
    """Return what is stated of some places, each observation once, those for the longest time first.

    Returns
    -------
    rows
        Those of `Timeline.bands`, with `subject` (the index of the place that the observation speaks of, None
        where it speaks of several places at once or of a wider area), `kind` (`period`, `running` for running
        totals, `level`, or `undated`), `days` of its period, and `amount`: its value as the look asks for it,
        with `amount_max`, `amount_low` and `amount_high` likewise. Left out are wider areas, other days and,
        by size, all but a place's own figures, as the look asks.
    """
    found: dict[str, Row] = {}
    for index, subject in enumerate(subjects):
        for row in records(subject.known.bands):
            shared = row["scope"] in _SHARED
            row |= {"subject": None if shared else index, "kind": _kind(row)}
            row["closeness"] = (_SCOPES.index(row["scope"]), subject.rank, index)
            kept = found.get(row["observation_id"])
            if kept is None or row["closeness"] < kept["closeness"]:
                found[row["observation_id"]] = row
    rows = [row | _amounts(row, subjects, look) for row in found.values() if _is_asked(row, subjects, look)]
    return sorted(rows, key=lambda row: (-row["days"], str(row["start"]), row["observation_id"]))


def _kind(row: Mapping[str, Any]) -> str:
    if not (row["start"] or row["end"]):
        return "undated"
    if row["basis"] == "period":
        return "period" if row["start"] and row["end"] else "undated"
    return {"stock": "level"}.get(row["basis"], "running") if row["end"] else "undated"


def _is_asked(row: Mapping[str, Any], subjects: Sequence[Subject], look: Look) -> bool:
    if row["scope"] == "wider" and not look.wider:
        return False
    by_size = look.density and row["unit"] != "percent"
    if by_size and (row["scope"] != "own" or not subjects[row["subject"]].area_km2):
        return False
    if look.span is None:
        return True
    first = row["start"] if row["kind"] == "period" else row["end"]
    return bool(row["kind"] != "undated" and first <= look.span[1] and row["end"] >= look.span[0])


def _amounts(row: Mapping[str, Any], subjects: Sequence[Subject], look: Look) -> Row:
    days = (row["end"] - row["start"]).days + 1 if row["kind"] == "period" else 0
    divisor = float(days) if days and look.view == "rate" else 1.0
    if look.density and row["unit"] != "percent":
        divisor *= subjects[row["subject"]].area_km2 or 1.0
    ends = {"amount": "value", "amount_max": "value_max", "amount_low": "low", "amount_high": "high"}
    amounts = {name: row[of] / divisor for name, of in ends.items()}
    return {"days": days, **amounts}


def newest(rows: Sequence[Row], shown: str = "") -> list[Row]:
    """Return the rows of `stated` that a chart can hold: the newest, and what is picked out."""
    if len(rows) <= MOST_DRAWN:
        return list(rows)
    order = sorted(rows, key=lambda row: (str(row["end"] or ""), row["observation_id"]), reverse=True)
    kept = {row["observation_id"] for row in order[:MOST_DRAWN]} | {shown}
    return [row for row in rows if row["observation_id"] in kept]


def amounts_of(rows: Sequence[Mapping[str, Any]], look: Look) -> Amounts:
    """Return the unit in which some rows of `stated` are easy to read."""
    highest = max(
        (end for row in rows for end in (row["amount"], row["amount_max"]) if not pd.isna(end)), default=0.0
    )
    unit = rows[0]["unit"] if rows else "count"
    return Amounts.of(unit, highest, look, rate=look.view == "rate" and rows[0]["kind"] == "period")


def coverage_days(subject: Subject) -> list[dt.date]:
    """Return the first day of the first month and the last day of the last one in which reports came out."""
    months = list(subject.known.coverage["month"])
    return [months[0], month_end(months[-1])] if months else []


def month_end(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def days_shown(rows: Iterable[Mapping[str, Any]], subjects: Iterable[Subject]) -> Span | None:
    """Return the first and the last day that anything dated touches, or in whose month reports came out."""
    days: list[dt.date] = []
    for row in rows:
        if row["kind"] != "undated":
            days += [row["start"] if row["kind"] == "period" else row["end"], row["end"]]
    for subject in subjects:
        days += coverage_days(subject)
    return (min(days), max(days)) if days else None
