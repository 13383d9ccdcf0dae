"""From a document to what it states: figures and incidents, each with the words that say it."""

from __future__ import annotations

from geotrack.extraction.contract import json_schema, to_row
from geotrack.extraction.reader import RULES_VERSION, Reader

__all__ = ["RULES_VERSION", "Reader", "json_schema", "to_row"]
