"""A place over time: what is said of it, over how many reports each month rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geotrack import charts
from geotrack.analysis import Timeline
from geotrack.app import brushing, reads, state
from geotrack.app.cards import html, note
from geotrack.app.overtime import BY, VIEWS, OverTime, has_bins
from geotrack.app.reads import Edition
from geotrack.charts.axes import Span
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number
from geotrack.maps import MapStyle
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.ordering import newest_first
from geotrack.maps.words import capitalised, unless_sure
from geotrack.maps.words import measure as measure_in_words

_AXIS_PX = 64  # the room for numbers left of both charts, so that their months stand one above the other
_BANDS = 400  # that are told apart in a chart
_ROWS_SENT = 3  # with a chart itself
_HEIGHTS = (320, 120)  # of the plot with its axes and legend
_SELECT_PX, _NARROW_PX = 220, 520


def show_timeline(edition: Edition, place_id: str, name: str, style: MapStyle, over: OverTime) -> None:
    """Show a place and the map's measure over time, as wide as the page; dragging across it picks days."""
    html("<h2>{}</h2>", _("{place} over time").format(place=name))
    measure = style.measure
    if has_bins(measure):
        _choice(_("Over time"), BY, over.BY_KEY)
    if over.by:
        _show_bins(edition, place_id, name, style, over)
        return
    known = _latest(
        _narrowed(reads.place_timeline(edition, place_id, measure, style.min_confidence), over), measure
    )
    spanned = charts.span_of(known)
    if spanned is None:
        count = len(known.bands)
        told = _("Nothing is reported.")
        if count:
            told = ngettext("{n} reported, without a date.", "{n} reported, none with a date.", count).format(
                n=number(count)
            )
        note(told + unless_sure(style.min_confidence))
        return
    first, last = style.start or spanned[0], style.end or spanned[1]
    brushing.show_picked(style)
    if first > last or first > spanned[1] or last < spanned[0]:
        note(_("Nothing is reported in the days picked: clear From and To to see all."))
    draw = charts.incident_chart if measure == INCIDENTS else charts.timeline_chart
    chart = draw(known, title="", span=spanned)
    _draw(chart, style, name, strip=len(known.coverage) > 0, span=spanned)
    _show_remarks(known, measure)


def _choice(label: str, named: Mapping[str, str], key: str) -> None:
    st.selectbox(
        label,
        list(named),
        format_func=lambda one: _(named[one]),
        key=key,
        on_change=state.touch,
        width=_SELECT_PX,
    )


def _show_bins(edition: Edition, place_id: str, name: str, style: MapStyle, over: OverTime) -> None:
    """Show what is known of each month, quarter or year: a band from at least to at most."""
    _choice(_("Shown as"), VIEWS, over.VIEW_KEY)
    found = reads.bins_of(
        edition,
        place_id,
        style.measure,
        over.by or "year",
        over.view,
        (None, None),
        style.min_confidence,
    )
    if found.table["upper"].isna().all():
        note(_("No figure has a first and a last day.") + unless_sure(style.min_confidence))
        return
    brushing.show_picked(style)
    chart = charts.bins_chart(found, title="")
    span = found.table["start"].iloc[0], found.table["end"].iloc[-1]
    _draw(chart, style, name, strip=True, span=span)
    note(_("The line is what is known; the band, what figures over longer periods leave open."))
    title = chart.title
    if isinstance(title, alt.TitleParams) and isinstance(title.subtitle, str) and title.subtitle:
        note(f"{capitalised(title.subtitle)}.")


def _draw(
    chart: alt.VConcatChart | alt.Chart, style: MapStyle, name: str, *, strip: bool, span: Span
) -> None:
    """Draw a chart and, below it, its strip of reports, over some days with those picked shaded."""
    parts: list[Any] = chart.vconcat if isinstance(chart, alt.VConcatChart) else [chart]
    told = _("{place} over time: {measure}").format(place=name, measure=measure_in_words(style.measure))
    described = (told, _("Reports published in each month"))
    for at, part in enumerate(parts if strip else parts[:1]):
        frame = partial(_framed, height=_HEIGHTS[at], described=described[at])
        brushing.show(("chart", "strip")[at], part, style, span, frame)


def _narrowed(known: Timeline, over: OverTime) -> Timeline:
    """Leave out figures for wider areas, which dwarf a district's, until they are asked for."""
    wider = known.bands["scope"].eq("wider") if "scope" in known.bands else pd.Series(dtype=bool)
    if not wider.any() or wider.all():
        return known
    if st.toggle(_("Figures for wider areas, too"), key=over.WIDER_KEY, on_change=state.touch):
        return known
    bands = known.bands[~wider]
    starts = [day.replace(day=1) for day in (*bands["start"], *bands["end"]) if day]
    since = known.coverage["month"] >= min(starts, default=dt.date.min)
    return replace(known, bands=bands, coverage=known.coverage[since])


def _latest(known: Timeline, measure: str) -> Timeline:
    """Leave out all figures but the latest where they are more than a chart can show."""
    if measure == INCIDENTS or len(known.bands) <= _BANDS:
        return known
    note(
        _("The chart shows the latest figures: {shown} of {n}.").format(
            shown=number(_BANDS), n=number(len(known.bands))
        )
    )
    return replace(known, bands=newest_first(known.bands).head(_BANDS))


def _framed(chart: Any, height: int, described: str) -> Any:  # noqa: ANN401 - a chart or layers of them
    """Return a chart that is as wide as its frame, its plot as far from the left as the other one's."""
    return (
        _by_address(chart)
        .properties(width="container", height=height, description=described)
        .configure_mark(aria=False)
        .configure(locale=charts.axis_locale())
        .configure_axis(aria=False)
        .configure_axisY(
            minExtent=_AXIS_PX,
            maxExtent=_AXIS_PX,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=-_AXIS_PX,
            titleY=-10,
        )
        .configure_legend(
            aria=False,
            orient="top",
            columns=alt.ExprRef(f"width < {_NARROW_PX} ? 1 : 4"),
            symbolType="square",
            symbolOpacity=1,
            symbolStrokeWidth=0,
        )
    )


def _by_address(chart: Any) -> Any:  # noqa: ANN401 - a chart or layers of them
    """Return a chart whose browser fetches its rows: a run that changes nothing else need not send them."""
    from geotrack.app.mapview import rows_address  # its component is known to a running page only

    made = chart.copy(deep=False)
    if isinstance(made, alt.LayerChart):
        made.layer = [_by_address(one) for one in made.layer]
    rows = list(made.data["values"]) if isinstance(made.data, alt.InlineData) else []
    if len(rows) > _ROWS_SENT:
        made.data = alt.UrlData(url=rows_address(rows), format=alt.JsonDataFormat(type="json"))
    return made


def _show_remarks(known: Timeline, measure: str) -> None:
    """Say what the chart leaves out."""
    if measure == INCIDENTS:
        left = sum(not date or len(date) <= len("2023") for date in known.bands["date"])
        told = _("Incidents without a month, so not in the chart: {n}.")
    else:
        left = int((known.bands["start"].isna() & known.bands["end"].isna()).sum())
        told = _("Figures without dates, so not in the chart: {n}.")
    if left:
        note(told.format(n=number(left)))
    if known.undated_documents:
        told = _("Reports without a publication date, which no month counts: {n}.")
        note(told.format(n=number(known.undated_documents)))
