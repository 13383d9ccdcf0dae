"""What the tags of a noun make it: a kind of ordnance, people, land, or something that is not ours.

Nouns of ordnance under one number make one head: two kinds of mines are mines, anything else items.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Literal

from geotrack.extraction.lexicon import Tags
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Unit

Head = Literal[
    "area", "percent", "ap_mine", "at_mine", "mine", "uxo", "ied", "item",
    "person", "victim", "fatality", "injury", "life", "bare", "other",
]  # fmt: skip

EXPLOSIVE: frozenset[Head] = frozenset({"ap_mine", "at_mine", "mine", "uxo", "ied", "item"})
PEOPLE: frozenset[Head] = frozenset({"person", "victim", "fatality", "injury", "life"})
_MINES: frozenset[Head] = frozenset({"ap_mine", "at_mine", "mine"})
# What "mine" can describe: "mine victims", "bomb squads", "mine signs".
_DESCRIBED = ("head.victim", "head.fatality", "head.injury", "head.person", "head.other")
_NOT_DESCRIBED = (
    "unit",
    "calibre",
    "vintage",
    "counted",
    "located",
    "own_time",
    "head.other.time",
    "head.item",
    "head.uxo",
)
DESCRIBING = 2


def head_of(phrase: Phrase, *, adjacent: bool) -> tuple[Head, Unit] | None:
    """Return the head that a phrase can be; a unit of area must touch its number."""
    return _head_under(phrase.tags, adjacent=adjacent)


@cache
def _head_under(tags: Tags, *, adjacent: bool) -> tuple[Head, Unit] | None:
    """Return the head that the tags of a phrase make it; each set of tags is worked out once."""
    for tag in sorted(tags):
        kind, _, name = tag.partition(".")
        if kind == "unit" and adjacent:
            return ("percent", "percent") if name == "percent" else ("area", name)  # type: ignore[return-value]
    for tag in sorted(tags):
        kind, _, name = tag.partition(".")
        if kind == "head" and not name.startswith("other"):
            return name, "people" if name in PEOPLE else "count"  # type: ignore[return-value]
    if any(tag.startswith("head.other") for tag in tags) and (adjacent or "land.kind" not in tags):
        return "other", "count"
    return None


def composed(
    sentence: TaggedSentence, phrase: Phrase, head: tuple[Head, Unit], others: AbstractSet[int]
) -> tuple[Head, Unit, int]:
    """Take in further heads of the same number: "anti-tank and anti-personnel mines", "mines and shells"."""
    kind, unit = head
    last = phrase.last
    while kind in EXPLOSIVE and last + 1 < len(sentence.words):
        at = last
        while sentence.has(at, "list.join", "number.and") and at < last + 3:
            at = sentence.after(at)
        if sentence.has(at, "other"):
            at = sentence.after(at)
        if at in others or at >= len(sentence.words):
            break
        further = sentence.phrase_at[at]
        found = head_of(further, adjacent=False) if further else None
        if further is None or found is None or found[0] not in EXPLOSIVE:
            break
        if _is_counted_behind(sentence, further.last, others):
            break
        kind, last = both(kind, found[0]), further.last
    if kind in EXPLOSIVE:
        after = last
        if sentence.folded[last : last + 1] == ("(",) and sentence.folded[last + 2 : last + 3] == (")",):
            after = last + 3  # "explosive remnants of war (ERW) casualties"
        return _of_ordnance(sentence, after) or (kind, unit, last)
    return kind, unit, last


def _of_ordnance(sentence: TaggedSentence, at: int) -> tuple[Head, Unit, int] | None:
    """Return the noun that one of ordnance only describes: "12 mine accidents", "36 mine detection dogs".

    Words that no lexicon knows may stand between where the noun of ordnance is a singular.
    """
    singular = not sentence.folded[at - 1].endswith("s")
    behind = at
    while singular and behind < at + DESCRIBING and is_unknown(sentence, behind):
        behind += 1
    phrase = sentence.phrase_at[behind] if behind < len(sentence.words) else None
    if phrase is None or not phrase.has(*_DESCRIBED) or phrase.has(*_NOT_DESCRIBED):
        return None
    if behind > at and not phrase.has("head.other"):
        return None
    if not singular and phrase.has("work"):
        return None  # "the explosive devices sappers found"
    found = head_of(phrase, adjacent=False)
    return (*found, phrase.last) if found is not None else None


def is_unknown(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a small word that no lexicon knows stands there."""
    return (
        at < len(sentence.words)
        and sentence.phrase_at[at] is None
        and sentence.folded[at].isalpha()
        and sentence.source(at, at + 1).islower()
    )


def _is_counted_behind(sentence: TaggedSentence, at: int, others: AbstractSet[int]) -> bool:
    """Tell whether a noun has its own number behind it: "15 shells as well as mines, 3"."""
    numbering = sentence.has(at, "counted.by")
    while at < len(sentence.words) and (
        sentence.has(at, "head_tail", "qualifier", "counted.by") or sentence.folded[at] in {",", "-"}
    ):
        at = sentence.after(at)
    number = at in others and (sentence.folded[at][0].isdecimal() or sentence.has(at, "number.unit"))
    at += 1
    while number and at < len(sentence.words) and _goes_on_number(sentence, at):
        at += 1
    if numbering and sentence.has(at, "head_tail", "counter"):
        at = sentence.after(at)  # "UXO numbering 40 items"
    return number and (at >= len(sentence.words) or ends_count(sentence, at))


def _goes_on_number(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a word is a further one of a number: the "133" of "1 133", the "thousand" before it."""
    return sentence.folded[at].isdecimal() or sentence.has(at, "number.scale")


def both(one: Head, other: Head) -> Head:
    """Return the head that covers two: two kinds of mines are mines, anything else together is items."""
    if one == other:
        return one
    return "mine" if {one, other} <= _MINES else "item"


def ends_count(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether no noun that a number could count begins at a word: a sign, "and", "were"."""
    return not sentence.folded[at].isalnum() or sentence.has(
        at,
        "list.join",
        "number.and",
        "auxiliary",
        "predicate",
        "located",
        "time",
        "subset",
        "barrier",
        "total",
        "counted.by",
    )


def is_bracketed(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a word stands inside brackets."""
    before = sentence.folded[:at]
    return before.count("(") > before.count(")")
