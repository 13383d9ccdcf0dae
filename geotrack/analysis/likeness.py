"""When two tellings may be of one explosion: date, place, victims and device, one of which may differ."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum

from rapidfuzz import fuzz

from geotrack.analysis.links import why_linked
from geotrack.analysis.nesting import LEVEL_RANK, Nesting
from geotrack.analysis.tellings import COUNTS, DAY_LENGTH, Telling, days_of
from geotrack.gazetteer.folding import folded_name, skeletons

# Days by which reports of one explosion may differ: that of the blast and that of the news.
DAYS_APART = 1
# Percent of likeness from which two names of villages in one district may be spellings of one, the
# romanisations of one sound brought together: two letters of ten may differ, "Upper" and "Lower" may not.
SPELLED_ALIKE = 80
# Victims in all from which an equal toll, split otherwise into dead and injured, is no coincidence.
TOLL = 2
_MINES = frozenset({"mine", "anti-personnel mine", "anti-tank mine"})
_REMNANTS = frozenset({"UXO", "cluster munition"})


class Fit(IntEnum):
    """How well two tellings fit."""

    none = 0
    loose = 1
    """One of date, spelling, victims and device differs, no more than in reports of one blast."""
    firm = 2
    """Nothing that both tell differs."""


class _Where(IntEnum):
    """How two place sets lie to each other."""

    apart = 0
    alike = 1
    """Villages of one district whose names are spelled alike, one of them known from texts only."""
    nested = 2
    step = 3
    """One is the unit right above the other."""
    same = 4


def fit(one: Telling, other: Telling, nesting: Nesting) -> Fit:
    """Return how well two tellings fit (DOMAIN.md 3.6: counts and spellings differ in copies of one blast).

    Firm: dates equal or one the month or year of the other, places the same or nested, no count that both
    give differs, devices that may be one (unknown fits any, a mine any mine). Loose, one of these differs:

    - days one apart, with the same village, or a village and the unit right above it, and a toll in common;
    - victims, on one day in the same village; or in it and the unit right above it, if both count as many
      harmed in all;
    - devices, on one day in the same village, with a toll in common;
    - villages of one district spelled alike, on one day, with a toll in common.
    """
    where = _where(one, other, nesting)
    if where is _Where.apart:
        return Fit.none
    off = [
        name
        for name, fits in (
            ("date", dates_agree(one.date, other.date)),
            ("place", where is not _Where.alike),
            ("victims", victims_agree(one, other)),
            ("device", devices_agree(one.device, other.device)),
        )
        if not fits
    ]
    if not off:
        return Fit.firm
    if len(off) > 1 or not (_is_day(one) and _is_day(other)):
        return Fit.none
    village = any(_is_village(each, nesting) for each in (one, other))
    may_be = {
        "date": _near(one, other) and village and where >= _Where.step and _share_toll(one, other),
        "place": _share_toll(one, other),
        "victims": village and (where is _Where.same or (where is _Where.step and _same_toll(one, other))),
        "device": village and where is _Where.same and _share_toll(one, other),
    }
    return Fit.loose if may_be[off[0]] else Fit.none


def excluded(one: Telling, other: Telling, nesting: Nesting) -> bool:
    """Tell whether no event can hold both: days further apart than reports of one differ, or other places."""
    if not (dates_agree(one.date, other.date) or dates_near(one, other)):
        return True
    return _where(one, other, nesting) is _Where.apart


def dates_agree(one: str | None, other: str | None) -> bool:
    """Tell whether two dates may be one day: the same, or a month or year that holds the other."""
    if one is None or other is None:
        return one == other
    return one.startswith(other) or other.startswith(one)


def devices_agree(one: str, other: str) -> bool:
    """Tell whether two devices may be one: unknown fits any, a mine any mine."""
    if one == other or "unknown" in (one, other):
        return True
    kinds = {one, other}
    return (kinds <= _MINES and "mine" in kinds) or kinds <= _REMNANTS


def _is_day(telling: Telling) -> bool:
    return len(telling.date or "") == DAY_LENGTH


def dates_near(one: Telling, other: Telling) -> bool:
    """Tell whether both give a day, and no further apart than reports of one explosion do."""
    return _is_day(one) and _is_day(other) and _near(one, other)


def _near(one: Telling, other: Telling) -> bool:
    mine, theirs = (dt.date.fromisoformat(each.date or "") for each in (one, other))
    return abs((mine - theirs).days) <= DAYS_APART


def _is_village(telling: Telling, nesting: Nesting) -> bool:
    return all(nesting.place(place).level == "settlement" for place in telling.place_ids)


def _agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def victims_agree(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings can count the same victims: what is not said contradicts nothing."""
    if not (_agree(one.killed, other.killed) and _agree(one.injured, other.injured)):
        return False
    return _agree(one.harmed, other.harmed)


def _share_toll(one: Telling, other: Telling) -> bool:
    """Tell whether both give a count of victims that is the same and not nought."""
    return any(getattr(one, name) and getattr(one, name) == getattr(other, name) for name in COUNTS)


def _same_toll(one: Telling, other: Telling) -> bool:
    return one.harmed is not None and one.harmed == other.harmed and one.harmed >= TOLL


def _where(one: Telling, other: Telling, nesting: Nesting) -> _Where:
    mine, theirs = one.place_ids, other.place_ids
    if mine == theirs:
        return _Where.same
    if nesting.nested(mine, theirs, days_of(one.date)[1]):
        single = len(mine) == len(theirs) == 1
        return _Where.step if single and _is_step(mine[0], theirs[0], nesting) else _Where.nested
    alike = len(mine) == len(theirs) == 1 and spelled_alike(mine[0], theirs[0], nesting)
    return _Where.alike if alike else _Where.apart


def _is_step(one: str, other: str, nesting: Nesting) -> bool:
    inner, outer = sorted((one, other), key=lambda place: LEVEL_RANK[nesting.place(place).level])
    above = nesting.chain(inner)[:-1]
    return bool(above) and above[-1] == outer


def spelled_alike(one: str, other: str, nesting: Nesting) -> bool:
    """Tell whether two villages of one unit may be one, one of them known only by how a text spells it."""
    mine, theirs = nesting.place(one), nesting.place(other)
    if mine.level != "settlement" or theirs.level != "settlement" or "/" not in one + other:
        return False
    if (mine.adm1, mine.adm2) != (theirs.adm1, theirs.adm2) or not mine.adm1:
        return False
    names = (skeletons(folded_name(place.name)) for place in (mine, theirs))
    return fuzz.ratio(*names) >= SPELLED_ALIKE


def why_of(telling: Telling, leader: Telling, nesting: Nesting) -> str:
    """Say why a telling is of the event that another leads: what it shares with it, and where it differs."""
    if telling.same_as:
        alone = telling.same_as == telling.incident_id
        return why_linked(telling.linked_by, telling.linked_on, alone=alone)
    differs = []
    if telling.date != leader.date:
        days = _is_day(telling) and _is_day(leader)
        differs.append("dates it a day apart" if days else "tells no day")
    if telling.place_ids != leader.place_ids:
        alike = _where(telling, leader, nesting) is _Where.alike
        differs.append("spells the place otherwise" if alike else "names wider places")
    if not victims_agree(telling, leader):
        differs.append("counts the victims otherwise")
    if not devices_agree(telling.device, leader.device):
        differs.append("names another device")
    return ", ".join(differs) or "tells the same day, place, victims and device"
