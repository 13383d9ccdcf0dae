"""What the collection leaves open: places in doubt, facts and reports without a date, without facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from geotrack.analysis.ambiguity import ambiguous_names
from geotrack.analysis.confidence import less_sure
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import DAY_LENGTH
from geotrack.analysis.unlisted import unlisted_villages
from geotrack.app import coverages, documentlists, eventcards, links, observations, paging, reads
from geotrack.app.cards import note
from geotrack.app.coverages import coverage_by
from geotrack.app.documentlists import DocumentFilter
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, retold
from geotrack.maps import evidence, words

ROWS = 12
_LINKED = 6  # documents that a name leads to; more are in the list of documents
KINDS = {
    "places": {
        "ambiguous": n_("Names of several places"),
        "villages": n_("Villages on no list"),
        "inferred": n_("Figures whose place was worked out"),
        "told": n_("Incidents whose place was worked out"),
        "unknown": n_("Facts of places no longer known"),
    },
    "undated": {
        "figures": n_("Figures without a period"),
        "incidents": n_("Incidents without a day"),
        "documents": n_("Reports without a date"),
    },
    "empty": {"nothing": n_("Read, nothing found"), "unread": n_("Not read")},
}
_SAYS = {
    "ambiguous": n_("The text does not settle which of these places is meant; the likeliest was taken."),
    "villages": n_(
        "These sentences name a village that no list of places has: the fact stands at the district, oblast "
        "or country told of around it. A place nearer to it can be given under Review, on a map."
    ),
    "inferred": n_("The sentence names no place: the one told of before, or that of the report, was taken."),
    "told": n_("The sentence names no place: the one told of before, or that of the report, was taken."),
    "unknown": n_(
        "Read with other places than those that come with geotrack now: geotrack ingest reads anew."
    ),
    "figures": n_("They are counted in no period and stand on no timeline."),
    "incidents": n_("Known by month or year, or by no date at all."),
    "documents": n_(
        "\u201cLast week\u201d in such a report cannot be dated. A date given when it is added again is "
        "kept: geotrack ingest --published."
    ),
    "nothing": n_("They were read, and state no number or incident that the rules know."),
    "unread": n_("There are no reading rules for their language: place names are marked, nothing else."),
}
_DOCUMENTS = {"documents": "undated", "nothing": "nothing", "unread": "unread"}

Asks = tuple[str, float, str, str]


def kinds(edition: Edition, view: str, adm0: str, least: float) -> dict[str, tuple[str, int]]:
    """Return the kinds of a view: what each is called, and how much of it there is."""
    return {
        kind: (_(name), len(_found(edition, kind, adm0, least))) for kind, name in KINDS.get(view, {}).items()
    }


def counts(edition: Edition, adm0: str, least: float) -> dict[str, int]:
    """Return how much is in each view."""
    return {view: sum(count for _name, count in kinds(edition, view, adm0, least).values()) for view in KINDS}


@st.cache_resource(show_spinner=False, max_entries=64)
def _found(edition: Edition, kind: str, adm0: str, least: float) -> pd.DataFrame:
    """Return what there is of a kind: names, figures, incidents or documents."""
    nesting = Nesting(reads.gazetteer())
    if kind == "ambiguous":
        names = ambiguous_names(reads.mentions(edition), nesting)
        here = [not adm0 or nesting.place(one).adm0 == adm0 for one in names["place_id"]]
        return names[pd.Series(here, index=names.index, dtype=bool)]
    if kind == "villages":
        tables = (reads.figures(edition), reads.incidents(edition))
        told = (of_country(_standing(table, least), adm0) for table in tables)
        return unlisted_villages(told, reads.mentions(edition))
    if kind in _DOCUMENTS:
        return documentlists.matching(edition, DocumentFilter(place=adm0, only=_DOCUMENTS[kind]))
    table = reads.incidents(edition) if kind in {"told", "incidents"} else reads.figures(edition)
    if kind == "unknown":
        return _of_unknown_places(edition, least)
    table = _standing(table, least)
    if kind == "figures":
        keep = [
            one is None and other is None for one, other in zip(table["start"], table["end"], strict=True)
        ]
    elif kind == "incidents":
        keep = [len(date or "") < DAY_LENGTH for date in table["date"]]
    else:
        keep = ["places" in inferred for inferred in table["inferred"]]
    return of_country(table[pd.Series(keep, index=table.index, dtype=bool)], adm0)


def _of_unknown_places(edition: Edition, least: float) -> pd.DataFrame:
    """Return the figures and incidents that name a place which no pack has any more."""
    nesting = Nesting(reads.gazetteer())
    rows: list[dict[str, Any]] = []
    for table in (reads.figures(edition), reads.incidents(edition)):
        told = _standing(table, least)
        lost = [bool(nesting.unknown(place_ids)) for place_ids in told["place_ids"]]
        rows += records(told[pd.Series(lost, index=told.index, dtype=bool)])
    return pd.DataFrame(rows, dtype=object)


def _standing(table: pd.DataFrame, least: float) -> pd.DataFrame:
    """Return the facts that nobody rejected and that are sure enough."""
    gone = less_sure(table, least).index
    return table[(table["review"] != "rejected") & ~table.index.isin(gone)]


def of_country(rows: pd.DataFrame, adm0: str) -> pd.DataFrame:
    """Return the rows that speak of a country's places, all of them without one."""
    if not adm0:
        return rows
    nesting = Nesting(reads.gazetteer())
    here = [
        any(not nesting.unknown([one]) and nesting.place(one).adm0 == adm0 for one in ids)
        for ids in rows["place_ids"]
    ]
    return rows[pd.Series(here, index=rows.index, dtype=bool)]


