"""The map on the page: the one module that knows the component which draws it.

Scripts, styles and outlines are served by the app itself, from a folder that holds nothing else; the
browser keeps them. So are colours, labels and incidents, each state of them under an address of its own:
what a run sends is the addresses.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import folium
import geopandas as gpd
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geotrack.app import state
from geotrack.app.reads import LayerKey, layer
from geotrack.maps import Scene, base_map, outlines, overlay, write_assets

HEIGHT_PX = 560
_WIDE_PX, _LEGEND_PX, _EDGE_PX = 700, 255, 12
_NOTES_PX = 40  # the attribution at the bottom
_KEY = "map component"
PAINTED = "map painted"  # in the session
_VIEWS = 128  # paint and marks of scenes that are served at a time
_COMPONENT = "files"
# Seen from the component's own page. No underscores: the component's hash drops what follows them.
_ADDRESS = f"../{__name__}.{_COMPONENT}"


@cache
def _typeface() -> str:
    """Return the address of the typeface that Streamlit serves for the page's words; empty if it has none."""
    served = Path(st.__file__).parent / "static" / "static" / "media"
    found = sorted(served.glob("SourceSansVF-Upright*.woff2"))
    return f"../../static/media/{found[0].name}" if found else ""


class _Embedded(MacroElement):
    """Fits a map into its frame, whatever height the page's style gives that.

    Leaflet focuses the map when it is pressed, for its keys; in a frame that is partly out of sight the
    page would scroll under the finger, and the click be lost. On a wide map the country stands beside the
    legend.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>
                body { margin: 0; } #map_div { height: 100vh !important; }
                {% if this.typeface %}
                @font-face {
                    font-family: "Source Sans"; font-weight: 200 900; font-display: swap;
                    src: url("{{ this.typeface }}") format("woff2");
                }
                {% endif %}
            </style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.getContainer().classList.add("gt-follows");
            {{ this._parent.get_name() }}.getContainer().focus = function () {
                HTMLElement.prototype.focus.call(this, { preventScroll: true });
            };
            window.geotrackMap.whenSeen({{ this._parent.get_name() }}, function () {
                if ({{ this._parent.get_name() }}.getSize().x <= {{ this.wide_px }}) return;
                {{ this._parent.get_name() }}.fitBounds({{ this.bounds|tojson }}, {
                    animate: false, paddingTopLeft: [{{ this.left_px }}, 12],
                    paddingBottomRight: [{{ this.right_px }}, {{ this.notes_px }}]
                });
            });
            window.geotrackMap.paper({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, bounds: list[list[float]], corner: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is partly typed
        self._name = "Embedded"
        self.bounds, self.wide_px, self.notes_px = bounds, _WIDE_PX, _NOTES_PX
        self.typeface = _typeface()
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
    address = _serve(f"{key.adm0}-{key.level}", outlines.outlines(units))
    return Outlines(address, outlines.bounds(units), outlines.emptiest_corner(units))


def _base(served: Outlines) -> folium.Map:
    """Return the map of bare outlines: the same script for the same outlines, so that it stays."""
    made = base_map(served.address, served.bounds, _ADDRESS)
    _Embedded(served.bounds, served.corner).add_to(made)
    return made


def _serve(name: str, content: object) -> str:
    """Write JSON where the map's own page can fetch it, and return its address; it never changes."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    served = f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    (_folder() / served).write_text(text, encoding="utf-8")
    return f"{_ADDRESS}/{served}"


class _Shelf:
    """What is served of scenes lately: a scene that is drawn again is not written again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[object, tuple[object, str]] = OrderedDict()

    def address(self, content: object, key: object = None) -> str:
        """Serve a part of a scene, and take away what was asked for longest ago; pages have read it."""
        key = key or id(content)  # what is held here keeps its number
        with self._lock:
            _, address = self._held.pop(key, (None, ""))
            self._held[key] = content, address or _serve("view", content)
            if len(self._held) > _VIEWS:
                _, (_, old) = self._held.popitem(last=False)
                if all(old != other for _, other in self._held.values()):
                    (_folder() / old.rpartition("/")[2]).unlink(missing_ok=True)
            return self._held[key][1]


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def rows_address(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    """Serve the rows of a chart, whose name no other rows have; return their address as a page sees it."""
    served = _shelf().address(rows, name)
    return served.replace("..", "component", 1)


def is_painted() -> bool:
    """Tell whether a map has been painted in this session: what stands around it may come now.

    The first run of a session sends the map alone, for the scripts that draw charts and tables take a browser
    longer than the map itself. The map tells when it is painted; any other run shows all as well.
    """
    return bool(st.session_state.get(PAINTED))


def show_map(
    scene: Scene,
    key: LayerKey,
    selected: str | None,
    on_click: Callable[[str], None],
    *,
    tells: bool = False,
) -> None:
    """Draw a map; a click on a unit or an incident calls `on_click` with its id before the next run.

    With `tells` there is a next run as soon as the map is painted.
    """

    def clicked() -> None:
        sent = st.session_state.get(_KEY) or {}
        if sent.get("selected"):
            on_click(str(sent["selected"]))
        else:
            state.carry_on()  # it is painted, and nothing was asked for

    _folder()
    served = _outlines(key)
    paint, marks = _shelf().address(scene.paint), _shelf().address(scene.marks)
    drawn = overlay(paint, selected, marks, tells=tells)
    st.session_state[PAINTED] = True
    st_folium(
        _base(served),
        key=_KEY,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=drawn,
        on_change=clicked,
    )
