"""What one pass over a text found, and how the names in it hang together: units, lists, chains."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from geotrack.gazetteer.candidates import NameInfo
from geotrack.gazetteer.folding import fold, folded_name
from geotrack.gazetteer.lexicon import Lexicon, Trigger, Unit
from geotrack.models import Place, Role, Span

CITY = 60_000  # people: so large a city has districts of its own
MAX_GAP = 24  # characters between two names of one list or chain; longer ones hold other words
ABBREVIATED = 4  # letters: a dot after a longer unit word ends a sentence
MAX_ASIDE = 130  # characters between two names of a list that hold numbers in brackets
MAX_ANNOUNCEMENT = 120  # characters between "the regions" and "include Kharkiv, Sumy and Odesa"
MAX_WORDS_BETWEEN = 6  # hits among which the first name of an announced list is looked for
LONGEST_SENTENCE = 2_000  # characters: a longer stretch without a full stop is a table or a list
WRAPPED_LINE = 60  # characters: a line at least this long that ends in a letter goes on in the next


@dataclass(slots=True, eq=False)
class NameHit:
    """A name in the text; `head` and `tail` take in the unit words that belong to it.

    `away` is how many kilometres from which other name it is said to lie.
    """

    start: int
    end: int
    info: NameInfo
    unit: Unit | None = None
    head: int = -1
    tail: int = -1
    sentence: int = 0
    listed: NameHit | None = None
    outer: NameHit | None = None
    link: str = ""
    away: tuple[float, NameHit] | None = None
    role: Role = ""
    place: Place | None = None
    score: float = 0.0
    why: str = ""
    alternatives: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        self.head, self.tail = self.start, self.end


@dataclass(slots=True, eq=False)
class TriggerHit:
    """A word or phrase of the lexicon in the text."""

    start: int
    end: int
    trigger: Trigger
    used: bool = False


Hit = NameHit | TriggerHit


def is_genitive(text: str, hit: NameHit, endings: set[str]) -> bool:
    """Whether the ending of a name, or of its unit word, says that the next name belongs to it."""
    word = fold(text[hit.start : hit.tail])
    written = hit.tail == hit.end and any(fold(candidate.name) == word for candidate in hit.info.candidates)
    return not written and word.endswith(tuple(endings))


_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ɏ\u0400-\u042f\u0490][\w'\u2019\u02bc]+"
CAPITALISED = rf"{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}"
"""The pattern of a name of up to three words."""
_UNKNOWN_MEMBER = re.compile(rf", {_CAPITAL}(?: {_CAPITAL})?(,.*| .+)")
_COUNT = r"(?:[a-z]+ ){0,3}\d[\d.,\u00a0 ]*(?:[a-z%²\u00b2]+\b ?){0,4}"
_COUNTED_UNIT = re.compile(rf"\({_COUNT}\)")  # "and Sumy (60 ha) regions"
_COUNTED_MEMBER = re.compile(  # "Kharkiv (190 ha), Kherson …", "… and 60 ha of Sumy"
    rf" ?(?:[:(\u2013\u2014-] ?)?{_COUNT}\)?(?:[,;]|,? and)? ?\n?(?:[-\u2013\u2022*] )?"
    rf"|,? (?:and )?{_COUNT}(?:of|in) "
)
_ASIDE_MEMBER = re.compile(
    r" \([^()\n]*\d[^()\n]*\)(?:[,;]|,? and|,? as well as)? "
)  # "Kherson (90 in all, 12 in May), "
_COUNTED_NAME = re.compile(r"(?: [\u2013\u2014-]|:)? (?:about |some |almost |nearly |over )?\d")
_COLUMN_HEAD = re.compile(r"\|\s*\w+\s*(?:\||$)")
_TABLE_RULE = re.compile(r"\|[ :|-]+\n")
_IN_ANOTHER = re.compile(
    r"\s(?:of|in|within|near|outside|beside|by|on|at|not far|close|just|lying|located|situated)\s"
)
_WITHIN = re.compile(r"\s(?:in|within|near)\s")
_APPOSED = re.compile(
    rf"(?<![\w-])({CAPITALISED})"
    r"(?:, | \(| [\u2013\u2014-] )(?:an?|another) (?:[a-z-]+ )?$"
)
_BEFORE_UNIT = re.compile(rf"(?<![\w-])({CAPITALISED})\s$")
_AFTER_UNIT = re.compile(rf"\.?\s(of\s|called\s|named\s)?({CAPITALISED})")
_SENTENCE_END = re.compile(r"[.!?…][\"\u201d\u2019»)\]]*\s+(?=[\"\u201c«(\[\u2018]?[^\W\d_a-z])")


def sentence_starts(text: str) -> list[int]:
    """Return where sentences, roughly, begin: enough to tell which names stand together."""
    starts = {0}
    starts.update(match.end() for match in _SENTENCE_END.finditer(text))
    position = 0
    for line in text.split("\n"):
        position += len(line) + 1
        if len(line) < WRAPPED_LINE or not (line[-1].isalnum() or line[-1] == ","):
            starts.add(position)
    ordered = sorted(starts)
    longer = [
        start
        for begin, end in zip(ordered, [*ordered[1:], len(text)], strict=True)
        for start in range(begin + LONGEST_SENTENCE, end, LONGEST_SENTENCE)
    ]
    return sorted([*ordered, *longer]) if longer else ordered


class Spans:
    """Spans to leave out, answered by bisection."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted((start, end) for start, end in spans if end > start)
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in ordered:
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether any of the spans overlaps start..end."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start


