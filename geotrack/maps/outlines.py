"""Outlines light enough for a web page: simplified together, so that neighbours keep their shared border."""

from __future__ import annotations

import json
import math
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geotrack.errors import UsageError

FIRST_TOLERANCE = 0.002  # degrees, some 200 m: finer than a screen shows a country
GENTLE_TOLERANCE = 0.0005  # for outlines that overlap, which cannot be simplified together
BUDGET_BYTES = 450_000
_WGS84 = "EPSG:4326"
_DECIMALS = 4  # of a degree, some 10 m
_COARSEST = 0.1
# Corners in which a legend may stand, the usual one first; the other one holds the zoom buttons.
_CORNERS = {"bottomright": (1, 0), "topright": (1, 1), "bottomleft": (0, 0)}
_CORNER_SHARE = 0.3  # of the frame's width and height, about what a legend covers


def outlines(units: gpd.GeoDataFrame, budget_bytes: int = BUDGET_BYTES) -> dict[str, Any]:
    """Return units as GeoJSON of at most about `budget_bytes`, one feature a unit.

    Parameters
    ----------
    units
        Indexed by `place_id`; columns `name`, `approximate`, `geometry`; any CRS.

    Returns
    -------
    collection
        A FeatureCollection in EPSG:4326; each feature's `id` is its place id. Shared borders stay shared.

    Raises
    ------
    UsageError
        If there is no unit to draw.
    """
    if units.empty:
        raise UsageError("There is no unit to draw: the boundary layer is empty.")
    wgs84 = _wgs84(units)
    shapes = shapely.force_2d(wgs84.geometry.to_numpy())
    tolerance = FIRST_TOLERANCE
    collection = _collection(wgs84, _simplified(shapes, tolerance))
    while len(json.dumps(collection)) > budget_bytes and tolerance < _COARSEST:
        tolerance *= math.sqrt(2)
        collection = _collection(wgs84, _simplified(shapes, tolerance))
    return collection


def _wgs84(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return units if units.crs is None or units.crs == _WGS84 else units.to_crs(_WGS84)


def _simplified(shapes: np.ndarray[Any, Any], tolerance: float) -> np.ndarray[Any, Any]:
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_simplify(shapes, tolerance)
    return shapely.simplify(shapes, max(GENTLE_TOLERANCE, tolerance / 4))


def _collection(units: gpd.GeoDataFrame, shapes: np.ndarray[Any, Any]) -> dict[str, Any]:
    described = zip(units.index, units["name"], units["approximate"], shapes, strict=True)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": str(place_id),
                "properties": {"name": str(name), "approximate": bool(approximate)},
                "geometry": _rounded(shapely.geometry.mapping(shape)),
            }
            for place_id, name, approximate, shape in described
            if shape is not None and not shape.is_empty
        ],
    }


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def nested(part: Any) -> Any:  # noqa: ANN401 - coordinates nest to a depth that the type gives
        if isinstance(part[0], float | int):
            return [round(number, _DECIMALS) for number in part]
        return [nested(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": nested(geometry["coordinates"])}


def label_points(units: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Return a point well inside each unit (lon, lat), where its badge stands."""
    wgs84 = _wgs84(units)
    points = {}
    for place_id, shape in wgs84.geometry.items():
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        centre = shapely.maximum_inscribed_circle(largest, tolerance=0.01)
        lon, lat = shapely.get_coordinates(centre)[0]
        points[str(place_id)] = (round(float(lon), _DECIMALS), round(float(lat), _DECIMALS))
    return points


def bounds(units: gpd.GeoDataFrame) -> list[list[float]]:
    """Return the frame of the units as Leaflet wants it: south-west and north-east, each lat, lon."""
    wgs84 = _wgs84(units)
    west, south, east, north = (round(float(edge), _DECIMALS) for edge in wgs84.total_bounds)
    return [[south, west], [north, east]]


def emptiest_corner(units: gpd.GeoDataFrame) -> str:
    """Return the corner of the frame where least land lies, as Leaflet calls it: the legend's place."""
    wgs84 = _wgs84(units)
    shapes = wgs84.geometry.to_numpy()
    west, south, east, north = wgs84.total_bounds
    width, height = (east - west) * _CORNER_SHARE, (north - south) * _CORNER_SHARE

    def land(corner: str) -> float:
        right, top = _CORNERS[corner]
        left, low = (east - width if right else west), (north - height if top else south)
        return float(shapely.area(shapely.clip_by_rect(shapes, left, low, left + width, low + height)).sum())

    return min(_CORNERS, key=land)
