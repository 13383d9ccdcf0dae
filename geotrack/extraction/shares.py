"""Shares: explosions told together, and what a later passage says of each: "One was in X, the other in Y"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.days import Days
from geotrack.extraction.frames import Frame
from geotrack.extraction.passages import Passage, once
from geotrack.extraction.scene import Scene
from geotrack.extraction.sites import site_groups, site_of, stated_days
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.tolls import Toll
from geotrack.extraction.victims import Fate
from geotrack.models import Place

# More explosions than these are not told of one by one.
_MOST = 4
# Fewer share nothing out.
_FEWEST = 2
# Words between "the two" and "cases before".
_NEAR = 3
# Where one of several is told of: behind these, or at the head of a passage.
_OPENS = frozenset({",", ";", ":", "-", "("})


@dataclass(frozen=True, slots=True)
class Share:
    """One of several explosions: where it was, and when, if that is said."""

    places: tuple[Place, ...]
    days: Days | None


def find_shares(passage: Passage, scene: Scene) -> list[Share]:
    """Return the explosions that a passage without harm tells apart: "One was in X, the other in Y"."""
    groups = [g for g in site_groups(passage, scene) if not g.country_only]
    openers = [k for k in range(len(passage.tagged.words)) if _opens_share(passage.tagged, k)]
    if not openers:
        return []
    ends = [*openers[1:], len(passage.tagged.words)]
    found = []
    for first, last in zip(openers, ends, strict=True):
        own = [g for g in groups if first <= g.first < last]
        time = stated_days(passage, first, last)
        if own:
            found.append(Share(site_of(passage, own), time.days if time else None))
    return found if len(found) == len(openers) else []


def _opens_share(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether "one", "the first case", "another", "the second" begins at a word of a clause."""
    before = at - 1
    opened = at == 0 or tagged.folded[before] in _OPENS or tagged.has(before, "number.and", "barrier.strong")
    if not opened:
        return False
    if tagged.has(at, "person.other", "person.alone"):
        return True
    article = tagged.lexicon.contains(tagged.folded[at : at + 1], "definite.word")
    word = tagged.folded[at + article : at + article + 1]
    if tagged.lexicon.contains(word, "announced_event.ordinal"):
        return True
    return word == ("one",) and not article


def is_uniform(toll: Toll, count: int) -> bool:
    """Tell whether all victims met one fate, and are as many as some explosions."""
    counts = [n for n in (toll.killed, toll.injured, toll.casualties) if n]
    return _FEWEST <= count <= _MOST and (counts or [toll.struck or 0]) == [count]


def shared_out(frame: Frame, shares: Sequence[Share]) -> list[Frame]:
    """Return an incident that was several, each with one victim of its own."""
    toll = Toll(
        killed=1 if frame.toll.killed else None,
        injured=1 if frame.toll.injured else None,
        casualties=1 if frame.toll.casualties else None,
        struck=1 if frame.toll.struck else None,
    )
    return [
        replace(
            frame, toll=toll, own=toll, lead=toll, ages=frozenset(), apart=True, places=share.places,
            placed=True, days=share.days or frame.days, dated=frame.dated or share.days is not None,
        )
        for share in shares
    ]  # fmt: skip


@once
def counts_former(passage: Passage) -> int:
    """Return how many earlier explosions a passage sums up: "the two cases before", "the previous two"."""
    tagged = passage.tagged
    marks = tagged.find_within("previous", "former")
    for quantity in passage.quantities:
        number = quantity.number
        near = any(p.first - number.last <= _NEAR and number.first <= p.last for p in marks)
        counted = quantity.unit != "people" and not number.vague and not tagged.has(number.last, "time.unit")
        if near and counted and _FEWEST <= number.value <= _MOST:
            return int(number.value)
    return 0


def one_each(fates: Sequence[Fate], count: int) -> Toll | None:
    """Return what each of some explosions did where as many were harmed alike: "drivers of 58 and 37"."""
    told = [f for f in fates if f.person and not f.person.back and f.outcome != "struck"]
    outcomes = {f.outcome for f in told}
    counted = sum(f.person.count or 0 for f in told if f.person)
    if counted != count or outcomes not in ({"killed"}, {"injured"}):
        return None
    return Toll(killed=1) if outcomes == {"killed"} else Toll(injured=1)
