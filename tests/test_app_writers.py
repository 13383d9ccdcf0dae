"""Nobody writes who may not: every button of every page, tried by strangers and where reading is all."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import app_samples as samples
import pytest
import streamlit as st
from app_samples import SECONDS, fresh_caches  # noqa: F401 - the second by its name
from openid import AYSEL, COOKIE_SECRET
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from geotrack.app import identity, links, mapview, reads
from geotrack.cli import app as commands
from geotrack.config import Settings, app_script
from geotrack.errors import MissingExtraError, StoreError, UsageError
from geotrack.models import Reading
from geotrack.store import Review, Store

LOGIN = {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": COOKIE_SECRET}}


MODES = ("nobody has logged in", "for reading only")


def _database(folder: Path, monkeypatch: pytest.MonkeyPatch, *, filled: bool) -> Path:
    """Make the app's database, with nothing in it or with two reports and a file that could not be read."""
    path = folder / "app.db"
    with Store.open(path) as store:
        if filled:
            store.note_unread("june.pdf", [(None, "this PDF is damaged", "Print it anew.")])
    if filled:
        samples.fill(path)
    monkeypatch.setenv("GEOTRACK_DB", str(path))
    return path


def _held(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return hashlib.sha256(connection.serialize()).hexdigest()


def _opened(page: links.PageFile, mode: str) -> AppTest:
    alone = mode == MODES[1] and page in links.WRITING
    app = AppTest.from_file(str(page.path if alone else app_script()), default_timeout=SECONDS)
    if mode == MODES[0]:
        app.secrets.update(LOGIN)
    app.query_params.update({"view": "unreadable"} if page is links.CHECK else {})
    app.session_state[mapview.PAINTED] = True
    if page is not links.MAP and not alone:
        app.switch_page(str(page.path))
    return app.run()


CASES = [
    *((page, MODES[0], True) for page in links.PAGES),
    *((page, MODES[1], True) for page in (links.MAP, links.DOCUMENTS, links.CHECK, *links.WRITING)),
    *((links.MAP, mode, False) for mode in MODES),
]


@pytest.mark.parametrize(("page", "mode", "filled"), CASES)
def test_whatever_is_pressed_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: links.PageFile, mode: str, *, filled: bool
) -> None:
    """On no page, by its address too, is there a button that changes the database, filled or empty."""
    database = _database(tmp_path, monkeypatch, filled=filled)
    if mode == MODES[1]:
        monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    before = _held(database)
    app = _opened(page, mode)
    for label in {button.label for button in app.button} - {"Log in"}:
        for button in [one for one in app.button if one.label == label][:1]:
            app = button.click().run()
            assert not app.exception
    assert _held(database) == before


@pytest.mark.parametrize(
    "command",
    [
        "ingest {folder}",
        "documents forget june.pdf",
        "documents remove {document} --yes",
        "reviews accept {fact}",
        "reviews reject {fact}",
        "reviews correct {fact} value=1",
        "reviews add {document} mines measure=items_found value=1",
        "reviews undo {fact}",
        "link {fact} --apart",
        "db init",
        "db migrate",
        "db restore no.zip",
        "boundaries reset --country AZ --level adm1",
        "boundaries import no.geojson --country AZ --level adm1",
    ],
)
def test_no_command_writes_where_reading_is_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """With GEOTRACK_READ_ONLY=1 each command that writes says why it does not; the database is as it was."""
    database = _database(tmp_path, monkeypatch, filled=True)
    with Store.open(database) as store:
        names = {"document": store.documents()["document_id"][0], "fact": store.figures()["figure_id"][0]}
    before = _held(database)
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    told = CliRunner().invoke(commands, command.format(folder=tmp_path, **names).split())
    assert "Nothing is written while GEOTRACK_READ_ONLY=1 is set" in str(told.exception)
    assert _held(database) == before


