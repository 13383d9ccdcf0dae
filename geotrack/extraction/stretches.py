"""Stretches of days as they are written: one date, or two joined by "to", "-", "and".

Which reader knows a date is decided by its first word.
"""

from __future__ import annotations

from functools import cache

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
_MONTHS = ("time.month", "time.unit.month")
# The readers of a stretch of days in the order in which they are asked, what its first word must be for
# them, perhaps behind an article (digits, or something under one of the tags; a war can begin with anything),
# and what else its sentence must name.
_ATOMS: tuple[tuple[str, bool, tuple[str, ...], tuple[str, ...]], ...] = (
    ("_clock_time", True, (), ()),
    ("_numeric", True, (), ()),
    ("_year_before", True, (), ()),
    ("_relative_year_before", False, ("time.last", "time.this", "time.same"), ("time.unit.year",)),
    ("_days_of_month", True, (), _MONTHS),
    ("_month_days", False, ("time.month",), ()),
    ("event", True, ("",), WARS),
    ("_span_to", True, ("time", "number.unit"), ("time.ending",)),
    ("_span_from", True, ("time", "number.unit"), ("time.starting",)),
    ("_counted", True, ("time.unit", "time.halved", "number.unit"), ("time.unit",)),
    ("_window", False, ("time.past", "time.last", "time.final"), ("time.unit",)),
    ("_lasting", True, ("time.unit", "time.halved", "number.unit"), ("time.lasting", "time.goes_on")),
    ("_part", False, ("time.part", "time.last", "time.this"), ("time.part",)),
    (
        "_deictic_unit",
        False,
        ("time.year_to_date", "time.last", "time.this", "time.same", "time.during"),
        ("time.unit", "time.year_to_date"),
    ),
    ("_month_list", False, ("time.month",), ()),
    ("_deictic_month", False, ("time.last", "time.this"), _MONTHS),
    ("_weekday", False, ("time.weekday", "time.last"), ("time.weekday",)),
    ("_weekend", False, ("time.weekend",), ()),
    ("_deictic_day", False, ("time.deictic", "time.shifted", "time.shifted_year", "time.deictic_year"), ()),
    ("_year", True, ("time.year_word",), ()),
)
_NEEDED = frozenset(tag for _, _, _, named in _ATOMS for tag in named)


@cache
def _readers_of(tags: Tags, named: Tags, *, digits: bool) -> tuple[str, ...]:
    """Return the readers that a word can begin a stretch of days for in a sentence that names some things.

    A lexicon has few sets of tags, and `named` are those of a dozen that decide.
    """
    return tuple(
        name
        for name, numbered, opening, needed in _ATOMS
        if ((digits and numbered) or "" in opening or not tags.isdisjoint(opening))
        and not (needed and named.isdisjoint(needed))
    )


class StretchReader(RelativeReader):
    """Reads the stretches of days of one sentence; `named` is what it names that some of them need."""

    def __init__(self, sentence: TaggedSentence, clock: Clock) -> None:
        super().__init__(sentence, clock)
        self.named = _NEEDED & sentence.seen

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
        """Read a date again whose year a later one writes: "from 27 May to 2 June 2024"."""
        clock = self.clock
        self.clock = clock._replace(said=days)
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
        tags, digits = self.tags_at[at], self.words[at][0].isdecimal()
        start = self._after(at) if "time.article" in tags else at
        if start >= self.size:
            return None
        numbered = self.words[start][0].isdecimal()
        begins = self.sentence.lexicon.under(_BEGINNINGS)
        if not (numbered or self.tags_at[start] in begins or self._owner(start)):
            return None
        if start > at:
            tags, digits = tags | self.tags_at[start], digits or numbered
        for reader in _readers_of(tags, self.named, digits=digits):
            atom: Atom | None = getattr(self, reader)(at)
            if atom is not None:
                return atom
        return None
