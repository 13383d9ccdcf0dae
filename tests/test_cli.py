"""The command line as a user meets it: its version, and one clear line for what cannot be done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geotrack import __version__
from geotrack.cli import app, main
from geotrack.models import Document, Reading
from geotrack.store import Store


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty database, in a home of its own."""
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    Store.open(tmp_path / "facts.db").close()
    return tmp_path / "facts.db"


def test_the_version_is_told() -> None:
    """`geotrack --version` names the program and its version."""
    answer = CliRunner().invoke(app, ["--version"])
    assert (answer.exit_code, answer.output) == (0, f"geotrack {__version__}\n")


def test_the_module_runs() -> None:
    """`python -m geotrack` is the command."""
    done = subprocess.run(
        [sys.executable, "-m", "geotrack", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == f"geotrack {__version__}\n"


@pytest.mark.parametrize("file_format", ["csv", "gpkg", "geojson"])
def test_reports_without_facts_export_empty_tables(database: Path, tmp_path: Path, file_format: str) -> None:
    """A database whose reports state nothing gives files without rows, and no error."""
    document = Document("Nothing happened at all.")
    with Store.open(database) as store:
        store.add(document, Reading(document.id, rules_version="1"))
    out = tmp_path / "out"
    arguments = ["export", "--format", file_format, "--db", str(database), "--out", str(out)]
    answer = CliRunner().invoke(app, arguments)
    assert (answer.exit_code, answer.exception) == (0, None)
    assert {path.suffix for path in out.iterdir()} == {f".{file_format}", ".json"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "--format", "csv", "--out", "{file}"], "Choose another folder: --out."),
        (["export", "--format", "gpkg", "--out", "{file}/below"], "Choose another folder: --out."),
        (
            ["export", "--format", "csv", "--out", "{new}", "--measure", "hope"],
            "No measure 'hope'. Measures: ",
        ),
        (["export", "--format", "csv", "--out", "{new}", "--country", "QQ"], "No country 'QQ'. "),
        (["export", "--format", "csv", "--out", "{new}", "--country", "FR"], "Nothing to export of FR: "),
        (["export", "--format", "csv", "--out", "{new}", "--country", "AZ-AGM"], "No country 'AZ-AGM'. "),
        (
            ["export", "--format", "csv", "--out", "{new}", "--from", "2024-02-01", "--to", "2024-01-01"],
            "The window ends (2024-01-01) before it starts (2024-02-01).",
        ),
        (["map", "--measure", "killed", "--country", "AZ", "--out", "{file}/map.html"], "--out"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    told: str,
) -> None:
    """The line says what is wrong and the way out; exit code 2, and nothing is written."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    filled = [word.format(file=tmp_path / "file", new=tmp_path / "new") for word in words]
    monkeypatch.setattr("sys.argv", ["geotrack", *filled, "--db", str(database)])
    with pytest.raises(SystemExit) as stopped:
        main()
    error = capsys.readouterr().err
    assert (stopped.value.code, error.count("\n"), told in error) == (2, 1, True)
    assert not (tmp_path / "new").exists()


def test_a_wrong_choice_is_told_without_the_programs_own_words() -> None:
    """An option with a value that it does not know lists the ones that it does."""
    answer = CliRunner().invoke(app, ["export", "--format", "foo", "--out", "x"], env={"COLUMNS": "200"})
    assert answer.exit_code == 2
    assert "'--format': 'foo' is not one of" in answer.output


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Харків", {"gn:706483", "UA6312", "UA-63"}),
        ("Kharkov", {"gn:706483", "UA6312", "UA-63"}),
        ("Ізюм", {"gn:707292", "UA6304"}),
    ],
)
def test_a_city_is_found_with_the_units_named_for_it(name: str, units: set[str]) -> None:
    """In any language a city's raion and oblast are listed beside it."""
    answer = CliRunner().invoke(app, ["places", "find", name], env={"COLUMNS": "200"})
    assert {unit for unit in units if unit in answer.output} == units


def test_a_place_is_shown_with_its_area() -> None:
    """A unit with an outline has an area, and says where the outline is approximate; a city has none."""
    run = CliRunner().invoke
    assert "km² (approximate outline)" in run(app, ["places", "show", "UA6312"]).output
    assert "km²" not in run(app, ["places", "show", "gn:706483"]).output
