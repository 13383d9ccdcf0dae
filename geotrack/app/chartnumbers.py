"""The numbers behind the chart under the map: a table for the keyboard, each row one click from its text."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geotrack.app import comparisons
from geotrack.app.cards import note
from geotrack.app.comparing import Comparison
from geotrack.app.controls import ALWAYS
from geotrack.app.overtime import OverTime
from geotrack.app.reads import Library
from geotrack.languages import gettext as _
from geotrack.maps import MapStyle


def show(library: Library, place_id: str, style: MapStyle, over: OverTime) -> None:
    """Offer the numbers of a place's chart, and the sentences of the row that is chosen."""
    name = f"numbers {place_id} {style.measure} {over.by} {over.view}"
    line = st.expander(_("The numbers behind this chart"), key=f"map {name}", on_change="rerun")
    if not line.open:
        return
    asked = Comparison(
        (place_id,), (style.measure,), over.by, over.view, ALWAYS, style.min_confidence, wider=over.wider
    )
    panel = comparisons.panels(library, asked)[0]
    table = panel.table()
    if table.empty:  # all that is told is of wider areas, and the chart draws them for want of its own
        panel = comparisons.panels(library, replace(asked, wider=True))[0]
        table = panel.table()
    with line:
        note(_("Click a row\u2019s box, or press Shift and Space in the row, for its sentences."))
        chosen = st.dataframe(
            table,
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            column_order=[column for column in table.columns if column != "pick"],
            key=f"map table {name}",
        ).selection.rows
        if chosen and chosen[0] < len(table):
            panel.show_details(library.edition, table["pick"].iloc[chosen[0]])
