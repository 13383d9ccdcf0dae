"""What a database is and holds, told without changing it, whichever geotrack wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, inspect, select

from geotrack.store import migrations, tables
from geotrack.store.connection import engine_for, file_of, label, plain_errors, prepare_file, url_of
from geotrack.store.store import WAIT_S

_COUNTED = (tables.documents, tables.figures, tables.incidents, tables.claims, tables.reviews)


@dataclass(frozen=True, slots=True)
class Status:
    """A database's name without its password, its kind, its schema and the number of its rows.

    `schema` is the last migration applied, empty for a database without geotrack's tables; `pending` are
    the migrations that it lacks.
    """

    database: str
    kind: str
    schema: str
    pending: tuple[str, ...]
    revision: int
    rows: dict[str, int]


def status(database: str | Path) -> Status:
    """Look at a database.

    Raises
    ------
    StoreError
        If it is missing, damaged, another program's, or written by a newer geotrack.
    MissingExtraError
        If it is a PostgreSQL database and its driver is not installed.
    """
    url, name = url_of(database), label(database)
    with plain_errors(name):
        file = file_of(url)
        if file is not None:
            prepare_file(file, name, create=False, read_only=True)
        engine = engine_for(url, read_only=True, wait_s=WAIT_S)
        try:
            pending = tuple(one.name for one in migrations.missing(engine, name))
            applied = [one.name for one in migrations.MIGRATIONS if one.name not in pending]
            with engine.connect() as connection:
                present = set(inspect(connection).get_table_names()) if applied else set()
                rows = {
                    table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                    for table in _COUNTED
                    if table.name in present
                }
                revision = connection.scalar(select(tables.state.c.revision)) if applied else 0
        finally:
            engine.dispose()
    kind = "SQLite" if file is not None else "PostgreSQL"
    return Status(name, kind, applied[-1] if applied else "", pending, revision or 0, rows)
