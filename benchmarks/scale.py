"""What many documents cost: documents a second, memory, size of the database, and how each grows.

The documents are gold ones of some 2 kB in four languages, told anew with other places, days and numbers, so
that no text comes twice. They are written as JSON Lines, a thousand a file, and read into a new SQLite
database by a process of its own. `python benchmarks/scale.py [--workers N] [COUNT …]`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from babel.dates import get_month_names
from table import Table

from geotrack import Document, Gazetteer, Options, Reader, Store, ingest, read_paths
from geotrack.config import data_folder
from geotrack.models import Place
from geotrack.workers import LocalWorkers, Workers

COUNTS = (1_000, 10_000)
A_FILE = 1_000
SIZES = range(1_600, 2_600)  # bytes of a gold document that is told anew
LEVELS = ("adm1", "adm2", "settlement")
KIBIBYTES_A_MEGABYTE = 1024
Result = TypeVar("Result")
GOLD = Path(__file__).parent.parent / "tests" / "gold"

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Gap:
    """A stretch of a text that is told otherwise each time, and what may stand there."""

    start: int
    end: int
    choices: Sequence[str]


class Generator:
    """Documents without end, all from one seed."""

    def __init__(self, seed: int = 8) -> None:
        self._seed = seed

    @cached_property
    def _bases(self) -> list[tuple[Document, list[_Gap]]]:
        gazetteer = Gazetteer.load()
        return [
            (document, list(_gaps(document, gazetteer)))
            for document in read_paths(sorted(GOLD.glob("**/docs")))
            if isinstance(document, Document) and len(document.text.encode()) in SIZES
        ]

    def rows(self, count: int) -> Iterator[dict[str, str]]:
        """Yield documents as rows of JSON Lines."""
        chance = random.Random(self._seed)  # noqa: S311 - made reports, no secrets
        for number in range(count):
            document, gaps = chance.choice(self._bases)
            published = (
                f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            )
            yield {
                "id": str(number),
                "text": _told(document.text, gaps, chance),
                "publisher": f"Agency {chance.randrange(60)}",
                "published": published,
                "language": document.language,
            }

    def write(self, folder: Path, count: int) -> int:
        """Write so many documents into a folder, and return their bytes."""
        written = 0
        rows = self.rows(count)
        for file in range(-(-count // A_FILE)):
            with (folder / f"{file:06}.jsonl").open("w", encoding="utf-8") as stream:
                for row in (next(rows) for _ in range(min(A_FILE, count - file * A_FILE))):
                    written += len(row["text"].encode())
                    stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        return written


def _gaps(document: Document, gazetteer: Gazetteer) -> Iterator[_Gap]:
    months = list(get_month_names("wide", "format", document.language).values())
    others: dict[tuple[str, str], list[str]] = {}

    def names_beside(place: Place) -> list[str]:
        """Return how its neighbours of the same kind are called in the document's language."""
        key = (place.adm0, place.level)
        if key not in others:
            units = list(gazetteer.units(*key))[:500]
            labels = (gazetteer.names(unit.id).get(document.language) for unit in units)
            others[key] = [label for label in labels if label]
        return others[key]

    for mention in gazetteer.mentions(document.text, language=document.language):
        if mention.place.level in LEVELS and mention.text in names_beside(mention.place):
            yield _Gap(*mention.span, names_beside(mention.place))
    for found in re.finditer("|".join(map(re.escape, months)), document.text):
        yield _Gap(*found.span(), months)
    for found in _DIGITS.finditer(document.text):
        yield _Gap(*found.span(), ())


def _told(text: str, gaps: Sequence[_Gap], chance: random.Random) -> str:
    parts, at = [], 0
    for gap in sorted(gaps, key=lambda gap: gap.start):
        if gap.start < at:
            continue
        words = text[gap.start : gap.end]
        parts += [text[at : gap.start], chance.choice(gap.choices) if gap.choices else _number(words, chance)]
        at = gap.end
    return "".join([*parts, text[at:]])


def _number(digits: str, chance: random.Random) -> str:
    """Return another number of as many digits; a year stays one, and so does what may be a day."""
    if _YEAR.fullmatch(digits):
        return str(chance.randrange(2005, 2026))
    if len(digits) == len("29"):
        return str(chance.randrange(10, 29))
    return str(chance.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))


@dataclass(frozen=True, slots=True)
class Run:
    """What reading so many documents took: seconds, processor seconds of all processes, bytes."""

    documents: int
    refused: int
    elapsed_s: float
    processor_s: float
    peak_bytes: int
    store_bytes: int
    facts: int


def run(folder: Path, workers: int) -> Run:
    """Read a folder into a new database."""
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "scale.db"
        packs = data_folder() / "gazetteer"
        reader: Reader | Workers = (
            LocalWorkers(workers, packs) if workers > 1 else Reader(Gazetteer.load(packs))
        )
        reader.rules_version  # noqa: B018 - the processes load their packs
        started, used = time.perf_counter(), _processor_s()
        with Store.open(database) as store:
            report = ingest(store, reader, [folder], Options())
        elapsed = time.perf_counter() - started
        if isinstance(reader, Workers):
            reader.close()
        kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
        peak = max(resource.getrusage(kind).ru_maxrss for kind in kinds) * KIBIBYTES_A_MEGABYTE
        facts = report.figures.added + report.incidents.added
        size = sum(file.stat().st_size for file in Path(scratch).iterdir())
        return Run(report.taken, len(report.refused), elapsed, _processor_s() - used, peak, size, facts)


def _processor_s() -> float:
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def alone(function: Callable[..., Result], *arguments: object) -> Result:
    """Call a function in a process of its own, whose memory is nobody else's."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(function, *arguments).result()


def main() -> None:
    """Print a line for each number of documents."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("counts", nargs="*", type=int, default=COUNTS, metavar="COUNT")
    asked.add_argument("--workers", type=int, default=1)
    arguments = asked.parse_args()
    table = Table(
        "documents",
        "bytes each",
        "facts each",
        "a second",
        "a second and core",
        "peak MB",
        "store kB each",
    )
    for count in arguments.counts:
        with tempfile.TemporaryDirectory() as name:
            size = alone(Generator().write, Path(name), count)
            took = alone(run, Path(name), arguments.workers)
        table.row(
            f"{took.documents:,}",
            f"{size / count:,.0f}",
            f"{took.facts / count:.1f}",
            f"{took.documents / took.elapsed_s:.0f}",
            f"{took.documents / took.processor_s:.0f}",
            f"{took.peak_bytes / 1e6:.0f}",
            f"{took.store_bytes / count / 1e3:.1f}",
        )
        if took.refused:
            print(f"{took.refused} refused", file=sys.stderr)


if __name__ == "__main__":
    main()
