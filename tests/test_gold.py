"""The gold gate: what the reader reads of hand-annotated documents, with floors that only rise.

A floor in `gold/floors.toml` is an F1; lowering one is a deliberate act with a reason.
"""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import tomllib
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

import pytest

from geotrack.config import seeds_folder
from geotrack.documents import Options, Refused, read_paths
from geotrack.extraction import Reader, to_row

pytest_plugins = ("readers",)

GOLD = Path(__file__).parent / "gold"
SETS = {
    "seeds": (GOLD / "seeds.jsonl", seeds_folder()),
    "dev": (GOLD / "dev" / "gold.jsonl", GOLD / "dev" / "docs"),
    "check": (GOLD / "check" / "gold.jsonl", GOLD / "check" / "docs"),
}
LEVELS = {
    "figures value": "value",
    "figures +place": "place",
    "figures +period": "period",
    "incidents event": "incidents",
}
_F1 = re.compile(r"^(figures \S+|incidents event)\s+P \S+ R \S+ F1 (\S+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """Give the scorer, which is a script of its own."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(reader: Reader, folder: Path, out: Path) -> None:
    """Write what the reader reads of a folder, as `geotrack extract` prints it."""
    with out.open("w", encoding="utf-8") as file:
        for document in read_paths([folder], Options()):
            if isinstance(document, Refused):
                raise document.error
            file.write(json.dumps(to_row(document, reader.read(document)), ensure_ascii=False) + "\n")


def score(scorer: ModuleType, gold: Path, predicted: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what the scorer prints, with its list of what was missed and what is spurious."""
    printed = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["score.py", str(gold), str(predicted), "--verbose"])
    with redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the script leaves its files to be closed at exit
        scorer.main()
    return printed.getvalue()


@pytest.mark.parametrize("name", SETS)
def test_the_reader_keeps_its_floors(
    name: str, reader: Reader, scorer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On each gold set, F1 at every level is at least the pinned floor."""
    gold, folder = SETS[name]
    predict(reader, folder, tmp_path / "predicted.jsonl")
    printed = score(scorer, gold, tmp_path / "predicted.jsonl", monkeypatch)
    reached = {LEVELS[level]: float(f1) for level, f1 in _F1.findall(printed)}
    floors = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))[name]
    assert set(floors) == set(reached) == set(LEVELS.values())
    assert "without output 0" in printed
    below = {level: (reached[level], floor) for level, floor in floors.items() if reached[level] < floor}
    assert not below, f"{name}: (reached, floor) {below}\n{printed}"


def test_the_gate_can_fail(scorer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that reads nothing scores nothing."""
    ids = [json.loads(line)["id"] for line in SETS["seeds"][0].read_text("utf-8").splitlines()]
    nothing = tmp_path / "nothing.jsonl"
    nothing.write_text(
        "".join(json.dumps({"id": i, "figures": [], "incidents": []}) + "\n" for i in ids), "utf-8"
    )
    reached = dict(_F1.findall(score(scorer, SETS["seeds"][0], nothing, monkeypatch)))
    assert {float(f1) for f1 in reached.values()} == {0.0}
