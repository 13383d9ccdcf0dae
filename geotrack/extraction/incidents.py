"""Incidents: concrete explosions that harmed, or could have harmed, somebody.

A passage that tells of one explosion opens a frame (date, places, device, victims); passages that go
on with it fill it; frames that tell of the same event are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geotrack.extraction.casualties import (
    Harm,
    event_phrases,
    is_aggregate,
    names_ordnance,
    names_other_cause,
    read_harm,
)
from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import RANKS, Contains, PlaceGroup
from geotrack.extraction.scenes import Scene
from geotrack.extraction.scopes import is_owned
from geotrack.extraction.tagging import Phrase
from geotrack.models import Device, Place

# A sentence this many passages after the last one about an incident no longer goes on with it.
FOLLOWS_WITHIN = 4
# Ordnance spoken of this many passages before is what a bare "blown up" means.
CONTEXT_WITHIN = 3
_NOWHERE = Scene((), (), ())
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
class Frame:
    """What is known so far of one incident, and the passages that tell it."""

    passages: tuple[int, ...]
    days: Days | None
    places: tuple[Place, ...]
    device: Device | None
    killed: int | None = None
    injured: int | None = None
    casualties: int | None = None
    victims: tuple[tuple[int, int], ...] = ()
    inferred: tuple[str, ...] = ()
    evidence: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = frozenset()
    dated: bool = False

    @property
    def specific(self) -> bool:
        """Whether enough is stated to be one event: a day or a local place, and harm or a device."""
        placed = any(p.level != "country" for p in self.places)
        harmed = any(n is not None for n in (self.killed, self.injured, self.casualties))
        return (self.days is not None or placed) and (harmed or "event" in self.evidence)


def find_frames(passages: Sequence[Passage], scenes: Sequence[Scene], contains: Contains) -> list[Frame]:
    """Return the incidents that the passages of a document tell of, in order."""
    frames: list[Frame] = []
    spoken = -CONTEXT_WITHIN - 1
    for passage, scene in zip(passages, scenes, strict=True):
        if names_ordnance(passage):
            spoken = passage.number
        elif names_other_cause(passage):
            spoken = -CONTEXT_WITHIN - 1
        if passage.sentence.kind != "heading" and not is_aggregate(passage):
            _take(passage, scene, frames, contains, in_context=passage.number - spoken <= CONTEXT_WITHIN)
    return [f for f in frames if f.specific]


def _take(
    passage: Passage, scene: Scene, frames: list[Frame], contains: Contains, *, in_context: bool
) -> None:
    """Open a frame with a passage, or fill one."""
    harm = read_harm(passage)
    opened = _open(passage, scene, harm, event_phrases(passage, in_context=in_context))
    if opened is None and in_context and _stands_apart(passage, scene, harm, frames):
        opened = _framed(passage, scene, harm, "noun")
    near = bool(frames) and passage.number - frames[-1].passages[-1] <= FOLLOWS_WITHIN
    if opened is not None:
        at = next(
            (i for i in range(len(frames) - 1, -1, -1) if _same(frames[i], opened, passage, contains)), None
        )
        if at is None:
            frames.append(opened)
        else:
            frames[at] = _merged(frames[at], opened, contains)
    elif near and not names_other_cause(passage):
        frames[-1] = _situated(_dated(frames[-1], passage), passage, scene, contains)
        if harm.known:
            frames[-1] = _filled(frames[-1], passage, harm)


def _open(passage: Passage, scene: Scene, harm: Harm, events: Sequence[Phrase]) -> Frame | None:
    """Return the frame that a passage opens, or None if it tells of no single explosion."""
    caused = harm.known and harm.people and names_ordnance(passage) and _is_cause(passage)
    if (not events and not caused) or _sums_several(passage):
        return None
    if names_other_cause(passage) and not _ordnance_is_nearer(passage, events):
        return None
    verb = any(e.has("incident.event") for e in events)
    return _framed(passage, scene, harm, "event" if verb else "noun")


def _sums_several(passage: Passage) -> bool:
    """Tell whether a passage counts its explosions: "three people died in two mine explosions"."""
    return any(
        passage.tagged.has(q.last, "incident.plural") and q.number.value > 1 for q in passage.quantities
    )


def _stands_apart(passage: Passage, scene: Scene, harm: Harm, frames: Sequence[Frame]) -> bool:
    """Tell whether harm told with a day of its own, away from the last incident's, is another incident."""
    days, concluded = _days(passage, scene)
    if not harm.people or days is None or concluded or names_other_cause(passage):
        return False
    return not frames or not _days_agree(frames[-1].days, days)


