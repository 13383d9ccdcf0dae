"""The schema grows by named migrations, each whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import store_samples as samples
from sqlalchemy import Connection, insert, inspect, select, text

from geotrack.errors import StoreError
from geotrack.store import Review, Store, migrations, tables
from geotrack.store.connection import engine_for, url_of

pytest_plugins = ("databases",)

STORES = Path(__file__).parent / "stores"
SCHEMAS = sorted({path.name.split(".")[0] for path in STORES.iterdir()})
NAMES = [migration.name for migration in migrations.MIGRATIONS]


def _applied(store: Store) -> list[str]:
    with store._reading() as connection:
        return list(connection.scalars(select(tables.migrations.c.name).order_by("name")))


def _own_tables(connection: Connection) -> list[str]:
    # The search index is each database's own affair.
    return [name for name in inspect(connection).get_table_names() if not name.startswith("document_words")]


def test_the_schema_is_that_of_the_tables(database: str) -> None:
    """The migrations together make the tables that `tables.py` shows, with their columns and keys."""
    with Store.open(database) as store:
        _check_schema(store)


def _check_schema(store: Store) -> None:
    with store._reading() as connection:
        found = inspect(connection)
        assert set(_own_tables(connection)) == set(tables.metadata.tables)
        for name, table in tables.metadata.tables.items():
            columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
            assert columns == {column.name: column.nullable for column in table.columns}
            assert len(found.get_foreign_keys(name)) == len(table.foreign_keys)


def test_each_migration_leaves_its_record(database: str) -> None:
    """Opening applies every migration once; opening again applies none."""
    with Store.open(database) as store:
        assert _applied(store) == NAMES
    with Store.open(database) as store:
        assert _applied(store) == NAMES


@pytest.mark.parametrize("failing", range(len(NAMES)))
def test_a_failed_migration_leaves_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """A migration that fails halfway is undone with its record, and the next opening goes on from there."""
    whole = migrations.MIGRATIONS

    def fail(connection: object) -> None:
        whole[failing].apply(connection)
        raise OSError(28, "No space left on device")

    broken = (*whole[:failing], migrations.Migration(NAMES[failing], fail), *whole[failing + 1 :])
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(StoreError, match="No space left on device"):
        Store.open(database)
    monkeypatch.setattr(migrations, "MIGRATIONS", whole[:failing])
    with Store.open(database) as store:
        assert _applied(store) == NAMES[:failing]
        with store._reading() as connection:
            left = set(inspect(connection).get_table_names())
        assert not set(tables.metadata.tables) <= left
    monkeypatch.setattr(migrations, "MIGRATIONS", whole)
    with Store.open(database) as store:
        document = samples.document()
        assert store.add(document, samples.reading(document)).status == "new"


def test_a_newer_schema_is_refused(database: str) -> None:
    """A database that a newer program has changed is neither read nor written."""
    with Store.open(database) as store, store._writing() as connection:
        row = connection.execute(select(tables.migrations)).mappings().first()
        connection.execute(insert(tables.migrations).values({**row, "name": "9999_maps"}))
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"newer geotrack \(migration 9999_maps is unknown here\)"):
            Store.open(database, read_only=read_only)


def _of_schema(monkeypatch: pytest.MonkeyPatch, applied: int) -> None:
    """Let stores be opened with the first so many migrations, as an older program did."""
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:applied])


@pytest.mark.parametrize("applied", range(1, len(NAMES)))
def test_an_older_schema_is_not_changed_by_a_reader(
    database: str, monkeypatch: pytest.MonkeyPatch, applied: int
) -> None:
    """A read-only store refuses each older schema; a writing one, even without `create`, mends it."""
    with monkeypatch.context() as older:
        _of_schema(older, applied)
        Store.open(database).close()
    with pytest.raises(StoreError, match="was written by an older geotrack"):
        Store.open(database, read_only=True)
    with Store.open(database, create=False) as store:
        assert store.claims().empty
        document = samples.document()
        store.add(document, samples.reading(document))
        assert store.complete(document.id, "Aysel") == 1


def test_reviews_of_an_older_schema_hold(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said before facts could be added and words taken back holds, and can be taken back now."""
    document = samples.document()
    reading = samples.reading(document)
    figure, incident = reading.figures[0].id, reading.incidents[0].id
    with monkeypatch.context() as older:
        _of_schema(older, NAMES.index("0007_findings"))
        with Store.open(database) as store:
            store.add(document, reading)
            store.review(Review(figure, "rejected", "Aysel"))
            store.review(Review(incident, "linked", "Oleh", {"same_as": incident}))
    with Store.open(database) as store:
        assert store.figures()["review"].tolist() == ["rejected"]
        assert store.incidents()["linked_by"].tolist() == ["Oleh"]
        store.undo(figure, "Oleh")
        assert store.figures()["review"].tolist() == [None]
        assert store.reviews()["taken_back"].tolist() == [True, False, False]


