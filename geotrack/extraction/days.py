"""Stretches of days: months, quarters, weeks, and what a missing year must be."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

FIRST_YEAR, LAST_YEAR = 1988, 2040
FEBRUARY, DECEMBER = 2, 12


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days with both ends inclusive, and how finely it was stated."""

    start: dt.date
    end: dt.date
    precision: str = "day"


def is_year(value: float) -> bool:
    """Tell whether a number can be a year that reports speak of."""
    return value == int(value) and FIRST_YEAR <= value <= LAST_YEAR


def day(year: int, month: int, number: int) -> Days | None:
    """Return one day, or None if the calendar has no such day."""
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return None
    return Days(date, date, "day")


def month(year: int, number: int) -> Days:
    """Return a calendar month."""
    last = calendar.monthrange(year, number)[1]
    return Days(dt.date(year, number, 1), dt.date(year, number, last), "month")


def months(year: int, first: int, last: int) -> Days:
    """Return the months from `first` to `last` of a year."""
    return Days(month(year, first).start, month(year, last).end, "months")


def year(number: int) -> Days:
    """Return a calendar year."""
    return Days(dt.date(number, 1, 1), dt.date(number, DECEMBER, 31), "year")


def latest_year_for(reference: dt.date, month_number: int, day_number: int = 1) -> int:
    """Return the year of the latest such day that is not after the reference day."""
    return (
        reference.year
        if (month_number, day_number) <= (reference.month, reference.day)
        else reference.year - 1
    )


def nearest_year_for(reference: dt.date, month_number: int, day_number: int = 1) -> int:
    """Return the year of such a day that is nearest to the reference day, before or after."""
    latest = latest_year_for(reference, month_number, day_number)
    before, after = day(latest, month_number, day_number), day(latest + 1, month_number, day_number)
    if before is None or after is None:
        return latest
    return latest if reference - before.start <= after.start - reference else latest + 1


def unit_containing(reference: dt.date, unit: str, shift: int = 0) -> Days:
    """Return the calendar unit that is `shift` units from a day's own; weeks begin on Monday.

    A fortnight is a week with the one before it, a decade ten years of one tens digit.
    """
    if unit in {"week", "fortnight"}:
        weeks = 2 if unit == "fortnight" else 1
        monday = reference - dt.timedelta(days=reference.weekday()) + dt.timedelta(weeks=weeks * shift)
        start = monday - dt.timedelta(weeks=weeks - 1)
        return Days(start, monday + dt.timedelta(days=6), "week" if weeks == 1 else "range")
    if unit == "day":
        date = reference + dt.timedelta(days=shift)
        return Days(date, date, "day")
    if unit == "decade":
        first_year = reference.year // 10 * 10 + 10 * shift
        return Days(dt.date(first_year, 1, 1), dt.date(first_year + 9, 12, 31), "range")
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    first = reference.replace(day=1, month=(reference.month - 1) // length * length + 1)
    start = first + relativedelta(months=shift * length)
    return Days(start, start + relativedelta(months=length, days=-1), unit)


def middle(whole: Days) -> Days:
    """Return the day that "by the middle of" means: the 15th of a month, the first of July of a year."""
    first = whole.start
    date = first.replace(day=15) if whole.precision == "month" else first.replace(month=7, day=1)
    return Days(date, date, f"middle.{whole.precision}")


def around_middle(days: Days) -> Days:
    """Return the month or year whose middle a day is: "in mid-May" is told of May."""
    kind, _, unit = days.precision.partition(".")
    return unit_containing(days.start, unit) if kind == "middle" else days


def days_before(reference: dt.date, count: int, unit: str) -> Days:
    """Return the days some units ago: a day for days and weeks, else the month or year it lies in."""
    date = window_before(reference, count, unit).start
    return unit_containing(date, unit) if unit in {"month", "year"} else Days(date, date, "day")


def window_before(reference: dt.date, count: int, unit: str) -> Days:
    """Return the stretch of `count` units that ends on a day; a day's window begins the day before."""
    return Days(reference - _step(count, unit), reference, "window")


def window_after(reference: dt.date, count: int, unit: str) -> dt.date:
    """Return the day some units after a day."""
    return reference + _step(count, unit)


def _step(count: int, unit: str) -> relativedelta:
    return {
        "hour": relativedelta(days=max(1, round(count / 24))),
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "fortnight": relativedelta(weeks=2 * count),
        "month": relativedelta(months=count),
        "quarter": relativedelta(months=3 * count),
        "half": relativedelta(months=6 * count),
        "year": relativedelta(years=count),
        "decade": relativedelta(years=10 * count),
    }[unit]
