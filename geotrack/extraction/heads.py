"""What a number counts: the noun or the unit on either side of it.

The noun stands right of its number ("12 anti-tank mines"), left of it ("anti-tank mines: 12", "mines,
anti-tank, 12"), or opens the sentence ("the number of mines found since May reached 90").
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from geotrack.extraction.antecedents import counted_subject, head_behind, head_left
from geotrack.extraction.marks import is_name
from geotrack.extraction.nouns import (
    DESCRIBING,
    EXPLOSIVE,
    PEOPLE,
    Head,
    composed,
    head_of,
)
from geotrack.extraction.numbers import Number
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Unit

# What ends the search for a noun behind a number.
_CLOSING = ("predicate", "barrier", "auxiliary", "rate", "report", "list.join")
# A noun further from its number than this is not what the number counts.
_REACH = 5
# Words of a type in quotation marks: "PMN-2".
_TYPE = 8
# Brackets between a counting word and its noun hold so many words.
_ASIDE = 12
# A rank up to this may be one among the victims of one blast.
_FIRST_FEW = 5
# Behind a number one of these says what befell those it counts: "12 fatal".
_HARMED = ("predicate.killed.done", "predicate.injured.done", "predicate.casualty.done")


def find_head(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int], numbers: AbstractSet[int]
) -> tuple[Head | None, Unit, int, str]:
    """Return what a number counts, its unit, the end of the phrase, and the side the head stands on."""
    if is_name(sentence, number):
        return None, "count", number.last, ""
    if sentence.has(number.first - 1, "head.other.money") or _counts_places(sentence, number):
        return "other", "count", number.last, "left"
    people = _person_of_rank(sentence, number, others) or _people_of_cases(sentence, number, others)
    if people is not None:
        return *people, "right"
    last = _past_aside(sentence, number.last)
    number = number if last == number.last else number._replace(last=last)
    right = _head_right(sentence, number, others)
    if right is not None and not _counts_units(sentence, number):
        return *(_as_their_number(sentence, number, numbers, right) or right), "right"
    left = None if sentence.has(number.last, *_HARMED) else head_left(sentence, number, numbers)
    if sentence.has(number.last, "subset.strict") and not _is_aside(sentence, number):
        left = None
    left = left or head_behind(sentence, number)
    if left is not None:
        return *left, number.last, "left"
    return ("other" if _counts_unknown(sentence, number) else "bare"), "count", number.last, ""


def _counts_places(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number counts where something was: "in 480 of them mines were found"."""
    located = sentence.folded[max(0, number.first - 1) : number.first] == ("in",)
    return located and sentence.has(number.last, "subset.strict") and not sentence.has(number.last, "time")


def _person_of_rank(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit, int] | None:
    """Return whom a rank counts up to: "the 377th victim of mines", not "the 72nd brigade's soldiers"."""
    at = number.last
    glued = at < len(sentence.words) and sentence.words[at].start == sentence.words[at - 1].end
    if not glued or number.value <= _FIRST_FEW or not sentence.has(at, "time.ordinal"):
        return None
    if not sentence.has(at + 1, "head", "person", "doer.country"):
        return None
    right = _head_right(sentence, number._replace(last=at + 1), others)
    return right if right and right[0] in PEOPLE and not sentence.folded[right[2] - 1].endswith("s") else None


def _people_of_cases(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit, int] | None:
    """Return the people that cases are of: "747 cases of mine victims", "60 recorded cases of injury"."""
    at = number.last + (not sentence.has(number.last, "cases"))
    if not sentence.has(at, "cases"):
        return None
    right = _head_right(sentence, number._replace(last=sentence.after(at)), others)
    return right if right and right[0] in PEOPLE else None


