"""Paths to documents, one at a time; what cannot be read is refused and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geotrack.documents.drafts import Options, Refused
from geotrack.documents.pieces import pieces_of_bytes, pieces_of_file, pieces_of_paths
from geotrack.models import Document


def read_paths(
    paths: Iterable[str | Path],
    options: Options | None = None,
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[Document | Refused]:
    """Yield the document of each file, row or web address, or its refusal, as they are asked for.

    Arguments come in their order, the files of a folder sorted. `on_skip` is called with each file
    of a folder that is no report. A file's modification time is never a publication date.
    """
    for piece in pieces_of_paths(paths, options or Options(), on_skip):
        yield from piece.parse()


def read_file(
    path: Path, options: Options | None = None, on_skip: Callable[[Path], None] | None = None
) -> Iterator[Document | Refused]:
    """Yield what one file holds: a document, many (JSON Lines, zip), or a refusal. Bad input raises nothing.

    A path may lead into a zip file: `reports.zip/2024/may.pdf`.
    """
    for piece in pieces_of_file(path, options or Options(), on_skip):
        yield from piece.parse()


def read_bytes(path: Path, data: bytes, options: Options | None = None) -> Iterator[Document | Refused]:
    """Yield what a file's bytes hold, as `read_file` does; `path` names its kind, and it in refusals."""
    for piece in pieces_of_bytes(path, data, options or Options()):
        yield from piece.parse()
