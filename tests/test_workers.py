"""Several processes, of this machine or of a Dask cluster, do what one does, also where one is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from distributed import Client
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.config import data_folder
from geotrack.documents import Options
from geotrack.errors import UnreadableDocumentError, UsageError, WorkersError
from geotrack.extraction import Reader
from geotrack.models import Document
from geotrack.store import Step, Store, ingest
from geotrack.workers import ClusterWorkers, LocalWorkers, Task, Workers

pytest_plugins = ("readers",)

DISTRICTS = ("Aghdam", "Fuzuli", "Jabrayil", "Zangilan", "Gubadly")
REPORTS = 60
PACKS = data_folder() / "gazetteer"
# A scheduler and two workers start, and each worker loads its packs.
WAIT_S = 60


def _report(number: int) -> str:
    district = DISTRICTS[number % len(DISTRICTS)]
    return (
        f"On {number % 27 + 1} May 2024, {number + 3} anti-tank mines were found in {district} district, "
        f"and {number * 2 + 5} hectares were cleared. A farmer was injured by a mine there on 2 May."
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Give a folder of files and rows, with one text twice, one bad row and one bad file."""
    folder = tmp_path / "reports"
    folder.mkdir()
    rows = [json.dumps({"id": str(n), "text": _report(n)}) for n in range(REPORTS // 2)]
    (folder / "a.jsonl").write_text("\n".join([*rows[:7], "no JSON", *rows[7:]]))
    for number in range(REPORTS // 2 - 1, REPORTS):
        (folder / f"b{number}.txt").write_text(_report(number))
    (folder / "c.pdf").write_bytes(b"no PDF")
    return folder


class Recorded:
    """The steps of an ingest as they are told, and what it left behind."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.tables: list[str] = []

    def ingest(self, database: Path, reports: Path, reader: Reader | Workers) -> Recorded:
        """Read the reports into a database."""
        with Store.open(database) as store:
            self.report = ingest(store, reader, [reports], Options(), self.note)
            tables = store.figures(), store.incidents(), store.mentions(), store.document_places()
        self.tables = [table.to_csv() for table in tables]
        return self

    def note(self, step: Step) -> None:
        """Keep a step."""
        self.steps.append(step)


def test_two_processes_do_what_one_does(tmp_path: Path, reports: Path, reader: Reader) -> None:
    """Their steps, in order, and all that is stored are those of one; a second time nothing is read."""
    alone = Recorded().ingest(tmp_path / "alone.db", reports, reader)
    assert alone.report.taken == REPORTS + 1
    with LocalWorkers(2, PACKS) as workers:
        together = Recorded().ingest(tmp_path / "together.db", reports, workers)
        again = Recorded().ingest(tmp_path / "together.db", reports, workers)
    assert together.steps == alone.steps
    assert together.tables == again.tables == alone.tables
    assert {step.status for step in again.steps} == {"unchanged", "refused"}


def _die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def _wait_and_die(file: Path) -> str:
    """Kill the first process that comes here."""
    if not file.exists():
        file.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return file.name


def test_a_killed_process_costs_its_work_and_no_more(tmp_path: Path) -> None:
    """Work that was under way is done by new processes; a report that ends all of them is refused."""
    document = Document(_report(1))
    with LocalWorkers(1, PACKS) as workers:
        once: Task[str] = workers._begun(Task("once.txt", _wait_and_die, (tmp_path / "once.txt",)))
        reading = workers.read(document)
        assert workers.result(once) == "once.txt"
        assert workers.result(reading).figures
        always: Task[int] = workers._begun(Task("always.txt", _die, (1,)))
        with pytest.raises(
            UnreadableDocumentError, match=r"always\.txt: the processes that read it were ended"
        ):
            workers.result(always)


@dataclass
class Cluster:
    """A scheduler and its workers, each a process."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Start a scheduler and two workers."""
    address = f"tcp://127.0.0.1:{_free_port()}"
    dask, quiet = [sys.executable, "-m", "dask"], {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*dask, *arguments], cwd=tmp_path, env=environment, **quiet)  # type: ignore[call-overload, no-any-return]

    host = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = start("scheduler", "--port", address.rpartition(":")[2], *host)
    worker = ("worker", address, "--nthreads", "1", "--no-nanny", *host)
    workers = [start(*worker) for _ in range(2)]
    try:
        with Client(address, timeout=WAIT_S, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=WAIT_S)
        yield Cluster(address, workers)
    finally:
        for process in [*workers, scheduler]:
            process.kill()
            process.wait()


def test_a_cluster_does_what_one_process_does(
    tmp_path: Path, reports: Path, reader: Reader, cluster: Cluster
) -> None:
    """One of two workers is killed midway: the same is stored, and nothing twice."""

    class Killing(Recorded):
        def note(self, step: Step) -> None:
            super().note(step)
            if len(self.steps) == REPORTS // 4:
                cluster.workers[0].send_signal(signal.SIGKILL)

    alone = Recorded().ingest(tmp_path / "alone.db", reports, reader)
    with ClusterWorkers(cluster.address) as workers:
        assert workers.count == 2
        together = Killing().ingest(tmp_path / "together.db", reports, workers)
    assert cluster.workers[0].wait(WAIT_S) == -signal.SIGKILL
    assert together.steps == alone.steps
    assert together.tables == alone.tables


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "carrier-pigeon://here"])
def test_a_cluster_that_is_not_there_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler at the address, or an address that is none."""
    monkeypatch.setattr("geotrack.workers.cluster.WAIT_S", 0.5)
    with pytest.raises(WorkersError, match=r"no Dask scheduler answers there\. Start it"):
        ClusterWorkers(address.format(port=_free_port()))


def test_workers_or_a_cluster(tmp_path: Path) -> None:
    """Both at once make no sense; the message says why."""
    arguments = ["ingest", str(tmp_path), "--workers", "2", "--scheduler", "tcp://127.0.0.1:8786"]
    result = CliRunner().invoke(app, arguments, env={"GEOTRACK_DB": str(tmp_path / "one.db")})
    assert isinstance(result.exception, UsageError)
    assert "a cluster has workers of its own" in str(result.exception)
