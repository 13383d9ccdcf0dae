"""A whole store in another database, compared row by row; a backup is such a copy in one file.

A copy is one transaction on either side: the source is seen as it was at one moment, and a target that
does not hold the same afterwards is left empty.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update

from geotrack.errors import StoreError
from geotrack.store import search, tables

_BATCH = 1000
# What a database says of itself is not copied.
_OWN = (tables.migrations, tables.state)
COPIED = tuple(table for table in tables.metadata.sorted_tables if table not in _OWN)
"""The tables that a copy holds, each behind those that it refers to."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: the number of its rows, and a checksum in which their order does not count."""

    rows: int
    checksum: str


def content(connection: Connection, table: Table) -> Content:
    """Return what a table holds; equal rows have equal checksums in SQLite and in PostgreSQL."""
    rows = total = 0
    for row in connection.execute(select(table), execution_options={"yield_per": _BATCH}):
        said = json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True)
        total += int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest())
        rows += 1
    return Content(rows, f"{total % (1 << 256):064x}")


def contents(connection: Connection) -> dict[str, Content]:
    """Return what each table holds."""
    return {table.name: content(connection, table) for table in COPIED}


def copy(source: Connection, target: Connection, database: str) -> dict[str, Content]:
    """Copy all rows into a database without any, and compare; return what each table holds.

    Raises
    ------
    StoreError
        If the target `database` holds data already, or not the same afterwards.
    """
    held = [table.name for table in COPIED if target.scalar(select(func.count()).select_from(table))]
    if held:
        raise StoreError(database, "holds data already", "Name a database that is new or empty.")
    for table in COPIED:
        rows = source.execute(select(table), execution_options={"yield_per": _BATCH})
        for part in rows.mappings().partitions(_BATCH):
            target.execute(insert(table), [dict(row) for row in part])
        _go_on_counting(target, table)
    search.fill(target)
    revision = source.scalar(select(tables.state.c.revision)) or 0
    target.execute(update(tables.state).values(revision=revision))
    copied, found = contents(source), contents(target)
    for name in copied:
        if found[name] != copied[name]:
            raise StoreError(
                database,
                f"its table {name} does not hold what was copied",
                "Nothing was kept; try again.",
            )
    return copied


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows behind those that came with their numbers, as SQLite does."""
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None:
        return
    last = connection.scalar(select(func.max(key)))
    if last is not None:
        names = {"table": table.name, "column": key.name, "last": last}
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), names)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value as JSON that is the same from both databases; PostgreSQL keeps 1e300 as an integer."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value]
