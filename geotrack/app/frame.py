"""The frame around every page: style, errors in place, and the welcome where there is nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from geotrack.app import language, links, welcome
from geotrack.app.cards import html
from geotrack.app.reads import Library, documents, open_library
from geotrack.config import Settings
from geotrack.errors import GeotrackError
from geotrack.languages import gettext as _
from geotrack.languages import retold

WORDMARK = Path(__file__).parent / "wordmark.svg"
_STYLE = Path(__file__).parent / "style.css"


@contextmanager
def page_frame() -> Iterator[None]:
    """Style a page, and show an expected error in its place with the way out that it names."""
    st.html(_STYLE)
    language.show_selector()
    links.show_row(Settings.read())
    try:
        yield
    except GeotrackError as error:
        told = _("This cannot be shown.")
        html('<div class="gt-error" role="alert"><b>{}</b> {}</div>', told, retold(str(error)))
        st.button(_("Try again"))


def library() -> Library:
    """Open the library for a page; where it is empty, welcome the user instead and end the page."""
    opened = open_library(Settings.read())
    if documents(opened.edition).empty:
        welcome.show(opened)
        st.stop()
    return opened
