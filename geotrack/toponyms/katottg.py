# ruff: noqa: RUF001 - the letters are Ukrainian
"""KATOTTG, Ukraine's codifier of units and settlements: a code for each level, a category, a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from geotrack.toponyms.rows import BadRow, Line, PassedOver, SourceRow

CODE = re.compile(r"[A-Z]{2}\d{17}")
ADM1_DIGITS, ADM2_DIGITS = 4, 6  # of a code, with its country: those that its oblast and raion share
_PARENT_DIGITS = (4, 6, 9, 12)  # of a code at each level: those that all codes below it begin with
# Categories are letters that look alike in both alphabets.
_LATIN = str.maketrans("ОРНМТСХВК", "OPHMTCXBK")
_SETTLEMENTS = {"M": "city", "T": "settlement", "X": "settlement", "C": "village"}
_UNITS = {"O": " область", "P": " район", "K": ""}
_PASSED_OVER = {"H": "communities", "B": "parts of cities"}


def is_katottg(lines: Sequence[Line]) -> bool:
    """Tell whether a file's first lines hold rows of the codifier, whatever heading stands above them."""
    return any(_codes(cells) and _category(cells) for _, cells in lines)


def country_of(lines: Sequence[Line]) -> str:
    """Return the country that most rows are of."""
    countries = [codes[-1][:2] for _, cells in lines if (codes := _codes(cells))]
    return max(countries, key=countries.count, default="")


def read_katottg(lines: Iterator[Line], adm0: str) -> Iterator[SourceRow | BadRow | PassedOver]:
    """Yield the settlements and units of the codifier, and of other rows below the heading why not."""
    seen: dict[str, int] = {}
    for number, cells in lines:
        if not seen and not _codes(cells):
            continue  # the heading
        read = _read(number, cells, adm0)
        code = _codes(cells)[-1] if _codes(cells) else ""
        before = seen.setdefault(code, number)
        if isinstance(read, SourceRow) and before != number:
            read = BadRow(number, read.name, f"its id stands in line {before}, too")
        yield read


def _codes(cells: list[str]) -> list[str]:
    return [cell.strip() for cell in cells if CODE.fullmatch(cell.strip())]


def _behind(cells: list[str]) -> list[str]:
    """Return what stands behind the codes: category, name, and what else a table has."""
    last = max((at for at, cell in enumerate(cells) if CODE.fullmatch(cell.strip())), default=-1)
    return [text for cell in cells[last + 1 :] if (text := " ".join(cell.split()))]


def _category(cells: list[str]) -> str:
    letter = (_behind(cells) or [""])[0].translate(_LATIN)
    return letter if letter in {*_SETTLEMENTS, *_UNITS, *_PASSED_OVER} else ""


def _read(number: int, cells: list[str], adm0: str) -> SourceRow | BadRow | PassedOver:
    codes, behind, category = _codes(cells), _behind(cells), _category(cells)
    reason = _what_is_wrong(codes, behind, category)
    if reason:
        return BadRow(number, " ".join(behind) or (codes or [""])[-1], reason)
    code, name = codes[-1], behind[1]
    if not code.startswith(adm0):
        return PassedOver(number, "of another country")
    if category in _PASSED_OVER:
        return PassedOver(number, _PASSED_OVER[category])
    level: Literal["adm1", "adm2", "settlement"] = "settlement"
    if category in _UNITS:
        level = "adm2" if category == "P" else "adm1"
        name += "" if " " in name else _UNITS[category]
    kind = _SETTLEMENTS.get(category, "")
    return SourceRow(number, f"katottg:{code}", name, level=level, code=code, language="uk", kind=kind)


def _what_is_wrong(codes: list[str], behind: list[str], category: str) -> str:
    if not codes:
        return "has no code of nineteen characters"
    if not category:
        return "has no category that is known"
    if len(behind) < 2:  # noqa: PLR2004 - category and name
        return "has no name"
    return "" if _in_parents(codes) else f"its code {codes[-1]} does not begin as those of its parents"


def _in_parents(codes: list[str]) -> bool:
    """Tell whether each code begins as the one of the level above it."""
    return all(
        code[:digits] == above[:digits]
        for (above, code), digits in zip(pairwise(codes), _PARENT_DIGITS, strict=False)
    )
