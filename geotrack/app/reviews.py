"""The page of reviewing: which facts are asked for, how far one has come, the fact or the text in hand."""

from __future__ import annotations

import streamlit as st

from geotrack.app import links, reviewcards, reviewfacts, reviewqueue, reviewtexts, state
from geotrack.app.cards import html, not_understood, note
from geotrack.app.reads import Library
from geotrack.app.reviewcards import Desk
from geotrack.app.reviewqueue import VIEWS, Queue, QueueFilter
from geotrack.app.state import Asked
from geotrack.errors import GeotrackError
from geotrack.languages import gettext as _
from geotrack.languages import number, retold


def is_empty(library: Library) -> bool:
    """Tell whether the library has nothing to review, nor had."""
    return reviewqueue.order(library).empty and not reviewqueue.standings(library.edition)


def view(asked: Asked) -> str:
    """Ask what to do: judge fact by fact, go through a text, or look at what was said."""
    return str(
        st.segmented_control(
            _("How to review"),
            list(VIEWS),
            format_func=lambda one: _(VIEWS[one]),
            key=asked.hold("view", "queue", state.one_of(VIEWS)),
            on_change=state.touch,
            label_visibility="collapsed",
            required=True,
        )
    )


def show(library: Library, asked: Asked, shown: str, who: str) -> None:
    """Show the fact in hand, or the text."""
    if shown == "text":
        document_id = str(st.session_state[asked.hold("document", "", str)])
        state.keep("review", {"view": shown, "document": document_id})
        not_understood(asked.not_understood())
        _show_text(library, document_id, who)
        return
    asks = reviewqueue.ask(library, asked)
    fact_id = str(st.session_state[asked.hold("fact", "", str)])
    found = reviewqueue.queue(library, asks)
    fact_id = fact_id or found.next_after("")
    state.keep("review", {"view": None, "fact": fact_id} | asks.params)
    st.session_state["review fact"] = fact_id
    not_understood(asked.not_understood())
    _show_progress(found, asks, library)
    _show_card(library, found, fact_id, who)


def _show_text(library: Library, document_id: str, who: str) -> None:
    if not document_id:
        note(_("Open a document to go through its whole text: from a fact of the queue, or here."))
        links.link(links.DOCUMENTS, _("All documents"))
        return
    try:
        reviewtexts.show(library, document_id, who)
    except GeotrackError as error:
        html('<p class="gt-warn" role="alert">{}</p>', retold(str(error)))
        st.button(_("All documents"), on_click=_any_document)


def _show_progress(found: Queue, asks: QueueFilter, library: Library) -> None:
    """Say how many of the facts asked for were looked at, and of which document they are."""
    looked = len(found.asked) - len(found.left)
    told = _("{looked} of {n} looked at").format(looked=number(looked), n=number(len(found.asked)))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="progress review"):
        html(
            "<p class='gt-note' role='status'>{}</p><progress max='{}' value='{}'></progress>",
            told,
            max(len(found.asked), 1),
            looked,
        )
        if asks.document:
            title = library.store.document(asks.document).document.title or _("Untitled document")
            html("<p class='gt-note'>{} <bdi>{}</bdi></p>", _("In the order of one text:"), title)
            st.button(_("All documents"), type="tertiary", on_click=_any_document)


def _any_document() -> None:
    st.session_state["review document"] = ""
    st.session_state["review fact"] = ""
    state.touch()


def _show_card(library: Library, found: Queue, fact_id: str, who: str) -> None:
    document_id = _document_of(library, found, fact_id) if fact_id else ""
    judged = reviewfacts.find(library, document_id, fact_id) if document_id else None
    if judged is not None:
        reviewcards.show(Desk(library, found, judged, who))
        return
    reviewcards.show_problem()
    if fact_id:
        html(
            '<p class="gt-warn" role="alert">{}</p>',
            _("There is no such fact any more: its text was read anew."),
        )
        st.button(_("Go on with the queue"), on_click=reviewcards.go_on, args=("", found.next_after(fact_id)))
        return
    if found.asked.empty:
        note(_("No fact is like this. Choose another country, measure or publisher above."))
    else:
        html("<p class='gt-lead'>{}</p>", _("All of these have been looked at. Thank you."))
        note(_("What people said is under “What was reviewed”, where it can be taken back, too."))


def _document_of(library: Library, found: Queue, fact_id: str) -> str:
    """Return the document that a fact is read in; empty where nothing knows it."""
    for table in (found.asked, reviewqueue.order(library)):
        here = table["document_id"][table["fact_id"] == fact_id]
        if len(here):
            return str(here.iloc[0])
    return library.store.document_of(fact_id) or ""
