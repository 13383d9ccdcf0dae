"""The card of an incident: who was harmed, where and when, and every sentence that tells of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from geotrack.analysis.tables import records
from geotrack.app import links, reads
from geotrack.app.cards import html, note
from geotrack.app.observations import located_names, place_names, show_incidents
from geotrack.app.reads import Edition, Library
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number
from geotrack.maps import Scene, disputes, evidence
from geotrack.maps.words import capitalised, device

FIRST_SHOWN = 12

Event = Mapping[str, Any]
Select = Callable[[str | None], None]


def events(scene: Scene) -> list[dict[str, Any]]:
    """Return the incidents of a map, newest first."""
    return records(scene.content.events.sort_values("date", ascending=False, na_position="last"))


def event_of(scene: Scene, event_id: str) -> Event:
    """Return one incident of a map."""
    return next(event for event in events(scene) if event["event_id"] == event_id)


def title(event: Event) -> str:
    """Return when and where an incident was, and whom it harmed."""
    told = _("{date}, {places}: {toll}")
    when, where = evidence.dated(event["date"]), place_names(event["place_ids"], 2)
    return told.format(date=when, places=where, toll=evidence.toll(event))


def show_titles(listed: Iterable[Event], select: Select) -> None:
    """Show incidents as lines that select them."""
    rows = list(listed)
    for event in rows[:FIRST_SHOWN]:
        label = links.plain_label(title(event))
        st.button(
            label,
            key=f"event {event['event_id']}",
            on_click=select,
            args=(event["event_id"],),
            type="tertiary",
        )
    if len(rows) > FIRST_SHOWN:
        told = ngettext(
            "{n} incident is on the page of incidents",
            "All {n} incidents are on the page of incidents",
            len(rows),
        )
        links.link(links.INCIDENTS, told.format(n=number(len(rows))))


def show_event(library: Library, scene: Scene, event_id: str, select: Select) -> None:
    """Show an incident of the map, and the others of its unit."""
    event = event_of(scene, event_id)
    show_card(library.edition, event)
    unit_id = scene.unit_of(event)
    others = [one for one in events(scene) if scene.unit_of(one) == unit_id and one["event_id"] != event_id]
    if unit_id and others:
        name = scene.content.polygons["name"][unit_id]
        html("<h3>{}</h3>", _("Other incidents here: {place}").format(place=name))
        show_titles(others, select)


def show_card(edition: Edition, event: Event) -> None:
    """Show what is known of an incident, and each telling with its words marked."""
    html(
        "<p class='gt-kicker'>{}</p><h2>{}</h2><p class='gt-number'>{}</p><p class='gt-sub'>{}</p>",
        _("Incident"),
        located_names(event["place_ids"]),
        capitalised(evidence.toll(event)),
        ", ".join((evidence.dated(event["date"]), device(event["device"]))),
    )
    note(_precision(event))
    _show_disagreements(event)
    html("<h3>{}</h3>", _("Where it is said"))
    show_incidents(edition, event["incident_ids"])


def _show_disagreements(event: Event) -> None:
    """Show what the reports of an incident tell differently, each value with those that tell it."""
    if not event["disagreements"]:
        return
    html("<h3>{}</h3>", _("Where reports disagree"))
    for one in event["disagreements"]:
        note(disputes.told(one, lambda place_id: located_names([place_id])))


def disagreements(event: Event) -> str:
    """Return on what the reports of an incident disagree: `people killed, day`; empty where they agree."""
    names = (disputes.FIELDS[one["field"]] for one in event["disagreements"])
    return ", ".join(map(_, names))


def _precision(event: Event) -> str:
    """Say how well the place is known: a district never becomes a point."""
    places = [reads.gazetteer().place(place_id) for place_id in event["place_ids"]]
    if len(places) == 1 and places[0].level == "settlement":
        return _("The settlement is stated; where in it, or how near, is not.")
    return _("The exact place is not stated.")
