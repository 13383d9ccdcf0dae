"""How long saving a map of all measures takes, and how large it is, beside one measure drawn by folium.

The library is that of the example reports. The peer is the map that a user would draw with folium of the same
totals and units; it holds one measure and one span of time, and loads its scripts from other hosts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import folium
import geopandas as gpd
from table import Table

from geotrack import Tracker, reports_folder, seeds_folder

COUNTRIES = {"AZ": "Azerbaijan", "UA": "Ukraine"}
MEASURE = "area_cleared"
A_MEGABYTE = 1e6
LARGEST_MB = 1.5


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of one core that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def saved(tracker: Tracker, country: str, file: Path) -> None:
    """Save all measures, years and sentences of a country as one file."""
    tracker.choropleth(MEASURE, country).save(file)


def drawn_by_folium(units: gpd.GeoDataFrame, file: Path) -> None:
    """Draw one measure's totals on a country's units."""
    drawn = folium.Map()
    key = "feature.properties.place_id"
    folium.Choropleth(units, units, columns=["place_id", "value"], key_on=key).add_to(drawn)
    drawn.save(str(file))


def main() -> None:
    """Print a row for each country and way; fail if a file is too large."""
    table = Table("", "measured", "limit")
    with tempfile.TemporaryDirectory() as name, Tracker.open(Path(name) / "reports.db") as tracker:
        tracker.ingest(seeds_folder(), reports_folder())
        file = Path(name) / "map.html"
        for country, label in COUNTRIES.items():
            spent = seconds(lambda country=country: saved(tracker, country, file))  # type: ignore[misc]
            table.limited(f"{label}, time", spent, "s")
            table.limited(f"{label}, size", file.stat().st_size / A_MEGABYTE, "MB", LARGEST_MB)
            told = tracker.choropleth(MEASURE, country).table.reset_index()
            units = told[["place_id", "value", "geometry"]]
            spent = seconds(lambda units=units: drawn_by_folium(units, file))  # type: ignore[misc]
            table.limited(f"{label} drawn by the peer, time", spent, "s")
            table.limited(f"{label} drawn by the peer, size", file.stat().st_size / A_MEGABYTE, "MB")
    sys.exit(bool(table.missed))


if __name__ == "__main__":
    main()
