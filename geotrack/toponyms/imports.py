"""Import a gazetteer beside the shipped one, and report what was not taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from geotrack.boundaries.units import KnownUnits, known_units
from geotrack.config import Settings
from geotrack.errors import BoundaryError, PlaceFileError
from geotrack.gazetteer.imported import (
    Imported,
    imported_files,
    imported_folder,
    imported_path,
    write_import,
)
from geotrack.gazetteer.packs import read_packs
from geotrack.toponyms import geonames, katottg
from geotrack.toponyms.divisions import by_division
from geotrack.toponyms.known import KnownPlaces
from geotrack.toponyms.merging import Merged, merge
from geotrack.toponyms.placing import Near, units_near
from geotrack.toponyms.rows import BadRow, Layout, Line, SourceRow
from geotrack.toponyms.tables import REMEDY, lines_of

SOURCES = {
    "geonames": "GeoNames (geonames.org)",
    "katottg": "Ministry for Development of Communities and Territories of Ukraine",
}
_LOOKED_AT = 50  # lines that tell the layout


@dataclass(frozen=True, slots=True)
class PlaceOptions:
    """Which country a gazetteer is imported for, and whose it is.

    Without `adm0` it is the country of most rows; `source` and `licence` are shown in the list of imports;
    `dry_run` reports and writes nothing.
    """

    adm0: str | None = None
    source: str | None = None
    licence: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """What an import of places found.

    `added` counts new places, `named` known ones with new names, `names` all new names, `left_out` those
    that are ordinary words; `passed_over` counts rows by what they are that is not taken in; `bad` are those
    that should have been, in the order of the file. `written` is None where nothing was new or to be written.
    """

    path: Path
    adm0: str
    layout: Layout
    rows: int
    added: int
    named: int
    names: int
    left_out: tuple[str, ...]
    passed_over: Mapping[str, int]
    bad: tuple[BadRow, ...]
    written: Path | None


def import_places(settings: Settings, path: Path, options: PlaceOptions | None = None) -> PlaceReport:
    """Add the villages and names of a GeoNames country dump or a KATOTTG table to the gazetteer.

    Each settlement is placed in the unit that its division or its code is, else in the one whose outline its
    point lies in. One that a pack has is given the names that it lacks. What was imported before from the
    same kind of source is replaced.

    Raises
    ------
    PlaceFileError
        If the file cannot be read, or has another layout.
    BoundaryError
        If the country has no pack or no boundaries.
    OutputError
        If the user's folder cannot be written.
    """
    options = options or PlaceOptions()
    first = list(islice(lines_of(path), _LOOKED_AT))
    layout = _layout(path, first)
    adm0 = options.adm0 or (geonames if layout == "geonames" else katottg).country_of(first)
    folder = settings.data_folder / "gazetteer"
    units = _units(folder, adm0)
    merged = Merged()
    rows, total = _rows(path, adm0, layout, merged)
    beside = [
        one for one in imported_files(imported_folder(settings), adm0) if one.stem != f"{adm0}-{layout}"
    ]
    known = KnownPlaces(next(read_packs(folder, [adm0])), folder / adm0, beside)
    around = by_division(rows, _around(settings, adm0, rows, known), known, units)
    merge(list(zip(rows, around, strict=True)), known, units, merged)
    if not rows:
        told = "; ".join(f"line {one.line}: {one.reason}" for one in merged.bad[:3]) or "all are of others"
        raise PlaceFileError(str(path), f"none of its rows is a place of {adm0} ({told})", "Check --country.")
    return PlaceReport(
        path=path,
        adm0=adm0,
        layout=layout,
        rows=total,
        added=len(merged.added),
        named=len(merged.named),
        names=len(merged.names),
        left_out=tuple(sorted(merged.left_out)),
        passed_over=dict(merged.passed_over),
        bad=tuple(sorted(merged.bad, key=lambda row: row.line)),
        written=None if options.dry_run else _write(settings, path, adm0, layout, options, merged),
    )


def _layout(path: Path, first: list[Line]) -> Layout:
    if geonames.is_geonames(first):
        return "geonames"
    if katottg.is_katottg(first):
        return "katottg"
    raise PlaceFileError(str(path), "its columns are those of no gazetteer that is known", REMEDY)


def _units(folder: Path, adm0: str) -> dict[str, KnownUnits]:
    """Return the units of a country by level; it has some at the first."""
    units = {"adm1": known_units(folder, adm0, "adm1")}
    with suppress(BoundaryError):  # of a country of one level
        units["adm2"] = known_units(folder, adm0, "adm2")
    return units


def _rows(path: Path, adm0: str, layout: Layout, merged: Merged) -> tuple[list[SourceRow], int]:
    """Return the rows that can be taken in, and the number of all."""
    read = geonames.read_geonames if layout == "geonames" else katottg.read_katottg
    rows, total = [], 0
    for row in read(lines_of(path), adm0):
        total += 1
        if isinstance(row, SourceRow):
            rows.append(row)
        else:
            merged.refuse(row)
    return rows, total


def _around(settings: Settings, adm0: str, rows: list[SourceRow], known: KnownPlaces) -> list[list[Near]]:
    """Return the units around each row: by its point, else the one that its code begins as."""
    points = [(row.lon, row.lat) for row in rows if row.lon is not None and row.lat is not None]
    found = iter(units_near(settings, adm0, points))
    return [next(found) if row.lon is not None else _coded(row, known) for row in rows]


def _coded(row: SourceRow, known: KnownPlaces) -> list[Near]:
    unit = known.unit_with(row)
    return [Near(unit, 0.0)] if unit else []


def _write(
    settings: Settings, path: Path, adm0: str, layout: Layout, options: PlaceOptions, merged: Merged
) -> Path | None:
    target = imported_path(settings, adm0, layout)
    about = Imported(
        adm0=adm0,
        layout=layout,
        file=path.name,
        imported_on=dt.datetime.now(dt.UTC).date().isoformat(),
        places=len(merged.added),
        names=len(merged.names),
        source=options.source or SOURCES[layout],
        licence=options.licence,
        words=tuple(sorted(merged.words)),
    )
    places = [merged.places[place_id] for place_id in sorted(merged.places)]
    return target if write_import(target, about, places, sorted(merged.names)) else None
