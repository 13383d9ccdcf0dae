"""An ingest that is killed loses no finished document and leaves no half one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from store_samples import NumberReader

from geotrack.documents import Options
from geotrack.store import Store, ingest

pytest_plugins = ("databases",)

REPORTS = 150
NUMBERS = 12
MOMENTS = 5
# Roughly what one document takes: the kills fall anywhere, mostly inside an open transaction.
STATEMENTS_A_DOCUMENT = 12

# Prints each document that is finished, as the progress display does, and dies at a given statement.
INGEST = """
import itertools, os, signal, sys
from sqlalchemy import event
from geotrack.documents import Options
from geotrack.store import Store, ingest
from store_samples import NumberReader
database, folder, rules, last = sys.argv[1:]
with Store.open(database) as store:
    statements = itertools.count(1)
    @event.listens_for(store._engine, "after_cursor_execute")
    def die(*_):
        if next(statements) == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
    ingest(store, NumberReader(rules), [folder], Options(language="en"),
           lambda step: print(step.path, flush=True))
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Give a folder of reports with as many numbers each."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(REPORTS):
        counts = ", ".join(str(number * 100 + index) for index in range(NUMBERS))
        (folder / f"{number:03}.txt").write_text(f"Mines found in the district: {counts}.")
    return folder


def _killed(database: str, reports: Path, rules: str, statement: int) -> set[str]:
    """Ingest in another process that is killed at a statement; return the files that it finished."""
    here = Path(__file__).parent
    process = subprocess.run(
        [sys.executable, "-c", INGEST, database, str(reports), rules, str(statement)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": f"{here}{os.pathsep}{here.parent}"},
    )
    assert process.returncode == -signal.SIGKILL
    return set(process.stdout.splitlines())


def _check_whole(store: Store, rules: set[str]) -> None:
    """Assert that each document is there with its source and all its facts, by one version of the rules."""
    documents = store.documents()
    assert set(documents["n_figures"]) <= {NUMBERS}
    assert set(documents["n_sources"]) <= {1}
    by_document = store.figures().groupby("document_id")["rule"].agg(set)
    assert all(found in [{f"number {version}"} for version in rules] for found in by_document)
    if store._engine.dialect.name == "sqlite":
        with store._reading() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_killed_ingest_keeps_what_was_finished(database: str, reports: Path) -> None:
    """Killed at random moments, then run again: finished documents stay whole, the rest follows."""
    chance = random.Random(20240601)  # noqa: S311 - the same moments at each run
    share = REPORTS * STATEMENTS_A_DOCUMENT // MOMENTS
    before: set[str] = set()
    for _ in range(MOMENTS):
        finished = _killed(database, reports, "1", chance.randrange(share // 4, share))
        with Store.open(database) as store:
            held = set(store.documents()["path"])
            _check_whole(store, {"1"})
        # One more at most: written, and killed before it could tell.
        assert before | finished <= held
        assert len(held - before - finished) <= 1
        before = held
    assert 0 < len(before) < REPORTS
    with Store.open(database) as store:
        report = ingest(store, NumberReader("1"), [reports], Options(language="en"))
        assert report.new + report.unchanged == REPORTS
        assert report.exit_code == 0
        assert len(store.documents()) == REPORTS
        _check_whole(store, {"1"})


def test_a_killed_reread_leaves_old_or_new_readings(database: str, reports: Path) -> None:
    """Killed while newer rules replace readings, each document has its old reading or its new one."""
    chance = random.Random(20240602)  # noqa: S311 - the same moment at each run
    share = REPORTS * STATEMENTS_A_DOCUMENT // 2
    with Store.open(database) as store:
        ingest(store, NumberReader("1"), [reports], Options(language="en"))
    for version in ("2", "3", "4"):
        finished = _killed(database, reports, version, chance.randrange(share // 4, share))
        with Store.open(database) as store:
            _check_whole(store, {"1", "2", "3", "4"})
            figures, paths = store.figures(), store.documents().set_index("document_id")["path"]
        read_anew = set(figures.loc[figures["rule"] == f"number {version}", "document_id"])
        assert finished <= set(paths[list(read_anew)])
        assert 0 < len(read_anew) < REPORTS
