"""Sentences with their offsets, and what kind of line each stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from geotrack.extraction.lexicon import ENGLISH, Lexicon, languages
from geotrack.models import Document, Span

Kind = Literal["sentence", "item", "heading", "row"]

# A line this long that ends without a full stop was wrapped by a program, not ended by a writer.
WRAPPED_LINE = 60
# Columns that are set apart by gaps alone make a table where there are more than this.
_FEW_CELLS = 2
# A sentence longer than this is cut at a space: it is a table or a broken file, not a sentence.
LONGEST_SENTENCE = 1500

# What stands between the cells of a table: a pipe, a tab, a gap of a text that was set in columns.
CELL_GAP = re.compile(r"\s*\|\s*|\t+| {3,}")
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(
    r"\s*(?:(?:[-–—*·]|\d{1,2}[.)])\s+|[•●▪◦✅🔹🔸🔶🔷▫►]\ufe0f?\s*)"  # noqa: RUF001 the dashes are meant
)
# Each stop is found once, and the word before it is looked up from there, so that time stays linear.
_END = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>[\"'”’»)\]]*(?:[\[(]\d{1,4}[\])])*)(?P<gap>\s+|(?=[A-ZА-ЯЁЇІЄҐƏÖÜĞŞÇİ“\"«]))"  # noqa: RUF001
)
# So many dots lead from a name to its number in a list and end no sentence.
_LEADERS = 5
# No abbreviation is longer.
_LONGEST_LAST_WORD = 24
_OPENS = re.compile(r"[\"'“‘«(\[]*[^\W_a-zа-яёїієґəöüğşçı]")  # noqa: RUF001 letters of four languages
_TERMINAL = re.compile(r"[.!?…:;]['\"”’»)\]]*\s*$")  # noqa: RUF001
# "Casualties in 2013: 3", "shells - 12": a line of a list of facts, which no other line goes on with.
_LABEL = re.compile(r"[^.:]{3,60}: |\D{3,60}\s[-–—]\s*\d")  # noqa: RUF001
_LIST_WORD = re.compile(r"[,;:–—-]\s*$")  # noqa: RUF001


class Sentence(NamedTuple):
    """A sentence, a list item or a heading; `paragraph` counts the blocks of the text from 0."""

    start: int
    end: int
    paragraph: int
    kind: Kind
    furniture: bool = False

    @property
    def span(self) -> Span:
        """The offsets of the sentence."""
        return self.start, self.end


def split_sentences(text: str, lexicon: Lexicon, furniture: Sequence[Span] = ()) -> list[Sentence]:
    """Split a text into sentences, in order; those that lie in page furniture say so."""
    starts = [s for s, _ in furniture]
    ends = [e for _, e in furniture]
    found = []
    for number, (start, end, kind) in enumerate(_blocks(text, lexicon)):
        parts = [(start, end)] if kind == "row" else _within(text, start, end, lexicon)
        for s, e in parts:
            at = bisect_right(starts, s) - 1
            inside = at >= 0 and ends[at] >= min(e, s + (e - s) // 2 + 1)
            found.append(Sentence(s, e, number, kind, inside))
    return found


def document_sentences(document: Document) -> list[Sentence]:
    """Split a document's text by the abbreviations of its language; English ones where it has no lexicon."""
    language = document.language if document.language in languages() else ENGLISH
    return split_sentences(document.text, Lexicon.load(language), document.furniture)


def sentences_over(sentences: Sequence[Sentence], span: Span) -> Span:
    """Return where the sentences stand that hold some words; the words' own span where none does."""
    held = [one for one in sentences if one.start < span[1] and span[0] < one.end]
    return (held[0].start, held[-1].end) if held else span


