"""Reading ahead: other processes parse and read what comes next while this one stores what is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from geotrack.documents import Refused
from geotrack.documents.pieces import Parsed, Piece
from geotrack.errors import UnreadableDocumentError, WorkersError
from geotrack.models import Document, Reading
from geotrack.workers import Task, Workers

Given = TypeVar("Given")
Begun = TypeVar("Begun")

# For each process: enough that none is idle while a long report is stored, few enough to be held.
_PIECES_AHEAD = 2
_DOCUMENTS_AHEAD = 8


class AheadReader:
    """A reader whose documents come out of `items` in their order, most of them read by then.

    What a document's reading rests on may change while it waits, as when an earlier appearance of its text
    is stored: then it is read as it is asked for, so that the outcome is that of one process.

    Parameters
    ----------
    to_read
        Tells of a document what will be asked for: itself, its stored first appearance, or nothing.
    """

    def __init__(self, workers: Workers, to_read: Callable[[Document], Document | None]) -> None:
        self._workers, self._to_read = workers, to_read
        self._begun: dict[Document, Task[Reading]] = {}

    @property
    def rules_version(self) -> str:
        """The version of the rules that the processes read by."""
        return self._workers.rules_version

    def read(self, document: Document) -> Reading:
        """Return what a document states.

        Raises
        ------
        UnreadableDocumentError
            If it ended the processes that read it.
        WorkersError
            If a process reads by other rules than the rest, or there are none any more.
        """
        task = self._begun.pop(document, None) or self._workers.read(document)
        reading = self._workers.result(task)
        if reading.rules_version != self.rules_version:
            remedy = "Install the same version of geotrack beside each worker."
            raise WorkersError(task.path, "a worker reads by other rules than the rest", remedy)
        return reading

    def items(self, pieces: Iterable[Piece]) -> Iterator[Document | Refused]:
        """Yield what pieces hold, in their order."""
        waiting = _ahead(self._parsed(pieces), self._with_reading, _DOCUMENTS_AHEAD * self._workers.count)
        for item, document in waiting:
            yield item
            if document is not None:
                self._begun.pop(document, None)  # not asked for after all

    def _with_reading(self, item: Document | Refused) -> tuple[Document | Refused, Document | None]:
        """Begin to read what will be asked for of an item, and return both."""
        document = self._to_read(item) if isinstance(item, Document) else None
        if document is not None and document not in self._begun:
            self._begun[document] = self._workers.read(document)
        return item, document

    def _parsed(self, pieces: Iterable[Piece]) -> Iterator[Document | Refused]:
        for task in _ahead(pieces, self._with_parsing, _PIECES_AHEAD * self._workers.count):
            if isinstance(task, Parsed):
                yield from task.items
                continue
            try:
                items = self._workers.result(task)
            except UnreadableDocumentError as error:
                items = [Refused(task.path, error)]
            yield from items

    def _with_parsing(self, piece: Piece) -> Parsed | Task[list[Document | Refused]]:
        return piece if isinstance(piece, Parsed) else self._workers.parse(piece)


def _ahead(given: Iterable[Given], begin: Callable[[Given], Begun], number: int) -> Iterator[Begun]:
    """Yield what was begun with each thing that is given, when so many more have been begun, or all."""
    begun: deque[Begun] = deque()
    for one in given:
        begun.append(begin(one))
        if len(begun) > number:
            yield begun.popleft()
    yield from begun
