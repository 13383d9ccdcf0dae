"""The app in a real browser, started as `make run` does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsers import IN_CHROMIUM, choose, map_of, settle
from playwright.sync_api import Locator, Page, expect

from geotrack.config import seeds_folder
from geotrack.maps.words import RETOLD

pytestmark = IN_CHROMIUM


def test_polygons_are_painted(page: Page) -> None:
    """Every district is there, more than one colour is on the map, and the legend prints what they mean."""
    page.goto("/?country=AZ&measure=area_contaminated")
    units = map_of(page).locator("path[data-place]")
    expect(units).to_have_count(77)
    fills = set(units.evaluate_all("nodes => nodes.map(node => node.getAttribute('fill'))"))
    assert len(fills) >= 2
    expect(map_of(page).locator(".gt-legend")).to_contain_text("Contaminated land")
    expect(map_of(page).locator(".leaflet-control-attribution")).to_contain_text("Not for navigation")


def test_clicked_district_shows_its_figure_and_sentence(page: Page) -> None:
    """A click shows the district's total and its sentence, which is one more click from its text."""
    page.goto("/?country=AZ&measure=area_contaminated")
    choose(page, "AZ-AGM")
    card = page.locator(".st-key-panel")
    expect(card.locator(".gt-number")).to_have_text("at least 400 ha")
    expect(card.locator("mark.figure").first).to_contain_text("400 hectares")
    expect(card.locator("figcaption").first).to_contain_text(RETOLD)
    assert "selected=AZ-AGM" in page.url
    card.get_by_role("link", name="Read it in the document").first.click()
    expect(page.locator("#gt-chosen")).to_be_in_viewport()
    expect(page.locator("#gt-chosen")).to_have_text("400 hectares")
    assert "document=" in page.url
    page.get_by_role("button", name="All documents").click()
    expect(page.get_by_text("5 documents")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Mine terrorism").click()
    expect(page.locator("h1")).to_contain_text("Mine terrorism")
    settle(page)
    linked = page.url
    page.goto("about:blank")
    page.goto(linked)
    expect(page.locator("h1")).to_contain_text("Mine terrorism")


def test_clicked_incident_shows_the_right_sentence(page: Page) -> None:
    """From a badge on an oblast to the incident's sentence, with publisher, date, and that it is retold."""
    page.goto("/?country=UA&measure=incidents&level=adm1")
    map_of(page).locator("[data-mark='UA-63']").click()
    card = page.locator(".st-key-panel")
    card.get_by_role("button", name=re.compile("27 April 2023")).click()
    # What stood here before stays below it until the run ends.
    expect(card.locator(".gt-number").first).to_have_text("1 killed, 4 injured")
    expect(card.locator(".gt-number")).to_have_count(1)
    expect(card.locator("mark.incident").first).to_contain_text("exploded on April 27")
    source = card.locator("figcaption").first
    expect(source).to_contain_text("Aze.Media")
    expect(source).to_contain_text("7 May 2023")
    expect(source).to_contain_text(RETOLD)
    expect(card).to_contain_text("Other incidents here: Kharkiv Oblast")


def test_view_is_a_link_and_the_browser_goes_back(page: Page) -> None:
    """The address of a view opens it again, and Back returns to the view before."""
    page.goto("/?country=AZ&measure=area_contaminated")
    choose(page, "AZ-AGM")
    expect(page.locator(".gt-number")).to_be_visible()
    linked = page.url
    page.goto("about:blank")
    page.goto(linked)
    expect(page.locator(".gt-number")).to_have_text("at least 400 ha")
    settle(page)
    page.get_by_role("button", name="Back to the overview").click()
    expect(page.locator(".gt-number")).to_have_count(0)
    settle(page)
    page.go_back()
    expect(page.locator(".gt-number")).to_have_text("at least 400 ha")


@pytest.mark.parametrize("name", ["incidents", "documents", "add", "check", "export", "about"])
def test_page_opens_by_its_address(page: Page, name: str) -> None:
    """Every page has an address, shows its heading, and is no wider than the screen."""
    page.goto(f"/{name}")
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[data-testid='stException']")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_files_are_added_by_dropping_them(page: Page, tmp_path: Path) -> None:
    """What was uploaded is read and leads to its text; what cannot be read says why."""
    page.goto("/add")
    seed = next(path for path in sorted(seeds_folder().glob("*.md")) if path.name != "README.md")
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"no PDF")
    page.locator("input[type=file]").set_input_files([seed, damaged])
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_text("1 report was taken in, 1 was refused.")).to_be_visible()
    expect(page.get_by_text("damaged.pdf: this PDF is damaged")).to_be_visible()
    # In the first run the upload is one more appearance of a text that is there.
    expect(page.get_by_text(re.compile(rf"{seed.name} · (updated|was there already) · "))).to_be_visible()
    page.locator("[data-testid='stPageLink'] a").last.click()
    expect(page.locator(".gt-text")).to_be_visible()
    assert "/documents?document=" in page.url


