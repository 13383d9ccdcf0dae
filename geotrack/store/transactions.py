"""Transactions of the store: one that reads sees one state throughout, one that writes is the only one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, update

from geotrack.store import tables
from geotrack.store.connection import WRITING, plain_errors

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Engine

_LOCK = select(tables.state.c.revision).with_for_update()
_RAISE = update(tables.state).values(revision=tables.state.c.revision + 1)


class Transactions:
    """A database that is read and written in whole transactions."""

    def __init__(self, engine: Engine, database: str) -> None:
        self._engine, self.database = engine, database

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the database throughout."""
        with plain_errors(self.database), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open a transaction that is the only one that writes."""
        with plain_errors(self.database), self._engine.connect() as connection:
            connection.execution_options(**WRITING)
            with connection.begin():
                # In PostgreSQL this row is the writers' lock; SQLite has locked the file already.
                connection.execute(_LOCK)
                yield connection

    def _frame(self, make: Callable[[Connection], pd.DataFrame]) -> pd.DataFrame:
        with self._reading() as connection:
            return make(connection)


def raise_revision(connection: Connection) -> None:
    """Say that the store has changed."""
    connection.execute(_RAISE)
