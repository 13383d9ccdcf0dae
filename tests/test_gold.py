"""The gold gate: what the reader reads of hand-annotated documents, with floors that only rise.

A floor in `gold/floors.toml` is an F1; lowering one is a deliberate act with a reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from geotrack.config import reports_folder, seeds_folder
from geotrack.documents import Refused, read_paths
from geotrack.evaluation import evaluate, load_gold
from geotrack.evaluation.report import miss_lines
from geotrack.extraction import Reader
from geotrack.models import Document, Reading

pytest_plugins = ("readers",)

GOLD = Path(__file__).parent / "gold"
# "dev" and "check" are English; "az/dev" holds Azerbaijani documents, and so on.
SETS = {
    "seeds": (GOLD / "seeds.jsonl", seeds_folder()),
    "reports": (GOLD / "reports.jsonl", reports_folder()),
    **{
        str(gold.parent.relative_to(GOLD)): (gold, gold.parent / "docs")
        for gold in sorted(GOLD.glob("**/gold.jsonl"))
    },
}
LEVELS = ("value", "place", "period", "incidents")


def documents(folder: Path) -> Iterator[Document]:
    """Yield the documents of a folder, all of which must be readable."""
    for document in read_paths([folder]):
        if isinstance(document, Refused):
            raise document.error
        yield document


@pytest.mark.parametrize("name", SETS)
def test_the_reader_keeps_its_floors(name: str, reader: Reader) -> None:
    """On each gold set, F1 at every level is at least the pinned floor."""
    gold, folder = SETS[name]
    evaluation = evaluate(load_gold(gold), ((one, reader.read(one)) for one in documents(folder)))
    assert (evaluation.without_document, evaluation.without_gold) == ((), ())
    floors = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))[name]
    assert set(floors) == set(LEVELS)
    reached = {level: round(evaluation.score(level).f1, 3) for level in LEVELS}
    below = {level: (reached[level], floor) for level, floor in floors.items() if reached[level] < floor}
    unread = "check" in name  # nobody who writes rules reads these
    misses = "" if unread else "\n".join("\n    ".join(miss_lines(one)) for one in evaluation.misses())
    assert not below, f"{name}: (reached, floor) {below}\n{misses}"


def test_the_gate_can_fail() -> None:
    """A reader that reads nothing scores nothing."""
    gold, folder = SETS["seeds"]
    evaluation = evaluate(load_gold(gold), ((one, Reading(one.id)) for one in documents(folder)))
    assert [evaluation.score(level).f1 for level in LEVELS] == [0.0] * 4
