"""Import a user's own boundaries over the shipped ones, and report what did not fit."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import fiona
import geopandas as gpd
import pyproj
import shapely
from fiona.errors import FionaError

from geotrack.boundaries.layers import LayerLevel, imported_path, layer, shipped_folder
from geotrack.boundaries.layouts import FileLayout, other_level, recognise
from geotrack.boundaries.matching import Columns, Match, Unmatched, guess_columns, match_rows
from geotrack.boundaries.reading import SourceFile, mend, open_source
from geotrack.boundaries.units import KnownUnits, known_units
from geotrack.config import Settings
from geotrack.errors import BoundaryError, OutputError

SAME_UNIT = 0.6  # shared area over joint area below which two outlines are hardly one unit's
_GEOD = pyproj.Geod(ellps="WGS84")
_SCHEMA = {
    "geometry": "MultiPolygon",
    "properties": {
        "place_id": "str",
        "name": "str",
        "approximate": "bool",
        "source": "str",
        "area_km2": "float",
    },
}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read a boundary file, and whose it is.

    `code_column`, `name_column` and `layer` are found if left out; `crs` (as `EPSG:32639`) overrides
    the file's own; `encoding` is of a Shapefile's attributes; `source` and `licence` are shown on the
    map; `dry_run` reports and writes nothing.
    """

    code_column: str | None = None
    name_column: str | None = None
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    source: str | None = None
    licence: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found.

    `matched` maps each unit's place id to how it was found (`code` or `name`); `missing` are known
    units that the file has no polygon for (id and name); `mended` counts invalid geometries that were
    repaired, `joined` the rows that were merged into another row's unit; `unlike` lists units whose
    outline hardly agrees with the one drawn before, with the share of the joint area that both cover;
    `overlap_km2` is the area that the file gives to more than one unit.
    """

    path: Path
    adm0: str
    level: LayerLevel
    rows: int
    columns: Columns
    crs: str
    matched: Mapping[str, str]
    unmatched: tuple[Unmatched, ...]
    missing: tuple[tuple[str, str], ...]
    mended: int
    joined: int
    unlike: tuple[tuple[str, str, float], ...]
    overlap_km2: float
    written: Path | None

    @property
    def partial(self) -> bool:
        """Whether the file lacks most of the level's units."""
        return len(self.missing) > len(self.matched)


@dataclass(slots=True)
class _Outlines:
    """Polygons by unit, gathered row by row."""

    parts: defaultdict[str, list[shapely.MultiPolygon]] = field(default_factory=lambda: defaultdict(list))
    how: dict[str, str] = field(default_factory=dict)
    refused: list[Unmatched] = field(default_factory=list)
    mended: int = 0


def import_layer(
    settings: Settings,
    path: Path,
    adm0: str,
    level: LayerLevel,
    options: ImportOptions | None = None,
    accept: Callable[[ImportReport], bool] | None = None,
) -> ImportReport:
    """Replace a shipped layer by the user's own boundaries.

    The file is read twice, a row at a time: first its attributes, to match units, then its geometry,
    which is moved to EPSG:4326, mended, and cut down to polygons. Rows of one unit are joined. The new
    layer takes the old one's place in one step, or not at all.

    Parameters
    ----------
    path
        Any file that fiona opens, or a zip with one in it.
    adm0, level
        The country's place id (`AZ`), and `country`, `adm1` or `adm2`.
    accept
        Asked with the report before anything is written; where it says no, nothing is.

    Raises
    ------
    BoundaryError
        If the file cannot be read, has no CRS, lies outside the country, or matches no unit.
    OutputError
        If the user's folder cannot be written.
    """
    options = options or ImportOptions()
    before = _shipped_outlines(settings, adm0, level)
    units = known_units(settings.data_folder / "gazetteer", adm0, level, also=before.index)
    source = open_source(path, options.layer, options.crs, options.encoding)
    layout = _layout(source, level)
    columns = _columns(source, units, options, layout)
    matches, unmatched = match_rows(source.rows(), columns, units)
    if not matches:
        raise _nothing_matched(source, columns, unmatched)
    outlines = _gather(source, matches, before)
    if not outlines.parts:
        raise _lies_elsewhere(source, adm0, outlines)
    if layout is not None:
        options = replace(
            options, source=options.source or layout.source, licence=options.licence or layout.licence
        )
    frame = _frame(outlines, units, options.source or path.name)
    refused = sorted([*unmatched, *outlines.refused], key=lambda row: row.row)
    report = ImportReport(
        path=path,
        adm0=adm0,
        level=level,
        rows=len(matches) + len(unmatched),
        columns=columns,
        crs=source.crs.to_string() if source.crs.to_epsg() else source.crs.name,
        matched=outlines.how,
        unmatched=tuple(refused),
        missing=tuple((i, label) for i, label in sorted(units.labels.items()) if i not in frame.index),
        mended=outlines.mended,
        joined=sum(len(parts) - 1 for parts in outlines.parts.values()),
        unlike=tuple(_unlike(frame, before)),
        overlap_km2=_overlap_km2(frame),
        written=None,
    )
    if options.dry_run or not (accept is None or accept(report)):
        return report
    target = imported_path(settings, adm0, level)
    return replace(report, written=_write(frame, target, level, path, options))


