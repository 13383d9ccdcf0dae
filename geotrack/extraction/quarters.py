"""Parts of a year or a month: "the first quarter of 2023", "last summer", "early 2022", "the end of May"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from geotrack.extraction import days as cal
from geotrack.extraction.dates import YEAR, Atom
from geotrack.extraction.days import Days
from geotrack.extraction.events import EventReader

# What tells a part of a season: "since early spring".
_LONGEST_MONTH = 31
_EARLY = ("time.early", "time.part.start", "time.part.middle", "time.part.late", "time.part.end")


class PartReader(EventReader):
    """Reads the parts of years and months of one sentence."""

    def _deictic_unit(self, at: int) -> Atom | None:
        """Read "last week"; the reader of relative dates knows it."""
        raise NotImplementedError

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
        if phrase.has("time.part.season") and self._describes(phrase.last):
            return None
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

    def _describes(self, at: int) -> bool:
        """Tell whether a season only describes what stands behind it: "the spring work", "a summer-house"."""
        return self._has(at, "seasonal")

    def _part_behind(self, at: int) -> Atom | None:
        """Read "2023 Q3", "2022, first half"."""
        phrase = self.sentence.phrase_at[at + 1]
        assert phrase is not None
        days = _part_of(cal.year(int(self.words[at])), phrase.has, self._value(at + 1))
        return Atom(phrase.last, days) if days and not self._year_at(phrase.last)[0] else None

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
        return self._has(
            at - 1, "time.article", "time.of", "time.of_the", "time.during", "time.since", *_EARLY
        )

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
        if self._has(at, "time.part.quarter", "time.part.half", "time.part.season"):
            return self._part(at)
        return self._month_list(at) or self._deictic_unit(at) or self.event(at)

    def _is_next(self, at: int, year: int) -> bool:
        """Tell whether a word is the year after one, written whole or by two digits."""
        return self.words[at] in {str(year + 1), str(year + 1)[2:]}


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
    last = length * (number + 1) > _LONGEST_MONTH
    end = month.end if last else start + dt.timedelta(days=length - 1)
    return Days(start, end, "range")


def _season(year: int, first_month: int) -> Days:
    """Return three months; a winter begins in December of the year before."""
    start = dt.date(year if first_month != cal.DECEMBER else year - 1, first_month, 1)
    return Days(start, start + relativedelta(months=3, days=-1), "season")
