"""Feeds and sitemaps, watched on a server that misbehaves in the usual ways."""

from __future__ import annotations

import datetime as dt
import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from store_samples import NumberReader
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.documents import Options
from geotrack.errors import FeedsError
from geotrack.feeds import Feed, Poll, Watcher, load_feeds
from geotrack.feeds.manners import Visitor
from geotrack.feeds.state import StateFile
from geotrack.store import Store

START = dt.datetime(2024, 6, 5, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ITEM = (
    "<item><title>{title}</title><link>{link}</link><pubDate>Mon, 03 Jun 2024 10:00:00 GMT</pubDate></item>"
)
REPORT = "In Azerbaijan deminers found {number} mines in Fuzuli district, says the report of the week."


@dataclass
class Site:
    """A server whose answers a test writes: status, headers and body by path; it keeps what was asked."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def answer(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Let a path answer so from now on."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)

    def feed(self, *paths: str, **headers: str) -> None:
        """Let /feed list pages, the newest first."""
        items = "".join(ITEM.format(title=f"News {path}", link=f"{self.address}{path}") for path in paths)
        body = f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>"
        self.answer("/feed", body, Content_Type="application/rss+xml", **headers)

    def report(self, path: str, number: int) -> None:
        """Let a path answer with a report."""
        self.answer(path, REPORT.format(number=number), Content_Type="text/plain")

    def paths(self) -> list[str]:
        """Return what was asked for since the last time, but for the rules."""
        asked = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return asked


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site on this machine."""
    told = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, self.headers.get("If-None-Match")))
            status, headers, body = told.pages.get(self.path, (404, {}, b""))
            if status == 200 and headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        told.address = f"http://127.0.0.1:{server.server_port}"
        yield told
        server.shutdown()


@dataclass
class Clock:
    """The time, which passes when a test says so and while somebody sleeps."""

    now: dt.datetime = START
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.slept.append(seconds)
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """Give a clock of the test's own."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a new store."""
    with Store.open(tmp_path / "facts.db") as opened:
        yield opened


@pytest.fixture
def watcher(store: Store, clock: Clock, tmp_path: Path) -> Callable[[], Watcher]:
    """Give a new watcher, as after a restart, with what is remembered."""

    def new() -> Watcher:
        visitor = Visitor(
            Options(language="en", allow_private=True),
            clock.sleep,
            lambda: clock.now.timestamp(),  # noqa: PLW0108 - the time goes on
        )
        return Watcher(store, NumberReader(), StateFile(tmp_path / "state.json"), visitor, lambda: clock.now)

    return new


def polled(watcher: Watcher, feed: Feed) -> Poll:
    """Poll one feed that is due."""
    (poll,) = watcher.poll([feed])
    return poll


def test_what_is_new_is_read_once(
    site: Site, watcher: Callable[[], Watcher], clock: Clock, store: Store
) -> None:
    """Entries are read as they come, also after a restart; the feed is sent again only when it changed."""
    feed = Feed(f"{site.address}/feed", publisher="Agency")
    site.feed("/a", ETag='"1"')
    site.report("/a", 12)
    assert polled(watcher(), feed).counts == {"new": 1, "unchanged": 0, "updated": 0}
    assert site.paths() == ["/feed", "/a"]
    assert [*watcher().poll([feed])] == []
    clock.now += HOUR
    assert polled(watcher(), feed).counts["new"] == 0
    assert site.asked[-1] == ("/feed", '"1"')
    site.asked.clear()
    clock.now += HOUR
    site.feed("/b", "/a", ETag='"2"')
    site.report("/b", 40)
    assert polled(watcher(), feed).counts["new"] == 1
    assert site.paths() == ["/feed", "/b"]
    documents = store.documents()
    assert set(documents["publisher"]) == {"Agency"}
    assert {str(day)[:10] for day in documents["published"]} == {"2024-06-03"}


