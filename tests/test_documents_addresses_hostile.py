"""Servers that mean harm: slow, endless, packed, leading inwards; each is given up with its reason."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from geotrack.documents import Options, Refused, addresses, connections
from geotrack.documents.addresses import fetch, read_address
from geotrack.documents.connections import is_public
from geotrack.errors import UnreadableDocumentError

Serve = Callable[..., str]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n"
SMALL = Options(max_bytes=100_000, allow_private=True)
BOMB = b"mine " * 10_000_000


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that send one beginning to whoever comes, then the same again and again."""
    ended = threading.Event()
    listening: list[socket.socket] = []

    def started(begin: bytes, again: bytes = b"", every_s: float = 0) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        answer = (server, begin, again, every_s, ended)
        threading.Thread(target=_answer, args=answer, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/report"

    yield started
    ended.set()
    for server in listening:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()


def _answer(
    server: socket.socket, begin: bytes, again: bytes, every_s: float, ended: threading.Event
) -> None:
    while not ended.is_set():
        try:
            with server.accept()[0] as come:
                come.recv(1 << 16)
                come.sendall(begin)
                while again and not ended.wait(every_s):
                    come.sendall(again)
        except OSError:
            continue


def _refusal(address: str, options: Options = SMALL) -> str:
    with pytest.raises(UnreadableDocumentError) as refused:
        fetch(address, options)
    return str(refused.value)


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        (b"HTTP/1.1 200 O", b"K"),
        (OK, b"X"),
        (OK + b"\r\n", b"."),
        (OK + b"Content-Length: 90000\r\n\r\n", b"."),
        (CHUNKED + b"\r\n", b"1"),
        (CHUNKED + b"\r\n", b"1\r\n.\r\n"),
        (b"HTTP/1.1 302 Found\r\nLocation: /on\r\n\r\n", b"."),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status", "header", "body", "body of a size", "chunk's size", "chunks", "redirect", "interim"],
)
def test_a_server_that_drips_is_left_at_the_deadline(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, begin: bytes, again: bytes
) -> None:
    """A byte at a time, wherever in the answer, keeps nobody longer than the whole may take."""
    monkeypatch.setattr(addresses, "MAX_SECONDS", 0.3)
    assert "it took more than 0.3 seconds" in _refusal(serve(begin, again, 0.02))


