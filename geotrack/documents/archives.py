"""Zip files of reports: their members, one at a time, within bounds; nothing is written to the disk."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from geotrack.documents.drafts import MEGABYTE, Options, Refused
from geotrack.documents.encodings import printable
from geotrack.documents.rows import too_large
from geotrack.errors import UnreadableDocumentError

# More than an agency's yearly archive; a bomb has millions.
MAX_MEMBERS = 20_000
# All members together, in multiples of what one document may have.
MAX_DOCUMENTS = 200
# Of a member's name with its folders; no disk holds longer ones.
MAX_NAME = 1000
_NAME_SHOWN = 80
_HEADER_BYTES = 30
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_DAMAGE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


def is_archive(path: Path) -> bool:
    """Whether a file is read as a folder of others, by its suffix."""
    return path.suffix.lower() == ".zip"


def archive_of(path: Path) -> Path | None:
    """Return the zip file that a path leads into (`reports.zip/2024/may.pdf`), None where there is none."""
    return next((parent for parent in path.parents if is_archive(parent) and parent.is_file()), None)


def read_members(
    path: Path,
    held: Path | BinaryIO,
    options: Options,
    wanted: Callable[[Path], bool],
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[tuple[Path, bytes] | Refused]:
    """Yield the reports in a zip file, sorted by name: each as a path below the archive's, and its bytes.

    Parameters
    ----------
    path
        The archive's name.
    held
        The archive itself: its file, or its bytes as a stream.
    wanted
        Says of a member whether it is a report; `on_skip` is called with each other file.

    Raises
    ------
    UnreadableDocumentError
        If the archive is damaged, or holds or expands to more than any archive of reports does.
    OSError
        If the file cannot be read.
    """
    try:
        with ZipFile(held) as archive:
            _check(path, archive, options)
            nested = _overlapping(archive)
            for member in sorted(archive.infolist(), key=lambda one: one.filename):
                inside = _inside(path, member)
                if member.is_dir() or _is_hidden(inside, path):
                    continue
                if not wanted(inside):
                    if on_skip:
                        on_skip(inside)
                    continue
                problem = _problem(member, overlaps=member.header_offset in nested)
                yield _refused(inside, problem) if problem else _read(archive, member, inside, options)
    except _DAMAGE as error:
        raise UnreadableDocumentError(
            str(path), "this zip file is damaged", "Make it anew, or unpack it and name the folder."
        ) from error


def _check(path: Path, archive: ZipFile, options: Options) -> None:
    count, limit = len(archive.infolist()), MAX_DOCUMENTS * options.max_bytes
    if count > MAX_MEMBERS:
        problem = f"it holds {count} files, over the limit of {MAX_MEMBERS}"
    elif sum(member.file_size for member in archive.infolist()) > limit:
        problem = f"it expands to over {limit // MEGABYTE} MB"
    else:
        return
    raise UnreadableDocumentError(str(path), problem, "Unpack it and name the folder.")


def _inside(path: Path, member: ZipInfo) -> Path:
    """Return a member's path below the archive's; a name can lead nowhere else."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return path.joinpath(*(part for part in parts if part not in ("/", "..")))


def _is_hidden(inside: Path, path: Path) -> bool:
    """Whether a member is a system's own: dot files and what macOS adds."""
    return any(part.startswith((".", "__MACOSX")) for part in inside.relative_to(path).parts)


def _overlapping(archive: ZipFile) -> set[int]:
    """Return where members begin whose bytes lie in another's: so a small file holds one text many times."""
    found, end = set(), 0
    for member in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if member.header_offset < end:
            found.add(member.header_offset)
        name = len(member.orig_filename.encode("utf-8", "replace"))
        end = max(end, member.header_offset + _HEADER_BYTES + name + member.compress_size)
    return found


def _problem(member: ZipInfo, *, overlaps: bool) -> str | None:
    """Return why a member is not to be opened, None where it is."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.flag_bits & _ENCRYPTED:
        return "this file in the archive has a password"
    if overlaps:
        return "this file in the archive lies in another one"
    if kind not in (0, stat.S_IFREG):
        return "this is a link in the archive, and no file"
    if len(member.filename) > MAX_NAME:
        return f"its name has {len(member.filename)} characters"
    if printable(member.filename) != member.filename:
        return "its name holds characters that cannot be seen"
    return None


def _refused(inside: Path, problem: str) -> Refused:
    """Return the refusal of a member, under a name that can be shown."""
    name = printable(str(inside))
    shown = name if len(name) <= MAX_NAME else f"{name[:_NAME_SHOWN]}…{name[-_NAME_SHOWN:]}"
    return Refused(shown, UnreadableDocumentError(shown, problem, "Unpack it and name the folder."))


def _read(archive: ZipFile, member: ZipInfo, inside: Path, options: Options) -> tuple[Path, bytes] | Refused:
    if member.file_size > options.max_bytes:
        return Refused(str(inside), too_large(str(inside), member.file_size, options.max_bytes))
    held = BytesIO()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                held.write(chunk)
    except _DAMAGE as error:
        problem, remedy = f"it is damaged in the archive ({error})", "Make the archive anew."
        return Refused(str(inside), UnreadableDocumentError(str(inside), problem, remedy))
    return inside, held.getvalue()
