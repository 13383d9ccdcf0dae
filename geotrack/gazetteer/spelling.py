# ruff: noqa: RUF001 - Cyrillic letters are what this file is about
"""Rules of spelling: romanisation, the English press's Azerbaijani, Russian and Ukrainian spellings of it.

The packs are built with them, and names that are imported later are spelled alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable


def letter_table(text: str) -> dict[str, str]:
    """Read a table of letters and their spellings, written one after the other."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010: first the letters' forms at the start
# of a word, then elsewhere.
_UK_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_UK = letter_table("""
    а a б b в v г h ґ g д d е e є ie ж zh з z и y і i ї i й i к k л l м m н n о o п p р r с s т t
    у u ф f х kh ц ts ч ch ш sh щ shch ю iu я ia
""") | dict.fromkeys("ь’'ʼ", "")
_AZ_PRESS = {
    "ə": "a",
    "q": "g",
    "x": "kh",
    "c": "j",
    "ç": "ch",
    "ş": "sh",
    "ğ": "gh",
    "ı": "i",
    "ö": "o",
    "ü": "u",
}
_AZ_RU = {
    "a": "а", "b": "б", "c": "дж", "ç": "ч", "d": "д", "e": "е", "ə": "а", "f": "ф", "g": "г", "ğ": "г",
    "h": "г", "x": "х", "ı": "ы", "i": "и", "j": "ж", "k": "к", "q": "г", "l": "л", "m": "м", "n": "н",
    "o": "о", "ö": "ё", "p": "п", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у", "ü": "ю", "v": "в",
    "y": "й", "z": "з",
}  # fmt: skip
_RU_IOTA = {"йа": "я", "йу": "ю", "йе": "е", "йё": "ё", "йо": "ё", "йю": "ю", "йы": "йы"}
_RU_TO_UK = {"ы": "и", "и": "і", "э": "е", "ё": "е", "ъ": ""}
_UNFOLDED = str.maketrans("əƏıİłŁøØßđĐ", "aaiillooddd")


def lower(text: str) -> str:
    """Lower-case `text` with the Azerbaijani dotted and dotless i kept apart."""
    return text.replace("İ", "i").replace("I", "ı" if _is_azerbaijani(text) else "i").lower()


def _is_azerbaijani(text: str) -> bool:
    return bool(re.search("[əƏığĞşŞ]", text))


def fold(text: str) -> str:
    """Return a key for comparing names: lower case, plain letters, no marks, no spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNFOLDED).lower())
    return "".join(char for char in plain if char.isalnum())


def without_marks(text: str) -> str:
    """Drop the apostrophes of a transliteration."""
    return re.sub("[’'ʼʹ`´ʻ]", "", text)


def _capitals_like(source: str, result: str) -> str:
    return result[:1].upper() + result[1:] if source[:1].isupper() else result


def each_word(text: str, spell: Callable[[str], str]) -> str:
    """Respell each word of a text, which keeps its hyphens and its capitals."""
    return re.sub(r"[^\s\-–—/]+", lambda match: _capitals_like(match[0], spell(match[0])), text)


def romanise_uk(text: str) -> str:
    """Romanise Ukrainian by the official rules of 2010."""

    def spell(word: str) -> str:
        low = word.lower().replace("зг", "z_h")
        head = _UK_START.get(low[0])
        body = low[1:] if head else low
        return (head or "") + "".join(
            "gh" if char == "h" else "" if char == "_" else _UK.get(char, char) for char in body
        )

    return each_word(text, spell)


def press_az(text: str) -> str:
    """Spell an Azerbaijani name the way the English press of Azerbaijan does."""
    return each_word(text, lambda word: "".join(_AZ_PRESS.get(char, char) for char in lower(word)))


def plain_az(text: str) -> str:
    """Drop the marks of an Azerbaijani name and keep its letters (ə becomes a)."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNFOLDED_CASED))
    return "".join(char for char in plain if not unicodedata.combining(char))


_UNFOLDED_CASED = str.maketrans("əƏıİ", "aAiI")


def russian_az(text: str) -> str:
    """Spell an Azerbaijani name in Russian letters, by the usual table."""

    def spell(word: str) -> str:
        raw = "".join(_AZ_RU.get(char, char) for char in lower(word))
        for pair, iotated in _RU_IOTA.items():
            raw = raw.replace(pair, iotated)
        raw = re.sub("(?<=[жшчщ])ы", "и", raw)
        return "э" + raw[1:] if raw.startswith("е") and lower(word).startswith("e") else raw

    return each_word(text, spell)


def ukrainian_from_russian(text: str) -> str:
    """Respell a Russian transcription of a foreign name in Ukrainian letters."""
    return each_word(text, lambda word: "".join(_RU_TO_UK.get(char, char) for char in word.lower()))


def language_of(name: str) -> str:
    """Return the language that a name's letters give away (az, uk, ru), or an empty string."""
    if re.search("[əƏ]", name):
        return "az"
    if re.search("[іїєґІЇЄҐ]", name):
        return "uk"
    if re.search("[ыэъёЫЭЪЁ]", name):
        return "ru"
    return ""


def script_of(name: str) -> str:
    """Return `latin`, `cyrillic` (Russian and Ukrainian letters only) or an empty string."""
    letters = [char for char in name if char.isalpha()]
    if letters and all("LATIN" in unicodedata.name(char, "") for char in letters):
        return "latin"
    if letters and all(char.lower() in "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя" for char in letters):
        return "cyrillic"
    return ""


def is_of_one_script(name: str) -> bool:
    """Tell whether the letters of a name are of one alphabet, as their names in Unicode begin."""
    return len({unicodedata.name(char, "").partition(" ")[0] for char in name if char.isalpha()}) == 1
