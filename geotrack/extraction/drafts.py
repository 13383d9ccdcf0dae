"""Figures as they are put together: a quantity with its measure, before places and period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.ellipses import continued, last_told, lent
from geotrack.extraction.labels import CARRIED, Label, label_of
from geotrack.extraction.modalities import is_wanted
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE
from geotrack.extraction.parted import parted_governors
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup
from geotrack.extraction.predicates import FAR, Governor, find_governors, measure_of, predicates_of
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.results import not_done
from geotrack.extraction.rulings import is_fallen_level, is_share_of_land, never_a_figure, settle
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.times import TimeExpression
from geotrack.extraction.wholes import as_wholes
from geotrack.models import Measure

PEOPLE_MEASURES = frozenset({"killed", "injured", "casualties"})
_HARM = frozenset({"killed", "injured", "casualty"})
UNGOVERNED = "nothing says what happened to it"
# A line of a list without a verb has no more words than this.
_SHORT = 12
# The lead of a list of plans, where others lend their verb.
PLANNED = "planned"
# The lead of a list of deeds told in the infinitive: "In a day they managed to:".
MANAGED = "managed"


@dataclass(frozen=True, slots=True)
class Cell:
    """The times and places that a table gives the numbers of a cell: its own, its row's, its column's."""

    times: tuple[TimeExpression, ...] = ()
    groups: tuple[PlaceGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity of a passage and the measure that it states, or why it states none."""

    passage: Passage
    quantity: Quantity
    measure: Measure | None
    governor: Governor | None = None
    refusal: str | None = None
    subset: bool = False
    cell: Cell | None = None

    @property
    def anchors(self) -> tuple[tuple[int, int], ...]:
        """The word ranges that a time or a place may stand near to govern the figure: its list, its verb."""
        own = self.passage.list_of(self.quantity)
        phrase = self.governor.phrase if self.governor else None
        return (own, (phrase.first, phrase.last)) if phrase else (own,)

    @property
    def echoes(self) -> bool:
        """Whether its own clause says nothing of it, and only the topic of the text gives it a measure."""
        return self.governor is not None and self.governor.inherited and self.governor.cost > FAR


def draft_figures(
    passage: Passage, carried: str | None, before: Sequence[Draft], label: Label | None = None
) -> list[Draft]:
    """Return a draft for each quantity that could be a figure of ours.

    `carried` is a list's lead predicate, `before` are the figures of the passages just before, `label`
    what the heading above says that bare numbers count.
    """
    if not passage.quantities:
        return []
    drafts: list[Draft] = []
    own = bool(label or before) and (_is_bare_line(passage) or _is_entry(passage))
    label = _with_verb(label, passage, carried) if label else None
    for quantity in passage.quantities:
        if quantity.head == "other":
            continue
        draft = labelled(passage, quantity, label) if own and label else None
        draft = draft or (_part_of_box(passage, quantity, before) if own else None)
        draft = draft or _at_another_time(passage, quantity, drafts)
        draft = draft or share_beside(passage, quantity, drafts)
        draft = draft or _draft(passage, _as_further_part(passage, quantity, drafts), drafts, carried)
        if quantity.subset and not drafts and _is_part_of(draft, before):
            draft = replace(draft, subset=True)
        if draft.measure is None and draft.refusal in {None, UNGOVERNED}:
            draft = _under_colon(passage, quantity) or continued(draft, [*before, *drafts])
        drafts.append(draft)
    drafts = as_wholes(drafts)
    return [_as_injured(d, drafts) for d in drafts]


def _is_entry(passage: Passage) -> bool:
    """Tell whether a line is a deed and its number under a heading: "Manual clearance - 12"."""
    quantities = passage.quantities
    if len(quantities) != 1 or passage.sentence.kind == "sentence" or quantities[0].head != "bare":
        return False
    named = label_of(passage.tagged, 0, quantities[0].first)
    joined = passage.tagged.folded[quantities[0].first - 1] in {"-", ":"}
    return (
        joined
        and named is not None
        and named.head is None
        and quantities[0].last == len(passage.tagged.words)
    )


