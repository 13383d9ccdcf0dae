"""Harm: who was killed or injured in a passage, whether ordnance did it, and in one blast or many."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.heads import opens_with_whole
from geotrack.extraction.modalities import is_month
from geotrack.extraction.nouns import EXPLOSIVE, PEOPLE, is_bracketed
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.tagging import Phrase, TaggedSentence

# What is ordnance whatever else a passage tells of.
_ORDNANCE = ("incident.cause", "device.mine", "device.ap_mine", "device.at_mine")
# What tells of one explosion, and what, besides, of harm: a passage without these words tells of neither.
_EVENTS = ("incident.event", "incident.noun", "incident.damage", "incident.move", "incident.meets")
_TELLING = (
    *(*_EVENTS, "incident.handling", "incident.blast", "predicate.killed", "predicate.injured"),
    *("predicate.casualty", "harm", "injury", "care", "life_of", "happened"),
)
HARM = (
    *("predicate.killed", "predicate.injured", "predicate.casualty"),
    *("head.victim", "head.fatality", "head.injury"),
)
# More people than this are not told of as the victims of one mine.
LARGEST_TOLL = 25
# So many killed or injured are those of a war, unless their own sentence names ordnance.
WAR_TOLL, WAR_DEAD = 4000, 1500
# Up to this many victims, "killed by mines" on a day and in a village is one event.
LARGEST_STORY = 5
# So many are still one event where they are told of as somebody, in a place below the country.
LARGEST_BAND = 10
# A document is about ordnance when this share of its passages names it, and none names another cause.
ABOUT_ORDNANCE = 0.15
# Words that a comma or "and", and a "while", put between a cause and its harm.
WEAK_GAP, STRONG_GAP = 4, 12
_WEAPON_REACH = 3  # words between an attack and what it was made with
# Words between a verb and the ordnance that it leads to: "drove his old tractor onto a mine".
_UPON = 8
# Words between "onto" and the ordnance: "onto an old Soviet anti-tank mine".
_ADJECTIVES = 4
# Words between "took it apart" and "it went off".
_TAMPERED = 12
# Words between "may" and what may happen, and between "not" or "will" and its verb.
_CLAUSE, _NEAR = 9, 3
# Words between a percentage and its whole: "40 % of all casualties of the conflict".
_SHARED = 4


@once
def may_tell(passage: Passage) -> bool:
    """Tell whether a passage has any word of harm or of a blast: most have none."""
    return bool(passage.tagged.find_within(*_TELLING))


@once
def names_ordnance(passage: Passage) -> bool:
    """Tell whether a passage speaks of explosive ordnance that can have caused a harm.

    A shell or a munition is ordnance on the ground only where nothing tells of shelling.
    """
    tagged = passage.tagged
    several = tagged.find("incident.plural")
    if several and tagged.find("cause.other.attack", "cause.other.war"):  # "hostilities, with 994 incidents"
        several = [p for p in several if not p.has("incident.bare")]
    if several or any(not _is_weapon(passage, p) for p in tagged.find_within(*_ORDNANCE)):
        return True
    return bool(tagged.find("incident.weak_cause", "device")) and not names_other_cause(passage)


def _is_weapon(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether ordnance is what an attack was made with: "strikes with cluster munitions"."""
    tagged = passage.tagged
    if phrase.has("device.mine", "device.ap_mine", "device.at_mine"):
        return False
    near = (phrase.last, *range(phrase.first - _WEAPON_REACH, phrase.first))
    return any(tagged.has(k, "cause.other.attack") for k in near)


def names_other_cause(passage: Passage) -> bool:
    """Tell whether a passage speaks of shelling, drones, accidents or battles."""
    return bool(other_causes(passage))


def _is_share(passage: Passage, quantity: Quantity) -> bool:
    """Tell whether a percentage is one of people just counted: "900 died, 4 % of them by mines"."""
    return quantity.head == "percent" and passage.tagged.has(quantity.last, "continuation.opening", "subset")


