"""The trigger words of one language: phrases with tags, read from `lexicon/<language>.toml`.

A phrase is a sequence of words; a tag is the dotted path of the table it stands in
(`predicate.cleared.done`). A phrase may stand under several tags.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, NamedTuple

from geotrack.extraction.glosses import Gloss, Glossary, read_forms, read_glosses
from geotrack.extraction.inversions import Kinds
from geotrack.extraction.words import Word, fold, split_words

Tags = frozenset[str]
# A phrase found: its number of words, its tags, and these with those above.
Hit = tuple[int, Tags, Tags]
# A phrase inside a longer one: its first word and the one behind it, its tags, and these with those above.
Inner = tuple[int, int, Tags, Tags]
# The language that the rules have their tags from; the words of the others are glossed by its words.
# What no text holds.
_NEVER = re.compile(r"(?!)")
ENGLISH = "en"
# What a date is made of.
_DATED = ("time.month", "time.unit", "time.last", "time.this", "time.year_word")
# What a number in words can begin with.
_NUMERALS = ("number.unit", "number.hundred", "number.scale", "number.vague")


@cache
def with_parents(tags: Tags) -> Tags:
    """Return tags and the tags above them; a lexicon has few sets of tags, and each is asked for often."""
    return frozenset(
        ".".join(parts[:n]) for tag in tags for parts in [tag.split(".")] for n in range(1, len(parts) + 1)
    )


def _kinds(tags: Tags) -> frozenset[str]:
    """Return the tables that some tags stand in."""
    return frozenset(tag.partition(".")[0] for tag in tags)


@dataclass(slots=True)
class Node:
    """A word of a phrase: the words that can follow it, and the phrase that ends here, if one does."""

    next: dict[str, Node] = field(default_factory=dict)
    hit: Hit | None = None


class Home(NamedTuple):
    """The country whose press writes in a language, and those that it names for what they did there."""

    country: str
    invaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of a language as a tree of words, with their tags where a phrase ends.

    `values` and `dates` are the numbers and days that phrases stand for, `focus` the names that give a
    country away, `home` the country whose press writes in the language,
    `numerals` the words that a number in words begins with,
    `qualifiers` those that a qualifier begins with, `unders` the tags of each phrase with those above;
    `nested` and `matching` keep what was asked for; `totalled` finds a comma behind which a total begins.
    """

    language: str
    tree: Node = field(repr=False)
    values: dict[str, float] = field(repr=False)
    dates: dict[tuple[str, str], dt.date] = field(repr=False)
    focus: dict[str, tuple[str, ...]] = field(repr=False)
    numerals: frozenset[str] = frozenset()
    qualifiers: frozenset[str] = frozenset()
    unders: frozenset[Tags] = field(default=frozenset(), repr=False)
    nested: dict[tuple[str, ...], tuple[Inner, ...]] = field(default_factory=dict, repr=False)
    glossary: Glossary | None = field(default=None, repr=False)
    home: Home | None = None
    abbreviations: dict[str, str] = field(default_factory=dict, repr=False)
    matching: dict[tuple[str, ...], frozenset[Tags]] = field(default_factory=dict, repr=False)
    totalled: re.Pattern[str] = field(default=_NEVER, repr=False)

    @classmethod
    def load(cls, language: str) -> Lexicon:
        """Load the lexicon of a language; it is read once in a process.

        Raises
        ------
        FileNotFoundError
            If geotrack has no lexicon for that language; `languages` lists those it has.
        """
        return _load(language)

    def words(self, text: str, folded: str) -> list[Word]:
        """Return the words of a sentence, those of another language as the English ones they mean."""
        words = split_words(folded)
        return words if self.glossary is None else self.glossary.gloss(words, text)

    def meaning(self, word: str) -> str:
        """Return a word, or the English one that it means."""
        return word if self.glossary is None else self.glossary.first(word)

    def match(self, words: Sequence[str], at: int) -> Hit | None:
        """Return the longest phrase that starts at `words[at]`."""
        node = self.tree.next.get(words[at])
        found, last = None, len(words)
        while node is not None:
            found = node.hit or found
            at += 1
            node = node.next.get(words[at]) if at < last else None
        return found

    def within(self, phrase: tuple[str, ...]) -> tuple[Inner, ...]:
        """Return the shorter phrases inside a phrase, their words counted from its first one."""
        found = self.nested.get(phrase)
        if found is None:
            found = tuple(
                (i, i + length, tags, under)
                for i in range(len(phrase))
                for length, tags, under in self._starting(phrase[i:])
                if length < len(phrase)
            )
            self.nested[phrase] = found
        return found

    def under(self, tags: tuple[str, ...]) -> frozenset[Tags]:
        """Return the sets of tags of phrases, with those above, that hold one of some tags."""
        found = self.matching.get(tags)
        if found is None:
            found = self.matching[tags] = frozenset(u for u in self.unders if not u.isdisjoint(tags))
        return found

    def _starting(self, words: Sequence[str]) -> Iterator[Hit]:
        """Yield each phrase that the words begin with, the longest first."""
        found: list[Hit] = []
        node: Node | None = self.tree
        for word in words:
            node = node.next.get(word) if node else None
            if node is not None and node.hit is not None:
                found.append(node.hit)
        return reversed(found)

    def phrases(self, words: Sequence[str]) -> Iterator[Inner]:
        """Yield the phrases among words, the longest at each, none overlapping."""
        opening, at, size = self.tree.next, 0, len(words)
        while at < size:
            node = opening.get(words[at])
            if node is None:  # most words: said at once
                at += 1
                continue
            hit, reached = None, at + 1
            while node is not None:
                hit = node.hit or hit
                node = node.next.get(words[reached]) if node.next and reached < size else None
                reached += 1
            if hit is not None and hit[0] > 1 and words[at + hit[0] - 1] in self.qualifiers:
                hit = self._leaving_qualifier(words, at, hit)
            if hit is None:
                at += 1
                continue
            length, tags, under = hit
            yield at, at + length, tags, under
            at += length

    def _leaving_qualifier(self, words: Sequence[str], at: int, hit: Hit) -> Hit | None:
        """Return the longest phrase at `words[at]` that leaves the qualifier behind it whole.

        Of "planted over 1,000", "stood at at least 5", "over" and "at least" belong to the number.
        """
        last = at + hit[0] - 1
        further = self.match(words, last)
        if further is None or not any(tag.startswith("qualifier") for tag in further[1]):
            return hit
        behind = last + further[0]
        counted = behind < len(words) and (words[behind][0].isdecimal() or words[behind] in self.numerals)
        if behind <= last or not counted or any(tag.startswith("qualifier") for tag in hit[1]):
            return hit
        shorter = next(self._starting(words[at:last]), None)
        if further[0] > 1 or (shorter is not None and _kinds(hit[1]) <= _kinds(shorter[1])):
            return shorter
        return hit  # "walked over 450 ha": the verb needs its "over"

    def contains(self, words: Sequence[str], tag: str) -> bool:
        """Tell whether any phrase under a tag, or a tag below it, occurs in the words."""
        for at in range(len(words)):
            hit = self.match(words, at)
            if hit is not None and tag in hit[2]:
                return True
        return False

    def tags_of(self, word: str) -> Tags:
        """Return the tags that a word has as a phrase of its own, and those above them."""
        node = self.tree.next.get(word)
        return node.hit[2] if node is not None and node.hit is not None else frozenset()


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the languages that there is a lexicon for."""
    folder = files("geotrack.extraction").joinpath("lexicon")
    return tuple(sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml")))


@lru_cache
def data_checksum() -> str:
    """Return a checksum of the lexicons and of the table of measures."""
    folder = files("geotrack.extraction")
    total = zlib.crc32(folder.joinpath("measures.toml").read_bytes())
    total = zlib.crc32(folder.joinpath("actors.toml").read_bytes(), total)
    for language in languages():
        total = zlib.crc32(_text(language).encode(), total)
        total = zlib.crc32(b"" if language == ENGLISH else _forms(language).read_bytes(), total)
    return f"{total:08x}"


def _entries(
    table: Mapping[str, object], path: str = ""
) -> Iterator[tuple[str, str, float | dt.date | None]]:
    """Yield (tag, phrase, its number or date, or None) of a nested table."""
    for key, value in table.items():
        tag = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from _entries(value, tag)
        elif isinstance(value, list):
            for phrase in value:
                yield tag, str(phrase), None
        elif isinstance(value, dt.date):
            yield path, key, value
        elif isinstance(value, int | float):
            yield path, key, float(value)


def _forms(language: str) -> Traversable:
    """Return the file of the inflected forms of a language, as `scripts/build_forms.py` wrote it."""
    return files("geotrack.extraction").joinpath("lexicon", f"{language}.forms.tsv")


def _text(language: str) -> str:
    return files("geotrack.extraction").joinpath("lexicon", f"{language}.toml").read_text("utf-8")


@lru_cache
def _load(language: str) -> Lexicon:
    tables = tomllib.loads(_text(language))
    return _english(tables) if language == ENGLISH else _glossed(language, tables)


def _english(tables: dict[str, dict[str, Any]]) -> Lexicon:
    """Return the lexicon that holds the tags."""
    focus = {country: tuple(names) for country, names in tables.pop("focus").items()}
    abbreviations = _abbreviations(tables)
    tags: dict[tuple[str, ...], set[str]] = {}
    values: dict[str, float] = {}
    dates: dict[tuple[str, str], dt.date] = {}
    for tag, phrase, value in _entries(tables):
        words = tuple(w.folded for w in split_words(fold(phrase)))
        tags.setdefault(words, set()).add(tag)
        if isinstance(value, dt.date):
            dates[tag, " ".join(words)] = value
        elif value is not None:
            values[" ".join(words)] = value
    tree = Node()
    for words, found in tags.items():
        node = tree
        for word in words:
            node = node.next.setdefault(word, Node())
        meant = frozenset(found)
        node.hit = len(words), meant, with_parents(meant)
    unders = frozenset(with_parents(frozenset(found)) for found in tags.values())
    numerals = frozenset(
        words[0] for words, found in tags.items() for tag in found if tag.startswith(_NUMERALS)
    )
    qualifiers = frozenset(w[0] for w, found in tags.items() if any(t.startswith("qualifier") for t in found))
    return Lexicon(
        ENGLISH, tree, values, dates, focus, numerals, qualifiers, unders, abbreviations=abbreviations,
        totalled=_totalled(tables["sums"]),
    )  # fmt: skip


def _totalled(sums: dict[str, list[str]]) -> re.Pattern[str]:
    """Return what finds the comma before a total that an event brings about: ", raising the toll to 40"."""
    brings, counts = ("|".join(sums[name]) for name in ("brings", "counts"))
    return re.compile(rf",\s+(?=(?:\w+\s+){{0,2}}(?:{brings})\s+(?:[^\s,;.]+\s+){{0,7}}?(?:{counts})\b)")


def _glossed(language: str, tables: dict[str, dict[str, Any]]) -> Lexicon:
    """Return the English lexicon, which all languages share, behind the glossary of another."""
    written = dict(read_glosses(tables["gloss"], tables.get("series", {})))
    press = tables.get("press")
    english = _load(ENGLISH)
    return replace(
        english,
        language=language,
        focus={country: tuple(names) for country, names in tables["focus"].items()},
        abbreviations=_abbreviations(tables),
        glossary=_glossary(language, english, written, tables.get("ending", {})),
        home=Home(press["country"], tuple(press["invaders"])) if press else None,
    )


def _abbreviations(tables: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the abbreviations of a language with their kind; one of a "title" never ends a sentence."""
    kinds = tables["abbreviation"]
    return {word: kind for kind in sorted(kinds, reverse=True) for word in kinds[kind]}


