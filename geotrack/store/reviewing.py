"""What people do: judge facts, add missed ones, call a document complete, take words back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select

from geotrack.store import completions, corrections, documents, facts, findings, readings, reviews, tables
from geotrack.store.refusals import (
    InvalidFindingError,
    InvalidReviewError,
    NothingToUndoError,
    OvertakenReviewError,
    UnknownFactError,
)
from geotrack.store.transactions import Transactions, raise_revision

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from geotrack.store.findings import Finding, PlaceBook
    from geotrack.store.outcomes import ReviewedDocument
    from geotrack.store.reviews import Review, Standing


class Reviewing(Transactions):
    """The part of a store that people write. Each call is one transaction; no word is lost or changed."""

    def review(
        self, review: Review, *, gazetteer: PlaceBook | None = None, seen: int | Literal["any"] | None = "any"
    ) -> int:
        """Keep a person's word on a figure or an incident; return its number. The last word holds.

        A correction is of the fact as it was read or added, and replaces an earlier one: it gives every
        field that differs. Value and unit in SI are worked out where they are not given. Who accepts or
        rejects a corrected fact judges it as corrected.

        Parameters
        ----------
        gazetteer
            Knows the places of a correction that no document of the store has named yet.
        seen
            The number of the word that held on the fact when the person looked at it, None if none did:
            where another one holds by now, nothing is written.

        Raises
        ------
        UnknownFactError
            If no figure and no incident has this id.
        OvertakenReviewError
            If another word holds than the one that was `seen`.
        InvalidReviewError
            If the verdict is unknown, nobody gave it, or it corrects what a fact does not have.
        """
        problem = review.problem()
        if problem is not None:
            raise InvalidReviewError(self.database, review.fact_id, problem)
        with self._writing() as connection:
            about = self._about(connection, review.fact_id)
            self._check_seen(connection, review.fact_id, seen)
            corrected = dict(review.corrected)
            if review.verdict == "linked":
                problem = _problem_of_link(connection, about, corrected["same_as"])
            else:
                problem = corrections.problem_of(about["kind"], corrected)
            if problem is None and review.verdict == "corrected":
                corrected, problem = _corrected(connection, about, corrected)
                problem = problem or _keep_places(connection, corrected, gazetteer)
            if problem is not None:
                raise InvalidReviewError(self.database, review.fact_id, problem)
            said = {"who": review.who, "note": review.note, "corrected": corrected}
            review_id = reviews.write(connection, about, review.verdict, said)
            raise_revision(connection)
        return review_id

    def add_fact(
        self,
        document_id: str,
        finding: Finding,
        who: str,
        note: str | None = None,
        *,
        gazetteer: PlaceBook | None = None,
    ) -> str:
        """Add a fact that the reader missed in a document; return its id.

        It stands among the facts from then on, is reviewed like them, and is kept whatever later rules
        read: where they read the same, the added one stands.

        Parameters
        ----------
        document_id
            The document's id or the unique beginning of it.
        gazetteer
            Knows the places of the fact that no document of the store has named yet.

        Raises
        ------
        UnknownDocumentError
            If no document, or more than one, has an id that begins so.
        InvalidFindingError
            If nobody added it, its words are not those of the text, its fields make no sense, or it is
            there already.
        """
        with self._writing() as connection:
            full_id = documents.the_one(connection, self.database, document_id)["document_id"]
            document = documents.load(connection, full_id)
            problem = finding.problem(document.text) if who.strip() else reviews.NOBODY
            if problem is None:
                finding = finding.trimmed()
                problem = _keep_places(connection, finding.fields, gazetteer)
            if problem is not None:
                raise InvalidFindingError(self.database, full_id, problem)
            fact_id, there = finding.id(full_id), _there(connection, full_id, finding)
            if there is not None:
                raise InvalidFindingError(self.database, full_id, f"it is there already, as {there}", there)
            sentence = document.text[slice(*findings.sentence_span(document, finding.span))]
            about = {
                "fact_id": fact_id,
                "kind": finding.kind,
                "document_id": full_id,
                "text": finding.text,
                "sentence": sentence,
                "span_start": finding.span[0],
                "span_end": finding.span[1],
            }
            review_id = reviews.write(connection, about, "added", {"who": who, "note": note})
            findings.write(connection, document, finding, review_id)
            raise_revision(connection)
        return fact_id

    def complete(self, document_id: str, who: str, note: str | None = None) -> int:
        """Keep that a person went through a document: all facts looked at, what was missed added.

        Returns the number of that word, which is taken back like others: `undo(document_id, who)`.

        Raises
        ------
        UnknownDocumentError
            If no document, or more than one, has an id that begins so.
        InvalidReviewError
            If nobody says so.
        """
        with self._writing() as connection:
            full_id = documents.the_one(connection, self.database, document_id)["document_id"]
            if not who.strip():
                raise InvalidReviewError(self.database, full_id, reviews.NOBODY)
            review_id = reviews.write(
                connection, _about_document(full_id), "complete", {"who": who, "note": note}
            )
            completions.write(connection, full_id, review_id, reviews.holding(connection))
            raise_revision(connection)
        return review_id

    def undo(self, fact_id: str, who: str, note: str | None = None, *, review_id: int | None = None) -> int:
        """Take back the last word on a fact, or that a document is complete, so that the one before it holds.

        Links are apart from this: they are taken back by another link. Returns the number of the word that
        was taken back; it stays in the table, as does who took it back and when.

        Parameters
        ----------
        fact_id
            The full id of a figure, an incident or a document.
        review_id
            The word that is meant, where somebody else may have spoken since.

        Raises
        ------
        UnknownFactError
            If nothing has this id.
        NothingToUndoError
            If no word holds on it, or another one than was meant.
        InvalidReviewError
            If nobody takes it back.
        """
        if not who.strip():
            raise InvalidReviewError(self.database, fact_id, reviews.NOBODY)
        with self._writing() as connection:
            # What it was about is told by its words: the fact itself may be gone.
            about = reviews.last_word(connection, fact_id)
            if about is None and documents.find(connection, fact_id) is None:
                about = self._about(connection, fact_id)
            word = reviews.holding(connection, fact_id).get(fact_id)
            if about is None or word is None:
                raise NothingToUndoError(self.database, fact_id, "no word on it holds")
            if review_id is not None and review_id != word.review_id:
                problem = f"since then {word.who} said {word.verdict!r}"
                raise NothingToUndoError(self.database, fact_id, problem)
            reviews.write(connection, about, "undone", {"who": who, "note": note})
            raise_revision(connection)
        return word.review_id

    def standing(self, fact_id: str) -> Standing | None:
        """Return the word that holds for a fact, or for a document that is complete; None where none does."""
        with self._reading() as connection:
            words = reviews.holding(connection, fact_id)
            if fact_id in words and words[fact_id].verdict == "complete":
                return words[fact_id] if completions.standing(connection, words) else None
            return words.get(fact_id)

    def reviewed(self) -> list[ReviewedDocument]:
        """Return the documents that are complete, with the facts that are right by people's words."""
        with self._reading() as connection:
            return completions.reviewed(connection, reviews.holding(connection))

    def fact_id(self, beginning: str) -> str:
        """Return the full id of a fact, read, added or only spoken of, by the unique beginning of it.

        Raises
        ------
        UnknownFactError
            If no fact, or more than one, has an id that begins so.
        """
        with self._reading() as connection:
            found = reviews.ids_beginning(connection, beginning) if beginning else []
        if beginning in found:
            return beginning
        if len(found) != 1:
            raise UnknownFactError(self.database, beginning, tuple(found))
        return found[0]

    def standings(self) -> dict[str, Standing]:
        """Return the word that holds for each fact on which one does, and each document, by their ids."""
        with self._reading() as connection:
            return reviews.holding(connection)

    def document_of(self, fact_id: str) -> str | None:
        """Return the document in which a fact is read or was reviewed; None where nobody knows it."""
        with self._reading() as connection:
            found = reviews.read_fact(connection, fact_id) or reviews.last_word(connection, fact_id)
            return None if found is None else str(found["document_id"])

    @property
    def reading_revision(self) -> int:
        """A number that rises with each change of the store but for words of people."""
        # Each word of a person is one row, which stays, and raises the revision by one.
        words = select(func.count()).select_from(tables.reviews).scalar_subquery()
        with self._reading() as connection:
            return connection.scalar(select(tables.state.c.revision - words)) or 0

    def spoken_of_since(self, revision: int, reading_revision: int) -> frozenset[str] | None:
        """Return the documents of which people spoke since a revision; None if anything else changed as well.

        Parameters
        ----------
        revision, reading_revision
            Those of one state of the store.
        """
        words = select(func.count()).select_from(tables.reviews).scalar_subquery()
        said = select(tables.reviews.c.document_id).order_by(tables.reviews.c.review_id)
        with self._reading() as connection:
            if connection.scalar(select(tables.state.c.revision - words)) != reading_revision:
                return None
            return frozenset(connection.scalars(said.offset(revision - reading_revision)))

    def reviews(self) -> pd.DataFrame:
        """Return every word that people said, oldest first; columns: `reviews.REVIEW_COLUMNS`."""
        from geotrack.store import frames

        return self._frame(frames.reviews)

    def _check_seen(self, connection: Connection, fact_id: str, seen: int | Literal["any"] | None) -> None:
        """Refuse a word on a fact of which somebody else has spoken since."""
        if seen == "any":
            return
        word = reviews.holding(connection, fact_id).get(fact_id)
        if (word and word.review_id) != seen:
            who, verdict = (word.who, word.verdict) if word else (None, None)
            raise OvertakenReviewError(self.database, fact_id, who, verdict)

    def _about(self, connection: Connection, fact_id: str) -> dict[str, Any]:
        """Return what is told of a fact, read or added."""
        about = _about_added(connection, fact_id) or reviews.read_fact(connection, fact_id)
        if about is None:
            raise UnknownFactError(self.database, fact_id)
        return about


