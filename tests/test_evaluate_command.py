"""`geotrack evaluate` as a user meets it: what it prints, how it ends, and what it says of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geotrack.cli import app, main
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer

pytest_plugins = ("readers",)

FOUND = "In Aghdam district 12 anti-tank mines were found from 6 to 12 May 2024."
PLANNED = "The agency plans to clear 300 hectares in Fuzuli district."
MINES = {
    "measure": "at_mines_found",
    "value": 12,
    "unit": "count",
    "places": ["AZ-AGM"],
    "start": "2024-05-06",
    "end": "2024-05-12",
    "evidence": "12 anti-tank mines",
}
# A person read as done what the report only plans.
HECTARES = {
    "measure": "area_cleared",
    "value": 300,
    "unit": "ha",
    "places": ["AZ-FUZ"],
    "evidence": "300 hectares",
    "trap": "[plan]",
}


@pytest.fixture(autouse=True)
def _reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each run take the reader that is there already: making one takes seconds."""
    monkeypatch.setattr(Gazetteer, "of", lambda _settings: reader.gazetteer)
    monkeypatch.setattr("geotrack.extraction.Reader", lambda _: reader)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two reports and the gold of both."""
    (tmp_path / "found.md").write_text(FOUND, "utf-8")
    (tmp_path / "planned.md").write_text(PLANNED, "utf-8")
    write_gold(tmp_path, {"id": "found", "figures": [MINES]}, {"id": "planned", "figures": [HECTARES]})
    return tmp_path


def write_gold(folder: Path, *rows: dict[str, object]) -> None:
    """Write a gold file into the folder."""
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def run(folder: Path, *options: str) -> Result:
    """Run the command on a folder that holds the reports, and the gold beside them."""
    arguments = ["evaluate", str(folder / "gold.jsonl"), str(folder), *options]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "120"})


def told(folder: Path, *options: str) -> dict[str, object]:
    """Return the JSON that the command prints."""
    answer = run(folder, "--format", "json", *options)
    assert answer.exit_code == 0, answer.output
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def refused(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    """Return why the command did nothing, from its name on."""
    words = ["geotrack", "evaluate", str(folder / "gold.jsonl"), str(folder), *options]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    return str(stopped.value.__cause__)


def test_scores_are_printed_with_their_misses(folder: Path) -> None:
    """Levels, measures, traps, then the sentence of what was missed with the reason for refusing it."""
    answer = run(folder)
    lines = [" ".join(line.split()) for line in answer.stdout.splitlines()]
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert lines[0] == "2 documents"
    assert {
        "value 2 1 1.000 0.500 0.667",
        "+period 2 1 1.000 0.500 0.667",
        "at_mines_found 1 1 1.000 1.000 1.000 1.000 1.000",
        "[plan] 1 0 0.000 0.000 0.000 0.000 0.000",
        "qualifier right: 1 of 1",
    } <= set(lines)
    at = lines.index("missed: planned: area_cleared 300 ha, AZ-FUZ, … to … [[plan]]")
    assert lines[at + 1].startswith("refused: ")
    assert lines[at + 2 :] == [f"“{PLANNED}”"]


def test_misses_can_be_left_out(folder: Path) -> None:
    """With --no-misses the tables stand alone, also in JSON."""
    assert PLANNED not in run(folder, "--no-misses").stdout
    assert "misses" not in told(folder, "--no-misses")


def test_a_level_narrows_tables_and_misses(folder: Path) -> None:
    """--level tells what counts as right by measure and trap, and what is a miss."""
    write_gold(
        folder,
        {"id": "found", "figures": [MINES | {"end": None}]},
        {"id": "planned", "figures": []},
    )
    assert [one["verdict"] for one in told(folder)["misses"]] == ["partly right"]  # type: ignore[attr-defined]
    place, period = told(folder, "--level", "place"), told(folder, "--level", "period")
    assert (place["misses"], list(place["traps"])) == ([], ["place"])  # type: ignore[call-overload]
    assert period["measures"]["period"]["at_mines_found"]["f1"] == 0  # type: ignore[index, call-overload]
    assert "at_mines_found" not in run(folder, "--level", "incidents").stdout


def test_rare_traps_are_left_to_json(folder: Path) -> None:
    """The table shows the most frequent labels and says how many more there are."""
    trapped = [MINES | {"trap": f"trap {n}", "value": n} for n in range(30)]
    write_gold(folder, {"id": "found", "figures": trapped}, {"id": "planned"})
    assert "and 10 rarer ones, all of them in --format json" in run(folder).stdout
    assert len(told(folder)["traps"]["value"]) == 30  # type: ignore[index, call-overload]


def test_reliability_is_shown_when_asked_for(folder: Path) -> None:
    """--reliability adds a table with as many bins as --bins says; empty ones are not printed."""
    assert "reliability" not in told(folder)
    assert len(told(folder, "--reliability", "--bins", "4")["reliability"]["figures"]) == 4  # type: ignore[index, call-overload]
    printed = run(folder, "--reliability", "--bins", "2").stdout
    assert "0.50 to 1.00" in printed
    assert "0.00 to 0.50" not in printed


def test_documents_can_be_chosen(folder: Path) -> None:
    """--document takes ids and patterns; the other documents are not missed."""
    for pattern in ("found", "f*"):
        found = told(folder, "--document", pattern)
        assert (found["documents"], found["misses"], found["without_gold"]) == (1, [], [])
    assert told(folder, "--document", "found", "--document", "planned")["documents"] == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["0.5"], 1),  # no incident is there to be found, and none was
        (["value=0.66", "period=0.66"], 0),
        (["value=0.67"], 1),
        (["place=0.9", "place=0.1"], 0),
        (["incident_fields=0"], 0),
    ],
)
def test_too_low_an_f1_ends_with_one(folder: Path, options: list[str], code: int) -> None:
    """--fail-under holds for one level or for all, and says what was reached."""
    answer = run(folder, "--no-misses", *(word for one in options for word in ("--fail-under", one)))
    assert (answer.exit_code, "is below" in answer.stderr) == (code, bool(code))


def test_what_has_no_partner_is_told(folder: Path) -> None:
    """A document without gold is left out with a warning; gold without a document ends with 1."""
    (folder / "extra.md").write_text(FOUND, "utf-8")
    answer = run(folder)
    assert (answer.exit_code, answer.stderr) == (
        0,
        "geotrack: without annotations and left out (1): extra\n",
    )
    (folder / "planned.md").unlink()
    answer = run(folder)
    assert answer.exit_code == 1
    assert (
        "annotated but without a document, so that all their facts are missed (1): planned" in answer.stderr
    )


def test_a_document_that_cannot_be_read_stops_no_other(folder: Path) -> None:
    """It is told, the rest is scored, and the end is 1."""
    (folder / "planned.md").write_text("", "utf-8")
    answer = run(folder)
    assert (answer.exit_code, "the file is empty" in answer.stderr) == (1, True)
    assert "at_mines_found" in answer.stdout


def test_dates_that_documents_lack_can_be_given(folder: Path) -> None:
    """The options of `geotrack extract` hold here as well."""
    (folder / "found.md").write_text("In Aghdam 12 anti-tank mines were found last month.", "utf-8")
    write_gold(folder, {"id": "found", "figures": [MINES | {"start": "2024-05-01", "end": "2024-05-31"}]})
    (folder / "planned.md").unlink()
    assert told(folder, "--published", "2024-06-10")["misses"] == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--fail-under", "high"], "--fail-under takes an F1 from 0 to 1"),
        (["--fail-under", "2"], "--fail-under takes an F1 from 0 to 1"),
        (["--fail-under", "nan"], "--fail-under takes an F1 from 0 to 1"),
        (["--fail-under", "recall=0.5"], "Levels: value, place, period, incidents"),
        (["--document", "lost"], "Gold has no document 'lost'. Its ids begin with: found, planned."),
    ],
)
def test_options_that_make_no_sense_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    """The line says what the option takes; nothing is printed, and the end is 2."""
    assert message in refused(folder, monkeypatch, *options)


def test_gold_that_does_not_parse_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the line are named before any document is read."""
    with (folder / "gold.jsonl").open("a", encoding="utf-8") as file:
        file.write("{")
    assert "gold.jsonl, line 3: it is no JSON" in refused(folder, monkeypatch)


def test_gold_of_other_documents_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no id fits, both sides are shown: scores of 0 would hide a mistake in the names."""
    write_gold(folder, {"id": "found.md", "figures": [MINES]})
    message = refused(folder, monkeypatch)
    assert "annotates none of these documents: it has found.md." in message
    assert "The documents are named found, planned." in message
