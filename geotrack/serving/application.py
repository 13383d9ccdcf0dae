"""The addresses of OGC API - Features, Part 1: Core, for reading alone (OGC 17-069r4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geotrack.errors import GeotrackError, UsageError
from geotrack.export.metadata import NOT_FOR
from geotrack.serving.collections import Collection
from geotrack.serving.library import Shelf
from geotrack.serving.openapi import openapi
from geotrack.serving.queries import Query, query_of

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "oas30", "geojson")
]
GEOJSON, OPENAPI = "application/geo+json", "application/vnd.oai.openapi+json;version=3.0"
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
_BAD, _BROKEN = 400, 500


class _Json(JSONResponse):
    """JSON that no browser takes for anything else."""

    def __init__(self, content: object, media_type: str = "application/json", status_code: int = 200) -> None:
        super().__init__(content, status_code, _HEADERS, media_type)


def application(shelf: Callable[[], Shelf], hosts: Sequence[str]) -> Starlette:
    """Return the server; it answers under the names `hosts` alone (`*`: any).

    `shelf` is asked at each request: it may be remade when the database changes.
    """
    pages = _Pages(shelf)
    routes = [
        Route("/", pages.landing),
        Route("/conformance", pages.conformance),
        Route("/api", pages.api),
        Route("/metadata", pages.metadata),
        Route("/collections", pages.collections),
        Route("/collections/{name}", pages.collection),
        Route("/collections/{name}/items", pages.items),
        Route("/collections/{name}/items/{feature}", pages.item),
    ]
    handlers: dict[Any, Any] = {HTTPException: _told, UsageError: _refused, GeotrackError: _failed}
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts], www_redirect=False)
    return Starlette(routes=routes, middleware=[guard], exception_handlers=handlers)


def _told(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else _BROKEN
    detail = error.detail if isinstance(error, HTTPException) else ""
    return _Json({"code": str(status), "description": detail}, status_code=status)


def _refused(_request: Request, error: Exception) -> Response:
    return _Json({"code": str(_BAD), "description": str(error)}, status_code=_BAD)


def _failed(_request: Request, error: Exception) -> Response:
    """Say that the database cannot be read; where it lies is told on the machine that serves."""
    return _Json({"code": str(_BROKEN), "description": type(error).__name__}, status_code=_BROKEN)


def _link(href: str, rel: str, title: str, media_type: str = "application/json") -> dict[str, str]:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


class _Pages:
    """What each address answers."""

    def __init__(self, shelf: Callable[[], Shelf]) -> None:
        self._shelf = shelf

    def landing(self, request: Request) -> Response:
        """Return where everything is."""
        base, metadata = _base(request), self._shelf().metadata
        links = [
            _link(f"{base}/", "self", "This page"),
            _link(f"{base}/api", "service-desc", "The interface as OpenAPI 3.0", OPENAPI),
            _link(f"{base}/conformance", "conformance", "What this server conforms to"),
            _link(f"{base}/collections", "data", "The collections"),
            _link(f"{base}/metadata", "describedby", "Filters, date, boundaries, licences, caveats"),
        ]
        told = " ".join(metadata["notices"])
        return _Json({"title": metadata["title"], "description": told, "links": links})

    def conformance(self, _request: Request) -> Response:
        """Return the classes of the standard that hold."""
        return _Json({"conformsTo": CONFORMANCE})

    def api(self, request: Request) -> Response:
        """Return the interface as OpenAPI."""
        shelf = self._shelf()
        return _Json(openapi(shelf.collections, shelf.metadata, _base(request)), OPENAPI)

    def metadata(self, _request: Request) -> Response:
        """Return what an export of the same facts says of itself."""
        return _Json(self._shelf().metadata)

    def collections(self, request: Request) -> Response:
        """Return all collections."""
        base = _base(request)
        told = [_described(one, base) for one in self._shelf().collections.values()]
        return _Json({"collections": told, "links": [_link(f"{base}/collections", "self", "This page")]})

    def collection(self, request: Request) -> Response:
        """Return one collection."""
        return _Json(_described(self._named(request), _base(request)))

    def items(self, request: Request) -> Response:
        """Return the features that are asked for, a page of them."""
        shown = self._named(request)
        asked = query_of(request.query_params.multi_items(), shown.fields)
        found = shown.found(asked)
        page = found[asked.offset : asked.offset + asked.limit]
        address = f"{_base(request)}/collections/{shown.name}/items"
        return _Json(
            {
                "type": "FeatureCollection",
                "features": page,
                "numberMatched": len(found),
                "numberReturned": len(page),
                "caveat": NOT_FOR,
                "links": _paging(address, request.query_params.multi_items(), asked, len(found)),
            },
            GEOJSON,
        )

    def item(self, request: Request) -> Response:
        """Return one feature."""
        shown, asked = self._named(request), request.path_params["feature"]
        if asked not in shown.by_id:
            raise HTTPException(404, f"No feature {asked!r} in {shown.name}.")
        address = f"{_base(request)}/collections/{shown.name}"
        links = [
            _link(f"{address}/items/{asked}", "self", "This feature", GEOJSON),
            _link(address, "collection", shown.title),
        ]
        return _Json({**shown.by_id[asked], "caveat": NOT_FOR, "links": links}, GEOJSON)

    def _named(self, request: Request) -> Collection:
        name, known = request.path_params["name"], self._shelf().collections
        if name not in known:
            raise HTTPException(404, f"No collection {name!r}. Collections: {', '.join(known)}.")
        return known[name]


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _described(one: Collection, base: str) -> Mapping[str, Any]:
    address = f"{base}/collections/{one.name}"
    return {
        "id": one.name,
        "title": one.title,
        "description": f"{one.title}. {NOT_FOR}",
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [one.bounds], "crs": CRS84}},
        "crs": [CRS84],
        "links": [
            _link(address, "self", one.title),
            _link(f"{address}/items", "items", one.title, GEOJSON),
            _link(f"{base}/metadata", "describedby", "Filters, date, boundaries, licences, caveats"),
        ],
    }


def _paging(
    address: str, parameters: Iterable[tuple[str, str]], asked: Query, matched: int
) -> list[dict[str, str]]:
    """Return links to this page, the one before and the one after."""
    kept = [(name, value) for name, value in parameters if name not in {"limit", "offset"}]

    def page(offset: int, rel: str, title: str) -> dict[str, str]:
        told = urlencode([*kept, ("limit", asked.limit), ("offset", offset)])
        return _link(f"{address}?{told}", rel, title, GEOJSON)

    links = [page(asked.offset, "self", "This page")]
    if asked.offset:
        links.append(page(max(asked.offset - asked.limit, 0), "prev", "The page before"))
    if asked.offset + asked.limit < matched:
        links.append(page(asked.offset + asked.limit, "next", "The next page"))
    return links
