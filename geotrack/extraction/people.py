"""People told of as persons: "a farmer", "two brothers", "Elvin Mammadov, born in 1987"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geotrack.extraction.heads import PEOPLE
from geotrack.extraction.numbers import Number
from geotrack.extraction.passages import Passage
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase

_LONGEST_DESCRIPTION = 6
_SHORTEST_NAME = 2
# Words that may stand between a person and a second telling of the same one.
_APPOSITION = 8
# A telling this long already holds a list that goes on.
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Person:
    """One person or a counted group: the words that tell of them, and how many they are."""

    first: int
    last: int
    count: int
    named: bool = False
    further: bool = False


def find_people(passage: Passage) -> list[Person]:
    """Return the persons that a passage tells of, in order; a name beside its description is one person."""
    counted = [_counted(passage, q) for q in passage.quantities if q.head == "bare" or q.head in PEOPLE]
    taken = {k for p in counted for k in range(p.first, p.last)}
    described = [p for p in _described(passage) if p.first not in taken]
    taken |= {k for p in described for k in range(p.first, p.last)}
    pronouns = [
        p for p in described if passage.tagged.has(p.first, "person.pronoun") and p.last - p.first == 1
    ]
    if len(counted) + len(described) > len(pronouns):
        described = [p for p in described if p not in pronouns]  # "a boy was hurt when he …" is one person
    named = [p for p in _named(passage) if p.first not in taken and not _is_speaker(passage, p)]
    return _one_each(passage, sorted([*counted, *described, *named], key=lambda p: p.first))


def _is_speaker(passage: Passage, person: Person) -> bool:
    """Tell whether a named person is who tells it: "wrote Dmytro Petrenko", "Dmytro Petrenko said"."""
    tagged = passage.tagged
    after = person.last + (1 if person.last < len(tagged.words) and tagged.folded[person.last] == "," else 0)
    return tagged.has(person.first - 1, "report.verb") or tagged.has(after, "report.verb")


def _counted(passage: Passage, quantity: Quantity) -> Person:
    further = any(passage.tagged.has(k, "further") for k in range(quantity.first - 1, quantity.last))
    return Person(quantity.first, quantity.last, int(quantity.number.value), further=further)


def _described(passage: Passage) -> Iterator[Person]:
    """Yield "a farmer", "the driver of the tractor", "another local resident"."""
    tagged = passage.tagged
    at = 0
    while at < len(tagged.words):
        phrase = tagged.phrase_at[at]
        if phrase is None or not phrase.has("person") or _is_adjective(passage, phrase):
            at += 1
            continue
        first = _description_start(passage, at)
        further = any(tagged.has(k, "further") for k in range(first, at))
        yield Person(first, phrase.last, 1, further=further)
        at = phrase.last


def _is_adjective(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a word for a person describes a noun behind it: "a civilian tractor"."""
    tagged = passage.tagged
    if not phrase.has("person_adjective") or phrase.last >= len(tagged.words):
        return False
    return tagged.phrase_at[phrase.last] is None and tagged.folded[phrase.last].isalpha()


def _description_start(passage: Passage, at: int) -> int:
    """Return where the article of a description stands, if it has one."""
    tagged = passage.tagged
    for k in range(at - 1, max(-1, at - _LONGEST_DESCRIPTION), -1):
        if tagged.has(k, "time.article", "further", "number.unit"):
            return k
        if tagged.has(k, "barrier", "predicate", "report", "auxiliary"):
            break
    return at


def _named(passage: Passage) -> Iterator[Person]:
    """Yield runs of capitalised words that name no place and no organisation."""
    tagged = passage.tagged
    places = {k for m in passage.mentions for k in range(*passage.words_of(m.span))}
    at = 0
    while at < len(tagged.words):
        last = at
        while last < len(tagged.words) and _is_name_part(passage, last, places):
            last += 1
        person = not tagged.has(at - 1, "title_word") and not _names_organisation(passage, at, last)
        if last - at >= _SHORTEST_NAME and person:
            yield Person(at, last, 1, named=True)
        at = max(last, at + 1)


def _names_organisation(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a run of capitalised words, or the word behind it, is that of a body: "State Service"."""
    return any(passage.tagged.has(k, "organisation_part") for k in range(first - 1, last + 1))


def _is_name_part(passage: Passage, at: int, places: set[int]) -> bool:
    word = passage.tagged.source(at, at + 1)
    tags = passage.tagged.phrase_at[at]
    if tags is not None and tags.has("name_part"):
        return (at > 0 and passage.tagged.source(at - 1, at)[:1].isupper()) or passage.tagged.has(
            at - 1, "name_part"
        )
    return (
        at not in places
        and len(word) > 1
        and word[0].isupper()
        and word[1:].islower()
        and (tags is None or tags.has("organisation_part"))
        and not passage.tagged.has(at, "time")
    )


def _one_each(passage: Passage, people: list[Person]) -> list[Person]:
    """Join tellings of the same persons: a description and its names, a number and its list after a colon."""
    joined: list[Person] = []
    absorbed = 0
    for person in people:
        before = joined[-1] if joined else None
        room = before is not None and absorbed + person.count <= before.count
        if before is not None and room and _restates(passage, before, person):
            absorbed += person.count
            joined[-1] = Person(
                before.first,
                person.last,
                before.count,
                named=before.named or person.named,
                further=before.further,
            )
        else:
            joined.append(person)
            absorbed = 0
    return joined


def _restates(passage: Passage, before: Person, person: Person) -> bool:
    """Tell whether a person is one just told of: named after a description, or listed after a colon."""
    gap = range(before.last, person.first)
    words = passage.tagged.folded[before.last : person.first]
    if any(w in {":", "-"} for w in words[-2:]) or (words and all(w in {",", "(", "and"} for w in words)):
        colon = any(w in {":", "-"} for w in words)
        return colon or person.named != before.named or before.last - before.first > _LISTED
    quiet = not any(
        passage.tagged.has(k, "predicate", "incident", "auxiliary", "barrier.strong") for k in gap
    )
    commas = bool(words) and words[0] == ","
    return (
        quiet
        and len(gap) <= _APPOSITION
        and ((person.named and not before.named) or (before.named and commas))
    )


def as_quantity(person: Person, group: int) -> Quantity:
    """Return a person as a quantity, so that the same rules find what happened to them."""
    number = Number(person.first, person.last, float(person.count), spelled=True)
    return Quantity(number, person.first, person.last, "person", "people", group=group)
