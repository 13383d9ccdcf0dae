"""Export: the library as files for other programs, and the map as one page to send."""

from __future__ import annotations

import streamlit as st

from geotrack.app import controls, downloads, frame, state
from geotrack.app.cards import html, not_understood

library = frame.library()
asked = state.asked("export")
html("<h1>Export</h1>")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls export"):
    adm0 = controls.any_country(asked, library)
    window = controls.days(asked)
state.keep("export", controls.incident_params(adm0, "", window))
not_understood(asked.not_understood())
downloads.show_files(library, adm0, window)
downloads.show_maps(library, adm0, window)
