"""Time expressions of a sentence, resolved to days.

An expression is an interval ("in May 2023", "April 7 to 13"), a start ("since November 2020"), an
as-of day ("as of 1 June", "by July") or the mark of a running total ("so far"). What was not written
but concluded (a year, a relative day) makes it `inferred`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from dateutil.relativedelta import relativedelta

from geotrack.extraction import days as cal
from geotrack.extraction.days import Days
from geotrack.extraction.tagging import TaggedSentence

TimeKind = Literal["interval", "since", "as_of", "so_far"]

_NUMERIC_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})$")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"\d{1,2}$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LAST_DAY_NUMBER = 31
_REMEMBERED = 20
_EVENT_REACH = 9
# Days that a named stretch may last and still be "the week", "the month", "the year".
_LENGTHS = {"week": (5, 8), "month": (28, 31), "quarter": (89, 92), "half": (180, 184), "year": (365, 366)}
# A report of the first days of a month or year speaks of the one before.
_EARLY_IN_MONTH, _EARLY_IN_YEAR = 10, 45


@dataclass(frozen=True, slots=True)
class Clock:
    """What a relative date is counted from.

    `published` is the publication day if known; `said` the last day (or stretch) that the text stated
    before, `named` the stretches of more than a day; `country` picks the wars that "the war" can mean.
    """

    published: dt.date | None = None
    said: Days | None = None
    country: str | None = None
    named: tuple[Days, ...] = ()

    def after(self, days: Days) -> Clock:
        """Return the clock after a text stated some days."""
        if days.precision in {"event", "start", "end", "clock"}:
            return self
        named = (*self.named[-_REMEMBERED:], days) if days.start != days.end else self.named
        return replace(self, said=days, named=named)

    @property
    def reference(self) -> dt.date | None:
        """The day that a date without a year is near: publication, else the last stated one."""
        return self.published or (self.said.end if self.said else None)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression: `words[first:last]`, its kind and its days (None where unresolved)."""

    first: int
    last: int
    kind: TimeKind
    days: Days | None
    inferred: bool = False
    rolling: bool = False
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Atom:
    """A stretch of days read from words, up to `last`; `yearless` if its year was concluded."""

    last: int
    days: Days | None
    yearless: bool = False
    inferred: bool = False
    rolling: bool = False


