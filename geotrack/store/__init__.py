"""Documents, what was read from them, and what people said of it, in one database.

SQLite is a file; `postgresql://…` is a shared server. The tables are described in `tables.py`.
"""

from __future__ import annotations

from geotrack.store.findings import Finding
from geotrack.store.ingest import IngestReport, RefusedDocument, Step, ingest
from geotrack.store.outcomes import Change, Outcome, ReviewedDocument, StoredDocument, Tombstone
from geotrack.store.refusals import (
    InvalidFindingError,
    InvalidReadingError,
    InvalidReviewError,
    NothingToUndoError,
    OvertakenReviewError,
    RemovedDocumentError,
    UnknownDocumentError,
    UnknownFactError,
)
from geotrack.store.reviews import Review, Standing
from geotrack.store.search import Excerpt
from geotrack.store.store import Store
from geotrack.store.unread import UnreadFile

__all__ = [
    "Change",
    "Excerpt",
    "Finding",
    "IngestReport",
    "InvalidFindingError",
    "InvalidReadingError",
    "InvalidReviewError",
    "NothingToUndoError",
    "Outcome",
    "OvertakenReviewError",
    "RefusedDocument",
    "RemovedDocumentError",
    "Review",
    "ReviewedDocument",
    "Standing",
    "Step",
    "Store",
    "StoredDocument",
    "Tombstone",
    "UnknownDocumentError",
    "UnknownFactError",
    "UnreadFile",
    "ingest",
]
