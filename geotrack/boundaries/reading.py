"""Open a user's boundary file and stream its features: any format that fiona reads, any CRS."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fiona
import numpy as np
import pyproj
import shapely
from fiona.errors import FionaError
from numpy.typing import NDArray
from pyproj.exceptions import CRSError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geotrack.errors import BoundaryError

LAYER_SUFFIXES = (".shp", ".gpkg", ".geojson", ".json", ".kml", ".gml", ".fgb")
WGS84 = pyproj.CRS.from_epsg(4326)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One layer of a user's file: how fiona opens it, and the CRS that it is in."""

    path: Path
    address: str
    layer: str | None
    crs: pyproj.CRS
    columns: tuple[str, ...]
    encoding: str | None = None

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the attributes of each feature, without geometry."""
        with _opened(self, ignore_geometry=True) as features:
            for feature in features:
                yield dict(feature.properties)

    def shapes(self) -> Iterator[BaseGeometry | None]:
        """Yield the geometry of each feature in EPSG:4326 and two dimensions, in the order of `rows`."""
        to_wgs84 = _transformer(self.crs)
        with _opened(self) as features:
            for feature in features:
                yield None if feature.geometry is None else to_wgs84(shape(feature.geometry))


def open_source(
    path: Path, layer: str | None = None, crs: str | None = None, encoding: str | None = None
) -> SourceFile:
    """Look into a file and find its layer, columns and CRS.

    Raises
    ------
    BoundaryError
        If the file is missing, unreadable, holds several layers and none is named, or has no CRS.
    """
    if not path.exists():
        raise BoundaryError(str(path), "no such file", "Check the path.")
    address, layer_inside = _address(path, layer)
    name = _layer_name(path, address, layer_inside)
    found = SourceFile(path, address, name, WGS84, (), encoding)
    with _opened(found) as features:
        columns = tuple(features.schema["properties"])
        file_crs = features.crs_wkt
    return SourceFile(path, address, name, _crs(path, crs, file_crs), columns, encoding)


@contextmanager
def _opened(source: SourceFile, *, ignore_geometry: bool = False) -> Iterator[Any]:
    options = {"encoding": source.encoding} if source.encoding else {}
    if source.layer:
        options["layer"] = source.layer
    try:
        with fiona.open(source.address, ignore_geometry=ignore_geometry, **options) as features:
            yield features
    except FionaError as error:
        remedy = "Give a Shapefile (with its .shx and .dbf), GeoPackage, GeoJSON, or a zip of one."
        raise BoundaryError(str(source.path), f"cannot be opened ({error})", remedy) from error
    except UnicodeDecodeError as error:
        remedy = "Name the encoding of its attributes: --encoding cp1251."
        raise BoundaryError(
            str(source.path), f"its attributes cannot be decoded ({error})", remedy
        ) from error


def _address(path: Path, layer: str | None) -> tuple[str, str | None]:
    """Return what fiona opens, and the layer still to be found in it.

    For a zip this is the one boundary file in it; of several, the layer's name chooses.
    """
    if path.suffix.lower() != ".zip":
        return str(path), layer
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(LAYER_SUFFIXES)]
    except (zipfile.BadZipFile, OSError) as error:
        raise BoundaryError(str(path), f"not a zip file ({error})", "Download it again.") from error
    names = [name for name in names if not name.startswith("__MACOSX/")]
    if len(names) == 1:
        return f"zip://{path.absolute()}!/{names[0]}", layer
    chosen = _choose(path, {Path(name).stem: name for name in names}, layer)
    return f"zip://{path.absolute()}!/{chosen}", None


def _layer_name(path: Path, address: str, layer: str | None) -> str:
    try:
        names = fiona.listlayers(address)
    except (FionaError, ValueError) as error:
        remedy = "Give a Shapefile (with its .shx and .dbf), GeoPackage, GeoJSON, or a zip of one."
        raise BoundaryError(str(path), f"cannot be opened ({error})", remedy) from error
    return _choose(path, {name: name for name in names}, layer)


def _choose(path: Path, layers: dict[str, str], wanted: str | None) -> str:
    if not layers:
        raise BoundaryError(str(path), "no boundary layer in it", "Give a Shapefile, GeoPackage or GeoJSON.")
    known = ", ".join(sorted(layers))
    if wanted is not None and wanted not in layers:
        raise BoundaryError(str(path), f"no layer {wanted!r}", f"Layers that are there: {known}.")
    if wanted is None and len(layers) > 1:
        raise BoundaryError(str(path), f"several layers ({known})", "Name one of them: --layer NAME.")
    return layers[wanted] if wanted else next(iter(layers.values()))


def _crs(path: Path, given: str | None, in_file: str) -> pyproj.CRS:
    """Return the CRS that the user gave, else the file's."""
    remedy = (
        "Say which it is in, as --crs EPSG:4326 (longitude and latitude) or --crs EPSG:32639 (UTM zone 39N)."
    )
    if not given and (
        not in_file or re.search(r'"(Undefined|Unknown|unnamed)[^"]*"', in_file[:60], re.IGNORECASE)
    ):
        raise BoundaryError(str(path), "no coordinate reference system", remedy)
    try:
        return pyproj.CRS.from_user_input(given or in_file)
    except CRSError as error:
        raise BoundaryError(str(path), f"unknown coordinate system {given or in_file!r}", remedy) from error


def _transformer(crs: pyproj.CRS) -> Callable[[BaseGeometry], BaseGeometry]:
    if crs.equals(WGS84, ignore_axis_order=True):
        return shapely.force_2d
    move = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def lon_lat(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(move.transform(points[:, 0], points[:, 1]))

    def transform(geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shapely.force_2d(geometry), lon_lat)

    return transform


def mend(geometry: BaseGeometry | None) -> tuple[shapely.MultiPolygon | None, bool]:
    """Return the polygons of a geometry, made valid, and whether it was mended; None if none is left."""
    if geometry is None or geometry.is_empty:
        return None, False
    valid = shapely.is_valid(geometry)
    sound = geometry if valid else shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    polygons = [part for part in _parts(sound) if isinstance(part, shapely.Polygon) and part.area > 0]
    return (shapely.MultiPolygon(polygons) if polygons else None), not valid


def _parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        else:
            yield part
