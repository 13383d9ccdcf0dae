"""Paths to documents, one at a time; what cannot be read is refused and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
from geotrack.documents.rows import read_rows, too_large
from geotrack.documents.texts import read_markdown, read_plain
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document


def read_paths(
    paths: Iterable[str | Path],
    options: Options | None = None,
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[Document | Refused]:
    """Yield the document of each file, row or web address, or its refusal; nothing is read ahead.

    Arguments come in their order, the files of a folder sorted. `on_skip` is called with each file
    of a folder that is no report. A file's modification time is never a publication date.
    """
    for path in paths:
        if is_address(path):
            from geotrack.documents.addresses import read_address

            yield from read_address(str(path), options)
            continue
        for found in find_files([path], on_skip):
            if isinstance(found, Refused):
                yield found
            else:
                yield from read_file(found, options, on_skip)


def read_file(
    path: Path, options: Options | None = None, on_skip: Callable[[Path], None] | None = None
) -> Iterator[Document | Refused]:
    """Yield what one file holds: a document, many (JSON Lines, zip), or a refusal. Bad input raises nothing.

    A path may lead into a zip file: `reports.zip/2024/may.pdf`.
    """
    options = options or Options()
    if is_misnamed(path):
        yield misnamed(path)
        return
    try:
        archive = None if path.exists() else archive_of(path)
        if archive is not None:
            yield from _archived(archive, archive, options, lambda inside: inside == path)
        elif not path.exists():
            yield missing(path)
        elif _checked(path) and is_archive(path):
            yield from _archived(path, path, options, is_report, on_skip)
        elif path.suffix.lower() == ".jsonl":
            with path.open("rb") as stream:
                yield from _rows(path, stream, options)
        else:
            yield finish(_draft(path, options), path, options)
    except UnreadableDocumentError as error:
        yield Refused(str(path), error)
    except OSError as error:
        yield Refused(str(path), _unopened(path, error))


def read_bytes(path: Path, data: bytes, options: Options | None = None) -> Iterator[Document | Refused]:
    """Yield what a file's bytes hold, as `read_file` does; `path` names its kind, and it in refusals."""
    options = options or Options()
    try:
        if data and is_archive(path):
            yield from _archived(path, BytesIO(data), options, is_report)
        else:
            yield from _unpacked(path, data, options)
    except UnreadableDocumentError as error:
        yield Refused(str(path), error)


def _unpacked(path: Path, data: bytes, options: Options) -> Iterator[Document | Refused]:
    """Yield what the bytes of a file that is no archive hold."""
    if not data:
        raise _empty(path)
    if len(data) > options.max_bytes and path.suffix.lower() != ".jsonl":
        raise too_large(str(path), len(data), options.max_bytes)
    if is_archive(path):
        problem, remedy = "this is an archive in an archive", "Unpack it and name the folder."
        raise UnreadableDocumentError(str(path), problem, remedy)
    if path.suffix.lower() == ".jsonl":
        yield from _rows(path, BytesIO(data), options)
    elif path.suffix.lower() in SUFFIXES:
        yield finish(_reader(path.suffix.lower())(path, data), path, options)
    else:
        yield other_kind(path)


def _archived(
    archive: Path,
    held: Path | BinaryIO,
    options: Options,
    wanted: Callable[[Path], bool],
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[Document | Refused]:
    nothing = True
    for member in read_members(archive, held, options, wanted, on_skip):
        nothing = False
        if isinstance(member, Refused):
            yield member
        else:
            yield from _member(*member, options)
    if nothing:
        problem, remedy = "there is no such report in this archive", f"Put {KINDS} files in it."
        raise UnreadableDocumentError(str(archive), problem, remedy)


def _member(inside: Path, data: bytes, options: Options) -> Iterator[Document | Refused]:
    try:
        yield from _unpacked(inside, data, options)
    except UnreadableDocumentError as error:
        yield Refused(str(inside), error)


def _rows(path: Path, stream: BinaryIO, options: Options) -> Iterator[Document | Refused]:
    nothing = True
    for row in read_rows(path, stream, options):
        nothing = False
        yield row
    if nothing:
        raise _empty(path)


def _checked(path: Path) -> bool:
    """Refuse what is no regular file, or empty."""
    if not path.is_file():
        raise UnreadableDocumentError(str(path), "this is no regular file", "Save the report as a file.")
    if path.stat().st_size == 0:
        raise _empty(path)
    return True


def _draft(path: Path, options: Options) -> Draft:
    size = path.stat().st_size
    if size > options.max_bytes:
        raise too_large(str(path), size, options.max_bytes)
    return _reader(path.suffix.lower())(path, path.read_bytes())


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
