"""Class breaks of a person's own: as written in the language spoken, and as they stand in an address."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from geotrack.languages import spoken

MOST_CLASSES = 6  # as many as a ramp has colours


def read(text: str) -> tuple[float, ...]:
    """Read class breaks as people write them in the language spoken: `10; 50; 200`, `0.5 1,000`.

    Raises
    ------
    ValueError
        If they are none, too many, not above zero, or do not rise.
    """
    parts = [part.strip(",") for part in re.split(r"[;\s]+", text.strip()) if part.strip(",")]
    try:
        found = tuple(float(parse_decimal(part, locale=spoken(), strict=True)) for part in parts)
    except NumberFormatError as error:
        raise ValueError(text) from error
    return _checked(found, text)


def in_words(breaks: Iterable[float]) -> str:
    """Return class breaks as people write them."""
    return "; ".join(
        str(format_decimal(one, locale=spoken(), group_separator=False, decimal_quantization=False))
        for one in breaks
    )


def of_address(text: str) -> str:
    """Return class breaks of an address as people write them; ValueError if they are none."""
    return in_words(_checked(tuple(map(float, text.split(","))), text))


def address(breaks: Iterable[float]) -> str:
    """Return class breaks as they stand in an address."""
    return ",".join(f"{one:.12g}" for one in breaks)


def _checked(breaks: tuple[float, ...], text: str) -> tuple[float, ...]:
    rise = all(low < up for low, up in itertools.pairwise(breaks))
    if not 0 < len(breaks) < MOST_CLASSES or not rise or not breaks[0] > 0 or not math.isfinite(breaks[-1]):
        raise ValueError(text)
    return breaks
