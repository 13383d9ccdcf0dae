"""Words, numbers and signs with their offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.extraction.words import fold, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31 anti-tank mines", ["31", "anti", "-", "tank", "mines"]),
        ("1,644.6 ha", ["1,644.6", "ha"]),
        ("1,234,560 m²", ["1,234,560", "m²"]),
        ("10 456", ["10", "456"]),
        ("end of 2023.", ["end", "of", "2023", "."]),
        ("Ukraine’s", ["ukraine's"]),  # noqa: RUF001
        ("PMN-2", ["pmn", "-", "2"]),
        ("45%", ["45", "%"]),
        ("10.11.2020–14.02.2024", ["10.11.2020", "-", "14.02.2024"]),  # noqa: RUF001
        ("snake_case", ["snake", "_", "case"]),
    ],
)
def test_a_text_falls_into_words_numbers_and_signs(text: str, words: list[str]) -> None:
    """Digits keep their separators, letters their inner apostrophes, other signs stand alone."""
    assert [w.folded for w in split_words(fold(text))] == words


@pytest.mark.parametrize(
    ("text", "folded"),
    [("İYUN", "İyun"), ("ŞUŞA", "şuşa"), ("“A—B”", '"a-b"'), ("1−2", "1-2"), ("ΟΔΟΣ", "οδος")],  # noqa: RUF001
)
def test_folding_lowers_case_and_unifies_signs(text: str, folded: str) -> None:
    """Dashes and quotes become one, letters small; what has no small letter of one code point stays."""
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """A folded text has as many code points as the text."""
    assert len(fold(text)) == len(text)


@given(st.text())
def test_words_cover_all_but_spaces(text: str) -> None:
    """Words stand in order, none overlaps, and only spaces lie between them."""
    folded = fold(text)
    words = split_words(folded)
    covered = "".join(w.folded for w in words)
    assert covered == "".join(folded.split())
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert all(folded[w.start : w.end] == w.folded for w in words)
