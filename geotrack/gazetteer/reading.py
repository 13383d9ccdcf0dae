"""One pass over a text: hits, their links, their places, their roles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from geotrack.gazetteer.adjectives import bind_adjectives
from geotrack.gazetteer.bearings import link_distances, unknown_names
from geotrack.gazetteer.candidates import Candidates, NameInfo
from geotrack.gazetteer.folding import fold
from geotrack.gazetteer.hits import (
    Hit,
    Linker,
    NameHit,
    Spans,
    TriggerHit,
    is_genitive,
    place_in_sentences,
    sentence_starts,
    without_city_districts,
)
from geotrack.gazetteer.lexicon import Lexicon, Phrase, Trigger
from geotrack.gazetteer.names import NameIndex
from geotrack.gazetteer.places import Places
from geotrack.gazetteer.resolution import Focus, Resolver, focus_of
from geotrack.gazetteer.roles import Roles
from geotrack.gazetteer.sides import take_named, take_sides
from geotrack.gazetteer.villages import VillageFinder, without_overlaps
from geotrack.models import Mention, Place, Span

MAX_CACHED_WORDS = 200_000
MAX_PHRASE = 80  # characters
# A word this long before a phrase may say that it is none.
MAX_BEFORE = 24
MAX_HITS_IN_PHRASE = 6
PHRASE_SCORE = 0.9
_CAPITALISED = re.compile(
    r"(?<![\w'\u2019\u02bc-])(?:[A-ZÀ-ÖØ-ÞĞİŞƏ][\w'\u2019\u02bc-]{4,}|[\u0400-\u042f\u0490][\w'\u2019\u02bc-]{3,})"
)
_GAPS = frozenset({" ", "\u00a0"})
_LONGEST_NAME = 3  # words of a name in another case


class Given(NamedTuple):
    """What is known of a text before it is read: its country, that of its press, its language, its day."""

    focus: str | None
    home: str | None
    language: str
    published: dt.date | None = None


class MentionReader:
    """Reads the places out of texts; it keeps the words that sound like no name, to ask only once."""

    def __init__(self, index: NameIndex, candidates: Candidates, places: Places, lexicon: Lexicon) -> None:
        self._index, self._candidates, self._places, self._lexicon = index, candidates, places, lexicon
        self._words: dict[tuple[str, str], NameInfo | None] = {}
        self._agreed = lexicon.agreed
        self._patterns: dict[str, re.Pattern[str] | None] = {}

    def read(self, text: str, title: str | None, given: Given, skip: Sequence[Span]) -> tuple[Mention, ...]:
        """Return the mentions of a text; see `Gazetteer.mentions`."""
        left_out, language = Spans(skip), given.language
        hits = list(self._hits(text, left_out, language))
        if not hits and not any(side.named.search(fold(text)) for side in self._lexicon.sides):
            return ()
        place_in_sentences(hits, sentence_starts(text))
        Linker(text, hits, self._lexicon).link()
        hits = without_city_districts(text, hits)
        bind_adjectives(text, hits, self._lexicon, self._agreed)
        names = [hit for hit in hits if isinstance(hit, NameHit)]
        link_distances(text, names, frozenset(self._lexicon.kilometres))
        title_hits = self._hits(title, Spans(()), language) if title else ()
        titles = [hit for hit in title_hits if isinstance(hit, NameHit)]
        in_focus = focus_of(names, titles, given.focus, given.home)
        resolver = Resolver(text, hits, self._lexicon, in_focus, self._places.ever_members)
        resolver.language, resolver.likened = language, self._candidates.settlement
        resolved = resolver.resolve()
        finder = VillageFinder(
            text,
            hits,
            self._lexicon,
            resolver.stated,
            self._candidates.sounding,
            language,
            self._candidates.settlement,
            self._places.get,
        )
        villages = finder.find()
        villages += unknown_names(text, resolved, self._lexicon, self._places.get)
        resolved = without_overlaps(resolved + finder.find_again(villages))
        Roles(text, hits, self._lexicon).write(resolved)
        sides = self._sides(text, resolved, given, in_focus)
        return tuple(_mentions(text, resolved, [*self._phrases(text, hits, in_focus), *sides], left_out))

    def _sides(self, text: str, names: Sequence[NameHit], given: Given, focus: Focus) -> Iterator[NameHit]:
        """Make a side of the country in focus the region that it stood for on the report's day."""
        for side in self._lexicon.sides:
            region = self._places.get(f"{side.country}:{side.region}")
            first = focus.countries(0)[:1]
            if region is None or first not in ([], [side.country]):
                continue
            if given.published is None or side.since <= given.published:
                yield from take_named(text, side, region)
            if first and given.published is not None and side.since <= given.published <= side.until:
                yield from take_sides(text, names, side, region)

    def _hits(self, text: str, skip: Spans, language: str) -> Iterator[Hit]:
        """Yield names and triggers in text order, with the words that are a name in disguise between them."""
        words = self._nameworthy(text, language)
        at = 0
        for start, end, key in self._index.scan(text):
            while at < len(words) and words[at].start() < end:
                if words[at].end() <= start:
                    at = yield from self._disguised(text, words, at, (skip, language, start))
                else:
                    at += 1
            hit = self._hit(text, (start, end), key, language)
            if hit is not None and not skip.touch(start, end):
                yield hit
        while at < len(words):
            at = yield from self._disguised(text, words, at, (skip, language, len(text)))

    def _nameworthy(self, text: str, language: str) -> list[re.Match[str]]:
        """Return the words that can be names: capitalised ones, and those for the people of a country."""
        words = list(_CAPITALISED.finditer(text))
        nations = self._nations(language)
        if nations is not None:
            words.extend(nations.finditer(text))
            words.sort(key=re.Match.start)
        return words

    def _nations(self, language: str) -> re.Pattern[str] | None:
        """Return what finds the nations that a language writes in small letters."""
        if language not in self._patterns:
            stems = "|".join(self._lexicon.nations.get(language, ()))
            self._patterns[language] = re.compile(rf"\b(?:{stems})\w+") if stems else None
        return self._patterns[language]

    def _disguised(
        self, text: str, words: Sequence[re.Match[str]], at: int, around: tuple[Spans, str, int]
    ) -> Generator[NameHit, None, int]:
        """Yield the name that capitalised words are, spelled otherwise or in another case.

        `around` holds the spans to leave out, the language and where the next known name begins.
        Returns the index of the word to go on with.
        """
        skip, language, stop = around
        start = words[at].start()
        reach, furthest = at, min(at + _LONGEST_NAME, len(words)) - 1
        while reach < furthest and text[words[reach].end() : words[reach + 1].start()] in _GAPS:
            reach += 1
        for last in range(reach, at - 1, -1):
            end = words[last].end()
            if end > stop:
                continue
            info = self._meaning(text[start:end], language)
            if info is not None:
                if not skip.touch(start, end):
                    yield NameHit(start, end, info)
                return last + 1
        return at + 1

    def _meaning(self, words: str, language: str) -> NameInfo | None:
        """Return what capitalised words mean that are no name as they stand; answers are kept."""
        language = "az" if "ə" in words or "Ə" in words else language  # a paragraph in a report of another
        key = language, words
        if key not in self._words:
            if len(self._words) >= MAX_CACHED_WORDS:
                self._words.clear()
            opener = fold(words).strip() in self._lexicon.openers
            nation = words[0].islower()
            named = self._candidates.nation if nation else self._candidates.inflected
            found = None if opener else named(words, language)
            if found is None and not opener and not nation and " " not in words:
                found = self._candidates.sounding(words)
            self._words[key] = found
        return self._words[key]

    def _hit(self, text: str, span: Span, key: str, language: str) -> Hit | None:
        start, end = span
        trigger = self._lexicon.triggers.get(key) or self._phrase_trigger(key)
        if trigger is not None and trigger.unit and end - start == 1 and text[end : end + 1] != ".":
            return None  # a preposition
        if trigger is not None:
            return TriggerHit(start, end, trigger)
        info = self._candidates.info(key)
        nations = self._nations(language)
        nation = nations is not None and nations.fullmatch(text, start, end)
        if info is None or not (nation or _written_as_name(text, start, end, info)):
            return None
        return NameHit(start, end, info)

    def _phrase_trigger(self, key: str) -> Trigger | None:
        """Return the trigger that begins a name which is a phrase, too ("liberated territories")."""
        words = key.split()
        for cut in (1, 2):
            trigger = self._lexicon.triggers.get(" ".join(words[:cut]))
            if trigger and trigger.phrase:
                return trigger
        return None

    def _phrases(self, text: str, hits: Sequence[Hit], focus: Focus) -> Iterator[NameHit]:
        """Yield phrases that mean a named region of the country in focus ("the liberated territories")."""
        done = sentence = 0
        for index, hit in enumerate(hits):
            if isinstance(hit, NameHit):
                sentence = hit.sentence
            elif hit.trigger.phrase and hit.start >= done:
                before = fold(text[max(hit.start - MAX_BEFORE, 0) : hit.start])
                words = before + fold(text[hit.start : hit.start + MAX_PHRASE])
                found = hit.trigger.phrase.pattern.match(words, len(before))
                end = hit.start + found.end() - len(before) if found else 0
                region = (
                    self._region(
                        hit.trigger.phrase, focus, hits[index : index + MAX_HITS_IN_PHRASE], end, sentence
                    )
                    if found
                    else None
                )
                if (
                    found
                    and region
                    and not self._is_owned(text, hits, index)
                    and not self._narrowed(text, hits, index, end, region.adm0)
                ):
                    done = end
                    yield _phrase_hit(text, (hit.start, done), region)

    def _is_owned(self, text: str, hits: Sequence[Hit], index: int) -> bool:
        """Whether the lands are those of the unit named before, as in "its liberated lands"."""
        for hit in reversed(hits[max(0, index - 2) : index]):
            if isinstance(hit, NameHit):
                beside = not text[hit.tail : hits[index].start].strip()
                return beside and is_genitive(text, hit, self._lexicon.genitive)
            if hit.trigger.unit and not hit.trigger.unit.plural and not hit.used:
                word = fold(text[hit.start : hit.end])  # "the district's liberated villages"
                return not text[hit.end : hits[index].start].strip() and word.endswith(
                    tuple(self._lexicon.genitive)
                )
        return False

    def _narrowed(self, text: str, hits: Sequence[Hit], index: int, end: int, adm0: str) -> bool:
        """Whether the phrase speaks of one unit, or of another country.

        "liberated Fuzuli region", "liberated lands of Lachin", "liberated Ukrainian lands".
        """
        for hit in hits[index + 1 : index + MAX_HITS_IN_PHRASE]:
            if (
                isinstance(hit, NameHit)
                and hit.place is not None
                and hit.end <= end
                and hit.place.adm0 != adm0
            ):
                return True
            if isinstance(hit, NameHit) and hit.place is not None and hit.place.level != "country":
                words = " ".join(text[end : hit.head].split()) if hit.head >= end else "of"
                return words in self._lexicon.of and words != ""
        return False

    def _region(
        self, phrase: Phrase, focus: Focus, inside: Sequence[Hit], end: int, sentence: int
    ) -> Place | None:
        """Return the region that a phrase means: of the country that it names, else of that in focus."""
        named = (hit.place for hit in inside if isinstance(hit, NameHit) and hit.end <= end)
        own = next((place.adm0 for place in named if place is not None and place.level == "country"), None)
        for adm0 in [own] if own else focus.countries(sentence):
            if own or adm0 in self._places.divided:  # of the country in focus whose units a pack knows
                return self._places.get(f"{adm0}:{phrase.region}")
        return None


