"""A place over time: what is said of it, over how many reports each month rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geotrack import charts
from geotrack.analysis import Timeline
from geotrack.analysis.bins import By, View
from geotrack.app import brushing, reads, state
from geotrack.app.cards import html, note
from geotrack.app.overtime import BY, VIEWS, OverTime, has_bins
from geotrack.app.reads import Edition
from geotrack.app.timecharts import TimeChart
from geotrack.charts.axes import Span
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, speaking, spoken
from geotrack.maps import MapStyle
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.ordering import newest_first
from geotrack.maps.words import capitalised, unless_sure
from geotrack.maps.words import measure as measure_in_words

_BANDS = 400  # that are told apart in a chart
_HEIGHTS = (320, 120)  # of the plot with its axes and legend
_SELECT_PX = 220
_KEPT = 64  # charts


def show_timeline(edition: Edition, place_id: str, name: str, style: MapStyle, over: OverTime) -> None:
    """Show a place and the map's measure over time, as wide as the page; dragging across it picks days."""
    html("<h2>{}</h2>", _("{place} over time").format(place=name))
    measure = style.measure
    if has_bins(measure):
        _choice(_("Over time"), BY, over.BY_KEY)
    if over.by:
        _show_bins(edition, place_id, name, style, over)
        return
    told = reads.place_timeline(edition, place_id, measure, style.min_confidence)
    wider = _asks_for_wider(told, over)
    stated = stated_charts(edition, place_id, measure, style.min_confidence, wider=wider, locale=spoken())
    known = stated.known
    if stated.count > len(known.bands):
        note(
            _("The chart shows the latest figures: {shown} of {n}.").format(
                shown=number(len(known.bands)), n=number(stated.count)
            )
        )
    if stated.span is None:
        count = len(known.bands)
        words = _("Nothing is reported.")
        if count:
            words = ngettext(
                "{n} reported, without a date.", "{n} reported, none with a date.", count
            ).format(n=number(count))
        note(words + unless_sure(style.min_confidence))
        return
    spanned = stated.span
    first, last = style.start or spanned[0], style.end or spanned[1]
    brushing.show_picked(style)
    if first > last or first > spanned[1] or last < spanned[0]:
        note(_("Nothing is reported in the days picked: clear From and To to see all."))
    _draw(stated.charts, style, name)
    _show_remarks(known, measure)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is told of a place: of `count` figures or incidents those that are drawn, and their charts."""

    known: Timeline
    count: int
    span: Span | None
    charts: tuple[TimeChart, ...]


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def stated_charts(
    edition: Edition, place_id: str, measure: str, min_confidence: float, *, wider: bool, locale: str
) -> Stated:
    """Return what is told of a place, of wider areas, too, where that is asked for; built in a language."""
    told = reads.place_timeline(edition, place_id, measure, min_confidence)
    told = told if wider else _narrowed(told)
    known = _latest(told, measure)
    span = charts.span_of(known)
    if span is None:
        return Stated(known, len(told.bands), None, ())
    draw = charts.incident_chart if measure == INCIDENTS else charts.timeline_chart
    with speaking(locale):
        drawn = _parts(draw(known, title="", span=span), span, strip=len(known.coverage) > 0)
    return Stated(known, len(told.bands), span, drawn)


def _parts(chart: alt.VConcatChart | alt.Chart, span: Span, *, strip: bool) -> tuple[TimeChart, ...]:
    """Return a chart and, where it is asked for, its strip of reports."""
    parts: list[Any] = chart.vconcat if isinstance(chart, alt.VConcatChart) else [chart]
    shown = zip(parts if strip else parts[:1], _HEIGHTS, strict=False)
    return tuple(TimeChart.of(part, span, height) for part, height in shown)


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
    binned = _binned(
        edition, place_id, style.measure, over.by or "year", over.view, style.min_confidence, spoken()
    )
    if binned is None:
        note(_("No figure has a first and a last day.") + unless_sure(style.min_confidence))
        return
    brushing.show_picked(style)
    _draw(binned.charts, style, name)
    note(_("The line is what is known; the band, what figures over longer periods leave open."))
    if binned.subtitle:
        note(f"{capitalised(binned.subtitle)}.")


@dataclass(frozen=True, slots=True)
class _Binned:
    """The charts of what is known by month, quarter or year, and what is said of them all."""

    charts: tuple[TimeChart, ...]
    subtitle: str


@st.cache_resource(show_spinner=False, max_entries=_KEPT)
def _binned(  # noqa: PLR0913, PLR0917 - each is a word of the question
    edition: Edition, place_id: str, measure: str, by: By, view: View, min_confidence: float, locale: str
) -> _Binned | None:
    """Return the charts of a place's bins in a language; None where nothing has a first and a last day."""
    found = reads.bins_of(edition, place_id, measure, by, view, (None, None), min_confidence)
    if found.table["upper"].isna().all():
        return None
    span = found.table["start"].iloc[0], found.table["end"].iloc[-1]
    with speaking(locale):
        chart = charts.bins_chart(found, title="")
        title = chart.title
        subtitle = title.subtitle if isinstance(title, alt.TitleParams) else ""
        return _Binned(_parts(chart, span, strip=True), subtitle if isinstance(subtitle, str) else "")


def _draw(drawn: Sequence[TimeChart], style: MapStyle, name: str) -> None:
    """Draw a chart and, below it, its strip of reports, with the days picked shaded."""
    told = _("{place} over time: {measure}").format(place=name, measure=measure_in_words(style.measure))
    described = (told, _("Reports published in each month"))
    for at, chart in enumerate(drawn):
        brushing.show(("chart", "strip")[at], chart, style, described[at])


def _is_wider(known: Timeline) -> pd.Series:
    """Tell which figures are for wider areas, which dwarf a district's."""
    if "scope" not in known.bands:
        return pd.Series(data=False, index=known.bands.index)
    return known.bands["scope"].eq("wider")


def _asks_for_wider(told: Timeline, over: OverTime) -> bool:
    """Ask whether figures for wider areas are shown where there are others, too."""
    wider = _is_wider(told)
    if not wider.any() or wider.all():
        return True
    return bool(st.toggle(_("Figures for wider areas, too"), key=over.WIDER_KEY, on_change=state.touch))


def _narrowed(known: Timeline) -> Timeline:
    """Leave out figures for wider areas, and the reports before the others."""
    bands = known.bands[~_is_wider(known)]
    starts = [day.replace(day=1) for day in (*bands["start"], *bands["end"]) if day]
    since = known.coverage["month"] >= min(starts, default=dt.date.min)
    return replace(known, bands=bands, coverage=known.coverage[since])


def _latest(known: Timeline, measure: str) -> Timeline:
    """Leave out all figures but the latest where they are more than a chart can show."""
    if measure == INCIDENTS or len(known.bands) <= _BANDS:
        return known
    return replace(known, bands=newest_first(known.bands).head(_BANDS))


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
