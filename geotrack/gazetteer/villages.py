"""Villages that only the text knows: a village word beside a name, and the district that it lies in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geotrack.gazetteer.candidates import NameInfo
from geotrack.gazetteer.folding import fold, slug
from geotrack.gazetteer.hits import (
    Hit,
    NameHit,
    TriggerHit,
    capitalised_after,
    capitalised_apposed,
    capitalised_before,
    is_genitive,
    word_before,
)
from geotrack.gazetteer.lexicon import Lexicon
from geotrack.models import Place, Span

SCORE_CHAINED = 0.75  # a village word, and its district named with it
SCORE_IN_SENTENCE = 0.6  # the district stands elsewhere in the sentence
UNITS = frozenset({"adm1", "adm2"})
COMMUNITY = ("settlement", "adm2")  # the levels that the word for a community can mean
MOST_NAMED_AGAIN, SHORTEST_NAME = 40, 5  # villages looked for again in one text; letters
LOOKED_BACK = 3  # sentences with names, in which the unit of a village is looked for
NEIGHBOURS = 24  # hits on either side among which the names beside a village word are looked for
LONGEST_LIST = 12  # names behind one plural
_JOINED_NAME = re.compile(r"(?:,|\s)[\s\w]{0,12}?\s(?=[A-ZÀ-ÖØ-ÞĀ-ɏ\u0400-\u042f])")
_SENTENCE_BREAK = re.compile(r"[.!?]\s|\n\s*\n")


def nearest_unit(position: int, stated: Sequence[NameHit]) -> Place | None:
    """Return the unit named nearest to a position, the narrower level first where both are named."""
    units = [hit for hit in stated if hit.place is not None and hit.place.level in UNITS]
    narrow = [hit for hit in units if hit.place and hit.place.level == "adm2"] or units
    return min(narrow, key=lambda hit: abs(hit.start - position)).place if narrow else None


def write_text_only(hit: NameHit, name: str, parent: Place, *, chained: bool) -> None:
    """Make the hit a village of its own in the unit `parent`."""
    hit.place = Place(
        id=f"{parent.id}/{slug(name)}",
        name=name,
        level="settlement",
        adm0=parent.adm0,
        adm1=parent.adm1,
        adm2=parent.adm2,
    )
    hit.score = SCORE_CHAINED if chained else SCORE_IN_SENTENCE
    where = "named with it" if chained else "named in the same sentence"
    beside = f"\u201c{hit.unit.word}\u201d beside the name; " if hit.unit else ""
    hit.why = f"{beside}{parent.name} {where}, where no pack knows the name"
    hit.alternatives = (parent,)


@dataclass(slots=True)
class VillageFinder:
    """Finds such villages beside the village words of one text, when its other names are resolved.

    `stated` holds the units named in each sentence; `sounding` says what a name spelled otherwise can mean.
    """

    text: str
    hits: Sequence[Hit]
    lexicon: Lexicon
    stated: Mapping[int, Sequence[NameHit]]
    sounding: Callable[[str], NameInfo | None]
    language: str = ""
    likened: Callable[[str, str, str], Place | None] = lambda _name, _language, _unit: None
    unit_of: Callable[[str], Place | None] = lambda _place_id: None

    def find(self) -> list[NameHit]:
        """Return the villages, resolved."""
        found: list[NameHit] = []
        chained: dict[str, Place | None] = {}  # "X village of Y district" stays where it is
        for index, hit in enumerate(self.hits):
            if isinstance(hit, TriggerHit) and hit.trigger.unit and hit.trigger.unit.text_only:
                villages = list(self._beside(index, hit))
            else:
                village = self._before_unit(index, hit) if isinstance(hit, NameHit) else None
                villages = [village] if village else []
            found.extend(villages)
            for village in villages:
                name = self.text[village.start : village.end]
                if village.score == SCORE_CHAINED:
                    chained.setdefault(name, village.place)
                else:
                    village.place = chained.get(name, village.place)
        return [*found, *self._again(found)]

    def _again(self, found: Sequence[NameHit]) -> Iterator[NameHit]:
        """Yield where else the text names such a village: "five people were hurt at Myurishen"."""
        told = {self.text[hit.start : hit.end]: hit for hit in found[:MOST_NAMED_AGAIN]}
        names = sorted((name for name in told if len(name) >= SHORTEST_NAME), key=len, reverse=True)
        if not names:
            return
        starts = {hit.start for hit in found}
        for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", self.text):
            before = word_before(self.text, match.start())
            named = not before[:1].isupper() or fold(before).strip() in self.lexicon.openers
            if match.start() in starts or not named:
                continue
            first = told[match[0]]
            again = NameHit(match.start(), match.end(), first.info, sentence=first.sentence)
            again.place, again.score, again.alternatives = first.place, first.score, first.alternatives
            again.why = "named so elsewhere in the text"
            yield again

    def find_again(self, villages: Sequence[NameHit]) -> list[NameHit]:
        """Return villages with all further places in the text that name them without a village word."""
        known = {self.text[hit.start : hit.end]: hit for hit in villages}
        if not known:
            return []
        names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
        starts, again = [hit.start for hit in self.hits], list(villages)
        for match in re.finditer(rf"(?<![\w-])(?:{names})(?![\w-])", self.text):
            told, before = known[match[0]], word_before(self.text, match.start())
            named = before[:1].isupper() and fold(before).strip() not in self.lexicon.openers
            if match.start() <= told.start or named:
                continue
            near = self._neighbours(bisect_left(starts, match.start()), -1)
            sentence = next((name.sentence for name in near), told.sentence)
            again.append(replace(told, start=match.start(), end=match.end(), sentence=sentence, unit=None))
            again[-1].why = "named so elsewhere in the text"
        return again

    def _beside(self, index: int, hit: TriggerHit) -> Iterator[NameHit]:
        """Yield the village whose name stands beside a village word, or those of a list behind a plural."""
        unit, needs_chain = hit.trigger.unit, False
        if unit is not None and unit.plural and unit.ahead:
            spans = [self._without_unit(index, span) for span in self._listed(hit.end)]
        else:
            span, needs_chain = self._span(index, hit)
            spans = [self._without_unit(index, span)] if span is not None else []
        for span in spans if len(spans) > 1 or (unit and not unit.plural) else ():
            if self._already_read(index, span):
                continue
            several = len(spans) > 1
            if hit.used and not several and span[0] >= hit.end and not self._outruns(index, span):
                continue
            around = min(span[0], hit.start), max(spans[-1][1], hit.end)
            village = self._village(index, hit, span, around, needs_chain=needs_chain)
            if village is not None:
                yield village

    def _listed(self, start: int) -> Iterator[Span]:
        """Yield the names of a list behind a plural: "the villages X, Y and Z"."""
        after = capitalised_after(self.text, start)
        for _ in range(LONGEST_LIST):
            if after is None:
                return
            yield after[0]
            joined = _JOINED_NAME.match(self.text, after[0][1])
            if joined is None or " ".join(joined[0].split()) not in self.lexicon.separators:
                return
            after = capitalised_after(self.text, joined.end() - 1)

    def _village(
        self, index: int, hit: TriggerHit, span: Span, around: Span, *, needs_chain: bool
    ) -> NameHit | None:
        """Return the village that a name beside a village word is, by the unit on either side of both."""
        head, tail = around
        before = next((name for name in self._neighbours(index, -1) if name.end <= head), None)
        after = next((name for name in self._neighbours(index, 1) if name.start >= tail), None)
        anchor = before or after
        if anchor is None:
            return None
        parent, chained = self._parent(span[0], tail, before, after)
        if parent is None or (needs_chain and not chained):
            return None
        info = NameInfo(fold(self.text[span[0] : span[1]]), ())
        village = NameHit(span[0], span[1], info, unit=hit.trigger.unit, sentence=anchor.sentence)
        village.head, village.tail = head, tail
        village.outer = after if chained and after and self._unit_of(after) == parent else None
        written = self.text[span[0] : span[1]]
        name = self.lexicon.romanised(written, self.language)
        self._write(village, name, parent, chained=chained)
        near = self.likened(written, self.language, parent.id) if name != written else None
        if near is not None and "/" in (village.place.id if village.place else ""):
            village.place = near
            village.why = f"{village.why}; looks like {near.name}"
        return village

    def _before_unit(self, index: int, hit: NameHit) -> NameHit | None:
        """Return the village that a unit names as its own without a village word, if the packs have it.

        "vozle Novoi Kamenki Khersonskoi oblasti": a word of place, a name in any case, its unit's genitive.
        """
        parent = self._unit_of(hit)
        if (
            parent is None
            or hit.unit is None
            or not self.text[hit.start : hit.end].endswith(self.lexicon.belonging)
        ):
            return None
        span = capitalised_before(self.text, hit.head, self.lexicon.openers)
        if span is None or self._already_read(index, span) or span[1] + 1 != hit.head:
            return None
        if word_before(self.text, span[0]).lower() not in self.lexicon.locative:
            return None
        near = self.likened(self.text[span[0] : span[1]], self.language, parent.id)
        if near is None:
            return None
        village = NameHit(*span, NameInfo(fold(self.text[span[0] : span[1]]), ()), sentence=hit.sentence)
        village.outer = hit
        write_text_only(village, near.name, parent, chained=True)
        village.place = near
        return village

    def _span(self, index: int, hit: TriggerHit) -> tuple[Span | None, bool]:
        """Return the capitalised words before a village word, else those after it.

        Without an "of" between them ("village Granitne"), the district must be named with it.
        """
        unit = hit.trigger.unit
        if unit is None or unit.plural:
            return None, False
        if unit.ahead:
            after = capitalised_after(self.text, hit.end)
            return (after[0] if after else None), False
        before = capitalised_before(self.text, hit.start, self.lexicon.openers) or capitalised_apposed(
            self.text, hit.start, hit.end, self.lexicon.openers
        )
        before = self._without_person(self._without_owner(index, before)) if before else None
        after = None if before else capitalised_after(self.text, hit.end)
        return (after[0], not after[1]) if after else (before, False)

    def _without_unit(self, index: int, span: Span) -> Span:
        """Return a span up to the unit named in it: "село Яворское Изюмского района"."""
        inside = (n for n in self._neighbours(index, 1) if span[0] < n.start < span[1] and n.unit)
        unit = next(inside, None)
        end = unit.start if unit else span[1]
        behind = (hit for hit in self.hits[index + 1 : index + NEIGHBOURS] if hit.start == span[1] + 1)
        if any(isinstance(hit, TriggerHit) and hit.trigger.unit for hit in behind):
            end = self.text.rfind(" ", span[0], end)  # it belongs to the next unit
        return (span[0], span[0] + len(self.text[span[0] : end].rstrip())) if end > span[0] else span

    def _without_owner(self, index: int, span: Span) -> Span | None:
        """Return a span without the unit that it begins with, no part of its name: "Sumy Oblast village"."""
        for name in self._neighbours(index, -1):
            if name.start == span[0] and _is_unit(name) and name.unit and name.end < span[1] <= name.tail + 2:
                return None  # "'s" may follow
            if span[0] <= name.start < name.end < span[1] and self._owns(name):
                return name.end + 1, span[1]
        return span

    def _without_person(self, span: Span | None) -> Span | None:
        """Return a span behind the surname in it: "Anar Quliyev Novruzlu kəndində"."""
        if span is None or not self.lexicon.surnames:
            return span
        *before, last = self.text[span[0] : span[1]].split(" ")
        named = [k for k, word in enumerate(before) if word.endswith(self.lexicon.surnames)]
        behind = " ".join([*before, last][named[-1] + 1 :]) if named else ""
        return (span[1] - len(behind), span[1]) if named else span

    def _owns(self, name: NameHit) -> bool:
        return is_genitive(self.text, name, self.lexicon.genitive)

    def _neighbours(self, index: int, step: int) -> Iterator[NameHit]:
        """Yield the names on one side of a village word, the nearest first."""
        end = max(-1, index - NEIGHBOURS) if step < 0 else min(len(self.hits), index + NEIGHBOURS)
        for position in range(index + step, end, step):
            hit = self.hits[position]
            if isinstance(hit, NameHit):
                yield hit

    def _already_read(self, index: int, span: Span) -> bool:
        """Whether a name with a place stands there, the same or one that is no village's."""
        near = [*self._neighbours(index, -1), *self._neighbours(index, 1)]
        covered = [name for name in near if name.start < span[1] and name.end > span[0]]
        return any(
            (name.place is not None and (name.start, name.end) == span)
            or name.info.demonym
            or name.info.administrative
            for name in covered
        )

    def _outruns(self, index: int, span: Span) -> bool:
        """Whether the name behind a village word is longer than what the packs know of it: "Lypa Stara"."""
        covered = [name for name in self._neighbours(index, 1) if name.start < span[1]]
        return len(covered) == 1 and covered[0].start == span[0]

    def _parent(
        self, start: int, end: int, before: NameHit | None, after: NameHit | None
    ) -> tuple[Place | None, bool]:
        """Return the unit that a village at start..end lies in, and whether it is named right beside it."""
        if before and _is_unit(before) and self._owns(before) and self._words(before.tail, start) == "":
            return before.place, True
        unit = self._unit_of(after) if after else None
        if after and unit and self._belongs(end, after):
            return unit, True
        if before and _is_unit(before) and self._words(before.tail, start) in {*self.lexicon.possessive, ","}:
            return before.place, True
        sentences = {hit.sentence for hit in (before, after) if hit is not None}
        near = [other for sentence in sentences for other in self.stated.get(sentence, ())]
        named = nearest_unit(start, [one for one in near if not self._broken(one.start, start)])
        return named or (self._told_before(start, before.sentence) if before else None), False

    def _belongs(self, end: int, outer: NameHit) -> bool:
        """Whether a unit owns the name that ends before its own: "X in the Y district", "X Yskogo raiona"."""
        words = self._words(end, outer.head)
        if words:
            return words in self.lexicon.chain
        return self.text[outer.start : outer.end].endswith(self.lexicon.belonging)

    def _unit_of(self, hit: NameHit) -> Place | None:
        """Return the unit that a name means, that of its centre for a community: "of the Snovsk hromada"."""
        if hit.place is None or _is_unit(hit):
            return hit.place
        community = hit.unit is not None and hit.unit.levels == COMMUNITY
        return self.unit_of(hit.place.adm2) if community and hit.place.adm2 else None

    def _told_before(self, start: int, sentence: int) -> Place | None:
        """Return the unit told last before a village: "a blast in X district. It was in Y village"."""
        for k in range(sentence, sentence - LOOKED_BACK, -1):
            units = [one for one in self.stated.get(k, ()) if one.end <= start]
            if found := nearest_unit(start, units):
                return found
        return None

    def _words(self, left: int, right: int) -> str:
        return " ".join(self.text[left:right].split())

    def _broken(self, left: int, right: int) -> bool:
        return _SENTENCE_BREAK.search(self.text, min(left, right), max(left, right)) is not None

    def _write(self, village: NameHit, name: str, parent: Place, *, chained: bool) -> None:
        """Take the parent's village that is only spelled otherwise, else make one of its own."""
        write_text_only(village, name, parent, chained=chained)
        info = self.sounding(name)
        for candidate in info.candidates if info else ():
            place = candidate.place
            if place.level == "settlement" and parent.id in (place.adm1, place.adm2):
                village.place = place
                village.why = f"{village.why}; sounds like {candidate.name}"
                return


def _is_unit(hit: NameHit) -> bool:
    return hit.place is not None and hit.place.level in UNITS


def without_overlaps(names: Sequence[NameHit]) -> list[NameHit]:
    """Return names in text order; where two overlap, the longer one."""
    kept: list[NameHit] = []
    for hit in sorted(names, key=lambda name: (name.start, -name.end)):
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept
