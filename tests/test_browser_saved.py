"""A saved map of a country in a real browser: measure, steps of time, links, print, from disk alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from browsers import CHROMIUM, IN_CHROMIUM, PATIENCE_MS
from playwright.sync_api import Browser, Page
from test_atlas import gazetteer, made

from geotrack import boundaries
from geotrack.config import data_folder
from geotrack.maps import Atlas, Country, Ground, MapStyle, save_map

pytestmark = IN_CHROMIUM
assert CHROMIUM is None or Path(CHROMIUM).exists()
FILLS = "nodes => nodes.map(n => [n.dataset.place, n.getAttribute('fill')])"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    """Return an atlas of made facts in Azerbaijan."""
    figures, incidents = made()
    found = figures["measure"].tolist().index("mines_found")
    places = figures["place_ids"].tolist()
    places[found] = ["AZ-AGM", "AZ-FUZ"]
    figures = figures.assign(place_ids=places)
    ground = Ground(boundaries.layer(data_folder() / "boundaries", "AZ", "adm1"), "Boundaries: ours.")
    style = MapStyle("mines_found", "AZ", "adm1")
    return Country(figures, incidents, gazetteer(), {"adm1": ground}, style).atlas()


@pytest.fixture(scope="module")
def saved(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the map once."""
    return save_map(tmp_path_factory.mktemp("saved") / "map.html", atlas)


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "phone"])
def opened(request: pytest.FixtureRequest, browser: Browser, saved: Path) -> Iterator[Page]:
    """Open it from disk; fail on page errors and on any request but the file itself."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda sent: problems.append(sent.url) if sent.url.split("#")[0] != saved.as_uri() else None,
    )
    page.goto(saved.as_uri())
    page.wait_for_selector("path[data-place]")
    yield page
    page.close()
    assert problems == []


def _fills(page: Page) -> dict[str, str]:
    return dict(page.eval_on_selector_all("path[data-place]", FILLS))


def _text(atlas: Atlas, unit_id: str, days: str) -> str:
    return str(atlas.views["mines_found", "adm1", days].paint["units"][unit_id]["text"])


def test_slider_changes_colours_and_totals(opened: Page, atlas: Atlas) -> None:
    """Arrow keys choose years; colours, subtitle and numbers are those of that view; the view is a link."""
    opened.click("[data-track='year']")
    last = opened.locator("input[data-end='last']")
    last.press("Home")
    days = "2022-01-01..2022-12-31"
    assert opened.inner_text("#gt-time output") == "2022"
    assert last.get_attribute("aria-valuetext") == "2022"
    assert opened.inner_text("#gt-subtitle") == "1 January \N{EN DASH} 31 December 2022, by district"
    first = _fills(opened)
    units = atlas.views["mines_found", "adm1", days].paint["units"]
    assert {one: units[one]["fill"] for one in first if not units[one]["hatched"]} == {
        one: fill for one, fill in first.items() if not units[one]["hatched"]
    }
    known = next(one for one in ("AZ-AGM", "AZ-FUZ", "AZ-CAB", "AZ-XVD") if units[one]["text"])
    opened.focus(f"path[data-place='{known}']")
    opened.keyboard.press("Enter")
    assert opened.inner_text("#gt-panel .gt-value") == _text(atlas, known, days)
    last.press("ArrowRight")
    assert opened.inner_text("#gt-time output") == "2022 \N{EN DASH} 2023"
    spanned = _text(atlas, known, "2022-01-01..2023-12-31")
    assert opened.inner_text("#gt-panel .gt-value") == spanned
    assert opened.url.endswith(f"#days=2022-01-01..2023-12-31&selected={known}")
    opened.reload()
    opened.wait_for_selector("#gt-panel .gt-value")
    assert opened.inner_text("#gt-panel .gt-value") == spanned
    assert opened.inner_text("#gt-time output") == "2022 \N{EN DASH} 2023"


def test_measure_changes_title_legend_and_country(opened: Page, atlas: Atlas) -> None:
    """Another measure has its own title, colours and country total; a step lists its sentences."""
    before = _fills(opened)
    opened.select_option("#gt-measure", "area_cleared")
    assert opened.inner_text("#gt-title") == "Land cleared: Azerbaijan"
    assert opened.title() == "Land cleared: Azerbaijan"
    assert opened.url.endswith("#measure=area_cleared")
    assert _fills(opened) != before
    told = atlas.views["area_cleared", "country", "all"].paint["units"]["AZ"]["text"]
    assert opened.inner_text(".gt-country .gt-value") == told
    opened.click(".gt-country summary")
    assert opened.locator(".gt-country mark").first.is_visible()


def test_incidents_follow_the_steps(opened: Page, atlas: Atlas) -> None:
    """Badges count the incidents of the step; a click shows the sentence and names nobody."""
    opened.goto(opened.url.split("#")[0] + "#days=2023-01-01..2023-12-31")
    opened.wait_for_selector("#gt-time output")
    year = atlas.views["incidents", "adm1", "2023-01-01..2023-12-31"].content.totals["value"].dropna()
    badges = opened.eval_on_selector_all(
        "[data-mark] .gt-badge", "nodes => nodes.map(n => [n.parentNode.dataset.mark, Number(n.textContent)])"
    )
    assert dict(badges) == year.to_dict()
    unit = str(year.index[0])
    opened.focus(f"path[data-place='{unit}']")
    opened.keyboard.press("Enter")
    opened.locator("#gt-panel button.gt-link", has_text="killed").first.click()
    assert "[…] died in blast" in opened.inner_text("#gt-panel .gt-sentence")


def test_a_step_without_facts_says_so(opened: Page, atlas: Atlas) -> None:
    """A quarter that nobody tells of has no colours, and the country's number is a dash."""
    empty = [
        name
        for name in atlas.windows
        if ("area_contaminated", "adm1", name) not in atlas.views
        and pd.Timestamp(name[12:]) - pd.Timestamp(name[:10]) < pd.Timedelta(days=93)
    ]
    if not empty:
        pytest.skip("every quarter is told of")
    opened.goto(opened.url.split("#")[0] + f"#measure=area_contaminated&days={empty[0]}")
    opened.wait_for_selector("#gt-time output")
    assert set(_fills(opened).values()) == {"#dde2e5"}
    assert opened.inner_text(".gt-country .gt-value") == "\N{EN DASH}"
    assert "No report gives figures of these days." in opened.inner_text(".gt-country")


