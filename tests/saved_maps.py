"""What a saved map carries, as tests look at it."""

from __future__ import annotations

import json
from pathlib import Path

from geotrack.maps.saving import carried


def told(page: Path | str) -> str:
    """Return a page with all that is packed in it, as text."""
    text = page if isinstance(page, str) else page.read_text(encoding="utf-8")
    return text + json.dumps(carried(text), ensure_ascii=False)
