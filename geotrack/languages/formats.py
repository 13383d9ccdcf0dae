# ruff: noqa: RUF001 - these are alphabets
"""Numbers, dates and lists as the language spoken writes them, by CLDR."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from geotrack.languages.speaking import spoken

# CLDR has no collation in Babel: the letters in which these alphabets differ from code point order.
_ALPHABETS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
_DAYS = _NUMBERS = 10_000  # of which the words are kept: a map tells the same ones many thousand times
_LOWER = {"az": str.maketrans({"İ": "i", "I": "ı"})}


def number(value: float | Decimal, digits: int | None = None) -> str:
    """Return a number as people write it, `1 234,5`; `digits` are those after the point at most."""
    plain = value if isinstance(value, int | Decimal) else Decimal(f"{value:.10g}")
    if digits is not None:
        plain = round(Decimal(plain), digits)
    return _number(str(plain), spoken())


@lru_cache(_NUMBERS)
def _number(plain: str, locale: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(Decimal(plain), locale=locale, decimal_quantization=False))


def percent(share: float, digits: int = 0) -> str:
    """Return a share of one as percent."""
    from babel.numbers import format_percent

    plain = round(Decimal(f"{share:.10g}"), digits + 2)
    return str(format_percent(plain, locale=spoken(), decimal_quantization=False))


def day(value: dt.date) -> str:
    """Return a day with its month in words."""
    return _day(value, "long" if spoken() != "en" else "d MMMM y", spoken())


@lru_cache(maxsize=_DAYS)
def _day(value: dt.date, pattern: str, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(value, pattern, locale=locale))


def days_between(start: dt.date, end: dt.date) -> str:
    """Return two days and what lies between; the month and year that they share are said once."""
    first, last = day(start), day(end)
    if start == end:
        return first
    if spoken().startswith("az") or start.year != end.year:
        return f"{first} \N{EN DASH} {last}"
    shared = "d" if start.month == end.month else "d MMMM"
    return f"{_day(start, shared, spoken())} \N{EN DASH} {last}"


def month(value: dt.date) -> str:
    """Return a month in words, with its year."""
    from babel.dates import format_date

    return str(format_date(value, "LLLL y", locale=spoken()))


def quarter(value: dt.date) -> str:
    """Return the quarter of a day in short, with its year."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yQQQ", value, locale=spoken()))


def listed(parts: Iterable[str]) -> str:
    """Return parts in a row, the last two joined by the language's `and`."""
    from babel.lists import format_list

    return str(format_list([*parts], locale=spoken()))


def alphabetical(text: str, locale: str | None = None) -> tuple[int, ...]:
    """Return a key that sorts texts by the alphabet of a language, of the one spoken if none is given."""
    language = (locale or spoken()).replace("_", "-").split("-")[0]
    alphabet = _ALPHABETS.get(language, "")
    plain = text.translate(_LOWER[language]) if language in _LOWER else text
    return tuple(_rank(letter, alphabet) for letter in plain.lower())


def _rank(letter: str, alphabet: str) -> int:
    """Return where a letter stands: what is no letter first, then the alphabet, then all other letters."""
    if not letter.isalpha():
        return ord(letter) - 0x110000
    place = alphabet.find(letter)
    return place if place >= 0 else len(alphabet) + ord(letter)
