"""The documentation becomes a site without a warning, and the site asks no other host for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What a browser fetches by itself: links that a reader may follow are no matter.
FETCHED = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=\"((?:https?:)?//[^\"]+)\"")


def test_the_site_is_built(tmp_path: Path) -> None:
    """Each page of docs/ is one of its pages, docstrings are in the reference, and all is its own."""
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    command = [*sphinx, "docs", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert built.returncode == 0, built.stderr
    pages = {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    assert {path.stem for path in (ROOT / "docs").glob("*.md")} <= set(pages)
    assert "of namesakes the widest unit" in pages["reference"]
    assert [address for page in pages.values() for address in FETCHED.findall(page)] == []
