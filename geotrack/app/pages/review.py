"""Review: facts to judge, the doubtful and weighty first; texts to go through; what people said."""

from __future__ import annotations

import streamlit as st

from geotrack.app import identity, paging, reads, reviewlog, reviews, state, welcome
from geotrack.app.cards import html, not_understood
from geotrack.config import Settings
from geotrack.languages import gettext as _

settings = Settings.read()
asked = state.asked("review")
library = reads.open_library(settings)
is_empty = reviews.is_empty(library)
if not is_empty:
    html("<h1>{}</h1>", _("Review"))
who = identity.writer(settings)
if is_empty:
    welcome.show(library)
    st.stop()
view = reviews.view(asked)
if view == "done":
    of = reviewlog.ask(library, asked)
    shown = reviewlog.show(library, asked, of, who)
    state.keep("review", {"view": view, "who": of, "page": paging.param(shown)})
    not_understood(asked.not_understood())
    reviewlog.show_gold(library)
else:
    reviews.show(library, asked, view, who)