def show(library: Library, asked: Asked, view: str, asks: Asks) -> int:
    """Show one of these views, and return which piece of its list that is."""
    adm0, least, kind, by = asks
    if view == "coverage":
        coverages.show(library, adm0, by)
        return 1
    found = _found(library.edition, kind, adm0, least)
    shown = paging.at(asked, (view, *asks), len(found), ROWS)
    note(_(_SAYS[kind]))
    if found.empty:
        note(_("There are none."))
        return shown
    for row in records(found.iloc[(shown - 1) * ROWS : shown * ROWS]):
        if kind == "ambiguous":
            _show_name(library.edition, row)
        elif kind == "villages":
            _show_village(library.edition, row)
        elif kind in _DOCUMENTS:
            _show_document(row)
        else:
            _show_fact(library.edition, row)
    paging.show("check", shown, len(found), ROWS)
    if kind in _DOCUMENTS:
        params = {"only": _DOCUMENTS[kind]} | ({"place": adm0} if adm0 else {})
        links.link(links.DOCUMENTS, _("Search and sort them among the documents"), params)
    return shown


def _show_name(edition: Edition, row: Mapping[str, Any]) -> None:
    """Show a name of several places: the one taken, why, the others, and the reports that have it."""
    taken = observations.located_names([row["place_id"]])
    told = _("{name}: {place}, not {others}").format(
        name=row["text"], place=taken, others=observations.located_names(row["alternatives"], 3)
    )
    label = (
        f"**{links.plain_label(row['text'])}**  {links.plain_label(told.removeprefix(row['text'] + ': '))}"
    )
    with st.expander(f"{label}  · {links.plain_label(words.reports(row['n_documents']))}", expanded=False):
        why = "; ".join(map(retold, row["why"].split("; ")))
        note(
            _("Taken because: {why}. Score {score} of 1.").format(
                why=why, score=number(round(row["score"], 2))
            )
        )
        _link_documents(edition, row["document_ids"], row["text"])


def _show_village(edition: Edition, row: Mapping[str, Any]) -> None:
    """Show a village that no list has, and the sentences of facts that name it."""
    label = f"**{links.plain_label(row['name'])}**  {links.plain_label(words.reports(row['n_documents']))}"
    with st.expander(label, expanded=False):
        observations.show_figures(edition, row["figure_ids"], row["name"])
        observations.show_incidents(edition, row["incident_ids"], row["name"])


def _link_documents(edition: Edition, document_ids: Sequence[str], query: str) -> None:
    table = reads.documents(edition)
    for row in records(table[table["document_id"].isin(set(document_ids[:_LINKED]))]):
        label = row["title"] or _("Untitled ({id})").format(id=row["document_id"])
        told = ", ".join((row["publisher"] or _(words.NO_PUBLISHER), evidence.dated(row["published"])))
        params = {"document": row["document_id"], "search": query, "match": "1"}
        links.link(links.DOCUMENTS, f"{label} ({told})", params)
    if len(document_ids) > _LINKED:
        links.link(links.DOCUMENTS, _("All of them among the documents"), {"search": f'"{query}"'})


def _show_document(row: Mapping[str, Any]) -> None:
    label = row["title"] or _("Untitled ({id})").format(id=row["document_id"])
    told = (
        row["publisher"] or _(words.NO_PUBLISHER),
        evidence.dated(row["published"]),
        documentlists.found_in(row),
    )
    links.document_link(row["document_id"], None, f"{label} ({', '.join(told)})")


def _show_fact(edition: Edition, row: Mapping[str, Any]) -> None:
    """Show a figure or an incident as a line that opens to its sentence."""
    if "measure" in row and isinstance(row["measure"], str):
        value = observations.stored_value_text(row)
        where = (
            observations.place_names(row["place_ids"])
            if _known(row["place_ids"])
            else ", ".join(row["place_ids"])
        )
        parts = (words.measure(row["measure"]), where, observations.period_text(row, stock=False))
        label = f"**{links.plain_label(value)}**  {links.plain_label(' · '.join(parts))}"
        show_sentence = partial(observations.show_figures, edition, [row["figure_id"]])
    else:
        label = links.plain_label(
            eventcards.title(row) if _known(row["place_ids"]) else ", ".join(row["place_ids"])
        )
        show_sentence = partial(observations.show_incidents, edition, [row["incident_id"]])
    with st.expander(label, expanded=False):
        show_sentence()


def _known(place_ids: Iterable[str]) -> bool:
    return not Nesting(reads.gazetteer()).unknown(place_ids)


def show_units(table: pd.DataFrame, place_ids: Sequence[str], key: str) -> None:
    """Show units, a row each; the one picked leads to the reports that name it."""
    note(_("Click a row\u2019s box for the reports that name it."))
    picked = st.dataframe(
        table, hide_index=True, on_select="rerun", selection_mode="single-row", width="content", key=key
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(place_ids):
        name = reads.places().titled(place_ids[rows[0]])
        told = _("Reports that name {place}").format(place=name)
        links.link(links.DOCUMENTS, told, {"place": place_ids[rows[0]]})
        wider = {"places": place_ids[rows[0]], "wider": "1"}
        links.link(links.TIMELINE, _("Its figures and incidents, those shared with others, too"), wider)


__all__ = ["counts", "coverage_by", "kinds", "of_country", "show", "show_units"]
