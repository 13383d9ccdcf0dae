"""How files of records name their columns: shipped layouts, and a user's own as a mapping file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from geotrack.errors import UsageError

FIELDS = (
    *("id", "date", "first", "last", "precision", "place_ids", "location", "admin2", "admin1", "country"),
    *("lon", "lat", "killed", "injured", "casualties", "device", "measure", "value", "unit", "qualifier"),
    *("source", "url", "published", "notes"),
)
_KINDS = ("incident", "figure")
_HARM = frozenset({"killed", "injured", "casualties", "device"})
_POINT = {"lon": "longitude", "lat": "latitude"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of file.

    `columns` gives the column of each field, `constants` the fields that all rows share. Rows are kept whose
    column `only_column` is one of `only_values`, or holds one of `only_words`; all without it.
    """

    name: str
    publisher: str
    kind: Literal["incident", "figure"]
    columns: Mapping[str, str]
    marks: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    day_precision: str | None = None
    only_column: str | None = None
    only_values: tuple[str, ...] = ()
    only_words: tuple[str, ...] = ()

    def keeps(self, row: Mapping[str, str]) -> bool:
        """Tell whether a row is of the kind that is asked for."""
        if self.only_column is None:
            return True
        told = row.get(self.only_column, "")
        words = set(re.findall(r"\w+", told.casefold()))
        return told in self.only_values or not words.isdisjoint(self.only_words)

    def fields(self, row: Mapping[str, str]) -> dict[str, str]:
        """Return what a row says, field by field; what is empty is left out."""
        told = {name: " ".join(row.get(column, "").split()) for name, column in self.columns.items()}
        if told.get("precision"):
            told["precision"] = "day" if told["precision"] == self.day_precision else "month"
        return {name: value for name, value in {**self.constants, **told}.items() if value}


@cache
def layouts() -> tuple[Layout, ...]:
    """Return the shipped layouts."""
    told = tomllib.loads((files("geotrack.records") / "layouts.toml").read_text(encoding="utf-8"))
    return tuple(_layout(name, one) for name, one in told.items())


def recognised(columns: Collection[str]) -> Layout | None:
    """Return the shipped layout whose marks are among these columns."""
    return next((one for one in layouts() if one.marks and set(one.marks) <= set(columns)), None)


def plain(columns: Collection[str], publisher: str) -> Layout | None:
    """Return the layout of a file whose columns have the names of fields, in small letters or capitals.

    One with a measure and a value holds figures; one with a date and a harm or device, incidents.
    """
    named = {name.casefold().strip(): name for name in columns}
    fields = {one: named[one] for one in FIELDS if one in named}
    fields |= {one: named[word] for one, word in _POINT.items() if word in named and one not in named}
    if {"measure", "value"} <= fields.keys():
        return Layout(publisher, publisher, "figure", fields, day_precision="day")
    if fields.keys() & {"date", "first"} and fields.keys() & _HARM:
        return Layout(publisher, publisher, "incident", fields, day_precision="day")
    return None


def mapping(path: Path) -> Layout:
    """Return the layout that a user's TOML file describes, as `layouts.toml` does.

    Raises
    ------
    UsageError
        If it cannot be read, or does not say what a record needs.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The mapping {path} cannot be read ({error}).") from error
    return _layout(path.stem, told)


def _layout(name: str, told: Mapping[str, Any]) -> Layout:
    columns, constants = told.get("columns", {}), told.get("constants", {})
    unknown = sorted({*columns, *constants} - {*FIELDS})
    if unknown:
        raise UsageError(f"The mapping {name} names fields that there are not: {', '.join(unknown)}.")
    if told.get("kind") not in _KINDS:
        raise UsageError(f'The mapping {name} must say kind = "incident" or kind = "figure".')
    only = told.get("only", {})
    return Layout(
        name,
        str(told.get("publisher", name)),
        told["kind"],
        {key: str(value) for key, value in columns.items()},
        tuple(told.get("marks", ())),
        {key: str(value) for key, value in constants.items()},
        told.get("day_precision"),
        only.get("column"),
        tuple(only.get("values", ())),
        tuple(only.get("words", ())),
    )