def _framed(passage: Passage, scene: Scene, harm: Harm, evidence: str) -> Frame:
    """Return the frame of a passage that tells an incident."""
    days, day_inferred = _days(passage, scene)
    places, place_inferred = _places(passage, scene)
    return Frame(
        (passage.number,),
        days,
        places,
        _device(passage),
        harm.killed,
        harm.injured,
        harm.casualties,
        tuple((p.first, p.last) for p in harm.people),
        tuple(n for n, yes in (("date", day_inferred), ("places", place_inferred)) if yes),
        frozenset({evidence}),
        _names(passage, harm),
        dated=days is not None and _days(passage, _NOWHERE)[0] is not None,
    )


def _names(passage: Passage, harm: Harm) -> frozenset[str]:
    """Return the names of the victims that a passage names."""
    named = (p for p in harm.people if p.named)
    return frozenset(" ".join(passage.tagged.folded[p.first : p.last]) for p in named)


def _is_cause(passage: Passage) -> bool:
    """Tell whether ordnance is named as the cause of the harm: "killed by a mine"."""
    if passage.tagged.find("incident.plural"):
        return True
    return any(
        passage.tagged.has(p.first - k, "causes")
        for p in passage.tagged.find("incident.cause", "device")
        for k in (1, 2, 3)
    )


def _ordnance_is_nearer(passage: Passage, events: Sequence[Phrase]) -> bool:
    """Tell whether an event names its ordnance itself, whatever else the passage speaks of."""
    tagged = passage.tagged
    return any(
        tagged.has(k, "incident.cause", "device") and not tagged.has(k, "cause.other")
        for e in events
        for k in range(e.first - 3, e.last + 5)
    )


def _days(passage: Passage, scene: Scene) -> tuple[Days | None, bool]:
    """Return the day of an incident, or its month or year, and whether it was concluded."""
    order = {"day": 0, "range": 1, "month": 1, "season": 2, "quarter": 2, "year": 2, "clock": 3}
    stated = [
        t
        for t in passage.times
        if t.days is not None
        and t.kind in {"interval", "as_of"}
        and t.days.precision in order
        and not is_owned(passage, t)
    ]
    if stated:
        best = min(stated, key=lambda t: (order[t.days.precision] if t.days else 9, t.first))
        return best.days, best.inferred
    near = scene.days is not None and scene.days.precision == "day"
    return (scene.days if near else scene.event or scene.days), True


def _places(passage: Passage, scene: Scene) -> tuple[tuple[Place, ...], bool]:
    """Return where an incident was: the most specific group of places of its passage, else the scene's."""
    groups = [g for g in scene.groups if not g.nation]
    stated = [g for g in groups if not g.country_only] or [g for g in groups if not g.actor]
    if stated:
        return _site(passage, stated).places, False
    return scene.site, True


def _site(passage: Passage, groups: Sequence[PlaceGroup]) -> PlaceGroup:
    """Return the group most likely to be the site: behind "in" or "near", the most local, the first named."""

    def key(group: PlaceGroup) -> tuple[bool, int, int]:
        at = any(passage.tagged.has(group.first - k, "site") for k in (1, 2, 3))
        return not at, min(RANKS[p.level] for p in group.places), group.first

    return min(groups, key=key)


def _device(passage: Passage) -> Device | None:
    """Return the device that a passage names, the most telling word first."""
    for name in ("ap_mine", "at_mine", "cluster", "ied", "uxo", "unknown", "mine"):
        if passage.tagged.find_within(f"device.{name}"):
            return _DEVICES[name]
    return None


# merging -------------------------------------------------------------------------------------------


def _same(frame: Frame, other: Frame, passage: Passage, contains: Contains) -> bool:
    """Tell whether two frames can be one event: days, places and tolls that do not exclude each other."""
    if passage.tagged.find("another_event"):
        return False
    if not _days_agree(frame.days, other.days) or not _places_agree(frame.places, other.places, contains):
        return False
    near = other.passages[0] - frame.passages[-1] <= FOLLOWS_WITHIN
    stated = "date" not in other.inferred and "places" not in other.inferred
    if not near and not stated and not ("date" not in other.inferred and frame.days == other.days):
        return False
    return _tolls_agree(frame, other) or (near and not stated)


