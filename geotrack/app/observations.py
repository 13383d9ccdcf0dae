"""Observations as lines that open to their sentences: a value, its period and places, and who said it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

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

FIRST_SHOWN = 4
MOST_SHOWN = 200  # after which a page would take long to come
SENTENCES_SHOWN = 3  # of one observation
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


def stored_value_text(row: Row) -> str:
    """Return a stored figure's value as `value_text` does an observation's."""
    per_unit = row["value_si"] / row["value"] if row["value"] else 1.0
    high = row["value_max"]
    high = None if pd.isna(high) else high * per_unit
    return value_text({**row, "value": row["value_si"], "value_max": high, "unit": row["unit_si"]})


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


def unit_name(place_id: str) -> str:
    """Return a unit's name with the word for its kind; one inside another unit names that, too."""
    places = reads.places()
    place = places.place(place_id)
    if place.level == "country":
        return place.name
    name = places.titled(place_id)
    inside = place.level == "adm2" and place.adm1 and place.adm1 != place_id
    return f"{name}, {places.place(place.adm1).name}" if inside and place.adm1 else name


def show_list(edition: Edition, rows: pd.DataFrame, *, stock: bool, key: str) -> None:
    """Show observations, each a line that opens to its sentences; a long list is cut until asked for."""
    count, listed = len(rows), records(rows.head(MOST_SHOWN))
    everything = count <= FIRST_SHOWN or st.session_state.get(key, False)
    for place, row in enumerate(listed[: MOST_SHOWN if everything else FIRST_SHOWN]):
        # Of a long list the sentences come when a line is opened: all of them would take long to come.
        line = f"{key} {place}" if count > FIRST_SHOWN else None
        show_one(edition, row, stock=stock, opened=place == 0 and line is None, asked_by=line)
    if not everything:
        _offer_all(count, key)


def _offer_all(count: int, key: str) -> None:
    st.button(
        ngettext("Show all {n}", "Show all {n}", count).format(n=number(count)),
        key=f"{key} button",
        on_click=_show_all,
        args=(key,),
        type="tertiary",
    )


def _show_all(key: str) -> None:
    st.session_state[key] = True
    state.touch()


def show_one(edition: Edition, row: Row, *, stock: bool, opened: bool, asked_by: str | None = None) -> None:
    """Show one observation: what it says, then the sentences that say it, each one click from its text.

    With `asked_by`, a name for the line, the sentences are sent when it is opened.
    """
    parts = [period_text(row, stock=stock), place_names(row["place_ids"])]
    label = f"**{links.plain_label(value_text(row))}**  {links.plain_label(' · '.join(parts))}"
    when: Literal["rerun", "ignore"] = "rerun" if asked_by else "ignore"
    line = st.expander(label, expanded=opened, key=asked_by, on_change=when)
    if asked_by and not line.open:
        return
    with line:
        if row.get("in_conflict"):
            note(_("Reports disagree: another value is given for the same places and days."))
        how = row.get("derived")
        if how in _DERIVED:
            note(_(_DERIVED[how]))
        if row.get("reason"):
            note(_("Listed here because: {reason}.").format(reason=retold(row["reason"])))
        key = f"{how or ''} {row.get('observation_id', '')}"
        show_figures(edition, row["figure_ids"], key)
        show_incidents(edition, row["incident_ids"], key)


def show_figures(edition: Edition, figure_ids: Iterable[str], key: str = "") -> None:
    """Show the sentences of figures, each with a link to its place in the document."""
    table = reads.figures(edition)
    _show_facts(table[table["figure_id"].isin(set(figure_ids))], "figure", key)


def show_incidents(edition: Edition, incident_ids: Iterable[str], key: str = "") -> None:
    """Show the sentences of incidents, each with a link to its place in the document."""
    table = reads.incidents(edition)
    _show_facts(table[table["incident_id"].isin(set(incident_ids))], "incident", key)


def _show_facts(facts: pd.DataFrame, kind: str, key: str) -> None:
    """Show each sentence once, whatever number of facts it states, with the words of all of them marked.

    Of many documents that say the same the first are shown, the others when they are asked for.
    """
    listed = by_sentence(records(facts))
    key = f"all {kind}s {key} {hash(tuple(facts.index))}"
    everything = len(listed) <= SENTENCES_SHOWN or st.session_state.get(key, False)
    for told in listed if everything else listed[:SENTENCES_SHOWN]:
        st.html(str(quote(told, kind)))
        for fact in told:
            if fact["same_as"]:
                alone = fact["same_as"] == fact[f"{kind}_id"]
                said = retold(why_linked(fact["linked_by"], fact["linked_on"], alone=alone))
                note(f"{capitalised(said)}.")
        with st.container(horizontal=True, gap="medium"):
            links.document_link(told[0]["document_id"], told[0][f"{kind}_id"])
            links.review_link(told[0][f"{kind}_id"])
    if not everything:
        _offer_all(len(listed), key)
