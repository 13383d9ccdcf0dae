"""Reports that a person adds: files, pasted text, or an address; what was found in them, and what was not."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geotrack.analysis.tables import records
from geotrack.app import links, reads
from geotrack.app.cards import html, note
from geotrack.app.documentlists import found_in
from geotrack.app.reads import Library
from geotrack.config import Settings
from geotrack.documents import SUFFIXES, Options, Refused, read_bytes
from geotrack.documents.addresses import read_address
from geotrack.languages import LANGUAGES, NAMES, ngettext, number, retold
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.models import Document
from geotrack.store.ingest import Step, ingest_documents

MAX_FILES = 500
"""Of one upload; more are better named to `geotrack ingest`, which holds one at a time in memory."""
MAX_CHARACTERS = 500_000
KINDS = {"files": n_("Files"), "text": n_("Pasted text"), "address": n_("Web address or feed")}
_LIMIT = "server.maxUploadSize"  # of a file, in MB
# Streamlit's file control speaks English only.
_UPLOADER = """<style>
[data-testid="stFileUploaderDropzone"] button p, [data-testid="stFileUploaderDropzoneInstructions"] > * {
  display: none;
}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after { content: %s; }
[data-testid="stFileUploaderDropzoneInstructions"]::after { content: %s; font-size: .88rem; }
</style>"""
_PASTED = Path("pasted.txt")
_STEPS, _ROUND = "documents added", "round of adding"

Items = Iterable[Document | Refused]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person wants read: names of files or addresses, and how each is read."""

    names: Sequence[str]
    read: Callable[[Sequence[str | Path]], Items]


@st.cache_resource(show_spinner=False, max_entries=1)
def _one_at_a_time() -> threading.Lock:
    return threading.Lock()


def assumed(settings: Settings) -> Options:
    """Ask what to assume of reports that do not say it."""
    with st.expander(_("What the reports do not say themselves")), st.container(horizontal=True):
        publisher = st.text_input(_("Publisher"), key="add publisher", width=260)
        published = st.date_input(
            _("Published on"), value=None, key="add published", min_value=dt.date(1990, 1, 1), width=160
        )
        language = st.selectbox(
            _("Language of the text"),
            LANGUAGES,
            index=None,
            format_func=NAMES.__getitem__,
            placeholder=_("found by itself"),
            key="add language",
            width=200,
        )
    return Options(
        published=published,
        publisher=publisher.strip() or None,
        language=language,
        allow_private=settings.allow_private,
    )


def offer(kind: str, options: Options) -> Offer | None:
    """Ask for files, text or an address; None until there is something to read."""
    return {"files": _files, "text": _text, "address": _address}[kind](options)


def _key(name: str) -> str:
    """Return the key of an input, which is another after each reading: what was read does not stay in it."""
    return f"add {name} {st.session_state.get(_ROUND, 0)}"


def _say_in_the_language_spoken() -> None:
    """Put our words in the place of Streamlit's own, which are English whatever the language."""
    most = number(int(st.get_option(_LIMIT)))
    told = (_("Choose files"), _("or drop them here; up to {n} MB each").format(n=most))
    st.html(_UPLOADER % tuple(json.dumps(words, ensure_ascii=False) for words in told))


def _files(options: Options) -> Offer | None:
    _say_in_the_language_spoken()
    uploaded = st.file_uploader(
        _("Reports: PDF, Word, web pages, text, Markdown, JSON Lines, and zip files of these"),
        type=[suffix.removeprefix(".") for suffix in SUFFIXES],
        accept_multiple_files=True,
        key=_key("files"),
    )
    if len(uploaded) > MAX_FILES:
        told = _(
            "These are {n} files, and {most} can be added at once. Put them in a zip file, or in a folder:"
        )
        html(
            "<p class='gt-warn'>{} <code>geotrack ingest</code></p>",
            told.format(n=len(uploaded), most=MAX_FILES),
        )
        return None
    return _uploads(uploaded, options) if uploaded else None


