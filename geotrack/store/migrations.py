"""The schema's history: named migrations, each one transaction together with its record.

A database is brought up to date when it is opened for writing. A migration that has shipped is never
edited; a change of the schema is a new migration at the end, and `tables.py` shows the result of all.
A table that a later migration alters is then written out in the migration that first made it. The stores in
`tests/stores`, each as the program of its schema wrote it, are brought up to date by the tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, insert, inspect, select, text

from geotrack.errors import StoreError
from geotrack.store import search, tables
from geotrack.store.connection import WRITING
from geotrack.store.roles import act_as_owner

# Any number does, as long as every geotrack uses the same one.
_POSTGRES_LOCK = 7_202_611


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema's history."""

    name: str
    apply: Callable[[Connection], None]


def _create(*created: Table) -> Callable[[Connection], None]:
    def apply(connection: Connection) -> None:
        tables.metadata.create_all(connection, tables=created, checkfirst=False)

    return apply


def _create_state(connection: Connection) -> None:
    tables.state.create(connection)
    connection.execute(insert(tables.state).values(id=1, revision=0))


MIGRATIONS = (
    Migration("0001_revision", _create_state),
    Migration("0002_documents", _create(tables.documents, tables.sources, tables.tombstones)),
    Migration(
        "0003_facts",
        _create(
            tables.places,
            tables.mentions,
            tables.figures,
            tables.incidents,
            tables.figure_places,
            tables.incident_places,
            tables.refused,
        ),
    ),
    Migration("0004_reviews", _create(tables.reviews)),
    Migration("0005_search", search.create),
    Migration("0006_claims", _create(tables.claims, tables.claim_places)),
    Migration("0007_findings", _create(tables.findings, tables.completions)),
    Migration("0008_unread_files", _create(tables.unread_files)),
)


def migrate(engine: Engine, database: str) -> None:
    """Bring the schema up to date.

    Raises
    ------
    StoreError
        If the database belongs to another program, or to a newer geotrack.
    """
    pending = missing(engine, database)
    if len(pending) == len(MIGRATIONS):
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            _lock(connection)
            tables.migrations.create(connection, checkfirst=True)
    for migration in pending:
        _apply(engine, migration)


def check(engine: Engine, database: str, *, upgrade: bool) -> None:
    """Refuse a database without geotrack's tables; bring an older schema up to date, or refuse it too."""
    pending = missing(engine, database)
    if not pending:
        return
    if upgrade and len(pending) < len(MIGRATIONS):
        migrate(engine, database)
        return
    if len(pending) == len(MIGRATIONS):
        raise StoreError(database, "holds no geotrack data", "Ingest something first: geotrack ingest PATH.")
    raise StoreError(
        database, "was written by an older geotrack", "Bring it up to date: geotrack db migrate."
    )


def missing(engine: Engine, database: str) -> list[Migration]:
    """Return the migrations that the database lacks, in order.

    Raises
    ------
    StoreError
        If the database belongs to another program, or to a newer geotrack.
    """
    with engine.connect() as connection:
        present = set(inspect(connection).get_table_names())
        if "migrations" not in present:
            _refuse_foreign(engine, present, database)
            return list(MIGRATIONS)
        columns = {column["name"] for column in inspect(connection).get_columns("migrations")}
        if columns != {"name", "applied_at"}:
            raise _belongs_to_another(database)
        applied = set(connection.scalars(select(tables.migrations.c.name)))
    unknown = sorted(applied - {migration.name for migration in MIGRATIONS})
    if unknown:
        raise StoreError(
            database,
            f"was written by a newer geotrack (migration {unknown[-1]} is unknown here)",
            "Update geotrack, or name another database with --db.",
        )
    return [migration for migration in MIGRATIONS if migration.name not in applied]


def _refuse_foreign(engine: Engine, present: set[str], database: str) -> None:
    """Refuse to add our tables to a database that holds another program's.

    A PostgreSQL database may be shared (PostGIS itself puts a table there): only equal names clash.
    """
    clashing = present if engine.dialect.name == "sqlite" else present & set(tables.metadata.tables)
    if clashing:
        raise _belongs_to_another(database)


def _belongs_to_another(database: str) -> StoreError:
    return StoreError(database, "is the database of another program", "Name another one with --db.")


def _apply(engine: Engine, migration: Migration) -> None:
    """Apply one migration and record it, unless another process did so meanwhile."""
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        _lock(connection)
        if connection.dialect.name == "postgresql":
            act_as_owner(connection, superuser_too=True)
        done = select(tables.migrations.c.name).where(tables.migrations.c.name == migration.name)
        if connection.scalar(done) is None:
            migration.apply(connection)
            connection.execute(
                insert(tables.migrations).values(name=migration.name, applied_at=dt.datetime.now(dt.UTC))
            )


def _lock(connection: Connection) -> None:
    """Keep other processes from migrating at the same time; SQLite's writer has its lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