def _with_verb(label: Label, passage: Passage, carried: str | None) -> Label:
    """Return the label of a heading with the deed that a line under it names, else the one that goes on."""
    if label.predicate is not None or label.head is None:
        return label
    own = label_of(passage.tagged)
    verb = own.predicate if own else None
    return replace(
        label, predicate=next((v for v in (verb, carried) if v and measure_of(label.head, v)), None)
    )


def _under_colon(passage: Passage, quantity: Quantity) -> Draft | None:
    """Read a bare number by the words before a colon: "Area surveyed, ha: 12", "victims: 2014 - 12"."""
    tagged = passage.tagged
    colon = next((k for k in range(quantity.first - 1, -1, -1) if tagged.folded[k] == ":"), 0)
    taken = {k for q in passage.quantities for k in range(q.first, q.last)}
    taken |= {k for t in passage.times for k in range(t.first, t.last)}
    listed = all(
        k in taken or tagged.has(k, "list.join") or tagged.folded[k] == "-"
        for k in range(colon + 1, quantity.first)
    )
    label = label_of(tagged, 0, colon) if colon and listed and quantity.head == "bare" else None
    return labelled(passage, quantity, label) if label else None


def _as_further_part(passage: Passage, quantity: Quantity, before: Sequence[Draft]) -> Quantity:
    """Read the next of a list of parts, and persons in brackets, as parts: "65 (12 children)"."""
    split = quantity.bracketed and quantity.head in {"person", "bare"}
    whole = next((d for d in reversed(before) if not (split and d.subset and d.quantity.bracketed)), None)
    if whole is None or whole.measure not in PEOPLE_MEASURES or quantity.head not in {"person", "bare"}:
        return quantity
    listed = whole.quantity.subset and whole.quantity.group == quantity.group
    inside = range(quantity.last, len(passage.tagged.words))
    closing = next((k for k in inside if passage.tagged.folded[k] == ")"), quantity.last)
    told = any(passage.tagged.has(k, "predicate") for k in range(quantity.last, closing))
    bracketed = quantity.bracketed and quantity.head == "person" and not whole.quantity.bracketed and not told
    return replace(quantity, subset=True) if listed or bracketed else quantity


