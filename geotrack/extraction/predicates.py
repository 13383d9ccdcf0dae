"""Which predicate governs a quantity, how far it happened, and which measure follows.

The measure is looked up in `measures.toml` from (what is counted, predicate). Among the predicates
that fit, the one with the least cost governs: words in between, barriers such as commas and
"while", the side that the verb's form looks to ("cleared 10 ha", "10 ha were cleared").
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter

from geotrack.extraction.barriers import barriers_of, further_numbers
from geotrack.extraction.distances import (
    OTHER_QUANTITY,
    TOO_FAR,
    cost_of,
    is_attribute,
    is_helped,
    number_follows,
)
from geotrack.extraction.harms import lives_over, says_nothing_of_people
from geotrack.extraction.heads import opens_with_whole
from geotrack.extraction.lexicon import Tags
from geotrack.extraction.modalities import HELPER_REACH, Modality, modality_of
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE
from geotrack.extraction.parts import (
    is_of_a_share,
    is_of_part_or_whole,
    is_of_the_whole_or_part,
    is_of_uncounted_whole,
)
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Measure

# Words between "cover" and the number of what is covered.
_ASIDE = 6
# The subject of a verb stands this near before it.
_SUBJECT_REACH = 8
_ORDNANCE_HEADS = tuple(f"head.{head}" for head in sorted(EXPLOSIVE))
# A predicate that cost more than this stands far from its number.
FAR = 8.0
# What else can be said of a head, which makes it no figure of ours.
_BESIDES: dict[str, frozenset[str]] = {
    "area": frozenset({"other"}),
    "percent": frozenset({"other", "cleared", "surveyed"}),
    "victim": frozenset({"assisted"}),
    "injury": frozenset({"assisted"}),
    "person": frozenset({"assisted"}),
}
_BLOWN = frozenset({"predicate.blown.done"})
# Verbs that are said of more than people: a number without a noun needs them right behind it.
_OF_OTHERS = frozenset({"blown", "damaged"})
# Words between a list and a predicate that is too far from it whatever they are; few predicates are all near.
_REACH, _FEW = int(2 * TOO_FAR), 8
_FIRST, _LAST = attrgetter("first"), attrgetter("last")


@dataclass(frozen=True, slots=True)
class Governor:
    """A predicate that governs a quantity: its name, phrase, how far it happened and what it cost."""

    name: str
    phrase: Phrase | None
    modality: Modality
    cost: float
    inherited: bool = False


@lru_cache
def measure_table() -> dict[str, dict[str, Measure]]:
    """Return the measure for each (head, predicate)."""
    text = files("geotrack.extraction").joinpath("measures.toml").read_text("utf-8")
    return tomllib.loads(text)["measure"]  # type: ignore[no-any-return]


def measure_of(head: str, predicate: str) -> Measure | None:
    """Return the measure of a head under a predicate, or None if the two make none."""
    return measure_table().get(head, {}).get(predicate)


@cache
def predicates_of(tags: Tags) -> tuple[str, ...]:
    """Return the names of the predicates among some tags, as often as they stand there, in order."""
    return tuple(sorted(t.split(".")[1] for t in tags if t.startswith("predicate.")))


def find_governors(
    sentence: TaggedSentence, quantity: Quantity, quantities: Sequence[Quantity]
) -> list[Governor]:
    """Return the predicates that can govern a quantity, best first."""
    fitting = measure_table().get(quantity.head, {})
    said = _BESIDES.get(quantity.head, frozenset()) | fitting.keys()
    found: list[Governor] = []
    barriers = barriers_of(sentence, quantity)
    listed = [q for q in quantities if q.group == quantity.group]
    first, last = min(q.first for q in listed), max(q.last for q in listed)
    others = further_numbers(sentence, quantity, quantities)
    near = _near(sentence.find("predicate"), first, last)
    for phrase in (*near, *_blown(sentence, quantity)):
        if _is_far(phrase, (first, last), others):
            continue
        if phrase.first < quantity.last and quantity.first < phrase.last:
            found.extend(_inner(quantity, phrase, fitting))
            continue
        names = said.intersection(predicates_of(phrase.tags))
        if not names or _says_nothing_of(sentence, phrase, quantity, quantities, barriers):
            continue
        for name in names:
            if (
                quantity.head == "bare"
                and name in _OF_OTHERS
                and (not _follows(sentence, quantity, phrase) or _describes(phrase, quantity, quantities))
            ):
                continue  # "30 were blown up", not "the worst-hit districts [2]"
            if (
                name == "spread"
                and quantity.head == "area"
                and not _is_of_ordnance(sentence, phrase, quantity)
            ):
                continue
            if name == "damaged" and not any(q.head in PEOPLE for q in quantities):
                continue
            cost = cost_of(sentence, quantity, quantities, (phrase, name), listed)
            if cost <= TOO_FAR:
                found.append(Governor(name, phrase, modality_of(sentence, phrase, name), cost))
    found.extend(_of_lives(sentence, quantity))
    return sorted(found, key=lambda g: (g.cost, g.phrase.first if g.phrase else 0, g.name))


def _of_lives(sentence: TaggedSentence, quantity: Quantity) -> Iterator[Governor]:
    """Yield the death of people whose lives are said to be over: "the lives of 37 people were taken"."""
    if quantity.head in PEOPLE:
        for phrase in lives_over(sentence):
            if phrase.last == quantity.first:
                yield Governor("killed", phrase, "done", 0.0)


def _near(phrases: Sequence[Phrase], first: int, last: int) -> Sequence[Phrase]:
    """Return the phrases that are not too far from a list by their words alone."""
    if len(phrases) <= _FEW:
        return phrases
    start = bisect_left(phrases, first - _REACH, key=_LAST)
    return phrases[start : bisect_right(phrases, last + _REACH, key=_FIRST)]


def _is_far(phrase: Phrase, words: tuple[int, int], others: Sequence[int]) -> bool:
    """Tell whether a predicate is too far from a list, by the words and the `others`, numbers, between them.

    So most predicates of a table or a broken file, which is all numbers, need no closer look.
    """
    first, last = words
    start, end = (last, phrase.first) if phrase.first >= last else (phrase.last, first)
    between = bisect_left(others, end) - bisect_left(others, start) if end > start and others else 0
    return 0.5 * (end - start) + OTHER_QUANTITY * between > TOO_FAR


def _blown(sentence: TaggedSentence, quantity: Quantity) -> Iterator[Phrase]:
    """Yield the verbs behind people that brought them upon several mines: "have run into landmines"."""
    if quantity.head not in PEOPLE or not sentence.find("many.devices"):
        return
    for phrase in sentence.find("incident.move", "incident.event"):
        at = phrase.last
        while sentence.has(at, "onto", "other", "time.article"):
            at = sentence.after(at)
        if phrase.first >= quantity.last and sentence.has(at, "many.devices") and not phrase.has("predicate"):
            yield Phrase.of(phrase.first, phrase.last, _BLOWN)


def _says_nothing_of(
    sentence: TaggedSentence,
    phrase: Phrase,
    quantity: Quantity,
    quantities: Sequence[Quantity],
    barriers: Sequence[int],
) -> bool:
    """Tell whether a predicate speaks of something else: in brackets, of another number, of whose land."""
    owner = phrase.has("predicate.other") and (
        is_attribute(sentence, phrase) or _describes_subject(sentence, phrase, quantity)
    )  # "4 % of the occupied lands"
    met = phrase.has("predicate.blown") and sentence.folded[phrase.last : phrase.last + 1] == ("on",)
    return (
        owner
        or _is_quoted_before(sentence, phrase, quantity)
        or (met and phrase.last <= quantity.first)  # "a truck blew up on two mines"
        or _is_of_the_whole(sentence, phrase, quantity)
        or _is_of_crops(sentence, phrase)
        or says_nothing_of_people(sentence, phrase, quantity)
        or _labels_next(sentence, phrase, quantity)
        or is_of_part_or_whole(sentence, phrase, quantity, quantities)
        or (phrase.has("predicate.assisted.given") and not _gives_help(sentence, phrase))
        or _is_gloss(sentence, phrase)
        or is_of_the_whole_or_part(sentence, phrase, quantity, quantities)
        or _is_attribute_of_another(sentence, phrase, quantity, quantities)
        or _is_of_another_clause(phrase, quantity, quantities, barriers)
    )


def _is_quoted_before(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a verb is in a quotation that ends before a number: '"All is mined," X said of 40 ha'."""
    between = sentence.folded[phrase.last : quantity.first]
    return between.count('"') == 1 and between[between.index('"') - 1 : between.index('"')] in {
        (",",),
        (".",),
    }


