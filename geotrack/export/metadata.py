"""What an export says of itself: filters, versions, date, whose boundaries, and what it is not for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geotrack import __version__
from geotrack.analysis.confidence import left_out_note
from geotrack.export.content import ExportContent
from geotrack.export.rows import RETOLD, Row
from geotrack.redaction import FULL_SENTENCES_WARNING

NOT_FOR = "Not for navigation or operations."
REDACTED = (
    "Names, ages and birth years of victims are replaced by […]; the offsets are those of the stored text."
)
ABOUT = (
    "Numbers are as the named documents state them, each with its sentence; offsets count code points of the "
    "stored text. A figure over several places is one row and is never split; totals count nothing twice; "
    "what is not there is unknown, not zero."
)

FILTERED = (
    "Totals do not count them either; what a person accepted or corrected stays, whatever its confidence."
)


def metadata(content: ExportContent, counts: Mapping[str, int], facts: list[Row]) -> dict[str, Any]:
    """Return the export's account of itself, the same for the same facts, filter and date."""
    chosen = content.filter
    retold = {row["document_id"] for row in facts if row["retold"]}
    notices = [NOT_FOR, ABOUT, REDACTED if content.redacted else FULL_SENTENCES_WARNING]
    if retold:
        notices.append(f"{len(retold)} documents are {RETOLD}; their rows say so.")
    left_out = content.left_out
    if chosen.min_confidence:
        notices.append(f"{left_out_note(**left_out, min_confidence=chosen.min_confidence)} {FILTERED}")
    lost = sum(row["error"] is not None for row in facts)
    if lost:
        notices.append(f"{lost} facts name a place that no pack knows: no total holds them; see `error`.")
    return {
        "title": "Mine action facts read from reports",
        "build_date": content.built_on.isoformat(),
        "software": {"geotrack": __version__},
        "filters": {
            "country": chosen.adm0,
            "measure": chosen.measure,
            "from": chosen.start.isoformat() if chosen.start else None,
            "to": chosen.end.isoformat() if chosen.end else None,
            "min_confidence": chosen.min_confidence or None,
            **content.narrowed,
        },
        "left_out_by_confidence": left_out,
        "counts": dict(counts),
        "crs": "EPSG:4326",
        "boundaries": [
            {
                "country": one.adm0,
                "level": one.level,
                "source": one.source,
                "licence": one.licence or "not stated; ask the source",
                "imported_on": one.imported_on,
                "approximate_units": int(one.units["approximate"].sum()),
            }
            for one in content.districts
        ],
        "notices": notices,
    }
