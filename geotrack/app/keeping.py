"""What one edition of a library takes over from the one before: all but the documents of which people spoke.

A verdict changes one fact of a hundred thousand. Where anything else has changed since, all is read anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock
from typing import Generic, Literal, Protocol, TypeVar

import pandas as pd
import streamlit as st

from geotrack.analysis import Ledger
from geotrack.analysis.nesting import PlaceIndex
from geotrack.store import Store

MOST = 50
"""Documents that are read one by one; of more, all are read at once."""

_Held = TypeVar("_Held")


class Edition(Protocol):
    """One state of a database (`reads.Edition`)."""

    @property
    def database(self) -> str:
        """Where it is."""

    @property
    def revision(self) -> int:
        """The number of the state."""

    @property
    def judged(self) -> bool:
        """Whether only what a person has judged is read."""

    @property
    def store(self) -> Store:
        """The store."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[_Held]):
    """What was made of one state of the store."""

    revision: int
    reading_revision: int
    held: _Held


class _Last(Generic[_Held]):
    """What was made last, where it is sure of which state."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: _Kept[_Held] | None = None

    def before(self, edition: Edition) -> tuple[_Held, frozenset[str]] | None:
        """Return it with the documents of which people have spoken since; None if more has changed."""
        with self._lock:
            kept = self._kept
        if kept is None or kept.revision > edition.revision:
            return None
        spoken = edition.store.spoken_of_since(kept.revision, kept.reading_revision)
        return (kept.held, spoken) if spoken is not None and len(spoken) <= MOST else None

    def keep(self, edition: Edition, held: _Held) -> None:
        """Keep what was made of an edition, if the store is in that state still: nothing later is in it."""
        reading_revision = edition.store.reading_revision
        if edition.store.revision == edition.revision:
            with self._lock:
                if self._kept is None or self._kept.revision < edition.revision:
                    self._kept = _Kept(edition.revision, reading_revision, held)


@st.cache_resource(show_spinner=False, max_entries=8)
def _last_facts(database: str, kind: str) -> _Last[pd.DataFrame]:
    del database, kind  # they are the key
    return _Last()


@st.cache_resource(show_spinner=False, max_entries=4)
def _last_ledger(database: str, *, judged: bool) -> _Last[Ledger]:
    del database, judged
    return _Last()


def facts(edition: Edition, kind: Literal["figure", "incident"]) -> pd.DataFrame:
    """Return the store's figures or incidents."""
    store, last = edition.store, _last_facts(edition.database, kind)
    read = store.figures if kind == "figure" else store.incidents
    before = last.before(edition)
    found = read() if before is None else _replaced(before[0], before[1], read(before[1]))
    last.keep(edition, found)
    return found


def _replaced(facts: pd.DataFrame, document_ids: Collection[str], now: pd.DataFrame) -> pd.DataFrame:
    """Return facts with those of some documents replaced, in the order of the store."""
    kept = facts[~facts["document_id"].isin(document_ids)]
    both = [one for one in (kept, now) if len(one)]
    return pd.concat(both or [now]).sort_values("document_id", kind="stable", ignore_index=True)


def ledger(edition: Edition, figures: pd.DataFrame, incidents: pd.DataFrame, gazetteer: PlaceIndex) -> Ledger:
    """Return the facts of an edition reconciled."""
    last = _last_ledger(edition.database, judged=edition.judged)
    before = last.before(edition)
    if before is None:
        found = Ledger(figures, gazetteer, incidents=incidents)
    else:
        book, spoken = before
        told = [table[table["document_id"].isin(spoken)] for table in (figures, incidents)]
        found = book.revised(spoken, *told)
    last.keep(edition, found)
    return found
