"""Files that could not be read: kept with the reason until they are read, are gone, or a person forgets them.

They answer no question, so that noting one leaves the store's revision as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, delete, insert, select

from geotrack.store import tables

if TYPE_CHECKING:
    from geotrack.store.store import Store


class Failure(Protocol):
    """An error that says apart what is wrong and what to do."""

    problem: str
    remedy: str


UPLOADED = "upload://"
"""What the paths of files begin with that came in through a browser."""


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file, a row of one (`row_id`) or a web address that could not be read.

    `path` is absolute, an address, or `upload://` and a name; `at` is when it was first refused for this
    reason (UTC).
    """

    path: str
    row_id: str | None
    problem: str
    remedy: str
    at: dt.datetime

    @property
    def name(self) -> str:
        """The path as its user knows it."""
        return self.path.removeprefix(UPLOADED)

    @property
    def reason(self) -> str:
        """What is wrong and what to do, as `geotrack.languages.retold` tells it."""
        return f"{self.name}: {self.problem}. {self.remedy}"


def listed(connection: Connection) -> list[UnreadFile]:
    """Return what could not be read, the latest first."""
    table = tables.unread_files
    rows = select(*table.c["path", "row_id", "problem", "remedy", "at"])
    ordered = rows.order_by(table.c.at.desc(), table.c.path, table.c.unread_id)
    return [UnreadFile(**row) for row in connection.execute(ordered).mappings()]


def replace(connection: Connection, path: str, found: Iterable[tuple[str | None, str, str]]) -> None:
    """Keep what of a file could not be read this time, and nothing else; what is known keeps its time."""
    table, now = tables.unread_files, dt.datetime.now(dt.UTC)
    known = select(*table.c["unread_id", "row_id", "problem", "remedy"]).where(table.c.path == path)
    gone = {(row_id, problem, remedy): key for key, row_id, problem, remedy in connection.execute(known)}
    for row_id, problem, remedy in dict.fromkeys(found):
        if gone.pop((row_id, problem, remedy), None) is None:
            connection.execute(
                insert(table).values(path=path, row_id=row_id, problem=problem, remedy=remedy, at=now)
            )
    if gone:
        connection.execute(delete(table).where(table.c.unread_id.in_(gone.values())))


class UnreadLog:
    """What an ingest could not read, written file by file as it goes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held = {one.path for one in store.unread_files()}
        self._refused: set[str] = set()

    def close_file(self, path: str, failures: Sequence[tuple[str | None, Failure]], *, read: bool) -> None:
        """Note what of a file failed, by row id; `read` where some of it was taken in."""
        if failures:
            self._refused.add(path)
        if failures or path in self._held:
            self._store.note_unread(path, [(row, error.problem, error.remedy) for row, error in failures])
        # An archive that was broken is whole again when what it holds is read.
        for held in self._held - self._refused if read else ():
            if _lies_in(path, held):
                self._store.forget_unread(held)

    def close(self, named: Iterable[str]) -> None:
        """Forget what lies in the files, folders and addresses that were read and was not refused again."""
        for path in set(named) - self._refused:
            for held in self._held - self._refused:
                if held == path or _lies_in(held, path):
                    self._store.forget_unread(held)


def _lies_in(path: str, outer: str) -> bool:
    """Whether a file lies in a folder or archive; one web address does not lie in another."""
    on_the_web = "://" in path and not path.startswith(UPLOADED)
    return path.startswith(f"{outer.rstrip('/')}/") and not on_the_web
