"""Pieces of HTML that pages show: every value goes in escaped, whatever a document says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from babel.numbers import format_decimal
from markupsafe import Markup

from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, spoken
from geotrack.maps import evidence
from geotrack.maps.evidence import Quoting

# As measured: of facts at these confidences nine in ten are right, and three in four.
SUREST, SURE = 0.85, 0.75
_JUDGED = {"accepted": n_("accepted by a person"), "corrected": n_("corrected by a person")}
# On the owner's own machine sentences are whole; what leaves it (maps, exports) has victims nameless.
QUOTING = Quoting(redacted=False)

_QUOTE = Markup(
    '<figure class="gt-quote"><blockquote dir="auto">{before}<mark class="{kind}">{mark}</mark>{after}'
    "</blockquote>"
    "<figcaption>{source}</figcaption></figure>"
)


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


def quote(fact: Mapping[str, Any], kind: str) -> Markup:
    """Return a fact's sentence with its words marked, who said it when, and how sure the reading is.

    Parameters
    ----------
    fact
        A row of the store's figures or incidents.
    kind
        `figure` or `incident`: the colour of the mark.
    """
    told = evidence.quote(fact, QUOTING)
    source = source_line(told, _judged(fact["review"]) or sureness(fact["confidence"]))
    return _QUOTE.format(
        before=told["before"], mark=told["mark"], after=told["after"], kind=kind, source=source
    )


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
