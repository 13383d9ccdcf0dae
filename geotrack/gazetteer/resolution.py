"""Which place a name in a text means: the unit word beside it, parents nearby, the country in focus, size."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geotrack.gazetteer.candidates import Candidate
from geotrack.gazetteer.folding import fold, slug
from geotrack.gazetteer.hits import (
    Hit,
    NameHit,
    TriggerHit,
    capitalised_after,
    capitalised_before,
    word_before,
)
from geotrack.gazetteer.lexicon import Lexicon
from geotrack.models import Place

# How much one piece of evidence is worth; a score is what is left when all of them fail independently.
UNIT_BESIDE = 0.8
PARENT_IN_CHAIN = 0.8
PARENT_IN_SENTENCE = 0.6
ONLY_ONE = 0.5
WIDE_NAME = 0.85  # countries and named regions
ALONE_MEANS_UNIT = 0.6
FOCUS = 0.5  # times the country's share of the places named
SIZE = 0.5  # times the place's share of the people in all places of that name
SPELLED_OTHERWISE = 0.8  # factor

LARGE_TOWN = 15_000  # people: such a town is meant without a word beside it
CITY = 100_000  # people: such a city is meant even between capitalised words
DOMINANT = 3  # times the people of the next place of that name
SHORT_NAME = 5  # letters: shorter names need a word beside them unless they are large
TITLE_WEIGHT = 5
SENTENCE_SHARE = 0.6  # of the focus; the rest is the document's
MAX_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Focus:
    """How often a text names each country's places: as a whole, and by sentence."""

    document: dict[str, float]
    sentences: dict[int, dict[str, float]]
    given: str | None = None

    def share(self, adm0: str, sentence: int) -> float:
        """Return the country's share, 0 to 1, of what is named around a sentence and in the document."""
        if self.given is not None:
            return 1.0 if adm0 == self.given else 0.0
        overall = _share(self.document, adm0)
        for number in (sentence, sentence - 1, sentence - 2):
            near = self.sentences.get(number)
            if near:
                return SENTENCE_SHARE * _share(near, adm0) + (1 - SENTENCE_SHARE) * overall
        return overall

    def countries(self, sentence: int) -> list[str]:
        """Return the countries in focus at a sentence, the strongest first."""
        known = [self.given] if self.given else list(self.document)
        return sorted(known, key=lambda adm0: -self.share(adm0, sentence))


def _share(counts: dict[str, float], adm0: str) -> float:
    total = sum(counts.values())
    return counts.get(adm0, 0.0) / total if total else 0.0


def focus_of(names: Sequence[NameHit], title_names: Sequence[NameHit], given: str | None) -> Focus:
    """Count the countries of all names that leave no doubt about their country."""
    document: dict[str, float] = defaultdict(float)
    sentences: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for hit in names:
        adm0 = _only_country(hit)
        if adm0:
            document[adm0] += 1
            sentences[hit.sentence][adm0] += 1
    for hit in title_names:
        adm0 = _only_country(hit)
        if adm0:
            document[adm0] += TITLE_WEIGHT
    return Focus(document, sentences, given)


def _only_country(hit: NameHit) -> str | None:
    candidates = hit.info.candidates
    first = candidates[0].place
    if first.level == "settlement" and (first.population or 0) < LARGE_TOWN and not hit.unit:
        return None
    return first.adm0 if all(candidate.place.adm0 == first.adm0 for candidate in candidates) else None


def lies_in(place: Place, outer: Place, members: frozenset[str] = frozenset()) -> bool:
    """Whether a place's own columns put it in another one; `members` are the units of an outer region."""
    if place.id == outer.id:
        return False
    return outer.id in (place.adm2, place.adm1, place.adm0) or bool(
        members & {place.adm1, place.adm2, place.id}
    )