def _layout(source: SourceFile, level: LayerLevel) -> FileLayout | None:
    """Return whose layout a file has, if it is one that is known."""
    layout = recognise(source.columns, level)
    other = other_level(layout, next(source.rows(), {}), level) if layout else None
    if other:
        raise BoundaryError(str(source.path), f"holds units of level {other}", f"Give --level {other}.")
    return layout


def _columns(
    source: SourceFile, units: KnownUnits, options: ImportOptions, layout: FileLayout | None
) -> Columns:
    for column in filter(None, (options.code_column, options.name_column)):
        if column not in source.columns:
            remedy = f"Columns that are there: {', '.join(source.columns)}."
            raise BoundaryError(str(source.path), f"no column {column!r}", remedy)
    given = Columns(options.code_column, options.name_column, guessed=False)
    if given.code or given.name:
        return given
    if layout is not None:
        known = Columns(
            layout.code, layout.names[0], guessed=False, layout=layout.name, others=layout.names[1:]
        )
        if match_rows(source.rows(), known, units)[0]:
            return known
    return guess_columns(source.rows(), source.columns, units, given)


def _nothing_matched(source: SourceFile, columns: Columns, unmatched: list[Unmatched]) -> BoundaryError:
    seen = "; ".join(f"{row.code} {row.name}".strip() for row in unmatched[:3])
    looked = " and ".join(filter(None, (columns.code, columns.name)))
    problem = (
        f"no row of column {looked} is a known unit (as {seen})" if looked else "no column names known units"
    )
    remedy = (
        f"Choose the columns with --code-column and --name-column (there are: {', '.join(source.columns)}), "
        "or check --country and --level."
    )
    return BoundaryError(str(source.path), problem, remedy)


def _lies_elsewhere(source: SourceFile, adm0: str, outlines: _Outlines) -> BoundaryError:
    reasons = "; ".join(sorted({row.reason for row in outlines.refused}))
    problem = f"none of its polygons, read as {source.crs.name}, is usable for {adm0} ({reasons})"
    return BoundaryError(str(source.path), problem, "Name the right coordinate system: --crs EPSG:….")


def _shipped_outlines(settings: Settings, adm0: str, level: LayerLevel) -> gpd.GeoSeries:
    """Return the shipped outlines, indexed by place id; none where the country has no such layer."""
    try:
        return layer(shipped_folder(settings), adm0, level).geometry
    except BoundaryError:
        return gpd.GeoSeries([], crs="EPSG:4326")


