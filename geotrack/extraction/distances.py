"""How far a predicate is from a quantity, in words: what stands between, on which side it looks for it."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.barriers import among, brackets, parts_told
from geotrack.extraction.modalities import is_nominal
from geotrack.extraction.nouns import EXPLOSIVE
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence

# Costs, in words: a barrier counts as that many words between a verb and its number.
STRONG_BARRIER, WEAK_BARRIER, BRACKET, OTHER_QUANTITY, WRONG_SIDE = 8.0, 1.5, 3.0, 2.0, 7.0
ATTRIBUTE = 7.0
CAUSE = 3.0
BLAST = 1.5
# "died" looks to those before it: "a boy died and his brother was wounded".
INTRANSITIVE = 4.0
SHARED = 0.4
TOO_FAR = 26.0


def cost_of(
    sentence: TaggedSentence,
    quantity: Quantity,
    quantities: Sequence[Quantity],
    predicate: tuple[Phrase, str],
    group: Sequence[Quantity],
) -> float:
    """Return how far a predicate, a phrase and its name, is from a quantity of a `group`, in words."""
    phrase, name = predicate
    if len(group) > 1:
        shared = _distance(sentence, quantity, quantities, phrase, name, group) + SHARED
        return min(shared, _distance(sentence, quantity, quantities, phrase, name, [quantity]))
    return _distance(sentence, quantity, quantities, phrase, name, group)


def _distance(
    sentence: TaggedSentence,
    quantity: Quantity,
    quantities: Sequence[Quantity],
    phrase: Phrase,
    name: str,
    group: Sequence[Quantity],
) -> float:
    after = phrase.first >= quantity.last
    start = max(q.last for q in group) if after else phrase.last
    end = phrase.first if after else min(q.first for q in group)
    edges = (start, end, quantity.first, quantity.last, phrase.first)
    near = among(quantities, min(edges), max(edges))
    inside = any(q.first <= phrase.first < q.last for q in near if q is not quantity)
    if start > end:  # the predicate stands inside the list
        start, end = (quantity.last, phrase.first) if after else (phrase.last, quantity.first)
    if (end - start) * 0.5 > TOO_FAR:
        return TOO_FAR + 1
    cost = 3.0 if inside else 0.0
    grouped = {q.first for q in group}
    cost += _between(sentence, range(start, end), [q for q in near if q.first not in grouped])
    told = not after and sentence.has(min(q.first for q in group) - 1, "level")
    if not told:  # "the land cleared came to 40 ha": the verb stands in the subject
        cost += _side(sentence, phrase, name, after=after, touching=start == end)
    if name == "blown":  # what became of those who were blown up says more
        cost += BLAST
    attribute = (name == "contaminated" and is_attribute(sentence, phrase)) or (
        name == "recorded" and start == end and after and not sentence.has(phrase.first - 1, "auxiliary")
    )
    described = quantity.head == "area" or (name == "recorded" and quantity.head in EXPLOSIVE)
    attribute = attribute or (described and _gives_way(sentence, phrase, quantity, quantities))
    if attribute:  # "of mined land", "mines laid by X": it gives way to what was done
        cost += ATTRIBUTE
    return cost


def _between(sentence: TaggedSentence, between: range, others: Sequence[Quantity]) -> float:
    cost = 0.0
    if len(between) == 1 and sentence.folded[between[0]] in {":", "-"}:
        return cost  # "killed: 300 people, injured: 750"
    inside: set[int] = set()
    if "(" in sentence.folded[between.start : between.stop]:
        inside = brackets(sentence, between)
    if any(q.partitive and q.first in between for q in others):
        inside |= parts_told(sentence, between, others)
    if inside:
        others = [q for q in others if q.first not in inside]
    for k in between:
        if k in inside:
            continue  # "62 people (civilian: 49; military: 13) were killed"
        word, tags = sentence.folded[k], sentence.tags_at[k]
        if word in {"(", ")"}:
            cost += BRACKET
        elif "barrier.strong" in tags:
            cost += STRONG_BARRIER
        elif "barrier.weak" in tags:
            cost += WEAK_BARRIER
        else:
            cost += 0.5
    return cost + OTHER_QUANTITY * sum(q.first in between and q.head != "other" for q in others)


def _side(  # noqa: PLR0911 - one way out for each form of a verb
    sentence: TaggedSentence, phrase: Phrase, name: str, *, after: bool, touching: bool
) -> float:
    """Return what it costs a verb to govern a number on that side of it."""
    tag = f"predicate.{name}"
    if phrase.has(f"{tag}.transitive") and not phrase.has(f"{tag}.done"):
        return WRONG_SIDE if after else 0.0
    nominal = is_nominal(sentence, phrase, name)
    if phrase.has(f"{tag}.doing", f"{tag}.base") and not nominal:
        passive = any(sentence.has(phrase.first - k, "auxiliary") for k in (1, 2))
        return (0.0 if passive else WRONG_SIDE) if after else 0.0
    if nominal:
        if sentence.has(phrase.last, "modality.done") or sentence.has(phrase.first - 1, "means"):
            return CAUSE  # "survey allowed 40 ha to be cancelled", "reduced through survey"
        return 2.0 if after else 0.0
    if is_helped(sentence, phrase):
        labels = sentence.folded[phrase.last : phrase.last + 1] == (":",)
        return 0.0 if after or (labels and number_follows(sentence, phrase.last + 1)) else WRONG_SIDE - 2
    if phrase.has(f"{tag}.weak"):
        return 2.0 if after else WRONG_SIDE
    governs_right = number_follows(sentence, phrase.last)
    if after:
        return 3.0 if governs_right else 0.0 if touching else 1.0
    harmed = name in {"killed", "injured"} and not phrase.has(f"{tag}.transitive")
    return 0.0 if governs_right else INTRANSITIVE if harmed else 1.5


def is_helped(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a form of "be" stands just before a verb, not in "it is sad: killed 282"."""
    for k in range(phrase.first - 1, max(-1, phrase.first - 4), -1):
        if sentence.folded[k] in {":", ";", "-", "("}:
            return False  # "the total was 16 (injured 15, killed 1)"
        if sentence.has(k, "auxiliary"):
            return True
    return False


