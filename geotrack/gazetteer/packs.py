"""Country packs as read from disk: places, names and named regions, still as rows of text."""

from __future__ import annotations

import csv
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from geotrack.config import data_folder
from geotrack.errors import GeotrackError

PLACE_COLUMNS = (
    "place_id",
    "name",
    "level",
    "adm1",
    "adm2",
    "lon",
    "lat",
    "population",
    "valid_from",
    "valid_to",
    "type",
)
NAME_COLUMNS = ("place_id", "name", "language", "kind")
# The cells of a row; a tuple of texts is smaller than a list, and Python looks for no cycles in it.
Row = tuple[str, ...]


class PackError(GeotrackError):
    """A gazetteer pack that cannot be read."""

    def __init__(
        self, path: Path, problem: str, remedy: str = "Rebuild the packs: python scripts/build_packs.py"
    ) -> None:
        self.path, self.problem, self.remedy = path, problem, remedy
        super().__init__(f"{path}: {problem}. {remedy}.")


class Member(NamedTuple):
    """A unit of a named region; `part` when only a part of it belongs."""

    place_id: str
    part: bool = False


class DatedMember(NamedTuple):
    """A member of a region between two inclusive ISO dates (None: open)."""

    member: Member
    valid_from: str | None
    valid_to: str | None

    def stands(self, day: str | None) -> bool:
        """Whether it belongs on an ISO day; without a day, whether it does until further notice."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from or "") <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Pack:
    """One country's rows; `adm0` is the name of its folder, `checksum` the CRC-32 of its files.

    `cities` are the first-level units that are cities; `stand_ins` those of them without second-level units
    in a country that has such: at the second level they stand for themselves. `level_names` says by level
    and language what one of its units is called, and several; then both as after `of`, where a language
    inflects. `level_titles` says how a unit is named with its word (`{name} rayonu`), `carved` of parts of
    which others a unit was made. `words` are folded names that are ordinary words, too.
    """

    adm0: str
    places: list[Row] = field(repr=False)
    names: list[Row] = field(repr=False)
    regions: dict[str, tuple[DatedMember, ...]] = field(default_factory=dict)
    cities: frozenset[str] = frozenset()
    stand_ins: frozenset[str] = frozenset()
    level_names: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    level_titles: dict[str, dict[str, str]] = field(default_factory=dict)
    carved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checksum: int = 0
    words: frozenset[str] = frozenset()


def gazetteer_folder() -> Path:
    """Return the folder of the shipped packs."""
    return data_folder() / "gazetteer"


def read_packs(folder: Path, codes: Sequence[str] | None = None) -> Iterator[Pack]:
    """Read the packs of a folder in the order of their names, or those named.

    Raises
    ------
    PackError
        If the folder has no pack, or a pack lacks a file or a column.
    """
    if codes is None:
        codes = sorted(path.parent.name for path in folder.glob("*/places.csv"))
    if not codes:
        raise PackError(folder, "no gazetteer pack (a folder with places.csv) is there")
    for code in codes:
        yield _read_pack(folder / code)


def _read_pack(folder: Path) -> Pack:
    about = _read_toml(folder / "pack.toml")
    cells: dict[str, str] = {}
    places = _read_rows(folder / "places.csv", PLACE_COLUMNS, cells)
    cities = frozenset(row[0] for row in places if row[2] == "adm1" and row[-1] == "city")
    return Pack(
        adm0=folder.name,
        places=places,
        names=_read_rows(folder / "names.csv", NAME_COLUMNS, cells),
        regions={
            entry["id"]: tuple(map(_dated_member, entry.get("members", ())))
            for entry in about.get("region", ())
        },
        cities=cities,
        stand_ins=_stand_ins(places, cities),
        level_names={
            level: {language: tuple(words) for language, words in names.items()}
            for level, names in about.get("level_names", {}).items()
        },
        level_titles=about.get("level_titles", {}),
        carved={unit: tuple(others) for unit, others in about.get("carved", {}).items()},
        checksum=_checksum(folder),
    )


def _stand_ins(places: list[Row], cities: frozenset[str]) -> frozenset[str]:
    """Return the cities of the first level that have no second-level units, where others have."""
    divided = {row[3] for row in places if row[2] == "adm2"}
    return cities - divided if divided else frozenset()


def _checksum(folder: Path) -> int:
    total = 0
    for path in sorted(folder.glob("*.csv")) + sorted(folder.glob("pack.toml")):
        total = zlib.crc32(path.read_bytes(), total)
    return total


def _read_toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackError(path, f"not valid TOML ({error})") from error


def _read_rows(path: Path, columns: tuple[str, ...], cells: dict[str, str]) -> list[Row]:
    """Return the rows of a CSV file; see `parse_rows`."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return parse_rows(file, columns, path, cells)
    except OSError as error:
        raise PackError(path, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PackError(path, "is not UTF-8") from error


def parse_rows(
    lines: Iterable[str], columns: tuple[str, ...], path: Path, cells: dict[str, str]
) -> list[Row]:
    """Return the rows of a CSV table, their cells in the order of `columns`.

    `path` is named where a column is missing; `cells` are those met before: a text that many rows hold is
    kept once.
    """
    reader = csv.reader(lines)
    header = tuple(next(reader, ()))
    missing = [column for column in columns if column not in header]
    if missing:
        raise PackError(path, f"lacks the column {missing[0]}")
    order = [header.index(column) for column in columns]
    return [tuple([cells.setdefault(row[n], row[n]) for n in order]) for row in reader if row]


def _dated_member(entry: dict[str, Any]) -> DatedMember:
    member = Member(entry["id"], bool(entry.get("part", False)))
    return DatedMember(member, _day(entry.get("valid_from")), _day(entry.get("valid_to")))


def _day(value: object) -> str | None:
    return str(value) if value else None
