"""Check: where reports disagree, what does not fit, what is open, how much is covered, and what is new."""

from __future__ import annotations

import streamlit as st

from geotrack.app import checks, frame, paging, state
from geotrack.app.cards import html, not_understood
from geotrack.languages import gettext as _

library = frame.library()
asked = state.asked("check")
html("<h1>{}</h1>", _("Checks"))
asks = checks.ask(library, asked)
place = st.container()
with st.container(key="view check"):
    shown = checks.show(library, asked, asks)
asked.hold("page", 1, int)
state.keep("check", asks.params | {"page": paging.param(shown)})
with place:
    not_understood(asked.not_understood())
