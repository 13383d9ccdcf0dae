"""The noun that stands left of its number, or behind one that opens its sentence.

"Anti-tank mines: 12", "the number of mines found since May reached 90", "138 is the number of shells found".
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from geotrack.extraction.calibres import before_description
from geotrack.extraction.nouns import (
    EXPLOSIVE,
    PEOPLE,
    Head,
    both,
    composed,
    ends_count,
    head_of,
    is_bracketed,
    is_unknown,
)
from geotrack.extraction.numbers import Number
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Unit

# In "casualties were recorded in X (834) and Y (608)" the noun stands this far from its numbers.
_NAMED_REACH = 18
# A noun further from its number than this is not what the number counts.
_REACH = 5
# So few may be the number of anything.
_FEW = 10
_HARMS = ("predicate.killed", "predicate.injured", "predicate.casualty", "predicate.blown")
# What ends the search for a noun behind a number.
_CLOSING = ("predicate", "barrier", "auxiliary", "rate", "report", "list.join")


def head_left(sentence: TaggedSentence, number: Number, others: AbstractSet[int]) -> tuple[Head, Unit] | None:
    """Take the head from the left: "anti-tank mines: 31", "the number of victims reached 379"."""
    at = number.first - 1
    while at >= 0 and sentence.has(at, "qualifier", "time.article") and not sentence.has(at, "level"):
        at -= 1
    if at < 1:
        return None
    told = _noun_before(sentence, at, number, others) or _noun_numbered(sentence, at, others)
    told = told or _noun_put(sentence, at, number, others)
    if told is not None:
        return told
    closed = number.last < len(sentence.words) and sentence.folded[number.last] == ")"
    ends = sentence.folded[at] in {":", "-"} and number.last >= len(sentence.words) - 1
    numbering = ends or _only_counts(sentence, at, number)
    if sentence.has(at, "number.from", "number.range"):
        return _changed_people(sentence, at)
    opened = sentence.folded[at] in ({":", "-", "("} if closed else {":", "-"})
    opened = opened and not _has_verb_of_harm(sentence, number.last)  # "claimed 295 victims: 51 were killed"
    if not (opened or numbering or sentence.has(at, "level")):
        return None
    phrase_here = sentence.phrase_at[at]
    at = (phrase_here.first if phrase_here else at) - 1
    counting = numbering or sentence.has(at + 1, "level") or sentence.folded[at + 1] in {":", "-"}
    subject = counted_subject(sentence, at, others, numbering=numbering) if counting else None
    if subject is not None:
        return subject
    far = closed and _is_name_word(sentence, at)
    return _nearest_noun(sentence, at, number, others, far=far)


def _has_verb_of_harm(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a helped verb of harm stands at a word: "were killed"."""
    helped = sentence.has(at, "auxiliary", "has")
    while sentence.has(at, "auxiliary", "has"):
        at = sentence.after(at)
    return helped and sentence.has(at, *_HARMS)


def _only_counts(sentence: TaggedSentence, at: int, number: Number) -> bool:
    """Tell whether a verb can only tell a count: "the shells that it lifted number 40", "came to 40"."""
    if sentence.has(at, "counted.verb", "counted.quantity") or sentence.has(number.last, "counted.by"):
        return True
    last = _past_counter(sentence, number.last)
    ends = last >= len(sentence.words) or ends_count(sentence, last)
    closes = last >= len(sentence.words) - 1 and number.value > _FEW  # "the mines found are now 73 units."
    return (ends and sentence.has(at, "level.verb")) or (closes and sentence.has(at, "level.copula"))


def head_behind(sentence: TaggedSentence, number: Number) -> tuple[Head, Unit] | None:
    """Take the noun that is named behind a number put first: "138 is the number of shells found in May"."""
    at = number.last
    named = sentence.has(number.first - 1, "fronted.word") and sentence.folded[at : at + 1] == (",",)
    while sentence.has(at, "level.copula", "fronted.given", "time.article", "definite.word") or (
        at < len(sentence.words) and sentence.folded[at] in {"-", ":"}
    ):
        at, named = sentence.after(at), True
    if named and sentence.folded[at : at + 1] == (",",):
        at += 1
    while named and sentence.has(at, "time.article"):
        at = sentence.after(at)
    how_many = sentence.has(at, "fronted.how_many")
    number_of = sentence.has(at, "counted.noun") and sentence.has(sentence.after(at), "time.of")
    if not named or not (how_many or number_of or sentence.has(at - 1, "fronted.given")):
        return None
    of = sentence.after(at) if how_many else sentence.after(sentence.after(at)) if number_of else at
    for k in range(of, min(of + _REACH, len(sentence.words))):
        noun = sentence.phrase_at[k]
        head = head_of(noun, adjacent=k == of) if noun is not None else None
        if noun is not None and head is not None:
            return composed(sentence, noun, head, frozenset())[:2] if head[0] != "other" else None
    return None


