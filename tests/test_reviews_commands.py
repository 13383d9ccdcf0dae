"""`geotrack reviews`: what people say on the command line, and gold from what they said."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.documents import Options, read_file
from geotrack.errors import GeotrackError
from geotrack.evaluation import load_gold
from geotrack.export import export_gold
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Place
from geotrack.store import InvalidReviewError, ReviewedDocument, Store, UnknownFactError, ingest

REPORT = """---
title: Mines found in Aghdam
publisher: AZERTAC
published: 2024-06-01
language: en
---
In May 2024, 31 anti-personnel mines and 12 anti-tank mines were found in Aghdam district.

On 7 May a farmer was injured by a mine in Izium raion of Kharkiv oblast.

Two score of shells lay beside the road to Fuzuli. The land of Fuzuli waits.
"""

Command = Callable[..., str]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Give the shipped gazetteer, loaded once."""
    return Gazetteer.load()


@pytest.fixture
def database(tmp_path: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a library with one report."""
    monkeypatch.setattr(Gazetteer, "of", lambda _settings: gazetteer)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "may.md").write_text(REPORT)
    with Store.open(tmp_path / "reports.db") as store:
        ingest(store, Reader(gazetteer), [tmp_path / "reports"], Options())
    return str(tmp_path / "reports.db")


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Give what runs a command of reviews as the user aysel and returns what it prints."""
    monkeypatch.setattr("getpass.getuser", lambda: "aysel")

    def reviews(*words: str) -> str:
        answer = CliRunner().invoke(app, ["reviews", *words, "--db", database])
        if isinstance(answer.exception, GeotrackError):
            raise answer.exception
        assert answer.exit_code == 0, answer.output
        return answer.output

    return reviews


def _figures(database: str) -> dict[str, dict[str, Any]]:
    with Store.open(database) as store:
        return {row["text"]: row for row in store.figures().to_dict("records")}


def _score(folder: Path) -> dict[str, dict[str, float]]:
    """Return what `geotrack evaluate` says of a folder of gold."""
    answer = CliRunner().invoke(
        app, ["evaluate", str(folder / "gold.jsonl"), str(folder / "docs"), "--format", "json"]
    )
    assert answer.exit_code == 0, answer.output
    scores: dict[str, dict[str, float]] = json.loads(answer.output)["levels"]
    return scores


def test_a_fact_is_judged_by_the_beginning_of_its_id(database: str, run: Command) -> None:
    """Accept, reject, correct and undo say what became of the fact, in the user's name unless told."""
    mines = _figures(database)["31 anti-personnel mines"]["figure_id"]
    assert run("accept", mines[:8]) == f"{mines}: accepted, aysel\n"
    assert run("reject", mines[:8], "--who", "Oleh", "--note", "a plan") == f"{mines}: rejected, Oleh\n"
    assert (
        run("correct", mines, "value=13", "places=Fuzuli, AZ-AGM", "start=") == f"{mines}: corrected, aysel\n"
    )
    run("correct", mines, "end=2024-05-30")
    row = next(row for row in _figures(database).values() if row["figure_id"] == mines)
    assert (row["value"], row["value_si"], row["start"], str(row["end"]), row["place_ids"]) == (
        13.0,
        13.0,
        None,
        "2024-05-30",
        ["AZ-FUZ", "AZ-AGM"],
    )
    run("undo", mines)
    assert run("undo", mines) == f"{mines}: undone, aysel\n{mines}: rejected, Oleh\n"
    told = json.loads(run("list", "--fact", mines[:8], "--format", "json"))
    assert [row["verdict"] for row in told] == [
        *("accepted", "rejected", "corrected", "corrected", "undone", "undone")
    ]
    assert [row["taken_back"] for row in told] == [False, False, True, True, False, False]
    assert told[1]["note"] == "a plan"


def test_reviews_are_listed_by_person_document_and_day(database: str, run: Command) -> None:
    """The list can be asked for a person, a document, and what came since a day."""
    facts = [row["figure_id"] for row in _figures(database).values()]
    run("accept", facts[0])
    run("accept", facts[1], "--who", "Oleh")
    document = next(iter(_figures(database).values()))["document_id"]

    def told(*words: str) -> list[str]:
        return [row["who"] for row in json.loads(run("list", "--format", "json", *words))]

    assert told() == ["aysel", "Oleh"]
    assert told("--who", "Oleh") == ["Oleh"]
    assert told("--document", document[:6]) == ["aysel", "Oleh"]
    assert told("--document", "0") + told("--since", "2999-01-01") == []
    assert told("--since", "2020-01-01") == ["aysel", "Oleh"]
    table = run("list")
    assert "accepted" in table
    assert "Oleh" in table


def test_a_missed_fact_is_added_by_its_words(database: str, run: Command) -> None:
    """Words that stand once are found; those that stand twice are asked after."""
    document = next(iter(_figures(database).values()))["document_id"]
    fields = ("measure=uxo_found", "value=40", "unit=count", "places=AZ-FUZ", "qualifier=approx")
    said = run("add", document[:8], "Two score of shells", *fields)
    fact = said.split(":")[0]
    with Store.open(database) as store:
        row = store.figures().set_index("figure_id").loc[fact]
    assert (row["value"], row["qualifier"], row["place_ids"], row["review_by"]) == (
        40.0,
        "approx",
        ["AZ-FUZ"],
        "aysel",
    )
    incident = run(
        *("add", document, "Fuzuli", "date=2024-05", "injured=2", "--kind", "incident", "--occurrence", "2")
    )
    with Store.open(database) as store:
        added = store.incidents().set_index("incident_id").loc[incident.split(":")[0]]
    assert REPORT.split("---\n")[2].strip()[added["span_start"] :].startswith("Fuzuli waits")
    for words, problem in (
        (("Fuzuli",), "has these words 2 times"),
        (("Fuzuli", "--occurrence", "3"), "2 times only"),
        (("Lachin",), "does not have the words 'Lachin'"),
    ):
        with pytest.raises(GeotrackError, match=problem):
            run("add", document, *words, *fields)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("value",), "'value' is no field. Write NAME=VALUE"),
        (("value=1,000",), "without commas"),
        (("places=Nowhereville",), "Nowhereville"),
        (("colour=red",), "'colour' is no field of figures"),
    ],
)
def test_a_correction_that_makes_no_sense(
    database: str, run: Command, words: tuple[str, ...], problem: str
) -> None:
    """What cannot be a field is refused with what to write."""
    fact = _figures(database)["31 anti-personnel mines"]["figure_id"]
    with pytest.raises(GeotrackError, match=problem):
        run("correct", fact, *words)
    with pytest.raises(UnknownFactError, match="no figure and no incident"):
        run("accept", "")
    with pytest.raises(InvalidReviewError, match="does not say who"):
        run("accept", fact, "--who", " ")


