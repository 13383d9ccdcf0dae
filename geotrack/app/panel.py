"""What stands beside and under the map: the overview, the card of a unit or an incident, the timeline."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geotrack.app import (
    chartnumbers,
    downloads,
    eventcards,
    links,
    outlooks,
    sight,
    state,
    tables,
    timelines,
    unitcards,
)
from geotrack.app.cards import html, note
from geotrack.app.overtime import OverTime
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.maps import Scene
from geotrack.maps.words import CAVEAT, unless_sure

_ROWS_IN_SIGHT = 30  # of the table of units; a longer one scrolls
_KEY, _PICKS = "map selected", "map picks"


def selected(asked: Asked, scene: Scene) -> str | None:
    """Return the unit or incident that is selected, if the map shows it."""
    wanted = st.session_state[asked.hold("selected", "", str)]
    shown = wanted in scene.content.polygons.index or wanted in set(scene.content.events["event_id"])
    if wanted and not shown:
        asked.refused.add("selected")
    return str(wanted) if wanted and shown else None


def select(chosen: str | None) -> None:
    """Select a unit or an incident, or nothing; for callbacks."""
    st.session_state[_KEY] = chosen or ""
    st.session_state[_PICKS] = st.session_state.get(_PICKS, 0) + bool(chosen)
    state.touch()


def show(library: Library, scene: Scene, chosen: str | None) -> None:
    """Show what is known of the selection, or the overview."""
    if chosen is None:
        unitcards.show_overview(library, scene, select)
        return
    sight.bring(".st-key-panel", st.session_state.get(_PICKS, 0), phone_only=True)
    st.button(_("Back to the overview"), on_click=select, args=(None,), type="tertiary", key="back")
    if chosen in scene.content.polygons.index:
        unitcards.show_unit(library, scene, chosen, select)
    else:
        eventcards.show_event(library, scene, chosen, select)


def place_of(scene: Scene, chosen: str | None) -> str:
    """Return the place whose timeline belongs to a selection: the unit, else the country."""
    if chosen is None or chosen in scene.content.polygons.index:
        return chosen or scene.style.adm0
    event = eventcards.event_of(scene, chosen)
    return scene.unit_of(event) or scene.style.adm0


def show_timeline(library: Library, scene: Scene, chosen: str | None, over: OverTime) -> None:
    """Show the selected place over time."""
    place_id = place_of(scene, chosen)
    name = scene.content.places.place(place_id).name
    timelines.show_timeline(library.edition, place_id, name, scene.style, over)
    chartnumbers.show(library, place_id, scene.style, over)
    told = {name: value for name, value in over.params.items() if value}
    compared = {"places": place_id, "measures": scene.style.measure} | told
    links.link(links.TIMELINE, _("Compare with other places and measures"), compared)
    outlooks.show_outlook(library.edition, place_id, name, scene.style.min_confidence)


def show_tables(library: Library, scene: Scene) -> None:
    """Show every unit of which something is known; a row selects it on the map. Offer the map as a file."""
    table = tables.units(scene)
    html("<h2>{}</h2>", scene.unit_words.put_into(_("With a value of their own: {units}")))
    if table.empty:
        note(
            _(
                "No report in the collection gives a figure for one place alone. See the figures beside "
                "the map."
            )
            + unless_sure(scene.style.min_confidence)
        )
    else:
        _show_units(table, f"units {scene.title}")
    downloads.show_map_download(library, scene.style)
    links.link(links.EXPORT, _("Facts and totals as files for GIS and spreadsheets"))
    note(_(CAVEAT))


def _show_units(table: pd.DataFrame, key: str) -> None:
    place_ids = table["place_id"].tolist()
    note(_("Click a row\u2019s box, or press Shift and Space in the row, for its sentences."))

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        select(place_ids[rows[0]] if rows else None)

    st.dataframe(
        table,
        hide_index=True,
        on_select=follow,
        selection_mode="single-row",
        width="content",
        height="content" if len(table) <= _ROWS_IN_SIGHT else "auto",
        column_order=[name for name in table.columns if name != "place_id"],
        column_config={
            table.columns[1]: st.column_config.TextColumn(width=150),
            table.columns[3]: st.column_config.NumberColumn(format="localized", width=95),
        },
        key=key,
    )