def _days_agree(one: Days | None, other: Days | None) -> bool:
    if one is None or other is None:
        return True
    return one.start <= other.end and other.start <= one.end


def _places_agree(one: Sequence[Place], other: Sequence[Place], contains: Contains) -> bool:
    if not one or not other:
        return True
    return any(a.id == b.id or contains(a.id, b.id) or contains(b.id, a.id) for a in one for b in other)


def _tolls_agree(one: Frame, other: Frame) -> bool:
    pairs = ((one.killed, other.killed), (one.injured, other.injured))
    return all(a is None or b is None or a == b for a, b in pairs)


def _merged(frame: Frame, other: Frame, contains: Contains) -> Frame:
    """Join two tellings of one event: the narrower place and day, the larger toll."""
    narrower = other.places and any(contains(a.id, b.id) for a in frame.places for b in other.places)
    stated = "places" in frame.inferred and "places" not in other.inferred and bool(other.places)
    days = frame.days
    if days is None or (other.dated and not frame.dated):
        days = other.days
    device = frame.device if frame.device not in {None, "mine", "unknown"} else other.device or frame.device
    return replace(
        frame,
        passages=(*frame.passages, *other.passages),
        days=days,
        places=other.places if narrower or stated or not frame.places else frame.places,
        device=device,
        killed=_larger(frame.killed, other.killed),
        injured=_larger(frame.injured, other.injured),
        casualties=_larger(frame.casualties, other.casualties),
        inferred=tuple(f for f in frame.inferred if f in other.inferred),
        evidence=frame.evidence | other.evidence,
        names=frame.names | other.names,
        dated=frame.dated or other.dated,
    )


def _larger(one: int | None, other: int | None) -> int | None:
    known = [n for n in (one, other) if n is not None]
    return max(known) if known else None


def _dated(frame: Frame, passage: Passage) -> Frame:
    """Take the day of an incident from a later passage that says when it happened."""
    if frame.dated:
        return frame
    days, concluded = _days(passage, _NOWHERE)
    told = passage.tagged.find("happened") or frame.days is None
    if days is None or days.precision != "day" or not told:
        return frame
    marks = tuple(f for f in frame.inferred if f != "date") + (("date",) if concluded else ())
    return replace(frame, days=days, inferred=marks, dated=True)


def _situated(frame: Frame, passage: Passage, scene: Scene, contains: Contains) -> Frame:
    """Take the site of an incident from a later passage that says where it happened."""
    local = [g for g in scene.groups if not g.nation and not g.country_only]
    if not local or not passage.tagged.find("happened"):
        return frame
    site = _site(passage, local)
    within = not frame.places or any(contains(a.id, b.id) for a in frame.places for b in site.places)
    if not within:
        return frame
    return replace(frame, places=site.places, inferred=tuple(f for f in frame.inferred if f != "places"))


def _filled(frame: Frame, passage: Passage, harm: Harm) -> Frame:
    """Add what a later passage says of the victims; "another" adds, anything else completes."""
    killed = frame.killed if frame.killed is not None else harm.killed
    injured = frame.injured if frame.injured is not None else harm.injured
    names = _names(passage, harm)
    others = bool(frame.names and names and frame.names.isdisjoint(names))
    if (harm.further or others) and harm.injured and frame.injured:
        injured = frame.injured + harm.injured
    if (harm.further or others) and harm.killed and frame.killed:
        killed = frame.killed + harm.killed
    return replace(
        frame,
        passages=(*frame.passages, passage.number),
        killed=killed,
        injured=injured,
        casualties=frame.casualties if frame.casualties is not None else harm.casualties,
        names=frame.names | names,
    )


def iso_date(days: Days | None) -> str | None:
    """Return the date of an incident as precisely as it is known: a day, a month or a year."""
    if days is None:
        return None
    if days.start == days.end:
        return days.start.isoformat()
    if (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start:%Y-%m}"
    return f"{days.start:%Y}" if days.start.year == days.end.year else None
