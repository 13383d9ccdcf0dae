"""The words of a language that stand beside place names, read from `lexicon/*.toml`.

All words are kept folded (`folding.fold`), so that they are compared like names.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import zlib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from geotrack.gazetteer.folding import folded_name
from geotrack.models import Role


@cache
def lexicon_checksum() -> int:
    """Return the CRC-32 of the lexicon files."""
    folder = files("geotrack.gazetteer") / "lexicon"
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return zlib.crc32(b"".join(path.read_bytes() for path in paths))


@dataclass(frozen=True, slots=True)
class Unit:
    """A word for a kind of unit ("district"), with the levels that it can mean, the likeliest first."""

    word: str
    plural: bool
    levels: tuple[str, ...]
    city: bool = False
    text_only: bool = False
    ahead: bool = False  # one name has it ahead only: "село Яворское"
    behind: bool = False  # one name has it behind it only: "the Kherson area", not "the area of Kherson"
    agreeing: tuple[str, ...] = ()  # endings of adjectives that stand for the unit without its word
    offices: tuple[
        str, ...
    ] = ()  # how the words for its offices begin, before which its own word is left out


@dataclass(slots=True)
class Trigger:
    """What a word or phrase beside a name can mean: a unit, a role, the head of a phrase."""

    unit: Unit | None = None
    before: Role = ""
    after: Role = ""
    capital_only: bool = False
    weak: bool = False
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that means a named region of the country spoken of ("liberated territories")."""

    region: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Side:
    """Words beside a country's name, or before "the country", that mean a region of it between two days.

    Words that mean it by themselves (`named`: "the ATO zone") do so in what is told later, too.
    """

    country: str
    region: str
    since: dt.date
    until: dt.date
    before: re.Pattern[str]
    behind: re.Pattern[str]
    unnamed: re.Pattern[str]
    named: re.Pattern[str]

    @classmethod
    def of(cls, entry: dict[str, object]) -> Side:
        """Return what an entry of a lexicon says, its words folded."""
        words = {key: _any_of(entry[key]) for key in ("before", "behind", "country_words", "named")}
        return cls(
            str(entry["country"]),
            str(entry["region"]),
            dt.date.fromisoformat(str(entry["since"])),
            dt.date.fromisoformat(str(entry["until"])),
            re.compile(rf"\b(?:{words['before']}) $"),
            re.compile(rf" +(?:{words['behind']})\b"),
            re.compile(rf"\b(?:{words['before']}) (?:{words['country_words']})\b"),
            re.compile(rf"\b(?:{words['named']})\b"),
        )


def _any_of(words: object) -> str:
    listed = words if isinstance(words, list) else []
    return "|".join(sorted(map(re.escape, listed), key=len, reverse=True)) or r"\b\B"


@dataclass(slots=True)
class Endings:
    """What names end in: in their `first` case, in any `other` one, both the longest first.

    `sounds` at the end of a stem change between cases; `suffixes` are, by language, what is added to a name.
    """

    first: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    sounds: list[tuple[str, str]] = field(default_factory=list)
    suffixes: dict[str, list[str]] = field(default_factory=dict)

    def add(self, language: str, entries: dict[str, Any]) -> None:
        """Add the endings of a language."""
        for known, name in ((self.first, "first"), (self.other, "other")):
            known.extend(set(map(folded_name, entries.get(name, ()))) - set(known))
            known.sort(key=lambda ending: (-len(ending), ending))
        self.sounds.extend((folded_name(a), folded_name(b)) for a, b in entries.get("sounds", {}).items())
        self.sounds.sort(key=lambda pair: -len(pair[0]))
        if "suffixes" in entries:
            self.suffixes[language] = sorted(
                set(map(folded_name, entries["suffixes"])), key=lambda suffix: (-len(suffix), suffix)
            )


@dataclass(slots=True)
class Lexicon:
    """The trigger words of all languages, merged; one instance belongs to one gazetteer."""

    triggers: dict[str, Trigger] = field(default_factory=dict)
    separators: set[str] = field(default_factory=set)
    of: set[str] = field(default_factory=set)
    of_several: set[str] = field(default_factory=set)
    before_unit: set[str] = field(default_factory=set)
    apposed: set[str] = field(default_factory=set)
    chain: set[str] = field(default_factory=set)
    possessive: set[str] = field(default_factory=set)
    openers: set[str] = field(default_factory=set)
    ordinary: set[str] = field(default_factory=set)
    never_after: set[str] = field(default_factory=set)
    locative: set[str] = field(default_factory=set)
    sited: set[str] = field(default_factory=set)
    kilometres: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    fillers: set[str] = field(default_factory=set)
    announcing: set[str] = field(default_factory=set)
    announcing_again: set[str] = field(default_factory=set)
    weak_nouns: set[str] = field(default_factory=set)
    streets: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    endings: Endings = field(default_factory=Endings)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    respelled: dict[str, dict[str, str]] = field(default_factory=dict)
    genitive: set[str] = field(default_factory=set)
    belonging: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()  # what a surname ends in
    nations: dict[str, list[str]] = field(default_factory=dict)
    sides: list[Side] = field(default_factory=list)

    @property
    def agreed(self) -> dict[str, Unit]:
        """The endings of adjectives that stand for a unit without its word, and the unit."""
        units = [trigger.unit for trigger in self.triggers.values() if trigger.unit]
        return {ending: unit for unit in units if not unit.plural for ending in unit.agreeing}

    def is_surname(self, word: str) -> bool:
        """Tell whether a folded word ends as surnames do, as it stands or in the genitive."""
        cases = ("", *self.genitive, *("n" + ending for ending in self.genitive))
        return word.endswith(tuple(name + case for name in self.surnames for case in cases))

    @classmethod
    def load(cls) -> Lexicon:
        """Read every lexicon file of the package."""
        lexicon = cls()
        folder = files("geotrack.gazetteer") / "lexicon"
        for file in sorted(folder.iterdir(), key=lambda path: path.name):
            if file.name.endswith(".toml"):
                lexicon._add(tomllib.loads(file.read_text(encoding="utf-8")))
        return lexicon

    def _add(self, entries: dict[str, Any]) -> None:
        for name in (
            "separators",
            "of",
            "of_several",
            "before_unit",
            "apposed",
            "chain",
            "possessive",
            "kilometres",
        ):
            getattr(self, name).update(entries.get(name, ()))
        folded = ("openers", "ordinary", "never_after", "locative", "modifiers", "fillers", "announcing")
        for name in (*folded, "announcing_again", "streets", "sited"):
            getattr(self, name).update(map(folded_name, entries.get(name, ())))
        self.genitive.update(map(folded_name, entries.get("genitive", ())))
        self.belonging += tuple(entries.get("belonging", ()))
        self.surnames += tuple(entries.get("surnames", ()))
        self.months.update(map(folded_name, entries.get("byline", {}).get("months", ())))
        for unit in entries.get("unit", ()):
            self._add_unit(unit)
        for role in entries.get("role", ()):
            self._add_role(role)
        for phrase in entries.get("phrase", ()):
            self._add_phrase(phrase)
        self.sides.extend(map(Side.of, entries.get("side", ())))
        self.endings.add(entries.get("language", ""), entries.get("inflection", {}))
        self.nations[entries["language"]] = entries.get("nations", [])
        self.letters[entries["language"]] = entries.get("letters", {})
        self.respelled[entries["language"]] = entries.get("respelled", {})
        self._share_beginnings()

    def as_local(self, name: str, language: str) -> str:
        """Return a folded name with what a language says in its own way said as people of the place do."""
        for own, local in self.respelled.get(language, {}).items():
            name = name.replace(own, local)
        return name

    def romanised(self, name: str, language: str) -> str:
        """Return a name of a text in Latin letters, as its language's lexicon spells them."""
        letters = self.letters.get(language)
        if not letters:
            return name
        spelled = "".join(letters.get(letter, letter) for letter in name.lower())
        return "".join(
            new.upper() if at == 0 or spelled[at - 1] in " -" else new for at, new in enumerate(spelled)
        )

    def _trigger(self, words: str) -> Trigger:
        return self.triggers.setdefault(folded_name(words), Trigger())

    def _add_unit(self, entry: dict[str, Any]) -> None:
        for plural, words in ((False, entry.get("one", ())), (True, entry.get("many", ()))):
            for word in words:
                self._trigger(word).unit = Unit(
                    word,
                    plural,
                    tuple(entry["levels"]),
                    entry.get("city", False),
                    entry.get("text_only", False),
                    entry.get("ahead", False),
                    entry.get("behind", False),
                    tuple(map(folded_name, entry.get("agreeing", ()))),
                    tuple(map(folded_name, entry.get("offices", ()))),
                )

    def _add_role(self, entry: dict[str, Any]) -> None:
        role: Role = entry["role"]
        for words in entry.get("before", ()):
            self._trigger(words).before = role
        for words in entry.get("weak_before", ()):
            trigger = self._trigger(words)
            trigger.before, trigger.weak = role, True
        for words in entry.get("after", ()):
            self._trigger(words).after = role
        for words in entry.get("after_capital", ()):
            trigger = self._trigger(words)
            if not trigger.after:
                trigger.after, trigger.capital_only = role, True
        self.weak_nouns.update(map(folded_name, entry.get("weak_nouns", ())))

    def _add_phrase(self, entry: dict[str, Any]) -> None:
        """Add a phrase in its orders: "liberated lands", "lands regained", "lands that it won back"."""
        words, heads, links, unless = (
            "|".join(sorted(map(re.escape, entry[key]), key=len, reverse=True))
            for key in ("words", "heads", "links", "unless_before")
        )
        behind = "".join(rf"(?<!\b{re.escape(word)} )" for word in entry.get("unless_behind", ()))
        filler = rf"(?: (?!(?:from|an?|one)\b|\d)\w+){{0,{entry['filler_words']}}}?"
        clause = rf"(?: (?:{links})\b(?: \w+){{0,{entry['clause_words']}}}?)?"
        pattern = re.compile(
            rf"{behind}(?:{words}){filler} (?:{heads})\b"
            rf"|(?:{heads}){clause} +(?:{words})\b(?! (?:{unless})\b)"
        )
        for word in (*entry["words"], *entry["heads"]):
            trigger = self._trigger(word)
            if (
                trigger.phrase is not None and trigger.phrase.region == entry["region"]
            ):  # of a sister language
                both = re.compile(f"{trigger.phrase.pattern.pattern}|{pattern.pattern}")
                trigger.phrase = Phrase(entry["region"], both)
            else:
                trigger.phrase = Phrase(entry["region"], pattern)

    def _share_beginnings(self) -> None:
        """Give a phrase the meaning of a shorter one that it begins with: a scan finds the longest only."""
        for words, trigger in self.triggers.items():
            for cut in range(len(words)):
                shorter = self.triggers.get(words[:cut]) if words[cut] == " " else None
                if shorter and shorter.after and not trigger.after:
                    trigger.after, trigger.capital_only = shorter.after, shorter.capital_only
