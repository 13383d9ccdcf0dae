"""Frames: what is known so far of one incident, and which accounts are of it.

A field is decided by precedence: what is stated goes before what is inherited, the narrower place before
the wider. Two accounts are of one event where nothing stated excludes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile

from geotrack.extraction.accounts import Account
from geotrack.extraction.days import Days
from geotrack.extraction.places import Contains
from geotrack.extraction.tolls import Toll, agree, is_one_name, joined, within
from geotrack.extraction.words import fold
from geotrack.models import Device, Place

# Two reports of one blast can differ by a day.
_NONE, _DAY = dt.timedelta(), dt.timedelta(days=1)
# No report is mistaken by more on the day of its blast.
_SEASON = dt.timedelta(days=60)
# A sentence this many passages after the last one about an incident no longer goes on with it.
FOLLOWS_WITHIN = 4
# "The blast" so many passages after one is that one.
KNOWN_WITHIN = 6
# The letters of a name that no other word has.
_NAME = 4
# A higher number is a birth year.
_OLDEST = 110


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known so far of one incident, and the passages that tell it.

    `dated` and `placed` tell whether its day and its places are stated, not inherited; `apart` that it was
    told as another than the one before; `lead` and `when` are the toll and the days that opened it, `own`
    what was told of it since.
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
    rough: bool = False
    ages: frozenset[int] = frozenset()
    apart: bool = False
    lead: Toll = field(default_factory=Toll)
    when: Days | None = None
    own: Toll = field(default_factory=Toll)

    @property
    def specific(self) -> bool:
        """Whether enough is stated to be one event: a day or a local place, and harm or a device."""
        placed = any(p.level != "country" for p in self.places)
        harmless = "event" in self.evidence and (self.dated or self.placed or self.toll.struck is not None)
        told = self.toll.known or harmless
        person = self.toll.known and (bool(self.victims) or "event" in self.evidence)
        return bool(self.places) and (self.days is not None or placed or person) and told


def completed(account: Account, before: Account, contains: Contains) -> Account:
    """Add to an account the harm told before it: "A man lost his life in X. His tractor struck a mine"."""
    elsewhere = account.placed and before.placed and not places_agree(before.places, account.places, contains)
    other_day = account.dated and before.dated and not days_agree(before.days, account.days)
    known = account.definite or account.toll.guessed or within(before.toll, account.toll)
    others = account.toll.known and not known
    if account.another or elsewhere or other_day or others:
        return account
    local = before.placed and not (
        account.placed and any(contains(a.id, b.id) for a in before.places for b in account.places)
    )
    return replace(
        account,
        toll=joined(before.toll, account.toll),
        days=before.days if before.dated and not account.dated else account.days,
        dated=before.dated or account.dated,
        concluded=account.concluded if account.dated else before.concluded,
        places=before.places if local else account.places,
        placed=before.placed or account.placed,
    )


def going_on(harm: Account, before: Account, contains: Contains) -> Account:
    """Return harm together with what was told just before it, if both can be of one event."""
    one = agree(harm.toll, before.toll) and places_agree(harm.places, before.places, contains)
    if not one or harm.another or (harm.dated and before.dated and not days_agree(harm.days, before.days)):
        return harm
    return replace(
        harm,
        toll=joined(before.toll, harm.toll),
        days=harm.days if harm.dated else before.days,
        dated=harm.dated or before.dated,
        places=harm.places if harm.placed else before.places,
        placed=harm.placed or before.placed,
    )


def opened(account: Account) -> Frame:
    """Return a new incident with what one account tells of it."""
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
        rough=account.rough,
        ages=account.ages,
        apart=account.another or account.recalled or any(f.person.further for f in account.fates if f.person),
        lead=account.toll,
        when=account.days,
    )


# one event or two ----------------------------------------------------------------------------------


def same(  # noqa: PLR0911 - one way out for each thing that excludes it
    frame: Frame, account: Account, contains: Contains
) -> bool:
    """Tell whether an account can be of an incident: nothing stated of the two excludes it."""
    if frame.passages[-1] == account.passage:
        return False
    if _is_of_known(frame, account):
        account = replace(account, definite=True, passage=frame.passages[-1] + 1)
    near = account.passage - frame.passages[-1] <= (KNOWN_WITHIN if account.definite else FOLLOWS_WITHIN)
    again = near and account.definite and _counts_again(frame.toll, account.toll)
    again = again or (frame.rough != account.rough and _share_unit(frame.places, account.places))
    sure = (account.dated and frame.dated) or (not account.definite and (account.dated or frame.dated))
    slack = _DAY if account.definite and near else _NONE
    if sure and not days_agree(frame.days, account.days, slack):
        return False
    if account.dated and frame.days and account.days and account.days.end + _SEASON < frame.days.start:
        return False  # "the last incident before that was in July 2014"
    stated = account.placed and (frame.placed or not account.definite)
    if stated and not again and not places_agree(frame.places, account.places, contains):
        return False
    if account.definite:
        return near or account.dated or account.placed
    others = all(f.person.further for f in account.fates if f.person)  # "two other people in the car"
    several = near and (frame.toll.struck or 0) > 1 and not frame.toll.known
    details = several and not (account.toll.known or account.dated or account.placed)
    others = others or (details and not account.another)  # one of the two anglers "came upon a mine"
    if not others and not (_victims_agree(frame.toll, account.toll) and _ages_agree(frame, account)):
        return False
    if near and (not account.dated or _is_finer(account, frame)) and within(frame.toll, account.toll):
        return True
    if near:
        return agree(frame.toll, account.toll) or not (account.dated or account.placed)
    return agree(frame.toll, account.toll) and _known_again(frame, account, contains)


def _is_of_known(frame: Frame, account: Account) -> bool:
    """Tell whether an account names a victim of an incident: "It was a mine that had hit Ilkiv"."""
    surnames = (name.split()[-1].removesuffix("'s") for names in frame.toll.names for name in names)
    return any(len(name) >= _NAME and name in account.names for name in surnames)


def names_its_victim(frame: Frame, account: Account) -> bool:
    """Tell whether an account on no other day names a victim of an incident in full, as told before."""
    if account.dated and frame.dated and not days_agree(frame.days, account.days, _DAY):
        return False
    told = {name for names in frame.toll.names for name in names}
    again = {name for names in account.toll.names for name in names}
    in_full = (n for n in again if len(n.split()) > 1)
    return any(is_one_name(n, name) for n in in_full for name in told if len(name.split()) > 1)


def has_same_victim(frame: Frame, account: Account, contains: Contains) -> bool:
    """Tell whether an account tells of a victim of the same age in the same place, on no other day."""
    if account.ages.isdisjoint(frame.ages) or not (account.placed and frame.placed):
        return False
    if account.dated and frame.dated and not days_agree(frame.days, account.days, _DAY):
        return False
    return places_agree(frame.places, account.places, contains) and agree(frame.toll, account.toll)


def _known_again(frame: Frame, account: Account, contains: Contains) -> bool:
    """Tell whether an account far from an incident's last one states its day, or its very place."""
    if account.dated and frame.dated:
        return True
    wider = any(contains(a.id, b.id) for a in account.places for b in frame.places)
    return account.placed and frame.placed and not wider


