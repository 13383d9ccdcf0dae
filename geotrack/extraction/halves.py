"""Halves: the parts of a passage that tell of an explosion each, with a place and victims of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geotrack.extraction.passages import Passage
from geotrack.extraction.people import find_people
from geotrack.extraction.places import Contains, PlaceGroup
from geotrack.extraction.recalls import others_told
from geotrack.extraction.scene import Scene
from geotrack.extraction.sites import site_groups
from geotrack.extraction.victims import Fate

# Words between a share of the victims and where it was harmed: "three of them in the village of X".
_REACH = 7
_HARMED = frozenset({"killed", "injured"})
# Fewer shares share nothing out.
_SHARES = 2


def harms(fates: Sequence[Fate]) -> bool:
    """Tell whether a passage tells of somebody killed or injured."""
    return any(f.person is not None and f.outcome in {"killed", "injured", "casualty"} for f in fates)


@dataclass(frozen=True, slots=True)
class Part:
    """The words of a passage that tell of one explosion, its place and its victims."""

    first: int
    last: int
    groups: tuple[PlaceGroup, ...]
    fates: tuple[Fate, ...]


def find_parts(passage: Passage, scene: Scene, fates: Sequence[Fate], contains: Contains) -> Iterator[Part]:
    """Yield the parts of a passage where two places have victims or days of their own, else all of it."""
    groups = site_groups(passage, scene)
    size = len(passage.tagged.words)
    another = _another(passage, fates)
    if another is not None:
        for first, last in ((0, another), (another, size)):
            own = tuple(f for f in fates if f.person and first <= f.person.first < last)
            near = tuple(g for g in groups if first <= g.first < last)
            yield Part(first, last, near or tuple(groups), own)
        return
    shares = _shares(passage, groups, fates)
    if shares:
        yield from shares
        return
    for before, after in pairwise(groups):
        if before.country_only or _nested(before, after, contains):
            continue
        cut = _cut(passage, before, after, fates)
        if cut is None:
            continue
        for first, last in ((0, cut), (cut, size)):
            yield Part(
                first,
                last,
                tuple(g for g in groups if first <= g.first < last),
                tuple(f for f in fates if f.person and first <= f.person.first < last)
                if harms(fates)
                else tuple(fates),
            )
        return
    yield Part(0, size, tuple(groups), tuple(fates))


def _nested(one: PlaceGroup, other: PlaceGroup, contains: Contains) -> bool:
    return any(
        a.id == b.id or contains(a.id, b.id) or contains(b.id, a.id) for a in one.places for b in other.places
    )


def _cut(passage: Passage, before: PlaceGroup, after: PlaceGroup, fates: Sequence[Fate]) -> int | None:
    """Return the joining word between two places that leaves victims, or else a day, on both sides."""
    people = [f.person.first for f in fates if f.person and f.outcome in {"killed", "injured", "none"}]
    days = [
        t.first
        for t in passage.times
        if t.kind == "interval" and (t.days is None or t.days.precision == "day")
    ]
    for k in range(before.last, after.first):
        if not passage.tagged.has(k, "barrier.strong", "number.and"):
            continue
        for marks in (people, days):
            if any(m < k for m in marks) and any(m > k for m in marks):
                return k
    return None


def _another(passage: Passage, fates: Sequence[Fate]) -> int | None:
    """Return where another blast with victims begins: "two died, and another mine explosion killed four"."""
    people = [f.person.first for f in fates if f.person and f.outcome in _HARMED]
    for first, last in others_told(passage.tagged):
        before = first - 1
        joined = passage.tagged.has(before, "number.and", "barrier.strong", "list.join")
        if joined and any(k < before for k in people) and any(k >= last for k in people):
            return before
    return None


def _shares(passage: Passage, groups: Sequence[PlaceGroup], fates: Sequence[Fate]) -> list[Part]:
    """Return what places share out of a number of victims: "two were hurt, one in X and the other in Y"."""
    wholes = [f for f in fates if f.person and (f.person.count or 0) >= _SHARES and f.outcome != "none"]
    if len(groups) < _SHARES or not wholes:
        return []
    whole = wholes[0].person
    people = [p for p in find_people(passage) if whole and p.first >= whole.last and p.count and not p.named]
    found = []
    for person in people:
        group = next((g for g in groups if g.first >= person.last), None)
        if group is not None and _leads_to(passage, person.last, group.first):
            fate = Fate(wholes[0].outcome, person)
            found.append(Part(person.first, group.last, (group,), (fate,)))
    told = sum(f.person.count or 0 for part in found for f in part.fates if f.person)
    return found if whole and len(found) >= _SHARES and told == whole.count else []


def _leads_to(passage: Passage, first: int, last: int) -> bool:
    """Tell whether only words of a place stand between some victims and its name: "of them in the"."""
    tagged = passage.tagged
    words = range(first, last)
    return last - first <= _REACH and all(
        tagged.has(k, "located", "site", "place_word", "time.article", "subset.strict") for k in words
    )
