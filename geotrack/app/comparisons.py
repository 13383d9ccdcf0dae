"""The panels of the timeline: one a measure, with its chart, its summary, its sentences and its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, cast

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from geotrack.analysis import STOCK_MEASURES
from geotrack.analysis.bins import By, View
from geotrack.analysis.nesting import LEVEL_RANK
from geotrack.app import binnedpanel, comparing, eventspanel, reads, sight, statedpanel
from geotrack.app.binnedpanel import BinnedPanel, first_day
from geotrack.app.cards import html, joined, note
from geotrack.app.comparing import Comparison
from geotrack.app.eventspanel import EventsPanel
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.app.statedpanel import StatedPanel
from geotrack.charts.axes import Span
from geotrack.charts.binned import Binned
from geotrack.charts.compared import Look, Subject
from geotrack.charts.strips import SHADES_TOLD
from geotrack.export.rows import Kind
from geotrack.export.spreadsheets import sheet
from geotrack.languages import gettext as _
from geotrack.languages import listed
from geotrack.maps import evidence, words
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.words import measure as measure_in_words
from geotrack.maps.words import unless_sure

_ELEMENTS, _PICKS = "timeline elements", "timeline picks"
_AREA_LEVELS = ("country", "adm1", "adm2")


class Panel(Protocol):
    """One measure of the comparison, with all that its panel shows."""

    @property
    def measure(self) -> str:
        """The measure's name in the store."""

    @property
    def picks(self) -> set[str]:
        """What can be picked out of it."""

    @property
    def span(self) -> Span | None:
        """The days that its chart needs."""

    @property
    def empty(self) -> str:
        """Why there is nothing to draw."""

    def chart(self, span: Span, shown: str) -> alt.VConcatChart | alt.Chart:
        """Return its chart."""

    def summary(self) -> list[str]:
        """Return what its chart shows, in sentences."""

    def reading(self) -> str:
        """Say how its chart is to be read."""

    def table(self) -> pd.DataFrame:
        """Return its numbers as they are printed."""

    def sheet(self) -> list[dict[str, Any]]:
        """Return its numbers for a file."""

    def show_details(self, edition: Edition, pick: str) -> None:
        """Show what is picked out, with its sentences."""


def panels(library: Library, wanted: Comparison) -> list[Panel]:
    """Return a panel for each measure that is asked for."""
    return [_panel(library, wanted, measure) for measure in wanted.measures] if wanted.places else []


def _panel(library: Library, wanted: Comparison, measure: str) -> Panel:
    window = (wanted.window.start, wanted.window.end)
    asked = (window[0] or dt.date.min, window[1] or dt.date.max) if any(window) else None
    is_flow = measure not in STOCK_MEASURES and measure != INCIDENTS
    view, density = wanted.view if is_flow else "total", wanted.density and measure != INCIDENTS
    look = Look(asked, view, wanted.wider, density)
    if is_flow and wanted.by:
        return BinnedPanel.of(measure, _binned(library, wanted, measure), look, wanted.min_confidence)
    subjects = [_subject(library, wanted, place_id, measure) for place_id in wanted.places]
    if measure == INCIDENTS:
        return EventsPanel.of(measure, subjects, look)
    return StatedPanel.of(measure, subjects, look)


def _subject(library: Library, wanted: Comparison, place_id: str, measure: str) -> Subject:
    known = reads.place_timeline(library.edition, place_id, measure, wanted.min_confidence)
    place = reads.places().place(place_id)
    area = _area_km2(library, place_id) if wanted.density else None
    return Subject(place_id, _name(wanted, place_id), known, LEVEL_RANK[place.level], area)


def _binned(library: Library, wanted: Comparison, measure: str) -> list[Binned]:
    """Return the bins of each place; sums that are added up begin on one day for all."""

    def read(view: View, start: dt.date | None) -> list[Binned]:
        by, days = cast("By", wanted.by), (start, wanted.window.end)
        return [
            Binned(
                place_id,
                _name(wanted, place_id),
                reads.bins_of(library.edition, place_id, measure, by, view, days, wanted.min_confidence),
                _area_km2(library, place_id) if wanted.density else None,
            )
            for place_id in wanted.places
        ]

    start = wanted.window.start
    if wanted.view != "cumulative":
        return read(wanted.view, start)
    single = read("total", start)
    summed = read("cumulative", start or first_day(single))
    return [replace(one, counted=other.bins) for one, other in zip(summed, single, strict=True)]


def _name(wanted: Comparison, place_id: str) -> str:
    """Return a place's name, with its kind where two of the places are called the same."""
    places = reads.places()
    name = places.place(place_id).name
    alike = [one for one in wanted.places if places.place(one).name == name]
    if len(alike) == 1:
        return name
    titled = places.titled(place_id)
    return titled if [places.titled(one) for one in alike].count(titled) == 1 else f"{titled} ({place_id})"


def _area_km2(library: Library, place_id: str) -> float | None:
    """Return how large a place is by its borders; None where none are drawn."""
    place = reads.places().place(place_id)
    known = {info.level for info in reads.layer_infos(library.settings) if info.adm0 == place.adm0}
    for level in known.intersection(_AREA_LEVELS):
        units = reads.layer(reads.layer_key(library.settings, place.adm0, level))
        if place_id in units.index:
            return float(units["area_km2"][place_id])
    return None


def picked(asked: Asked, shown: Sequence[Panel], wanted: Comparison) -> str:
    """Return what is picked out, if any panel holds it."""
    if wanted.shown and not any(wanted.shown in panel.picks for panel in shown):
        asked.refused.add("shown")
        return ""
    return wanted.shown


