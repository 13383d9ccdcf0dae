"""What any process can parse on its own: one file's bytes, or some rows of JSON Lines, with their name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from geotrack.documents.archives import archive_of, is_archive, read_members
from geotrack.documents.drafts import Draft, Options, Refused, finish
from geotrack.documents.paths import (
    KINDS,
    SUFFIXES,
    find_files,
    is_address,
    is_misnamed,
    is_report,
    misnamed,
    missing,
    other_kind,
)
from geotrack.documents.rows import Row, read_row, split_rows, too_large
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document


@dataclass(frozen=True, slots=True)
class Parsed:
    """What needs no parsing any more: a refusal, or a document from the web."""

    items: tuple[Document | Refused, ...]

    def parse(self) -> Iterator[Document | Refused]:
        """Yield the items."""
        yield from self.items


@dataclass(frozen=True, slots=True)
class FilePiece:
    """The bytes of a file that holds one report."""

    path: Path
    data: bytes
    options: Options

    def parse(self) -> Iterator[Document | Refused]:
        """Yield the report, or its refusal."""
        try:
            yield finish(_reader(self.path.suffix.lower())(self.path, self.data), self.path, self.options)
        except UnreadableDocumentError as error:
            yield Refused(str(self.path), error)


@dataclass(frozen=True, slots=True)
class RowsPiece:
    """Some lines of a JSON Lines file with their numbers."""

    path: Path
    rows: tuple[Row, ...]
    options: Options

    def parse(self) -> Iterator[Document | Refused]:
        """Yield the report of each line, or its refusal."""
        for row in self.rows:
            yield read_row(self.path, row, self.options)


Piece = Parsed | FilePiece | RowsPiece
"""A part of what is to be read. It holds all that `parse` needs, can be pickled, and raises nothing."""


def pieces_of_paths(
    paths: Iterable[str | Path], options: Options, on_skip: Callable[[Path], None] | None = None
) -> Iterator[Piece]:
    """Yield the pieces of files, folders and web addresses in their order, as they are asked for."""
    for path in paths:
        if is_address(path):
            from geotrack.documents.addresses import read_address

            yield from (Parsed((item,)) for item in read_address(str(path), options))
            continue
        for found in find_files([path], on_skip):
            if isinstance(found, Refused):
                yield Parsed((found,))
            else:
                yield from pieces_of_file(found, options, on_skip)


def pieces_of_file(
    path: Path, options: Options, on_skip: Callable[[Path], None] | None = None
) -> Iterator[Piece]:
    """Yield the pieces of one file, which may lie in a zip file: `reports.zip/2024/may.pdf`."""
    if is_misnamed(path):
        yield Parsed((misnamed(path),))
        return
    try:
        archive = None if path.exists() else archive_of(path)
        if archive is not None:
            yield from _of_archive(archive, archive, options, lambda inside: inside == path)
        elif not path.exists():
            yield Parsed((missing(path),))
        elif _checked(path) and is_archive(path):
            yield from _of_archive(path, path, options, is_report, on_skip)
        elif path.suffix.lower() == ".jsonl":
            with path.open("rb") as stream:
                yield from _of_rows(path, stream, options)
        else:
            _check_size(path, path.stat().st_size, options)
            yield FilePiece(path, path.read_bytes(), options)
    except UnreadableDocumentError as error:
        yield Parsed((Refused(str(path), error),))
    except OSError as error:
        yield Parsed((Refused(str(path), _unopened(path, error)),))


def pieces_of_bytes(path: Path, data: bytes, options: Options) -> Iterator[Piece]:
    """Yield the pieces of what is no file yet; `path` names its kind, and it in refusals."""
    try:
        if data and is_archive(path):
            yield from _of_archive(path, BytesIO(data), options, is_report)
        else:
            yield from _unpacked(path, data, options)
    except UnreadableDocumentError as error:
        yield Parsed((Refused(str(path), error),))


def _unpacked(path: Path, data: bytes, options: Options) -> Iterator[Piece]:
    """Yield the pieces of the bytes of a file that is no archive."""
    if not data:
        raise _empty(path)
    if is_archive(path):
        problem, remedy = "this is an archive in an archive", "Unpack it and name the folder."
        raise UnreadableDocumentError(str(path), problem, remedy)
    if path.suffix.lower() == ".jsonl":
        yield from _of_rows(path, BytesIO(data), options)
        return
    _check_size(path, len(data), options)
    if path.suffix.lower() in SUFFIXES:
        yield FilePiece(path, data, options)
    else:
        yield Parsed((other_kind(path),))


def _of_archive(
    archive: Path,
    held: Path | BinaryIO,
    options: Options,
    wanted: Callable[[Path], bool],
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[Piece]:
    nothing = True
    for member in read_members(archive, held, options, wanted, on_skip):
        nothing = False
        if isinstance(member, Refused):
            yield Parsed((member,))
        else:
            yield from _of_member(*member, options)
    if nothing:
        problem, remedy = "there is no such report in this archive", f"Put {KINDS} files in it."
        raise UnreadableDocumentError(str(archive), problem, remedy)


def _of_member(inside: Path, data: bytes, options: Options) -> Iterator[Piece]:
    try:
        yield from _unpacked(inside, data, options)
    except UnreadableDocumentError as error:
        yield Parsed((Refused(str(inside), error),))


def _of_rows(path: Path, stream: BinaryIO, options: Options) -> Iterator[Piece]:
    nothing = True
    for rows in split_rows(stream, options.max_bytes):
        nothing = False
        yield RowsPiece(path, rows, options)
    if nothing:
        raise _empty(path)


def _checked(path: Path) -> bool:
    """Refuse what is no regular file, or empty."""
    if not path.is_file():
        raise UnreadableDocumentError(str(path), "this is no regular file", "Save the report as a file.")
    if path.stat().st_size == 0:
        raise _empty(path)
    return True


def _check_size(path: Path, size: int, options: Options) -> None:
    if size > options.max_bytes:
        raise too_large(str(path), size, options.max_bytes)


def _reader(suffix: str) -> Callable[[Path, bytes], Draft]:
    """Return the reader of a kind of file; the ones with heavy libraries are imported when first needed."""
    if suffix in (".html", ".htm"):
        from geotrack.documents.webpages import read_webpage

        return read_webpage
    if suffix == ".docx":
        from geotrack.documents.wordfiles import read_word

        return read_word
    if suffix == ".pdf":
        from geotrack.documents.pdfs import read_pdf

        return read_pdf
    from geotrack.documents.texts import read_markdown, read_plain

    return read_plain if suffix == ".txt" else read_markdown


def _empty(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        str(path), "the file is empty", "Put the report's text in it, or remove it."
    )


def _unopened(path: Path, error: OSError) -> UnreadableDocumentError:
    if isinstance(error, PermissionError):
        return UnreadableDocumentError(str(path), "no permission to read it", f"Grant it: chmod u+r {path}")
    return UnreadableDocumentError(
        str(path), f"it cannot be read ({error.strerror or error})", "Check the file and its disk."
    )
