"""Adjectives of units without the word for the unit: "Khersonska - 3 thousand ha", in lists and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geotrack.gazetteer.folding import fold
from geotrack.gazetteer.hits import Hit, NameHit
from geotrack.gazetteer.lexicon import Lexicon, Unit

# What stands behind such an adjective where no noun does: a number, a dash, a stop, the end of a line.
_NO_NOUN = re.compile(r"[ \u00a0]*(?:$|\n|\d|[^\w\s'\u2019«\"“])")
_NEXT_WORD = re.compile(r"[ \u00a0]+([^\W\d_]+)")
# What stands before it at the beginning of an item, a cell or a member of a list behind a colon.
_OPENS = re.compile(r"(?:^|\n|\||;|:)[ \u00a0]*(?:[-\u2013\u2014*\u2022\u00b7\u25aa]|\d+[.)])?[ \u00a0]*$")
_WORD_BEFORE = re.compile(r"(?:^|(.))\s*\b([^\W\d_]{3,})\.?[ \u00a0]$", re.DOTALL)
_CYRILLIC = "\u0400"
_NEAR = 100  # characters from a unit with its word to an adjective without it
_BEFORE = 40  # characters that are looked at before an adjective


def bind_adjectives(text: str, hits: Sequence[Hit], lexicon: Lexicon, agreed: Mapping[str, Unit]) -> None:
    """Give adjectives without a noun the unit whose word their ending agrees with.

    One that could as well be a town's genitive, or a surname, must open an item or follow another in a list.
    """
    longest = max(map(len, agreed), default=0)
    told: dict[tuple[str, ...], NameHit] = {}
    for hit in hits:
        if not isinstance(hit, NameHit) or hit.info.demonym:
            continue
        if hit.unit is not None:
            told[hit.unit.levels] = hit
            continue
        key = fold(text[hit.start : hit.end]).strip()
        unit = next((agreed[key[-n:]] for n in range(longest, 2, -1) if key[-n:] in agreed), None)
        if unit is None or not _has_adjective(hit, unit):
            continue
        latin = text[hit.end - 1] < _CYRILLIC  # in an English text, where it is no case of a name
        if _precedes_office(text, hit.end, unit):
            hit.unit = unit
        elif not _stands_alone(text, hit.end, lexicon):
            continue
        elif _is_sure(text, hit, unit) or (
            not latin
            and (unit.levels[0] == "adm1" or _goes_on(hit, told.get(unit.levels)))
            and not _is_other(text, hit, lexicon)
        ):
            hit.unit = unit


def _has_adjective(hit: NameHit, unit: Unit) -> bool:
    return any(c.kind == "adjective" and c.place.level == unit.levels[0] for c in hit.info.candidates)


def _stands_alone(text: str, end: int, lexicon: Lexicon) -> bool:
    """Tell whether no noun follows: neither the unit's own nor that of an office, a street, a paper."""
    if _NO_NOUN.match(text, end):
        return True
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1] in lexicon.separators


def _goes_on(hit: NameHit, told: NameHit | None) -> bool:
    """Tell whether an adjective follows one with its word closely: "in Chuhuiv raion 15, in Iziumskyi 9"."""
    return told is not None and hit.start - told.tail <= _NEAR


def _precedes_office(text: str, end: int, unit: Unit) -> bool:
    """Tell whether an office of such a unit follows: "Khersonska OVA", "Kharkivska oblasna rada"."""
    word = _NEXT_WORD.match(text, end)
    return word is not None and fold(word[1]).strip().startswith(unit.offices or ("\0",))


def _is_sure(text: str, hit: NameHit, unit: Unit) -> bool:
    """Tell whether an adjective opens an item or follows one of its kind."""
    if hit.listed is not None and hit.listed.unit is unit:
        return True
    return _OPENS.search(text, max(0, hit.start - _BEFORE), hit.start) is not None


def _is_other(text: str, hit: NameHit, lexicon: Lexicon) -> bool:
    """Tell whether an adjective can be a town's genitive, a street or a surname."""
    if any(hit.info.key[:-1] == fold(c.name).strip() for c in hit.info.candidates if c.kind != "adjective"):
        return True
    before = _WORD_BEFORE.search(text, max(0, hit.start - _BEFORE), hit.start)
    if before is None:
        return False
    begins = before[1] is None or before[1] in ".!?\n"
    return fold(before[2]).strip() in lexicon.streets or (before[2][0].isupper() and not begins)
