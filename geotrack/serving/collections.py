"""What is served: each layer and table of an export as a collection of GeoJSON features."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geotrack.export.geojson import feature, polygons
from geotrack.export.rows import Kind, Row
from geotrack.export.tables import Layer
from geotrack.serving.queries import Query

_IDS = ("figure_id", "incident_id", "claim_id", "place_id")
_FIRST, _LAST = "reference_period_start", "reference_period_end"
_TOTALS = "totals_"
_TITLES = {
    "figures": "Figures, each with its sentence and source",
    "incidents": "Incidents; a point only where a settlement is told",
    "claims": "Claims of the years ahead",
}


@dataclass(frozen=True)
class Collection:
    """Features in a fixed order; `fields` are their properties, by which they can be filtered."""

    name: str
    fields: Mapping[str, Kind]
    features: tuple[dict[str, Any], ...]
    periods: tuple[tuple[dt.date | None, dt.date | None], ...]

    @property
    def title(self) -> str:
        """The collection in a few words."""
        kind, _, units = self.name.partition("districts_")
        if not units:
            return _TITLES[self.name]
        adm0, level = units.split("_")
        return f"{'Totals, one a row' if kind else 'Units with their totals'}: {adm0}, {level}"

    @property
    def has_shapes(self) -> bool:
        """Whether a feature has a geometry."""
        return bool(self._shaped.any())

    @property
    def bounds(self) -> list[float]:
        """West, south, east, north of all features; the world without any."""
        if not self.has_shapes:
            return [-180.0, -90.0, 180.0, 90.0]
        return [round(float(one), 5) for one in shapely.total_bounds(self._shapes[self._shaped])]

    @cached_property
    def _shapes(self) -> np.ndarray[Any, Any]:
        told = (one["geometry"] for one in self.features)
        return np.array([one and shapely.geometry.shape(one) for one in told], dtype="object")

    @cached_property
    def _shaped(self) -> np.ndarray[Any, Any]:
        return np.array([one is not None for one in self._shapes], dtype="bool")

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """Features by their id."""
        return {one["id"]: one for one in self.features}

    def found(self, query: Query) -> list[dict[str, Any]]:
        """Return the features that a query asks for, all pages of them, in their order."""
        return [self.features[at] for at in self._matches(query)]

    def _matches(self, query: Query) -> Iterator[int]:
        inside = self._inside(query)
        for at, one in enumerate(self.features):
            told = one["properties"]
            if (
                (inside is None or inside[at])
                and query.window.misfit(*self.periods[at]) != "outside"
                and all(_holds(told[name], value) for name, value in query.properties.items())
            ):
                yield at

    def _inside(self, query: Query) -> np.ndarray[Any, Any] | None:
        """Tell which features touch one of the boxes; those without a shape touch none."""
        if not query.boxes:
            return None
        boxes = shapely.union_all([shapely.box(*one) for one in query.boxes])
        touched: np.ndarray[Any, Any] = shapely.intersects(self._shapes, boxes)
        return touched


def _holds(value: object, asked: str) -> bool:
    """Tell whether a property is what a filter asks; a list holds each of its parts."""
    if isinstance(value, list):
        return asked in value
    if isinstance(value, bool):
        return asked == str(value).lower()
    if isinstance(value, int | float):
        try:
            return value == float(asked)
        except ValueError:
            return False
    return value is not None and str(value) == asked


def collections_of(layers: Iterable[Layer]) -> dict[str, Collection]:
    """Return every layer and table, by name."""
    return {layer.name: _collection(layer) for layer in layers}


def _collection(layer: Layer) -> Collection:
    shapes: list[Any] = list(layer.geometries) or [None] * len(layer.rows)
    if layer.geometry == "MultiPolygon":
        shapes = polygons(shapely.geometry.shape(dict(one)) for one in layer.geometries if one)
    rows = [{name: row.get(name) for name in layer.fields} for row in layer.rows]
    features = [feature(_id(layer, row), shape, row) for row, shape in zip(rows, shapes, strict=True)]
    periods = [(row.get(_FIRST), row.get(_LAST)) for row in rows]
    return Collection(layer.name, layer.fields, tuple(features), tuple(periods))


def _id(layer: Layer, row: Row) -> str:
    name = str(next(row[one] for one in _IDS if one in row))
    return f"{name}.{row['measure']}" if layer.name.startswith(_TOTALS) else name