def number_follows(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a number stands right after a verb, perhaps behind its qualifier."""
    while sentence.has(at, "incident.plural"):  # "perished from mines 9 persons"
        at = sentence.after(at)
    while sentence.has(at, "qualifier", "time.article"):
        at = sentence.after(at)
    return at < len(sentence.words) and (
        sentence.folded[at][0].isdecimal() or sentence.has(at, "number.unit")
    )


def is_attribute(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether "contaminated" describes a noun or is one: "of contaminated land", "of mined areas"."""
    of = phrase.first - (2 if sentence.has(phrase.first - 1, "time.article") else 1)
    joined = sentence.folded[phrase.first - 1] == "-"  # "of mine- and shell-contaminated land"
    noun = phrase.has("predicate.contaminated.noun") and (joined or sentence.has(of, "time.of"))
    behind = sentence.has(phrase.first - 1, "land.kind") and phrase.has("predicate.contaminated.done")
    opens = phrase.has("predicate.contaminated.noun") and sentence.has(phrase.last, "time.of")
    noun = noun or behind or (opens and number_follows(sentence, phrase.last + 1))  # "mined areas of 2 ha"
    owned = phrase.has("predicate.other") and (
        sentence.has(phrase.last + 1, "land")  # "the occupied Ukrainian lands"
        or sentence.has(phrase.last, "head.other")  # "in occupied parts of"
    )
    return (noun or owned or sentence.has(phrase.last, "land")) and not any(
        sentence.has(phrase.first - k, "auxiliary") for k in (1, 2)
    )


def _gives_way(
    sentence: TaggedSentence, phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity]
) -> bool:
    """Tell whether a verb only describes land of which another is told: "9 ha sown with mines were cleared".

    It stands within the subject, with no helper of its own, and a helped verb follows in the same clause.
    """
    if phrase.first < quantity.last or sentence.has(phrase.first - 1, "auxiliary", "modality"):
        return False
    for k in range(phrase.last, len(sentence.words)):
        follows = k + 1 < len(sentence.words)
        named = follows and sentence.has(k, "number.and") and sentence.source(k + 1, k + 2)[:1].isupper()
        if (
            sentence.has(k, "barrier.strong", "list.join", "clause")
            and sentence.folded[k] != ","
            and not named
        ):
            return False
        if any(q.first == k for q in quantities) or sentence.folded[k] in {".", ":", ";"}:
            return False
        if sentence.has(k, "auxiliary", "modality.need"):
            while sentence.has(k, "auxiliary", "modality.need"):
                k = sentence.after(k)  # noqa: PLW2901 - "are in need of clearance"
            verb = sentence.phrase_at[k] if k < len(sentence.words) else None
            return verb is not None and verb.has("predicate") and not verb.has("predicate.other")
    return False
