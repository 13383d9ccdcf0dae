"""The GeoPackage of a pack: layers country, adm1, adm2."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPolygon

from packs import polygons
from packs.rows import PlaceRow

FIXED_DATE = "2024-01-01T00:00:00.000Z"  # GeoPackages carry a date of change: the same input, the same bytes
NATURAL_EARTH = "Natural Earth 1:10m, generalised"
MENDED = "Natural Earth 1:10m, mended with GeoNames settlements"
CELLS = "Voronoi cells of GeoNames settlements"
# Under which terms each origin may be passed on; the attribution that CC BY asks for is the name itself.
LICENCES = {"Natural Earth": "public domain", "GeoNames": "CC BY 4.0"}


def known_settlements(places: dict[str, PlaceRow], level: str) -> polygons.Known:
    """Return the settlements with a point, and their unit at a level; a city that is a unit counts as one."""
    chosen = [place for place in places.values() if _has_point(place)]
    points = gpd.GeoSeries(
        gpd.points_from_xy([place.lon for place in chosen], [place.lat for place in chosen]),
        index=[place.place_id for place in chosen],
        crs=polygons.LONLAT,
    )
    return polygons.Known(points, np.array([getattr(place, level) for place in chosen], dtype=object))


def _has_point(place: PlaceRow) -> bool:
    return place.lon is not None and (place.level == "settlement" or place.type == "city")


def build_layers(
    curated: dict[str, Any], places: dict[str, PlaceRow], features: list[dict[str, Any]]
) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of one country."""
    country = curated["country"]
    crs = polygons.equal_area_crs(country["lon"], country["lat"])
    known = known_settlements(places, "adm1")
    units, moved = polygons.mend(polygons.natural_earth(features, curated["units"]), known, crs)
    layers = {}
    if "raions" in curated:
        second = polygons.raions(units, known_settlements(places, "adm2"), known.units, crs)
        parents = np.array([places[key].adm1 for key in second.index], dtype=object)
        units = gpd.GeoSeries(
            {key: shapely.union_all(second[parents == key].to_numpy()) for key in units.index},
            crs=polygons.LONLAT,
        )
        rough = {key for key in second.index if places[key].level == "adm2"}
        sources = {key: CELLS if key in rough else NATURAL_EARTH for key in second.index}
        layers["adm2"] = frame(second, places, sources, rough | moved)
    whole = gpd.GeoSeries({country["id"]: shapely.union_all(units.to_numpy())}, crs=polygons.LONLAT)
    layers["adm1"] = frame(
        units, places, {key: MENDED if key in moved else NATURAL_EARTH for key in units.index}, moved
    )
    layers["country"] = frame(whole, places, {country["id"]: NATURAL_EARTH}, set())
    return layers


def frame(
    units: gpd.GeoSeries, places: dict[str, PlaceRow], sources: dict[str, str], approximate: set[str]
) -> gpd.GeoDataFrame:
    """Return a layer's table, sorted by place id."""
    keys = sorted(units.index)
    areas = polygons.areas_km2(units)
    table = pd.DataFrame(
        {
            "place_id": keys,
            "name": [places[key].name for key in keys],
            "approximate": [key in approximate for key in keys],
            "source": [sources[key] for key in keys],
            "area_km2": [round(areas[key], 1) for key in keys],
        }
    )
    geometry = [_multi(shapely.orient_polygons(units[key])) for key in keys]
    return gpd.GeoDataFrame(table, geometry=geometry, crs=polygons.LONLAT)


def _multi(geometry: shapely.Geometry) -> MultiPolygon:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return MultiPolygon(sorted(parts, key=lambda part: (-part.area, part.bounds)))


def licence_of(table: gpd.GeoDataFrame) -> str:
    """Return the licence of a layer: that of each origin that its units name."""
    # Cells are cut out of the first-level units, so Natural Earth is in every layer.
    named = " ".join([NATURAL_EARTH, *table["source"]])
    return "; ".join(f"{origin}: {licence}" for origin, licence in LICENCES.items() if origin in named)


def write_layers(path: Path, layers: dict[str, gpd.GeoDataFrame]) -> None:
    """Write a GeoPackage whose bytes depend on the layers only."""
    os.environ["OGR_CURRENT_DATE"] = FIXED_DATE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    for name in ("country", "adm1", "adm2"):
        if name in layers:
            layers[name].to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                mode="a" if path.exists() else "w",
                layer_metadata={"licence": licence_of(layers[name])},
            )
