"""The small pack of the world's other countries, so that a reader can tell their figures from ours."""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel import Locale

from packs.rows import Names, PlaceRow, write_pack

LANGUAGES = ("en", "az", "uk", "ru")
NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def build_world(folder: Path, packed: set[str]) -> None:
    """Write the pack: CLDR's territories but those in `packed`, named in four languages, with demonyms."""
    curated = tomllib.loads((folder / "curated.toml").read_text(encoding="utf-8"))
    territories = {language: Locale(language).territories for language in LANGUAGES}
    places: dict[str, PlaceRow] = {}
    names = Names()
    for code, label in territories["en"].items():
        if len(code) != len("XX") or not code.isalpha() or code in NOT_COUNTRIES | packed:
            continue
        places[code] = PlaceRow(code, curated["labels"].get(code, label), "country")
        for language in LANGUAGES:
            names.add(code, territories[language].get(code, ""), language, "label")
    for code, also in curated["aliases"].items():
        names.add_all(code, also)
    for code, listed in curated["demonyms"].items():
        for language, words in listed.items():
            names.add_all(code, words, language, "demonym")
    write_pack(folder, places, names)
    (folder / "pack.toml").write_text('name = "Other countries"\nlevels = ["country"]\n', encoding="utf-8")
