"""Excel: a sheet of caveats, then a sheet a table; text is never run as a formula, nor made a link."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geotrack.errors import MissingExtraError, OutputError
from geotrack.export.rows import INCIDENT_FIELDS
from geotrack.export.tables import Layer, Tables, lists_of

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

CAVEATS = "Read me first"
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767  # what a sheet and a cell of Excel hold
_WIDTH, _WIDE = 16, 60  # characters
_LONG = {"sentence", "text", "title", "warning", "notice", "disagreements"}


def workbook(tables: Tables, built_on: dt.date) -> bytes:
    """Return the tables as one workbook; the same rows and date give the same bytes.

    Raises
    ------
    MissingExtraError
        If the packages that write workbooks are not installed.
    OutputError
        If a table has more rows than a sheet holds.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("An Excel file", "office") from error
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    made = dt.datetime.combine(built_on, dt.time())
    book.set_properties({"title": tables.metadata["title"], "comments": _caveat(tables), "created": made})
    _write_caveats(book, tables.metadata)
    figures, *others = lists_of(tables)
    for layer in (figures, Layer("incidents", INCIDENT_FIELDS, tables.incidents), *others):
        _write_layer(book, layer)
    book.close()
    return held.getvalue()


def _caveat(tables: Tables) -> str:
    return " ".join(tables.metadata["notices"])


def _write_caveats(book: xlsxwriter.Workbook, metadata: Mapping[str, Any]) -> None:
    page = book.add_worksheet(CAVEATS)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28, book.add_format({"valign": "top"}))
    page.set_column(1, 1, 100, wrapped)
    page.write_string(0, 0, metadata["title"], bold)
    notices = [("notice", one) for one in metadata["notices"]]
    told = [(key, value) for key, value in metadata.items() if key not in {"title", "notices"}]
    for at, (key, value) in enumerate([*notices, *_flat(told)], 2):
        page.write_string(at, 0, key, bold)
        page.write_string(at, 1, value, wrapped)


def _flat(told: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield keys and texts; what is nested is named by its path, what is unknown left out."""
    for key, value in told:
        if isinstance(value, Mapping):
            yield from _flat((f"{key}: {name}", part) for name, part in value.items())
        elif isinstance(value, list):
            yield from _flat((f"{key} {at}", part) for at, part in enumerate(value, 1))
        elif value is not None:
            yield key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _write_layer(book: xlsxwriter.Workbook, layer: Layer) -> None:
    if len(layer.rows) >= MOST_ROWS:
        remedy = "Export fewer days or one country, or choose parquet or csv."
        raise OutputError(layer.name, f"has {len(layer.rows):,} rows; a sheet holds {MOST_ROWS:,}", remedy)
    page = book.add_worksheet(layer.name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, name in enumerate(layer.fields):
        page.set_column(column, column, _WIDE if name in _LONG else _WIDTH)
        page.write_string(0, column, name, bold)
    for at, row in enumerate(layer.rows, 1):
        for column, name in enumerate(layer.fields):
            _write_cell(page, (at, column), row.get(name), day)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(layer.rows), len(layer.fields) - 1)


def _write_cell(page: Worksheet, at: tuple[int, int], value: object, day: object) -> None:
    """Write a value by its type; lists are joined as in CSV, text stays text whatever it begins with."""
    if value is None or value == []:
        return
    if isinstance(value, bool):
        page.write_boolean(*at, value)
    elif isinstance(value, int | float):
        page.write_number(*at, value)
    elif isinstance(value, dt.date):
        page.write_datetime(*at, dt.datetime.combine(value, dt.time()), day)
    else:
        text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        kept = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
        page.write_string(*at, kept)