def _is_of_the_whole(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a verb before a colon is that of the whole: "40 were hit: 9 of them lost their lives"."""
    return quantity.partitive and phrase.last == quantity.first - 1 and sentence.folded[phrase.last] == ":"


def _labels_next(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a word before a colon labels what follows: "12 children, injured: 40"."""
    colon = phrase.first >= quantity.last and sentence.folded[phrase.last : phrase.last + 1] == (":",)
    helped = is_helped(sentence, phrase) or sentence.has(phrase.first - 1, "has")
    touching = phrase.first == quantity.last or helped  # "340 ha were surveyed: …"
    return colon and not touching and not is_attribute(sentence, phrase)


def _is_of_ordnance(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a verb says that ordnance covers so much land: "mines cover, as is thought, 40 ha"."""
    aside = range(phrase.last, quantity.first)
    apart = len(aside) > _ASIDE or any(sentence.has(k, "predicate", "head", "unit") for k in aside)
    if not number_follows(sentence, phrase.last) and (apart or not aside):
        return False
    for k in range(phrase.first - 1, max(-1, phrase.first - 1 - _SUBJECT_REACH), -1):
        if sentence.has(k, *_ORDNANCE_HEADS, "predicate.contaminated.noun"):
            return True
        if sentence.has(k, "barrier.strong", "auxiliary") or sentence.folded[k] in {",", "."}:
            break
    return False


def _describes_subject(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a participle describes whose land it is: "the occupied part has 9 ha of mined land"."""
    before = sentence.folded[max(0, phrase.first - 1) : phrase.first]  # the land of "in the lands", too
    if phrase.last <= quantity.first and sentence.lexicon.contains(before, "land"):
        return True  # "in the lands freed from occupation 9 ha"
    helped = any(sentence.has(phrase.first - k, "auxiliary") for k in (1, 2))
    between = range(phrase.last, quantity.first)
    return not helped and any(sentence.has(k, "has", "auxiliary", "level") for k in between)


def _is_of_crops(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether what was put on land is no ordnance: "wheat was sown on 40 ha"."""
    return phrase.has("predicate.contaminated.put") and not sentence.find(*_ORDNANCE_HEADS)


def _gives_help(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether what was given or received is help: "received new prostheses", not "received burns"."""
    if any(sentence.has(k, "benefit") for k in range(max(0, phrase.first - HELPER_REACH), phrase.first)):
        return True  # "assistance has been given to"
    for k in range(phrase.last, min(phrase.last + HELPER_REACH, len(sentence.words))):
        if sentence.has(k, "benefit"):
            return True
        if sentence.has(k, "barrier.strong", "predicate.injured", "injury.noun"):
            return False
    return False


def _follows(sentence: TaggedSentence, quantity: Quantity, phrase: Phrase) -> bool:
    """Tell whether a verb stands right behind a number, but for its helpers."""
    between = range(quantity.last, phrase.first)
    return phrase.first >= quantity.last and all(sentence.has(k, "auxiliary", "has") for k in between)


def _describes(phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Tell whether a participle describes what a later number counts: "30 exploded and 2 live shells"."""
    touching = phrase.first == quantity.last
    return touching and any(
        q.first == phrase.last + 1 and (q.head in EXPLOSIVE or q.head == "other") for q in quantities
    )


def _inner(quantity: Quantity, phrase: Phrase, fitting: Mapping[str, Measure]) -> list[Governor]:
    """Return the state that stands within a quantity's own words: "four wounded men"."""
    if quantity.head not in PEOPLE:
        return []
    names = [n for n in ("killed", "injured") if n in fitting and phrase.has(f"predicate.{n}.done")]
    return [Governor(n, phrase, "done", 0.5) for n in names]


def _is_gloss(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a verb in brackets only glosses the verb before it: "demined (inspected)"."""
    opened = phrase.first > 1 and sentence.folded[phrase.first - 1] == "("
    closed = phrase.last < len(sentence.words) and sentence.folded[phrase.last] == ")"
    return opened and closed and sentence.has(phrase.first - 2, "predicate")


def _is_of_another_clause(
    phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity], barriers: Sequence[int]
) -> bool:
    """Tell whether a clause with a number of its own holds the verb: "40 ha, while 20 ha are mined"."""
    low, high = sorted((phrase.first, quantity.first))
    between = barriers[bisect_left(barriers, low) : bisect_left(barriers, high)]
    if not between:
        return False
    edge = between[-1] if quantity.first < phrase.first else between[0]
    return any(
        q is not quantity and q.head == quantity.head and (q.first > edge) == (phrase.first > edge)
        for q in quantities
    )


def _is_attribute_of_another(
    sentence: TaggedSentence, phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity]
) -> bool:
    """Tell whether "of mined land" belongs to another number: "2.6 km² of mined areas and 14 km² of …".

    So does the verb of a whole that opens the sentence, "Of 900 ha surveyed, 120 are mined", and one behind
    a part of the number: "1.2 million ha are farmland, and 570,000 ha of these must be cleared".
    """
    if quantity.head == "area" and (
        is_of_uncounted_whole(sentence, phrase, quantity) or is_of_a_share(sentence, phrase, quantities)
    ):
        return True
    for q in quantities if quantity.head == "area" else ():
        if q is quantity or q.head not in {"area", "other"}:
            continue
        if quantity.last <= q.first < phrase.first and sentence.has(q.last, "subset.relative"):
            return True
        if q.last == phrase.first and q.last <= quantity.first and opens_with_whole(sentence):
            return True
    if not phrase.has("predicate.contaminated"):
        return False
    return any(
        q is not quantity
        and q.head == "area"
        and q.last < phrase.first <= q.last + 2
        and sentence.has(q.last, "time.of")
        and (quantity.first > q.first or quantity.last < q.first)
        for q in quantities
    )
