"""The store keeps documents and readings whole, once, and says what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import store_samples as samples
from sqlalchemy import delete

from geotrack.models import Reading
from geotrack.store import (
    Change,
    InvalidReadingError,
    Outcome,
    RemovedDocumentError,
    Store,
    UnknownDocumentError,
    tables,
)

pytest_plugins = ("databases",)


def test_a_document_comes_back_as_it_went_in(database: str) -> None:
    """Text, title, source, furniture and every part of the reading survive the store unchanged."""
    document = samples.document()
    reading = samples.reading(document)
    with Store.open(database) as store:
        outcome = store.add(document, reading)
        stored = store.document(document.id)
    assert outcome == Outcome(
        document.id, "new", figures=Change(added=1), incidents=Change(added=1), sources_added=1
    )
    assert (stored.document, stored.sources, stored.reading) == (document, (document.source,), reading)


def test_adding_twice_changes_nothing(database: str) -> None:
    """The second addition of the same document leaves the revision and every table as they were."""
    document = samples.document()
    with Store.open(database) as store:
        store.add(document, samples.reading(document))
        revision, figures, stored = store.revision, store.figures(), store.document(document.id)
        outcome = store.add(document, samples.reading(document))
        assert (store.revision, store.document(document.id)) == (revision, stored)
        pd.testing.assert_frame_equal(store.figures(), figures)
    assert outcome == Outcome(document.id, "unchanged")


@pytest.mark.parametrize(
    "other", [{"publisher": "Trend"}, {"path": "/reports/2.md"}, {"url": None}, {"published": None}]
)
def test_the_same_text_elsewhere_is_another_source(database: str, other: dict[str, object]) -> None:
    """Another publisher, path, address or date of one text is a source row and no second document."""
    first, second = samples.document(), samples.document(**other)
    with Store.open(database) as store:
        store.add(first, samples.reading(first))
        outcome = store.add(second, samples.reading(second))
        documents, stored = store.documents(), store.document(first.id)
    assert outcome == Outcome(first.id, "updated", sources_added=1)
    assert stored.sources == (first.source, second.source)
    assert documents[["n_sources", "n_figures"]].to_numpy().tolist() == [[2, 1]]


def test_newer_rules_replace_a_reading(database: str) -> None:
    """A re-read drops what is not read any more and says what was added, removed, kept and altered."""
    document = samples.document()
    old = samples.reading(document, "1")
    new = replace(
        old,
        figures=(replace(old.figures[0], value=32), samples._mines(document, "mines_found")),
        incidents=(),
        refused=(),
        rules_version="2",
    )
    with Store.open(database) as store:
        store.add(document, old)
        assert store.to_read(document, "2") == document
        outcome = store.add(document, new)
        assert store.reading(document.id) == new
        assert store.to_read(document, "2") is None
    assert outcome == Outcome(
        document.id,
        "updated",
        figures=Change(added=1, altered=1),
        incidents=Change(removed=1),
        reread=True,
    )


def test_a_reading_follows_the_earliest_publication(database: str) -> None:
    """An earlier appearance is read anew, a later one is not: relative dates count from the first."""
    middle = samples.document()
    earlier = samples.document(published=dt.date(2024, 5, 30), publisher="ANAMA")
    later = samples.document(published=dt.date(2024, 6, 3), publisher="Trend")
    with Store.open(database) as store:
        store.add(middle, samples.reading(middle))
        assert store.to_read(later, "1") is None
        assert store.to_read(earlier, "1") == earlier
        store.add_source(later)
        assert store.to_read(later, "2") == middle
        assert store.add(earlier, samples.reading(earlier)).reread
        assert store.document(middle.id).document.source == earlier.source
        assert list(store.figures()["publisher"]) == ["ANAMA"]


def test_an_id_may_be_shortened(database: str) -> None:
    """A unique beginning of an id finds the document; an ambiguous or unknown one is a clear error."""
    documents = [samples.document(f"{samples.TEXT} {number}") for number in range(40)]
    with Store.open(database) as store:
        for document in documents:
            store.add(document, Reading(document.id, rules_version="1"))
        assert store.document(documents[0].id[:12]).document == documents[0]
        with pytest.raises(UnknownDocumentError, match="no document has the id 'zz'"):
            store.document("zz")
        # Forty ids share sixteen first digits: some digit begins two of them.
        firsts = [document.id[0] for document in documents]
        shared = next(digit for digit in firsts if firsts.count(digit) > 1)
        with pytest.raises(UnknownDocumentError, match="begins the ids of several documents"):
            store.document(shared)
        with pytest.raises(UnknownDocumentError):
            store.document("")
        with pytest.raises(UnknownDocumentError):
            store.document("%")


def test_a_removed_document_leaves_a_tombstone_without_text(database: str) -> None:
    """Removal takes text, facts and sources, and keeps the document out until it is restored."""
    document = samples.document()
    reading = samples.reading(document)
    with Store.open(database) as store:
        store.add(document, reading)
        stone = store.remove(document.id[:8], "sent by mistake")
        assert store.tombstone(document.id) == stone
        assert [len(frame) for frame in (store.documents(), store.figures(), store.incidents())] == [0, 0, 0]
        with pytest.raises(RemovedDocumentError, match=r"was removed on .* \(sent by mistake\).*--restore"):
            store.add(document, reading)
        assert store.add(document, reading, restore=True).status == "new"
        assert store.tombstone(document.id) is None
        assert store.reading(document.id) == reading


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        (lambda reading: replace(reading, document_id="0" * 16), "is of document 0000"),
        (lambda reading: replace(reading, figures=reading.figures * 2), "two facts have the id"),
        (
            lambda reading: replace(reading, figures=(replace(reading.figures[0], span=(0, 2)),)),
            "the words at 0 to 2 are not",
        ),
    ],
)
def test_a_contradictory_reading_is_refused(database: str, spoilt: object, problem: str) -> None:
    """A reading of another document, with doubled ids or false quotes, leaves no trace."""
    document = samples.document()
    with Store.open(database) as store:
        with pytest.raises(InvalidReadingError, match=problem):
            store.add(document, spoilt(samples.reading(document)))
        assert store.revision == 0
        assert store.documents().empty


@pytest.mark.postgres
def test_a_count_that_postgres_cannot_hold(postgres_database: str) -> None:
    """A value beyond the database's bounds is a refusal of its document, no failure of the database."""
    document = samples.document()
    reading = samples.reading(document)
    absurd = replace(reading, incidents=(replace(reading.incidents[0], killed=10**12),))
    with Store.open(postgres_database) as store:
        with pytest.raises(InvalidReadingError, match="out of range"):
            store.add(document, absurd)
        assert store.add(document, reading).status == "new"


