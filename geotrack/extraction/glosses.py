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
# A comma before three digits is decimal where one of these follows: 3,256 thousand ha.
_THOUSANDTHS = re.compile(r"\d{1,3},\d{3}$")
# What stands for a day or a year in a form and in its gloss: "since # june".
DIGITS = "#"
_MOST_DIGITS = 4
# What makes an unknown word of a Latin script no English one.
_STRANGE = "\u01c0"


# Azerbaijani letters and what they are in plain Latin ones; a passage with none of them is written in these.
_PLAIN = str.maketrans("əıöüğşç", "eiougsc")
_SPECIAL = re.compile("[əıöüğşçƏÖÜĞŞÇİ]")
# No form has more words.
_LONGEST = 8


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

    `plain` is the same tree in plain Latin letters, as many write Azerbaijani, and capitals lose a dot.
    `english` are the words that English phrases begin with: an unknown word that looks like one is not it.
    `scaled` are the glosses that a decimal number stands before, `counting` those of number words.
    """

    tree: _Node = field(repr=False)
    plain: _Node = field(repr=False)
    english: Collection[str] = field(repr=False)
    scaled: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()

    @classmethod
    def build(
        cls,
        entries: Mapping[str, Gloss],
        english: Collection[str],
        scaled: frozenset[str],
        counting: frozenset[str],
    ) -> Glossary:
        """Build the tree of forms; the words of a form are those that a text is split into."""
        tree, plain = _Node(), _Node()
        for form, gloss in entries.items():
            words = [_form(w) for w in split_words(form)]
            _grow(tree, words, gloss)
            if _SPECIAL.search(form):
                _grow(plain, [w.translate(_PLAIN) for w in words], gloss)
        return cls(tree, plain, english, scaled, counting)

    def gloss(self, words: Sequence[Word], text: str) -> list[Word]:
        """Return the English words that stand for words of a text, each with the offsets of its source."""
        forms = [_form(w) for w in words]
        plain = None if words and _SPECIAL.search(text, words[0].start, words[-1].end) else forms
        found: list[Word] = []
        at = 0
        while at < len(words):
            hit = _match(self.tree, forms, at)
            if hit is None and plain is not None:
                hit = _match(self.plain, plain, at)
            if hit is None and text[words[at].start : words[at].end].isupper():
                hit = _match(self.plain, [w.translate(_PLAIN) for w in forms[at : at + _LONGEST]], 0)
            if hit is None:
                found.append(self._unknown(words, at))
                at += 1
                continue
            length, gloss = hit
            start, end = words[at].start, words[at + length - 1].end
            several = gloss.many is not None and self._is_counted(found)
            chosen = gloss.many if several and gloss.many else gloss.one
            made = [Word(start, end, word) for word in chosen]
            if DIGITS in chosen:
                made = _with_digits(made, words[at : at + length])
            if gloss.moved and made:
                to = _start_of_group(found, text)
                before = found[to].start if to < len(found) else start
                found.insert(to, Word(max(before - 1, 0), before, made.pop(0).folded))
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


def _form(word: Word) -> str:
    """Return a word as the forms are spelled: a Turkic capital that `fold` leaves is lowered."""
    return word.folded.replace("İ", "i").replace("ё", "е")  # noqa: RUF001


def _grow(tree: _Node, words: Sequence[str], gloss: Gloss) -> None:
    node = tree
    for word in words:
        node = node.next.setdefault(word, _Node())
    node.hit = node.hit or (len(words), gloss)


def _match(tree: _Node, forms: Sequence[str], at: int) -> tuple[int, Gloss] | None:
    """Return the number of words and the gloss of the longest form that starts at `forms[at]`."""
    node, found = _step(tree, forms[at]), None
    while node is not None:
        found = node.hit or found
        at += 1
        node = _step(node, forms[at]) if at < len(forms) else None
    return found


def _step(node: _Node, form: str) -> _Node | None:
    """Return what follows a form in the tree; digits are those of a form that says only `DIGITS`."""
    following = node.next.get(form)
    if following is None and form.isdecimal() and len(form) <= _MOST_DIGITS:
        return node.next.get(DIGITS)
    return following


def _with_digits(made: Sequence[Word], source: Sequence[Word]) -> list[Word]:
    """Return the words of a gloss with the numbers of its source where they stand for numbers."""
    digits = iter([w for w in source if w.folded[0].isdecimal()])
    return [next(digits, word) if word.folded == DIGITS else word for word in made]


def _start_of_group(found: Sequence[Word], text: str) -> int:
    """Return where the names, or the date, begin that words end with: "Ağdam, Füzuli və Bərdə"."""
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


def read_glosses(
    written: Mapping[str, str], series: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Gloss]]:
    """Yield (form, gloss) of what a lexicon writes: "one | several"; "{month}" goes through a series."""
    for form, meaning in written.items():
        name = next((name for name in series if f"{{{name}}}" in form), None)
        for own, english in series[name].items() if name else [("", "")]:
            one, _, many = meaning.replace(f"{{{name}}}", english).partition(" | ")
            yield form.replace(f"{{{name}}}", own), Gloss.of(one, many or None)


def read_forms(lines: str) -> Iterator[tuple[str, Gloss]]:
    """Yield (form, gloss) of a table of inflected forms: form, gloss, gloss of several, tab-separated."""
    for line in lines.splitlines():
        form, one, *many = line.split("\t")
        yield form, Gloss.of(one, many[0] if many else None)
