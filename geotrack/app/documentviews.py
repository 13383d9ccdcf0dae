"""One document: who published it, its text with every fact marked and listed beside, a way through it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geotrack.analysis.tables import records
from geotrack.app import documentlists, links, notes, reads, sight, state, texts
from geotrack.app.cards import html, joined, note, source_line
from geotrack.app.notes import Judgement
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.app.texts import Highlight
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, pgettext, retold
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence, words
from geotrack.models import Source, Span
from geotrack.store import StoredDocument

_LEGEND = (
    '<p class="gt-legend"><mark class="figure">{}</mark> <mark class="incident">{}</mark> '
    '<mark class="place">{}</mark>{}</p>'
)
_KEYED = Markup(' <mark class="{}">{}</mark>')
_STEPS = "document steps"
_STEP_TO = {
    ("match", "previous"): n_("Previous found"),
    ("match", "next"): n_("Next found"),
    ("fact", "previous"): n_("Previous fact"),
    ("fact", "next"): n_("Next fact"),
}


def chosen(library: Library, asked: Asked) -> tuple[str, str | None]:
    """Return the document that is read, and the fact in it that is looked at; empty is none.

    A document that is not there, or no more, is none.
    """
    key = asked.hold("document", "", str)
    document_id = st.session_state[key]
    fact = st.session_state[asked.hold("fact", "", str)]
    if document_id and not (reads.documents(library.edition)["document_id"] == document_id).any():
        asked.refused.add("document")
        st.session_state[key] = document_id = ""
    return document_id, fact or None


def show_document(library: Library, asked: Asked, document_id: str, fact: str | None) -> None:
    """Show one document, at a fact or at a word searched for."""
    for name in ("match", "part"):
        asked.hold(name, 0, _number)
    stored = library.store.document(document_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(_("All documents"), on_click=documentlists.go_back, type="tertiary")
        if not library.settings.read_only:
            whole = {"view": "text", "document": document_id}
            links.link(links.REVIEW, _("Review this document"), whole)
            if fact:
                links.review_link(fact)
    html("<h1><bdi>{}</bdi></h1>", stored.document.title or _("Untitled document"))
    html("<p class='gt-sub'>{}</p>", joined([_source(one) for one in stored.sources], " — "))
    _show_origin(stored)
    unread = _unread(stored)
    if unread:
        html(
            '<p class="gt-warn" role="status">{}</p>',
            _("Not read: {reason}. Place names are marked, nothing else.").format(reason=retold(unread)),
        )
    judged = _judged(library.edition, document_id)
    _say_what_was_found(stored, len(judged))
    _say_who_went_through(library.edition, document_id)
    query, hits = _search(asked, stored)
    refused = bool(stored.reading.refused and not unread) and st.toggle(
        _("Show what looked like a fact and was not taken ({n})").format(n=len(stored.reading.refused)),
        key=asked.hold("refused", False, state.switch),  # noqa: FBT003 - a widget's value
        on_change=state.touch,
    )
    at = _match(hits) or fact
    _show_legend(refused=refused, hits=bool(hits))
    marks = texts.highlights(stored.whole, refused=refused and not unread)
    spans = {mark.fact_id: mark.span for mark in [*marks, *hits]}
    if fact and fact not in spans:
        html('<p class="gt-warn" role="status">{}</p>', _("This text states no such fact any more."))
    part = _part(texts.parts(stored.document), spans.get(at or ""))
    state.keep(
        "documents",
        {
            "document": document_id,
            "fact": fact,
            "search": query,
            "match": str(st.session_state["documents match"] or ""),
            "part": None if part[0] == 1 else str(part[0]),
            "refused": "1" if refused else None,
        },
    )
    beside = notes.notes(stored.whole, fact, refused=refused, judged=judged)
    st.html(str(texts.render(stored.document, sorted([*marks, *hits], key=_start), beside, at, part[1])))
    _show_parts(part[0], len(texts.parts(stored.document)))
    if at:
        sight.bring(f"#{texts.CHOSEN_ID}", 1 + st.session_state.get(_STEPS, 0), "center", at=part[0])


def _start(mark: Highlight) -> Span:
    return mark.span


def _number(text: str) -> int:
    number_ = int(text)
    if number_ < 0:
        raise ValueError(text)
    return number_


def _say_what_was_found(stored: StoredDocument, judged: int) -> None:
    """Say how much was read in a document, and how much of it a person has judged."""
    reading = stored.whole
    told = [
        ngettext("{n} figure", "{n} figures", len(reading.figures)).format(n=number(len(reading.figures))),
        ngettext("{n} incident", "{n} incidents", len(reading.incidents)).format(
            n=number(len(reading.incidents))
        ),
        ngettext("{n} place name", "{n} place names", len(reading.mentions)).format(
            n=number(len(reading.mentions))
        ),
    ]
    if judged:
        told.append(
            ngettext("{n} judged by a person", "{n} judged by a person", judged).format(n=number(judged))
        )
    html("<p class='gt-note'>{}</p>", ", ".join(told))


def _say_who_went_through(edition: Edition, document_id: str) -> None:
    """Say who read the whole document and judged it, where somebody did."""
    table = reads.documents(edition)
    for row in records(table[table["document_id"] == document_id]):
        if row["reviewed_by"]:
            told = _("Gone through by {who}, {day}.")
            note(told.format(who=row["reviewed_by"], day=evidence.dated(row["reviewed_on"])))


def _judged(edition: Edition, document_id: str) -> dict[str, Judgement]:
    """Return what people said of a document's facts, by their ids."""
    found: dict[str, Judgement] = {}
    for table, name in ((reads.figures(edition), "figure_id"), (reads.incidents(edition), "incident_id")):
        here = table[(table["document_id"] == document_id) & table["review"].notna()]
        for fact_id, verdict, on in zip(here[name], here["review"], here["review_on"], strict=True):
            found[fact_id] = Judgement(verdict, None if pd.isna(on) else on)
    return found


