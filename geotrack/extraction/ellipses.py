"""What stands without a verb or a noun of its own and goes on with what was told before.

"By May it was 156,000 km²" takes the measure of the figure before, "in June 64" its unit as well, "still
a quarter of it" is a share of the land just told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geotrack.extraction.clauses import says_nothing
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE, ends_count
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import is_further
from geotrack.extraction.predicates import FAR, Governor, find_governors, measure_of
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.rulings import is_share_of_land, settle
from geotrack.extraction.tagging import TaggedSentence
from geotrack.models import Measure

if TYPE_CHECKING:
    from geotrack.extraction.drafts import Draft

_TOLLS = frozenset({"killed", "injured", "casualties"})
# "In total" stands this near before its number.
_REACH = 5
# A verb that touches its number costs no more than this.
_TOUCHING = 2.0
# Words of a rank between a place and "with": "is in first place".
_RANK = 5
# Numbers of other years stand this many passages behind those told with a verb.
_YEARS_WITHIN = 2
# What may stand between a year and its number: "2016 - 13", "in 2016, 13".
_SIGNS = frozenset({"-", ":", ","})
# Verbs that say something else of people than what befell those before.
_FATES = tuple(f"predicate.{n}" for n in ("killed", "injured", "casualty", "blown", "assisted", "at_risk"))
_ORDNANCE = (
    "head.mine",
    "head.ap_mine",
    "head.at_mine",
    "head.uxo",
    "head.item",
    "incident.plural",
    "incident.cause",
)
_DONE_TO_LAND = frozenset({"area_cleared", "area_surveyed", "area_released"})
_RESULTS = ("predicate.found.done", "predicate.cleared.done")


def continued(draft: Draft, before: Sequence[Draft]) -> Draft:
    """Take the measure of an earlier figure of its kind if nothing else governs: "by May it was 156,000".

    Land that is estimated is no land that was cleared: "estimates put it at 7,000 km²".
    """
    quantity, passage = draft.quantity, draft.passage
    if quantity.head == "percent":
        return _share_of(draft, before)
    again = _of_one_cause(draft, before) or _in_another_year(draft, before)
    if again is not None or quantity.head == "bare":
        return again or _by_its_verb(draft, before) or _told_again(draft, before) or _listed(draft, before)
    own = [d for d in before if d.passage is passage and d.quantity.head == quantity.head]
    if own and own[-1].measure is None:
        return draft
    part = _kind_of(draft, before)
    if part is not None:
        return part
    lender = last_told(before, lambda d: d.quantity.head == quantity.head)
    of_these = passage.tagged.has(quantity.number.last, "time.of_the")  # "Kyiv accounts for 12 of the mines"
    if quantity.head in PEOPLE or lender is None or not (of_these or _stands_open(passage, quantity)):
        return draft
    estimated = lender.measure in _DONE_TO_LAND and passage.tagged.find_within("estimate")
    level = Governor("contaminated", None, "done", FAR + 1, inherited=True) if estimated else None
    measure = "area_contaminated" if estimated else lender.measure
    return _counted(draft, quantity, measure, level or lent(lender.governor))


def _of_one_cause(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Read those whom ordnance harmed as a part of the last toll: "of 40 casualties 9 were due to mines"."""
    quantity, tagged = draft.quantity, draft.passage.tagged
    at = quantity.last
    while tagged.has(at, "auxiliary", "has", "subset.strict", "partitive") and not tagged.has(at, "caused"):
        at = tagged.after(at)
    behind = range(tagged.after(at), min(tagged.after(at) + _REACH, len(tagged.words)))
    if not tagged.has(at, "caused") or not any(tagged.has(k, *_ORDNANCE) for k in behind):
        return None
    whole = last_told(before, lambda d: d.quantity.unit == "people" and d.passage is draft.passage)
    if whole is None or quantity.head not in {"bare", "person"}:
        return None
    counted = replace(quantity, head=whole.quantity.head, unit=whole.quantity.unit)
    return _counted(draft, counted, whole.measure, lent(whole.governor))


