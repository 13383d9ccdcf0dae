"""Reports from the web: one address, or a feed's newest ones, within bounds and never from inside a network.

An address that a stranger sends, or that a page redirects to, must not make this machine ask its own
services or its neighbours for anything (server-side request forgery): see `connections`.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import (
    HTTPError,
    InvalidHeader,
    LocationParseError,
    LocationValueError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ResponseError,
    SSLError,
)
from urllib3.exceptions import TimeoutError as HTTPTimeoutError
from urllib3.util import Retry

from geotrack.documents.archives import is_archive
from geotrack.documents.connections import (
    MAX_REDIRECTS,
    Bounds,
    Manager,
    OutOfBytesError,
    OutOfTimeError,
    PrivateAddressError,
)
from geotrack.documents.drafts import MEGABYTE, Options, Refused
from geotrack.documents.paths import SUFFIXES, is_address
from geotrack.documents.reading import read_bytes
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document

MAX_SECONDS = 60.0
"""For one address, all redirects and the whole body."""
MAX_FEED_SECONDS = 600.0
"""For a feed and its entries."""
MAX_FEED_BYTES = 2 * MEGABYTE
"""What is longer is taken for a page; feeds are read at some seconds a megabyte."""
MAX_ENTRIES = 50
"""Of a feed, its first ones, which are its newest."""
_CHUNK = 1 << 16
# Headers, framing and the bodies of redirects, beside the report itself.
_BESIDE_BYTES = MEGABYTE
_OK, _NOT_MODIFIED = 200, 304
# What servers call the kinds that are read; all else goes by the address's ending, else is taken for a page.
_KINDS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
}
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml")
_UNREACHABLE = "the server cannot be reached"
# The first that fits: some of these errors are kinds of others.
_PROBLEMS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (ResponseError, f"it redirects more than {MAX_REDIRECTS} times"),
    ((NameResolutionError, LocationParseError), "there is no server of this name, or no network"),
    (LocationValueError, "it leads to what is no web address"),
    (SSLError, "the server's certificate is not valid"),
    (NewConnectionError, _UNREACHABLE),
    (HTTPTimeoutError, "the server does not answer in time"),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address after redirects, the kind that the server states, and the bytes.

    `etag` and `modified` (`Last-Modified`) are given back to ask whether there is anything new; it is
    `unchanged`, without bytes, where there is not.
    """

    address: str
    kind: str
    data: bytes
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


class AnswerError(UnreadableDocumentError):
    """An answer that is no report: its HTTP status, and the seconds that the server asks to wait, if any."""

    def __init__(self, path: str, status: int, wait_s: float | None = None) -> None:
        self.status, self.wait_s = status, wait_s
        problem = f"the server answers {status}"
        super().__init__(path, problem, "Open it in a browser and save the page.")


def _check(address: str) -> None:
    """Refuse what is no web address, or one that would carry a password into the database."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not is_address(address) or not host:
        problem = "this is no web address"
        raise UnreadableDocumentError(address, problem, "Give one that begins with https:// or http://.")
    if "@" in parts.netloc:
        problem = "this address holds a name or a password"
        raise UnreadableDocumentError(_bare(address), problem, "Save the page, and add the file.")


def _bare(address: str) -> str:
    """Return an address without name and password."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def fetch(
    address: str,
    options: Options | None = None,
    seconds: float | None = None,
    *,
    etag: str | None = None,
    modified: str | None = None,
) -> Fetched:
    """Fetch what a web address gives.

    Parameters
    ----------
    address
        Of the kind http or https.
    options
        `max_bytes` bounds what is read, also of what was sent compressed; with `allow_private`, addresses
        that are not public are connected to.
    seconds
        How long it may take, redirects and all; at most `MAX_SECONDS`.
    etag, modified
        Of what was fetched before: where that is still current, the server need not send it again.

    Raises
    ------
    AnswerError
        If the server answers with an error.
    UnreadableDocumentError
        If the address is none, leads into a network that is not public, answers with too much, or too
        slowly.
    """
    options = options or Options()
    _check(address)
    deadline = time.monotonic() + min(MAX_SECONDS, MAX_SECONDS if seconds is None else seconds)
    bounds = Bounds(deadline, options.max_bytes + _BESIDE_BYTES, options.allow_private)
    with Manager(bounds) as manager:
        try:
            asked = {**manager.headers, **_conditions(etag, modified)}
            with closing(manager.request("GET", address, headers=asked, preload_content=False)) as answer:
                unchanged = answer.status == _NOT_MODIFIED and len(asked) > len(manager.headers)
                if answer.status != _OK and not unchanged:
                    raise AnswerError(address, answer.status, _wait(answer.headers.get("Retry-After")))
                data = b"" if unchanged else _body(answer, options.max_bytes)
        except MaxRetryError as error:
            raise _problem(address, error.reason or error, options) from error
        except (HTTPError, OSError, ValueError) as error:
            raise _problem(address, error, options) from error
    told = answer.headers
    kind = _kind(told.get("Content-Type", ""))
    final = _final(address, answer)
    return Fetched(final, kind, data, told.get("ETag"), told.get("Last-Modified"), unchanged)


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    """Return the headers that ask for a thing only if it is another one by now (RFC 9110, 13.1)."""
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in conditions.items() if value}


