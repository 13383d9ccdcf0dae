"""Whether an installation works: each part is used once, and what is wrong is told with the way out."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from geotrack.config import Settings
from geotrack.errors import GeotrackError, StoreError
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, retold

State = Literal["ok", "note", "wrong"]
NEWEST_OLD_PYTHON = (3, 10)
LEAST_FREE_BYTES = 500_000_000
SENTENCE = "In May 2024, 12 anti-tank mines were found in Aghdam district."
"""What is read once; it states one figure."""
WRITTEN = ("GeoJSON", "GPKG")
"""The drivers of GDAL that exports are written with."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one part: `note` is no fault, `wrong` has a `remedy`."""

    part: str
    state: State
    told: str
    remedy: str = ""


def diagnose(settings: Settings) -> Iterator[Diagnosis]:
    """Yield what is found of each part, as it is tried; nothing is written."""
    for part, check in _PARTS.items():
        try:
            state, told, remedy = check(settings)
        except GeotrackError as error:
            state, told, remedy = "wrong", retold(str(error)), ""
        except ImportError as error:
            state, told, remedy = "wrong", str(error), _("Install geotrack anew: make install")
        yield Diagnosis(_(part), state, told, remedy)


Found = tuple[State, str, str]


def _python(_settings: Settings) -> Found:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] <= NEWEST_OLD_PYTHON:
        return "wrong", version, _("Install Python 3.11 or newer.")
    return "ok", version, ""


def _packages(_settings: Settings) -> Found:
    missing: dict[str, list[str]] = {}
    for requirement in metadata.requires("geotrack") or []:
        name = re.match(r"[\w.-]+", requirement)
        extra = re.search(r"extra == ['\"](\w+)['\"]", requirement)
        if name and not _is_installed(name[0]):
            missing.setdefault(extra[1] if extra else "", []).append(name[0])
    version = metadata.version("geotrack")
    if "" in missing:
        told = _("geotrack {version}, without {names}").format(version=version, names=", ".join(missing[""]))
        return "wrong", told, _("Install geotrack anew: make install")
    if missing:
        told = _("geotrack {version}, without the extras {names}").format(
            version=version, names=", ".join(sorted(missing))
        )
        return "note", told, f"pip install 'geotrack[{','.join(sorted(missing))}]'"
    return "ok", f"geotrack {version}", ""


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _reading(settings: Settings) -> Found:
    from geotrack.extraction import Reader
    from geotrack.gazetteer import Gazetteer
    from geotrack.models import Document

    gazetteer = Gazetteer.of(settings)
    figures = Reader(gazetteer).read(Document(SENTENCE)).figures
    packs = ", ".join(one.id for one in gazetteer.countries() if gazetteer.units(one.id, "adm1"))
    if [(one.value, [place.id for place in one.places]) for one in figures] != [(12, ["AZ-AGM"])]:
        return "wrong", _("a sentence is not read as it should be"), _("Install geotrack anew: make install")
    return "ok", _("countries with districts: {packs}").format(packs=packs), ""


def _boundaries(settings: Settings) -> Found:
    from geotrack.boundaries import layer, list_layers

    layers = list_layers(settings)
    units = sum(len(layer(settings, one.adm0, one.level)) for one in layers)
    told = _("{units} units in {layers} layers").format(units=number(units), layers=len(layers))
    return "ok", told, ""


def _files(_settings: Settings) -> Found:
    import fiona
    from pyproj import Transformer

    Transformer.from_crs("EPSG:4326", "EPSG:32638", always_xy=True).transform(46.9, 40.0, errcheck=True)
    lacking = [name for name in WRITTEN if "w" not in fiona.supported_drivers.get(name, "")]
    told = f"GDAL {fiona.__gdal_version__}"
    if lacking:
        told = _("{version} cannot write {names}").format(version=told, names=", ".join(lacking))
        return "wrong", told, "pip install --force-reinstall fiona"
    return "ok", told, ""


def _search(_settings: Settings) -> Found:
    told = f"SQLite {sqlite3.sqlite_version}"
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE one USING fts5(words)")
    except sqlite3.OperationalError:
        told = _("{version} was built without full-text search").format(version=told)
        return "wrong", told, _("Use another build of Python, or PostgreSQL.")
    return "ok", told, ""


def _database(settings: Settings) -> Found:
    from geotrack.store import Store
    from geotrack.store.status import status

    if "://" not in settings.database and not Path(settings.database).exists():
        return "note", _("there is none yet: {file}").format(file=settings.database), "geotrack ingest seeds"
    found = status(settings.database)
    if found.pending:
        return "wrong", _("its schema is older: {file}").format(file=found.database), "geotrack db migrate"
    with Store.open(settings.database, create=False, read_only=True) as store:
        problems = store.problems()
    if problems:
        raise StoreError(found.database, problems[0], "Restore a backup: geotrack db restore.")
    told = _("{documents} documents in {file}").format(
        documents=number(found.rows.get("documents", 0)), file=found.database
    )
    return "ok", told, ""


def _space(settings: Settings) -> Found:
    folder = settings.user_folder if "://" in settings.database else Path(settings.database).absolute().parent
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    told = _("{size} GB free in {folder}").format(size=number(free / 1e9, 1), folder=there)
    if free < LEAST_FREE_BYTES:
        return "wrong", told, _("Free some space, or name a database elsewhere with --db.")
    return "ok", told, ""


def _screen(_settings: Settings) -> Found:
    encoding = sys.stdout.encoding or ""
    if encoding.lower().replace("-", "") != "utf8":
        told = _("{encoding}: names may be shown as signs").format(encoding=encoding or "?")
        return "note", told, _("Set PYTHONUTF8=1.")
    return "ok", encoding, ""


_PARTS: dict[str, Callable[[Settings], Found]] = {
    n_("Python version"): _python,
    n_("packages"): _packages,
    n_("reading"): _reading,
    n_("boundaries"): _boundaries,
    n_("files for maps"): _files,
    n_("search"): _search,
    n_("database"): _database,
    n_("free space"): _space,
    n_("screen"): _screen,
}