def test_a_server_that_says_nothing_is_left_at_the_deadline(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes the request and never answers, too."""
    monkeypatch.setattr(addresses, "MAX_SECONDS", 0.1)
    assert "it took more than 0.1 seconds" in _refusal(serve(b"", b" ", 9))


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        (OK + b"\r\n", b"mine " * 9999),
        (CHUNKED + b"\r\n", b"9\r\n123456789\r\n" * 999),
        (CHUNKED + b"\r\n", b"1" * 99_999),
        (CHUNKED + b"\r\n1;", b"x" * 99_999),
        (CHUNKED + b"\r\n0\r\n", b"X: 1\r\n" * 999),
        (b"HTTP/1.1 302 Found\r\nLocation: /on\r\n\r\n", b"." * 99_999),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999),
    ],
    ids=["body", "chunks", "chunk's size", "chunk's remark", "trailer", "redirect", "interim"],
)
def test_a_server_that_does_not_end_is_left_at_the_limit(serve: Serve, begin: bytes, again: bytes) -> None:
    """What is neither header nor text counts as well: no part of an answer can fill the memory."""
    assert re.search("over the limit of 0.1 MB|cannot be reached", _refusal(serve(begin, again)))


@pytest.mark.parametrize(
    "begin",
    [OK + b"X: " + b"x" * 99_999 + b"\r\n\r\n", OK + b"X: 1\r\n" * 999 + b"\r\n", b"\x00\xff" * 99, b"."],
    ids=["long", "many", "none", "cut off"],
)
def test_headers_that_are_none_are_refused(serve: Serve, begin: bytes) -> None:
    """Headers of a hundred kilobytes, a thousand of them, or noise are no answer."""
    assert "the server cannot be reached" in _refusal(serve(begin))


def _packed(encoding: str, body: bytes) -> bytes:
    return OK + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_a_body_that_unpacks_is_left_at_the_limit(serve: Serve) -> None:
    """Packed once or twice, whole or in chunks, no more is unpacked than is taken of any report."""
    once, deflated = gzip.compress(BOMB), zlib.compress(BOMB)
    chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(once), once)
    sent = [
        _packed("gzip", once),
        _packed("deflate", deflated),
        _packed("gzip, gzip", gzip.compress(once)),
        CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + chunk,
    ]
    for begin in sent:
        assert "over the limit of 0.1 MB" in _refusal(serve(begin))
    told = ", ".join(["gzip"] * 40)
    assert "cannot be reached" in _refusal(serve(_packed(told, once)))


def test_a_body_packed_in_chunks_is_unpacked(serve: Serve) -> None:
    """A page that comes packed and in pieces is read as it was before."""
    packed = gzip.compress(b"Two mines.")
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in (packed[:9], packed[9:], b""))
    assert fetch(serve(CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + chunks), SMALL).data == b"Two mines."


@pytest.mark.parametrize("status", [b"503 No", b"429 No", b"413 No"])
def test_a_server_does_not_say_how_long_to_wait(serve: Serve, status: bytes) -> None:
    """Told to come again in a year, one does not wait."""
    begin = b"HTTP/1.1 " + status + b"\r\nRetry-After: 31536000\r\nContent-Length: 0\r\n\r\n"
    assert f"the server answers {status[:3].decode()}" in _refusal(serve(begin))


@pytest.mark.parametrize(
    ("to", "problem"),
    [
        ("file:///etc/passwd", "leads to what is no web address"),
        ("gopher://127.0.0.1/", "leads to what is no web address"),
        ("ftp://127.0.0.1/", "leads to what is no web address"),
        ("javascript:alert(1)", "leads to what is no web address"),
        ("http://", "redirects more than 5 times"),
        ("http://127.0.0.2:{port}/", "not public"),
        ("//127.0.0.2:{port}/", "not public"),
        ("http://[::ffff:127.0.0.1]:{port}/", "not public"),
        ("http://0:{port}/", "not public"),
        ("http://public.example@127.0.0.2:{port}/", "not public"),
        ("http://10.0.0.1\\@127.0.0.1:{port}/", "not public"),
    ],
)
def test_a_redirect_leads_to_public_pages_only(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, to: str, problem: str
) -> None:
    """To no file, no other service and no machine within, however the address is written."""
    monkeypatch.setattr(connections, "is_public", lambda ip: ip == "127.0.0.1")
    inside = serve(OK + b"Content-Length: 6\r\n\r\nsecret").rsplit(":", 1)[1].removesuffix("/report")
    location = to.format(port=inside).encode()
    address = serve(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
    assert problem in _refusal(address, Options())


@pytest.mark.parametrize(
    "host",
    [
        "0177.0.0.1",
        "0x7f000001",
        "017700000001",
        "127.0.1",
        "0.0.0.0",  # noqa: S104
        "[::]",
        "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "[fe80::1%25lo]",
        "\u2460\u2461\u2466.0.0.1",
        "127\u30020\u30020\u30021",
        "localhost.",
        "LOCALHOST",
    ],
)
def test_no_spelling_of_an_address_leads_inwards(serve: Serve, host: str) -> None:
    """Octal, hexadecimal, short, mapped, translated or in other digits: what is connected to counts."""
    port = serve(OK + b"Content-Length: 6\r\n\r\nsecret").rsplit(":", 1)[1]
    told = _refusal(f"http://{host}:{port}", Options())
    assert "not public" in told or "no server of this name" in told


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",  # noqa: S104
        "255.255.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "240.0.0.1",
        "::",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "64:ff9b:1::7f00:1",
        "fec0::1",
        "100::1",
        "5f00::1",
        "2001:db8::1",
        "3fff::1",
        "ff0e::1",
        "2001::80ff:fffe",
    ],
)
def test_what_no_internet_routes_is_not_public(ip: str) -> None:
    """Old and new ranges for networks of one's own, tests, documents, and translations of IPv4."""
    assert not is_public(ip)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads to a public machine and to this one is not gone to at all."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "not public" in _refusal("http://news.example/", Options())


def test_no_password_is_sent_kept_or_told(serve: Serve) -> None:
    """An address with a password is refused without it, and a redirect's is not kept."""
    (refused,) = read_address("http://aysel:hunter2@news.example/report", SMALL)
    assert isinstance(refused, Refused)
    assert refused.path == "http://news.example/report"
    assert not refused.lasting
    assert str(refused.error).startswith(
        "http://news.example/report: this address holds a name or a password"
    )
    end = serve(OK + b"Content-Length: 5\r\n\r\nmines").replace("//", "//aysel:hunter2@")
    begin = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + end.encode() + b"\r\n\r\n"
    fetched = fetch(serve(begin), SMALL)
    assert fetched.data == b"mines"
    assert "hunter2" not in fetched.address


def test_a_feed_takes_no_longer_than_its_time(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed of slow entries is left at the end of its own time: the rest is refused by name."""
    slow = serve(OK, b"X", 0.02)
    items = "".join(f"<item><title>A</title><link>{slow}?{n}</link></item>" for n in range(9))
    body = f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>".encode()
    kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
    feed = serve(kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    monkeypatch.setattr(addresses, "MAX_FEED_SECONDS", 0.3)
    found = [*read_address(feed, SMALL)]
    assert [one.path for one in found if isinstance(one, Refused)] == [f"{slow}?{n}" for n in range(9)]
    assert all("it took more than" in str(one.error) for one in found if isinstance(one, Refused))
