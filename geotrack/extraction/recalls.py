"""Recalls: whether a passage tells of a blast, or of victims, told before, and whether of others."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.casualties import event_phrases
from geotrack.extraction.passages import Passage
from geotrack.extraction.persons import Person
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.victims import Fate

# Words between "the" and a blast: "the deadly March 29 blast".
_ATTRIBUTES = 4
# Words between "another" and a device.
_DESCRIBED = 3


def is_recalled(passage: Passage) -> bool:
    """Tell whether a passage tells of an earlier blast: "Recall that a man was blown up by a mine"."""
    return bool(passage.tagged.find("recalled")) and not is_definite(passage)


def tells_of_known(passage: Passage, fates: Sequence[Fate]) -> bool:
    """Tell whether all victims are some told of before: "as reported, the boys had found a shell"."""
    people = [f.person for f in fates if f.person]
    definite = "definite.word"
    return bool(people) and all(
        p.back or (_is_bare(p) and any(passage.tagged.has(k, definite) for k in (p.first - 1, p.first)))
        for p in people
    )


def _is_bare(person: Person) -> bool:
    """Tell whether nothing describes some persons: "the boys", "the pair", not "the driver of a car"."""
    return person.count is None or (person.last - person.first == 1 and person.count > 1)


def is_another(passage: Passage) -> bool:
    """Tell whether a passage opens with another blast: "a second mine", "the previous two incidents"."""
    tagged = passage.tagged
    if others_told(tagged):
        return True
    return any(
        tagged.has(k, "happened", "incident.noun", "incident.plural") or tagged.has(k, "number")
        for p in tagged.find("previous")
        for k in range(p.last, p.last + _ATTRIBUTES)
    )


def others_told(tagged: TaggedSentence) -> list[tuple[int, int]]:
    """Return the words that name a blast as another: "in a separate incident", "another tripwire mine"."""
    told = [(p.first, p.last) for p in tagged.find("another_event")]
    return told + [
        (p.first, k + 1)
        for p in tagged.find("further")
        for k in range(p.last, p.last + _DESCRIBED)
        if tagged.has(k, "device", "incident.noun")
    ]


def announces(passage: Passage) -> bool:
    """Tell whether a passage opens with one of several blasts and says when or where: "The first was in X".

    What it did is told after it.
    """
    tagged, at = passage.tagged, 0
    ordinal, noun = "announced_event.ordinal", "announced_event.noun"
    if tagged.lexicon.contains(tagged.folded[:1], "definite.word"):
        at = 1
    if not tagged.lexicon.contains(tagged.folded[at : at + 1], ordinal):
        return False
    at += 1
    for size in (1, 2):
        if tagged.lexicon.contains(tagged.folded[at : at + size], noun):
            at += size
            break
    dated = [t for t in passage.times if t.kind == "interval"]
    was = tagged.has(at, "auxiliary.be") and (
        tagged.has(at + 1, "located", "site", "happened") or any(t.first in {at + 1, at + 2} for t in dated)
    )
    return (was or tagged.has(at, "happened")) and bool(passage.mentions or dated)


def is_of_others(passage: Passage, fates: Sequence[Fate]) -> bool:
    """Tell whether others than before were in a blast: "another farmer hit a mine", "four also hit …"."""
    people = [f.person for f in fates if f.person and not f.person.back]
    run = any(e.has("incident.event", "incident.move") for e in event_phrases(passage))
    anew = any(passage.tagged.has(k, "further") for p in people for k in range(p.first, p.last))
    met = any(f.outcome == "struck" for f in fates) or (run and anew and not is_definite(passage))
    if not people or not met:
        return False
    also = any(passage.tagged.has(e.first - 1, "also") for e in event_phrases(passage))
    return also or all(p.further for p in people)


def is_definite(passage: Passage) -> bool:
    """Tell whether a passage speaks of a blast told of before: "the explosion", "that incident"."""
    tagged = passage.tagged
    told = tagged.find("incident.noun", "incident.blast", "incident.cause", "happened", "device")
    return any(_follows_article(tagged, p.first - 1) and not _is_of_work(tagged, p.last) for p in told)


def _is_of_work(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether ordnance only says what work is of: "the mine clearance specialist"."""
    return tagged.has(
        at, "predicate.cleared", "predicate.surveyed", "head.person", "person", "organisation_part"
    )


def _follows_article(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether "the" opens the words before a noun, past a day or an adjective: "the March 29 blast"."""
    for k in range(at, max(-1, at - _ATTRIBUTES), -1):
        if tagged.has(k, "previous"):
            return False
        if tagged.lexicon.contains([tagged.folded[k]], "definite.word"):  # the "the" of "in the" too
            return True
        attribute = tagged.has(k, "time") and not tagged.has(k, "time.article", "time.of")
        if not attribute and (tagged.phrase_at[k] is not None or not tagged.folded[k][0].isalnum()):
            return False
    return False
