"""Pages on paper and on a phone in a real browser: what only a browser's own layout can show."""

from __future__ import annotations

from browsers import IN_CHROMIUM, WIDE_PX, map_of, settle
from playwright.sync_api import Page, expect

pytestmark = IN_CHROMIUM
_PAPER_PX = 718  # the width of an A4 sheet between its margins


def test_a_map_takes_the_size_of_a_page_while_it_prints(page: Page) -> None:
    """On paper the map has the width of a sheet and its legend open; afterwards it is as it was."""
    page.goto("/?country=AZ")
    frame = map_of(page)
    box, legend = frame.locator(".gt-map"), frame.locator("details.gt-legend")
    expect(legend).to_be_visible()
    is_open, width = legend.get_attribute("open"), box.bounding_box()
    page.frames[-1].evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(legend).to_have_attribute("open", "")
    printed = box.bounding_box()
    assert width is not None
    assert printed is not None
    assert width["width"] != printed["width"] <= _PAPER_PX
    page.frames[-1].evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert box.bounding_box() == width
    assert legend.get_attribute("open") == is_open


def test_no_page_is_wider_than_its_paper(page: Page) -> None:
    """Printed, a page shows its matter without its controls, and nothing sticks out."""
    page.goto("/?country=AZ")
    map_of(page)
    settle(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": _PAPER_PX, "height": 1000})
    expect(page.locator(".st-key-controls")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= _PAPER_PX


def test_on_a_phone_the_map_comes_before_the_filters(page: Page) -> None:
    """A phone shows country, measure and the map at once; a touch brings the other filters."""
    page.goto("/?country=AZ")
    map_of(page)
    settle(page)
    least, more = page.get_by_role("combobox", name="Sure enough to show"), page.get_by_text("More filters")
    assert page.viewport_size
    if page.viewport_size["width"] > WIDE_PX:
        expect(least).to_be_visible()
        expect(more).to_be_hidden()
        return
    expect(least).to_be_hidden()
    frame = page.locator("iframe[title='streamlit_folium.st_folium']").bounding_box()
    assert frame is not None
    assert frame["y"] + frame["height"] / 2 < page.viewport_size["height"]
    more.click()
    expect(least).to_be_visible()


def test_a_long_table_is_printed_whole(page: Page) -> None:
    """On paper stands every row of the piece shown, in words that wrap, instead of the picture of a few."""
    page.goto("/incidents")
    settle(page)
    printed = page.locator(".gt-paper")
    expect(page.locator(".stDataFrame")).to_be_visible()
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_be_visible()
    expect(page.locator(".stDataFrame")).to_be_hidden()
    assert printed.locator("tbody tr").count() > 1
