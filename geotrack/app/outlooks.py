"""How long what remains would last at the recent pace, and beside it what officials claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geotrack.analysis import Outlook
from geotrack.analysis.outlook import ARITHMETIC_NOTE, CLAIMS_NOTE
from geotrack.analysis.tables import records
from geotrack.app import links, observations, reads
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import retold, spoken
from geotrack.maps import evidence, words
from geotrack.maps.claims import TOO_SLOW, claimed, is_too_slow, lasting
from geotrack.maps.scales import scale_of

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
        _show_rows(edition, found)
    if not found.claims.empty:
        html("<h3>{}</h3>", _("What officials and reports claim"))
        note(retold(CLAIMS_NOTE))
        for row in records(found.claims.head(_SHOWN)):
            _show_claim(row)


def _show_rows(edition: Edition, found: Outlook) -> None:
    rows = records(found.table)
    for row in rows:
        _show_row(edition, row)
    if any(map(is_too_slow, rows)):
        note(_(TOO_SLOW))


def _show_row(edition: Edition, row: Mapping[str, Any]) -> None:
    """Show the years, in a line that opens to what was divided by what, each with its sentences."""
    name = links.plain_label(reads.places().place(row["place_id"]).name)
    told = links.plain_label(f"{lasting(row, spelled=True)}, {_(_KINDS.get(row['kind'], row['kind']))}")
    key = f"outlook {row['place_id']} {row['kind']}"
    line = st.expander(f"**{name}**: {told}", key=key, on_change="rerun")
    if not line.open:
        return
    with line:
        remaining = _land(row["remaining"], row["remaining_qualifier"])
        _show_part(_("What remains"), f"{remaining}, {evidence.period(None, row['as_of'], stock=True)}")
        observations.show_figures(edition, row["remaining_figure_ids"], key)
        for pace in row["paces"]:
            land = _land(float(f"{pace['per_year']:.3g}"), pace["qualifier"])
            _show_part(pace["bin"], _("{land} a year").format(land=land))
            observations.show_figures(edition, pace["figure_ids"], f"{key} {pace['bin']}")


def _show_part(name: str, told: str) -> None:
    html("<p><b>{}</b>: {}</p>", name, told)


def _land(area_m2: float, qualifier: str) -> str:
    return scale_of("m2", [area_m2], spoken()).text(area_m2, qualifier)


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
