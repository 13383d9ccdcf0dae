"""The doctor finds an installation in health, and each part that ails, with the way out."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import fiona
import pytest
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.config import Settings, data_folder
from geotrack.diagnosis import Diagnosis, diagnose
from geotrack.store import Store


def _found(settings: Settings) -> dict[str, Diagnosis]:
    return {one.part: one for one in diagnose(settings)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give the settings of a database of one's own."""
    return Settings(str(tmp_path / "one.db"), tmp_path, data_folder())


def test_a_sound_installation(settings: Settings) -> None:
    """Nothing is wrong; a database that is not there yet is noted, and made by nobody."""
    found = _found(settings)
    assert {one.state for one in found.values()} <= {"ok", "note"}
    assert found["database"].state == "note"
    assert not Path(settings.database).exists()
    Store.open(settings.database).close()
    assert _found(settings)["database"].state == "ok"


def test_a_damaged_database(settings: Settings) -> None:
    """It is told as commands tell it."""
    Path(settings.database).write_bytes(b"no database" * 1000)
    found = _found(settings)["database"]
    assert found.state == "wrong"
    assert "is no database" in found.told


def test_data_that_is_gone(settings: Settings, tmp_path: Path) -> None:
    """A pack or a layer that is missing or damaged is named; the rest is tried all the same."""
    data = tmp_path / "data"
    shutil.copytree(settings.data_folder, data)
    shutil.rmtree(data / "gazetteer")
    (data / "boundaries" / "AZ.gpkg").write_bytes(b"no polygons")
    found = _found(Settings(settings.database, tmp_path, data))
    assert "gazetteer" in found["reading"].told
    assert "AZ.gpkg" in found["boundaries"].told
    assert {one.state for part, one in found.items() if part not in {"reading", "boundaries"}} <= {
        "ok",
        "note",
    }


def test_parts_of_others_that_ail(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver, a search and a package that are missing."""

    class Poor:
        """A SQLite without full-text search."""

        def execute(self, statement: str) -> None:
            raise sqlite3.OperationalError(f"no such module: {statement}")

        def close(self) -> None:
            """Do nothing."""

    monkeypatch.setattr("geotrack.diagnosis.sqlite3.connect", lambda _: Poor())
    monkeypatch.setattr("geotrack.diagnosis.metadata.requires", lambda _: ["no-such-thing>=1"])
    monkeypatch.setattr(fiona, "supported_drivers", {"GeoJSON": "raw"})
    found = _found(settings)
    assert [part for part, one in found.items() if one.state == "wrong"] == [
        "packages",
        "files for maps",
        "search",
    ]
    assert all(found[part].remedy for part in ("packages", "files for maps", "search"))
    assert "GPKG" in found["files for maps"].told
    assert "no-such-thing" in found["packages"].told


def test_the_command(tmp_path: Path) -> None:
    """A table for people, JSON for programs, and an exit code."""
    database = str(tmp_path / "one.db")
    told = CliRunner().invoke(app, ["doctor", "--db", database])
    assert (told.exit_code, "✓" in told.output) == (0, True)
    (tmp_path / "one.db").write_bytes(b"no database" * 1000)
    told = CliRunner().invoke(app, ["doctor", "--db", database, "--format", "json"])
    assert told.exit_code == 1
    assert [one["part"] for one in json.loads(told.output) if one["state"] == "wrong"] == ["database"]
