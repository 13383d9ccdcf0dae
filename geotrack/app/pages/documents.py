"""Documents: find one, and read it with everything that was read in it."""

from __future__ import annotations

import streamlit as st

from geotrack.app import documentviews, frame, state
from geotrack.app.cards import html
from geotrack.languages import gettext as _

library = frame.library()
asked = state.asked("documents")
document_id, fact = documentviews.chosen(asked)
if document_id:
    state.keep("documents", {"document": document_id, "fact": fact})
    documentviews.show_document(library, document_id, fact)
else:
    html("<h1>{}</h1>", _("Documents"))
    key = asked.hold("search", "", str)
    search = st.text_input(
        _("Search texts, titles and publishers"), key=key, on_change=state.touch, width=420
    )
    state.keep("documents", {"search": search})
    documentviews.show_list(library, search)