def _phrase_hit(text: str, span: Span, region: Place) -> NameHit:
    hit = NameHit(*span, NameInfo(fold(text[span[0] : span[1]]), ()))
    hit.place, hit.score = region, PHRASE_SCORE
    hit.why = f"phrase for {region.name} while {region.adm0} is in focus"
    return hit


def _written_as_name(text: str, start: int, end: int, info: NameInfo) -> bool:
    """Whether a name stands in capitals where its script has them; a short acronym in capitals throughout."""
    if info.acronym:
        return text[start:end].isupper()
    first = text[start]
    return first.isupper() or first.lower() == first.upper()


def _mentions(text: str, names: list[NameHit], phrases: list[NameHit], skip: Spans) -> Iterator[Mention]:
    """Yield mentions in text order; a phrase takes precedence over the names inside it."""
    covered = Spans([(phrase.start, phrase.end) for phrase in phrases])
    kept = [name for name in names if not covered.touch(name.start, name.end)]
    for hit in sorted(kept + phrases, key=lambda one: one.start) if phrases else kept:
        if hit.place is not None and not skip.touch(hit.start, hit.end):
            span = (hit.start, hit.end)
            words = text[hit.start : hit.end]
            yield Mention(span, words, hit.place, hit.score, hit.alternatives, hit.why, hit.role)
