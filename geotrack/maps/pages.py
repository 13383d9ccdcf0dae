"""Folium maps without a network: a constant base map, an overlay that recolours it, and their assets."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geotrack.errors import OutputError

SCRIPTS = ("vendor/leaflet.js", "vendor/markercluster.js", "assets/map.js")
STYLES = ("vendor/leaflet.css", "vendor/markercluster.css", "assets/map.css")
_MIN_ZOOM, _MAX_ZOOM = 3, 14  # without tiles the map must be told, or clustering fails


@cache
def asset(name: str) -> str:
    """Return a script, style sheet or page of this package, as text."""
    return (files("geotrack.maps") / name).read_text(encoding="utf-8")


def script_json(value: object) -> str:
    """Return plain JSON that may stand in a script: it cannot end the script, nor be taken for a template.

    Folium renders finished scripts as Jinja templates once more: braces that open an expression in a
    document's text would be run. No JSON outside a string holds a brace before `{`, `%` or `#`.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


class _Start(MacroElement):
    """Gives the map its outlines, frame and manners."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geotrackMap.start({{ this._parent.get_name() }}, {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is partly typed
        self._name = "Start"
        self.options = script_json(options)


class _Show(MacroElement):
    """Sends colours, incidents, legend and notes to the map that its parent group is on."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {% set map = this._parent._parent.get_name() %}
            geotrackMap.show({{ map }}, {{ this.view }}, {{ this.selected }}, {{ this.rest }});
        {% endmacro %}
        """
    )

    def __init__(
        self, view: Mapping[str, Any] | str, selected: str | None, marks: str | None, *, tells: bool
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is partly typed
        self._name = "Show"
        self.view, self.selected = map(script_json, (view, selected))
        self.rest = f"{script_json(marks)}, {script_json(tells)}"


def base_map(
    geometry: Mapping[str, Any] | str, bounds: list[list[float]], assets_url: str | None = None
) -> folium.Map:
    """Return a map of bare outlines that asks the network for nothing.

    The same arguments give the same map, so that an app can keep it and send overlays only.

    Parameters
    ----------
    geometry
        The outlines (`geotrack.maps.outlines.outlines`), or the address that serves them as JSON.
    bounds
        South-west and north-east corner, each `[lat, lon]`.
    assets_url
        Where the files of `write_assets` are served; None when the page brings them itself.
    """
    middle = [(bounds[0][axis] + bounds[1][axis]) / 2 for axis in (0, 1)]
    made = folium.Map(
        location=middle,
        tiles=None,
        zoom_start=6,
        zoom_snap=0.25,
        control_scale=True,
    )
    made.options |= {"minZoom": _MIN_ZOOM, "maxZoom": _MAX_ZOOM}  # folium gives these to tiles only
    made.default_js = [] if assets_url is None else _links(SCRIPTS, assets_url)
    made.default_css = [] if assets_url is None else _links(STYLES, assets_url)
    _Start({"geometry": geometry, "bounds": bounds}).add_to(made)
    return made


def overlay(
    view: Mapping[str, Any] | str,
    selected: str | None = None,
    marks: str | None = None,
    *,
    tells: bool = False,
) -> folium.FeatureGroup:
    """Return what colours a base map: give it to `st_folium(feature_group_to_add=…)` or add it.

    Parameters
    ----------
    view
        `Scene.view`, or the address that serves `Scene.paint` as JSON.
    selected
        The unit or incident to outline.
    marks
        The address that serves `Scene.marks` as JSON, where `view` is one. What both serve never changes.
    tells
        Whether the page around the map is told when it is painted: the component's value is then
        `{"painted": true}`.
    """
    group = folium.FeatureGroup(name="geotrack", control=False)
    _Show(view, selected, marks, tells=tells).add_to(group)
    return group


def _links(names: tuple[str, ...], url: str) -> list[tuple[str, str]]:
    served, _ = _served(names)
    return [(served, f"{url.rstrip('/')}/{served}")]


@cache
def _served(names: tuple[str, ...]) -> tuple[str, str]:
    """Return scripts or styles as one file, for a browser asks for one after the other: its name and text.

    The name has the content's hash, so that browsers may keep it for good.
    """
    text = "\n".join(asset(name) for name in names)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"map-{digest}{Path(names[0]).suffix}", text


def write_assets(folder: Path) -> list[Path]:
    """Write the script and the style of maps into a folder that a server shows; return what is there.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (_served(SCRIPTS), _served(STYLES)):
            path = folder / name
            if not path.exists():
                path.write_text(text, encoding="utf-8")
            written.append(path)
    except OSError as error:
        remedy = "Check the folder's permissions and the space on the disk."
        raise OutputError(str(folder), f"cannot be written ({error})", remedy) from error
    return written
