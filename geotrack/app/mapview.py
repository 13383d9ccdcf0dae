"""The map on the page: the one module that knows the component which draws it.

Scripts, styles and outlines are served by the app itself, from a folder that holds nothing else; the
browser keeps them. What is sent anew with each run are colours, labels and incidents.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geotrack.app.reads import LayerKey, layer
from geotrack.maps import Scene, base_map, outlines, overlay, write_assets

HEIGHT_PX = 560
_KEY = "map component"
_COMPONENT = "files"
# Seen from the component's own page. No underscores: the component's hash drops what follows them.
_ADDRESS = f"../{__name__}.{_COMPONENT}"


@dataclass(frozen=True, slots=True)
class Outlines:
    """Where the outlines of some units are served, and the frame that holds them."""

    address: str
    bounds: list[list[float]]


@st.cache_resource(show_spinner=False)
def _folder() -> Path:
    """Make the folder that is served, with the map's scripts and styles; it goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="geotrack-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_assets(folder)
    declare_component(_COMPONENT, path=folder)
    return folder


@st.cache_resource(show_spinner=False, max_entries=8)
def _outlines(key: LayerKey) -> Outlines:
    units: gpd.GeoDataFrame = layer(key)
    text = json.dumps(outlines.outlines(units), separators=(",", ":"))
    name = f"{key.adm0}-{key.level}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    (_folder() / name).write_text(text, encoding="utf-8")
    return Outlines(f"{_ADDRESS}/{name}", outlines.bounds(units))


def show_map(scene: Scene, key: LayerKey, selected: str | None, on_click: Callable[[str], None]) -> None:
    """Draw a map; a click on a unit or an incident calls `on_click` with its id before the next run."""

    def clicked() -> None:
        sent = st.session_state.get(_KEY) or {}
        if sent.get("selected"):
            on_click(str(sent["selected"]))

    _folder()
    served = _outlines(key)
    st_folium(
        base_map(served.address, served.bounds, _ADDRESS),
        key=_KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=overlay(scene.view, selected),
        on_change=clicked,
    )