def _ages_agree(frame: Frame, account: Account) -> bool:
    """Tell whether victims can be the same by their ages: not one man of 48 there, and one of 62 here."""
    told = frame.toll
    everybody = max(told.struck or 0, (told.killed or 0) + (told.injured or 0) + (told.casualties or 0))
    if len(frame.ages) < everybody or not account.ages.isdisjoint(frame.ages):
        return True
    return {a > _OLDEST for a in frame.ages}.isdisjoint(a > _OLDEST for a in account.ages)


def _victims_agree(one: Toll, other: Toll) -> bool:
    """Tell whether two tolls can be those of one blast: not one man in it there, and two here."""
    if one.struck and other.struck and one.struck != other.struck:
        return False
    if one.struck and one.struck in {other.killed, other.injured}:
        return True
    apart = bool(one.killed) and bool(other.injured) and not one.injured and not other.killed
    apart = apart or (bool(one.injured) and bool(other.killed) and not one.killed and not other.injured)
    return not apart


def repeats(frame: Frame, account: Account, contains: Contains) -> bool:
    """Tell whether "another blast occurred in X region" only says where the blast told before was."""
    if account.dated or account.toll.known or not account.placed:
        return False
    return all(any(a.id != b.id and contains(a.id, b.id) for a in account.places) for b in frame.places)


