"""What the documentation says of speed: each benchmark is written down, and its pages say where."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_benchmark_is_written_down() -> None:
    """The page of benchmarks has a section for each, with its machine, and the pages refer to it."""
    listed = runpy.run_path(str(ROOT / "benchmarks" / "__main__.py"), run_name="benchmarks")
    written = listed["sections"](ROOT / "docs" / "benchmarks.md")
    assert list(written) == [benchmark.title for benchmark in listed["BENCHMARKS"]]
    for benchmark in listed["BENCHMARKS"]:
        assert (ROOT / "benchmarks" / f"{benchmark.name}.py").is_file()
        assert " cores, Python " in written[benchmark.title]
        for page in benchmark.pages:
            assert "(benchmarks.md#" in (ROOT / "docs" / page).read_text("utf-8"), page
