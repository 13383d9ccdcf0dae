"""Incidents: a table that filters, each row one click from the sentence that tells of it."""

from __future__ import annotations

import streamlit as st

from geotrack.app import controls, eventlists, frame, reads, state
from geotrack.app.cards import html, left_out, not_understood
from geotrack.languages import gettext as _

library = frame.library()
asked = state.asked("incidents")
html("<h1>{}</h1>", _("Incidents"))
with st.container(horizontal=True, vertical_alignment="bottom", key="controls incidents"):
    adm0 = controls.any_country(asked, library)
    device = controls.device(asked, reads.events(library.edition))
    window = controls.days(asked)
    least = controls.min_confidence(asked)
found = eventlists.chosen(reads.events(library.edition, least), adm0, device, window)
picked = eventlists.picked(asked, found)
state.keep("incidents", controls.incident_params(adm0, device, window, least) | {"incident": picked})
left_out(eventlists.left_out(library, adm0, device, window, least))
not_understood(asked.not_understood())
left, right = st.columns([3, 2], gap="medium")
with left:
    eventlists.show_table(found, picked)
with right:
    eventlists.show_picked(library, found, picked)
