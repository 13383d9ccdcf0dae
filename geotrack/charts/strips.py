"""Strips under charts: on how many reports each month of each place rests, so that silence is no zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import altair as alt

from geotrack.charts.axes import Row, Span, time_axis
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_

PICK = "pick"
"""The selection that tells which figure, bin or incident was clicked, and the field that it tells."""
ROW_PX = 16
# Left of a chart stand numbers or names of places; a letter of a name is so wide on average.
_NUMBERS_PX, _NAMES_PX, _PHONE_NAMES_PX, _GAP_PX, _LETTER_PX = 64, 170, 92, 8, 6.2
_PHONE_PX = 600
SILENT = "#eceff1"
# How dark a month is, from so many reports on.
_SHADES = ((5, 1.0), (2, 0.62), (1, 0.32))
SHADES_TOLD = n_(
    "The strip below: the stronger the colour, the more reports (1, 2 to 4, 5 or more); grey is none."
)


def shade(documents: int) -> float:
    """Return how dark a month with so many reports is; none is 0."""
    return next((dark for least, dark in _SHADES if documents >= least), 0.0)


def days_axis(span: Span, field: str = "from", *, bare: bool = False) -> alt.X:
    """Return the time axis over some days for a field, for views that share it.

    The one that is bare has no marks, for what stands under another view, and alone holds the first and last
    day: Vega-Lite takes the same two dates of several views for different ones.
    """
    axis = time_axis(span).copy()
    axis["shorthand"] = f"{field}:T"
    if bare:
        axis["axis"] = None
    else:
        axis["scale"] = alt.Scale(type="utc")
    return axis


def room(names: Sequence[str]) -> str:
    """Return how many pixels stand left of a chart of some places, as an expression of its width.

    On a phone long names are cut: the legend has them whole.
    """
    longest = max(map(len, names), default=0) if len(names) > 1 else 0
    wide = min(max(_NUMBERS_PX, round(longest * _LETTER_PX) + _GAP_PX), _NAMES_PX)
    return f"(containerSize()[0] < {_PHONE_PX} ? {min(wide, _PHONE_NAMES_PX)} : {wide})"


def place_axis(names: Sequence[str]) -> alt.Y:
    """Return an axis of places, one row each, in their order; a single one needs no name."""
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        grid=False,
        labels=len(names) > 1,
        labelLimit=alt.ExprRef(f"{room(names)} - {_GAP_PX}"),
        bandPosition=0.5,
        labelBaseline="middle",
    )
    return alt.Y("place:N", sort=list(names), scale=alt.Scale(domain=list(names)), axis=axis)


class Sheets(dict[str, list[Row]]):
    """The rows that a chart draws, by name: Altair copies those that stand in a view again and again."""

    def named(self, name: str, rows: Sequence[Row]) -> alt.NamedData:
        """Take in rows and return what a view refers to them by."""
        self[name] = list(rows)
        return alt.NamedData(name=name)


def strip(
    rows: Sequence[Row], names: Sequence[str], colour: alt.Color, span: Span, title: str, *, sheets: Sheets
) -> alt.LayerChart:
    """Return a row of cells a place, as dark as its reports are many; days without any are grey.

    Parameters
    ----------
    rows
        `from`, `until`, `place`, `documents`, `when` (in words) and `pick` of each cell.
    names
        The places in their order.
    sheets
        Takes in the rows.
    """
    cells = [row | {"shade": shade(row["documents"])} for row in rows if row["documents"]]
    ends = {"from": span[0].isoformat(), "until": (span[1] + dt.timedelta(days=1)).isoformat()}
    silence = [{"place": name, **ends} for name in names]
    row: dict[str, Any] = {"x2": alt.X2("until:T"), "y": place_axis(names)}
    band: dict[str, Any] = {"clip": True, "height": {"band": 0.8}}
    ground = (
        alt.Chart(sheets.named("silence", silence))
        .mark_rect(color=SILENT, **band)
        .encode(x=days_axis(span, bare=True), **row)
    )
    filled = (
        alt.Chart(sheets.named("reports", cells))
        .mark_rect(**band)
        .encode(
            x=alt.X("from:T", axis=None, scale=alt.Scale(type="utc")),
            color=colour,
            opacity=alt.Opacity("shade:Q", scale=None, legend=None),
            tooltip=[
                alt.Tooltip("when:N", title=_("Period")),
                alt.Tooltip("place:N", title=_("Place")),
                alt.Tooltip("documents:Q", title=_("Reports")),
            ],
            **row,
        )
    )
    picking = alt.selection_point(name=f"{PICK}_reports", fields=["pick"], empty=False)
    made: alt.LayerChart = (
        (ground + filled)
        .add_params(picking)
        .properties(height=ROW_PX * max(len(names), 1), title=alt.TitleParams(title))
    )
    return made
