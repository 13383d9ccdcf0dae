"""Saved maps in a real browser: they open from disk, ask for nothing, and a click shows the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import map_samples as samples
import pytest
from browsers import IN_CHROMIUM, PATIENCE_MS
from playwright.sync_api import Browser, Page

from geotrack.maps import Scene, base_map, outlines, overlay, save_map, write_assets

pytestmark = IN_CHROMIUM


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["wide", "phone"])
def opened(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open the sample map from disk; fail on page errors and on any request but the file itself."""
    path = save_map(tmp_path / "map.html", Scene(samples.content(), samples.style()))
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda sent: problems.append(sent.url) if sent.url != path.as_uri() else None)
    page.goto(path.as_uri())
    page.wait_for_selector("path[data-place]")
    yield page
    assert problems == []
    assert page.evaluate("window.hacked") is None
    page.close()


def test_polygons_are_painted(opened: Page) -> None:
    """Nine districts, told apart by colour, and a legend that prints the classes."""
    fills = opened.eval_on_selector_all("path[data-place]", "nodes => nodes.map(n => n.getAttribute('fill'))")
    assert len(fills) == 9
    assert len(set(fills)) == 5
    opened.eval_on_selector(".gt-legend", "box => { box.open = true; }")
    legend = opened.inner_text(".gt-legend")
    assert [text in legend for text in ("123 ha", "5,500 ha", "No data", "Approximate border")] == [True] * 4
    assert "Not for navigation or operations." in opened.inner_text("body")


def test_clicked_district_shows_its_sentence(opened: Page) -> None:
    """The panel quotes the sentence with its words marked, hostile text as text, and links the source."""
    opened.click("path[data-place='XX-A']", position={"x": 8, "y": 8})
    assert opened.inner_text("#gt-panel mark") == "123 ha"
    assert samples.HOSTILE in opened.inner_text("#gt-panel .gt-sentence")
    assert opened.get_attribute("#gt-panel a", "href") == "https://example.org/report"
    assert "The Agency, 6 May 2024" in opened.inner_text("#gt-panel")


def test_clicked_incident_names_no_victim(opened: Page) -> None:
    """An incident shows its sentence with the victim's name and birth year replaced."""
    opened.click("[data-mark='e1']")
    text = opened.inner_text("#gt-panel")
    assert "[…], stepped on a mine near Oldtown and died." in text
    assert "Where reports disagree" in text
    assert f"People injured: 0 (The Agency); 2 (A Wire {samples.HOSTILE})." in text
    assert "Aliyev" not in opened.content()


def test_keyboard_opens_a_district_and_an_incident(opened: Page) -> None:
    """Enter on a focused outline or marker does what a click does."""
    opened.focus("path[data-place='XX-A']")
    opened.keyboard.press("Enter")
    assert opened.inner_text("#gt-panel h2") == "District A"
    opened.focus("[data-mark='e1']")
    opened.keyboard.press("Enter")
    assert opened.inner_text("#gt-panel h2") == "Oldtown, 1 May 2024: 1 killed"


def test_group_figure_marks_its_districts(opened: Page) -> None:
    """Opening a group outlines its three districts; its retold source says so and links nowhere."""
    opened.click("#gt-panel details.gt-row summary")
    opened.wait_for_selector("path[stroke-dasharray='6 4']")
    assert opened.locator("path[stroke-dasharray='6 4']").count() == 3
    assert "Retold, not the publisher" in opened.inner_text("#gt-panel details.gt-row")
    assert opened.locator("#gt-panel details.gt-row[open] a").count() == 0


def test_selection_is_a_link(opened: Page) -> None:
    """The address holds the chosen district, and opening it again shows it."""
    opened.click("path[data-place='XX-B']", position={"x": 8, "y": 8})
    assert opened.url.endswith("#selected=XX-B")
    opened.reload()
    assert opened.inner_text("#gt-panel h2") == "District B"


def test_map_fits_once_its_frame_has_a_size(browser: Browser, tmp_path: Path) -> None:
    """A page may give the map's frame its height late: the outlines stand in it then."""
    scene = Scene(samples.content(), samples.style())
    units = samples.polygons()
    made = base_map(outlines.outlines(units), outlines.bounds(units), ".")
    overlay(scene.view).add_to(made)
    write_assets(tmp_path)
    (tmp_path / "map.html").write_text(made.get_root().render(), encoding="utf-8")
    (tmp_path / "page.html").write_text(
        '<iframe src="map.html" style="width: 390px; height: 0"></iframe>', encoding="utf-8"
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    unit = page.frame_locator("iframe").locator("path[data-place]").first
    unit.wait_for(state="attached")
    page.locator("iframe").evaluate("frame => { frame.style.height = '500px'; }")
    unit.wait_for()
    page.close()
