"""Incidents: concrete explosions that harmed, or could have harmed, somebody.

Each passage that tells of an explosion gives an account of it (day, site, device, victims). Accounts
that can be of one event are one incident; passages that go on with it complete it. A field is decided
by precedence: what is stated goes before what is inherited, the narrower place before the wider.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geotrack.extraction.accounts import Account, harms, names_attack, read_accounts
from geotrack.extraction.casualties import is_aggregate, names_ordnance
from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import Contains
from geotrack.extraction.scenes import Scene
from geotrack.extraction.sites import is_site, is_told_day, site_groups, site_of, stated_days
from geotrack.extraction.tolls import Toll, agree, joined, told, within
from geotrack.extraction.victims import read_fates
from geotrack.models import Device, Place

# A sentence this many passages after the last one about an incident no longer goes on with it.
FOLLOWS_WITHIN = 4
# Ordnance spoken of this many passages before is what a bare "blown up" means.
CONTEXT_WITHIN = 6
# A site named this many passages before is where a blast without a place was.
SITE_WITHIN = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known so far of one incident, and the passages that tell it.

    `dated` and `placed` tell whether its day and its places are stated, not inherited.
    """

    passages: tuple[int, ...]
    days: Days | None
    places: tuple[Place, ...]
    device: Device | None
    toll: Toll = field(default_factory=Toll)
    victims: tuple[tuple[int, int], ...] = ()
    inferred: tuple[str, ...] = ()
    evidence: frozenset[str] = field(default_factory=frozenset)
    dated: bool = False
    placed: bool = False

    @property
    def specific(self) -> bool:
        """Whether enough is stated to be one event: a day or a local place, and harm or a device."""
        placed = any(p.level != "country" for p in self.places)
        told = self.toll.known or "event" in self.evidence
        return bool(self.places) and (self.days is not None or placed) and told


def find_frames(passages: Sequence[Passage], scenes: Sequence[Scene], contains: Contains) -> list[Frame]:
    """Return the incidents that the passages of a document tell of, in order."""
    frames: list[Frame] = []
    spoken = -CONTEXT_WITHIN - 1
    sites: tuple[int, tuple[Place, ...]] = (-SITE_WITHIN - 1, ())
    for passage, scene in zip(passages, scenes, strict=True):
        if names_ordnance(passage):
            spoken = passage.number
        elif names_attack(passage):
            spoken = -CONTEXT_WITHIN - 1
        if passage.sentence.kind != "heading" and not is_aggregate(passage):
            lately = sites[1] if passage.number - sites[0] <= SITE_WITHIN else ()
            accounts = read_accounts(
                passage, scene, contains, in_context=passage.number - spoken <= CONTEXT_WITHIN, lately=lately
            )
            for account in accounts:
                _take(account, frames, contains)
            if not accounts:
                _go_on(passage, scene, frames, contains)
        named = [g for g in site_groups(passage, scene) if not g.country_only]
        fresh = passage.number - sites[0] > SITE_WITHIN
        if named and (fresh or any(is_site(passage, g) for g in named)):
            sites = passage.number, site_of(passage, named)
    return [f for f in frames if f.specific]


def _take(account: Account, frames: list[Frame], contains: Contains) -> None:
    """Join an account to the latest incident that it can be of, else open one with it."""
    last = max((f.passages[-1] for f in frames), default=-1)
    for i in range(len(frames) - 1, -1, -1):
        if account.another and frames[i].passages[-1] == last:
            continue
        if _same(frames[i], account, contains):
            frames[i] = _merged(frames[i], account, contains)
            return
    frames.append(_opened(account))


def _opened(account: Account) -> Frame:
    marks = (("date", account.concluded), ("places", not account.placed))
    return Frame(
        (account.passage,),
        account.days,
        account.places,
        account.device,
        account.toll,
        tuple((f.person.first, f.person.last) for f in account.fates if f.person),
        tuple(name for name, yes in marks if yes),
        frozenset({account.evidence}),
        dated=account.dated,
        placed=account.placed,
    )


# one event or two ----------------------------------------------------------------------------------


def _same(  # noqa: PLR0911 - one way out for each thing that excludes it
    frame: Frame, account: Account, contains: Contains
) -> bool:
    """Tell whether an account can be of an incident: nothing stated of the two excludes it."""
    if frame.passages[-1] == account.passage:
        return False
    sure = (account.dated and frame.dated) or (not account.definite and (account.dated or frame.dated))
    if sure and not _days_agree(frame.days, account.days):
        return False
    if account.placed and not _places_agree(frame.places, account.places, contains):
        return False
    near = account.passage - frame.passages[-1] <= FOLLOWS_WITHIN
    if account.definite:
        return near or account.dated or account.placed
    if not _victims_agree(frame.toll, account.toll):
        return False
    if near and not account.dated and within(frame.toll, account.toll):
        return True
    if near:
        return agree(frame.toll, account.toll) or not (account.dated or account.placed)
    return agree(frame.toll, account.toll) and _known_again(frame, account, contains)


