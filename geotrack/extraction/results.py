"""Whether what a verb says of a number is a result: not work that goes on, a rate, a plan, or places."""

from __future__ import annotations

from geotrack.extraction.nouns import EXPLOSIVE
from geotrack.extraction.predicates import Governor
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence

# Fewer items than this are things that lie somewhere, more an estimate for a country.
_ESTIMATED = 1000


def not_done(tagged: TaggedSentence, quantity: Quantity, governor: Governor) -> str | None:
    """Return why what a verb says is no result: "ten shells are defused in a day", "cleared 20 objects"."""
    phrase = governor.phrase
    if phrase is None or quantity.head not in EXPLOSIVE | {"area"}:
        return None
    if governor.name == "recorded" and quantity.head == "item" and quantity.number.value < _ESTIMATED:
        return "no estimate of what lies in the ground"
    if phrase.has(f"predicate.{governor.name}.doing") and tagged.has(phrase.first - 1, "auxiliary.now"):
        return "work that goes on"  # "sappers are clearing 40 ha"
    behind = tagged.after(phrase.last)
    span = tagged.has(phrase.last, "time.during") and tagged.has(behind, "time.unit")  # "in a day"
    if (span or ends_with_rate(tagged, phrase.last)) and tagged.has(phrase.first - 1, "auxiliary.now"):
        return "a rate, not an amount"
    if may_count_places(tagged, quantity) and phrase.has("predicate.cleared", "predicate.surveyed"):
        return "counts what was cleared"  # objects as places
    return "a plan" if _is_of_plan(tagged, quantity, phrase) else None


def _is_of_plan(tagged: TaggedSentence, quantity: Quantity, verb: Phrase) -> bool:
    """Tell whether a plan of its own stands before a number: "40 ha were cleared, the plan for May is 65 ha".

    A plan that the work was done by is none of its own: "under the plan 65 ha were cleared".
    """
    at = _before_time(tagged, quantity.first - 1)
    plan = tagged.phrase_at[at] if at >= 0 else None
    if plan is None or not plan.has("modality.plan_noun"):
        return False
    opens = _before_time(tagged, plan.first - 1)
    apart = any(tagged.has(k, "barrier") for k in range(quantity.last, verb.first))
    return (opens < 0 or tagged.has(opens, "barrier")) and (verb.last <= plan.first or apart)


def _before_time(tagged: TaggedSentence, at: int) -> int:
    """Return the last word up to an index that is no time, qualifier, article, "for" or "is"."""
    while at >= 0 and (
        tagged.has(at, "time", "qualifier", "auxiliary")
        or tagged.folded[at].isdecimal()
        or tagged.folded[at] in {"the", "for"}
    ):
        at -= 1
    return at


def may_count_places(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number counts what may be ordnance or buildings: "20 objects"."""
    counted = [tagged.phrase_at[k] for k in range(quantity.number.last, quantity.last)]
    return quantity.head == "item" and any(p is not None and p.has("head.other") for p in counted)


def ends_with_rate(tagged: TaggedSentence, start: int) -> bool:
    """Tell whether "each week" ends the clause of a word: "between 3 and 5 ha are surveyed each week"."""
    if "rate" not in tagged.seen:
        return False
    for k in range(start, len(tagged.words)):
        if tagged.has(k, "rate") and not tagged.has(k, "rate.average"):
            return True
        if tagged.has(k, "barrier.strong") or tagged.folded[k] in {",", ".", ":"}:
            break
    return False
