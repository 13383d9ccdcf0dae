"""Write an export into a folder: the same facts give the same bytes, whatever order they came in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from geotrack.errors import OutputError
from geotrack.export import geojson
from geotrack.export.content import ExportContent
from geotrack.export.geopackage import style_layer, write_geopackage
from geotrack.export.parquet import parquet
from geotrack.export.report import report
from geotrack.export.rows import CLAIM_FIELDS, FIGURE_FIELDS, INCIDENT_FIELDS, Row
from geotrack.export.spreadsheets import sheet
from geotrack.export.styles import styles_of
from geotrack.export.tables import (
    Tables,
    about_layer,
    layer_name,
    layers_of,
    tables_of,
    units_with_totals,
)
from geotrack.export.units import TOTAL_FIELDS
from geotrack.export.workbooks import workbook

ExportFormat = Literal["geojson", "gpkg", "csv", "parquet", "xlsx", "docx"]
REMEDY = "Choose another folder: --out."


def export(
    content: ExportContent, folder: Path, file_format: ExportFormat, *, hxl: bool = False
) -> list[Path]:
    """Write figures, claims, incidents, districts and a `metadata.json` into a folder, over what is there.

    Parameters
    ----------
    content
        The tables, polygons and filters.
    folder
        Is made when it is not there.
    file_format
        `geojson` (a file a layer), `gpkg` (one file, with styles for QGIS), `csv` (utf-8-sig, a file a
        table), `parquet` (GeoParquet 1.1, a file a layer), `xlsx` (one file, a sheet a table) or
        `docx` (a report of one country, in the language spoken).
    hxl
        Add a row of HXL tags below the header of each CSV.

    Returns
    -------
    paths
        The files written, by name.

    Raises
    ------
    MissingExtraError
        If the packages that write the format are not installed.
    OutputError
        If the folder or a file cannot be written.
    UnknownPlaceError
        If a fact names a place that the gazetteer lacks.
    UsageError
        If a report is asked for without a country.
    """
    tables = tables_of(content)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(str(folder), f"cannot be made ({error})", REMEDY) from error
    told = json.dumps(tables.metadata, ensure_ascii=False, indent=2) + "\n"
    files = {"metadata.json": told.encode()} | _files(content, tables, file_format, hxl=hxl)
    paths = [_write(folder / name, held) for name, held in files.items()]
    if file_format == "gpkg":
        paths.append(_write_geopackage(content, tables, folder / "geotrack.gpkg"))
    return sorted(paths)


def _files(
    content: ExportContent, tables: Tables, file_format: ExportFormat, *, hxl: bool
) -> dict[str, bytes]:
    """Return files by name; a GeoPackage is written in its place."""
    if file_format == "geojson":
        return {name: text.encode() for name, text in _geojson(content, tables).items()}
    if file_format == "csv":
        # The byte-order mark is what spreadsheets look for.
        return {name: text.encode("utf-8-sig") for name, text in _csv(tables, hxl=hxl).items()}
    if file_format == "parquet":
        layers = layers_of(content, tables)
        return {f"{one.name}.parquet": parquet(one, tables.metadata) for one in layers}
    if file_format == "xlsx":
        return {"geotrack.xlsx": workbook(tables, content.built_on)}
    if file_format == "docx":
        return {"report.docx": report(content)}
    return {}


def _geojson(content: ExportContent, tables: Tables) -> dict[str, str]:
    incidents = [
        geojson.feature(row["incident_id"], geojson.point(row["point"]), _without(row, "point"))
        for row in tables.incidents
    ]
    figures = [geojson.feature(row["figure_id"], None, row) for row in tables.figures]
    texts = {
        "figures.geojson": geojson.collection("figures", figures, tables.metadata),
        "incidents.geojson": geojson.collection("incidents", incidents, tables.metadata),
    }
    if tables.claims:
        claims = [geojson.feature(row["claim_id"], None, row) for row in tables.claims]
        texts["claims.geojson"] = geojson.collection("claims", claims, tables.metadata)
    for districts in content.districts:
        name = layer_name(districts)
        _, rows = units_with_totals(districts, tables.totals[name], content)
        outlines = geojson.polygons(districts.units.geometry)
        features = [
            geojson.feature(row["place_id"], outline, row)
            for row, outline in zip(rows, outlines, strict=True)
        ]
        texts[f"{name}.geojson"] = geojson.collection(name, features, tables.metadata)
    return texts


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _csv(tables: Tables, *, hxl: bool) -> dict[str, str]:
    texts = {
        "figures.csv": sheet(tables.figures, FIGURE_FIELDS, hxl=hxl),
        "incidents.csv": sheet(tables.incidents, INCIDENT_FIELDS, hxl=hxl),
    }
    if tables.claims:
        texts["claims.csv"] = sheet(tables.claims, CLAIM_FIELDS, hxl=hxl)
    return texts | {f"{name}.csv": sheet(rows, TOTAL_FIELDS, hxl=hxl) for name, rows in tables.totals.items()}


def _write(path: Path, held: bytes) -> Path:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(held)
        part.replace(path)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error})", REMEDY) from error
    return path


def _write_geopackage(content: ExportContent, tables: Tables, path: Path) -> Path:
    part = path.with_name(f".{path.stem}-part.gpkg")
    styles = style_layer(styles_of(content, tables), content.built_on)
    layers = [*layers_of(content, tables), about_layer(tables), styles]
    write_geopackage(part, layers, content.built_on)
    try:
        part.replace(path)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error})", REMEDY) from error
    return path
