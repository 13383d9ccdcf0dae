"""The store: documents, their appearances and their readings in one database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DataError

from geotrack.errors import StoreError
from geotrack.models import Document, Reading
from geotrack.store import (
    copies,
    documents,
    findings,
    migrations,
    readings,
    records,
    reviews,
    search,
    soundness,
    tables,
    unread,
)
from geotrack.store.connection import (
    engine_for,
    file_of,
    label,
    plain_errors,
    prepare_file,
    url_of,
)
from geotrack.store.outcomes import Outcome, StoredDocument, Tombstone
from geotrack.store.refusals import (
    InvalidReadingError,
    RemovedDocumentError,
    UnknownDocumentError,
)
from geotrack.store.reviewing import Reviewing
from geotrack.store.search import Excerpt
from geotrack.store.transactions import raise_revision
from geotrack.store.unread import UnreadFile

if TYPE_CHECKING:
    import pandas as pd

WAIT_S = 5.0
"""How long a locked database is waited for: longer than any write of ours, shorter than one's patience."""


class Store(Reviewing):
    """A database of documents and what they state. Open it with `Store.open`; it is a context manager.

    Every method raises StoreError when the database cannot be read or written. One store may be used
    from several threads; each call is one transaction.
    """

    @classmethod
    def open(
        cls, database: str | Path, *, create: bool = True, read_only: bool = False, wait_s: float = WAIT_S
    ) -> Store:
        """Open a SQLite file or a PostgreSQL address, and bring its schema up to date.

        Parameters
        ----------
        database
            A path, or `postgresql://user:password@host:port/name`.
        create
            Make the file, its folder and the tables if they are not there; else refuse.
        read_only
            Never write, not even to update the schema; needs a database that is there.
        wait_s
            Seconds to wait for a lock that another program holds.

        Raises
        ------
        StoreError
            If the database is missing, locked, damaged, newer than this program, another program's,
            or may not be written.
        MissingExtraError
            If PostgreSQL is asked for and its driver is not installed.
        """
        url, name = url_of(database), label(database)
        file = file_of(url)
        with plain_errors(name):
            if file is not None:
                prepare_file(file, name, create=create, read_only=read_only)
            engine = engine_for(url, read_only=read_only, wait_s=wait_s)
            try:
                if create and not read_only:
                    migrations.migrate(engine, name)
                else:
                    migrations.check(engine, name, upgrade=not read_only)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine, name)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def revision(self) -> int:
        """A number that rises with each change of the store."""
        with self._reading() as connection:
            return connection.scalar(select(tables.state.c.revision)) or 0

    # -- documents in -----------------------------------------------------------------------------

    def completed(self, document: Document) -> Document:
        """Return the document with what is known of its file but not stated this time.

        A publisher or date that was given when the file was first ingested is not lost when the file
        comes again, in a folder say, without them.
        """
        with self._reading() as connection:
            known = [
                records.source_of(row)
                for row in documents.sources_of(connection, document.id)
                if row["path"] == document.source.path
            ]
        if document.source.path is None or document.source in known:
            return document
        fuller = (source for source in known if records.completes(source, document.source))
        source = next(fuller, document.source)
        return replace(
            document,
            source=replace(
                document.source, publisher=source.publisher, published=source.published, url=source.url
            ),
        )

    def to_read(self, document: Document, rules_version: str) -> Document | None:
        """Return what is to be read for a document, None where its text has been read and nothing changed.

        A reading rests on the rules, the text, and the title, language, publisher and publication date of
        the text's first appearance, which may be a stored one: then that is read.
        """
        with self._reading() as connection:
            held = documents.find(connection, document.id)
            if held is None:
                return document
            leading = documents.leads(connection, document)
            first = document if leading else documents.load(connection, document.id)
            context = records.read_context(first)
            return (
                None if (rules_version, context) == (held["rules_version"], held["read_context"]) else first
            )

    def add(self, document: Document, reading: Reading, *, restore: bool = False) -> Outcome:
        """Store a document with its reading, in one transaction.

        A text that is there already is not stored again: a new appearance of it (publisher, publication
        date, address, path) becomes a source, and its reading is replaced if the new one was made by
        other rules, or from an earlier appearance; then the outcome says what changed.

        Raises
        ------
        RemovedDocumentError
            If the document was removed and `restore` is not given.
        InvalidReadingError
            If the reading is not of this document or does not quote its text.
        """
        problem = readings.contradiction(document, reading)
        if problem is not None:
            raise InvalidReadingError(self.database, document.id, problem)
        with self._storable(document.id), self._writing() as connection:
            self._pass_tombstone(connection, document, restore=restore)
            if documents.find(connection, document.id) is None:
                outcome = documents.insert_new(connection, document, reading)
            else:
                outcome = documents.update_held(connection, document, reading)
            if outcome.status != "unchanged":
                raise_revision(connection)
        return outcome

    @contextmanager
    def _storable(self, document_id: str) -> Iterator[None]:
        """Tell a value that the database cannot hold (a count beyond all bounds) from a failing database."""
        try:
            yield
        except StoreError as error:
            if isinstance(error.__cause__, DataError):
                raise InvalidReadingError(self.database, document_id, str(error.__cause__.orig)) from error
            raise

    def add_source(self, document: Document) -> Outcome:
        """Note one more appearance of a text that is stored already.

        Raises
        ------
        UnknownDocumentError
            If the text is not stored.
        """
        with self._writing() as connection:
            if documents.find(connection, document.id) is None:
                raise UnknownDocumentError(self.database, document.id)
            outcome = documents.with_source(connection, document)
            if outcome.status != "unchanged":
                raise_revision(connection)
        return outcome

    def drop_stale_sources(self, path: str, current: Container[tuple[str, str]]) -> int:
        """Forget what a file said of its documents earlier and says no more; return how many sources went.

        Parameters
        ----------
        path
            The file, as in `Source.path`.
        current
            The appearances that the file holds now: pairs of document id and `records.source_key`. Sources
            of documents that have none of these stay: an old edition of a file is still a report.
        """
        sources = tables.sources
        found = select(*sources.c["source_id", "document_id", "source_key"]).where(sources.c.path == path)
        with self._writing() as connection:
            held = connection.execute(found).all()
            holding = {document_id for _, document_id, key in held if (document_id, key) in current}
            stale = [
                source_id
                for source_id, document_id, key in held
                if document_id in holding and (document_id, key) not in current
            ]
            for source_id in stale:
                connection.execute(delete(sources).where(sources.c.source_id == source_id))
            if stale:
                raise_revision(connection)
        return len(stale)

    def tombstone(self, document_id: str) -> Tombstone | None:
        """Return the tombstone of a removed document, None if there is none with this full id."""
        with self._reading() as connection:
            return documents.tombstone(connection, document_id)

    def tombstones(self) -> list[Tombstone]:
        """Return what is left of the removed documents, the first removed first."""
        found = select(tables.tombstones).order_by(
            tables.tombstones.c.removed_at, tables.tombstones.c.document_id
        )
        with self._reading() as connection:
            return [Tombstone(**row) for row in connection.execute(found).mappings()]

    def _pass_tombstone(self, connection: Connection, document: Document, *, restore: bool) -> None:
        stone = documents.tombstone(connection, document.id)
        if stone is None:
            return
        if not restore:
            path = document.source.path
            raise RemovedDocumentError(self.database, document.id, stone.removed_at, stone.why, path)
        connection.execute(delete(tables.tombstones).where(tables.tombstones.c.document_id == document.id))

    # -- documents out ----------------------------------------------------------------------------

    def document(self, document_id: str) -> StoredDocument:
        """Return a document by its id or the unique beginning of it.

        Raises
        ------
        UnknownDocumentError
            If no document, or more than one, has an id that begins so.
        """
        with self._reading() as connection:
            held = documents.the_one(connection, self.database, document_id)
            sources = documents.sources_of(connection, held["document_id"])
            words = reviews.holding(connection)
            return StoredDocument(
                document=documents.load(connection, held["document_id"]),
                sources=tuple(records.source_of(row) for row in sources),
                reading=readings.load(connection, held["document_id"], held["rules_version"]),
                added_at=held["added_at"],
                read_at=held["read_at"],
                added=tuple(findings.models(connection, words, held["document_id"])),
            )

    def reading(self, document_id: str) -> Reading:
        """Return the reading of a document, by its id or the unique beginning of it."""
        with self._reading() as connection:
            held = documents.the_one(connection, self.database, document_id)
            return readings.load(connection, held["document_id"], held["rules_version"])

    def search(self, query: str) -> list[str]:
        """Return the ids of the documents that hold a query's words, the newest first (`search.find`)."""
        with self._reading() as connection:
            return search.find(connection, query)

    def excerpt(self, document_id: str, query: str) -> Excerpt | None:
        """Return the words around the first match in a document's text; None where the text has none."""
        with self._reading() as connection:
            return search.excerpt(connection, document_id, query)

    def remove(self, document_id: str, why: str = "") -> Tombstone:
        """Remove a document, its text and its facts; a tombstone without text stays.

        Raises
        ------
        UnknownDocumentError
            If no document, or more than one, has an id that begins so.
        """
        with self._writing() as connection:
            full_id = documents.the_one(connection, self.database, document_id)["document_id"]
            stone = Tombstone(full_id, dt.datetime.now(dt.UTC), why)
            search.forget(connection, full_id)
            connection.execute(delete(tables.documents).where(tables.documents.c.document_id == full_id))
            connection.execute(
                insert(tables.tombstones).values(document_id=full_id, removed_at=stone.removed_at, why=why)
            )
            reviews.forget_words(connection, full_id)
            raise_revision(connection)
        self._empty_log()
        return stone

    def _empty_log(self) -> None:
        """Move SQLite's write-ahead log into the database, so that no removed text stays in it."""
        if self._engine.dialect.name == "sqlite":
            with plain_errors(self.database), self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                if driver is not None:
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # -- the whole of it --------------------------------------------------------------------------

    def copy_to(self, target: Store) -> dict[str, copies.Content]:
        """Copy all that is held into a store without any, compare, and return what each table holds.

        Raises
        ------
        StoreError
            If the target holds data already, or cannot hold what is copied: then it stays empty.
        """
        with self._reading() as connection:
            return target.take(connection)

    def take(self, source: Connection) -> dict[str, copies.Content]:
        """Take all that another store holds, as one of its connections sees it (`copy_to`)."""
        with self._writing() as connection:
            copied = copies.copy(source, connection, self.database)
        self._empty_log()
        return copied

    def contents(self) -> dict[str, copies.Content]:
        """Return what each table holds: its number of rows, and a checksum that is equal in any database."""
        with self._reading() as connection:
            return copies.contents(connection)

    def problems(self) -> list[str]:
        """Return what is wrong with the database (`soundness.problems`), a line each."""
        with self._reading() as connection:
            return list(soundness.problems(connection))

    # -- files that could not be read -------------------------------------------------------------

    def unread_files(self) -> list[UnreadFile]:
        """Return the files that could not be read and have not been since, the latest first."""
        with self._reading() as connection:
            return unread.listed(connection)

    def note_unread(self, path: str, failures: Iterable[tuple[str | None, str, str]]) -> None:
        """Keep what of a file could not be read: row id, what is wrong, what to do; the revision stays."""
        with self._writing() as connection:
            unread.replace(connection, path, failures)

    def forget_unread(self, path: str) -> None:
        """Forget that a file could not be read."""
        self.note_unread(path, ())

    # -- tables -----------------------------------------------------------------------------------

    def documents(self) -> pd.DataFrame:
        """Return one row a document, with its first source; columns: `frames.DOCUMENT_COLUMNS`."""
        from geotrack.store import frames

        return self._frame(frames.documents)

    def figures(self, document_ids: Collection[str] | None = None) -> pd.DataFrame:
        """Return one row a figure, with its document's first source; columns: `frames.FIGURE_COLUMNS`."""
        from geotrack.store import frames

        return self._frame(lambda connection: frames.figures(connection, document_ids))

    def incidents(self, document_ids: Collection[str] | None = None) -> pd.DataFrame:
        """Return one row an incident, with its first source; columns: `frames.INCIDENT_COLUMNS`."""
        from geotrack.store import frames

        return self._frame(lambda connection: frames.incidents(connection, document_ids))

    def places(self) -> pd.DataFrame:
        """Return one row a place that facts or mentions refer to, in EPSG:4326 (`PLACE_COLUMNS`)."""
        from geotrack.store import frames

        return self._frame(frames.places)

    def claims(self) -> pd.DataFrame:
        """Return one row a claim of the years that clearance will last; columns: `frames.CLAIM_COLUMNS`."""
        from geotrack.store import frames

        return self._frame(frames.claims)

    def document_places(self) -> pd.DataFrame:
        """Return one row a document and place that it speaks of: `document_id`, `place_id`."""
        from geotrack.store import frames

        return self._frame(frames.document_places)

    def mentions(self) -> pd.DataFrame:
        """Return one row a place name in a text; columns: `frames.MENTION_COLUMNS`."""
        from geotrack.store import frames

        return self._frame(frames.mentions)
