"""Match the rows of a user's boundary file to known units, by code, then by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from geotrack.boundaries.layouts import NO_VALUE
from geotrack.boundaries.units import KnownUnits


@dataclass(frozen=True, slots=True)
class Match:
    """The unit, or for a name that several bear the units, that one row of the file may describe."""

    row: int
    label: str
    how: Literal["code", "name"]
    place_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row of the file that found no unit: its code and name, why, and the most similar known name."""

    row: int
    code: str
    name: str
    reason: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold codes and names, and whether they were guessed.

    `layout` is whose columns these are, where it is one that is known; `others` hold more names, several with
    `|` between them.
    """

    code: str | None
    name: str | None
    guessed: bool
    layout: str = ""
    others: tuple[str, ...] = ()


def guess_columns(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], units: KnownUnits, given: Columns
) -> Columns:
    """Choose the columns whose values find the most units; a given column stays."""
    by_code: dict[str, set[str]] = {column: set() for column in columns}
    by_name: dict[str, set[str]] = {column: set() for column in columns}
    for row in rows:
        for column, found in by_code.items():
            found.update(filter(None, [units.by_code(row.get(column))]))
        for column, found in by_name.items():
            found.update(units.by_name(row.get(column)))
    return Columns(given.code or _best(by_code), given.name or _best(by_name), guessed=True)


def _best(found: dict[str, set[str]]) -> str | None:
    best = max(found, key=lambda column: len(found[column]), default=None)
    return best if best is not None and found[best] else None


def match_rows(
    rows: Iterable[Mapping[str, Any]], columns: Columns, units: KnownUnits
) -> tuple[list[Match], list[Unmatched]]:
    """Match each row by its code, else by its name.

    Returns
    -------
    matches, unmatched
        Both in the order of the rows; a name that several units bear keeps all of them.
    """
    matches: list[Match] = []
    unmatched: list[Unmatched] = []
    read_code, read_name = _reader(columns.code), _reader(columns.name)
    others = [_reader(column) for column in columns.others]
    for number, row in enumerate(rows):
        code, name = read_code(row), read_name(row)
        place_id = None if columns.layout and code == NO_VALUE else units.by_code(code)
        if place_id:
            matches.append(Match(number, name or code, "code", (place_id,)))
        elif place_ids := _named(units, [name, *(read(row) for read in others)]):
            matches.append(Match(number, name, "name", place_ids))
        else:
            unmatched.append(Unmatched(number, code, name, "no such unit is known", units.nearest(name)))
    return matches, unmatched


def _named(units: KnownUnits, names: Iterable[str]) -> tuple[str, ...]:
    """Return the units that bear the first of some names that is known; a cell may hold several."""
    found = (units.by_name(one.strip()) for name in names for one in name.split("|"))
    return next(filter(None, found), ())


def _reader(column: str | None) -> Callable[[Mapping[str, Any]], str]:
    def read(row: Mapping[str, Any]) -> str:
        value = row.get(column) if column else None
        return "" if value is None else str(value).strip()

    return read
