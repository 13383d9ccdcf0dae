"""Backups: the whole store as one zip file, a SQLite database and a list of what it holds with checksums."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from geotrack import __version__
from geotrack.errors import OutputError, StoreError
from geotrack.store.copies import Content
from geotrack.store.store import Store

_DATABASE, _ABOUT = "geotrack.db", "about.json"
_PIECE = 1 << 20


def write_backup(store: Store, path: Path) -> dict[str, Content]:
    """Write all that a store holds into a new zip file; return what each table holds.

    The file is whole or not there: it gets its name when it is written.

    Raises
    ------
    OutputError
        If the file is there already or cannot be written.
    """
    if path.exists():
        raise OutputError(str(path), "is there already", "Name a new file.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
            copied = Path(folder) / _DATABASE
            with Store.open(copied) as target:
                held = store.copy_to(target)
            zipped = Path(folder) / path.name
            with ZipFile(zipped, "w", ZIP_DEFLATED) as archive:
                archive.write(copied, _DATABASE)
                archive.writestr(_ABOUT, json.dumps(_about(copied, held), indent=2))
            with zipped.open("rb") as file:
                os.fsync(file.fileno())
            zipped.rename(path)
    except OSError as error:
        raise OutputError(
            str(path), error.strerror or str(error), "Name a file in a folder with room."
        ) from error
    return held


@contextmanager
def opened_backup(path: Path) -> Iterator[Store]:
    """Unpack a backup whose checksum holds, brought up to date, for as long as it is looked at.

    Raises
    ------
    StoreError
        If the file is no backup, or not as it was written.
    """
    with tempfile.TemporaryDirectory(prefix="geotrack-") as folder:
        unpacked = Path(folder) / _DATABASE
        try:
            with ZipFile(path) as archive:
                about = json.loads(archive.read(_ABOUT))
                with archive.open(_DATABASE) as packed, unpacked.open("wb") as file:
                    shutil.copyfileobj(packed, file, _PIECE)
            is_whole = about["sha256"] == _sha256(unpacked)
        except (BadZipFile, KeyError, TypeError, ValueError) as error:
            raise StoreError(
                str(path), "is no whole backup of geotrack", "Name a file that geotrack db backup wrote."
            ) from error
        except OSError as error:
            raise StoreError(str(path), error.strerror or str(error), "Check the path.") from error
        if not is_whole:
            raise StoreError(str(path), "is not as it was written", "Take another copy of this backup.")
        with Store.open(unpacked, create=False) as store:
            yield store


def _about(database: Path, held: dict[str, Content]) -> dict[str, Any]:
    return {
        "geotrack": __version__,
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "sha256": _sha256(database),
        "rows": {name: table.rows for name, table in held.items()},
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
