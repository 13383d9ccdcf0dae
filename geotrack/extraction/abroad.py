"""Other countries in a report: which of them it speaks of, and whether it goes through the world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup
from geotrack.extraction.quantities import Quantity

# A document that tells of this many other countries speaks of the world where it names none.
WORLDLY = 4
# A report names its country within so many passages.
LEAD = 3
# A number this many words from the name of a country is counted there.
COUNTED_WITHIN = 6
# What may stand behind the name of a place that describes nothing.
_GOES_ON = ("barrier", "list", "located", "time", "auxiliary", "predicate", "modality", "level", "report")


def is_told_of(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a passage says what happened in a place: "in Syria", "Syria had 1,015"."""
    if group.nation:
        return False
    tagged = passage.tagged
    at = any(
        tagged.has(group.first - k, "site", "throughout") and tagged.folded[group.first - k] != "by"
        for k in (1, 2)
    )
    if at or (not group.actor and group.first <= 1):
        return not _is_aside(passage, group)
    if tagged.has(group.first - 1, "causes", "located"):
        return False  # "laid by Armenia", "of Armenia"
    if tagged.has(group.first, "doer") and tagged.folded[group.last - 1].endswith("'s"):
        return False  # "since Russia's aggression began"
    if tagged.has(group.first, "doer") and _lays_mines(passage, group.last):
        return False  # "Armenia has buried a million mines"
    mined = group.first <= 1 and tagged.find("predicate.contaminated") and not tagged.has(group.first, "doer")
    return bool(mined) or any(_counts_near(q, group) for q in passage.quantities)


def _lays_mines(passage: Passage, at: int) -> bool:
    """Tell whether what stands behind a name says that it laid mines: "has dug more than"."""
    tagged = passage.tagged
    while tagged.has(at, "auxiliary", "has"):
        at = tagged.after(at)
    return tagged.has(at, "predicate.recorded", "predicate.contaminated", "parted.recorded")


def _is_aside(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a country only describes a thing: "made in Armenia", "in U.S. terms"."""
    tagged = passage.tagged
    made = any(tagged.has(group.first - k, "made") for k in (2, 3))
    after = group.last
    described = (
        after < len(tagged.words) and tagged.folded[after].isalpha() and not tagged.has(after, *_GOES_ON)
    )
    return made or (described and group.first > 1)


def _counts_near(quantity: Quantity, group: PlaceGroup) -> bool:
    """Tell whether a number of ours stands beside a place: "Syria had 1,015"."""
    near = min(abs(quantity.first - group.last), abs(group.first - quantity.last)) <= COUNTED_WITHIN
    return near and quantity.head != "other"


def _hardly_names(groups: Iterable[tuple[Passage, Sequence[PlaceGroup]]], covered: frozenset[str]) -> bool:
    """Tell whether a document names other countries more often, and no covered one where it begins.

    A doer of harm ("Russia", "Armenia") is no country told of.
    """
    told = [
        (place.adm0, passage.number)
        for passage, named in groups
        for group in named
        for place in group.places
        if place.adm0 in covered
        or not passage.tagged.has(group.first, "doer")
        or passage.tagged.has(group.first, "doer.people")
    ]
    ours = [number for adm0, number in told if adm0 in covered]
    others = [adm0 for adm0, _ in told if adm0 not in covered]
    return min(ours, default=LEAD) >= LEAD and len(others) > len(ours) and len(set(others)) > 1


def speaks_of_the_world(
    groups: Iterable[tuple[Passage, Sequence[PlaceGroup]]], covered: frozenset[str]
) -> bool:
    """Tell whether a document goes through the countries of the world: several that are not covered.

    `groups` are its passages with the places that each names. So does one that hardly names a covered one.
    """
    groups = list(groups)
    if _hardly_names(groups, covered):
        return True
    told = [p.adm0 for passage, named in groups for g in named if is_told_of(passage, g) for p in g.places]
    elsewhere = [adm0 for adm0 in told if adm0 not in covered]
    return len(set(elsewhere)) >= WORLDLY and 3 * len(elsewhere) > len(told)
