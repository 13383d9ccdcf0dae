"""Readers, editors and owners of a PostgreSQL database: the database itself refuses what they may not do."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
import store_samples as samples
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.errors import StoreError
from geotrack.models import Reading
from geotrack.store import Review, Store

pytest_plugins = ("databases",)
pytestmark = pytest.mark.postgres

WRITES = (
    "INSERT INTO reviews SELECT * FROM reviews",
    "UPDATE documents SET title = ''",
    "DELETE FROM documents",
    "TRUNCATE documents CASCADE",
    "CREATE TABLE mine (id integer)",
    "DROP TABLE documents CASCADE",
)


def _said(*words: str) -> str:
    done = CliRunner().invoke(app, ["db", *words])
    return done.output + str(done.exception or "")


@pytest.fixture
def granted(postgres_database: str) -> Callable[[str], str]:
    """Give what grants a role to a new user, and the address under which that user comes."""
    document = samples.document()
    with Store.open(postgres_database) as store:
        store.add(document, samples.reading(document))

    def grant(role: str, user: str = "") -> str:
        user = user or f"{role}_{postgres_database.split('/')[3].split('?', maxsplit=1)[0]}"
        with psycopg.connect(postgres_database, autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user]).fetchone():
                server.execute(f'CREATE ROLE "{user}" LOGIN')
        assert _said("grant", role, user, "--db", postgres_database).startswith(user)
        return postgres_database.replace("geotrack@", f"{user}@")

    return grant


def test_a_reader_reads_and_writes_nothing(granted: Callable[[str], str]) -> None:
    """Every way to write is refused by the database, whatever program asks for it."""
    reader = granted("reader")
    with Store.open(reader, read_only=True) as store:
        assert len(store.figures()) == len(samples.reading(samples.document()).figures)
    with psycopg.connect(reader, autocommit=True) as connection:
        for statement in WRITES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    with Store.open(reader) as store, pytest.raises(StoreError, match="denies permission"):
        store.remove(samples.document().id, "not mine to remove")


def test_an_editor_takes_in_and_reviews_but_changes_no_table(granted: Callable[[str], str]) -> None:
    """An editor's store is a store; its schema is the owner's."""
    editor = granted("editor")
    second = samples.document("10 ha of land were cleared in Fuzuli.")
    figure = samples.reading(samples.document()).figures[0]
    with Store.open(editor) as store:
        store.add(second, Reading(second.id))
        store.review(Review(figure.id, "accepted", "Aysel"))
        store.remove(second.id, "sent by mistake")
    with psycopg.connect(editor, autocommit=True) as connection:
        for statement in (*WRITES[3:], "DELETE FROM migrations"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_lower_role_takes_rights_back(granted: Callable[..., str], postgres_database: str) -> None:
    """Who becomes a reader writes no more, in tables to come neither."""
    granted("editor", "changing")
    reader = granted("reader", "changing")
    with psycopg.connect(postgres_database, autocommit=True) as owner:
        owner.execute("CREATE TABLE later (id integer)")
    with psycopg.connect(reader, autocommit=True) as connection:
        connection.execute("SELECT * FROM later")
        for statement in ("DELETE FROM later", "DELETE FROM reviews"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_an_owner_does_what_the_owner_does(granted: Callable[[str], str]) -> None:
    """An owner may bring the schema up to date, which takes a table's owner."""
    with psycopg.connect(granted("owner"), autocommit=True) as connection:
        connection.execute("ALTER TABLE documents ADD COLUMN later integer")


def test_wrong_grants_say_what_to_do(postgres_database: str) -> None:
    """A user that is not there, a database without tables, a file."""
    assert "has no user 'nobody here'" in _said("grant", "reader", "nobody here", "--db", postgres_database)
    assert "has no tables of geotrack yet" in _said("grant", "reader", "geotrack", "--db", postgres_database)
    assert "is a file" in _said("grant", "reader", "geotrack", "--db", "reports.db")
