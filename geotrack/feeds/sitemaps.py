"""What sitemaps list: addresses of pages, or of further sitemaps (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import re
import zlib
from typing import NamedTuple

from geotrack.documents.addresses import Entry, Fetched

_ZIPPED = b"\x1f\x8b"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Sitemap(NamedTuple):
    """Pages, and further sitemaps, the newest first."""

    pages: list[Entry]
    further: list[Entry]


def sitemap_of(fetched: Fetched, max_bytes: int) -> Sitemap | None:
    """Return what a sitemap lists, None where something else was fetched or it is too large unpacked."""
    from lxml import etree  # type: ignore[import-untyped, unused-ignore]

    data = fetched.data
    if data.startswith(_ZIPPED):
        try:
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(max_bytes + 1)
        except (OSError, EOFError, zlib.error):
            return None
    if len(data) > max_bytes or (b"<urlset" not in data and b"<sitemapindex" not in data):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return None
    found: dict[str, list[Entry]] = {"url": [], "sitemap": []}
    for one in root:
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        parts = [part for part in one.iter() if isinstance(part.tag, str)]
        told = {etree.QName(part).localname: (part.text or "").strip() for part in parts}
        if name in found and told.get("loc"):
            published, changed = _day(told.get("publication_date", "")), _day(told.get("lastmod", ""))
            found[name].append(Entry(told["loc"], published, told.get("title", ""), changed))
    for entries in found.values():
        entries.sort(key=lambda one: one.changed or one.published or dt.date.min, reverse=True)
    return Sitemap(found["url"], found["sitemap"])


def _day(stated: str) -> dt.date | None:
    found = _DAY.match(stated)
    try:
        return dt.date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
