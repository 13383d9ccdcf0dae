"""Pages of lists in a real Chromium: what only a browser can tell of incidents, documents and checks."""

from __future__ import annotations

import re

from browsers import IN_CHROMIUM, map_of, settle
from playwright.sync_api import Page, expect

pytestmark = IN_CHROMIUM


def test_map_and_list_of_incidents_pick_for_each_other(page: Page) -> None:
    """A unit on the map narrows the list, once more widens it, and the address says so."""
    page.goto("/incidents?country=UA")
    unit = map_of(page).locator("path[data-place='UA-63']")
    unit.press("Enter")
    expect(page).to_have_url(re.compile("place=UA-63"))
    settle(page)
    expect(page.get_by_role("combobox", name="Place")).to_have_value("Kharkiv Oblast (2)")
    unit.press("Enter")
    expect(page).not_to_have_url(re.compile("place="))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_marked_words_say_what_they_mean_to_the_keyboard(page: Page) -> None:
    """Next goes to a fact of the text, which comes into sight; focused, its words tell measure and value."""
    page.goto("/documents?only=figures")
    page.locator("[class*='st-key-row-'] button").first.click()
    page.get_by_role("button", name="Next fact").click()
    chosen = page.locator("#gt-chosen")
    expect(chosen).to_be_in_viewport()
    expect(page).to_have_url(re.compile("fact="))
    chosen.focus()
    told = chosen.evaluate("node => getComputedStyle(node, '::after').content")
    assert told.strip('"') == chosen.get_attribute("data-tip")
    page.get_by_label("Find in this document").fill("mine")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="1 of")).to_be_visible()
    expect(page.locator("mark.found.chosen").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_month_of_coverage_leads_to_its_reports(page: Page) -> None:
    """A click on a cell of the field gives a link to the reports of that month."""
    page.goto("/check?view=coverage")
    cells = page.locator(".stVegaLiteChart .mark-rect path")
    cells.first.wait_for()
    settle(page)
    cells.first.click()
    link = page.get_by_role("link", name=re.compile("^Reports of "))
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile("from=.*to="))
    expect(page.get_by_text(re.compile(r"^\d+ documents?$"))).to_be_visible()