def is_cause_of_part(passage: Passage, first: int) -> bool:
    """Tell whether ordnance harmed only some of those counted at a word: "of 900 killed, 40 died on mines".

    "900 died, 40 (or 4 %) of them by mines"; not "900 were hurt and 40 of them killed by mines".
    """
    parts = [q for q in passage.quantities if q.head in PEOPLE or q.head == "bare" or _is_share(passage, q)]
    if _is_shared_out(passage, first):
        return True
    wholly = opens_with_whole(passage.tagged) and parts[0].first == first
    later = (
        q for q in parts if q.first > first and (wholly or q.subset or q.partitive or q.head == "percent")
    )
    part = next(later, None)
    if part is None:
        return False
    ours = [*passage.tagged.find("incident.plural"), *passage.tagged.find_within(*_ORDNANCE)]
    at = min((p.first for p in ours), default=0)
    if passage.tagged.has(part.first - 1, "brought_about") and at > first:
        return True  # "of which mines caused 12"
    between = range(part.last, at)
    told = any(
        (passage.tagged.has(k, *HARM) or passage.tagged.folded[k] == ",")
        and not is_bracketed(passage.tagged, k)
        for k in between
    )
    return at >= part.first and (wholly or not told)


def _is_shared_out(passage: Passage, first: int) -> bool:
    """Tell whether mines did a percentage of a number: "mines caused 43 % of the 900 casualties"."""
    share = next((q for q in passage.quantities if q.head == "percent" and q.last < first), None)
    if share is None or not passage.tagged.has(first - 1, "time.of", "time.article", "share.of"):
        return False
    counted = next(q for q in passage.quantities if q.first == first)
    own = any(passage.tagged.has(k, *_ORDNANCE) for k in range(first, counted.last))
    return not own and any(p.first < share.first for p in passage.tagged.find_within(*_ORDNANCE))


@once
def other_causes(passage: Passage) -> list[Phrase]:
    """Return what tells of another harm than that of ordnance: shelling, a crash, "the war has killed"."""
    tagged = passage.tagged
    if tagged.seen.isdisjoint(("cause.other", "cause.war")):
        return []
    dated = {k for t in passage.times for k in range(t.first, t.last) if tagged.folded[t.first - 1] != "by"}
    shared = {k for q in passage.quantities if q.head == "percent" for k in range(q.last, q.last + _SHARED)}
    others = (p for p in tagged.find("cause.other") if p.first not in dated)  # "since hostilities broke out"
    others = (p for p in others if not (p.has("cause.other.war") and p.first in shared))
    return [*others, *(p for p in tagged.find("cause.war") if _is_doer(passage, p))]