def _is_aside(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number stands between commas behind its noun: "shells, 138 of them, were defused"."""
    after = sentence.after(number.last)
    return sentence.folded[number.first - 1] == "," and sentence.folded[after : after + 1] == (",",)


def _as_their_number(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int], right: tuple[Head, Unit, int]
) -> tuple[Head, Unit, int] | None:
    """Return whom a verb of level counts, where the noun says no more: "victims are put at 340 people"."""
    at = number.first - 1
    while sentence.has(at, "qualifier", "time.article"):
        at -= 1
    if right[0] != "person" or not sentence.has(at, "level", "counted.verb"):
        return None
    verb = sentence.phrase_at[at]
    subject = counted_subject(sentence, (verb.first if verb else at) - 1, others, numbering=False)
    return (*subject, right[2]) if subject is not None else None


def _counts_units(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number counts bare units, of what was told before: "found and seized 821 units"."""
    at = number.last
    while sentence.has(at, "change.more", "further"):
        at = sentence.after(at)  # "12 more units"
    after = sentence.after(at)
    after += sentence.folded[after : after + 1] == (".",)
    return sentence.has(at, "counter") and not sentence.has(after, "time.of", "share.of", "head")


def _counts_unknown(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a noun that no lexicon knows follows a number: "three fingers"."""
    at = number.last
    phrase = sentence.phrase_at[at] if at < len(sentence.words) else None
    if phrase is not None and phrase.has("predicate") and sentence.has(phrase.last, "head.other"):
        return True  # "255 demining groups"
    if sentence.has(at, "incident.plural", "incident.noun") or sentence.has(number.first, "predicate"):
        return True  # "two blasts", "lost one leg"
    if _numbers_blasts(sentence, number.first - 1):
        return True
    unknown = at < len(sentence.words) and sentence.phrase_at[at] is None and sentence.folded[at].isalpha()
    return unknown or sentence.has(at, "head_tail.word")


def _numbers_blasts(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a verb of level counts blasts: "the accidents since 1991 are 152"."""
    if not sentence.has(at, "level.copula", "counted.verb"):
        return False
    for k in range(at - 1, max(-1, at - 1 - 2 * _REACH), -1):
        if sentence.has(k, "head.person", "head.victim", "head.fatality", "head.injury", "barrier.strong"):
            return False
        if sentence.has(k, "incident.plural") and sentence.has(k - 1, "definite.word"):
            return True
    return False


def _head_right(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit, int] | None:
    at = number.last
    if at < len(sentence.words) and sentence.folded[at] == "+":
        at += 1
    at = _past_type(sentence, at)
    reached = at + _REACH
    while at < min(reached, len(sentence.words)):
        if _ties_words(sentence, at) or (sentence.folded[at] == "." and sentence.has(at - 1, "counter")):
            at += 1  # "79 PMN-E anti-personnel mines", "12 pcs. of anti-tank mines"
            continue
        if at in others or sentence.folded[at] in {":", ";", "(", ")", "."} or sentence.has(at, "apart"):
            return None
        phrase = sentence.phrase_at[at]
        if phrase is not None and (phrase.has("calibre") or _only_counts(sentence, phrase)):
            at = phrase.last  # "two 152-millimetre shells"
            continue
        if phrase is not None:
            if phrase.has("head") and _is_compound(sentence, phrase):
                at = phrase.last + 2  # "mine-impacted communities"
                continue
            head = head_of(phrase, adjacent=_is_adjacent(sentence, number.last, at))
            if head is not None:
                return _of_noun(sentence, phrase, head, others)
            if _closes(sentence, phrase):
                return None
            at = phrase.last
            continue
        at += 1
    return None


def _past_type(sentence: TaggedSentence, at: int) -> int:
    """Return the word behind a type in quotation marks: '3 "PMN-2" mines'."""
    if sentence.folded[at : at + 1] != ('"',):
        return at
    closing = (
        k for k in range(at + 2, min(at + _TYPE, len(sentence.words) - 1)) if sentence.folded[k] == '"'
    )
    return next((k + 1 for k in closing if sentence.has(k + 1, "head")), at)


def _of_noun(
    sentence: TaggedSentence, phrase: Phrase, head: tuple[Head, Unit], others: AbstractSet[int]
) -> tuple[Head, Unit, int]:
    """Return the head that a noun makes; of "nine of the farmers' cows" the farmers only own it."""
    owns = sentence.folded[phrase.last : phrase.last + 1] == ("'",)
    if owns and head[0] in PEOPLE:
        return "other", "count", phrase.last
    return composed(sentence, *_nearer_noun(sentence, phrase, head), others)


def _only_counts(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether what is counted follows a counting word without "of": "81 units explosive objects"."""
    return phrase.has("counter") and sentence.has(phrase.last, "head.item", "head.uxo", "head.mine")


def _past_aside(sentence: TaggedSentence, at: int) -> int:
    """Return the "of" behind a counting word and its brackets: "821 units (59 a day) of ammunition"."""
    opened = sentence.after(at)
    opened += sentence.folded[opened : opened + 1] == (".",)
    if not sentence.has(at, "counter") or sentence.folded[opened : opened + 1] != ("(",):
        return at
    for k in range(opened, min(opened + _ASIDE, len(sentence.words) - 1)):
        if sentence.folded[k] == ")":
            return k + 1 if sentence.has(k + 1, "time.of") else at
    return at


def _is_adjacent(sentence: TaggedSentence, start: int, at: int) -> bool:
    """Tell whether a unit stands at its number, or behind "of these", "cleared": "300 cleared hectares"."""
    leading = ("time.of", "partitive", "subset.relative", "definite.word", "further", "predicate")
    return all(sentence.has(k, *leading) for k in range(start, at))


def _closes(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether no noun of a number stands behind a phrase: a verb, "and"; not "12 mined fields"."""
    if phrase.has("caused") or (phrase.has("subset.relative") and sentence.has(phrase.last, "located")):
        return True  # "300 of them in Kharkiv oblast"
    # "of these, 200 were anti-tank mines"
    opens = opens_with_whole(sentence) or sentence.has(0, "further")
    part = phrase.has("auxiliary") and (opens or bool(sentence.find("subset.strict")))
    described = (part or phrase.has("predicate")) and _head_follows(sentence, phrase.last)
    return phrase.has(*_CLOSING) and not phrase.has("land") and not described


def opens_with_whole(sentence: TaggedSentence) -> bool:
    """Tell whether a sentence opens with the whole of what it counts: "Of the 900 ha surveyed, …"."""
    return sentence.folded[0] == "of" or sentence.has(0, "whole_of", "share.of", "subset.among")


def _is_compound(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a hyphen ties a noun to the word behind it: "mine-impacted"."""
    return _ties_words(sentence, phrase.last)


def _ties_words(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a hyphen with no space on either side stands there."""
    return (
        0 < at < len(sentence.words) - 1
        and sentence.folded[at] == "-"
        and sentence.words[at].start == sentence.words[at - 1].end
        and sentence.words[at + 1].start == sentence.words[at].end
    )


def _nearer_noun(
    sentence: TaggedSentence, phrase: Phrase, head: tuple[Head, Unit]
) -> tuple[Phrase, tuple[Head, Unit]]:
    """Take "casualties" as the head of "civilian casualties", "UXO" as that of "items of live UXO"."""
    of = phrase.last
    if head[0] == "item" and sentence.has(of, "time.of"):
        for k in range(of + 1, min(of + 2 + DESCRIBING, len(sentence.words))):
            counted = sentence.phrase_at[k]
            kind = head_of(counted, adjacent=False) if counted is not None else None
            if counted is not None and kind is not None and kind[0] in EXPLOSIVE:
                return counted, kind
    after = sentence.phrase_at[phrase.last] if phrase.last < len(sentence.words) else None
    if (
        head[0] == "person"
        and after is not None
        and after.has("head.victim", "head.fatality", "head.injury", "head.person")
    ):
        found = head_of(after, adjacent=False)
        if found is not None and not _goes_on_hurt(sentence, after):
            return after, found
    return phrase, head


def _goes_on_hurt(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether "dead" stands beside "hurt" of one number: "340 villagers dead or maimed"."""
    return sentence.has(phrase.last, "list.join") and sentence.has(phrase.last + 1, *_HARMED)


def _head_follows(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a head stands right after an adjective like "injured" or "contaminated"."""
    phrase = sentence.phrase_at[at] if at < len(sentence.words) else None
    if phrase is None or not phrase.has("head", "unit"):
        return False
    return phrase.has("head.item") or not phrase.has("head.other")
