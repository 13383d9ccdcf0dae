"""Documents into the store: read what is new or out of date, leave the rest alone, list what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from geotrack.errors import GeotrackError, UnreadableDocumentError
from geotrack.memory import Settling
from geotrack.models import Document, Reading
from geotrack.store import records
from geotrack.store.outcomes import Change, Outcome, Status
from geotrack.store.refusals import InvalidReadingError, RemovedDocumentError, UnknownDocumentError
from geotrack.store.store import Store
from geotrack.store.unread import Failure, UnreadLog

if TYPE_CHECKING:
    from geotrack.documents import Options, Refused
    from geotrack.documents.pieces import Piece
    from geotrack.workers import Workers

_REFUSALS = (RemovedDocumentError, InvalidReadingError, UnreadableDocumentError)
WAIT_S = 60.0
"""How long a command that ingests waits for a locked database: nobody sits there as in front of the app."""
EXIT_ALL_READ, EXIT_PART_REFUSED, EXIT_NOTHING_DONE = 0, 1, 2


class DocumentReader(Protocol):
    """Anything that reads documents by rules that have a version."""

    @property
    def rules_version(self) -> str:
        """The version of the rules: a reading made by another one is out of date."""

    def read(self, document: Document) -> Reading:
        """Return what a document states."""


@dataclass(frozen=True, slots=True)
class RefusedDocument:
    """A file or row that was not taken in, with the reason and the way out."""

    path: str
    row_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One document that is done: `status` is new, unchanged, updated or refused.

    One that was taken in has a `document_id`, one that was refused a `reason`.
    """

    path: str
    status: Status | Literal["refused"]
    document_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did: documents by outcome, facts that changed, and refusals with reasons.

    `skipped` are files in folders that are no reports (other kinds, READMEs); `languages` counts the
    documents taken in by language.
    """

    new: int = 0
    unchanged: int = 0
    updated: int = 0
    refused: tuple[RefusedDocument, ...] = ()
    skipped: tuple[str, ...] = ()
    figures: Change = field(default_factory=Change)
    incidents: Change = field(default_factory=Change)
    languages: Mapping[str, int] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """How many documents were taken in or were there already."""
        return self.new + self.unchanged + self.updated

    @property
    def exit_code(self) -> int:
        """0 when all was read, 1 when a part was refused, 2 when nothing was done."""
        if not self.taken:
            return EXIT_NOTHING_DONE
        return EXIT_PART_REFUSED if self.refused else EXIT_ALL_READ


class _Tally:
    """The report while it grows."""

    def __init__(self, on_progress: Callable[[Step], None] | None) -> None:
        self._on_progress = on_progress
        self._counts: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._refused: list[RefusedDocument] = []
        self._figures, self._incidents = Change(), Change()
        self._settling = Settling()

    def note(self, path: str, outcome: Outcome, language: str) -> None:
        self._counts[outcome.status] += 1
        self._languages[language] += 1
        self.note_facts(outcome)
        self._report(Step(path, outcome.status, outcome.document_id))
        self._settling.one_done()

    def note_facts(self, outcome: Outcome) -> None:
        self._figures += outcome.figures
        self._incidents += outcome.incidents

    def refuse(self, path: str, row_id: str | None, error: GeotrackError) -> None:
        self._refused.append(RefusedDocument(path, row_id, str(error)))
        self._report(Step(path, "refused", reason=str(error)))

    def _report(self, step: Step) -> None:
        if self._on_progress is not None:
            self._on_progress(step)

    def report(self) -> IngestReport:
        return IngestReport(
            new=self._counts["new"],
            unchanged=self._counts["unchanged"],
            updated=self._counts["updated"],
            refused=tuple(self._refused),
            figures=self._figures,
            incidents=self._incidents,
            languages=dict(self._languages),
        )


def ingest(
    store: Store,
    reader: DocumentReader | Workers,
    paths: Sequence[str | Path],
    options: Options,
    on_progress: Callable[[Step], None] | None = None,
    *,
    restore: bool = False,
) -> IngestReport:
    """Read files and folders into the store; what is there and up to date is not read again.

    Parameters
    ----------
    reader
        What reads: a `Reader` in this process, or `Workers`, several processes, to the same effect.
    paths
        Files and folders, as `geotrack.documents.read_paths` takes them.
    on_progress
        Called after each document.
    restore
        Take removed documents in again.

    Raises
    ------
    StoreError
        If the database fails. Every document finished by then is kept, whole.
    WorkersError
        If the workers fail for good; the same holds.
    """
    from geotrack.documents.pieces import pieces_of_paths
    from geotrack.store.ahead import AheadReader
    from geotrack.workers import Workers

    skipped: dict[str, None] = {}
    in_turn: DocumentReader
    if isinstance(reader, Workers):
        version = reader.rules_version
        in_turn = AheadReader(reader, lambda item: store.to_read(_completed(store, item), version))
        items = in_turn.items
    else:
        in_turn, items = reader, _parsed

    def read(chosen: Sequence[str | Path]) -> Iterator[Document | Refused]:
        return items(pieces_of_paths(chosen, options, lambda path: skipped.setdefault(str(path))))

    report = ingest_documents(store, in_turn, paths, read, on_progress, restore=restore)
    return replace(report, skipped=tuple(skipped))


def _parsed(pieces: Iterable[Piece]) -> Iterator[Document | Refused]:
    for piece in pieces:
        yield from piece.parse()


def ingest_documents(
    store: Store,
    reader: DocumentReader,
    paths: Sequence[str | Path],
    read: Callable[[Sequence[str | Path]], Iterable[Document | Refused]],
    on_progress: Callable[[Step], None] | None = None,
    *,
    restore: bool = False,
) -> IngestReport:
    """Do what `ingest` does with documents from any `read(paths)`; those of one file come together."""
    tally = _Tally(on_progress)
    unread = UnreadLog(store)
    corrected: list[str] = []
    mended: set[str] = set()
    for path, items in groupby(read(paths), key=_path_of):
        shown: set[tuple[str, str]] = set()
        failed: list[tuple[str | None, Failure]] = []
        for item in items:
            if isinstance(item, Document):
                document = _completed(store, item)
                error = _take(store, reader, document, tally, restore=restore)
                if error is None:
                    shown.add((document.id, records.source_key(document.source)))
                elif not isinstance(error, RemovedDocumentError):
                    failed.append((document.row_id, error))
            else:
                tally.refuse(item.path, item.row_id, item.error)
                failed += [(item.row_id, item.error)] if item.lasting else []
        if path is not None:
            unread.close_file(_absolute(path), failed, read=bool(shown))
        if path is not None and shown and store.drop_stale_sources(_absolute(path), shown):
            corrected.append(path)
            mended |= {document_id for document_id, _ in shown}
    if corrected:
        again = (item for item in read(corrected) if isinstance(item, Document) and item.id in mended)
        _read_again(store, reader, again, tally)
    unread.close(_absolute(str(path)) for path in paths)
    return tally.report()


def _path_of(item: Document | Refused) -> str | None:
    return item.source.path if isinstance(item, Document) else item.path


def _absolute(path: str) -> str:
    return path if "://" in path else str(Path(path).absolute())


def _completed(store: Store, document: Document) -> Document:
    """Return the document with what is known of its file, under its full path.

    The same file is one source, from wherever it is ingested.
    """
    source = document.source
    if source.path is not None:
        document = replace(document, source=replace(source, path=_absolute(source.path)))
    return store.completed(document)


def _take(
    store: Store, reader: DocumentReader, document: Document, tally: _Tally, *, restore: bool
) -> RemovedDocumentError | InvalidReadingError | UnreadableDocumentError | None:
    """Take one document in, and tell the tally; return why it was refused, None if it was not."""
    path = document.source.path or document.id
    try:
        outcome = _add(store, reader, document, restore=restore)
    except _REFUSALS as error:
        tally.refuse(path, document.row_id, error)
        return error
    tally.note(path, outcome, document.language)
    return None


def _add(store: Store, reader: DocumentReader, document: Document, *, restore: bool) -> Outcome:
    """Take a document in; where another program removes it between the look and the write, look again."""
    try:
        return _add_as_seen(store, reader, document, restore=restore)
    except UnknownDocumentError:
        return _add_as_seen(store, reader, document, restore=restore)


def _add_as_seen(store: Store, reader: DocumentReader, document: Document, *, restore: bool) -> Outcome:
    stone = store.tombstone(document.id)
    if stone is not None and not restore:
        path = document.source.path
        raise RemovedDocumentError(store.database, document.id, stone.removed_at, stone.why, path)
    first = store.to_read(document, reader.rules_version)
    if first is None:
        return store.add_source(document)
    outcome = store.add(first, reader.read(first), restore=restore)
    return outcome if first is document else outcome + store.add_source(document)


def _read_again(store: Store, reader: DocumentReader, documents: Iterable[Document], tally: _Tally) -> None:
    """Read what rested on a publication date or publisher that its file no longer states."""
    for document in map(partial(_completed, store), documents):
        if store.to_read(document, reader.rules_version) is not None:
            try:
                tally.note_facts(_add(store, reader, document, restore=False))
            except _REFUSALS as error:
                tally.refuse(document.source.path or document.id, document.row_id, error)
