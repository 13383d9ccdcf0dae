"""How long what remains would last at the recent pace, and beside it what officials claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geotrack.analysis import Outlook
from geotrack.analysis.outlook import ARITHMETIC_NOTE, CLAIMS_NOTE
from geotrack.analysis.tables import records
from geotrack.app import links, reads
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import retold
from geotrack.maps import evidence, words
from geotrack.maps.claims import claimed, lasting

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
        note(retold(ARITHMETIC_NOTE))
        _show_rows(found)
    if not found.claims.empty:
        html("<h3>{}</h3>", _("What officials and reports claim"))
        note(retold(CLAIMS_NOTE))
        for row in records(found.claims.head(_SHOWN)):
            _show_claim(row)


def _show_rows(found: Outlook) -> None:
    for row in records(found.table):
        html(
            "<p><b>{}</b>: {}, {}</p>",
            reads.places().place(row["place_id"]).name,
            lasting(row, spelled=True),
            _(_KINDS.get(row["kind"], row["kind"])),
        )


def _show_claim(row: Mapping[str, Any]) -> None:
    places = ", ".join(reads.places().place(one).name for one in row["place_ids"])
    html(
        '<p><b>{}</b>: {}</p><figure class="gt-quote"><blockquote dir="auto">{}</blockquote>'
        "<figcaption><b><bdi>{}</bdi></b> · {}</figcaption></figure>",
        places,
        claimed(row),
        row["sentence"],
        row["speaker"] or row["publisher"] or _(words.NO_PUBLISHER),
        evidence.dated(row["published"]),
    )
    links.document_link(row["document_id"], row["claim_id"])
