"""Databases for tests: a SQLite file, and a private PostgreSQL server that lives as long as the session."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

_DEBIAN = Path("/usr/lib/postgresql")
_UNPRIVILEGED = "postgres"


def _binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, None if PostgreSQL is not installed."""
    packaged = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if packaged:
        return packaged[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _owner() -> dict[str, object]:
    """Return how to run the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": _UNPRIVILEGED, "group": _UNPRIVILEGED, "extra_groups": []}


def _run(folder: Path, *command: str | Path) -> None:
    # Output goes to a file: a server that inherits a pipe would keep it open for ever.
    with (folder / "commands.log").open("ab") as log:
        subprocess.run(command, check=True, cwd=folder, stdout=log, stderr=log, timeout=60, **_owner())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL of our own, without a network port, and give the folder of its socket."""
    binaries = _binaries()
    if binaries is None:
        message = "PostgreSQL (initdb, pg_ctl) is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # A socket's path may have 107 bytes at most: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="geotrack-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _UNPRIVILEGED, _UNPRIVILEGED)
        _run(folder, binaries / "initdb", "-D", data, "-U", "geotrack", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _run(folder, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        yield str(folder)
    finally:
        if (data / "postmaster.pid").exists():
            _run(folder, binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def postgres_database(postgres_server: str) -> str:
    """Give the address of an empty PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(host=postgres_server, user="geotrack", dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://geotrack@/{name}?host={postgres_server}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database of each kind: what holds for one holds for the other."""
    if request.param == "sqlite":
        return str(tmp_path / "reports.db")
    return str(request.getfixturevalue("postgres_database"))