def place_in_sentences(hits: Sequence[Hit], starts: list[int]) -> None:
    """Write the number of its sentence into every name hit."""
    for hit in hits:
        if isinstance(hit, NameHit):
            hit.sentence = bisect_right(starts, hit.start) - 1


class Linker:
    """Binds unit words to names, names to lists, and villages to the districts named beside them."""

    def __init__(self, text: str, hits: list[Hit], lexicon: Lexicon) -> None:
        self.text, self.hits, self.lexicon = text, hits, lexicon

    def link(self) -> None:
        """Bind everything, in the order in which one binding rests on another."""
        self._link_lists()
        for index, hit in enumerate(self.hits):
            if isinstance(hit, TriggerHit) and hit.trigger.unit:
                self._bind_before(index, hit, hit.trigger.unit)
        for index, hit in enumerate(self.hits):
            if isinstance(hit, TriggerHit) and hit.trigger.unit and not hit.used:
                self._bind_after(index, hit, hit.trigger.unit)
        for index, hit in enumerate(self.hits):
            if isinstance(hit, TriggerHit) and hit.trigger.unit and hit.trigger.unit.plural and not hit.used:
                self._bind_announced(index, hit, hit.trigger.unit)
        for index, hit in enumerate(self.hits):
            if isinstance(hit, TriggerHit) and hit.trigger.unit and not hit.used:
                self._bind_column(index, hit, hit.trigger.unit)
        self._share_with_counted()
        self._link_chains()

    def _share_with_counted(self) -> None:
        """Give an oblast's bare name beside a number the unit word told before: "in A region 40, in B 30"."""
        told: tuple[int, Unit] | None = None
        for hit in self.hits:
            if not isinstance(hit, NameHit):
                continue
            if hit.unit is not None:
                told = (hit.sentence, hit.unit) if hit.unit.levels[0] == "adm1" else None
            elif told and told[0] == hit.sentence and _COUNTED_NAME.match(self.text, hit.end):
                of_unit = any(c.kind == "adjective" and c.place.level == "adm1" for c in hit.info.candidates)
                hit.unit = told[1] if of_unit else None

    def gap(self, left: int, right: int) -> str | None:
        """Return the words between two positions, or None where they are too far apart to matter."""
        if not 0 <= right - left <= MAX_GAP:
            return None
        return " ".join(self.text[left:right].split())

    def _link_lists(self) -> None:
        separators = self.lexicon.separators
        previous: Hit | None = None
        for hit in self.hits:
            if isinstance(hit, NameHit) and isinstance(previous, NameHit):
                words = self.gap(previous.end, hit.start)
                counted = _COUNTED_MEMBER.fullmatch(
                    self.text, previous.end, min(hit.start, previous.end + 60)
                )
                counted = counted or _ASIDE_MEMBER.fullmatch(
                    self.text, previous.end, min(hit.start, previous.end + MAX_ASIDE)
                )
                unknown = _UNKNOWN_MEMBER.fullmatch(words) if words else None
                if counted or words in separators or (unknown and unknown[1].strip() in separators):
                    hit.listed = previous
            previous = hit

    def _bind_before(self, index: int, hit: TriggerHit, unit: Unit) -> None:
        """Bind a unit word to the name before it, and a plural to the whole list before it."""
        name = self.hits[index - 1] if index else None
        if not isinstance(name, NameHit) or name.info.demonym:
            return
        words = self.gap(name.end, hit.start)
        within = _WITHIN if words and words.endswith("the") else _IN_ANOTHER  # not "in A, the village of B"
        apposed = words in self.lexicon.apposed and within.match(self.text, hit.end)
        if words not in self.lexicon.before_unit and not apposed and not _COUNTED_UNIT.fullmatch(words or ""):
            return
        if unit.ahead or (unit.plural and unit.text_only and name.info.administrative):
            return  # "Aghdam villages" are villages of Aghdam
        name.unit, name.tail, hit.used = unit, hit.end, True
        member = name.listed
        while unit.plural and member is not None and member.unit is None and not member.info.demonym:
            member.unit = unit
            member = member.listed
        if self._shares_unit(name, unit) and name.listed:
            name.listed.unit = unit

    def _shares_unit(self, name: NameHit, unit: Unit) -> bool:
        """Whether one word stands for two units ("Donetsk and Luhansk oblast")."""
        other = name.listed
        if unit.plural or unit.levels[0] != "adm1" or other is None or other.unit or other.listed:
            return False
        fits = other.info.pool(unit)[1] and other.info.key != name.info.key
        words = self.gap(other.end, name.start)
        return fits and words in self.lexicon.separators and words[0].isalpha()

    def _bind_after(self, index: int, hit: TriggerHit, unit: Unit) -> None:
        """Bind a unit word to the name after it ("village of Qarvand"), and a plural to a list."""
        names = list(self._list_from(index + 1))
        if not names or names[0].unit or names[0].info.demonym:
            return
        words = self.gap(hit.end, names[0].start)
        if unit.levels[0] == "adm2" and not unit.plural and _is_divided(names[0]) and self._is_named(hit):
            return  # "in the Korabelnyi district of Kherson": of the city
        several = unit.plural and len(names) > 1
        if words not in self.lexicon.of and not (several and words in self.lexicon.of_several):
            return
        if not several and (unit.behind or (unit.plural and words.startswith("of"))):
            return  # "villages of Aghdam" are villages in Aghdam, "the area of Kharkiv" is the city's
        if words == "" and self.text[hit.start].isupper() and not unit.text_only:
            return  # "… District Kharkiv" is two things
        if (words == "." and len(unit.word) > ABBREVIATED) or (
            words in {"", "."} and "\n" in self.text[hit.end : names[0].start]
        ):
            return  # a sentence or a line ends in between
        names[0].head, hit.used = hit.start, True
        for name in names if unit.plural else names[:1]:
            if name.unit is None:
                name.unit = unit

    def _is_named(self, hit: TriggerHit) -> bool:
        """Tell whether a capitalised word stands right before a unit word: its own name."""
        word = word_before(self.text, hit.start)
        return len(word) > ABBREVIATED and word[0].isupper()

    def _bind_announced(self, index: int, hit: TriggerHit, unit: Unit) -> None:
        """Bind a plural to the list that its sentence announces ("regions … include Kharkiv and Sumy")."""
        first = next(
            (
                at
                for at in range(index + 1, min(index + MAX_WORDS_BETWEEN, len(self.hits)))
                if isinstance(self.hits[at], NameHit)
            ),
            index + 1,
        )
        names = list(self._list_from(first))
        if not names or names[0].start - hit.end > MAX_ANNOUNCEMENT:
            return
        between = self.text[hit.end : names[0].start]
        announced = fold(word_before(self.text, names[0].start)) in self.lexicon.announcing
        ends = list(_SENTENCE_END.finditer(between + "X"))
        again = len(ends) == 1 and fold(between[ends[0].end() :]).strip() in self.lexicon.announcing_again
        if again or ((announced or between.rstrip().endswith(":")) and not ends):
            for name in names:
                name.unit = name.unit or (None if name.info.demonym else unit)

    def _bind_column(self, index: int, hit: TriggerHit, unit: Unit) -> None:
        """Bind the head of a table's column to the names under it ("| Region | Cleared |")."""
        head = _COLUMN_HEAD.match(self.text, self.text.rfind("\n", 0, hit.start) + 1, hit.end + 2)
        rule = self.text.find("\n", hit.end) + 1
        if head is None or not rule or not _TABLE_RULE.match(self.text, rule):
            return
        for name in islice(self.hits, index + 1, None):
            line = self.text.rfind("\n", 0, name.start) + 1
            if self.text[line] != "|" or "\n\n" in self.text[hit.end : name.start]:
                return
            cell = self.text[line : name.start]
            first = isinstance(name, NameHit) and line > rule and cell.strip(" |") == ""
            if first and isinstance(name, NameHit) and not name.info.demonym:
                name.unit = name.unit or unit

    def _list_from(self, index: int) -> Iterator[NameHit]:
        previous: NameHit | None = None
        for hit in self.hits[index : index + 40]:
            if not isinstance(hit, NameHit) or (previous is not None and hit.listed is not previous):
                return
            yield hit
            previous = hit

    def _link_chains(self) -> None:
        names = [hit for hit in self.hits if isinstance(hit, NameHit)]
        for index, (previous, hit) in enumerate(pairwise(names)):
            words = self.gap(previous.tail, hit.head)
            if words == "" and is_genitive(self.text, previous, self.lexicon.genitive):
                hit.outer = previous
            elif words == "," and hit.unit and hit.unit.plural and previous.unit is hit.unit:
                continue  # two of one list: "the villages A, B"
            elif (words and words in self.lexicon.chain) or (words == "" and self._has_genitive_unit(hit)):
                previous.outer, previous.link = hit, words
            elif words and words in self.lexicon.possessive and hit.outer is None:
                hit.outer = previous
                if index and names[index - 1].outer is previous:
                    names[index - 1].outer = hit  # "Qarvand village of Azerbaijan's Aghdam district"
        self._share_outer()

    def _has_genitive_unit(self, hit: NameHit) -> bool:
        """Tell whether a name is a genitive adjective with its unit: "Kamianka Iziumskoho raionu"."""
        if hit.unit is None or hit.tail <= hit.end or hit.unit.levels[0] not in {"adm1", "adm2"}:
            return False
        return self.text[hit.start : hit.end].endswith(self.lexicon.belonging)

    def _share_outer(self) -> None:
        """Give the wider place after a list to all its names ("villages of A, B and C of the D district")."""
        for hit in reversed(self.hits):
            if not isinstance(hit, NameHit) or not (hit.listed and hit.outer and hit.unit):
                continue
            if hit.unit.plural and hit.listed.unit is hit.unit:
                hit.listed.outer = hit.outer
        for hit in self.hits:  # "of the D district A, B and C villages"
            if isinstance(hit, NameHit) and hit.listed and hit.unit and hit.unit.plural:
                first = hit.listed
                ahead = first.outer is not None and first.outer.start < first.start
                if ahead and hit.outer is None and first.unit is hit.unit:
                    hit.outer = first.outer


