"""The maps that the app draws of what is exported: their classes, colours and words."""

from __future__ import annotations

from geotrack.analysis import Ledger
from geotrack.export.content import Districts, ExportContent
from geotrack.maps import MapStyle, Scene, gather, words


def ledger_of(content: ExportContent) -> Ledger:
    """Return the facts of an export, reconciled."""
    least = content.filter.min_confidence
    return Ledger(content.figures, content.places, incidents=content.incidents, min_confidence=least)


def scenes_of(
    content: ExportContent, districts: Districts, ledger: Ledger, locale: str = "en"
) -> dict[str, Scene]:
    """Return the map of each measure of which something is known in these units, in the app's order."""
    chosen = content.filter
    asked = (chosen.start, chosen.end, chosen.min_confidence)
    facts = (content.figures, content.incidents)
    found = {}
    for measure in words.MEASURES:
        if chosen.measure in {None, measure}:
            style = MapStyle(measure, districts.adm0, districts.level, *asked, locale=locale)  # type: ignore[arg-type]  # a layer's level
            made = gather(*facts, content.places, districts.units, style, ledger=ledger)
            scene = Scene(made, style)
            if scene.drawn.notna().any():
                found[measure] = scene
    return found
