"""What a number counts: the noun or the unit on either side of it.

The noun stands right of its number ("12 anti-tank mines"), left of it ("anti-tank mines: 12", "mines,
anti-tank, 12"), or opens the sentence ("the number of mines found since May reached 90").
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Literal

from geotrack.extraction.lexicon import Tags
from geotrack.extraction.marks import is_name
from geotrack.extraction.numbers import Number
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Unit

Head = Literal[
    "area", "percent", "ap_mine", "at_mine", "mine", "uxo", "ied", "item",
    "person", "victim", "fatality", "injury", "life", "bare", "other",
]  # fmt: skip

EXPLOSIVE: frozenset[Head] = frozenset({"ap_mine", "at_mine", "mine", "uxo", "ied", "item"})
PEOPLE: frozenset[Head] = frozenset({"person", "victim", "fatality", "injury", "life"})
_MINES: frozenset[Head] = frozenset({"ap_mine", "at_mine", "mine"})
# In "casualties were recorded in X (834) and Y (608)" the noun stands this far from its numbers.
_NAMED_REACH = 18
# What ends the search for a noun behind a number.
_CLOSING = ("predicate", "barrier", "auxiliary", "rate", "report", "list.join")
# A noun further from its number than this is not what the number counts.
_REACH = 5
# What "mine" can describe: "mine victims", "bomb squads", "mine signs".
_DESCRIBED = ("head.victim", "head.fatality", "head.injury", "head.person", "head.other")
_NOT_DESCRIBED = ("unit", "counted", "located", "own_time", "head.other.time", "head.item", "head.uxo")
_DESCRIBING = 2
# Behind a number one of these says what befell those it counts: "12 fatal".
_HARMED = ("predicate.killed.done", "predicate.injured.done", "predicate.casualty.done")


def find_head(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int], numbers: AbstractSet[int]
) -> tuple[Head | None, Unit, int, str]:
    """Return what a number counts, its unit, the end of the phrase, and the side the head stands on."""
    if is_name(sentence, number):
        return None, "count", number.last, ""
    if sentence.has(number.first - 1, "head.other.money"):
        return "other", "count", number.last, "left"
    right = _head_right(sentence, number, others)
    if right is not None and not _counts_units(sentence, number):
        return *(_as_their_number(sentence, number, numbers, right) or right), "right"
    left = None if sentence.has(number.last, *_HARMED) else _head_left(sentence, number, numbers)
    if left is not None and not sentence.has(number.last, "subset.strict"):
        return *left, number.last, "left"
    return ("other" if _counts_unknown(sentence, number) else "bare"), "count", number.last, ""


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
    subject = _counted_subject(sentence, (verb.first if verb else at) - 1, others, numbering=False)
    return (*subject, right[2]) if subject is not None else None


def _counts_units(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a number counts bare units, of what was told before: "found and seized 821 units"."""
    at = number.last
    return sentence.has(at, "counter") and not sentence.has(sentence.after(at), "time.of", "share.of", "head")


def _counts_unknown(sentence: TaggedSentence, number: Number) -> bool:
    """Tell whether a noun that no lexicon knows follows a number: "three fingers"."""
    at = number.last
    if sentence.has(at, "incident.plural", "incident.noun") or sentence.has(number.first, "predicate"):
        return True  # "two blasts", "lost one leg"
    unknown = at < len(sentence.words) and sentence.phrase_at[at] is None and sentence.folded[at].isalpha()
    return unknown or sentence.has(at, "head_tail.word")


def _head_right(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit, int] | None:
    at = number.last
    if at < len(sentence.words) and sentence.folded[at] == "+":
        at += 1
    reached = at + _REACH
    while at < min(reached, len(sentence.words)):
        if at in others or sentence.folded[at] in {":", ";", "(", ")", "."} or sentence.has(at, "apart"):
            return None
        if _ties_words(sentence, at):
            at += 1  # "79 PMN-E anti-personnel mines"
            continue
        phrase = sentence.phrase_at[at]
        if phrase is not None and phrase.has("calibre"):
            at = phrase.last  # "two 152-millimetre shells"
            continue
        if phrase is not None:
            if phrase.has("head") and _is_compound(sentence, phrase):
                at = phrase.last + 2  # "mine-impacted communities"
                continue
            head = head_of(phrase, adjacent=at == number.last)
            if head is not None:
                return _composed(sentence, *_nearer_noun(sentence, phrase, head), others)
            if _closes(sentence, phrase):
                return None
            at = phrase.last
            continue
        at += 1
    return None


