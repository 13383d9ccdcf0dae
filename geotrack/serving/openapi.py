"""The interface as OpenAPI 3.0, from which clients learn the parameters of each collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geotrack import __version__
from geotrack.serving.collections import Collection
from geotrack.serving.queries import DEFAULT_LIMIT, MOST

_TYPES = {"float": "number", "int": "integer", "bool": "boolean"}
_PAGES = {
    "/": "Where everything is",
    "/conformance": "What this server conforms to",
    "/metadata": "Filters, date, boundaries, licences, caveats",
    "/collections": "The collections",
}


def openapi(collections: Mapping[str, Collection], metadata: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return the description of every address."""
    paths: dict[str, Any] = {path: _get(told, []) for path, told in _PAGES.items()}
    for one in collections.values():
        address = f"/collections/{one.name}"
        paths[address] = _get(one.title, [])
        paths[f"{address}/items"] = _get(one.title, _parameters(one))
        told = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
        paths[f"{address}/items/{{featureId}}"] = _get(f"{one.title}: one of them", [told])
    return {
        "openapi": "3.0.3",
        "info": {
            "title": metadata["title"],
            "description": " ".join(metadata["notices"]),
            "version": __version__,
        },
        "servers": [{"url": base}],
        "paths": paths,
    }


def _get(summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    answers = {"200": {"description": "Found"}, "400": {"description": "Asked for what there is not"}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _parameters(one: Collection) -> list[dict[str, Any]]:
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    told = [
        _parameter("bbox", numbers) | {"style": "form", "explode": False},
        _parameter("datetime", {"type": "string"}),
        _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}),
        _parameter("offset", {"type": "integer", "minimum": 0, "default": 0}),
    ]
    return told + [
        _parameter(name, {"type": _TYPES.get(kind, "string")}) for name, kind in one.fields.items()
    ]


def _parameter(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": dict(schema)}
