"""The page Timeline in a real Chromium: a click on what is drawn shows the sentence that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import app_samples as samples
import pytest
from browsers import IN_CHROMIUM, serving, settle
from playwright.sync_api import Locator, Page, expect

pytestmark = IN_CHROMIUM

TWO = "/timeline?places=AZ-AGM,AZ-FUZ&measures=area_cleared"
BLUE = "#0072B2"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app on the two sample reports, whose every field is hostile."""
    database: Path = tmp_path_factory.mktemp("timeline") / "app.db"
    samples.fill(database)
    with serving(database) as started:
        yield started


def chart(page: Page) -> Locator:
    """Return the first chart once it is drawn."""
    drawn = page.get_by_test_id("stVegaLiteChart").first
    drawn.locator("svg .mark-rect path").first.wait_for()
    settle(page)
    return drawn


def asked(page: Page) -> dict[str, list[str]]:
    """Return what the address asks for."""
    return parse_qs(urlsplit(page.url).query)


def test_a_click_on_a_band_shows_its_sentence_and_the_link_keeps_it(page: Page) -> None:
    """Two places by link; a click on the bar of one opens its words, in sight, and in the address."""
    page.goto(TWO)
    expect(page.get_by_role("heading", name="Aghdam and Fuzuli over time")).to_be_visible()
    band = chart(page).locator(f".mark-rect path[fill='{BLUE}']").first
    band.scroll_into_view_if_needed()
    band.click(force=True)
    words = page.locator(".gt-quote mark.figure", has_text="250 ha")
    expect(words).to_be_visible()
    expect(words).to_be_in_viewport()
    assert "shown" in asked(page)
    page.reload()
    expect(page.locator(".gt-quote mark.figure", has_text="250 ha")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".gt-quote")).to_have_count(0)
    assert "shown" not in asked(page)
    assert page.evaluate("window.hacked") is None


def test_a_chart_fits_its_page_and_tells_what_it_shows(page: Page) -> None:
    """Nothing is wider than the page, and a screen reader is told the summary in place of the picture."""
    page.goto(TWO)
    drawn = chart(page)
    box, wide = drawn.bounding_box(), page.viewport_size
    assert box
    assert wide
    assert box["x"] + box["width"] <= wide["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= wide["width"]
    expect(drawn).to_have_attribute("role", "graphics-document")
    expect(drawn).to_have_attribute("aria-label", re.compile("Land cleared. Aghdam: one figure, 250 ha"))


def test_an_incident_opens_its_card(page: Page) -> None:
    """A click on an event shows every telling of it."""
    page.goto("/timeline?places=AZ-AGM&measures=incidents")
    drawn = page.get_by_test_id("stVegaLiteChart").first
    drawn.locator("svg .mark-symbol path").first.wait_for()
    settle(page)
    drawn.locator("svg .mark-symbol path").first.click(force=True)
    expect(page.locator(".gt-quote")).to_have_count(2)


def test_clicks_go_back_and_forth_between_the_views_of_a_chart(page: Page) -> None:
    """A bar, the strip below it, the same bar again: each click shows what was clicked."""
    page.goto("/timeline?places=AZ-AGM&measures=area_cleared")
    heading = page.get_by_role("heading", name="Aghdam: reports published in June 2024")
    words = page.locator(".gt-quote mark.figure", has_text="250 ha")
    for cell, shown in ((0, words), (-1, heading), (0, words)):
        band = chart(page).locator(f".mark-rect path[fill='{BLUE}']").nth(cell)
        band.scroll_into_view_if_needed()
        band.click(force=True)
        expect(shown).to_be_visible()


def test_the_first_places_are_one_click_away(page: Page) -> None:
    """With no place chosen the page offers those that most is known of."""
    page.goto("/timeline")
    page.get_by_role("button", name="Azerbaijan").click()
    expect(page.get_by_role("heading", name="Azerbaijan over time")).to_be_visible()
    chart(page)
    assert asked(page)["places"] == ["AZ"]