def test_a_failing_feed_is_left_longer_and_longer(
    site: Site, watcher: Callable[[], Watcher], clock: Clock
) -> None:
    """After a failure it is asked later each time, as late as it asks for, and a day later at most."""
    feed = Feed(f"{site.address}/feed", every_minutes=5)
    site.answer("/feed", status=503)
    waits = []
    for _ in range(9):
        poll = polled(watcher(), feed)
        assert "answers 503" in str(poll.problem)
        waits.append((poll.due - clock.now).total_seconds() / 60)
        clock.now = poll.due
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    site.answer("/feed", status=429, Retry_After="86000")
    assert (polled(watcher(), feed).due - clock.now).total_seconds() == 86400
    clock.now += dt.timedelta(days=2)
    site.feed()
    assert polled(watcher(), feed).problem is None


def test_a_report_that_fails_is_tried_again_and_one_that_is_gone_is_not(
    site: Site, watcher: Callable[[], Watcher], clock: Clock
) -> None:
    """A server's trouble passes, and what is not there is refused once; neither keeps the rest waiting."""
    feed = Feed(f"{site.address}/feed", every_minutes=15)
    site.feed("/gone", "/busy", "/fine")
    site.answer("/busy", status=500)
    site.report("/fine", 3)
    poll = polled(watcher(), feed)
    assert (poll.counts["new"], len(poll.refused), poll.waiting) == (1, 2, 1)
    site.paths()
    clock.now += HOUR
    site.report("/busy", 5)
    poll = polled(watcher(), feed)
    assert (poll.counts["new"], poll.refused, poll.waiting) == (1, (), 0)
    assert site.paths() == ["/feed", "/busy"]


def test_rules_of_a_server_are_kept(site: Site, watcher: Callable[[], Watcher], clock: Clock) -> None:
    """What robots.txt forbids is not asked for, the pause that it states is made, a broken one stops all."""
    feed = Feed(f"{site.address}/feed")
    site.answer("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7")
    site.feed("/private/a", "/b", "/c")
    site.report("/b", 4)
    site.report("/c", 5)
    poll = polled(watcher(), feed)
    assert poll.counts["new"] == 2
    assert ["robots.txt" in str(error) for error in poll.refused] == [True]
    assert sorted(site.paths()) == ["/b", "/c", "/feed"]
    assert clock.slept.count(7.0) == 3
    site.answer("/robots.txt", status=500)
    clock.now += HOUR
    assert "answers 500" in str(polled(watcher(), feed).problem)
    assert site.paths() == []


