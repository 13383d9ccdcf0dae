"""Wars and truces that start or end a running total: "since the invasion", "after the war was over".

A war is named by its noun, what qualifies it and the country of the text; the verb or noun beside it
tells whether its first or its last day is meant, and a date beside it wins over the lexicon's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geotrack.extraction.dates import Atom, DateReader
from geotrack.extraction.days import Days

# What a sentence names that speaks of a war.
WARS = ("war.begun", "war.over", "war.verb.opens")
# Words of a name ("of Azerbaijan against Armenia") that may stand between a war and its verb or its date.
_TAIL = 10
# What a clause that tells how a war came about does not speak of.
_DEEDS = (
    "predicate.killed",
    "predicate.injured",
    "predicate.casualty",
    "predicate.found",
    "predicate.cleared",
)
# Words between the doer and its verb: "since Russian troops in February again invaded".
_CLAUSE = 5
# What dates a war by its distance: "last year's war", "the autumn war".
_RELATIVE = ("time.part.season", "time.last", "time.this", "time.unit.year")


@dataclass(slots=True)
class _War:
    """A war as it is being read: its noun, whose it is, which edge is meant, and the date beside it."""

    noun: str = ""
    named: str | None = None
    edge: str | None = None
    stated: Days | None = None
    year: int | None = None
    last: int = 0


class EventReader(DateReader):
    """Reads the events of one sentence that a running total starts or ends with."""

    def event(self, at: int, edge: str | None = None) -> Atom | None:
        """Read the event at a word; `edge` is what the words before it say: its "begun" or its "over"."""
        if self.inside or self.sentence.seen.isdisjoint(WARS):
            return None  # the date beside an event is no event
        war = self._named_war(at, edge) or self._clause(at)
        if war is None:
            return None
        day = self._day_of(war)
        return Atom(war.last, Days(day, day, "event") if day else None, inferred=True, event=True)

    def _named_war(self, at: int, edge: str | None) -> _War | None:
        """Read "the start of Russia's full-scale invasion of Ukraine", "the 44-day war, which ended …"."""
        war = _War(edge=edge)
        at = self._before_noun(at, war)
        if not self._has(at, "war.begun", "war.over"):
            return None
        war.noun = self._spoken(at)
        war.last = self._after(at)
        self._tail(war)
        return war

    def _before_noun(self, at: int, war: _War) -> int:
        """Skip what stands before the noun of a war, and note what it says."""
        while at < self.size:
            if self._has(at, "war.begun", "war.over"):
                return self.size if self._is_compound(at) else at
            if self._has(at, "war.edge.begun"):
                war.edge = "begun"
            elif self._has(at, "war.edge.over"):
                war.edge = "over"
            elif self._has(at, "war.named"):
                war.named = war.named or self._name(at)
            elif self._is_year(at):
                war.year = int(self.words[at])
            elif not (
                self._has(at, "war.attribute", "time.article", "time.of", *_RELATIVE) or self._owner(at)
            ):
                return at
            at = self._after(at)
        return at

    def _is_compound(self, at: int) -> bool:
        """Tell whether a war only qualifies what follows: "war-torn", "war crimes"."""
        after, words = self._after(at), self.sentence.words
        dashed = after < self.size and self.words[after] == "-"
        hyphened = dashed and words[after].start == words[after - 1].end
        return hyphened or self._has(after, "war.noun_follows")

    def _owner(self, at: int) -> bool:
        """Tell whether a word is the name of somebody whose war it is: "Armenia's"."""
        return self.words[at].endswith("'s") and self.sentence.text[self.sentence.words[at].start].isupper()

    def _name(self, at: int) -> str:
        """Return which war a word names, from the tag that it stands under."""
        phrase = self.sentence.phrase_at[at]
        assert phrase is not None
        return next(t.split(".")[2] for t in sorted(phrase.tags) if t.startswith("war.named."))

    def _spoken(self, at: int) -> str:
        phrase = self.sentence.phrase_at[at]
        assert phrase is not None
        return " ".join(self.words[phrase.first : phrase.last])

    def _tail(self, war: _War) -> None:
        """Read the verb and the date behind the noun: "… against Ukraine began on 24 February 2022"."""
        at, stop = war.last, min(war.last + _TAIL, self.size)
        opened = related = False
        while at < stop:
            edge = next((e for e in ("begun", "over") if self._has(at, f"war.verb.{e}")), None)
            dated = self._date_beside(at)
            if edge is not None and not opened:
                war.edge, opened, war.last = edge, True, self._after(at)
                stop = min(war.last + _TAIL, self.size)
            elif dated is not None:
                war.stated, war.last = dated.days, dated.last
                return
            elif self._has(at, "war.named"):
                war.named = war.named or self._name(at)
            else:
                related = related or self._has(at, "war.relative")
                if not self._may_follow(at) and not (related and self._may_tell(at)):
                    return
            at = self._after(at)

    def _may_tell(self, at: int) -> bool:
        """Tell whether a word can stand in "that grew out of X's claims": no deed and nothing counted."""
        plain = self.words[at].replace("'", "").isalpha()
        return plain and not self._has(at, "head", "incident", "barrier.strong", *_DEEDS)

    def _may_follow(self, at: int) -> bool:
        """Tell whether a word can stand between a war and its verb: its place, a relative, an article."""
        name = self.sentence.text[self.sentence.words[at].start].isupper() and self.words[at].isalpha()
        opener = self._has(at, "war.link", "located", "time.article", "time.of", "auxiliary")
        comma = self.words[at] == "," and self._has(at + 1, "war.relative")
        return name or opener or comma

    def _date_beside(self, at: int) -> Atom | None:
        """Read the date behind a war: "in 2014", "on 24 February 2022", "(2020)"."""
        start = self._after(at) if self._has(at, "war.dates") or self.words[at] == "(" else at
        if start >= self.size or (start == at and not self._is_year(at)):
            return None
        start = self._skip(start, "time.article")
        self.inside = True
        atom = self.atom(start)
        self.inside = False
        if atom is None or atom.days is None or atom.rolling:
            return None
        if (
            start < self.size
            and self.words[start - 1] == "("
            and self.words[atom.last : atom.last + 1] == (")",)
        ):
            return Atom(atom.last + 1, atom.days)
        return atom

    def atom(self, at: int) -> Atom | None:
        """Read any stretch of days at a word; the time reader knows them all."""
        raise NotImplementedError

    def _clause(self, at: int) -> _War | None:
        """Read "Russia launched its invasion", "Russian troops invaded Ukraine"."""
        doer = next((k for k in range(at, min(at + 2, self.size)) if self._has(k, "war.named")), None)
        if doer is None:
            return None
        for k in range(doer + 1, min(doer + _CLAUSE, self.size)):
            if self._has(k, "war.verb.opens"):
                return self._begun_by(k, self._name(doer))
            if self._has(k, "time.since", "barrier", "predicate") or self.words[k] == ".":
                break
        return None

    def _begun_by(self, at: int, named: str) -> _War | None:
        """Read what a doer opened: its war, named or not."""
        after = self._after(at)
        war = self._named_war(after, "begun")
        if war is None:
            war = _War(noun="war", edge="begun", last=after)
            self._tail(war)
        war.named = war.named or named
        return war

    def _day_of(self, war: _War) -> dt.date | None:
        """Return the day that is meant: that of the lexicon, unless the date beside it says another."""
        country = war.named or self.clock.country
        dates = self.sentence.lexicon.dates
        known = {e: dates.get((f"war.{e}.{country}", war.noun)) for e in ("begun", "over")}
        day = known[war.edge] if war.edge else known["over"] or known["begun"]
        stated = war.stated
        if stated is None and war.year is not None:
            stated = Days(dt.date(war.year, 1, 1), dt.date(war.year, 12, 31), "year")
        if stated is not None:
            fits = day is not None and stated.start <= day <= stated.end
            return day if fits else stated.start
        published = self.clock.published
        return None if day is not None and published is not None and day > published else day
