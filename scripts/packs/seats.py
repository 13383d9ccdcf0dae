"""What needs both units and settlements: seats, spellings of cities, former names, inherited names."""

from __future__ import annotations

from typing import Any

from packs import spelling
from packs.rows import PlaceRow
from packs.settlements import Gazetteer, add_azerbaijani_spellings

_TYPE_RANK = {"city": 0, "settlement": 1, "": 1, "village": 2}


def find_settlement(gazetteer: Gazetteer, adm: str, name: str, language: str = "uk") -> str | None:
    """Return the settlement of a unit (adm1 or adm2) that is labelled `name`: cities first, then size."""
    found = [
        place
        for place in gazetteer.places.values()
        if adm in {place.adm1, place.adm2}
        and (place.level == "settlement" or place.type == "city")
        and gazetteer.names.rows.get(place.place_id, {}).get((name, language)) == "label"
    ]
    best = min(found, key=lambda place: (_TYPE_RANK[place.type], -(place.population or 0)), default=None)
    return best.place_id if best else None


def add_spellings(gazetteer: Gazetteer) -> list[str]:
    """Add the foreign spellings of settlements; return the keys that match no settlement."""
    failed = []
    for key, entry in gazetteer.curated.get("spellings", {}).items():
        place_id = find_settlement(gazetteer, *key.split("/"))
        if place_id is None:
            failed.append(key)
            continue
        for language in ("az", "ru"):
            if language in entry:
                gazetteer.names.add(place_id, entry[language], language, "label")
        for name in entry.get("also", ()):
            gazetteer.names.add(place_id, name, spelling.language_of(name))
    return failed


def add_formers(gazetteer: Gazetteer) -> list[str]:
    """Add dated former names of units and settlements; return the keys that match no place."""
    failed = []
    for renaming in gazetteer.curated.get("renaming", ()):
        _add_former(gazetteer, renaming["id"], renaming["old"])
    for key, (_until, *old) in gazetteer.curated.get("formers", {}).items():
        place_id = key if key in gazetteer.places else find_settlement(gazetteer, *key.split("/"))
        if place_id is None:
            failed.append(key)
        else:
            _add_former(gazetteer, place_id, old)
    return failed


def _add_former(gazetteer: Gazetteer, place_id: str, old: list[str]) -> None:
    for name in old:
        language = spelling.language_of(name)
        gazetteer.names.rows.get(place_id, {}).pop((name, ""), None)
        gazetteer.names.add(place_id, name, language, "former")


def link_oblast_seats(gazetteer: Gazetteer) -> None:
    """Link each oblast and raion to its seat; a raion is also called by every name of its seat."""
    raions: dict[str, Any] = gazetteer.curated["raions"]
    for key, unit in gazetteer.curated["units"].items():
        place = gazetteer.places[key]
        seat = unit.get("seat", "")
        place.seat = seat if seat in gazetteer.places else find_settlement(gazetteer, key, seat) or ""
        place.seat = "" if place.seat == key else place.seat
        _take_point(gazetteer, place)
    for key, (english, _russian, *seat) in raions.items():
        place = gazetteer.places[key]
        label = spelling.romanise_uk(seat[0]) if seat else english
        seats = [
            other
            for other in gazetteer.places.values()
            if other.adm2 == key and other.level == "settlement" and other.name == label
        ]
        best = min(seats, key=lambda other: (_TYPE_RANK[other.type], -(other.population or 0)), default=None)
        place.seat = best.place_id if best else ""
        _take_point(gazetteer, place)
        for name, language, _kind in gazetteer.names.of(place.seat if not seat else ""):
            if spelling.script_of(name) == "latin" and language in {"", "en"}:
                gazetteer.names.add(key, name, "", "adjective")


def link_district_seats(gazetteer: Gazetteer) -> None:
    """Link each district to its seat, the settlement of its name, and let them share their names.

    Alone, the name is the district's; so the seat's spellings are aliases of the district, too.
    """
    for key, unit in gazetteer.curated["units"].items():
        place = gazetteer.places[key]
        if unit.get("city"):
            continue
        seat = unit.get("seat") or _seat_by_name(gazetteer, key)
        place.seat = gazetteer.geonames.get(seat, "") if isinstance(seat, int) else seat or ""
        _take_point(gazetteer, place)
        town = gazetteer.places.get(place.seat)
        if town and town.level == "settlement" and _same_name(gazetteer, key, place.seat):
            _share_names(gazetteer, place, town, unit)
    for key, (lon, lat) in gazetteer.curated.get("unit_points", {}).items():
        gazetteer.places[key].lon, gazetteer.places[key].lat = lon, lat


def _same_name(gazetteer: Gazetteer, unit: str, seat: str) -> bool:
    return bool(_folded(gazetteer, unit) & _folded(gazetteer, seat))


def _folded(gazetteer: Gazetteer, place_id: str) -> set[str]:
    return {
        spelling.fold(name) for name, _language, kind in gazetteer.names.of(place_id) if kind != "adjective"
    }


def _seat_by_name(gazetteer: Gazetteer, unit: str) -> str | None:
    wanted = _folded(gazetteer, unit)
    towns = [
        place for place in gazetteer.places.values() if place.adm1 == unit and place.level == "settlement"
    ]
    named = [town for town in towns if wanted & _folded(gazetteer, town.place_id) and town.lon is not None]
    best = max(named, key=lambda town: town.population or 0, default=None)
    return best.place_id if best else None


def _share_names(gazetteer: Gazetteer, unit: PlaceRow, town: PlaceRow, entry: dict[str, Any]) -> None:
    names = gazetteer.names
    for name, language, kind in names.of(town.place_id):
        if kind in {"alias", "former"}:
            names.add(unit.place_id, name, language, kind)
        elif name not in {entry[tongue] for tongue in ("en", "az", "uk", "ru")}:
            names.add(unit.place_id, name, language)
    town.name = entry["en"]
    for key in [key for key, kind in names.rows[town.place_id].items() if kind == "label"]:
        names.rows[town.place_id][key] = "alias"
    for language in ("en", "az", "uk", "ru"):
        names.add(town.place_id, entry[language], language, "label")
    for name in entry.get("also", ()):
        names.add(town.place_id, name, spelling.language_of(name))


def _take_point(gazetteer: Gazetteer, unit: PlaceRow) -> None:
    seat = gazetteer.places.get(unit.seat)
    if seat is not None and unit.lon is None:
        unit.lon, unit.lat = seat.lon, seat.lat


def respell_azerbaijani(gazetteer: Gazetteer) -> None:
    """Add the spellings that rules make of each settlement's Azerbaijani name."""
    for place in list(gazetteer.places.values()):
        if place.level != "settlement":
            continue
        for name, language, _kind in gazetteer.names.of(place.place_id):
            if language == "az":
                add_azerbaijani_spellings(gazetteer.names, place.place_id, name)
