"""The empty state: what to do when the database holds no report yet."""

from __future__ import annotations

import streamlit as st

from geotrack.app import identity, links
from geotrack.app.cards import html
from geotrack.app.reads import Library, reader
from geotrack.config import seeds_folder
from geotrack.documents import Options
from geotrack.languages import gettext as _
from geotrack.store.ingest import ingest

_COMMAND = "<pre>geotrack ingest --db {} my-reports/</pre>"


def show(library: Library) -> None:
    """Say what to do, and offer to read the example reports."""
    database = library.settings.database
    html("<h1>{}</h1><p class='gt-lead'>{} <code>{}</code></p>", _("No reports yet"), _lead(), database)
    files = _("PDF, Word, HTML, text, Markdown and JSON Lines files, zip files or folders of them.")
    html("<h2>{}</h2><p>{}</p>", _("Read your own reports"), files)
    if not library.settings.read_only:
        links.link(links.ADD, _("Add reports"))
    html("<p class='gt-note'>{}</p>" + _COMMAND, _("Or in a terminal; then load this page again:"), database)
    if not identity.may_write(library.settings):
        return
    examples = _("Five reports on Azerbaijan and Ukraine come with geotrack, retold in other words.")
    html("<h2>{}</h2><p>{}</p>", _("Or try it with the example reports"), examples)
    if st.button(_("Read the example reports"), type="primary"):
        _read_examples(library)
        st.rerun()


def _lead() -> str:
    return _(
        "geotrack reads mine-action reports and maps what they state, each number one click from its "
        "sentence. This database holds none:"
    )


def _read_examples(library: Library) -> None:
    with st.spinner(_("Reading …")):
        ingest(library.store, reader(), [seeds_folder()], Options(), restore=True)
