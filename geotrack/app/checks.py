"""What does not fit, where reports disagree, where little is known, and what is new: the views of a check."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from geotrack.analysis import changes_since, conflicts, silent_units, warnings
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.observations import SAME_SCOPE
from geotrack.analysis.tables import records
from geotrack.app import controls, links, observations, paging, reads, state, unknowns, unreadable
from geotrack.app.cards import html, note
from geotrack.app.eventcards import title
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, pgettext, retold, spoken
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence, words
from geotrack.maps.scales import scale_of

ROWS = 12
_QUICK = 10_000
"""Figures up to which conflicts and warnings are all added up at once, in some seconds."""
VIEWS = {
    "conflicts": n_("Where reports disagree"),
    "warnings": n_("What does not fit"),
    "places": n_("Places in doubt"),
    "undated": n_("Without a date"),
    "empty": n_("Nothing found"),
    "unreadable": n_("Could not be read"),
    "silent": n_("Places named without a figure"),
    "coverage": n_("What is covered"),
    "new": n_("What is new"),
}
CONFLICT_KINDS = {
    "same": n_("The same number, told otherwise"),
    "part": n_("Perhaps a part and its whole"),
}
_NEW, _NEW_INCIDENTS = "all", "all_incidents"  # lists of what is new that the address may ask for as a whole
_CHANGES = {"new": n_("New"), "changed": n_("Told otherwise"), "gone": n_("Gone")}
_SETTLED = {
    "conflicts": n_("No two reports give different values for the same places and days."),
    "warnings": n_("Everything that is stated fits together."),
}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CheckFilter:
    """What is looked for: a view, of a country and of a kind (empty: any), in facts that are sure enough.

    `whole` names the lists that are shown as a whole.
    """

    view: str = "conflicts"
    adm0: str = ""
    least: float = 0.0
    kind: str = ""
    since: dt.date | None = None
    by: str = ""
    whole: frozenset[str] = frozenset()

    @property
    def params(self) -> dict[str, str | None]:
        """What is looked for, as it stands in the address."""
        asked = controls.check_params(self.view, self.adm0, self.least, self.since)
        return asked | {"kind": self.kind, "by": self.by} | dict.fromkeys(sorted(self.whole), "1")


def ask(library: Library, asked: Asked) -> CheckFilter:
    """Show the views with how much is in each, and the controls of the one chosen."""
    row = st.container(horizontal=True, vertical_alignment="bottom", key="controls check")
    with row:
        adm0 = controls.any_country(asked, library)
        least = controls.min_confidence(asked)
    key = asked.hold("view", "conflicts", state.one_of(VIEWS))
    counts = _counts(library.edition, st.session_state[key] or "conflicts", adm0, least)
    counts["unreadable"] = len(library.store.unread_files())
    view = _view(key, counts)
    with row:
        kinds = _kinds(library.edition, view, adm0, least)
        kind = _kind(asked, view, kinds) if kinds else ""
        day = since(asked) if view == "new" else None
        by = unknowns.coverage_by(asked) if view == "coverage" else ""
    return CheckFilter(view, adm0, least, kind, day, by, _whole(asked) if view == "new" else frozenset())


def _whole(asked: Asked) -> frozenset[str]:
    """Return the lists of what is new that are asked for as a whole; their switches are drawn later."""
    switches = {name: asked.hold(name, False, state.switch) for name in (_NEW, _NEW_INCIDENTS)}  # noqa: FBT003 - a widget's value
    return frozenset(name for name, key in switches.items() if st.session_state[key])


def _view(key: str, counts: Mapping[str, int]) -> str:
    """Ask what to look for; each view says how much is in it."""

    def told(name: str) -> str:
        return f"{_(VIEWS[name])} ({number(counts[name])})" if name in counts else _(VIEWS[name])

    # The browser holds the labels, whose numbers change with country and confidence: they are sent anew.
    st.session_state[key] = st.session_state[key] or "conflicts"
    chosen = st.pills(
        _("Show"), list(VIEWS), format_func=told, key=key, on_change=state.touch, required=True, wrap=True
    )
    return str(chosen or "conflicts")


def _kind(asked: Asked, view: str, kinds: Mapping[str, tuple[str, int]]) -> str:
    """Ask for one kind of what a view shows; what may be mixed has all of them, too."""
    options = [*([""] if view in _SETTLED else []), *kinds]
    key = asked.hold("kind", options[0], str)
    if st.session_state[key] not in options:
        if st.session_state[key] and asked.fresh:
            asked.refused.add("kind")
        st.session_state[key] = options[0]

    def told(kind: str) -> str:
        return f"{kinds[kind][0]} ({number(kinds[kind][1])})" if kind else pgettext("kinds", "All")

    chosen = st.selectbox(_("Kind"), options, format_func=told, key=key, on_change=state.touch, width=340)
    return str(chosen or "")


def _kinds(edition: Edition, view: str, adm0: str, least: float) -> dict[str, tuple[str, int]]:
    """Return the kinds of what a view shows: what each is called, and how much of it there is."""
    if view in _SETTLED:
        counts = Counter(_ranked(edition, view, adm0, least)["of_kind"])
        names = CONFLICT_KINDS if view == "conflicts" else words.CHECKS
        return {kind: (_(names[kind]), counts[kind]) for kind in names if counts[kind]}
    return unknowns.kinds(edition, view, adm0, least)


def _counts(edition: Edition, view: str, adm0: str, least: float) -> dict[str, int]:
    """Return how much is in each view; of a large library that of views not opened yet is not known."""
    quick = len(reads.figures(edition)) <= _QUICK
    opened: set[tuple[str, float]] = _opened(edition)
    opened |= {(one, least) for one in _SETTLED if quick or one == view}
    with st.spinner(_("Adding up …")):
        known = [one for one in _SETTLED if (one, least) in opened]
        found = {one: len(_ranked(edition, one, adm0, least)) for one in known}
    return found | unknowns.counts(edition, adm0, least)


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(edition: Edition) -> set[tuple[str, float]]:
    """Return which views have been added up, for which confidence; it grows."""
    del edition  # it is the key alone
    return set()


def _ranked(edition: Edition, view: str, adm0: str, least: float) -> pd.DataFrame:
    """Return the conflicts or the warnings of a country, with `of_kind` as the address calls it."""
    return unknowns.of_country(_ranked_anywhere(edition, view, least), adm0)


@st.cache_resource(show_spinner=False, max_entries=8)
def _ranked_anywhere(edition: Edition, view: str, least: float) -> pd.DataFrame:
    book = reads.ledger(edition, least)
    if view == "conflicts":
        rows = conflicts(book)
        return rows.assign(of_kind=["same" if kind == SAME_SCOPE else "part" for kind in rows["kind"]])
    rows = warnings(book)
    return rows.assign(of_kind=rows["name"])


def show(library: Library, asked: Asked, asks: CheckFilter) -> int:
    """Show a view, and return which piece of its list that is."""
    if asks.view == "new":
        _show_new(library, asks)
        return 1
    if asks.view == "silent":
        _show_silent(library, asks)
        return 1
    if asks.view == "unreadable":
        return unreadable.show(library, asked)
    if asks.view in _SETTLED:
        return _show_ranked(library, asked, asks)
    return unknowns.show(library, asked, asks.view, (asks.adm0, asks.least, asks.kind, asks.by))


def _show_ranked(library: Library, asked: Asked, asks: CheckFilter) -> int:
    """Show the quantities that are told differently, or what cannot all be right, the widest apart first."""
    rows = _ranked(library.edition, asks.view, asks.adm0, asks.least)
    rows = rows[rows["of_kind"] == asks.kind] if asks.kind else rows
    shown = paging.at(asked, asks, len(rows), ROWS)
    if rows.empty:
        note(_(_SETTLED[asks.view]))
        return shown
    for row in records(rows.iloc[(shown - 1) * ROWS : shown * ROWS]):
        said = "" if asks.view == "conflicts" else words.check(row["name"])
        with st.expander(_label(row, _between(row), said), expanded=False):
            if asks.view == "conflicts":
                chosen = _("Totals use {value}: {reason}.")
                note(chosen.format(value=_quantity(row, row["preferred"]), reason=retold(row["reason"])))
                if row["of_kind"] == "part":
                    note(_("The values lie far apart: the lower may be of a part of what the higher counts."))
            observations.show_figures(library.edition, row["figure_ids"])
            observations.show_incidents(library.edition, row["incident_ids"])
    paging.show("check", shown, len(rows), ROWS)
    return shown


def _show_silent(library: Library, asks: CheckFilter) -> None:
    """Show the units that reports name and of which no figure is known."""
    if not asks.adm0:
        note(_("Choose a country."))
        return
    tables = reads.mentions(library.edition), reads.documents(library.edition)
    level = reads.layers(library.settings).get(asks.adm0, ["adm1"])[0]
    book = reads.ledger(library.edition, asks.least)
    found = silent_units(book, *tables, adm0=asks.adm0, level=level)
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
    unknowns.show_units(table, [str(place_id) for place_id in found.index], "silent units")


def since(asked: Asked) -> dt.date:
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


def _show_new(library: Library, asks: CheckFilter) -> None:
    """Show what reports published since a day state for the first time."""
    assert asks.since is not None
    found = changes_since(
        reads.ledger(library.edition, asks.least),
        reads.documents(library.edition),
        since=asks.since,
        place_id=asks.adm0 or None,
    )
    told = ngettext("{n} report published since", "{n} reports published since", len(found.documents))
    note(told.format(n=number(len(found.documents))))
    for row in _cut(found.observations, _NEW):
        with st.expander(_label(row, observations.value_text(row)), expanded=False):
            observations.show_figures(library.edition, row["figure_ids"])
    if not found.incidents.empty:
        html("<h3>{}</h3>", _("Incidents"))
    for row in _cut(found.incidents, _NEW_INCIDENTS):
        label = f"**{links.plain_label(_(_CHANGES[row['change']]))}**  {links.plain_label(title(row))}"
        with st.expander(label, expanded=False):
            note(_("Listed here because: {reason}.").format(reason=retold(row["reason"])))
            observations.show_incidents(library.edition, row["incident_ids"])


def _cut(rows: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    """Return the rows to show of a list: the first, all once they were asked for."""
    listed = records(rows)
    if len(listed) > ROWS and not st.toggle(
        ngettext("Show all {n}", "Show all {n}", len(listed)).format(n=number(len(listed))),
        key=f"check {name}",
        on_change=state.touch,
    ):
        return listed[:ROWS]
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
