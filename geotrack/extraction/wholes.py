"""Wholes: a number of people that the killed and the injured beside it split up is one of casualties.

"2008: 16 (1 killed, 15 injured)", "446 victims (45 deaths and 401 injuries)".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geotrack.extraction.nouns import PEOPLE
from geotrack.extraction.predicates import Governor

if TYPE_CHECKING:
    from geotrack.extraction.drafts import Draft

# So many people told of without a verb are a count, and no story of those in a car.
LARGEST_TOLL = 25
_SPLIT = frozenset({"killed", "injured"})


def as_wholes(drafts: Sequence[Draft]) -> list[Draft]:
    """Read as casualties what two numbers behind it split up: in brackets, or with the right sum."""
    read = list(drafts)
    for i in range(len(read) - 2):
        if _is_split(read[i], read[i + 1], read[i + 2]):
            noun = Governor("noun", None, "done", 0.0)
            counted = replace(read[i].quantity, head="victim", unit="people", subset=False)
            read[i] = replace(read[i], measure="casualties", governor=noun, refusal=None, quantity=counted)
    return read


def _is_split(whole: Draft, one: Draft, other: Draft) -> bool:
    quantity = whole.quantity
    if quantity.head not in {*PEOPLE, "bare"} or {one.measure, other.measure} != _SPLIT:
        return False
    sums = quantity.number.value == one.quantity.number.value + other.quantity.number.value
    folded = whole.passage.tagged.folded
    inside = one.quantity.bracketed and other.quantity.bracketed and not quantity.bracketed
    opened = inside and "(" in folded[quantity.last : one.quantity.first]
    counted = quantity.head != "person" or whole.measure is not None or quantity.number.value > LARGEST_TOLL
    return (opened or (sums and quantity.number.value > 1)) and counted and not _is_own(whole, one)


def _is_own(whole: Draft, one: Draft) -> bool:
    """Tell whether a number has a fate of its own: "34 were killed (12 by mines, 3 hurt in …)"."""
    own = whole.governor.phrase if whole.governor else None
    if own is None or whole.measure == "casualties":
        return False
    between = whole.passage.tagged.folded[whole.quantity.last : own.first]
    return own.first < one.quantity.first and "(" not in between and ":" not in between