def test_gold_of_accepted_facts_scores_one(database: str, run: Command, tmp_path: Path) -> None:
    """Exported and evaluated, a document whose facts are all right is read without a mistake."""
    document = next(iter(_figures(database).values()))["document_id"]
    with pytest.raises(GeotrackError, match="No document is complete"):
        run("export-gold", str(tmp_path / "gold"))
    run("complete", document[:8])
    assert run("export-gold", str(tmp_path / "gold"), "--document", document[:8]).startswith("1 document, ")
    scores = _score(tmp_path / "gold")
    assert {level: score["f1"] for level, score in scores.items()} == dict.fromkeys(scores, 1.0)
    (gold,) = load_gold(tmp_path / "gold" / "gold.jsonl")
    assert gold.id == document
    assert {one.evidence for one in gold.figures} >= {"31 anti-personnel mines", "12 anti-tank mines"}
    assert [one.places for one in gold.incidents] == [("UA-63/Izium raion",)]
    run("undo", document)
    with pytest.raises(GeotrackError, match="Nobody called this document complete"):
        run("export-gold", str(tmp_path / "gold"), "--document", document[:8])


def test_each_word_changes_the_score(database: str, run: Command, tmp_path: Path) -> None:
    """What was rejected is spurious, what was added is missed, what was corrected is partly right."""
    figures = _figures(database)
    document = next(iter(figures.values()))["document_id"]
    figures_read = len(figures)
    run("complete", document)

    def counts(level: str) -> tuple[int, int, int]:
        run("export-gold", str(tmp_path / "gold"))
        score = _score(tmp_path / "gold")[level]
        return tuple(int(score[name]) for name in ("right", "predicted", "gold"))  # type: ignore[return-value]

    assert counts("period") == (figures_read, figures_read, figures_read)
    run("reject", figures["12 anti-tank mines"]["figure_id"])
    assert counts("value") == (figures_read - 1, figures_read, figures_read - 1)
    run("undo", figures["12 anti-tank mines"]["figure_id"])
    run("correct", figures["31 anti-personnel mines"]["figure_id"], "places=AZ-FUZ")
    assert counts("value") == (figures_read, figures_read, figures_read)
    assert counts("place") == (figures_read - 1, figures_read, figures_read)
    run("undo", figures["31 anti-personnel mines"]["figure_id"])
    run("add", document, "The land of Fuzuli", "measure=area_contaminated", "value=1", "unit=ha")
    assert counts("value") == (figures_read, figures_read, figures_read + 1)


