"""Accounts: what one passage, or one half of it, tells of one explosion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.blows import Outcome
from geotrack.extraction.casualties import LARGEST_BAND, event_phrases, names_ordnance, other_cause_is_nearer
from geotrack.extraction.days import Days
from geotrack.extraction.halves import Part, find_parts, harms
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.people import find_people
from geotrack.extraction.persons import Person
from geotrack.extraction.places import Contains
from geotrack.extraction.recalls import (
    announces,
    is_another,
    is_definite,
    is_of_others,
    is_recalled,
    tells_of_known,
)
from geotrack.extraction.scene import Scene
from geotrack.extraction.sites import (
    home_groups,
    inherited_days,
    is_end_of_road,
    is_rough,
    is_told_day,
    site_groups,
    site_of,
    stated_days,
)
from geotrack.extraction.stories import is_one_story, names_one_device
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.extraction.times import TimeExpression
from geotrack.extraction.tolls import Toll, told
from geotrack.extraction.victims import Fate, read_fates
from geotrack.models import Device, Place

# Words before "every day" where it opens a sentence: "Almost every day …".
_HABIT_OPENS = 1
# Words between a mine and what it did: "a mine near the village of X killed two".
_SUBJECT = 10
# Words between a verb of handling and the object: "tried to take apart an old shell".
_HANDLED = 6
_IT_WAS = (("it", "was"), ("this", "was"), ("it", "had", "been"), ("this", "had", "been"))
# Words between "killed by" and the mine.
_CAUSED = 4
# Digits of an age and of a birth year.
_AGE_DIGITS = (2, 4)
_DEVICES: dict[str, Device] = {
    "ap_mine": "anti-personnel mine",
    "at_mine": "anti-tank mine",
    "cluster": "cluster munition",
    "ied": "IED",
    "unknown": "unknown",
    "uxo": "UXO",
    "mine": "mine",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What some words of a passage tell of an explosion.

    `days` and `places` are those that the words state, or what is in force there where `dated`, `placed`
    are false, `ages` the ages and birth years of its victims; `another` says that it is not the incident
    told before, `recalled` that it is an earlier one, `definite` that it is the one before ("the blast");
    `names` are its capitalised words.
    """

    passage: int
    fates: tuple[Fate, ...]
    toll: Toll
    days: Days | None
    places: tuple[Place, ...]
    device: Device | None
    evidence: str
    dated: bool = False
    concluded: bool = False
    placed: bool = False
    another: bool = False
    definite: bool = False
    rough: bool = False
    ages: frozenset[int] = frozenset()
    recalled: bool = False
    names: frozenset[str] = frozenset()


def read_accounts(
    passage: Passage, scene: Scene, contains: Contains, *, in_context: bool, lately: tuple[Place, ...]
) -> list[Account]:
    """Return the explosions that a passage tells of: none, one, or one for each of its places.

    `in_context` says that ordnance was spoken of just before, `lately` is the site named just before.
    """
    fates = read_fates(passage)
    evidence = _evidence(passage, fates, in_context=in_context)
    if evidence is None and in_context and announces(passage):
        evidence = "noun"
    bare = evidence is None and harms(fates) and not names_attack(passage)
    several = bare and (in_context or _sums_several(passage))
    if evidence is None and not several:
        return []
    if names_attack(passage):
        fates = [f for f in fates if not (f.person and _is_of_attack(passage, f.person))]
    parts = list(find_parts(passage, scene, fates, contains))
    if several and len(parts) == 1:
        return []  # "in A two men were hurt, in B a boy was killed" are told one by one
    if len(parts) > 1:
        parts = [p for p in parts if not _is_attack(passage, p)]
    return [_account(passage, scene, part, evidence or "noun", lately) for part in parts]


def _is_of_attack(passage: Passage, person: Person) -> bool:
    """Tell whether shelling harmed a person whom a passage tells of beside a blast."""
    return other_cause_is_nearer(passage, person.first, person.last)


def _is_attack(passage: Passage, part: Part) -> bool:
    """Tell whether shelling is what one half of a passage tells of: "… and a woman was hurt by shelling"."""
    within = range(part.first, part.last)
    ours = any(passage.tagged.has(k, "incident.cause", "device") for k in within)
    return not ours and any(
        passage.tagged.has(k, "cause.other.attack", "cause.other.accident") for k in within
    )