@pytest.mark.parametrize("page", links.WRITING, ids=lambda page: page.name)
def test_what_a_session_holds_opens_no_page_that_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: links.PageFile
) -> None:
    """Inputs that a session brings along, as from a page left open, are read by no page that may not."""
    database = _database(tmp_path, monkeypatch, filled=True)
    before = _held(database)
    for mode in MODES:
        monkeypatch.setenv("GEOTRACK_READ_ONLY", "1" if mode == MODES[1] else "")
        app = AppTest.from_file(str(page.path), default_timeout=SECONDS)
        app.secrets.update(LOGIN if mode == MODES[0] else {})
        app.query_params.update({"kind": "text", "view": "text"})
        for name in ("add text 0", "add address 0", "add title 0", "review view", "review document"):
            app.session_state[name] = "Deminers cleared 120 hectares in Fuzuli in May 2024."
        app.run()
        assert not app.exception
        assert [one.label for one in app.button] == (["Log in"] if mode == MODES[0] else [])
        assert len(app.text_area) + len(app.text_input) + len(app.get("file_uploader")) == 0
    assert _held(database) == before


def test_a_library_for_reading_only_refuses_each_way_of_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a page to try all the same, the database itself takes no report, no word and no forgetting."""
    database = _database(tmp_path, monkeypatch, filled=True)
    before = _held(database)
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    store = reads.open_library(Settings.read()).store
    fact_id = str(store.figures()["figure_id"][0])
    document = samples.hostile_document()
    other = replace(document, text=document.text + " More.")
    for write in (
        lambda: store.add(other, Reading(other.id)),
        lambda: store.review(Review(fact_id, "rejected", "stranger")),
        lambda: store.undo(fact_id, "stranger"),
        lambda: store.forget_unread("june.pdf"),
        lambda: store.note_unread("other.pdf", [(None, "damaged", "")]),
    ):
        with pytest.raises(StoreError):
            write()
    assert _held(database) == before


@pytest.mark.parametrize(
    ("user", "name"),
    [
        (AYSEL, "aysel@agency.example"),
        (AYSEL | {"email_verified": False}, "Aysel M. (7)"),
        ({"name": "aysel@agency.example", "sub": "8"}, "aysel@agency.example (8)"),
        ({"sub": "9"}, "9"),
        ({"name": "aysel@agency.example"}, None),
        ({"email": " "}, None),
    ],
)
def test_a_name_is_nobody_elses(
    monkeypatch: pytest.MonkeyPatch, user: dict[str, object], name: str | None
) -> None:
    """A verified address stands for itself; a name, free to be taken, has the provider's mark with it."""
    monkeypatch.setattr(identity, "has_login", lambda: True)
    monkeypatch.setattr(st, "user", user | {"is_logged_in": True})
    assert identity.person() == name
    for said in (False, None, "true", 1):
        monkeypatch.setattr(st, "user", user | {"is_logged_in": said})
        assert identity.person() is None


def test_a_login_that_cannot_hold_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short secret, which can be found out by trying, and a missing package are told beforehand."""
    monkeypatch.setattr(st, "secrets", LOGIN)
    identity.check_login()
    monkeypatch.setattr(identity, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"geotrack\[login\]"):
        identity.check_login()
    monkeypatch.undo()
    monkeypatch.setattr(st, "secrets", {"auth": {"cookie_secret": "short"}})
    with pytest.raises(UsageError, match="32 characters or more"):
        identity.check_login()


def test_secrets_that_cannot_be_read_let_nobody_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the pen in the file that sets the login up does not make everybody the machine's user."""
    file = tmp_path / "secrets.toml"
    monkeypatch.setattr(st, "secrets", Secrets())
    monkeypatch.setattr(st, "get_option", {"secrets.files": [str(file)]}.__getitem__)
    monkeypatch.setattr("streamlit.config.get_option", {"secrets.files": [str(file)]}.__getitem__)
    assert not identity.has_login()
    file.write_text("[auth\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"secrets\.toml cannot be read"):
        identity.person()
