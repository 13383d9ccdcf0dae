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
from urllib.parse import urljoin, urlsplit, urlunsplit

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import (
    HTTPError,
    LocationParseError,
    LocationValueError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ResponseError,
    SSLError,
)
from urllib3.exceptions import TimeoutError as HTTPTimeoutError

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
_OK = 200
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
    """What an address gave: the address after redirects, the kind that the server states, and the bytes."""

    address: str
    kind: str
    data: bytes


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


def fetch(address: str, options: Options | None = None, seconds: float | None = None) -> Fetched:
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

    Raises
    ------
    UnreadableDocumentError
        If the address is none, leads into a network that is not public, answers with an error, with too
        much, or too slowly.
    """
    options = options or Options()
    _check(address)
    deadline = time.monotonic() + min(MAX_SECONDS, MAX_SECONDS if seconds is None else seconds)
    bounds = Bounds(deadline, options.max_bytes + _BESIDE_BYTES, options.allow_private)
    with Manager(bounds) as manager:
        try:
            with closing(manager.request("GET", address, preload_content=False)) as answer:
                if answer.status != _OK:
                    problem = f"the server answers {answer.status}"
                    raise UnreadableDocumentError(address, problem, "Open it in a browser and save the page.")
                data = _body(answer, options.max_bytes)
        except MaxRetryError as error:
            raise _problem(address, error.reason or error, options) from error
        except (HTTPError, OSError, ValueError) as error:
            raise _problem(address, error, options) from error
    return Fetched(_final(address, answer), _kind(answer.headers.get("Content-Type", "")), data)


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
    entries = _entries(fetched)
    if entries is None:
        yield from _read(fetched, options)
        return
    if not entries:
        problem = "this feed has no entries with an address"
        yield Refused(address, UnreadableDocumentError(address, problem, "Give the address of one report."))
    for entry, published in entries[:MAX_ENTRIES]:
        dated = replace(options, published=options.published or published)
        try:
            left = begun + MAX_FEED_SECONDS - time.monotonic()
            yield from _read(fetch(entry, options, max(left, 0)), dated)
        except UnreadableDocumentError as error:
            yield Refused(error.path, error)


def _entries(fetched: Fetched) -> list[tuple[str, dt.date | None]] | None:
    """Return the addresses and days of a feed's entries, None where something else was fetched."""
    if fetched.kind not in _FEEDS or len(fetched.data) > MAX_FEED_BYTES:
        return None
    import feedparser  # type: ignore[import-untyped, unused-ignore]

    feed = feedparser.parse(fetched.data, response_headers={"content-location": fetched.address})
    if not feed.version:
        return None
    return [(str(entry.link), _day(entry)) for entry in feed.entries if entry.get("link")]


def _day(entry: dict[str, time.struct_time]) -> dt.date | None:
    stated = entry.get("published_parsed")
    return dt.date(stated.tm_year, stated.tm_mon, stated.tm_mday) if stated else None


def _read(fetched: Fetched, options: Options) -> Iterator[Document | Refused]:
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