def is_habit(passage: Passage) -> bool:
    """Tell whether a passage tells what happens again and again: "Every day a child dies of a mine"."""
    if passage.tagged.find("habit"):
        return True
    habit = passage.tagged.find("rate")
    if not habit or any(not is_told_day(passage, t) for t in passage.times):
        return False
    opens = habit[0].first <= _HABIT_OPENS and passage.tagged.folded[habit[0].first] in {"each", "every"}
    return opens or any(
        passage.tagged.has(p.first - 1, "predicate.killed", "predicate.injured") for p in habit
    )


@once
def counts_victims(passage: Passage) -> bool:
    """Tell whether a passage sums up whom ordnance harmed, which those told of one by one then are."""
    if not names_ordnance(passage) or names_attack(passage):
        return False
    fates = read_fates(passage)
    return harms(fates) or any(f.person and f.outcome == "struck" for f in fates)


def counts_parts(passage: Passage) -> bool:
    """Tell whether a passage only says what became of some of those counted before: "Of these, 8 died"."""
    return not event_phrases(passage, in_context=True) and all(
        q.partitive or q.subset or q.head in {"bare", "person", "victim", "fatality", "injury"}
        for q in passage.quantities
    )


def harm_account(passage: Passage, scene: Scene) -> Account | None:
    """Return what a passage that names no ordnance tells of somebody harmed: "two men were hurt near X"."""
    if names_attack(passage) or _sums_several(passage) or passage.tagged.find("cause.war"):
        return None
    fates = tuple(read_fates(passage))
    counted = sum(f.person.count or 0 for f in fates if f.person)
    if not 0 < counted <= LARGEST_BAND or not harms(fates):
        return None
    size = len(passage.tagged.words)
    part = Part(0, size, tuple(site_groups(passage, scene)), fates)
    blast = bool(passage.tagged.find("incident.noun", "incident.blast"))  # its cause is told later
    return _account(passage, scene, part, "blast" if blast else "noun", ())


def tells_blast(passage: Passage) -> bool:
    """Tell whether a heading names a blast, whose harm those below it tell: "Incident with a mine in X"."""
    return not names_attack(passage) and not _sums_several(passage) and bool(event_phrases(passage))


def opening_account(passage: Passage, scene: Scene) -> Account | None:
    """Return what opens the story of a blast: one whose cause nobody named yet, or somebody with ordnance.

    "An explosion was heard in X", "two boys had picked up a shell".
    """
    ordnance = names_ordnance(passage)
    met = ordnance and _is_met(passage)
    if names_attack(passage) or _sums_several(passage) or passage.tagged.find("many"):
        return None
    if _tells_work(passage) and not met:
        return None
    wanted = ("incident.handling", "incident.move") if ordnance else ("incident.noun", "incident.blast")
    if not (met or passage.tagged.find(*wanted)):
        return None
    people = [p for p in find_people(passage) if p.count and not p.back and not p.part]
    if sum(p.count or 0 for p in people) > LARGEST_BAND or (ordnance and not (people or met)):
        return None
    fates = tuple(Fate("struck", p) for p in people)
    part = Part(0, len(passage.tagged.words), tuple(site_groups(passage, scene)), fates)
    evidence = "met" if met else "handled" if ordnance else "blast"
    return _account(passage, scene, part, evidence, ())


def _is_met(passage: Passage) -> bool:
    """Tell whether somebody came upon ordnance or tampered with it: harm told of them next is what it did."""
    tagged = passage.tagged
    meddled = tagged.find_within("incident.tampering")
    return (bool(meddled) and names_one_device(passage)) or any(
        tagged.has(k, "device", "incident.weak_cause") and not tagged.has(k, "many")
        for p in tagged.find_within("incident.meets")
        for k in range(p.last, p.last + _HANDLED)
    )


def alike_account(passage: Passage, scene: Scene, before: Toll, device: Device | None) -> Account | None:
    """Return a blast that is only told as one like the last: "The same happened to a woman in X".

    `before` and `device` are those of the last one; what it did to its victims, this one did to its own.
    """
    if not passage.tagged.find("same_event") or names_attack(passage) or _sums_several(passage):
        return None
    fates = read_fates(passage)
    if not harms(fates):
        one = bool(before.killed) != bool(before.injured)
        outcome: Outcome = "struck" if not one else "killed" if before.killed else "injured"
        fates = [Fate(outcome, p) for p in find_people(passage) if p.count and not p.back and not p.part]
    local = [g for g in site_groups(passage, scene) if not g.country_only]
    local = local or [g for g in scene.groups if not g.country_only]  # "befell a resident of X"
    part = Part(0, len(passage.tagged.words), tuple(local), tuple(fates))
    account = _account(passage, scene, part, "event", ())
    stated = (account.placed or account.dated) and bool(fates)
    return replace(account, another=True, device=device_of(passage) or device) if stated else None


