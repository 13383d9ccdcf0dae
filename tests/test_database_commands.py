"""A whole store goes from one database to another and into a backup and back, and nothing of it changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
import store_samples as samples
from sqlalchemy import Connection, delete
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.errors import GeotrackError, OutputError, StoreError
from geotrack.models import Reading
from geotrack.store import Finding, Review, Store, backups, migrations, tables
from geotrack.store.copies import COPIED, Content
from geotrack.store.status import status

pytest_plugins = ("databases",)

MINES = samples.reading(samples.document()).figures[0].id


def fill(database: str) -> None:
    """Put into a store what each of its tables is for."""
    document, second = samples.document(), samples.document("10 ha of land were cleared in Fuzuli.")
    start = document.text.index("10 ha")
    with Store.open(database) as store:
        store.add(document, samples.reading(document))
        store.add(document, samples.reading(document))
        store.add_source(samples.document(publisher="APA", url="https://example.org/2"))
        fields = {"measure": "area_cleared", "value": 10, "unit": "ha"}
        store.add_fact(document.id, Finding("figure", (start, start + 5), "10 ha", fields), "Aysel")
        store.review(Review(MINES, "corrected", "Aysel", {"value": 1e300}, note="a number beyond all others"))
        store.complete(document.id, "Aysel")
        store.note_unread("scan.pdf", [(None, "has no text", "Give it one with OCR.")])
        store.add(second, Reading(second.id))
        store.remove(second.id, "sent by mistake")


def contents(database: str) -> dict[str, Content]:
    """Return what each table of a database holds."""
    with Store.open(database, read_only=True) as store:
        return store.contents()


@contextmanager
def changed(database: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file behind the store's back."""
    with closing(sqlite3.connect(database)) as connection:
        yield connection
        connection.commit()


def said(*words: object) -> str:
    """Run a command and return what it prints."""
    done = CliRunner().invoke(app, ["db", *map(str, words)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_a_copy_holds_the_same_and_goes_on(database: str, tmp_path: Path) -> None:
    """From a file into any database and back: equal tables, a text that is found, and numbers that go on."""
    first, last = str(tmp_path / "first.db"), str(tmp_path / "last.db")
    fill(first)
    assert "Copied and compared" in said("copy", first, database)
    said("copy", database, last)
    assert contents(first) == contents(database) == contents(last)
    assert {name for name, one in contents(first).items() if not one.rows} == {"claims", "claim_places"}
    with Store.open(first) as one, Store.open(database) as other:
        assert one.revision == other.revision
        assert one.search("anti-personnel") == other.search("anti-personnel") == [samples.document().id]
        numbers = {store.review(Review(MINES, "accepted", "Oleh")) for store in (one, other)}
        assert len(numbers) == 1
        assert other.problems() == []


def test_a_database_with_data_is_not_written_over(tmp_path: Path) -> None:
    """A copy goes into a database without data, or nowhere."""
    first, second = str(tmp_path / "first.db"), str(tmp_path / "second.db")
    fill(first)
    fill(second)
    before = contents(second)
    with pytest.raises(StoreError, match="holds data already"):
        said("copy", first, second)
    assert contents(second) == before


def test_a_copy_that_differs_is_not_kept(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the target does not hold what was copied, it stays empty and the table is named."""
    first = str(tmp_path / "first.db")
    fill(first)

    def lose(connection: Connection) -> None:
        connection.execute(delete(tables.tombstones))

    monkeypatch.setattr("geotrack.store.search.fill", lose)
    with pytest.raises(StoreError, match="its table tombstones does not hold what was copied"):
        said("copy", first, database)
    assert {one.rows for one in contents(database).values()} == {0}


def test_a_backup_is_restored_and_checked(database: str, tmp_path: Path) -> None:
    """A backup is one file that says what it holds; it comes back the same, and is never written over."""
    zipped, restored = tmp_path / "all.zip", str(tmp_path / "restored.db")
    fill(database)
    said("backup", zipped, "--db", database)
    with ZipFile(zipped) as archive:
        assert json.loads(archive.read("about.json"))["rows"]["reviews"] == 3
    assert f"Whole: {zipped}" in said("verify", zipped).replace("\n", "")
    said("restore", zipped, "--db", restored)
    assert contents(restored) == contents(database)
    with pytest.raises(OutputError, match="is there already"):
        said("backup", zipped, "--db", database)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("damage", ["cut", "changed", "other"])
def test_a_damaged_backup_is_refused(tmp_path: Path, damage: str) -> None:
    """What is not a whole backup is told, and nothing is restored from it."""
    first, zipped, target = str(tmp_path / "first.db"), tmp_path / "all.zip", tmp_path / "new.db"
    fill(first)
    said("backup", zipped, "--db", first)
    if damage == "cut":
        zipped.write_bytes(zipped.read_bytes()[:-400])
    elif damage == "changed":
        with ZipFile(zipped) as archive:
            about = archive.read("about.json")
        with ZipFile(zipped, "w") as archive:
            archive.writestr("about.json", about)
            archive.write(__file__, "geotrack.db")
    else:
        zipped.write_text("no zip", encoding="utf-8")
    with pytest.raises(StoreError, match=r"is no whole backup|is not as it was written"):
        said("restore", zipped, "--db", target)
    assert not target.exists()


def test_an_older_backup_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup made by an older geotrack is restored into tables of today."""
    first, zipped, restored = (str(tmp_path / name) for name in ("first.db", "all.zip", "new.db"))
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:-1])
    before = tuple(table for table in COPIED if table is not tables.unread_files)
    monkeypatch.setattr("geotrack.store.copies.COPIED", before)
    with Store.open(first) as store:
        document = samples.document()
        store.add(document, samples.reading(document))
        backups.write_backup(store, Path(zipped))
    monkeypatch.undo()
    said("restore", zipped, "--db", restored)
    with Store.open(restored, create=False) as store:
        assert store.document(document.id).document.text == document.text
        assert store.unread_files() == []


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    """Another text, a fact that quotes other words and a row that refers to nothing are found."""
    database = tmp_path / "reports.db"
    fill(str(database))
    assert "Whole" in said("verify", "--db", database)
    with changed(database) as connection:
        connection.execute("UPDATE figures SET text = 'other words'")
    with Store.open(database) as store:
        assert [one.split(": ")[1] for one in store.problems()] == ["1 facts do not quote its text"]
    with changed(database) as connection:
        connection.execute("UPDATE documents SET text = 'cut'")
        connection.execute("DELETE FROM places WHERE place_id = 'AZ-FUZ'")
    with Store.open(database) as store:
        found = "\n".join(store.problems())
    assert "the text is not the one that was stored" in found
    assert "refers to what is not in places" in found
    with pytest.raises(GeotrackError, match="is not whole"):
        said("verify", "--db", database)


def test_status_changes_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older database says so until it is migrated; who reads it meanwhile is told the command."""
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:-1])
        Store.open(database).close()
    assert status(database).pending == (migrations.MIGRATIONS[-1].name,)
    with pytest.raises(StoreError, match="geotrack db migrate"):
        Store.open(database, read_only=True)
    assert "geotrack db migrate" in said("status", "--db", database).replace("\n", " ")
    assert said("migrate", "--db", database).startswith("1 step")
    assert status(database).pending == ()
    assert "documents  0" in said("status", "--db", database)


def test_a_database_is_made(database: str) -> None:
    """`geotrack db init` makes the tables, once."""
    said("init", "--db", database)
    assert status(database).rows["documents"] == 0
    said("init", "--db", database)
