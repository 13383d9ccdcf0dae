"""Readers, editors and owners of a PostgreSQL database: the database itself refuses what they may not do."""

from __future__ import annotations

from urllib.parse import urlsplit

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
def owned(postgres_database: str) -> str:
    """Give the address of a database with one report, whose owner is a plain user of the server."""
    name = urlsplit(postgres_database).path[1:]
    with psycopg.connect(postgres_database, autocommit=True) as server:
        server.execute(f"CREATE ROLE own_{name} LOGIN")
        server.execute(f"ALTER DATABASE {name} OWNER TO own_{name}")
    database = postgres_database.replace("geotrack@", f"own_{name}@")
    document = samples.document()
    with Store.open(database) as store:
        store.add(document, samples.reading(document))
    return database


@pytest.fixture
def user(postgres_database: str, owned: str) -> tuple[str, str]:
    """Give the name of a new user of the server, and the address under which that user comes.

    A table and a sequence of somebody else's stand beside geotrack's.
    """
    name = "user_" + urlsplit(postgres_database).path[1:]
    with psycopg.connect(postgres_database, autocommit=True) as server:
        server.execute(f"CREATE ROLE {name} LOGIN")
        server.execute("CREATE TABLE layer_styles (id serial)")
    return name, owned.replace(urlsplit(owned).netloc, f"{name}@")


def test_a_reader_reads_and_writes_nothing(owned: str, user: tuple[str, str]) -> None:
    """Every way to write is refused by the database, whatever program asks for it."""
    name, reader = user
    assert _said("grant", "reader", name, "--db", owned).startswith(f"{name}: reader")
    with Store.open(reader, read_only=True) as store:
        assert len(store.figures()) == len(samples.reading(samples.document()).figures)
    with psycopg.connect(reader, autocommit=True) as connection:
        for statement in WRITES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    with Store.open(reader) as store, pytest.raises(StoreError, match="denies permission"):
        store.remove(samples.document().id, "not mine to remove")


def test_an_editor_takes_in_and_reviews_but_changes_no_table(owned: str, user: tuple[str, str]) -> None:
    """An editor's store is a store; its schema is the owner's."""
    name, editor = user
    _said("grant", "editor", name, "--db", owned)
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


def test_a_lower_role_takes_rights_back(owned: str, user: tuple[str, str]) -> None:
    """Who becomes a reader writes no more, in tables to come neither."""
    name, reader = user
    for role in ("editor", "reader"):
        _said("grant", role, name, "--db", owned)
    with psycopg.connect(owned, autocommit=True) as owner:
        owner.execute("CREATE TABLE later (id integer)")
    with psycopg.connect(reader, autocommit=True) as connection:
        connection.execute("SELECT * FROM later")
        for statement in ("DELETE FROM later", "DELETE FROM reviews"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_an_owner_is_made_by_who_may_and_is_no_reader(
    postgres_database: str, owned: str, user: tuple[str, str]
) -> None:
    """PostgreSQL lets a plain owner make no second one: the message has the command of who may."""
    name, second = user
    told = _said("grant", "owner", name, "--db", owned)
    command = told[told.index("GRANT ") : told.rindex(";")]
    with psycopg.connect(postgres_database, autocommit=True) as server:
        server.execute(command)
    with psycopg.connect(second, autocommit=True) as connection:
        connection.execute("ALTER TABLE documents ADD COLUMN later integer")
    for address in (second, postgres_database):
        _check_migrating(address, owner=urlsplit(owned).username)
    told = _said("grant", "reader", name, "--db", owned)
    assert "REVOKE" in told
    with psycopg.connect(postgres_database, autocommit=True) as server:
        server.execute(told[told.index("REVOKE") : told.rindex(";")])
    assert _said("grant", "reader", name, "--db", owned).startswith(name)


def _check_migrating(database: str, owner: str | None) -> None:
    """Whoever brings the schema up to date, new tables belong to the owner of the others."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP TABLE unread_files")
        connection.execute("DELETE FROM migrations WHERE name = '0008_unread_files'")
        assert "1 step" in _said("migrate", "--db", database)
        made = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'unread_files'")
        assert made.fetchone() == (owner,)


def test_nobody_is_made_superuser(postgres_database: str) -> None:
    """Where the server's owner made the tables, an owner of theirs could do everything everywhere."""
    Store.open(postgres_database).close()
    with psycopg.connect(postgres_database, autocommit=True) as server:
        server.execute("CREATE ROLE ambitious LOGIN")
    assert "may do everything" in _said("grant", "owner", "ambitious", "--db", postgres_database)


def test_wrong_grants_say_what_to_do(postgres_database: str) -> None:
    """A user that is not there, a database without tables, a file."""
    assert "has no user 'nobody here'" in _said("grant", "reader", "nobody here", "--db", postgres_database)
    assert "has no tables of geotrack yet" in _said("grant", "reader", "geotrack", "--db", postgres_database)
    assert "is a file" in _said("grant", "reader", "geotrack", "--db", "reports.db")
