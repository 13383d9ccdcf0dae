"""Dragging across a chart of time: the months under the brush become the days that the map shows."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geotrack.app import state
from geotrack.app.cards import note
from geotrack.app.timecharts import BRUSH, TimeChart
from geotrack.languages import gettext as _
from geotrack.maps import MapStyle, evidence

_FROM, _TO = "map from", "map to"
_HALF_MONTH = 15


def show(name: str, chart: TimeChart, style: MapStyle, described: str) -> None:
    """Draw a chart whose brush sets From and To, with the days that these ask for shaded."""
    # A brush that has done its work is gone: what it picked is shaded.
    key = f"brush {name} {style.measure} {style.start} {style.end}"

    def brushed() -> None:
        pick(st.session_state[key]["selection"].get(BRUSH) or {})

    drawn = chart.shaded(style.start, style.end) | {"description": described}
    st.vega_lite_chart(drawn, width="stretch", key=key, on_select=brushed)


def pick(brush: Mapping[str, Any]) -> None:
    """Set From and To to the months under a brush; for callbacks. `brush` holds milliseconds by field."""
    ends = next((ends for ends in brush.values() if isinstance(ends, list | tuple) and len(ends) > 1), None)
    if ends is None:
        return
    first, last = sorted(dt.datetime.fromtimestamp(end / 1000, dt.UTC).date() for end in (ends[0], ends[-1]))
    st.session_state[_FROM], st.session_state[_TO] = months(first, last)
    state.touch()


def months(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the whole months that a brush means: those of which it covers the better part, at least one.

    Reports tell by month and year; a figure of a whole month would be lost for a day that a hand missed.
    """
    middle = first + (last - first) / 2
    if first.day > _HALF_MONTH:
        first = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    start = first.replace(day=1)
    if last.day <= _HALF_MONTH:
        last = last.replace(day=1) - dt.timedelta(days=1)
    if start > last:
        start = last = middle.replace(day=1)
    return start, last.replace(day=calendar.monthrange(last.year, last.month)[1])


def clear() -> None:
    """Let the map show all days again; for callbacks."""
    st.session_state[_FROM] = st.session_state[_TO] = None
    state.touch()


def show_picked(style: MapStyle) -> None:
    """Say which days the map shows and how others are picked; offer the way back to all."""
    if not (style.start or style.end):
        note(
            _("Drag across a chart to show some months alone on the map; From and To above do it by the day.")
        )
        return
    with st.container(horizontal=True, vertical_alignment="center", key="picked"):
        shown = evidence.period(style.start, style.end, stock=False)
        note(_("The map shows these days: {period}.").format(period=shown))
        st.button(_("Show all days"), on_click=clear, type="tertiary", key="all days")
