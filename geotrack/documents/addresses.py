"""Reports from the web: one address, or a feed's newest ones, within bounds and never from inside a network.

An address that a stranger sends, or that a page redirects to, must not make this machine ask its own
services or its neighbours for anything (server-side request forgery): only public addresses are connected
to, and the name is resolved once, so that the address that was checked is the one that is connected to.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import Retry, Timeout

from geotrack.documents.archives import is_archive
from geotrack.documents.drafts import MEGABYTE, Options, Refused
from geotrack.documents.paths import SUFFIXES, is_address
from geotrack.documents.reading import read_bytes
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document

MAX_REDIRECTS = 5
MAX_SECONDS = 60.0
"""For one address, all redirects and the whole body."""
MAX_ENTRIES = 50
"""Of a feed, its first ones, which are its newest."""
_CONNECT_S, _READ_S = 10.0, 20.0
_CHUNK = 1 << 16
_AGENT = "geotrack (reads published reports for a user of this machine)"
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
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(HTTPError):
    """A name that leads to this machine, or into a network that is not public."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address after redirects, the kind that the server states, and the bytes."""

    address: str
    kind: str
    data: bytes


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Whether an IP address, also one wrapped in IPv6, can be reached by everybody on the internet."""
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class _PublicOnly:
    """Connects to a public address, the very one that was checked."""

    _dns_host: str
    port: int

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        found = socket.getaddrinfo(name, self.port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(map(is_public, addresses)):
            raise PrivateAddressError(name)
        self._dns_host = addresses[0]
        try:
            return super()._new_conn()  # type: ignore[misc, no-any-return]
        finally:
            self._dns_host = name  # the certificate is checked against the name


class _PublicHttp(_PublicOnly, HTTPConnection):
    pass


class _PublicHttps(_PublicOnly, HTTPSConnection):
    pass


class _PublicHttpPool(HTTPConnectionPool):
    ConnectionCls = _PublicHttp


class _PublicHttpsPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHttps


def _manager(*, allow_private: bool) -> urllib3.PoolManager:
    manager = urllib3.PoolManager(
        headers={"User-Agent": _AGENT},
        retries=Retry(total=MAX_REDIRECTS + 1, connect=1, read=1, redirect=MAX_REDIRECTS, other=0),
        timeout=Timeout(connect=_CONNECT_S, read=_READ_S),
    )
    if not allow_private:
        manager.pool_classes_by_scheme = {"http": _PublicHttpPool, "https": _PublicHttpsPool}
    return manager


def fetch(address: str, options: Options | None = None) -> Fetched:
    """Fetch what a web address gives.

    Parameters
    ----------
    address
        Of the kind http or https.
    options
        `max_bytes` bounds what is read, also of what was sent compressed; with `allow_private`, addresses
        that are not public are connected to.

    Raises
    ------
    UnreadableDocumentError
        If the address is none, leads into a network that is not public, answers with an error, with too
        much, or too slowly.
    """
    options = options or Options()
    if not is_address(address) or not _host(address):
        problem = "this is no web address"
        raise UnreadableDocumentError(address, problem, "Give one that begins with https:// or http://.")
    deadline = time.monotonic() + MAX_SECONDS
    with _manager(allow_private=options.allow_private) as manager:
        try:
            answer = manager.request("GET", address, preload_content=False, decode_content=True)
            if answer.status != _OK:
                problem = f"the server answers {answer.status}"
                raise UnreadableDocumentError(address, problem, "Open it in a browser and save the page.")
            data = _body(answer, address, options, deadline)
        except MaxRetryError as error:
            raise _problem(address, error.reason or error) from error
        except (HTTPError, OSError, ValueError) as error:
            raise _problem(address, error) from error
    return Fetched(_final(address, answer), _kind(answer.headers.get("Content-Type", "")), data)


def _final(address: str, answer: urllib3.BaseHTTPResponse) -> str:
    """Return the address that answered in the end."""
    for step in answer.retries.history if answer.retries else ():
        address = urljoin(address, step.redirect_location or "")
    return address


def _body(answer: urllib3.BaseHTTPResponse, address: str, options: Options, deadline: float) -> bytes:
    held = bytearray()
    for chunk in answer.stream(_CHUNK):
        held += chunk
        if len(held) > options.max_bytes:
            problem = f"it is over the limit of {options.max_bytes / MEGABYTE:g} MB"
            raise UnreadableDocumentError(address, problem, "Save it, and ingest the file with --max-mb.")
        if time.monotonic() > deadline:
            problem = f"it took more than {MAX_SECONDS:g} seconds"
            raise UnreadableDocumentError(
                address, problem, "Try again later, or save the page and add the file."
            )
    return bytes(held)


def _problem(address: str, error: Exception) -> UnreadableDocumentError:
    """Return the refusal that says in plain words what came of a request."""
    if isinstance(error, PrivateAddressError):
        problem = "this address leads into a network that is not public"
        return UnreadableDocumentError(address, problem, "Save the page there, and add the file.")
    words = str(error).casefold()
    if "redirect" in words:
        problem = f"it redirects more than {MAX_REDIRECTS} times"
    elif "certificate" in words:
        problem = "the server's certificate is not valid"
    elif "timed out" in words:
        problem = "the server does not answer in time"
    elif isinstance(error, socket.gaierror) or "resolve" in words:
        problem = "there is no server of this name, or no network"
    else:
        problem = "the server cannot be reached"
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
    try:
        fetched = fetch(address, options)
    except UnreadableDocumentError as error:
        yield Refused(address, error, lasting=is_address(address))
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
            yield from _read(fetch(entry, options), dated)
        except UnreadableDocumentError as error:
            yield Refused(entry, error)


def _entries(fetched: Fetched) -> list[tuple[str, dt.date | None]] | None:
    """Return the addresses and days of a feed's entries, None where something else was fetched."""
    if fetched.kind not in _FEEDS:
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
