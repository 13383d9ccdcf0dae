"""How the app is started: its settings, its port, and what is said when there is nothing to show."""

from __future__ import annotations

import asyncio
import socket
import tomllib
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette
from streamlit import config as streamlit_config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.web.server.starlette.starlette_routes import create_upload_routes
from typer.testing import CliRunner

from geotrack.cli import app, server
from geotrack.config import app_script
from geotrack.errors import StoreError, UsageError
from geotrack.store import Store

SETTINGS = files("geotrack.app") / "streamlit.toml"


def test_settings_in_the_checkout_are_those_of_the_package() -> None:
    """Who starts Streamlit by hand in the checkout sees the same app as the command shows."""
    by_hand = app_script().parent / ".streamlit" / "config.toml"
    assert by_hand.read_text(encoding="utf-8") == SETTINGS.read_text(encoding="utf-8")


def test_every_setting_is_known_to_streamlit() -> None:
    """No setting is misspelt, and usage statistics, which would leave the machine, are off."""
    flags = server.streamlit_flags(8600, no_browser=True)
    names = {flag.removeprefix("--").partition("=")[0] for flag in flags}
    assert names <= set(streamlit_config.get_config_options())
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["theme"]["light"].keys() == settings["theme"]["dark"].keys()


def test_flags_bind_to_this_machine_only() -> None:
    """The server is reachable from this machine alone, whatever the settings file says."""
    flags = server.streamlit_flags(8600, no_browser=True)
    assert {"--server.address=127.0.0.1", "--server.port=8600", "--server.headless=true"} <= set(flags)
    assert "--browser.gatherUsageStats=false" in flags
    assert "--server.headless=true" not in server.streamlit_flags(8600, no_browser=False)


def test_other_names_for_this_machine_are_refused_unless_allowed() -> None:
    """A browser that was led here under another name gets no session; a proxy's name can be allowed."""
    flags = server.streamlit_flags(8600, no_browser=True)
    told = [flag for flag in flags if flag.startswith("--server.allowedHosts=")]
    assert told == ["--server.allowedHosts=127.0.0.1", "--server.allowedHosts=localhost"]
    flags = server.streamlit_flags(8600, no_browser=True, hosts=("maps.example.org",))
    assert "--server.allowedHosts=maps.example.org" in flags


@pytest.mark.enable_socket
def test_an_app_for_reading_takes_no_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor's session, which is real, fills no memory by the address that file controls send to."""
    name = "server.maxUploadSize"
    flags = server.streamlit_flags(8600, no_browser=True, read_only=True)
    (told,) = (flag.partition("=")[2] for flag in flags if flag.startswith(f"--{name}="))
    monkeypatch.setattr(streamlit_config, "get_option", {**_options(), name: int(told)}.__getitem__)
    held = MemoryUploadedFileManager("/_stcore/upload_file")
    visited = SimpleNamespace(is_active_session=lambda _: True)
    routes = create_upload_routes(visited, held, "")  # type: ignore[arg-type]
    assert asyncio.run(_upload(Starlette(routes=routes))) == 413
    assert held.get_files("session", ["file"]) == []


async def _upload(app: Starlette) -> int:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as visitor:
        file = ("june.txt", b"31 mines")
        answer = await visitor.put("/_stcore/upload_file/session/file", files={"file": file})
        return answer.status_code


def _options() -> dict[str, object]:
    told = {name: option.value for name, option in streamlit_config.get_config_options().items()}
    return told | {"server.enableXsrfProtection": False}


@pytest.mark.parametrize("told", ["no login", "login", "read only"])
def test_others_come_to_read_or_log_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """Under a proxy's name the app starts for reading only or with a login: no stranger is its owner."""
    started: list[list[str]] = []
    monkeypatch.setattr(server, "_serve", started.append)
    monkeypatch.setattr(server, "_is_free", lambda _: True)
    monkeypatch.setattr("geotrack.app.identity.check_login", lambda: None)
    monkeypatch.setattr("geotrack.app.identity.has_login", lambda: told == "login")
    Store.open(tmp_path / "new.db").close()
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1" if told == "read only" else "")
    monkeypatch.setenv("GEOTRACK_DB", "")
    arguments = [
        "app",
        "--db",
        str(tmp_path / "new.db"),
        "--port=8600",
        "--no-browser",
        "--allow-host=maps.org",
    ]
    if told == "no login":
        with pytest.raises(UsageError, match=r"maps\.org would write as .* GEOTRACK_READ_ONLY=1"):
            CliRunner().invoke(app, arguments, catch_exceptions=False)
        return
    CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert "--server.allowedHosts=maps.org" in started[0]


def test_reading_only_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nothing to show and nothing may be written, that is said, and the app does not start."""
    monkeypatch.setattr(server, "_is_free", lambda _: True)
    monkeypatch.setenv("GEOTRACK_READ_ONLY", "1")
    with pytest.raises(StoreError, match=r"does not exist.*geotrack ingest"):
        CliRunner().invoke(
            app, ["app", "--db", str(tmp_path / "new.db"), "--no-browser"], catch_exceptions=False
        )
    assert [*tmp_path.iterdir()] == []


@pytest.mark.enable_socket
def test_taken_port_is_refused_with_another(tmp_path: Path) -> None:
    """A port that another program holds is one line with the way out."""
    with socket.socket() as taken:
        taken.bind((server.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments = ["app", "--db", str(tmp_path / "new.db"), "--port", str(port), "--no-browser"]
        with pytest.raises(UsageError, match=rf"Port {port} is taken.*--port {port + 1}"):
            CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.mark.parametrize("port", [99999, 65536, 0, -1])
def test_port_that_cannot_be_is_refused(tmp_path: Path, port: int) -> None:
    """A port outside the range is one line that names the range, and no database is made."""
    arguments = ["app", "--db", str(tmp_path / "new.db"), f"--port={port}", "--no-browser"]
    with pytest.raises(UsageError, match=rf"Port {port} does not exist: ports are 1 to 65535"):
        CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []


def test_empty_database_is_said_before_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With nothing to show, the command names the one that reads reports, and starts all the same."""
    started: list[list[str]] = []
    monkeypatch.setattr(server, "_serve", started.append)
    monkeypatch.setattr(server, "_is_free", lambda _: True)
    monkeypatch.setenv("GEOTRACK_DB", "")
    server.start(db=str(tmp_path / "new.db"), port=8600, no_browser=True)
    said = capsys.readouterr()
    assert "geotrack ingest" in said.err
    assert "http://127.0.0.1:8600" in said.out
    assert len(started) == 1
