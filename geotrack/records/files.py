"""Rows of CSV and GeoJSON files as documents; a bad row is refused with its line and the reason."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geotrack.documents import Refused
from geotrack.documents.encodings import decode
from geotrack.errors import UnreadableDocumentError, UsageError
from geotrack.models import Document, Source
from geotrack.records.layouts import Layout, plain, recognised
from geotrack.records.reader import BadRecordError, RecordReader, day_of

REMEDY = "Mend the row and import the file again; what was imported stays."
_GEOJSON = {".geojson", ".json"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a file: where it stands, and its cells by column."""

    where: str
    cells: Mapping[str, str]


def read_records(
    path: Path, reader: RecordReader, layout: Layout | None = None
) -> Iterator[Document | Refused]:
    """Yield a document for each row that is a record, and a refusal for each that is a bad one.

    Rows that the layout does not ask for (other kinds of events) are passed over.

    Parameters
    ----------
    layout
        How the columns are named; without one it is recognised by them, or they have the names of fields.

    Raises
    ------
    UnreadableDocumentError
        If the file cannot be read at all.
    UsageError
        If no layout is given and none is recognised.
    """
    rows = list(_rows(path))
    columns = {name for row in rows for name in row.cells}
    chosen = layout or recognised(columns) or plain(columns, path.stem)
    if chosen is None:
        if not rows:
            return
        raise UsageError(
            f"{path}: no known layout has the columns {', '.join(sorted(columns)[:8])}. "
            "Say which is what in a mapping file (--mapping), or name them as the fields (date, killed)."
        )
    seen: dict[str, str] = {}
    for row in rows:
        if not chosen.keeps(row.cells):
            continue
        fields = chosen.fields(row.cells)
        try:
            document = _document(path, chosen, fields)
            _check_new(document, seen)
            reader.read(document)
        except BadRecordError as error:
            refused = UnreadableDocumentError(f"{path} {row.where}", str(error), REMEDY)
            yield Refused(str(path), refused, fields.get("id"))
            continue
        seen[document.id] = row.where
        yield document


def _check_new(document: Document, seen: Mapping[str, str]) -> None:
    if document.id in seen:
        raise BadRecordError(f"the same record stands at {seen[document.id]}")


def _document(path: Path, layout: Layout, fields: Mapping[str, str]) -> Document:
    """Return a row as a text, a field a line."""
    lines = [f"{name}: {value}" for name, value in fields.items()]
    told = fields.get("published")
    source = Source(
        publisher=layout.publisher,
        published=day_of(told) if told else None,
        url=fields.get("url"),
        path=str(path),
        origin=fields.get("source"),
    )
    title = f"{layout.publisher} {fields.get('id', '')}".strip()
    return Document("\n".join([f"record: {layout.kind}", *lines]), title, "en", source, fields.get("id"))


def _rows(path: Path) -> Iterator[_Row]:
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise UnreadableDocumentError(str(path), f"cannot be read ({error})", "Check the path.") from error
    if text is None:
        raise UnreadableDocumentError(str(path), "is no text", "Save it as CSV in UTF-8.")
    if path.suffix.lower() in _GEOJSON:
        yield from _features(path, text)
        return
    try:
        yield from _lines(text.removeprefix("\ufeff"))
    except csv.Error as error:
        raise UnreadableDocumentError(
            str(path), f"is no CSV ({error})", "Save it as CSV in UTF-8."
        ) from error


def _lines(text: str) -> Iterator[_Row]:
    told = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    for cells in told:
        kept = {
            name: value for name, value in cells.items() if isinstance(name, str) and isinstance(value, str)
        }
        tags = next(iter(kept.values()), "").startswith("#")
        if not (tags and told.line_num == _HXL_LINE):
            yield _Row(f"line {told.line_num}", kept)


_HXL_LINE = 2  # tags stand below the names


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _features(path: Path, text: str) -> Iterator[_Row]:
    """Yield the points of a GeoJSON; their properties are the cells, and lon and lat."""
    try:
        features = [*json.loads(text)["features"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableDocumentError(str(path), "is no GeoJSON of features", "See RFC 7946.") from error
    for at, feature in enumerate(features, 1):
        yield _Row(f"feature {at}", _cells(feature))


def _cells(feature: object) -> dict[str, str]:
    """Return the properties of a feature and its point; what is no feature has none."""
    told = feature if isinstance(feature, dict) else {}
    properties, geometry = told.get("properties"), told.get("geometry")
    cells = properties if isinstance(properties, dict) else {}
    shape = geometry if isinstance(geometry, dict) else {}
    point = shape.get("coordinates") if shape.get("type") == "Point" else None
    if isinstance(point, list) and len(point) > 1:
        cells = {"longitude": point[0], "latitude": point[1], **cells}
    return {name: _cell(value) for name, value in cells.items() if value is not None}


def _cell(value: object) -> str:
    """Return a value as text that can be stored: half a character becomes a question mark."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.encode(errors="replace").decode()
