"""A database that cannot be used is one clear line: which, what is wrong, and the way out."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import store_samples as samples

from geotrack.errors import StoreError
from geotrack.store import Store
from geotrack.store.connection import label

pytest_plugins = ("databases",)

NOBODY = 65534


@contextmanager
def _unprivileged() -> Iterator[None]:
    """Do something as a user whom permissions bind: they do not bind root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that everybody may pass: pytest's own are closed to other users."""
    path = Path(tempfile.mkdtemp(prefix="geotrack-"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@pytest.fixture
def filled(folder: Path) -> Path:
    """Give a database with one document, closed by its writer."""
    path = folder / "reports.db"
    with Store.open(path) as store:
        document = samples.document()
        store.add(document, samples.reading(document))
        assert len(store.documents()) == 1
    return path


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep a database locked as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_database(tmp_path: Path) -> None:
    """A lock that lasts is reported after the wait; reading goes on, and so does writing afterwards."""
    path = tmp_path / "reports.db"
    document = samples.document()
    with Store.open(path, wait_s=0.1) as store:
        with _locked(path):
            with pytest.raises(StoreError) as caught:
                store.add(document, samples.reading(document))
            assert store.documents().empty
        assert store.add(document, samples.reading(document)).status == "new"
    assert str(caught.value) == (
        f"{path}: another program has locked it. Close that program, then run this again."
    )


def test_a_new_file_that_another_program_holds(tmp_path: Path) -> None:
    """A database that is locked before it was ever opened is reported in the same words."""
    path = tmp_path / "reports.db"
    sqlite3.connect(path).close()
    with _locked(path), pytest.raises(StoreError, match="another program has locked it"):
        Store.open(path, wait_s=0.1)


@pytest.mark.postgres
def test_a_locked_postgres_table(postgres_database: str) -> None:
    """A table that another session holds is reported after the wait."""
    document = samples.document()
    with Store.open(postgres_database, wait_s=0.1) as store, psycopg.connect(postgres_database) as other:
        other.execute("LOCK TABLE state IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="another program has locked it"):
            store.add(document, samples.reading(document))


@pytest.mark.postgres
def test_a_lost_connection(postgres_database: str) -> None:
    """A line cut in the middle of a write is one clear error; the store goes on with a new one."""
    document = samples.document()
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"

    class Cutting(list[object]):
        def __iter__(self) -> Iterator[object]:
            with psycopg.connect(postgres_database) as other:
                other.execute(f"{end} AND datname = current_database()")
            return super().__iter__()

    with Store.open(postgres_database) as store:
        cut = replace(samples.reading(document), refused=Cutting(samples.reading(document).refused))
        with pytest.raises(StoreError, match="the connection to the server was lost"):
            store.add(document, cut)  # type: ignore[arg-type]
        assert store.documents().empty
        store.add(document, samples.reading(document))
        assert len(store.documents()) == 1


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("53100", r"the server's disk is full\. Free some space"),
        ("57P01", "the connection to the server was lost"),
        ("08006", "the connection to the server was lost"),
        ("25006", "no permission to write to it"),
        ("42501", "the server denies permission"),
        ("55P03", "another program has locked it"),
    ],
)
def test_a_server_of_another_language(postgres_database: str, code: str, words: str) -> None:
    """What fails in a server is told by its code, whatever its words; what was finished before is kept."""
    first, second = samples.document(), samples.document(samples.TEXT + " x")
    fail = f"$$BEGIN RAISE EXCEPTION SQLSTATE '{code}' USING MESSAGE = 'недоступно'; END$$"
    with Store.open(postgres_database) as store:
        store.add(first, samples.reading(first))
        with psycopg.connect(postgres_database) as other:
            other.execute(f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS {fail}")
            other.execute("CREATE TRIGGER fail BEFORE INSERT ON refused EXECUTE FUNCTION fail()")
        with pytest.raises(StoreError, match=words):
            store.add(second, samples.reading(second))
        assert list(store.documents()["document_id"]) == [first.id]


def test_a_folder_without_write_permission(folder: Path) -> None:
    """A new database in a folder where nothing may be written is refused with the way out."""
    folder.chmod(0o555)
    path = folder / "new.db"
    with _unprivileged(), pytest.raises(StoreError) as caught:
        Store.open(path)
    assert str(caught.value) == (
        f"{path}: cannot be opened. Check that its folder exists and that you may read and write there."
    )
    path = folder / "new" / "new.db"
    with _unprivileged(), pytest.raises(StoreError) as caught:
        Store.open(path)
    assert str(caught.value) == (
        f"{path}: its folder cannot be made (Permission denied). Name another file with --db."
    )


def test_a_file_without_write_permission(filled: Path) -> None:
    """A database that may only be read is refused for writing, and read where reading is asked for."""
    filled.chmod(0o444)
    filled.parent.chmod(0o555)
    with _unprivileged():
        with pytest.raises(StoreError) as caught:
            Store.open(filled)
        with Store.open(filled, read_only=True) as store:
            assert len(store.documents()) == 1
    assert str(caught.value) == (
        f"{filled}: no permission to write to it. Change its permissions, or name another file with --db."
    )


def test_a_file_that_may_not_be_read(filled: Path) -> None:
    """A database without read permission is refused."""
    filled.chmod(0o000)
    with _unprivileged(), pytest.raises(StoreError, match=r"cannot be opened\. Check that"):
        Store.open(filled, read_only=True)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A text file is refused and left as it was."""
    path = tmp_path / "reports.db"
    path.write_text("31 mines were found in Aghdam. " * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"reports\.db: is no database\. Name another file"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder is refused."""
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """A path through a file is refused."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="its folder cannot be made"):
        Store.open(tmp_path / "file" / "reports.db")


@pytest.mark.parametrize("table", ["songs", "migrations"])
def test_another_programs_database(tmp_path: Path, table: str) -> None:
    """A database with other tables is left alone, even if one of them bears a name of ours."""
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TABLE {table} (title TEXT)")
        before = other.execute("SELECT name FROM sqlite_master").fetchall()
        with pytest.raises(StoreError, match="is the database of another program"):
            Store.open(path)
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == before


@pytest.mark.parametrize("how", [{"create": False}, {"read_only": True}])
def test_a_missing_database(tmp_path: Path, how: dict[str, bool]) -> None:
    """A database that is to be there and is not is named, and no file is made."""
    path = tmp_path / "reports.db"
    with pytest.raises(StoreError, match=r"does not exist\. Ingest something first"):
        Store.open(path, **how)
    assert not path.exists()


def test_a_full_disk(tmp_path: Path) -> None:
    """A full disk is named; what was finished before is kept."""
    path = tmp_path / "reports.db"
    first, second = samples.document(), samples.document(samples.TEXT + " x" * 500_000)
    with Store.open(path) as store:
        store.add(first, samples.reading(first))
        with store._reading() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            pages = driver.execute("PRAGMA page_count").fetchone()[0]
            driver.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(StoreError, match=r"the disk is full\. Free some space"):
            store.add(second, samples.reading(second))
        assert list(store.documents()["document_id"]) == [first.id]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://user:secret@host/name", "geotrack does not keep its data in mysql"),
        ("postgresql://user:secret@127.0.0.1:1/name", "no server answers there"),
        ("postgresql://user:secret@host:port/name", "is no database address"),
    ],
)
def test_an_address_that_leads_nowhere(address: str, words: str) -> None:
    """A wrong address is refused in plain words that do not repeat its password."""
    with pytest.raises(StoreError, match=words) as caught:
        Store.open(address)
    assert "secret" not in str(caught.value)


@pytest.mark.postgres
def test_a_missing_postgres_database(postgres_server: str) -> None:
    """A server without the named database is told from one that does not answer."""
    with pytest.raises(StoreError, match=r"it lacks what geotrack needs\. Create the database"):
        Store.open(f"postgresql://geotrack@/nothing?host={postgres_server}")


def test_a_label_hides_the_password() -> None:
    """Messages name an address without its password, and a path as it is."""
    assert label("postgresql://user:secret@host/name") == "postgresql://user:***@host/name"
    assert label("reports.db") == "reports.db"


def test_a_read_only_store_refuses_to_write(database: str) -> None:
    """Writing through a read-only store is refused, by either database."""
    document = samples.document()
    Store.open(database).close()
    with Store.open(database, read_only=True) as store:
        with pytest.raises(StoreError, match="no permission to write to it"):
            store.add(document, samples.reading(document))
        assert store.documents().empty
