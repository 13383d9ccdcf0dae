"""What an address asks of a collection: box, days, properties, and which page."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection as Names
from collections.abc import Iterable
from dataclasses import dataclass, field

from geotrack.analysis.windows import Window
from geotrack.errors import UsageError

DEFAULT_LIMIT, MOST = 100, 10_000
_BOX, _BOX_WITH_HEIGHT = 4, 6
_FORMATS = {"json", "geojson"}
_OPEN = {"..", ""}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Query:
    """A question to a collection; without boxes all places, without properties all facts."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    boxes: tuple[Box, ...] = ()
    window: Window = field(default_factory=lambda: Window(None, None))
    properties: dict[str, str] = field(default_factory=dict)


def query_of(parameters: Iterable[tuple[str, str]], fields: Names[str]) -> Query:
    """Return what the parameters of an address ask.

    Raises
    ------
    UsageError
        If a parameter is not known, comes twice, or its value is none.
    """
    told: dict[str, str] = {}
    for name, value in parameters:
        if name in told:
            raise UsageError(f"{name} is given twice.")
        told[name] = value
    if told.pop("f", "json") not in _FORMATS:
        raise UsageError("f is json or geojson: there is no other format.")
    limit = min(_whole("limit", told.pop("limit", str(DEFAULT_LIMIT)), 1), MOST)
    offset = _whole("offset", told.pop("offset", "0"), 0)
    boxes, window = _boxes(told.pop("bbox", "")), _window(told.pop("datetime", ""))
    unknown = sorted(told.keys() - set(fields))
    if unknown:
        raise UsageError(
            f"No parameter {unknown[0]}. Parameters: bbox, datetime, limit, offset, and properties."
        )
    return Query(limit, offset, boxes, window, told)


def _whole(name: str, text: str, least: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > len(str(2**63)) or int(text) < least:
        raise UsageError(f"{name} is a whole number of at least {least}.")
    return int(text)


def _boxes(text: str) -> tuple[Box, ...]:
    """Return a box; one across the 180th meridian is two."""
    if not text:
        return ()
    try:
        parts = [float(one) for one in text.split(",")]
    except ValueError:
        parts = []
    if len(parts) == _BOX_WITH_HEIGHT:
        parts = [*parts[:2], *parts[3:5]]
    if len(parts) != _BOX or not all(map(math.isfinite, parts)) or parts[1] > parts[3]:
        raise UsageError("bbox is west,south,east,north in degrees.")
    west, south, east, north = parts
    if west <= east:
        return ((west, south, east, north),)
    return ((west, south, 180.0, north), (-180.0, south, east, north))


def _window(text: str) -> Window:
    """Return the days of a moment or an interval, of which either end may be open."""
    if not text:
        return Window(None, None)
    first, slash, last = text.partition("/")
    try:
        start = None if first in _OPEN else _day(first)
        end = start if not slash else None if last in _OPEN else _day(last)
        return Window.of(start, end)
    except (ValueError, UsageError) as error:
        raise UsageError("datetime is a day, or two with a slash, as 2024-01-01/.. (RFC 3339).") from error


def _day(text: str) -> dt.date:
    return dt.datetime.fromisoformat(text.upper()).date()
