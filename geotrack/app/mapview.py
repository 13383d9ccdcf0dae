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

import folium
import geopandas as gpd
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geotrack.app.reads import LayerKey, layer
from geotrack.maps import Scene, base_map, outlines, overlay, write_assets

HEIGHT_PX = 560
_WIDE_PX, _LEGEND_PX, _EDGE_PX = 700, 255, 12
_KEY = "map component"
_COMPONENT = "files"
# Seen from the component's own page. No underscores: the component's hash drops what follows them.
_ADDRESS = f"../{__name__}.{_COMPONENT}"


class _Embedded(MacroElement):
    """Fits a map into its frame, whatever height the page's style gives that.

    Leaflet focuses the map when it is pressed, for its keys; in a frame that is partly out of sight the
    page would scroll under the finger, and the click be lost. On a wide map the country stands beside the
    legend.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>body { margin: 0; } #map_div { height: 100vh !important; }</style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.getContainer().focus = function () {
                HTMLElement.prototype.focus.call(this, { preventScroll: true });
            };
            if ({{ this._parent.get_name() }}.getSize().x > {{ this.wide_px }}) {
                {{ this._parent.get_name() }}.fitBounds({{ this.bounds|tojson }}, {
                    animate: false, paddingTopLeft: [{{ this.left_px }}, 12],
                    paddingBottomRight: [{{ this.right_px }}, 12]
                });
            }
        {% endmacro %}
        """
    )

    def __init__(self, bounds: list[list[float]], corner: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is partly typed
        self._name = "Embedded"
        self.bounds, self.wide_px = bounds, _WIDE_PX
        is_left = corner.endswith("left")
        self.left_px, self.right_px = (_LEGEND_PX, _EDGE_PX) if is_left else (_EDGE_PX, _LEGEND_PX)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Where the outlines of some units are served, the frame that holds them, and the legend's corner."""

    address: str
    bounds: list[list[float]]
    corner: str


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
    return Outlines(f"{_ADDRESS}/{name}", outlines.bounds(units), outlines.emptiest_corner(units))


def _base(served: Outlines) -> folium.Map:
    """Return the map of bare outlines: the same script for the same outlines, so that it stays."""
    made = base_map(served.address, served.bounds, _ADDRESS)
    _Embedded(served.bounds, served.corner).add_to(made)
    return made


def show_map(scene: Scene, key: LayerKey, selected: str | None, on_click: Callable[[str], None]) -> None:
    """Draw a map; a click on a unit or an incident calls `on_click` with its id before the next run."""

    def clicked() -> None:
        sent = st.session_state.get(_KEY) or {}
        if sent.get("selected"):
            on_click(str(sent["selected"]))

    _folder()
    served = _outlines(key)
    st_folium(
        _base(served),
        key=_KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=overlay(scene.view, selected),
        on_change=clicked,
    )
