"""Going on: what later passages add to the incident told last: its day, its site, who was harmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.accounts import names_attack, says_where_it_lay
from geotrack.extraction.frames import FOLLOWS_WITHIN, Frame, days_agree, places_agree
from geotrack.extraction.halves import harms
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import Contains
from geotrack.extraction.recalls import tells_of_known
from geotrack.extraction.scene import Scene
from geotrack.extraction.sites import is_site, is_told_day, site_groups, site_of, stated_days
from geotrack.extraction.stories import says_when
from geotrack.extraction.times import TimeExpression
from geotrack.extraction.tolls import told as tolled
from geotrack.extraction.victims import read_fates
from geotrack.models import Place

# How precisely a later passage must say when it happened.
_TOLD_LATER = frozenset({"day", "month"})
# Somebody hurt dies of it within so many days.
_HEALING = dt.timedelta(days=90)


def go_on(passage: Passage, scene: Scene, frames: list[Frame], contains: Contains, *, since: int) -> bool:
    """Complete the last incident with a passage that goes on with it, and tell whether it does.

    Nothing goes on with what was told before the passage `since`, which opened another entry.
    """
    at = max(range(len(frames)), key=lambda i: frames[i].passages[-1], default=-1)
    if at < 0 or passage.number - frames[at].passages[-1] > FOLLOWS_WITHIN or names_attack(passage):
        return False
    if frames[at].passages[-1] < since:
        return False
    local = [g for g in site_groups(passage, scene) if not g.country_only]
    site = site_of(passage, local) if local else ()
    if site and passage.tagged.find("happened"):
        at = _told_there(frames, site, at)
    frame = frames[at]
    time = stated_days(passage)
    fates = read_fates(passage)
    elsewhere = bool(site) and frame.placed and not places_agree(frame.places, site, contains)
    other_day = time is not None and not is_told_day(passage, time) and not days_agree(frame.days, time.days)
    died = other_day and tells_of_known(passage, fates) and _follows(time, frame)
    if (elsewhere or (other_day and not died)) and harms(fates):
        return False
    happened = bool(passage.tagged.find("happened"))
    if happened or harms(fates) or says_where_it_lay(passage):
        frame = _situated(_dated(frame, passage, happened=happened), site, contains)
    elif _is_wide(frame) and any(is_site(passage, g) for g in local):
        frame = _situated(frame, site, contains)
    if fates:
        frame = replace(
            frame,
            passages=(*frame.passages, passage.number),
            toll=tolled(frame.toll, passage, fates),
            own=tolled(frame.own, passage, fates),
        )
    frames[at] = frame
    return True


def _follows(time: TimeExpression | None, frame: Frame) -> bool:
    """Tell whether a day is a later one than that of an incident: "on the night of the 30th he died"."""
    days = time.days if time else None
    if days is None or frame.days is None:
        return False
    return frame.days.end <= days.start <= frame.days.end + _HEALING


def _told_there(frames: Sequence[Frame], site: tuple[Place, ...], at: int) -> int:
    """Return the last incident told of at a site, else one: "The blast in X was on Monday"."""
    ids = {p.id for p in site}
    order: list[int] = [at, *range(len(frames) - 1, -1, -1)]
    for k in order:
        if frames[k].placed and ids & {p.id for p in frames[k].places}:
            return k
    return at


def _is_wide(frame: Frame) -> bool:
    """Tell whether an incident that harmed somebody is known by its oblast, district or country only."""
    return frame.toll.known and all(p.level in {"adm1", "adm2", "country"} for p in frame.places)


def _dated(frame: Frame, passage: Passage, *, happened: bool) -> Frame:
    """Take the day of an incident from a later passage that says when it happened."""
    time = stated_days(passage)
    if frame.dated or time is None or time.days is None:
        return frame
    if time.days.precision not in _TOLD_LATER and not (frame.days is None and says_when(passage, time)):
        return frame
    if is_told_day(passage, time) or (frame.days is not None and not happened):
        return frame
    marks = tuple(f for f in frame.inferred if f != "date") + (("date",) if time.inferred else ())
    return replace(frame, days=time.days, inferred=marks, dated=True)


def _situated(frame: Frame, site: tuple[Place, ...], contains: Contains) -> Frame:
    """Take the site of an incident from a later passage that says where it happened."""
    within = not frame.placed or any(
        a.id != b.id and contains(a.id, b.id) for a in frame.places for b in site
    )
    if not site or not within:
        return frame
    marks = tuple(f for f in frame.inferred if f != "places")
    return replace(frame, places=site, inferred=marks, placed=True)
