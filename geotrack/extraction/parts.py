"""Parts and wholes of people in one sentence: which of two numbers a verb speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.nouns import PEOPLE
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence


def is_of_part_or_whole(
    sentence: TaggedSentence, phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity]
) -> bool:
    """Tell whether a verb speaks of the other one of a part and its whole.

    "Five of the 12 injured were children", "of its 44 passengers 3 died", "1,800 people, 12 of whom died".
    """
    if quantity.head not in PEOPLE | {"bare"}:
        return False
    for other in quantities:
        if other is quantity or other.head not in PEOPLE | {"bare", "other"}:
            continue
        if _opens_whole(sentence, quantity, other) and other.last <= phrase.first <= other.last + 1:
            return True  # "five of the 12 injured"
        if _opens_whole(sentence, other, quantity) and phrase.first > quantity.last:
            return True
        if not quantity.last <= other.first < phrase.first:
            continue
        if _is_partitive_whole(sentence, quantity):
            return True
        of_whom = other.partitive or sentence.has(other.first - 1, "subset.relative")
        if of_whom and not any(sentence.folded[k] == "," for k in range(other.last, phrase.first)):
            return True
    return False


def _opens_whole(sentence: TaggedSentence, part: Quantity, whole: Quantity) -> bool:
    """Tell whether a number is some of another: "five of the 12"."""
    between = range(part.number.last, whole.first)
    return (
        part.last <= whole.first
        and sentence.has(part.number.last, "partitive")
        and 0 < len(between) <= sentence.after(part.number.last) - part.number.last
    )


def _is_partitive_whole(sentence: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether "of" opens a sentence or a clause with a number: "of its 44 passengers 3 died"."""
    at = quantity.first - 1
    while sentence.has(at, "time.article", "person.possessive"):
        at -= 1
    return sentence.has(at, "time.of", "whole_of", "share.of") and (
        at == 0 or sentence.folded[at - 1] in {",", ";", ":"}
    )
