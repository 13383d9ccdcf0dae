"""The map's own ways of picking in a real browser: the brush, own steps, the table, the keyboard."""

from __future__ import annotations

import re

import pytest
from browsers import IN_CHROMIUM, map_of, settle
from playwright.sync_api import Page, expect

pytestmark = IN_CHROMIUM

WIDE = pytest.mark.parametrize("page", [(1400, 900)], ids=["wide"], indirect=True)
LAND = "/?country=AZ&measure=area_contaminated"


@WIDE
def test_brush_on_the_timeline_filters_the_map(page: Page) -> None:
    """The months dragged over go into From and To and into the address; one button shows all again."""
    page.goto("/?country=UA&measure=incidents&level=adm1")
    map_of(page)
    settle(page)
    strip = page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").last
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box
    row = box["y"] + box["height"] / 3
    page.mouse.move(box["x"] + box["width"] * 0.3, row)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, row, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"from=\d{4}-\d\d-01&to=\d{4}-\d\d-(28|29|30|31)"))
    expect(page.get_by_text(re.compile("^The map shows these days: "))).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Show all days").click()
    expect(page.get_by_text(re.compile("^Drag across a chart"))).to_be_visible()
    assert "from=" not in page.url


def test_steps_of_ones_own_are_the_legend(page: Page) -> None:
    """A link with own steps draws them, and the legend prints each once."""
    page.goto(f"{LAND}&scheme=manual&breaks=100,1000")
    legend = map_of(page).locator(".gt-legend")
    legend.locator("li").first.wait_for(state="attached")
    expect(legend).to_contain_text("over 1,000 ha")
    expect(legend).to_contain_text("over 100 to 1,000 ha")
    expect(legend).to_contain_text("up to 100 ha")


@WIDE
def test_table_selects_on_the_map_and_lets_go(page: Page) -> None:
    """The box of a row outlines its unit on the map and opens its card."""
    page.goto(LAND)
    frame = map_of(page)
    settle(page)
    table = page.locator("[data-testid='stDataFrame'] canvas").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 16, "y": 52}, force=True)  # the scroller above it takes the press
    page.wait_for_url(re.compile("selected=AZ-"))
    place_id = page.url.split("selected=")[1].split("&")[0]
    expect(frame.locator(f"path[data-place='{place_id}']")).to_have_attribute("stroke-width", "3")
    expect(page.locator(".st-key-panel .gt-number")).to_be_visible()


@WIDE
def test_unit_is_reached_and_opened_by_keyboard(page: Page) -> None:
    """A unit has focus that can be seen and words for a screen reader; Enter opens its card."""
    page.goto(LAND)
    unit = map_of(page).locator("path[data-place='AZ-AGM']")
    settle(page)
    expect(unit).to_have_attribute("aria-label", re.compile("^Aghdam: at least 400 ha"))
    unit.focus()
    expect(unit).to_have_css("stroke", "rgb(11, 87, 208)")
    unit.press("Enter")
    expect(page.locator(".st-key-panel .gt-number")).to_have_text("at least 400 ha")
