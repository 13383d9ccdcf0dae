"""Choosing the places of a fact: among those the document names, by name, or on the map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geotrack.analysis.tables import typed
from geotrack.app import links, mapview, reads, state
from geotrack.app.cards import note
from geotrack.app.observations import located_names
from geotrack.app.reads import LayerKey
from geotrack.config import Settings
from geotrack.languages import gettext as _
from geotrack.languages import spoken
from geotrack.maps import MapStyle, Scene, gather

_FOUND = 6
_MEASURE = "area_cleared"  # the picking map has no values: any measure would do


def show(key: str, chosen: Sequence[str], offered: Sequence[str]) -> bool:
    """Show the places of a fact, kept under `key` as ids, and the ways to others; tell if a map is wanted."""
    known = [one for one in dict.fromkeys([*chosen, *offered]) if one in reads.places()]
    st.session_state.setdefault(key, [one for one in chosen if one in known])
    more = [one for one in st.session_state.get(f"{key} more", []) if one not in known]
    st.multiselect(
        _("Places"),
        [*known, *more],
        format_func=_label,
        key=key,
        on_change=state.touch,
        placeholder=_("No place"),
    )
    query = f"{key} query"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input(
            _("Another place, by its name"),
            key=query,
            on_change=state.touch,
            max_chars=200,
            width=230,
        ).strip()
        on_map = st.toggle(_("On the map"), key=f"{key} map", on_change=state.touch)
    if name:
        _show_found(key, name)
    return bool(on_map)


def _label(place_id: str) -> str:
    return located_names([place_id])


def _show_found(key: str, name: str) -> None:
    found = reads.gazetteer().find(name, limit=_FOUND)
    if not found:
        note(_("No place is called so. Try another spelling, or the district it lies in."))
        return
    with st.container(horizontal=True, gap="small", key=f"{key} found"):
        for one in found:
            st.button(
                links.plain_label(_label(one.place.id)),
                key=f"{key} take {one.place.id}",
                on_click=_take,
                args=(key, one.place.id),
            )


def _take(key: str, place_id: str) -> None:
    add(key, place_id)
    st.session_state[f"{key} query"] = ""


def add(key: str, place_id: str) -> None:
    """Add a place to those chosen, or take it out again; for callbacks."""
    chosen = list(st.session_state.get(key) or [])
    st.session_state[key] = (
        [one for one in chosen if one != place_id] if place_id in chosen else [*chosen, place_id]
    )
    more = st.session_state.setdefault(f"{key} more", [])
    if place_id not in more:
        more.append(place_id)
    state.touch()


def show_map(key: str) -> None:
    """Show the outlines of a country; a click puts a unit among the places, another takes it out."""
    settings = Settings.read()
    layers = reads.layers(settings)
    chosen = [reads.places().place(one) for one in st.session_state.get(key) or []]
    options = sorted(layers)
    first = next((place.adm0 for place in chosen if place.adm0 in layers), options[0])
    drawn = [
        (adm0, level) for adm0 in sorted(options, key=lambda one: one != first) for level in layers[adm0]
    ]
    adm0, level = st.selectbox(
        _("Outlines"),
        drawn,
        format_func=lambda one: f"{reads.places().place(one[0]).name}: {reads.units_word(*one)}",
        key=f"{key} outlines",
        on_change=state.touch,
    )
    layer = reads.layer_key(settings, adm0, level)
    scene = _bare(layer, spoken())
    units = set(scene.content.polygons.index)
    selected = next((place.id for place in chosen if place.id in units), None)

    def clicked(place_id: str) -> None:
        if place_id in units:
            add(key, place_id)

    with st.container(key="map-review"):
        mapview.show_map(scene, layer, selected, clicked)


@st.cache_resource(show_spinner=False, max_entries=8)
def _bare(key: LayerKey, locale: str) -> Scene:
    """Return a map of outlines without anything told of them."""
    from geotrack.store.frames import FIGURE_COLUMNS, INCIDENT_COLUMNS

    style = MapStyle(_MEASURE, key.adm0, key.level, locale=locale)
    none, nobody = typed((), FIGURE_COLUMNS), typed((), INCIDENT_COLUMNS)
    return Scene(gather(none, nobody, reads.gazetteer(), reads.layer(key), style), style)
