"""Facts and totals over HTTP, for reading: OGC API - Features, which QGIS, ArcGIS and scripts read live.

Starlette serves it, which is installed with the app anyway; pygeoapi would bring a second web framework and
a file of settings to write for the same few addresses.
"""

from __future__ import annotations

from geotrack.serving.application import application
from geotrack.serving.collections import Collection, collections_of
from geotrack.serving.library import Library

__all__ = ["Collection", "Library", "application", "collections_of"]
