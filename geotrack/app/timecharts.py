"""Charts of time as Vega-Lite, built once: a run that shades other days only adds their shade.

Altair takes longer to build a chart than all else that a run does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geotrack import charts
from geotrack.charts.axes import Row, Span, time_axis

BRUSH = "days"
_SHADE: Mapping[str, Any] = {"type": "rect", "color": "#3b82c4", "opacity": 0.16, "clip": True}
_AXIS_PX = 64  # the room for numbers left of a chart, so that the months of several stand one above the other
_NARROW_PX = 520
_ROWS_SENT = 3  # with a chart itself
_OF_WHOLE = frozenset({"$schema", "config", "datasets", "width", "height"})
_BRUSHED = "brushed"  # the name of the view that is dragged across

Specification = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TimeChart:
    """A chart of time with a brush: layers in Vega-Lite, their rows by name, and its axis of days."""

    specification: Specification
    rows: Mapping[str, Sequence[Row]]
    axis: Specification
    span: Span

    @classmethod
    def of(cls, chart: Any, span: Span, height: int) -> TimeChart:  # noqa: ANN401 - a chart or layers of them
        """Return a chart as wide as its frame, its plot as far from the left as that of any other."""
        part: Specification = chart.to_dict(validate=False)  # its parts were checked as they were made
        rows: Mapping[str, Sequence[Row]] = part.get("datasets", {})
        layer = {name: value for name, value in part.items() if name not in _OF_WHOLE}
        _first_unit(layer)["name"] = _BRUSHED
        brush = {"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}, "views": [_BRUSHED]}
        size = {"width": "container", "height": height}
        made = {"layer": [layer], "params": [brush], "config": _dress()} | size
        axis: Any = time_axis(span).to_dict()
        return cls(made, rows, axis, span)

    def shaded(self, start: dt.date | None, end: dt.date | None) -> Specification:
        """Return it with the days from `start` to `end` shaded, both inclusive; None is open."""
        made = self._with_rows(self.specification)
        first, last = max(start or self.span[0], self.span[0]), min(end or self.span[1], self.span[1])
        if not (start or end) or first > last:
            return made
        days = {"from": first.isoformat(), "until": (last + dt.timedelta(days=1)).isoformat()}
        across = {"x": self.axis, "x2": {"field": "until"}}
        shade = {"data": {"values": [days]}, "mark": dict(_SHADE), "encoding": across}
        return made | {"layer": [shade, *made["layer"]]}

    def _with_rows(self, part: Specification) -> Specification:
        """Return a copy whose rows the browser fetches: another run need not send them."""
        from geotrack.app.mapview import rows_address  # its component is known to a running page only

        made = dict(part)
        if "layer" in part:
            made["layer"] = [self._with_rows(one) for one in part["layer"]]
        name = part.get("data", {}).get("name")
        if name in self.rows:
            rows = self.rows[name]
            by_address = len(rows) > _ROWS_SENT
            made["data"] = (
                {"url": rows_address(rows, name), "format": {"type": "json"}}
                if by_address
                else {"values": rows}
            )
        return made


def _first_unit(part: Specification) -> Specification:
    while "layer" in part:
        part = part["layer"][0]
    return part


def _dress() -> Specification:
    axis = {"minExtent": _AXIS_PX, "maxExtent": _AXIS_PX}
    title = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -_AXIS_PX, "titleY": -10}
    legend = {
        "aria": False,
        "orient": "top",
        "columns": {"expr": f"width < {_NARROW_PX} ? 1 : 4"},
        "symbolType": "square",
        "symbolOpacity": 1,
        "symbolStrokeWidth": 0,
    }
    return {
        "locale": charts.axis_locale().to_dict(),
        "mark": {"aria": False},
        "axis": {"aria": False},
        "axisY": axis | title,
        "legend": legend,
    }
