"""A whole text to go through: its facts marked, words chosen in it become a fact that the reader missed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import streamlit as st

from geotrack.analysis.measures import STOCK_MEASURES, unit_of
from geotrack.app import links, reads, reviewcards, reviewfacts, reviewforms, sight, state, texts
from geotrack.app.cards import html, note
from geotrack.app.factlabels import label_of
from geotrack.app.reads import Library
from geotrack.app.texts import Highlight
from geotrack.errors import GeotrackError
from geotrack.languages import day, ngettext, number, pgettext
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps.words import capitalised
from geotrack.models import Figure, Incident, Span
from geotrack.store import Finding, Standing, StoredDocument

_SCRIPT = Path(__file__).parent / "textpicker.js"
_PICKED, _PICKS, _TEXT = "review picked", "review picks", "review text"
_KINDS = {"figure": n_("A figure"), "incident": n_("An incident")}
_LISTED = 40
_LAND = "area_cleared"


@cache
def _component() -> Callable[..., Any]:
    """Return the text in which words are chosen; it is told to Streamlit once."""
    return st.components.v2.component(
        "geotrack_text_picker",
        html='<div class="gt-picker"></div>',
        js=_SCRIPT.read_text(encoding="utf-8"),
        isolate_styles=False,
    )


def show(library: Library, document_id: str, who: str) -> None:
    """Show a document's text to go through, and beside it what can be done with it."""
    stored = library.store.document(document_id)
    html(
        "<h2><bdi>{}</bdi></h2><p class='gt-sub'>{}</p>",
        stored.document.title or _("Untitled document"),
        reviewcards.source(stored, titled=False),
    )
    left, right = st.columns([3, 2], gap="large")
    with right, st.container(key="review-side"):
        reviewcards.show_problem()
        picked = _picked(document_id)
        if picked is None:
            _show_ways(stored)
            _show_complete(library, stored, who)
            _show_facts(stored, library)
        else:
            _show_form(library, stored, picked, who)
        sight.bring(".st-key-review-side", st.session_state.get(_PICKS, 0) if picked else 0, phone_only=True)
    with left:
        _show_text(stored, picked)


def _show_text(stored: StoredDocument, picked: Span | None) -> None:
    parts = texts.parts(stored.document)
    part = parts[0]
    if len(parts) > 1:
        at = st.number_input(
            _("Part of a long text (of {n})").format(n=number(len(parts))),
            min_value=1,
            max_value=len(parts),
            key=f"review part {stored.document.id}",
            width=220,
        )
        part = parts[int(at) - 1]
    _component()(
        key=_TEXT,
        data={
            "language": stored.document.language,
            "label": _("Add a fact from these words"),
            "paragraphs": paragraphs(stored, part, picked),
        },
        on_picked_change=_pick,
        height="content",
    )


def paragraphs(stored: StoredDocument, part: Span, picked: Span | None = None) -> list[list[Any]]:
    """Return the paragraphs of a text: where each begins, and its pieces with the classes of their marks.

    A piece that nothing is marked in has no classes. Together the pieces are the text, but for the white
    space between paragraphs.
    """
    marks = [mark for mark in texts.highlights(stored.reading, refused=False) if mark.kind != "place"]
    marks += [_highlight(fact) for fact in stored.added]
    if picked is not None:
        marks.append(Highlight(picked, "found", "picked", ""))
    text = stored.document.text
    return [[start, _pieces(text, (start, end), marks)] for start, end in _lines(text, part)]


def _highlight(fact: Figure | Incident) -> Highlight:
    return Highlight(fact.span, "figure" if isinstance(fact, Figure) else "incident", fact.id, "")


def _lines(text: str, part: Span) -> list[Span]:
    return [
        (part[0] + line.start(), part[0] + line.end())
        for line in re.finditer(r"[^\n]*\S[^\n]*", text[slice(*part)])
    ]


def _pieces(text: str, span: Span, marks: Sequence[Highlight]) -> list[list[str]]:
    first, last = span
    here = [mark for mark in marks if mark.span[0] < last and first < mark.span[1]]
    ends = {min(max(end, first), last) for mark in here for end in mark.span}
    pieces = []
    for start, end in pairwise(sorted({first, last, *ends})):
        over = [mark for mark in here if mark.span[0] <= start and end <= mark.span[1]]
        kinds = sorted({mark.kind for mark in over}) + (["chosen"] if _is_picked(over) else [])
        pieces.append([text[start:end], " ".join(kinds)])
    return pieces


