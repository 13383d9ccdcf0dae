"""The tables of an export, as layers: rows with typed fields, and shapes where there are any."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import shapely

from geotrack.analysis.nesting import Nesting
from geotrack.export import geojson
from geotrack.export.content import Districts, ExportContent
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
from geotrack.export.units import TOTAL_FIELDS, UNIT_FIELDS, total_rows, unit_rows
from geotrack.models import Measure

MEASURES: tuple[Measure, ...] = get_args(Measure)
TOTAL_PARTS: dict[str, Kind] = {
    "": "float",
    "_unit": "str",
    "_qualifier": "str",
    "_documents": "int",
    "_as_of": "date",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Rows with their fields, and a geometry a row, all in EPSG:4326.

    `geometry` is `None` for a table, else the layer's geometry type; a row's own may be None.
    """

    name: str
    fields: Mapping[str, Kind]
    rows: Sequence[Row]
    geometry: str | None = None
    geometries: Sequence[Mapping[str, Any] | None] = ()
    id_name: str = "fid"

    def features(self) -> Iterable[dict[str, Any]]:
        """Yield the features as fiona takes them: dates as dates, lists as JSON text."""
        geometries = self.geometries or [None] * len(self.rows)
        for row, geometry in zip(self.rows, geometries, strict=True):
            properties = {name: _property(row.get(name)) for name in self.fields}
            yield {"type": "Feature", "properties": properties, "geometry": geometry}


def _property(value: object) -> object:
    if isinstance(value, list | tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return value.isoformat() if isinstance(value, dt.date) else value


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one export."""

    figures: list[Row]
    incidents: list[Row]
    totals: dict[str, list[Row]]
    metadata: dict[str, Any]
    claims: list[Row]


def tables_of(content: ExportContent) -> Tables:
    """Return the rows of an export, and what it says of itself."""
    measures = (content.filter.measure,) if content.filter.measure else MEASURES
    figures, incidents, claims = figure_rows(content), incident_rows(content), claim_rows(content)
    totals = {layer_name(one): total_rows(content, one, measures) for one in content.districts}  # type: ignore[arg-type]  # the filter's measure is one of them
    counts = {"figures": len(figures), "incidents": len(incidents)} | {
        name: len(rows) for name, rows in totals.items()
    }
    if claims:
        counts["claims"] = len(claims)
    return Tables(
        figures, incidents, totals, metadata(content, counts, [*figures, *incidents, *claims]), claims
    )


def layer_name(districts: Districts) -> str:
    """Return the name of a layer of units."""
    return f"districts_{districts.adm0}_{districts.level}"


def units_with_totals(
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


def layers_of(content: ExportContent, tables: Tables) -> list[Layer]:
    """Return units with their totals and incidents as shapes, then the tables without shapes."""
    layers = []
    for districts in content.districts:
        name = layer_name(districts)
        fields, rows = units_with_totals(districts, tables.totals[name], content)
        outlines = [shapely.geometry.mapping(_multi(one)) for one in districts.units.geometry]
        layers.append(Layer(name, fields, rows, "MultiPolygon", outlines))
    points = [geojson.point(row["point"]) for row in tables.incidents]
    return [
        *layers,
        Layer("incidents", INCIDENT_FIELDS, tables.incidents, "Point", points),
        *lists_of(tables),
    ]


def lists_of(tables: Tables) -> list[Layer]:
    """Return the tables without shapes."""
    return [
        Layer("figures", FIGURE_FIELDS, tables.figures),
        *([Layer("claims", CLAIM_FIELDS, tables.claims)] if tables.claims else []),
        *(Layer(f"totals_{name}", TOTAL_FIELDS, rows) for name, rows in tables.totals.items()),
    ]


def about_layer(tables: Tables) -> Layer:
    """Return what the export says of itself as a table."""
    told = [{"key": key, "value": _told(value)} for key, value in tables.metadata.items()]
    return Layer("about", {"key": "str", "value": "str"}, told)


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _multi(geometry: shapely.Polygon | shapely.MultiPolygon) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([geometry]) if isinstance(geometry, shapely.Polygon) else geometry
