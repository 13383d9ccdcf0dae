"""Polygons of countries and units: the shipped ones, or those that the user imported over them."""

from __future__ import annotations

from geotrack.boundaries.imports import ImportOptions, ImportReport, import_layer
from geotrack.boundaries.layers import LAYER_LEVELS, LayerInfo, LayerLevel, about, layer, list_layers, reset
from geotrack.boundaries.matching import Match, Unmatched
from geotrack.boundaries.points import units_at

__all__ = [
    "LAYER_LEVELS",
    "ImportOptions",
    "ImportReport",
    "LayerInfo",
    "LayerLevel",
    "Match",
    "Unmatched",
    "about",
    "import_layer",
    "layer",
    "list_layers",
    "reset",
    "units_at",
]
