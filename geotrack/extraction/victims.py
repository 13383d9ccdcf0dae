"""What happened to the persons of a passage: who was killed, who injured, who was in the blast.

Each verb of harm claims its persons: an active one those behind it ("killed two men"), any other the
nearest before it ("two men were killed", "left one injured"). A person has one fate: the gravest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geotrack.extraction.blows import Blow, Outcome, find_blows
from geotrack.extraction.casualties import may_tell
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.people import find_people
from geotrack.extraction.persons import Person
from geotrack.extraction.tagging import TaggedSentence

# The gravest first: of two verbs with one subject, that of the graver fate counts.
_GRAVITY: tuple[Outcome, ...] = ("killed", "injured", "none", "casualty", "struck")
# Words between an active verb and its object.
_OBJECT = 6
_NEGATED = 4
# Words between two persons of one list: "one officer of the peacekeeping mission and four rescuers".
_LISTED = 9
# Words between a verb and its person far behind: "was killed in X on Friday a driver".
_FAR = 18


@dataclass(frozen=True, slots=True)
class Fate:
    """A person and what happened to them; no person where the passage names none ("was hospitalised")."""

    outcome: Outcome
    person: Person | None


@once
def read_fates(passage: Passage) -> list[Fate]:
    """Return what a passage says happened to each of its persons, in the order of its verbs."""
    blows = find_blows(passage) if may_tell(passage) else []
    if not blows:
        return []
    people = find_people(passage)
    claimed: dict[int, Outcome] = {}
    unclaimed: list[Fate] = []
    for blow in blows:
        if _is_of_animals(passage.tagged, blow):
            continue
        whom = _claimed_by(passage.tagged, blow, blows, people)
        if not whom and blow.outcome != "struck" and blow.personal:
            words = passage.tagged.folded[max(0, blow.first - 1) : blow.last]
            theirs = passage.tagged.lexicon.contains(
                words, "several"
            )  # the "their" of "for their lives", too
            they = Person(blow.first, blow.last, None, back=True) if theirs else None
            unclaimed.append(Fate(blow.outcome, they))
        for k in _meant(passage.tagged, people, whom, claimed):
            before = claimed.get(k)
            if before is None or _GRAVITY.index(blow.outcome) < _GRAVITY.index(before):
                claimed[k] = blow.outcome
    _carry_on(passage.tagged, people, claimed)
    if not claimed and any(b.outcome == "struck" for b in blows):  # "a mine was hit by a car with 4 people"
        claimed = {k: "struck" for k, p in enumerate(people) if (p.count or 0) > 1 and not (p.back or p.part)}
    found = [Fate(outcome, people[k]) for k, outcome in sorted(claimed.items())]
    return found if any(f.outcome in {"killed", "injured"} for f in found) else [*found, *unclaimed]


def _meant(
    tagged: TaggedSentence, people: Sequence[Person], whom: Sequence[int], claimed: Mapping[int, Outcome]
) -> list[int]:
    """Return the persons that are meant: "he" is the one told of before, "all of them" those listed."""
    found: list[int] = []
    for k in whom:
        person = people[k]
        if person.back and k and tagged.folded[person.first] == "whom" and people[k - 1].last == person.first:
            found.append(k - 1)  # "two men whom a mine injured"
        elif person.back and person.count == 1:
            found.append(next((j for j in range(k - 1, -1, -1) if _is_single(people[j])), k))
        elif (known := _known_as(tagged, people, k)) is not None:
            found.append(known)
        elif person.back and person.count is None and not person.further:
            told = next((j for j in range(k - 1, -1, -1) if not _is_they(people[j])), -1)
            free = told >= 0 and told not in claimed and not people[told].back
            found.extend(_with_list(tagged, people, told, -1) if free else [k])
        else:
            found.append(k)
    return found


def _known_as(tagged: TaggedSentence, people: Sequence[Person], at: int) -> int | None:
    """Return who was told of before as "a child" and is now "the teenager": the only child of a passage."""
    person = people[at]
    words = tagged.folded[max(0, person.first - 1) : person.first + 1]  # the "the" of "of the", too
    if person.count != 1 or not (
        tagged.lexicon.contains(words, "definite.word") and _is_child(tagged, person)
    ):
        return None
    children = [k for k in range(at) if _is_single(people[k]) and _is_child(tagged, people[k])]
    return children[0] if len(children) == 1 and not person.further else None


def _is_child(tagged: TaggedSentence, person: Person) -> bool:
    return any(tagged.has(k, "person.child") for k in range(person.first, person.last))


def _is_of_animals(tagged: TaggedSentence, blow: Blow) -> bool:
    """Tell whether animals are who came to harm: "4 cows were injured", "killed two horses"."""
    if "animal" not in tagged.seen or blow.outcome == "struck":
        return False
    ahead = (
        range(blow.last, blow.last + _NEGATED) if blow.active else range(blow.first - _NEGATED, blow.first)
    )
    found = [k for k in ahead if tagged.has(k, "animal") and not _is_herded(tagged, k)]
    return bool(found) and not any(tagged.has(k, "person", "head.person") for k in ahead)


def _is_herded(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether animals are those that somebody herded: "was hurt while grazing his sheep"."""
    return any(tagged.has(at - k, "herding") for k in (1, 2))


