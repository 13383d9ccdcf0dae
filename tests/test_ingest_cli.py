"""`geotrack ingest` and `geotrack documents`, as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from store_samples import NumberReader
from typer.testing import CliRunner, Result

import geotrack.cli.ingest
from geotrack.cli import app, main
from geotrack.store import Store, UnknownDocumentError

pytest_plugins = ("databases",)

REPORT = """---
title: "Mines found in [May]"
publisher: ANAMA
published: 2024-06-01
language: en
---
31 mines were found in the north of the district.
"""


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with one report, a database of its own, and a reader that knows numbers only."""
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("GEOTRACK_DB", str(tmp_path / "data" / "reports.db"))
    # Tables of a width that no test's terminal changes.
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(geotrack.cli.ingest, "_reader", lambda _: NumberReader())
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "may.md").write_text(REPORT)
    return folder


def run(*arguments: object, answer: str | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=answer)


def listed() -> list[dict[str, object]]:
    """Return what `documents list` lists."""
    return list(json.loads(run("documents", "list", "--format", "json").stdout))


def table_of(result: Result) -> dict[str, str]:
    """Return the outcomes that a result's table names, with their counts."""
    cells = [[cell.strip() for cell in line.split("│")] for line in result.stdout.splitlines() if "│" in line]
    return {row[1]: row[2] for row in cells}


def test_ingest_ends_with_a_table(reports: Path) -> None:
    """The first run takes a report in, the second one changes nothing, both end with 0."""
    first, second = run("ingest", reports), run("ingest", reports)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert table_of(first) == {"new": "1", "unchanged": "0", "updated": "0", "refused": "0"}
    assert table_of(second) == {"new": "0", "unchanged": "1", "updated": "0", "refused": "0"}


def test_a_part_refused_is_exit_code_1(reports: Path) -> None:
    """A refused file is one line that names it; files that are no reports are named, too."""
    (reports / "empty.md").write_text("")
    (reports / "photo.jpg").write_bytes(b"")
    result = run("ingest", reports)
    assert result.exit_code == 1
    assert table_of(result)["refused"] == "1"
    assert [line for line in result.stdout.splitlines() if line.startswith("Refused")] == [
        f"Refused: {reports / 'empty.md'}: the file is empty. Put the report's text in it, or remove it."
    ]
    assert "Skipped, no reports (1): photo.jpg" in result.stdout


def test_nothing_done_is_exit_code_2(reports: Path) -> None:
    """A path that leads nowhere is nothing done."""
    result = run("ingest", reports / "missing.md")
    assert result.exit_code == 2
    assert "missing.md: there is no such file or folder" in result.stdout


def test_options_fill_what_a_file_lacks(reports: Path) -> None:
    """Publisher, date and language from the command line stand where the file has none."""
    (reports / "plain.txt").write_text("12 mines were found in the south of the district.")
    run("ingest", "--publisher", "DSNS", "--published", "2024-07-02", "--language", "uk", reports)
    assert {(row["publisher"], row["published"], row["language"]) for row in listed()} == {
        ("ANAMA", "2024-06-01", "en"),
        ("DSNS", "2024-07-02", "uk"),
    }


def test_a_limit_refuses_large_reports(reports: Path) -> None:
    """A report above the limit is refused until the limit is raised."""
    (reports / "long.txt").write_text("12 mines were found in the south. " * 100)
    assert run("ingest", "--max-mb", "0.002", reports).exit_code == 1
    assert run("ingest", reports).exit_code == 0


