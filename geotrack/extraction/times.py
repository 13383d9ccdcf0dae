"""Time expressions of a sentence, resolved to days.

An expression is an interval ("in May 2023", "April 7 to 13"), a start ("since November 2020"), an
as-of day ("as of 1 June", "by July") or the mark of a running total ("so far"). What was not written
but concluded (a year, a relative day) makes it `inferred`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from geotrack.extraction import days as cal
from geotrack.extraction.dates import Atom, Clock
from geotrack.extraction.days import FEBRUARY, Days
from geotrack.extraction.relatives import RelativeReader

__all__ = ["Clock", "TimeExpression", "TimeKind", "TimeReader"]

TimeKind = Literal["interval", "since", "as_of", "so_far"]

# What a date can begin with, besides digits.
_BEGINNINGS = (
    "time.article", "time.month", "time.last", "time.this", "time.same", "time.during", "time.past",
    "time.part", "time.event", "time.weekday", "time.deictic", "time.shifted", "time.shifted_year",
    "time.year_word",
)  # fmt: skip
# Words after "since the liberation of" within which its date may stand.
_EVENT_REACH = 9


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: `words[first:last]`, its kind and its days (None where unresolved)."""

    first: int
    last: int
    kind: TimeKind
    days: Days | None
    inferred: bool = False
    rolling: bool = False


