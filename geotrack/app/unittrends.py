"""How a unit fares over time and where reports disagree on it, for its card."""

from __future__ import annotations

import streamlit as st

from geotrack.analysis import STOCK_MEASURES
from geotrack.analysis.nesting import LEVEL_RANK
from geotrack.analysis.observations import PART_AND_WHOLE, SAME_SCOPE
from geotrack.app import observations, reads
from geotrack.app.cards import html, note
from geotrack.app.links import plain_label
from geotrack.app.reads import Library
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, retold, spoken
from geotrack.maps import Scene
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.scales import scale_of

FIRST_SHOWN = 5
_KINDS = {
    SAME_SCOPE: n_("Different numbers for the same places and days."),
    PART_AND_WHOLE: n_("So far apart, or by other operators, that one may be a part of the other."),
}


def show_trend(library: Library, scene: Scene, unit_id: str) -> None:
    """Say how a unit's numbers moved: up or down only where no reading of the reports leaves it open."""
    told = trend(library, scene, unit_id)
    if told:
        html("<h3>{}</h3>", _("Over time"))
        for sentence in told:
            note(sentence)


def trend(library: Library, scene: Scene, unit_id: str) -> list[str]:
    """Return what the measure of a map did in a unit over all days, in sentences; none for nothing known."""
    # Charts take a while to import, and most clicks need them only here.
    from geotrack.app.binnedpanel import BinnedPanel
    from geotrack.app.eventspanel import EventsPanel
    from geotrack.app.statedpanel import StatedPanel
    from geotrack.charts.binned import Binned
    from geotrack.charts.compared import Look, Subject

    style, edition = scene.style, library.edition
    name = str(scene.content.polygons["name"][unit_id])
    known = reads.place_timeline(edition, unit_id, style.measure, style.min_confidence)
    rank = LEVEL_RANK[scene.places.place(unit_id).level]
    subject = Subject(unit_id, name, known, rank)
    if style.measure == INCIDENTS:
        events = EventsPanel.of(style.measure, [subject], Look())
        return [] if events.empty else events.summary()[:1]
    if style.measure not in STOCK_MEASURES:
        years = reads.bins_of(
            edition, unit_id, style.measure, "year", "total", (None, None), style.min_confidence
        )
        if not years.table["upper"].isna().all():
            binned = BinnedPanel.of(
                style.measure, [Binned(unit_id, name, years, None)], Look(), style.min_confidence
            )
            if not binned.empty:
                return binned.summary()[:1]
    stated = StatedPanel.of(style.measure, [subject], Look())
    own = any(row["subject"] == 0 and row["kind"] != "undated" for row in stated.rows)
    return stated.summary()[:1] if own else []


def show_conflicts(library: Library, scene: Scene, unit_id: str) -> None:
    """Show the numbers of a unit that reports tell differently: of what kind, which one is used, and why."""
    rows = scene.conflicts_about(unit_id)
    if not rows:
        return
    html("<h3>{}</h3>", _("Where reports disagree"))
    for row in rows[:FIRST_SHOWN]:
        scale = scale_of(row["unit"], [row["high"]], spoken())
        between = f"{scale.text(row['low'])} \N{EN DASH} {scale.text(row['high'])}"
        period = observations.period_text(row, stock=scene.style.is_stock)
        with st.expander(f"**{plain_label(between)}**  {plain_label(period)}", expanded=False):
            note(_(_KINDS[row["kind"]]))
            chosen = _("Totals use {value}: {reason}.")
            note(chosen.format(value=scale.text(row["preferred"]), reason=retold(row["reason"])))
            observations.show_figures(library.edition, row["figure_ids"])
    if len(rows) > FIRST_SHOWN:
        note(_("More of them are on the page Checks: {n}.").format(n=number(len(rows) - FIRST_SHOWN)))
