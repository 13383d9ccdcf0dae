"""Ingest reads what is new, leaves the rest alone, and lists what it refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import NumberReader

from geotrack.documents import Options, Refused
from geotrack.errors import StoreError, UnreadableDocumentError
from geotrack.models import Document, Source
from geotrack.store import Change, Outcome, Step, Store, records
from geotrack.store.ingest import IngestReport, ingest, ingest_documents

pytest_plugins = ("databases",)

DAY = dt.date(2024, 6, 1)


class Files:
    """Documents by path; calling it is reading them."""

    def __init__(self, **files: list[Document | Refused]) -> None:
        self.files = {f"/reports/{name}": items for name, items in files.items()}

    def __call__(self, paths: Sequence[str | Path]) -> Iterable[Document | Refused]:
        """Yield what the files hold."""
        for path in paths:
            yield from self.files[str(path)]

    def ingest(
        self,
        store: Store,
        reader: NumberReader,
        on_progress: Callable[[Step], None] | None = None,
        **more: bool,
    ) -> IngestReport:
        """Ingest every file."""
        return ingest_documents(store, reader, list(self.files), self, on_progress, **more)


def report(name: str, text: str, publisher: str = "ANAMA", published: dt.date | None = DAY) -> Document:
    """Return the document that a file holds."""
    return Document(text=text, source=Source(publisher, published, None, f"/reports/{name}"), row_id=name)


def refused(name: str) -> Refused:
    """Return the refusal of a file."""
    path = f"/reports/{name}"
    return Refused(path, UnreadableDocumentError(path, "no text layer", "Add one: ocrmypdf IN OUT"))


def test_a_second_ingest_reads_nothing_and_changes_nothing(database: str) -> None:
    """Documents that are there are not read again, and the store's revision stays."""
    files = Files(a=[report("a", "3 mines")], b=[report("b", "4 mines and 5 more")])
    reader = NumberReader()
    with Store.open(database) as store:
        first = files.ingest(store, reader)
        revision = store.revision
        second = files.ingest(store, reader)
        assert store.revision == revision
    assert (first.new, first.figures, first.exit_code) == (2, Change(added=3), 0)
    assert (second.new, second.unchanged, second.updated, second.exit_code) == (0, 2, 0, 0)
    assert reader.asked == 2


def test_bad_files_do_not_stop_the_rest(database: str) -> None:
    """A refused file is listed with its reason, what follows it is read, and the exit code is 1."""
    steps: list[Step] = []
    files = Files(a=[report("a", "3 mines")], b=[refused("b")], c=[report("c", "4 mines")])
    with Store.open(database) as store:
        done = files.ingest(store, NumberReader(), steps.append)
        assert len(store.documents()) == 2
    assert [(item.path, item.reason) for item in done.refused] == [
        ("/reports/b", "/reports/b: no text layer. Add one: ocrmypdf IN OUT")
    ]
    assert done.exit_code == 1
    assert [step.status for step in steps] == ["new", "refused", "new"]


@pytest.mark.parametrize("files", [Files(), Files(a=[refused("a")])])
def test_nothing_done_is_exit_code_2(database: str, files: Files) -> None:
    """An empty folder, or refusals only, is nothing done."""
    with Store.open(database) as store:
        assert files.ingest(store, NumberReader()).exit_code == 2


def test_newer_rules_read_everything_again(database: str) -> None:
    """Another version of the rules replaces each reading, and the report sums what changed."""
    files = Files(a=[report("a", "3 mines")], b=[report("b", "4 mines")])
    with Store.open(database) as store:
        files.ingest(store, NumberReader("1"))
        done = files.ingest(store, NumberReader("2"))
        assert set(store.figures()["rule"]) == {"number 2"}
    assert (done.updated, done.figures) == (2, Change(altered=2))


def test_a_removed_document_stays_out(database: str) -> None:
    """A removed document is refused without being read, until it is restored."""
    files, reader = Files(a=[report("a", "3 mines")]), NumberReader()
    with Store.open(database) as store:
        files.ingest(store, reader)
        store.remove(store.documents()["document_id"][0])
        done = files.ingest(store, reader)
        assert "was removed on" in done.refused[0].reason
        assert reader.asked == 1
        assert files.ingest(store, reader, restore=True).new == 1


