"""A place over time: what is said of it, over how many reports each month rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geotrack import charts
from geotrack.analysis import Timeline
from geotrack.analysis.events import days_of
from geotrack.app import reads, state
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition
from geotrack.maps.gathering import INCIDENTS

_AXIS_PX = 64  # the room for numbers left of both charts, so that their months stand one above the other
_HEIGHTS = (320, 120)  # of the plot with its axes and legend


def show_timeline(edition: Edition, place_id: str, name: str, measure: str) -> None:
    """Show a place and measure over time, as wide as the page."""
    html("<h2>{} over time</h2>", name)
    known = _narrowed(reads.place_timeline(edition, place_id, measure))
    days = sorted(_days(known, measure))
    if not days:
        count = len(known.bands)
        note(f"{count} reported, none with a date." if count else "Nothing is reported.")
        return
    draw = charts.incident_chart if measure == INCIDENTS else charts.timeline_chart
    chart = draw(known, title="")
    parts: list[Any] = chart.vconcat if isinstance(chart, alt.VConcatChart) else [chart]
    for part, height in zip(parts, _HEIGHTS, strict=False):
        if part is parts[0] or len(known.coverage):
            drawn: Any = _spanning(part, days[0], days[-1], height)
            st.altair_chart(drawn, width="stretch")
    _show_remarks(chart, known)


def _narrowed(known: Timeline) -> Timeline:
    """Leave out figures for wider areas, which dwarf a district's, until they are asked for."""
    wider = known.bands["scope"].eq("wider") if "scope" in known.bands else pd.Series(dtype=bool)
    if not wider.any() or wider.all():
        return known
    if st.toggle("Figures for wider areas, too", key="timeline wider", on_change=state.touch):
        return known
    bands = known.bands[~wider]
    starts = [day.replace(day=1) for day in (*bands["start"], *bands["end"]) if day]
    since = known.coverage["month"] >= min(starts, default=dt.date.min)
    return replace(known, bands=bands, coverage=known.coverage[since])


def _days(known: Timeline, measure: str) -> Iterator[Any]:
    """Yield every day at which a band or a month of reports begins or ends."""
    bands = known.bands
    ends = (
        [days_of(date) for date in bands["date"]]
        if measure == INCIDENTS
        else zip(bands["start"], bands["end"], strict=True)
    )
    dated = [day for pair in ends for day in pair if day is not None]
    yield from dated
    if dated:
        for month in known.coverage["month"]:
            yield from days_of(f"{month:%Y-%m}")


def _spanning(chart: Any, first: dt.date, last: dt.date, height: int) -> alt.LayerChart:  # noqa: ANN401 - a chart or layers of them
    """Return a chart that is as wide as its frame and spans the same days as the other one."""
    ends = alt.InlineData(values=[{"from": day.isoformat()} for day in (first, last + dt.timedelta(days=1))])
    unseen = alt.Chart(ends).mark_rule(opacity=0).encode(x=alt.X("from:T", title=None))
    layered: alt.LayerChart = (
        alt.layer(chart, unseen)
        .properties(width="container", height=height)
        .configure_axisY(minExtent=_AXIS_PX, titleAnchor="middle")
        .configure_legend(orient="top", title=None)
        .configure_axisX(labelOverlap=True)
    )
    return layered


def _show_remarks(chart: alt.VConcatChart | alt.Chart, known: Timeline) -> None:
    title = chart.title
    subtitle = title.subtitle if isinstance(title, alt.TitleParams) else ""
    if isinstance(subtitle, str) and subtitle:
        note(f"{subtitle.split(',')[0].capitalize()}.")
    if known.undated_documents:
        note(f"Reports without a publication date, which no month counts: {known.undated_documents}.")