@once
def names_its_device(passage: Passage) -> bool:
    """Tell whether a passage says what a blast was of: "it was a mine", not "a mine was found"."""
    denied = passage.tagged.find("modality.neg", "predicate.released")  # "it was no mine", "ruled out a mine"
    return not denied and names_ordnance(passage) and names_one_device(passage) and not _tells_work(passage)


def blames_ordnance(passage: Passage) -> bool:
    """Tell whether a passage says what did the harm told before: "The cause was a mine", "It was a mine"."""
    tagged = passage.tagged
    words = tagged.folded
    named = any(
        tagged.has(at, "device") and not tagged.has(at, "many")
        for k in range(len(words))
        if words[k : k + 2] in _IT_WAS or words[k : k + 3] in _IT_WAS
        for at in range(k + 2, k + 2 + _HANDLED)
        if not tagged.has(k + 2, "modality.neg")
    )  # "Later police said that it had been an old shell"
    return named or (names_its_device(passage) and bool(tagged.find("blame")))


def says_where_it_lay(passage: Passage) -> bool:
    """Tell whether a passage says where the mine of a blast had been: "The mine lay near X"."""
    tagged = passage.tagged
    return bool(tagged.find("lay")) and any(
        tagged.has(p.first - 1, "definite.word") and not tagged.has(p.first, "many")
        for p in tagged.find("device")
    )


def _tells_work(passage: Passage) -> bool:
    """Tell whether a passage tells of ordnance found and made safe, not of somebody who meddled with it."""
    tagged = passage.tagged
    return any(
        not p.has("incident.handling", "incident.blast")
        and not any(tagged.has(k, "incident.handling") for k in range(p.last, p.last + _HANDLED))
        and not (tagged.has(p.first - 1, "has") and tagged.has(p.first - 2, "person.all"))
        for p in tagged.find("predicate.found")
    )  # "two boys found a shell and picked it up", "they had found a shell" is no work


def _evidence(passage: Passage, fates: Sequence[Fate], *, in_context: bool) -> str | None:
    """Return what shows that a passage tells of an explosion: its verb, its noun, a cause; or None."""
    events = event_phrases(passage, in_context=in_context)
    if names_attack(passage) and not (_ordnance_is_nearer(passage, events) or _is_done_by_mine(passage)):
        return None
    if _sums_several(passage):
        return None
    if any(e.has("incident.event", "incident.move") for e in events):
        return "event"
    if events or (in_context and is_another(passage) and passage.tagged.find("happened")):
        return "noun"
    if not harms(fates) or _names_many_only(passage):
        return None
    somebody = any(f.person and f.person.count for f in fates)
    beside = somebody and names_one_device(passage) and not _tells_work(passage)
    named = beside or _is_cause(passage)
    return "noun" if names_ordnance(passage) and named else None


@once
def names_attack(passage: Passage) -> bool:
    """Tell whether a passage speaks of shelling, drones, a crash; a war, and what dates a time, are none."""
    others = passage.tagged.find("cause.other.attack", "cause.other.accident")
    return any(not any(t.first <= p.first < t.last for t in passage.times) for p in others)


@once
def _sums_several(passage: Passage) -> bool:
    """Tell whether a passage counts its explosions: "two mine explosions", "mines went off three times"."""
    if any(
        passage.tagged.has(e.last, "repeated") or _is_repeated(passage, e.last)
        for e in event_phrases(passage)
    ):
        return True
    return "incident.plural" in passage.tagged.seen and any(
        passage.tagged.has(k, "incident.plural") and q.number.value > 1
        for q in passage.quantities
        for k in range(q.number.last, q.last + 1)
    )


def _is_repeated(passage: Passage, at: int) -> bool:
    """Tell whether a count of times stands behind a verb: "went off three times"."""
    return any(
        q.number.first == at and q.number.value > 1 and passage.tagged.has(q.number.last, "repeated")
        for q in passage.quantities
    )


def _names_many_only(passage: Passage) -> bool:
    """Tell whether a passage without a blast speaks of mines in general: "mines had killed five before"."""
    devices = passage.tagged.find_within("device", "incident.cause")
    return bool(devices) and all(p.has("many") for p in devices) and not is_one_story(passage)