def _blocks(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, Kind]]:
    """Yield paragraphs: lines, with lines joined that a program wrapped."""
    start = end = -1
    kind: Kind = "sentence"
    previous_line_end, last_line = -1, ""
    lines = [line for line in _LINE.finditer(text) if line.group().strip()]
    for line, row in zip(lines, _rows([line.group() for line in lines]), strict=True):
        if row:
            if start >= 0:
                yield _trimmed(text, start, end, kind)
            start, previous_line_end = -1, line.end()
            yield _trimmed(text, line.start(), line.end(), "row")
            continue
        bullet = _BULLET.match(line.group())
        blank_before = (
            text.count("\n", previous_line_end, line.start()) > 1 if previous_line_end >= 0 else True
        )
        day = not blank_before and _ends_in_month(last_line, lexicon) and line.group()[:1].isdecimal()
        if start >= 0 and (day or not (blank_before or bullet or not _continues(last_line, line.group()))):
            end = line.end()
        else:
            if start >= 0:
                yield _trimmed(text, start, end, kind)
            start, end = line.start() + (bullet.end() if bullet else 0), line.end()
            kind = "item" if bullet else _kind(line.group())
        previous_line_end, last_line = line.end(), text[max(start, line.start()) : line.end()]
    if start >= 0:
        yield _trimmed(text, start, end, kind)


def _ends_in_month(line: str, lexicon: Lexicon) -> bool:
    """Tell whether a line was broken behind the name of a month: "on Nov." and "1." on the next line."""
    last = line.rstrip().rpartition(" ")[2].lower()
    return lexicon.contains([lexicon.meaning(last.rstrip("."))], "time.month")


def _rows(lines: Sequence[str]) -> list[bool]:
    """Tell which lines are rows of a table: lines of several cells, one under the other."""
    cells = [_count_cells(line) for line in lines]
    piped = ["|" in line for line in lines]
    many = [n > 1 if pipe else n > _FEW_CELLS for n, pipe in zip(cells, piped, strict=True)]
    return [
        here and ((k > 0 and many[k - 1]) or (k + 1 < len(many) and many[k + 1]))
        for k, here in enumerate(many)
    ]


def _count_cells(line: str) -> int:
    """Return how many cells a line has; most lines have no sign of a gap."""
    if not ("|" in line or "\t" in line or "   " in line):
        return 1
    return len(CELL_GAP.split(line.strip().strip("|").strip()))


def _kind(line: str) -> Kind:
    return "heading" if len(line) <= 2 * WRAPPED_LINE and not _TERMINAL.search(line) else "sentence"


def _continues(before: str, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the line before it."""
    if _TERMINAL.search(before) or (_LABEL.match(before) and _LABEL.match(line)):
        return False
    return len(before) >= WRAPPED_LINE or line.lstrip()[:1].islower() or bool(_LIST_WORD.search(before))


def _trimmed(text: str, start: int, end: int, kind: Kind) -> tuple[int, int, Kind]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if kind == "heading" and "\n" in text[start:end]:
        kind = "sentence"
    return start, end, kind


def _within(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the sentences of one paragraph."""
    at = start
    for stop in _END.finditer(text, start, end):
        if stop.start("stop") < at or not _ends_sentence(text, stop, end, lexicon):
            continue
        yield from _cut(text, at, stop.end("close"))
        at = stop.end()
    yield from _cut(text, at, end)


def _ends_sentence(text: str, stop: re.Match[str], end: int, lexicon: Lexicon) -> bool:
    last = _last_word(text, stop.start("stop"))
    if not _OPENS.match(text, stop.end(), min(end, stop.end() + 8)):
        return False
    if stop.group("stop") != ".":
        return len(stop.group("stop")) < _LEADERS
    glued = stop.group("gap") == ""
    if glued and (not last.islower() or len(last) < 3 or not text[stop.end() + 1 : stop.end() + 2].islower()):  # noqa: PLR2004 "U.S.", "B.San"
        return False
    if len(last) == 1 and last.isalpha():
        return False  # an initial, or the end of "e.g." and "U.S."
    kind = lexicon.abbreviations.get(last.lower())
    opening = text[stop.end() : stop.end() + 2]
    capital = opening[:1].isupper() and not opening[1:].isupper()  # "40 tys. VNP": an acronym opens none
    return kind is None or (kind != "title" and capital)


def _last_word(text: str, stop: int) -> str:
    """Return the letters and digits right before a full stop, at most as many as an abbreviation has."""
    first = stop
    while first > max(0, stop - _LONGEST_LAST_WORD) and text[first - 1].isalnum():
        first -= 1
    return text[first:stop]


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Trim a sentence and cut it at spaces where it is longer than any sentence is."""
    while start < end:
        stop = min(end, start + LONGEST_SENTENCE)
        if stop < end:
            space = text.rfind(" ", start, stop)
            stop = space if space > start else stop
        s, e, _ = _trimmed(text, start, stop, "sentence")
        if s < e:
            yield s, e
        start = stop
