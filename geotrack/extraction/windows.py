"""Windows that slide with publication ("over the past week"), held where the report tells their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.announcements import as_of_day
from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.spans import TimeExpression
from geotrack.extraction.statements import report_day

# Days from the first to the last of a stretch that is "the week", and of the window "the past week".
_SHORTEST, _LONGEST, _WEEK = 4, 7, 7
# A report speaks of a week or a day that ended no longer ago than this.
_RECENT = dt.timedelta(days=8)
# The title and its lead say the same.
_LEAD = 3


def held_windows(passages: list[Passage], published: dt.date | None) -> list[Passage]:
    """Return the passages, their sliding windows put where the report says that they lie.

    "In the past week 5 mines were found … (from 26 April to 3 May)": the week is that of the dates; "in the
    past day, the report of 12 March says": it ends with that day.
    """
    sliding = [p for p in passages if any(t.rolling for t in p.times)]
    if published is None or not sliding:
        return passages
    week = _latest_week(passages, published, "range")
    named = week or _latest_week(passages[:_LEAD], published, "week")
    held = list(passages)
    for passage in sliding:
        told = _told_on(passage, passages, published)
        meant = week if passage.number else named
        times = tuple(_held(t, meant, told, published) if t.rolling else t for t in passage.times)
        held[passage.number] = replace(passage, times=times)
    return held


def _latest_week(passages: Sequence[Passage], published: dt.date, precision: str) -> Days | None:
    """Return the last of the weeks that passages tell, if none overlaps it."""
    weeks = {
        t.days for p in passages for t in p.times if t.days is not None and _is_week(t, published, precision)
    }
    latest = max(weeks, key=lambda days: days.end, default=None)
    return latest if latest and all(w is latest or w.end < latest.start for w in weeks) else None


def _is_week(time: TimeExpression, published: dt.date, precision: str) -> bool:
    """Tell whether a time writes out the days of a week that is just over, or names it: "last week"."""
    if time.kind != "interval" or time.days is None or time.rolling or time.days.precision != precision:
        return False
    recent = dt.timedelta(0) <= published - time.days.end <= _RECENT
    return recent and _SHORTEST <= (time.days.end - time.days.start).days <= _LONGEST


def _told_on(passage: Passage, passages: Sequence[Passage], published: dt.date) -> dt.date:
    """Return the day as of which a passage is told; the title's is that of its lead."""
    asked = passages[:_LEAD] if passage.number == 0 else [passage]
    for one in asked:
        day = report_day(one) or as_of_day(one)
        if day is not None and dt.timedelta(0) <= published - day.end <= _RECENT:
            return day.end
    return published


def _held(time: TimeExpression, week: Days | None, told: dt.date, published: dt.date) -> TimeExpression:
    days = time.days
    if days is None or days.end != published or (days.end - days.start).days > _WEEK:
        return time
    if week is not None and (days.end - days.start).days == _WEEK:
        return replace(time, days=week, rolling=False)
    back = published - told
    return replace(time, days=replace(days, start=days.start - back, end=told)) if back else time
