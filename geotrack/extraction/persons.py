"""Persons: one telling for each of those that a passage tells of.

A description, a name, an age and a home in apposition are one person; a group and its names are one group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.passages import Passage
from geotrack.extraction.tagging import TaggedSentence

# Words that may stand between a description and the name of the same person, or of what it belongs to.
_APPOSITION = 8
_SIGNS = frozenset({",", "(", ")", "-", ":", '"'})
PAIR = 2


@dataclass(frozen=True, slots=True)
class Person:
    """One person or a group: the words that tell of them, and how many they are (None where not said).

    `back` refers to somebody told of before ("he", "the man", "both"); `part` is some of a group ("among
    them two children"); `further` is somebody else than before ("another", "his wife").
    """

    first: int
    last: int
    count: int | None
    named: bool = False
    further: bool = False
    back: bool = False
    part: bool = False


def one_each(passage: Passage, people: Sequence[Person]) -> list[Person]:
    """Join tellings of the same persons: a description and a name, a group and its names."""
    joined: list[Person] = []
    people = _titled(people)
    room, begun = 0, False
    member: Person | None = None  # the one of a group that was told last
    for person in people:
        before = joined[-1] if joined else None
        if before is None:
            joined.append(person)
        elif begun and member is not None and _restates(passage, member, person):
            member = _one(member, person)
            joined[-1] = replace(before, last=person.last)
            continue
        elif room and person.count and person.count <= room and _lists(passage, before, person, begun=begun):
            joined[-1] = replace(before, last=person.last, named=before.named or person.named)
            room -= person.count
            begun, member = True, person
            continue
        elif _restates(passage, before, person):
            joined[-1] = _one(before, person)
            continue
        elif person.count == PAIR and len(joined) >= PAIR and _sums(passage, joined[-2:], person):
            joined[-2:] = [replace(joined[-2], last=person.last, count=PAIR)]
        else:
            joined.append(person)
        room, begun, member = joined[-1].count or 0, False, None
    return joined


def _titled(people: Sequence[Person]) -> list[Person]:
    """Join a name, or whom somebody is of, to the description right before it: "sapper Asif Khudiyev"."""
    joined: list[Person] = []
    for person in people:
        before = joined[-1] if joined else None
        described = before is not None and not before.named and before.count in {1, None} and not before.back
        beside = before is not None and before.last == person.first
        if before and beside and described and person.named:
            joined[-1] = _one(before, person)
        elif before and beside and before.count == 1 and person.count is None and not person.back:
            joined[-1] = replace(before, last=person.last)  # "a technician police", "an officer soldiers"
        else:
            joined.append(person)
    return joined


def _one(before: Person, person: Person) -> Person:
    """Join two tellings of one person; a name counts one of a group: "the workers, Asif Aliyev and …"."""
    return replace(before, last=person.last, count=1, named=before.named or person.named)


def _sums(passage: Passage, pair: Sequence[Person], person: Person) -> bool:
    """Tell whether a pair is two persons just told of: "X and Y, two brothers,"."""
    gap = passage.tagged.folded[pair[1].last : person.first]
    return list(gap) in ([","], [",", "both"]) and _is_listed(passage.tagged, *pair)


def _lists(passage: Passage, before: Person, person: Person, *, begun: bool) -> bool:
    """Tell whether a person is one of a group told just before: "two, X, 36, and Y, 15", "four men: X, Y"."""
    tagged = passage.tagged
    if (before.count or 0) < PAIR or person.further or person.back:
        return False
    verb = person.last
    while tagged.has(verb, "auxiliary"):
        verb = tagged.after(verb)
    if not (begun and person.named) and tagged.has(verb, "predicate.killed", "predicate.injured"):
        return False  # "mines hit 1,200: 333 died", "two soldiers: one was killed"
    if not person.named and tagged.has(person.last, "site"):
        return False  # "four men: three in X and one near Y"
    gap = range(before.last, person.first)
    aged = not begun and any(tagged.folded[k][0].isdecimal() for k in gap)
    if aged and not person.named and all(_is_of_ages(tagged, k) for k in gap):
        return False  # "two girls, 12 and 15 years old, and a boy"
    signed = any(tagged.folded[k] in _SIGNS for k in gap)
    opened = signed or (begun and (person.named or _is_listed(tagged, before, person)))
    return opened and len(gap) <= _APPOSITION and not _breaks(tagged, gap)


def _is_of_ages(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a word tells the ages of a group: ", 12 and 15 years old, and"."""
    word = tagged.folded[at]
    return word[0].isdecimal() or word in _SIGNS or tagged.has(at, "age", "number.and", "list.join")


def _is_listed(tagged: TaggedSentence, one: Person, other: Person) -> bool:
    """Tell whether only joining words stand between two persons."""
    return all(
        tagged.folded[k] in _SIGNS or tagged.has(k, "list.join", "number.and", "time.article")
        for k in range(one.last, other.first)
    )


def _breaks(tagged: TaggedSentence, gap: range) -> bool:
    return any(
        tagged.has(k, "predicate", "incident.event", "auxiliary", "barrier.strong", "care")
        or (tagged.has(k, "injury") and not tagged.has(k, "causes"))  # not the "from" of "A from X TV"
        or tagged.folded[k] in {"who", "when", "while"}
        for k in gap
    )


def _restates(passage: Passage, before: Person, person: Person) -> bool:
    """Tell whether a person is the one just told of: "a farmer, Ivan Petrenko", "Ivan Petrenko, a farmer"."""
    tagged = passage.tagged
    gap = range(before.last, person.first)
    if (before.count or 1) != 1 or person.count != 1 or person.back:
        return False
    if person.further and not _is_kin(tagged, before, person):
        return False
    if len(gap) > _APPOSITION or _breaks(tagged, gap):
        return False
    if any(tagged.has(k, "number.and", "subset", "report") or _tells_blast(tagged, k) for k in gap):
        return False
    signed = bool(gap) and tagged.folded[gap.start] in _SIGNS
    if person.named != before.named:
        return person.named or signed
    resident = any(tagged.has(k, "person.apposition") for k in range(person.first, person.last))
    known = tagged.has(before.first, "definite.word", "further") and tagged.has(
        person.first, "single.article"
    )
    signed = signed or (known and bool(gap) and tagged.folded[gap[-1]] == ",")
    return not person.named and (not gap or (signed and (resident or known)))


def _tells_blast(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a word is of a blast: not the bare motion of "the farmer driving it"."""
    phrase = tagged.phrase_at[at]
    return phrase is not None and any(t.startswith("incident.") and t != "incident.move" for t in phrase.tags)


def _is_kin(tagged: TaggedSentence, before: Person, person: Person) -> bool:
    """Tell whether "his brother" between commas is the one named before: "Asif, his brother, was hurt"."""
    gap = tagged.folded[before.last : person.first]
    closed = person.last < len(tagged.words) and tagged.folded[person.last] == ","
    return before.named and tuple(gap) == (",",) and closed


def opens_as_said(tagged: TaggedSentence, person: Person) -> bool:
    """Tell whether somebody is named before the comma of "As said the press officer Ivan Petrenko, …"."""
    return (
        person.named
        and tagged.folded[0] == "as"
        and tagged.has(1, "report.verb")
        and "," not in tagged.folded[: person.first]
    )
