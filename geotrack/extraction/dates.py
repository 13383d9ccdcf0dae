"""Calendar dates as they are written: days, months and years, whole or in part.

A year that was not written is concluded from publication, else from the date stated last.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from geotrack.extraction import days as cal
from geotrack.extraction.days import Days
from geotrack.extraction.tagging import TaggedSentence

_NUMERIC_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)$")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"\d{1,2}$")
_SHORT_YEAR = re.compile(r"\d{2}$")
# "1991-94" names no more years than this.
_SHORT_SPAN = 30
YEAR = re.compile(r"(?:19|20)\d\d$")
_NOTED_YEAR = re.compile(r"(?:19|20)\d\d\.\d{1,2}$")
_BEFORE_A_YEAR = ("time.year_before", "time.month", "time.part", "time.since.beginning", "time.since.end")
_LAST_DAY_NUMBER = 31
_CENTURY = 2000  # of "25.02.22"
_REMEMBERED = 20


class Clock(NamedTuple):
    """What a relative date is counted from.

    `published` is the publication day if known; `said` the last day (or stretch) that the text stated
    before, `named` the stretches of more than a day, `origin` the day or event that "since then" goes back
    to; `country` picks the wars that "the war" can mean, `titled` is the year that a heading names.
    """

    published: dt.date | None = None
    said: Days | None = None
    country: str | None = None
    named: tuple[Days, ...] = ()
    origin: Days | None = None
    titled: Days | None = None

    def since(self, days: Days) -> Clock:
        """Return the clock after a text told the start of a total, which "over this time" then means.

        Of one that goes on to an unknown day "over this time" means nothing that was told before.
        """
        if self.published is None or self.published < days.start:
            return self._replace(origin=days, named=())
        total = Days(days.start, self.published, "total")
        return self._replace(origin=days, named=(*self.named[-_REMEMBERED:], total))

    def until(self, days: Days) -> Clock:
        """Return the clock after an as-of day, which ends the total that was just begun."""
        clock = self.after(days)
        last = self.named[-1] if self.named else None
        if last is None or last.precision != "total" or days.end < last.start:
            return clock
        return clock._replace(named=(*self.named[:-1], replace(last, end=days.end)))

    def after(self, days: Days) -> Clock:
        """Return the clock after a text stated some days."""
        if days.precision in {"event", "start", "end", "clock", "lasting"}:
            return self
        named = (*self.named[-_REMEMBERED:], days) if days.start != days.end else self.named
        slides = days.precision == "window" and self.origin is not None  # "since then" means no sliding day
        origin = self.origin if slides else days
        if (days, origin, named) == (self.said, self.origin, self.named):
            return self  # the same clock, for what was read by it
        return self._replace(said=days, named=named, origin=origin)

    @property
    def day(self) -> dt.date | None:
        """The day that "the next day" follows: the one stated last, but of a stretch its publication."""
        if self.said is not None and (self.said.start == self.said.end or self.published is None):
            return self.said.end
        return self.published if self.said else None

    @property
    def reference(self) -> dt.date | None:
        """The day that a date without a year is near: publication, else the last stated one."""
        return self.published or (self.said.end if self.said else None)


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of days read from words, up to `last`; `yearless` if its year was concluded.

    An `event` is a war or a truce: its day starts or ends a total, and dates nothing by itself.
    """

    last: int
    days: Days | None
    yearless: bool = False
    inferred: bool = False
    rolling: bool = False
    event: bool = False


