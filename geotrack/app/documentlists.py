"""The list of documents: searched, filtered and sorted, a piece at a time, each with what was found in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from babel import Locale
from markupsafe import Markup

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records
from geotrack.app import controls, links, paging, reads, state
from geotrack.app.cards import html, note, with_marks
from geotrack.app.controls import Window
from geotrack.app.observations import unit_name
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.extraction.lexicon import languages
from geotrack.languages import alphabetical, ngettext, number, pgettext, spoken
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import evidence, words
from geotrack.store import Excerpt

ROWS = 15
ONLY = {
    "figures": n_("With figures"),
    "incidents": n_("With incidents"),
    "judged": n_("With a fact judged by a person"),
    "complete": n_("Gone through by a person"),
    "nothing": n_("Read, nothing found"),
    "unread": n_("Not read"),
    "undated": n_("Without a date"),
}
SORTS = {"newest": n_("Newest first"), "oldest": n_("Oldest first"), "facts": n_("Most facts first")}
_OPENED = "documents list left"  # the view of the list from which a document was opened


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What is asked of documents; an empty word asks nothing."""

    query: str = ""
    place: str = ""
    language: str = ""
    publisher: str = ""
    only: str = ""
    window: Window = controls.ALWAYS
    sort: str = "newest"

    @property
    def params(self) -> dict[str, str | None]:
        """What is asked, as it stands in the address."""
        return {
            "search": self.query,
            "place": self.place,
            "language": self.language,
            "publisher": self.publisher,
            "only": self.only,
            "from": self.window.start.isoformat() if self.window.start else None,
            "to": self.window.end.isoformat() if self.window.end else None,
            "sort": None if self.sort == "newest" else self.sort,
        }


def ask(library: Library, asked: Asked) -> DocumentFilter:
    """Show the controls, and return what they ask for."""
    known = _known(library.edition)
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls documents"):
        query = st.text_input(
            _("Search texts, titles and publishers"),
            key=asked.hold("search", "", str),
            on_change=state.touch,
            width=300,
        )
        controls.more()
        named = {one: unit_name(one) for one in known.places}
        place = _counted(asked, "place", _("Place named"), known.places, named, 210)
        tongues = {one: language_name(one) for one in known.languages}
        language = _counted(asked, "language", _("Language"), known.languages, tongues, 170)
        publishers = {one: one for one in known.publishers}
        publisher = _counted(asked, "publisher", _("Publisher"), known.publishers, publishers, 210)
        only = _chosen(asked, "only", _("Only"), {"": pgettext("documents", "All"), **ONLY}, "")
        sort = _chosen(asked, "sort", _("Order"), SORTS, "newest")
        window = controls.days(asked)
    return DocumentFilter(query.strip(), place, language, publisher, only, window, sort)


def _counted(
    asked: Asked, name: str, label: str, counts: Mapping[str, int], named: Mapping[str, str], width: int
) -> str:
    """Ask for one of what documents have, each with how many have it; empty is any."""
    options = ["", *sorted(named, key=lambda one: alphabetical(named[one]))]
    return str(
        st.selectbox(
            label,
            options,
            format_func=lambda one: (
                f"{named[one]} ({number(counts[one])})" if one else pgettext("documents", "All")
            ),
            key=asked.hold(name, "", state.one_of(options)),
            on_change=state.touch,
            width=width,
        )
    )