def without_city_districts(text: str, hits: list[Hit]) -> list[Hit]:
    """Leave out the districts of a city, which are no units of ours: "v Kirovskom raione Donetska"."""
    kept: list[Hit] = []
    cities: dict[NameHit, NameHit | None] = {}
    for index, hit in enumerate(hits):
        city = _city_behind(text, hits, index) if isinstance(hit, NameHit) else None
        if isinstance(hit, NameHit) and city is not None:
            cities[hit] = city
        else:
            kept.append(hit)
    for hit in kept if cities else ():
        if isinstance(hit, NameHit) and hit.outer in cities:
            hit.outer = cities[hit.outer]
    return kept


def _city_behind(text: str, hits: Sequence[Hit], index: int) -> NameHit | None:
    """Return the city whose name stands right behind a district and its word, if one does."""
    hit = hits[index]
    unit = hit.unit if isinstance(hit, NameHit) else None
    if not isinstance(hit, NameHit) or unit is None or unit.plural or unit.levels[0] != "adm2":
        return None
    if hit.tail <= hit.end:
        return None
    for after in hits[index + 1 : index + 4]:
        if isinstance(after, NameHit):
            bare = after.unit is None or after.unit.city
            beside = not text[hit.tail : after.head].strip() and "\n" not in text[hit.tail : after.head]
            return after if bare and _is_divided(after) and beside else None
    return None


