"""Saved web pages: main text, title, publisher and publication date."""

from __future__ import annotations

import re
from pathlib import Path

from geotrack.documents.dates import parse_date
from geotrack.documents.drafts import Draft
from geotrack.documents.quiet import quiet
from geotrack.documents.texts import decoded
from geotrack.errors import UnreadableDocumentError

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
# Browsers look for the charset in the first 1024 bytes; pages with long comments need some more.
_HEAD_BYTES = 4096

# The libraries compare tags with those before them, and the attributes of one tag with each other: at this
# many they take some ten seconds. A long page with large tables has a tenth.
MAX_TAGS = 100_000
MAX_ATTRIBUTES = 500
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|(?P<name>[a-z][^\s/>]*+)(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?P<more>{_ATTRIBUTE})?)",
    re.IGNORECASE | re.DOTALL,
)
_CODE = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def read_webpage(path: Path, data: bytes) -> Draft:
    """Return a page's main text and metadata, as trafilatura and htmldate find them.

    The language that a page states is its template's, often wrong, and not taken.

    Raises
    ------
    UnreadableDocumentError
        If the page is no text, holds no article, or holds more markup than any report has.
    """
    import trafilatura

    charset = _CHARSET.search(data[:_HEAD_BYTES])
    html = decoded(path, data, charset.group(1).decode("ascii") if charset else None)
    _check(path, html)
    with quiet("trafilatura", "htmldate", "charset_normalizer"):
        page = trafilatura.bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            # No guess from years in footers and file names: a wrong date is worse than none.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    text = page.text if page is not None and not isinstance(page, dict) else None
    if not text or not text.strip() or page is None or isinstance(page, dict):
        remedy = "Open it in a browser, copy the report's text and save it as .txt or .md."
        raise UnreadableDocumentError(str(path), "this page holds no article text", remedy)
    return Draft(
        text=text,
        title=page.title,
        publisher=page.sitename,
        published=parse_date(page.date) if page.date else None,
        url=page.url,
    )


def _check(path: Path, html: str) -> None:
    """Refuse a page that would be parsed for hours; what stands in scripts is no markup."""
    n_tags, at = 0, 0
    while tag := _TAG.search(html, at):
        n_tags, at = n_tags + 1, tag.end()
        if n_tags > MAX_TAGS or tag["more"]:
            problem = "this page holds far more markup than a report has"
            remedy = "Open it in a browser, copy the report's text and save it as .txt or .md."
            raise UnreadableDocumentError(str(path), problem, remedy)
        if end := _CODE.get((tag["name"] or "").lower()):
            closed = end.search(html, at)
            at = closed.start() if closed else len(html)
