"""A place over time: what is said of it, over how many reports each month rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, cast

import altair as alt
import pandas as pd
import streamlit as st

from geotrack import charts
from geotrack.analysis import STOCK_MEASURES, Timeline
from geotrack.analysis.bins import By, View
from geotrack.app import reads, state
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number
from geotrack.maps import MapStyle, evidence
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.words import capitalised, unless_sure

_AXIS_PX = 64  # the room for numbers left of both charts, so that their months stand one above the other
_HEIGHTS = (320, 120)  # of the plot with its axes and legend


def show_timeline(edition: Edition, place_id: str, name: str, style: MapStyle) -> None:
    """Show a place and the map's measure over time, as wide as the page, within the days picked."""
    html("<h2>{}</h2>", _("{place} over time").format(place=name))
    measure = style.measure
    by = _asked_bins(measure)
    if by:
        _show_bins(edition, place_id, style, by)
        return
    known = _narrowed(reads.place_timeline(edition, place_id, measure, style.min_confidence))
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
    if first > last or first > spanned[1] or last < spanned[0]:
        note(_("Nothing is reported in the days picked: clear From and To to see all."))
        return
    if style.start or style.end:
        shown = evidence.period(first, last, stock=False)
        note(_("The chart shows the days picked above: {period}.").format(period=shown))
    draw = charts.incident_chart if measure == INCIDENTS else charts.timeline_chart
    chart = draw(known, title="", span=(first, last))
    _draw(chart, strip=len(known.coverage) > 0)
    _show_remarks(chart, known)


def _asked_bins(measure: str) -> By | None:
    """Ask whether to show figures as reported or by month, quarter or year; levels have no sums over time."""
    if measure == INCIDENTS or measure in STOCK_MEASURES:
        return None
    named: dict[str, str] = {
        "": _("As reported"),
        "month": _("By month"),
        "quarter": _("By quarter"),
        "year": _("By year"),
    }
    chosen = st.selectbox(
        _("Over time"), list(named), format_func=named.__getitem__, key="timeline by", on_change=state.touch
    )
    return cast("By | None", chosen or None)


def _show_bins(edition: Edition, place_id: str, style: MapStyle, by: By) -> None:
    """Show what is known of each month, quarter or year: a band from at least to at most."""
    named: dict[str, str] = {"total": _("Total"), "rate": _("A day"), "cumulative": _("Added up")}
    view = st.selectbox(
        _("Shown as"), list(named), format_func=named.__getitem__, key="timeline view", on_change=state.touch
    )
    found = reads.place_bins(edition, place_id, style, by, cast("View", view))
    if found.table["upper"].isna().all():
        note(_("No figure has a first and a last day.") + unless_sure(style.min_confidence))
        return
    chart = charts.bins_chart(found, title="")
    _draw(chart, strip=True)
    note(_("The line is what is known; the band, what figures over longer periods leave open."))
    _show_subtitle(chart)


def _draw(chart: alt.VConcatChart | alt.Chart, *, strip: bool) -> None:
    """Draw a chart and, below it, its strip of reports."""
    parts: list[Any] = chart.vconcat if isinstance(chart, alt.VConcatChart) else [chart]
    for part, height in zip(parts, _HEIGHTS, strict=False):
        if part is parts[0] or strip:
            drawn: Any = _framed(part, height)
            st.altair_chart(drawn, width="stretch")


def _narrowed(known: Timeline) -> Timeline:
    """Leave out figures for wider areas, which dwarf a district's, until they are asked for."""
    wider = known.bands["scope"].eq("wider") if "scope" in known.bands else pd.Series(dtype=bool)
    if not wider.any() or wider.all():
        return known
    if st.toggle(_("Figures for wider areas, too"), key="timeline wider", on_change=state.touch):
        return known
    bands = known.bands[~wider]
    starts = [day.replace(day=1) for day in (*bands["start"], *bands["end"]) if day]
    since = known.coverage["month"] >= min(starts, default=dt.date.min)
    return replace(known, bands=bands, coverage=known.coverage[since])


def _framed(chart: Any, height: int) -> Any:  # noqa: ANN401 - a chart or layers of them
    """Return a chart that is as wide as its frame, its plot as far from the left as the other one's."""
    return (
        chart.properties(width="container", height=height)
        .configure(locale=charts.axis_locale())
        .configure_axisY(minExtent=_AXIS_PX, maxExtent=_AXIS_PX, titleAnchor="middle")
        .configure_legend(orient="top", title=None)
    )


def _show_subtitle(chart: alt.VConcatChart | alt.Chart) -> None:
    title = chart.title
    subtitle = title.subtitle if isinstance(title, alt.TitleParams) else ""
    if isinstance(subtitle, str) and subtitle:
        note(f"{capitalised(subtitle.split(',')[0])}.")


def _show_remarks(chart: alt.VConcatChart | alt.Chart, known: Timeline) -> None:
    _show_subtitle(chart)
    if known.undated_documents:
        told = _("Reports without a publication date, which no month counts: {n}.")
        note(told.format(n=number(known.undated_documents)))
