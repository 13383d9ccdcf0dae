"""What a user sees in each language: the app in a browser, saved maps, and the help of the command line."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import map_samples as samples
import pytest
from browsers import COMMAND, IN_CHROMIUM, PATIENCE_MS, map_of, settle
from playwright.sync_api import Browser, Page, expect

from geotrack.languages import NAMES
from geotrack.languages.catalogues import catalogue
from geotrack.maps import Scene, save_map
from geotrack.maps.saving import carried

OTHERS = [language for language in NAMES if language != "en"]
PAGES = (
    "",
    "timeline",
    "timeline?places=AZ-AGM&measures=area_contaminated",
    "incidents",
    "documents",
    "add",
    "review",
    "check",
    "check?view=new",
    "export",
    "about",
)
WIDE, PHONE = (1400, 900), (390, 844)
HEADINGS = {"az": "Hadisələr", "uk": "Інциденти", "ru": "Инциденты"}


@cache
def english(language: str) -> list[tuple[list[str], re.Pattern[str]]]:
    """Return the fixed parts of each English text of ours, of two words or more, and what finds it."""
    texts = []
    for message in catalogue(language):
        for one in message.id if isinstance(message.id, tuple | list) else (message.id,):
            plain = re.sub(r"\*", "", str(one))
            if len(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}", "", plain))) >= 2:
                parts = re.split(r"\{[^}]*\}", plain)
                pattern = r".{0,80}?".join(map(re.escape, parts))
                texts.append((parts, re.compile(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])")))
    return texts


def left_in_english(text: str, language: str) -> list[str]:
    """Return the English texts of ours that stand in a text."""
    plain = " ".join(text.split())
    # A search with a look behind tries every place of the text: most parts are nowhere in it.
    return [
        found[0]
        for parts, one in english(language)
        if all(part in plain for part in parts) and (found := one.search(plain))
    ]


_OWN_WORDS = """() => {
    const body = document.body.cloneNode(true);
    const told = 'noscript, style, script, code, pre, blockquote, cite, bdi, .gt-row > p, button strong, '
        + 'summary strong';
    body.querySelectorAll(told).forEach((one) => one.remove());
    const labels = [];
    document.querySelectorAll('[aria-label], [title], [placeholder]').forEach((one) =>
        ['aria-label', 'title', 'placeholder'].forEach((name) => labels.push(one.getAttribute(name) || '')));
    return body.innerText + ' ' + labels.join(' ');
}"""
_WIDER = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"


def _own_words(page: Page) -> str:
    """Return what a page shows, without what documents say: their sentences, titles and sources."""
    return str(page.evaluate(_OWN_WORDS))


class TestApp:
    """The app in Chromium."""

    pytestmark = IN_CHROMIUM

    @pytest.mark.parametrize("language", OTHERS)
    @pytest.mark.parametrize("page", [WIDE], ids=["wide"], indirect=True)
    def test_no_page_holds_english_of_ours(self, page: Page, language: str) -> None:
        """No page shows an English text of the catalogue, nor is it wider than the screen of a phone."""
        for name in PAGES:
            page.goto(f"/{name}{'&' if '?' in name else '?'}lang={language}")
            page.locator("h1").first.wait_for()
            settle(page)
            if name == "about":
                # The list of sources is a file in English, and the page says so.
                page.locator("details").evaluate("(one) => one.remove()")
            assert left_in_english(_own_words(page), language) == [], name
            assert page.evaluate("document.documentElement.lang") == language
            page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
            page.wait_for_function(f"({_WIDER}) <= 1")
            page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    @pytest.mark.parametrize("language", OTHERS)
    @pytest.mark.parametrize("page", [WIDE], ids=["wide"], indirect=True)
    def test_map_and_cards_speak_the_language(self, page: Page, language: str) -> None:
        """Legend, outlines and the card of a district are told in the language, names included."""
        page.goto(f"/?lang={language}&country=AZ&measure=area_contaminated&selected=AZ-AGM")
        frame = map_of(page)
        settle(page)
        label = frame.locator("path[data-place='AZ-AGM']").get_attribute("aria-label")
        assert label is not None
        assert label.startswith({"az": "Ağdam", "uk": "Агдам", "ru": "Агдам"}[language])
        told = frame.locator("body").inner_text()
        told += " ".join(one.get_attribute("title") or "" for one in frame.locator("[title]").all())
        assert left_in_english(told, language) == []
        assert left_in_english(_own_words(page), language) == []

    def test_language_is_chosen_and_kept(self, page: Page) -> None:
        """The selector changes the page and the address; other pages and a reload keep it, and the view."""
        page.goto("/incidents?device=mine")
        page.get_by_role("heading", name="Incidents", exact=True).wait_for()
        settle(page)
        page.locator(".st-key-language-row input").click()
        page.get_by_role("option", name=NAMES["uk"]).click()
        expect(page.get_by_role("heading", name="Інциденти", exact=True)).to_be_visible()
        settle(page)
        assert "lang=uk" in page.url
        assert "device=mine" in page.url
        page.reload()
        expect(page.get_by_role("heading", name="Інциденти", exact=True)).to_be_visible()
        settle(page)
        page.get_by_role("link", name="Документи", exact=True).locator("visible=true").first.click()
        expect(page.get_by_role("heading", name="Документи", exact=True)).to_be_visible()
        settle(page)
        assert "lang=uk" in page.url

    @pytest.mark.parametrize("language", OTHERS)
    def test_first_visit_follows_the_browser(self, browser: Browser, address: str, language: str) -> None:
        """Without a choice the app speaks the browser's language, and the address stays bare."""
        context = browser.new_context(base_url=address, locale=language)
        opened = context.new_page()
        opened.goto("/incidents")
        expect(opened.get_by_role("heading", name=HEADINGS[language], exact=True)).to_be_visible(
            timeout=PATIENCE_MS
        )
        assert "lang=" not in opened.url
        context.close()


