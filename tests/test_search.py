"""The full text is searched alike in SQLite and PostgreSQL, without regard to case, accents and endings."""

# ruff: noqa: RUF001 - letters of four languages are meant

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import store_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, text
from typer.testing import CliRunner

from geotrack.cli.commands import app
from geotrack.models import Document, Reading, Source
from geotrack.store import Excerpt, Store, migrations, search, tables

pytest_plugins = ("databases",)

_STORABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def _document(
    body: str, title: str | None = None, publisher: str | None = None, day: int | None = None
) -> Document:
    published = None if day is None else dt.date(2024, 5, day)
    return Document(text=body, title=title, language="en", source=Source(publisher, published))


def _filled(store: Store, *documents: Document) -> list[str]:
    for document in documents:
        store.add(document, Reading(document.id))
    return [document.id for document in documents]


@pytest.mark.parametrize(
    "query",
    [
        "minalar",
        "AĞDAMDA",
        "agdam",
        "Gəncə",
        "gence",
        "27,000",
        "27 000",
        '"27 000 mina"',
        "kup'iansk",
        "Kupʼiansk",
        "розмінован",
        "anti-tank",
        "anti tank",
        "ANAMA",
        "gözəl",
        "mina gence report",
        '"unclosed',
    ],
)
def test_what_is_found(database: str, query: str) -> None:
    """Case, accents, apostrophes, digit groups and endings do not matter; title and publisher count, too."""
    body = (
        "Ağdamda və Gəncədə 27\u00a0000 mina tapıldı, minaların hamısı anti-tank. Unclosed.\n"
        "У Куп'янську, Kup’iansk, розміновано 5 га."
    )
    with Store.open(database) as store:
        found, _ = _filled(
            store, _document(body, "Gözəl report", "Anama press"), _document("Nothing of the kind.")
        )
        assert store.search(query) == [found]


@pytest.mark.parametrize(
    "query", ["", "   ", "…", '""', "gdam", "7,000", "tapildi mina27", '"mina 27"', "NOT *"]
)
def test_what_is_not_found(database: str, query: str) -> None:
    """A query without a word finds nothing; words are found by their beginnings, phrases in order."""
    with Store.open(database) as store:
        _filled(store, _document("Ağdamda 27 000 mina tapıldı."))
        assert store.search(query) == []


def test_newest_first_and_every_word(database: str) -> None:
    """Documents come by day, undated ones last; each must hold all words, wherever they stand."""
    with Store.open(database) as store:
        early, late, undated, _ = _filled(
            store,
            _document("mines in Lachin", "Weekly", day=1),
            _document("Lachin", "mines", day=9),
            _document("In Lachin", None, "Mines Advisory"),
            _document("mines", day=10),
        )
        assert store.search("lachin mines") == [late, early, undated]


def test_a_removed_document_leaves_no_word(tmp_path: Path) -> None:
    """What is removed is not found again, and its words are not left in the file."""
    database = tmp_path / "reports.db"
    with Store.open(database) as store:
        kept, gone = _filled(store, _document("an ordinary report"), _document("the xylophonist report"))
        assert store.search("xylophonist") == [gone]
        store.remove(gone)
        assert store.search("report") == [kept]
        assert store.search("xylophonist") == []
    assert b"xylophon" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_title_or_publisher_that_changes_is_found_by_the_new_one(database: str) -> None:
    """Titles and publishers are searched as they stand now."""
    with Store.open(database) as store:
        (found,) = _filled(store, _document("mines", "Old heading", "First outlet", 3))
        store.add(_document("mines", "New heading", "Second outlet", 1), Reading(found))
        assert [store.search(query) for query in ("new", "old", "first", "second")] == [
            [found],
            [],
            [found],
            [found],
        ]


def test_an_older_store_is_indexed_when_it_is_opened(database: str) -> None:
    """Documents that were stored before there was an index are found after the migration."""
    with Store.open(database) as store:
        (found,) = _filled(store, _document("mines of long ago"))
        with store._writing() as connection:
            connection.execute(text("DROP TABLE document_words"))
            gone = [one.name for one in migrations.MIGRATIONS if one.apply is search.create]
            connection.execute(delete(tables.migrations).where(tables.migrations.c.name.in_(gone)))
    with Store.open(database) as store:
        assert store.search("long ago") == [found]


def test_a_long_document_is_found_by_its_last_words(database: str) -> None:
    """PostgreSQL cannot index a text of over a megabyte at once; every part of it is found all the same."""
    body = " ".join(f"w{n}" for n in range(250_000))
    with Store.open(database) as store:
        (found,) = _filled(store, _document(body))
        assert store.search("w0 w100000 w249999") == [found]


def test_excerpt_marks_what_was_found(database: str) -> None:
    """An excerpt is a stretch of one paragraph, between words, with every match marked."""
    body = "Heading\n" + "word " * 60 + "in Ağdam, 5 mines, and in agdam. " + "more " * 60 + "\nAghdam"
    with Store.open(database) as store:
        (found,) = _filled(store, _document(body, "Only a title"))
        got = store.excerpt(found, "agdam")
        assert store.excerpt(found, "title") is None
        assert store.excerpt(found, "") is None
    assert isinstance(got, Excerpt)
    assert [got.text[start:end] for start, end in got.spans] == ["Ağdam", "agdam"]
    assert got.text.startswith("word")
    assert got.text.endswith("more")
    assert got.text in body


@given(body=st.text(_STORABLE, max_size=300), query=st.text(max_size=30))
def test_any_query_is_harmless_and_what_it_marks_stands_in_the_text(body: str, query: str) -> None:
    """No text and no query is an error, and an excerpt quotes the document."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "reports.db") as store:
        _filled(store, _document(f"{body} mines"))
        for found in store.search(query):
            got = store.excerpt(found, query)
            assert got is None or got.text in f"{body} mines"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`geotrack documents search` prints the documents with the words around the first match."""
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "reports.db"))
    with Store.open(tmp_path / "reports.db") as store:
        document = samples.document()
        store.add(document, samples.reading(document))
    told = CliRunner().invoke(app, ["documents", "search", "Füzuli", "--format", "json"])
    (row,) = json.loads(told.stdout)
    assert (row["document_id"], row["publisher"]) == (document.id, "AZERTAC")
    assert "Aghdam and Fuzuli" in row["words"]
    assert "1 of 1" in CliRunner().invoke(app, ["documents", "search", "mines"]).stdout
