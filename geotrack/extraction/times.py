"""Time expressions of a sentence, resolved to days.

An expression is an interval ("in May 2023", "April 7 to 13"), a start ("since November 2020"), an
as-of day ("as of 1 June", "by July") or the mark of a running total ("so far"). An event that opens
nothing ("the war of 2020") only keeps its words from being read as a date. What was not written
but concluded (a year, a relative day) makes it `inferred`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geotrack.extraction import days as cal
from geotrack.extraction.dates import Atom, Clock
from geotrack.extraction.days import Days
from geotrack.extraction.spans import TimeExpression, TimeKind, compared_from, joined, without_spelled_out
from geotrack.extraction.stretches import StretchReader
from geotrack.extraction.tagging import TaggedSentence

__all__ = ["Clock", "TimeExpression", "TimeKind", "TimeReader", "clock_after"]

_OPENING = ("time", "war", "number.unit")
# What dates something by itself, besides digits; anything else needs one of these behind it.
_DATING = (
    "time.month", "time.unit", "time.part", "time.weekday", "time.weekend", "time.deictic", "time.shifted",
    "time.shifted_year", "time.deictic_year", "time.year_word", "time.year_to_date", "time.so_far",
    "time.then", "time.named.whole", "time.named.noun", "time.named.own", "time.since.plain",
    "time.since.after",
    "time.since.beginning", "time.since.end", "time.since.told", "war.begun", "war.over", "war.named",
    "war.after",
)  # fmt: skip
# What opens more than an interval.
_TURNS = (
    "time.so_far", "time.since", "time.as_of", "time.until", "time.by", "time.through", "time.when",
    "time.unit", "time.named", "time.then", "war.throughout", "war.after",
)  # fmt: skip
# What opens the clause that says which day is meant.
_WHICH = ("war.relative", "time.when")
# Words that can stand before it: "over the course of the entire".
_AHEAD = 8
# A time of day beside a date: "18.00".
_HOUR = re.compile(r"\d{1,2}\.\d\d$")
# Words after "since the liberation of" within which its date may stand.
_EVENT_REACH = 18


def clock_after(clock: Clock, time: TimeExpression) -> Clock:
    """Return the clock after a time expression: what it dates is what "the next day", "since then" follow."""
    if time.days is None or time.kind == "so_far" or time.compared is not None:
        return clock
    if time.kind == "event":
        return clock._replace(origin=time.days)
    if time.kind == "since":
        return clock.since(time.days)
    return clock.until(time.days) if time.kind == "as_of" else clock.after(time.days)


def _dates_start(time: TimeExpression, following: TimeExpression) -> bool:
    """Tell whether a time only dates the start behind it: "on 10 November 2020 | since the war ended"."""
    if following.kind != "since" or time.kind != "interval" or time.last != following.first:
        return False
    days, start = time.days, following.days
    return days is not None and start is not None and days.start <= start.start <= days.end


class TimeReader(StretchReader):
    """Reads the time expressions of one sentence; `openings` are the words that one can open at."""

    def __init__(self, sentence: TaggedSentence, clock: Clock) -> None:
        super().__init__(sentence, clock)
        self.openings = self._openings()

    def read(self) -> list[TimeExpression]:
        """Return the time expressions in order, none overlapping."""
        found: list[TimeExpression] = []
        last = 0
        for at in self.openings:
            expression = self._expression(at) if at >= last else None
            if expression is None:
                continue
            compared = compared_from(self.sentence, expression) if expression.kind == "interval" else None
            if compared is not None:
                expression = replace(expression, compared=compared)
            if found and _dates_start(found[-1], expression):
                expression = replace(expression, first=found.pop().first)
            found.append(expression)
            self.clock = clock_after(self.clock, expression)
            last = expression.last
        return joined(self.sentence, without_spelled_out(self.sentence, found)) if found else found

    def _openings(self) -> list[int]:
        """Return the words that a time expression can open at: those near before a word that dates."""
        sentence = self.sentence
        if not self.numbers and sentence.seen.isdisjoint(_DATING):
            return []
        under, tags_at = sentence.lexicon.under, self.tags_at
        dates, opens, turns = under(_DATING), under(_OPENING), under(_TURNS)
        known, numbers = under(_DATING + _OPENING), frozenset(self.numbers)
        told = [at for at, tags in enumerate(tags_at) if tags in known or at in numbers]
        found: list[int] = []
        dated = self.size + _AHEAD
        for at in reversed(told):
            tags, number = tags_at[at], at in numbers
            if number or tags in dates:
                dated = at
            if dated - at <= _AHEAD and (number or tags in opens) and (tags in turns or self._readers(at)):
                found.append(at)
        found.reverse()
        return found

    def _expression(self, at: int) -> TimeExpression | None:
        tags = self.tags_at[at]
        if tags.isdisjoint(_TURNS):
            return self._stretch(at)
        if "time.so_far" in tags:
            return TimeExpression(at, self._after(at), "so_far", None)
        for tag, kind in (("time.since", "since"), ("time.as_of", "as_of")):
            if tag in tags:
                found = self._bounded(at, kind)  # type: ignore[arg-type]
                found = found or self._ongoing(at) or self._afterwards(at)
                return found or (self._stretch(at) if self._has(at, "time.during") else None)
        if not tags.isdisjoint(("time.until", "time.by", "time.through")):
            return self._ended(at)
        if "time.when" in tags and (edge := self._edge_of_year(at)):
            return edge
        return self._ongoing(at) or self._afterwards(at) or self._stretch(at)

    def _for_hour(self, at: int) -> TimeExpression | None:
        """Read "for 7:00 on 14 October", as translations have it: as of that day."""
        if self._clock_time(at + 1) is None:
            return None
        atom = self._range(self._past_hour(at + 1))
        if atom is None or atom.days is None or atom.days.precision != "day":
            return None
        return TimeExpression(at, atom.last, "as_of", atom.days, atom.inferred or atom.yearless)

    def _edge_of_year(self, at: int) -> TimeExpression | None:
        """Read "when 2024 began", "as the year ended": a level then."""
        atom = self._year(self._after(at)) or self._deictic_unit(self._after(at))
        if atom is None or atom.days is None:
            return None
        began = self._has(atom.last, "war.verb.begun")
        if not began and not self._has(atom.last, "war.verb.over"):
            return None
        day = atom.days.start if began else atom.days.end
        return TimeExpression(at, self._after(atom.last), "as_of", Days(day, day, "day"), atom.inferred)

    def _stretch(self, at: int) -> TimeExpression | None:
        """Read an interval, or an event that opens no total."""
        atom = self._range(at)
        if atom is None:
            return None
        return self._absolute(at, atom) if atom.event else self._interval(at, atom)

    def _interval(self, at: int, atom: Atom) -> TimeExpression:
        days = cal.around_middle(atom.days) if atom.days else None
        inferred = atom.inferred or atom.yearless
        if days and days.precision == "day" and self._has(atom.last, "time.as_of"):
            hour = self._past_hour(self._after(atom.last))
            if hour > self._after(atom.last):  # "on 1 June, as of 8 a.m."
                return TimeExpression(at, hour, "as_of", days, inferred)
        return TimeExpression(at, atom.last, "interval", days, inferred, atom.rolling)

    def _absolute(self, at: int, atom: Atom) -> TimeExpression | None:
        """Read "the war once over, …"; any other event that nothing opens dates nothing."""
        if not any(self._has(k, "war.absolute") for k in range(atom.last - 1, atom.last + 1)):
            return TimeExpression(at, atom.last, "event", atom.days)
        return TimeExpression(at, self._after(atom.last - 1), "since", atom.days, inferred=True)

    def _ongoing(self, at: int) -> TimeExpression | None:
        """Read "in two years of full-scale war", "over the war": a total since a war that goes on began."""
        years = self._has(at, "time.unit") and self._has(at + 1, "time.of", "time.of_the")
        if not years and not self._has(at, "war.throughout"):
            return None
        start = self._skip(self._after(at + 1 if years else at), "time.article")
        atom, ended = self.event(start, "begun"), self.event(start, "over")
        if atom is None or atom.days is None or ended is None or ended.days is not None:
            return None
        return TimeExpression(self._counted_from(at), atom.last, "since", atom.days, inferred=True)

    def _counted_from(self, at: int) -> int:
        """Return where the number before a unit begins, else the unit."""
        while at and (self._has(at - 1, "number.unit") or self.words[at - 1].isdecimal()):
            at -= 1
        return at

    def _afterwards(self, at: int) -> TimeExpression | None:
        """Read "since then", "has since …", "in the post-war period"."""
        if self._has(at, "war.after"):
            day = self.sentence.lexicon.dates.get((f"war.over.{self.clock.country}", "war"))
            days = Days(day, day, "event") if day else None
            return TimeExpression(at, self._after(at), "since", days, inferred=True) if days else None
        last = self._named_before(at)
        if last is not None and (shifted := self._same_of_year(last)):
            return self._interval(at, shifted)
        if last is not None:
            named = self.clock.named[-1] if self.clock.named else None
            return TimeExpression(at, last, "interval", named, inferred=True) if named else None
        return self._then(at) if self._has(at, "time.then") else None

    def _named_before(self, at: int) -> int | None:
        """Return where "over the reporting period", "in the months named" ends, if it stands here."""
        if "time.named" not in self.tags_at[at]:
            return None
        if self._has(at, "time.named.whole"):
            return self._skip(self._after(at), "time.named.behind")
        marked = self._has(at, "time.named.marked")
        if not marked and not self._has(at, "time.named.open"):
            return None
        at = self._skip(self._after(at), "time.article")
        while self._has(at, "time.named.mark"):
            marked, at = True, self._after(at)
        marked = marked or self._has(at, "time.named.own")
        if not self._has(at, "time.named.noun", "time.named.own") or self._has(self._after(at), "time.since"):
            return None
        last = self._skip(self._after(at), "time.named.behind")
        return last if marked or last > self._after(at) else None

    def _is_adverb(self, at: int) -> bool:
        """Tell whether "since" stands alone: "has since found", "killed 300 people since"."""
        last = self._after(at)
        ends = last >= self.size or self.words[last] in {".", ",", ")", ";"}
        return ends or self._has(at - 1, "time.perfect")

    def _then(self, at: int) -> TimeExpression:
        origin = self.clock.origin
        start = replace(origin, end=origin.start) if origin else None
        return TimeExpression(at, self._after(at), "since", start, inferred=True)

    def _bounded(self, at: int, kind: TimeKind) -> TimeExpression | None:
        """Read "since X", "as of X"; "from X" opens a running total only where X is not a range."""
        if self.words[at] == "for" and (hour := self._for_hour(at)):
            return hour
        if self._has(at, "number.between") and (between := self._between_event(at)):
            return between
        start = self._skip(self._after(at), "time.article")
        start = self._skip(start, "time.emphasis") if kind == "since" else start
        ambiguous = self._has(at, "time.since.from")
        if kind == "as_of":
            start = self._past_hour(start)
        edge = self._edge(at)
        atom = self.event(start, edge) if edge else self._day_of_event(at, start) if kind == "since" else None
        atom = atom or self._year_until(at, start) or self._range(start)
        if atom is not None and atom.event and atom.days is None:
            atom = self._dated_event(at, named=True) or atom
        if atom is None and kind == "since" and not ambiguous:
            atom = self._current(at, start) or self._dated_event(at)
        if atom is None or (atom.event and ambiguous):
            return self._opened(at, start) if kind == "since" else None
        return self._from(at, kind, atom, ambiguous=ambiguous)

    def _day_of_event(self, at: int, start: int) -> Atom | None:
        """Read the event behind a date of "from the day in 2022 on which Russia launched its invasion"."""
        if not (self._has(at, "time.since.plain") and self._has(start, "war.dates")):
            return None
        told = self.atom(self._after(start))
        if told is None or told.days is None:
            return None
        last = self._skip(told.last, "war.dates")
        event = (
            self.event(self._skip(self._after(last), "time.article")) if self._has(last, *_WHICH) else None
        )
        return event if event is not None and event.days is not None else None

    def _between_event(self, at: int) -> TimeExpression | None:
        """Read "between the start of the invasion and 15 February": the days from the one to the other."""
        first = self.event(self._skip(self._after(at), "time.article"))
        if first is None or first.days is None or not self._has(first.last, "number.and"):
            return None
        last = self.atom(self._skip(self._after(first.last), "time.article"))
        if last is None or last.days is None or last.days.end <= first.days.start:
            return None
        days = Days(first.days.start, last.days.end, "range")
        return TimeExpression(at, last.last, "interval", days, last.inferred or last.yearless)

    def _year_until(self, at: int, start: int) -> Atom | None:
        """Read the bare unit of "from the start of the year to 1 May", with what ends the stretch."""
        first = self._current(at, start) if self._has(at, "time.since.beginning") else None
        if first is None or first.days is None or not self._has(first.last, "time.range"):
            return None
        last = self.atom(self._skip(self._after(first.last), "time.article"))
        return self._joined(first, last) if last and last.days else None

    def _past_hour(self, at: int) -> int:
        """Skip the time of day before a date: "08:00 on 1 June", "the morning of 1 June"."""
        clock = self._clock_time(at)
        start = at = clock.last if clock else at + 1 if at < self.size and _HOUR.match(self.words[at]) else at
        start = at = at + 1 if at > 0 and self.words[at : at + 1] == (",",) else at
        if at + 1 < self.size and self._has(at + 1, "time.hour") and self.words[at].isdecimal():
            at += 1
        while self._has(at, "time.hour"):
            at = self._skip(self._after(at), "time.article")
        return at if at < self.size else start

    def _edge(self, at: int) -> str | None:
        """Return which day of an event the words before it mean: "since the start of", "from the end of"."""
        if self._has(at, "time.since.beginning", "war.edge.begun"):
            return "begun"
        return "over" if self._has(at, "time.since.end") else None

    def _opened(self, at: int, start: int) -> TimeExpression | None:
        """Read a "since" without a date, and "from the invasion" as the total that it opens."""
        if self._has(at, "time.since.from"):
            atom = self.event(start) if self.words[at] == "from" else None
            return TimeExpression(at, atom.last, "since", atom.days, inferred=True) if atom else None
        return self._unknown(at, start)

    def _from(self, at: int, kind: TimeKind, atom: Atom, *, ambiguous: bool) -> TimeExpression:
        ranged = atom.days is not None and atom.days.precision in {"range", "months"}
        if ambiguous and not ranged and not (self._goes_on(atom.last, at) or self._opens_clause(at)):
            return self._interval(at, atom)
        if ranged and kind == "since":
            return self._interval(at, atom)
        if self._has(at, "time.since.end") and atom.days is not None and not atom.event:
            atom = replace(atom, days=Days(atom.days.end, atom.days.end, "day"))
        if kind == "as_of" and atom.days is not None and self._is_early(at):
            atom = replace(atom, days=Days(atom.days.start, atom.days.start, "day"))
        goes_on = self._goes_on(atom.last, at) and not self._is_since_war(atom.last)
        last = self._past_now(atom.last) if goes_on else atom.last
        if kind == "since" and atom.yearless and atom.days is not None:
            atom = replace(atom, days=self._known_day(atom.days) or atom.days)
        return TimeExpression(at, last, kind, atom.days, atom.inferred or atom.yearless, atom.rolling)

    def _is_early(self, at: int) -> bool:
        """Tell whether an as-of day is told by "early": "as of early July"."""
        return self._has(self._skip(self._after(at), "time.article"), "time.early")

    def _goes_on(self, at: int, opening: int) -> bool:
        """Tell whether "to date", "to now", "onwards" or the "on" of "from June on," stands at a word."""
        if self.words[at : at + 1] == (",",) and self._has(at + 1, "time.so_far"):
            return True
        if self._has(at, "time.so_far", "time.onwards.firm"):
            return True
        if self._has(at, "time.range") and self._has(self._skip(self._after(at), "time.article"), "time.now"):
            return True
        if self.words[opening] != "from":
            return False
        after = self._after(at)
        closed = after >= self.size or not self.words[after][0].isalnum()
        closed = closed or self._has(after, "time.onwards.who", "time.perfect")
        return (self._has(at, "time.onwards.weak") and closed) or self._is_since_war(at)

    def _is_since_war(self, at: int) -> bool:
        """Tell whether a comma and "when the war ended" stand at a word: "from November 2020, when …"."""
        if at >= self.size or self.words[at] != "," or not self._has(at + 1, "time.when"):
            return False
        event = self.event(self._skip(at + 2, "time.article"))
        return event is not None and event.days is not None and self._past_aside(at) == at

    def _past_now(self, at: int) -> int:
        """Return the word behind "to date", "onwards", "to the present"."""
        at += self.words[at : at + 1] == (",",)
        if self._has(at, "time.so_far", "time.onwards"):
            return self._after(at)
        return self._after(self._skip(self._after(at), "time.article"))

    def _opens_clause(self, at: int) -> bool:
        """Tell whether a "from" without an end heads a clause: "From 2014, sappers …"."""
        headed = at == 0 or not self.words[at - 1][0].isalnum() or self._has(at - 1, "report.that")
        return headed and self.words[at] == "from"

    def _known_day(self, stated: Days) -> Days | None:
        """Return the first or last day of a war that a start without a year means: "since 24 February"."""
        published = self.clock.published
        for edge in ("begun", "over"):
            day = self.sentence.lexicon.dates.get((f"war.{edge}.{self.clock.country}", "war"))
            same = day and (day.month, day.day) == (stated.start.month, stated.start.day)
            if day and same and stated.precision == "day" and (published is None or day <= published):
                return Days(day, day, "day")
        return None

    def _unknown(self, at: int, start: int) -> TimeExpression | None:
        """Read the start of a total that nothing dates: "since the beginning of the programme"."""
        if self._has(at, "time.since.plain") and self._is_adverb(at):
            return self._then(at)
        edge = self._has(at, "time.since.beginning", "time.since.end", "time.since.told")
        edge = edge or (
            self._has(at, "time.since.started") and self._has(start, "war.edge", "time.part.start")
        )
        plain = self._has(at, "time.since.plain") and not self._has(start, "time.reason", "barrier")
        return TimeExpression(at, start, "since", None) if edge or (plain and start < self.size) else None

    def _dated_event(self, at: int, *, named: bool = False) -> Atom | None:
        """Read the date of an event that no lexicon knows: "since the liberation of X on 2 April"."""
        for k in range(at + 1, min(at + _EVENT_REACH, self.size)):
            if self._ends_event(k):
                return None
            if self._has(at, "follows") and self._has(k, "incident", "predicate"):
                return None  # "after stepping on a mine on 5 May"
            if not named and self._has(k, "war.begun", "war.over"):
                event = self.event(k)
                if event is not None and event.days is not None:
                    return event
            if self._has(k, "time.since.from") or self.words[k] == "of":
                atom = self._range(self._skip(self._after(k), "time.article"))
                if atom is not None:
                    return atom
        return None

    def _ends_event(self, at: int) -> bool:
        """Tell whether a word ends what is told of an event; "and" between two names does not."""
        if self._has(at, "barrier.strong") or self.words[at] in {".", ":"}:
            return True
        names = at + 1 < self.size and self.sentence.text[self.sentence.words[at + 1].start].isupper()
        return not names and (self._has(at, "number.and") or self.words[at] == ",")

    def _current(self, at: int, start: int) -> Atom | None:
        """Read the bare unit of "since the start of the year"."""
        unit = self._unit(start)
        begun = self._has(at, "time.since.plain") and self._has(self._after(start), "war.verb.begun")
        if unit in {None, "hour", "day", "period"} or not (begun or self._has(at, "time.since.beginning")):
            return None
        reference = self.clock.reference
        days = cal.unit_containing(reference, unit or "year") if reference else None
        last = self._after(start)
        return Atom(self._after(last) if begun else last, days, inferred=True)

    def _ended(self, at: int) -> TimeExpression | None:
        """Read "by July", "until May" (the first day) and "through July", "by the end of July" (the last)."""
        start = self._skip(self._after(at), "time.article")
        atom = self._range(start)
        done = self._has(at - 1, "predicate.killed", "predicate.injured", "predicate.casualty")
        if atom is None or atom.days is None or (atom.event and (done or self._has(at, "time.through"))):
            return None  # "through the aggression of 2022", "killed by the fighting" tell a cause
        late = self._has(start, "time.part.late") or self._has(at, "time.through")
        whole = late or atom.days.precision in {"end", "day", "window"}
        edge = atom.days.end if whole else atom.days.start
        days = Days(edge, edge, "day")
        return TimeExpression(at, atom.last, "as_of", days, atom.inferred or atom.yearless)
