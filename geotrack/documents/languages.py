"""The language of a text, as an ISO 639-1 code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped, unused-ignore]

EXPECTED = ("en", "az", "uk", "ru")
# Short and garbled texts are given to one of the expected languages unless another is this certain.
CERTAIN = 0.9
# The first paragraphs tell a language; the rest costs time.
SAMPLE_CHARACTERS = 1500


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """Return the code of the text's language; one of the four expected ones where it is doubtful."""
    ranked = _identifier().rank(text[:SAMPLE_CHARACTERS])
    best, probability = ranked[0]
    if best in EXPECTED or probability >= CERTAIN:
        return str(best)
    return str(next(code for code, _ in ranked if code in EXPECTED))


# Letters that one language writes all the time, by the language; a paragraph of it without any is suspect.
_OWN = {
    "az": re.compile("[əƏ]"),
    "uk": re.compile("[іїєґІЇЄҐ]"),
    "ru": re.compile("[ыэъёЫЭЪЁ]"),
}
_CYRILLIC = re.compile("[а-яА-Я]")  # noqa: RUF001
# A shorter paragraph is taken to be in the language of its document.
_SHORTEST = 40


def paragraph_language(text: str, main: str) -> str:
    """Return the language of a paragraph of a document whose main language is known.

    Only a paragraph whose letters do not go with that language is looked at closely: pages of agencies
    quote posts in English, and sites with several languages leave some of each on a page.
    """
    if main not in EXPECTED or len(text) < _SHORTEST or not _is_suspect(text, main):
        return main
    found = language_of(text)
    return found if found in EXPECTED else main


def _is_suspect(text: str, main: str) -> bool:
    if main == "en":  # some names in their own letters make no paragraph of another language
        return len(_CYRILLIC.findall(text)) > len(text) / 4 or len(_OWN["az"].findall(text)) > len(text) / 50
    if _OWN[main].search(text) is None:
        return True
    other = {"uk": "ru", "ru": "uk"}.get(main)
    return other is not None and _OWN[other].search(text) is not None