def _about_document(document_id: str) -> dict[str, Any]:
    return {
        "fact_id": document_id,
        "kind": "document",
        "document_id": document_id,
        "text": None,
        "sentence": None,
        "span_start": 0,
        "span_end": 0,
    }


def _about_added(connection: Connection, fact_id: str) -> dict[str, Any] | None:
    words = reviews.holding(connection, fact_id)
    if fact_id not in words or words[fact_id].added is None:
        return None
    for kind in corrections.CORRECTABLE:
        for row in findings.rows(connection, kind, words):
            return {**row, "fact_id": fact_id, "kind": kind}
    return None


def _problem_of_link(connection: Connection, about: Mapping[str, Any], same_as: str | None) -> str | None:
    """Return what is wrong with a link, None when nothing is: it leads to a fact of the same kind."""
    if same_as is None:
        return None
    other = _about_added(connection, same_as) or reviews.read_fact(connection, same_as)
    return (
        None
        if other is not None and other["kind"] == about["kind"]
        else f"{same_as!r} is no fact of its kind"
    )


def _corrected(
    connection: Connection, about: Mapping[str, Any], fields: dict[str, Any]
) -> tuple[dict[str, Any], str | None]:
    """Return the fields of a correction with what follows from them, and what is wrong with them."""
    if about["kind"] != "figure":
        return fields, None
    words = reviews.holding(connection, about["fact_id"])
    rows = [
        *findings.rows(connection, "figure", words, about["document_id"]),
        *facts.read(connection, "figure", about["document_id"]),
    ]
    row = next(row for row in rows if row["figure_id"] == about["fact_id"])
    whole = corrections.with_si(fields, row)
    return whole, corrections.problem_of_figure(corrections.apply(row, whole))


def _keep_places(
    connection: Connection, fields: Mapping[str, Any], gazetteer: PlaceBook | None
) -> str | None:
    """Keep the places that a person named; return which ones nobody knows."""
    unknown, new = findings.unknown_places(connection, fields.get("place_ids") or [], gazetteer)
    if unknown:
        return f"no place has the id {unknown[0]!r}"
    readings.save_places(connection, new)
    return None


def _there(connection: Connection, document_id: str, finding: Finding) -> str | None:
    """Return the id of the fact that states already what a person found, None where none does."""
    words = reviews.holding(connection)
    own = {
        "document_id": document_id,
        f"{finding.kind}_id": finding.id(document_id),
        "span_start": finding.span[0],
        "span_end": finding.span[1],
        **finding.whole(),
    }
    held = [
        *findings.rows(connection, finding.kind, words, document_id),
        *facts.read(connection, finding.kind, document_id),
    ]
    return findings.shadowed(own, held, finding.kind)
