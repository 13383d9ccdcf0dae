"""Gazetteers of others beside the shipped one: villages and names of GeoNames and of KATOTTG."""

from __future__ import annotations

from geotrack.toponyms.imports import PlaceOptions, PlaceReport, import_places
from geotrack.toponyms.rows import BadRow

__all__ = ["BadRow", "PlaceOptions", "PlaceReport", "import_places"]
