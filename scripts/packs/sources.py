"""The list of sources, `data/SOURCES.md`: origins, licences, and how far our areas are from official ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

NOTED_PERCENT = 2.0  # smaller deviations are within what a 1:10m border can be off

HEAD = Path(__file__).with_name("sources_head.md")


@dataclass(frozen=True)
class Area:
    """A unit's area in km2, ours and the official one."""

    place_id: str
    name: str
    ours: float
    official: float

    @property
    def percent(self) -> float:
        """How far ours is from the official area, in percent of the official one."""
        return 100 * (self.ours / self.official - 1)


def areas(curated: dict[str, Any], layers: dict[str, gpd.GeoDataFrame]) -> list[Area]:
    """Return the areas of the country and its first-level units."""
    official = {curated["country"]["id"]: float(curated["country"]["km2"])}
    official |= {key: float(unit["km2"]) for key, unit in curated["units"].items()}
    rows = [row for level in ("country", "adm1") for row in layers[level].itertuples()]
    return [Area(row.place_id, row.name, row.area_km2, official[row.place_id]) for row in rows]


def render(versions: dict[str, str], found: dict[str, list[Area]], reach_m: float) -> str:
    """Return the text of `SOURCES.md`."""
    text = HEAD.read_text(encoding="utf-8").format(
        **{name.replace(".", "_").replace("-", "_"): version for name, version in versions.items()},
        reach=reach_m / 1000,
        noted=NOTED_PERCENT,
    )
    for rows in found.values():
        country, *units = rows
        near = sum(abs(row.percent) < NOTED_PERCENT for row in units)
        median = sorted(abs(row.percent) for row in units)[len(units) // 2]
        text += f"\n### {country.name}\n\n"
        text += (
            f"The country: {country.ours:,.0f} against {country.official:,.0f} ({country.percent:+.1f} %). "
        )
        text += f"{near} of {len(units)} units are within {NOTED_PERCENT:g} %, "
        text += f"the median is off by {median:.1f} %.\n\n"
        text += "| unit | ours | official | deviation |\n|---|---:|---:|---:|\n"
        noted = [row for row in units if abs(row.percent) >= NOTED_PERCENT]
        for row in sorted(noted, key=lambda row: -abs(row.percent)):
            cells = (f"{row.name} ({row.place_id})", f"{row.ours:,.0f}", f"{row.official:,.0f}")
            text += f"| {' | '.join(cells)} | {row.percent:+.0f} % |\n"
    return text