def _closes(sentence: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether no noun of a number stands behind a phrase: a verb, "and"; not "12 mined fields"."""
    if phrase.has("subset.relative") and sentence.has(phrase.last, "located"):
        return True  # "300 of them in Kharkiv oblast"
    # "of these, 200 were anti-tank mines"
    opened = sentence.has(0, "time.of", "whole_of", "share.of", "subset.among")
    part = phrase.has("auxiliary") and (opened or bool(sentence.find("subset.strict")))
    described = (part or phrase.has("predicate")) and _head_follows(sentence, phrase.last)
    return phrase.has(*_CLOSING) and not phrase.has("land") and not described


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
    """Take "casualties" as the head of "civilian casualties"."""
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
    return phrase is not None and phrase.has("head", "unit") and not phrase.has("head.other")


def head_of(phrase: Phrase, *, adjacent: bool) -> tuple[Head, Unit] | None:
    """Return the head that a phrase can be; a unit of area must touch its number."""
    return _head_under(phrase.tags, adjacent=adjacent)


@cache
def _head_under(tags: Tags, *, adjacent: bool) -> tuple[Head, Unit] | None:
    """Return the head that the tags of a phrase make it; each set of tags is worked out once."""
    for tag in sorted(tags):
        kind, _, name = tag.partition(".")
        if kind == "unit" and adjacent:
            return ("percent", "percent") if name == "percent" else ("area", name)  # type: ignore[return-value]
    for tag in sorted(tags):
        kind, _, name = tag.partition(".")
        if kind == "head" and not name.startswith("other"):
            return name, "people" if name in PEOPLE else "count"  # type: ignore[return-value]
    if any(tag.startswith("head.other") for tag in tags) and (adjacent or "land.kind" not in tags):
        return "other", "count"
    return None


def _composed(
    sentence: TaggedSentence, phrase: Phrase, head: tuple[Head, Unit], others: AbstractSet[int]
) -> tuple[Head, Unit, int]:
    """Take in further heads of the same number: "anti-tank and anti-personnel mines", "mines and shells"."""
    kind, unit = head
    last = phrase.last
    while kind in EXPLOSIVE and last + 1 < len(sentence.words):
        at = last
        while sentence.has(at, "list.join", "number.and") and at < last + 3:
            at = sentence.after(at)
        if sentence.has(at, "other"):
            at = sentence.after(at)
        if at in others or at >= len(sentence.words):
            break
        further = sentence.phrase_at[at]
        found = head_of(further, adjacent=False) if further else None
        if further is None or found is None or found[0] not in EXPLOSIVE:
            break
        if _is_counted_behind(sentence, further.last, others):
            break
        kind, last = _both(kind, found[0]), further.last
    if kind in EXPLOSIVE:
        after = last
        if sentence.folded[last : last + 1] == ("(",) and sentence.folded[last + 2 : last + 3] == (")",):
            after = last + 3  # "explosive remnants of war (ERW) casualties"
        return _of_ordnance(sentence, after) or (kind, unit, last)
    return kind, unit, last


def _of_ordnance(sentence: TaggedSentence, at: int) -> tuple[Head, Unit, int] | None:
    """Return the noun that one of ordnance only describes: "12 mine accidents", "36 mine detection dogs".

    Words that no lexicon knows may stand between where the noun of ordnance is a singular.
    """
    singular = not sentence.folded[at - 1].endswith("s")
    behind = at
    while singular and behind < at + _DESCRIBING and _is_unknown(sentence, behind):
        behind += 1
    phrase = sentence.phrase_at[behind] if behind < len(sentence.words) else None
    if phrase is None or not phrase.has(*_DESCRIBED) or phrase.has(*_NOT_DESCRIBED):
        return None
    if behind > at and not phrase.has("head.other"):
        return None
    found = head_of(phrase, adjacent=False)
    return (*found, phrase.last) if found is not None else None


def _is_unknown(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a small word that no lexicon knows stands there."""
    return (
        at < len(sentence.words)
        and sentence.phrase_at[at] is None
        and sentence.folded[at].isalpha()
        and sentence.source(at, at + 1).islower()
    )


def _is_counted_behind(sentence: TaggedSentence, at: int, others: AbstractSet[int]) -> bool:
    """Tell whether a noun has its own number behind it: "15 shells as well as mines, 3"."""
    while at < len(sentence.words) and (
        sentence.has(at, "head_tail", "qualifier") or sentence.folded[at] == ","
    ):
        at = sentence.after(at)
    return at in others and (at + 1 >= len(sentence.words) or _ends_count(sentence, at + 1))


def _both(one: Head, other: Head) -> Head:
    """Return the head that covers two: two kinds of mines are mines, anything else together is items."""
    if one == other:
        return one
    return "mine" if {one, other} <= _MINES else "item"


def _head_left(
    sentence: TaggedSentence, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit] | None:
    """Take the head from the left: "anti-tank mines: 31", "the number of victims reached 379"."""
    at = number.first - 1
    while at >= 0 and sentence.has(at, "qualifier", "time.article"):
        at -= 1
    if at < 1:
        return None
    told = _noun_before(sentence, at, number, others) or _noun_numbered(sentence, at, others)
    if told is not None:
        return told
    closed = number.last < len(sentence.words) and sentence.folded[number.last] == ")"
    ends = sentence.folded[at] == ":" and number.last >= len(sentence.words) - 1
    numbering = ends or sentence.has(at, "counted.verb")  # "the shells that it lifted number 40"
    if sentence.has(at, "number.from", "number.range"):
        return _changed_people(sentence, at)
    opened = sentence.folded[at] in ({":", "-", "("} if closed else {":", "-"})
    if not (opened or numbering or sentence.has(at, "level")):
        return None
    phrase_here = sentence.phrase_at[at]
    at = (phrase_here.first if phrase_here else at) - 1
    counting = numbering or sentence.has(at + 1, "level") or sentence.folded[at + 1] == ":"
    subject = _counted_subject(sentence, at, others, numbering=numbering) if counting else None
    if subject is not None:
        return subject
    far = closed and _is_name_word(sentence, at)
    return _nearest_noun(sentence, at, number, others, far=far)


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
        if phrase is not None:
            head = head_of(phrase, adjacent=False)
            if head is not None:
                return _composed_left(sentence, phrase, head) if head[0] != "other" else None
            at = phrase.first
        at -= 1
    return None


def _changed_people(sentence: TaggedSentence, at: int) -> tuple[Head, Unit] | None:
    """Return the people whose number changed: "casualties fell from 60 in 2022 to 52 in 2023"."""
    for k in range(at - 1, max(-1, at - _NAMED_REACH), -1):
        if sentence.has(k, "change.verb"):
            return _counted_subject(sentence, k - 1, frozenset(), numbering=False)
        if sentence.has(k, "barrier.strong", "predicate") or sentence.folded[k] == ".":
            break
    return None


def _counted_subject(
    sentence: TaggedSentence, at: int, others: AbstractSet[int], *, numbering: bool
) -> tuple[Head, Unit] | None:
    """Return what a verb of level counts: "casualties caused by mines since 1999 number 131".

    With `numbering`, the verb can only tell a count, and ordnance may be what it counts.
    """
    last = max(0, at - _NAMED_REACH)
    ordnance = None
    while at >= last:
        if at in others or sentence.has(at, "barrier.strong") or sentence.folded[at] in {".", ":"}:
            return ordnance
        phrase = sentence.phrase_at[at]
        if phrase is not None and phrase.has("head.victim", "head.fatality", "head.injury"):
            return head_of(phrase, adjacent=False)
        head = head_of(phrase, adjacent=False) if phrase is not None and numbering else None
        if phrase is not None and head is not None and head[0] in EXPLOSIVE:
            ordnance = _composed_left(
                sentence, phrase, head
            )  # "those hurt by mines number 335" tells of people
        at = (phrase.first if phrase else at) - 1
    return ordnance


def _noun_before(
    sentence: TaggedSentence, at: int, number: Number, others: AbstractSet[int]
) -> tuple[Head, Unit] | None:
    """Take the noun that a number follows: "mines 30,539", "antitank mines, 15"."""
    if number.last < len(sentence.words) and not _ends_count(sentence, number.last):
        return None
    while at > 0 and (
        sentence.folded[at] == "," or sentence.has(at, "counted.by", "predicate.found", "predicate.cleared")
    ):
        at = (sentence.phrase_at[at].first if sentence.phrase_at[at] else at) - 1  # type: ignore[union-attr]
    noun = sentence.phrase_at[at]
    while noun is not None and noun.has("head_tail") and noun.first > 0:
        noun = sentence.phrase_at[noun.first - 1]  # "anti-personnel ones", "ordnance items in all"
    head = head_of(noun, adjacent=False) if noun is not None else None
    if noun is None or head is None or head[0] not in EXPLOSIVE:
        return None
    return None if _is_counted(sentence, noun.first, others) else _composed_left(sentence, noun, head)


def _composed_left(sentence: TaggedSentence, noun: Phrase, head: tuple[Head, Unit]) -> tuple[Head, Unit]:
    """Take in a further noun of the same number: "the mines and shells disarmed number 40"."""
    at = noun.first - 1
    further = sentence.phrase_at[at - 1] if at > 0 and sentence.has(at, "number.and", "list.join") else None
    other = head_of(further, adjacent=False) if further is not None else None
    if other is None or other[0] not in EXPLOSIVE or head[0] not in EXPLOSIVE or sentence.folded[at] == ",":
        return head
    return _both(head[0], other[0]), head[1]


def _noun_numbered(sentence: TaggedSentence, at: int, others: AbstractSet[int]) -> tuple[Head, Unit] | None:
    """Take the noun of "the number of": "brings the number of shells found since May to 90"."""
    if not sentence.has(at, "level", "number.range", "located.preposition") and sentence.folded[at] != ":":
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
                ours = head[0] in EXPLOSIVE or head[0] == "area"
                return _composed(sentence, noun, head, others)[:2] if ours else None
    return None


def _ends_count(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether no noun that a number could count begins at a word: a sign, "and", "were"."""
    return not sentence.folded[at].isalnum() or sentence.has(
        at,
        "list.join",
        "number.and",
        "auxiliary",
        "predicate",
        "located",
        "time",
        "subset",
        "barrier",
        "total",
    )


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


def is_bracketed(sentence: TaggedSentence, at: int) -> bool:
    """Tell whether a word stands inside brackets."""
    before = sentence.folded[:at]
    return before.count("(") > before.count(")")
