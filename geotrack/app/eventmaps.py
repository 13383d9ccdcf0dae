"""The map beside the list of incidents: those of the list as points and badges, a click picks them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from geotrack.app import mapview, reads
from geotrack.app.cards import note
from geotrack.app.eventfilters import EventFilter
from geotrack.app.reads import LayerKey, Library
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, spoken
from geotrack.maps import MapStyle, Scene
from geotrack.maps.gathering import INCIDENTS

Event = Mapping[str, Any]


def show_map(
    library: Library,
    adm0: str,
    found: pd.DataFrame,
    asked: EventFilter,
    picked: Event | None,
    on_click: Callable[[str], None],
) -> None:
    """Draw the incidents of one country.

    `found` are those that match whatever the place; `on_click` gets an incident's id, or a unit's.
    """
    levels = reads.layers(library.settings).get(adm0)
    if not levels:
        note(_("There are no boundaries for this country: geotrack boundaries import takes yours."))
        return
    key = reads.layer_key(library.settings, adm0, levels[0])
    scene = _scene(library, key, found, asked)
    with st.container(key="map-incidents"):
        mapview.show_map(scene, key, _selected(scene, asked, picked), on_click)
    _say_what_is_drawn(scene, found)


def _scene(library: Library, key: LayerKey, found: pd.DataFrame, asked: EventFilter) -> Scene:
    """Return the map of a country with these of its incidents, and with their number by unit."""
    style = MapStyle(
        INCIDENTS, key.adm0, key.level, min_confidence=asked.least, locale=spoken(), redacted=False
    )
    whole = reads.scene(library.edition, style, key)
    known = set(whole.content.events["event_id"])
    events = found[found["event_id"].isin(known)]
    bare = Scene(replace(whole.content, events=events), style)
    counts = Counter(bare.unit_of(event) for event in _rows(events))
    value = pd.Series(
        {unit_id: counts[unit_id] or None for unit_id in whole.content.totals.index}, dtype="float64"
    )
    totals = whole.content.totals.assign(value=value)
    return Scene(replace(bare.content, totals=totals), style)


def _rows(events: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in events.to_dict("records")]


def _selected(scene: Scene, asked: EventFilter, picked: Event | None) -> str | None:
    """Return what is outlined: the incident where it is a point, else its unit, else the place asked for."""
    if picked is not None:
        points = {point["id"] for point in scene.view["points"]}
        return picked["event_id"] if picked["event_id"] in points else scene.unit_of(picked)
    if not asked.place:
        return None
    place = reads.places().place(asked.place)
    units = scene.content.polygons.index
    return next((one for one in (place.id, place.adm2, place.adm1) if one in units), None)


def _say_what_is_drawn(scene: Scene, found: pd.DataFrame) -> None:
    """Say what a click does, and how many of the incidents found the map holds where that is not all."""
    drawn = sum(scene.unit_of(event) is not None for event in _rows(scene.content.events))
    parts = [_("Click a point for its sentence, an area for its incidents, once more for all of them.")]
    if drawn < len(found):
        told = ngettext(
            "On the map of {country}: {n} of {all} incident.",
            "On the map of {country}: {n} of {all} incidents.",
            len(found),
        )
        country = scene.places.place(scene.style.adm0).name
        parts.insert(0, told.format(country=country, n=number(drawn), all=number(len(found))))
    note(" ".join(parts))
