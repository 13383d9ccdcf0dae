"""The period of a figure: from the times of its passage, else from the passage it continues.

Rulings: docs/reading.md, "Which period".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.times import TimeExpression
from geotrack.models import Basis

STOCKS = frozenset({"area_contaminated", "share_contaminated", "mines_recorded", "people_at_risk"})
FRONT_COST = 2.0
STRONG, WEAK = 8.0, 1.2
TOO_FAR = 22.0
# A stretch longer than this is told of as a running total, not as one event.
LONGEST_EVENT_DAYS = 3
# A time within these first words opens its sentence.
_OPENING = 2


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


@dataclass(frozen=True, slots=True)
class PeriodContext:
    """What a figure without a time of its own takes over.

    `continued` is the period that it goes on with, `cell` the times that its table gives it, `headed` the
    times of the heading above, `said` the day on which the speaker of its paragraph spoke.
    """

    continued: FigurePeriod | None = None
    cell: tuple[TimeExpression, ...] | None = None
    headed: tuple[TimeExpression, ...] = ()
    said: Days | None = None


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
    own = rank_times(passage, anchors) if context.cell is None else list(context.cell)
    ranked = own or list(context.headed)
    scene = context.continued
    told = min(context.said.end, published or context.said.end) if context.said else published
    since = _first(ranked, "since")
    interval = _first(ranked, "interval")
    if since is not None and interval is not None and _is_nearer(passage, interval, since, ranked):
        since = None
    as_of = _first(ranked, "as_of")
    so_far = _first(ranked, "so_far")
    if measure in STOCKS:
        return _stock(passage, interval, as_of, (told, published))
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
    if so_far is not None:
        end = interval.days.end if interval and interval.days else told
        start = scene.start if scene and scene.basis == "cumulative" else None
        return FigurePeriod(start, end, "cumulative", ("end",))
    if scene is not None:
        return replace(scene, inferred=("start", "end"), inherited=True)
    return FigurePeriod(None, None if says_earlier(passage) else told, "cumulative", ("end",))


def _is_nearer(
    passage: Passage, interval: TimeExpression, since: TimeExpression, ranked: Sequence[TimeExpression]
) -> bool:
    """Tell whether a stretch of its own takes a figure out of a total: "since May 2004: … in 2004"."""
    within = interval.days is not None and interval.days.precision not in {"day", "event", "start"}
    follows = interval.first - since.last <= 1  # "since the invasion in February 2022" is one expression
    return (
        within
        and not follows
        and ranked.index(interval) < ranked.index(since)
        and not is_report_day(passage, interval)
    )


def says_earlier(passage: Passage) -> bool:
    """Tell whether the passage reports a statement made at an unknown earlier time."""
    return bool(passage.tagged.find("report.earlier"))


def rank_times(passage: Passage, anchors: Sequence[tuple[int, int]]) -> list[TimeExpression]:
    """Return the time expressions that can govern the words at some ranges, nearest first."""
    names = passage.place_words()
    own = [t for t in passage.times if not (is_owned(passage, t) or _is_anothers(passage, t, anchors))]
    dated = [t for t in own if t.days is None or t.days.precision != "clock"]
    scopes = [(t, *scope) for t in dated if (scope := _label_scope(passage, t))]
    at = anchors[0][0]
    labels = [t for t, first, last in scopes if first <= at < last]
    if labels:
        return labels[-1:]
    dated = [t for t in dated if all(t is not s for s, _, _ in scopes)]
    costed = [(min(_cost(passage, t, a, names) for a in anchors), t.first, t) for t in dated]
    return [t for cost, _, t in sorted(costed, key=lambda c: c[:2]) if cost < TOO_FAR]


def _label_scope(passage: Passage, time: TimeExpression) -> tuple[int, int] | None:
    """Return the words that a time before a colon labels: those of "(2010: 1 killed)" up to its bracket."""
    words = passage.tagged.folded
    if time.kind != "interval" or time.last >= len(words) or words[time.last] != ":":
        return None
    bracket = time.first > 0 and words[time.first - 1] == "("
    if not bracket and time.first > _OPENING:
        return None
    ends = [k for k in range(time.last, len(words)) if words[k] == ")"] if bracket else []
    return time.last, ends[0] if ends else len(words)


def _is_anothers(passage: Passage, time: TimeExpression, anchors: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a time dates the level compared with: "137,000, down from 174,000 in 2022"."""
    start = max(last for _, last in anchors)
    return any(
        start <= q.first and q.last == time.first and passage.tagged.has(q.first - 1, "number.from")
        for q in passage.quantities
    )


