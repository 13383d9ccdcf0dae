"""Glosses: the words of another language as the English words whose tags they share.

The rules read tags, and the tags stand in one lexicon. A word of Azerbaijani, Ukrainian or Russian is
given the English word or phrase that means the same (`lexicon/<language>.toml`, its inflected forms in
`lexicon/<language>.forms.tsv`), and the rules go on from there; offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from sys import intern
from typing import NamedTuple

from geotrack.extraction.inversions import Kinds, straightened
from geotrack.extraction.words import Word, split_words

# The first word of a gloss that opens with this moves before the names, the number or the date that it
# stands behind, twice the sign moves all its words, the second moves them behind the number that follows,
# the third moves all before a date with a month and says nothing behind anything else; after a space it
# opens what a form means behind such a date: "<from ^<since".
MOVED, DEFERRED, DATING = "<", ">", "^"
# A comma before three digits is decimal where one of these follows: 3,256 thousand ha.
_THOUSANDTHS = re.compile(r"\d{1,3},\d{3}$")
# What stands for a day or a year, and for a date in digits, in a form and in its gloss: "since # june".
DIGITS, DATE = "#", "§"
_SLOTS = {
    DIGITS: re.compile(r"\d{1,4}$|\d{1,3}[.,]\d{1,2}$"),
    DATE: re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d\d)$"),
}
# A gloss that opens with one of these is whole: what moves stays behind it.
_POINTING = frozenset({"the", "same", "these", "those", "this", "that", "all"})
_WHOLE = frozenset({"at", "during", "from", "in", "on", "over", "since", "so", "to", "until"})
_ONE = (["1"], ["one"])
# What makes an unknown word of a Latin script no English one, and stands between a date and a number.
_STRANGE = "\u01c0"


# Azerbaijani letters and what they are in plain Latin ones; a passage with none of them is written in these.
_PLAIN = str.maketrans("əıöüğşç", "eiougsc")
_SPECIAL = re.compile("[əıöüğşçƏÖÜĞŞÇİ]")
# A name has at least this many letters before its ending.
_STEM = 3
# What has fewer digits is no year.
_YEAR_DIGITS = 4
# No form has more words.
_LONGEST = 8


class Gloss(NamedTuple):
    """What a form means: English words for one of its kind and, where they differ, for several.

    The first `moved` of them stand before what the form follows, `deferred` ones behind the number after it;
    `dated` is what the form means behind a day and its month.
    """

    one: tuple[str, ...]
    many: tuple[str, ...] | None = None
    moved: int = 0
    deferred: bool = False
    dating: bool = False
    dated: Gloss | None = None


@cache  # the hundred forms of a word share one gloss
def gloss_of(one: str, many: str | None = None) -> Gloss:
    """Return the gloss that an entry writes; an empty one stands for a word that says nothing."""
    one, _, behind_date = one.partition(" " + DATING)
    words = tuple([w.folded for w in split_words(one.lstrip(MOVED + DEFERRED + DATING))])
    several = tuple([w.folded for w in split_words(many.lstrip(MOVED))]) if many else None
    dating = one.startswith(DATING)
    moved = len(words) if dating or one.startswith(2 * MOVED) else int(one.startswith(MOVED))
    ahead, _, stays = one.partition(f" {DEFERRED} ")
    if stays:
        moved = len(split_words(ahead.lstrip(MOVED)))
        words = tuple([w.folded for part in (ahead.lstrip(MOVED), stays) for w in split_words(part)])
    dated = gloss_of(behind_date) if behind_date else None
    return Gloss(words, several, moved, one.startswith(DEFERRED), dating, dated)


class _Node:
    """A word of the tree: what follows it, which of that are slots, and what the form means that it ends.

    Most of half a million end a form and nothing follows them: those that mean the same are one.
    """

    __slots__ = ("hit", "next", "slots")

    def __init__(self, hit: tuple[int, Gloss] | None = None) -> None:
        self.next: dict[str, _Node] = _LEAF
        self.slots: tuple[tuple[str, _Node], ...] = ()
        self.hit = hit

    def follow(self, word: str, node: _Node) -> _Node:
        """Put a node behind this one for a word, in the place of the one that was there, and return it."""
        if self.next is _LEAF:
            self.next = {}
        self.next[intern(word)] = node
        if word in _SLOTS:
            self.slots = (*(s for s in self.slots if s[0] != word), (word, node))
        return node

    def grow(self, word: str) -> _Node:
        """Return the node of a word that others follow: one of its own."""
        known = self.next.get(word)
        if known is not None and known.next is not _LEAF:
            return known
        return self.follow(word, _Node(known.hit if known is not None else None))


# What follows the last word of a form: never written to.
_LEAF: dict[str, _Node] = {}


@cache
def _ending(length: int, gloss: Gloss) -> _Node:
    """Return the node that ends all forms of as many words with a gloss that nothing follows."""
    return _Node((length, gloss))


@dataclass(frozen=True, slots=True)
class Glossary:
    """The forms of a language with their glosses, as a tree of words.

    `plain` is the same tree in plain Latin letters, as many write Azerbaijani, and capitals lose a dot.
    `english` are the words that English phrases begin with: an unknown word that looks like one is not it.
    `scaled` are the glosses that a decimal number stands before, `counting` those of number words, `dated`
    those that a date is made of; `endings` what the case endings of an unknown name mean.
    """

    tree: _Node = field(repr=False)
    plain: _Node = field(repr=False)
    english: Collection[str] = field(repr=False)
    scaled: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    order: Kinds | None = field(default=None, repr=False)
    endings: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def build(
        cls,
        entries: Iterable[tuple[str, Gloss]],
        endings: Mapping[str, str],
        english: Collection[str],
        order: Kinds | None = None,
        **kinds: frozenset[str],
    ) -> Glossary:
        """Build the tree of forms; the words of a form are those that a text is split into.

        Of two entries of a form the first counts.
        `kinds` are the glosses of each kind: `scaled`, `counting`, `dated`.
        """
        tree, plain = _Node(), _Node()

        @cache  # a million words, most of them the same
        def words_of(piece: str) -> tuple[list[str], list[str]]:
            words = [_spelled(w.folded) for w in split_words(piece)]
            return words, [word.translate(_PLAIN) for word in words]

        for form, gloss in entries:
            pieces = [words_of(piece) for piece in form.split()]
            _grow(tree, [word for words, _ in pieces for word in words], gloss)
            if _SPECIAL.search(form):
                _grow(plain, [word for _, words in pieces for word in words], gloss)
        return cls(tree, plain, english, **kinds, order=order, endings=endings)

    def gloss(self, words: Sequence[Word], text: str) -> list[Word]:
        """Return the English words that stand for words of a text, each with the offsets of its source."""
        special = "İ" in text or "ё" in text or "Ё" in text
        forms = [_spelled(w.folded) if special else w.folded for w in words]
        plain = None if words and _SPECIAL.search(text, words[0].start, words[-1].end) else forms
        found: list[Word] = []
        waiting: tuple[str, ...] = ()
        at = closed = 0
        while at < len(words):
            if waiting and len(found) > closed and not self._counts(found[-1].folded):
                found, waiting = _with_deferred(found, waiting, len(found) - 1), ()
            hit = self._hit(words[at], forms, plain, at, text)
            if hit is None:
                found.append(self._unknown(words, at, text))
                if case := self._case_of(words[at], text):
                    self._move(found, (case,), text, closed, words[at].start)
                    closed = len(found)
                at += 1
                continue
            length, gloss = hit
            if gloss.dated is not None and self._ends_with_date(found):
                gloss = gloss.dated
            start, end = words[at].start, words[at + length - 1].end
            several = gloss.many is not None and self._is_counted(found)
            chosen = gloss.many if several and gloss.many else gloss.one
            source = words[at : at + length]
            at += length
            if gloss.deferred and at < len(words) and forms[at][0].isdecimal():
                waiting, closed = chosen, len(found)
                continue
            if gloss.dating and not self._ends_with_date(found):
                continue
            if gloss.moved and chosen:
                self._move(found, _numbered(chosen[: gloss.moved], source), text, closed, start)
                chosen = chosen[gloss.moved :]
            made = [Word(start, end, word) for word in chosen]
            found.extend(_with_digits(made, source))
            closed = len(found) if gloss.moved or (chosen and chosen[0] in _WHOLE) else closed
            if gloss.moved and self._goes_on_counting(found, forms, at):
                found.append(Word(end, end, _STRANGE))
                closed = len(found)
        found = self._with_decimals(_with_deferred(found, waiting, closed))
        return straightened(found, self.order) if self.order else found

    def _hit(
        self, word: Word, forms: Sequence[str], plain: Sequence[str] | None, at: int, text: str
    ) -> tuple[int, Gloss] | None:
        """Return the number of words and the gloss of the form that stands at a word."""
        hit = _match(self.tree, forms, at)
        if hit is None and plain is not None:
            hit = _match(self.plain, plain, at)
        if hit is None and text[word.start : word.end].isupper():
            hit = _match(self.plain, [w.translate(_PLAIN) for w in forms[at : at + _LONGEST]], 0)
        return hit

    def _goes_on_counting(self, found: Sequence[Word], forms: Sequence[str], at: int) -> bool:
        """Tell whether a date with its case is followed by a number of something: "aprel ayinda 25 mina".

        English would read "in april 25". A number with a suffix or a month goes on with the date.
        """
        while at < len(forms) and forms[at].isalpha() and not self.first(forms[at]):
            at += 1
        if at >= len(forms) or not forms[at].isdecimal() or len(forms[at]) >= _YEAR_DIGITS:
            return False
        last = found[-1].folded if found else ""
        dates = last in self.dated or (last.isdecimal() and len(found) > 1 and found[-2].folded in self.dated)
        following = forms[at + 1] if at + 1 < len(forms) else "-"
        months = self.order.dated if self.order else frozenset()
        return dates and following != "-" and months.isdisjoint(self.first(following).split())

    def first(self, word: str) -> str:
        """Return the gloss of a single word, the word itself if it has none."""
        node = self.tree.next.get(word)
        return " ".join(node.hit[1].one) if node is not None and node.hit is not None else word

    def _unknown(self, words: Sequence[Word], at: int, text: str) -> Word:
        start, end, word = words[at]
        acronym = end - start > 1 and text[start:end].isupper()
        if word.isalpha() and word.isascii() and word in self.english and not acronym:
            return Word(start, end, word + _STRANGE)
        return words[at]

    def _case_of(self, word: Word, text: str) -> str:
        """Return what the case ending of an unknown name means, if it has one: "Qarabağda"."""
        if not self.endings or not text[word.start].isupper():
            return ""
        return next((self.endings[e] for e in self.endings if word.folded[_STEM:].endswith(e)), "")

    def _move(self, found: list[Word], words: Sequence[str], text: str, closed: int, start: int) -> None:
        """Put words before the group that others end with; it begins at `closed` or behind."""
        to = self._start_of_group(found, text, closed)
        behind = found[to].start if to < len(found) else start
        before = found[to - 1].end if to else max(behind - 1, 0)  # what stands behind is not glued to them
        found[to:to] = [Word(before, before, word) for word in words]

    def _counts(self, word: str) -> bool:
        return word[0].isdecimal() or word in self.counting

    def _start_of_group(self, found: Sequence[Word], text: str, closed: int) -> int:
        """Return where the names, or the number or date, begin that words end with: "Ağdam, Füzuli və Bərdə".

        A group that a word was moved before is closed: the next one begins behind it.
        """
        at = len(found)
        if at > closed + 1 and found[at - 1].folded == "-" and found[at - 2].folded in self.dated:
            at -= 1  # the first of two months of one stretch
        if at > closed and self._is_numeric(found[at - 1]):
            while at > closed and self._is_numeric(found[at - 1]):
                at -= 1
                at -= at - 1 > closed and found[at - 1].folded == "-" and self._is_numeric(found[at - 2])
            while at > closed and found[at - 1].folded in _POINTING:  # "in the same seven districts"
                at -= 1
            return at
        while at > closed and _is_of_group(found, at - 1, text):
            if _opens_sentence(found, at - 1, text) or found[at - 1].folded in self.dated:
                break
            at -= 1
        while at < len(found) and found[at].folded in {",", "and"}:
            at += 1
        return at

    def _is_numeric(self, word: Word) -> bool:
        """Tell whether a word belongs to a number with its unit, or to a date."""
        folded = word.folded
        return self._counts(folded) or folded in self.scaled or folded in self.dated or folded == "'s"

    def _ends_with_date(self, found: Sequence[Word]) -> bool:
        """Tell whether words end with a day behind its month, or with a year behind it."""
        digits = [w.folded.isdecimal() for w in found[-3:]]
        return len(digits) > 1 and digits[-1] and found[-2].folded in self.dated

    def _is_counted(self, found: Sequence[Word]) -> bool:
        """Tell whether a number stands before, at most an attribute between."""
        near = [self._counts(w.folded) for w in found[-2:]]
        if not near or self._is_one(found) or self._ends_with_date(found):
            return False
        last = found[-1].folded
        return near[-1] or last in self.scaled or last in self.dated or (near[0] and last.isalpha())

    def _is_one(self, found: Sequence[Word]) -> bool:
        """Tell whether words end with the number one, at most an attribute behind: "1 old", not "4 001"."""
        words = [w.folded for w in (found if self._counts(found[-1].folded) else found[:-1])[-2:]]
        return words[-1:] in _ONE and not (words[1:] and self._counts(words[0]))

    def _with_decimals(self, words: list[Word]) -> list[Word]:
        for at, (start, end, word) in enumerate(words[:-1]):
            if word[0].isdecimal() and _THOUSANDTHS.match(word) and words[at + 1].folded in self.scaled:
                words[at] = Word(start, end, word.replace(",", "."))
        return words


def _spelled(folded: str) -> str:
    """Return words as the forms are spelled: a Turkic capital that `fold` leaves is lowered."""
    return folded.replace("İ", "i").replace("ё", "е")  # noqa: RUF001


def _with_deferred(found: list[Word], waiting: Sequence[str], at: int) -> list[Word]:
    """Return words with those that waited for the end of a number put at an index."""
    end = found[at - 1].end if at else 0
    return [*found[:at], *(Word(end, end, word) for word in waiting), *found[at:]]


def _grow(tree: _Node, words: Sequence[str], gloss: Gloss) -> None:
    node = tree
    for word in words[:-1]:
        node = node.grow(word)
    known = node.next.get(words[-1])
    if known is None:
        node.follow(words[-1], _ending(len(words), gloss))
    else:
        known.hit = known.hit or (len(words), gloss)


def _match(tree: _Node, forms: Sequence[str], at: int) -> tuple[int, Gloss] | None:
    """Return the number of words and the gloss of the longest form that starts at `forms[at]`.

    Digits are also those of a form that says only `DIGITS` or `DATE`; of two as long, the one that writes
    them counts.
    """
    node: _Node | None = tree
    found, last = None, len(forms)
    while node is not None:
        found = node.hit or found
        if at >= last:
            break
        form, following = forms[at], node.next.get(forms[at])
        at += 1
        if form[0].isdecimal():
            filled = [n for slot, n in node.slots if _SLOTS[slot].match(form)]
            if filled:
                written = [following] if following is not None else []
                hits = [*(_match(n, forms, at) for n in (*written, *filled)), found]
                return max([hit for hit in hits if hit is not None], key=itemgetter(0), default=None)
        node = following
    return found


def _with_digits(made: Sequence[Word], source: Sequence[Word]) -> list[Word]:
    """Return the words of a gloss with the numbers of its source where they stand for numbers."""
    digits = iter([w for w in source if w.folded[0].isdecimal()])
    return [next(digits, word) if word.folded in _SLOTS else word for word in made]


def _numbered(words: Sequence[str], source: Sequence[Word]) -> list[str]:
    """Return words with the numbers of a source where they stand for numbers."""
    return [w.folded for w in _with_digits([Word(0, 0, word) for word in words], source)]


def _opens_sentence(found: Sequence[Word], at: int, text: str) -> bool:
    """Tell whether a word with a capital is no name but what it was glossed by: "Explosions in Ağdam"."""
    start, end, word = found[at]
    named = at + 1 >= len(found) or found[at + 1].folded in {",", "and", "-"}
    return text[start].isupper() and word.isalpha() and not named and text[start:end].lower() != word


def _is_of_group(found: Sequence[Word], at: int, text: str) -> bool:
    word = found[at]
    if word.folded in {",", "and"}:  # a number before it ends what was told of another place
        return at > 0 and not found[at - 1].folded[0].isdecimal() and _is_of_group(found, at - 1, text)
    if word.folded == "-":
        return True
    return word.end > word.start and text[word.start].isupper()


def read_glosses(
    written: Mapping[str, str], series: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, Gloss]]:
    """Yield (form, gloss) of what a lexicon writes: "one | several"; "{month}" goes through a series."""
    for pattern, meaning in written.items():
        pairs = [(pattern, meaning)]
        for name, values in series.items():
            if f"{{{name}}}" in pattern:
                pairs = [
                    (form.replace(f"{{{name}}}", own).strip(), gloss.replace(f"{{{name}}}", english))
                    for form, gloss in pairs
                    for own, english in values.items()
                ]
        for form, gloss in pairs:
            one, _, many = gloss.partition(" | ")
            yield form, gloss_of(one, many or None)


def read_forms(lines: Iterable[str]) -> Iterator[tuple[str, Gloss]]:
    """Yield (form, gloss) of a table of inflected forms: form, gloss, gloss of several, tab-separated."""
    for line in lines:
        form, one, *many = line.rstrip("\n").split("\t")
        yield form, gloss_of(one, many[0] if many else None)
