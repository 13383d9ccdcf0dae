"""Dates as by-lines write them, in English, Azerbaijani, Ukrainian and Russian. A date needs its year."""
# ruff: noqa: RUF001 - dashes, quotation marks and letters of four languages are meant

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("en", "az", "uk", "ru")
# Agencies date from the years of the web on; a "date" outside is a phone number or an archive code.
FIRST_YEAR, LAST_YEAR = 1990, 2100
_MONTHS_IN_YEAR = 12
# English by-lines write Sept., which CLDR does not.
_MORE_MONTHS = {"sept": 9}
_CYRILLIC_YEAR = r"(?:\s*(?:р|г)(?:оку|ода)?\b\.?)?"


@dataclass(frozen=True, slots=True)
class DateFound:
    """A full date and where it stands in its line."""

    date: dt.date
    start: int
    end: int


def _fold(word: str) -> str:
    return word.replace("İ", "i").casefold().rstrip(".")


@cache
def months() -> dict[str, int]:
    """Return month numbers by folded name and abbreviation, from Babel's CLDR data."""
    from babel.dates import get_month_names

    names = {
        _fold(name): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
    return {**names, **_MORE_MONTHS}


@cache
def weekdays() -> frozenset[str]:
    """Return folded names of the days of the week, from Babel's CLDR data."""
    from babel.dates import get_day_names

    return frozenset(
        _fold(name)
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "stand-alone", language).values()
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    return re.compile(
        rf"""
        (?<![\w.])(?:
          (?P<iso>(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d))(?=\D|$)
        | (?P<d2>\d{{1,2}})(?P<sep>[./-])(?P<m2>\d{{1,2}})(?P=sep)(?P<y2>\d{{4}})(?!\d)
        | (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<n3>{names})\.?\s*,?\s+(?P<y3>\d{{4}})\b{_CYRILLIC_YEAR}
        | (?P<n4>{names})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y4>\d{{4}})\b
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def dates_in(line: str) -> Iterator[DateFound]:
    """Yield the full dates of a line from left to right; day before month unless the numbers forbid it.

    A date with slashes whose day and month could be swapped is not yielded: nobody can know.
    """
    folded = line.replace("İ", "i")
    for match in _pattern().finditer(folded):
        date = _date_of(match)
        if date and FIRST_YEAR <= date.year <= LAST_YEAR:
            yield DateFound(date, match.start(), match.end())


def _date_of(match: re.Match[str]) -> dt.date | None:
    part = match.groupdict()
    if part["y1"]:
        return day_of(part["y1"], part["m1"], part["d1"])
    if part["y2"]:
        return _numeric(part["d2"], part["m2"], part["y2"], part["sep"])
    if part["y3"]:
        return day_of(part["y3"], months()[_fold(part["n3"])], part["d3"])
    return day_of(part["y4"], months()[_fold(part["n4"])], part["d4"])


def _numeric(first: str, second: str, year: str, separator: str) -> dt.date | None:
    if (
        separator == "/"
        and first != second
        and int(first) <= _MONTHS_IN_YEAR
        and int(second) <= _MONTHS_IN_YEAR
    ):
        return None
    return day_of(year, second, first) or (day_of(year, first, second) if separator == "/" else None)


def day_of(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_date(text: str) -> dt.date | None:
    """Return the one date that a metadata value states: ISO, or as by-lines write it; else None."""
    try:
        return dt.datetime.fromisoformat(text.strip()).date()
    except ValueError:
        found = {each.date for each in dates_in(text)}
        return found.pop() if len(found) == 1 else None


_DUMP_FIELD = re.compile(r"\s*date\s+(?P<date>\d{4}-\d\d-\d\d)\b(?:T\S*)?", re.IGNORECASE)


def dump_field(line: str) -> tuple[dt.date | None, int]:
    """Return the date of a "date 2022-06-21" field that a page dump put first, and the field's length."""
    match = _DUMP_FIELD.match(line)
    date = parse_date(match["date"]) if match else None
    return (date, match.end()) if match and date else (None, 0)