def _search(asked: Asked, stored: StoredDocument) -> tuple[str, list[Highlight]]:
    """Show the search within the text and the steps through facts and matches; return the matches."""
    facts = [mark.fact_id for mark in texts.highlights(stored.whole, refused=False) if mark.fact_id]
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls document"):
        query = st.text_input(
            _("Find in this document"),
            key=asked.hold("search", "", str),
            on_change=_search_anew,
            width=260,
        ).strip()
        hits = texts.found(stored.document.text, query)
        if query:
            at = min(st.session_state["documents match"], len(hits))
            st.session_state["documents match"] = at
            _show_steps("match", at, len(hits), _("{at} of {n} found") if at else _("{n} found"))
        if facts:
            fact = st.session_state["documents fact"]
            at = facts.index(fact) + 1 if fact in facts else 0
            _show_steps("fact", at, len(facts), _("fact {at} of {n}") if at else _("facts: {n}"), facts)
    return query, hits


def _search_anew() -> None:
    """Begin with the first place where the words are found."""
    st.session_state["documents match"] = 1
    st.session_state["documents fact"] = ""
    _step_taken()


def _show_steps(kind: str, at: int, count: int, told: str, ids: Sequence[str] = ()) -> None:
    """Show the way to the one before and the next."""
    row = st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key=f"steps {kind}"
    )
    with row:
        for to, name in ((at - 1, "previous"), (at + 1, "next")):
            st.button(
                _(_STEP_TO[kind, name]),
                key=f"{kind} {name}",
                disabled=not 1 <= to <= count,
                on_click=_go,
                args=(kind, ids[to - 1] if ids and 1 <= to <= count else to),
            )
        html("<p class='gt-note' role='status'>{}</p>", told.format(at=number(at), n=number(count)))


def _go(kind: str, to: int | str) -> None:
    """Go to a match or to a fact; the other is left."""
    st.session_state["documents match"] = to if kind == "match" else 0
    st.session_state["documents fact"] = to if kind == "fact" else ""
    _step_taken()


def _step_taken() -> None:
    st.session_state["documents part"] = 0
    st.session_state[_STEPS] = st.session_state.get(_STEPS, 0) + 1
    state.touch()


def _match(hits: Sequence[Highlight]) -> str | None:
    at = st.session_state["documents match"]
    return hits[at - 1].fact_id if at and at <= len(hits) else None


def _part(parts: Sequence[Span], at: Span | None) -> tuple[int, Span]:
    """Return which part of the text to show, and its span: as asked, else where what is looked at stands."""
    asked = st.session_state["documents part"]
    if not asked and at is not None:
        asked = next((n for n, (start, end) in enumerate(parts, 1) if start <= at[0] < end), 1)
    shown = min(max(asked, 1), len(parts))
    return shown, parts[shown - 1]


def _show_parts(shown: int, count: int) -> None:
    """Show which part of a long text this is, and the way to the others."""
    if count == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="paging document"):
        for label, to in ((_("Previous part"), shown - 1), (_("Next part"), shown + 1)):
            st.button(label, on_click=_turn, args=(to,), disabled=not 1 <= to <= count, key=f"part {label}")
        told = _("Part {at} of {n} of a long text")
        html("<p class='gt-note'>{}</p>", told.format(at=number(shown), n=number(count)))


def _turn(to: int) -> None:
    st.session_state["documents part"] = to
    st.session_state["documents fact"] = ""
    st.session_state["documents match"] = 0
    state.touch()


def _show_legend(*, refused: bool, hits: bool) -> None:
    more = [("refused", pgettext("legend", "not taken"))] if refused else []
    more += [("found", pgettext("legend", "found"))] if hits else []
    html(
        _LEGEND,
        pgettext("legend", "figure"),
        pgettext("legend", "incident"),
        pgettext("legend", "place"),
        joined([_KEYED.format(*one) for one in more]),
    )


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