def test_a_corrected_file_replaces_what_it_said(database: str) -> None:
    """A file whose publication date and publisher were mended is one source, read by the new date."""
    reader = NumberReader()
    with Store.open(database) as store:
        Files(a=[report("a", "3 mines", "Trend", dt.date(2023, 1, 1))]).ingest(store, reader)
        mended = Files(a=[report("a", "3 mines", "ANAMA", DAY)])
        done = mended.ingest(store, reader)
        row = store.figures().iloc[0]
        assert (row["publisher"], row["published"], row["end"]) == ("ANAMA", DAY, DAY)
        assert store.documents()["n_sources"].tolist() == [1]
        assert mended.ingest(store, reader).unchanged == 1
    assert (done.updated, done.figures) == (1, Change(altered=1))


def test_what_the_user_said_of_a_file_is_kept(database: str, tmp_path: Path) -> None:
    """A publisher and date given for a file stay when its folder is ingested again without them."""
    (tmp_path / "a.txt").write_text("3 mines were found in the north of the district.")
    reader, options = NumberReader(), Options(published=DAY, publisher="ANAMA")
    with Store.open(database) as store:
        ingest(store, reader, [tmp_path / "a.txt"], options)
        again = ingest(store, reader, [tmp_path], Options())
        row = store.documents().iloc[0]
    assert (again.unchanged, reader.asked) == (1, 1)
    assert (row["publisher"], row["published"], row["n_sources"]) == ("ANAMA", DAY, 1)


def test_files_of_other_kinds_are_named(database: str, tmp_path: Path) -> None:
    """Files in a folder that are no reports are listed as skipped, and do not count as refused."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("3 mines were found in the north of the district.")
    (reports / "photo.jpg").write_bytes(b"")
    with Store.open(database) as store:
        done = ingest(store, NumberReader(), [reports], Options())
    assert (done.new, done.skipped, done.exit_code) == (1, (str(reports / "photo.jpg"),), 0)


def test_an_empty_folder_is_refused_by_name(database: str, tmp_path: Path) -> None:
    """A folder without reports is nothing done, and the reason names it."""
    empty = tmp_path / "reports"
    empty.mkdir()
    with Store.open(database) as store:
        done = ingest(store, NumberReader(), [empty], Options())
    assert done.exit_code == 2
    assert str(empty) in done.refused[0].reason


def test_one_file_may_hold_a_text_twice(database: str) -> None:
    """Two rows of a file with one text and two publishers are two sources, ingested once or twice."""
    rows = [report("a", "3 mines", "ANAMA"), report("a", "3 mines", "Trend")]
    files, reader = Files(a=rows), NumberReader()
    with Store.open(database) as store:
        first = files.ingest(store, reader)
        second = files.ingest(store, reader)
        assert store.documents()["n_sources"].tolist() == [2]
    assert (first.new, first.updated, second.unchanged) == (1, 1, 2)


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_files_does_not_matter(database: str, *, backwards: bool) -> None:
    """A text is read by its earliest publication, in whatever order its copies come."""
    copies = {
        "a": [report("a", "3 mines", "Trend", DAY + dt.timedelta(2))],
        "b": [report("b", "3 mines", "ANAMA", DAY)],
        "c": [report("c", "3 mines", "Unknown", None)],
    }
    names = sorted(copies, reverse=backwards)
    with Store.open(database) as store:
        Files(**{name: copies[name] for name in names}).ingest(store, NumberReader("1"))
        Files(**{name: copies[name] for name in names}).ingest(store, NumberReader("2"))
        row = store.figures().iloc[0]
        assert (row["publisher"], row["end"], row["rule"]) == ("ANAMA", DAY, "number 2")
        assert [source.publisher for source in store.document(row["document_id"]).sources] == [
            "ANAMA",
            "Trend",
            "Unknown",
        ]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_file_that_is_first_no_more(database: str, *, backwards: bool) -> None:
    """Where the first file's date is mended to a later one, the text is read by the next file's."""
    days = [DAY - dt.timedelta(9), DAY + dt.timedelta(9)]
    first, mended = (report("a", "3 mines", "ANAMA", day) for day in days)
    other = report("b", "3 mines", "ANAMA", DAY)
    names = sorted("ab", reverse=backwards)
    reader = NumberReader()
    with Store.open(database) as store:
        Files(a=[first], b=[other]).ingest(store, reader)
        files = {"a": [mended], "b": [other]}
        Files(**{name: files[name] for name in names}).ingest(store, reader)
        assert store.figures()["end"].tolist() == [DAY]
        Files(**files).ingest(store, reader)
    assert reader.asked == 2


def test_a_path_is_one_source_from_every_folder(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file named relatively and absolutely is the same source."""
    monkeypatch.chdir(tmp_path)
    relative = replace(report("a", "3 mines"), source=Source("ANAMA", DAY, None, "a.md"))
    full = replace(relative, source=replace(relative.source, path=str(tmp_path / "a.md")))
    with Store.open(database) as store:
        for document in (relative, full):
            ingest_documents(store, NumberReader(), ["a"], lambda _, document=document: [document])
        assert store.documents()[["path", "n_sources"]].to_numpy().tolist() == [[full.source.path, 1]]