def _is_they(person: Person) -> bool:
    return person.back and person.count is None and not person.further


def _is_single(person: Person) -> bool:
    return person.count == 1 and not person.back


# persons --------------------------------------------------------------------------------------------


def _claimed_by(
    tagged: TaggedSentence, blow: Blow, blows: Sequence[Blow], people: Sequence[Person]
) -> list[int]:
    """Return which persons a word of harm speaks of."""
    inner = [k for k, p in enumerate(people) if p.first <= blow.first and blow.last <= p.last]
    if inner:
        return inner
    objects = _objects(tagged, blow, people) if blow.active else []
    if blow.active and (objects or blow.outcome != "struck"):
        return objects
    turned = [] if blow.active else _turned(tagged, blow, people)
    if turned:
        return turned
    subject = _subject(tagged, blow, blows, people)
    if subject is None:
        return _behind(tagged, blow, people)
    if _is_carer(tagged, people[subject]):
        return []  # "doctors are fighting for their lives"
    attribute = tagged.has(blow.first, "list.apart")  # "he and another sapper with an amputation"
    listed = [subject] if attribute else _with_list(tagged, people, subject, -1)
    objects = [k for k in listed if k != subject and _is_object(people[k], blow, blows)]
    return [k for k in listed if k > max(objects, default=-1)]  # "blew up three men, and two died"


def _is_object(person: Person, blow: Blow, blows: Sequence[Blow]) -> bool:
    """Tell whether another verb, right before a person, did something to them: "a mine blew up three"."""
    return any(
        b is not blow and 0 <= person.first - b.last <= int(b.active) and b.last <= blow.first for b in blows
    )


def _objects(tagged: TaggedSentence, blow: Blow, people: Sequence[Person]) -> list[int]:
    """Return the persons behind an active verb: "killing a boy and his brother"."""
    first = next((k for k, p in enumerate(people) if p.first >= blow.last), None)
    if first is None or people[first].first - blow.last > _OBJECT:
        return []
    if any(
        tagged.has(k, "predicate", "incident.event", "barrier.strong")
        for k in range(blow.last, people[first].first)
    ):
        return []
    return _with_list(tagged, people, first, 1)


def _turned(tagged: TaggedSentence, blow: Blow, people: Sequence[Person]) -> list[int]:
    """Return the persons right behind their verb, as Slavic languages order words: "was killed a driver"."""
    at = blow.last
    if tagged.has(at, "causes"):  # "was killed by a mine a driver"
        cause = next((p for p in tagged.find("device") if 0 < p.first - at <= _NEGATED), None)
        at = cause.last if cause else at
    while tagged.has(at, "qualifier", "further"):
        at = tagged.after(at)
    if tagged.folded[at : at + 1] and tagged.folded[at].isdecimal() and tagged.has(at + 1, "age.after"):
        at = tagged.after(at + 1)  # "was killed 41-year-old Asif Aliyev"
    first = next((k for k, p in enumerate(people) if p.first == at and not p.back), None)
    if first is None or blow.outcome == "none" or _has_own_verb(tagged, people[first]):
        return []
    if _is_carer(tagged, people[first]):
        return []  # "is receiving care doctors"
    return _with_list(tagged, people, first, 1)


def _behind(tagged: TaggedSentence, blow: Blow, people: Sequence[Person]) -> list[int]:
    """Return the persons behind a verb with none before it: "was killed in X on Friday a driver"."""
    first = next((k for k, p in enumerate(people) if p.first >= blow.last and not p.back), None)
    if first is None or blow.outcome in {"none", "struck"} or people[first].first - blow.last > _FAR:
        return []
    gap = range(blow.last, people[first].first)
    ends = ("predicate", "incident.event", "barrier", "report", "relative", "auxiliary")
    if any(tagged.has(k, *ends) for k in gap) or tagged.has(people[first].first - 1, "causes"):
        return []
    apart = _is_carer(tagged, people[first]) or _has_own_verb(tagged, people[first])
    return [] if apart else _with_list(tagged, people, first, 1)


def _is_carer(tagged: TaggedSentence, person: Person) -> bool:
    """Tell whether some who are not counted are those who help: "doctors"."""
    return person.count is None and tagged.has(person.last - 1, "carer")


def _subject(
    tagged: TaggedSentence, blow: Blow, blows: Sequence[Blow], people: Sequence[Person]
) -> int | None:
    """Return the nearest person before a verb, or the group of a part ("four people, one a child, died")."""
    before = [k for k, p in enumerate(people) if p.last <= blow.first]
    while before:
        k = before.pop()
        gap = range(people[k].last, blow.first)
        if any(tagged.has(w, "barrier.strong") and not _goes_on(tagged, w, blow) for w in gap):
            return None
        if blow.outcome == "struck" and _is_of_vehicle(tagged, gap):
            return None
        if before and _is_bystander(tagged, people[k], blow, blows):
            continue
        if people[k].part and before and not _told_between(blows, people[before[-1]].last, blow.first):
            signed = any(tagged.folded[w] == "," for w in range(people[k].last, blow.first))
            if signed:
                continue
        return k
    return None


