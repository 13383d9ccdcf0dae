"""How long what remains would last at the recent pace, and beside it what officials claim."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from geotrack.analysis import Outlook
from geotrack.analysis.tables import records
from geotrack.app import links, reads
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence, words
from geotrack.maps.claims import claimed, years

_SHOWN = 10  # claims: the latest
_KINDS = {
    "clearance": n_("at the pace of clearance"),
    "release": n_("at the pace of release"),
    "survey": n_("at the pace of survey"),
}


def show_outlook(edition: Edition, place_id: str, name: str, min_confidence: float) -> None:
    """Show a place's outlook and the claims of the reports, where either is known."""
    found = reads.place_outlook(edition, place_id, min_confidence)
    if found.table.empty and found.claims.empty:
        return
    html("<h2>{}</h2>", _("{place}: the years ahead").format(place=name))
    if not found.table.empty:
        note(_("Arithmetic, not a forecast: what remains over the pace of recent periods."))
        _show_rows(found)
    if not found.claims.empty:
        html("<h3>{}</h3>", _("What officials and reports claim"))
        note(_("Claims are what reports quote, each from its own day; they enter no sum and no division."))
        for row in records(found.claims.head(_SHOWN)):
            _show_claim(row)


def _show_rows(found: Outlook) -> None:
    for row in records(found.table):
        html(
            "<p><b>{}</b>: {}, {}</p>",
            reads.places().place(row["place_id"]).name,
            _span_of(row),
            _(_KINDS.get(row["kind"], row["kind"])),
        )


def _span_of(row: Mapping[str, Any]) -> str:
    """Return the years from the fastest pace to the slowest."""
    least, most = row["years_least"], row["years_most"]
    if math.isnan(least):
        return _("never at this pace")
    one = math.isnan(most) or round(least, 1) == round(most, 1)
    return words.qualified(years(least, None if one else most), row["years_qualifier"])


def _show_claim(row: Mapping[str, Any]) -> None:
    places = ", ".join(reads.places().place(one).name for one in row["place_ids"])
    html(
        '<p><b>{}</b>: {}. <bdi>{}</bdi>, {}</p><blockquote dir="auto">{}</blockquote>',
        places,
        claimed(row),
        row["speaker"] or row["publisher"] or _(words.NO_PUBLISHER),
        evidence.dated(row["published"]),
        row["sentence"],
    )
    links.document_link(row["document_id"], row["claim_id"])
