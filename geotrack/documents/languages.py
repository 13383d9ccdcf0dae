"""The language of a text, as an ISO 639-1 code."""

from __future__ import annotations

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
