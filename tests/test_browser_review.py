"""The page Review in a real browser: keys through the queue, words selected in a text, a place on the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import app_samples as samples
import pytest
from browsers import IN_CHROMIUM, map_of, serving, settle
from playwright.sync_api import Page, expect

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source
from geotrack.store import Store

pytestmark = IN_CHROMIUM
MISSED = "77 hectares"
TEXT = f"\U0001d7db deminers \U0001f9ba of the caf\u00e9 told: in Aghdam the quantity is {MISSED}, they say."


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database of this module alone: its tests write."""
    path = tmp_path_factory.mktemp("review") / "app.db"
    samples.fill(path)
    made = Document(text=TEXT, source=Source("Agency"), language="en")
    with Store.open(path) as store:
        store.add(made, Reader(Gazetteer.load()).read(made))
    return path


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    """Start the app on that database."""
    with serving(database) as started:
        yield started


def _words(database: Path) -> list[str]:
    with Store.open(database) as store:
        return list(store.reviews()["verdict"])


def _land(database: Path) -> str:
    """Return the figure of cleared land."""
    with Store.open(database) as store:
        figures = store.figures()
    return str(figures["figure_id"][figures["measure"] == "area_cleared"].iloc[0])


def _press(page: Page, key: str, told: str) -> None:
    page.keyboard.press(key)
    expect(page.locator(".gt-told, .gt-warn").filter(has_text=told)).to_be_visible()
    settle(page)


def test_keys_go_through_the_queue(page: Page, database: Path) -> None:
    """Three facts are judged by keys alone, keys typed into a field judge nothing, and undo."""
    before = len(_words(database))
    page.goto("/review")
    page.get_by_role("button", name="Accept").wait_for()
    settle(page)
    _press(page, "a", "Accepted")
    _press(page, "x", "Rejected")
    _press(page, "z", "Taken back")
    expect(page.get_by_text("1 of ")).to_be_visible()
    _press(page, "z", "Taken back")
    expect(page.get_by_text("0 of ")).to_be_visible()
    value = page.get_by_label("Value", exact=True)
    page.goto(f"/review?fact={_land(database)}")
    value.wait_for()
    settle(page)
    value.fill("")
    page.keyboard.type("300 axs")
    value.fill("300")
    _press(page, "Control+Enter", "Corrected")
    _press(page, "z", "Taken back")
    told = ["accepted", "rejected", "undone", "undone", "corrected", "undone"]
    assert _words(database)[before:] == told


def test_selected_words_become_a_fact(page: Page, database: Path) -> None:
    """Words selected with the mouse, behind letters beyond the first plane, are added as they stand."""
    document_id = Document(text=TEXT, source=Source("Agency")).id
    page.goto(f"/review?view=text&document={document_id}")
    words = page.locator(".gt-picker p", has_text=MISSED)
    words.scroll_into_view_if_needed()
    settle(page)
    left, top, right, bottom = words.evaluate(_EDGES, MISSED)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Add a fact from these words").click()
    expect(page.get_by_label("Value", exact=True)).to_have_value("77")
    settle(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Added. It stands among the facts")).to_be_visible()
    with Store.open(database) as store:
        added = store.document(document_id).added
        assert [one.text for one in added] == [MISSED]
        store.undo(added[0].id, "test")


# Where the words stand on the screen: a little inside of the first and the last letter.
_EDGES = """(paragraph, words) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const edge = (at, last) => {
        walker.currentNode = paragraph;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (at < node.data.length) {
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const box = range.getBoundingClientRect();
                return [last ? box.right - 1 : box.left + 1, box.top + box.height / 2];
            }
            at -= node.data.length;
        }
    };
    const start = paragraph.textContent.indexOf(words);
    return [...edge(start, false), ...edge(start + words.length - 1, true)];
}"""


def test_place_is_picked_on_the_map(page: Page, database: Path) -> None:
    """A click on a district puts it among the places of the fact."""
    page.goto(f"/review?fact={_land(database)}")
    page.get_by_text("On the map", exact=True).click()
    unit = map_of(page).locator("path[data-place='AZ-FUZ']")
    settle(page)
    unit.press("Enter")
    expect(page.locator(".st-key-review-side .stMultiSelect")).to_contain_text("Fuzuli District")


def test_a_phone_scrolls_in_one_direction_only(page: Page) -> None:
    """No view of the page is wider than the screen, nor does a hostile text run in it."""
    document_id = samples.hostile_document().id
    for view in (f"?document={document_id}", f"?view=text&document={document_id}", "?view=done"):
        page.goto(f"/review{view}")
        page.locator("h1").wait_for()
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), view
        assert page.evaluate("window.hacked") is None
