"""How long a person waits for the app with a large library, beside a bare Streamlit app with an empty map.

The library is that of `big_store.py`: 20,000 documents, 100,000 figures, 5,000 incidents. Both apps run on
this machine with the same settings, in one Chromium that reaches nothing else; loads alternate. Times are
medians; what counts is their ratio to the load of the bare app, measured in the same minutes. A rerun is
timed from the click to the moment its answer is on the screen, with a filter that nobody has asked for
before. `make benchmarks`; with `--check` it fails when a target is missed by more than the noise.
"""

from __future__ import annotations

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from big_store import big_store
from playwright.sync_api import Browser, FrameLocator, Page, WebSocket, sync_playwright
from table import Table

from geotrack.cli.server import streamlit_flags

HERE = Path(__file__).parent
GEOTRACK = [sys.executable, "-c", "from geotrack.cli import main; main()"]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
LOADS, REPEATS = 7, 5
PATIENCE_S = 120
QUIET_S = 2.0  # a server that has worked this little for so long has nothing left to prepare
NOISE = 0.15  # of a ratio, from one run to the next on a quiet machine
MAP = "iframe[title='streamlit_folium.st_folium']"
LOAD, RERUN, PAYLOAD_KB = 1.5, 0.25, 30.0
SEARCHES = ("anti-tank", "Horadiz", "sappers cleared", "мін", "hektar")


@dataclass(slots=True)
class Server:
    """A running server: its address and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def cpu_s(self) -> float:
        """Return the seconds of processor that it has used."""
        words = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / 100

    def megabytes(self, name: str) -> float:
        """Return its memory: `VmRSS` is now, `VmHWM` at most."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(rf"{name}:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def wait(self, *, quiet: bool = False) -> float:
        """Wait until it answers, or until it has nothing left to do; return the seconds that took."""
        started = time.perf_counter()
        while not self._is_well():
            time.sleep(0.05)
        while quiet:
            before, since = self.cpu_s(), time.perf_counter()
            time.sleep(QUIET_S)
            if self.cpu_s() - before < 0.05 * (time.perf_counter() - since):
                return time.perf_counter() - started - QUIET_S
        return time.perf_counter() - started

    def _is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's "OK"
        except OSError:
            return False


@contextmanager
def serving(command: list[str], port: int) -> Iterator[Server]:
    """Run a server until the block ends."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tempfile.gettempdir()
    ) as process:
        try:
            yield Server(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(30)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def app_command(database: Path, port: int) -> list[str]:
    """Return what starts geotrack."""
    return [*GEOTRACK, "app", "--db", str(database), "--port", str(port), "--no-browser"]


def bare_command(port: int) -> list[str]:
    """Return what starts the bare app, with geotrack's settings."""
    flags = streamlit_flags(port, no_browser=True)
    return [sys.executable, "-m", "streamlit", "run", str(HERE / "bare_map.py"), *flags]