@dataclass(slots=True)
class Resolver:
    """Resolves the linked names of one text.

    `members` gives the units of a named region; `place` a place by its id.
    """

    text: str
    hits: list[Hit]
    lexicon: Lexicon
    focus: Focus
    members: Callable[[str], frozenset[str]]

    def resolve(self) -> list[NameHit]:
        """Write place, score and reason into the names, and return those that mean a place."""
        names = [hit for hit in self.hits if isinstance(hit, NameHit)]
        waiting = [hit for hit in names if not self._settle_alone(hit)]
        stated: dict[int, list[NameHit]] = defaultdict(list)
        for hit in names:
            if hit.place is not None and hit.place.level in {"adm1", "adm2", "region"}:
                stated[hit.sentence].append(hit)
        for hit in reversed(waiting):
            self._settle_with_context(hit, stated.get(hit.sentence, ()))
            if hit.place is not None and hit.place.level in {"adm1", "adm2"}:
                stated[hit.sentence].append(hit)
        names = [hit for hit in names if hit.place is not None]
        return _without_overlaps(names + self._unknown_villages(stated))

    def _settle_alone(self, hit: NameHit) -> bool:
        """Resolve a name that means one unit or country, whatever stands around it."""
        pool, fits = hit.info.pool(hit.unit)
        if len(pool) != 1 or not hit.info.spelled:
            return not pool
        place = pool[0].place
        if place.level == "settlement" or (hit.unit and hit.unit.text_only and not fits):
            return False
        if word_before(self.text, hit.head).lower() in self.lexicon.never_after:
            return True
        self._write(hit, pool[0], pool, 0.0, "")
        return True

    def _settle_with_context(self, hit: NameHit, stated: Sequence[NameHit]) -> None:
        pool, fits = hit.info.pool(hit.unit)
        if not pool or word_before(self.text, hit.head).lower() in self.lexicon.never_after:
            return
        if hit.unit and hit.unit.text_only and not fits:
            return self._settle_text_only(hit, stated)
        ranked = sorted(
            ((self._parent(hit, candidate, stated), candidate) for candidate in pool),
            key=lambda pair: (
                -pair[0][0],
                -round(self.focus.share(pair[1].place.adm0, hit.sentence), 1),
                -pair[1].prior,
            ),
        )
        (strength, parent), best = ranked[0]
        if (
            fits
            and hit.unit
            and hit.unit.text_only
            and strength < PARENT_IN_CHAIN
            and self._chained_unit(hit)
        ):
            return self._settle_text_only(hit, stated)
        if self._believable(hit, best, pool, strength):
            self._write(hit, best, [candidate for _, candidate in ranked], strength, parent)
        return None

    def _parent(self, hit: NameHit, candidate: Candidate, stated: Sequence[NameHit]) -> tuple[float, str]:
        """Return how strongly the text names a parent of the candidate beside it, and that parent's name."""
        place = candidate.place
        outer = hit.outer
        if outer is not None and outer is not hit:
            wider_places = [one.place for one in outer.info.pool(outer.unit)[0]]
            for wider in wider_places if outer.place is None else [outer.place]:
                if wider.level != "country" and self._inside(place, wider):
                    return PARENT_IN_CHAIN, wider.name
        if hit.info.administrative and hit.unit is None:
            return 0.0, ""  # alone, the name of a unit means the unit, also beside that unit's other mentions
        for other in stated:
            if other is not hit and other.place is not None and self._inside(place, other.place):
                return PARENT_IN_SENTENCE, other.place.name
        return 0.0, ""

    def _inside(self, place: Place, outer: Place) -> bool:
        return lies_in(place, outer, self.members(outer.id) if outer.level == "region" else frozenset())

    def _chained_unit(self, hit: NameHit) -> Place | None:
        """Return the first- or second-level unit that the text chains to a name."""
        outer = hit.outer
        if outer is None or outer.place is None or outer.place.level not in {"adm1", "adm2"}:
            return None
        return outer.place

    def _believable(self, hit: NameHit, best: Candidate, pool: Sequence[Candidate], strength: float) -> bool:
        """Whether a name that may be an ordinary word or a surname is meant as this place."""
        place, (_, fits) = best.place, hit.info.pool(hit.unit)
        if not hit.info.spelled:
            return self._believable_spelling(hit, best, fits=fits, strength=strength)
        if fits or strength >= PARENT_IN_CHAIN or place.level != "settlement":
            return True
        if hit.info.key in self.lexicon.ordinary:
            return False
        people = place.population or 0
        if people >= CITY:
            return True
        if self._between_capitals(hit) or (len(hit.info.key) < SHORT_NAME and people < LARGE_TOWN):
            return False
        if strength:
            return True
        others = max((other.place.population or 0 for other in pool if other.place.id != place.id), default=0)
        if people >= LARGE_TOWN and people >= DOMINANT * others:
            return True
        return len(pool) == 1 and self._stands_as_place(hit)

    def _believable_spelling(self, hit: NameHit, best: Candidate, *, fits: bool, strength: float) -> bool:
        if fits or strength >= PARENT_IN_CHAIN:
            return True
        if hit.info.key in self.lexicon.ordinary or self._between_capitals(hit):
            return False
        wide = best.place.level in {"adm1", "adm2", "region"} or (best.place.population or 0) >= CITY
        return wide and self._stands_as_place(hit)

    def _stands_as_place(self, hit: NameHit) -> bool:
        """Whether a locative word or a list of places comes before the name, and its country is in focus."""
        adm0 = hit.info.candidates[0].place.adm0
        if self.focus.share(adm0, hit.sentence) < 1 / 2:
            return False
        in_list = hit.listed is not None and hit.listed.place is not None
        return in_list or word_before(self.text, hit.head) in self.lexicon.locative

    def _between_capitals(self, hit: NameHit) -> bool:
        """Whether a capitalised word that is no place word touches the name: a person's or a firm's name."""
        before = word_before(self.text, hit.head)
        if before[:1].isupper() and fold(before).strip() not in self.lexicon.openers:
            return True
        after = _WORD_AFTER.match(self.text, hit.tail)
        return after is not None and after[1][0].isupper()

    def _settle_text_only(self, hit: NameHit, stated: Sequence[NameHit]) -> None:
        parent = self._chained_unit(hit) or _nearest_unit(hit.start, stated)
        if parent is not None and hit.unit and not hit.unit.plural:
            chained = self._chained_unit(hit) is not None
            self._write_text_only(hit, self.text[hit.start : hit.end], parent, chained=chained)

    def _unknown_villages(self, stated: dict[int, list[NameHit]]) -> list[NameHit]:
        """Find villages that only the text knows: a village word beside a name, and a district around."""
        found = []
        for index, hit in enumerate(self.hits):
            if not isinstance(hit, TriggerHit) or not hit.trigger.unit or not hit.trigger.unit.text_only:
                continue
            village = self._unknown_village(index, hit, stated)
            if village is not None:
                found.append(village)
        return found

    def _unknown_village(
        self, index: int, hit: TriggerHit, stated: dict[int, list[NameHit]]
    ) -> NameHit | None:
        unit = hit.trigger.unit
        before, after = self._neighbour(index, -1), self._neighbour(index, 1)
        span = (
            None if unit and unit.plural else capitalised_before(self.text, hit.start, self.lexicon.openers)
        )
        tail_from = hit.end
        if span is None and not hit.used:
            span = capitalised_after(self.text, hit.end)
            tail_from = span[1] if span else hit.end
        if span is None:
            return None
        covered = [name for name in (before, after) if name and name.start < span[1] and name.end > span[0]]
        if any(
            (name.start, name.end) == span or name.info.demonym or name.info.administrative
            for name in covered
        ):
            return None
        sentence = (before or after).sentence if (before or after) else 0
        anchor = next((name for name in (before, after) if name), None)
        if anchor is None:
            return None
        parent, chained = self._parent_of_unknown(span[0], tail_from, before, after, stated)
        if parent is None:
            return None
        village = NameHit(span[0], span[1], anchor.info, unit=unit, sentence=sentence)
        village.head, village.tail = min(span[0], hit.start), max(span[1], hit.end)
        village.outer = after if chained and after and after.start >= tail_from else None
        self._write_text_only(village, self.text[span[0] : span[1]], parent, chained=chained)
        return village

    def _neighbour(self, index: int, step: int) -> NameHit | None:
        position = index + step
        while 0 <= position < len(self.hits) and abs(position - index) <= 8:
            hit = self.hits[position]
            if isinstance(hit, NameHit):
                return hit
            position += step
        return None

    def _parent_of_unknown(
        self,
        start: int,
        end: int,
        before: NameHit | None,
        after: NameHit | None,
        stated: dict[int, list[NameHit]],
    ) -> tuple[Place | None, bool]:
        """Return the unit that an unknown village lies in, and whether it is named right beside it."""
        if after is not None and after.place is not None and after.place.level in {"adm1", "adm2"}:
            words = " ".join(self.text[end : after.head].split())
            if words in self.lexicon.chain:
                return after.place, True
        if before is not None and before.place is not None and before.place.level in {"adm1", "adm2"}:
            words = " ".join(self.text[before.tail : start].split())
            if words in self.lexicon.possessive or words == ",":
                return before.place, True
        sentences = {hit.sentence for hit in (before, after) if hit is not None}
        near = [other for sentence in sentences for other in stated.get(sentence, ())]
        near = [
            other for other in near if not _SENTENCE_BREAK.search(self.text, *sorted((other.start, start)))
        ]
        return _nearest_unit(start, near), False

    def _write_text_only(self, hit: NameHit, name: str, parent: Place, *, chained: bool) -> None:
        unit = hit.unit.word if hit.unit else "village"
        hit.place = Place(
            id=f"{parent.id}/{slug(name)}",
            name=name,
            level="settlement",
            adm0=parent.adm0,
            adm1=parent.adm1,
            adm2=parent.adm2,
        )
        weights = [UNIT_BESIDE, PARENT_IN_CHAIN if chained else PARENT_IN_SENTENCE]
        hit.score = _combined(weights) * SPELLED_OTHERWISE
        how = "named with it" if chained else "named in the same sentence"
        hit.why = f"“{unit}” beside a name that no pack knows in {parent.name}, {how}"
        hit.alternatives = (parent,)

    def _write(
        self, hit: NameHit, best: Candidate, ranked: Sequence[Candidate], strength: float, parent: str
    ) -> None:
        place = best.place
        _, fits = hit.info.pool(hit.unit)
        weights, why = [], []
        if fits and hit.unit:
            weights.append(UNIT_BESIDE)
            why.append(f"“{hit.unit.word}” beside the name")
        if strength:
            weights.append(strength)
            why.append(
                f"{parent} named {'with it' if strength == PARENT_IN_CHAIN else 'in the same sentence'}"
            )
        share = self.focus.share(place.adm0, hit.sentence)
        if share and place.level != "country":
            weights.append(FOCUS * share)
            why.append(f"{share:.0%} of the places around are in {place.adm0}")
        weights_alone, why_alone = _own_evidence(best, ranked, fits=fits)
        hit.place = place
        hit.score = round(
            _combined([*weights, *weights_alone]) * (1 if hit.info.spelled else SPELLED_OTHERWISE), 3
        )
        if not hit.info.spelled:
            why.append(f"sounds like {best.name}")
        hit.why = "; ".join([*why, *why_alone]) or "name"
        hit.alternatives = _others(place, hit.info.candidates, ranked)


