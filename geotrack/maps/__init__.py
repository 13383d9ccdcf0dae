"""Maps that work with no network: choropleths with incidents, for the app and as one file to send."""

from __future__ import annotations

from geotrack.maps.atlas import Atlas, Country, Ground
from geotrack.maps.content import MapContent, MapStyle
from geotrack.maps.gathering import boundary_note, gather
from geotrack.maps.pages import base_map, overlay, write_assets
from geotrack.maps.saving import save_map
from geotrack.maps.scenes import Scene

__all__ = [
    "Atlas",
    "Country",
    "Ground",
    "MapContent",
    "MapStyle",
    "Scene",
    "base_map",
    "boundary_note",
    "gather",
    "overlay",
    "save_map",
    "write_assets",
]
