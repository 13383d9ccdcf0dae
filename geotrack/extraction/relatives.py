"""Dates told by their distance: "last week", "the past five months", "the first quarter", "the next day"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from geotrack.extraction import days as cal
from geotrack.extraction.dates import YEAR, Atom
from geotrack.extraction.days import Days
from geotrack.extraction.events import EventReader

# Days that a named stretch may last and still be "the week", "the month", "the year".
_LENGTHS = {"week": (5, 8), "month": (28, 31), "quarter": (89, 92), "half": (180, 184), "year": (365, 366)}
# A report of the first days of a month or year speaks of the one before.
_EARLY_IN_MONTH, _EARLY_IN_YEAR = 10, 45
# Parts of a year that need no year beside them.
_PARTS = ("time.part.quarter", "time.part.half", "time.part.months", "time.part.season")
_LONGEST_COUNT = 3  # digits
_UNITS = ("hour", "day", "week", "month", "quarter", "half", "year", "decade", "period")
# What takes a length away from publication: "three years after", "in two months since".
_BOUND = ("time.unbound", "time.since.plain", "time.since.after")
_MOST_DECADES = 20  # that a report can count back


@dataclass(frozen=True, slots=True)
class _Length:
    """A number of units of time that ends before the word `last`; `written` if the number is."""

    count: int
    unit: str
    last: int
    written: bool = True


class RelativeReader(EventReader):
    """Reads the dates of one sentence that are told by their distance from another."""

    def _deictic_month(self, at: int) -> Atom | None:
        """Read "last May", "this April", "last August and November"."""
        if not self._has(at, "time.last", "time.this") or not self._has(self._after(at), "time.month"):
            return None
        atom = self._month_days(self._after(at)) or self._month_list(self._after(at))
        return replace(atom, inferred=True) if atom else None

    def _window(self, at: int) -> Atom | None:
        """Read "the past week", "the last 24 hours", "the past five months"."""
        at = self._skip(at, "time.article")
        if not self._has(at, "time.past", "time.last", "time.final"):
            return None
        length = self._length(self._after(at))
        if length is None or (not length.written and not self._has(at, "time.past")):
            return None
        whole = self._has(length.last, "time.of", "time.of_the") and self._whole_for_part(
            self._skip(self._after(length.last), "time.article")
        )
        return self._last_of(length, whole) if whole else self._before_publication(length)

    def _last_of(self, length: _Length, whole: Atom) -> Atom | None:
        """Read "the last three months of 2023"."""
        if whole.days is None or whole.days.precision not in {"year", "month", "quarter", "half"}:
            return None
        first = cal.window_before(whole.days.end + dt.timedelta(days=1), length.count, length.unit).start
        if first < whole.days.start:
            return None
        return Atom(whole.last, Days(first, whole.days.end, "range"), whole.yearless, whole.inferred)

    def _before_publication(self, length: _Length) -> Atom:
        """Return the stretch that ends at publication, or the one of its length that the text has named."""
        published, last = self.clock.published, length.last
        if published is None:
            titled = self.clock.titled if (length.unit, length.count) == ("year", 1) else None
            return Atom(last, titled, inferred=True, rolling=titled is None)
        named = self._named(length.unit) if length.count == 1 else None
        if named is not None and 0 <= (published - named.end).days < _LENGTHS[length.unit][1]:
            return Atom(last, named, inferred=True)  # the week that the text has named
        days = cal.window_before(published, length.count, length.unit)
        return Atom(last, days, inferred=True, rolling=True)

    def _length(self, at: int) -> _Length | None:
        """Read "week", "24 hours", "five months", "two and a half years", "a decade"."""
        count, unit_at = self._count(at)
        counted = count is not None
        halved = self._has(unit_at, "time.halved")
        unit = self._unit(self._after(unit_at) if halved else unit_at)
        if unit is None or unit == "period":
            return None
        last = self._after(self._after(unit_at) if halved else unit_at)
        if halved or self._has(last, "time.halved"):
            if unit != "year":
                return None
            return _Length(2 * (count or 1) + 1, "half", self._skip(last, "time.halved"))
        if unit == "decade":
            unit, count = "year", 10 * min(count or 1, _MOST_DECADES)
        one = last - at > 1  # "a week", "a decade"
        return _Length(count or 1, unit, last, written=counted or one)

    def _lasting(self, at: int) -> Atom | None:
        """Read "over two years", "in three decades": a length that nothing dates ends at publication."""
        if not self._has(at - 1, "time.lasting"):
            return None
        length = self._length(at) or self._length(self._skip(at, "time.article"))
        if length is None or length.unit in {"hour", "day"} or not length.written:
            return None
        working = self._has(length.last, "time.of") and self._has(self._after(length.last), "work")
        if self._has(length.last, *_BOUND) and not working:
            return None
        if self._is_year(length.last):
            return None
        named = self._named(length.unit, length.count)
        origin = self.clock.origin
        if named is None and self.clock.published is None and origin is not None:
            end = cal.window_after(origin.start, length.count, length.unit)
            return Atom(length.last, Days(origin.start, end, "lasting"), inferred=True)
        atom = Atom(length.last, named, inferred=True) if named else self._before_publication(length)
        return replace(atom, days=self._from_origin(atom.days, length)) if atom.days else atom

    def _from_origin(self, days: Days, length: _Length) -> Days:
        """Let a length begin with the day told before it, if it fits: "founded in 1998, in 20 years it …"."""
        origin = self.clock.origin
        slack = dt.timedelta(days=_LENGTHS[length.unit][1])
        fits = origin is not None and abs(origin.start - days.start) <= slack
        return Days(origin.start if origin and fits else days.start, days.end, "lasting")

    def _count(self, at: int) -> tuple[int | None, int]:
        """Return a small whole number written at a word, and the next word."""
        if at < self.size and self.words[at].isdecimal() and len(self.words[at]) <= _LONGEST_COUNT:
            return int(self.words[at]), at + 1
        if self._has(at, "number.unit"):
            return self._value(at), self._after(at)
        return None, at

    def _unit(self, at: int) -> str | None:
        if not self._has(at, "time.unit"):
            return None
        return next(unit for unit in _UNITS if self._has(at, f"time.unit.{unit}"))

    def _deictic_unit(self, at: int) -> Atom | None:  # noqa: PLR0911 - one way out for each kind of word
        """Read "last week", "this year", "the current month", "the same day"."""
        at = self._skip(at, "time.article")
        if self._has(at, "time.year_to_date"):
            return self._year_to_date(self._after(at))
        if not self._has(at, "time.last", "time.this", "time.same", "time.during"):
            return None
        counted, unit_at = self._count(self._skip(self._after(at), "time.article"))
        unit = self._unit(unit_at)
        if unit is None or unit == "hour" or (counted and not self._has(at, "time.same")):
            return None
        last = self._after(unit_at)
        if unit == "period":
            if self._has(last, "time.since"):
                return None  # "during the time from September 2001 up to now"
            named = self.clock.named[-1] if self.clock.named else None
            return Atom(last, named, inferred=True) if named else None
        if self._has(at, "time.same"):
            return self._same(unit, last, counted or 1)
        reference = self.clock.published
        if self._has(at, "time.during"):
            return self._during(unit, last)
        if reference is None:
            return Atom(last, self.clock.titled if unit == "year" else None, inferred=True)
        if self._has(at, "time.last"):
            return Atom(last, cal.unit_containing(reference, unit, -1), inferred=True)
        days = cal.unit_containing(reference, unit)
        return Atom(last, Days(days.start, min(days.end, reference), unit), inferred=True)

    def _year_to_date(self, last: int) -> Atom:
        reference = self.clock.published
        days = Days(dt.date(reference.year, 1, 1), reference, "range") if reference else None
        return Atom(last, days, inferred=True)

    def _counted(self, at: int) -> Atom | None:
        """Read "three days ago", "over 5 months of 2023": units and what they are counted from."""
        length = self._length(self._skip(at, "time.article"))
        if length is None or length.unit == "hour":
            return None
        last = length.last
        if self._has(last, "time.ago"):
            published = self.clock.published
            days = cal.days_before(published, length.count, length.unit) if published else None
            return Atom(self._after(last), days, inferred=True)
        if self._has(last, "time.shift_back", "time.shift_on"):
            return self._shifted_by(length)
        counted, unit = length.count, length.unit
        start = self._skip(last, "time.of", "time.of_the")
        year, after = self._year_at(start) if start > last else (None, last)
        if unit != "month" or not length.written or year is None or counted > cal.DECEMBER:
            return None
        return Atom(after, cal.months(year, 1, counted), inferred=not self._is_year(start))

    def _shifted_by(self, length: _Length) -> Atom | None:
        """Read "three weeks earlier", "two days later": counted from the day that the text told last."""
        on = self._has(length.last, "time.shift_on")
        if self.clock.day is None or length.unit not in {"day", "week"}:
            return None
        days = length.count * (7 if length.unit == "week" else 1)
        date = self.clock.day + dt.timedelta(days=days if on else -days)
        return Atom(self._after(length.last), Days(date, date, "day"), inferred=True)

    def _span_to(self, at: int) -> Atom | None:
        """Read "five years to 2019", "the week ending 14 July": a stretch told by its length and its end."""
        if "time.ending" not in self.sentence.seen:
            return None
        at = self._skip(at, "time.article", "time.of_the", "time.during")
        counted, unit_at = self._count(self._skip(at, "time.past", "time.last"))
        unit = self._unit(unit_at)
        after = self._after(unit_at) if unit_at < self.size else self.size
        if unit in {None, "hour", "period"} or not self._has(after, "time.ending"):
            return None
        plain = self._has(after, "time.range")
        if plain and counted is None and unit != "year":
            return None  # "this week to Friday"
        self.inside = True
        end = self.atom(self._skip(self._after(after), "time.article"))
        self.inside = False
        if end is None or end.days is None or end.event:
            return None
        first = cal.window_before(end.days.end + dt.timedelta(days=1), counted or 1, unit or "year").start
        return Atom(end.last, Days(first, end.days.end, "range"), end.yearless, end.inferred)

    def _span_from(self, at: int) -> Atom | None:
        """Read "the week from 20 May", "the fortnight beginning 3 June": a stretch told by its first day."""
        if "time.starting" not in self.sentence.seen:
            return None
        length = self._length(self._skip(at, "time.article", "time.of_the", "time.during"))
        if length is None or length.unit not in {"week", "month"} or self.inside:
            return None
        if not self._has(length.last, "time.starting") or (length.unit == "month" and not length.written):
            return None
        start = self._days_at(self._skip(self._after(length.last), "time.article"))
        if start is None or start.days is None or start.days.precision != "day":
            return None
        first = start.days.start
        weeks = length.unit == "week"
        step = relativedelta(weeks=length.count) if weeks else relativedelta(months=length.count)
        days = Days(first, first + step - dt.timedelta(days=1), "range")
        return Atom(start.last, days, start.yearless, start.inferred)

    def _days_at(self, at: int) -> Atom | None:
        """Read a day of the calendar."""
        if at >= self.size:
            return None
        return self._numeric(at) or self._days_of_month(at) or self._month_days(at)

    def _same(self, unit: str, last: int, count: int) -> Atom | None:
        """Read "the same week", "those six months": the stretch of that length that the text named last."""
        said = self.clock.said
        if said is None:
            return Atom(last, None, inferred=True)
        if unit == "day":
            return Atom(last, said, inferred=True)
        named = self._named(unit, count)
        return Atom(last, named or cal.unit_containing(said.end, unit), inferred=True)

    def _named(self, unit: str, count: int = 1) -> Days | None:
        """Return the stretch of some units that the text named last."""
        low, high = (count * n for n in _LENGTHS.get(unit, (0, 0)))
        near = [
            d
            for d in reversed(self.clock.named)
            if d.precision != "total" and low <= (d.end - d.start).days + 1 <= high
        ][:2]
        if len(near) > 1 and unit != "year" and near[0].start + relativedelta(years=1) == near[1].start:
            return near[1]  # the one told last is that of the year before, to compare with
        return near[0] if near else None

    def _during(self, unit: str, last: int) -> Atom | None:
        """Read "during the week": the one that the text named, else the one before publication."""
        published = self.clock.published
        named = self._named(unit)
        if named is not None:
            return Atom(last, named, inferred=True)
        if published is None:
            return Atom(last, None, inferred=True, rolling=True)
        early = (unit == "month" and published.day <= _EARLY_IN_MONTH) or (
            unit == "year" and published.timetuple().tm_yday <= _EARLY_IN_YEAR
        )
        if early:
            return Atom(last, cal.unit_containing(published, unit, -1), inferred=True)
        return Atom(last, cal.window_before(published, 1, unit), inferred=True, rolling=True)

    def _part(self, at: int) -> Atom | None:
        """Read "the first quarter of 2023", "the beginning of the year", "the end of May", "early 2022"."""
        at = self._skip(at, "time.article")
        told = self._has(at, "time.last", "time.this") and self._has(self._after(at), "time.part.season")
        last_one = told and self._has(at, "time.last")
        at = self._after(at) if told else at
        if not self._has(at, "time.part"):
            return None
        phrase = self.sentence.phrase_at[at]
        assert phrase is not None
        rest = self._skip(self._skip(phrase.last, "time.of", "time.of_the"), "time.article")
        whole = None if told else self._whole_for_part(rest)
        if whole is None and phrase.has(
            "time.part.quarter", "time.part.half", "time.part.months", "time.part.season"
        ):
            return self._latest_part(at, ended=last_one, told=told)
        if whole is None or whole.days is None:
            return None
        days = _part_of(whole.days, phrase.has, self._value(at))
        if days is None:
            return None
        reference = self.clock.published
        if reference and whole.inferred and days.start <= reference < days.end:
            days = replace(days, end=reference)
        return Atom(whole.last, days, whole.yearless, inferred=whole.inferred)

    def _latest_part(self, at: int, *, ended: bool, told: bool) -> Atom | None:
        """Read "in the second quarter", "last summer": the latest that has begun, or that has ended."""
        phrase, reference = self.sentence.phrase_at[at], self.clock.reference
        assert phrase is not None
        if reference is None or not (told or self._is_definite(at)):
            return None
        for year in (reference.year, reference.year - 1, reference.year - 2):
            days = _part_of(cal.year(year), phrase.has, self._value(at))
            if days is not None and (days.end if ended else days.start) < reference:
                until = replace(days, end=min(days.end, reference))
                return Atom(phrase.last, until, yearless=True, inferred=True)
        return None

    def _is_definite(self, at: int) -> bool:
        """Tell whether an article or a preposition stands before a part: "in the second quarter"."""
        return self._has(at - 1, "time.article", "time.of", "time.of_the", "time.during", "time.since.from")

    def _whole_for_part(self, at: int) -> Atom | None:
        written, last = self._year_at(at)
        if written is not None:
            relative = not YEAR.match(self.words[self._skip(at, "time.of")]) if at < self.size else True
            if last + 1 < self.size and self.words[last] in {"-", "/"} and self._is_next(last + 1, written):
                written, last = written + 1, last + 2  # "the winter of 2022-23" ends in the later year
            return Atom(last, cal.year(written), inferred=relative)
        if self._has(at, "time.unit.year"):
            reference = self.clock.reference
            days = cal.year(reference.year) if reference else None
            return Atom(self._after(at), days, inferred=True)
        return self._month_list(at) or self._deictic_unit(at) or self.event(at)

    def _is_next(self, at: int, year: int) -> bool:
        """Tell whether a word is the year after one, written whole or by two digits."""
        return self.words[at] in {str(year + 1), str(year + 1)[2:]}

    def _weekday(self, at: int) -> Atom | None:
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
            return Atom(last, Days(date, date, "day"), inferred=True)
        if self.clock.published is None:
            return Atom(last, None, inferred=True)
        back = (self.clock.published.weekday() - self._value(at)) % 7
        date = self.clock.published - dt.timedelta(days=back)
        return Atom(last, Days(date, date, "day"), inferred=True)

    def _deictic_day(self, at: int) -> Atom | None:
        """Read "yesterday", "today", "the next day", "the day before"."""
        if self._has(at, "time.deictic"):
            base = self.clock.published
        elif self._has(at, "time.shifted_year", "time.deictic_year"):
            return self._shifted_year(at)
        elif self._has(at, "time.shifted"):
            base = self.clock.day
            week = self._named("week")
            if abs(self._value(at)) == 7 and week is not None and week == self.clock.said:  # noqa: PLR2004
                shift = dt.timedelta(days=self._value(at))  # "the week before" one that was told
                return Atom(
                    self._after(at), Days(week.start + shift, week.end + shift, "week"), inferred=True
                )
        else:
            return None
        last = self._after(at)
        if base is None:
            return Atom(last, None, inferred=True)
        date = base + dt.timedelta(days=self._value(at))
        return Atom(last, Days(date, date, "day"), inferred=True)

    def _shifted_year(self, at: int) -> Atom:
        """Read "the year before": the one next to the year that the text named last."""
        told = self.clock.said if self._has(at, "time.shifted_year") else None
        reference = told.end if told else self.clock.published
        last = self._after(at)
        if reference is None:
            return Atom(last, None, inferred=True)
        return Atom(last, cal.year(reference.year + self._value(at)), inferred=True)


def _part_of(whole: Days, has: Callable[[str], bool], number: int) -> Days | None:
    """Return the part of a year or month that a word like "early" or "second quarter" names."""
    year = whole.start.year
    if has("time.part.middle"):
        return cal.middle(whole) if whole.precision in {"month", "year"} else whole
    if whole.precision == "month" and (has("time.part.half") or has("time.part.third")):
        return _part_of_month(whole, number, 15 if has("time.part.half") else 10)
    parts: dict[str, Callable[[], Days]] = {
        "quarter": lambda: replace(cal.months(year, 3 * number - 2, 3 * number), precision="quarter"),
        "half": lambda: replace(cal.months(year, 6 * number - 5, 6 * number), precision="half"),
        "months": lambda: cal.months(year, 1, number),
        "season": lambda: _season(year, number),
        "start": lambda: Days(whole.start, whole.start, "start"),
        "end": lambda: Days(whole.end, whole.end, "end"),
    }
    named = next((part for part in parts if has(f"time.part.{part}")), None)
    return parts[named]() if named else whole


def _part_of_month(month: Days, number: int, length: int) -> Days:
    """Return the first or second half of a month, or its first, second or last ten days."""
    start = month.start + dt.timedelta(days=length * (number - 1))
    last = length * (number + 1) >= month.end.day
    end = month.end if last and number > 1 else start + dt.timedelta(days=length - 1)
    return Days(start, end, "range")


def _season(year: int, first_month: int) -> Days:
    """Return three months; a winter begins in December of the year before."""
    start = dt.date(year if first_month != cal.DECEMBER else year - 1, first_month, 1)
    return Days(start, start + relativedelta(months=3, days=-1), "season")