class DateReader:
    """Reads the calendar dates of one sentence."""

    def __init__(self, sentence: TaggedSentence, clock: Clock) -> None:
        self.sentence, self.clock = sentence, clock
        self.size = len(sentence.words)
        self.words = sentence.folded
        self.tags_at = sentence.tags_at
        self.numbers = sentence.numbers
        if any(_NOTED_YEAR.match(self.words[k]) for k in self.numbers):
            self.words = tuple(self._without_note(k) for k in range(self.size))
        self.inside = False  # the date beside an event is being read

    def _without_note(self, at: int) -> str:
        """Return a word, but a year without the number of a footnote that sticks to it: "since 2014.3"."""
        word = self.sentence.folded[at]
        noted = _NOTED_YEAR.match(word) and self._has(at - 1, *_BEFORE_A_YEAR)
        return word[:4] if noted else word

    def _has(self, at: int, *tags: str) -> bool:
        try:
            return at >= 0 and not self.tags_at[at].isdisjoint(tags)
        except IndexError:
            return False

    def _after(self, at: int) -> int:
        return self.sentence.after(at)

    def _value(self, at: int) -> int:
        """Return the number that the lexicon gives a phrase."""
        phrase = self.sentence.phrase_at[at]
        last = phrase.last if phrase else at + 1
        return int(self.sentence.lexicon.values[" ".join(self.words[phrase.first if phrase else at : last])])

    def _skip(self, at: int, *tags: str) -> int:
        return self._after(at) if self._has(at, *tags) else at

    def _numeric(self, at: int) -> Atom | None:
        match = _NUMERIC_DATE.match(self.words[at])
        if match:
            d, m, y = (int(g) for g in match.groups())
            y += _CENTURY if y < _CENTURY else 0
            days = cal.day(y, m, d) or cal.day(y, d, m)
            return Atom(at + 1, days) if days else None
        word = self.sentence.words[at]
        iso = _ISO_DATE.match(self.sentence.text, word.start, word.start + 10)
        if iso and at + 5 <= self.size and self._is_year(at):
            days = cal.day(*(int(g) for g in iso.groups()))
            return Atom(at + 5, days) if days else None
        slashed = at + 4 < self.size and self.words[at + 1] == self.words[at + 3] == "/"
        if (
            slashed
            and _DAY.match(self.words[at])
            and _DAY.match(self.words[at + 2])
            and self._is_year(at + 4)
        ):
            days = cal.day(int(self.words[at + 4]), int(self.words[at + 2]), int(self.words[at]))
            return Atom(at + 5, days) if days else None
        return None

    def _clock_time(self, at: int) -> Atom | None:
        """Read "11:20": a time of day without a date is of the publication day."""
        match = self.size > at + 2 and self.words[at + 1] == ":" and _DAY.match(self.words[at])
        if (
            not match
            or not _DAY.match(self.words[at + 2])
            or self.sentence.words[at + 2].start != self.sentence.words[at + 1].end
        ):
            return None
        published = self.clock.published
        days = Days(published, published, "clock") if published else None
        return Atom(at + 3, days, inferred=True)

    def _day_number(self, at: int) -> tuple[int, int] | None:
        """Return (day, next word) for "7", "7th" (one word or two), "the 7th"."""
        at = self._skip(at, "time.article")
        if at >= self.size:
            return None
        if not _DAY.match(self.words[at]) or not 1 <= int(self.words[at]) <= _LAST_DAY_NUMBER:
            return None
        after = at + 1
        if (
            self._has(after, "time.ordinal")
            and self.sentence.words[after].start == self.sentence.words[at].end
        ):
            after += 1
        return int(self.words[at]), after

    def _month(self, at: int) -> int | None:
        return self._value(at) if self._has(at, "time.month") else None

    def _year_at(self, at: int) -> tuple[int | None, int]:
        """Return the year written at a word (after "," or "of"), or the relative year, and the next word."""
        start = self._skip(self._skip(at, "time.inclusive"), "time.of")
        dated = False  # "on December 28, 2015 mines killed 5"
        if start < self.size and self.words[start] == "," and self._is_year(start + 1):
            dated = self.words[start - 1].isdecimal() and self._has(start - 2, "time.month")
            start += 1
        if self._is_year(start) and (dated or not self._is_quantity(start)):
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
        if at >= self.size or YEAR.match(self.words[at]) is None or self._ends_name(at):
            return False
        return cal.is_year(int(self.words[at])) or self._opens_years(at)

    def _opens_years(self, at: int) -> bool:
        """Tell whether a year long ago begins a row of years: "between 1945 and 1995"."""
        opened = self._has(at - 1, "number.between") or self.words[at - 1] == "from"
        joined = self._has(at + 1, "time.range", "number.and")
        return opened and joined and YEAR.match((*self.words, "", "")[at + 2]) is not None

    def _ends_name(self, at: int) -> bool:
        """Tell whether a number ends a name, as in "#MineDay2018"; "FY2018" is a year all the same."""
        words = self.sentence.words
        glued = (
            at > 0
            and words[at - 1].start < words[at - 1].end == words[at].start
            and self.words[at - 1].isalpha()
        )
        return glued and not self._has(at - 1, "time.year_word", "time.month", "time.part")

    def _is_quantity(self, at: int) -> bool:
        """Tell whether "2023" counts something: "2023 mines"; "2023 casualties" are those of a year.

        Behind "in" and "since" it is a year whatever follows: "in 2023 mines killed 5".
        """
        if self.inside or self._has(at - 1, *_BEFORE_A_YEAR):
            return False
        if self._has(at - 1, "time.range", "list.join") and self._is_year(at - 2):
            return False  # "2022-2023 sappers", "in 2022 and 2023 sappers"
        if self._has(at - 1, "time.of") and self._has(at - 2, "time.part", "time.unit", "time.month"):
            return False  # "in the autumn of 2023 sappers"
        if self._has(at - 1, "time.part", "time.month"):
            return False
        return self._has(at + 1, "head", "unit") and not self._has(
            at + 1, "head.victim", "head.fatality", "head.injury"
        )

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

    def _days_of_month(self, at: int) -> Atom | None:
        """Read "7 May 2023", "7-13 April", "7 to 13 April", "the 7th of May"."""
        first = self._day_number(at)
        if first is None:
            return None
        number, after = first
        ends = self._has(after, "time.range_from") and self._has(at - 1, "time.since")  # "from 10 on 17 May"
        last_number, after = self._second_day(after, ends=ends) or (number, after)
        while (further := self._second_day(after)) is not None and further[0] > last_number > number:
            last_number, after = further  # "7, 8 and 9 May"
        if self._has(after, "time.of") and (self.words[after] == "of" or after - at > 1):
            after = self._after(after)  # "the 7th of May", not "7 in January, 19 in February"
        month = self._month(after)
        if month is None:
            return self._of_near_month(after, number, last_number)
        return self._dated(month, number, last_number, self._after(after))

    def _of_near_month(self, at: int, number: int, last_number: int) -> Atom | None:
        """Read what stands behind the days of "the 7th of last month", "from 5 to 11 of this month"."""
        unit_at, reference = self._after(at) if at < self.size else at, self.clock.reference
        if reference is None or not (
            self._has(at, "time.last", "time.this") and self._has(unit_at, "time.unit.month")
        ):
            return None
        ahead = (
            last_number > reference.day and number <= last_number
        )  # "from 1 to 30 of the month", told on 4 May
        month = cal.unit_containing(
            reference, "month", -1 if self._has(at, "time.last") or ahead else 0
        ).start
        start, end = (cal.day(month.year, month.month, n) for n in (number, last_number))
        if start is None or end is None or start.start > end.end:
            return None
        precision = "day" if start == end else "range"
        return Atom(self._after(unit_at), Days(start.start, end.end, precision), inferred=True)

    def _second_day(self, at: int, *, ends: bool = False) -> tuple[int, int] | None:
        sign = at < self.size and self.words[at] in {"-", ","}
        if not (ends or sign or self._has(at, "time.range", "number.and")):
            return None
        found = self._day_number(self._after(at))
        clock = found is not None and self.words[found[1] : found[1] + 1] == (":",)
        timed = clock and found is not None and _DAY.match((*self.words, "")[found[1] + 1])
        return None if timed else found  # "January 11, 12:42"

    def _month_days(self, at: int) -> Atom | None:
        """Read "May 7, 2023", "April 7 to 13", "May 7th"."""
        month = self._month(at)
        if month is None:
            return None
        first = self._day_number(self._after(at))
        if first is None:
            return None
        number, after = first
        if self._has(after, "unit") or (
            self._is_quantity(after - 1) and not self._has(after - 1, "time.ordinal")
        ):
            return None  # "In March 9 hectares were cleared"
        second = self._second_day(after)
        if (
            second
            and not self._month_follows(second[1])
            and not self._is_quantity(second[1] - 1)
            and second[0] > number
        ):
            return self._dated(month, number, second[0], second[1])
        return self._dated(month, number, number, after)

    def _year_before(self, at: int) -> Atom | None:
        """Read "2020, November 10", "2022, on the 24th of February": a day behind its year."""
        if not self._is_year(at):
            return None
        if self._has(at + 1, "time.part.quarter", "time.part.half"):
            return self._part_behind(at)
        comma = self.words[at + 1 : at + 2] == (",",)
        return self._in_year(int(self.words[at]), self._skip(at + 1 + comma, "time.since.from"))

    def _relative_year_before(self, at: int) -> Atom | None:
        """Read "last year, 10 November", "this year January": a day or a month behind its year."""
        year, start = self._relative_year(at) or (None, at)
        if year is None or self._has(start, "time.of"):
            return None
        return self._in_year(year, start + (self.words[start : start + 1] == (",",)))

    def _in_year(self, own: int, start: int) -> Atom | None:
        """Read a day or a month that stands behind its year."""
        if start >= self.size:
            return None
        clock = self.clock
        # Without a publication day the year itself is what a day behind it is near.
        self.clock = clock if clock.published else clock._replace(published=cal.year(own).end)
        found = self._month_days(start) or self._days_of_month(start) or self._month_list(start)
        self.clock = clock
        if found is None or found.days is None or not found.yearless:
            return None
        start_day, end_day = (cal.day(own, d.month, d.day) for d in (found.days.start, found.days.end))
        if found.days.precision in {"month", "months"}:  # a February has not 29 days in every year
            end_day = cal.months(own, found.days.start.month, found.days.end.month)
        if start_day is None or end_day is None:
            return None
        return Atom(found.last, Days(start_day.start, end_day.end, found.days.precision))

    def _part_behind(self, at: int) -> Atom | None:
        """Read "2023 Q3"; the reader of parts knows it."""
        raise NotImplementedError

    def _month_follows(self, at: int) -> bool:
        return self._has(self._skip(at, "time.of"), "time.month")

    def _dated(self, month: int, number: int, last_number: int, after: int) -> Atom | None:
        written, last = self._year_at(after)
        if written is None:
            last = after
        year, concluded = self._resolve_year(month, number, written)
        if year is None:
            return Atom(last, None, yearless=True)
        start, end = cal.day(year, month, number), cal.day(year, month, last_number)
        if start is None or end is None or start.start > end.end:
            return None
        precision = "day" if start == end else "range"
        return Atom(last, Days(start.start, end.end, precision), yearless=concluded)

    def _month_list(self, at: int) -> Atom | None:
        """Read "May 2023", "January-September 2023", "August and November of last year"."""
        first = self._month(at)
        if first is None or (self._has(at, "time.month.modal") and not self._month_may_stand(at)):
            return None
        last_month, after, listed = first, self._after(at), False
        joins = self._has(after, "time.range", "number.and") or (
            after < self.size and self.words[after] in {"-", "/", ","}
        )
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
            return Atom(last, None, yearless=True)
        if ahead and reference and last_month == reference.month and year == reference.year:
            year -= 1
        precision = "month" if first == last_month else "months"
        days = cal.months(year, first, last_month)
        relative = written is not None and not any(YEAR.match(w) for w in self.words[after:last])
        return Atom(last, Days(days.start, days.end, precision), concluded, inferred=listed or relative)

    def _month_may_stand(self, at: int) -> bool:
        """Tell whether a word that is also a verb ("may", "march") is the month here."""
        capital = self.sentence.text[self.sentence.words[at].start].isupper()
        if at and self.words[at - 1] in {'"', "'", ";", ":"}:
            at = 0  # a wish, "May they rest"
        return capital and (
            at > 0 or YEAR.match(self.words[at + 1]) is not None if at + 1 < self.size else at > 0
        )

    def _is_glued(self, first: int, last: int) -> bool:
        """Tell whether no space stands between words: "1991-94", not "2006 - 17 killed"."""
        words = self.sentence.words
        return all(words[k].end == words[k + 1].start for k in range(first, last))

    def _year(self, at: int) -> Atom | None:
        """Read "2023", "the year 2023", "2022-24"; a second year in full is read by who joins two days."""
        if self._has(at, "time.year_word"):
            at = self._after(at)
        if not self._is_year(at) or self._is_quantity(at):
            return None
        days = cal.year(int(self.words[at]))
        last = at + 1
        short = last + 1 < self.size and self.words[last] in {"-", "/"} and self._is_glued(at, last + 1)
        if short and _SHORT_YEAR.match(self.words[last + 1]):
            until = days.start.year - days.start.year % 100 + int(self.words[last + 1])
            until += 100 * (until < days.start.year)
            if 0 < until - days.start.year <= _SHORT_SPAN:
                return Atom(last + 2, Days(days.start, cal.year(until).end, "range"))
        return Atom(self._after(last) if self._has(last, "time.year_word") else last, days)