def _is_picked(marks: Sequence[Highlight]) -> bool:
    return any(mark.fact_id == "picked" for mark in marks)


def _pick() -> None:
    """Take the words chosen in hand; what a browser sends is checked where it is used."""
    sent = st.session_state[_TEXT].picked
    if isinstance(sent, Mapping) and all(isinstance(sent.get(name), int) for name in ("start", "end")):
        _take((sent["start"], sent["end"]))


def _take(span: Span) -> None:
    st.session_state[_PICKED] = (st.session_state.get("review document", ""), span)
    st.session_state[_PICKS] = st.session_state.get(_PICKS, 0) + 1
    state.touch()


def _picked(document_id: str) -> Span | None:
    """Return the words in hand, if they are of this document."""
    of, span = st.session_state.get(_PICKED, ("", None))
    return span if of == document_id else None


def _let_go() -> None:
    st.session_state.pop(_PICKED, None)
    state.touch()


def _show_ways(stored: StoredDocument) -> None:
    html("<h3>{}</h3>", _("Add what was missed"))
    note(_("Select the words that state it, in the text, or type them here."))
    st.text_input(
        _("Words of the text"),
        key="review words",
        on_change=_find,
        args=(stored.document.text,),
        max_chars=500,
    )


def _find(text: str) -> None:
    """Take the words that were typed in hand, where the text has them."""
    words = str(st.session_state.get("review words") or "").split()
    found = re.search(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE) if words else None
    if found:
        _take(found.span())
        st.session_state["review words"] = ""
    elif words:
        reviewcards.trouble(_("The text does not hold these words in a row."))
    state.touch()


def _show_facts(stored: StoredDocument, library: Library) -> None:
    """List the facts of the document, each with what was said of it, as a way to its card."""
    holds = _holding(library, stored)
    facts = sorted(reviewfacts.facts_of(stored).values(), key=_place_in_text)
    if not facts:
        note(_("Nothing was read in this document."))
        return
    looked = sum(fact.id in holds for fact in facts)
    told = ngettext("{looked} of {n} fact looked at", "{looked} of {n} facts looked at", len(facts))
    html("<h3>{}</h3>", told.format(looked=number(looked), n=number(len(facts))))
    for fact in facts[:_LISTED]:
        word = holds.get(fact.id)
        said = f"{capitalised(reviewfacts.verdict_in_words(word.verdict))}: " if word else ""
        st.button(
            links.plain_label(said + label_of(fact).line),
            key=f"open {fact.id}",
            type="tertiary",
            on_click=_open,
            args=(fact.id,),
        )


def _place_in_text(fact: Figure | Incident) -> Span:
    return fact.span


def _open(fact_id: str) -> None:
    st.session_state["review view"] = "queue"
    reviewcards.go_on("", fact_id)


def _holding(library: Library, stored: StoredDocument) -> dict[str, Standing]:
    from geotrack.app.reviewqueue import standings

    held = standings(library.edition)
    return {one: held[one] for one in reviewfacts.facts_of(stored) if one in held}


# a new fact ------------------------------------------------------------------------------------------


def _show_form(library: Library, stored: StoredDocument, span: Span, who: str) -> None:
    text = stored.document.text
    if not 0 <= span[0] < span[1] <= len(text):
        _let_go()
        return
    html("<h3>{}</h3><p><mark class='found'><bdi>{}</bdi></mark></p>", _("A new fact"), text[slice(*span)])
    fields, incident, places = guess(stored, span)
    prefix = f"new {stored.document.id} {span[0]} {span[1]}"
    kind = str(
        st.segmented_control(
            _("What it is"),
            list(_KINDS),
            format_func=lambda one: _(_KINDS[one]),
            default="figure",
            key=f"{prefix} kind",
            required=True,
        )
    )
    own = f"{prefix} {kind}"
    on_map = reviewforms.show(own, kind, fields if kind == "figure" else incident, places)
    _values, problems = reviewforms.read(own, kind)
    for problem in problems:
        html('<p class="gt-warn" role="alert">{}</p>', problem)
    with st.container(horizontal=True, gap="small"):
        st.button(
            pgettext("a new fact", "Add"),
            type="primary",
            shortcut="Ctrl+Enter",
            disabled=bool(problems),
            on_click=_add,
            args=(library, stored, span, own, kind, who),
        )
        st.button(_("Cancel"), on_click=_let_go)
    if on_map:
        reviewforms.show_map(own)


