"""What parts the clauses of a sentence, and what stands inside one only as an aside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from geotrack.extraction.nouns import is_bracketed
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import TaggedSentence

# A sentence with more numbers than this is a table or a broken file.
_DENSE = 8
_FIRST = attrgetter("first")


def parts_told(sentence: TaggedSentence, between: range, others: Sequence[Quantity]) -> set[int]:
    """Return what stands between commas to tell of a part: "33 people, one of them a child, were hurt"."""
    inside: set[int] = set()
    for part in others:
        if part.partitive and part.first in between and sentence.folded[part.first - 1] == ",":
            ends = (k for k in range(part.last, between.stop) if sentence.folded[k] == ",")
            inside.update(range(part.first - 1, next(ends, part.first - 2) + 1))
    return inside


def barriers_of(sentence: TaggedSentence, quantity: Quantity) -> list[int]:
    """Return what parts the clauses of a sentence, but for what stands in brackets beside a quantity."""
    barriers = [p.first for p in sentence.find("barrier.strong")]
    if not barriers or "(" not in sentence.folded or is_bracketed(sentence, quantity.first):
        return barriers
    aside = brackets(sentence, range(len(sentence.words)))
    return [k for k in barriers if k not in aside]


def brackets(sentence: TaggedSentence, between: range) -> set[int]:
    """Return brackets that open and close between two words, and what stands in them."""
    inside: set[int] = set()
    opened: int | None = None
    for k in between:
        if sentence.folded[k] == "(":
            opened = k
        elif sentence.folded[k] == ")" and opened is not None:
            inside.update(range(opened, k + 1))
            opened = None
    return inside


def further_numbers(
    sentence: TaggedSentence, quantity: Quantity, quantities: Sequence[Quantity]
) -> list[int]:
    """Return where the numbers of other lists stand, if they cost: no brackets, no parts told."""
    if "(" in sentence.folded or any(q.partitive for q in quantities):
        return []
    return [q.first for q in quantities if q.head != "other" and q.group != quantity.group]


def among(quantities: Sequence[Quantity], first: int, last: int) -> Sequence[Quantity]:
    """Return the quantities of a table or a broken file that can touch some words, else all."""
    if len(quantities) <= _DENSE:
        return quantities
    start = bisect_left(quantities, first, key=_FIRST)
    return quantities[max(0, start - 1) : bisect_right(quantities, last, key=_FIRST)]
