"""Dates told by their distance: "last week", "the past five months", "the first quarter", "the next day"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache

from dateutil.relativedelta import relativedelta

from geotrack.extraction import days as cal
from geotrack.extraction.dates import Atom
from geotrack.extraction.days import Days
from geotrack.extraction.lexicon import Tags
from geotrack.extraction.quarters import PartReader

# Days that a named stretch may last and still be "the week", "the month", "the year".
_LENGTHS = {"week": (5, 8), "month": (28, 31), "quarter": (89, 92), "half": (180, 184), "year": (365, 366)}
# A report of the first days of a month or year speaks of the one before.
_EARLY_IN_MONTH, _EARLY_IN_YEAR = 10, 45
_LONGEST_COUNT = 3  # digits
_SATURDAY = 5
_UNITS = ("hour", "day", "week", "fortnight", "month", "quarter", "half", "year", "decade", "period")
# How many half-years the half of a unit is, and how many days one of a shorter unit.
_HALVES, _HALF_DAYS = {"year": 1, "decade": 10}, {"week": 7, "month": 30}
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


@cache
def _unit_under(tags: Tags) -> str:
    """Return the unit of time that a word with some tags is."""
    return next(unit for unit in _UNITS if f"time.unit.{unit}" in tags)


class RelativeReader(PartReader):
    """Reads the dates of one sentence that are told by their distance from another."""

    def _deictic_month(self, at: int) -> Atom | None:
        """Read "last May", "this April", "last August and November"."""
        if not self._has(at, "time.last", "time.this") or not self._has(self._after(at), "time.month"):
            return None
        atom = self._month_days(self._after(at)) or self._month_list(self._after(at))
        return replace(atom, inferred=True) if atom else None

    def _window(self, at: int) -> Atom | None:
        """Read "the past week", "the last day", "the last 24 hours", "the past five months"."""
        at = self._skip(at, "time.article")
        if not self._has(at, "time.past", "time.last", "time.final"):
            return None
        length = self._length(self._after(at))
        if length is None:
            return None
        slides = self._has(at, "time.past") or (
            length.unit == "day" and not self._has(length.last, "time.of")
        )
        if not (length.written or slides):
            return None
        if length.unit == "year" and (named := self._year(length.last)):
            return named  # "the past year 2023"
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
        if "time.unit" not in self.sentence.seen:
            return None
        count, unit_at = self._count(at)
        counted = count is not None
        halved = self._has(unit_at, "time.halved")
        unit = self._unit(self._after(unit_at) if halved else unit_at)
        if unit is None or unit == "period":
            return None
        last = self._after(self._after(unit_at) if halved else unit_at)
        if halved or self._has(last, "time.halved"):
            last, halves = self._skip(last, "time.halved"), 2 * (count or 1) + 1
            if unit in _HALF_DAYS:
                return _Length(halves * _HALF_DAYS[unit] // 2, "day", last)
            return _Length(halves * _HALVES[unit], "half", last) if unit in _HALVES else None
        if unit == "decade":
            unit, count = "year", 10 * min(count or 1, _MOST_DECADES)
        if unit == "fortnight":
            unit, count, counted = "week", 2 * (count or 1), True
        one = last - at > 1  # "a week", "a decade"
        return _Length(count or 1, unit, last, written=counted or one)

    def _lasting(self, at: int) -> Atom | None:
        """Read "over two years", "in three decades": a length that nothing dates ends at publication."""
        if not self._has(at - 1, "time.lasting", "time.goes_on"):
            return None
        length = self._length(at) or self._length(self._skip(at, "time.article"))
        if length is None or length.unit in {"hour", "day"} or not length.written:
            return None
        working = self._has(length.last, "time.of") and self._has(
            self._after(length.last), "work", "time.work"
        )
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
            tens = self._value(at)
            if tens % 10 == 0 and self.words[at + 1 : at + 2] == ("-",) and self._has(at + 2, "number.unit"):
                return tens + self._value(at + 2), self._after(at + 2)  # "twenty-four"
            return tens, self._after(at)
        return None, at

    def _unit(self, at: int) -> str | None:
        return _unit_under(self.tags_at[at]) if self._has(at, "time.unit") else None

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
            return self._period(at, last)
        if self._has(at, "time.same"):
            several = counted is None and self.words[last - 1].endswith("s")
            return self._those(unit, last) if several else self._same(unit, last, counted or 1)
        if unit == "year" and (told := self._told_year(at, last)):
            return told
        if self._has(at, "time.during"):
            return self._during(unit, last) if self._is_stretch(at, unit_at) else None
        return self._current_unit(at, unit, last)

    def _period(self, at: int, last: int) -> Atom | None:
        """Read "in this period", "the same period of last year": the stretch that the text named last."""
        if self._has(at, "time.same") and (shifted := self._same_of_year(last)):
            return shifted
        if self._has(last, "time.since"):
            return None  # "during the time from September 2001 up to now"
        named = self.clock.named[-1] if self.clock.named else None
        return Atom(last, named, inferred=True) if named else None

    def _told_year(self, at: int, last: int) -> Atom | None:
        """Read "during the year 2016", "this year's February": what stands behind the word says when."""
        if self._is_year(last) and not self._is_quantity(last):
            return self._year(last)
        year = self._relative_year(at) if self._month(last) is not None else None
        return self._of_year(last, year[0]) if year and year[0] else None

    def _current_unit(self, at: int, unit: str, last: int) -> Atom:
        """Read "last week", "this year", counted from publication."""
        reference = self.clock.published
        if reference is None:
            return Atom(last, self.clock.titled if unit == "year" else None, inferred=True)
        if self._has(at, "time.last"):
            return Atom(last, cal.unit_containing(reference, unit, -1), inferred=True)
        days = cal.unit_containing(reference, unit)
        return Atom(last, Days(days.start, min(days.end, reference), unit), inferred=True)

    def _of_year(self, at: int, year: int) -> Atom:
        """Read a month whose year stands before it."""
        return Atom(self._after(at), cal.month(year, self._value(at)), inferred=True)

    def _same_of_year(self, at: int) -> Atom | None:
        """Read "the same period of last year": the stretch named last, in another year."""
        said = self.clock.said
        year, last = self._year_at(self._skip(at, "time.of", "time.of_the", "list.join"))
        if year is None and self._has(at, "time.shifted_year") and said:
            year, last = said.end.year + self._value(at), self._after(at)
        if year is None or said is None:
            return None
        back = relativedelta(years=said.end.year - year)
        return Atom(last, Days(said.start - back, said.end - back, said.precision), inferred=True)

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
            vague = not length.written and self._has(last - 1, "time.several")  # "years ago"
            days = cal.days_before(published, length.count, length.unit) if published and not vague else None
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
        if plain and counted is None and unit != "year" and not self._is_calendar(self._after(after)):
            return None  # "the week to Friday"
        self.inside = True
        end = self.atom(self._skip(self._after(after), "time.article"))
        self.inside = False
        if end is None or end.days is None or end.event:
            return None
        first = cal.window_before(end.days.end + dt.timedelta(days=1), counted or 1, unit or "year").start
        return Atom(end.last, Days(first, end.days.end, "range"), end.yearless, end.inferred)

    def _is_calendar(self, at: int) -> bool:
        """Tell whether a date of the calendar stands at a word: a number or a month."""
        at = self._skip(at, "time.article")
        return at < self.size and (self.words[at][0].isdecimal() or self._has(at, "time.month"))

    def _span_from(self, at: int) -> Atom | None:
        """Read "the week from 20 May", "the week of 20-26 May": a stretch told by its first day, or all."""
        if "time.starting" not in self.sentence.seen:
            return None
        length = self._length(self._skip(at, "time.article", "time.of_the", "time.during"))
        if length is None or length.unit not in {"week", "month"} or self.inside:
            return None
        if not self._has(length.last, "time.starting") or (length.unit == "month" and not length.written):
            return None
        start = self._days_at(self._skip(self._after(length.last), "time.article"))
        if start is None or start.days is None:
            return None
        if start.days.precision != "day" or self._has(start.last, "time.range"):
            return start if start.days.precision == "range" else None
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
        slides = named is not None and named.precision == "window"
        return Atom(last, named or cal.unit_containing(said.end, unit), inferred=True, rolling=slides)

    def _those(self, unit: str, last: int) -> Atom:
        """Read "those years": the stretch of several such units that the text named last."""
        longest = _LENGTHS.get(unit, (0, 1))[1]
        several = (d for d in reversed(self.clock.named) if (d.end - d.start).days >= longest)
        return Atom(last, next(several, None), inferred=True)

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

    def _is_stretch(self, at: int, unit_at: int) -> bool:
        """Tell whether "during" means the stretch just over: "for day"; not "for years"."""
        bare = self._after(at) == at + 1 == unit_at
        behind = self.words[unit_at + 1 : unit_at + 2]
        plural = self.words[unit_at].endswith("s")
        if plural:
            return False
        return not bare or not (behind == ("of",) or self._has(unit_at + 1, "number.and"))

    def _during(self, unit: str, last: int) -> Atom | None:
        """Read "during the week": the one that the text named, else the one before publication."""
        published = self.clock.published
        named = self._named(unit)
        said = self.clock.said
        if named is None and unit == "day" and said is not None and said.precision == "day":
            named = said  # "On 2 August 9 shells were found. During the day sappers went out 4 times"
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

    def _weekday(self, at: int) -> Atom | None:
        """Read "on Friday", "last Friday": the latest one not after publication."""
        before = at
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
        told = named is not None and named.precision != "window"  # "in the past week …, he said on Monday"
        if named is not None and told and (named.end - named.start).days <= _LENGTHS["week"][1]:
            ahead = (self._value(at) - named.start.weekday()) % 7
            date = named.start + dt.timedelta(days=ahead)
            return Atom(last, Days(date, date, "day"), inferred=True)
        if self.clock.published is None:
            return Atom(last, None, inferred=True)
        back = (self.clock.published.weekday() - self._value(at)) % 7
        back += 7 * (back == 0 and at > before)  # "last Friday" told on a Friday
        date = self.clock.published - dt.timedelta(days=back)
        return Atom(last, Days(date, date, "day"), inferred=True)

    def _weekend(self, at: int) -> Atom | None:
        """Read "over the weekend": the latest one that had begun at publication."""
        if not self._has(at, "time.weekend"):
            return None
        last, published = self._after(at), self.clock.published
        if published is None:
            return Atom(last, None, inferred=True)
        first = published - dt.timedelta(days=(published.weekday() - _SATURDAY) % 7)
        return Atom(last, Days(first, min(first + dt.timedelta(days=1), published), "week"), inferred=True)

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
        if told is not None and told.start == told.end:
            told = self._named("year") or told  # the days beside a year are those of its telling
        reference = told.end if told else self.clock.published
        last = self._after(at)
        if reference is None:
            return Atom(last, None, inferred=True)
        return Atom(last, cal.year(reference.year + self._value(at)), inferred=True)
