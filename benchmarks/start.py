"""How long geotrack takes to start, to know its places, and to read reports; and how much memory.

The reports are the example ones, each told many times over with other numbers in it, so that no
text is read twice. Starts are the least of several, taken in turns with the peer's. `make benchmarks`.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from table import Table, alternating

from geotrack import Document, Gazetteer, Reader, read_paths, seeds_folder

COPIES = 40
REPEATS = 5
KIBIBYTES_A_MEGABYTE = 1024
MEMORY_MB = 300
GEOTRACK = ("-c", "from geotrack.cli import main; main()")


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Return the median time of some work, in seconds."""
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return median(taken)


def taken(*command: str) -> float:
    """Return the seconds that a program takes from its start to its end."""
    return seconds(lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True))


def beside(table: Table, what: str, own: Sequence[str], peer: Sequence[str], most: float) -> None:
    """Measure two programs in turns."""
    table.beside(what, *alternating(lambda: taken(*own), lambda: taken(*peer), REPEATS), "s", most)


def reports(copies: int) -> list[Document]:
    """Return the example reports, each so many times with the digits of its numbers changed."""
    chance = random.Random(1)  # noqa: S311 - digits, no secrets
    seeds = [one for one in read_paths([seeds_folder()]) if isinstance(one, Document)]

    def changed(number: re.Match[str]) -> str:
        return "".join(str(chance.randint(1, 9)) for _ in number[0])

    return [
        replace(seed, text=re.sub(r"(?<!\d)\d{3}(?!\d)", changed, seed.text))
        for _ in range(copies)
        for seed in seeds
    ]


def megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEGABYTE


def main() -> None:
    """Measure and print."""
    table = Table("", "geotrack", "peer", "ratio", "aim")
    peer = str(Path(__file__).parent / "two_commands.py")
    beside(table, "`geotrack --help`, and the peer's", [*GEOTRACK, "--help"], [peer, "--help"], 2)
    found = [*GEOTRACK, "places", "find", "Агдам"]
    beside(table, "`geotrack places find`, a command of the peer's", found, [peer, "find", "Агдам"], 6)
    beside(table, "`import geotrack`, bare Python", ["-c", "import geotrack"], ["-c", ""], 3)
    gazetteer = Gazetteer.load()
    reader = Reader(gazetteer)
    table.row("places and names loaded", f"{seconds(Gazetteer.load, REPEATS):.2f} s")
    texts = reports(COPIES)
    table.row("first document, with all indexes built", f"{seconds(lambda: reader.read(texts[0])):.2f} s")
    spent = seconds(lambda: [reader.read(text) for text in texts])
    size = sum(len(text.text) for text in texts) / len(texts)
    table.row(f"read, {size:,.0f} characters a document", f"{len(texts) / spent:.0f} a second")
    table.row("memory of reading at most", f"{megabytes():.0f} MB", "", "", f"{MEMORY_MB} MB")


if __name__ == "__main__":
    main()