def _uploads(uploaded: Sequence[UploadedFile], options: Options) -> Offer:
    """Read files by their names; of two that are named alike the second gets a number."""
    held: dict[str, UploadedFile] = {}
    for one in uploaded:
        path = Path(one.name)
        names = (one.name, *(f"{path.stem} ({n}){path.suffix}" for n in range(2, len(uploaded) + 2)))
        held[next(name for name in names if name not in held)] = one

    def read(names: Sequence[str | Path]) -> Items:
        for name in names:
            top = next((one for one in held if Path(one) in (Path(name), *Path(name).parents)), None)
            if top is not None:
                yield from map(_uploaded, read_bytes(Path(top), held[top].getvalue(), options))

    return Offer([*held], read)


def _uploaded(item: Document | Refused) -> Document | Refused:
    """Return an item whose source says that it was uploaded: its name is no path of this machine."""
    if isinstance(item, Document):
        return replace(item, source=replace(item.source, path=f"upload://{item.source.path}"))
    return replace(item, path=f"upload://{item.path}")


def _text(options: Options) -> Offer | None:
    title = st.text_input(_("Title"), key=_key("title"), max_chars=500)
    address = st.text_input(_("Web address of the report, if it has one"), key=_key("url"), max_chars=2000)
    text = st.text_area(_("Text"), key=_key("text"), height=240, max_chars=MAX_CHARACTERS)
    if not text.strip():
        return None

    def read(_names: Sequence[str | Path]) -> Items:
        for item in read_bytes(_PASTED, text.encode("utf-8", "replace"), options):
            if isinstance(item, Document):
                source = replace(item.source, path=None, url=address.strip() or None)
                yield replace(item, title=title.strip() or item.title, source=source)
            else:
                yield replace(item, lasting=False)

    return Offer([str(_PASTED)], read)


def _address(options: Options) -> Offer | None:
    address = st.text_input(
        _("Address of a report, or of an RSS or Atom feed"),
        key=_key("address"),
        max_chars=2000,
    ).strip()
    if not address:
        return None
    return Offer(
        [address], lambda names: chain.from_iterable(read_address(str(one), options) for one in names)
    )


def read(library: Library, wanted: Offer) -> None:
    """Read what is wanted into the store, showing how far it is, and remember what came of it."""
    steps: list[Step] = []
    bar = st.progress(0.0, _("Reading …"))

    def show(step: Step) -> None:
        steps.append(step)
        share = min(len(steps) / max(len(wanted.names), len(steps) + 1), 1.0)
        bar.progress(share, f"{number(len(steps))} · {links.plain_label(Path(step.path).name)}")

    with _one_at_a_time():
        ingest_documents(library.store, reads.reader(), wanted.names, wanted.read, show)
    st.session_state[_STEPS] = steps
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def show_outcome(library: Library) -> None:
    """Show what came of the last reading: each document with what was found in it, and what was refused."""
    steps: list[Step] = st.session_state.get(_STEPS, [])
    if not steps:
        return
    taken = [step for step in steps if step.document_id]
    refused = [step for step in steps if step.status == "refused"]
    html("<h2>{}</h2>", _("What was read"))
    told = ngettext("{n} report was taken in", "{n} reports were taken in", len(taken))
    lost = ngettext("{n} was refused", "{n} were refused", len(refused))
    note(f"{told.format(n=number(len(taken)))}, {lost.format(n=number(len(refused)))}.")
    for step in refused:
        html("<p class='gt-warn' role='status'><bdi>{}</bdi></p>", retold(step.reason or ""))
    documents = reads.documents(library.edition)
    rows = {row["document_id"]: row for row in records(documents)}
    for step in taken:
        row = rows.get(step.document_id)
        if row is not None:
            _show_taken(step, row)


def _show_taken(step: Step, row: Mapping[str, object]) -> None:
    title = str(row["title"] or Path(step.path).name)
    with st.container(border=True, gap=None):
        links.document_link(str(row["document_id"]), None, title)
        html(
            "<p class='gt-note'><bdi>{}</bdi> · {} · {}</p>",
            Path(step.path).name,
            _(_STATUS[step.status]),
            found_in(row),
        )


_STATUS = {
    "new": n_("new"),
    "updated": n_("updated"),
    "unchanged": n_("was there already"),
}
