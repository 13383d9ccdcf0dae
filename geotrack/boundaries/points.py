"""Which units a point lies in."""

from __future__ import annotations

import math

import geopandas as gpd
import pandas as pd
from shapely import Point

from geotrack.boundaries.layers import LAYER_LEVELS, layer, list_layers
from geotrack.config import Settings
from geotrack.errors import UsageError

FOUND_COLUMNS = ["place_id", "name", "level", "approximate"]


def units_at(settings: Settings, lon: float, lat: float) -> pd.DataFrame:
    """Return the units that a point lies in or on the border of, the widest first.

    Parameters
    ----------
    settings
        Imported layers win over the shipped ones.
    lon, lat
        Degrees in EPSG:4326.

    Returns
    -------
    units
        Columns `place_id`, `name`, `level`, `approximate` (the outline is): empty where no layer has land.

    Raises
    ------
    UsageError
        If these are no longitude and latitude.
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees
        raise UsageError(f"{lon}, {lat} is no longitude and latitude. Give degrees, as 46.93 39.99.")
    found = []
    for info in sorted(list_layers(settings), key=lambda one: LAYER_LEVELS.index(one.level)):
        units: gpd.GeoDataFrame = layer(settings, info.adm0, info.level)
        hit = units.iloc[units.sindex.query(Point(lon, lat), predicate="intersects")]
        found.append(hit.reset_index().assign(level=info.level)[FOUND_COLUMNS])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=FOUND_COLUMNS)
