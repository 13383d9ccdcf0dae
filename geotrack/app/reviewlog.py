"""What people said of facts and documents: who, when and what, each taken back with a click; and the gold."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from babel.dates import format_datetime

from geotrack.analysis.tables import records
from geotrack.app import links, paging, reads, reviewcards, reviewfacts, state
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, spoken
from geotrack.maps.words import capitalised

ROWS = 20


@st.cache_resource(show_spinner=False, max_entries=2)
def _said(edition: Edition) -> pd.DataFrame:
    """Return every word, the newest first."""
    return edition.store.reviews().iloc[::-1].reset_index(drop=True)


def ask(library: Library, asked: Asked) -> str:
    """Ask whose words to show; empty is everybody's."""
    people = ["", *sorted(_said(library.edition)["who"].unique(), key=str.casefold)]
    key = asked.hold("who", "", state.one_of(people))
    with st.container(horizontal=True, key="controls reviewed"):
        return str(
            st.selectbox(
                _("Who"),
                people,
                format_func=lambda one: one or _("Everybody"),
                key=key,
                on_change=state.touch,
                width=260,
            )
        )


def show(library: Library, asked: Asked, who: str, person: str) -> int:
    """Show the words, a piece of the list at a time; return which piece."""
    said = _said(library.edition)
    said = said[said["who"] == who] if who else said
    shown = paging.at(asked, who, len(said), ROWS)
    reviewcards.show_problem()
    if said.empty:
        note(
            _("Nothing was reviewed yet. Begin with the queue: what is unsure and changes most comes first.")
        )
        return shown
    holds = reads_standings(library)
    for row in records(said.iloc[(shown - 1) * ROWS : shown * ROWS]):
        _show_word(library, row, holds.get(row["fact_id"]), person)
    paging.show("review", shown, len(said), ROWS)
    return shown


def reads_standings(library: Library) -> dict[str, int]:
    """Return the number of the word that holds on each fact and document."""
    from geotrack.app.reviewqueue import standings

    return {one: word.review_id for one, word in standings(library.edition).items()}


def _show_word(library: Library, row: dict[str, Any], holds: int | None, person: str) -> None:
    with st.container(border=True, gap=None, key=f"row-word {row['review_id']}"):
        verdict = capitalised(reviewfacts.verdict_in_words(row["verdict"]))
        when = format_datetime(row["at"], "long", locale=spoken())
        gone = _("taken back since") if row["taken_back"] else ""
        html(
            "<p><b>{}</b> · <bdi>{}</bdi> · <time>{}</time> <i>{}</i></p>"
            "<p class='gt-note'><bdi>{}</bdi></p>",
            verdict,
            row["who"],
            when,
            gone,
            row["sentence"] or _title(library, row["document_id"]),
        )
        with st.container(horizontal=True, gap="medium"):
            if not row["fact_gone"]:
                is_fact = row["kind"] != "document"
                links.document_link(row["document_id"], row["fact_id"] if is_fact else None)
            if holds == row["review_id"]:
                st.button(
                    _("Undo"),
                    type="tertiary",
                    key=f"undo {row['review_id']}",
                    on_click=reviewcards.take_back,
                    args=(library, person, row["fact_id"], row["review_id"]),
                )


def _title(library: Library, document_id: str) -> str:
    documents = reads.documents(library.edition)
    titles = documents["title"][documents["document_id"] == document_id]
    return next((str(one) for one in titles if one), _("Untitled document"))


def show_gold(library: Library) -> None:
    """Offer the reviewed documents in the form that the reader is measured with."""
    count = int((reads.documents(library.edition)["reviewed_by"].notna()).sum())
    html("<h2>{}</h2>", _("For a better reader"))
    note(
        _(
            "Documents called complete are what the reader is measured and improved with: each with all its "
            "facts, as people judged them. They hold the texts as they are, names of victims included."
        )
    )
    if not count:
        note(
            _("No document is complete yet: open one in the whole text, look at each fact, and say so there.")
        )
        return
    told = ngettext("Download {n} complete document", "Download {n} complete documents", count)
    st.download_button(
        told.format(n=number(count)),
        lambda: gold_zip(library),
        file_name="geotrack-gold.zip",
        mime="application/zip",
        on_click="ignore",
    )


def gold_zip(library: Library) -> bytes:
    """Return the complete documents and their facts as the bytes of a zip file."""
    from geotrack.export.gold import export_gold

    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        export_gold(library.store.reviewed(), Path(folder))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(folder))
    return packed.getvalue()