def _unfold(least: Locator) -> None:
    """Bring the control into sight where a phone folds it."""
    folded = least.page.get_by_text("More filters")
    if folded.is_visible() and not least.is_visible():
        folded.click()


def _ask_for(least: Locator, choice: str) -> None:
    """Choose how sure facts must be."""
    _unfold(least)
    least.click()
    least.page.get_by_role("option", name=choice, exact=True).click()


def test_less_sure_facts_go_and_come_with_the_control(page: Page) -> None:
    """The count of figures follows the control, what is left out is told, and the next page keeps to it."""
    page.goto("/?country=UA&measure=area_contaminated&level=adm1")
    map_of(page)
    measure, least = (page.get_by_role("combobox", name=name) for name in ("Measure", "Sure enough to show"))
    expect(measure).to_have_value("Contaminated land (2)")
    expect(page.locator(".gt-left-out")).to_have_count(0)
    _ask_for(least, "0.7 or more")
    expect(measure).to_have_value("Contaminated land (1)")
    expect(page.locator(".gt-left-out")).to_contain_text(
        re.compile(r"^1 figure .*below 0\.7 (is|are) left out")
    )
    expect(page.locator(".gt-sub").first).to_contain_text("confidence 0.7 or more")
    assert "min_confidence=0.7" in page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    settle(page)
    page.get_by_role("link", name="Incidents").locator("visible=true").first.click()
    expect(page.locator("h1")).to_have_text("Incidents")
    settle(page)
    _unfold(least)
    expect(least).to_have_value("0.7 or more")
    _ask_for(least, "All facts")
    expect(page.locator(".gt-left-out")).to_have_count(0)
    settle(page)
    page.get_by_role("link", name="Map").locator("visible=true").first.click()
    expect(measure).to_have_value("Contaminated land (2)")
    assert "min_confidence" not in page.url


def test_wheel_over_the_map_scrolls_the_page(page: Page) -> None:
    """The map does not hold the reader up: the wheel is the page's until the map is pressed."""
    page.goto("/?country=UA&measure=incidents")
    map_of(page)
    settle(page)
    box = page.locator(".st-key-map iframe").bounding_box()
    assert box
    before = _scrolled(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.wheel(0, 200)
    page.wait_for_function(f"document.querySelector('.stMain').scrollTop > {before}")


def _scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.stMain').scrollTop"))


def test_card_of_a_pick_is_in_sight(page: Page) -> None:
    """After a click on the map its answer is on the screen, on a phone, too."""
    page.goto("/?country=UA&measure=incidents&level=adm1")
    map_of(page).locator("[data-mark='UA-63']").click()
    expect(page.locator(".gt-number")).to_be_in_viewport()


def test_navigation_covers_no_page(page: Page) -> None:
    """A chosen page is seen at once: the links stand above it and stay where they are."""
    page.goto("/?country=UA&measure=incidents")
    map_of(page)
    page.locator("a:visible", has_text="Documents").first.click()
    heading = page.locator("h1", has_text="Documents")
    expect(heading).to_be_in_viewport()
    over = heading.evaluate(
        "node => { const box = node.getBoundingClientRect();"
        " return node.contains(document.elementFromPoint(box.x + 20, box.y + box.height / 2)); }"
    )
    assert over


@pytest.mark.parametrize(
    "page", [(1000, 800), (1400, 900), (390, 844)], ids=["narrow", "wide", "phone"], indirect=True
)
def test_what_stands_on_the_map_covers_neither_units_nor_itself(page: Page) -> None:
    """The legend leaves every painted unit in sight, and the attribution leaves the scale bar."""
    page.goto("/?country=UA&measure=incidents&level=adm1")
    frame = map_of(page)
    frame.locator(".gt-legend").wait_for()
    settle(page)
    boxes = frame.locator("body").evaluate(
        "body => Object.fromEntries(['.gt-legend', '.leaflet-control-attribution', '.leaflet-control-scale',"
        " \"path[data-place='UA-63']\", \"path[data-place='UA-14']\"].map(name =>"
        " [name, body.querySelector(name).getBoundingClientRect().toJSON()]))"
    )
    legend, told, scale, *units = boxes.values()
    assert [_overlap(legend, unit) for unit in units] == [False, False]
    assert not _overlap(told, scale)
    assert not _overlap(told, legend)


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] < other["bottom"]
        and other["top"] < one["bottom"]
    )
