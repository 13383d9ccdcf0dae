"""Read boundary layers, and say whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import fiona
import geopandas as gpd
from fiona.errors import FionaError

from geotrack.config import Settings
from geotrack.errors import BoundaryError, OutputError

LayerLevel = Literal["country", "adm1", "adm2"]
LAYER_LEVELS: tuple[LayerLevel, ...] = get_args(LayerLevel)
COLUMNS = ["name", "approximate", "source", "area_km2", "geometry"]


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """Whose boundaries a layer holds.

    `imported_on` is an ISO date, None for a shipped layer; `approximate` counts the units whose
    borders are approximate; `source` names each origin once, separated by semicolons.
    """

    adm0: str
    level: LayerLevel
    path: Path
    units: int
    approximate: int
    source: str
    licence: str = ""
    imported_on: str | None = None
    file: str = ""

    @property
    def imported(self) -> bool:
        """Whether the user imported this layer over the shipped one."""
        return self.imported_on is not None


def imported_path(settings: Settings, adm0: str, level: LayerLevel) -> Path:
    """Return where an imported layer is kept, whether or not there is one."""
    return settings.user_folder / "boundaries" / f"{adm0}-{level}.gpkg"


def shipped_folder(settings: Settings) -> Path:
    """Return the folder of the shipped boundary files."""
    return settings.data_folder / "boundaries"


def find_layer(settings: Settings | Path, adm0: str, level: LayerLevel) -> Path:
    """Return the file that holds a layer: the imported one if there is one, else the shipped one.

    Raises
    ------
    BoundaryError
        If the country has no such layer.
    """
    if isinstance(settings, Path):
        return _shipped_file(settings, adm0, level)
    imported = imported_path(settings, adm0, level)
    return imported if imported.exists() else _shipped_file(shipped_folder(settings), adm0, level)


def _shipped_file(folder: Path, adm0: str, level: LayerLevel) -> Path:
    path = folder / f"{adm0}.gpkg"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.gpkg"))) or "none"
        raise BoundaryError(str(path), f"no boundaries of {adm0}", f"Countries that are there: {known}.")
    levels = _levels_in(path)
    if level not in levels:
        raise BoundaryError(str(path), f"no layer {level!r}", f"Layers that are there: {', '.join(levels)}.")
    return path


def _levels_in(path: Path) -> list[str]:
    try:
        return list(fiona.listlayers(path))
    except FionaError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> BoundaryError:
    remedy = "Put the file back, or forget an imported layer: geotrack boundaries reset."
    return BoundaryError(str(path), f"cannot be read ({error})", remedy)


def layer(settings: Settings | Path, adm0: str, level: LayerLevel) -> gpd.GeoDataFrame:
    """Return the polygons of a country's units at one level.

    Parameters
    ----------
    settings
        Settings (an imported layer wins over the shipped one), or a folder of `XX.gpkg` files.
    adm0
        The country's place id, as `AZ`.
    level
        `country`, `adm1` or `adm2`.

    Returns
    -------
    units
        Indexed by `place_id`, sorted; columns `name`, `approximate` (bool), `source`, `area_km2`,
        `geometry` (EPSG:4326).

    Raises
    ------
    BoundaryError
        If the country has no such layer, or its file cannot be read.
    """
    path = find_layer(settings, adm0, level)
    try:
        units = gpd.read_file(path, layer=level)
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreadable(path, error) from error
    units["approximate"] = units["approximate"].astype(bool)
    return units.set_index("place_id").sort_index()[COLUMNS]


def about(settings: Settings | Path, adm0: str, level: LayerLevel) -> LayerInfo:
    """Say whose boundaries a layer holds, without reading its polygons."""
    path = find_layer(settings, adm0, level)
    try:
        with fiona.open(path, layer=level, ignore_geometry=True) as rows:
            tags = rows.tags()
            properties = [row.properties for row in rows]
    except FionaError as error:
        raise _unreadable(path, error) from error
    return LayerInfo(
        adm0=adm0,
        level=level,
        path=path,
        units=len(properties),
        approximate=sum(bool(row["approximate"]) for row in properties),
        source="; ".join(sorted({row["source"] for row in properties if row["source"]})),
        licence=tags.get("licence", ""),
        imported_on=tags.get("imported_on"),
        file=tags.get("file", ""),
    )


def list_layers(settings: Settings) -> list[LayerInfo]:
    """Return every layer that can be drawn, by country and level."""
    return [about(settings, adm0, level) for adm0, level in sorted(_known_layers(settings))]


def _known_layers(settings: Settings) -> set[tuple[str, LayerLevel]]:
    return {*_shipped_layers(settings), *_imported_layers(settings)}


def _shipped_layers(settings: Settings) -> Iterator[tuple[str, LayerLevel]]:
    for path in shipped_folder(settings).glob("*.gpkg"):
        levels = _levels_in(path)
        yield from ((path.stem, level) for level in LAYER_LEVELS if level in levels)


def _imported_layers(settings: Settings) -> Iterator[tuple[str, LayerLevel]]:
    for level in LAYER_LEVELS:
        for path in (settings.user_folder / "boundaries").glob(f"??-{level}.gpkg"):
            yield path.stem.removesuffix(f"-{level}"), level


def reset(settings: Settings, adm0: str, level: LayerLevel) -> bool:
    """Forget an imported layer, so that the shipped one is drawn again; False if there was none."""
    path = imported_path(settings, adm0, level)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(
            str(path), f"cannot be removed ({error})", "Check the folder's permissions."
        ) from error
    return True