def _wait(stated: str | None) -> float | None:
    """Return the seconds of a `Retry-After` (a number of them or a date), None where it is neither."""
    try:
        return Retry.parse_retry_after(Retry(), stated) if stated else None
    except (InvalidHeader, ValueError):
        return None


def _final(address: str, answer: BaseHTTPResponse) -> str:
    """Return the address that answered in the end."""
    for step in answer.retries.history if answer.retries else ():
        address = urljoin(address, step.redirect_location or "")
    return _bare(address)


def _body(answer: BaseHTTPResponse, max_bytes: int) -> bytes:
    held = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=True):
        held += chunk
        if len(held) > max_bytes:
            raise OutOfBytesError
    return bytes(held)


def _problem(address: str, error: Exception, options: Options) -> UnreadableDocumentError:
    """Return the refusal that says in plain words what came of a request."""
    if isinstance(error, PrivateAddressError):
        problem = "this address leads into a network that is not public"
        return UnreadableDocumentError(address, problem, "Save the page there, and add the file.")
    if isinstance(error, OutOfBytesError):
        problem = f"it is over the limit of {options.max_bytes / MEGABYTE:g} MB"
        return UnreadableDocumentError(address, problem, "Save it, and ingest the file with --max-mb.")
    if isinstance(error, OutOfTimeError):
        problem = f"it took more than {MAX_SECONDS:g} seconds"
        return UnreadableDocumentError(
            address, problem, "Try again later, or save the page and add the file."
        )
    problem = next((told for kind, told in _PROBLEMS if isinstance(error, kind)), _UNREACHABLE)
    return UnreadableDocumentError(address, problem, "Check the address and the network, then try again.")


def _kind(stated: str) -> str:
    message = Message()
    message["Content-Type"] = stated
    return message.get_content_type() if stated else ""


def read_address(address: str, options: Options | None = None) -> Iterator[Document | Refused]:
    """Yield the report at a web address, or of a feed its newest ones; what cannot be had is refused.

    Each document's source carries its address. A feed's date counts where a page states none.
    """
    options = options or Options()
    begun = time.monotonic()
    try:
        fetched = fetch(address, options)
    except UnreadableDocumentError as error:
        yield Refused(error.path, error, lasting=is_address(address) and error.path == address)
        return
    entries = feed_entries(fetched)
    if entries is None:
        yield from read_fetched(fetched, options)
        return
    if not entries:
        problem = "this feed has no entries with an address"
        yield Refused(address, UnreadableDocumentError(address, problem, "Give the address of one report."))
    for entry in entries[:MAX_ENTRIES]:
        dated = replace(options, published=options.published or entry.published)
        try:
            left = begun + MAX_FEED_SECONDS - time.monotonic()
            yield from read_fetched(fetch(entry.address, options, max(left, 0)), dated)
        except UnreadableDocumentError as error:
            yield Refused(error.path, error)


class Entry(NamedTuple):
    """What a feed or sitemap says of a page: its address, title, day of publication and of last change."""

    address: str
    published: dt.date | None = None
    title: str = ""
    changed: dt.date | None = None


def feed_entries(fetched: Fetched) -> list[Entry] | None:
    """Return the entries of a feed, its newest first; None where something else was fetched."""
    if fetched.kind not in _FEEDS or len(fetched.data) > MAX_FEED_BYTES:
        return None
    import feedparser  # type: ignore[import-untyped, unused-ignore]

    feed = feedparser.parse(fetched.data, response_headers={"content-location": fetched.address})
    if not feed.get("version"):
        return None
    linked = (one for one in feed.entries if one.get("link"))
    return [Entry(str(one.link), _day(one), str(one.get("title", ""))) for one in linked]


def _day(entry: dict[str, time.struct_time]) -> dt.date | None:
    stated = entry.get("published_parsed")
    return dt.date(stated.tm_year, stated.tm_mon, stated.tm_mday) if stated else None


def read_fetched(fetched: Fetched, options: Options) -> Iterator[Document | Refused]:
    """Yield the report that was fetched, its source carrying its address."""
    for item in read_bytes(_named(fetched), fetched.data, options):
        if isinstance(item, Document):
            source = replace(item.source, path=fetched.address, url=fetched.address)
            yield replace(item, source=source)
        else:
            error = item.error
            yield Refused(
                fetched.address, UnreadableDocumentError(fetched.address, error.problem, error.remedy)
            )


def _named(fetched: Fetched) -> Path:
    """Return a name whose ending says what kind of file was fetched; a page's where nothing says so."""
    ending = Path(urlsplit(fetched.address).path).suffix.lower()
    named = ending if ending in SUFFIXES and not is_archive(Path(f"x{ending}")) else ".html"
    return Path(f"report{_KINDS.get(fetched.kind, named)}")
