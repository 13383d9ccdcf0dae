"""A document as a page: its words as stored, facts marked in them and listed beside their paragraphs.

Document text is data, never markup: it goes in escaped, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from geotrack.app import reads
from geotrack.app.cards import joined
from geotrack.languages import gettext as _
from geotrack.languages import retold
from geotrack.models import Document, Place, Reading, Span

Kind = Literal["place", "figure", "incident", "claim", "refused"]
CHOSEN_ID = "gt-chosen"


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
        *(Highlight(one.span, "figure", one.id, _("Figure")) for one in reading.figures),
        *(Highlight(one.span, "incident", one.id, _("Incident")) for one in reading.incidents),
        *(Highlight(one.span, "claim", one.id, _("Claim")) for one in reading.claims),
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


def render(
    document: Document, marks: Sequence[Highlight], notes: Sequence[Note], chosen: str | None = None
) -> Markup:
    """Return a document's text as HTML: paragraphs with marked words, each beside its notes.

    Furniture (menus, other headlines) is there, folded away. The first words of the chosen fact carry
    the id `CHOSEN_ID`.
    """
    blocks = []
    for is_furniture, spans in groupby(_paragraphs(document.text), lambda span: _inside(span, document)):
        rows = [_row(document.text, span, marks, notes, chosen) for span in spans]
        body = joined(rows)
        if is_furniture:
            body = Markup('<details class="gt-furniture"><summary>{}</summary>{}</details>').format(
                _("Parts of the page that are not the report"), body
            )
        blocks.append(body)
    return Markup('<article class="gt-text">{}</article>').format(joined(blocks))


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
    beside = joined([note.body for note in notes if span[0] <= note.at < span[1]])
    within = [mark for mark in marks if mark.span[0] < span[1] and mark.span[1] > span[0]]
    return Markup('<div class="gt-row"><p dir="auto">{}</p><aside>{}</aside></div>').format(
        joined([*_pieces(text, span, within, chosen)]), beside
    )


def _pieces(text: str, span: Span, marks: Sequence[Highlight], chosen: str | None) -> Iterator[Markup]:
    """Yield a paragraph cut where any mark begins or ends, each piece with all kinds that cover it."""
    edges = {span[0], span[1]}
    edges |= {edge for mark in marks for edge in mark.span if span[0] < edge < span[1]}
    for start, end in pairwise(sorted(edges)):
        covering = [mark for mark in marks if mark.span[0] <= start and mark.span[1] >= end]
        yield _piece(text[start:end], covering, start, chosen)


def _piece(words: str, covering: Iterable[Highlight], start: int, chosen: str | None) -> Markup:
    marks = list(covering)
    if not marks:
        return Markup("{}").format(words)
    is_chosen = chosen is not None and any(mark.fact_id == chosen for mark in marks)
    kinds = sorted({mark.kind for mark in marks}) + (["chosen"] if is_chosen else [])
    first = is_chosen and any(mark.fact_id == chosen and mark.span[0] == start for mark in marks)
    anchor = Markup(' id="{}"').format(CHOSEN_ID) if first else Markup("")
    tip = "; ".join(dict.fromkeys(mark.tip for mark in marks))
    return Markup('<mark class="{}" title="{}"{}>{}</mark>').format(" ".join(kinds), tip, anchor, words)