def _share_unit(one: Sequence[Place], other: Sequence[Place]) -> bool:
    return any(a.adm1 is not None and a.adm1 == b.adm1 for a in one for b in other)


def _counts_again(one: Toll, other: Toll) -> bool:
    """Tell whether two tolls state the same count of killed or injured, and none that differs."""
    return agree(one, other) and bool((one.killed and other.killed) or (one.injured and other.injured))


def days_agree(one: Days | None, other: Days | None, slack: dt.timedelta = _NONE) -> bool:
    """Tell whether two days can be one; with `slack` some days apart too, as reports differ on the day."""
    if one is None or other is None:
        return True
    return one.start <= other.end + slack and other.start <= one.end + slack


def places_agree(one: Sequence[Place], other: Sequence[Place], contains: Contains) -> bool:
    """Tell whether two sites can be one: the same, one inside the other, or one of them unknown."""
    if not one or not other:
        return True
    return any(
        a.id == b.id or contains(a.id, b.id) or contains(b.id, a.id) or _is_loose(a, b) or _is_spelling(a, b)
        for a in one
        for b in other
    )


def _is_spelling(one: Place, other: Place) -> bool:
    """Tell whether two villages that only the text names can be one: "Chirag" and "Chiragli"."""
    if "/" not in one.id or "/" not in other.id or one.id.split("/")[0] != other.id.split("/")[0]:
        return False
    names = sorted((fold(one.name), fold(other.name)), key=len)
    return names[1].startswith(names[0])


def _is_loose(one: Place, other: Place) -> bool:
    """Tell whether one of two places is a region of the press, whose borders nobody minds: "in Karabakh"."""
    return "region" in {one.level, other.level} and one.adm0 == other.adm0


def merged(frame: Frame, account: Account, contains: Contains) -> Frame:
    """Join another account of an event: the narrower place, the stated day, what it adds to the toll."""
    narrower = any(contains(a.id, b.id) for a in frame.places for b in account.places)
    finer = frame.rough and not account.rough and any(p.level != "country" for p in account.places)
    better = account.placed and (narrower or finer or not frame.placed or not frame.places)
    better = better or (narrower and all(p.level == "country" for p in frame.places))
    dated = account.dated and not frame.dated
    marks = [m for m in frame.inferred if not (m == "places" and better) and not (m == "date" and dated)]
    device = frame.device if frame.device not in {None, "mine", "unknown"} else account.device or frame.device
    return replace(
        frame,
        passages=(*frame.passages, account.passage),
        days=account.days if dated or frame.days is None or _is_finer(account, frame) else frame.days,
        places=account.places if better else frame.places,
        device=device,
        toll=joined(frame.toll, account.toll),
        own=joined(frame.own, account.toll),
        inferred=tuple(marks),
        evidence=frame.evidence | {account.evidence},
        dated=frame.dated or account.dated,
        placed=frame.placed or account.placed,
        rough=account.rough if better else frame.rough,
        ages=frame.ages | account.ages,
    )


def _is_finer(account: Account, frame: Frame) -> bool:
    """Tell whether an account says which of several days of an incident it was: "on 4 and 5 May"."""
    if not account.dated or account.days is None or frame.days is None or account.days.precision != "day":
        return False
    several = frame.days.start < frame.days.end
    return several and frame.days.start <= account.days.start <= account.days.end <= frame.days.end


