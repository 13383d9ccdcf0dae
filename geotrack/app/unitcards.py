"""The overview of a map, and the card of one unit: its total, and the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from geotrack.app import eventcards, observations, reads
from geotrack.app.cards import LOCALE, html, note, unless_sure
from geotrack.app.reads import Library
from geotrack.maps import Scene, evidence
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.scenes import newest_first

Select = Callable[[str | None], None]

_LISTS = (
    ("coarser", "Figures for wider areas"),
    ("groups", "Figures for several {units} together"),
    ("straddling", "Figures across the edge of the period"),
)
_SAYS = {
    "exact": "Exact: reports that state exact numbers cover the whole period and place.",
    "at_least": "At least: reports cover a part of the period or the place only.",
    "approx": "About: a report gives this number as approximate.",
    "at_most": "At most: a report gives this number as an upper limit.",
}


def show_overview(library: Library, scene: Scene, select: Select) -> None:
    """Show what is known of the country but not of one unit, and what to do next."""
    note(f"Choose one of the {scene.units_name} or an incident, on the map.")
    titles = [(name, title.format(units=scene.units_name)) for name, title in _LISTS]
    shown = [title for name, title in titles if _show_list(library, scene, name, title)]
    if scene.style.measure == INCIDENTS:
        unplaced = [event for event in eventcards.events(scene) if scene.unit_of(event) is None]
        if unplaced:
            html("<h3>Incidents not known to one {}</h3>", scene.unit_name)
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
        note("One number for all of them: it is not split.")
    key = f"all {name} {scene.title}"
    observations.show_list(library.edition, rows, stock=scene.style.is_stock, key=key)
    return True


def _show_nothing(scene: Scene) -> None:
    html(
        "<h3>Nothing to show</h3><p>No report in the collection states this for {} in this period. "
        "Choose another measure (the number in brackets says how often each is reported), a longer period, "
        "or read more reports: <code>geotrack ingest my-reports/</code>.{}</p>",
        scene.content.places.place(scene.style.adm0).name,
        unless_sure(scene.style.min_confidence),
    )


def show_unit(library: Library, scene: Scene, unit_id: str, select: Select) -> None:
    """Show a unit's total, what it rests on, what stands beside it, and its incidents."""
    name = str(scene.content.polygons["name"][unit_id])
    html("<p class='gt-kicker'>{}</p><h2>{}</h2>", scene.unit_name.capitalize(), name)
    _show_total(scene, unit_id)
    if scene.content.polygons["approximate"][unit_id]:
        note("The border drawn is approximate.")
    if scene.style.measure != INCIDENTS:
        _show_grounds(library, scene, unit_id)
    here = [event for event in eventcards.events(scene) if scene.unit_of(event) == unit_id]
    if here:
        html("<h3>Incidents here</h3>")
        eventcards.show_titles(here, select)


def _show_total(scene: Scene, unit_id: str) -> None:
    value = scene.drawn[unit_id]
    if pd.isna(value):
        grouped = any(unit_id in unit_ids for unit_ids in scene.content.groups["unit_ids"])
        html(
            "<p class='gt-number'>No figure of its own</p><p class='gt-sub'>{}: {}{}</p>",
            scene.heading,
            f"reported for several {scene.units_name} together, see below."
            if grouped
            else f"no report in the collection states it for this {scene.unit_name} alone.",
            unless_sure(scene.style.min_confidence),
        )
        return
    row = scene.content.totals.loc[[unit_id]].to_dict("records")[0]
    as_of = evidence.day(row["as_of"], LOCALE)
    html(
        "<p class='gt-number'>{}</p><p class='gt-sub'>{}{}, {} {}</p>",
        scene.view["units"][unit_id]["text"],
        scene.heading,
        f", {'latest' if scene.style.measure == INCIDENTS else 'as of'} {as_of}" if as_of else "",
        int(row["n_documents"]),
        "report" if row["n_documents"] == 1 else "reports",
    )
    if row["qualifier"] in _SAYS and row["value"]:
        note(_SAYS[row["qualifier"]])


def _show_grounds(library: Library, scene: Scene, unit_id: str) -> None:
    """Show the observations behind a unit's total, and those that speak of it but are not added."""
    style = scene.style
    bands = reads.place_timeline(library.edition, unit_id, style.measure, style.min_confidence).bands
    counted = _figures_of(scene, unit_id)
    used = pd.Series([bool(counted & set(ids)) for ids in bands["figure_ids"]], bands.index, dtype=bool)
    shared = bands["scope"].eq("group")
    own = bands["scope"].isin(["own", "inside"])
    for rows, title in (
        (newest_first(bands[used]), "What it rests on"),
        (newest_first(bands[shared & ~used]), f"Shared with other {scene.units_name}"),
        (_with_reasons(library, scene, bands[own & ~used]), "Reported, not added"),
    ):
        if not rows.empty:
            html("<h3>{}</h3>", title)
            key = f"all {title} {unit_id}"
            observations.show_list(library.edition, rows, stock=scene.style.is_stock, key=key)


def _figures_of(scene: Scene, unit_id: str) -> set[str]:
    totals = scene.content.totals
    return set(totals["figure_ids"][unit_id]) if unit_id in totals.index else set()


def _with_reasons(library: Library, scene: Scene, rows: pd.DataFrame) -> pd.DataFrame:
    """Add why each observation was not added to the total."""
    if rows.empty:
        return rows
    left_out = reads.totals(library.edition, scene.style).left_out
    why = dict(zip(left_out["figure_id"], left_out["reason"], strict=True))
    beside = scene.content.straddling
    why |= {
        figure_id: reason
        for ids, reason in zip(beside["figure_ids"], beside["reason"], strict=True)
        for figure_id in ids
    }
    reasons = [next((why[one] for one in ids if one in why), "") for ids in rows["figure_ids"]]
    return rows.assign(reason=reasons)
