"""One fact to judge: its words in their paragraph, why it comes now, its fields, what can be said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from geotrack.analysis.priorities import DECIDING, INCIDENTS, doubts
from geotrack.analysis.tables import records
from geotrack.app import links, reads, reviewchanges, reviewfacts, reviewforms, reviewqueue, state
from geotrack.app.cards import SURE, html, joined, source_line, sureness
from geotrack.app.factlabels import label_of
from geotrack.app.reads import Library
from geotrack.app.reviewfacts import Judged
from geotrack.app.reviewqueue import Queue
from geotrack.errors import GeotrackError
from geotrack.languages import day, ngettext, number, percent, retold
from geotrack.languages import gettext as _
from geotrack.maps import evidence, words
from geotrack.models import Span
from geotrack.store import OvertakenReviewError, Review, StoredDocument

_AROUND = 420  # characters of the paragraph shown on each side of the sentence
_OFFERED = 12  # places of the document that can be chosen at once
_SAID = "words of this session"
_OUTCOME = "outcome of the last word"
_TROUBLE = "problem of the last word"
_SEEN = "facts seen before"
_QUOTE = Markup(
    '<figure class="gt-quote gt-reviewed"><blockquote dir="auto">{before}<span class="gt-sentence">{sentence}'
    "</span>{after}</blockquote><figcaption>{source}</figcaption></figure>"
)
_MARK = Markup('<mark class="{kind}">{words}</mark>')
# Escape leaves a field, so that the keys of the buttons work again; no document reaches this script.
_LEAVE = (
    "<script>if (!window.gtLeave) { window.gtLeave = true; document.addEventListener('keydown', (event) => {"
    " if (event.key === 'Escape' && document.activeElement?.matches('input, textarea')) "
    "document.activeElement.blur(); }); }</script>"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a person reviews: the library, the queue, the fact in hand, and who the person is."""

    library: Library
    queue: Queue
    judged: Judged
    who: str

    @property
    def fact_id(self) -> str:
        """The fact in hand."""
        return self.judged.fact.id

    @property
    def prefix(self) -> str:
        """The name of the form: another one for each fact, and when somebody has said a word on it."""
        return f"fact {self.fact_id} {self.judged.seen}"


