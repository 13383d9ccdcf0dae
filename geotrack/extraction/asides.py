"""Names of places in a passage that do not tell where something happened: homes, makers, measures."""

from __future__ import annotations

from geotrack.extraction.passages import Passage
from geotrack.models import Mention

# Words between a country and its deed: "Russia's full-scale military invasion".
_DEED_REACH = 6
# Words between a distance and the place that it is measured from, and the kilometres that are not near.
_DISTANCE_REACH, _DISTANT = 8, 19
_MILE_KM = 1.6
# Words from a bracket to its name: "(city of".
_UNIT_REACH = 4
# Words between "driving" and "from A to B".
_ROUTE_REACH = 4
# Words from "who" to a place of a speaker's life, and from the verb of saying to "who".
_LIFE, _SPEAKER = 12, 8
# Words from people to "from": "crews with machines from 18 regions".
_ORIGIN_REACH = 4
# What stands between no country and its own deed.
_ENDS_NAME = (
    "located",
    "site",
    "predicate",
    "barrier.strong",
    "auxiliary",
    "time.since",
    "means",
    "time.of",
    "number.and",
    "report",
    "modality",
)


def _is_origin(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name says where persons are from: "men from Kyiv", "crews from 18 regions of X"."""
    first, _ = passage.words_of(mention.span)
    tagged, at = passage.tagged, first - 1
    while tagged.has(at, "time.of", "place_word", "other", "time.article") and not tagged.has(at, "origin"):
        at -= 1
    at -= at > 0 and tagged.folded[at][0].isdecimal()
    for k in range(at - 1, max(-1, at - 1 - _ORIGIN_REACH), -1):
        if not tagged.has(at, "origin") or tagged.has(k, "predicate"):
            return False
        if tagged.has(k, "head.person", "person", "head.other.staff"):
            return True
    return False


def _speaks(passage: Passage, mention: Mention) -> bool:
    """Tell whether a city or country stands for its government: "Baku said", "U.S. officials say"."""
    first, last = passage.words_of(mention.span)
    tagged = passage.tagged
    after = last + (tagged.folded[last : last + 1] == (".",))  # "U.S. officials"
    if mention.place.level == "country" and tagged.has(after, "officialdom"):
        return True
    if mention.place.level == "settlement" or mention.place.is_city:
        then = tagged.folded[last : last + 1]
        if (
            tagged.has(first - 2, "report.verb")
            and tagged.has(first - 1, "site")
            and then in {("that",), (",",)}
        ):
            return True  # "the minister said in Lviv that …"
    if tagged.has(first - 1, "located") and tagged.has(first - 2, "officialdom"):
        return mention.place.is_city  # "officials in Kyiv"
    speaking = tagged.has(first - 1, "report.verb") or tagged.has(
        last, "report.verb", "officialdom", "counted.puts"
    )
    return mention.place.is_city and speaking


def _is_in_a_name(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name of a place is part of another name: "(Kyiv Wire)", "Barda University"."""
    _, last = passage.words_of(mention.span)
    tagged = passage.tagged
    if tagged.has(last, "name_tail.water"):
        return True  # "near the Oskil river"
    return tagged.has(last, "name_tail") and tagged.source(last, last + 1)[:1].isupper()


def _is_doer_of_deed(passage: Passage, mention: Mention) -> bool:
    """Tell whether a country stands at its deed: "Russia's large-scale invasion"."""
    if mention.place.level != "country":
        return False
    first, at = passage.words_of(mention.span)
    tagged = passage.tagged
    if tagged.has(first - 1, "deed"):
        return True  # a genitive with no "of", as Ukrainian and Russian have it
    for k in range(at, min(at + _DEED_REACH, len(tagged.words))):
        if tagged.has(k, "deed", "war.begun", "war.over"):
            return True
        if tagged.has(k, *_ENDS_NAME) or tagged.folded[k] == ",":
            return False
    return False


def _is_distant(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name only says how far off something is: "130 kilometres northeast of Kherson".

    So does "from Kherson 130 kilometres northeast".
    """
    first, last = passage.words_of(mention.span)
    tagged = passage.tagged
    if tagged.folded[first - 1 : first] == ("from",) and tagged.has(last + 1, "distance"):
        return tagged.folded[last].isdecimal()
    for k in range(first - 1, max(-1, first - _DISTANCE_REACH), -1):
        if tagged.has(k, "distance"):
            digits = tagged.folded[k - 1].replace(",", "") if k else ""
            scale = _MILE_KM if tagged.has(k, "distance.mile") else 1
            return digits.isdecimal() and int(digits) * scale >= _DISTANT
        linked = tagged.has(k, "direction", "time.of", "time.article", "located", "place_word", "holder")
        if not linked and tagged.folded[k] not in {"(", ")"}:
            return False
    return False


def _is_destination(passage: Passage, mention: Mention) -> bool:
    """Tell whether somebody was only brought there: "evacuated to Baku"."""
    first, _ = passage.words_of(mention.span)
    while passage.tagged.has(first - 1, "time.article", "place_word"):
        first -= 1
    return passage.tagged.has(first - 1, "away")


def _is_way_from(passage: Passage, mention: Mention) -> bool:
    """Tell whether a journey only began in a place: "they were driving from Donetsk to Volnovakha"."""
    first, last = passage.words_of(mention.span)
    tagged = passage.tagged
    way = tagged.folded[first - 1 : first] == ("from",) and tagged.folded[last : last + 1] == ("to",)
    ahead = range(max(0, first - _ROUTE_REACH), first)
    return way and any(tagged.has(k, "incident.move", "journey") for k in ahead)


def _is_compared(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name is only a measure: "as large as Austria", "larger than the state of Georgia"."""
    first, _ = passage.words_of(mention.span)
    tagged, at, names = passage.tagged, first - 1, passage.place_words()
    around = at - 1 in names and tagged.has(at, "located")  # the region of "as large as the city of X in Y"
    while tagged.has(at, "place_word", "time.article", "organisation_part") or (
        around and (at in names or tagged.has(at, "located"))
    ):
        at -= 1
    return tagged.has(at, "compared") or tagged.has(first - 2, "compared")


def _is_maker(passage: Passage, mention: Mention) -> bool:
    """Tell whether a thing was only made there: "mines manufactured in Armenia"."""
    first, _ = passage.words_of(mention.span)
    return passage.tagged.has(first - 2, "made") and passage.tagged.has(first - 1, "located")


def _is_excluded(passage: Passage, mention: Mention) -> bool:
    """Tell whether a place is left out: "without Karabakh", "excluding Crimea and Sevastopol"."""
    first, _ = passage.words_of(mention.span)
    tagged, names = passage.tagged, passage.place_words()
    at = first - 1
    while at in names or tagged.has(at, "time.article", "place_word", "list.join", "number.and"):
        at -= 1
    return tagged.has(at, "excluded")


def _is_dateline(passage: Passage, mention: Mention) -> bool:
    """Tell whether a city with a colon opens a passage that names another place: "Baku: In Lachin …"."""
    first, last = passage.words_of(mention.span)
    opens = first == 0 and mention.place.is_city and passage.tagged.folded[last : last + 1] == (":",)
    return opens and any(m is not mention and m.role != "demonym" for m in passage.mentions)


def _is_seat_of_body(passage: Passage, mention: Mention) -> bool:
    """Tell whether brackets behind a body only say where it sits: "the DSNS rapid centre (Romny)"."""
    first, last = passage.words_of(mention.span)
    tagged = passage.tagged
    if tagged.folded[last : last + 1] != (")",):
        return False
    ahead = range(first - 1, max(0, first - _UNIT_REACH), -1)
    opened = next((k for k in ahead if tagged.folded[k] == "("), 0)
    return opened > 0 and tagged.has(opened - 1, "national_body", "organisation", "organisation_part")


def _describes_speaker(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name is of a speaker's life: "says Olha, who was a doctor in Odesa before the war"."""
    first, _ = passage.words_of(mention.span)
    tagged = passage.tagged
    whose = next((k for k in range(first - 1, max(-1, first - _LIFE), -1) if tagged.folded[k] == "who"), None)
    if whose is None or any(q.head != "other" for q in passage.quantities if whose < q.first < first):
        return False
    said = any(tagged.has(k, "report.verb") for k in range(max(0, whose - _SPEAKER), whose))
    return said and not any(tagged.has(k, "predicate", "incident", "work") for k in range(whose, first))


def is_aside(passage: Passage, mention: Mention) -> bool:
    """Tell whether a name in a passage is not where something happened."""
    seen = passage.tagged.seen
    named = [aside for tags, aside in _ASIDES if not seen.isdisjoint(tags)]
    bare = _is_dateline(passage, mention) or _is_seat_of_body(passage, mention)
    return bare or any(aside(passage, mention) for aside in named)


# Each aside, and what its passage must name for it.
_ASIDES = (
    (("report.verb", "officialdom"), _speaks),
    (("origin",), _is_origin),
    (("name_tail",), _is_in_a_name),
    (("deed", "war.begun", "war.over"), _is_doer_of_deed),
    (("distance",), _is_distant),
    (("away",), _is_destination),
    (("incident.move", "journey"), _is_way_from),
    (("compared",), _is_compared),
    (("made",), _is_maker),
    (("excluded",), _is_excluded),
    (("report.verb",), _describes_speaker),
)
