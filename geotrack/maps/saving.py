"""Save a map as one HTML file that opens from disk, years later, on a machine without a network."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from folium.template import Template

from geotrack import __version__
from geotrack.errors import OutputError, UsageError
from geotrack.languages import gettext, speaking
from geotrack.maps import words
from geotrack.maps.atlas import Atlas
from geotrack.maps.bundle import Bundle, Limits
from geotrack.maps.folding import pack, unpack
from geotrack.maps.pages import SCRIPTS, STYLES, asset
from geotrack.maps.scenes import Scene

MAX_BYTES = 1_500_000
_SPARE_BYTES = 20_000  # for what a cut itself adds: words that say what is left out
_ASKING = re.compile(r"@import|url\(\s*['\"]?(?!data:|#)", re.IGNORECASE)
_STYLES = (*STYLES, "assets/page.css")
_SCRIPTS = (
    *SCRIPTS,
    "assets/folded.js",
    "assets/views.js",
    "assets/panel.js",
    "assets/time.js",
    "assets/atlas.js",
)
# From all there is to the least that is still a map: what costs most and tells least goes first.
_LADDER = (
    Limits(),
    Limits(rows=15, geometry_bytes=300_000),
    Limits(tracks=1, rows=15, incidents=1500, geometry_bytes=250_000),
    Limits(tracks=1, spans=False, rows=8, incidents=1000, geometry_bytes=200_000),
    Limits(tracks=1, spans=False, rows=5, incidents=500, geometry_bytes=150_000, other_levels=False),
    Limits(tracks=0, rows=5, incidents=500, geometry_bytes=100_000, other_levels=False),
)
_ENOUGH = 0.3  # of the sentences: with fewer, the next step of the ladder is tried


def page(atlas: Atlas | Scene) -> str:
    """Return a map of at most 1.5 MB as one self-contained HTML page; see `save_map`.

    Raises
    ------
    UsageError
        If even the least is more than fits.
    """
    whole = Atlas.of_scene(atlas) if isinstance(atlas, Scene) else atlas
    room = MAX_BYTES - len(_written(whole, "", "").encode()) - _SPARE_BYTES
    tried = set()
    for limits in _LADDER:
        effect = _effect(whole, limits)
        if effect in tried:
            continue
        tried.add(effect)
        views, quotes = _packed(Bundle(whole, limits), room, is_last=limits is _LADDER[-1])
        if views:
            return _written(whole, views, quotes)
    problem = (
        f"The map would be larger than {MAX_BYTES / 1e6:.1f} MB. Choose a shorter window: --from and --to."
    )
    raise UsageError(problem)


def _effect(atlas: Atlas, limits: Limits) -> tuple[object, ...]:
    """Return what tells two limits apart for this atlas."""
    return limits.rows, limits.incidents, min(limits.tracks, len(atlas.tracks)), limits.other_levels


def _packed(bundle: Bundle, room: int, *, is_last: bool) -> tuple[str, str]:
    """Return what a bundle carries, with as many sentences as fit; empty where that are too few."""
    count = bundle.sentences
    least = 0 if is_last else int(count * _ENOUGH)
    views = pack(bundle.views(count))
    while len(views) < room:
        quotes = pack(bundle.quotes(count))
        if len(views) + len(quotes) <= room:
            return views, quotes
        if not count:
            break
        count = min(int(count * (room - len(views)) / len(quotes) * 0.95), count - 1)
        if count < least:
            break
        views = pack(bundle.views(count))
    return "", ""


def _written(atlas: Atlas, views: str, quotes: str) -> str:
    scene = atlas.opening
    with speaking(scene.style.locale):
        told = {"caveat": gettext(words.CAVEAT), **words.atlas_page()}
    return str(
        Template(asset("assets/page.html")).render(
            language=scene.style.locale.replace("_", "-"),
            title=scene.title,
            subtitle=scene.subtitle,
            generator=f"geotrack {__version__}",
            styles=[asset(name) for name in _STYLES],
            scripts=[asset(name) for name in _SCRIPTS],
            views=views,
            quotes=quotes,
            **told,
        )
    )


def save_map(path: Path, atlas: Atlas | Scene) -> Path:
    """Write a map as one HTML file of at most 1.5 MB that asks the network for nothing.

    Where there is more than fits, lists grow shorter and outlines coarser first, then finer steps of time
    are left out, and of the sentences the first of each number are kept; what is cut says so. The file
    appears whole or not at all, and is the same for the same facts.

    Parameters
    ----------
    path
        The file; its folder is made.
    atlas
        All views of a country (`Country.atlas`), or a single one.

    Raises
    ------
    OutputError
        If the file cannot be written, or the page would ask for anything outside itself.
    UsageError
        If even the least is more than fits.
    """
    text = page(atlas)
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


def carried(text: str) -> dict[str, Any]:
    """Return what a saved page carries: `views` and `quotes`, as `Bundle` made them."""
    found = re.findall(r'<script type="application/octet-stream" id="gt-(\w+)">([^<]*)</script>', text)
    return {name: unpack(packed) for name, packed in found}


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