def _is_cause(passage: Passage) -> bool:
    """Tell whether ordnance is named as the cause of the harm: "killed by a mine", "handling a grenade"."""
    tagged = passage.tagged
    handled = (
        tagged.has(k, "device", "incident.weak_cause")
        for p in tagged.find("incident.handling")
        for k in range(p.last, p.last + _HANDLED)
    )
    if tagged.find("incident.plural", "incident.at_work") or any(handled) or _is_met(passage):
        return True
    devices = tagged.find("incident.cause", "device")
    if any(tagged.lexicon.contains(tagged.folded[max(0, p.first - 4) : p.first], "causes") for p in devices):
        return True  # the "to a" of "lost their lives to a mine", too
    verbs = [
        v
        for v in tagged.find("predicate.killed", "predicate.injured")
        if not tagged.has(v.first - 1, "auxiliary")
    ]
    if any(0 <= v.first - p.last <= _SUBJECT for p in devices for v in verbs):
        return True
    return any(  # "was killed by the mine"
        tagged.has(v.last, "causes") and not p.has("many") and 0 < p.first - v.last <= _CAUSED
        for p in devices
        for v in tagged.find("predicate.killed", "predicate.injured")
    )


def _is_done_by_mine(passage: Passage) -> bool:
    """Tell whether a mine stands right behind the harm as what did it: "was injured by a mine that …"."""
    tagged = passage.tagged
    return any(
        tagged.has(k, "device.mine", "device.ap_mine", "device.at_mine") and not tagged.has(k, "many")
        for v in tagged.find("predicate.killed", "predicate.injured")
        if tagged.has(v.last, "causes")
        for k in range(v.last + 1, v.last + _CAUSED)
    ) or any(
        p.last == v.first and not p.has("many")  # "a mine injured a man while two were killed in shelling"
        for p in tagged.find("device.mine", "device.ap_mine", "device.at_mine")
        for v in tagged.find("predicate.killed.transitive", "predicate.injured.transitive")
    )


def _ordnance_is_nearer(passage: Passage, events: Sequence[Phrase]) -> bool:
    """Tell whether an event names its ordnance itself, whatever else the passage speaks of."""
    ours = [p for p in passage.tagged.find_within("incident.cause", "device") if not p.has("cause.other")]
    return any(e.first - 3 <= p.last and p.first < e.last + 5 for e in events for p in ours)


# one account ----------------------------------------------------------------------------------------


def _account(passage: Passage, scene: Scene, part: Part, evidence: str, lately: tuple[Place, ...]) -> Account:
    time = stated_days(passage, part.first, part.last) or stated_days(passage)
    recalled = time is None and is_recalled(passage) and not tells_of_known(passage, part.fates)
    days = time.days if time else None if recalled else inherited_days(scene)
    local = [g for g in part.groups if not g.country_only] or list(part.groups)
    beside = [g for g in local if not is_end_of_road(passage, g)]
    if lately or beside:
        local = beside
    placed = bool(local)
    places = site_of(passage, local) if local else lately or scene.site
    if all(p.level == "country" for p in places):
        homes = home_groups(passage, scene) if not local else []
        places = site_of(passage, homes) if homes else places
    return Account(
        passage.number,
        part.fates,
        told(Toll(), passage, part.fates),
        days,
        places,
        device_of(passage),
        evidence,
        dated=time is not None and not is_told_day(passage, time) and not _is_clock(time),
        concluded=time is None or time.inferred,
        placed=placed,
        recalled=recalled,
        another=is_another(passage) or part.first > 0 or is_of_others(passage, part.fates),
        definite=is_definite(passage),
        rough=bool(local) and is_rough(passage, local),
        ages=_ages(passage, part.fates),
        names=_capitalised(passage.tagged),
    )


def _capitalised(tagged: TaggedSentence) -> frozenset[str]:
    """Return the words that can be names of persons."""
    return frozenset(
        word
        for k, word in enumerate(tagged.folded)
        if word.isalpha() and tagged.source(k, k + 1)[:1].isupper()
    )


def _ages(passage: Passage, fates: Sequence[Fate]) -> frozenset[int]:
    """Return the ages, or the birth years, of the victims told of one by one: "a man of 48"."""
    people = [f.person for f in fates if f.person and f.person.count == 1]
    words = (passage.tagged.folded[k] for p in people for k in range(p.first, p.last))
    return frozenset(int(w) for w in words if w.isascii() and w.isdecimal() and len(w) in _AGE_DIGITS)


def _is_clock(time: TimeExpression) -> bool:
    """Tell whether a time names no day: "at 7:30"."""
    return time.days is not None and time.days.precision == "clock"


def device_of(passage: Passage) -> Device | None:
    """Return the device that a passage names, the most telling word first."""
    for name in ("ap_mine", "at_mine", "cluster", "ied", "uxo", "unknown", "mine"):
        if passage.tagged.find_within(f"device.{name}"):
            return _DEVICES[name]
    return None
