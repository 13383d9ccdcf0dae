"""Check: where reports disagree, what does not fit, where little is known, and what is new."""

from __future__ import annotations

import streamlit as st

from geotrack.app import checks, controls, frame, state
from geotrack.app.cards import html, not_understood
from geotrack.languages import gettext as _

library = frame.library()
asked = state.asked("check")
html("<h1>{}</h1>", _("Check"))
with st.container(horizontal=True, vertical_alignment="bottom", key="controls check"):
    view = checks.view(asked)
    adm0 = controls.any_country(asked, library)
    least = controls.min_confidence(asked)
    day = checks.since(asked) if view == "new" else None
state.keep("check", controls.check_params(view, adm0, least, day))
not_understood(asked.not_understood())
if day:
    checks.show_new(library, adm0, least, day)
else:
    show = {
        "conflicts": checks.show_conflicts,
        "warnings": checks.show_warnings,
        "silent": checks.show_silent,
    }[view]
    show(library, adm0, least)
