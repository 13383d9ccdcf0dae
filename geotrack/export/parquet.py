"""Parquet with typed columns; what has shapes by GeoParquet 1.1 (WKB, longitude and latitude, OGC:CRS84)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geotrack.export.rows import Kind
from geotrack.export.tables import Layer

VERSION = "1.1.0"
GEOMETRY = "geometry"
_TYPES: dict[Kind, pa.DataType] = {
    "str": pa.string(),
    "list": pa.list_(pa.string()),
    "date": pa.date32(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
}


def parquet(layer: Layer, metadata: Mapping[str, Any]) -> bytes:
    """Return a layer as a file; its key `geotrack` holds what the export says of itself."""
    columns = {
        name: pa.array([row.get(name) for row in layer.rows], _TYPES[kind])
        for name, kind in layer.fields.items()
    }
    about = {"geotrack": json.dumps(metadata, ensure_ascii=False)}
    if layer.geometry:
        shapes = [None if one is None else shapely.geometry.shape(dict(one)) for one in layer.geometries]
        wound = shapely.orient_polygons(np.array(shapes, dtype="object"))
        columns[GEOMETRY] = pa.array(shapely.to_wkb(wound), pa.binary())
        about["geo"] = json.dumps(_geo(layer.geometry, shapes))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns).replace_schema_metadata(about), sink, compression="zstd")
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _geo(geometry: str, shapes: Sequence[shapely.Geometry | None]) -> dict[str, Any]:
    """Return what GeoParquet says of shapes; without `crs` they are in OGC:CRS84."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": [geometry],
        "orientation": "counterclockwise",
    }
    present = [one for one in shapes if one is not None]
    if present:
        column["bbox"] = shapely.total_bounds(present).tolist()
    return {"version": VERSION, "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
