"""The lines of a workbook's first sheet."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from geotrack.errors import MissingExtraError, PlaceFileError
from geotrack.toponyms.rows import Line

MAX_BYTES = 500 * 10**6  # unpacked: the codifier of a large country has a twentieth of it


def workbook_lines(path: Path, remedy: str) -> Iterator[Line]:
    """Yield the rows of a workbook's first sheet, but empty ones, with their numbers and cells as text.

    Raises
    ------
    PlaceFileError
        If it is no workbook, or unpacks to more than one has.
    MissingExtraError
        If what reads workbooks is not installed.
    """
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ModuleNotFoundError as error:
        raise MissingExtraError("An Excel file", "office") from error
    try:
        with ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if unpacked > MAX_BYTES:
            raise PlaceFileError(str(path), f"holds {unpacked:,} bytes", remedy)
        with warnings.catch_warnings(action="ignore"):  # of styles that it lacks
            opened = load_workbook(path, read_only=True, data_only=True)
        with closing(opened) as book:
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                if any(cell is not None for cell in cells):
                    yield number, ["" if cell is None else str(cell).strip() for cell in cells]
    except (
        OSError,
        BadZipFile,
        InvalidFileException,
        ParseError,
        LookupError,
        ValueError,
        zlib.error,
    ) as error:
        raise PlaceFileError(str(path), f"cannot be read ({error})", remedy) from error
