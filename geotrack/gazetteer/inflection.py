"""Names in other cases than the first: the dative of Kharkiv, the locative of Fuzuli.

A Cyrillic name and a word of a text meet at their stems: the name without the ending of its first form, the
word without any ending of a case. Azerbaijani adds its suffixes to the name as it is. The endings stand in
the lexicons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from geotrack.gazetteer.lexicon import Endings

# The first letters of the Cyrillic alphabets in their folded form.
CYRILLIC = "\u0400"
# Letters: a shorter stem is shared by too many words.
SHORTEST_STEM = 3
# Ways to read the words of one name that are tried at most.
_MOST = 64


class Inflections:
    """Finds the folded names that a folded word can be a case of."""

    def __init__(self, keys: Iterable[str], endings: Endings) -> None:
        self._keys = keys
        self._endings = endings
        self._stems: dict[str, list[str]] | None = None

    def names_of(self, words: str, language: str) -> list[str]:
        """Return the folded names that folded words in some language can be a case of."""
        if words[:1] < CYRILLIC:
            return list(self._stripped(words, language))
        if self._stems is None:
            self._stems = self._index()
        for stems in islice(product(*map(self._word_stems, words.split())), _MOST):
            found = self._stems.get(" ".join(stems))
            if found:
                return found
        return []

    def shorter(self, word: str) -> list[str]:
        """Return the names that a Cyrillic word is with an ending behind them."""
        if word[:1] < CYRILLIC:
            return []
        stems = (word.removesuffix(e) for e in self._endings.other if word.endswith(e))
        return [stem for stem in stems if len(stem) >= SHORTEST_STEM and stem in self._keys]

    def stem(self, word: str) -> str:
        """Return the shortest stem that a word can have."""
        return self._word_stems(word)[-1]

    def _stripped(self, words: str, language: str) -> Iterator[str]:
        """Yield the names that words are a suffixed form of, the longest first."""
        for suffix in self._endings.suffixes.get(language, ()):
            name = words.removesuffix(suffix)
            if len(name) >= SHORTEST_STEM and name != words and name in self._keys:
                yield name
                return

    def _index(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._keys:
            if key[:1] >= CYRILLIC:
                found.setdefault(" ".join(map(self._name_stem, key.split())), []).append(key)
        return found

    def _name_stem(self, word: str) -> str:
        for ending in self._endings.first:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                return self._levelled(word.removesuffix(ending))
        return self._levelled(word)

    def _word_stems(self, word: str) -> list[str]:
        """Return the stems that a word can have, the longest first."""
        ends = [e for e in self._endings.other if word.endswith(e) and len(word) - len(e) >= SHORTEST_STEM]
        stems = [word, *(word.removesuffix(ending) for ending in ends)]
        return list(dict.fromkeys(map(self._levelled, sorted(stems, key=len, reverse=True))))

    def _levelled(self, stem: str) -> str:
        """Return a stem with the sounds at its end that change between cases brought to one."""
        for sound, plain in self._endings.sounds:
            if stem.endswith(sound):
                return stem.removesuffix(sound) + plain
        return stem
