"""Words of the app can be read in its light and in its dark dress: contrast as WCAG 2.2 asks of text."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

APP = files("geotrack.app")
STYLE = (APP / "style.css").read_text(encoding="utf-8")
THEMES = tomllib.loads((APP / "streamlit.toml").read_text(encoding="utf-8"))["theme"]
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\(([^)]+)\)", STYLE))
# WCAG 2.2, success criterion 1.4.3: 4.5 to 1 for text of ordinary size.
LEAST_CONTRAST = 4.5
# What words of which colour stand on.
WORDS = [
    *(("ink", ground) for ground in ("page", "figure", "incident", "chosen", "warn", "error")),
    *(("quiet", "page"), ("accent", "page"), ("accent", "chosen"), ("quiet", "chosen")),
    *(("warn-ink", "warn"), ("refused", "page")),
]


def colour(name: str, theme: str) -> str:
    """Return a colour of the style in one of its dresses."""
    return PAIRS[name].split(",")[theme == "dark"].strip()


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_stand_out_from_their_ground(words: str, ground: str, theme: str) -> None:
    """Text, quiet text, links and marked words have enough contrast in both dresses."""
    assert contrast(colour(words, theme), colour(ground, theme)) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_on_a_chosen_button_can_be_read(theme: str) -> None:
    """What Streamlit writes in white on the colour of the theme has enough contrast."""
    assert contrast("#ffffff", THEMES[theme]["primaryColor"]) >= LEAST_CONTRAST


def test_what_charts_draw_for_paper_turns_light_in_the_dark() -> None:
    """Ink, titles and silence of charts, which hold one colour each, are those that the style exchanges."""
    from geotrack.charts import comparisons, strips

    asked = set(re.findall(r'\.stVegaLiteChart svg [a-z]*\[(?:fill|stroke)="(#[0-9a-f]{6})"\]', STYLE))
    assert asked == {comparisons.INK, comparisons.QUIET, strips.SILENT}
    for drawn in asked - {strips.SILENT}:
        assert contrast(drawn, colour("page", "light")) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_widgets_and_texts_share_their_colours(theme: str) -> None:
    """The theme of the widgets and the style of our own words are one dress."""
    told = THEMES[theme]
    assert told["textColor"] == colour("ink", theme)
    assert told["borderColor"] == colour("line", theme)
    assert luminance(told["backgroundColor"]) == luminance(colour("page", theme))
    assert contrast(told["textColor"], told["secondaryBackgroundColor"]) >= LEAST_CONTRAST


def test_no_colour_is_for_one_dress_alone() -> None:
    """Colours are named once, for both dresses, at the head of the style, but for what charts wear."""
    rest = re.sub(r"\[[^]]*\]", "", STYLE[STYLE.index("}") :])
    assert re.findall(r"#[0-9a-f]{3,6}\b", rest) == []
