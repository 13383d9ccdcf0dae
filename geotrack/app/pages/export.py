"""Export: the library as files for other programs, and the map as one page to send."""

from __future__ import annotations

import streamlit as st

from geotrack.app import controls, downloads, frame, reads, state
from geotrack.app.cards import html, left_out, not_understood
from geotrack.export import ExportFilter
from geotrack.languages import gettext as _
from geotrack.maps import words

library = frame.library()
asked = state.asked("export")
html("<h1>{}</h1>", _("Export"))
with st.container(horizontal=True, vertical_alignment="bottom", key="controls export"):
    adm0 = controls.any_country(asked, library)
    window = controls.days(asked)
    least = controls.min_confidence(asked)
hxl = st.session_state[asked.hold("hxl", False, state.switch)]  # noqa: FBT003 - a widget's value
chosen = ExportFilter(adm0 or None, None, window.start, window.end, least)
own = {"hxl": "1" if hxl else None, "measure": downloads.opens_on(library, chosen, asked)}
state.keep("export", controls.incident_params(adm0, "", window, least) | own)
left_out(words.left_out(*reads.left_out_of_export(library.edition, chosen), least))
not_understood(asked.not_understood())
downloads.show_files(library, chosen, asked)
downloads.show_maps(library, chosen, asked)
