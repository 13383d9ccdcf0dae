"""Documents, what was read from them, and what people said of it, in one database.

SQLite is a file; `postgresql://…` is a shared server. The tables are described in `tables.py`.
"""

from __future__ import annotations

from geotrack.store.ingest import IngestReport, RefusedDocument, Step, ingest
from geotrack.store.outcomes import Change, Outcome, StoredDocument, Tombstone
from geotrack.store.refusals import (
    InvalidReadingError,
    InvalidReviewError,
    RemovedDocumentError,
    UnknownDocumentError,
    UnknownFactError,
)
from geotrack.store.reviews import Review
from geotrack.store.search import Excerpt
from geotrack.store.store import Store

__all__ = [
    "Change",
    "Excerpt",
    "IngestReport",
    "InvalidReadingError",
    "InvalidReviewError",
    "Outcome",
    "RefusedDocument",
    "RemovedDocumentError",
    "Review",
    "Step",
    "Store",
    "StoredDocument",
    "Tombstone",
    "UnknownDocumentError",
    "UnknownFactError",
    "ingest",
]
