"""Totals: which numbers of people who came to harm are totals of ours, and which tell one event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from geotrack.extraction.casualties import (
    LARGEST_STORY,
    LARGEST_TOLL,
    WAR_DEAD,
    WAR_TOLL,
    is_cause_of_part,
    names_ordnance,
    names_other_cause,
    other_cause_is_nearer,
)
from geotrack.extraction.continuations import CONTINUES_WITHIN
from geotrack.extraction.drafts import PEOPLE_MEASURES, Draft
from geotrack.extraction.passages import Passage
from geotrack.extraction.stories import is_aggregate, is_one_story, names_one_device
from geotrack.models import Figure

# Whether a total of people stands before a number, or even the whole that it is a part of.
Counting = Literal["none", "near", "whole"]
# A cause named this many passages before still holds.
ORDNANCE_WITHIN = 5
# Accidents that were counted are gone on with so many passages later.
_ACCIDENTS_WITHIN = 2
# A share of a toll is told so many passages behind it.
_SHARED_WITHIN = 3


def people_refusal(
    draft: Draft, passages: Sequence[Passage], told: set[int], *, about: bool, counting: Counting
) -> str | None:
    """Return why a number of people who came to harm is no total of ours."""
    passage, value = draft.passage, draft.quantity.number.value
    if value != int(value):
        return "no whole number of people"
    headline = bool(told) and _is_headline(passage) and value <= LARGEST_TOLL
    if headline or (passage.number in told and not is_aggregate(passage)):
        return "told as an incident"
    lost = draft.governor is not None and draft.governor.name == "bereaved"  # "the army lost 2,900 men"
    lost = lost and not passage.tagged.find("deminer")  # "we lost 40 sappers"
    if (lost and not names_ordnance(passage)) or not ordnance_did_it(draft, passages, about=about):
        return "not said to be by explosive ordnance"
    if _goes_on_with_accidents(passage, passages):
        return None
    return "one event, not a total" if _is_one_event(draft, counting=counting) else None


def _goes_on_with_accidents(passage: Passage, passages: Sequence[Passage]) -> bool:
    """Tell whether the people are those of many accidents just counted: "29 blasts. Nine people died"."""
    near = passages[max(0, passage.number - _ACCIDENTS_WITHIN) : passage.number + 1]
    return any(
        q.number.value > LARGEST_STORY and p.tagged.has(q.number.last, "incident.plural", "incident.noun")
        for p in near
        if p.sentence.paragraph == passage.sentence.paragraph
        for q in p.quantities
    )


def speaks_on_of_the_world(passage: Passage, passages: Sequence[Passage]) -> bool:
    """Tell whether a passage without a place takes up what the one before said of the world: "Of these"."""
    if passage.number == 0 or passage.mentions:
        return False
    before = passages[passage.number - 1]
    same = before.sentence.paragraph == passage.sentence.paragraph
    taken_up = passage.tagged.has(0, "continuation", "subset.strict") or (
        passage.tagged.has(0, "definite.word") and passage.tagged.has(1, "total", "counted.noun")
    )  # "The totals of 2019 and 2018 were lower"
    return same and taken_up and not before.mentions and bool(before.tagged.find("world.scope"))


def _is_headline(passage: Passage) -> bool:
    """Tell whether a passage is the title, or a heading in words and no line of a fact box."""
    opening = passage.number == 0 and passage.sentence.kind == "heading"
    boxed = ":" in passage.tagged.folded or passage.tagged.folded[0][0].isdecimal() or bool(passage.times)
    return opening or (passage.sentence.kind == "heading" and not boxed)


def counts_people(draft: Draft, before: Sequence[Draft]) -> Counting:
    """Tell whether a total of people was told in the passages just before, or the whole of this number."""
    number = draft.passage.number
    near = [
        d for d in before if d.measure in PEOPLE_MEASURES and number - d.passage.number <= CONTINUES_WITHIN
    ]
    if not near:
        return "none"
    here = sum(d.passage is draft.passage for d in near)
    lately = near[-max(2, here + 1) :]
    whole = next((d for d in lately if d.measure == "casualties"), near[-1])
    part = whole.measure == "casualties" and draft.quantity.number.value <= whole.quantity.number.value
    told = whole.quantity.number.value > LARGEST_STORY and whole.passage.number + 1 >= number
    return "whole" if part and told and not draft.passage.times else "near"


def whole_of(draft: Draft, stated: Sequence[Draft], figures: Sequence[Figure]) -> Figure | None:
    """Return the total that a draft is said to be a part of: "46 of whom died", "350. Of these, 65 …"."""
    if not stated or stated[-1].measure not in PEOPLE_MEASURES:
        return None
    before, passage = stated[-1].passage, draft.passage
    taken_up = draft.quantity.partitive or passage.tagged.has(0, "subset.strict")
    opens = passage.number - before.number <= 1 and taken_up
    opens = opens and not any(m.place.level != "country" for m in passage.mentions)
    return figures[-1] if opens or (before is passage and draft.quantity.partitive) else None


def _is_referred(draft: Draft) -> bool:
    """Tell whether a number takes up persons told of before: "the four victims"."""
    at = draft.quantity.first
    tagged = draft.passage.tagged
    return tagged.has(at - 1, "definite.word") or tagged.has(at, "definite.word")


def _is_one_event(draft: Draft, *, counting: Counting) -> bool:
    """Tell whether few people whom nothing sums up were harmed at once: "six deminers were injured".

    Where a total of people was told just before, a smaller number goes on with it.
    """
    passage, quantity = draft.passage, draft.quantity
    if draft.governor is None or quantity.bracketed or passage.sentence.kind == "row":
        return False
    if draft.governor.name == "noun":
        return not passage.times and quantity.number.value <= LARGEST_STORY and _is_referred(draft)
    if quantity.number.value <= LARGEST_STORY and names_one_device(passage):
        return True
    boxed = passage.sentence.kind != "sentence" and quantity.first == 0 and quantity.head == "bare"
    told = counting != "none"
    open_ended = quantity.partitive or (quantity.head == "bare" and passage.is_part)
    goes_on = counting == "whole" or (told and open_ended)
    if is_aggregate(passage) or boxed or goes_on:
        return False  # a line of a fact box: "3 killed"; "3 of whom died"
    if is_one_story(passage) and not any(t.kind in {"since", "so_far"} for t in passage.times):
        return True
    largest = LARGEST_STORY if told else LARGEST_TOLL
    return quantity.number.value <= largest and _is_of_a_day(passage)


def _is_of_a_day(passage: Passage) -> bool:
    """Tell whether no time of a passage is longer than a day: what it tells happened at once."""
    return all(
        t.kind == "interval" and t.days is not None and t.days.precision in {"day", "clock"}
        for t in passage.times
    )


def ordnance_did_it(draft: Draft, passages: Sequence[Passage], *, about: bool) -> bool:
    """Tell whether ordnance caused a harm: named in the passage, or just before with no other cause."""
    passage, people = draft.passage, draft.measure in PEOPLE_MEASURES
    partly = people and is_cause_of_part(passage, draft.quantity.first)
    if names_ordnance(passage) and not partly:
        return not people or not other_cause_is_nearer(passage, draft.quantity.first, draft.quantity.last)
    most = WAR_DEAD if draft.measure == "killed" else WAR_TOLL
    if people and (_is_of_all_causes(passage, passages) or draft.quantity.number.value > most):
        return False
    near = passages[max(0, passage.number - ORDNANCE_WITHIN) : passage.number + (0 if partly else 1)]
    if draft.measure == "people_at_risk" and any(
        p.tagged.find_within("predicate.contaminated") for p in near
    ):
        return True
    for before in reversed(near):
        if names_ordnance(before):
            same = [p for p in near if p.sentence.paragraph == before.sentence.paragraph]
            return before is passage or not any(
                names_other_cause(p) for p in same if p.number < before.number and not names_ordnance(p)
            )
        if names_other_cause(before):
            return False
    return about and not partly and not passage.tagged.find("cause.other")


def _is_of_all_causes(passage: Passage, passages: Sequence[Passage]) -> bool:
    """Tell whether what follows gives mines a share of a toll: "24 casualties. Mines caused 67 % of them".

    A paragraph that has spoken of ordnance before counts its victims.
    """
    paragraph = passage.sentence.paragraph
    before = passages[max(0, passage.number - ORDNANCE_WITHIN) : passage.number]
    if any(p.sentence.paragraph == paragraph and names_ordnance(p) for p in before):
        return False
    behind = passages[passage.number + 1 : passage.number + 1 + _SHARED_WITHIN]
    return any(
        p.sentence.paragraph == paragraph
        and names_ordnance(p)
        and (
            p.tagged.find("share.cause")
            or p.tagged.has(0, "partial")
            or any(q.head == "percent" or q.partitive for q in p.quantities)
        )
        for p in behind
    )
