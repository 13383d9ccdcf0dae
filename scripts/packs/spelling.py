# ruff: noqa: RUF001 - Cyrillic letters are what this file is about
"""Rules of spelling that only the packs are built with: adjectives, Russian in Latin letters, folding."""

from __future__ import annotations

import re

from geotrack.gazetteer.spelling import (
    each_word,
    fold,
    language_of,
    letter_table,
    plain_az,
    press_az,
    romanise_uk,
    russian_az,
    script_of,
    ukrainian_from_russian,
    without_marks,
)

__all__ = [
    "adjective_ru",
    "adjective_uk",
    "fold",
    "language_of",
    "plain_az",
    "press_az",
    "romanise_ru",
    "romanise_uk",
    "russian_adjective_of_uk",
    "russian_az",
    "script_of",
    "skeleton",
    "ukrainian_from_russian",
    "without_marks",
]

_RU = letter_table("""
    а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh
    ц ts ч ch ш sh щ shch ы y э e ю yu я ya
""") | dict.fromkeys("ъь", "")


def skeleton(text: str) -> str:
    """Return a key in which the romanisations of a Ukrainian name agree (Chystiakove, Chystyakove)."""
    return re.sub("i+", "i", re.sub("[yj]", "i", fold(text)))


def romanise_ru(text: str) -> str:
    """Romanise Russian the way the English press does."""

    def spell(word: str) -> str:
        low = word.lower()
        return ("ye" if low[0] == "е" else _RU.get(low[0], low[0])) + "".join(
            _RU.get(char, char) for char in low[1:]
        )

    return each_word(text, spell)


def adjective_ru(name: str) -> str:
    """Return the Russian masculine adjective of a unit's name (Агдам: Агдамский, Барда: Бардинский)."""
    if name[-1] in "аяыи":
        return name[:-1] + "инский"
    if name[-1] in "уюэео":
        return name + "нский"
    return name.rstrip("ьй") + ("йский" if name.endswith("й") else "ьский" if name.endswith("ль") else "ский")


def adjective_uk(name: str) -> str:
    """Return the Ukrainian masculine adjective of a unit's name (Агдам: Агдамський)."""
    if name[-1] in "аяиіїе":
        return name[:-1] + "инський"
    if name[-1] in "ую":
        return name + "нський"
    return name.rstrip("ьй") + ("йський" if name.endswith("й") else "ський")


def russian_adjective_of_uk(adjective: str) -> str:
    """Respell a Ukrainian masculine adjective in Russian: -ivskyi to -ovskiy, -evskiy."""
    text = re.sub(r"(?<=[жчшщц])івський$", "евский", adjective)
    text = re.sub(r"[ії]вський$", lambda match: "евский" if match[0][0] == "ї" else "овский", text)
    text = re.sub(r"(?<=[сц])ький$", "кий", text)
    table = str.maketrans({"і": "и", "ї": "и", "є": "е", "І": "И", "Є": "Е", "Ї": "И", "’": "ь", "ґ": "г"})
    return text.replace("п’я", "пя").replace("в’я", "вя").translate(table)