def _is_bystander(tagged: TaggedSentence, person: Person, blow: Blow, blows: Sequence[Blow]) -> bool:
    """Tell whether a verb goes on with who was in a blast: "trod on a mine before his friends and died"."""
    at = blow.first - 1
    while tagged.has(at, "auxiliary"):
        at -= 1
    joined = tagged.has(at, "number.and") and person.last <= at
    led = tagged.has(person.first - 1, "located", "site", "list.apart", "age.of")
    struck = any(b.outcome == "struck" and b.last <= person.first for b in blows)
    return joined and led and struck and not person.count


def _goes_on(tagged: TaggedSentence, at: int, blow: Blow) -> bool:
    """Tell whether a verb right behind "but" has the subject before it: "survived but with burns"."""
    return blow.first - at <= _NEGATED and tagged.folded[at][0].isalpha()


def _is_of_vehicle(tagged: TaggedSentence, gap: range) -> bool:
    """Tell whether a clause of its own has a vehicle for subject: "he told where a truck was blown up"."""
    relative = next((k for k in gap if tagged.has(k, "relative")), gap.stop)
    return any(tagged.has(k, "vehicle") for k in range(relative, min(relative + _NEGATED, gap.stop)))


def _told_between(blows: Sequence[Blow], first: int, last: int) -> bool:
    return any(first <= b.first and b.last <= last and b.outcome != "struck" for b in blows)


def _with_list(tagged: TaggedSentence, people: Sequence[Person], at: int, step: int) -> list[int]:
    """Return a person and those listed with them: "a woman, her son and two neighbours"."""
    found = [at]
    while 0 <= at + step < len(people):
        one, other = (people[at], people[at + step]) if step > 0 else (people[at + step], people[at])
        if not _is_list(tagged, range(one.last, other.first)):
            break
        if step > 0 and _opens_clause(tagged, people, at + step):
            break
        at += step
        if not people[at].part:
            found.append(at)
    return found


def _opens_clause(tagged: TaggedSentence, people: Sequence[Person], at: int) -> bool:
    """Tell whether a verb behind a person, or behind those listed with them, says something else of them.

    "Killed one man and two others were injured", "killed one man, another and a boy were injured".
    """
    if _has_own_verb(tagged, people[at]):
        return True
    if people[at].further and _has_verb_there(tagged, people[at]):
        return True
    if tagged.folded[people[at - 1].last] != "," or not people[at].further:
        return False
    return any(
        _has_own_verb(tagged, two) and _is_list(tagged, range(one.last, two.first))
        for one, two in pairwise(people[at : at + 2])
    )


def _has_verb_there(tagged: TaggedSentence, person: Person) -> bool:
    """Tell whether somebody told of with a place has a verb behind it: "and another in X lost a leg"."""
    if not tagged.has(person.last, "located"):
        return False
    for k in range(person.last, min(person.last + _LISTED, len(tagged.words))):
        if tagged.has(
            k, "auxiliary", "has", "injury.verb", "predicate.injured.done", "predicate.killed.done"
        ):
            return True
        if tagged.has(k, "barrier"):
            return False
    return False


def _has_own_verb(tagged: TaggedSentence, person: Person) -> bool:
    """Tell whether a verb right behind a person says something else of them: "two were hurt"."""
    at = person.last
    while tagged.has(at, "further"):
        at = tagged.after(at)
    return tagged.has(at, "auxiliary", "has", "injury.verb", "predicate.injured", "predicate.killed")


def _is_list(tagged: TaggedSentence, gap: range) -> bool:
    """Tell whether two persons stand in one list: a joining word between them and no verb."""
    if any(tagged.folded[k] == "," and tagged.has(k + 1, "list.apart") for k in gap):
        return False  # "killed were A and B, with C injured"
    joined = any(tagged.has(k, "list.join", "number.and") for k in gap)
    return (
        joined
        and len(gap) <= _LISTED
        and not any(
            tagged.has(k, "predicate", "incident.event", "auxiliary", "barrier.strong", "report", "relative")
            for k in gap
        )
    )


def _carry_on(tagged: TaggedSentence, people: Sequence[Person], claimed: dict[int, Outcome]) -> None:
    """Give a person without a verb the fate told before: "three died at once, one more on the way"."""
    for k, person in enumerate(people):
        if k in claimed or k - 1 not in claimed or person.back:
            continue
        dying = claimed[k - 1] == "killed" and tagged.has(person.last, "dying")
        if not (person.further or dying):
            continue
        before = tagged.folded[person.first - 1] if person.first else ""
        listed = before == "," or tagged.has(person.first - 1, "number.and")
        if listed and not _has_own_verb(tagged, person):
            claimed[k] = claimed[k - 1]
