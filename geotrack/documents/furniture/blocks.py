"""Which lines of a page are furniture: by their words, and by the block they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from geotrack.documents.dates import dump_field
from geotrack.documents.furniture.lexicon import fold
from geotrack.documents.furniture.lines import (
    LABEL_WORDS,
    Kind,
    Line,
    ends_sentence,
    hash_prefix,
    is_bare_date,
    split_lines,
    word_count,
)
from geotrack.models import Span

# So many links or headlines in a row are a menu or a news feed, not an article's own list.
LIST_LINES = 4
# What stands between the steps of a breadcrumb, which ends with the title.
_CRUMB = re.compile(r"\s(?:[>»→]|::)\s")
# "Killed: 7 civilians", "Extent in 2017 | 71.2 km2".
_STATED = re.compile(r"(?::\s|\|).*\d")
_ALWAYS = (Kind.DATE, Kind.PHRASE, Kind.BLOCK, Kind.INLINE)


@dataclass(frozen=True)
class Page:
    """A text as lines, without the blank ones, and the title where it is known from elsewhere."""

    text: str
    known_title: str | None = None

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that are not blank."""
        return [line for line in split_lines(self.text) if line.kind is not Kind.BLANK]

    @cached_property
    def body(self) -> list[int]:
        """The indices of the article's sentences, outside blocks of links."""
        return [
            index
            for index, line in enumerate(self.lines)
            if line.kind is Kind.BODY and index not in self.in_blocks
        ]

    @cached_property
    def head(self) -> range:
        """The indices of the lines above the article's first sentence."""
        return range(self.body[0] if self.body else 0)

    @cached_property
    def title_index(self) -> int | None:
        """The index of the line that is the page's title, or None.

        The known title, else a headline that the page's head repeats, else the last of a feed of
        headlines, else the first headline of the head.
        """
        headlines = self._headlines
        known = fold(self.known_title or "")
        named = next((index for index in headlines if known and _said(self.lines[index].text) == known), None)
        if named is not None:
            return named
        said = Counter(_said(self.lines[index].text) for index in self.head)
        repeated = next((index for index in headlines if said[_said(self.lines[index].text)] > 1), None)
        if repeated is not None:
            return repeated
        if not headlines:
            return next((index for index in reversed(self.head) if self._is_short_title(index)), None)
        return headlines[-1] if self._has_feed else headlines[0]

    @cached_property
    def in_blocks(self) -> set[int]:
        """The indices of the lines that stand under a heading over links."""
        inside: set[int] = set()
        for index, line in enumerate(self.lines):
            if line.kind is Kind.BLOCK and index not in inside:
                inside.update(range(index, self._block_end(index)))
        return inside

    @cached_property
    def _first_sentence(self) -> int:
        bodies = (index for index, line in enumerate(self.lines) if line.kind is Kind.BODY)
        return next(bodies, len(self.lines))

    @cached_property
    def _headlines(self) -> list[int]:
        return [index for index in self.head if self._is_headline(index)]

    @cached_property
    def _has_feed(self) -> bool:
        """Whether the head holds headlines of other stories; label and figure make it a fact sheet."""
        stated = any(_STATED.search(self.lines[index].text) for index in self._headlines)
        return len(self._headlines) >= LIST_LINES and not stated

    def _is_headline(self, index: int) -> bool:
        line = self.lines[index]
        return line.kind is Kind.HEADLINE and not line.bulleted and index not in self.in_blocks

    def _block_end(self, start: int) -> int:
        """Return the index at which the article goes on after the heading at `start`.

        It goes on with two paragraphs in a row, or with one that holds figures, unless it is the
        teaser of a dated headline or one teaser of several.
        """
        doubtful: list[int] = []
        for index in range(start + 1, len(self.lines)):
            if self._is_known_title(index):
                return index
            if self.lines[index].kind is not Kind.BODY:
                continue
            if index + 1 < len(self.lines) and self.lines[index + 1].kind is Kind.BODY:
                return self._with_title(start, doubtful[0] if len(doubtful) == 1 else index)
            if self.lines[index - 1].kind is not Kind.DATE and self.lines[index].figured:
                doubtful.append(index)
        return doubtful[0] if len(doubtful) == 1 else len(self.lines)

    def _with_title(self, start: int, index: int) -> int:
        """Return `index`, or that of the headline right above it where no sentence stands above the block."""
        if self._first_sentence < start:
            return index
        above = index - 1
        while above > start and self.lines[above].kind in (Kind.DATE, Kind.PHRASE):
            above -= 1
        return above if self.lines[above].kind is Kind.HEADLINE else index

    def _is_short_title(self, index: int) -> bool:
        """Whether a line of three or four words heads an article whose page has no longer headline."""
        line = self.lines[index]
        heads = self.lines[index + 1].kind in (Kind.BODY, Kind.DATE)
        plain = line.kind is Kind.SHORT and not line.bulleted and not line.opens_list
        worded = word_count(line.text) > LABEL_WORDS and not ends_sentence(line.text)
        return plain and heads and worded and index not in self.in_blocks

    def _is_known_title(self, index: int) -> bool:
        return bool(self.known_title) and fold(self.lines[index].text) == fold(self.known_title or "")

    def marked(self) -> set[int]:
        """Return the indices of the lines that are furniture."""
        marked = {index for index, line in enumerate(self.lines) if line.kind in _ALWAYS}
        marked -= set(self._dates_of_article())
        marked |= self.in_blocks
        marked |= set(self._other_headlines())
        marked |= set(self._links())
        marked |= set(self._repeated(marked))
        marked |= set(self._sections(marked))
        if self.title_index is not None:
            marked.discard(self.title_index)
        return marked

    def _dates_of_article(self) -> Iterator[int]:
        """Yield the bare dates between the article's sentences, which head the entries of a chronicle."""
        if self.body:
            for index in range(self.body[0], self.body[-1]):
                if is_bare_date(self.lines[index].text):
                    yield index

    def _other_headlines(self) -> Iterator[int]:
        """Yield the headline after an inline pointer, and a feed of headlines above the title."""
        for index, line in enumerate(self.lines[:-1]):
            pointer = line.kind is Kind.INLINE and ":" not in line.text.rstrip(" :")
            if pointer and self.lines[index + 1].kind is Kind.HEADLINE and not self.lines[index + 1].figured:
                yield index + 1
        title = self.title_index
        if title is not None and self._has_feed:
            yield from (index for index in self._headlines if index < title)

    def _links(self) -> Iterator[int]:
        """Yield runs of labels above the article's first sentence or below its last."""
        if self.body:
            yield from self._runs(self.head)
            yield from self._runs(range(self.body[-1] + 1, len(self.lines)))

    def _runs(self, zone: range) -> Iterator[int]:
        """Yield the runs of labels in a zone; a list that a colon announces is the article's."""
        run: list[int] = []
        listing = zone.start > 0 and self.lines[zone.start - 1].opens_list
        for index in zone:
            line = self.lines[index]
            if self._is_link(line) and not (listing and line.kind is Kind.SHORT):
                run.append(index)
                listing = False
                continue
            yield from _long(run)
            run = []
            listing = line.kind is Kind.SHORT and (listing or line.opens_list)
        yield from _long(run)

    @staticmethod
    def _is_link(line: Line) -> bool:
        return line.kind in (Kind.SHORT, *_ALWAYS) and not line.figured and not line.opens_list

    def _repeated(self, marked: set[int]) -> Iterator[int]:
        """Yield later repetitions of a headline word by word; a label may head several parts."""
        seen: set[str] = set()
        for index, line in enumerate(self.lines):
            words = _said(line.text)
            if line.kind is Kind.HEADLINE and words in seen and not line.bulleted:
                yield index
            elif index not in marked:
                seen.add(words)

    def _sections(self, marked: set[int]) -> Iterator[int]:
        """Yield section and author labels: above a time stamp, or between furniture and the title."""
        for index, line in enumerate(self.lines[:-1]):
            label = line.kind is Kind.SHORT and not line.figured and not line.opens_list
            above_title = index + 1 == self.title_index and (index == 0 or index - 1 in marked)
            if label and not line.bulleted and (self.lines[index + 1].kind is Kind.DATE or above_title):
                yield index


def _said(text: str) -> str:
    """Return the folded words of a line, without a dump's date field and the upper steps of a breadcrumb."""
    return fold(_CRUMB.split(text[dump_field(text)[1] :])[-1])


def _long(run: list[int]) -> list[int]:
    return run if len(run) >= LIST_LINES else []


def find_furniture(page: Page) -> tuple[Span, ...]:
    """Return the spans of a page's furniture: sorted, disjoint, each from a line's start to a line's end."""
    marked = page.marked()
    spans: list[Span] = []
    adjacent = False
    for index, line in enumerate(page.lines):
        if index in marked:
            start = spans.pop()[0] if adjacent else line.start
            spans.append((start, line.end))
            adjacent = True
            continue
        prefix = furniture_prefix(line.text)
        if prefix:
            spans.append((line.start, line.start + prefix))
        adjacent = False
    return tuple(spans)


def furniture_prefix(text: str) -> int:
    """Return the length of what is glued in front of a paragraph: a picture's name or a dump's date field."""
    return hash_prefix(text) or dump_field(text)[1]