def _as_injured(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Read victims in one list with the dead as the injured: "18 dead and 55 victims"."""
    group = [d for d in drafts if d.quantity.group == draft.quantity.group]
    verb = draft.governor.phrase if draft.governor else None
    words = [*range(draft.quantity.number.last, draft.quantity.last), *((verb.first,) if verb else ())]
    if draft.measure != "casualties" or not any(draft.passage.tagged.has(k, "press_victim") for k in words):
        return draft
    beside = any(
        d.measure == "killed"
        and not (d.subset or d.quantity.subset)
        and d.quantity.bracketed == draft.quantity.bracketed
        and ":" not in draft.passage.tagged.folded[draft.quantity.last : d.quantity.first]
        and not draft.passage.tagged.has(d.quantity.first - 1, "ended_in")
        for d in (drafts if verb else group)
    )
    return replace(draft, measure="injured") if beside else draft


def _is_part_of(draft: Draft, before: Sequence[Draft]) -> bool:
    """Tell whether a draft opens a passage with a part of the last total: "Among the dead are 12"."""
    whole = last_told(before, lambda d: d.measure in PEOPLE_MEASURES)
    return draft.measure in PEOPLE_MEASURES and whole is not None and whole.measure == draft.measure


def _part_of_box(passage: Passage, quantity: Quantity, before: Sequence[Draft]) -> Draft | None:
    """Read a bare number of the same sentence as the one before it: "killed in 2020: 15; 2021: 9"."""
    last = before[-1] if before else None
    if last is None or last.passage.sentence is not passage.sentence or quantity.head != "bare":
        return None
    counted = replace(quantity, head=last.quantity.head, unit=last.quantity.unit)
    return Draft(passage, counted, last.measure, lent(last.governor)) if last.measure else None


def _is_bare_line(passage: Passage) -> bool:
    """Tell whether a line holds nothing but numbers, times and places: "785 (2015: 706)", "Sumy - 12"."""
    taken = {k for q in passage.quantities for k in range(q.first, q.last)}
    taken |= {k for t in passage.times for k in range(t.first, t.last)} | passage.place_words()
    words = (
        w
        for k, w in enumerate(passage.tagged.folded)
        if k not in taken
        and not passage.tagged.has(k, "whole", "total", "place_word", "referent", "list.join")
    )
    return not any(w[0].isalnum() for w in words)


def labelled(passage: Passage, quantity: Quantity, label: Label) -> Draft | None:
    """Return the draft of a bare number that a label gives its noun and its verb."""
    if quantity.head != "bare" or label.head is None:
        return None
    counted = replace(quantity, head=label.head, unit=label.unit)
    for name in (label.predicate, "noun"):
        measure = measure_of(label.head, name) if name else None
        if measure is not None and name is not None:
            return Draft(passage, counted, measure, Governor(name, None, "done", 0.0, inherited=True))
    return None


def share_beside(passage: Passage, quantity: Quantity, before: Sequence[Draft]) -> Draft | None:
    """Read a share right behind its land: "174,000 km², or a third of the country, is mined"."""
    land = before[-1] if before else None
    tagged = passage.tagged
    if land is None or land.measure != "area_contaminated" or quantity.head != "percent":
        return None
    between = [k for k in range(land.quantity.last, quantity.first) if k not in passage.place_words()]
    joined = all(
        tagged.has(k, "list.join", "land", "time.of", "share.of_land") or tagged.folded[k] in {"(", ")", "-"}
        for k in between
    )
    beside = joined and any(tagged.folded[k] in {",", "or", "(", "-"} for k in between)
    if (
        not beside
        or "and" in tagged.folded[between[0] : quantity.first]
        or not is_share_of_land(passage, quantity)
    ):
        return None
    return Draft(passage, quantity, "share_contaminated", lent(land.governor))


def _at_another_time(passage: Passage, quantity: Quantity, before: Sequence[Draft]) -> Draft | None:
    """Read a number of another time as the one before it: "10 (2005: 6)", "10, down from 6 in 2005"."""
    whole = before[-1] if before else None
    tagged = passage.tagged
    if whole is None or whole.measure is None or quantity.head != "bare" or whole.quantity.bracketed:
        return None
    if tagged.has(quantity.last, "predicate") or not (
        _is_compared(passage, quantity) or _opens_brackets(passage, quantity, whole)
    ):
        return None
    counted = replace(quantity, head=whole.quantity.head, unit=whole.quantity.unit)
    return Draft(passage, counted, whole.measure, lent(whole.governor))


def _is_compared(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a number is what another is compared with: "down from 60", "compared with 60"."""
    return passage.tagged.has(quantity.first - 1, "comparison")


def _opens_brackets(passage: Passage, quantity: Quantity, whole: Draft) -> bool:
    """Tell whether brackets hold a number and its time, right behind another number: "(60 in 2022)"."""
    tagged = passage.tagged
    opened = range(whole.quantity.last, quantity.first)
    if not quantity.bracketed or whole.measure not in PEOPLE_MEASURES:
        return False
    before = any(t.first in opened and tagged.folded[t.first - 1] == "(" for t in passage.times)
    after = tagged.folded[quantity.first - 1] == "(" and any(t.first == quantity.last for t in passage.times)
    return before or after


def _draft(passage: Passage, quantity: Quantity, before: list[Draft], carried: str | None) -> Draft:
    reason = never_a_figure(passage, quantity)
    if reason is not None:
        return Draft(passage, quantity, None, refusal=reason)
    quantity = _without_lesser_whole(quantity, before)
    governors = _governors(passage, quantity, carried)
    quantity, governors = _part_of_land(passage, quantity, before) or (quantity, governors)
    if quantity.head == "percent":
        governors = [g for g in governors if is_share_of_land(passage, quantity)]
    own = _ruled(passage, quantity, settle(passage, quantity, governors))
    if own is None and quantity.subset and measure_of(quantity.head, "noun"):
        draft = _without_governor(passage, quantity, carried)
        return replace(draft, subset=quantity.partitive or _same_as_before(before, draft.measure))
    if quantity.subset and before and (own is None or not _is_own(passage, quantity, own)):
        parent = before[-1]
        measure = _part_measure(quantity, parent)
        if measure is not None:
            if quantity.head == "bare" and parent.quantity.head == "area":
                quantity = replace(quantity, head="area", unit=parent.quantity.unit)
            return Draft(passage, quantity, measure, parent.governor, subset=measure == parent.measure)
    if own is None:
        return _without_governor(passage, quantity, carried)
    listed = "a plan" if carried == PLANNED and not _has_happened(own) else None
    refusal = own if isinstance(own, str) else listed or not_done(passage.tagged, quantity, own)
    if isinstance(own, str) or refusal is not None:
        return Draft(passage, quantity, None, refusal=refusal)
    measure = measure_of(quantity.head, own.name)
    return Draft(passage, quantity, measure, own, subset=quantity.subset and _same_as_before(before, measure))


def _ruled(passage: Passage, quantity: Quantity, own: Governor | str | None) -> Governor | str | None:
    """Return the governor of a level that fell, of an estimate ("put at 500, without maps"), or its own."""
    if is_fallen_level(passage, quantity, own):
        return Governor("contaminated", None, "done", 0.0)
    if isinstance(own, str) and _is_estimate(passage.tagged, quantity):
        return Governor("recorded", None, "done", 0.0)
    return own


def _governors(passage: Passage, quantity: Quantity, carried: str | None) -> list[Governor]:
    """Return the predicates that can govern a quantity, best first; below "managed to:" all are of deeds."""
    governors = find_governors(passage.tagged, quantity, passage.quantities)
    parted = parted_governors(passage.tagged, quantity, passage.quantities)
    found = sorted([*parted, *governors], key=lambda g: g.cost)
    return [replace(g, modality="done") for g in found] if carried == MANAGED else found


def _part_of_land(
    passage: Passage, quantity: Quantity, before: Sequence[Draft]
) -> tuple[Quantity, list[Governor]] | None:
    """Read a part of land with a verb behind it in its unit: "9 ha were surveyed, of which 2 are mined"."""
    whole = before[-1].quantity if before else None
    if not quantity.subset or quantity.head not in {"bare", "area"} or whole is None or whole.head != "area":
        return None
    land = replace(quantity, head="area", unit=whole.unit) if quantity.head == "bare" else quantity
    governors = find_governors(passage.tagged, land, passage.quantities)
    own = [g for g in governors if g.phrase and g.phrase.first >= quantity.last]
    return (land, own) if own and _is_own(passage, quantity, own[0]) else None


def _has_happened(own: Governor | str) -> bool:
    """Tell whether a governor is a verb of what was done or is so, no noun of a list of plans."""
    return (
        isinstance(own, str)
        or own.phrase is None
        or own.name == "contaminated"
        or own.phrase.has(f"predicate.{own.name}.done")
    )


def _without_lesser_whole(quantity: Quantity, before: Sequence[Draft]) -> Quantity:
    """Read people as no part of fewer: "killed 11, among them 1 child, and 33 others were injured"."""
    whole = next((d for d in reversed(before) if not d.quantity.subset), None)
    if not quantity.subset or whole is None or not {quantity.head, whole.quantity.head} <= PEOPLE:
        return quantity
    lesser = whole.quantity.number.value < quantity.number.value and not quantity.partitive
    return replace(quantity, subset=False) if lesser else quantity


def _is_own(passage: Passage, quantity: Quantity, own: Governor | str) -> bool:
    """Tell whether the predicate of a part is the part's own: behind it, with no other number between."""
    if not isinstance(own, Governor) or own.phrase is None:
        return True
    between = range(quantity.last, own.phrase.first)
    leading = range(own.phrase.last, quantity.first)
    fronted = all(passage.tagged.has(k, "subset", "partitive", "qualifier") for k in leading)
    opened = own.name in {"killed", "injured"} or passage.tagged.has(own.phrase.first - 1, "subset")
    if opened and own.phrase.last <= quantity.first and fronted:
        return True  # "died 9 of them", "died from them 9", "of them demined 9 ha"
    if quantity.bracketed and ")" in passage.tagged.folded[between.start : between.stop]:
        return False
    return own.phrase.first >= quantity.first and not any(q.first in between for q in passage.quantities)


def _part_measure(quantity: Quantity, parent: Draft) -> Measure | None:
    """Return the measure of a part from its whole's: a kind of mine has a measure of its own."""
    if parent.measure is None or parent.governor is None:
        return None
    if quantity.head in {"bare", *PEOPLE} and parent.measure in PEOPLE_MEASURES:
        return parent.measure
    if quantity.head == "bare":
        return parent.measure
    return measure_of(quantity.head, parent.governor.name)


def _same_as_before(before: list[Draft], measure: Measure | None) -> bool:
    return bool(before) and before[-1].measure == measure


def _without_governor(passage: Passage, quantity: Quantity, carried: str | None) -> Draft:
    """Take the measure from the noun itself ("379 victims") or from the lead of a list, else refuse."""
    itself = measure_of(quantity.head, "noun")
    if itself is not None:
        return Draft(passage, quantity, itself, Governor("noun", None, "done", 0.0))
    if quantity.head in EXPLOSIVE and passage.tagged.has(quantity.last, "left_over.word"):
        return Draft(passage, quantity, None, refusal="a need")  # "30 more shells are waiting"
    if _is_estimate(passage.tagged, quantity):
        measure = measure_of(quantity.head, "recorded")
        return Draft(passage, quantity, measure, Governor("recorded", None, "done", 0.0))
    planned = carried == PLANNED or is_wanted(passage.tagged, quantity.first)
    if planned and (quantity.head in EXPLOSIVE or quantity.head == "area"):
        return Draft(passage, quantity, None, refusal="a plan")
    perhaps = is_wanted(passage.tagged, quantity.first, "modality.maybe")
    if carried is not None and not perhaps and (quantity.head in EXPLOSIVE or quantity.head == "area"):
        carried = "cleared" if carried == "found" and quantity.head == "area" else carried
        measure = measure_of(quantity.head, carried)
        if measure is not None:
            return Draft(passage, quantity, measure, Governor(carried, None, "done", 0.0, inherited=True))
    return Draft(passage, quantity, None, refusal=None if quantity.head == "bare" else UNGOVERNED)


def _is_estimate(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number is how many mines there are said to be: "the number of mines is put at 500"."""
    at = quantity.first - 1
    told = tagged.has(at, "counted.verb") or tagged.folded[at] == "at"
    return quantity.head_from == "left" and told and bool(tagged.find("counted.noun"))


def is_listed(passage: Passage) -> bool:
    """Tell whether a line without a verb is one of a list: "Sumy region: 85 hectares;"."""
    tagged = passage.tagged
    short = len(tagged.words) <= _SHORT and any(
        tagged.folded[k] in {":", "-"} for k in range(len(tagged.words))
    )
    return (short or passage.sentence.kind == "heading") and not tagged.find("predicate")


def lead_predicate(passage: Passage, drafts: list[Draft], carried: str | None) -> str | None:
    """Return the predicate that a list after this passage goes on with."""
    if _ends_in_helper(passage.tagged) or (carried == MANAGED and passage.sentence.kind == "item"):
        return MANAGED
    for draft in reversed(drafts):
        if (
            draft.governor is not None
            and draft.governor.name in CARRIED
            and draft.governor.modality == "done"
        ):
            return draft.governor.name
    named = [name for p in passage.tagged.find("predicate") for name in predicates_of(p.tags)]
    told = [n for n in named if n in CARRIED]
    if carried == PLANNED and passage.sentence.kind == "item":
        return PLANNED
    if (
        passage.tagged.folded[-1] == ":"
        and (told or not named)
        and passage.tagged.find("modality.plan", "modality.plan_noun")
    ):
        return PLANNED
    if not told and (passage.sentence.kind == "item" or (drafts and is_listed(passage))):
        return carried
    return told[-1] if told else None


def _ends_in_helper(tagged: TaggedSentence) -> bool:
    """Tell whether words end in what makes deeds of the verbs under them: "the sappers managed to:"."""
    return tagged.folded[-1] == ":" and tagged.has(len(tagged.words) - 2, "modality.done")
