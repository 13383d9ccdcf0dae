"""Numbers that measure a shell or name its model and count nothing: "calibre 152 mm", "F-1"."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.numbers import Number
from geotrack.extraction.tagging import TaggedSentence

# So many words may describe ordnance between its noun and its number.
_LONGEST = 16
_SIGNS = frozenset({"(", ")", "-", ",", "/", "."})


def calibres(sentence: TaggedSentence, numbers: Sequence[Number]) -> frozenset[Number]:
    """Return the numbers that are calibres or weights: "152 mm shells", "(calibre 122, 76 and 152 mm)"."""
    if "calibre" not in sentence.seen:
        return frozenset()
    measuring = {n for n in numbers if sentence.has(n.last, "calibre.word")}
    opened = False
    for before, number in zip([None, *numbers], numbers, strict=False):
        joined = before is not None and all(
            sentence.has(k, "list.join", "number.and") for k in range(before.last, number.first)
        )
        opened = sentence.has(number.first - 1, "calibre.before") or (opened and joined)
        if opened:
            measuring.add(number)
    return frozenset(measuring)


def before_description(sentence: TaggedSentence, at: int) -> int:
    """Return the last word before what describes ordnance: the noun of "artillery shells, calibre 76 mm".

    Calibres, models ("F-1") and the war that it is from stand between a noun and the number behind it.
    """
    start = at
    while at > max(0, start - _LONGEST) and _describes(sentence, at):
        phrase = sentence.phrase_at[at]
        at = (phrase.first if phrase else at) - 1
    return at if sentence.has(at, "head") else start


def _describes(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a word can stand in the description of ordnance, and is no place and no noun."""
    if sentence.has(at, "calibre", "vintage"):
        return True
    if sentence.has(at, "head") and not sentence.has(at, "head.other.rank"):
        return False
    word = sentence.source(at, at + 1)
    behind = sentence.has(at - 1, "calibre.before") or sentence.has(at + 1, "calibre")
    if word[:1].isdecimal():
        glued = sentence.folded[at - 1] == "-" or sentence.has(at - 1, "list.join")
        return behind or glued
    if sentence.folded[at] in _SIGNS or sentence.has(at, "list.join", "number.and"):
        return True
    return word.isupper() and word.isalpha() and sentence.folded[at + 1] == "-"
