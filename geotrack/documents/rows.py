"""JSON Lines: one document a line, read one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from geotrack.documents.drafts import MEGABYTE, Draft, Options, Refused, finish
from geotrack.documents.encodings import decode
from geotrack.documents.metadata import draft_from
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document


def read_rows(path: Path, stream: BinaryIO, options: Options) -> Iterator[Document | Refused]:
    """Yield the document of each line, or its refusal with the line's number; blank lines are passed over.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    for number, line in _numbered(stream, options.max_bytes):
        where = f"{path} line {number}"
        if line is None:
            yield Refused(str(path), too_large(where, None, options.max_bytes))
        elif line.strip():
            yield _read_row(path, line, where, options)


def _numbered(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1; None for a line over the limit, which is never held whole."""
    number = 0
    while line := stream.readline(max_bytes + 2):
        number += 1
        if len(line.rstrip(b"\r\n")) <= max_bytes:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(max_bytes + 2)
        yield number, None


def _read_row(path: Path, line: bytes, where: str, options: Options) -> Document | Refused:
    row_id: str | None = None
    try:
        draft = _draft(line, where)
        row_id = draft.row_id
        return finish(draft, path, options)
    except UnreadableDocumentError as error:
        named = error if error.path == where else UnreadableDocumentError(where, error.problem, error.remedy)
        return Refused(str(path), named, row_id)


def _draft(line: bytes, where: str) -> Draft:
    try:
        row = json.loads(decode(line) or "")
    except (ValueError, RecursionError) as error:
        problem = f"this is not JSON ({getattr(error, 'msg', 'nested too deep')})"
        raise UnreadableDocumentError(where, problem, "Write one JSON object a line.") from error
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        remedy = 'Write {"text": …, "title": …, "publisher": …, "published": …, "language": …, "url": …}.'
        raise UnreadableDocumentError(where, "there is no text field", remedy)
    return draft_from(row, text, where)


def too_large(path: str, size: int | None, max_bytes: int) -> UnreadableDocumentError:
    """Return the refusal of a document over the limit; `size` in bytes, None where it is not known."""
    limit = f"{max_bytes / MEGABYTE:g} MB"
    problem = (
        f"{size / MEGABYTE:.1f} MB, over the limit of {limit}"
        if size
        else f"over the limit of {limit} a document"
    )
    raised = max((size or 2 * max_bytes) // MEGABYTE + 1, 1)
    return UnreadableDocumentError(path, problem, f"Raise the limit: --max-mb {raised}")
