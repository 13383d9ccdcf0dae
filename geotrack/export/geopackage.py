"""One GeoPackage that QGIS opens: districts and incidents as layers with styles, the rest as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import fiona
from fiona.errors import FionaError

from geotrack.errors import OutputError
from geotrack.export.rows import Kind
from geotrack.export.styles import STYLE_TOLD, LayerStyle
from geotrack.export.tables import Layer

# The table in which QGIS looks for styles, as QGIS itself makes it.
_STYLE_FIELDS: dict[str, Kind] = {
    "f_table_catalog": "str",
    "f_table_schema": "str",
    "f_table_name": "str",
    "f_geometry_column": "str",
    "styleName": "str",
    "styleQML": "str",
    "styleSLD": "str",
    "useAsDefault": "bool",
    "description": "str",
    "owner": "str",
    "ui": "str",
    "update_time": "time",
}
_TYPES = {
    "str": "str",
    "list": "str",
    "date": "date",
    "int": "int64",
    "float": "float",
    "bool": "bool",
    "time": "datetime",
}


def style_layer(styles: Iterable[LayerStyle], built_on: dt.date) -> Layer:
    """Return the table of styles, in which QGIS finds how to draw each layer."""
    rows = [
        {
            **dict.fromkeys(_STYLE_FIELDS, ""),
            "f_table_name": one.table,
            "f_geometry_column": "geom",
            "styleName": one.name,
            "styleQML": one.qml,
            "useAsDefault": one.is_default,
            "description": STYLE_TOLD,
            "update_time": f"{built_on.isoformat()}T00:00:00",
        }
        for one in styles
    ]
    return Layer("layer_styles", _STYLE_FIELDS, rows, id_name="id")


def write_geopackage(path: Path, layers: Iterable[Layer], built_on: dt.date) -> None:
    """Write layers into a new GeoPackage; the same layers and date give the same bytes.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    moment = f"{built_on.isoformat()}T00:00:00.000Z"
    try:
        path.unlink(missing_ok=True)
        # The date that GDAL writes into gpkg_contents; scoped to this write.
        with fiona.Env(OGR_CURRENT_DATE=moment):
            for layer in layers:
                _write(path, layer)
    except (OSError, FionaError) as error:
        raise OutputError(
            str(path), f"cannot be written ({error})", "Choose another folder: --out."
        ) from error


def _write(path: Path, layer: Layer) -> None:
    properties = {name: _TYPES[kind] for name, kind in layer.fields.items()}
    with fiona.open(
        path,
        "w",
        driver="GPKG",
        layer=layer.name,
        schema={"geometry": layer.geometry or "None", "properties": properties},
        crs="EPSG:4326" if layer.geometry else None,
        # A table of facts is no layer of shapes: QGIS lists it as a table.
        **({} if layer.geometry else {"ASPATIAL_VARIANT": "GPKG_ATTRIBUTES"}),
        FID=layer.id_name,
    ) as target:
        target.writerecords(layer.features())