def test_film_steps_on_and_stops(opened: Page) -> None:
    """Play moves one step at once, pause keeps it there; who wants less motion has the step buttons alone."""
    opened.click("[data-track='year']")
    shown = opened.inner_text("#gt-time output")
    opened.click(".gt-play")
    assert opened.inner_text("#gt-time output") != shown
    opened.click(".gt-play")
    assert opened.get_attribute(".gt-play", "aria-label") == "Play"
    opened.emulate_media(reduced_motion="reduce")
    assert not opened.is_visible(".gt-play")
    assert opened.locator(".gt-step:visible").count() == 2


def test_sources_are_listed_with_counts(opened: Page) -> None:
    """Publishers stand with how many reports and of which days."""
    text = opened.inner_text(".gt-publishers")
    assert ("The Agency" in text, "43 reports" in text, "6 May 2024" in text) == (True, True, True)


def test_print_is_one_page(browser: Browser, saved: Path) -> None:
    """The map with title, days, legend, sources and caveat is a page of paper; controls are not on it."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(saved.as_uri())
    page.wait_for_selector("path[data-place]")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    shown = [
        page.is_visible(one) for one in ("#gt-title", "#gt-subtitle", ".gt-caveat", "#gt-map", "#gt-foot")
    ]
    assert shown == [True] * 5
    assert not any(page.is_visible(one) for one in ("#gt-controls", "#gt-panel"))
    assert page.eval_on_selector(".gt-legend", "box => box.open")
    assert "The Agency (43 reports" in page.inner_text("#gt-foot")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.close()


def test_dark_dress_keeps_the_map_light(browser: Browser, saved: Path) -> None:
    """Panel and header follow the system; colours and ground of the map stay those of the legend."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page.goto(saved.as_uri())
    page.wait_for_selector("path[data-place]")
    ground = "node => getComputedStyle(node).backgroundColor"
    assert page.eval_on_selector("body", ground) == "rgb(20, 25, 28)"
    assert page.eval_on_selector(".gt-map", ground) == "rgb(247, 248, 249)"
    page.close()


def test_an_old_browser_is_told_what_it_needs(browser: Browser, saved: Path) -> None:
    """Without the means to unpack there is a sentence in place of an empty page."""
    page = browser.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(saved.as_uri())
    assert page.inner_text("#gt-panel").startswith("This browser is too old")
    page.close()


def test_shared_figures_are_one_click_from_their_sentences(opened: Page) -> None:
    """The badge of figures that several districts share opens these, the first with its sentence."""
    shared = opened.locator("[data-group]")
    if not shared.count():
        opened.locator(".gt-group").first.click()
    shared.first.focus()
    shared.first.press("Enter")
    opened.wait_for_selector("#gt-panel .gt-row[open] blockquote")
    assert "selected=group" in opened.url
    names = opened.locator("#gt-panel ul").first.inner_text().split("\n")
    assert len(names) > 1
    opened.click(".gt-back")
    assert "selected=" not in opened.url
