"""What a rerun sends to the browser stays small, however large the library is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from browsers import IN_CHROMIUM, map_of, serving, settle
from playwright.sync_api import Browser, WebSocket

from geotrack.config import app_script
from geotrack.store import Store

pytestmark = IN_CHROMIUM

DOCUMENTS = 150
# As in benchmarks/app.py; what is embedded instead of served by address comes to 90 kB and more.
MOST_BYTES = 30_000


@pytest.fixture(scope="module")
def medium_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of some hundred reports, made as the benchmark makes its large one."""
    sys.path.insert(0, str(app_script().parent / "benchmarks"))
    from big_store import Generator

    database = tmp_path_factory.mktemp("speed") / "geotrack.db"
    with Store.open(database) as store:
        for document, reading in Generator().documents(DOCUMENTS):
            store.add(document, reading)
    return database


def test_a_rerun_sends_little(medium_library: Path, browser: Browser) -> None:
    """Another measure recolours the map within the budget: points, outlines and charts come by address."""
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    with serving(medium_library) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 900}, base_url=address)
        page.on("websocket", listen)
        page.goto("/?country=AZ&measure=incidents")
        map_of(page)
        settle(page)
        page.get_by_role("combobox", name="Measure").click()
        received.clear()
        page.get_by_role("option", name="Land cleared").click()
        map_of(page).locator(".gt-legend", has_text="Land cleared").wait_for()
        settle(page)
        page.close()
    assert 0 < sum(received) <= MOST_BYTES