def test_a_failing_database_stops_the_ingest(database: str) -> None:
    """An error of the database is no refusal of a document: it is raised, and names the database."""
    files = Files(a=[report("a", "3 mines")])
    Store.open(database).close()
    with (
        Store.open(database, read_only=True) as store,
        pytest.raises(StoreError, match="no permission to write"),
    ):
        files.ingest(store, NumberReader())


@pytest.fixture
def removing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another program remove each text just before its next copy is noted."""
    add_source = Store.add_source

    def after_removal(store: Store, document: Document) -> Outcome:
        with Store.open(database) as other:
            other.remove(document.id)
        return add_source(store, document)

    monkeypatch.setattr(Store, "add_source", after_removal)


@pytest.mark.usefixtures("removing")
def test_a_document_removed_meanwhile_is_refused(database: str) -> None:
    """A text that goes as its copy is noted: the copy is refused by name, and the rest is read."""
    files = Files(a=[report("a", "3 mines")], b=[report("b", "3 mines")], c=[report("c", "4 mines")])
    with Store.open(database) as store:
        done = files.ingest(store, NumberReader())
        assert store.documents()["path"].tolist() == ["/reports/c"]
    assert (done.new, [item.path for item in done.refused]) == (2, ["/reports/b"])
    assert "was removed on" in done.refused[0].reason


@pytest.mark.usefixtures("removing")
def test_a_document_removed_meanwhile_is_restored(database: str) -> None:
    """A text that goes as its copy is noted is read anew where removed ones are to come back."""
    files, reader = Files(a=[report("a", "3 mines")], b=[report("b", "3 mines")]), NumberReader()
    with Store.open(database) as store:
        assert files.ingest(store, reader, restore=True).new == 2
        assert store.documents()["path"].tolist() == ["/reports/b"]
    assert reader.asked == 2


def test_a_corrected_file_leaves_out_what_was_removed(database: str) -> None:
    """A file with a removed row, whose publisher was mended, is read to its end; the row is refused once."""
    reader = NumberReader()
    with Store.open(database) as store:
        rows = [report("a", words, "Trend") for words in ("3 mines", "4 mines")]
        Files(a=rows).ingest(store, reader)
        store.remove(rows[0].id)
        done = Files(a=[report("a", words) for words in ("3 mines", "4 mines")]).ingest(store, reader)
        assert store.documents()["publisher"].tolist() == ["ANAMA"]
    assert len(done.refused) == 1


def test_two_readings_of_a_file_leave_one_source(database: str) -> None:
    """Of two programs that read a file before and after it was mended neither takes its last source away."""
    old, new = report("a", "3 mines", "Trend"), report("a", "3 mines")
    with Store.open(database) as store:
        Files(a=[old]).ingest(store, NumberReader())
        Files(a=[new]).ingest(store, NumberReader())
        assert store.drop_stale_sources("/reports/a", {(old.id, records.source_key(old.source))}) == 0
        assert store.documents()["publisher"].tolist() == ["ANAMA"]