class TimeReader(RelativeReader):
    """Reads the time expressions of one sentence."""

    def read(self) -> list[TimeExpression]:
        """Return the time expressions in order, none overlapping."""
        found: list[TimeExpression] = []
        at = 0
        while at < self.size:
            expression = self._expression(at) if self._may_open(at) else None
            if expression is None:
                at += 1
                continue
            found.append(expression)
            if expression.days and expression.kind != "so_far":
                self.clock = self.clock.after(expression.days)
            at = expression.last
        return found

    def _may_open(self, at: int) -> bool:
        """Tell whether a time expression can open at a word: most words are no reason to look further."""
        return self.words[at][0].isdigit() or self._has(at, "time")

    def _expression(self, at: int) -> TimeExpression | None:
        if self._has(at, "time.so_far"):
            return TimeExpression(at, self._after(at), "so_far", None)
        for tag, kind in (("time.since", "since"), ("time.as_of", "as_of")):
            if self._has(at, tag):
                return self._bounded(at, tag, kind)  # type: ignore[arg-type]
        if self._has(at, "time.until", "time.by", "time.through"):
            return self._ended(at)
        atom = self._range(at)
        if atom is None or (atom.days is not None and atom.days.precision == "event"):
            return None
        return TimeExpression(
            at, atom.last, "interval", atom.days, atom.inferred or atom.yearless, atom.rolling
        )

    def _bounded(self, at: int, tag: str, kind: TimeKind) -> TimeExpression | None:
        """Read "since X", "as of X"; "from X" opens a running total only where X is not a range."""
        start = self._skip(self._after(at), "time.article")
        ambiguous = self._has(at, "time.since.from")
        atom = self._range(start)
        if atom is None and kind == "since" and not ambiguous:
            atom = self._current(start) or self._dated_event(start)
        if atom is None:
            return self._unknown(at, start) if kind == "since" and not ambiguous else None
        ranged = atom.days is not None and atom.days.precision == "range"
        if ambiguous and not ranged and not self._has(atom.last, "time.so_far", "time.onwards"):
            return TimeExpression(
                at, atom.last, "interval", atom.days, atom.inferred or atom.yearless, atom.rolling
            )
        if ranged and kind == "since":
            return TimeExpression(at, atom.last, "interval", atom.days, atom.inferred or atom.yearless)
        if self._has(at, "time.since.end") and atom.days is not None and atom.days.precision != "event":
            atom = replace(atom, days=Days(atom.days.end, atom.days.end, "day"))
        last = self._after(atom.last) if self._has(atom.last, "time.so_far", "time.onwards") else atom.last
        del tag
        return TimeExpression(at, last, kind, atom.days, atom.inferred or atom.yearless, atom.rolling)

    def _unknown(self, at: int, start: int) -> TimeExpression | None:
        """Read the start of a total that nothing dates: "since the beginning of the programme"."""
        named = self._has(at, "time.since.start") and start > self._after(at)
        phrase = self.sentence.phrase_at[at]
        told = phrase is not None and phrase.last - phrase.first > 1
        return TimeExpression(at, start, "since", None) if named or told else None

    def _dated_event(self, at: int) -> Atom | None:
        """Read the date of an event that no lexicon knows: "since the liberation of X on 2 April"."""
        for k in range(at + 1, min(at + _EVENT_REACH, self.size)):
            if self._has(k, "barrier.strong", "number.and") or self.words[k] in {",", ".", ":"}:
                return None
            if self._has(k, "time.since.from"):
                atom = self._range(self._skip(self._after(k), "time.article"))
                if atom is not None:
                    return atom
        return None

    def _current(self, at: int) -> Atom | None:
        """Read the bare unit of "since the start of the year"."""
        unit = self._unit(at)
        if (
            unit in {None, "hour", "day", "period"}
            or self._has(at - 1, "number")
            or not self.sentence.has(at - 2, "time.since.start")
        ):
            return None
        reference = self.clock.reference
        days = cal.unit_containing(reference, unit or "year") if reference else None
        return Atom(self._after(at), days, inferred=True)

    def _ended(self, at: int) -> TimeExpression | None:
        """Read "by July", "until May" (the first day) and "through July", "by the end of July" (the last)."""
        start = self._skip(self._after(at), "time.article")
        atom = self._range(start)
        if atom is None or atom.days is None:
            return None
        whole = self._has(at, "time.through") or atom.days.precision in {"end", "day", "window"}
        edge = atom.days.end if whole else atom.days.start
        days = Days(edge, edge, "day")
        return TimeExpression(at, atom.last, "as_of", days, atom.inferred or atom.yearless)

    def _range(self, at: int) -> Atom | None:
        """Read an atom, or two joined by "to", "-", "through", "and"."""
        first = self._atom(at)
        if first is None:
            return None
        joiner = first.last
        between = self._between(at)
        comma = joiner < self.size and self.words[joiner] == ","
        if comma and (
            self._has(joiner + 1, "time.range") or (between and self._has(joiner + 1, "number.and"))
        ):
            joiner += 1
        if not (self._has(joiner, "time.range") or (self._has(joiner, "number.and") and between)):
            return first
        next_at = self._skip(self._after(joiner), "time.article")
        if self._has(next_at, "time.now"):
            return first
        second = self._atom(next_at)
        if first.days is None and second is not None and second.days is not None:
            first = self._with_year_of(at, second.days) or first
        if second is None or second.days is None or first.days is None:
            return first
        return self._joined(first, second)

    def _with_year_of(self, at: int, days: Days) -> Atom | None:
        """Read a date again whose year a later one writes: "from 27 May to 2 June 2024"."""
        clock = self.clock
        self.clock = replace(clock, said=days)
        atom = self._atom(at)
        self.clock = clock
        return atom

    def _between(self, at: int) -> bool:
        return self._has(at - 1, "number.between")

    def _joined(self, first: Atom, second: Atom) -> Atom:
        """Join two atoms; a year written with one serves the other."""
        a, b = first.days, second.days
        assert a is not None
        assert b is not None
        start = a.start
        if first.yearless and start.year != b.end.year:
            start = start.replace(
                year=b.end.year, day=min(start.day, 28) if start.month == FEBRUARY else start.day
            )
            if start > b.end:
                start = start.replace(year=start.year - 1)
        if start > b.end:
            return first
        yearless = first.yearless and second.yearless
        return Atom(second.last, Days(start, b.end, "range"), yearless, first.inferred or second.inferred)

    def _begins(self, at: int) -> bool:
        """Tell whether a date can begin at a word, perhaps behind its article."""
        if self._has(at, "time.article"):
            at = self._after(at)
        return at < self.size and (self.words[at][0].isdigit() or self._has(at, *_BEGINNINGS))

    def _atom(self, at: int) -> Atom | None:
        if not 0 <= at < self.size or not self._begins(at):
            return None
        readers: tuple[Callable[[int], Atom | None], ...] = (
            self._clock_time,
            self._numeric,
            self._days_of_month,
            self._month_days,
            self._event,
            self._window,
            self._part,
            self._deictic_unit,
            self._month_list,
            self._deictic_month,
            self._weekday,
            self._deictic_day,
            self._year,
        )
        for reader in readers:
            atom = reader(at)
            if atom is not None:
                return atom
        return None
