"""The period of a figure: from the times of its passage, else from the passage it continues.

Rulings: docs/reading.md, "Which period".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.scopes import rank_times
from geotrack.extraction.statements import is_report_day, says_earlier
from geotrack.extraction.times import TimeExpression
from geotrack.models import Basis

STOCKS = frozenset({"area_contaminated", "share_contaminated", "mines_recorded", "people_at_risk"})
# A stretch longer than this is told of as a running total, not as one event.
_STRETCHES = frozenset({"month", "months", "year"})
# Days of a stretch that "so far" can mean, and days since its end.
_LONG, _JUST = 60, 7
LONGEST_EVENT_DAYS = 3
# Words from "began" to its day, and what tells that the work went on.
_BEGUN = 10
_HAVE = frozenset({"has", "have"})


@dataclass(frozen=True, slots=True)
class FigurePeriod:
    """Start and end of a figure, its basis, and which of them were concluded."""

    start: dt.date | None
    end: dt.date | None
    basis: Basis
    inferred: tuple[str, ...] = ()
    rolling: bool = False
    stated: bool = False
    inherited: bool = False

    def is_of_the_days_of(self, other: FigurePeriod) -> bool:
        """Tell whether two figures are told of the same days."""
        return (self.start, self.end) == (other.start, other.end)


@dataclass(frozen=True, slots=True)
class PeriodContext:
    """What a figure without a time of its own takes over.

    `continued` is the period that it goes on with, `cell` the times that its table gives it, `headed` the
    times of the heading above, `said` the day on which the speaker of its paragraph spoke, `word` where
    the number itself stands.
    """

    continued: FigurePeriod | None = None
    cell: tuple[TimeExpression, ...] | None = None
    headed: tuple[TimeExpression, ...] = ()
    said: Days | None = None
    word: int | None = None


def figure_period(  # noqa: PLR0911 - one way out for each kind of period
    passage: Passage,
    anchors: Sequence[tuple[int, int]],
    measure: str,
    published: dt.date | None,
    context: PeriodContext,
) -> FigurePeriod:
    """Return the period of a figure that stands at `anchors` (word ranges).

    `context` tells what came before.
    """
    level = measure in STOCKS
    own = (
        rank_times(passage, anchors, context.word, present=level)
        if context.cell is None
        else list(context.cell)
    )
    own = [_opened(passage, t, context.word) for t in own]
    ranked = own or list(context.headed)
    scene = context.continued
    told = min(context.said.end, published or context.said.end) if context.said else published
    since = _first(ranked, "since")
    told_apart = [t for t in ranked if t.kind != "interval" or not is_report_day(passage, t)]
    interval = (None if level else _first(told_apart, "interval")) or _first(ranked, "interval")
    if since is not None and interval is not None and _is_nearer(passage, interval, since, ranked):
        since = None
    as_of = _first(ranked, "as_of")
    so_far = _first(ranked, "so_far")
    if measure in STOCKS:
        day = scene.end if scene and scene.basis == "stock" else told
        dated = [t for t in (as_of, None if ranked and ranked[0].kind == "present" else interval) if t]
        dated.sort(key=lambda t: (is_report_day(passage, t), ranked.index(t)))
        return _stock(passage, dated, (day, published))
    if since is not None:
        return _cumulative(passage, since, as_of, (told, published))
    if interval is not None and not (so_far and is_report_day(passage, interval)):
        if is_report_day(passage, interval) and interval.days is not None:
            start = scene.start if scene else None
            return FigurePeriod(start, interval.days.end, "cumulative", _marks(interval, "end"), stated=True)
        return _interval(interval, published, so_far=so_far is not None)
    if as_of is not None and as_of.days is not None:
        start = scene.start if scene and scene.basis == "cumulative" else None
        return FigurePeriod(
            start, _until(as_of.days.end, published), "cumulative", _marks(as_of, "end"), stated=True
        )
    if so_far is not None and scene is not None and _reaches(scene, told):
        return replace(scene, basis="cumulative", inferred=("start",), inherited=True)
    if so_far is not None:
        end = interval.days.end if interval and interval.days else told
        start = scene.start if scene and scene.basis == "cumulative" else None
        return FigurePeriod(start, end, "cumulative", ("end",), stated=start is None)
    if scene is not None:
        goes_on = scene.basis == "cumulative" and not says_earlier(passage)
        end = scene.end or (told if goes_on else None)
        return replace(scene, end=end, inferred=("start", "end"), inherited=True)
    return FigurePeriod(None, None if says_earlier(passage) else told, "cumulative", ("end",))


def _reaches(scene: FigurePeriod, told: dt.date | None) -> bool:
    """Tell whether a long stretch told before goes on until the report: "from May to today. So far …"."""
    if scene.basis != "period" or scene.start is None or scene.end is None or told is None:
        return False
    return (told - scene.end).days <= _JUST and (scene.end - scene.start).days >= _LONG


def _opened(passage: Passage, time: TimeExpression, at: int | None) -> TimeExpression:
    """Return the day on which work began as the start of what it did: "began on 1 June and has cleared"."""
    tagged = passage.tagged
    if at is None or time.kind != "interval" or time.days is None or time.last >= at:
        return time
    started = any(tagged.has(k, "modality.begun") for k in range(max(0, time.first - _BEGUN), time.first))
    goes_on = any(tagged.folded[k] in _HAVE for k in range(time.last, at))
    return replace(time, kind="since") if started and goes_on else time


def _is_nearer(
    passage: Passage, interval: TimeExpression, since: TimeExpression, ranked: Sequence[TimeExpression]
) -> bool:
    """Tell whether a stretch of its own takes a figure out of a total: "since May 2004: … in 2004"."""
    if since.days is None and not is_report_day(passage, interval):
        return interval.days is not None and interval.days.precision not in {"event", "clock"}
    labels = since.first == 0 and passage.tagged.folded[since.last : since.last + 1] == (":",)
    if labels and interval.first > since.last and not is_report_day(passage, interval):
        return interval.days is not None and interval.days.precision == "year"
    within = interval.days is not None and interval.days.precision not in {"day", "event", "start"}
    apart = passage.tagged.folded[since.last : interval.first] == (":",)  # "since 1999: in 2003 …"
    follows = (
        0 <= interval.first - since.last <= 1 and not apart
    )  # "since the invasion in February 2022" is one
    return (
        within
        and not follows
        and ranked.index(interval) < ranked.index(since)
        and not is_report_day(passage, interval)
    )


def _first(ranked: Sequence[TimeExpression], kind: str) -> TimeExpression | None:
    return next((t for t in ranked if t.kind == kind), None)


def _marks(time: TimeExpression, *fields: str) -> tuple[str, ...]:
    return fields if time.inferred else ()


def _stock(
    passage: Passage, dated: Sequence[TimeExpression], told: tuple[dt.date | None, dt.date | None]
) -> FigurePeriod:
    """Return the day at which a level holds: as of, the end of a stated period, else the day it was told.

    `dated` are the times that date it, nearest first, `told` is the day of the telling and of publication.
    """
    for time in dated:
        if time.days is not None and time.days.precision != "event":
            end = _until(time.days.end, told[1])
            return FigurePeriod(None, end, "stock", _marks(time, "end"), stated=True)
    as_told = None if says_earlier(passage) else told[0]
    return FigurePeriod(None, as_told, "stock", ("end",) if as_told else ())


def _cumulative(
    passage: Passage,
    since: TimeExpression,
    as_of: TimeExpression | None,
    told: tuple[dt.date | None, dt.date | None],
) -> FigurePeriod:
    """Return the days of a running total: from its start to the as-of day, else to the day it was told."""
    start = since.days.start if since.days else None
    inferred = _marks(since, "start")
    said = (t for t in passage.times if t.first != since.first and is_report_day(passage, t))
    reported = next(said, None)
    for time in (as_of, reported, _opening_day(passage, since)):
        if time is not None and time.days is not None and (start is None or time.days.end >= start):
            end = _until(time.days.end, told[1])
            marks = (*inferred, *_marks(time, "end"))
            return FigurePeriod(start, end, "cumulative", marks, stated=True)
    last = None if says_earlier(passage) else told[0]
    if start is not None and last is not None and last <= start != told[1]:
        last = told[1] if told[1] and told[1] >= start else None
    return FigurePeriod(start, last, "cumulative", (*inferred, "end") if last else inferred, stated=True)


def _opening_day(passage: Passage, since: TimeExpression) -> TimeExpression | None:
    """Return the day that opens a total: "On 15 December it stood at 268 hectares since the year began"."""
    first = passage.times[0] if passage.times else since
    day = first.kind == "interval" and first.days is not None and first.days.precision == "day"
    counted = {q.group for q in passage.quantities if q.head != "other"}
    return first if day and first is not since and first.first <= 1 and len(counted) == 1 else None


def _until(end: dt.date, published: dt.date | None) -> dt.date:
    """Return an end that is not later than publication."""
    return min(end, published) if published else end


def _interval(time: TimeExpression, published: dt.date | None, *, so_far: bool = False) -> FigurePeriod:
    days: Days | None = time.days
    if days is None:
        return FigurePeriod(None, None, "period", ("start", "end"), rolling=time.rolling)
    # A bare year is the calendar year, whenever it was written; a month later than publication ends there.
    whole = days.precision == "year" and not time.inferred and not so_far
    end = days.end if whole else _until(days.end, published)
    if end < days.start:
        end = days.end
    return FigurePeriod(days.start, end, "period", _marks(time, "start", "end"), time.rolling, stated=True)


def goes_through_months(passage: Passage, numbers: int) -> bool:
    """Tell whether several numbers are of a month or a year each: "killed 7 in January, 12 in February"."""
    stretches = {
        (t.days.start, t.days.end)
        for t in passage.times
        if t.kind == "interval" and t.days and t.days.precision in _STRETCHES
    }
    return min(numbers, len(stretches)) > 1


def sums_stretch(passage: Passage) -> bool:
    """Tell whether a passage tells what a stretch brought, or what happens always: "in March alone"."""
    times = (t for t in passage.times if t.kind == "interval")
    whole = any(passage.tagged.has(t.last, "stretch.whole") for t in times)
    return whole or bool(passage.tagged.find("stretch.habit"))
