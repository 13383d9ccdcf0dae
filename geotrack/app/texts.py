"""A document as a page: its words as stored, facts marked in them and listed beside their paragraphs.

Document text is data, never markup: it goes in escaped, wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from geotrack.app import reads
from geotrack.app.cards import joined
from geotrack.app.factlabels import label_of
from geotrack.gazetteer.folding import fold
from geotrack.languages import gettext as _
from geotrack.languages import retold
from geotrack.models import Document, Place, Reading, Span
from geotrack.store.search import pattern_of, phrases_of

Kind = Literal["place", "figure", "incident", "claim", "refused", "found"]
CHOSEN_ID = "gt-chosen"
PART_LENGTH = 60_000  # characters: some 25 pages, which a browser lays out in a moment
_STOPS = {"figure", "incident", "claim", "refused"}


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words of a text that mean something: what kind of thing, its id, and what a tooltip says."""

    span: Span
    kind: Kind
    fact_id: str
    tip: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is written beside the paragraph in which a fact's words begin."""

    at: int
    body: Markup


def highlights(reading: Reading, *, refused: bool) -> list[Highlight]:
    """Return everything that was read in a text, in text order; what was refused only if asked for."""
    found = [
        *(Highlight(one.span, "place", "", _place_tip(one.place, one.why)) for one in reading.mentions),
        *(Highlight(one.span, "figure", one.id, label_of(one).line) for one in reading.figures),
        *(Highlight(one.span, "incident", one.id, label_of(one).line) for one in reading.incidents),
        *(Highlight(one.span, "claim", one.id, label_of(one).line) for one in reading.claims),
    ]
    if refused:
        found += [Highlight(one.span, "refused", "", _not_taken(one.reason)) for one in reading.refused]
    return sorted(found, key=lambda one: one.span)


def _not_taken(reason: str) -> str:
    return _("Not taken: {reason}").format(reason=retold(reason))


def _place_tip(place: Place, why: str) -> str:
    known = reads.places()
    name = known.place(place.id).name if place.id in known else place.name
    return f"{name}: {'; '.join(map(retold, why.split('; ')))}" if why else name


def found(text: str, query: str) -> list[Highlight]:
    """Return where a text holds the words searched for, each by its number as `match 1`."""
    phrases = phrases_of(query)
    hits = pattern_of(phrases).finditer(fold(text)) if phrases else ()
    return [Highlight(hit.span(), "found", f"match {n}", "") for n, hit in enumerate(hits, 1)]


def parts(document: Document) -> list[Span]:
    """Return the parts in which a text is shown, cut between paragraphs: one, unless it is long."""
    cuts = [0]
    for start, _end in _paragraphs(document.text):
        if start - cuts[-1] >= PART_LENGTH:
            cuts.append(start)
    return [*pairwise([*cuts, len(document.text)])]


def render(
    document: Document,
    marks: Sequence[Highlight],
    notes: Sequence[Note],
    chosen: str | None = None,
    part: Span | None = None,
) -> Markup:
    """Return a document's text, or a part of it, as HTML: paragraphs with marked words, beside their notes.

    Furniture (menus, other headlines) is there, folded away unless what is chosen stands in it. The first
    words of the chosen fact or match carry the id `CHOSEN_ID`.
    """
    first, last = part or (0, len(document.text))
    spans = [span for span in _paragraphs(document.text) if first <= span[0] < last]
    marked, noted = _by_paragraph(spans, marks), _notes_by_paragraph(spans, notes)
    blocks = []
    for is_furniture, group in groupby(range(len(spans)), lambda n: _inside(spans[n], document)):
        numbers = list(group)
        rows = [_row(document.text, spans[n], marked[n], noted[n], chosen) for n in numbers]
        body = joined(rows)
        if is_furniture:
            opened = any(mark.fact_id == chosen for n in numbers for mark in marked[n]) if chosen else False
            body = Markup('<details class="gt-furniture"{}><summary>{}</summary>{}</details>').format(
                Markup(" open") if opened else "", _("Parts of the page that are not the report"), body
            )
        blocks.append(body)
    return Markup('<article class="gt-text">{}</article>').format(joined(blocks))


def _by_paragraph(spans: Sequence[Span], marks: Sequence[Highlight]) -> list[list[Highlight]]:
    """Return the marks in each paragraph; one may run on into the next."""
    ends = [end for _, end in spans]
    marked: list[list[Highlight]] = [[] for _ in spans]
    for mark in marks:
        at = bisect_right(ends, mark.span[0])
        while at < len(spans) and spans[at][0] < mark.span[1]:
            marked[at].append(mark)
            at += 1
    return marked


def _notes_by_paragraph(spans: Sequence[Span], notes: Sequence[Note]) -> list[list[Note]]:
    """Return the notes that stand beside each paragraph."""
    ends = [end for _, end in spans]
    noted: list[list[Note]] = [[] for _ in spans]
    for note in notes:
        at = bisect_right(ends, note.at)
        if at < len(spans) and spans[at][0] <= note.at:
            noted[at].append(note)
    return noted


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield the spans of lines that hold anything."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _inside(span: Span, document: Document) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in document.furniture)


def _row(
    text: str, span: Span, marks: Sequence[Highlight], notes: Sequence[Note], chosen: str | None
) -> Markup:
    beside = joined([note.body for note in notes])
    return Markup('<div class="gt-row"><p dir="auto">{}</p><aside>{}</aside></div>').format(
        joined([*_pieces(text, span, marks, chosen)]), beside
    )


def _pieces(text: str, span: Span, marks: Sequence[Highlight], chosen: str | None) -> Iterator[Markup]:
    """Yield a paragraph cut where any mark begins or ends, each piece with all kinds that cover it."""
    edges = {span[0], span[1]}
    edges |= {edge for mark in marks for edge in mark.span if span[0] < edge < span[1]}
    for start, end in pairwise(sorted(edges)):
        covering = [mark for mark in marks if mark.span[0] <= start and mark.span[1] >= end]
        yield _piece(text[start:end], covering, start, chosen)


def _piece(words: str, marks: Sequence[Highlight], start: int, chosen: str | None) -> Markup:
    if not marks:
        return Markup("{}").format(words)
    is_chosen = chosen is not None and any(mark.fact_id == chosen for mark in marks)
    kinds = sorted({mark.kind for mark in marks}) + (["chosen"] if is_chosen else [])
    first = is_chosen and any(mark.fact_id == chosen and mark.span[0] == start for mark in marks)
    anchor = Markup(' id="{}"').format(CHOSEN_ID) if first else Markup("")
    return Markup('<mark class="{}"{}{}>{}</mark>').format(" ".join(kinds), _tip(marks), anchor, words)


def _tip(marks: Sequence[Highlight]) -> Markup:
    """Return what says what words mean: to the mouse, and to whoever taps them or comes by the keyboard."""
    tip = "; ".join(dict.fromkeys(mark.tip for mark in marks if mark.tip))
    if not tip:
        return Markup("")
    # The keyboard stops at facts only: names of places are many, and a tap reaches them all the same.
    stop = 0 if any(mark.kind in _STOPS for mark in marks) else -1
    return Markup(' title="{}" data-tip="{}" tabindex="{}"').format(tip, tip, stop)
