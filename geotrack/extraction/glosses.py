"""Glosses: the words of another language as the English words whose tags they share.

The rules read tags, and the tags stand in one lexicon. A word of Azerbaijani, Ukrainian or Russian is
given the English word or phrase that means the same (`lexicon/<language>.toml`, its inflected forms in
`lexicon/<language>.forms.tsv`), and the rules go on from there; offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geotrack.extraction.words import Word, split_words

# A gloss that opens with this moves before the names or the date that its word stands behind.
MOVED = "<"
# A comma before three digits is decimal where one of these follows: "3,256 тис. га".
_THOUSANDTHS = re.compile(r"\d{1,3},\d{3}$")
# What makes an unknown word of a Latin script no English one.
_STRANGE = "\u01c0"


class Gloss(NamedTuple):
    """What a form means: English words for one of its kind and, where they differ, for several."""

    one: tuple[str, ...]
    many: tuple[str, ...] | None = None
    moved: bool = False

    @classmethod
    def of(cls, one: str, many: str | None = None) -> Gloss:
        """Return the gloss that an entry writes; an empty one stands for a word that says nothing."""
        moved = one.startswith(MOVED)
        words = tuple([w.folded for w in split_words(one.removeprefix(MOVED))])
        several = tuple([w.folded for w in split_words(many.removeprefix(MOVED))]) if many else None
        return cls(words, several, moved)


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    hit: tuple[int, Gloss] | None = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """The forms of a language with their glosses, as a tree of words.

    `english` are the words that English phrases begin with: an unknown word that looks like one is not it.
    `scaled` are the glosses that a decimal number stands before, `counting` those of number words.
    """

    tree: _Node = field(repr=False)
    english: Collection[str] = field(repr=False)
    scaled: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()

    @classmethod
    def build(
        cls, entries: Mapping[str, Gloss], english: Collection[str], scaled: frozenset[str], counting: frozenset[str]
    ) -> Glossary:
        """Build the tree of forms; the words of a form are those that a text is split into."""
        tree = _Node()
        for form, gloss in entries.items():
            node = tree
            words = [w.folded for w in split_words(form)]
            for word in words:
                node = node.next.setdefault(word, _Node())
            node.hit = len(words), gloss
        return cls(tree, english, scaled, counting)

    def gloss(self, words: Sequence[Word], text: str) -> list[Word]:
        """Return the English words that stand for words of a text, each with the offsets of its source."""
        forms = [w.folded for w in words]
        found: list[Word] = []
        at = 0
        while at < len(words):
            hit = self._match(forms, at)
            if hit is None:
                found.append(self._unknown(words, at))
                at += 1
                continue
            length, gloss = hit
            start, end = words[at].start, words[at + length - 1].end
            if gloss.many is not None and self._is_counted(found):
                chosen = gloss.many
            else:
                chosen = gloss.one
            made = [Word(start, end, word) for word in chosen]
            if gloss.moved and made:
                to = _start_of_group(found, text)
                before = found[to].start if to < len(found) else start
                found.insert(to, Word(before, before, made.pop(0).folded))
            found.extend(made)
            at += length
        return self._with_decimals(found)

    def __contains__(self, word: str) -> bool:
        """Tell whether a word is a form of the glossary."""
        node = self.tree.next.get(word)
        return node is not None and node.hit is not None

    def first(self, word: str) -> str:
        """Return the gloss of a single word, the word itself if it has none."""
        node = self.tree.next.get(word)
        return " ".join(node.hit[1].one) if node is not None and node.hit is not None else word

    def _match(self, forms: Sequence[str], at: int) -> tuple[int, Gloss] | None:
        node, found = self.tree.next.get(forms[at]), None
        while node is not None:
            found = node.hit or found
            at += 1
            node = node.next.get(forms[at]) if at < len(forms) else None
        return found

    def _unknown(self, words: Sequence[Word], at: int) -> Word:
        start, end, word = words[at]
        if word.isalpha() and word.isascii() and word in self.english:
            return Word(start, end, word + _STRANGE)
        return words[at]

    def _is_counted(self, found: Sequence[Word]) -> bool:
        """Tell whether a number stands before, at most an attribute between."""
        near = [w.folded[0].isdecimal() or w.folded in self.counting for w in found[-2:]]
        return bool(near) and (near[-1] or (near[0] and found[-1].folded.isalpha()))

    def _with_decimals(self, words: list[Word]) -> list[Word]:
        for at, (start, end, word) in enumerate(words[:-1]):
            if word[0].isdecimal() and _THOUSANDTHS.match(word) and words[at + 1].folded in self.scaled:
                words[at] = Word(start, end, word.replace(",", "."))
        return words


def _start_of_group(found: Sequence[Word], text: str) -> int:
    """Return where the names, or the date, begin that words end with: "Ağdam, Füzuli və Qubadlı …"."""
    at = len(found)
    while at > 0 and _is_of_group(found, at - 1, text):
        at -= 1
    while at < len(found) and found[at].folded in {",", "and"}:
        at += 1
    return at


def _is_of_group(found: Sequence[Word], at: int, text: str) -> bool:
    word = found[at]
    if word.folded in {",", "and", "-"}:
        return at > 0 and _is_of_group(found, at - 1, text) if word.folded != "-" else True
    return word.folded[0].isdecimal() or (word.end > word.start and text[word.start].isupper())


def read_forms(lines: str) -> Iterator[tuple[str, Gloss]]:
    """Yield (form, gloss) of a table of inflected forms: form, gloss, gloss of several, tab-separated."""
    for line in lines.splitlines():
        form, one, *many = line.split("\t")
        yield form, Gloss.of(one, many[0] if many else None)
