"""Incidents: a map and a table that filter each other, each one click from the sentence that tells of it."""

from __future__ import annotations

import streamlit as st

from geotrack.app import eventfilters, eventlists, frame, paging, reads, state
from geotrack.app.cards import html, left_out, not_understood
from geotrack.languages import gettext as _

library = frame.library()
asked = state.asked("incidents")
html("<h1>{}</h1>", _("Incidents"))
asks = eventfilters.ask(library, asked)
found = eventfilters.chosen(library.edition, reads.events(library.edition, asks.least), asks)
event = eventlists.picked(asked, found)
shown = eventlists.shown_piece(asked, asks, found, event)
state.keep(
    "incidents",
    asks.params | {"incident": event["event_id"] if event else None, "page": paging.param(shown)},
)
left_out(eventfilters.left_out(library, asks))
not_understood(asked.not_understood())
left, right = st.columns([3, 2], gap="medium")
with left:
    eventlists.show_map(library, asks, found, event)
    eventlists.show_table(found, event, shown)
    eventlists.show_downloads(library, asks, found)
with right, st.container(key="card-incident"):
    eventlists.show_picked(library, found, event)
