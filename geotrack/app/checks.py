"""What does not fit, where reports disagree, where little is known, and what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from geotrack.analysis import changes_since, conflicts, silent_units, warnings
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.tables import records
from geotrack.app import links, observations, reads, state
from geotrack.app.cards import html, note
from geotrack.app.eventcards import title
from geotrack.app.reads import Library
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, retold, spoken
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence, words
from geotrack.maps.scales import scale_of

FIRST_SHOWN = 12
VIEWS = {
    "conflicts": n_("Where reports disagree"),
    "warnings": n_("What does not fit"),
    "silent": n_("Places named without a figure"),
    "new": n_("What is new"),
}
_CHANGES = {"new": n_("New"), "changed": n_("Told otherwise"), "gone": n_("Gone")}

Row = Mapping[str, Any]


def view(asked: state.Asked) -> str:
    """Ask what to look for."""
    return str(
        st.selectbox(
            _("Show"),
            list(VIEWS),
            format_func=lambda name: _(VIEWS[name]),
            key=asked.hold("view", "conflicts", state.one_of(VIEWS)),
            on_change=state.touch,
            width=290,
        )
    )


def show_conflicts(library: Library, adm0: str, least: float) -> None:
    """Show the quantities of which reports give different values, the widest apart first."""
    book = reads.ledger(library.edition, least)
    rows = _of_country(conflicts(book), adm0)
    if rows.empty:
        note(_("No two reports give different values for the same places and days."))
        return
    for row in _cut(rows, "all conflicts"):
        with st.expander(_label(row, _between(row)), expanded=False):
            chosen = _("Totals use {value}: {reason}.")
            note(chosen.format(value=_quantity(row, row["preferred"]), reason=retold(row["reason"])))
            observations.show_figures(library.edition, row["figure_ids"])
            observations.show_incidents(library.edition, row["incident_ids"])


def show_warnings(library: Library, adm0: str, least: float) -> None:
    """Show what cannot all be right, with the sentences that say it."""
    rows = _of_country(warnings(reads.ledger(library.edition, least)), adm0)
    if rows.empty:
        note(_("Everything that is stated fits together."))
        return
    for row in _cut(rows, "all warnings"):
        with st.expander(_label(row, _between(row), words.check(row["name"])), expanded=False):
            observations.show_figures(library.edition, row["figure_ids"])
            observations.show_incidents(library.edition, row["incident_ids"])


def show_silent(library: Library, adm0: str, least: float) -> None:
    """Show the units that reports name and of which no figure is known."""
    if not adm0:
        note(_("Choose a country."))
        return
    tables = reads.mentions(library.edition), reads.documents(library.edition)
    level = reads.layers(library.settings).get(adm0, ["adm1"])[0]
    found = silent_units(reads.ledger(library.edition, least), *tables, adm0=adm0, level=level)
    if found.empty:
        note(_("There is a figure for every place that reports name."))
        return
    names = [reads.places().place(str(place_id)).name for place_id in found.index]
    table = pd.DataFrame(
        {
            _("Place"): names,
            _("Reports that name it"): found["n_documents"].to_numpy(),
            _("Figures shared with others"): found["n_groups"].to_numpy(),
            _("Incidents"): found["n_incidents"].to_numpy(),
            _("Latest report"): [evidence.day(one) for one in found["last_published"]],
        }
    )
    st.dataframe(table, hide_index=True)


def since(asked: state.Asked) -> dt.date:
    """Ask from which day on reports are new; without one, the month before the latest report."""
    latest = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=30)
    chosen = st.date_input(
        _("New since"),
        format="YYYY-MM-DD",
        key=asked.hold("since", latest, dt.date.fromisoformat),
        on_change=state.touch,
        width=160,
    )
    return chosen if isinstance(chosen, dt.date) else latest


def show_new(library: Library, adm0: str, least: float, day: dt.date) -> None:
    """Show what reports published since a day state for the first time."""
    found = changes_since(
        reads.ledger(library.edition, least),
        reads.documents(library.edition),
        since=day,
        place_id=adm0 or None,
    )
    told = ngettext("{n} report published since", "{n} reports published since", len(found.documents))
    note(told.format(n=number(len(found.documents))))
    for row in _cut(found.observations, "all new"):
        value = observations.value_text(row)
        with st.expander(_label(row, value), expanded=False):
            observations.show_figures(library.edition, row["figure_ids"])
    if not found.incidents.empty:
        html("<h3>{}</h3>", _("Incidents"))
    for row in _cut(found.incidents, "all new incidents"):
        label = f"**{links.plain_label(_(_CHANGES[row['change']]))}**  {links.plain_label(title(row))}"
        with st.expander(label, expanded=False):
            note(_("Listed here because: {reason}.").format(reason=retold(row["reason"])))
            observations.show_incidents(library.edition, row["incident_ids"])


def _of_country(rows: pd.DataFrame, adm0: str) -> pd.DataFrame:
    places = reads.places()
    here = [not adm0 or any(places.place(one).adm0 == adm0 for one in ids) for ids in rows["place_ids"]]
    return rows[pd.Series(here, index=rows.index, dtype=bool)]


def _cut(rows: pd.DataFrame, key: str) -> Iterable[Row]:
    """Return the rows to show: the first, all once they were asked for."""
    listed = records(rows)
    if len(listed) > FIRST_SHOWN and not st.toggle(
        ngettext("Show all {n}", "Show all {n}", len(listed)).format(n=number(len(listed))), key=key
    ):
        return listed[:FIRST_SHOWN]
    return listed


def _label(row: Row, value: str, said: str = "") -> str:
    stock = row["measure"] in STOCK_MEASURES
    parts = [
        *filter(None, [said]),
        words.measure(row["measure"]),
        observations.place_names(row["place_ids"]),
        observations.period_text(row, stock=stock),
    ]
    return f"**{links.plain_label(value)}**  {links.plain_label(' · '.join(parts))}"


def _between(row: Row) -> str:
    return f"{_quantity(row, row['low'])} \N{EN DASH} {_quantity(row, row['high'])}"


def _quantity(row: Row, value: float) -> str:
    return scale_of(row["unit"], [row["high"]], spoken()).text(value)
