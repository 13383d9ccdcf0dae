"""The map: one measure by unit, incidents, and the sentences behind what is clicked."""

from __future__ import annotations

import streamlit as st

from geotrack.app import controls, frame, mapview, overtime, panel, reads, state
from geotrack.app.cards import html, left_out, not_understood

library = frame.library()
asked = state.asked("map")
library = controls.sieved(library, asked)
style = controls.map_style(library, asked)
key = reads.layer_key(library.settings, style.adm0, style.level)
scene = reads.scene(library.edition, style, key)
chosen = panel.selected(asked, scene)
over = overtime.under_map(asked, style.measure)
state.keep("map", controls.view_params(style) | over.params | {"selected": chosen})

html("<h1>{}</h1><p class='gt-sub'>{}</p>", scene.title, scene.subtitle)
left_out(scene.content.left_out)
not_understood(asked.not_understood())
is_first = not mapview.is_painted()
left, right = st.columns([2, 1], gap="medium")
with left, st.container(key="map"):
    mapview.show_map(scene, key, chosen, panel.select, tells=is_first)
with right, st.container(key="panel"):
    panel.show(library, scene, chosen)
if not is_first:
    panel.show_timeline(library, scene, chosen, over)
    panel.show_tables(library, scene)