def show_title(wanted: Comparison) -> None:
    """Show what the page compares, as its heading."""
    if not wanted.places:
        html("<h1>{}</h1>", _("Timeline"))
        return
    names = listed([reads.places().place(one).name for one in wanted.places])
    html("<h1>{}</h1>", _("{place} over time").format(place=names))
    if wanted.window.start or wanted.window.end:
        days = evidence.period(wanted.window.start, wanted.window.end, stock=False)
        html("<p class='gt-sub'>{}</p>", days)


def show_panels(library: Library, wanted: Comparison, shown: Sequence[Panel], pick: str) -> None:
    """Show the panels one above the other, all over the same days."""
    spans = [panel.span for panel in shown if not panel.empty]
    known = [span for span in spans if span]
    if not shown:
        note(_("Choose a measure above."))
    first, last = wanted.window.start, wanted.window.end
    if known:
        first = first or min(span[0] for span in known)
        last = last or max(span[1] for span in known)
    span = (first, max(first, last)) if first and last else None
    if wanted.density:
        _show_unsized(library, wanted)
    for panel in shown:
        _show_panel(library, wanted, panel, span, pick if pick in panel.picks else "")
    note(_(words.CAVEAT))


def _show_unsized(library: Library, wanted: Comparison) -> None:
    unsized = [_name(wanted, one) for one in wanted.places if not _area_km2(library, one)]
    if unsized:
        note(_("Left out, as their size is not known: {places}.").format(places=listed(unsized)))
    note(_("By size only a place\u2019s own figures are drawn."))


def _show_panel(library: Library, wanted: Comparison, panel: Panel, span: Span | None, pick: str) -> None:
    html("<h2>{}</h2>", measure_in_words(panel.measure))
    if panel.measure in STOCK_MEASURES and (wanted.by or wanted.view != "total"):
        note(_("A level at a date: it is not added up over time."))
    why = panel.empty
    if why or span is None:
        note(why + unless_sure(wanted.min_confidence))
    else:
        told = panel.summary()
        html("<div class='gt-told'>{}</div>", joined([Markup("<p>{}</p>").format(one) for one in told]))
        _show_chart(panel, span, pick, f"{measure_in_words(panel.measure)}. {' '.join(told)}")
        note(f"{panel.reading()} {_(SHADES_TOLD)}")
    if pick:
        _show_card(library, panel, pick)
    _show_numbers(panel)


def _show_chart(panel: Panel, span: Span, pick: str, described: str) -> None:
    name = f"chart {panel.measure}"
    key = _key(name)

    def clicked() -> None:
        selection: Mapping[str, Any] = st.session_state[key]["selection"]
        found = [row["pick"] for rows in selection.values() for row in rows or [] if row.get("pick")]
        _pick("", _full(panel, str(found[-1])) if found else "")

    # Not Streamlit's `alt`, which each button in the chart's corner would repeat.
    chart: Any = panel.chart(span, pick)
    chart["description"] = described
    st.altair_chart(chart, width="stretch", key=key, on_select=clicked)


def _full(panel: Panel, told: str) -> str:
    """Return what a chart's pick is called on the page: bins of several measures have the same name."""
    whole = f"{panel.measure} {told}"
    return whole if whole in panel.picks else told


def _key(name: str) -> str:
    """Return the key of a chart or table: a new one when something is picked out of another one.

    Each remembers what was clicked in it: a second click on it would be no change. A chart is new after each
    click, for its views remember one by one.
    """
    return f"timeline {name} {st.session_state.setdefault(_ELEMENTS, {}).setdefault(name, 0)}"


def _pick(name: str, pick: str) -> None:
    """Pick something out, in the table of a name or anywhere else, and let all else forget its clicks."""
    elements = st.session_state.get(_ELEMENTS, {})
    for other in elements:
        elements[other] += other != name
    st.session_state[_PICKS] = st.session_state.get(_PICKS, 0) + bool(pick)
    comparing.show(pick)


def _show_card(library: Library, panel: Panel, pick: str) -> None:
    with st.container(border=True, key="timeline-card"):
        st.button(_("Close"), on_click=_pick, args=("", ""), type="tertiary", key="timeline close")
        panel.show_details(library.edition, pick)
        sight.bring(".st-key-timeline-card", st.session_state.get(_PICKS, 0), "nearest")


def _show_numbers(panel: Panel) -> None:
    table = panel.table()
    if table.empty:
        return
    name = f"table {panel.measure}"
    key = _key(name)
    picks = table["pick"].tolist()

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        _pick(name, picks[rows[0]] if rows and rows[0] < len(picks) else "")

    with st.expander(_("The numbers behind this chart")):
        note(_("Click a row\u2019s box, or press Shift and Space in the row, for its sentences."))
        st.dataframe(
            table,
            hide_index=True,
            on_select=follow,
            selection_mode="single-row",
            column_order=[column for column in table.columns if column != "pick"],
            key=key,
        )
        st.download_button(
            _("Download these numbers (CSV)"),
            data=partial(csv_of, panel),
            file_name=f"timeline-{panel.measure}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"timeline csv {panel.measure}",
        )


_FIELDS: dict[type, Mapping[str, Kind]] = {
    StatedPanel: statedpanel.FIELDS,
    BinnedPanel: binnedpanel.FIELDS,
    EventsPanel: eventspanel.FIELDS,
}


def csv_of(panel: Panel) -> bytes:
    """Return a panel's numbers as CSV for spreadsheets, columns in English, values in SI units."""
    return sheet(panel.sheet(), _FIELDS[type(panel)]).encode("utf-8-sig")