_WORD_AFTER = re.compile(r"[ ]([^\W\d_][\w'’-]*)")
_SENTENCE_BREAK = re.compile(r"[.!?]\s|\n\s*\n")


def _own_evidence(
    best: Candidate, ranked: Sequence[Candidate], *, fits: bool
) -> tuple[list[float], list[str]]:
    """Return what the name says without any context."""
    place = best.place
    if place.level in {"country", "region"}:
        return [WIDE_NAME], [f"name of a {place.level}"]
    if len(ranked) == 1:
        return [ONLY_ONE], ["the only place of that name" if not fits else "the only one of that kind"]
    if place.level in {"adm1", "adm2"}:
        return [ALONE_MEANS_UNIT], ["alone, the name means the unit"] if not fits else []
    people = sum(
        candidate.place.population or 0 for candidate in ranked if candidate.place.level == "settlement"
    )
    share = (place.population or 0) / people if people else 1 / len(ranked)
    return [SIZE * share], [f"{share:.0%} of the people in {len(ranked)} places of that name"]


def _combined(weights: Sequence[float]) -> float:
    doubt = 1.0
    for weight in weights:
        doubt *= 1 - weight
    return 1 - doubt


def _others(place: Place, candidates: Sequence[Candidate], ranked: Sequence[Candidate]) -> tuple[Place, ...]:
    if len(candidates) == 1:
        return ()
    others: dict[str, Place] = {}
    for candidate in (*ranked, *candidates):
        if candidate.place.id != place.id:
            others.setdefault(candidate.place.id, candidate.place)
    return tuple(others.values())[:MAX_ALTERNATIVES]


def _nearest_unit(position: int, stated: Sequence[NameHit]) -> Place | None:
    """Return the unit named nearest to a position, the narrower level first where both are named."""
    units = [hit for hit in stated if hit.place is not None and hit.place.level in {"adm1", "adm2"}]
    if not units:
        return None
    level = "adm2" if any(hit.place and hit.place.level == "adm2" for hit in units) else "adm1"
    fitting = [hit for hit in units if hit.place and hit.place.level == level]
    return min(fitting, key=lambda hit: abs(hit.start - position)).place


def _without_overlaps(names: list[NameHit]) -> list[NameHit]:
    """Return names in text order; where two overlap, the longer one."""
    kept: list[NameHit] = []
    for hit in sorted(names, key=lambda name: (name.start, -name.end)):
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept
