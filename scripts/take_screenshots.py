"""Take the pictures of docs/images anew: the app on the reports that come along, in Chromium, offline.

Run it from the checkout: python scripts/take_screenshots.py [NAME…]
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsers import ARGUMENTS, CHROMIUM, COMMAND, serving  # noqa: E402 - it lies beside the tests

IMAGES = ROOT / "docs" / "images"
MOST_KB = 200
_COLOURS = 128
_MAP = "iframe[title='streamlit_folium.st_folium']"
_PATIENCE_MS = 120_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown: its address, the window's size, its dress, and what it is waited for by."""

    name: str
    path: str
    width: int = 1440
    height: int = 900
    dark: bool = False
    prepare: Callable[[Page], None] | None = None


def _at_map(page: Page) -> None:
    page.frame_locator(_MAP).locator("path[data-place]").first.wait_for()


def _at_chart(page: Page) -> None:
    page.locator(".stVegaLiteChart svg").first.wait_for()
    _below_the_header(page)


def _below_the_header(page: Page) -> None:
    """Scroll to the heading: the controls above it are known from the other pictures."""
    page.locator("h1").evaluate("heading => heading.scrollIntoView({block: 'start'})")
    page.locator(".stMain").evaluate("main => main.scrollBy(0, -80)")


def _at_an_incident(page: Page) -> None:
    page.locator(".gt-row mark.incident").first.evaluate("mark => mark.scrollIntoView({block: 'center'})")


def _of_a_map(page: Page) -> None:
    page.locator(".gt-map path[data-place='AZ-AGM']").wait_for()
    page.evaluate("window.scrollTo(0, 0)")


PICTURES = (
    Picture("map", "?country=AZ&measure=area_cleared&selected=AZ-AGM", prepare=_at_map),
    Picture("map-dark", "?country=UA&measure=items_found", dark=True, prepare=_at_map),
    Picture("phone", "?country=AZ&measure=area_cleared", 390, 844, prepare=_at_map),
    Picture(
        "timeline",
        "timeline?places=AZ-AGM,AZ-FUZ&measures=area_cleared",
        height=860,
        prepare=_at_chart,
    ),
    Picture("review", "review?country=AZ", height=800),
    Picture("document", "documents?document=1522518a703d462b", height=760, prepare=_at_an_incident),
)
_SAVED = Picture("saved-map", "", 1440, 800, prepare=_of_a_map)


def take(browser: Browser, picture: Picture, address: str) -> None:
    """Open a page, take it, and write it with as many colours as it needs."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        locale="en-GB",
        device_scale_factor=1,
    )
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(address)
    if picture.path:
        page.locator("[data-testid='stMainBlockContainer'] h1").wait_for()
        page.locator("[data-test-script-state='notRunning']").wait_for()
    if picture.prepare:
        picture.prepare(page)
    page.wait_for_timeout(1500)  # transitions
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    target = IMAGES / f"{picture.name}.png"
    taken.quantize(_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size / 1024
    print(f"{target.relative_to(ROOT)}: {size:.0f} kB")
    if size > MOST_KB:
        sys.exit(f"{target.name} is larger than {MOST_KB} kB")


def main(names: list[str]) -> None:
    """Read the reports into a library of their own and take the pictures named, or all."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium on this machine: install it, then run this again.")
    with tempfile.TemporaryDirectory() as made:
        library = Path(made) / "reports.db"
        reports = [ROOT / "seeds", ROOT / "data" / "reports"]
        subprocess.run([*COMMAND, "ingest", "--db", library, *reports], check=True, stdout=subprocess.DEVNULL)
        wanted = [one for one in PICTURES if not names or one.name in names]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            if wanted:
                with serving(library) as address:
                    for picture in wanted:
                        take(browser, picture, f"{address}/{picture.path}")
            if not names or _SAVED.name in names:
                saved = Path(made) / "map.html"
                asked = ["--measure", "area_cleared", "--country", "AZ", "--out", str(saved)]
                subprocess.run(
                    [*COMMAND, "map", "--db", library, *asked], check=True, stdout=subprocess.DEVNULL
                )
                take(browser, _SAVED, saved.as_uri())
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
