"""JSON Lines: one document a line, some lines at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from geotrack.documents.drafts import MEGABYTE, Draft, Options, Refused, finish
from geotrack.documents.encodings import decode
from geotrack.documents.metadata import draft_from
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document

# What is read of a file at a time: enough to be worth another process, and little to hold.
_ROWS_AT_ONCE = 20
_BYTES_AT_ONCE = 1 << 18


class Row(NamedTuple):
    """A line of a JSON Lines file: its number from 1, and its bytes; None for one over the limit."""

    number: int
    line: bytes | None


def split_rows(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[Row, ...]]:
    """Yield the lines, some at a time; blank ones are passed over, one over the limit is never held whole.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    some: list[Row] = []
    size = 0
    for row in _numbered(stream, max_bytes):
        if row.line is not None and not row.line.strip():
            continue
        some.append(row)
        size += len(row.line or b"")
        if len(some) == _ROWS_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield tuple(some)
            some, size = [], 0
    if some:
        yield tuple(some)


def _numbered(stream: BinaryIO, max_bytes: int) -> Iterator[Row]:
    number = 0
    while line := stream.readline(max_bytes + 2):
        number += 1
        if len(line.rstrip(b"\r\n")) <= max_bytes:
            yield Row(number, line)
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(max_bytes + 2)
        yield Row(number, None)


def read_row(path: Path, row: Row, options: Options) -> Document | Refused:
    """Return the document of a line, or its refusal with the line's number."""
    where = f"{path} line {row.number}"
    if row.line is None:
        return Refused(str(path), too_large(where, None, options.max_bytes))
    row_id: str | None = None
    try:
        draft = _draft(row.line, where)
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