def _gather(source: SourceFile, matches: Iterable[Match], before: gpd.GeoSeries) -> _Outlines:
    outlines = _Outlines()
    by_row = {match.row: match for match in matches}
    for number, geometry in enumerate(source.shapes()):
        match = by_row.get(number)
        if match is None:
            continue
        polygons, was_broken = mend(geometry)
        outlines.mended += was_broken and polygons is not None
        reason = "has no polygon" if polygons is None else ""
        place_id = _settle(match, polygons, before) if polygons is not None else None
        if polygons is None or place_id is None:
            reason = reason or _why_unsettled(match)
            outlines.refused.append(Unmatched(number, "", match.label, reason))
            continue
        outlines.parts[place_id].append(polygons)
        outlines.how.setdefault(place_id, match.how)
    return outlines


def _why_unsettled(match: Match) -> str:
    if len(match.place_ids) > 1:
        return f"{len(match.place_ids)} units bear that name, and it lies in none of them"
    return "lies outside the unit of that name or code"


def _settle(match: Match, polygons: shapely.MultiPolygon, before: gpd.GeoSeries) -> str | None:
    """Return the unit of a row: of several with its name, the one that it covers most.

    A row that shares no land with the unit's known outline is refused: its name is another unit's,
    or its coordinates are wrong.
    """
    known = [place_id for place_id in match.place_ids if place_id in before.index]
    shared = {place_id: shapely.intersection(before[place_id], polygons).area for place_id in known}
    if shared and max(shared.values()) > 0:
        return max(known, key=lambda place_id: shared[place_id])
    unknown = [place_id for place_id in match.place_ids if place_id not in before.index]
    return unknown[0] if len(unknown) == 1 and _near(polygons, before) else None


def _near(polygons: shapely.MultiPolygon, before: gpd.GeoSeries) -> bool:
    """Tell whether polygons of a unit without an outline lie at least within the country's frame."""
    return before.empty or bool(polygons.intersects(shapely.box(*before.total_bounds)))


def _frame(outlines: _Outlines, units: KnownUnits, source: str) -> gpd.GeoDataFrame:
    ids = sorted(outlines.parts)
    merged = [mend(shapely.union_all(outlines.parts[place_id]))[0] for place_id in ids]
    return gpd.GeoDataFrame(
        {
            "place_id": ids,
            "name": [units.labels[place_id] for place_id in ids],
            "approximate": False,
            "source": source,
            "area_km2": [round(abs(_GEOD.geometry_area_perimeter(shape)[0]) / 1e6, 3) for shape in merged],
        },
        geometry=merged,
        crs="EPSG:4326",
    ).set_index("place_id")


def _unlike(frame: gpd.GeoDataFrame, before: gpd.GeoSeries) -> Iterable[tuple[str, str, float]]:
    for place_id in frame.index.intersection(before.index):
        new, old = frame.geometry[place_id], before[place_id]
        agreement = new.intersection(old).area / new.union(old).area
        if agreement < SAME_UNIT:
            yield place_id, frame.name[place_id], round(agreement, 2)


def _overlap_km2(frame: gpd.GeoDataFrame) -> float:
    joint = shapely.union_all(frame.geometry.to_numpy())
    joint_km2 = abs(_GEOD.geometry_area_perimeter(joint)[0]) / 1e6
    return round(max(0.0, float(frame["area_km2"].sum()) - joint_km2), 1)


def _write(
    frame: gpd.GeoDataFrame, target: Path, level: LayerLevel, path: Path, options: ImportOptions
) -> Path:
    """Write a layer beside its target and move it there in one step."""
    tags = {
        "imported_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "licence": options.licence,
        "file": path.name,
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".import-") as folder:
            draft = Path(folder) / target.name
            _write_gpkg(frame, draft, level, tags)
            os.replace(draft, target)  # noqa: PTH105 - the name says that it is atomic
    except (OSError, FionaError) as error:
        remedy = "Check the folder's permissions and the space on the disk."
        raise OutputError(str(target), f"cannot be written ({error})", remedy) from error
    return target


def _write_gpkg(frame: gpd.GeoDataFrame, path: Path, level: LayerLevel, tags: dict[str, str]) -> None:
    with fiona.open(path, "w", driver="GPKG", layer=level, crs="EPSG:4326", schema=_SCHEMA) as rows:
        rows.update_tags({key: value for key, value in tags.items() if value})
        rows.writerecords(frame.reset_index().iterfeatures(na="null"))
