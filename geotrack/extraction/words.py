"""Words and their offsets: the finest layer over a text."""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import NamedTuple

# Digits keep their separators (the Swiss apostrophe, too), letters their inner apostrophes; every other
# sign stands alone.
WORD = re.compile(
    r"\d+(?:[.,]\d+|['\u2019]\d{3}(?!\d))*"
    r"|[^\W\d_]+(?:['\u2019\u02bc][^\W\d_]+)*"
    r"|[^\w\s]{8,}"  # a rule of dashes, a row of dots
    r"|[^\s]"
)
_WORDS = re.compile(f"({WORD.pattern})")
# Typographic apostrophes, dashes and quotes, each to one plain sign.
_FOLDS = (
    *((sign, "'") for sign in "\u2019\u02bc"),
    *((sign, "-") for sign in "\u2010\u2011\u2013\u2014\u2212"),
    *((sign, '"') for sign in "“”"),
)


class Word(NamedTuple):
    """A word, a number or a sign: its offsets in the text and its folded form."""

    start: int
    end: int
    folded: str


def fold(text: str) -> str:
    """Lower the case and unify dashes and quotes, code point for code point."""
    folded = text
    if not text.isascii():
        for sign, plain in _FOLDS:
            folded = folded.replace(sign, plain)
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "İ".join(part.lower() for part in folded.split("İ"))  # the one letter that small ones are two of


def split_words(folded: str) -> list[Word]:
    """Return the words of a folded text.

    This is done for every word of a text, so that nothing is called for each.
    """
    parts = _WORDS.split(folded)  # gaps and words in turn
    edges = list(accumulate(map(len, parts), initial=0))
    words = zip(edges[1::2], edges[2::2], parts[1::2], strict=False)
    return list(map(partial(tuple.__new__, Word), words))
