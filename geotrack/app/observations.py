"""Observations as lines that open to their sentences: a value, its period and places, and who said it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from geotrack.analysis.links import why_linked
from geotrack.analysis.tables import records
from geotrack.app import links, reads, state
from geotrack.app.cards import by_sentence, note, quote
from geotrack.app.reads import Edition
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, retold, spoken
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence
from geotrack.maps.scales import scale_of
from geotrack.maps.words import capitalised

FIRST_SHOWN = 8
_DERIVED = {
    "difference": n_("Worked out: by how much a running total grew from one report to the next."),
    "parts": n_("Worked out: reports count these kinds one by one for the same places and days."),
    "split": n_("A share of a number for several places, which no report states."),
    "incidents": n_("Worked out: those whom the incidents of this day and place harmed."),
}

Row = Mapping[str, Any]


def value_text(row: Row) -> str:
    """Return an observation's value with unit and qualifier, as `at least 1,234 ha`."""
    high = row.get("value_max")
    ends: list[float] = [row["value"]] if high is None or pd.isna(high) else [row["value"], high]
    scale = scale_of(row["unit"], ends, spoken())
    first, *last = (scale.text(end, row["qualifier"] or "exact") for end in ends)
    return _("{low} to {high}").format(low=first, high=scale.text(ends[-1])) if last else first


def period_text(row: Row, *, stock: bool) -> str:
    """Return an observation's period in words."""
    return evidence.period(row["start"], row["end"], stock=stock)


def place_names(place_ids: Iterable[str], most: int = 4) -> str:
    """Return the names of places in a row."""
    places = reads.places()
    return evidence.joined((places.place(place_id).name for place_id in place_ids), most)


def located_names(place_ids: Iterable[str], most: int = 4) -> str:
    """Return the names of places in a row, each with the first-level unit that it lies in."""
    return evidence.joined(map(_located, place_ids), most)


def _located(place_id: str) -> str:
    """Return a place's name as `Lyman, Donetsk Oblast` or `Horadiz, Fuzuli District`."""
    places = reads.places()
    place = places.place(place_id)
    if place.level not in {"adm1", "adm2", "settlement"}:
        return place.name
    titled = places.titled(place.adm1 or place.id)
    return titled if place.id == (place.adm1 or place.id) else f"{place.name}, {titled}"


def show_list(edition: Edition, rows: pd.DataFrame, *, stock: bool, key: str) -> None:
    """Show observations, each a line that opens to its sentences; a long list is cut until asked for."""
    listed = records(rows)
    everything = len(listed) <= FIRST_SHOWN or st.session_state.get(key, False)
    for place, row in enumerate(listed if everything else listed[:FIRST_SHOWN]):
        show_one(edition, row, stock=stock, opened=place == 0 and len(listed) <= FIRST_SHOWN)
    if not everything:
        st.button(
            ngettext("Show all {n}", "Show all {n}", len(listed)).format(n=number(len(listed))),
            key=f"{key} button",
            on_click=_show_all,
            args=(key,),
            type="tertiary",
        )


def _show_all(key: str) -> None:
    st.session_state[key] = True
    state.touch()


def show_one(edition: Edition, row: Row, *, stock: bool, opened: bool) -> None:
    """Show one observation: what it says, then the sentences that say it, each one click from its text."""
    parts = [period_text(row, stock=stock), place_names(row["place_ids"])]
    label = f"**{links.plain_label(value_text(row))}**  {links.plain_label(' · '.join(parts))}"
    with st.expander(label, expanded=opened):
        if row.get("in_conflict"):
            note(_("Reports disagree: another value is given for the same places and days."))
        how = row.get("derived")
        if how in _DERIVED:
            note(_(_DERIVED[how]))
        if row.get("reason"):
            note(_("Listed here because: {reason}.").format(reason=retold(row["reason"])))
        show_figures(edition, row["figure_ids"])
        show_incidents(edition, row["incident_ids"])


def show_figures(edition: Edition, figure_ids: Iterable[str]) -> None:
    """Show the sentences of figures, each with a link to its place in the document."""
    table = reads.figures(edition)
    _show_facts(table[table["figure_id"].isin(set(figure_ids))], "figure")


def show_incidents(edition: Edition, incident_ids: Iterable[str]) -> None:
    """Show the sentences of incidents, each with a link to its place in the document."""
    table = reads.incidents(edition)
    _show_facts(table[table["incident_id"].isin(set(incident_ids))], "incident")


def _show_facts(facts: pd.DataFrame, kind: str) -> None:
    """Show each sentence once, whatever number of facts it states, with the words of all of them marked."""
    for told in by_sentence(records(facts)):
        st.html(str(quote(told, kind)))
        for fact in told:
            if fact["same_as"]:
                alone = fact["same_as"] == fact[f"{kind}_id"]
                said = retold(why_linked(fact["linked_by"], fact["linked_on"], alone=alone))
                note(f"{capitalised(said)}.")
        links.document_link(told[0]["document_id"], told[0][f"{kind}_id"])
