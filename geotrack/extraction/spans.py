"""Time expressions of one sentence, and how they go together: compared, spelled out, joined to a span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geotrack.extraction.days import Days
from geotrack.extraction.tagging import TaggedSentence

TimeKind = Literal["interval", "since", "as_of", "so_far", "event", "present"]

# Words between "compared with" and the time of what is compared with.
_COMPARISON = 22
# Words between "began" and its date: "began back in March".
_VERB_REACH = 2
# Words between them where another date ends a count: "began to record them in 1999".
_OBJECT_REACH = 5


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: `words[first:last]`, its kind and its days (None where unresolved).

    `compared` is the word from which on a comparison with another time is told ("up from 250 in 2022").
    """

    first: int
    last: int
    kind: TimeKind
    days: Days | None
    inferred: bool = False
    rolling: bool = False
    compared: int | None = None


def compared_from(sentence: TaggedSentence, time: TimeExpression) -> int | None:
    """Return the word that opens a comparison with a time: the "against" of "10, against 15 in 2023"."""
    if "comparison" not in sentence.seen:
        return None
    for k in range(time.first - 1, max(-1, time.first - _COMPARISON), -1):
        after = sentence.after(k)
        if sentence.has(k, "barrier.strong") or sentence.folded[k] in {",", ".", ":"}:
            return None
        if sentence.has(k, "comparison.number"):
            counted = sentence.folded[after][0].isdecimal() or sentence.has(after, "number.unit")
            beside = after >= time.first and not sentence.has(k, "time.since.after")
            if counted or beside:
                return k
        elif sentence.has(k, "comparison"):
            return k
    return None


def without_spelled_out(sentence: TaggedSentence, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Drop what an explicit date spells out: "a week earlier, from 16 to 22 October"."""
    return [
        t
        for t, then in zip(found, [*found, None][1:], strict=True)
        if then is None or not _is_spelled_out(sentence, t, then)
    ]


def _is_spelled_out(sentence: TaggedSentence, one: TimeExpression, other: TimeExpression) -> bool:
    between = one.last + (sentence.folded[one.last] == "alone")  # "in the last day alone, 30 August"
    apposed = sentence.folded[between : other.first] in {(",",), ("(",), ("-",), (":",)}
    calendar = any(sentence.has(k, "time.month") for k in range(one.first, one.last))
    relative = one.inferred and not calendar  # a date of the calendar, though its year was concluded
    both = (one.kind, other.kind) == ("interval", "interval")
    return both and apposed and relative and other.days is not None and not other.rolling


def joined(sentence: TaggedSentence, found: list[TimeExpression]) -> list[TimeExpression]:
    """Join the ends of a stretch told with two verbs: "began in March and ended in May"."""
    if sentence.seen.isdisjoint({"time.closes", "time.goes_on", "time.opens"}):
        return found
    spans: list[TimeExpression] = []
    for time in found:
        before = spans[-1] if spans else None
        if before is not None and _is_begun(sentence, before, time):
            spans[-1] = replace(before, kind="since")
            before = None
        days = _span(sentence, before, time) if before else None
        if before is None or days is None:
            spans.append(time)
        else:
            spans[-1] = replace(before, last=time.last, kind="interval", days=days, inferred=True)
    return spans


def _is_begun(sentence: TaggedSentence, one: TimeExpression, other: TimeExpression) -> bool:
    """Tell whether a count began with the one time: "began to record in 1999 and had 9 by June 2013"."""
    ends = other.kind == "as_of" and sentence.has(other.first, "time.until", "time.through", "time.by")
    near = range(1, _OBJECT_REACH + 1)
    return ends and one.kind == "interval" and any(sentence.has(one.first - k, "time.opens") for k in near)


def _span(sentence: TaggedSentence, one: TimeExpression, other: TimeExpression) -> Days | None:
    """Return the days from the one to the other, if verbs open the one and close the other."""
    if one.kind in {"interval", "since"} and one.days and other.days and other.days.precision == "lasting":
        goes_on = any(sentence.has(other.first - k, "time.goes_on") for k in range(4))
        end = one.days.start + (other.days.end - other.days.start)
        return Days(one.days.start, end, "span") if goes_on else None
    near = range(_VERB_REACH + 1)
    opened = any(sentence.has(one.first - k, "time.opens") for k in near)
    opened = opened or sentence.has(one.first, "time.since.started")
    closed = any(sentence.has(other.first - k, "time.closes") for k in near if k)
    kinds = one.kind in {"interval", "since"} and other.kind in {"interval", "as_of"}
    if not (opened and closed and kinds) or one.days is None or other.days is None:
        return None
    return Days(one.days.start, other.days.end, "span") if one.days.start < other.days.end else None
