"""All names of the loaded packs in one automaton, with the trigger words of the lexicons.

A pattern is a space and a folded name: a hit begins at a word's beginning by construction, and its end
is checked after the pass. Where that check fails, the words under the false hit are looked up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from geotrack.gazetteer.folding import FOLDING, fold, skeletons
from geotrack.gazetteer.lexicon import Trigger
from geotrack.gazetteer.packs import Row

MAX_ACRONYM = 5  # letters: a name in capitals up to this length must stand in capitals in the text, too
ARTICLE = "the "  # "the Donbas" is found by "Donbas"
MIN_SKELETON = 5  # letters: shorter names have too many neighbours among ordinary words
_LINES = FOLDING | {ord("\n"): "\n"}


class NameRow(NamedTuple):
    """One name of one place."""

    place_id: str
    name: str
    language: str
    kind: str


NEEDS_UNIT = "adjective"


class NameIndex:
    """The names of some packs by their folded form.

    Parameters
    ----------
    rows
        All names, packs in order.
    triggers
        The lexicons' words by their folded form.
    """

    def __init__(self, rows: Iterable[Row], triggers: dict[str, Trigger]) -> None:
        self.rows = list(rows)
        self.triggers = triggers
        self.by_key: dict[str, tuple[int, ...]] = {}
        self._skeletons: dict[str, list[str]] | None = None
        self._automaton: AhoCorasick | None = None
        self._patterns: list[str] = []
        self._with_unit: set[str] = set()
        self._index()

    def _index(self) -> None:
        blob = "\n".join(row[1] for row in self.rows).translate(_LINES)
        by_key = self.by_key
        unit_words = {words for words, trigger in self.triggers.items() if trigger.unit}
        derived: list[Row] = []
        for number, (row, folded) in enumerate(zip(self.rows, blob.split("\n"), strict=True)):
            key = " ".join(folded.split()).removeprefix(ARTICLE) if " " in folded else folded
            by_key[key] = (*by_key.get(key, ()), number)
            if " " in key:
                shorter = list(_shorter_forms(row, key, unit_words))
                derived.extend(shorter)
                if any(form[3] == NEEDS_UNIT for form in shorter):
                    self._with_unit.add(key)
        self._add_derived(derived)
        by_key.pop("", None)

    def _add_derived(self, derived: list[Row]) -> None:
        for place_id, name, language, kind, key in derived:
            known = self.by_key.get(key, ())
            if not any(self.rows[number][0] == place_id and self.rows[number][3] == kind for number in known):
                self.by_key[key] = (*known, len(self.rows))
                self.rows.append((place_id, name, language, kind))

    def named(self, key: str) -> Iterator[NameRow]:
        """Yield the name rows with the folded form `key`."""
        for number in self.by_key.get(key, ()):
            yield NameRow(*self.rows[number][:4])

    def alike(self, key: str) -> list[str]:
        """Return the folded names that sound like `key`: romanised otherwise."""
        if self._skeletons is None:
            self._skeletons = self._index_skeletons()
        compact = key.replace(" ", "")
        if len(compact) < MIN_SKELETON or not compact.isascii():
            return []
        return self._skeletons.get(skeletons(compact), [])

    def _index_skeletons(self) -> dict[str, list[str]]:
        keys = [key for key in self.by_key if key.isascii() and len(key) >= MIN_SKELETON]
        found: dict[str, list[str]] = {}
        blob = skeletons("\n".join(keys).replace(" ", ""))
        for key, skeleton in zip(keys, blob.split("\n"), strict=True):
            found.setdefault(skeleton, []).append(key)
        return found

    @property
    def automaton(self) -> AhoCorasick:
        """The automaton over names and triggers, built when first asked for."""
        if self._automaton is None:
            # A name that ends in its unit word is found by the name alone, with the word beside it.
            self._patterns = [key for key in self.by_key if len(key) > 1 and key not in self._with_unit]
            self._patterns += [words for words in self.triggers if words not in self.by_key]
            self._automaton = AhoCorasick(
                [" " + words for words in self._patterns], matchkind=MatchKind.LeftmostLongest
            )
        return self._automaton

    def scan(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, folded words) of names and triggers: whole words, in order, none overlapping."""
        automaton = self.automaton
        padded = f" {fold(text)} "
        patterns = self._patterns
        free = 0
        for index, start, end in automaton.find_matches_as_indexes(padded):
            if start < free:
                continue
            words = patterns[index]
            if padded[end] == " " and (" " not in words or _one_line(text[start : end - 1], words)):
                free = end - 1
                yield start, end - 1, words
            elif " " in words:
                for hit in self._rescan(padded, start, end):
                    free = hit[1]
                    yield hit

    def _rescan(self, padded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Look up the words under a false hit one by one and in runs, the longest first."""
        words = list(_words(padded, start + 1, padded.find(" ", end)))
        first = 0
        while first < len(words):
            for last in range(len(words) - 1, first - 1, -1):
                key = padded[words[first][0] : words[last][1]]
                if (last > first or len(key) > 1) and (key in self.by_key or key in self.triggers):
                    if (words[first][0], words[last][1]) == (start + 1, end):
                        continue  # the false hit itself
                    yield words[first][0] - 1, words[last][1] - 1, key
                    first = last
                    break
            first += 1


def _words(padded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = padded.find(" ", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


_APOSTROPHES = "'`\u2019\u02bc\u02b9\u2032"
_BREAKS = frozenset('.,;:!?()[]{}<>|/"“”«»')


def _one_line(text: str, words: str) -> bool:
    """Whether a name of several words is not torn apart by punctuation; the dots of `U.S.` may stand."""
    return _BREAKS.isdisjoint(text) or all(len(word) == 1 for word in words.split())


def _shorter_forms(row: Row, key: str, unit_words: set[str]) -> Iterator[Row]:
    """Yield rows for a name without its apostrophes, and without the unit word at its end."""
    place_id, name, language, kind = row[:4]
    if any(mark in name for mark in _APOSTROPHES):
        joined = fold(name.translate({ord(mark): None for mark in _APOSTROPHES}))
        yield place_id, name, language, kind, " ".join(joined.split())
    words = key.split()
    for cut in range(1, len(words)):
        if " ".join(words[cut:]) in unit_words and kind != "demonym":
            head = " ".join(words[:cut])
            yield place_id, name[: len(head)], language, NEEDS_UNIT, head
            return
