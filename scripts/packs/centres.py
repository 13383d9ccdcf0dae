"""Centres of raions and hromadas by the adjective that names these: "Снігурівська громада"."""

from __future__ import annotations

from packs import spelling
from packs.rows import Names, PlaceRow

# What an adjective has behind the stem of the centre's name, and the letters that its stem has of its own.
_ENDINGS = ("ський", "цький", "зький")
_PLAIN, _LAND, _FEMININE = "ський", "щина", "ька"
_SOFTENED = "\u044c\u0439"
_LONGEST = 3  # letters behind the stem in the name of a centre
_TOWNS = ("city", "town")
_SHORTEST = 3
# The categories of towns, settlements and villages in the codifier, and the digits of a hromada's code.
_SETTLEMENTS, _HROMADA = "MXC", 9


def add_adjectives(places: dict[str, PlaceRow], names: Names) -> None:
    """Give the centres of raions, today's and former ones, their adjective, the raions their nickname."""
    towns: dict[str, list[tuple[str, PlaceRow]]] = {}
    for place in places.values():
        if place.level == "settlement" and (place.type in _TOWNS or place.population):
            labels = [n for n, tongue, kind in names.of(place.place_id) if (tongue, kind) == ("uk", "label")]
            towns.setdefault(place.adm2, []).extend((label, place) for label in labels)
    known = {name for named in names.rows.values() for name, _ in named}
    for key, within in towns.items():
        adjectives = [n for n, tongue, kind in names.of(key) if (tongue, kind) == ("uk", "adjective")]
        for adjective in adjectives:
            land = adjective.removesuffix(_PLAIN) + _LAND
            if adjective.endswith(_PLAIN) and land not in known:
                names.add(key, land, "uk")
            centre = _centre(adjective, within)
            if centre is not None:
                names.add(centre.place_id, adjective, "uk", "adjective")
                names.add(centre.place_id, spelling.russian_adjective_of_uk(adjective), "ru", "adjective")


def add_hromadas(table: list[dict[str, str]], places: dict[str, PlaceRow], names: Names) -> None:
    """Give the centre of each hromada the adjective that names this: its first settlement in the codifier."""
    by_code = {place.katottg: place for place in places.values() if place.level == "settlement"}
    centres: dict[str, PlaceRow] = {}
    for row in table:
        if row["category"] in _SETTLEMENTS and row["code"] in by_code:
            centres.setdefault(row["code"][:_HROMADA], by_code[row["code"]])
    for row in table:
        centre = centres.get(row["code"][:_HROMADA]) if row["category"] == "H" else None
        if centre is not None and row["name"].endswith(_FEMININE):
            adjective = row["name"].removesuffix(_FEMININE) + _PLAIN[1:]
            names.add(centre.place_id, adjective, "uk", "adjective")
            names.add(centre.place_id, spelling.russian_adjective_of_uk(adjective), "ru", "adjective")


def _centre(adjective: str, towns: list[tuple[str, PlaceRow]]) -> PlaceRow | None:
    """Return the largest town whose name has the stem of an adjective."""
    ending = next((e for e in _ENDINGS if adjective.endswith(e)), "")
    stem = adjective.removesuffix(ending).rstrip(_SOFTENED)
    if not ending or len(stem) < _SHORTEST:
        return None
    meant = [p for label, p in towns if _is_of_stem(_joined(label), stem)]
    return max(meant, key=lambda p: (p.type in _TOWNS, p.population or 0), default=None)


def _is_of_stem(name: str, stem: str) -> bool:
    return name.startswith(stem) and len(name) - len(stem) <= _LONGEST


def _joined(name: str) -> str:
    """Return a name of two words as an adjective joins them: "Великописарівка"."""
    first, _, second = name.partition(" ")
    return f"{first[:-1]}\u043e{second.lower()}" if second else name