def _known_again(frame: Frame, account: Account, contains: Contains) -> bool:
    """Tell whether an account far from an incident's last one states its day, or its very place."""
    if account.dated and frame.dated:
        return True
    wider = any(contains(a.id, b.id) for a in account.places for b in frame.places)
    return account.placed and frame.placed and not wider


def _victims_agree(one: Toll, other: Toll) -> bool:
    """Tell whether two tolls can be those of one blast: not one man in it there, and two here."""
    if one.struck and other.struck and one.struck != other.struck:
        return False
    apart = bool(one.killed) and bool(other.injured) and not one.injured and not other.killed
    apart = apart or (bool(one.injured) and bool(other.killed) and not one.killed and not other.injured)
    return not apart


def _days_agree(one: Days | None, other: Days | None) -> bool:
    if one is None or other is None:
        return True
    return one.start <= other.end and other.start <= one.end


def _places_agree(one: Sequence[Place], other: Sequence[Place], contains: Contains) -> bool:
    if not one or not other:
        return True
    return any(a.id == b.id or contains(a.id, b.id) or contains(b.id, a.id) for a in one for b in other)


def _merged(frame: Frame, account: Account, contains: Contains) -> Frame:
    """Join another account of an event: the narrower place, the stated day, what it adds to the toll."""
    narrower = any(contains(a.id, b.id) for a in frame.places for b in account.places)
    better = account.placed and (narrower or not frame.placed or not frame.places)
    dated = account.dated and not frame.dated
    marks = [m for m in frame.inferred if not (m == "places" and better) and not (m == "date" and dated)]
    device = frame.device if frame.device not in {None, "mine", "unknown"} else account.device or frame.device
    return replace(
        frame,
        passages=(*frame.passages, account.passage),
        days=account.days if dated or frame.days is None else frame.days,
        places=account.places if better else frame.places,
        device=device,
        toll=joined(frame.toll, account.toll),
        inferred=tuple(marks),
        evidence=frame.evidence | {account.evidence},
        dated=frame.dated or account.dated,
        placed=frame.placed or account.placed,
    )


# going on -------------------------------------------------------------------------------------------


def _go_on(passage: Passage, scene: Scene, frames: list[Frame], contains: Contains) -> None:
    """Complete the last incident with a passage that goes on with it."""
    at = max(range(len(frames)), key=lambda i: frames[i].passages[-1], default=-1)
    if at < 0 or passage.number - frames[at].passages[-1] > FOLLOWS_WITHIN or names_attack(passage):
        return
    frame = frames[at]
    local = [g for g in site_groups(passage, scene) if not g.country_only]
    site = site_of(passage, local) if local else ()
    time = stated_days(passage)
    fates = read_fates(passage)
    elsewhere = bool(site) and frame.placed and not _places_agree(frame.places, site, contains)
    other_day = time is not None and not is_told_day(passage, time) and not _days_agree(frame.days, time.days)
    if (elsewhere or other_day) and harms(fates):
        return
    happened = bool(passage.tagged.find("happened"))
    if happened or harms(fates):
        frame = _situated(_dated(frame, passage, happened=happened), site, contains)
    if fates:
        frame = replace(
            frame, passages=(*frame.passages, passage.number), toll=told(frame.toll, passage, fates)
        )
    frames[at] = frame


def _dated(frame: Frame, passage: Passage, *, happened: bool) -> Frame:
    """Take the day of an incident from a later passage that says when it happened."""
    time = stated_days(passage)
    if frame.dated or time is None or time.days is None or time.days.precision != "day":
        return frame
    if is_told_day(passage, time) or (frame.days is not None and not happened):
        return frame
    marks = tuple(f for f in frame.inferred if f != "date") + (("date",) if time.inferred else ())
    return replace(frame, days=time.days, inferred=marks, dated=True)


def _situated(frame: Frame, site: tuple[Place, ...], contains: Contains) -> Frame:
    """Take the site of an incident from a later passage that says where it happened."""
    within = not frame.placed or any(contains(a.id, b.id) for a in frame.places for b in site)
    if not site or not within:
        return frame
    marks = tuple(f for f in frame.inferred if f != "places")
    return replace(frame, places=site, inferred=marks, placed=True)


def iso_date(days: Days | None) -> str | None:
    """Return the date of an incident as precisely as it is known: a day, a month or a year."""
    if days is None:
        return None
    if days.start == days.end:
        return days.start.isoformat()
    if (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start:%Y-%m}"
    return f"{days.start:%Y}" if days.start.year == days.end.year else None
