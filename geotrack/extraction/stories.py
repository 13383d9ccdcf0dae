"""Stories: whether a passage counts the victims of many explosions, or tells of one that harmed a few."""

from __future__ import annotations

from geotrack.extraction.casualties import (
    HARM,
    LARGEST_BAND,
    LARGEST_STORY,
    LARGEST_TOLL,
    event_phrases,
    tells_harm,
)
from geotrack.extraction.nouns import PEOPLE
from geotrack.extraction.passages import Passage
from geotrack.extraction.periods import LONGEST_EVENT_DAYS, goes_through_months, sums_stretch
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.scopes import is_owned
from geotrack.extraction.statements import is_report_day
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.extraction.times import TimeExpression

# A number up to this between commas is an age.
_OLDEST = 110
LONGEST_MONTH = 31
# Words between "it happened" and the year.
_WHEN = 2
# What stands between an article and the device of something else: "a field of mines", "a man on a mine".
_NO_ADJECTIVE = ("head", "barrier", "predicate", "auxiliary", "number", "person", "vehicle", "time.of")
_EVENT_PRECISION = frozenset({"day", "month"})


def opens_entry(passage: Passage) -> bool:
    """Tell whether a passage is a bare day, which opens an entry of a chronicle: "26 January 2023."."""
    days = [t for t in passage.times if t.days and t.days.precision == "day"]
    rest = [w for k, w in enumerate(passage.tagged.words) if not any(t.first <= k < t.last for t in days)]
    return len(days) == 1 and not any(word.folded.isalnum() for word in rest)


def is_aggregate(passage: Passage) -> bool:
    """Tell whether a passage counts the victims of many explosions: a total, a long period, plurals."""
    tagged = passage.tagged
    if sums_stretch(passage) or _sums_place(passage):
        return True
    for time in passage.times:
        if time.kind in {"since", "so_far"} and not tagged.has(time.first, "follows"):
            if tells_harm(passage) or tagged.find("incident.plural"):
                return True
            continue
        if is_owned(passage, time):
            continue
        if time.days and time.kind == "interval" and time.days.precision not in _EVENT_PRECISION:
            long = (time.days.end - time.days.start).days > LONGEST_EVENT_DAYS
            single = _has_single_event(passage) or names_one_device(passage) or _tells_of_one(passage)
            if long and not (single or _dates_it(passage)):
                return True
    counted = [q for q in passage.quantities if q.head in PEOPLE or _counts_barely(tagged, q)]
    if any(q.number.value > LARGEST_TOLL for q in counted) or goes_through_months(passage, len(counted)):
        return True
    many = bool(tagged.find("incident.plural")) or bool(_verbs_of_many(passage))
    return many and not _has_single_event(passage) and not is_one_story(passage)


def _sums_place(passage: Passage) -> bool:
    """Tell whether a passage tells what a place has had in all: "ten were hurt in Izium district alone"."""
    tagged = passage.tagged
    for mention in passage.mentions:
        behind = passage.words_of(mention.span)[1]
        behind += tagged.has(behind, "place_word")
        if tagged.has(behind, "stretch.whole"):
            return True
    return False


def _tells_of_one(passage: Passage) -> bool:
    """Tell whether a passage tells of one person in a village: "In the same week a herder was hurt in X"."""
    tagged = passage.tagged
    if passage.quantities or tagged.find("incident.plural", "many") or _tells_long_time(passage):
        return False
    local = any(m.place.level == "settlement" and not m.role for m in passage.mentions)
    return local and bool(tagged.find("person.singular"))


def _dates_it(passage: Passage) -> bool:
    """Tell whether a passage only says when what was told before happened: "It happened in 1992 near X"."""
    tagged = passage.tagged
    if any(q.head in PEOPLE for q in passage.quantities) or tagged.find("incident.plural", "many"):
        return False
    return any(says_when(passage, time) for time in passage.times)


