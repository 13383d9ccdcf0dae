"""Save a map as one HTML file that opens from disk, years later, on a machine without a network."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from branca.element import Figure, MacroElement
from folium.template import Template

from geotrack import __version__
from geotrack.errors import OutputError
from geotrack.languages import gettext, speaking
from geotrack.maps import outlines, words
from geotrack.maps.pages import SCRIPTS, STYLES, asset, base_map, overlay, script_json
from geotrack.maps.scenes import QUOTES_LISTED, Scene

MAX_BYTES = 1_500_000
_FEWEST_QUOTES = 5
_ASKING = re.compile(r"@import|url\(\s*['\"]?(?!data:|#)", re.IGNORECASE)


class _Page(Figure):
    """The page around a saved map: header, map, panel; scripts and styles inside."""

    _template = Template(asset("assets/page.html"))

    def __init__(self, scene: Scene) -> None:
        super().__init__(title=scene.title)
        self.scene_title, self.subtitle = scene.title, scene.subtitle
        with speaking(scene.style.locale):
            self.caveat = gettext(words.CAVEAT)
        self.language = scene.style.locale.replace("_", "-")
        self.generator = f"geotrack {__version__}"
        self.styles = [asset(name) for name in (*STYLES, "assets/page.css")]
        self.scripts = [asset(name) for name in (*SCRIPTS, "assets/panel.js")]


class _Panel(MacroElement):
    """Opens the panel beside the map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geotrackPanel.open({{ this._parent.get_name() }}, {{ this._parent.get_name() }}.geotrack.view,
                {{ this.story }}, document.getElementById("gt-panel"));
        {% endmacro %}
        """
    )

    def __init__(self, story: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is partly typed
        self._name = "Panel"
        self.story = script_json(story)


def page(scene: Scene, geometry_bytes: int = outlines.BUDGET_BYTES, quotes: int = QUOTES_LISTED) -> str:
    """Return a map with its panel as one self-contained HTML page."""
    polygons = scene.content.polygons
    made = base_map(outlines.outlines(polygons, geometry_bytes), outlines.bounds(polygons))
    overlay(scene.view).add_to(made)
    _Panel(scene.story(quotes)).add_to(made)
    root = _Page(scene)
    root.add_child(made)
    return str(root.render())


def save_map(path: Path, scene: Scene) -> Path:
    """Write a map as one HTML file of at most 1.5 MB that asks the network for nothing.

    Where there is more than fits, outlines are drawn coarser first; then long lists of sentences are cut,
    and say how many are left in the database. The file appears whole or not at all.

    Raises
    ------
    OutputError
        If the file cannot be written, or the page would ask for anything outside itself.
    """
    text = _fitting(scene, path)
    asked = sorted(set(external_references(text)))
    if asked:
        problem = f"the page would ask for {', '.join(asked[:3])}"
        raise OutputError(str(path), problem, "This is a fault of geotrack; please report it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".map-") as folder:
            draft = Path(folder) / "map.html"
            draft.write_text(text, encoding="utf-8")
            os.replace(draft, path)  # noqa: PTH105 - the name says that it is atomic
    except OSError as error:
        remedy = "Choose another file with --out, or check the folder's permissions."
        raise OutputError(str(path), f"cannot be written ({error.strerror or error})", remedy) from error
    return path


def _fitting(scene: Scene, path: Path) -> str:
    geometry_bytes, quotes = outlines.BUDGET_BYTES, QUOTES_LISTED
    while True:
        text = page(scene, geometry_bytes, quotes)
        if len(text.encode()) <= MAX_BYTES:
            return text
        if geometry_bytes > outlines.BUDGET_BYTES // 3:
            geometry_bytes //= 2
        elif quotes > _FEWEST_QUOTES:
            quotes //= 2
        else:
            problem = f"the map would be larger than {MAX_BYTES / 1e6:.1f} MB"
            raise OutputError(str(path), problem, "Choose a shorter window: --from and --to.")


class _References(HTMLParser):
    """Collects what the tags of a page ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses in a tag's attributes."""
        self._in_style = tag == "style"
        for name, value in attrs:
            if name in {"src", "href", "srcset", "data", "poster", "action", "xlink:href"}:
                if value and not value.startswith(("data:", "#")):
                    self.found.append(value)
            elif name == "style" and value and _ASKING.search(value):
                self.found.append(value)

    def handle_data(self, data: str) -> None:
        """Note the addresses in a style sheet."""
        if self._in_style:
            self.found += [data[hit.start() : hit.start() + 60] for hit in _ASKING.finditer(data)]

    def handle_endtag(self, tag: str) -> None:
        """Leave a style sheet."""
        if tag == "style":
            self._in_style = False


def external_references(text: str) -> Iterator[str]:
    """Yield what a page's tags and style sheets would ask for, other than what it carries itself."""
    parser = _References()
    parser.feed(text)
    yield from parser.found
