"""Passages: a sentence, or a part of one between semicolons, with everything marked in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from re import Match
from typing import NamedTuple, TypeVar

from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.quantities import Quantity, find_quantities
from geotrack.extraction.sentences import Sentence
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.times import Clock, TimeExpression, TimeReader
from geotrack.models import Mention, Span

# Words between "in total" and its number: a qualifier, a dash.
_SUM_REACH = 3
# Statements that came before are kept up to so many characters, and so many others are remembered.
_KEPT, _REMEMBERED = 500_000, 200_000
_SEMICOLON = re.compile(r";\s+")
T = TypeVar("T")


def once(ask: Callable[[Passage], T]) -> Callable[[Passage], T]:
    """Let a passage keep the answer to a question that many ask of it."""

    @wraps(ask)
    def asked(passage: Passage) -> T:
        answers = passage.answers
        try:
            return answers[ask]  # type: ignore[return-value]
        except KeyError:
            answer = answers[ask] = ask(passage)
            return answer

    return asked


@dataclass(slots=True, eq=False)
class Passage:
    """A stretch of text that is read as one statement; `events` are the wars it names that open no total.

    `start` is where the text of its words begins in the document. It is never changed but for the answers
    that it keeps.
    """

    number: int
    sentence: Sentence
    start: int
    tagged: TaggedSentence
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    events: tuple[TimeExpression, ...] = ()
    answers: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_part(self) -> bool:
        """Whether the passage is one of several parts of its sentence."""
        return self.goes_on or self.start + self.tagged.words[-1].end < self.sentence.end - 1

    @property
    def goes_on(self) -> bool:
        """Whether the passage is a later part of its sentence, behind a semicolon."""
        return self.start + self.tagged.words[0].start > self.sentence.start

    def span(self, first: int, last: int) -> Span:
        """Return the offsets of some words in the document."""
        start, end = self.tagged.span(first, last)
        return self.start + start, self.start + end

    def quoted(self, first: int, last: int) -> str:
        """Return what stands at the span of some words."""
        start, end = self.tagged.span(first, last)
        return self.tagged.text[start:end]

    def words_of(self, span: Span) -> tuple[int, int]:
        """Return the word indices that a span of the text covers."""
        known = self.answers.get(span)
        if known is not None:
            return known  # type: ignore[return-value]
        starts, start = self.tagged.starts, self.start
        first = min(bisect_left(starts, span[0] - start), len(starts) - 1)  # a name glued to the last word
        last = bisect_left(starts, span[1] - start, first)
        if last > first + 1 and starts[first] == starts[last - 1]:  # a gloss of a name and more: "laid by X"
            first = next((k for k in range(first, last) if self.tagged.has(k, "doer")), first)
            last = first + 1 if self.tagged.has(first, "doer") else last
        self.answers[span] = words = first, max(last, first + 1)
        return words

    def list_of(self, quantity: Quantity) -> tuple[int, int]:
        """Return the word indices that the list of a quantity covers."""
        group = [q for q in self.quantities if q.group == quantity.group]
        return min(q.first for q in group), max(q.last for q in group)

    @once
    def place_words(self) -> frozenset[int]:
        """Return the indices of the words that are names of places."""
        return frozenset(k for m in self.mentions for k in range(*self.words_of(m.span)))


def split_passage_spans(text: str, sentence: Sentence, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the parts of a sentence between its semicolons, and the total that an event brings about.

    "A mine killed a farmer, bringing the number of victims to 40" are two statements.
    """
    at = sentence.start
    if sentence.kind == "row":
        yield at, sentence.end
        return
    joints = [
        *_SEMICOLON.finditer(text, at, sentence.end),
        *lexicon.totalled.finditer(text, at, sentence.end),
    ]
    for stop in sorted(joints, key=Match.start):
        if text.count("(", at, stop.start()) > text.count(")", at, stop.start()):
            continue  # "(2010: 1 killed; 4 injured)" is one statement
        yield at, stop.start()
        at = stop.end()
    if at < sentence.end:
        yield at, sentence.end


class Marked(NamedTuple):
    """The words of a statement, its times as a clock reads them, and its quantities, wherever it stands.

    Where it holds nothing that a time can open with, it is `timeless`: any clock reads it so.
    """

    tagged: TaggedSentence
    clock: Clock
    times: tuple[TimeExpression, ...]
    events: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    timeless: bool


class Recurring:
    """Reads statements, and keeps those that came before: series, boilerplate and tables say them again.

    What is kept is bounded by its characters; what came once is only remembered by its hash.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Marked] = {}
        self._characters = 0
        self._met: set[int] = set()

    def read(self, text: str, folded: str, lexicon: Lexicon, clock: Clock) -> Marked:
        """Mark the words, times and quantities of a statement."""
        key = lexicon.language, text
        known = self._kept.get(key)
        if known is not None and (known.timeless or known.clock is clock):
            return known
        marked = _marked(known.tagged if known else TaggedSentence.of(text, folded, lexicon), clock, known)
        if known is not None or self._came_before(key):
            self._keep(key, marked)
        return marked

    def _came_before(self, key: tuple[str, str]) -> bool:
        mark = hash(key)
        if mark in self._met:
            return True
        if len(self._met) >= _REMEMBERED:
            self._met.clear()
        self._met.add(mark)
        return False

    def _keep(self, key: tuple[str, str], marked: Marked) -> None:
        if key not in self._kept:
            if self._characters > _KEPT:
                self._kept.clear()
                self._characters = 0
            self._characters += len(key[1])
        self._kept[key] = marked


def _marked(tagged: TaggedSentence, clock: Clock, known: Marked | None) -> Marked:
    """Mark the times and quantities of tagged words; of those `known` by another clock, the times."""
    reader = TimeReader(tagged, clock)
    read = reader.read()
    times = tuple([t for t in read if t.kind != "event"])
    events = tuple([t for t in read if t.kind == "event"])
    if known is not None and (known.times, known.events) == (times, events):
        return known._replace(clock=clock)
    numbered = [*times, *(t for t in events if _holds_digits(tagged, t))]
    quantities = tuple(find_quantities(tagged, numbered))
    return Marked(tagged, clock, times, events, quantities, not reader.openings)


def _holds_digits(tagged: TaggedSentence, time: TimeExpression) -> bool:
    """Tell whether the words of a time hold digits, which then count nothing: "the 44-day war"."""
    return any(word[0].isdecimal() for word in tagged.folded[time.first : time.last])


def is_summed(passage: Passage, at: int) -> bool:
    """Tell whether a number is one of all: "found 40 mines in May and in total 9,000"."""
    return any(0 <= at - p.last <= _SUM_REACH for p in passage.tagged.find("whole"))