def says_when(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a time is what a passage is about: "It happened in 1992"."""
    return any(0 <= time.first - p.last <= _WHEN for p in passage.tagged.find("happened"))


def _counts_barely(tagged: TaggedSentence, quantity: Quantity) -> bool:
    """Tell whether a number without a noun counts, and is no age: "a resident of the district, 26, had …"."""
    words, first, last = tagged.folded, quantity.first, quantity.last
    aged = words[first - 1 : first] == (",",) and words[last : last + 1] == (",",)
    return quantity.head == "bare" and not (aged and quantity.number.value <= _OLDEST)


def is_one_story(passage: Passage) -> bool:
    """Tell whether a plural is one event: few victims, told as somebody, or with a day or month and a place.

    "Two shepherds were killed by mines there", "mines killed two people near Fuzuli in May".
    """
    counted = [q for q in passage.quantities if q.head in PEOPLE or q.head == "bare"]
    told = sum(q.number.value for q in counted)
    if told <= LARGEST_TOLL and _tells_day_and_place(passage):
        return True
    tagged = passage.tagged
    if told > LARGEST_BAND or _tells_long_time(passage) or (not counted and _names_several_sites(passage)):
        return False
    if not counted and tagged.find("age.after", "age.before") and tagged.find("person.singular"):
        return True  # "explosives blew up a 48-year-old driver"
    crowds = [
        any(tagged.has(k, "crowd") for k in range(q.first, q.last)) for q in counted if q.head != "bare"
    ]
    local = any(m.place.level in {"settlement", "adm1", "adm2"} and not m.role for m in passage.mentions)
    if crowds and not any(crowds):
        return local or told <= LARGEST_STORY
    if told > LARGEST_STORY:
        return False
    dated = any(
        t.days
        and t.kind == "interval"
        and (t.days.precision in _EVENT_PRECISION or (t.days.end - t.days.start).days <= 1)
        for t in passage.times
    )
    return dated and local


def _names_several_sites(passage: Passage) -> bool:
    """Tell whether a passage of nobody names several places: "in June mines went off in Tovuz and Aghdam"."""
    sites = {m.place.id for m in passage.mentions if m.place.level != "country" and not m.role}
    return len(sites) > 1 and not passage.tagged.find("person.singular")


def _tells_day_and_place(passage: Passage) -> bool:
    """Tell whether a passage says on which day and in which part of a country something was."""
    day = any(
        t.kind == "interval" and t.days and t.days.precision == "day" and not is_report_day(passage, t)
        for t in passage.times
    )
    return day and any(m.place.level != "country" and not m.role for m in passage.mentions)


def names_one_device(passage: Passage) -> bool:
    """Tell whether one mine is all that a passage speaks of: "killed by a trip-wire in autumn"."""
    tagged = passage.tagged
    if tagged.find("many", "incident.plural") or any(t.kind in {"since", "so_far"} for t in passage.times):
        return False
    return any(
        (tagged.has(p.first - 1, "causes") or _is_single(tagged, p.first - 1)) and not _describes(passage, p)
        for p in tagged.find("device", "incident.noun")
    )


def _is_single(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether the article of one thing ends at a word, or before an adjective: "a", "an old"."""
    described = at > 0 and tagged.folded[at].isalpha() and not tagged.has(at, *_NO_ADJECTIVE)
    return any(
        tagged.has(k, "time.article") or tagged.lexicon.contains(tagged.folded[k : k + 1], "single.article")
        for k in (at, at - described)
        if k >= 0
    )  # the "a" of "in a", too


def _describes(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a noun only describes the one behind it: "the mine situation"."""
    tagged = passage.tagged
    at = phrase.last
    return at < len(tagged.words) and tagged.phrase_at[at] is None and tagged.folded[at].isalpha()


def _tells_long_time(passage: Passage) -> bool:
    """Tell whether a passage names a time longer than a month, in which many things happen."""
    return any(
        t.days and t.kind == "interval" and (t.days.end - t.days.start).days > LONGEST_MONTH
        for t in passage.times
    )


def _has_single_event(passage: Passage) -> bool:
    many = _verbs_of_many(passage)
    return any(
        not p.has("incident.plural")
        and p.has("incident.event", "incident.move")
        and p.last - p.first > 1
        and (p not in many or _is_under_one(passage.tagged, p.last))
        for p in event_phrases(passage)
    )


def _is_under_one(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a verb says under what ordnance went off: "two mines went off under his tractor"."""
    led = tagged.lexicon.contains(tagged.folded[at : at + 1], "under")
    return led and any(tagged.has(k, "vehicle", "body") for k in range(at + 1, at + _WHEN + 2))


def _verbs_of_many(passage: Passage) -> list[Phrase]:
    """Return the verbs of harm that several mines did: "landmines blew up …", "were blown up by mines"."""
    tagged = passage.tagged
    if not tagged.find("many", "incident.plural"):
        return []
    verbs = tagged.find(*HARM[:3], "predicate.blown", "incident.event")
    return [p for p in verbs if _beside_many(passage, p)]


def _beside_many(passage: Passage, verb: Phrase) -> bool:
    """Tell whether several mines are who did what a verb says, or what did it."""
    tagged = passage.tagged
    at = verb.first - 1
    while tagged.has(at, "auxiliary", "modality", "has"):
        at -= 1
    by = tagged.has(verb.last, "causes") and tagged.has(tagged.after(verb.last), "many")
    by = by or (verb.has("incident.event") and tagged.has(verb.last, "many"))
    return (
        tagged.has(at, "many")
        or _is_subject_of(passage, verb)
        or by
        or tagged.has(verb.last, "incident.plural")
    )


def _is_subject_of(passage: Passage, verb: Phrase) -> bool:
    """Tell whether several mines open the clause of an active verb: "mines planted by X had taken"."""
    tagged = passage.tagged
    active = not tagged.has(verb.first - 1, "auxiliary") and any(t.endswith(".transitive") for t in verb.tags)
    active = active or verb.has("predicate.blown.transitive")  # "mines were stepped on by fifteen men"
    at = verb.first - 1
    while at >= 0 and not (tagged.has(at, "barrier.strong") or tagged.folded[at] == ","):
        at -= 1
    first = next((p for p in tagged.phrases if p.first > at and p.has("head", "many", "person")), None)
    return active and first is not None and first.first < verb.first and first.has("many")
