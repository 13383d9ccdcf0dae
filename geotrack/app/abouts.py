"""The parts of the page about geotrack."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geotrack import __version__
from geotrack.app import reads
from geotrack.app.cards import html, note
from geotrack.config import Settings

_CAVEATS = """
<h1>About geotrack</h1>
<p class="gt-lead">geotrack reads reports on mine action and maps what they state. Every number is one
click from the sentence that says it.</p>
<h2>Before you use a number</h2>
<ul class="gt-list">
<li><b>Not for navigation or operations.</b> A place without a report is not a safe place. Ask the national
mine action authority.</li>
<li><b>Numbers are what reports state,</b> read by rules, not checked on the ground. <i>At least</i> means
that reports cover a part of the period or place. No data is not zero.</li>
<li><b>Each fact carries a confidence</b> from 0 to 1: of the surest, at 0.85 and above, some nine in
ten are right, of those at 0.75 three in four, as measured on reports that the rules were not written from.
<i>Sure enough to show</i> leaves out those below a number; what a person accepted or corrected is always
shown. Nothing is left out unless you ask.</li>
<li><b>A figure for several districts stays one figure.</b> It is listed beside the map, never split.</li>
<li><b>Incidents known by district only have no point.</b> They are counted on their district.</li>
<li><b>Retold reports</b> carry the facts of an original in other words, and say so wherever they are
quoted: do not quote them as the publisher's words.</li>
<li><b>Place labels</b> follow the state in whose internationally recognised territory a place lies. Other
names find it too, and a report's own words are shown as it wrote them.</li>
<li><b>Borders</b> drawn dashed are approximate. None of them states a legal position.</li>
</ul>
"""


def show_caveats() -> None:
    """Say what numbers and places mean here."""
    html(_CAVEATS)


def show_boundaries(settings: Settings) -> None:
    """Say whose boundaries are drawn."""
    html("<h2>Boundaries shown</h2>")
    rows = [
        {
            "Country": reads.gazetteer().place(info.adm0).name,
            "Units": reads.units_word(info.adm0, info.level),
            "Number": info.units,
            "Approximate": info.approximate,
            "Source": info.source,
            "Licence": info.licence or "see below",
            "Imported": info.imported_on or "shipped with geotrack",
        }
        for info in reads.layer_infos(settings)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    html("<p class='gt-note'>Official ones replace them: <code>geotrack boundaries import FILE</code></p>")


def show_sources(settings: Settings) -> None:
    """Show where the shipped data comes from, as it stands beside the data."""
    path = settings.data_folder / "SOURCES.md"
    with st.expander("Where the shipped data comes from, and under which licences", expanded=False):
        if path.exists():
            st.markdown(path.read_text(encoding="utf-8"))
        else:
            note(f"{path} is missing: install geotrack again.")


def show_version(settings: Settings) -> None:
    """Say which geotrack this is and which database it shows."""
    html(
        "<p class='gt-note'>geotrack {}, Apache-2.0. Database: <code>{}</code></p>",
        __version__,
        settings.database,
    )
