"""Files and folders given by the user to the files that hold reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geotrack.documents.drafts import Refused
from geotrack.documents.encodings import printable
from geotrack.errors import UnreadableDocumentError

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".jsonl", ".zip")
KINDS = "txt, md, html, pdf, docx or jsonl"


def find_files(
    paths: Iterable[str | Path], on_skip: Callable[[Path], None] | None = None
) -> Iterator[Path | Refused]:
    """Yield the files to read: arguments in their order, folders recursively and sorted by name.

    In folders, hidden files, files of other kinds and those named README are no reports; `on_skip` is
    called with each (but hidden ones). Named as an argument, a file of another kind is refused.
    """
    for path in map(Path, paths):
        # os.path answers False where pathlib raises: names too long, folders that may not be entered.
        if os.path.isdir(path):  # noqa: PTH112 - see above
            yield from _in_folder(path, on_skip)
        else:
            readable = path.suffix.lower() in SUFFIXES or not os.path.isfile(path)  # noqa: PTH113 - see above
            yield path if readable else other_kind(path)


def _in_folder(folder: Path, on_skip: Callable[[Path], None] | None) -> Iterator[Path | Refused]:
    empty = True
    for entry in _walk(folder):
        if isinstance(entry, Path) and not is_report(entry):
            if on_skip:
                on_skip(entry)
            continue
        empty = False
        yield entry
    if empty:
        refusal = _refusal(folder, "there is no report in this folder", f"Put {KINDS} files in it.")
        yield replace(refusal, lasting=False)


def _walk(folder: Path) -> Iterator[Path | Refused]:
    """Yield the files of a folder, then of its subfolders; refuse a folder that cannot be listed."""
    failures: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))
        yield from _unlistable(failures)
    yield from _unlistable(failures)


def _unlistable(failures: list[OSError]) -> Iterator[Refused]:
    while failures:
        failure = failures.pop(0)
        path = Path(str(failure.filename))
        yield _refusal(path, "this folder cannot be listed", f"Grant permission: chmod u+rx {path}")


def is_report(path: Path) -> bool:
    """Whether a file found in a folder is to be read: of a known kind, and not named README."""
    return path.suffix.lower() in SUFFIXES and path.stem.casefold() != "readme"


def is_address(path: object) -> bool:
    """Whether what a user named is on the web and no file."""
    return isinstance(path, str) and path.casefold().startswith(("http://", "https://"))


def missing(path: Path) -> Refused:
    """Return the refusal of a file that is not there."""
    refusal = _refusal(path, "there is no such file or folder", "Check the spelling of the path.")
    return replace(refusal, lasting=False)


def misnamed(path: Path) -> Refused:
    """Return the refusal of a file whose name is in another encoding than the system's."""
    shown = Path(printable(str(path)))
    return _refusal(shown, "its name is not in UTF-8", "Rename it, and add it again.")


def is_misnamed(path: Path) -> bool:
    """Whether a name holds bytes that are no characters, which no database keeps."""
    return any("\ud800" <= one <= "\udfff" for one in str(path))


def other_kind(path: Path) -> Refused:
    """Return the refusal of a file of a kind that is not read."""
    kind = (
        f"files of the kind {path.suffix} are not read"
        if path.suffix
        else "the file has no suffix that says its kind"
    )
    return _refusal(path, kind, f"Save it as {KINDS}.")


def _refusal(path: Path, problem: str, remedy: str) -> Refused:
    return Refused(str(path), UnreadableDocumentError(str(path), problem, remedy))
