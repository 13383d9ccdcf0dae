"""Incidents as a table beside their map, the card of the one that is picked, and the list as a file."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from geotrack.analysis.tables import records
from geotrack.app import eventcards, eventmaps, paging, reads, sight, state
from geotrack.app.cards import note, on_paper
from geotrack.app.eventfilters import EventFilter, chosen, country_shown
from geotrack.app.observations import located_names
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.export import ExportContent, ExportFilter, export
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, pgettext
from geotrack.maps import evidence, words

ROWS = 50
_PICKED, _PLACE = "incidents incident", "incidents place"
_PICKS, _FROM_MAP, _ON_MAP = "incident picks", "incident picks on the map", "incident picked on the map"

Event = Mapping[str, Any]
FileFormat = Literal["csv", "geojson"]
_FORMATS: tuple[tuple[FileFormat, str], ...] = (("csv", "CSV"), ("geojson", "GeoJSON"))


def picked(asked: Asked, found: pd.DataFrame) -> Event | None:
    """Return the incident that is picked, if it is among those found."""
    wanted = st.session_state[asked.hold("incident", "", str)]
    rows = records(found[found["event_id"] == wanted]) if wanted else []
    if wanted and not rows:
        asked.refused.add("incident")
    return rows[0] if rows else None


def pick(event_id: str) -> None:
    """Pick an incident, or none; for callbacks."""
    st.session_state[_PICKED] = event_id
    st.session_state[_PICKS] = st.session_state.get(_PICKS, 0) + bool(event_id)
    state.touch()


def shown_piece(asked: Asked, asks: EventFilter, found: pd.DataFrame, event: Event | None) -> int:
    """Return which piece of the list to show: that of an incident picked by a link or on the map."""
    shown = paging.at(asked, asks, len(found), ROWS)
    linked = asked.fresh and "page" not in asked.params
    if event and (linked or st.session_state.pop(_ON_MAP, False)):
        shown = found["event_id"].tolist().index(event["event_id"]) // ROWS + 1
        st.session_state["incidents page"] = shown
    return shown


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Return what is printed of incidents, a row each; what is said of none has no column."""
    rows = records(found)
    told = pd.DataFrame(
        {
            _("Date"): [evidence.dated(event["date"]) for event in rows],
            _("Place"): [located_names(event["place_ids"], 2) for event in rows],
            _("Harmed"): [evidence.toll(event) for event in rows],
            _("Device"): [words.device(event["device"]) for event in rows],
            _("Reports"): [len(event["document_ids"]) for event in rows],
        }
    )
    disputed = [eventcards.disagreements(event) for event in rows]
    return told.assign(**{_("Reports disagree on"): disputed}) if any(disputed) else told


def show_map(library: Library, asks: EventFilter, found: pd.DataFrame, event: Event | None) -> None:
    """Show the incidents on the map of their country; a point picks its row, a unit narrows the list."""
    adm0 = country_shown(asks, found, event)
    if adm0 is None:
        return
    anywhere = _anywhere(library, asks) if asks.place else found
    known = set(anywhere["event_id"])

    def follow(clicked: str) -> None:
        if clicked in known:
            st.session_state[_FROM_MAP] = st.session_state.get(_FROM_MAP, 0) + 1
            st.session_state[_ON_MAP] = True
            if asks.place and clicked not in set(found["event_id"]):
                st.session_state[_PLACE] = ""
            pick(clicked)
            return
        pick("")
        st.session_state[_PLACE] = "" if clicked == asks.place else clicked

    eventmaps.show_map(library, adm0, anywhere, asks, event, follow)


def _anywhere(library: Library, asks: EventFilter) -> pd.DataFrame:
    """Return the incidents that match whatever the place."""
    wider = EventFilter(
        asks.adm0, "", asks.device, asks.harmed, asks.reviewed, asks.query, asks.window, asks.least
    )
    return chosen(library.edition, reads.events(library.edition, asks.least), wider)


def show_table(found: pd.DataFrame, event: Event | None, shown: int) -> None:
    """Show a piece of the list; a row picks its incident."""
    if found.empty:
        note(_("No incident matches. Choose another country, place, device or period, or fewer words."))
        return
    piece = found.iloc[(shown - 1) * ROWS : shown * ROWS]
    ids = piece["event_id"].tolist()
    key = f"incident table {shown} {st.session_state.get(_FROM_MAP, 0)}"

    def follow() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        pick(ids[rows[0]] if rows and rows[0] < len(ids) else "")

    note(
        ngettext(
            "{n} incident; click a row\u2019s box for its sentence.",
            "{n} incidents; click a row\u2019s box for its sentence.",
            len(found),
        ).format(n=number(len(found)))
    )
    at = [ids.index(event["event_id"])] if event and event["event_id"] in ids else []
    told = table(piece)
    st.dataframe(
        told,
        hide_index=True,
        on_select=follow,
        selection_mode="single-row",
        selection_default={"selection": {"rows": at}},
        column_config={
            _("Date"): st.column_config.TextColumn(width=110),
            _("Place"): st.column_config.TextColumn(width=255),
            _("Harmed"): st.column_config.TextColumn(width=140),
            _("Device"): st.column_config.TextColumn(width=140),
            _("Reports"): st.column_config.NumberColumn(width=65),
            _("Reports disagree on"): st.column_config.TextColumn(width=150),
        },
        height=min(len(piece), 10) * 34 + 38,
        row_height=34,
        key=key,
    )
    on_paper(told)
    paging.show("incidents", shown, len(found), ROWS)


def show_picked(library: Library, found: pd.DataFrame, event: Event | None) -> None:
    """Show the card of the incident that is picked, else of the newest."""
    if found.empty:
        return
    if event:
        sight.bring(".st-key-card-incident", st.session_state.get(_PICKS, 0), phone_only=True)
    eventcards.show_card(library.edition, event or records(found.head(1))[0])


def show_downloads(library: Library, asks: EventFilter, found: pd.DataFrame) -> None:
    """Offer the reports of the incidents listed as files."""
    if found.empty:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="downloads incidents"):
        for file_format, name in _FORMATS:
            st.download_button(
                pgettext("list", "Download these as {name}").format(name=name),
                data=partial(as_zip, library, asks, found, file_format),
                file_name=f"geotrack-incidents-{file_format}.zip",
                mime="application/zip",
                on_click="ignore",
                key=f"download incidents {file_format}",
            )
    note(
        _(
            "One row a report, those of one incident share its {column}; with the filters, the date and "
            "what the file is not for."
        ).format(column="event_id")
        + " "
        + _(words.REDACTED)
    )


def as_zip(library: Library, asks: EventFilter, found: pd.DataFrame, file_format: FileFormat) -> bytes:
    """Return the reports of incidents as a zip: one file of them, and what it says of itself."""
    # The days are told, not filtered by: the list holds what may lie in them.
    window = {"from": asks.window.start, "to": asks.window.end}
    narrowed = {name: value.isoformat() for name, value in window.items() if value} | {
        name: str(value)
        for name, value in asks.params.items()
        if value and name in {"place", "device", "harmed", "reviewed", "search"}
    }
    content = ExportContent(
        reads.figures(library.edition).head(0),
        reads.incidents(library.edition),
        reads.gazetteer(),
        (),
        dt.datetime.now(dt.UTC).date(),
        ExportFilter(asks.adm0 or None, min_confidence=asks.least),
        incident_ids=frozenset(one for ids in found["incident_ids"] for one in ids),
        narrowed=narrowed,
    )
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in export(content, Path(folder), file_format):
            if path.stem in {"incidents", "metadata"}:
                archive.write(path, path.name)
    return packed.getvalue()