def loaded(browser: Browser, address: str, painted: str) -> float:
    """Return the seconds from a new visitor's request to a painted map."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    started = time.perf_counter()
    page.goto(address)
    page.frame_locator(MAP).locator(painted).first.wait_for(state="attached")
    took = time.perf_counter() - started
    context.close()
    return took


APP_PAINTED, BARE_PAINTED = "path[data-place]", ".leaflet-control-zoom"


@dataclass
class Visit:
    """One open page, with the bytes that its server has sent."""

    page: Page
    received: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)
    kilobytes: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count what comes through the page's sockets."""
        self.page.set_default_timeout(PATIENCE_S * 1000)
        self.page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, frame: str | bytes) -> None:
        self.received += len(frame.encode() if isinstance(frame, str) else frame)

    @property
    def map(self) -> FrameLocator:
        """The map's frame."""
        return self.page.frame_locator(MAP)

    def settle(self) -> None:
        """Wait until a run has ended."""
        self.page.locator("[data-test-script-state='notRunning']").wait_for()

    def measured(self, what: str, act: Callable[[], object], shown: Callable[[], object]) -> None:
        """Time what a person does until its answer is shown, and count what the whole rerun sends."""
        self.settle()
        self.page.wait_for_timeout(300)
        before, started = self.received, time.perf_counter()
        act()
        shown()
        self.seconds.setdefault(what, []).append(time.perf_counter() - started)
        self.settle()
        self.page.wait_for_timeout(300)
        self.kilobytes.setdefault(what, []).append((self.received - before) / 1000)

    def repainted(self) -> Callable[[], None]:
        """Return what waits until the map has been drawn anew from now on."""
        self.map.locator(".gt-legend").evaluate("node => { node.dataset.old = 'yes'; }")
        return lambda: self.map.locator(".gt-legend:not([data-old])").wait_for(state="attached")

    def changed(self, selector: str) -> Callable[[], object]:
        """Return what waits until the first words at a selector are others than now."""
        before = self.page.evaluate("at => document.querySelector(at)?.textContent ?? ''", selector)
        test = "([at, old]) => ![old, ''].includes(document.querySelector(at)?.textContent ?? '')"
        return lambda: self.page.wait_for_function(test, arg=[selector, before])

    def choose(self, what: str, control: str, at: int) -> None:
        """Choose an option of a control of the map, and wait for the map."""
        self.settle()
        self.page.get_by_role("combobox", name=control).click()
        option = self.page.locator("[role='option']:not([aria-selected='true'])").nth(at)
        option.wait_for()
        self.measured(what, option.click, self.repainted())


def filters(visit: Visit) -> None:
    """Ask the map for other measures, years and confidences."""
    for at in range(1, REPEATS + 1):
        visit.choose("another measure", "Measure", at)
    for year in range(2017, 2017 + REPEATS):
        visit.page.get_by_role("group", name="From").get_by_role("spinbutton").first.click()
        visit.page.keyboard.type(f"{year}0101")
        # The day is sent when the field is left.
        visit.measured("another window", lambda: leave(visit.page), visit.repainted())
    for at in (1, 2, 1):
        visit.choose("another confidence", "Sure enough to show", at)


def leave(page: Page) -> None:
    """Leave a field of days."""
    page.keyboard.press("Escape")
    page.mouse.click(5, 300)


def districts(visit: Visit) -> None:
    """Click on districts."""
    units = visit.map.locator("path[data-place]")
    for at in range(REPEATS):
        unit = units.nth(7 * at + 3)
        answer = visit.changed(".st-key-panel h2")
        visit.measured("district to its card", lambda one=unit: one.press("Enter"), answer)  # type: ignore[misc]


_NEAR_ONE = """(_, part) => {
    const points = map_div.geotrack.marks.points, point = points[Math.floor(part * points.length)];
    map_div.setView([point.lat, point.lon], map_div.getMaxZoom(), { animate: false });
    return point.id;
}"""


def incidents(visit: Visit) -> None:
    """Click on incidents after zooming in on each; those of one village are spread first."""
    for at in range(REPEATS):
        point = visit.map.locator("body").evaluate(_NEAR_ONE, (at + 0.5) / REPEATS)
        dot = visit.map.locator(f"[data-mark='{point}']")
        visit.page.wait_for_timeout(500)
        if not dot.count():
            visit.map.locator(".leaflet-container").click(force=True)  # in its middle, where they are
            dot.wait_for(state="attached")
        answer = visit.changed(".st-key-panel .gt-quote")
        visit.measured("incident to its sentence", partial(dot.press, "Enter"), answer)


def searches(visit: Visit) -> None:
    """Search the text of all documents."""
    for words in SEARCHES:
        visit.settle()  # a run that ends puts back what the field held
        field_of_words = visit.page.get_by_role("textbox").first
        field_of_words.fill(words)
        answer = visit.changed(".gt-found")
        visit.measured("document search", lambda: field_of_words.press("Enter"), answer)  # noqa: B023 - called at once


