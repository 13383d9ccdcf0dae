"""The queue of facts to look at: ordered once for a reading of the library, then thinned out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from geotrack.analysis.priorities import INCIDENTS, priorities
from geotrack.app import reads, state
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps.words import measure as measure_in_words
from geotrack.store import Standing

VIEWS = {"queue": n_("One by one"), "text": n_("In the whole text"), "done": n_("What was reviewed")}
NONE = "none"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which facts are asked for; empty is any."""

    adm0: str = ""
    measure: str = ""
    publisher: str = ""
    document: str = ""

    @property
    def params(self) -> dict[str, str | None]:
        """The filter as it stands in the address."""
        return {
            "country": self.adm0,
            "measure": self.measure,
            "publisher": self.publisher,
            "document": self.document,
        }


@dataclass(frozen=True, slots=True)
class Queue:
    """Facts in the order in which they are looked at: all that are asked for, and those that are left."""

    asked: pd.DataFrame
    left: pd.DataFrame

    def next_after(self, fact_id: str) -> str:
        """Return the fact that comes after one among those left, the first after the last; empty if none."""
        ids = self.asked["fact_id"].tolist()
        at = ids.index(fact_id) + 1 if fact_id in ids else 0
        left = set(self.left["fact_id"]) - {fact_id}
        return next((one for one in [*ids[at:], *ids[:at]] if one in left), "")


def order(library: Library) -> pd.DataFrame:
    """Return every fact that nobody had judged when this reading of the library was first looked at.

    A verdict makes another edition of the library, but no other order: it is computed anew only when
    documents come, go or are read again.
    """
    with st.spinner(_("Ordering the queue …")):
        return _order(library.edition.database, library.store.reading_revision, library.edition)


@st.cache_resource(show_spinner=False, max_entries=2)
def _order(database: str, reading: int, _edition: Edition) -> pd.DataFrame:
    del database, reading  # they are the key alone
    return priorities(reads.figures(_edition), reads.incidents(_edition), reads.gazetteer())


@st.cache_resource(show_spinner=False, max_entries=2)
def standings(edition: Edition) -> dict[str, Standing]:
    """Return the words that hold, by the ids of facts and documents."""
    return edition.store.standings()


def queue(library: Library, asks: QueueFilter) -> Queue:
    """Return the facts that are asked for; those of one document in the order of its text."""
    found = order(library)
    mask = pd.Series(data=True, index=found.index)
    for name, value in (
        ("measure", asks.measure),
        ("publisher", asks.publisher),
        ("document_id", asks.document),
    ):
        if value:
            mask &= found[name] == value
    if asks.adm0:
        mask &= found["adm0"].isna() if asks.adm0 == NONE else found["adm0"] == asks.adm0
    found = found[mask]
    if asks.document:
        found = found.sort_values(["span_start", "fact_id"])
    judged = found["fact_id"].isin(standings(library.edition).keys())
    return Queue(found, found[~judged])


def ask(library: Library, asked: Asked) -> QueueFilter:
    """Ask which facts to look at."""
    found = order(library)
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls review"):
        adm0 = _choose(asked, "country", _("Country"), _countries(found), _country, 170)
        measures = sorted(found["measure"].unique(), key=measure_in_words)
        measure = _choose(asked, "measure", _("Measure"), measures, measure_in_words, 230)
        publishers = sorted(found["publisher"].dropna().unique(), key=str.casefold)
        publisher = _choose(asked, "publisher", _("Publisher"), publishers, _plainly, 230)
    document = str(st.session_state[asked.hold("document", "", str)])
    return QueueFilter(adm0, measure, publisher, document)


def _choose(asked: Asked, name: str, label: str, options: list[str], told: object, width: int) -> str:
    def words(option: str) -> str:
        return told(option) if option else _("All")  # type: ignore[operator]  # a function of one text

    held = asked.hold(name, "", state.one_of(["", *options]))
    if st.session_state[held] not in {"", *options}:
        st.session_state[held] = ""
    return str(
        st.selectbox(label, ["", *options], format_func=words, key=held, on_change=state.touch, width=width)
    )


def _plainly(option: str) -> str:
    return option


def _countries(found: pd.DataFrame) -> list[str]:
    known = sorted(found["adm0"].dropna().unique())
    return [*known, NONE] if found["adm0"].isna().any() else known


def _country(adm0: str) -> str:
    return _("no place") if adm0 == NONE else reads.places().place(adm0).name


def measure_name(measure: str) -> str:
    """Return what a queue calls a measure, or incidents."""
    return _("Incidents") if measure == INCIDENTS else measure_in_words(measure)