def test_a_nul_character(database: str) -> None:
    """A title that a database cannot hold is refused with its document."""
    document = replace(samples.document(), title="Mines\0found")
    with Store.open(database) as store, pytest.raises(InvalidReadingError, match="NUL"):
        store.add(document, samples.reading(document))


def test_the_revision_rises_with_each_change(database: str) -> None:
    """Adding, noting a source and removing each raise the revision, reading never does."""
    document = samples.document()
    other = samples.document(publisher="Trend")
    with Store.open(database) as store:
        revisions = [store.revision]
        store.add(document, samples.reading(document))
        revisions.append(store.revision)
        store.add_source(other)
        store.figures()
        store.document(document.id)
        revisions.append(store.revision)
        store.remove(document.id)
        revisions.append(store.revision)
    assert revisions == [0, 1, 2, 3]


@pytest.mark.parametrize("name", ["reports 1.db", "50%.db", "a#b?c.db", "звіти.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    """Spaces, signs that mean something in addresses, and any script may stand in a database's name."""
    document = samples.document()
    with Store.open(tmp_path / name) as store:
        store.add(document, samples.reading(document))
    with Store.open(str(tmp_path / name), read_only=True) as store:
        assert store.document(document.id).document == document
    assert name in {path.name for path in tmp_path.iterdir()}


def test_an_address_of_a_file_is_that_file(tmp_path: Path) -> None:
    """`sqlite:///` before a path names the same database as the path."""
    document = samples.document()
    with Store.open(f"sqlite:///{tmp_path / 'reports.db'}") as store:
        store.add(document, samples.reading(document))
    with Store.open(tmp_path / "reports.db", create=False) as store:
        assert store.document(document.id).document == document


def test_what_is_half_there_is_told(database: str) -> None:
    """A text without a source and a word's consequences without the word are problems of a database."""
    document = samples.document()
    with Store.open(database) as store:
        store.add(document, samples.reading(document))
        store.complete(document.id, "Aysel")
        assert store.problems() == []
        with store._writing() as connection:
            for table in (tables.sources, tables.reviews):
                connection.execute(delete(table))
        assert store.problems() == [
            f"document {document.id}: it has no source",
            "row 1 of completions refers to what is not in reviews",
        ]
