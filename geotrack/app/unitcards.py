"""The overview of a map, and the card of one unit: its total, and the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from geotrack.analysis.tables import records
from geotrack.app import certainty, eventcards, observations, reads, unittrends
from geotrack.app.cards import html, note
from geotrack.app.reads import Library
from geotrack.languages import gettext as _
from geotrack.maps import Scene, evidence, words
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.ordering import newest_first
from geotrack.maps.words import capitalised, unless_sure

Select = Callable[[str | None], None]


def show_overview(library: Library, scene: Scene, select: Select) -> None:
    """Show what is known of the country but not of one unit, and what to do next."""
    note(scene.unit_words.put_into(_("Choose one of the {of_units} or an incident, on the map.")))
    titles = (
        ("coarser", _("Figures for wider areas")),
        ("groups", words.groups_title(scene.unit_words)),
        ("straddling", _("Figures across the edge of the period")),
    )
    shown = [title for name, title in titles if _show_list(library, scene, name, title)]
    if scene.style.measure == INCIDENTS:
        unplaced = [event for event in eventcards.events(scene) if scene.unit_of(event) is None]
        if unplaced:
            html("<h3>{}</h3>", words.unplaced_title(scene.unit_words))
            eventcards.show_titles(unplaced, select)
            shown.append("incidents")
    if not shown and not scene.drawn.notna().any():
        _show_nothing(scene)


def _show_list(library: Library, scene: Scene, name: str, title: str) -> bool:
    rows = newest_first(getattr(scene.content, name))
    if rows.empty:
        return False
    html("<h3>{}</h3>", title)
    if name == "groups":
        note(_("One number for all of them: it is not split."))
    key = f"all {name} {scene.title}"
    observations.show_list(library.edition, rows, stock=scene.style.is_stock, key=key)
    return True


def _show_nothing(scene: Scene) -> None:
    html(
        "<h3>{}</h3><p>{} {}{}</p>",
        _("Nothing to show"),
        _("No report in the collection states this in this period: {country}.").format(
            country=scene.places.place(scene.style.adm0).name
        ),
        _(
            "Choose another measure (the number in brackets says how often each is reported), a longer "
            "period, or read more reports: geotrack ingest."
        ),
        unless_sure(scene.style.min_confidence),
    )


def show_unit(library: Library, scene: Scene, unit_id: str, select: Select) -> None:
    """Show a unit's total, what it rests on, what stands beside it, and its incidents."""
    name = str(scene.content.polygons["name"][unit_id])
    html("<p class='gt-kicker'>{}</p><h2>{}</h2>", capitalised(scene.unit_name), name)
    _show_total(library, scene, unit_id)
    if scene.content.polygons["approximate"][unit_id]:
        note(_("The border drawn is approximate."))
    unittrends.show_trend(library, scene, unit_id)
    if scene.style.measure != INCIDENTS:
        _show_grounds(library, scene, unit_id)
        unittrends.show_conflicts(library, scene, unit_id)
    here = [event for event in eventcards.events(scene) if scene.unit_of(event) == unit_id]
    if here:
        html("<h3>{}</h3>", _("Incidents here"))
        eventcards.show_titles(here, select)


def _show_total(library: Library, scene: Scene, unit_id: str) -> None:
    value = scene.drawn[unit_id]
    if pd.isna(value):
        grouped = any(unit_id in unit_ids for unit_ids in scene.content.groups["unit_ids"])
        html(
            "<p class='gt-number'>{}</p><p class='gt-sub'>{}{}</p>",
            _("No figure of its own"),
            (_grouped(scene) if grouped else _untold(scene)),
            unless_sure(scene.style.min_confidence),
        )
        return
    row = scene.content.totals.loc[[unit_id]].to_dict("records")[0]
    as_of = evidence.day(row["as_of"])
    latest = _("latest {day}") if scene.style.measure == INCIDENTS else _("as of {day}")
    when = latest.format(day=as_of) if as_of else ""
    html(
        "<p class='gt-number'>{}</p><p class='gt-sub'>{}</p>",
        scene.paint["units"][unit_id]["text"],
        ", ".join(part for part in (scene.heading, when, words.reports(int(row["n_documents"]))) if part),
    )
    if row["value"]:
        used, disputed = scene.content.used, set[str]()
        if scene.style.measure != INCIDENTS:
            used = used[used["unit_id"] == unit_id]
            disputed = _disputed(_bands(library, scene, unit_id))
        for said in certainty.reasons(row["qualifier"], records(used), disputed, unit_id, scene.style):
            note(said)


def _bands(library: Library, scene: Scene, unit_id: str) -> pd.DataFrame:
    """Return what is stated of a map's measure in a unit."""
    style = scene.style
    return reads.place_timeline(library.edition, unit_id, style.measure, style.min_confidence).bands


def _disputed(bands: pd.DataFrame) -> set[str]:
    """Return the observations that others contradict."""
    return set(bands["observation_id"][bands["in_conflict"]])


def _grouped(scene: Scene) -> str:
    told = _("{measure}: reported for several {of_units} together, see below.")
    return scene.unit_words.put_into(told, measure=scene.heading)


def _untold(scene: Scene) -> str:
    told = _("{measure}: no report in the collection states it for this {of_unit} alone.")
    return scene.unit_words.put_into(told, measure=scene.heading)


def _show_grounds(library: Library, scene: Scene, unit_id: str) -> None:
    """Show the observations behind a unit's total, and those that speak of it but are not added."""
    bands = _bands(library, scene, unit_id)
    grounds = scene.content.used[scene.content.used["unit_id"] == unit_id]
    counted = {figure for ids in grounds["figure_ids"] for figure in ids}
    used = pd.Series([bool(counted & set(ids)) for ids in bands["figure_ids"]], bands.index, dtype=bool)
    shared = bands["scope"].eq("group")
    own = bands["scope"].isin(["own", "inside"])
    grounds = grounds.assign(in_conflict=grounds["observation_id"].isin(_disputed(bands)))
    for rows, title in (
        (newest_first(grounds), _("What it rests on")),
        (newest_first(bands[shared & ~used]), _shared(scene)),
        (_with_reasons(library, scene, bands[own & ~used]), _("Reported, not added")),
    ):
        if not rows.empty:
            html("<h3>{}</h3>", title)
            key = f"all {title} {unit_id}"
            observations.show_list(library.edition, rows, stock=scene.style.is_stock, key=key)


def _shared(scene: Scene) -> str:
    return scene.unit_words.put_into(_("Shared with other {of_units}"))


def _with_reasons(library: Library, scene: Scene, rows: pd.DataFrame) -> pd.DataFrame:
    """Add why each observation was not added to the total."""
    if rows.empty:
        return rows
    left_out = reads.known_totals(library.edition, scene.style).left_out
    why = dict(zip(left_out["figure_id"], left_out["reason"], strict=True))
    beside = scene.content.straddling
    why |= {
        figure_id: reason
        for ids, reason in zip(beside["figure_ids"], beside["reason"], strict=True)
        for figure_id in ids
    }
    reasons = [next((why[one] for one in ids if one in why), "") for ids in rows["figure_ids"]]
    return rows.assign(reason=reasons)
