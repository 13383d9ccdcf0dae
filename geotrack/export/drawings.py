"""Pictures for a report on paper: a map and a timeline, drawn without a browser, the same bytes each time."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geotrack.errors import MissingExtraError
from geotrack.languages import number
from geotrack.maps import Scene
from geotrack.maps.ramps import NO_DATA

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch

_FONT: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "hatch.linewidth": 0.7,
}  # the font comes with matplotlib
_DPI, _WIDTH = 160, 6.5  # inches: the text of a letter page
_TALLEST = 6.0
_BORDER, _LINES, _INK = "#8b969c", "#7b8a93", "#111111"
_BARS = "#2c7fb8"
_LEGEND_COLUMNS = 3
_LEGEND_INCHES = 0.9
_LABELS = 12  # months that are named below a timeline, at most


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of a timeline: what is known at least, and the most that figures can place there."""

    month: str
    value: float
    upper: float


def map_png(scene: Scene) -> bytes:
    """Return a map as the app draws it: classes, shared figures, incidents, and a legend.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    with _style():
        west, south, east, north = scene.content.polygons.total_bounds
        stretch = 1 / math.cos(math.radians((south + north) / 2))
        height = min(_WIDTH * (north - south) * stretch / (east - west), _TALLEST)
        figure, axes = _canvas(height + _LEGEND_INCHES)
        axes.set_axis_off()
        axes.set_aspect(stretch)
        for place_id, outline in scene.content.polygons.geometry.items():
            axes.add_patch(_patch(outline, scene.paint["units"][str(place_id)]))
        for point in scene.marks["points"]:
            edge = (_INK, 1.4) if point["fatal"] else ("#ffffff", 0.6)
            axes.plot(
                *(point["lon"], point["lat"]),
                marker="o",
                markersize=5,
                color=point["colour"],
                markeredgecolor=edge[0],
                markeredgewidth=edge[1],
            )
        for badge in scene.marks["badges"]:
            axes.annotate(
                number(badge["count"]),
                (badge["lon"], badge["lat"]),
                ha="center",
                va="center",
                bbox={"boxstyle": "circle,pad=0.25", "facecolor": "#ffffff", "edgecolor": _INK},
            )
        axes.autoscale_view()
        place: Any = "outside lower center"
        figure.legend(handles=_legend(scene), loc=place, ncols=_LEGEND_COLUMNS, frameon=False)
        return _png(figure)


def timeline_png(bars: Sequence[Bar], unit: str) -> bytes:
    """Return bars by month; what is beyond a bar's end up to its limit is pale.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    with _style():
        figure, axes = _canvas(2.2)
        places = range(len(bars))
        axes.bar(places, [one.upper for one in bars], color=_BARS, alpha=0.25)
        axes.bar(places, [one.value for one in bars], color=_BARS)
        step = max(1, math.ceil(len(bars) / _LABELS))
        axes.set_xticks([*places][::step], [one.month for one in bars][::step], rotation=45, ha="right")
        axes.yaxis.set_major_formatter(lambda value, _: number(value))
        axes.set_ylabel(unit)
        axes.spines[["top", "right"]].set_visible(False)
        return _png(figure)


def _style() -> AbstractContextManager[None]:
    """Return the context in which pictures are drawn, whatever the user's own settings of matplotlib are."""
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise MissingExtraError("A report for Word", "office") from error
    return mpl.rc_context(_FONT)


def _canvas(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    return figure, figure.add_subplot()


def _png(figure: Figure) -> bytes:
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def _patch(outline: shapely.Geometry, unit: dict[str, object]) -> PathPatch:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    paths = [Path(np.asarray(ring.coords)[:, :2], closed=True) for ring in _rings(outline)]
    hatch = {"hatch": "////", "edgecolor": _LINES} if unit["hatched"] else {"edgecolor": _BORDER}
    return PathPatch(Path.make_compound_path(*paths), facecolor=unit["fill"], linewidth=0.6, **hatch)


def _rings(outline: shapely.Geometry) -> Iterable[shapely.LinearRing]:
    """Yield outer rings and holes, wound against each other so that holes stay open."""
    for part in shapely.get_parts(shapely.orient_polygons(outline)):
        yield part.exterior
        yield from part.interiors


def _legend(scene: Scene) -> list[Artist]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    legend, told = scene.paint["legend"], scene.paint["words"]
    fills = [(one["colour"], one["label"]) for one in legend["classes"]]
    if legend["zero"]:
        fills.insert(0, (legend["zero"], told["zero"]))
    if legend["noData"]:
        fills.append((legend["noData"], told["noData"]))
    found: list[Artist] = [Patch(facecolor=colour, edgecolor=_BORDER, label=label) for colour, label in fills]
    if legend["hatched"]:
        found.append(Patch(facecolor=NO_DATA, edgecolor=_LINES, hatch="////", label=told["group"]))
    dots = [(one["colour"], one["label"], "#ffffff") for one in legend["devices"]]
    dots += [("#ffffff", told["fatal"], _INK)] if legend["fatal"] else []
    dots += [("#ffffff", told["badge"], _INK)] if legend["badge"] else []
    return found + [
        Line2D([], [], marker="o", linestyle="", color=colour, markeredgecolor=edge, label=label)
        for colour, label, edge in dots
    ]
