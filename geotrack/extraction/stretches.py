"""Stretches of days as they are written: one date, or two joined by "to", "-", "and".

Which reader knows a date is decided by its first word.
"""

from __future__ import annotations

from functools import lru_cache

from geotrack.extraction.dates import Atom, Clock
from geotrack.extraction.days import FEBRUARY, Days
from geotrack.extraction.events import WARS
from geotrack.extraction.lexicon import Tags
from geotrack.extraction.relatives import RelativeReader
from geotrack.extraction.tagging import TaggedSentence

# What a date can begin with, besides digits.
_BEGINNINGS = (
    "time.article", "time.month", "time.last", "time.this", "time.same", "time.during", "time.past",
    "time.part", "war", "time.weekday", "time.weekend", "time.deictic", "time.shifted", "time.shifted_year",
    "time.deictic_year", "time.year_word", "time.unit", "time.year_to_date", "number.unit", "time.final",
)  # fmt: skip
# Sets of tags of which it is known what they can begin.
_KEPT = 20_000
_OF_NUMBER, _OF_DATE = ("number",), ("number", "date")
# Digits of a year, and the signs behind those of a date or of a time of day.
_YEAR, _SIGNED = 4, frozenset({(":",), ("/",)})
_MONTHS = ("time.month", "time.unit.month")
# The readers of a stretch of days in the order in which they are asked, what its first word must be for
# them, perhaps behind an article (digits, those of a date, or something under one of the tags; a war can
# begin with anything), and what else its sentence must name.
_ATOMS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("_clock_time", "date", (), ()),
    ("_numeric", "date", (), ()),
    ("_year_before", "date", (), ()),
    ("_relative_year_before", "", ("time.last", "time.this", "time.same"), ("time.unit.year",)),
    ("_days_of_month", "number", (), _MONTHS),
    ("_month_days", "", ("time.month",), ()),
    ("event", "number", ("",), WARS),
    ("_span_to", "number", ("time", "number.unit"), ("time.ending",)),
    ("_span_from", "number", ("time", "number.unit"), ("time.starting",)),
    ("_counted", "number", ("time.unit", "time.halved", "number.unit"), ("time.unit",)),
    ("_window", "", ("time.past", "time.last", "time.final"), ("time.unit",)),
    ("_lasting", "number", ("time.unit", "time.halved", "number.unit"), ("time.lasting", "time.goes_on")),
    ("_part", "", ("time.part", "time.last", "time.this"), ("time.part",)),
    (
        "_deictic_unit",
        "",
        ("time.year_to_date", "time.last", "time.this", "time.same", "time.during"),
        ("time.unit", "time.year_to_date"),
    ),
    ("_month_list", "", ("time.month",), ()),
    ("_deictic_month", "", ("time.last", "time.this"), ("time.month",)),
    ("_weekday", "", ("time.weekday", "time.last"), ("time.weekday",)),
    ("_weekend", "", ("time.weekend",), ()),
    ("_deictic_day", "", ("time.deictic", "time.shifted", "time.shifted_year", "time.deictic_year"), ()),
    ("_year", "date", ("time.year_word",), ()),
)
_NEEDED = frozenset(tag for _, _, _, named in _ATOMS for tag in named)


@lru_cache(maxsize=_KEPT)
def _readers_of(tags: Tags, named: Tags, *digits: str) -> tuple[str, ...]:
    """Return the readers that a word can begin a stretch of days for in a sentence that names some things.

    A lexicon has few sets of tags, and `named` are those of a dozen that decide.
    """
    return tuple(
        name
        for name, numbered, opening, needed in _ATOMS
        if (numbered in digits or "" in opening or not tags.isdisjoint(opening))
        and not (needed and named.isdisjoint(needed))
    )


class StretchReader(RelativeReader):
    """Reads the stretches of days of one sentence; `named` is what it names that some of them need.

    `begins` are the sets of tags that a date can begin with.
    """

    def __init__(self, sentence: TaggedSentence, clock: Clock) -> None:
        super().__init__(sentence, clock)
        self.named = _NEEDED & sentence.seen
        self.begins = sentence.lexicon.under(_BEGINNINGS)

    def _range(self, at: int) -> Atom | None:
        """Read an atom, or two joined by "to", "-", "through", "and"."""
        first = self.atom(at)
        if first is None:
            return None
        joiner = self._past_aside(first.last)
        between = self._between(at)
        comma = joiner < self.size and self.words[joiner] == ","
        if comma and (
            self._has(joiner + 1, "time.range") or (between and self._has(joiner + 1, "number.and"))
        ):
            joiner += 1
        ranging = self._has(joiner, "time.range") or (self._has(joiner, "number.and") and between)
        if not (ranging or (self._has(joiner, "time.range_from") and self._has(at - 1, "time.since"))):
            return first
        next_at = self._skip(self._after(joiner), "time.article")
        if self._has(next_at, "time.now"):
            return first
        second = self.atom(next_at)
        if second is not None and second.yearless and first.days and first.days.precision == "year":
            second = self._with_year_of(next_at, first.days)  # "in 2005 through April"
        if first.days is None and second is not None and second.days is not None:
            first = self._with_year_of(at, second.days) or first
        if second is None or second.days is None or first.days is None:
            return first
        weekdays = self._has(self._skip(at, "time.article"), "time.weekday")
        if weekdays and second.days.precision == "range":
            return second  # "from Monday to Sunday, 22-28 April"
        return self._joined(first, second)

    def _past_aside(self, at: int) -> int:
        """Skip what is said of a date before its range goes on: "from May, when the war ended, to June"."""
        if at >= self.size or self.words[at] != "," or "war" not in self.sentence.seen:
            return at
        start = self._after(at + 1) if self._has(at + 1, "time.when") else at + 1
        event = self.event(self._skip(start, "time.article")) if start < self.size else None
        last = event.last if event is not None else at
        closed = event is not None and last < self.size and self.words[last] == ","
        return last + 1 if closed and self._has(last + 1, "time.range") else at

    def _with_year_of(self, at: int, days: Days) -> Atom | None:
        """Read a date again whose year another one writes: "from 27 May to 2 June 2024"."""
        clock = self.clock
        self.clock = clock._replace(published=days.end)
        atom = self.atom(at)
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

    def atom(self, at: int) -> Atom | None:
        """Read any stretch of days at a word, by the first reader that knows it."""
        if not 0 <= at < self.size:
            return None
        for reader in self._readers(at):
            atom: Atom | None = getattr(self, reader)(at)
            if atom is not None:
                return atom
        return None

    def _readers(self, at: int) -> tuple[str, ...]:
        """Return the readers that may know a stretch of days at a word, by this word and one behind "the"."""
        tags = self.tags_at[at]
        start = self._after(at) if "time.article" in tags else at
        if start >= self.size:
            return ()
        digits = self.words[start][0].isdecimal()
        if not (digits or self.tags_at[start] in self.begins or self._owner(start)):
            return ()
        if start > at:
            tags = tags | self.tags_at[start]
        if not digits:
            return _readers_of(tags, self.named)
        kinds = _OF_DATE if start == at and self._may_be_date(at) else _OF_NUMBER
        return _readers_of(tags, self.named, *kinds)

    def _may_be_date(self, at: int) -> bool:
        """Tell whether digits may be a year, a whole date or a time of day: four of them, or some signs."""
        word = self.words[at]
        return len(word) == _YEAR or not word.isdecimal() or self.words[at + 1 : at + 2] in _SIGNED
