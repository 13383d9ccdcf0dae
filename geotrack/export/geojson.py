"""GeoJSON by RFC 7946: one feature a line, each with an id, coordinates to five decimals, right-handed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely

from geotrack.export.rows import Row

GRID_DEGREES = 1e-5  # about a metre: five decimals


def point(lon_lat: tuple[float, float] | None) -> dict[str, Any] | None:
    """Return a GeoJSON point in EPSG:4326, or null geometry."""
    return None if lon_lat is None else {"type": "Point", "coordinates": [round(part, 5) for part in lon_lat]}


def polygons(geometries: Iterable[shapely.Geometry]) -> list[dict[str, Any]]:
    """Return outlines on a grid of five decimals, exterior rings counterclockwise.

    Outlines are snapped together, vertex by vertex, so that neighbours stay neighbours; one that a snap
    would make invalid is mended.
    """
    snapped = [shapely.set_precision(shapely.make_valid(one), GRID_DEGREES) for one in geometries]
    return [
        json.loads(shapely.to_geojson(shapely.orient_polygons(one)), parse_float=_five_decimals)
        for one in snapped
    ]


def _five_decimals(number: str) -> float:
    return round(float(number), 5)


def feature(feature_id: str, geometry: Mapping[str, Any] | None, properties: Row) -> dict[str, Any]:
    """Return one feature; dates become ISO text."""
    told = {
        name: value.isoformat() if isinstance(value, dt.date) else value for name, value in properties.items()
    }
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": told}


def collection(name: str, features: Sequence[Mapping[str, Any]], metadata: Mapping[str, Any]) -> str:
    """Return a FeatureCollection, with what the export says of itself as the member `metadata`."""
    head = json.dumps({"type": "FeatureCollection", "title": name, "metadata": metadata}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in features)
    return f'{head[:-1]}, "features": [\n{lines}\n]}}\n'