def told_once(frames: Sequence[Frame], contains: Contains) -> list[Frame]:
    """Join incidents that turned out to be one: "A man has died … A man was hurt … He died in hospital"."""
    kept: list[Frame] = []
    for frame in frames:
        before = kept[-1] if kept else None
        if before is not None and _is_retold(before, frame, contains):
            better = frame if frame.placed and not before.placed else before
            days = frame if frame.dated and not before.dated else before
            kept[-1] = replace(
                before, days=days.days, dated=days.dated, places=better.places, placed=better.placed,
                toll=joined(before.toll, frame.toll), passages=(*before.passages, *frame.passages),
            )  # fmt: skip
        else:
            kept.append(frame)
    return kept


def _is_retold(before: Frame, frame: Frame, contains: Contains) -> bool:
    """Tell whether two incidents killed as many, and nothing stated of them differs."""
    one, other = before.toll, frame.toll
    alike = (one.killed or 0) == (other.killed or 0) and (one.injured or 0) == (other.injured or 0)
    if frame.apart or not alike or not one.killed:
        return False
    if before.dated and frame.dated and not days_agree(before.days, frame.days, _DAY):
        return False
    if not before.ages.isdisjoint(frame.ages) or not (before.ages and frame.ages):
        return places_agree(before.places, frame.places, contains)
    return False


def told_by_lead(lead: Frame, frame: Frame, published: dt.date) -> bool:
    """Tell whether a lead without a day and a place is of what happened today: "A shepherd was hurt …"."""
    today = frame.days is not None and frame.days.start == frame.days.end == published
    if not today or lead.dated or lead.placed or lead.days is not None or lead.passages[0] > 1:
        return False
    return _outcomes(lead.toll) == _outcomes(frame.toll) and lead.device in {None, frame.device}


def split_up(frames: Sequence[Frame], contains: Contains) -> list[Frame]:
    """Leave to an incident its own victims where a lead summed them up with those of the next ones.

    "Mines killed three. One man died in X. Two women died in Y".
    """
    kept = list(frames)
    for at, frame in enumerate(frames):
        lead = _outcomes(frame.lead)
        near = takewhile(partial(_is_near, frames, at), range(at + 1, len(frames)))
        others = [k for k in near if _can_be_summed(frame, frames[k], contains)]
        if not others or sum(lead) < len(others) or not (frame.own.known or frame.own.struck):
            continue
        tolls = [_by_lead(frame.own, frame.lead), *(_by_lead(kept[k].toll, frame.lead) for k in others)]
        if [sum(column) for column in zip(*map(_outcomes, tolls), strict=True)] == lead:
            for k, toll in zip([at, *others], tolls, strict=True):
                kind = "mine" if (frame.device or "").endswith("mine") else frame.device
                kept[k] = replace(kept[k], toll=toll, device=kept[k].device or kind)
    return kept


def _outcomes(toll: Toll) -> list[int]:
    return [toll.killed or 0, toll.injured or 0]


def _by_lead(toll: Toll, lead: Toll) -> Toll:
    """Return a toll whose persons met what the lead says of all: "Two were hurt. One stepped on …"."""
    if toll.known or not toll.struck or (lead.killed and lead.injured):
        return toll
    return toll._replace(killed=toll.struck) if lead.killed else toll._replace(injured=toll.struck)


def _is_near(frames: Sequence[Frame], at: int, other: int) -> bool:
    """Tell whether an incident follows another soon; they come in the order in which they were told first."""
    return frames[other].passages[0] - frames[at].passages[0] <= FOLLOWS_WITHIN


def _can_be_summed(frame: Frame, other: Frame, contains: Contains) -> bool:
    """Tell whether a lead can have summed up an incident told soon after it: on no other day, elsewhere."""
    if frame.dated and other.dated and not days_agree(frame.when, other.days):
        return False
    told = other.toll.known or other.toll.struck
    return bool(told) and not places_agree(frame.places, other.places, contains)


def iso_date(days: Days | None) -> str | None:
    """Return the date of an incident as precisely as it is known: a day, a month or a year."""
    if days is None:
        return None
    if days.start == days.end or (days.precision == "window" and (days.end - days.start).days == 1):
        return days.start.isoformat()  # "over the past day" was mostly yesterday
    if (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start:%Y-%m}"
    return f"{days.start:%Y}" if days.start.year == days.end.year else None
