"""The app in a real Chromium that reaches nothing but this machine: fixtures of every browser test."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect, sync_playwright

from geotrack.config import seeds_folder
from geotrack.store import Store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
COMMAND = [sys.executable, "-c", "from geotrack.cli import main; main()"]
PATIENCE_S, PATIENCE_MS = 60, 40_000
WIDE_PX = 900
# A machine may be slow, and what a run replaces stays on the page until the run ends.
expect.set_options(timeout=PATIENCE_MS)

IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
"""What a module of browser tests has for its `pytestmark`."""


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    """Wait until a server answers that it is well."""
    last = time.monotonic() + PATIENCE_S
    while time.monotonic() < last:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer within {PATIENCE_S} seconds")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read the seeds into a new database, outside the checkout, and make one of two figures less sure."""
    folder = tmp_path_factory.mktemp("app")
    database = folder / "geotrack.db"
    subprocess.run(
        [*COMMAND, "ingest", "--db", database, seeds_folder()], check=True, cwd=folder, timeout=120
    )
    with Store.open(database) as store:
        figures = store.figures()
    first, second = figures["figure_id"][[_is_land_in_ukraine(one) for one in figures.itertuples()]]
    with closing(sqlite3.connect(database)) as connection:
        for confidence, figure_id in ((0.95, first), (0.6, second)):
            connection.execute(
                "UPDATE figures SET confidence = ? WHERE figure_id = ?", (confidence, figure_id)
            )
        connection.commit()
    return database


def _is_land_in_ukraine(figure: Any) -> bool:
    return bool(figure.measure == "area_contaminated" and figure.place_ids[0].startswith("UA"))


@contextmanager
def serving(library: Path) -> Iterator[str]:
    """Start the app on a database and give its address."""
    folder, port = library.parent, free_port()
    command = [*COMMAND, "app", "--db", str(library), "--port", str(port), "--no-browser"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as app:
        try:
            wait_for(f"http://127.0.0.1:{port}", app)
            yield f"http://127.0.0.1:{port}"
        finally:
            app.terminate()
            app.wait(20)


@pytest.fixture(scope="session")
def address(library: Path) -> Iterator[str]:
    """Start the app on the seeds, which no test changes, and give its address."""
    with serving(library) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a Chromium that can reach nothing but this machine."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """Give by address the profile of a user who has the app's scripts from an earlier visit."""
    held: dict[str, BrowserContext] = {}

    def profile(address: str) -> BrowserContext:
        if address not in held:
            held[address] = browser.new_context(base_url=address)
            held[address].set_default_timeout(PATIENCE_MS)
        return held[address]

    yield profile
    for context in held.values():
        context.close()


@pytest.fixture(params=[(1400, 900), (390, 844)], ids=["wide", "phone"])
def page(
    request: pytest.FixtureRequest, profiles: Callable[[str], BrowserContext], address: str
) -> Iterator[Page]:
    """Open a page that fails on page errors and on any request to another host; it keeps nothing."""
    profile = profiles(address)
    opened = profile.new_page()
    width, height = request.param
    opened.set_viewport_size({"width": width, "height": height})
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda sent: problems.append(sent.url) if is_elsewhere(sent.url, address) else None)
    yield opened
    if opened.url.startswith(address):
        opened.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    opened.close()
    profile.clear_cookies()
    assert problems == []


def is_elsewhere(url: str, address: str) -> bool:
    """Tell whether a request leaves the app."""
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def map_of(page: Page) -> FrameLocator:
    """Return the map's frame once its polygons are painted."""
    frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    frame.locator("path[data-place]").first.wait_for()
    return frame


def settle(page: Page) -> None:
    """Wait until a run has shown all that it shows: what is below moves until then.

    On the page Map that is the run that a painted map asks for; its last control is the download.
    """
    if page.locator(".st-key-map").count():
        page.locator(".st-key-download-map").wait_for(state="attached")
    page.locator("[data-test-script-state='notRunning']").wait_for()


def choose(page: Page, place_id: str) -> None:
    """Choose a unit: with the mouse on a wide screen; by keyboard on a phone, where some are tiny."""
    unit = map_of(page).locator(f"path[data-place='{place_id}']")
    assert page.viewport_size
    if page.viewport_size["width"] > WIDE_PX:
        unit.click()
    else:
        unit.press("Enter")
