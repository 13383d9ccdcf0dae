"""What the processes are asked to do, and what is done in them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar

from geotrack.errors import UnreadableDocumentError
from geotrack.memory import Settling
from geotrack.models import Document, Reading

if TYPE_CHECKING:
    from geotrack.documents import Refused
    from geotrack.documents.pieces import FilePiece, RowsPiece
    from geotrack.extraction import Reader

ATTEMPTS = 3
"""How many processes a report may end before it is refused."""
Result = TypeVar("Result")
_Promised_co = TypeVar("_Promised_co", covariant=True)
# A worker of a cluster may have several threads; a reader serves one at a time.
_AT_WORK = Lock()
_SETTLING = Settling()


class PackFolders(NamedTuple):
    """Where the gazetteer's packs are, and what the user imported beside them."""

    shipped: Path
    imported: Path | None = None


class Promise(Protocol[_Promised_co]):
    """What both kinds of futures are."""

    def result(self) -> _Promised_co:
        """Wait for what was asked for."""


class Task(Generic[Result]):
    """Work that was given to a process, and the report that it is about."""

    def __init__(self, path: str, function: Callable[..., Result], arguments: tuple[object, ...]) -> None:
        self.path, self.function, self.arguments = path, function, arguments
        self.begun: Promise[Result] | None = None

    def outcome(self) -> Result:
        """Wait for what came of it; asked once, since it is not kept."""
        assert self.begun is not None, "it was given to no process"
        begun, self.begun = self.begun, None
        return begun.result()

    def given_up(self) -> UnreadableDocumentError:
        """Return the refusal of a report that ended the processes that it was given to."""
        remedy = "Give the machine more memory, start fewer workers, or leave this report out."
        return UnreadableDocumentError(self.path, "the processes that read it were ended", remedy)


class Workers(ABC):
    """Processes that parse and read; a context manager that lets go of them.

    `count` is how many can be at work at once, `rules_version` what they read by.
    """

    count: int
    # The packs to read with; None for those of the worker's own installation.
    _gazetteer: PackFolders | None = None

    @property
    @abstractmethod
    def rules_version(self) -> str:
        """The version of the rules that the processes read by."""

    def parse(self, piece: FilePiece | RowsPiece) -> Task[list[Document | Refused]]:
        """Begin to parse a piece."""
        return self._begun(Task(str(piece.path), parse, (piece,)))

    def read(self, document: Document) -> Task[Reading]:
        """Begin to read a document."""
        return self._begun(Task(document.source.path or document.id, read, (self._gazetteer, document)))

    @abstractmethod
    def result(self, task: Task[Result]) -> Result:
        """Wait for a task.

        Raises
        ------
        UnreadableDocumentError
            If it ended every process that it was given to.
        WorkersError
            If there are no processes to work on it any more.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the processes; what they have not finished is dropped."""

    @abstractmethod
    def _begun(self, task: Task[Any]) -> Task[Any]:
        """Give a task to a process, and return it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def parse(piece: FilePiece | RowsPiece) -> list[Document | Refused]:
    """Return what a piece holds."""
    return list(piece.parse())


def read(gazetteer: PackFolders | None, document: Document) -> Reading:
    """Read a document in this process."""
    with _AT_WORK:
        found = reader(gazetteer).read(document)
        _SETTLING.one_done()
        return found


def rules_version(gazetteer: PackFolders | None) -> str:
    """Return the version of the rules of this process."""
    with _AT_WORK:
        return reader(gazetteer).rules_version


@cache
def reader(gazetteer: PackFolders | None) -> Reader:
    """Return this process's reader; made once."""
    from geotrack.config import Settings
    from geotrack.extraction import Reader
    from geotrack.gazetteer import Gazetteer

    if gazetteer is None:
        return Reader(Gazetteer.of(Settings.read()))
    return Reader(Gazetteer.load(gazetteer.shipped, imported=gazetteer.imported))
