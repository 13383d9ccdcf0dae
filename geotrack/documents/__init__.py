"""Files and folders to `Document`s: text, title, publisher, publication date, language, furniture."""

from __future__ import annotations

from geotrack.documents.drafts import DEFAULT_MAX_BYTES, MEGABYTE, Options, Refused
from geotrack.documents.paths import SUFFIXES, find_files
from geotrack.documents.reading import read_bytes, read_file, read_paths

__all__ = [
    "DEFAULT_MAX_BYTES",
    "MEGABYTE",
    "SUFFIXES",
    "Options",
    "Refused",
    "find_files",
    "read_bytes",
    "read_file",
    "read_paths",
]
