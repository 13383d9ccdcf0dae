"""Names that strangers gave: no command prints what a terminal would obey, and none ends over them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import geotrack.cli
from geotrack.cli import app, main, printing

TEXT = "Deminers cleared 120 hectares in the Fuzuli district in May 2024, the agency ANAMA said."
HOSTILE = "red\x1b[31m\x9b2J\u202e\x07"
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of reports whose names, ids and fields command a terminal, and name a database."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / f"{HOSTILE}.txt").write_text(TEXT)
    (made / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT + " Again.")
    (made / f"{HOSTILE}.pdf").write_bytes(b"no pdf")
    fields = dict.fromkeys(("title", "publisher", "url"), f"{HOSTILE} \ud800")
    rows = [
        fields | {"id": f"{HOSTILE}\ud800\x00", "text": f"{TEXT} {HOSTILE} \ud800"},
        {"id": HOSTILE, "text": 5},
    ]
    (made / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "app.db"))
    return made


def _printed(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert isinstance(done.exception, SystemExit | None), done.exception
    assert _OBEYED.findall(done.output) == []
    return done.output


def test_names_and_rows_are_told_as_they_are_spelled(folder: Path) -> None:
    """Reading, storing and listing go through: a file whose name is no text is refused, the rest is read."""
    told = _printed("ingest", folder)
    assert re.search(r"new\s*│\s*2", told)
    assert r"red\u001b[31m\u009b2J\u202e" in told.replace("\n", "")
    assert r"caf\udce9.txt: its name is not in UTF-8" in told.replace("\n", "")
    assert r"red\u001b" in _printed("documents", "list")
    assert "3" in _printed("documents", "list", "--unread")


def test_json_stays_the_same_json(folder: Path) -> None:
    """What is escaped on the way to a terminal is what a program reads from it."""
    name = f"{HOSTILE}.txt"
    (row,) = map(json.loads, _printed("extract", folder / name).splitlines())
    assert (row["id"], row["path"]) == (HOSTILE, str(folder / name))
    first, _ = (
        json.loads(one) for one in _printed("extract", folder / "rows.jsonl").splitlines() if one[0] == "{"
    )
    assert first["id"] == f"{HOSTILE}\ufffd\ufffd"


def test_an_error_is_told_so_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The line in which the program ends repeats no command either."""
    monkeypatch.setattr("sys.argv", ["geotrack", "places", "show", f"AZ{HOSTILE}"])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().err
    assert "AZred" in told
    assert _OBEYED.findall(told) == []


def test_tables_mark_nothing_up(capsys: pytest.CaptureFixture[str]) -> None:
    """A cell with what rich takes for markup, a link or a picture is told as it is."""
    from rich.table import Table

    table = Table("name")
    table.add_row(f"[red]x[/] [link=http://evil.example]y[/link] :bomb: {HOSTILE}")
    printing.screen(soft_wrap=True).print(table)
    told = capsys.readouterr().out
    assert "[red]x[/] [link=http://evil.example]y[/link] :bomb:" in told
    assert _OBEYED.findall(told) == []


def test_all_is_printed_in_one_place() -> None:
    """No command prints past the place that escapes."""
    past = re.compile(r"typer\.echo|\bConsole\(|\bprint\(|sys\.std(out|err)\.write")
    files = Path(geotrack.cli.__file__).parent.glob("*.py")
    found = {
        file.name: past.findall(
            re.sub(r"(console|screen\([^)]*\))\.print\(", "", file.read_text(encoding="utf-8"))
        )
        for file in files
        if file.name != "printing.py"
    }
    assert {name: one for name, one in found.items() if one} == {}