def test_gold_does_not_follow_the_reader(database: str, run: Command, tmp_path: Path) -> None:
    """What rules read after a document was complete is no gold until a person says so; what they lose is."""
    run("complete", next(iter(_figures(database).values()))["document_id"])
    with Store.open(database) as store:
        (document,) = store.documents()["document_id"]
        stored = store.document(document)
        kept, lost, *others = stored.reading.figures
        start = stored.document.text.index("score")
        new = replace(
            kept, id="f" * 16, value=40.0, value_si=40.0, text="score", span=(start, start + 5), flags=()
        )
        read = replace(stored.reading, figures=(kept, *others, new), rules_version="newer")
        store.add(stored.document, read)

    def gold() -> list[str]:
        run("export-gold", str(tmp_path / "gold"))
        return [one.evidence for one in load_gold(tmp_path / "gold" / "gold.jsonl")[0].figures]

    before = [one.text for one in (kept, lost, *others)]
    assert sorted(gold()) == sorted(before)
    run("accept", "f" * 16)
    assert sorted(gold()) == sorted([*before, "score"])


@pytest.mark.parametrize(
    "text",
    [
        "---\nIn May 3 mines were found.\n---\nMore.",
        "  In May 3 mines were found.",
        "In May 3 mines were found.\n",
        "In May 3 mines were found.\n\n---",
    ],
)
def test_a_document_is_exported_as_it_was(text: str, tmp_path: Path) -> None:
    """Texts that Markdown would change are written as rows, and read the same."""
    row = {
        "id": "1",
        "title": 'Found: "3" mines',
        "publisher": "A: B",
        "language": "uk",
        "text": text,
        "url": "https://example.org/?a=1",
        "retold": True,
        "origin": "Agency #1",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    (document,) = read_file(tmp_path / "rows.jsonl")
    assert isinstance(document, Document)
    reviewed = ReviewedDocument(document, "Aysel", dt.datetime.now(dt.UTC), ())
    ((path, same),) = export_gold([reviewed], tmp_path / "gold")
    assert same, path.read_text()


def test_gold_that_is_exported_again_leaves_nothing_stale(tmp_path: Path) -> None:
    """A document that is not complete any more goes with its line; files of others stay."""
    one, other = (Document(text=f"In May {n} mines were found.", language="en") for n in (3, 4))
    now = dt.datetime.now(dt.UTC)
    gold = tmp_path / "gold"
    export_gold([ReviewedDocument(each, "Aysel", now, ()) for each in (one, other)], gold)
    (gold / "docs" / "notes.md").write_text("mine")
    (gold / "docs" / f"{other.id}.jsonl").write_text("as another version wrote it")
    export_gold([ReviewedDocument(other, "Aysel", now, ())], gold)
    assert {path.name for path in gold.rglob("*")} == {"gold.jsonl", "docs", "notes.md", f"{other.id}.md"}
    assert [json.loads(line)["id"] for line in (gold / "gold.jsonl").read_text().splitlines()] == [other.id]


def test_gold_that_cannot_be_written_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export that fails halfway changes nothing of the one before."""
    first, second = (Document(text=f"In May {n} mines were found.", language="en") for n in (3, 4))
    now = dt.datetime.now(dt.UTC)
    export_gold([ReviewedDocument(first, "Aysel", now, ())], tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fail(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geotrack.export.gold._reads_as", fail)
    with pytest.raises(OSError, match="No space left"):
        export_gold([ReviewedDocument(second, "Aysel", now, ())], tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_places_are_named_as_in_gold() -> None:
    """Raions and settlements go by parent and name, all others by their ids."""
    from geotrack.export.gold import label

    places = [
        Place("UA6304", "Izium Raion", "adm2", "UA", "UA-63", "UA6304"),
        Place("AZ-AGM/qarvand", "Qarvand", "settlement", "AZ", "AZ-AGM"),
        Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM"),
        Place("AZ:karabakh", "Karabakh", "region", "AZ"),
        Place("XX1", "Somewhere", "adm2", "XX", "XX-1", "XX1"),
    ]
    assert [label(place) for place in places] == [
        *("UA-63/Izium raion", "AZ-AGM/Qarvand", "AZ-AGM", "AZ:karabakh", "XX1")
    ]
