"""Open a gazetteer's file and stream its lines: a text, CSV or workbook, or a zip with a text in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from zipfile import BadZipFile, ZipFile

from geotrack.errors import PlaceFileError
from geotrack.toponyms.rows import Line
from geotrack.toponyms.workbooks import workbook_lines

SUFFIXES = (".txt", ".csv", ".tsv")
MAX_BYTES = 2 * 10**9  # of a file in a zip: the largest country dump has a tenth of it
_SAMPLE = 65_536  # bytes that tell encoding and separator
_TABS = 10  # a line with more tabs is no CSV: its quotes are letters
REMEDY = "Give a GeoNames country dump (UA.txt or UA.zip) or a KATOTTG table (CSV or XLSX)."
_UTF8 = "utf-8-sig"  # with or without its mark


def lines_of(path: Path) -> Iterator[Line]:
    """Yield the lines of a file with their numbers; empty ones are left out.

    Of a workbook these are the rows of its first sheet.

    Raises
    ------
    PlaceFileError
        If it cannot be opened or is no table.
    """
    if path.suffix.lower() == ".xlsx":
        yield from workbook_lines(path, REMEDY)
        return
    with _opened(path) as stream:
        sample = stream.peek(_SAMPLE)[:_SAMPLE]
        encoding = _encoding(sample)
        first = sample.partition(b"\n")[0].decode(encoding, errors="replace")
        with io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
            yield from _tabbed(text) if first.count("\t") > _TABS else _quoted(text, sample, encoding, path)


def _tabbed(text: io.TextIOWrapper) -> Iterator[Line]:
    for number, line in enumerate(text, 1):
        if line.strip():
            yield number, line.rstrip("\r\n").split("\t")


def _quoted(text: io.TextIOWrapper, sample: bytes, encoding: str, path: Path) -> Iterator[Line]:
    start = sample.decode(encoding, errors="replace")
    reader = csv.reader(text, delimiter=max(",;\t", key=start.count))
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise PlaceFileError(str(path), f"line {reader.line_num} is no CSV ({error})", REMEDY) from error


def _encoding(sample: bytes) -> str:
    """Return the encoding of a text: UTF-8, or that of older Cyrillic tables."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_short = error.reason == "unexpected end of data"
        return _UTF8 if cut_short else "cp1251"
    return _UTF8


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as file:
                yield file
            return
        with ZipFile(path) as archive, archive.open(_member(path, archive)) as member:
            yield io.BufferedReader(cast("io.RawIOBase", member), _SAMPLE)
    except FileNotFoundError as error:
        raise PlaceFileError(str(path), "no such file", "Check the path.") from error
    except (OSError, BadZipFile) as error:
        raise PlaceFileError(str(path), f"cannot be read ({error})", REMEDY) from error


def _member(path: Path, archive: ZipFile) -> str:
    """Return the one table in a zip; what tells about it is none."""
    found = [
        one
        for one in archive.infolist()
        if one.filename.lower().endswith(SUFFIXES) and "readme" not in one.filename.lower()
    ]
    if len(found) != 1:
        told = ", ".join(one.filename for one in found) or "none"
        raise PlaceFileError(str(path), f"holds not one table but these: {told}", "Unpack it and name one.")
    if found[0].file_size > MAX_BYTES:
        raise PlaceFileError(str(path), f"holds {found[0].file_size:,} bytes", REMEDY)
    return found[0].filename
