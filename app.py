"""The app's entry for Streamlit: page settings and navigation. Start it with `geotrack app`."""

from __future__ import annotations

import streamlit as st

from geotrack.app import frame, language, links
from geotrack.config import Settings

language.settle()
st.set_page_config(page_title="geotrack", layout="wide", initial_sidebar_state="collapsed")
st.logo(frame.WORDMARK, size="large")
page = st.navigation(links.pages(Settings.read()), position="top")
with frame.page_frame():
    page.run()
