"""Add: files, pasted text or a web address into the library, and what was found in them."""

from __future__ import annotations

import streamlit as st

from geotrack.app import additions, identity, reads, state
from geotrack.app.cards import html
from geotrack.config import Settings
from geotrack.languages import gettext as _

settings = Settings.read()
asked = state.asked("add")
html("<h1>{}</h1>", _("Add reports"))
identity.writer(settings)
library = reads.open_library(settings)
kind = st.segmented_control(
    _("What to add"),
    list(additions.KINDS),
    format_func=lambda one: _(additions.KINDS[one]),
    key=asked.hold("kind", "files", state.one_of(additions.KINDS)),
    on_change=state.touch,
    required=True,
)
state.keep("add", {"kind": kind})
options = additions.assumed(settings)
wanted = additions.offer(kind or "files", options)
if st.button(_("Read"), type="primary", disabled=wanted is None) and wanted is not None:
    additions.read(library, wanted)
    st.rerun()
additions.show_outcome(library)
