"""What a report, a link or a reviewer says never becomes markup: every page in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import app_samples as samples
import pytest
from browsers import IN_CHROMIUM, PATIENCE_MS, is_elsewhere, serving, settle
from playwright.sync_api import Browser, Page

from geotrack.app import checks, links
from geotrack.store import Review, Store

pytestmark = IN_CHROMIUM

# Whatever stands here came from a text: nothing of ours has such a source, link, handler or formula.
_GROWN = """() => {
    const grown = ['img[src="x"]', '[src*="evil.example"]', '[href*="evil.example"]',
        '[href^="javascript" i]', '[onerror]', '[onload]', '.katex', '.stMarkdownColoredText'];
    return grown.filter((one) => document.querySelector(one));
}"""
_HACKED = "() => window.hacked === undefined ? null : String(window.hacked)"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a database in which every field that comes from outside tries to become markup."""
    path = tmp_path_factory.mktemp("hostile") / "geotrack.db"
    samples.fill(path)
    with Store.open(path) as store:
        for fact_id in store.figures()["figure_id"]:
            store.review(Review(fact_id, "accepted", samples.HOSTILE, note=samples.HOSTILE))
    return path


@pytest.fixture(scope="module")
def hostile_address(library: Path) -> Iterator[str]:
    """Start the app on it."""
    with serving(library) as started:
        yield started


@pytest.fixture(scope="module")
def visitor(browser: Browser, hostile_address: str) -> Iterator[Page]:
    """Open a page on it that notes whatever it should not do."""
    page = browser.new_page(viewport={"width": 1400, "height": 900}, base_url=hostile_address)
    page.set_default_timeout(PATIENCE_MS)
    yield page
    page.close()


def _addresses(library: Path) -> dict[str, str]:
    """Return every page and view with what links to it may hold, the hostile among it."""
    with Store.open(library) as store:
        document_id = cast("str", store.documents()["document_id"][0])
        figure_id = cast("str", store.figures()["figure_id"][0])
        event_id = cast("str", store.incidents()["incident_id"][0])
    asked = [(page.name, {}) for page in links.PAGES]
    asked += [
        (page.name, dict.fromkeys(("selected", "search", "document", "view"), samples.HOSTILE))
        for page in links.PAGES
    ]
    asked += [("check", {"view": view}) for view in checks.VIEWS]
    asked += [
        ("documents", {"document": document_id, "fact": figure_id}),
        ("documents", {"search": "mines <b>"}),
    ]
    asked += [("map", {"country": "AZ", "measure": "area_cleared", "selected": "AZ-AGM"})]
    asked += [("map", {"country": "AZ", "measure": "incidents"}), ("incidents", {"incident": event_id})]
    return {
        f"{name} {'+'.join(params)} {at}": f"/{name}?{urlencode(params)}"
        for at, (name, params) in enumerate(asked)
    }


def test_no_text_becomes_markup_on_any_page(visitor: Page, library: Path, hostile_address: str) -> None:
    """No script ran, no element grew out of a text, no dialog opened, nothing was asked of another host."""
    problems: list[str] = []
    visitor.on("pageerror", lambda error: problems.append(f"error: {error}"))
    visitor.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    visitor.on(
        "request",
        lambda sent: (
            problems.append(f"asked: {sent.url}") if is_elsewhere(sent.url, hostile_address) else None
        ),
    )
    seen = 0
    for name, address in _addresses(library).items():
        visitor.goto(address)
        visitor.locator(".stMainBlockContainer h1, .gt-error").first.wait_for()
        settle(visitor)
        for frame in visitor.frames:
            problems += [f"{name}: {one}" for one in frame.evaluate(_GROWN)]
            hacked = frame.evaluate(_HACKED)
            problems += [f"{name}: ran"] if hacked else []
        seen += "window.hacked" in visitor.inner_text("body")
    assert problems == []
    assert seen > len(links.PAGES)  # the words themselves are there, as words


@pytest.mark.parametrize(
    ("origin", "answered"), [(None, 101), ("http://evil.example:{port}", 403), ("https://evil.example", 403)]
)
def test_pages_of_others_cannot_talk_to_the_app(
    hostile_address: str, origin: str | None, answered: int
) -> None:
    """A page from elsewhere that a browser was tricked into taking for this machine opens no session."""
    host, port = hostile_address.removeprefix("http://").split(":")
    own = hostile_address if origin is None else origin.format(port=port)
    connection = HTTPConnection(host, int(port), timeout=20)
    connection.request(
        "GET",
        "/_stcore/stream",
        headers={
            "Host": own.partition("//")[2],
            "Origin": own,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        },
    )
    with closing(connection), closing(connection.getresponse()) as answer:
        assert answer.status == answered


def test_served_folder_holds_nothing_but_the_map(hostile_address: str) -> None:
    """Nothing outside the folder of scripts and outlines is served, however it is asked for."""
    folder = "/component/geotrack.app.mapview.files"
    for path in (
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/",
        "/..%2f..%2fetc%2fpasswd",
    ):
        connection = HTTPConnection(*hostile_address.removeprefix("http://").split(":"), timeout=20)
        connection.request("GET", f"{folder}{path}")
        with closing(connection), closing(connection.getresponse()) as answer:
            assert answer.status in {400, 403, 404}
            assert b"root:" not in answer.read()
