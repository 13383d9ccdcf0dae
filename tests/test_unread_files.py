"""What could not be read is kept with its reason, until it is read, is gone, or a person forgets it."""

from __future__ import annotations

import json
from pathlib import Path

import app_samples as samples
import pytest
from app_samples import fresh_caches, opened, plain  # noqa: F401 - the first by its name
from document_files import zip_of
from store_samples import NumberReader
from typer.testing import CliRunner

import geotrack.cli.ingest
from geotrack.app import additions, links
from geotrack.cli import app as commands
from geotrack.documents import Options, Refused
from geotrack.errors import UnreadableDocumentError
from geotrack.store import Store, ingest
from geotrack.store.ingest import ingest_documents

pytest_plugins = ("databases",)

TEXT = "31 mines were found in the north of the district, and {} more in its south."


def _kept(store: Store) -> dict[str, str]:
    return {Path(one.path).name: one.problem for one in store.unread_files()}


def _read(store: Store, *paths: Path) -> None:
    ingest(store, NumberReader(), paths, Options(language="en"))


def test_a_file_is_told_of_until_it_can_be_read(database: str, tmp_path: Path) -> None:
    """Reason, remedy and day stay the same however often it fails; mended, it is told no more."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT.format(4))
    (folder / "empty.txt").write_text("")
    (folder / "broken.pdf").write_bytes(b"no pdf")
    with Store.open(database) as store:
        _read(store, folder)
        first, revision = store.unread_files(), store.revision
        assert _kept(store).keys() == {"empty.txt", "broken.pdf"}
        assert all(one.problem and one.remedy for one in first)
        _read(store, folder / "empty.txt")
        _read(store, folder)
        assert (store.unread_files(), store.revision) == (first, revision)
        (folder / "empty.txt").write_text(TEXT.format(5))
        _read(store, folder / "empty.txt")
        assert _kept(store).keys() == {"broken.pdf"}
        (folder / "broken.pdf").unlink()
        _read(store, folder)
        assert _kept(store) == {}
        assert len(store.documents()) == 2


def test_another_reason_takes_the_place_of_the_first(database: str, tmp_path: Path) -> None:
    """A file that fails otherwise than before is told of once, as it fails now."""
    file = tmp_path / "scan.pdf"
    with Store.open(database) as store:
        for data in (b"", b"no pdf"):
            file.write_bytes(data)
            _read(store, file)
        assert len(store.unread_files()) == 1
        assert "empty" not in _kept(store)["scan.pdf"]


def test_members_of_an_archive_are_told_of_by_themselves(database: str, tmp_path: Path) -> None:
    """A broken archive is one entry, a broken member of a whole one another; a new archive clears both."""
    archive = tmp_path / "more.zip"
    with Store.open(database) as store:
        archive.write_bytes(b"PK no zip")
        _read(store, archive)
        assert _kept(store).keys() == {"more.zip"}
        archive.write_bytes(zip_of({"a.txt": TEXT.format(6), "bad.pdf": b"x"}))
        _read(store, tmp_path)
        assert _kept(store).keys() == {"bad.pdf"}
        archive.write_bytes(zip_of({"a.txt": TEXT.format(6)}))
        _read(store, archive)
        assert _kept(store) == {}


def test_a_misspelled_name_is_told_once(database: str, tmp_path: Path) -> None:
    """A file that is not there and a folder without reports are no files that can be mended."""
    (tmp_path / "nothing").mkdir()
    with Store.open(database) as store:
        _read(store, tmp_path / "mised.txt", tmp_path / "nothing")
        assert _kept(store) == {}


def test_one_address_says_nothing_of_another(database: str) -> None:
    """A page that could be read does not clear a page whose address begins as its own does."""
    site, page = "https://example.org", "https://example.org/report"

    def failing(paths: object) -> list[Refused]:
        return [
            Refused(one, UnreadableDocumentError(one, "the server cannot be reached", "Try again."))
            for one in (site, page)
            if one in paths  # type: ignore[operator]
        ]

    with Store.open(database) as store:
        ingest_documents(store, NumberReader(), [site, page], failing)
        assert {one.path for one in store.unread_files()} == {site, page}
        ingest_documents(store, NumberReader(), [site], lambda _: [])
        assert {one.path for one in store.unread_files()} == {page}


def test_uploads_are_known_by_their_names(database: str) -> None:
    """What failed in a browser is cleared by an upload of the same name."""

    class Upload:
        name = "june.txt"

        def __init__(self, data: bytes) -> None:
            self._data = data

        def getvalue(self) -> bytes:
            return self._data

    with Store.open(database) as store:
        for data, count in ((b"", 1), (TEXT.format(7).encode(), 0)):
            offer = additions._uploads([Upload(data)], Options(language="en"))  # type: ignore[list-item]
            ingest_documents(store, NumberReader(), offer.names, offer.read)
            assert [one.name for one in store.unread_files()] == ["june.txt"] * count


def test_the_page_of_checks_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is there with its reason, as text; a person may take it off, in a read-only app nobody."""
    database = tmp_path / "app.db"
    samples.fill(database)
    monkeypatch.setenv("GEOTRACK_DB", str(database))
    with Store.open(database) as store:
        store.note_unread(
            "upload://<b>scan</b>.pdf", [(None, "it has no text layer", "Add one: ocrmypdf IN OUT")]
        )
    app = opened(links.CHECK, view="unreadable")
    assert [error.value for error in app.exception] == []
    assert "Could not be read (1)" in app.button_group(key="check view").options
    assert "&lt;b&gt;scan" in "".join(one.proto.body for one in app.get("html"))
    assert "it has no text layer. Add one: ocrmypdf IN OUT" in plain(app)
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    assert not [one for one in opened(links.CHECK, view="unreadable").button if "list" in one.label]
    monkeypatch.delenv("GEOTRACK_READ_ONLY")
    next(one for one in app.button if one.label == "Take off the list").click().run()
    assert "Every file that was added could be read." in plain(app)


def test_commands_tell_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ingest` and `checks` say how many there are, `documents` lists them and forgets one."""
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "reports.db"))
    monkeypatch.setattr(geotrack.cli.ingest, "_reader", lambda _: NumberReader())
    (tmp_path / "good.txt").write_text(TEXT.format(8))
    (tmp_path / "empty.txt").write_text("")

    def run(*words: object) -> str:
        done = CliRunner().invoke(commands, [str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.stdout

    assert "Not read so far: 1." in run("ingest", tmp_path / "good.txt", tmp_path / "empty.txt")
    assert "1 file could not be read" in run("checks")
    (row,) = json.loads(run("documents", "list", "--unread", "--format", "json"))
    assert (Path(row["path"]).name, row["problem"]) == ("empty.txt", "the file is empty")
    assert "the file is empty" in run("documents", "list", "--unread")
    run("documents", "forget", tmp_path / "empty.txt")
    assert "could not be read" not in run("checks")