def _is_divided(hit: NameHit) -> bool:
    """Tell whether a name is of a city with districts of its own."""
    return any((c.place.population or 0) >= CITY and c.kind != "adjective" for c in hit.info.candidates)


_SPACED = re.compile(r"[^\s-]+")
_POSSESSIVE = re.compile(r".*['\u2019]s\s")
# Read backwards from the end, so that no other start is tried.
_DOMAIN = re.compile(r"\.(?:az|com|info|media|net|org|ru|tv|ua|ws)\b", re.IGNORECASE)
_WORD_AFTER = re.compile(r"[ ]([^\W\d_][\w'\u2019-]*)")
_WORD_BEFORE = re.compile(r"\n?[ \n]([\w'\u2019-]+)")


def word_before(text: str, position: int) -> str:
    """Return the word directly before a position, or nothing."""
    found = _WORD_BEFORE.match(text[max(0, position - 30) : position][::-1])
    return found[1][::-1] if found else ""


def word_after(text: str, position: int) -> str:
    """Return the word directly behind a position, or nothing."""
    found = _WORD_AFTER.match(text, position)
    return found[1] if found else ""


def is_part_of_name(text: str, hit: NameHit, lexicon: Lexicon) -> bool:
    """Tell whether a name is part of a person's or a site's: "İsrail Həsənovun", "BAKU.WS"."""
    if hit.unit is not None:
        return False
    if _DOMAIN.match(text, hit.tail):
        return True
    after = word_after(text, hit.tail)
    if not after[:1].isupper():
        return False
    bare = folded_name(text[hit.start : hit.end]) == hit.info.key
    return lexicon.is_surname(fold(after)) or (
        bare and fold(word_before(text, hit.head)).endswith(lexicon.surnames)
    )