def _in_another_year(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Read people of another time as those told before: "12 died in 2022. In 2023 it was 16"."""
    quantity, tagged = draft.quantity, draft.passage.tagged
    paired = _paired(draft, before)
    told = paired or last_told(before, lambda _: True)
    if quantity.head not in {"bare", "person"} or told is None:
        return None
    far = draft.passage.number - told.passage.number > _YEARS_WITHIN
    of_others = paired is None and told.quantity.unit != "people"
    if far or of_others or told.subset or tagged.find("cause.other"):
        return None
    counted = replace(quantity, head=told.quantity.head, unit=told.quantity.unit)
    first, last = draft.passage.list_of(quantity)
    same = told.passage is draft.passage
    opened = first - (tagged.folded[first - 1] == "(")
    while tagged.has(opened - 1, "place_word") and opened - 1 not in draft.passage.place_words():
        opened -= 1  # "in Kherson region (41)"
    named = any(draft.passage.words_of(m.span)[1] == opened for m in draft.passage.mentions)
    goes_on = same and told.governor is not None and told.governor.inherited
    labelled = same and quantity.head_from == "left" and tagged.folded[first - 1] in {"-", ":"}
    if labelled:  # "farmers - 235, drivers - 88"
        return _counted(draft, counted, told.measure, lent(told.governor))
    if same and named and quantity.head == "bare" and not tagged.has(last, "predicate", "auxiliary"):
        return _counted(draft, counted, told.measure, lent(told.governor))
    times = [t for t in draft.passage.times if t.kind in {"interval", "since"} and t.days is not None]
    open_ended = quantity.head == "bare" or goes_on or not tagged.find(*_FATES)
    level = bool(times) and any(tagged.has(k, "level") for k in (first - 1, first))  # "exceeds 3,400"
    linked = (
        open_ended and bool(times) and tagged.has(first - 1, "happened", "counted.verb", "auxiliary", "has")
    ) or (bool(times) and _is_told_of_it(tagged, first))
    dashed = any(t.last + 1 == first for t in times) and tagged.folded[first - 1] in _SIGNS
    behind = open_ended and any(0 <= t.first - last <= 1 for t in times)
    if not (level or linked or dashed or behind):
        return None
    return _counted(draft, counted, told.measure, lent(told.governor))


def _paired(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the toll that a row repeats: "43 died and 119 were hurt. In 2017 it was 36 and 157"."""
    passage, tagged = draft.passage, draft.passage.tagged
    row = [q for q in passage.quantities if q.group == draft.quantity.group]
    if len(row) < 2 or tagged.has(row[-1].last, "auxiliary", "predicate"):  # noqa: PLR2004 a row
        return None
    tolls = [d for d in before if d.measure in _TOLLS and not d.subset]
    tolls = [d for d in tolls if d.passage is not passage or d.quantity.first < row[0].first][-len(row) :]
    return tolls[row.index(draft.quantity)] if len({d.measure for d in tolls}) == len(row) else None


def _told_again(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Read a bare number of another time or place as the one before: "12 ha in 2014, 15 in 2015".

    Behind a sentence it needs "the figure was", or a sentence that tells of no other deed.
    """
    quantity, passage, tagged = draft.quantity, draft.passage, draft.passage.tagged
    told = before[-1] if before else None
    if told is None or told.measure is None or told.quantity.unit == "people" or quantity.number.spelled:
        return None
    if passage.number - told.passage.number > 1 or told.quantity.head == "percent":
        return None
    if quantity.last < len(tagged.words) and not ends_count(tagged, quantity.last):
        return None
    i = passage.quantities.index(quantity)
    if i and not (told.passage is passage and told.quantity.first == passage.quantities[i - 1].first):
        return None  # another thing was counted between
    again = _is_summed_again(tagged, quantity.first) or _is_its_sum(passage, quantity)
    same = told.passage is passage
    # "Call-outs by region: Kharkiv 151" counts other things than the sentence before.
    deed = tagged.find("predicate", "head.other.event") if not same else ()
    if not again and (deed or not _touches(passage, quantity)):
        return None
    counted = replace(quantity, head=told.quantity.head, unit=told.quantity.unit)
    return _counted(draft, counted, told.measure, lent(told.governor))


def _is_summed_again(tagged: TaggedSentence, first: int) -> bool:
    """Tell whether a level of what was told before leads to a number: "the figure was", "it rose to"."""
    verb = tagged.phrase_at[first - 1] if first else None
    if verb is None or not verb.has("level"):
        return False
    at = verb.first - 1
    return tagged.has(at, "counted.noun", "continuation.opening") or tagged.folded[at] in {
        "it",
        "this",
        "that",
    }


def _is_its_sum(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a clause says no more than that a number is a sum: "this brought the total to 664"."""
    tagged = passage.tagged
    summed = any(p.last <= quantity.first for p in tagged.find("counted.noun", "total", "result.noun"))
    return summed and says_nothing(passage, quantity)


def _touches(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a time or a place stands at a number: "15 in 2015", "Fuzuli (15)", "Sumy with 15"."""
    tagged, at = passage.tagged, quantity.first
    linked = tagged.folded[at - 1] in {"-", ":", "("} or tagged.has(at - 1, "list.apart", "has")
    joined = {at, at - 1} if linked else {at}
    line = passage.sentence.kind != "sentence" and tagged.folded[at - 1] in {"-", ":"}
    if line and all(tagged.source(k, k + 1)[:1].isupper() for k in range(at - 1)):
        return True  # "Mykolaivska - 98"
    times = any(t.last in joined or 0 <= t.first - quantity.last <= 1 for t in passage.times)
    if tagged.has(at - 1, "list.apart") and _ranks_place(passage, at - 1):
        return True
    ends = _ends_of_places(passage) if tagged.has(at - 1, "has") else passage.place_words()
    named = tagged.has(at - 1, "land", "share.of_land") or not joined.isdisjoint(k + 1 for k in ends)
    return times or named or _is_listed_with_place(passage, quantity)


def _ranks_place(passage: Passage, at: int) -> bool:
    """Tell whether words before "with" say how a place ranks: "Kharkiv region comes first with 1,237"."""
    tagged, ends = passage.tagged, _ends_of_places(passage)
    for k in range(at - 1, max(-1, at - 1 - _RANK), -1):
        if k in ends:
            return True
        if tagged.has(k, "predicate", "list.join") or not tagged.folded[k][0].isalpha():
            return False
    return False


def _is_listed_with_place(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a number goes on a list with a place behind it: ", 22 in Sumy and 31 are in Lviv"."""
    tagged = passage.tagged
    at = quantity.last + tagged.has(quantity.last, "level.copula")
    behind = tagged.after(at)
    behind += tagged.has(behind, "time.article")
    placed = tagged.has(at, "located") and behind in passage.place_words()
    return placed and is_further(tagged, quantity)


def _share_of(draft: Draft, before: Sequence[Draft]) -> Draft:
    """Read a share of the land as that of the contaminated land just told: "still a quarter of it"."""
    land = last_told(before, lambda d: d.measure == "area_contaminated")
    tagged = draft.passage.tagged
    told = tagged.has(draft.quantity.last, "share.of_it") or tagged.has(0, "share.of_land")
    share = before[-1] if before else None
    again = _is_summed_again(tagged, draft.quantity.first) or _is_told_of_it(tagged, draft.quantity.first)
    if share is not None and share.measure == "share_contaminated" and again:
        return _counted(draft, draft.quantity, "share_contaminated", lent(share.governor))
    if tagged.find("predicate.surveyed", "predicate.cleared"):
        return draft  # "a half of the areas to be surveyed"
    if land is None or not (told or is_share_of_land(draft.passage, draft.quantity)):
        return draft
    return _counted(draft, draft.quantity, "share_contaminated", lent(land.governor))


def _listed(draft: Draft, before: Sequence[Draft]) -> Draft:
    """Read a bare number as more of what was counted: "56 mines in Kharkiv, in Kherson - 41"."""
    own = _lister(draft, before)
    if own is None or own.quantity.head == "area":
        land = _in_the_unit(draft, before)
        if land is not None:
            return land
    if own is None:
        return draft
    if _sums_kinds(draft) and own.governor is not None:
        kind = replace(draft.quantity, head="item")
        return _counted(draft, kind, measure_of("item", own.governor.name), lent(own.governor))
    kind = replace(draft.quantity, head=own.quantity.head, unit=own.quantity.unit)
    return _counted(draft, kind, own.measure, lent(own.governor))


def _land_like(draft: Draft, before: Sequence[Draft]) -> tuple[Draft, Quantity] | None:
    """Return the land told last and a bare number in its unit, or None if it can be no land."""
    quantity, passage = draft.quantity, draft.passage
    lender = before[-1] if before else None
    if lender is None or lender.quantity.head != "area" or quantity.number.spelled or quantity.bracketed:
        return None
    if passage.tagged.has(quantity.first - 1, "time.article", "partitive", "whole_of"):
        return None  # "150 ha of the 470 surveyed"
    return lender, replace(quantity, head="area", unit=lender.quantity.unit)


def _by_its_verb(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Read a bare number with a verb of land beside it as land: "surveyed 9 ha and cleared 2"."""
    if (like := _land_like(draft, before)) is None:
        return None
    passage, (_, land) = draft.passage, like
    own = settle(passage, land, find_governors(passage.tagged, land, passage.quantities))
    if isinstance(own, Governor) and own.cost <= _TOUCHING and _is_told(own):
        return _counted(draft, land, measure_of("area", own.name), own)
    return None


def _in_the_unit(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Read a bare number in the unit told last: "it was 9 ha, last year 12", "9 ha in May, in June 4"."""
    if (like := _land_like(draft, before)) is None:
        return None
    passage, (lender, land) = draft.passage, like
    told = _is_told_of_it(passage.tagged, land.first) or (
        lender.passage is passage and _only_says_when_or_where(passage, lender, land)
    )
    return _counted(draft, land, lender.measure, lent(lender.governor)) if lender.measure and told else None


def _is_told(own: Governor) -> bool:
    """Tell whether a governor is a verb of what was done, and no noun: not "255 demining groups"."""
    noun = own.phrase is not None and own.phrase.has(f"predicate.{own.name}.noun")
    return own.modality == "done" and not noun


def _is_told_of_it(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether "it was" stands before a number: "this year it has been 9,100"."""
    verb = tagged.has(at - 1, "level", "auxiliary") or tagged.lexicon.contains(
        tagged.folded[at - 1 : at], "level.copula"
    )  # "it was" is a phrase of its own
    return verb and "it" in tagged.folded[max(0, at - 3) : at]


def _only_says_when_or_where(passage: Passage, lender: Draft, quantity: Quantity) -> bool:
    """Tell whether a number is told for another time or place than the one before: ", in June 64,"."""
    tagged = passage.tagged
    at = quantity.first - 1 - tagged.has(quantity.first - 1, "stretch.whole")  # "in 2002 alone 40"
    ends = quantity.last >= len(tagged.words) or tagged.has(quantity.last, "list.join", "number.and")
    named = at in passage.place_words() or any(t.first <= at < t.last for t in passage.times)
    named = named or tagged.has(at, "share.of_land")  # "of fields 64"
    verbs = (k for k in range(lender.quantity.last, quantity.first) if tagged.has(k, "predicate"))
    ends = ends or tagged.folded[quantity.last] == "." or tagged.has(quantity.last, "located")
    return ends and named and len(list(verbs)) <= 1


def _sums_kinds(draft: Draft) -> bool:
    """Tell whether a number sums several kinds of ordnance: "12 mines and 3 shells, in total 15 units"."""
    tagged, first = draft.passage.tagged, draft.quantity.first
    kinds = {q.head for q in draft.passage.quantities if q.head in EXPLOSIVE and q.last <= first}
    summed = any(tagged.has(k, "whole", "counted.by") for k in range(max(0, first - _REACH), first))
    return len(kinds) > 1 and summed


def _lister(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the figure that lends a bare number its noun and measure, if the number goes on with one.

    In brackets it is what stands before them ("40 ha (2023 - 12)"), after "the number was" or beside a
    verb ("the others neutralized 41") what was told last, else a kind of ordnance in the same sentence.
    """
    quantity, tagged = draft.quantity, draft.passage.tagged
    done = tagged.has(quantity.first - 1, *_RESULTS) and not tagged.has(quantity.last, "land", "head")
    if done or _is_done_after(tagged, quantity) or tagged.has(quantity.last, "whole"):
        return last_told(before, lambda d: d.quantity.head in EXPLOSIVE)
    own = last_told(before, lambda d: d.passage is draft.passage and d.quantity.head in EXPLOSIVE)
    if quantity.bracketed:
        own = _before_brackets(draft, before)
    elif tagged.has(quantity.first - 1, "level") and tagged.has(quantity.first - 2, "counted.noun"):
        own = last_told(before, lambda d: d.quantity.head in EXPLOSIVE or d.quantity.head == "area")
    dashed = quantity.first > 0 and tagged.folded[quantity.first - 1] in {":", "-"}
    opened = tagged.has(quantity.first - 1, "level", "list.join", "whole", "counted.by")
    shared = tagged.folded[quantity.first - 1] == "for" and quantity.first - 2 in _ends_of_places(
        draft.passage
    )
    placed = opened or shared or tagged.has(quantity.last, "located")
    return own if dashed or placed else None


def _ends_of_places(passage: Passage) -> set[int]:
    """Return the last words of the places named: "Kherson region" in "Kherson region for 41"."""
    tagged = passage.tagged
    last = {k for k in passage.place_words() if k + 1 not in passage.place_words()}
    return last | {k + 1 for k in last if tagged.has(k + 1, "place_word")}


def _is_done_after(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a bare number was found or destroyed: "another 40 were defused", "12 of them were"."""
    at = tagged.after(quantity.last) if quantity.partitive else quantity.last
    while tagged.has(at, "change.more", "further", "counter"):
        at = tagged.after(at)
    return tagged.has(at, "auxiliary") and tagged.has(tagged.after(at), *_RESULTS)


def _before_brackets(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the figure before the brackets that a number stands in, if that number has a measure."""
    told = [q for q in draft.passage.quantities if q.last <= draft.quantity.first and not q.bracketed]
    same = (d for d in before if told and d.passage is draft.passage and d.quantity.first == told[-1].first)
    return next((d for d in same if d.measure is not None), None)


def _kind_of(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Read a kind of what was told before: "of these, 200 were anti-tank mines"."""
    quantity, passage = draft.quantity, draft.passage
    if quantity.head not in EXPLOSIVE or not passage.tagged.has(0, "subset.strict", "further"):
        return None
    lender = last_told(before, lambda d: d.quantity.head in EXPLOSIVE)
    measure = measure_of(quantity.head, lender.governor.name) if lender and lender.governor else None
    return _counted(draft, quantity, measure, lent(lender.governor)) if lender and measure else None


def _stands_open(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether an earlier verb can go on where a quantity stands: after "it was", "and", at the start.

    So can what only says where it was: "of 4,500 ha that were surveyed 3,700 lay in A".
    """
    first, _ = passage.list_of(quantity)
    at = first - 1
    tagged = passage.tagged
    opening = first <= 1 or passage.sentence.kind == "item" or tagged.has(first, "level")
    return (
        opening
        or quantity.subset
        or tagged.has(quantity.last, "pointing")
        or tagged.has(at, "level", "number.and", "subset.strict")
        or (passage.tagged.folded[at] in {":", "-"})
    )


def last_told(before: Sequence[Draft], fits: Callable[[Draft], bool]) -> Draft | None:
    """Return the last figure that fits, among those that a predicate governs."""
    governed = (d for d in reversed(before) if d.measure is not None and d.governor is not None)
    return next((d for d in governed if fits(d)), None)


def lent(governor: Governor | None) -> Governor | None:
    """Return a governor as one that an earlier sentence lends."""
    return replace(governor, phrase=None, inherited=True) if governor else None


def _counted(draft: Draft, quantity: Quantity, measure: Measure | None, governor: Governor | None) -> Draft:
    """Return a draft with what it counts, its measure and who lends it."""
    return replace(draft, quantity=quantity, measure=measure, governor=governor, refusal=None)
