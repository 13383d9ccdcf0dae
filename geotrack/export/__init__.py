"""Facts and totals as files for others: GeoJSON, GeoPackage and CSV, each fact with its source sentence.

Reviewed documents become gold, which a reader is compared with.
"""

from __future__ import annotations

from geotrack.export.content import Districts, ExportContent, ExportFilter
from geotrack.export.gold import export_gold
from geotrack.export.writing import ExportFormat, export

__all__ = ["Districts", "ExportContent", "ExportFilter", "ExportFormat", "export", "export_gold"]
