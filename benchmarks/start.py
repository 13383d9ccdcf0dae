"""How long geotrack takes to start, to know its places, and to read reports; and how much memory.

The reports are the example ones, each told many times over with other numbers in it, so that no
text is read twice. Run it on a quiet machine: `make benchmarks`.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from geotrack import Document, Gazetteer, Reader, read_paths, seeds_folder

COPIES = 40
REPEATS = 5
KIBIBYTES_A_MEGABYTE = 1024


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Return the median time of some work, in seconds."""
    taken = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return median(taken)


def command(*arguments: str) -> Callable[[], object]:
    """Return the work of running geotrack in a process of its own."""
    line = [sys.executable, "-c", "from geotrack.cli import main; main()", *arguments]
    return lambda: subprocess.run(line, check=True, capture_output=True)


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


def report(what: str, value: float, unit: str) -> None:
    """Print one measurement."""
    print(f"{what:<46}{value:>10.2f} {unit}")


def main() -> None:
    """Measure and print."""
    report("geotrack --help", seconds(command("--help"), REPEATS), "s")
    report("geotrack places find, one name", seconds(command("places", "find", "Агдам"), REPEATS), "s")
    gazetteer = Gazetteer.load()
    reader = Reader(gazetteer)
    report("places and names loaded", seconds(Gazetteer.load, REPEATS), "s")
    texts = reports(COPIES)
    report("first document, with all indexes built", seconds(lambda: reader.read(texts[0])), "s")
    taken = seconds(lambda: [reader.read(text) for text in texts])
    size = sum(len(text.text) for text in texts)
    report(f"read, {size / len(texts):,.0f} characters a document", len(texts) / taken, "documents/s")
    report("memory at most", megabytes(), "MB")


if __name__ == "__main__":
    main()
