"""The levels of a country that a saved map draws."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd

from geotrack import boundaries
from geotrack.boundaries import LayerLevel
from geotrack.config import Settings
from geotrack.languages import speaking
from geotrack.maps.atlas import Ground
from geotrack.maps.content import MapStyle
from geotrack.maps.gathering import boundary_note


def grounds(
    settings: Settings,
    style: MapStyle,
    layer: Callable[[Settings, str, LayerLevel], gpd.GeoDataFrame] = boundaries.layer,
) -> dict[LayerLevel, Ground]:
    """Return the levels of a style's country that can be drawn, the one that it names first.

    `layer` reads polygons, for those who keep them.

    Raises
    ------
    BoundaryError
        If there is no layer of the style's own level.
    """
    known = {info.level for info in boundaries.list_layers(settings) if info.adm0 == style.adm0}
    others: tuple[LayerLevel, ...] = ("adm1", "adm2")
    levels = [style.level, *(level for level in others if level in known - {style.level})]
    with speaking(style.locale):
        return {
            level: Ground(
                layer(settings, style.adm0, level),
                boundary_note(boundaries.about(settings, style.adm0, level)),
            )
            for level in levels
        }
