"""What the store answers: what an addition changed, and a document with all that is known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """A document, every appearance of its text (the first one first), its reading, and what people added.

    The first appearance is the earliest published one, among equals one chosen by its address; its
    publication date is the one that relative dates were read by. `added` are the facts that people found
    and the reader missed, as they were added: without later corrections.
    """

    document: Document
    sources: tuple[Source, ...]
    reading: Reading
    added_at: dt.datetime
    read_at: dt.datetime
    added: tuple[Fact, ...] = ()

    @property
    def whole(self) -> Reading:
        """The reading with what people added, in the order of the text.

        What was read in the words of an added fact and states the same is left out.
        """
        from geotrack.store.findings import told_again

        read: tuple[Fact, ...] = (*self.reading.figures, *self.reading.incidents)
        facts: list[Fact] = [*(one for one in read if not told_again(one, self.added)), *self.added]
        facts.sort(key=lambda fact: fact.span)
        figures = tuple(one for one in facts if isinstance(one, Figure))
        incidents = tuple(one for one in facts if isinstance(one, Incident))
        return replace(self.reading, figures=figures, incidents=incidents) if self.added else self.reading


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """A document that a person went through, and the facts that are right by people's words.

    `facts` are what the person looked at (whatever other rules read by now) and what people added, with
    corrections, without what was rejected; each by its place in the text. `who` called it complete, `at`.
    """

    document: Document
    who: str
    at: dt.datetime
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a removed document: its id, when it was removed, and why."""

    document_id: str
    removed_at: dt.datetime
    why: str
