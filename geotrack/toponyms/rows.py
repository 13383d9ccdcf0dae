"""What the rows of a gazetteer are read as, whatever its layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["geonames", "katottg"]
# A line's number in its file, counted from 1, and its cells.
Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One place of a gazetteer.

    `name` is the one that it goes by, in a `language` where the gazetteer tells, `others` stand beside it.
    It has a point, with the gazetteer's own code of its `division`, or a `code` that begins as those of the
    units that it lies in. `kind` is `city`,
    `settlement` or `village` where the gazetteer tells.
    """

    line: int
    id: str
    name: str
    others: tuple[str, ...] = ()
    level: Literal["adm1", "adm2", "settlement"] = "settlement"
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    division: str = ""
    code: str = ""
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken in, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row of something that a gazetteer of districts and villages does not hold."""

    line: int
    what: str
