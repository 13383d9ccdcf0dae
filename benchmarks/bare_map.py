"""The peer of `benchmarks/app.py`: a Streamlit app that draws one empty Folium map without a network."""

from __future__ import annotations

import tempfile
from pathlib import Path

import folium
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geotrack.maps.pages import asset

LEAFLET = ("leaflet.js", "leaflet.css")


@st.cache_resource
def assets() -> str:
    """Serve Leaflet from this machine, as geotrack does, and return its address as the map sees it."""
    folder = Path(tempfile.mkdtemp(prefix="bare-map-"))
    for one in LEAFLET:
        (folder / one).write_text(asset(f"vendor/{one}"), encoding="utf-8")
    name = declare_component("files", path=folder).name  # type: ignore[attr-defined]
    return f"../{name}"


st.set_page_config(page_title="bare", layout="wide")
empty = folium.Map(location=[40.3, 47.7], zoom_start=7, tiles=None)
script, style = [(one, f"{assets()}/{one}") for one in LEAFLET]
empty.default_js, empty.default_css = [script], [style]
st_folium(empty, key="map", height=560, use_container_width=True, returned_objects=[])
