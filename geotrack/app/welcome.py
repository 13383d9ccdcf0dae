"""The empty state: what to do when the database holds no report yet."""

from __future__ import annotations

import streamlit as st

from geotrack.app.cards import html
from geotrack.app.reads import Library, gazetteer
from geotrack.config import seeds_folder
from geotrack.documents import Options
from geotrack.extraction import Reader
from geotrack.store.ingest import ingest

_WELCOME = """
<h1>No reports yet</h1>
<p class="gt-lead">geotrack reads mine-action reports and maps what they state, each number one click from
its sentence. This database holds none: <code>{}</code></p>
<h2>Read your own reports</h2>
<p>Text, Markdown, HTML, PDF and JSON Lines files, or folders of them:</p>
<pre>geotrack ingest --db {} my-reports/</pre>
<p>Then load this page again.</p>
<h2>Or try it with the example reports</h2>
<p>Five reports on Azerbaijan and Ukraine come with geotrack, retold in other words.</p>
"""


def show(library: Library) -> None:
    """Say what to do, and offer to read the example reports."""
    html(_WELCOME, library.settings.database, library.settings.database)
    if st.button("Read the example reports", type="primary"):
        _read_examples(library)
        st.rerun()


def _read_examples(library: Library) -> None:
    with st.spinner("Reading …"):
        ingest(library.store, Reader(gazetteer()), [seeds_folder()], Options(), restore=True)
