"""Pieces of HTML that pages show: every value goes in escaped, whatever a document says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, spoken
from geotrack.maps import evidence
from geotrack.maps.evidence import Quoting
from geotrack.models import Span

# As measured: of facts at these confidences nine in ten are right, and three in four.
SUREST, SURE = 0.85, 0.75
_JUDGED = {
    "accepted": n_("accepted by a person"),
    "corrected": n_("corrected by a person"),
    "added": n_("added by a person"),
}
# On the owner's own machine sentences are whole; what leaves it (maps, exports) has victims nameless.
QUOTING = Quoting(redacted=False)

_QUOTE = Markup(
    '<figure class="gt-quote"><blockquote dir="auto">{sentence}</blockquote>'
    "<figcaption>{source}</figcaption></figure>"
)
_MARK = Markup('<mark class="{kind}">{words}</mark>')


def html(template: str, *values: object, **named: object) -> None:
    """Show a template of ours with values put in escaped."""
    st.html(str(Markup(template).format(*values, **named)))  # noqa: S704 - templates are ours, values are escaped


def joined(parts: list[Markup], between: str = "") -> Markup:
    """Join pieces of HTML."""
    return Markup(between).join(parts)  # noqa: S704 - what stands between is ours


def source_line(told: Mapping[str, Any], remark: str = "") -> Markup:
    """Return publisher, date, title, address and whether the words are retold, of `evidence.quote`.

    `remark` is what geotrack says of its own reading.
    """
    parts = [Markup("<b><bdi>{}</bdi></b>").format(told["publisher"]), Markup("{}").format(told["published"])]
    if told["title"]:
        parts.append(Markup("<cite><bdi>{}</bdi></cite>").format(told["title"]))
    if told["url"]:
        anchor = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        parts.append(anchor.format(told["url"], _("source")))
    if remark:
        parts.append(Markup("{}").format(remark))
    line = joined(parts, " · ")
    return line + Markup(' <span class="gt-retold">{}</span>').format(told["note"]) if told["note"] else line


def quote(facts: Sequence[Mapping[str, Any]], kind: str) -> Markup:
    """Return a sentence with the words of its facts marked, who said it when, and how sure the reading is.

    Parameters
    ----------
    facts
        Rows of the store's figures or incidents, one or more that one sentence of one document states.
    kind
        `figure` or `incident`: the colour of the mark.
    """
    told = evidence.quote(facts[0], QUOTING)
    remarks = dict.fromkeys(_judged(one["review"]) or sureness(one["confidence"]) for one in facts)
    source = source_line(told, ", ".join(remarks))
    return _QUOTE.format(sentence=_marked_sentence(facts, kind), source=source)


def by_sentence(facts: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return facts sentence by sentence, in their order."""
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for one in facts:
        key = (one["document_id"], one["sentence_start"], one["sentence"])
        found.setdefault(key, []).append(one)
    return list(found.values())


def _marked_sentence(facts: Sequence[Mapping[str, Any]], kind: str) -> Markup:
    """Return the sentence of facts, the words of each marked; words that two of them share are one mark."""
    sentence, first = str(facts[0]["sentence"]), int(facts[0]["sentence_start"])
    spans, at = [], 0
    for one in sorted(facts, key=lambda one: (one["span_start"], -one["span_end"])):
        start = max(int(one["span_start"]) - first, at)
        end = min(int(one["span_end"]) - first, len(sentence))
        if start < end:
            spans.append((start, end))
            at = end
    return with_marks(sentence, spans, kind)


def with_marks(text: str, spans: Iterable[Span], kind: str) -> Markup:
    """Return a text with stretches of it marked, which come in order and do not overlap."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), _MARK.format(kind=kind, words=text[start:end])]
        at = end
    return joined([*parts, escape(text[at:])])


def _judged(review: object) -> str:
    return _(_JUDGED[review]) if isinstance(review, str) and review in _JUDGED else ""


def about_confidence() -> str:
    """Return what a confidence is, and how far it holds."""
    return _(
        "Each fact carries a confidence from 0 to 1, worked out from the evidence that it rests on, such "
        "as how near to the number its verb, place and period stand. Of the surest, at {surest} and above, "
        "some nine in ten are right, of those at {sure} three in four, as measured on reports that the "
        "rules were not written from (docs/reading.md, Confidence). What a person accepted or corrected is "
        "always shown."
    ).format(surest=number(SUREST), sure=number(SURE))


def sureness(confidence: float) -> str:
    """Return how sure a fact is, in words."""
    plain = format_decimal(confidence, "0.00", locale=spoken())
    return _("confidence {number}").format(number=plain)


def marked(text: str) -> Markup:
    """Return a text of ours as HTML, what stands between asterisks stressed."""
    pieces = text.split("*")
    plain, stressed = Markup("{}"), Markup("<b>{}</b>")
    return joined([(stressed if at % 2 else plain).format(piece) for at, piece in enumerate(pieces)])


def table_parts(heads: Iterable[object], rows: Iterable[Iterable[object]]) -> tuple[Markup, Markup]:
    """Return the head and the body of a table that wraps, and that a page prints whole."""
    head = joined([Markup("<th scope='col'>{}</th>").format(one) for one in heads])
    body = [joined([Markup("<td>{}</td>").format(one) for one in row]) for row in rows]
    return Markup("<tr>{}</tr>").format(head), joined([Markup("<tr>{}</tr>").format(one) for one in body])


def on_paper(table: pd.DataFrame) -> None:
    """Show a table on paper alone, instead of the one before it: that is a picture of the rows in sight."""
    html(
        "<table class='gt-table gt-paper'><thead>{}</thead><tbody>{}</tbody></table>",
        *table_parts(table.columns, table.itertuples(index=False)),
    )


def note(text: str) -> None:
    """Show a quiet line."""
    html('<p class="gt-note">{}</p>', text)


def left_out(text: str) -> None:
    """Say how many facts are left out as not sure enough, where a filter is set."""
    if text:
        html('<p class="gt-note gt-left-out" role="status">{}</p>', text)


def not_understood(parts: str) -> None:
    """Say which parts of the address are left out, where there are any."""
    if parts:
        html(
            '<p class="gt-warn" role="status">{}</p>',
            _("Not understood in the address, or not in this view, and left out: {parts}.").format(
                parts=parts
            ),
        )
