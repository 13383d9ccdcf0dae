"""What one file or row says, before what it lacks is filled in, and the finishing of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from geotrack.documents.bylines import date_of_title, published_on, publisher_of, title_of
from geotrack.documents.encodings import mend, mended_line
from geotrack.documents.furniture import Page, find_furniture
from geotrack.documents.languages import language_of
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document, Source, Span

MEGABYTE = 1_000_000
DEFAULT_MAX_BYTES = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Options:
    """What to assume of documents: `published`, `publisher` and `language` fill what a file lacks.

    A document of more than `max_bytes` is refused. With `allow_private`, web addresses may lead to
    servers of one's own network, too.
    """

    published: dt.date | None = None
    publisher: str | None = None
    language: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or row that could not be read, and why. `row_id` is the row's own id, where it has one.

    One that is `lasting` can be read later, once it is mended; a misspelled name is told once.
    """

    path: str
    error: UnreadableDocumentError
    row_id: str | None = None
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its file states it."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    language: str | None = None
    url: str | None = None
    origin: str | None = None
    retold: bool = False
    row_id: str | None = None


def finish(draft: Draft, path: Path, options: Options) -> Document:
    """Mend the text, mark its furniture, read title and date off the page, fill the rest from the options.

    Raises
    ------
    UnreadableDocumentError
        If there is no text.
    """
    text = mend(draft.text)
    draft = replace(
        draft,
        title=mended_line(draft.title),
        publisher=mended_line(draft.publisher),
        url=mended_line(draft.url),
        origin=mended_line(draft.origin),
    )
    if not text.strip():
        raise UnreadableDocumentError(
            str(path), "there is no text in it", "Put the report's text in, or remove it."
        )
    page = Page(text, draft.title)
    furniture = find_furniture(page)
    title = draft.title or title_of(page)
    source = Source(
        publisher=draft.publisher or publisher_of(page) or options.publisher,
        published=draft.published or published_on(page) or options.published or date_of_title(title),
        url=draft.url,
        path=str(path),
        retold=draft.retold,
        origin=draft.origin,
    )
    language = draft.language or options.language or language_of(article_of(text, furniture))
    return Document(
        text=text,
        title=title,
        language=language,
        source=source,
        row_id=draft.row_id,
        furniture=furniture,
    )


def article_of(text: str, furniture: tuple[Span, ...]) -> str:
    """Return the text without its furniture, or all of it where nothing else is there."""
    ends = [0, *(end for _, end in furniture)]
    starts = [*(start for start, _ in furniture), len(text)]
    article = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    return article if article.strip() else text
