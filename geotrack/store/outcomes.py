"""What the store answers: what an addition changed, and a document with all that is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geotrack.models import Document, Figure, Incident, Reading, Source

Status = Literal["new", "unchanged", "updated"]
Fact = Figure | Incident


@dataclass(frozen=True, slots=True)
class Change:
    """How many facts a reading added, removed, kept as they were, and altered (same words, other values)."""

    added: int = 0
    removed: int = 0
    kept: int = 0
    altered: int = 0

    @classmethod
    def between(cls, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Change:
        """Compare two readings of a document, fact by fact."""
        shared = before.keys() & after.keys()
        kept = sum(before[fact_id] == after[fact_id] for fact_id in shared)
        return cls(
            added=len(after) - len(shared),
            removed=len(before) - len(shared),
            kept=kept,
            altered=len(shared) - kept,
        )

    def __add__(self, other: Change) -> Change:
        return Change(
            self.added + other.added,
            self.removed + other.removed,
            self.kept + other.kept,
            self.altered + other.altered,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document that was added.

    `new`: its text was not there before. `updated`: its reading was replaced (`reread`), or another
    appearance of the text was noted or corrected (`sources_added`, `sources_removed`).
    `unchanged`: nothing was written.
    """

    document_id: str
    status: Status
    figures: Change = Change()
    incidents: Change = Change()
    sources_added: int = 0
    sources_removed: int = 0
    reread: bool = False

    def __add__(self, other: Outcome) -> Outcome:
        order: tuple[Status, ...] = ("new", "updated", "unchanged")
        return Outcome(
            document_id=self.document_id,
            status=min(self.status, other.status, key=order.index),
            figures=self.figures + other.figures,
            incidents=self.incidents + other.incidents,
            sources_added=self.sources_added + other.sources_added,
            sources_removed=self.sources_removed + other.sources_removed,
            reread=self.reread or other.reread,
        )


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document, every appearance of its text (the first one first), and its reading.

    The first appearance is the earliest published one, among equals the one that came in first; its
    publication date is the one that relative dates were read by.
    """

    document: Document
    sources: tuple[Source, ...]
    reading: Reading
    added_at: dt.datetime
    read_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a removed document: its id, when it was removed, and why."""

    document_id: str
    removed_at: dt.datetime
    why: str
