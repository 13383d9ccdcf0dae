"""What a passage announces for those after it: a statement's day, a total's start, a heading's times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup
from geotrack.extraction.scopes import is_owned, within_brackets
from geotrack.extraction.spans import TimeExpression
from geotrack.extraction.statements import is_report_day

# A statement is gone on with by a sentence this near.
STATEMENT_GOES_ON = 6
# Days on which maps were handed over that are remembered.
_HAND_OVERS = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """A day on which something was said or as of which it holds: in which passage and paragraph.

    `bare` if that passage counts nothing itself and so announces what comes; `quoting` while a quotation
    that it opened goes on.
    """

    days: Days
    number: int
    paragraph: int
    countries: frozenset[str]
    bare: bool
    quoting: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The start of a running total, its as-of day, the passage that told it, its countries and paragraph."""

    since: TimeExpression
    as_of: TimeExpression | None
    number: int
    countries: frozenset[str]
    paragraph: int = -1


@dataclass(frozen=True, slots=True)
class HandOver:
    """The day on which something (the maps of minefields) changed hands, and of which places."""

    days: Days
    places: frozenset[str]


def hand_overs(
    told: tuple[HandOver, ...], passage: Passage, groups: Sequence[PlaceGroup]
) -> tuple[HandOver, ...]:
    """Return the hand-overs of maps told so far and in a passage, each with the places nearest to its day."""
    days = [
        t
        for t in passage.times
        if t.kind == "interval" and t.days and t.days.precision == "day" and not is_report_day(passage, t)
    ]
    if not days or not passage.tagged.find("predicate.recorded.noun"):
        return told
    for time in days:
        near = [g for g in groups if min(days, key=lambda t: abs(t.first - g.first)) is time]
        if time.days is not None:
            places = frozenset(p.id for g in near for p in g.places)
            told = (*told[-_HAND_OVERS:], HandOver(time.days, places))
    return told


def as_of_day(passage: Passage) -> Days | None:
    """Return the day as of which a passage tells a level or a total; "by May" only tells one then."""
    return next(
        (t.days for t in passage.times if t.kind == "as_of" and passage.tagged.has(t.first, "time.as_of")),
        None,
    )


def holds_on(statement: Statement, passage: Passage) -> bool:
    """Tell whether a statement's day still holds: in its paragraph, and while its speaker goes on."""
    if statement.paragraph == passage.sentence.paragraph or statement.quoting:
        return True
    if passage.number - statement.number > STATEMENT_GOES_ON:
        return False
    return statement.bare or _speaks_on(passage)


def _speaks_on(passage: Passage) -> bool:
    """Tell whether a passage quotes, or lets the same speaker go on: "he said", "she added"."""
    tagged = passage.tagged
    if '"' in tagged.folded:
        return True
    return any(
        tagged.has(k, "person.pronoun")
        for p in tagged.find("report.verb")
        for k in (p.first - 2, p.first - 1, p.last, p.last + 1)
    )


def clause_times(passage: Passage) -> tuple[TimeExpression, ...]:
    """Return the times of a clause that hold for what stands behind its semicolon."""
    own = [t for t in passage.times if not (is_owned(passage, t) or is_report_day(passage, t)) and t.days]
    plain = sorted((t for t in own if t.compared is None), key=lambda t: t.kind == "interval")
    return tuple(
        replace(t, days=replace(t.days, precision="range")) if t.days.precision == "day" else t
        for t in plain
        if t.days
    )


def heading_times(passage: Passage) -> tuple[TimeExpression, ...]:
    """Return the times of a heading that hold for what stands under it; a single day is a dateline."""
    return tuple(
        t
        for t in within_brackets(passage, passage.times, 0)  # not the year of "10 in all (2005: 6)"
        if t.days is not None
        and not t.inferred
        and not is_owned(passage, t)
        and (
            t.kind in {"as_of", "since"}
            or (t.kind == "interval" and t.days.precision not in {"day", "clock", "event"})
        )
    )