@pytest.fixture(params=SCHEMAS)
def older(request: pytest.FixtureRequest, database: str) -> str:
    """Give a store as the program of each schema left it (`tests/stores`)."""
    if database.startswith("postgresql"):
        script = (STORES / f"{request.param}.postgresql.sql").read_text()
        with psycopg.connect(database) as server:
            server.execute(script.encode())
    else:
        script = (STORES / f"{request.param}.sqlite.sql").read_text()
        with closing(sqlite3.connect(database)) as file:
            file.executescript(script)
    return database


def _rows(database: str) -> dict[str, list[str]]:
    """Return what each table holds, without regard to what the program takes a table for."""
    engine = engine_for(url_of(database), read_only=True, wait_s=1)
    with engine.connect() as connection:
        names = [name for name in _own_tables(connection) if name != "migrations"]
        rows = {name: connection.execute(select(text("*")).select_from(text(name))).all() for name in names}
    engine.dispose()
    return {name: sorted(map(repr, held)) for name, held in rows.items()}


def test_a_store_of_each_schema_is_brought_up_whole(older: str) -> None:
    """What an older program wrote is there row by row after the migration, is found and told as it was."""
    before = _rows(older)
    with Store.open(older) as store:
        after = _rows(older)
        assert {name: after[name] for name in before} == before
        assert not any(after[name] for name in after.keys() - before.keys())
        _check_schema(store)
        assert _applied(store) == NAMES
        assert store.problems() == []
        [document_id] = store.search("farmer aghdam")
        assert [source.publisher for source in store.document(document_id).sources] == ["AZERTAC", "Report"]
        assert [stone.why for stone in store.tombstones()] == ["a test report"]
        figure, incident = store.figures().iloc[0], store.incidents().iloc[0]
        assert (figure["value"], figure["review"], figure["review_by"]) == (32, "corrected", "Aysel")
        assert (incident["review"], incident["linked_by"]) == ("accepted", "Oleh")


def test_a_store_of_each_schema_goes_on(older: str) -> None:
    """An older store is read by newer rules, reviewed, and emptied of a document; people's words stay."""
    with Store.open(older) as store:
        [document_id] = store.documents()["document_id"]
        said, reviewed = len(store.reviews()), store.figures()["figure_id"][0]
        document = store.document(document_id).document
        assert store.add(document, samples.NumberReader("2").read(document)).status == "updated"
        store.undo(reviewed, "Oleh")
        store.review(Review(store.figures()["figure_id"][0], "accepted", "Oleh"))
        store.complete(document_id, "Aysel")
        assert len(store.reviews()) == said + 3
        store.remove(document_id)
        assert len(store.reviews()) == said + 3
        assert store.search("aghdam") == []
        assert store.problems() == []


@pytest.mark.postgres
def test_an_empty_server_is_no_store_yet(postgres_database: str) -> None:
    """An empty PostgreSQL database is only filled when that is asked for."""
    for how in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match="holds no geotrack data"):
            Store.open(postgres_database, **how)


def test_several_programs_may_start_at_once(database: str) -> None:
    """Processes that open a new database at the same time all find it ready."""
    program = "import sys; from geotrack.store import Store; print(Store.open(sys.argv[1]).revision)"
    root = Path(__file__).parents[1]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, database],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=root,
        )
        for _ in range(3)
    ]
    assert [process.communicate(timeout=60) for process in processes] == [(b"0\n", b"")] * 3


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    """A SQLite store keeps foreign keys, writes ahead, and commits to the disk."""
    with Store.open(tmp_path / "reports.db") as store, store._reading() as connection:
        settings = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout", "secure_delete")
        }
    assert settings == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }
