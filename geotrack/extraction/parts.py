"""Parts and wholes in one sentence, of people and of land: which of two numbers a verb speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.heads import opens_with_whole
from geotrack.extraction.nouns import PEOPLE
from geotrack.extraction.quantities import Quantity, is_of_whole
from geotrack.extraction.tagging import Phrase, TaggedSentence

# "Of mined land" stands this near behind its number.
_ATTRIBUTED = 1
# What stands before "of 900 ha, 40 are mined" where it opens no sentence.
_CLAUSE_OPENS = frozenset({":", ",", ";", "that", '"', "-"})


def is_of_part_or_whole(
    sentence: TaggedSentence, phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity]
) -> bool:
    """Tell whether a verb speaks of the other one of a part and its whole.

    "Five of the 12 injured were children", "of its 44 passengers 3 died", "1,800 people, 12 of whom died".
    """
    if quantity.head not in PEOPLE | {"bare"}:
        return False
    whom = sentence.has(quantity.last, "relative.object")  # "one of the 1,000 whom mines have wounded"
    for other in quantities:
        if other is quantity or other.head not in PEOPLE | {"bare", "other"}:
            continue
        if _opens_whole(sentence, quantity, other) and other.last <= phrase.first <= other.last + 1:
            return True  # "five of the 12 injured"
        if not whom and _opens_whole(sentence, other, quantity) and phrase.first > quantity.last:
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
    before = _before(sentence, at) if at >= 0 else at
    return sentence.has(at, "time.of", "whole_of", "share.of") and (
        before < 0 or sentence.folded[before] in {",", ";", ":"}
    )


def is_of_the_whole_or_part(
    sentence: TaggedSentence, phrase: Phrase, quantity: Quantity, quantities: Sequence[Quantity]
) -> bool:
    """Tell whether a verb speaks of the other one of a part and its whole: "150 ha surveyed out of 470".

    "Of 470 ha that they are to clear, 150 were surveyed": the first verb is the whole's, the last the part's.
    """
    if quantity.head not in {"area", "bare"}:
        return False
    helped = phrase.first >= quantity.last and sentence.has(phrase.first - 1, "auxiliary")
    if helped and any(_is_share_of(sentence, q, quantity) for q in quantities):
        return True  # "three quarters of the 1,200 ha were surveyed", not "44 % of the 470 ha to be cleared"
    parts = [q for q in quantities if q.first > quantity.last and q.head in {quantity.head, "bare"}]
    if parts and _opens_as_whole(sentence, quantity):
        return phrase.first > _clause_of(sentence, quantity, parts[0])
    before = [q for q in quantities if q.last <= quantity.first and q.head == "area"]
    if len(before) == 1 and before[0].last <= phrase.first < _clause_of(sentence, before[0], quantity):
        later = any(p.first >= quantity.last for p in sentence.find("predicate"))
        return later and _opens_as_whole(sentence, before[0])
    follows = follows_part(sentence, quantity, quantities)
    if not (follows or sentence.has(quantity.first - 1, "whole_of")):
        return False
    at = _before(sentence, quantity.first - 1)
    told = follows or (at >= 0 and sentence.has(at, "unit", "head"))
    nearest = quantity.last if sentence.has(quantity.last, "auxiliary") else quantity.last + _ATTRIBUTED
    return phrase.first < quantity.first or (told and phrase.first > nearest)


def _is_share_of(sentence: TaggedSentence, share: Quantity, whole: Quantity) -> bool:
    """Tell whether a percentage or fraction is one of a number: "a third of the 1,200 ha"."""
    between = range(share.last, whole.first)
    return share.head == "percent" and bool(between) and is_of_whole(sentence, between)


def follows_part(sentence: TaggedSentence, whole: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Tell whether a number is the whole of the one right before it: "200 ha of fields of the 470 ha"."""
    at = whole.first - (2 if sentence.folded[whole.first - 1] == "the" else 1)
    part = next((q for q in reversed(quantities) if q.last <= at), None)
    if part is None or part.head != "area":
        return False
    if part.last < whole.first and is_of_whole(sentence, range(part.last, whole.first)):
        return True
    if sentence.folded[at : whole.first] != ("of", "the"):
        return False
    return all(sentence.has(k, "time.of", "land", "share.of_land") for k in range(part.last, at))


def _clause_of(sentence: TaggedSentence, whole: Quantity, part: Quantity) -> int:
    """Return where the clause of a part begins: behind the last comma between it and its whole."""
    return max((k for k in range(whole.last, part.first) if sentence.folded[k] == ","), default=part.first)


def _opens_as_whole(sentence: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a clause opens with a number as a whole: "It is known: of 900 ha 40 are mined"."""
    at = quantity.first - 1
    while sentence.has(at, "time.article"):
        at -= 1
    if at < 0 or not sentence.has(at, "time.of", "whole_of", "share.of"):
        end = quantity.last
        while sentence.has(end, "time.of", "land", "share.of_land"):
            end += 1  # "Of the region's 900 ha of fields, 40 are mined"
        return opens_with_whole(sentence) and sentence.folded[end] == ","
    before = _before(sentence, at)
    return before < 0 or sentence.folded[before] in _CLAUSE_OPENS


def _before(sentence: TaggedSentence, at: int) -> int:
    """Return the word before the phrase that covers a word."""
    phrase = sentence.phrase_at[at]
    return (phrase.first if phrase else at) - 1


def is_of_uncounted_whole(sentence: TaggedSentence, phrase: Phrase, quantity: Quantity) -> bool:
    """Tell whether a verb is that of a whole without a number: "Of the fields checked, 12 ha are mined"."""
    between = range(phrase.last, quantity.first)
    return (
        phrase.last <= quantity.first
        and opens_with_whole(sentence)
        and all(sentence.folded[k] == "," or sentence.has(k, "qualifier") for k in between)
        and any(sentence.has(k, "predicate") for k in range(quantity.last, len(sentence.words)))
    )


def is_of_a_share(sentence: TaggedSentence, phrase: Phrase, quantities: Sequence[Quantity]) -> bool:
    """Tell whether "contaminated" says of what a share is one: "7 ha, or 0.1 % of the contaminated land"."""
    if not phrase.has("predicate.contaminated"):
        return False
    at = phrase.first - 1
    while sentence.has(at, "share", "partitive", "time.article", "time.of"):
        at -= 1
    apart = at < phrase.first - 1
    return apart and any(q.head == "percent" and q.last == at + 1 for q in quantities)