def _is_doer(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a war is the subject of harm: "the war has killed", not "after the war mines killed"."""
    tagged, at = passage.tagged, phrase.last
    if any(t.first <= phrase.first < t.last for t in passage.times):
        return False
    while tagged.has(at, "auxiliary", "has", "modality.done"):
        at = tagged.after(at)
    return tagged.has(at, "takes", *HARM[:3]) and not tagged.has(phrase.last - 1, "predicate")


def other_cause_is_nearer(passage: Passage, first: int, last: int) -> bool:
    """Tell whether what harmed the persons at `words[first:last]` is something else than ordnance.

    "93 were killed in missile attacks, and five by mines": of the causes of one passage the nearest counts.
    """
    others = [p for p in other_causes(passage) if _is_given_as_cause(passage, p)]
    if not others:
        return False
    tagged = passage.tagged
    ours = [*tagged.find("incident.plural", "incident.weak_cause"), *tagged.find_within(*_ORDNANCE)]
    return min(gap(passage, p, first, last) for p in others) < min(
        (gap(passage, p, first, last) for p in ours), default=0.0
    )


def _is_given_as_cause(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a phrase stands where a cause does: "in shelling", "artillery killed"."""
    tagged = passage.tagged
    if any(t.first <= phrase.first < t.last for t in passage.events):
        return False  # "after fighting came to a halt"
    if phrase.last - phrase.first > 1 and tagged.lexicon.contains([tagged.folded[phrase.first]], "causes"):
        return True  # "under fire"
    harms = tagged.has(phrase.last, "predicate.killed", "predicate.injured", "predicate.casualty")
    return harms or any(tagged.has(phrase.first - k, "causes", "cause_in") for k in (1, 2))


def gap(passage: Passage, phrase: Phrase, first: int, last: int) -> float:
    """Return how far a phrase is from some words, commas and conjunctions counted more."""
    start, end = (last, phrase.first) if phrase.first >= last else (phrase.last, first)
    weak = sum(passage.tagged.has(k, "barrier.weak") for k in range(start, end))
    strong = sum(passage.tagged.has(k, "barrier.strong") for k in range(start, end))
    return max(0, end - start) + WEAK_GAP * weak + STRONG_GAP * strong


def is_about_ordnance(passages: Sequence[Passage], title: TaggedSentence) -> bool:
    """Tell whether a document is about ordnance: its title or many of its passages, and no other harm."""
    if any(tells_harm(p) and names_other_cause(p) and not names_ordnance(p) for p in passages):
        return False
    named = title.find_within(*_ORDNANCE) or title.find("incident.plural")
    if named and not title.find("cause.other"):
        return True
    return sum(names_ordnance(p) for p in passages) >= ABOUT_ORDNANCE * len(passages)


def tells_harm(passage: Passage) -> bool:
    """Tell whether a passage speaks of people who were killed or injured."""
    return bool(passage.tagged.find(*HARM))


def event_phrases(passage: Passage, *, in_context: bool = False) -> list[Phrase]:
    """Return the phrases that tell of one explosion of ordnance ("hit a mine", "a mine exploded").

    With `in_context`, ordnance was spoken of just before, and a bare "was blown up" is one too.
    """
    return _events_in_context(passage) if in_context else _events(passage)


@once
def _events(passage: Passage) -> list[Phrase]:
    return _found_events(passage, in_context=False)


@once
def _events_in_context(passage: Passage) -> list[Phrase]:
    blast = "incident.blast" in passage.tagged.seen
    return _found_events(passage, in_context=True) if blast else _events(passage)


def _found_events(passage: Passage, *, in_context: bool) -> list[Phrase]:
    tagged = passage.tagged
    if not tagged.find_within(*_EVENTS):
        return []
    ordnance = names_ordnance(passage)
    found = []
    for phrase in tagged.find("incident.event", "incident.noun"):
        verb = phrase.has("incident.event")
        words = tagged.folded[phrase.first : phrase.last]
        named = any(tagged.lexicon.contains(words, tag) for tag in ("incident.cause", "device"))
        tampered = phrase.has("incident.blast") and _is_tampered_with(tagged, phrase)
        if not (ordnance or named or tampered or (in_context and phrase.has("incident.blast"))):
            continue
        if verb and (_is_denied(passage, phrase) or _disposes(passage, phrase) or _walks_off(tagged, phrase)):
            continue
        found.append(phrase)
    return found or _moves(passage)


def _is_tampered_with(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether what exploded is a thing that somebody picked up or took apart just before."""
    return any(0 < phrase.first - p.last <= _TAMPERED for p in tagged.find_within("incident.tampering"))


def _walks_off(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether somebody went off on foot: "both men had gone off the path"."""
    at = phrase.first - 1
    while tagged.has(at, "auxiliary", "has"):
        at -= 1
    walks = tagged.lexicon.contains(tagged.folded[phrase.first : phrase.last], "incident.off")
    return walks and tagged.has(at, "person", "head.person") and not tagged.has(at, "person.all")


def _disposes(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a verb tells of ordnance destroyed: "blew up 300 shells", "40 were blown up"."""
    tagged = passage.tagged
    if tagged.has(phrase.first - 1, "number.and") and tagged.has(phrase.first - 2, "predicate.found"):
        return phrase.has("predicate.found")
    passive = tagged.lexicon.contains(tagged.folded[phrase.first : phrase.first + 1], "auxiliary")
    counted = (q for q in passage.quantities if q.head in EXPLOSIVE)
    return any(q.first == phrase.last or (passive and q.last == phrase.first) for q in counted)


@once
def _moves(passage: Passage) -> list[Phrase]:
    """Return the verbs that bring somebody upon ordnance: "ran on to a mine", "his leg struck a mine"."""
    tagged = passage.tagged
    found = [p for p in tagged.find("incident.damage") if _is_wreck(passage, p)]
    for phrase in tagged.find_within("incident.move", "incident.meets"):
        found_it = phrase.has("incident.meets") and not _is_driven(tagged, phrase)
        upon = None if found_it or _is_denied(passage, phrase) else _upon(passage, phrase)
        if upon is not None:
            found.append(phrase._replace(last=upon))
    return found


def _is_driven(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether a vehicle came upon ordnance, not somebody who looked for it."""
    return any(tagged.has(k, "vehicle") for k in range(phrase.first - _ADJECTIVES, phrase.first))


def _is_wreck(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether ordnance damaged a vehicle: "a mine destroyed a tractor", "was damaged by a mine"."""
    tagged = passage.tagged
    before = range(max(0, phrase.first - _UPON), phrase.first)
    after = range(phrase.last, min(phrase.last + _UPON, len(tagged.words)))
    if tagged.has(phrase.first - 1, "auxiliary"):
        before, after = after, before  # the vehicle was damaged by the mine
    one = [k for k in before if tagged.has(k, *_ORDNANCE, "device") and not tagged.has(k, "many")]
    return bool(one) and any(tagged.has(k, "vehicle") for k in after)


def _upon(passage: Passage, phrase: Phrase) -> int | None:
    """Return the word behind the ordnance that a verb of motion leads to, if it does."""
    tagged = passage.tagged
    last = phrase.last - 1  # the "on" of "drove on an old mine"
    onto: int | None = last if tagged.folded[last] == "on" else None
    for k in range(phrase.last, min(phrase.last + _UPON, len(tagged.words))):
        if tagged.has(k, *_ORDNANCE, "device"):
            near = onto is not None and k - onto <= _ADJECTIVES
            return tagged.after(k) if near and not tagged.has(k, "incident.plural", "organisation") else None
        if tagged.lexicon.contains(tagged.folded[k : k + 1], "onto"):  # the "over" of "over a", too
            onto = k
        elif tagged.has(k, "barrier", "auxiliary", "report", "predicate", "list.join", "time.of"):
            break
    return phrase.last if _stands_upon(tagged, phrase) else None


def _stands_upon(tagged: TaggedSentence, phrase: Phrase) -> bool:
    """Tell whether ordnance leads up to a verb of motion: "on a mine this morning drove a lorry"."""
    last = phrase.first - 1
    if last > 0 and tagged.folded[last] == ",":  # "on a mine, which lay there for years, drove a lorry"
        last = next((k for k in range(last - 1, 0, -1) if tagged.folded[k] == ","), last) - 1
    for k in range(last, max(0, last + 1 - _UPON), -1):
        if tagged.has(k, *_ORDNANCE, "device"):
            near = range(max(0, k - _ADJECTIVES), k)
            return any(tagged.lexicon.contains(tagged.folded[j : j + 1], "onto") for j in near)
        if tagged.has(k, "barrier", "auxiliary", "report", "predicate", "list.join"):
            return False
    return False


def _is_denied(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether "explode" stands behind "could", "will" or "not"."""
    tagged = passage.tagged
    before = tagged.folded[max(0, phrase.first - 1) : phrase.first]
    counted = tagged.has(phrase.first - 1, "number") or "".join(before).isdecimal()
    counted = counted or tagged.lexicon.contains(before, "time.of")
    if (
        counted
        and phrase.last - phrase.first == 1
        and tagged.has(phrase.last, "device", "incident.weak_cause")
    ):
        return True  # "fragments of exploded shells"
    if tagged.has(phrase.first - 2, "clause") and tagged.find("predicate.found", "predicate.surveyed"):
        return True  # "shells that had gone off were found"
    if _is_of_several(passage, phrase) or tagged.has(phrase.first - 1, "dreaded"):
        return True
    for k in range(phrase.first - 1, max(-1, phrase.first - _CLAUSE), -1):
        if tagged.has(k, "modality.plan", "modality.maybe", "modality.neg") and not is_month(tagged, k):
            return phrase.first - k <= _NEAR or tagged.has(k, "modality.maybe")
        if tagged.has(k, "barrier", "report", "list.join") and not tagged.has(k, "number.range"):
            return False  # "whether a child or a soldier steps on it" is denied
    return False


def _is_of_several(passage: Passage, phrase: Phrase) -> bool:
    """Tell whether a blast only describes several things: "19 places where something had exploded"."""
    near = range(phrase.first - _NEAR, phrase.first)
    opened = next((k for k in near if passage.tagged.has(k, "relative")), None)
    counted = (q for q in passage.quantities if q.unit != "people" and q.number.value > 1)
    return opened is not None and any(0 <= opened - q.number.last <= _NEAR for q in counted)