def _first(ranked: Sequence[TimeExpression], kind: str) -> TimeExpression | None:
    return next((t for t in ranked if t.kind == kind), None)


def _cost(passage: Passage, time: TimeExpression, span: tuple[int, int], names: frozenset[int]) -> float:
    first, last = span
    before = time.first < first
    between = range(time.last, first) if before else range(last, time.first)
    cost = 0.0
    for k in between:
        if k in names or (k + 1 in names and passage.tagged.folded[k] == ","):
            continue
        strong, weak = passage.tagged.has(k, "barrier.strong"), passage.tagged.has(k, "barrier.weak")
        cost += STRONG if strong else WEAK if weak else 0.4
    cost += 3.0 * sum(q.first in between and q.head != "other" for q in passage.quantities)
    if before and time.first <= 3:  # noqa: PLR2004 an opening "In 2023," governs the whole sentence
        cost = min(cost, FRONT_COST)
    return cost


def is_owned(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a date belongs to something else: "liberated in 2020", "the agreement of 10 November"."""
    if time.kind in {"since", "so_far"}:
        return False
    if time.kind == "interval" and any(passage.tagged.has(time.first - k, "war.begun", "war.over") for k in (1, 2)):
        return True  # "the invasion on 24 February 2022"
    near = (time.first - 1, time.first - 2, time.last)
    return any(passage.tagged.has(k, "own_time") for k in near)


def is_report_day(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is when something was said: "said on 22 April", "On 22 April the ministry put …"."""
    if time.kind != "interval" or time.days is None or time.days.precision != "day":
        return False  # "said that since 10 November" tells a start, not the day of the saying
    near = [time.first - k for k in range(1, 4)] + [time.last, time.last + 1]
    return any(passage.tagged.has(k, "report.verb") for k in near) or _opens_report(passage, time)


def _opens_report(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day opens a sentence whose first verb is one of saying, which then tells a total."""
    tagged = passage.tagged
    if time.first > _OPENING or not any(t.kind in {"since", "so_far"} for t in passage.times):
        return False
    for phrase in tagged.phrases:
        if phrase.first >= time.last and phrase.has("report.verb", "predicate", "incident", "barrier.strong"):
            return phrase.has("report.verb")
    return False


def report_day(passage: Passage) -> Days | None:
    """Return the day on which a passage says that something was said, if it does."""
    return next((t.days for t in passage.times if is_report_day(passage, t)), None)


def _marks(time: TimeExpression, *fields: str) -> tuple[str, ...]:
    return fields if time.inferred else ()


def _stock(
    passage: Passage,
    interval: TimeExpression | None,
    as_of: TimeExpression | None,
    told: tuple[dt.date | None, dt.date | None],
) -> FigurePeriod:
    """Return the day at which a level holds: as of, the end of a stated period, else the day it was told.

    `told` is the day of the telling and that of publication.
    """
    for time in (as_of, interval):
        if time is not None and time.days is not None and time.days.precision != "event":
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
    reported = next((t for t in passage.times if is_report_day(passage, t)), None)
    for time in (as_of, reported):
        if time is not None and time.days is not None and (start is None or time.days.end >= start):
            end = _until(time.days.end, told[1])
            marks = (*inferred, *_marks(time, "end"))
            return FigurePeriod(start, end, "cumulative", marks, stated=True)
    last = None if says_earlier(passage) else told[0]
    if start is not None and last is not None and last < start:
        last = told[1] if told[1] and told[1] >= start else None
    return FigurePeriod(start, last, "cumulative", (*inferred, "end") if last else inferred, stated=True)


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
