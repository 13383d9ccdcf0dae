"""Write an export into a folder: the same facts give the same bytes, whatever order they came in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import shapely

from geotrack.analysis.nesting import Nesting
from geotrack.errors import OutputError
from geotrack.export import geojson
from geotrack.export.content import Districts, ExportContent
from geotrack.export.geopackage import Layer, style_layer, write_geopackage
from geotrack.export.metadata import metadata
from geotrack.export.rows import (
    CLAIM_FIELDS,
    FIGURE_FIELDS,
    INCIDENT_FIELDS,
    Kind,
    Row,
    claim_rows,
    figure_rows,
    incident_rows,
)
from geotrack.export.spreadsheets import sheet
from geotrack.export.styles import incident_style, unit_styles
from geotrack.export.units import TOTAL_FIELDS, UNIT_FIELDS, total_rows, unit_rows
from geotrack.models import Measure

ExportFormat = Literal["geojson", "gpkg", "csv"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
TOTAL_PARTS: dict[str, Kind] = {
    "": "float",
    "_unit": "str",
    "_qualifier": "str",
    "_documents": "int",
    "_as_of": "date",
}
REMEDY = "Choose another folder: --out."


@dataclass(frozen=True, slots=True)
class _Tables:
    """The rows of one export."""

    figures: list[Row]
    incidents: list[Row]
    totals: dict[str, list[Row]]
    metadata: dict[str, Any]
    claims: list[Row]


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
        `geojson` (a file a layer), `gpkg` (one file, with styles for QGIS) or
        `csv` (utf-8-sig, a file a table).
    hxl
        Add a row of HXL tags below the header of each CSV.

    Returns
    -------
    paths
        The files written, by name.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    UnknownPlaceError
        If a fact names a place that the gazetteer lacks.
    """
    tables = _tables(content)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(str(folder), f"cannot be made ({error})", REMEDY) from error
    told = json.dumps(tables.metadata, ensure_ascii=False, indent=2) + "\n"
    texts = {"metadata.json": told}
    if file_format == "geojson":
        texts |= _geojson(content, tables)
    elif file_format == "csv":
        texts |= _csv(tables, hxl=hxl)
    paths = [_write_text(folder / name, text) for name, text in texts.items()]
    if file_format == "gpkg":
        paths.append(_write_geopackage(content, tables, folder / "geotrack.gpkg"))
    return sorted(paths)


def _tables(content: ExportContent) -> _Tables:
    measures = (content.filter.measure,) if content.filter.measure else MEASURES
    figures, incidents, claims = figure_rows(content), incident_rows(content), claim_rows(content)
    totals = {_layer_name(one): total_rows(content, one, measures) for one in content.districts}  # type: ignore[arg-type]  # the filter's measure is one of them
    counts = {"figures": len(figures), "incidents": len(incidents)} | {
        name: len(rows) for name, rows in totals.items()
    }
    if claims:
        counts["claims"] = len(claims)
    return _Tables(
        figures, incidents, totals, metadata(content, counts, [*figures, *incidents, *claims]), claims
    )


def _layer_name(districts: Districts) -> str:
    return f"districts_{districts.adm0}_{districts.level}"


def _with_totals(
    districts: Districts, totals: Iterable[Row], content: ExportContent
) -> tuple[dict[str, Kind], list[Row]]:
    """Return a layer's fields and rows: each unit with every measure's total beside its name."""
    by_unit: dict[str, dict[str, Row]] = {}
    for row in totals:
        by_unit.setdefault(row["place_id"], {})[row["measure"]] = row
    measures = sorted({measure for known in by_unit.values() for measure in known})
    fields = UNIT_FIELDS | {
        f"{measure}{part}": kind for measure in measures for part, kind in TOTAL_PARTS.items()
    }
    rows = [
        {**unit, **{name: value for measure in measures for name, value in _parts(by_unit, unit, measure)}}
        for unit in unit_rows(districts, Nesting(content.places))
    ]
    return fields, rows


def _parts(by_unit: Mapping[str, Mapping[str, Row]], unit: Row, measure: str) -> list[tuple[str, object]]:
    total = by_unit.get(unit["place_id"], {}).get(measure, {})
    names = ("value", "unit", "qualifier", "n_documents", "as_of")
    return [(f"{measure}{part}", total.get(name)) for part, name in zip(TOTAL_PARTS, names, strict=True)]


def _geojson(content: ExportContent, tables: _Tables) -> dict[str, str]:
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
        name = _layer_name(districts)
        _, rows = _with_totals(districts, tables.totals[name], content)
        outlines = geojson.polygons(districts.units.geometry)
        features = [
            geojson.feature(row["place_id"], outline, row)
            for row, outline in zip(rows, outlines, strict=True)
        ]
        texts[f"{name}.geojson"] = geojson.collection(name, features, tables.metadata)
    return texts


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _csv(tables: _Tables, *, hxl: bool) -> dict[str, str]:
    texts = {
        "figures.csv": sheet(tables.figures, FIGURE_FIELDS, hxl=hxl),
        "incidents.csv": sheet(tables.incidents, INCIDENT_FIELDS, hxl=hxl),
    }
    if tables.claims:
        texts["claims.csv"] = sheet(tables.claims, CLAIM_FIELDS, hxl=hxl)
    return texts | {f"{name}.csv": sheet(rows, TOTAL_FIELDS, hxl=hxl) for name, rows in tables.totals.items()}


def _write_text(path: Path, text: str) -> Path:
    """Write a file whole or not at all; CSV gets the byte-order mark that spreadsheets look for."""
    encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding=encoding, newline="")
        part.replace(path)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error})", REMEDY) from error
    return path


def _write_geopackage(content: ExportContent, tables: _Tables, path: Path) -> Path:
    part = path.with_name(f".{path.stem}-part.gpkg")
    write_geopackage(part, _layers(content, tables), content.built_on)
    try:
        part.replace(path)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error})", REMEDY) from error
    return path


def _layers(content: ExportContent, tables: _Tables) -> list[Layer]:
    layers, styles = [], []
    for districts in content.districts:
        name = _layer_name(districts)
        styles += unit_styles(content, districts, name)
        fields, rows = _with_totals(districts, tables.totals[name], content)
        outlines = [shapely.geometry.mapping(_multi(one)) for one in districts.units.geometry]
        layers.append(Layer(name, fields, rows, "MultiPolygon", outlines))
    points = [geojson.point(row["point"]) for row in tables.incidents]
    told = [{"key": key, "value": _told(value)} for key, value in tables.metadata.items()]
    return [
        *layers,
        Layer("incidents", INCIDENT_FIELDS, tables.incidents, "Point", points),
        Layer("figures", FIGURE_FIELDS, tables.figures),
        *([Layer("claims", CLAIM_FIELDS, tables.claims)] if tables.claims else []),
        *(Layer(f"totals_{name}", TOTAL_FIELDS, rows) for name, rows in tables.totals.items()),
        Layer("about", {"key": "str", "value": "str"}, told),
        style_layer([*styles, incident_style(tables.incidents, "incidents")], content.built_on),
    ]


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _multi(geometry: shapely.Polygon | shapely.MultiPolygon) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([geometry]) if isinstance(geometry, shapely.Polygon) else geometry
