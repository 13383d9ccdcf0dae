"""Places and names that the user imported beside a shipped pack: a file for each country and kind of source.

The file is a zip of `places.csv` and `names.csv`, as a pack has them, and `about.json`. A place that the pack
has, too, stands there for what it lacked: its point, its population.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from geotrack.config import Settings
from geotrack.errors import OutputError
from geotrack.gazetteer.packs import NAME_COLUMNS, PLACE_COLUMNS, Pack, PackError, Row, parse_rows

REMEDY = "Forget it, and import it again: geotrack places reset"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported for a country from one kind of source (`layout`: `geonames`, `katottg`).

    `places` counts the places that no pack has, `names` the names; `words` are the folded names among them
    that are ordinary words, too: such a name needs a place word beside it.
    """

    adm0: str
    layout: str
    file: str
    imported_on: str
    places: int
    names: int
    source: str = ""
    licence: str = ""
    words: tuple[str, ...] = ()


def imported_folder(settings: Settings) -> Path:
    """Return where imported places and names are kept, whether or not there are any."""
    return settings.user_folder / "gazetteer"


def imported_path(settings: Settings, adm0: str, layout: str) -> Path:
    """Return the file that holds what was imported for a country from one kind of source."""
    return imported_folder(settings) / f"{adm0}-{layout}.zip"


def imported_files(folder: Path, adm0: str = "??") -> list[Path]:
    """Return what was imported, of one country or all, in the order in which it is read."""
    return sorted(folder.glob(f"{adm0}-*.zip"))


def about_import(path: Path) -> Imported:
    """Say what one of these files holds.

    Raises
    ------
    PackError
        If it cannot be read.
    """
    with _opened(path) as archive:
        about = json.loads(archive.read("about.json"))
    return Imported(**{**about, "words": tuple(about["words"])})


def list_imports(settings: Settings) -> list[Imported]:
    """Return everything that was imported, by country and kind of source."""
    return [about_import(path) for path in imported_files(imported_folder(settings))]


def stamps(folder: Path) -> tuple[tuple[str, int], ...]:
    """Return what changes when something is imported or forgotten."""
    return tuple((path.name, path.stat().st_mtime_ns) for path in imported_files(folder))


def with_imports(pack: Pack, files: Sequence[Path]) -> Pack:
    """Return a pack with what was imported beside it."""
    for path in files:
        pack = _with_import(pack, path)
    return pack


def _with_import(pack: Pack, path: Path) -> Pack:
    cells: dict[str, str] = {}
    with _opened(path) as archive:
        places = _rows(archive, path, "places.csv", PLACE_COLUMNS, cells)
        names = _rows(archive, path, "names.csv", NAME_COLUMNS, cells)
        words = json.loads(archive.read("about.json"))["words"]
        checksum = zlib.crc32(repr(_checksums(archive)).encode(), pack.checksum)
    by_id = {row[0]: row for row in pack.places} | {row[0]: row for row in places}
    return replace(
        pack,
        places=list(by_id.values()),
        names=pack.names + names,
        words=pack.words.union(words),
        checksum=checksum,
    )


def _rows(
    archive: ZipFile, path: Path, name: str, columns: tuple[str, ...], cells: dict[str, str]
) -> list[Row]:
    with io.TextIOWrapper(archive.open(name), encoding="utf-8", newline="") as lines:
        return parse_rows(lines, columns, path, cells)


def _checksums(archive: ZipFile) -> list[int]:
    """Return the checksums of what the reader sees: not those of the day of the import."""
    return [archive.getinfo(name).CRC for name in ("places.csv", "names.csv")]


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as archive:
            yield archive
    except (OSError, BadZipFile, KeyError, ValueError, zlib.error) as error:
        raise PackError(path, f"cannot be read ({error})", REMEDY) from error


def write_import(path: Path, about: Imported, places: Sequence[Row], names: Sequence[Row]) -> bool:
    """Put an import in the place of the one before; False if that held the same.

    Raises
    ------
    OutputError
        If the user's folder cannot be written.
    """
    tables = {
        "places.csv": _table(PLACE_COLUMNS, places),
        "names.csv": _table(NAME_COLUMNS, names),
    }
    if path.exists() and _tables_in(path) == tables:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".import-") as folder:
            draft = Path(folder) / path.name
            with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
                archive.writestr("about.json", json.dumps(asdict(about), ensure_ascii=False))
                for name, table in tables.items():
                    archive.writestr(name, table)
            os.replace(draft, path)  # noqa: PTH105 - the name says that it is atomic
    except OSError as error:
        remedy = "Check the folder's permissions and the space on the disk."
        raise OutputError(str(path), f"cannot be written ({error})", remedy) from error
    return True


def _table(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return lines.getvalue().encode()


def _tables_in(path: Path) -> dict[str, bytes]:
    """Return the tables of a file, none of one that is damaged: it is to be replaced."""
    try:
        with _opened(path) as archive:
            return {name: archive.read(name) for name in ("places.csv", "names.csv")}
    except PackError:
        return {}


def forget(settings: Settings, adm0: str, layout: str | None = None) -> list[str]:
    """Remove what was imported for a country, of one kind of source or all; return the kinds removed.

    Raises
    ------
    OutputError
        If a file cannot be removed.
    """
    gone = []
    for path in imported_files(imported_folder(settings), adm0):
        kind = path.stem.removeprefix(f"{adm0}-")
        if layout in {None, kind}:
            try:
                path.unlink()
            except OSError as error:
                remedy = "Check the folder's permissions."
                raise OutputError(str(path), f"cannot be removed ({error})", remedy) from error
            gone.append(kind)
    return gone