def _chosen(asked: Asked, name: str, label: str, options: Mapping[str, str], default: str) -> str:
    return str(
        st.selectbox(
            label,
            list(options),
            format_func=lambda one: _(options[one]),
            key=asked.hold(name, default, state.one_of(options)),
            on_change=state.touch,
            width=210,
        )
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the documents of an edition beyond their table.

    `places_of` has the countries and units that a document speaks of; the others count the documents of each
    place, language and publisher.
    """

    places_of: Mapping[str, frozenset[str]]
    places: Counter[str]
    languages: Counter[str]
    publishers: Counter[str]


@st.cache_resource(show_spinner=False, max_entries=2)
def _known(edition: Edition) -> _Known:
    table, nesting = reads.documents(edition), Nesting(reads.gazetteer())
    named: dict[str, set[str]] = {}
    pairs = edition.store.document_places()
    for document_id, place_id in zip(pairs["document_id"], pairs["place_id"], strict=True):
        if not nesting.unknown([place_id]):
            place = nesting.place(place_id)
            named.setdefault(document_id, set()).update(filter(None, (place.adm0, place.adm1, place.adm2)))
    return _Known(
        {one: frozenset(some) for one, some in named.items()},
        Counter(one for some in named.values() for one in some if _has_units(nesting.place(one).adm0)),
        Counter(table["language"]),
        Counter(name for name in table["publisher"] if name),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _judged(edition: Edition) -> frozenset[str]:
    """Return the documents with a fact that a person judged or added."""
    facts = (reads.figures(edition), reads.incidents(edition))
    return frozenset(one for told in facts for one in told["document_id"][told["review"].notna()])


def _has_units(adm0: str) -> bool:
    """Tell whether a country is one of those that reports are read for."""
    return bool(reads.gazetteer().units(adm0, "adm1"))


def places_counted(edition: Edition) -> Counter[str]:
    """Count the documents that speak of each country and unit, of those that reports are read for."""
    return _known(edition).places


def countries_named(edition: Edition) -> dict[str, list[str]]:
    """Return the countries that each document names, of those that reports are read for."""
    nesting = Nesting(reads.gazetteer())
    return {
        document_id: [one for one in some if nesting.place(one).level == "country" and _has_units(one)]
        for document_id, some in _known(edition).places_of.items()
    }


@st.cache_resource(show_spinner=False, max_entries=32)
def _searched(edition: Edition, query: str) -> frozenset[str]:
    return frozenset(edition.store.search(query))


def matching(edition: Edition, asked: DocumentFilter) -> pd.DataFrame:
    """Return the documents that a filter lets through, in the order asked for."""
    table, known = reads.documents(edition), _known(edition)
    keep = pd.Series(data=True, index=table.index)
    if asked.query:
        keep &= table["document_id"].isin(_searched(edition, asked.query))
    if asked.place:
        keep &= _each(table["document_id"], lambda one: asked.place in known.places_of.get(one, ()))
    for name, value in (("language", asked.language), ("publisher", asked.publisher)):
        if value:
            keep &= table[name] == value
    if asked.only:
        keep &= _only(edition, table, asked.only)
    if asked.window != controls.ALWAYS:
        keep &= _each(table["published"], lambda day: _is_within(day, asked.window))
    return _sorted(table[keep], asked.sort)


def _each(values: pd.Series[Any], passes: Callable[[Any], bool]) -> pd.Series[bool]:
    return pd.Series([passes(value) for value in values], index=values.index, dtype=bool)


def _is_within(day: dt.date | None, window: Window) -> bool:
    if day is None:
        return False
    return (window.start or dt.date.min) <= day <= (window.end or dt.date.max)


def _only(edition: Edition, table: pd.DataFrame, only: str) -> pd.Series[bool]:
    """Tell which documents are of a kind (`ONLY`)."""
    if only == "judged":
        return table["document_id"].isin(_judged(edition))
    empty = (table["n_figures"] == 0) & (table["n_incidents"] == 0)
    readable = table["language"].isin(languages())
    return {
        "figures": table["n_figures"] > 0,
        "incidents": table["n_incidents"] > 0,
        "complete": table["reviewed_by"].notna(),
        "nothing": empty & readable,
        "unread": ~readable,
        "undated": table["published"].isna(),
    }[only]


def _sorted(found: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "oldest":
        return found.sort_values("published", na_position="last", kind="stable")
    newest = found.iloc[::-1].sort_values("published", ascending=False, na_position="last", kind="stable")
    if sort == "facts":
        facts = newest["n_figures"] + newest["n_incidents"]
        return newest.loc[facts.sort_values(ascending=False, kind="stable").index]
    return newest


def show(library: Library, asked: DocumentFilter, found: pd.DataFrame, shown: int) -> None:
    """Show a piece of the list."""
    if found.empty:
        note(_("No document matches. Clear the search or a filter to see more of them."))
        return
    note(ngettext("{n} document", "{n} documents", len(found)).format(n=number(len(found))))
    for row in records(found.iloc[(shown - 1) * ROWS : shown * ROWS]):
        excerpt = library.store.excerpt(row["document_id"], asked.query) if asked.query else None
        _show_row(row, excerpt)
    paging.show("documents", shown, len(found), ROWS)


def _show_row(row: dict[str, Any], excerpt: Excerpt | None) -> None:
    with st.container(border=True, gap=None, key=f"row-{row['document_id']}"):
        title = links.plain_label(row["title"] or _("Untitled ({id})").format(id=row["document_id"]))
        key = f"open {row['document_id']}"
        st.button(f"**{title}**", key=key, on_click=choose, args=(row["document_id"],), type="tertiary")
        found = Markup('<p class="gt-found" dir="auto">{}</p>')
        html(
            "<p class='gt-note'><bdi>{}</bdi> · {} · {} · {}{}</p>{}",
            row["publisher"] or _(words.NO_PUBLISHER),
            evidence.dated(row["published"]),
            language_name(row["language"]),
            found_in(row),
            " · " + pgettext("a report", "retold") if row["retold"] else "",
            found.format(with_marks(excerpt.text, excerpt.spans, "found")) if excerpt else "",
        )


def found_in(row: Mapping[str, Any]) -> str:
    """Return what was read in a document, or that there are no rules for its language."""
    figures, incidents = row["n_figures"], row["n_incidents"]
    if not figures and not incidents and row["language"] not in languages():
        return _("not read: no reading rules for the language {language} yet").format(
            language=repr(row["language"])
        )
    told = ngettext("{n} figure", "{n} figures", figures).format(n=number(figures))
    harm = ngettext("{n} incident", "{n} incidents", incidents).format(n=number(incidents))
    return f"{told}, {harm}"


def choose(document_id: str) -> None:
    """Open a document from the list; for callbacks."""
    for name, value in {"document": document_id, "fact": "", "match": 0, "part": 1}.items():
        st.session_state[f"documents {name}"] = value
    state.touch()


def remember(asked: DocumentFilter, shown: int) -> None:
    """Keep the view of the list: its controls are not there while a document is read."""
    view = {name: value for name, value in asked.params.items() if value}
    st.session_state[_OPENED] = view | ({"page": str(shown)} if shown > 1 else {})


def go_back() -> None:
    """Go back to the list as it was left; for callbacks."""
    state.visit("documents", st.session_state.get(_OPENED, {}))


def language_name(code: str) -> str:
    """Return a language by its name in the language spoken, where CLDR knows it."""
    return words.capitalised(str(Locale.parse(spoken()).languages.get(code, code)))
