"""Incidents as a table, and the card of the one that is picked."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import days_of
from geotrack.app import eventcards, reads, state
from geotrack.app.cards import note
from geotrack.app.controls import Window
from geotrack.app.observations import located_names
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number
from geotrack.maps import evidence, words

_KEY = "incidents incident"


def chosen(events: pd.DataFrame, adm0: str, device: str, window: Window) -> pd.DataFrame:
    """Return the incidents of a country and device (empty: any) that may lie in the window, newest first."""
    nesting = Nesting(reads.gazetteer())
    keep = [
        (not adm0 or any(nesting.place(place_id).adm0 == adm0 for place_id in event["place_ids"]))
        and (not device or event["device"] == device)
        and _touches(event["date"], window)
        for event in records(events)
    ]
    kept = events[pd.Series(keep, index=events.index, dtype=bool)]
    return kept.sort_values("date", ascending=False, na_position="last")


def left_out(library: Library, adm0: str, device: str, window: Window, least: float) -> str:
    """Say how many reports of such incidents are left out as not sure enough."""
    gone = reads.less_sure_incidents(library.edition, least)
    return words.left_out(0, len(chosen(gone, adm0, device, window)), least)


def _touches(date: str | None, window: Window) -> bool:
    """Tell whether an incident may have been within the window; without a date only in an open one."""
    first, last = days_of(date)
    if first is None or last is None:
        return window.start is None and window.end is None
    return (window.start or dt.date.min) <= last and first <= (window.end or dt.date.max)


def picked(asked: Asked, found: pd.DataFrame) -> str | None:
    """Return the incident that is picked, if it is among those found."""
    wanted = st.session_state[asked.hold("incident", "", str)]
    if wanted and wanted not in set(found["event_id"]):
        asked.refused.add("incident")
        return None
    return wanted or None


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed of incidents, a row each."""
    return pd.DataFrame(
        {
            _("Date"): [evidence.dated(date) for date in found["date"]],
            _("Place"): [located_names(places, 2) for places in found["place_ids"]],
            _("Harmed"): [evidence.toll(event) for event in records(found)],
            _("Device"): [words.device(device) for device in found["device"]],
            _("Reports"): [len(documents) for documents in found["document_ids"]],
            _("Reports disagree on"): [eventcards.disagreements(event) for event in records(found)],
        }
    )


def show_table(found: pd.DataFrame, picked_id: str | None) -> None:
    """Show the incidents; a row picks one."""
    if found.empty:
        note(_("No incident matches. Choose another country, device or period, or show less sure ones."))
        return
    ids = found["event_id"].tolist()

    def pick() -> None:
        rows = st.session_state["incident table"]["selection"]["rows"]
        st.session_state[_KEY] = ids[rows[0]] if rows and rows[0] < len(ids) else ""
        state.touch()

    note(
        ngettext(
            "{n} incident; click a row\u2019s box for its sentence.",
            "{n} incidents; click a row\u2019s box for its sentence.",
            len(found),
        ).format(n=number(len(found)))
    )
    st.dataframe(
        table(found),
        hide_index=True,
        on_select=pick,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [ids.index(picked_id)] if picked_id else []}},
        column_config={
            _("Date"): st.column_config.TextColumn(width=115),
            _("Place"): st.column_config.TextColumn(width=205),
            _("Harmed"): st.column_config.TextColumn(width=165),
            _("Device"): st.column_config.TextColumn(width=165),
            _("Reports"): st.column_config.NumberColumn(width=70),
            _("Reports disagree on"): st.column_config.TextColumn(width=150),
        },
        row_height=34,
        key="incident table",
    )


def show_picked(library: Library, found: pd.DataFrame, picked_id: str | None) -> None:
    """Show the card of the incident that is picked, else of the newest."""
    if found.empty:
        return
    shown = found[found["event_id"] == picked_id] if picked_id else found.head(1)
    eventcards.show_card(library.edition, records(shown)[0])
