"""Verbs told in two parts around what they count: "gave 18,000 km² back", "mines were put into the soil"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geotrack.extraction.modalities import said_before
from geotrack.extraction.predicates import Governor, measure_of
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence

_NAMES = ("casualty", "cleared", "contaminated", "found", "recorded", "released")
# The second part stands this near behind its number, the verb this near before it.
_BEHIND, _BEFORE = 16, 4
_COST = 0.5


def parted_governors(
    sentence: TaggedSentence, quantity: Quantity, quantities: Sequence[Quantity]
) -> Iterator[Governor]:
    """Yield the verbs in two parts that govern a quantity.

    The second part stands behind the number, the verb just before it or, in the passive, between the two;
    no other number and no other verb stands among them.
    """
    if not sentence.find("parted"):
        return
    for name in _NAMES:
        if f"parted.{name}.tail" not in sentence.seen:
            continue
        if quantity.head != "percent" and measure_of(quantity.head, name) is None:
            continue
        tail = _tail(sentence, quantity, quantities, name)
        verb = _verb(sentence, quantity, tail, name) if tail is not None else None
        if verb is not None:
            base = verb.has(f"parted.{name}.base")
            told = said_before(sentence, verb, verbal=True, base=base)
            yield Governor(name, verb, told or ("maybe" if base else "done"), _COST)


def _tail(
    sentence: TaggedSentence, quantity: Quantity, quantities: Sequence[Quantity], name: str
) -> Phrase | None:
    """Return the second part of a verb: the "back" of "gave 18,000 km² of fields and forests back"."""
    group = [q for q in quantities if q.group == quantity.group]
    last = max(q.last for q in group)
    others = {q.first for q in quantities if q not in group}
    for k in range(last, min(last + _BEHIND, len(sentence.words))):
        if sentence.has(k, f"parted.{name}.tail"):
            return sentence.phrase_at[k]
        if k in others or sentence.has(k, "barrier.strong") or sentence.folded[k] in {".", ":"}:
            return None
        if sentence.has(k, "predicate") and not sentence.has(k, "parted", "land"):
            return None
    return None


def _verb(sentence: TaggedSentence, quantity: Quantity, tail: Phrase | None, name: str) -> Phrase | None:
    """Return the first part: just before the number, or behind a form of "be" between it and its tail."""
    tags = (f"parted.{name}.verb", f"parted.{name}.base")
    for k in range(quantity.first - 1, max(-1, quantity.first - 1 - _BEFORE), -1):
        if sentence.has(k, *tags):
            return sentence.phrase_at[k]
        if sentence.has(k, "predicate", "barrier") or sentence.folded[k] in {",", "."}:
            break
    between = range(quantity.last, tail.first if tail else quantity.last)
    return next(
        (
            sentence.phrase_at[k]
            for k in between
            if sentence.has(k, tags[0]) and sentence.has(k - 1, "auxiliary")
        ),
        None,
    )
