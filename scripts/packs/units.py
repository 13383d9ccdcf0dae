# ruff: noqa: RUF001 - Ukrainian endings stand here
"""Countries, first-level units, raions and named regions: from what we wrote down by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from packs import spelling
from packs.rows import Names, PlaceRow

Curated = dict[str, Any]


def read_curated(folder: Path) -> Curated:
    """Read a pack's `curated.toml`."""
    return tomllib.loads((folder / "curated.toml").read_text(encoding="utf-8"))


def add_country(curated: Curated, places: dict[str, PlaceRow], names: Names) -> None:
    """Add the country itself with its demonyms."""
    country = curated["country"]
    key = country["id"]
    places[key] = PlaceRow(key, country["en"], "country", lon=country["lon"], lat=country["lat"])
    _add_labels(key, country, names)
    for demonym in country["demonyms"]:
        names.add(key, demonym, _demonym_language(demonym), "demonym")


def _demonym_language(demonym: str) -> str:
    if spelling.script_of(demonym.replace(" ", "")) == "cyrillic":
        return spelling.language_of(demonym) or "ru"
    return "az" if demonym[0].islower() else "en"


def _add_labels(key: str, entry: dict[str, Any], names: Names) -> None:
    for language in ("en", "az", "uk", "ru"):
        if language in entry:
            names.add(key, entry[language], language, "label")
    for name in entry.get("also", ()):
        names.add(key, name, spelling.language_of(name))


def add_units(curated: Curated, places: dict[str, PlaceRow], names: Names) -> None:
    """Add the first-level units: labels, other spellings, adjectives, bare names."""
    for key, unit in curated["units"].items():
        bare = unit.get("bare", "")
        label = unit.get("en") or f"{bare} Oblast"
        places[key] = PlaceRow(
            key,
            label,
            "adm1",
            adm1=key,
            valid_from=unit.get("valid_from", ""),
            type="city" if unit.get("city") else "",
        )
        _add_labels(key, unit | {"en": label}, names)
        if bare:
            _add_oblast_names(key, unit, names)
        else:
            _add_district_names(key, unit, names)


def _add_oblast_names(key: str, unit: dict[str, Any], names: Names) -> None:
    alone = "alias" if unit.get("city") or "en" in unit else "adjective"
    for bare in [unit["bare"], *unit["old"]]:
        names.add(key, bare, "", alone)
        if alone == "adjective":
            names.add_all(key, [f"{bare} Oblast", f"{bare} region", f"{bare} province"], "en")
    names.add_all(key, unit.get("also", ()))
    for noun in unit["nouns"]:
        names.add(key, noun, spelling.language_of(noun) or "uk")
        names.add(key, noun, "ru" if not spelling.language_of(noun) else spelling.language_of(noun))
        names.add_all(key, _romanised_nouns(noun), "")
    adjective_uk = unit.get("adj_uk") or unit["uk"].split()[0]
    adjective_ru = unit.get("adj_ru") or unit["ru"].split()[0]
    if adjective_uk.endswith("а"):
        names.add(key, adjective_uk, "uk", "adjective")
        names.add(key, spelling.romanise_uk(adjective_uk), "", "adjective")
        names.add(key, adjective_ru, "ru", "adjective")
        names.add_all(key, unit.get("adj_ru_also", ()), "ru", "adjective")
        names.add(key, spelling.romanise_ru(adjective_ru), "", "adjective")


def _romanised_nouns(noun: str) -> list[str]:
    """Return "Khersonshchyna" and "Khersonshchina" for a noun that both languages write alike."""
    language = spelling.language_of(noun)
    if " " in noun or not noun.endswith(("щина", "ччина")):
        return [spelling.romanise_uk(noun)] if language == "uk" else []
    ukrainian = [spelling.romanise_uk(noun)] if language != "ru" else []
    return ukrainian + ([spelling.romanise_ru(noun)] if language != "uk" else [])


def _add_district_names(key: str, unit: dict[str, Any], names: Names) -> None:
    names.add(key, spelling.plain_az(unit["az"]), "az")
    if unit.get("city") and " " in unit["en"]:  # the city beside a district of the same name
        for language in ("en", "az", "uk", "ru"):
            words = [word for word in unit[language].split() if word not in _CITY_WORDS]
            names.add(key, " ".join(words), language, "adjective")
        return
    adjective_ru = unit.get("adj_ru") or spelling.adjective_ru(unit["ru"])
    adjective_uk = unit.get("adj_uk") or spelling.adjective_uk(unit["uk"])
    names.add(key, adjective_ru, "ru", "adjective")
    names.add_all(key, unit.get("adj_ru_also", ()), "ru", "adjective")
    names.add(key, adjective_uk, "uk", "adjective")
    romanised = spelling.romanise_ru(adjective_ru)
    names.add_all(key, [romanised, romanised[:-2] + "y"], "", "adjective")


