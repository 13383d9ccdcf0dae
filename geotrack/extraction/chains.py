"""Names that stand together: lists and chains of places ("Qarvand village of Aghdam district")."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.passages import Passage
from geotrack.models import Mention, Place

# From the most local level to the widest.
RANKS = {"settlement": 0, "adm2": 1, "adm1": 2, "region": 3, "country": 4}
# Words between two names of one list: "in the village of X, in the district of Y".
JOINED = 10
# What stands between a region and the list of its districts.
_BEFORE_A_LIST = frozenset({"-", "\u2013", "\u2014", ":", "namely", "specifically", "particularly"})


def together(passage: Passage, one: Mention, other: Mention) -> bool:
    """Tell whether two names stand in one list or chain: only joining and unit words between."""
    _, after = passage.words_of(one.span)
    before, _ = passage.words_of(other.span)
    tagged = passage.tagged
    between = range(after, before)
    joins = sum(tagged.has(k, "list.join") for k in between)
    if one.place.adm0 != other.place.adm0 and not any(
        tagged.has(k, "list.join", "number.and") or not tagged.folded[k][0].isalpha() for k in between
    ):
        return False  # "Aghdam district Russia's peacekeepers", as Azerbaijani has it
    if any(tagged.has(k, "person.alone") and tagged.has(tagged.after(k), "located") for k in between):
        return False  # "a mine killed a man in A, and another in B lost a leg"
    listed = one.place.level == "region" and other.place.level != "country"  # "the liberated lands: A, B"
    ways = ("direction",) if other.place.level == "country" else ()  # "in A, in the north of B"
    if one.place.id in {other.place.adm1, other.place.adm2}:
        ways = ("holder",)  # "Gazakh's liberated villages A and B"
    return len(between) <= JOINED and all(
        tagged.has(k, "list.join", "number.and", "place_word", "time.of", "time.article", "located", *ways)
        or tagged.folded[k] in {"(", ")", "'", "s"}
        or (listed and tagged.folded[k] in _BEFORE_A_LIST)
        or (joins > 1 and tagged.phrase_at[k] is None and tagged.source(k, k + 1)[:1].isupper())
        for k in between
    )


def narrowest(passage: Passage, run: Sequence[Mention]) -> list[Mention]:
    """Drop the wider name of a chain: "Jabrayil district of Karabakh", "Sugovushan in Tartar district"."""
    kept: list[Mention] = []
    for mention in run:
        before = kept[-1] if kept else None
        if before is not None and _owns(passage, before, mention):
            kept[-1] = mention
        elif before is not None and _is_chain(passage, before, mention):
            if RANKS[mention.place.level] < RANKS[before.place.level]:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _owns(passage: Passage, one: Mention, other: Mention) -> bool:
    """Tell whether a possessive ties a place to a wider one before it: "Kharkiv's Izium district"."""
    _, after = passage.words_of(one.span)
    before, _ = passage.words_of(other.span)
    return passage.tagged.folded[after:before] == ("'", "s")


def _is_chain(passage: Passage, one: Mention, other: Mention) -> bool:
    """Tell whether "of" or "in", and no comma and no "and", stands between two names of unlike level."""
    _, after = passage.words_of(one.span)
    before, _ = passage.words_of(other.span)
    between = range(after, before)
    joined = any(passage.tagged.has(k, "list.join", "number.and") for k in between)
    if passage.tagged.has(after, "site.near"):
        return True  # "the village of A near B"
    _, behind = passage.words_of(other.span)
    if passage.tagged.has(behind, "hromada") and one.place.level == "settlement":
        return not any(passage.tagged.has(k, "number.and") for k in between)
    glossed = passage.tagged.folded[before - 1 : before] == ("(",) and not passage.tagged.has(
        behind, "place_word"
    )
    if glossed and RANKS[one.place.level] >= RANKS["region"]:
        return True  # "the liberated territories (Karabakh)"
    linked = any(passage.tagged.has(k, "time.of", "located") for k in between)
    return linked and not joined and one.place.level != other.place.level


def as_units(run: Sequence[Mention]) -> list[Place]:
    """Return the places of a list, a city among districts as its own: "Fuzuli, Tartar and Shusha city"."""
    units = [m.place for m in run if m.place.level == "adm1"]
    if len(units) <= 1 or len(units) < len(run) - 1:
        return [m.place for m in run]
    return [next((p for p in m.alternatives if _is_of_city(m.place, p)), m.place) for m in run]


def _is_of_city(city: Place, unit: Place) -> bool:
    """Tell whether a district is named after a city in it."""
    return (city.level, unit.level) == ("settlement", "adm1") and city.adm2 is None and city.name == unit.name
