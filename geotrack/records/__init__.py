"""Structured records beside text: rows of ACLED, UCDP GED, HDX HAPI and plain tables, and GeoJSON points.

Each row becomes a document of a few lines, `field: value`, so that its incident or figure quotes the row like
any other fact quotes its report, and is merged with what is read from text by the same rules.
"""

from __future__ import annotations

from geotrack.records.files import read_records
from geotrack.records.layouts import Layout, layouts, mapping
from geotrack.records.reader import RecordReader

__all__ = ["Layout", "RecordReader", "layouts", "mapping", "read_records"]