class TimeReader:
    """Reads the time expressions of one sentence."""

    def __init__(self, sentence: TaggedSentence, clock: Clock) -> None:
        self.sentence, self.clock = sentence, clock
        self.words = sentence.folded
        self.size = len(sentence.words)

    def read(self) -> list[TimeExpression]:
        """Return the time expressions in order, none overlapping."""
        found: list[TimeExpression] = []
        at = 0
        while at < self.size:
            expression = self._expression(at)
            if expression is None:
                at += 1
                continue
            found.append(expression)
            if expression.days and expression.kind != "so_far":
                self.clock = self.clock.after(expression.days)
            at = expression.last
        return found

    def _has(self, at: int, *tags: str) -> bool:
        return self.sentence.has(at, *tags)

    def _after(self, at: int) -> int:
        return self.sentence.after(at)

    def _value(self, at: int) -> int:
        """Return the number that the lexicon gives a phrase."""
        phrase = self.sentence.phrase_at[at]
        last = phrase.last if phrase else at + 1
        return int(self.sentence.lexicon.values[" ".join(self.words[phrase.first if phrase else at : last])])

    # expressions -----------------------------------------------------------------------------

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
        return TimeExpression(at, atom.last, "interval", atom.days, atom.inferred or atom.yearless, atom.rolling)

    def _bounded(self, at: int, tag: str, kind: TimeKind) -> TimeExpression | None:
        """Read "since X", "as of X"; "from X" opens a running total only where X is not a range."""
        start = self._skip(self._after(at), "time.article")
        ambiguous = self._has(at, "time.since.from")
        atom = self._range(start)
        if atom is None and kind == "since" and not ambiguous:
            atom = self._current(start) or self._dated_event(start)
        if atom is None:
            return None
        ranged = atom.days is not None and atom.days.precision == "range"
        if ambiguous and not ranged and not self._has(atom.last, "time.so_far", "time.onwards"):
            return TimeExpression(at, atom.last, "interval", atom.days, atom.inferred or atom.yearless, atom.rolling)
        if ranged and kind == "since":
            return TimeExpression(at, atom.last, "interval", atom.days, atom.inferred or atom.yearless)
        last = self._after(atom.last) if self._has(atom.last, "time.so_far", "time.onwards") else atom.last
        del tag
        return TimeExpression(at, last, kind, atom.days, atom.inferred or atom.yearless, atom.rolling)

    def _dated_event(self, at: int) -> _Atom | None:
        """Read the date of an event that no lexicon knows: "since the liberation of the oblast on 2 April"."""
        for k in range(at + 1, min(at + _EVENT_REACH, self.size)):
            if self._has(k, "barrier.strong", "number.and") or self.words[k] in {",", ".", ":"}:
                return None
            if self._has(k, "time.since.from"):
                atom = self._range(self._skip(self._after(k), "time.article"))
                if atom is not None:
                    return atom
        return None

    def _current(self, at: int) -> _Atom | None:
        """Read the bare unit of "since the start of the year"."""
        unit = self._unit(at)
        if unit in {None, "hour", "day", "period"} or self._has(at - 1, "number") or not self.sentence.has(at - 2, "time.since.start"):
            return None
        reference = self.clock.reference
        days = cal.unit_containing(reference, unit or "year") if reference else None
        return _Atom(self._after(at), days, inferred=True)

    def _ended(self, at: int) -> TimeExpression | None:
        """Read "by July", "until 1 May" (its first day) and "through July", "by the end of July" (its last)."""
        start = self._skip(self._after(at), "time.article")
        atom = self._range(start)
        if atom is None or atom.days is None:
            return None
        whole = self._has(at, "time.through") or atom.days.precision in {"end", "day", "window"}
        edge = atom.days.end if whole else atom.days.start
        days = Days(edge, edge, "day")
        return TimeExpression(at, atom.last, "as_of", days, atom.inferred or atom.yearless)

    # ranges ----------------------------------------------------------------------------------

    def _range(self, at: int) -> _Atom | None:
        """Read an atom, or two joined by "to", "-", "through", "and"."""
        first = self._atom(at)
        if first is None:
            return None
        joiner = first.last
        between = self._between(at)
        comma = joiner < self.size and self.words[joiner] == ","
        if comma and (self._has(joiner + 1, "time.range") or (between and self._has(joiner + 1, "number.and"))):
            joiner += 1
        if not (self._has(joiner, "time.range") or (self._has(joiner, "number.and") and between)):
            return first
        next_at = self._skip(self._after(joiner), "time.article")
        if self._has(next_at, "time.now"):
            return first
        second = self._atom(next_at)
        if second is None or second.days is None or first.days is None:
            return first
        return self._joined(first, second)

    def _between(self, at: int) -> bool:
        return self._has(at - 1, "number.between")

    def _joined(self, first: _Atom, second: _Atom) -> _Atom:
        """Join two atoms; a year written with one serves the other."""
        a, b = first.days, second.days
        assert a is not None  # noqa: PT018, RUF100 the caller checked
        assert b is not None
        start = a.start
        if first.yearless and start.year != b.end.year:
            start = start.replace(year=b.end.year, day=min(start.day, 28) if start.month == 2 else start.day)  # noqa: PLR2004 February
            if start > b.end:
                start = start.replace(year=start.year - 1)
        if start > b.end:
            return first
        yearless = first.yearless and second.yearless
        return _Atom(second.last, Days(start, b.end, "range"), yearless, first.inferred or second.inferred)

    # atoms -----------------------------------------------------------------------------------

    def _atom(self, at: int) -> _Atom | None:
        if not 0 <= at < self.size:
            return None
        readers: tuple[Callable[[int], _Atom | None], ...] = (
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

    def _clock_time(self, at: int) -> _Atom | None:
        """Read "11:20": a time of day without a date is of the publication day."""
        match = self.size > at + 2 and self.words[at + 1] == ":" and _DAY.match(self.words[at])
        if not match or not _DAY.match(self.words[at + 2]) or self.sentence.words[at + 2].start != self.sentence.words[at + 1].end:
            return None
        published = self.clock.published
        days = Days(published, published, "clock") if published else None
        return _Atom(at + 3, days, inferred=True)

    def _numeric(self, at: int) -> _Atom | None:
        match = _NUMERIC_DATE.match(self.words[at])
        if match:
            d, m, y = (int(g) for g in match.groups())
            days = cal.day(y, m, d) or cal.day(y, d, m)
            return _Atom(at + 1, days) if days else None
        word = self.sentence.words[at]
        iso = _ISO_DATE.match(self.sentence.text, word.start, word.start + 10)
        if iso and at + 5 <= self.size and self._is_year(at):
            days = cal.day(*(int(g) for g in iso.groups()))
            return _Atom(at + 5, days) if days else None
        slashed = at + 4 < self.size and self.words[at + 1] == self.words[at + 3] == "/"
        if slashed and _DAY.match(self.words[at]) and _DAY.match(self.words[at + 2]) and self._is_year(at + 4):
            days = cal.day(int(self.words[at + 4]), int(self.words[at + 2]), int(self.words[at]))
            return _Atom(at + 5, days) if days else None
        return None

    def _day_number(self, at: int) -> tuple[int, int] | None:
        """Return (day, next word) for "7", "7th" (one word or two), "the 7th"."""
        at = self._skip(at, "time.article")
        if at >= self.size:
            return None
        if not _DAY.match(self.words[at]) or not 1 <= int(self.words[at]) <= _LAST_DAY_NUMBER:
            return None
        after = at + 1
        if self._has(after, "time.ordinal") and self.sentence.words[after].start == self.sentence.words[at].end:
            after += 1
        return int(self.words[at]), after

    def _month(self, at: int) -> int | None:
        return self._value(at) if self._has(at, "time.month") else None

    def _year_at(self, at: int) -> tuple[int | None, int]:
        """Return the year written at a word (after "," or "of"), or the relative year, and the next word."""
        start = self._skip(at, "time.of")
        if start < self.size and self.words[start] == "," and self._is_year(start + 1):
            start += 1
        if self._is_year(start) and not self._is_quantity(start):
            last = start + 1
            return int(self.words[start]), self._after(last) if self._has(last, "time.year_word") else last
        relative = self._relative_year(start)
        return relative or (None, at)

    def _relative_year(self, at: int) -> tuple[int | None, int] | None:
        """Read "last year", "this year", "the same year"."""
        at = self._skip(at, "time.article")
        reference = self.clock.reference
        if not self._has(at, "time.last", "time.this", "time.same"):
            return None
        unit_at = self._after(at)
        if not self._has(unit_at, "time.unit.year"):
            return None
        if self._has(at, "time.same"):
            return (self.clock.said.end.year if self.clock.said else None), self._after(unit_at)
        if reference is None:
            return None
        return reference.year - (1 if self._has(at, "time.last") else 0), self._after(unit_at)

    def _is_year(self, at: int) -> bool:
        return at < self.size and _YEAR.match(self.words[at]) is not None and cal.is_year(int(self.words[at]))

    def _is_quantity(self, at: int) -> bool:
        """Tell whether "2023" counts something: "2023 mines"; "2023 casualties" are those of a year."""
        return self._has(at + 1, "head", "unit") and not self._has(at + 1, "head.victim", "head.fatality", "head.injury")

    def _resolve_year(self, month: int, day: int, year: int | None) -> tuple[int | None, bool]:
        """Return the year of a date and whether it was concluded."""
        if year is not None:
            return year, False
        said, published = self.clock.said, self.clock.published
        if published is not None:
            return cal.latest_year_for(published, month, day), True
        if said is not None:
            return cal.nearest_year_for(said.end, month, day), True
        return None, True

    def _days_of_month(self, at: int) -> _Atom | None:
        """Read "7 May 2023", "7-13 April", "7 to 13 April", "the 7th of May"."""
        first = self._day_number(at)
        if first is None:
            return None
        number, after = first
        last_number, after = self._second_day(after) or (number, after)
        after = self._skip(after, "time.of")
        month = self._month(after)
        if month is None:
            return None
        return self._dated(month, number, last_number, self._after(after))

    def _second_day(self, at: int) -> tuple[int, int] | None:
        if not (self._has(at, "time.range", "number.and") or (at < self.size and self.words[at] in {"-", ","})):
            return None
        return self._day_number(self._after(at))

    def _month_days(self, at: int) -> _Atom | None:
        """Read "May 7, 2023", "April 7 to 13", "May 7th"."""
        month = self._month(at)
        if month is None:
            return None
        first = self._day_number(self._after(at))
        if first is None:
            return None
        number, after = first
        if self._is_quantity(after - 1) and not self._has(after - 1, "time.ordinal"):
            return None
        second = self._second_day(after)
        if second and not self._month_follows(second[1]) and not self._is_quantity(second[1] - 1) and second[0] > number:
            return self._dated(month, number, second[0], second[1])
        return self._dated(month, number, number, after)

    def _month_follows(self, at: int) -> bool:
        return self._has(self._skip(at, "time.of"), "time.month")

    def _dated(self, month: int, number: int, last_number: int, after: int) -> _Atom | None:
        written, last = self._year_at(after)
        if written is None:
            last = after
        year, concluded = self._resolve_year(month, last_number, written)
        if year is None:
            return _Atom(last, None, yearless=True)
        start, end = cal.day(year, month, number), cal.day(year, month, last_number)
        if start is None or end is None or start.start > end.end:
            return None
        precision = "day" if start == end else "range"
        return _Atom(last, Days(start.start, end.end, precision), yearless=concluded)

    def _month_list(self, at: int) -> _Atom | None:
        """Read "May 2023", "January-September 2023", "August and November of last year"."""
        first = self._month(at)
        if first is None or (self._has(at, "time.month.modal") and not self._month_may_stand(at)):
            return None
        last_month, after, listed = first, self._after(at), False
        joins = self._has(after, "time.range", "number.and") or (after < self.size and self.words[after] in {"-", "/", ","})
        if joins:
            second = self._month(self._after(after))
            beyond = self._after(self._after(after))
            if second is not None and second > first and self._day_number(beyond) is None:
                listed = self._has(after, "number.and")
                last_month, after = second, beyond
        written, last = self._year_at(after)
        if written is None:
            last = after
        reference = self.clock.published
        ahead = reference is not None and written is None and self._has(at - 1, "time.last")
        year, concluded = self._resolve_year(last_month, 1, written)
        if year is None:
            return _Atom(last, None, yearless=True)
        if ahead and reference and last_month == reference.month and year == reference.year:
            year -= 1
        precision = "month" if first == last_month else "months"
        days = cal.months(year, first, last_month)
        relative = written is not None and not any(_YEAR.match(w) for w in self.words[after:last])
        return _Atom(last, Days(days.start, days.end, precision), concluded, inferred=listed or relative)

    def _month_may_stand(self, at: int) -> bool:
        """Tell whether a word that is also a verb ("may", "march") is the month here."""
        capital = self.sentence.text[self.sentence.words[at].start].isupper()
        return capital and (at > 0 or _YEAR.match(self.words[at + 1]) is not None if at + 1 < self.size else at > 0)

    def _deictic_month(self, at: int) -> _Atom | None:
        """Read "last May", "this April", "last August and November"."""
        if not self._has(at, "time.last", "time.this") or not self._has(self._after(at), "time.month"):
            return None
        atom = self._month_days(self._after(at)) or self._month_list(self._after(at))
        return replace(atom, inferred=True) if atom else None

    def _event(self, at: int) -> _Atom | None:
        """Read an event that starts or ends a running total ("the full-scale invasion")."""
        at = self._skip(at, "time.article")
        if not self._has(at, "time.event"):
            return None
        phrase = self.sentence.phrase_at[at]
        assert phrase is not None
        name = " ".join(self.words[phrase.first : phrase.last])
        dates = self.sentence.lexicon.dates
        own = f"time.event.{self.clock.country}"
        others = sorted(phrase.tags) if self.clock.country is None else ()
        for tag in (own, "time.event.any", *others):
            date = dates.get((tag, name))
            if date is not None:
                return _Atom(phrase.last, Days(date, date, "event"), inferred=True)
        return None

    def _window(self, at: int) -> _Atom | None:
        """Read "the past week", "the last 24 hours", "the past five months"."""
        at = self._skip(at, "time.article")
        if not self._has(at, "time.past", "time.last"):
            return None
        counted, unit_at = self._count(self._after(at))
        unit = self._unit(unit_at) or "period"
        if unit == "period" or (counted is None and not self._has(at, "time.past")):
            return None
        last = self._after(unit_at)
        if self.clock.published is None:
            return _Atom(last, None, inferred=True, rolling=True)
        return _Atom(last, cal.window_before(self.clock.published, counted or 1, unit), inferred=True, rolling=True)

    def _count(self, at: int) -> tuple[int | None, int]:
        """Return a small whole number written at a word, and the next word."""
        if at < self.size and self.words[at].isdigit() and len(self.words[at]) <= 3:  # noqa: PLR2004 up to 999 units
            return int(self.words[at]), at + 1
        if self._has(at, "number.unit"):
            return self._value(at), self._after(at)
        return None, at

    def _unit(self, at: int) -> str | None:
        for unit in ("hour", "day", "week", "month", "quarter", "half", "year", "period"):
            if self._has(at, f"time.unit.{unit}"):
                return unit
        return None

    def _deictic_unit(self, at: int) -> _Atom | None:
        """Read "last week", "this year", "the current month", "the same day"."""
        at = self._skip(at, "time.article")
        if not self._has(at, "time.last", "time.this", "time.same", "time.during"):
            return None
        counted, unit_at = self._count(self._skip(self._after(at), "time.article"))
        unit = self._unit(unit_at)
        if unit is None or unit == "hour" or (counted and not self._has(at, "time.same")):
            return None
        last = self._after(unit_at)
        if unit == "period":
            named = self.clock.named[-1] if self.clock.named else None
            return _Atom(last, named, inferred=True) if named else None
        if self._has(at, "time.same"):
            return self._same(unit, last, counted or 1)
        reference = self.clock.published
        if self._has(at, "time.during"):
            return self._during(unit, last)
        if reference is None:
            return _Atom(last, None, inferred=True)
        if self._has(at, "time.last"):
            return _Atom(last, cal.unit_containing(reference, unit, -1), inferred=True)
        days = cal.unit_containing(reference, unit)
        return _Atom(last, Days(days.start, min(days.end, reference), unit), inferred=True)

    def _same(self, unit: str, last: int, count: int) -> _Atom | None:
        """Read "the same week", "those six months": the stretch of that length that the text named last."""
        said = self.clock.said
        if said is None:
            return _Atom(last, None, inferred=True)
        if unit == "day":
            return _Atom(last, said, inferred=True)
        named = self._named(unit, count)
        return _Atom(last, named or cal.unit_containing(said.end, unit), inferred=True)

    def _named(self, unit: str, count: int = 1) -> Days | None:
        """Return the stretch of some units that the text named last."""
        low, high = (count * n for n in _LENGTHS.get(unit, (0, 0)))
        near = (d for d in reversed(self.clock.named) if low <= (d.end - d.start).days + 1 <= high)
        return next(near, None)

    def _during(self, unit: str, last: int) -> _Atom | None:
        """Read "during the week": the one that the text named, else the one before publication."""
        published = self.clock.published
        named = self._named(unit)
        if named is not None:
            return _Atom(last, named, inferred=True)
        if published is None:
            return _Atom(last, None, inferred=True, rolling=True)
        early = (unit == "month" and published.day <= _EARLY_IN_MONTH) or (
            unit == "year" and published.timetuple().tm_yday <= _EARLY_IN_YEAR
        )
        if early:
            return _Atom(last, cal.unit_containing(published, unit, -1), inferred=True)
        return _Atom(last, cal.window_before(published, 1, unit), inferred=True, rolling=True)

    def _part(self, at: int) -> _Atom | None:
        """Read "the first quarter of 2023", "the beginning of the year", "the end of May", "early 2022"."""
        at = self._skip(at, "time.article")
        if not self._has(at, "time.part"):
            return None
        phrase = self.sentence.phrase_at[at]
        assert phrase is not None
        rest = self._skip(self._skip(phrase.last, "time.of"), "time.article")
        whole = self._whole_for_part(rest)
        if whole is None or whole.days is None:
            return None
        days = _part_of(whole.days, phrase.has, self._value(at))
        if days is None:
            return None
        reference = self.clock.published
        if reference and whole.inferred and days.start <= reference < days.end:
            days = replace(days, end=reference)
        return _Atom(whole.last, days, whole.yearless, inferred=whole.inferred)

    def _whole_for_part(self, at: int) -> _Atom | None:
        written, last = self._year_at(at)
        if written is not None:
            relative = not _YEAR.match(self.words[self._skip(at, "time.of")]) if at < self.size else True
            return _Atom(last, cal.year(written), inferred=relative)
        if self._has(at, "time.unit.year"):
            reference = self.clock.reference
            days = cal.year(reference.year) if reference else None
            return _Atom(self._after(at), days, inferred=True)
        return self._month_list(at) or self._deictic_unit(at) or self._event(at)

    def _weekday(self, at: int) -> _Atom | None:
        """Read "on Friday", "last Friday": the latest one not after publication."""
        at = self._skip(at, "time.last")
        if not self._has(at, "time.weekday"):
            return None
        last = self._after(at)
        if last < self.size and self.words[last] == ",":
            dated = self._month_days(last + 1) or self._days_of_month(last + 1)
            if dated:
                return dated
        dated = self._month_days(last) or self._days_of_month(last)
        if dated:
            return dated
        named = self.clock.named[-1] if self.clock.named else None
        if named is not None and (named.end - named.start).days <= _LENGTHS["week"][1]:
            ahead = (self._value(at) - named.start.weekday()) % 7
            date = named.start + dt.timedelta(days=ahead)
            return _Atom(last, Days(date, date, "day"), inferred=True)
        if self.clock.published is None:
            return _Atom(last, None, inferred=True)
        back = (self.clock.published.weekday() - self._value(at)) % 7
        date = self.clock.published - dt.timedelta(days=back)
        return _Atom(last, Days(date, date, "day"), inferred=True)

    def _deictic_day(self, at: int) -> _Atom | None:
        """Read "yesterday", "today", "the next day", "the day before"."""
        if self._has(at, "time.deictic"):
            base = self.clock.published
        elif self._has(at, "time.shifted_year"):
            return self._shifted_year(at)
        elif self._has(at, "time.shifted"):
            base = self.clock.said.end if self.clock.said else None
        else:
            return None
        last = self._after(at)
        if base is None:
            return _Atom(last, None, inferred=True)
        date = base + dt.timedelta(days=self._value(at))
        return _Atom(last, Days(date, date, "day"), inferred=True)

    def _shifted_year(self, at: int) -> _Atom:
        """Read "the year before": the one next to the year that the text named last."""
        reference = self.clock.said.end if self.clock.said else self.clock.published
        last = self._after(at)
        if reference is None:
            return _Atom(last, None, inferred=True)
        return _Atom(last, cal.year(reference.year + self._value(at)), inferred=True)

    def _year(self, at: int) -> _Atom | None:
        """Read "2023", "the year 2023", "2022-2024"."""
        if self._has(at, "time.year_word"):
            at = self._after(at)
        if not self._is_year(at) or self._is_quantity(at):
            return None
        days = cal.year(int(self.words[at]))
        last = at + 1
        short = last + 1 < self.size and self.words[last] == "-" and _DAY.match(self.words[last + 1]) is not None
        if short and int(self.words[last + 1]) == (days.start.year + 1) % 100:
            return _Atom(last + 2, Days(days.start, cal.year(days.start.year + 1).end, "range"))
        return _Atom(self._after(last) if self._has(last, "time.year_word") else last, days)

    def _skip(self, at: int, tag: str) -> int:
        return self._after(at) if self._has(at, tag) else at


def _part_of(whole: Days, has: Callable[[str], bool], number: int) -> Days | None:
    """Return the part of a year or month that a word like "early" or "second quarter" names."""
    year = whole.start.year
    if has("time.part.quarter"):
        return replace(cal.months(year, 3 * number - 2, 3 * number), precision="quarter")
    if has("time.part.half"):
        return replace(cal.months(year, 6 * number - 5, 6 * number), precision="half")
    if has("time.part.months"):
        return cal.months(year, 1, number)
    if has("time.part.season"):
        return _season(year, number)
    if has("time.part.start"):
        return Days(whole.start, whole.start, "start")
    if has("time.part.end"):
        return Days(whole.end, whole.end, "end")
    return whole


def _season(year: int, first_month: int) -> Days:
    """Return three months; a winter begins in December of the year before."""
    start = dt.date(year if first_month != cal.DECEMBER else year - 1, first_month, 1)
    return Days(start, start + relativedelta(months=3, days=-1), "season")