def test_a_poll_that_was_broken_off_is_gone_on_with(
    site: Site, watcher: Callable[[], Watcher], monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    """What was read before the break is not asked for again, and the rest follows."""
    feed = Feed(f"{site.address}/feed")
    site.feed("/c", "/b", "/a")
    for number, path in enumerate(("/a", "/b", "/c"), 1):
        site.report(path, number)
    broken = watcher()
    fetch = Visitor.fetch

    def break_off(self: Visitor, address: str, *given: str | None) -> Any:
        if address.endswith("/b"):
            raise KeyboardInterrupt
        return fetch(self, address, *given)

    with monkeypatch.context() as patched:
        patched.setattr(Visitor, "fetch", break_off)
        with pytest.raises(KeyboardInterrupt):
            polled(broken, feed)
    assert len(store.documents()) == 1
    site.paths()
    again = watcher()
    again.state.of(feed.address).due = None
    assert polled(again, feed).counts["new"] == 2
    assert site.paths() == ["/feed", "/b", "/c"]


def test_sitemaps_are_feeds(site: Site, watcher: Callable[[], Watcher], clock: Clock) -> None:
    """An index leads to its sitemaps, packed ones too; a page that changed is read again."""
    page = "<url><loc>{0}{1}</loc><lastmod>{2}</lastmod></url>"
    pages = page.format(site.address, "/mines", "2024-06-01") + page.format(
        site.address, "/sport", "2024-06-02"
    )
    urls = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{pages}</urlset>"
    index = f"<sitemapindex><sitemap><loc>{site.address}/map.xml.gz</loc></sitemap></sitemapindex>"
    site.answer("/sitemap.xml", index, Content_Type="application/xml", ETag='"1"')
    site.answer("/map.xml.gz", gzip.compress(urls.encode()), Content_Type="application/gzip")
    site.report("/mines", 6)
    feed = Feed(f"{site.address}/sitemap.xml", words=("mine",))
    assert polled(watcher(), feed).counts["new"] == 1
    assert site.paths() == ["/sitemap.xml", "/map.xml.gz", "/mines"]
    clock.now += HOUR
    site.answer("/map.xml.gz", gzip.compress(urls.replace("06-01", "06-05").encode()))
    site.report("/mines", 60)
    polled(watcher(), feed)
    assert site.paths()[-1] == "/mines"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body>A page</body></html>", "text/html"),
        ("", "application/rss+xml"),
        ("<urlset><url><loc>", "application/xml"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><urlset>&b;</urlset>", "text/xml"),
        (gzip.compress(b"<urlset>" + b" " * 20_000_000), "application/gzip"),
        ("\x1f\x8bnot packed", "application/gzip"),
        ("<rss><channel><item><link>javascript:alert(1)</link></item></channel></rss>", "text/xml"),
    ],
)
def test_what_is_no_feed_ends_nothing(
    site: Site, watcher: Callable[[], Watcher], body: str | bytes, kind: str
) -> None:
    """It is told with its address, or lists nothing that can be read, and the next feed has its turn."""
    site.answer("/feed", body, Content_Type=kind)
    other = Feed(f"{site.address}/gone")
    first, second = watcher().poll([Feed(f"{site.address}/feed"), other])
    assert first.counts["new"] == 0
    assert first.problem is None or site.address in str(first.problem)
    assert "answers 404" in str(second.problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no [[feed]]"),
        ("[[feed]\n", "no TOML"),
        ("[[feed]]\nurl = 'https://a.example'", "url is not known"),
        ("[[feed]]\naddress = 'file:///etc/passwd'", "no web address"),
        ("[[feed]]\naddress = 'https://a.example'\nwords = 'mine'", "words is of another kind"),
        ("[[feed]]\naddress = 'https://a.example'\nevery_minutes = 1", "too often"),
        ("[[feed]]\naddress = 'https://a.example'\nlanguage = 'de'", "language is not read"),
        ("[[feed]]\naddress = 'https://a.example'\n" * 2, "stands in it twice"),
    ],
)
def test_a_list_that_is_none_says_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    """The error names the file, the feed and what to do."""
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FeedsError, match=r"feeds\.toml") as refused:
        load_feeds(path)
    assert problem in str(refused.value)


def test_what_is_remembered_may_be_damaged(tmp_path: Path) -> None:
    """A damaged file is an error that says what to do, and is not overwritten."""
    path = tmp_path / "state.json"
    path.write_text('{"feeds": {"a": 1}}', encoding="utf-8")
    with pytest.raises(FeedsError, match="Remove it"):
        StateFile(path)


def test_the_command(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One poll reads what is listed, tells of it, and ends with 1 where something was refused."""
    monkeypatch.setenv("GEOTRACK_ALLOW_PRIVATE", "1")
    monkeypatch.setattr("geotrack.feeds.manners.PAUSE_S", 0.0)
    site.feed("/a", "/gone")
    site.report("/a", 12)
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f"[[feed]]\naddress = '{site.address}/feed'\nlanguage = 'en'\n", encoding="utf-8")
    command = ["watch", "--once", str(feeds), "--db", str(tmp_path / "facts.db")]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 1, done.output
    assert f"{site.address}/feed: new 1, updated 0, unchanged 0, refused 1, waiting 0" in done.output
    with Store.open(tmp_path / "facts.db") as store:
        assert store.figures()["value"].tolist() == [12]
    idle = CliRunner().invoke(app, command)
    assert (idle.exit_code, idle.output.startswith("Next time: ")) == (0, True)
