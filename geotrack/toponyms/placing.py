"""Which unit a point lies in, and which lie near: borders that are approximate may be some kilometres off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geotrack.boundaries import layer
from geotrack.config import Settings
from geotrack.errors import BoundaryError

NEAR_KM = 10.0  # how far a village may lie from the unit that it belongs to
_KM_PER_DEGREE = 111.2


class Near(NamedTuple):
    """A unit and how far it is from a point; 0 inside it."""

    place_id: str
    km: float


def units_near(settings: Settings, adm0: str, points: Sequence[tuple[float, float]]) -> list[list[Near]]:
    """Return the narrowest units around each (lon, lat) point, the nearest first, up to `NEAR_KM`.

    Raises
    ------
    BoundaryError
        If the country has no boundaries.
    """
    found: list[list[Near]] = [[] for _ in points]
    if not points:
        return found
    units = _narrowest(settings, adm0)
    ids, outlines = list(units.index), _in_km(units.geometry.to_numpy(), points)
    places = _in_km(np.array([shapely.Point(point) for point in points]), points)
    tree = shapely.STRtree(outlines)
    for number, unit in tree.query(places, predicate="dwithin", distance=NEAR_KM).T:
        found[number].append(Near(ids[unit], float(shapely.distance(places[number], outlines[unit]))))
    for near in found:
        near.sort(key=lambda one: one.km)
    return found


def _narrowest(settings: Settings, adm0: str) -> gpd.GeoDataFrame:
    try:
        return layer(settings, adm0, "adm2")
    except BoundaryError:
        return layer(settings, adm0, "adm1")


def _in_km(shapes: NDArray[np.object_], points: Sequence[tuple[float, float]]) -> NDArray[np.object_]:
    """Return shapes on a plane in kilometres that is true around the points."""
    scale = _KM_PER_DEGREE * np.array([np.cos(np.radians(np.mean([lat for _, lat in points]))), 1.0])
    moved: NDArray[np.object_] = shapely.transform(shapes, lambda xy: xy * scale)
    return moved
