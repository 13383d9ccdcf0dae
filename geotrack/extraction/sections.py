"""Sections: what a heading, an item or a run of places does to the scene."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geotrack.extraction.labels import is_label
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup

# Words between "concern" and the first place: "only the districts of A".
_TO_ITS_PLACE = 5
# A passage that goes through more places than this sets none of them as the scene.
_FEW = 2


def is_itemised(passage: Passage) -> bool:
    """Tell whether a passage is an item of a list, whose place does not last."""
    return passage.is_part or passage.sentence.kind == "item"


def is_over_a_section(passage: Passage) -> bool:
    """Tell whether a line with the name of a place heads what is told of it: "Mykolaiv region".

    A line of a list, "Mykolaiv - 98", does not.
    """
    if passage.quantities and passage.tagged.folded[passage.quantities[0].first - 1] in {"-", ":"}:
        return False
    return passage.number > 0 and (passage.sentence.kind == "heading" or passage.tagged.folded[0] == "#")


def is_background(passage: Passage) -> bool:
    """Tell whether a heading opens what was reported before: "Recall", "For reference"."""
    return (
        passage.sentence.kind == "heading"
        and not passage.quantities
        and not passage.mentions
        and bool(passage.tagged.find("background"))
    )


def is_of_data(passage: Passage, groups: Sequence[PlaceGroup]) -> bool:
    """Tell whether a passage only says of which places all figures are: "The numbers concern A"."""
    if not groups or any(q.head != "other" for q in passage.quantities):
        return False
    tagged = passage.tagged
    subject = next((p for p in tagged.find("report.about") if p.first <= 1), None)
    if subject is None:
        return False
    verb = subject.last
    of_them = tagged.has(verb, "auxiliary", "level") and tagged.has(verb + 1, "located")  # "are for A"
    near = groups[0].first - tagged.after(verb) <= _TO_ITS_PLACE
    return near and (of_them or tagged.has(verb, "pointing"))


def only_ranks(passage: Passage) -> bool:
    """Tell whether a passage says which places have it worst: what follows is not of these alone."""
    if any(q.head != "other" for q in passage.quantities):
        return False
    return bool(passage.tagged.find("foremost.word")) and not passage.tagged.find(
        "foremost.partly", "world.ranking"
    )


def opens_section(passage: Passage) -> bool:
    """Tell whether a heading that counts nothing opens a part of its own: "Casualties", not "Found:"."""
    if passage.number == 0 or passage.sentence.kind != "heading" or passage.quantities:
        return False
    return passage.tagged.folded[-1] != ":" and not is_label(passage)


def goes_through(passage: Passage, groups: Sequence[PlaceGroup]) -> bool:
    """Tell whether a passage goes through several places, each with its number: "28 % in A, 48 % in B"."""
    units = [g for g in groups if not g.country_only]
    counted = [q for q in passage.quantities if q.head != "other"]
    parted = [any(one.last <= q.first < other.first for q in counted) for one, other in pairwise(units)]
    # a colon splits a number up: "three were hurt: two in A, one in B"
    split = bool(units) and ":" in passage.tagged.folded[: units[0].first]
    return len(units) > (_FEW - split) and all(parted)
