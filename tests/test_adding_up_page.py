"""The page on adding up shows what the shipped reports come to today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_tables_are_those_of_the_script() -> None:
    """Reading the reports again gives the tables of the page; `python scripts/adding_up.py` writes them."""
    script = [sys.executable, str(ROOT / "scripts" / "adding_up.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, cwd=ROOT, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
