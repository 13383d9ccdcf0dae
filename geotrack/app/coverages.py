"""What the collection covers: reports by month, the silences of a series, and units that no report names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from geotrack import charts
from geotrack.analysis.coverage import reports_by_month, series
from geotrack.analysis.tables import records
from geotrack.app import documentlists, links, reads, state
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.export.spreadsheets import cell
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.languages import ngettext, number
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence
from geotrack.maps.words import UnitWords

BY = {"country": n_("Country"), "publisher": n_("Publisher"), "language": n_("Language")}
_PARAMS = {"country": "place", "publisher": "publisher", "language": "language"}
_DRAWN = 16  # rows of the field; the rest is in the table below


def coverage_by(asked: Asked) -> str:
    """Ask by what reports are counted."""
    return str(
        st.selectbox(
            _("Reports by month and"),
            list(BY),
            format_func=lambda one: _(BY[one]),
            key=asked.hold("by", "country", state.one_of(BY)),
            on_change=state.touch,
            width=200,
        )
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def _tables(edition: Edition, adm0: str, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the reports by month and key, and each key's series."""
    table = reads.documents(edition)
    named = documentlists.countries_named(edition)
    if adm0:
        table = table[[adm0 in named.get(one, ()) for one in table["document_id"]]]
    published = dict(zip(table["document_id"], table["published"], strict=True))
    if by == "country":
        keys: Mapping[str, Any] = {one: named.get(one, ()) for one in table["document_id"]}
    else:
        keys = {one: [key] if key else [] for one, key in zip(table["document_id"], table[by], strict=True)}
    return reports_by_month(published, keys), series(published, keys)


def show(library: Library, adm0: str, by: str) -> None:
    """Show the field of months, the series, and for a country the units that reports name and do not."""
    months, rows = _tables(library.edition, adm0, by)
    if rows.empty:
        note(_("There are none."))
        return
    names = {row["key"]: _name(row["key"], by) for row in records(rows)}
    if not months.empty:
        _show_field(months, names, by)
    _show_series(rows, names, by)
    if adm0:
        _show_units(library, adm0)


def _name(key: str, by: str) -> str:
    if by == "country":
        return reads.places().place(key).name
    return documentlists.language_name(key) if by == "language" else key


def _show_field(months: pd.DataFrame, names: Mapping[str, str], by: str) -> None:
    """Show the field; a cell leads to its reports."""
    dated = set(months["key"])
    drawn = {key: name for key, name in names.items() if key in dated}
    drawn = dict([*drawn.items()][:_DRAWN])
    chart: Any = charts.coverage_field(months, drawn, _(BY[by]))
    picked = st.altair_chart(
        chart.configure(locale=charts.axis_locale()),
        width="stretch",
        on_select="rerun",
        key=f"coverage {by}",
        alt=_("Reports by month; the table below tells the same by name."),
    )
    cells = picked["selection"].get("cell") or []
    if not cells:
        note(_("The darker, the more reports; click a month for them."))
        return
    month = pd.Timestamp(cells[0]["month"]).date()
    last = (pd.Timestamp(month) + pd.offsets.MonthEnd()).date()
    told = _("Reports of {month}: {name}").format(month=month_in_words(month), name=names[cells[0]["key"]])
    params = {_PARAMS[by]: cells[0]["key"], "from": month.isoformat(), "to": last.isoformat()}
    links.link(links.DOCUMENTS, told, params)


def _show_series(rows: pd.DataFrame, names: Mapping[str, str], by: str) -> None:
    """Show each series with its longest silence; a row leads to its reports."""
    told = records(rows)
    table = pd.DataFrame(
        {
            # Streamlit offers a table as a spreadsheet just as it stands.
            _(BY[by]): [cell(names[row["key"]]) for row in told],
            _("Reports"): [row["n_documents"] for row in told],
            _("Undated"): [row["n_undated"] for row in told],
            _("First"): [evidence.day(row["first"]) for row in told],
            _("Latest"): [evidence.day(row["last"]) for row in told],
            _("Usually every"): [_days(row["usual_days"]) for row in told],
            _("Longest silence"): [_gap(row) for row in told],
        }
    )
    empty = [name for name in table.columns if not table[name].astype(bool).any()]
    picked = st.dataframe(
        table.drop(columns=empty),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        width="content",
        column_config={_(BY[by]): st.column_config.TextColumn(width=210)},
        key=f"series {by}",
    )
    chosen = picked["selection"]["rows"]
    if chosen and chosen[0] < len(told):
        key = told[chosen[0]]["key"]
        params = {_PARAMS[by]: key, "sort": "oldest"}
        links.link(links.DOCUMENTS, _("Reports: {name}").format(name=names[key]), params)
    note(
        _(
            "A silence is an interval three times as long as the usual one, or longer, between two days "
            "with a report. Nothing published and nothing collected look the same."
        )
    )


def _days(count: float) -> str:
    if pd.isna(count):
        return ""
    days = round(count)
    return ngettext("{n} day", "{n} days", days).format(n=number(days))


def _gap(row: Mapping[str, Any]) -> str:
    if row["gap_start"] is None:
        return ""
    return evidence.period(row["gap_start"], row["gap_end"], stock=False)


def _show_units(library: Library, adm0: str) -> None:
    """Show how many reports name each unit of a country, and which none names."""
    from geotrack.app.unknowns import show_units

    level = reads.layers(library.settings).get(adm0, ["adm1"])[0]
    places, named = reads.places(), documentlists.places_counted(library.edition)
    units = sorted(places.units(adm0, level), key=lambda unit: -named[unit.id])
    unit_words = UnitWords(
        *(
            places.level_name(adm0, level, plural=plural, of=of)
            for of in (False, True)
            for plural in (False, True)
        )
    )
    html("<h3>{}</h3>", unit_words.put_into(_("Named by reports: {units}")))
    missing = [unit.name for unit in units if not named[unit.id]]
    if missing:
        told = _("Named by no report: {places}.")
        note(told.format(places=evidence.joined(missing, 40)))
    known = [unit for unit in units if named[unit.id]]
    if known:
        table = pd.DataFrame(
            {
                _("Place"): [unit.name for unit in known],
                _("Reports that name it"): [named[unit.id] for unit in known],
            }
        )
        show_units(table, [unit.id for unit in known], "named units")
