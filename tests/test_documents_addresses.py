"""Reports from web addresses: within bounds, and never from inside a network."""

from __future__ import annotations

import datetime as dt
import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from document_files import ARTICLE, paragraph_of, pdf_of, run_of, word_of

from geotrack.documents import Options, Refused, addresses, connections, read_paths
from geotrack.documents.addresses import fetch
from geotrack.documents.connections import is_public
from geotrack.errors import UnreadableDocumentError
from geotrack.models import Document

PAGE = (
    f"<html><head><title>Mines in Fuzuli</title></head><body><article><h1>Mines in Fuzuli</h1>"
    f"<p>{ARTICLE.replace(chr(10) * 2, '</p><p>')}</p></article></body></html>"
)


class _Handler(http.server.BaseHTTPRequestHandler):
    """A small site, with the ways in which sites misbehave."""

    def do_GET(self) -> None:
        kind, body = self._pages().get(self.path, (None, b""))
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
        elif self.path == "/round":
            self._send("text/html", b"", status=302, Location="/round")
        elif self.path == "/slow":
            self._drip()
        elif self.path == "/packed":
            self._send("text/plain", gzip.compress(b"mine " * 10_000_000), **{"Content-Encoding": "gzip"})
        elif kind is None:
            self.send_error(404)
        else:
            self._send(kind, body)

    def _pages(self) -> dict[str, tuple[str, bytes]]:
        item = "<item><title>A</title><link>{}</link><pubDate>Mon, 03 Jun 2024 10:00:00 GMT</pubDate></item>"
        entries = item.format("/page") + item.format("/gone")
        feed = f"<rss version='2.0'><channel><title>N</title>{entries}</channel></rss>"
        return {
            "/page": ("text/html; charset=utf-8", PAGE.encode()),
            "/paper": ("application/pdf", pdf_of([["Two mines were found in Fuzuli on Monday."]])),
            "/word.docx": (
                "application/octet-stream",
                word_of(paragraph_of(run_of("Two mines were found."))),
            ),
            "/text": ("text/plain", ARTICLE.encode()),
            "/feed": ("application/rss+xml", feed.encode()),
            "/empty-feed": ("text/xml", b"<rss version='2.0'><channel><title>N</title></channel></rss>"),
            "/sheet.zip": ("application/zip", b"PK"),
        }

    def _send(self, kind: str, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            for _ in range(50):
                self.wfile.write(b"mine " * 20_000)
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the site on this machine and return its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _read(address: str, options: Options | None = None) -> list[Document | Refused]:
    return [*read_paths([address], replace(options or Options(), allow_private=True))]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/page", "cleared 120 hectares"),
        ("/paper", "Two mines were found in Fuzuli"),
        ("/word.docx", "Two mines were found."),
        ("/text", "14 anti-tank mines"),
        ("/to?/page", "cleared 120 hectares"),
    ],
)
def test_a_report_of_each_kind_is_read_and_keeps_its_address(site: str, path: str, words: str) -> None:
    """What the server states decides the kind, else the ending; the source is where a redirect ended."""
    (document,) = _read(site + path)
    assert isinstance(document, Document), document
    assert words in document.text
    assert document.source.url == document.source.path == site + path.removeprefix("/to?")


def test_a_feed_gives_its_entries_with_their_day(site: str) -> None:
    """Each entry is a document dated by the feed; one that is gone is refused by its own address."""
    document, refused = _read(f"{site}/feed")
    assert isinstance(document, Document)
    assert (document.source.published, document.source.url) == (dt.date(2024, 6, 3), f"{site}/page")
    assert isinstance(refused, Refused)
    assert str(refused.error).startswith(f"{site}/gone: the server answers 404")
    (nothing,) = _read(f"{site}/empty-feed")
    assert isinstance(nothing, Refused)
    assert "no entries" in str(nothing.error)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("/gone", "answers 404"),
        ("/round", "redirects more than 5 times"),
        ("/sheet.zip", "no article text"),
        ("http://127.0.0.1:1/", "cannot be reached"),
        ("http://no-such-host.invalid/", "no server of this name"),
        ("http:///page", "no web address"),
        ("http://[", "no web address"),
    ],
)
def test_what_cannot_be_had_is_refused_in_plain_words(site: str, address: str, problem: str) -> None:
    """Each refusal begins with the address that was asked for, and says what to do."""
    address = site + address if address.startswith("/") else address
    (refused,) = _read(address)
    assert isinstance(refused, Refused)
    assert str(refused.error).startswith(f"{address}: ")
    assert problem in str(refused.error)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/a.txt", "reports/june.txt", ""])
def test_only_web_addresses_are_fetched(address: str) -> None:
    """No other scheme, and no file, is opened by the way of an address."""
    with pytest.raises(UnreadableDocumentError, match="no web address"):
        fetch(address)


def test_what_is_too_large_or_too_slow_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small answer that unpacks to 50 MB stops at the limit, and a trickle at the deadline."""
    with pytest.raises(UnreadableDocumentError, match="over the limit of 1 MB"):
        fetch(f"{site}/packed", Options(max_bytes=1_000_000, allow_private=True))
    monkeypatch.setattr(addresses, "MAX_SECONDS", 0.3)
    begun = time.monotonic()
    with pytest.raises(UnreadableDocumentError, match=r"more than 0\.3 seconds"):
        fetch(f"{site}/slow", Options(allow_private=True))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0", "2130706433", "127.1", "0x7f.1"],
)
def test_this_machine_is_not_asked(site: str, host: str) -> None:
    """By whatever spelling, an address of this machine is refused before anything is sent."""
    port = site.rsplit(":", 1)[1]
    with pytest.raises(UnreadableDocumentError, match=r"not public|no server of this name"):
        fetch(f"http://{host}:{port}/page")


def test_a_redirect_into_the_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is checked, not the first alone."""
    monkeypatch.setattr(connections, "is_public", lambda ip: ip == "127.0.0.1")
    assert fetch(f"{site}/to?/page").kind == "text/html"
    port = site.rsplit(":", 1)[1]
    with pytest.raises(UnreadableDocumentError, match="not public"):
        fetch(f"{site}/to?http://127.0.0.2:{port}/page")


def test_a_name_is_resolved_once(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere when asked again gains nothing: the checked address is connected to."""
    asked: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        ip = "127.0.0.1" if host == "news.example" and asked.count(host) == 1 else host
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip if ip != "news.example" else "127.0.0.9", port))
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(connections, "is_public", lambda _: True)
    port = site.rsplit(":", 1)[1]
    assert fetch(f"http://news.example:{port}/page").data == PAGE.encode()
    assert asked.count("news.example") == 1


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(ip: str, *, public: bool) -> None:
    """Private, shared, link-local and multicast addresses are not public, however they are wrapped."""
    assert is_public(ip) is public