@pytest.mark.parametrize("language", OTHERS)
def test_saved_map_speaks_the_language(tmp_path: Path, language: str) -> None:
    """A saved map holds no English text of ours: title, legend, panel, notes and the page's language."""
    scene = Scene(samples.content(), samples.style(locale=language))
    text = save_map(tmp_path / "map.html", scene).read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in text
    held = carried(text)
    told = [scene.title, scene.subtitle, *_leaves(held["views"]), *_leaves(held["quotes"])]
    assert [one for text_ in told for one in left_in_english(text_, language)] == []


def _leaves(value: object) -> Iterator[str]:
    """Yield the texts of a page's data, without what documents say."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in {"before", "mark", "after", "title", "publisher", "url", "fill", "colour", "name"}:
                yield from _leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str):
        yield value


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LANG", "LANGUAGE"}}
    return subprocess.run(
        [*COMMAND, *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**plain, "COLUMNS": "400", "PYTHONUTF8": "1", **environment},
        timeout=120,
    )


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "command",
    [
        "",
        "ingest",
        "extract",
        "evaluate",
        "map",
        "export",
        "app",
        "boundaries import",
        "places find",
        "documents show",
    ],
)
def test_help_speaks_the_language(command: str, language: str) -> None:
    """No English text of ours, nor of Typer's headings, is left in the help."""
    shown = _run("--lang", language, *command.split(), "--help").stdout
    assert left_in_english(shown, language) == []
    assert not re.search(r"Usage:|Options|Arguments|Commands|\[required\]|\[default|Show this message", shown)


def test_language_of_the_command_line() -> None:
    """`--lang` wins over GEOTRACK_LANG, which wins over the locale; an unknown one is refused."""
    assert "Параметри" in _run("--help", LANG="uk_UA.UTF-8").stdout
    assert "Seçimlər" in _run("--help", LANG="uk_UA.UTF-8", GEOTRACK_LANG="az").stdout
    assert "Параметры" in _run("--lang=ru", "--help", GEOTRACK_LANG="az").stdout
    assert "Options" in _run("--help").stdout
    refused = _run("--lang", "xx", "--help", GEOTRACK_LANG="uk")
    assert refused.returncode == 2
    assert refused.stderr == "geotrack: Немає мови 'xx'. Мови: en, az, uk, ru.\n"


def test_refusals_are_told_in_the_language() -> None:
    """Errors of ours and of the options are told in the user's language; numbers and paths stay."""
    wrong = _run(
        "map", "--measure", "x", "--country", "AZ", "--out", "x.html", "--from", "12", GEOTRACK_LANG="uk"
    )
    assert "Хибне значення для '--from': '12' — не дата; пишіть так: 2024-12-31." in wrong.stderr
    missing = _run("documents", "list", "--db", "none/x.db", GEOTRACK_LANG="ru")
    assert missing.returncode == 2
    assert missing.stderr.startswith("geotrack: none/x.db: не существует.")