def test_a_database_that_cannot_be_made(
    reports: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unusable database is one line on stderr and exit code 2."""
    database = reports / "may.md"
    monkeypatch.setattr("sys.argv", ["geotrack", "ingest", "--db", str(database), str(reports)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        f"geotrack: {database}: is no database. "
        "Name another file with --db, or move this one out of the way.\n"
    )


def test_the_list_of_documents(reports: Path) -> None:
    """The table names each document; its title is printed as it is, brackets included."""
    run("ingest", reports)
    result = run("documents", "list")
    assert str(listed()[0]["document_id"])[:8] in result.stdout
    assert "Mines found in [May]" in result.stdout


@pytest.mark.postgres
def test_a_server_keeps_the_reports(
    reports: Path, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an address instead of a file, the same commands work on PostgreSQL."""
    monkeypatch.setenv("GEOTRACK_DB", postgres_database)
    assert table_of(run("ingest", reports))["new"] == "1"
    assert table_of(run("ingest", reports))["unchanged"] == "1"
    document_id = str(listed()[0]["document_id"])
    assert "mines_found 31 count" in run("documents", "show", document_id[:5]).stdout
    assert run("documents", "remove", document_id, "--yes").exit_code == 0
    assert listed() == []


def test_a_document_is_one_line_of_the_list(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow screen a long title is cut, ids and counts are not."""
    (reports / "may.md").write_text(REPORT.replace("in [May]", "in May " + "and June " * 20))
    run("ingest", reports)
    monkeypatch.setenv("COLUMNS", "80")
    heading, _, line = run("documents", "list").stdout.strip().splitlines()
    assert heading.split() == ["id", "published", "publisher", "title", "figures", "incidents"]
    assert line.split()[:3] == [str(listed()[0]["document_id"])[:8], "2024-06-01", "ANAMA"]
    assert re.search(r"…\s+1\s+0$", line.rstrip())


def test_an_untitled_document_is_listed_by_its_file(reports: Path) -> None:
    """A report without a title is told by the name of its file, in brackets."""
    (reports / "may.md").write_text(REPORT.replace('title: "Mines found in [May]"\n', ""))
    run("ingest", reports)
    assert "(may.md)" in run("documents", "list").stdout


def test_a_measure_is_shown_whole_on_a_narrow_screen(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are broken over lines before a measure is."""
    run("ingest", reports)
    document_id = str(listed()[0]["document_id"])
    monkeypatch.setenv("COLUMNS", "60")
    shown = run("documents", "show", document_id).stdout
    assert "mines_found" in shown


def test_a_document_is_shown_with_its_facts(reports: Path) -> None:
    """The beginning of an id is enough to see metadata, source and facts."""
    run("ingest", reports)
    document_id = str(listed()[0]["document_id"])
    shown = run("documents", "show", document_id[:6]).stdout
    assert f"source     ANAMA, 2024-06-01, {reports / 'may.md'}" in shown
    assert "mines_found 31 count" in shown
    assert "Aghdam" in shown


def test_an_unknown_document(reports: Path) -> None:
    """An id that no document has is a clear error."""
    run("ingest", reports)
    assert isinstance(run("documents", "show", "zz").exception, UnknownDocumentError)


@pytest.mark.parametrize(("answer", "left"), [("y\n", 0), ("n\n", 1)])
def test_removal_asks_first(reports: Path, answer: str, left: int) -> None:
    """A document goes only when the user says so."""
    run("ingest", reports)
    result = run("documents", "remove", listed()[0]["document_id"], answer=answer)
    assert (result.exit_code == 0) is (left == 0)
    assert len(listed()) == left


def test_a_removed_document_comes_back_only_when_restored(reports: Path) -> None:
    """Removal leaves a tombstone that is listed; ingest names it, and --restore lifts it."""
    run("ingest", reports)
    document_id = listed()[0]["document_id"]
    run("documents", "remove", document_id, "--yes", "--why", "sent by mistake")
    removed = json.loads(run("documents", "list", "--removed", "--format", "json").stdout)
    assert [(row["document_id"], row["why"]) for row in removed] == [(document_id, "sent by mistake")]
    refused = run("ingest", reports)
    assert refused.exit_code == 2
    assert f"{reports / 'may.md'}: document {document_id} was removed on" in refused.stdout
    assert run("ingest", "--restore", reports).exit_code == 0
    assert [row["document_id"] for row in listed()] == [document_id]


def test_only_the_default_database_makes_its_folder(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelled folder of --db is named and not made; the user's data folder is made."""
    wrong = tmp_path / "wrong" / "x.db"
    said = str(run("ingest", "--db", wrong, reports).exception)
    assert said.startswith(f"{wrong}: its folder {wrong.parent} does not exist.")
    assert not wrong.parent.exists()
    monkeypatch.delenv("GEOTRACK_DB")
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    assert run("ingest", reports).exit_code == 0
    assert (tmp_path / "home" / "geotrack.db").exists()


@pytest.mark.parametrize("command", [["ingest", "a.txt"], ["extract", "a.txt"]])
def test_a_day_that_no_calendar_has_is_refused_in_plain_words(command: list[str]) -> None:
    """The message says how to write a date, and nothing of the program's own types."""
    said = run(*command, "--published", "2024-13-01")
    assert said.exit_code == 2
    assert "is no date; write it as" in said.output
    assert "Value error" not in said.output


def test_removed_text_leaves_the_database_file(reports: Path, tmp_path: Path) -> None:
    """No file of the database holds the words of a removed document."""
    words = b"in the north of the district"
    run("ingest", reports)
    with Store.open(tmp_path / "data" / "reports.db") as store:
        # Another reader keeps the write-ahead log alive, as the app does.
        assert any(words in path.read_bytes() for path in (tmp_path / "data").iterdir())
        run("documents", "remove", listed()[0]["document_id"], "--yes")
        assert store.documents().empty
        assert not any(words in path.read_bytes() for path in (tmp_path / "data").iterdir())