def _nearest_noun(
    sentence: TaggedSentence, start: int, number: Number, others: AbstractSet[int], *, far: bool
) -> tuple[Head, Unit] | None:
    """Return the first noun left of a word; with `far`, other numbers may stand between."""
    at = start
    limit = max(0, start - (_NAMED_REACH if far else _REACH))
    while at >= limit:
        outside = sentence.folded[at] == "(" and is_bracketed(sentence, number.first)
        if outside or (at in others and not far) or sentence.folded[at] in {",", ";", "."}:
            return None
        phrase = sentence.phrase_at[at]
        if sentence.folded[at] == "|" or (at == start and sentence.has(at, *_HARMS)):
            return None  # another cell; "Killed: 7" says itself whom it counts
        if phrase is not None:
            labels = phrase.has("unit") and (
                phrase.first == 0
                or sentence.folded[phrase.first - 1] in {":", ","}
                or sentence.has(phrase.first - 1, "definite.word")
            )
            head = head_of(phrase, adjacent=labels)  # "hectares cleared: 40"
            if head is not None:
                counted = head[0] != "other" and not _is_cause_of_harm(sentence, phrase.first)
                return _composed_left(sentence, phrase, head)[0] if counted else None
            at = phrase.first
        at -= 1
    return None


def _is_cause_of_harm(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether ordnance stands behind a harm and did it: "killed by mines and shells in May: 40"."""
    at -= 1
    while at > 0 and sentence.has(at, "list.join", "number.and", "other", "head.mine", "incident.plural"):
        if sentence.has(at, "incident.plural"):
            break
        at -= 1
    if sentence.has(at, *_HARMS):
        return True  # "fell victims of mines, 57 from them killed"
    caused = sentence.has(at, "causes", "incident.plural")
    phrase = sentence.phrase_at[at] if at >= 0 else None
    return caused and sentence.has((phrase.first if phrase else at) - 1, *_HARMS)


def _changed_people(sentence: TaggedSentence, at: int) -> tuple[Head, Unit] | None:
    """Return the people whose number changed: "casualties fell from 60 in 2022 to 52 in 2023".

    What brings a number to another stands before it: "raising the number of victims to 40".
    """
    for k in range(at - 1, max(-1, at - _NAMED_REACH), -1):
        if sentence.has(k, "change.verb", "sums.brings"):
            risen = sentence.has(k, "sums.brings") and k < at - 1
            return counted_subject(sentence, at - 1 if risen else k - 1, frozenset(), numbering=False)
        if sentence.has(k, "barrier.strong", "predicate") or sentence.folded[k] == ".":
            break
    return None


def counted_subject(
    sentence: TaggedSentence, at: int, others: AbstractSet[int], *, numbering: bool
) -> tuple[Head, Unit] | None:
    """Return what a verb of level counts: "casualties caused by mines since 1999 number 131".

    With `numbering`, the verb can only tell a count, and ordnance may be what it counts.
    """
    if numbering and is_unknown(sentence, at) and sentence.has(at - 1, "time.article"):
        return None  # "the bunkers numbered 138"
    last, start = max(0, at - _NAMED_REACH), at
    ordnance = None
    while at >= last:
        if at in others or sentence.has(at, "barrier.strong") or sentence.folded[at] in {".", ":"}:
            return ordnance
        phrase = sentence.phrase_at[at]
        if phrase is not None and phrase.has("head.victim", "head.fatality", "head.injury"):
            return head_of(phrase, adjacent=False)
        head = head_of(phrase, adjacent=False) if phrase is not None and numbering else None
        if phrase is not None and phrase.has("head.other.staff") and numbering and at == start:
            return None  # "mine survivors: 47"
        cause = phrase is not None and _is_cause_of_harm(sentence, phrase.first)
        if phrase is not None and head is not None and head[0] in EXPLOSIVE and not cause:
            if _only_describes(sentence, phrase.first):
                return None
            # "those hurt by mines number 335" tells of people: the search goes on
            composed_head, at = _composed_left(sentence, phrase, head)
            ordnance = ordnance or composed_head
        else:
            at = phrase.first if phrase else at
        at -= 1
    return ordnance


def _only_describes(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a noun of ordnance only describes another: "accidents with mines", "farms where mines"."""
    if sentence.has(at - 1, "clause", "barrier.weak") and sentence.folded[at - 1].isalpha():
        return not sentence.has(at - 1, "number.and")
    of = at - (2 if sentence.has(at - 1, "time.article") else 1)
    return sentence.has(of, "time.of", "located", "causes", "means") and sentence.has(
        of - 1, "head.other", "incident.plural", "incident.noun"
    )


def _noun_before(
    sentence: TaggedSentence, at: int, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit] | None:
    """Take the noun that a number follows: "mines 30,539", "antitank mines, 15"."""
    behind = _past_counter(sentence, number.last)
    if behind < len(sentence.words) and not ends_count(sentence, behind):
        return None
    while at > 0 and (
        sentence.folded[at] == "," or sentence.has(at, "counted.by", "predicate.found", "predicate.cleared")
    ):
        at = (sentence.phrase_at[at].first if sentence.phrase_at[at] else at) - 1  # type: ignore[union-attr]
    at = _subject_of(sentence, at, number, others)
    at = before_description(sentence, at)
    noun = sentence.phrase_at[at]
    while noun is not None and noun.has("head_tail") and noun.first > 0:
        noun = sentence.phrase_at[noun.first - 1]  # "anti-personnel ones", "ordnance items in all"
    head = head_of(noun, adjacent=False) if noun is not None else None
    if noun is None or head is None or head[0] not in EXPLOSIVE or _only_describes(sentence, noun.first):
        return None
    whole, first = _composed_left(sentence, noun, head)
    return None if _is_counted(sentence, first, others) else whole


def _subject_of(sentence: TaggedSentence, at: int, number: Number, others: AbstractSet[int]) -> int:
    """Return the noun that opens its clause, where a verb alone stands before the number.

    "Explosive objects in August found and defused 8,410", as languages without articles put it.
    """
    if not sentence.has(number.first - 1, "predicate.found"):
        return at
    for k in range(at, max(-1, at - _NAMED_REACH), -1):
        if k in others or sentence.has(k, "barrier.strong", "auxiliary") or not sentence.folded[k].isalnum():
            return at
        noun = sentence.phrase_at[k]
        head = head_of(noun, adjacent=False) if noun is not None else None
        if noun is not None and head is not None and head[0] in EXPLOSIVE:
            opens = noun.first == 0 or not sentence.folded[noun.first - 1].isalnum()
            return k if opens else at
    return at


def _past_counter(sentence: TaggedSentence, at: int) -> int:
    """Return the word behind a counting word: that of "shells in number of 33 pieces"."""
    if not sentence.has(at, "counter"):
        return at
    at = sentence.after(at)
    return at + 1 if sentence.folded[at : at + 1] == (".",) else at


def _composed_left(
    sentence: TaggedSentence, noun: Phrase, head: tuple[Head, Unit]
) -> tuple[tuple[Head, Unit], int]:
    """Take in further nouns of the same number: "the mines, bombs and other shells disarmed number 40".

    Returns what the number counts and where its nouns begin.
    """
    kind, unit = head
    first, joined = noun.first, False
    while kind in EXPLOSIVE and first > 1:
        at = first - 1
        while at > 0 and sentence.has(at, "other"):
            at -= 1
        comma = sentence.folded[at] == ","
        if not (sentence.has(at, "number.and", "list.join") and (joined or not comma)):
            break
        further = sentence.phrase_at[at - 1]
        other = head_of(further, adjacent=False) if further is not None else None
        if further is None or other is None or other[0] not in EXPLOSIVE:
            break
        kind, first, joined = both(kind, other[0]), further.first, True
    return (kind, unit), first


def _noun_numbered(sentence: TaggedSentence, at: int, others: AbstractSet[int]) -> tuple[Head, Unit] | None:
    """Take the noun of "the number of": "brings the number of shells found since May to 90"."""
    if (
        not sentence.has(at, "level", "counted.made", "number.range", "located.preposition")
        and sentence.folded[at] != ":"
    ):
        return None
    for phrase in reversed(sentence.find("counted.noun")):
        if phrase.last > at or any(k in others for k in range(phrase.last, at)):
            continue
        if not sentence.has(phrase.last, "time.of"):
            continue
        of = sentence.after(phrase.last)
        for k in range(of, min(of + _REACH, at)):
            noun = sentence.phrase_at[k]
            head = head_of(noun, adjacent=k == of) if noun is not None else None
            if noun is not None and head is not None:
                ours = head[0] in EXPLOSIVE | PEOPLE or head[0] == "area"
                return composed(sentence, noun, head, others)[:2] if ours else None
    return None


def _noun_put(
    sentence: TaggedSentence, at: int, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit] | None:
    """Take the noun that somebody puts at a number: "puts the mines hidden in the region at 50,000"."""
    ends = number.last >= len(sentence.words) or ends_count(sentence, number.last)
    if sentence.folded[at] != "at" or not ends:
        return None
    noun: tuple[Head, Unit] | None = None
    for k in range(at - 1, max(-1, at - _NAMED_REACH), -1):
        if sentence.has(k, "counted.puts"):
            return noun
        if k in others or sentence.has(k, "barrier.strong") or sentence.folded[k] in {".", ":"}:
            return None
        phrase = sentence.phrase_at[k]
        head = head_of(phrase, adjacent=False) if phrase is not None else None
        noun = head if head is not None and head[0] in EXPLOSIVE | PEOPLE else noun
    return None


def _is_counted(sentence: TaggedSentence, at: int, others: AbstractSet[int]) -> bool:
    """Tell whether a number stands before a noun and counts it already: the 822 of "822 shells, 15"."""
    for k in range(at - 1, max(-1, at - _REACH), -1):
        if k in others:
            return True
        if sentence.has(k, *_CLOSING) or not sentence.folded[k].isalpha():
            return False
    return False


def _is_name_word(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a capitalised word that no lexicon knows stands there: "Ukraine" in "in Ukraine (608)"."""
    return sentence.phrase_at[at] is None and sentence.source(at, at + 1)[:1].isupper()