def _words_of(node: Node, tag: str) -> Iterator[str]:
    """Yield the words of the phrases that stand under a tag."""
    for word, follows in node.next.items():
        inside = list(_words_of(follows, tag)) if word.isalpha() else []
        if inside or (follows.hit and tag in with_parents(follows.hit[1])):
            yield from [word, *inside] if word.isalpha() else ()


def _glossary(
    language: str, lexicon: Lexicon, written: dict[str, Gloss], endings: dict[str, str]
) -> Glossary:
    """Return the glossary of a language: its inflected forms, and what it writes as it stands."""
    own = {fold(phrase): gloss for phrase, gloss in written.items()}
    first = lexicon.tree.next
    scaled = frozenset(w for w in first if not lexicon.tags_of(w).isdisjoint({"number.scale", "unit"}))
    dated = frozenset(w for w in first if not lexicon.tags_of(w).isdisjoint(_DATED))
    dated |= frozenset(_words_of(lexicon.tree, "unit"))
    with _forms(language).open(encoding="utf-8") as lines:
        inflected = ((form, own.get(form, gloss)) for form, gloss in read_forms(lines))
        return Glossary.build(
            chain(inflected, own.items()),
            endings,
            first,
            order=_order(lexicon),
            scaled=scaled,
            counting=lexicon.numerals,
            dated=dated,
        )


def _order(lexicon: Lexicon) -> Kinds:
    """Return the words that decide in which order glossed words are read."""
    tagged = {word: lexicon.tags_of(word) for word in lexicon.tree.next}

    def of(*tags: str) -> frozenset[str]:
        return frozenset(word for word, own in tagged.items() if not own.isdisjoint(tags))

    people = of("head.person", "person", "head.victim")
    things = of("head.mine", "head.ap_mine", "head.at_mine", "head.uxo", "head.item")
    return Kinds(
        of("predicate.killed", "predicate.injured"),
        people,
        people | things | {"anti", "explosive", "unexploded"},
        lexicon.numerals,
        of("time.month"),
    )
