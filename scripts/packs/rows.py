"""The rows of a gazetteer and the files that hold them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path

KINDS = ("label", "former", "alias", "demonym", "adjective")  # where kinds compete, the first stands


@dataclass
class PlaceRow:
    """One place: its place id, English label, level, parents, point, and what else is known."""

    place_id: str
    name: str
    level: str
    adm1: str = ""
    adm2: str = ""
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    valid_from: str = ""
    valid_to: str = ""
    type: str = ""
    seat: str = ""
    katottg: str = ""

    def cells(self) -> list[str]:
        """Return the row as text, coordinates to five decimals (about a metre)."""
        return [
            ""
            if value is None
            else f"{value:.5f}".rstrip("0").rstrip(".")
            if isinstance(value, float)
            else str(value)
            for value in (getattr(self, column.name) for column in fields(self))
        ]


@dataclass
class Names:
    """The names of a pack: for each place and name its languages and kinds, without duplicates."""

    rows: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)

    def add(self, place_id: str, name: str, language: str = "", kind: str = "alias") -> None:
        """Add one name; of two kinds for the same name, place and language the stronger stands."""
        key = (" ".join(name.split()), language)
        of_place = self.rows.setdefault(place_id, {})
        known = of_place.get(key)
        if key[0] and (known is None or KINDS.index(kind) < KINDS.index(known)):
            of_place[key] = kind

    def add_all(self, place_id: str, names: Iterable[str], language: str = "", kind: str = "alias") -> None:
        """Add several names of one kind."""
        for name in names:
            self.add(place_id, name, language, kind)

    def of(self, place_id: str) -> list[tuple[str, str, str]]:
        """Return the (name, language, kind) rows of one place."""
        return [(name, language, kind) for (name, language), kind in self.rows.get(place_id, {}).items()]

    def kept(self) -> list[list[str]]:
        """Return the rows in order, without the language-less twin of a name that has a language."""
        kept = []
        for place_id, names in self.rows.items():
            tongued = {name for name, language in names if language}
            kept += [
                [place_id, name, language, kind]
                for (name, language), kind in names.items()
                if language or name not in tongued
            ]
        return sorted(kept)


def write_table(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    """Write a CSV file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_pack(folder: Path, places: dict[str, PlaceRow], names: Names) -> None:
    """Write `places.csv` and `names.csv`, sorted, into a pack's folder."""
    header = [column.name for column in fields(PlaceRow)]
    write_table(folder / "places.csv", header, (places[key].cells() for key in sorted(places)))
    rows = [row for row in names.kept() if row[0] in places]
    write_table(folder / "names.csv", ["place_id", "name", "language", "kind"], rows)
