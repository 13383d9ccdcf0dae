"""One plain form for names and texts: small letters without marks, everything else a space.

Folding maps one code point to one code point, so a span in a folded text is the same span in the text.
Apostrophes and hyphens become spaces, too: `Kup'iansk`, `Ivano-Frankivsk` and `Baku's` need no rule.
"""

from __future__ import annotations

import re
import unicodedata

# Letters whose plain form no Unicode decomposition gives.
_PLAIN = {"ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ё": "е", "ґ": "г"}  # noqa: RUF001 - Cyrillic
# Latin with its extensions, Greek, Cyrillic; the Armenian and Georgian alphabets; punctuation and symbols.
_RANGES = ((0x0000, 0x0588), (0x10A0, 0x1100), (0x1E00, 0x1F00), (0x2000, 0x2C00), (0x3000, 0x3010))
_LATIN_END = 0x0250
_LATIN_EXTRA = range(0x1E00, 0x1F00)
_MODIFIER_LETTERS = range(0x02B0, 0x0300)  # the apostrophes of Ukrainian romanisation live here


def _plain(code: int) -> str:
    """Return the folded form of one code point: one character, always."""
    letter = chr(code)
    if code in _MODIFIER_LETTERS or not (letter.isalnum() or unicodedata.combining(letter)):
        return " "
    small = letter.lower()[0]
    if small in _PLAIN:
        return _PLAIN[small]
    if code < _LATIN_END or code in _LATIN_EXTRA:
        base = unicodedata.normalize("NFD", small)[0]
        return base if base.isalnum() else " "
    return small


FOLDING = {code: _plain(code) for start, end in _RANGES for code in range(start, end)}


def fold(text: str) -> str:
    """Return `text` in its plain form, of the same length."""
    return text.translate(FOLDING)


def folded_name(name: str) -> str:
    """Return a name's plain form with single spaces: the key by which names are compared."""
    return " ".join(fold(unicodedata.normalize("NFC", name)).split())


def slug(name: str) -> str:
    """Return a name as the last part of a text-only village's id: `Yukhari Qarvand` → `yukhari-qarvand`."""
    return folded_name(name).replace(" ", "-")


# Romanisations that the press uses for the same sounds, brought to one; the order matters.
_CONSONANTS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("dzh", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("ch", "\x01"),
    ("c", "j"),
    ("\x01", "ch"),
    ("dj", "j"),
    ("x", "h"),
    ("q", "g"),
    ("w", "v"),
    ("y", "i"),
)
_VOWELS = (("g", "h"), ("iu", "u"), ("ia", "a"), ("ie", "e"), ("e", "a"))
_TWICE = re.compile(r"([a-z])\1+")


def skeletons(folded: str) -> str:
    """Return folded Latin names (one a line) with the spellings of one sound brought together.

    `Izium`, `Izyum` and `Izum` meet, as do `Kalbajar`, `Kelbecer` and `Kalbadzhar`.
    """
    for sounds in (_CONSONANTS, _VOWELS):
        for spelling, sound in sounds:
            folded = folded.replace(spelling, sound)
        folded = _TWICE.sub(r"\1", folded)
    return folded