def capitalised_before(text: str, position: int, openers: set[str]) -> Span | None:
    """Return the span of the capitalised words directly before a position, openers left out."""
    found = _BEFORE_UNIT.search(text, max(0, position - 60), position)
    if not found:
        return None
    start, end = found.span(1)
    possessive = _POSSESSIVE.search(text, start, end)
    return _without_openers(text, (possessive.end() if possessive else start, end), openers)


def capitalised_apposed(text: str, start: int, end: int, openers: set[str]) -> Span | None:
    """Return the span of the name that a unit word at start..end explains: "Marzili, a village of …"."""
    found = _APPOSED.search(text, max(0, start - 60), start)
    return _without_openers(text, found.span(1), openers) if found and _IN_ANOTHER.match(text, end) else None


def _without_openers(text: str, span: Span, openers: set[str]) -> Span | None:
    """Return a span without what stands up to an opener, which is no part of the name."""
    start, end = span
    for word in _SPACED.finditer(text, start, end):
        if fold(word[0]).strip() in openers:
            start = word.end() + 1
    return (start, end) if start < end and text[start].isupper() else None


def capitalised_after(text: str, position: int) -> tuple[Span, bool] | None:
    """Return the span of the capitalised words after a position, and whether "of" stands before them."""
    found = _AFTER_UNIT.match(text, position)
    return (found.span(2), found[1] is not None) if found else None