_CITY_WORDS = frozenset({"City", "şəhəri", "місто", "город"})


def add_raions(
    curated: Curated, table: list[dict[str, str]], places: dict[str, PlaceRow], names: Names
) -> None:
    """Add the second-level units of the codifier with the English and Russian names written by hand."""
    unit_of = {unit["pcode"]: key for key, unit in curated["units"].items()}
    for row in table:
        if row["category"] != "P":
            continue
        key = row["code"][:6]
        english, russian, *_seat = curated["raions"][key]
        places[key] = PlaceRow(key, f"{english} Raion", "adm2", unit_of[key[2:4]], key, katottg=row["code"])
        names.add(key, f"{english} Raion", "en", "label")
        names.add(key, f"{row['name']} район", "uk", "label")
        names.add(key, f"{russian} район", "ru", "label")
        names.add(key, row["name"], "uk", "adjective")
        names.add(key, russian, "ru", "adjective")
        romanised = [spelling.romanise_uk(row["name"]), spelling.romanise_ru(russian)]
        names.add_all(key, [english, *romanised], "", "adjective")
        names.add_all(key, [f"{romanised[0]} Raion", f"{english} district"], "en")


def add_old_raions(curated: Curated, table: list[dict[str, str]], names: Names) -> list[str]:
    """Add the raions of before 2020 as former names of today's that hold their centres; return failures."""
    unit_of = {unit["pcode"]: key for key, unit in curated["units"].items()}
    centres = _hromada_centres(table, unit_of)
    failed = []
    for unit, listed in curated["old_raions"].items():
        for entry in listed.replace("\n", " ").split(", ") if unit != "until" else ():
            adjective, _, centre = entry.strip().partition("=")
            found = centres.get((unit, centre or adjective[:-2] + "а"))
            if found is None:
                failed.append(f"{unit} {entry}")
            else:
                _add_old_raion(found[0][:6], adjective, found[1], names)
    return failed


def _add_old_raion(key: str, adjective: str, centre: str, names: Names) -> None:
    russian = spelling.russian_adjective_of_uk(adjective)
    romanised = spelling.romanise_uk(adjective)
    english = spelling.romanise_uk(centre)
    if ("uk", "label") in {
        (language, kind) for name, language, kind in names.of(key) if name == f"{adjective} район"
    }:
        return  # a raion of this name still stands
    names.add(key, f"{adjective} район", "uk", "former")
    names.add(key, f"{russian} район", "ru", "former")
    names.add_all(key, [f"{english} Raion", f"{english} district", f"{romanised} Raion"], "en", "former")
    names.add(key, adjective, "uk", "adjective")
    names.add(key, russian, "ru", "adjective")
    names.add_all(key, [english, romanised], "", "adjective")


def _hromada_centres(
    table: list[dict[str, str]], unit_of: dict[str, str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Map (unit, hromada's adjective) and (unit, settlement's name) to the code and name of the centre."""
    centres: dict[tuple[str, str], tuple[str, str]] = {}
    first_of: dict[str, dict[str, str]] = {}
    for row in table:
        if row["category"] in "MXC":
            first_of.setdefault(row["code"][:9], row)
    rank = {"M": 0, "X": 1, "C": 2}
    for row in sorted(
        (row for row in table if row["category"] in rank), key=lambda row: rank[row["category"]]
    ):
        centres.setdefault((unit_of[row["code"][2:4]], row["name"]), (row["code"], row["name"]))
    hromadas = [(row, first_of.get(row["code"][:9])) for row in table if row["category"] == "H"]
    for row, centre in sorted(
        (pair for pair in hromadas if pair[1]), key=lambda pair: rank[pair[1]["category"]]
    ):
        centres.setdefault((unit_of[row["code"][2:4]], row["name"]), (centre["code"], centre["name"]))
    return centres


def add_regions(curated: Curated, places: dict[str, PlaceRow], names: Names) -> None:
    """Add the named regions; their members stand in `pack.toml`."""
    for region in curated["region"]:
        key = region["id"]
        places[key] = PlaceRow(
            key,
            region["name"],
            "region",
            valid_from=region.get("valid_from", ""),
            valid_to=region.get("valid_to", ""),
        )
        _add_labels(key, region["names"] | {"also": [region["name"], *region["also"]]}, names)