def show(desk: Desk) -> None:
    """Show the fact in hand."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_words(desk)
        show_problem()
        _show_buttons(desk)
    with right, st.container(key="review-side"):
        _show_form(desk)
    st.html(_LEAVE, unsafe_allow_javascript=True)


def _show_words(desk: Desk) -> None:
    judged = desk.judged
    label = label_of(judged.fact)
    html(
        "<p class='gt-kicker'>{}</p><h2>{}</h2><p class='gt-sub'>{}</p>",
        label.head,
        label.value,
        label.detail,
    )
    html("<p class='gt-note gt-why'>{}</p>", why(desk))
    st.html(str(_quote(judged)))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        links.document_link(judged.stored.document.id, desk.fact_id)
        st.button(
            _("Add what was missed in this document"),
            type="tertiary",
            on_click=open_text,
            args=(judged.stored.document.id,),
        )
    _show_standing(judged)


def open_text(document_id: str) -> None:
    """Show the whole text of a document; for callbacks."""
    st.session_state["review view"] = "text"
    st.session_state["review document"] = document_id
    state.touch()


def _show_standing(judged: Judged) -> None:
    """Show the word that holds on the fact, if there is one."""
    word = judged.standing
    if word is None:
        return
    told = _("{verdict} by {who}, {day}").format(
        verdict=words.capitalised(reviewfacts.verdict_in_words(word.verdict)),
        who=word.who,
        day=day(word.at.date()),
    )
    html(
        "<p class='gt-said'><bdi>{}</bdi>{}</p>",
        told,
        joined([Markup(" — <bdi>{}</bdi>").format(word.note)]) if word.note else "",
    )


def why(desk: Desk) -> str:
    """Say in words why a fact stands where it does in the queue."""
    rows = desk.queue.asked
    row = rows[rows["fact_id"] == desk.fact_id]
    if row.empty:
        return sureness(desk.judged.fact.confidence)
    held = records(row)[0]
    fact = desk.judged.fact
    unsure = fact.confidence < SURE
    parts = [
        _("unsure ({confidence})").format(confidence=sureness(fact.confidence))
        if unsure
        else sureness(fact.confidence)
    ]
    named = _doubts_in_words()
    told = doubts({"flags": list(fact.flags), "inferred": list(fact.inferred)}, held)
    parts += [named[one] for one in told]
    return words.capitalised("; ".join([*parts, *_weights(held)])) + "."


def _doubts_in_words() -> dict[str, str]:
    return {
        "malformed": _("the number is written in an unclear way"),
        "conflict": _("its own text contradicts it"),
        "disputed": _("another report gives another value for the same days and place"),
        "unplaced": _("no place is known"),
        "place": _("the place was worked out from the text around"),
        "day": _("the days were worked out from the text around"),
        "approximate_place": _("the place is known roughly"),
    }


def _weights(row: Mapping[str, Any]) -> list[str]:
    """Say what a fact changes."""
    found = []
    if row["share"] >= DECIDING and row["place_id"] is not None:
        measure = reviewqueue.measure_name(row["measure"])
        place = reads.places().place(row["place_id"]).name
        told = _("up to {share} of what is told here: {measure}, {place}")
        found.append(told.format(share=percent(row["share"], digits=0), measure=measure, place=place))
    if row["n_documents"] > 1 and row["measure"] != INCIDENTS:
        count = int(row["n_documents"])
        said = ngettext("{n} document says the same", "{n} documents say the same", count)
        found.append(said.format(n=number(count)))
    return found


def _quote(judged: Judged) -> Markup:
    """Return the sentence with the words marked, in its paragraph, and who said it when."""
    text, fact = judged.stored.document.text, judged.fact
    first, last = fact.sentence_span
    return _QUOTE.format(
        before=_before(text, first),
        sentence=_marked(text, (first, last), fact.span, judged.kind),
        after=_after(text, last),
        source=source(judged.stored),
    )


def _before(text: str, at: int) -> str:
    start = max(text.rfind("\n", 0, at) + 1, at - _AROUND)
    cut = start > 0 and text[start - 1] != "\n"
    return ("… " + text[start:at].partition(" ")[2]) if cut else text[start:at]


def _after(text: str, at: int) -> str:
    line = text.find("\n", at)
    line = len(text) if line < 0 else line
    end = min(line, at + _AROUND)
    return text[at:end].rpartition(" ")[0] + " …" if end < line else text[at:end]


def _marked(text: str, sentence: Span, span: Span, kind: str) -> Markup:
    first, last = sentence
    start, end = max(span[0], first), min(span[1], last)
    mark = _MARK.format(kind=kind, words=text[start:end])
    return Markup("{}{}{}").format(text[first:start], mark, text[end:last])


def source(stored: StoredDocument, *, titled: bool = True) -> Markup:
    """Return who published a document and when, its title unless it stands above, and its address."""
    one = stored.sources[0]
    return source_line(
        {
            "publisher": one.publisher or _(words.NO_PUBLISHER),
            "published": evidence.dated(one.published),
            "title": (stored.document.title or "") if titled else "",
            "url": evidence.web_address(one.url),
            "note": _(words.RETOLD) if one.retold else "",
        }
    )


# what is said ----------------------------------------------------------------------------------------


def show_problem() -> None:
    """Show what went wrong in the last step, and what it did, once."""
    problem = st.session_state.pop(_TROUBLE, "")
    if problem:
        html('<p class="gt-warn" role="alert">{}</p>', problem)
    told = st.session_state.pop(_OUTCOME, "")
    if told:
        html('<p class="gt-note gt-told" role="status">{}</p>', told)


def _show_buttons(desk: Desk) -> None:
    to = desk.queue.next_after(desk.fact_id)
    with st.container(horizontal=True, gap="small", key="verdicts"):
        st.button(_("Accept"), type="primary", shortcut="a", on_click=_judge, args=(desk, "accepted", to))
        st.button(_("Reject"), shortcut="x", on_click=_judge, args=(desk, "rejected", to))
        st.button(_("Skip"), shortcut="s", on_click=go_on, args=(desk.fact_id, to), disabled=not to)
        gone = st.session_state.get(_SEEN, [])
        st.button(_("Back"), shortcut="k", on_click=_go_back, disabled=not gone)
        said = st.session_state.get(_SAID, [])
        st.button(
            _("Undo"), shortcut="z", on_click=undo_last, args=(desk.library, desk.who), disabled=not said
        )


def _show_form(desk: Desk) -> None:
    html("<h3>{}</h3>", _("What it says"))
    offered = places_near(desk.judged.stored, desk.judged.fact.sentence_span)
    on_map = reviewforms.show(desk.prefix, desk.judged.kind, desk.judged.fields, offered)
    fields, problems = reviewforms.read(desk.prefix, desk.judged.kind)
    for problem in problems:
        html('<p class="gt-warn" role="alert">{}</p>', problem)
    to = desk.queue.next_after(desk.fact_id)
    changed = bool(problems or reviewfacts.correction(desk.judged, fields))
    st.button(
        _("Keep as corrected"),
        type="primary" if changed else "secondary",
        shortcut="Ctrl+Enter",
        on_click=_correct,
        args=(desk, to),
    )
    if on_map:
        reviewforms.show_map(desk.prefix)


def places_near(stored: StoredDocument, sentence: Span) -> list[str]:
    """Return the places that a document names, those of a sentence first, then the most named."""
    mentions = stored.reading.mentions
    here = [one.place.id for one in mentions if sentence[0] <= one.span[0] < sentence[1]]
    counts = Counter(one.place.id for one in mentions)
    return [*dict.fromkeys([*here, *(one for one, _ in counts.most_common(_OFFERED))])]


def go_on(fact_id: str, to: str) -> None:
    """Take another fact in hand and remember this one; for callbacks."""
    seen: list[str] = st.session_state.setdefault(_SEEN, [])
    if fact_id:
        seen.append(fact_id)
    st.session_state["review fact"] = to
    state.touch()


def _go_back() -> None:
    seen: list[str] = st.session_state.get(_SEEN, [])
    if seen:
        st.session_state["review fact"] = seen.pop()
    state.touch()


def _correct(desk: Desk, to: str) -> None:
    fields, problems = reviewforms.read(desk.prefix, desk.judged.kind)
    corrected = reviewfacts.correction(desk.judged, fields)
    if problems or not corrected:
        st.session_state[_TROUBLE] = (
            problems[0] if problems else _("Nothing was changed: change a field first.")
        )
        state.touch()
        return
    _judge(desk, "corrected", to, corrected)


def _judge(desk: Desk, verdict: str, to: str, corrected: Mapping[str, Any] | None = None) -> None:
    """Write a verdict and go on, unless somebody has spoken on the fact since it was shown."""
    store = desk.library.store
    state.touch()
    try:
        made = Review(desk.fact_id, verdict, desk.who, dict(corrected or {}))  # type: ignore[arg-type]  # a verdict
        review_id = store.review(made, gazetteer=reads.gazetteer(), seen=desk.judged.seen)
    except OvertakenReviewError as error:
        st.session_state[_TROUBLE] = _overtaken(error)
        return
    except GeotrackError as error:
        st.session_state[_TROUBLE] = retold(str(error))
        return
    said: list[tuple[str, int]] = st.session_state.setdefault(_SAID, [])
    said.append((desk.fact_id, review_id))
    st.session_state[_OUTCOME] = words.capitalised(
        f"{reviewfacts.verdict_in_words(verdict)}: {reviewchanges.told(desk.judged, corrected or {})}"
    )
    go_on(desk.fact_id, to)


def _overtaken(error: OvertakenReviewError) -> str:
    if error.who is None or error.verdict is None:
        return _(
            "What was said of this fact was taken back in the meantime. Nothing was written: look again."
        )
    told = _("{who} has judged this fact in the meantime ({verdict}). Nothing was written: look again.")
    return told.format(who=error.who, verdict=reviewfacts.verdict_in_words(error.verdict))


def undo_last(library: Library, who: str) -> None:
    """Take back what was said last in this session, and take that fact in hand; for callbacks."""
    said: list[tuple[str, int]] = st.session_state.get(_SAID, [])
    if said:
        fact_id, review_id = said.pop()
        if undo(library, who, fact_id, review_id):
            st.session_state["review fact"] = fact_id
    state.touch()


def take_back(library: Library, who: str, fact_id: str, review_id: int) -> None:
    """Take back one word; for callbacks."""
    undo(library, who, fact_id, review_id)


def undo(library: Library, who: str, fact_id: str, review_id: int) -> bool:
    """Take back one word, and say whether it could be."""
    state.touch()
    try:
        library.store.undo(fact_id, who, review_id=review_id)
    except GeotrackError as error:
        st.session_state[_TROUBLE] = retold(str(error))
        return False
    st.session_state[_OUTCOME] = _("Taken back.")
    return True


def remember(fact_id: str, review_id: int, told: str) -> None:
    """Note a word of this session, so that it can be undone; for callbacks."""
    st.session_state.setdefault(_SAID, []).append((fact_id, review_id))
    st.session_state[_OUTCOME] = told


def trouble(error: GeotrackError | str) -> None:
    """Note what went wrong, to be shown in place; for callbacks."""
    st.session_state[_TROUBLE] = retold(str(error))
