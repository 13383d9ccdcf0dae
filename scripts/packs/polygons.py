"""Polygons: units of Natural Earth mended by their settlements, and raions from settlements alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiPoint, shape
from shapely.geometry.base import BaseGeometry

LONLAT = "EPSG:4326"
GRID = 1e-6  # degrees, a tenth of a metre: the grid that shared borders are snapped to
# How far around a misplaced settlement, and around its way home, its cell moves. Compared with official
# areas, 5 km is best of 1, 2, 3, 5, 8, 15 and 60 km for both countries; whole cells make areas worse.
REACH_M = 5_000
OUTSIDE_REACH_M = 800  # the same for a settlement that the generalised border leaves outside the country
OUTSIDE_LIMIT_M = 10_000  # farther out lies no generalised border, but a town on stilts in the sea
SLIVER_KM2 = 40.0  # smaller detached bits without a settlement of their own go to the neighbour
SIMPLIFIED = 0.002  # degrees: tolerance of the topology-preserving simplification of cells' borders


@dataclass(frozen=True)
class Known:
    """Settlements with a point and the id of the unit that they belong to (EPSG:4326)."""

    points: gpd.GeoSeries
    units: np.ndarray[Any, Any]


def equal_area_crs(lon: float, lat: float) -> str:
    """Return a Lambert azimuthal equal-area CRS around a point."""
    return f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"


def natural_earth(features: list[dict[str, Any]], units: dict[str, dict[str, Any]]) -> gpd.GeoSeries:
    """Return one geometry a unit, put together by Natural Earth ids; a unit without ids is left out."""
    by_id = {feature["properties"]["ne_id"]: shape(feature["geometry"]) for feature in features}
    found = {
        key: shapely.union_all([by_id[ne_id] for ne_id in unit["ne"]])
        for key, unit in units.items()
        if unit["ne"]
    }
    return gpd.GeoSeries(found, crs=LONLAT)


def cells(points: gpd.GeoSeries, crs: str) -> gpd.GeoSeries:
    """Return the Voronoi cell of each point (EPSG:4326) in `crs`, in the order of `points`."""
    flat = MultiPoint(list(points.to_crs(crs)))
    diagram = shapely.voronoi_polygons(flat, extend_to=flat.envelope.buffer(200_000), ordered=True)
    return gpd.GeoSeries(list(diagram.geoms), index=points.index, crs=crs)


def mend(units: gpd.GeoSeries, known: Known, crs: str) -> tuple[gpd.GeoSeries, set[str]]:
    """Move the near part of each misplaced settlement's cell to its own unit.

    Returns the mended units, without gaps or overlaps, and the ids of those whose borders moved.
    """
    single = Known(
        known.points[~known.points.duplicated()], known.units[~known.points.duplicated().to_numpy()]
    )
    voronoi, flat_points, flat_units = cells(single.points, crs), single.points.to_crs(crs), units.to_crs(crs)
    country = shapely.union_all(flat_units.to_numpy())
    zones: list[BaseGeometry] = []
    owners: list[str] = []
    moved: set[str] = set()
    for index, owner in zip(single.points.index, single.units, strict=True):
        if owner not in units.index or units[owner].contains(single.points[index]):
            continue
        zone = _zone(flat_points[index], flat_units[owner], voronoi[index], country)
        if zone is not None:
            zones.append(zone)
            owners.append(owner)
            moved |= {owner, *units.index[units.contains(single.points[index])]}
    lonlat_zones = gpd.GeoSeries(zones, crs=crs).to_crs(LONLAT)
    faces = partition([*units, *lonlat_zones])
    assigned = assign(faces, units, lonlat_zones, owners)
    mended = gpd.GeoSeries(
        {key: shapely.union_all(faces[assigned == key]) for key in units.index}, crs=LONLAT
    )
    return absorb_slivers(mended, single, crs), moved


def _zone(
    point: BaseGeometry, unit: BaseGeometry, cell: BaseGeometry, country: BaseGeometry
) -> BaseGeometry | None:
    """Return the land around a misplaced point and its way to its unit, or None far out at sea."""
    way = shapely.shortest_line(point, unit)
    reach_m = min(REACH_M, sqrt(unit.area / pi))  # one settlement must not double a small city
    zone = way.buffer(reach_m).intersection(country)
    if not country.contains(point):
        if way.length > OUTSIDE_LIMIT_M:
            return None
        zone = zone.union(way.buffer(OUTSIDE_REACH_M))
    return zone.intersection(cell)


def partition(areas: list[BaseGeometry]) -> np.ndarray[Any, Any]:
    """Return the faces that the borders of all areas cut the plane into, with exactly shared edges."""
    lines = shapely.union_all([shapely.boundary(area) for area in areas], grid_size=GRID)
    return np.array(list(shapely.get_parts(shapely.polygonize([lines]))))


def assign(
    faces: np.ndarray[Any, Any], units: gpd.GeoSeries, zones: gpd.GeoSeries, zone_units: list[str]
) -> np.ndarray[Any, Any]:
    """Return the unit of each face: that of the zone it lies in, else of the unit, else empty.

    A face in no unit that others enclose (a gap between two units) goes to the one it touches most.
    """
    inside = shapely.point_on_surface(faces)
    result = np.full(len(faces), "", dtype=object)
    for series, labels in ((units, list(units.index)), (zones, zone_units)):
        tree = shapely.STRtree(series.to_numpy())
        face, area = tree.query(inside, predicate="within")
        result[face] = np.array(labels, dtype=object)[area] if len(labels) else ""
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in _parts(faces[result != ""])])
    for face in np.flatnonzero(result == ""):
        if filled.contains(inside[face]):
            borders = shapely.length(shapely.intersection(faces[face].boundary, units.boundary.to_numpy()))
            result[face] = units.index[int(borders.argmax())]
    return result


def _parts(areas: np.ndarray[Any, Any]) -> list[BaseGeometry]:
    return list(shapely.get_parts(shapely.union_all(areas)))


def absorb_slivers(units: gpd.GeoSeries, known: Known, crs: str) -> gpd.GeoSeries:
    """Give small detached bits that hold no settlement of their unit to the neighbour they touch most."""
    geometries = units.to_dict()
    for key in units.index:
        parts = list(shapely.get_parts(geometries[key]))
        if len(parts) == 1:
            continue
        areas = gpd.GeoSeries(parts, crs=LONLAT).to_crs(crs).area / 1e6
        own = known.points[known.units == key].to_numpy()
        for part, area in zip(parts, areas, strict=True):
            if area >= SLIVER_KM2 or area == areas.max() or shapely.contains(part, own).any():
                continue
            others = {
                other: shapely.length(part.boundary.intersection(geometries[other].boundary))
                for other in geometries
                if other != key
            }
            neighbour = max(others, key=lambda other: others[other])
            if others[neighbour] > 0:
                geometries[key] = shapely.union_all(
                    [rest for rest in shapely.get_parts(geometries[key]) if not rest.equals(part)]
                )
                geometries[neighbour] = shapely.union_all([geometries[neighbour], part])
    return gpd.GeoSeries(geometries, crs=LONLAT)


def raions(units: gpd.GeoSeries, known: Known, known_adm1: np.ndarray[Any, Any], crs: str) -> gpd.GeoSeries:
    """Return raions as dissolved Voronoi cells of their settlements, cut to the first-level unit.

    A unit whose settlements have no raion (Kyiv, Sevastopol) stands for itself.
    """
    found: dict[str, BaseGeometry] = {}
    for adm1, unit in units.items():
        chosen = (known_adm1 == adm1) & (known.units != "") & ~known.points.duplicated().to_numpy()
        if not chosen.any():
            found[adm1] = unit
            continue
        voronoi = cells(known.points[chosen], crs).to_crs(LONLAT)
        dissolved = voronoi.groupby(known.units[chosen]).agg(
            lambda some: shapely.union_all(some.to_numpy(), grid_size=GRID)
        )
        for raion, geometry in dissolved.items():
            found[raion] = shapely.intersection(geometry, unit, grid_size=GRID)
    rough = gpd.GeoSeries(found, crs=LONLAT)
    faces = partition([*units, *rough])
    assigned = assign(faces, rough, gpd.GeoSeries([], crs=LONLAT), [])
    exact = {key: shapely.union_all(faces[assigned == key]) for key in rough.index}
    simple = shapely.coverage_simplify(np.array(list(exact.values())), SIMPLIFIED)
    return absorb_slivers(gpd.GeoSeries(dict(zip(exact, simple, strict=True)), crs=LONLAT), known, crs)


def areas_km2(units: gpd.GeoSeries) -> dict[str, float]:
    """Return areas on the ellipsoid in km2."""
    geod = units.crs.get_geod()
    oriented = dict(zip(units.index, shapely.orient_polygons(units.to_numpy()), strict=True))
    return {key: abs(geod.geometry_area_perimeter(geometry)[0]) / 1e6 for key, geometry in oriented.items()}
