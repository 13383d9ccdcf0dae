"""The list of documents, and one document with its facts marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from geotrack.analysis.tables import records
from geotrack.app import links, notes, reads, state, texts
from geotrack.app.cards import html, joined, note, source_line
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.extraction.lexicon import languages
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, pgettext, retold
from geotrack.maps import evidence, words
from geotrack.models import Source
from geotrack.store import Excerpt, StoredDocument

FIRST_SHOWN = 25
_LEGEND = (
    '<p class="gt-legend"><mark class="figure">{}</mark> <mark class="incident">{}</mark> '
    '<mark class="place">{}</mark>{}</p>'
)
_FOUND = Markup("<mark>{}</mark>")
_REFUSED = Markup(' <mark class="refused">{}</mark>')
# Constant: no document reaches a script.
_SCROLL = (
    "<script>const chosen = document.getElementById('" + texts.CHOSEN_ID + "');"
    "if (chosen) chosen.scrollIntoView({block: 'center'});</script>"
)


def chosen(asked: Asked) -> tuple[str, str | None]:
    """Return the document that is read, and the fact in it that is looked at; empty is none."""
    document_id = st.session_state[asked.hold("document", "", str)]
    fact = st.session_state[asked.hold("fact", "", str)]
    return document_id, fact or None


def choose(document_id: str) -> None:
    """Open a document, or with an empty id the list; for callbacks."""
    st.session_state["documents document"] = document_id
    st.session_state["documents fact"] = ""
    state.touch()


def show_list(library: Library, query: str) -> None:
    """Show the documents that hold the words searched for, all of them without a search; the newest first."""
    found = matching(library, query)
    if found.empty:
        note(_("No document matches. Clear the search to see all of them."))
        return
    shown = len(found) if st.session_state.get("all documents") else FIRST_SHOWN
    note(ngettext("{n} document", "{n} documents", len(found)).format(n=number(len(found))))
    for row in records(found.head(shown)):
        _show_row(row, library.store.excerpt(row["document_id"], query) if query else None)
    if len(found) > shown:
        st.button(_("Show more"), on_click=_show_all, type="tertiary")


def _show_all() -> None:
    st.session_state["all documents"] = True
    state.touch()


def matching(library: Library, query: str) -> pd.DataFrame:
    """Return the documents whose text, title or publisher holds what is searched for, the newest first."""
    documents = reads.documents(library.edition)
    if query.strip():
        rank = {document_id: at for at, document_id in enumerate(library.store.search(query))}
        found = documents[documents["document_id"].isin(rank)]
        return found.sort_values("document_id", key=lambda ids: ids.map(rank))
    return documents.iloc[::-1].sort_values("published", ascending=False, na_position="last", kind="stable")


def _show_row(row: dict[str, Any], excerpt: Excerpt | None) -> None:
    with st.container(border=True, gap=None):
        title = links.plain_label(row["title"] or _("Untitled ({id})").format(id=row["document_id"]))
        key = f"open {row['document_id']}"
        st.button(f"**{title}**", key=key, on_click=choose, args=(row["document_id"],), type="tertiary")
        html(
            "<p class='gt-note'><bdi>{}</bdi> · {} · {}{}</p>",
            row["publisher"] or _(words.NO_PUBLISHER),
            evidence.dated(row["published"]),
            found_in(row),
            " · " + pgettext("a report", "retold") if row["retold"] else "",
        )
        if excerpt:
            html('<p class="gt-found" dir="auto">{}</p>', _marked(excerpt))


def _marked(excerpt: Excerpt) -> Markup:
    """Return an excerpt with the words that were searched for marked."""
    pieces, end = [], 0
    for start, stop in excerpt.spans:
        pieces += [escape(excerpt.text[end:start]), _FOUND.format(excerpt.text[start:stop])]
        end = stop
    return joined([*pieces, escape(excerpt.text[end:])])


def found_in(row: Mapping[str, Any]) -> str:
    """Return what was read in a document, or that there are no rules for its language."""
    figures, incidents = row["n_figures"], row["n_incidents"]
    if not figures and not incidents and row["language"] not in languages():
        return _("not read: no reading rules for the language {language} yet").format(
            language=repr(row["language"])
        )
    told = ngettext("{n} figure", "{n} figures", figures).format(n=number(figures))
    harm = ngettext("{n} incident", "{n} incidents", incidents).format(n=number(incidents))
    return f"{told}, {harm}"


def show_document(library: Library, document_id: str, fact: str | None) -> None:
    """Show one document: who published it, then its text with every fact marked and listed beside."""
    stored = library.store.document(document_id)
    st.button(_("All documents"), on_click=choose, args=("",), type="tertiary")
    html("<h1><bdi>{}</bdi></h1>", stored.document.title or _("Untitled document"))
    html("<p class='gt-sub'>{}</p>", joined([_source(one) for one in stored.sources], " — "))
    _show_origin(stored)
    unread = _unread(stored)
    if unread:
        html(
            '<p class="gt-warn" role="status">{}</p>',
            _("Not read: {reason}. Place names are marked, nothing else.").format(reason=retold(unread)),
        )
        st.html(str(texts.render(stored.document, texts.highlights(stored.reading, refused=False), [])))
        return
    refused = bool(stored.reading.refused) and st.toggle(
        _("Show what looked like a fact and was not taken ({n})").format(n=len(stored.reading.refused)),
        key="refused",
        on_change=state.touch,
    )
    html(
        _LEGEND,
        pgettext("legend", "figure"),
        pgettext("legend", "incident"),
        pgettext("legend", "place"),
        _REFUSED.format(pgettext("legend", "not taken")) if refused else "",
    )
    marks = texts.highlights(stored.reading, refused=refused)
    beside = notes.notes(stored.reading, fact, refused=refused)
    st.html(str(texts.render(stored.document, marks, beside, fact)))
    if fact:
        st.html(_SCROLL, unsafe_allow_javascript=True)


def _unread(stored: StoredDocument) -> str:
    """Return why nothing was read in a document, where the reader refused the whole of it; else nothing."""
    whole = [one.reason for one in stored.reading.refused if one.span == (0, 0) and not one.text]
    return whole[0] if whole else ""


def _source(source: Source) -> Markup:
    return source_line(
        {
            "publisher": source.publisher or _(words.NO_PUBLISHER),
            "published": evidence.dated(source.published),
            "title": "",
            "url": evidence.web_address(source.url),
            "note": _(words.RETOLD) if source.retold else "",
        }
    )


def _show_origin(stored: StoredDocument) -> None:
    for source in stored.sources:
        if source.origin:
            html("<p class='gt-note'>{} <bdi>{}</bdi></p>", _("Original:"), source.origin)