def measured_visit(browser: Browser, address: str) -> Visit:
    """Do in one visit what a person does."""
    visit = Visit(browser.new_page(viewport={"width": 1440, "height": 900}))
    visit.page.goto(f"{address}/?country=AZ")
    visit.map.locator(APP_PAINTED).first.wait_for(state="attached")
    filters(visit)
    visit.page.goto(f"{address}/?country=AZ&measure=incidents")
    visit.map.locator(APP_PAINTED).first.wait_for(state="attached")
    districts(visit)
    incidents(visit)
    visit.page.goto(f"{address}/documents")
    visit.page.locator("[class*='st-key-row-']").first.wait_for()
    searches(visit)
    visit.page.close()
    return visit


@dataclass(slots=True)
class Report:
    """A table of measurements, and the targets that are missed by more than the noise."""

    bare_s: float
    table: Table
    missed: list[str] = field(default_factory=list)

    def seconds(self, what: str, taken: list[float], most: float | None = None) -> None:
        """Print times beside the bare app's load."""
        ratio = median(taken) / self.bare_s
        spread = f"{min(taken):.2f} to {max(taken):.2f} s"
        self._print(what, f"{median(taken):.2f} s", f"{ratio:.2f} x", f"≤ {most} x" if most else "", spread)
        if most and ratio > most * (1 + NOISE):
            self.missed.append(what)

    def kilobytes(self, what: str, sent: list[float], most: float | None = None) -> None:
        """Print what reruns send."""
        spread = f"{min(sent):.1f} to {max(sent):.1f} kB"
        self._print(what, f"{median(sent):.1f} kB", "", f"≤ {most:g} kB" if most else "", spread)
        if most and median(sent) > most:
            self.missed.append(what)

    def plain(self, what: str, value: str) -> None:
        """Print what has no target."""
        self._print(what, value, "", "", "")

    def _print(self, *cells: str) -> None:
        self.table.row(*cells)


def main() -> None:
    """Measure and print; with `--check` fail where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="fail when a target is missed")
    asked.add_argument("--documents", type=int, default=20_000, help="how many documents the library has")
    options = asked.parse_args()
    database = big_store(options.documents)
    bare_port, app_port, cold_port = free_port(), free_port(), free_port()
    with sync_playwright() as playwright, serving(bare_command(bare_port), bare_port) as bare:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        bare.wait(quiet=True)
        bare_first = loaded(browser, bare.address, BARE_PAINTED)
        with serving(app_command(database, cold_port), cold_port) as cold:
            started = time.perf_counter()
            cold.wait()
            loaded(browser, cold.address, APP_PAINTED)
            cold_s = time.perf_counter() - started
        with serving(app_command(database, app_port), app_port) as app:
            answers, prepared = app.wait(), app.wait(quiet=True)
            first = loaded(browser, app.address, APP_PAINTED)
            loads = [
                (loaded(browser, bare.address, BARE_PAINTED), loaded(browser, app.address, APP_PAINTED))
                for _ in range(LOADS)
            ]
            print(f"{options.documents:,} documents; {LOADS} loads, {REPEATS} of each rerun; medians:\n")
            columns = ("", "measured", "bare app's load", "aim", "from to")
            report = Report(median(one for one, _ in loads), Table(*columns))
            report.seconds("bare app: map ready", [one for one, _ in loads])
            report.seconds("geotrack: map ready", [one for _, one in loads], LOAD)
            report.seconds("first visitor of a server that is ready", [first])
            report.seconds("first visitor of the bare app", [bare_first])
            report.seconds("from starting the server, nothing ready", [cold_s])
            visit = measured_visit(browser, app.address)
            for what, taken in visit.seconds.items():
                report.seconds(what, taken, RERUN)
            for what, sent in visit.kilobytes.items():
                report.kilobytes(f"payload: {what}", sent, PAYLOAD_KB)
            report.plain("server answers after", f"{answers:.1f} s")
            report.plain("server has everything ready after", f"{answers + prepared:.1f} s")
            report.plain("memory of the server", f"{app.megabytes('VmRSS'):.0f} MB")
            report.plain("memory of the server at most", f"{app.megabytes('VmHWM'):.0f} MB")
        browser.close()
    if report.missed:
        print(f"\nmissed: {', '.join(report.missed)}")
    sys.exit(bool(report.missed and options.check))


if __name__ == "__main__":
    main()