def guess(stored: StoredDocument, span: Span) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """Return what words most likely state, as fields of a figure and of an incident, and places near them.

    The number and its unit are read from the words; places from the sentence, else from the fact before;
    days from a fact of the sentence, else the one before.
    """
    from geotrack.store.findings import sentence_span

    sentence = sentence_span(stored.document, span)
    figures = sorted(stored.reading.figures, key=_place_in_text)
    here = [
        one for one in figures if one.sentence_span[0] < sentence[1] and sentence[0] < one.sentence_span[1]
    ]
    before = [one for one in figures if one.span[0] < span[0]]
    near = next(iter(here or before[-1:]), None)
    near_fields = reviewfacts.fields_of(near) if near else {}
    mentions = stored.reading.mentions
    named = [one.place.id for one in mentions if sentence[0] <= one.span[0] < sentence[1]]
    places = list(dict.fromkeys(named))[:1] or near_fields.get("place_ids", [])
    read = reviewforms.prefilled(stored.document.text, span, stored.document.language)
    measure = _measure(near.measure if near else _LAND, read.get("unit"))
    figure = {
        "measure": measure,
        "value": None,
        "value_max": None,
        "unit": {"m2": "ha"}.get(unit_of(measure), unit_of(measure)),
        "qualifier": "exact",
        "basis": "stock" if measure in STOCK_MEASURES else "period",
        "start": near_fields.get("start"),
        "end": near_fields.get("end"),
        "place_ids": places,
        **read,
    }
    incident = dict.fromkeys(("date", "killed", "injured", "casualties"))
    incident |= {"device": "unknown", "victims": [], "place_ids": places}
    return figure, incident, reviewcards.places_near(stored, sentence)


def _measure(near: str, unit: str | None) -> str:
    """Return the measure that a number in a unit is most likely of: that of the fact nearby if it fits."""
    usual = {"percent": "share_contaminated", "people": "casualties", "count": "items_found", None: near}
    kind = "m2" if unit not in usual else unit
    return near if unit is None or unit_of(near) == kind else usual.get(unit, _LAND)


def _add(library: Library, stored: StoredDocument, span: Span, prefix: str, kind: str, who: str) -> None:
    fields, problems = reviewforms.read(prefix, kind)
    state.touch()
    if problems:
        return
    finding = Finding(kind, span, stored.document.text[slice(*span)], fields)  # type: ignore[arg-type]  # a kind
    store = library.store
    try:
        fact_id = store.add_fact(stored.document.id, finding, who, gazetteer=reads.gazetteer())
    except GeotrackError as error:
        reviewcards.trouble(error)
        return
    word = store.standing(fact_id)
    if word is not None:
        reviewcards.remember(fact_id, word.review_id, _("Added. It stands among the facts from now on."))
    _let_go()


# the whole document ----------------------------------------------------------------------------------


def _show_complete(library: Library, stored: StoredDocument, who: str) -> None:
    word = library.store.standing(stored.document.id)
    if word is not None and word.verdict == "complete":
        told = _("Complete: {who} went through it, {day}.").format(who=word.who, day=day(word.at.date()))
        html("<p class='gt-said'><bdi>{}</bdi></p>", told)
        st.button(
            _("It is not complete after all"),
            on_click=reviewcards.take_back,
            args=(library, who, stored.document.id, word.review_id),
        )
        return
    st.button(
        _("This document is complete"),
        on_click=_complete,
        args=(library, stored.document.id, who),
        help=_(
            "You looked at every fact in it and added what was missed. It then helps to improve the reader."
        ),
    )


def _complete(library: Library, document_id: str, who: str) -> None:
    state.touch()
    try:
        review_id = library.store.complete(document_id, who)
    except GeotrackError as error:
        reviewcards.trouble(error)
        return
    reviewcards.remember(document_id, review_id, _("Called complete."))
