"""The way into the database: engines for SQLite and PostgreSQL, and what the database's errors mean."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from geotrack.errors import MissingExtraError, StoreError

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

WRITING = {"geotrack_writing": True}
"""Execution options of a connection that is about to write."""

_POSTGRES = "postgresql+psycopg"
# (the problem in plain words, the way out)
_LOST_PROBLEM = (
    "the connection to the server was lost",
    "Check the server and the line; what was finished is kept, so that the command goes on.",
)
_LOCKED_PROBLEM = ("another program has locked it", "Close that program, then run this again.")
_DENIED_PROBLEM = ("the server denies permission", "Ask its owner for the right to do this.")
_FULL_PROBLEM = ("the server's disk is full", "Free some space there; what was finished is kept.")
# What PostgreSQL's error codes begin with: its words are in the language of the server.
_KNOWN_CODES = (
    ("08", _LOST_PROBLEM),
    ("57P01", _LOST_PROBLEM),
    ("57P02", _LOST_PROBLEM),
    ("25006", ("no permission to write to it", "Connect to the writable server.")),
    ("42501", _DENIED_PROBLEM),
    ("53100", _FULL_PROBLEM),
    ("55P03", _LOCKED_PROBLEM),
)
_KNOWN_PROBLEMS = (
    # (words of the driver, the problem in plain words, the way out)
    ("database is locked", *_LOCKED_PROBLEM),
    ("database table is locked", *_LOCKED_PROBLEM),
    (
        "file is not a database",
        "is no database",
        "Name another file with --db, or move this one out of the way.",
    ),
    (
        "malformed",
        "the database file is damaged",
        "Restore a copy of it, or name another file with --db and ingest again.",
    ),
    (
        "readonly database",
        "no permission to write to it",
        "Change its permissions, or name another file with --db.",
    ),
    (
        "unable to open database file",
        "cannot be opened",
        "Check that its folder exists and that you may read and write there.",
    ),
    (
        "disk is full",
        "the disk is full",
        "Free some space; what was finished is kept, so that the same command goes on from here.",
    ),
    ("disk i/o error", "the disk failed", "Check the disk and its free space, then run this again."),
    ("password authentication failed", "the server refused the password", "Check user and password."),
    ("no password supplied", "the server wants a password", "Put it into the address or into PGPASSWORD."),
    ("permission denied", *_DENIED_PROBLEM),
    ("does not exist", "it lacks what geotrack needs", "Create the database, or name another with --db."),
    ("connection refused", "no server answers there", "Start the server, or check host and port."),
)


def label(database: str | Path) -> str:
    """Return how messages name a database: its path, or its address without the password."""
    text = str(database)
    if "://" not in text:
        return text
    try:
        return make_url(text).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return text.split("://", maxsplit=1)[0] + "://…"


def url_of(database: str | Path) -> URL:
    """Return the SQLAlchemy address of a file path or an address; PostgreSQL goes through psycopg 3."""
    text = str(database)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            label(text),
            "is no database address",
            "Name a file, or postgresql://user:password@host:port/name.",
        ) from error
    backend = url.drivername.split("+")[0]
    if backend in {"postgresql", "postgres"}:
        return url.set(drivername=_POSTGRES)
    if backend == "sqlite":
        return url_of(url.database or "geotrack.db")
    raise StoreError(
        label(text), f"geotrack does not keep its data in {backend}", "Name a SQLite file or postgresql://…"
    )


def file_of(url: URL) -> Path | None:
    """Return the file of a SQLite address, None for a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def writable(path: Path) -> bool:
    """Say whether a file or folder may be written to by the user that the process acts for."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def prepare_file(file: Path, database: str, *, create: bool, read_only: bool) -> None:
    """Make the folder of a new database; refuse a folder, a missing file, and one that is write-protected."""
    if file.is_dir():
        raise StoreError(database, "is a folder", "Name a file in it with --db.")
    if file.exists():
        if not read_only and not writable(file):
            # SQLite would say so too, but only after the first document was read.
            raise problem_of(database, "readonly database")
        return
    if not create or read_only:
        raise StoreError(database, "does not exist", "Ingest something first: geotrack ingest PATH.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise StoreError(
            database,
            f"its folder cannot be made ({error.strerror or error})",
            "Name another file with --db.",
        ) from error


def engine_for(url: URL, *, read_only: bool, wait_s: float) -> Engine:
    """Return an engine whose connections keep foreign keys, wait `wait_s` for locks, and may not write."""
    file = file_of(url)
    if file is None:
        return _postgres_engine(url, read_only=read_only, wait_s=wait_s)
    engine = create_engine(
        _sqlite_url(file, read_only=read_only),
        connect_args={"check_same_thread": False, "timeout": wait_s},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
        del entry
        # The driver would commit before DDL; transactions are begun below instead.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        # What is removed is overwritten, not merely let go of.
        connection.execute("PRAGMA secure_delete = ON")
        # Each commit reaches the disk: a finished document outlives even a power cut.
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: a reader that turns writer cannot wait for one.
        writing = connection.get_execution_options().get("geotrack_writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _sqlite_url(file: Path, *, read_only: bool) -> URL:
    if not read_only:
        return URL.create("sqlite", database=str(file))
    query = {"mode": "ro", "uri": "true"}
    # A database in WAL mode is read through a side file. Where that file cannot be made, nobody can be
    # writing either, and SQLite may read the database as it stands.
    wal = file.with_name(f"{file.name}-wal")
    if not writable(file.parent) and not wal.exists():
        query["immutable"] = "1"
    return URL.create("sqlite", database=file.as_uri().replace("file://", "file:", 1), query=query)


def _postgres_engine(url: URL, *, read_only: bool, wait_s: float) -> Engine:
    # Moments come back in UTC; a lock held by another program is reported instead of waited for.
    options = f"-c timezone=UTC -c lock_timeout={int(wait_s * 1000)}"
    if read_only:
        options += " -c default_transaction_read_only=on"
    try:
        return create_engine(
            url, pool_pre_ping=True, connect_args={"options": options, "connect_timeout": 10}
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise MissingExtraError("A PostgreSQL database", "postgres") from error


@contextmanager
def plain_errors(database: str) -> Iterator[None]:
    """Turn what the driver raises into one StoreError in plain words."""
    try:
        yield
    except DBAPIError as error:
        known = _problem_of_code(error)
        raise StoreError(database, *known) if known else problem_of(database, str(error.orig)) from error
    except PoolTimeoutError as error:
        raise StoreError(
            database, "too many readers at once", "Close some pages, then run this again."
        ) from error
    except OSError as error:
        raise StoreError(
            database, error.strerror or str(error), "Check the path and its permissions."
        ) from error


def _problem_of_code(error: DBAPIError) -> tuple[str, str] | None:
    """Return the problem and the way out that an error's code tells; None where it has none, as in SQLite."""
    if error.connection_invalidated:
        return _LOST_PROBLEM
    code = getattr(error.orig, "sqlstate", None) or ""
    return next((known for start, known in _KNOWN_CODES if code.startswith(start)), None)


def problem_of(database: str, words: str) -> StoreError:
    """Return the StoreError that says in plain words what the driver's words mean."""
    lowered = words.lower()
    for known, problem, remedy in _KNOWN_PROBLEMS:
        if known in lowered:
            return StoreError(database, problem, remedy)
    first_line = words.strip().splitlines()[0] if words.strip() else "unknown problem"
    return StoreError(database, f"the database answers: {first_line}", "Check it, then run this again.")
