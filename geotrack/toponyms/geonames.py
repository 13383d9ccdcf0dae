"""GeoNames country dumps: nineteen columns between tabs, without a header."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from geotrack.toponyms.rows import BadRow, Line, PassedOver, SourceRow

COLUMNS = 19
_LEVELS = {"ADM1": "adm1", "ADM2": "adm2"}
_LAST_POINT = 90.0, 180.0
_SHOWN = 60  # characters of a row that is no row


def is_geonames(lines: Sequence[Line]) -> bool:
    """Tell whether at least half of a file's first lines are rows of GeoNames."""
    return bool(lines) and sum(_is_row(cells) for _, cells in lines) * 2 >= len(lines)


def _is_row(cells: list[str]) -> bool:
    return len(cells) == COLUMNS and cells[0].isdecimal() and len(cells[6]) <= 1 and len(cells[8]) <= 2  # noqa: PLR2004 - a country's code


def read_geonames(lines: Iterator[Line], adm0: str) -> Iterator[SourceRow | BadRow | PassedOver]:
    """Yield the settlements and units of a country, and of every other row why it is none of them."""
    seen: dict[str, int] = {}
    for number, cells in lines:
        read = _read(number, cells, adm0)
        if isinstance(read, SourceRow):
            before = seen.setdefault(read.id, number)
            if before != number:
                read = BadRow(number, read.name, f"its id stands in line {before}, too")
        yield read


def country_of(lines: Sequence[Line]) -> str:
    """Return the country that most rows are of."""
    codes = [cells[8] for _, cells in lines if len(cells) == COLUMNS]
    return max(codes, key=codes.count, default="")


def _read(number: int, cells: list[str], adm0: str) -> SourceRow | BadRow | PassedOver:
    if len(cells) != COLUMNS:
        return BadRow(number, "\t".join(cells)[:_SHOWN], f"has {len(cells)} columns, not {COLUMNS}")
    place, name, ascii_name, others, lat, lon, kind, code, country = cells[:9]
    if country != adm0:
        return PassedOver(number, "of another country")
    if kind != "P" and code not in _LEVELS:
        return PassedOver(number, "neither settlements nor units of the first two levels")
    if code == "PPLX":
        return PassedOver(number, "parts of settlements")
    point = _point(lat, lon)
    reason = (
        f"its id is no number: {place!r}"
        if not place.isdecimal()
        else "has no name"
        if not name.strip()
        else "holds characters that are not UTF-8"
        if "\ufffd" in name + others
        else f"{lat!r}, {lon!r} is no latitude and longitude"
        if point is None
        else f"its population is no number: {cells[14]!r}"
        if not (cells[14] or "0").isdecimal()
        else ""
    )
    if reason or point is None:
        return BadRow(number, name or place, reason)
    return SourceRow(
        number,
        f"gn:{int(place)}",
        name.strip(),
        tuple(one.strip() for one in [ascii_name, *others.split(",")] if one.strip()),
        _LEVELS.get(code, "settlement"),  # type: ignore[arg-type]  # the values are levels
        point[1],
        point[0],
        int(cells[14] or 0) or None,
        ".".join(code for code in cells[10:12] if code.strip("0")),
    )


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        point = float(lat), float(lon)
    except ValueError:
        return None
    inside = all(
        math.isfinite(value) and abs(value) <= last for value, last in zip(point, _LAST_POINT, strict=True)
    )
    return point if inside else None
