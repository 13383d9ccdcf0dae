"""About: what this is, whose data it shows, and what it must not be used for."""

from __future__ import annotations

from geotrack.app import abouts
from geotrack.config import Settings

settings = Settings.read()
abouts.show_caveats()
abouts.show_method()
abouts.show_boundaries(settings)
abouts.show_sources(settings)
abouts.show_version(settings)
