"""The refusals of the store, each a StoreError that says what to do."""

from __future__ import annotations

import datetime as dt

from geotrack.errors import StoreError


class UnknownDocumentError(StoreError):
    """No document, or more than one, has this id or begins with it."""

    def __init__(self, database: str, document_id: str, candidates: tuple[str, ...] = ()) -> None:
        self.document_id, self.candidates = document_id, candidates
        if candidates:
            problem = f"{document_id!r} begins the ids of several documents ({', '.join(candidates)})"
            remedy = "Give more of the id."
        else:
            problem = f"no document has the id {document_id!r}"
            remedy = "List what is there: geotrack documents list."
        super().__init__(database, problem, remedy)


class UnknownFactError(StoreError):
    """No figure and no incident, or more than one, has this id or begins with it."""

    def __init__(self, database: str, fact_id: str, candidates: tuple[str, ...] = ()) -> None:
        self.fact_id, self.candidates = fact_id, candidates
        if candidates:
            problem = f"{fact_id!r} begins the ids of several facts ({', '.join(candidates)})"
            remedy = "Give more of the id."
        else:
            problem = f"no figure and no incident has the id {fact_id!r}"
            remedy = "List a document's facts: geotrack documents show ID."
        super().__init__(database, problem, remedy)


class RemovedDocumentError(StoreError):
    """A document that a person removed and that comes in again."""

    def __init__(
        self, database: str, document_id: str, removed_at: dt.datetime, why: str, path: str | None = None
    ) -> None:
        self.document_id, self.removed_at, self.why, self.path = document_id, removed_at, why, path
        reason = f" ({why})" if why else ""
        # What came in again is a file, and that is what the user can do something about.
        super().__init__(
            path or database,
            f"document {document_id} was removed on {removed_at:%Y-%m-%d}{reason}",
            "To take it in again, ingest it with --restore.",
        )


class InvalidReadingError(StoreError):
    """A document or reading that contradicts itself and is not stored."""

    def __init__(self, database: str, document_id: str, problem: str) -> None:
        self.document_id = document_id
        super().__init__(
            database,
            f"document {document_id} was not stored: {problem}",
            "Please report this with the document.",
        )


class InvalidReviewError(StoreError):
    """A review that cannot be kept as given."""

    def __init__(self, database: str, fact_id: str, problem: str) -> None:
        self.fact_id = fact_id
        super().__init__(
            database, f"the review of {fact_id} was not stored: {problem}", "Correct it and send it again."
        )


class OvertakenReviewError(StoreError):
    """A review of a fact on which another word holds than the one that the person saw.

    `who` said that other word, the `verdict`; both are None where the word that was seen was taken back.
    """

    def __init__(self, database: str, fact_id: str, who: str | None, verdict: str | None) -> None:
        self.fact_id, self.who, self.verdict = fact_id, who, verdict
        since = f"{who} said {verdict!r}" if who else "the word before was taken back"
        super().__init__(
            database,
            f"the review of {fact_id} was not stored: since then {since}",
            f"See what was said of it: geotrack reviews list --fact {fact_id}.",
        )


class InvalidFindingError(StoreError):
    """A fact that a person found in a document and that cannot be kept as given.

    `fact_id` is the fact that states it already, None where that is not the problem.
    """

    def __init__(self, database: str, document_id: str, problem: str, fact_id: str | None = None) -> None:
        self.document_id, self.fact_id = document_id, fact_id
        remedy = "Correct it and send it again."
        if fact_id is not None:
            remedy = f"Accept, correct or reject that one: geotrack reviews accept {fact_id}."
        super().__init__(database, f"the fact of document {document_id} was not added: {problem}", remedy)


class NothingToUndoError(StoreError):
    """No word on a fact that could be taken back, or another one than the person saw."""

    def __init__(self, database: str, fact_id: str, problem: str) -> None:
        self.fact_id = fact_id
        super().__init__(
            database,
            f"nothing of {fact_id} was taken back: {problem}",
            f"See what was said of it: geotrack reviews list --fact {fact_id}.",
        )
