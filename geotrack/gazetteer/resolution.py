"""Which place a name in a text means: the unit word beside it, parents nearby, the country in focus, size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from geotrack.gazetteer.bearings import anchor_name, at_distance
from geotrack.gazetteer.candidates import Candidate
from geotrack.gazetteer.folding import fold
from geotrack.gazetteer.hits import Hit, NameHit, is_part_of_name, word_after, word_before
from geotrack.gazetteer.lexicon import Lexicon
from geotrack.gazetteer.relations import are_beside, lies_in
from geotrack.gazetteer.villages import nearest_unit, write_text_only
from geotrack.models import Place

# How much one piece of evidence is worth; a score is what is left when all of them fail independently.
UNIT_BESIDE = 0.8
PARENT_IN_CHAIN = 0.8
PARENT_IN_SENTENCE = 0.6
PARENT_BEFORE = 0.4  # in a sentence shortly before, or the parent of another name of the same list
PARENT_IN_TEXT = 0.3  # anywhere in the text
IN_TEXT_BONUS = 10.0  # on the prior: a village of a unit named elsewhere outweighs no town
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
SCENE_SENTENCES = 4  # how far back a unit named before still sets the scene
MAX_STATED = 60  # units of one sentence that are looked at: reading stays linear in the text's length
TITLE_WEIGHT = 5
SENTENCE_SHARE = 0.6  # of the focus; the rest is the document's
MAX_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Focus:
    """How often a text names each country's places: as a whole, and by sentence."""

    document: dict[str, float]
    sentences: dict[int, dict[str, float]]
    given: str | None = None
    home: str | None = None

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
        if not known and self.home:
            return [self.home]
        return sorted(known, key=lambda adm0: -self.share(adm0, sentence))


def _share(counts: dict[str, float], adm0: str) -> float:
    total = sum(counts.values())
    return counts.get(adm0, 0.0) / total if total else 0.0


def focus_of(
    names: Sequence[NameHit], title_names: Sequence[NameHit], given: str | None, home: str | None = None
) -> Focus:
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
    return Focus(document, sentences, given, home)


def _only_country(hit: NameHit) -> str | None:
    candidates = hit.info.candidates
    first = candidates[0].place
    if first.level == "settlement" and (first.population or 0) < LARGE_TOWN and not hit.unit:
        return None
    return first.adm0 if all(candidate.place.adm0 == first.adm0 for candidate in candidates) else None


@dataclass(slots=True)
class Resolver:
    """Resolves the linked names of one text.

    `members` gives the units of a named region.
    """

    text: str
    hits: list[Hit]
    lexicon: Lexicon
    focus: Focus
    members: Mapping[str, frozenset[str]]
    stated: dict[int, list[NameHit]] = field(default_factory=lambda: defaultdict(list))
    settled: dict[int, list[NameHit]] = field(default_factory=lambda: defaultdict(list))
    units: set[str] = field(default_factory=set)
    language: str = ""
    likened: Callable[[str, str, str], Place | None] = lambda _name, _language, _unit: None

    def resolve(self) -> list[NameHit]:
        """Write place, score and reason into the names, and return those that mean a place."""
        names = [hit for hit in self.hits if isinstance(hit, NameHit)]
        waiting = [hit for hit in names if not self._settle_alone(hit)]
        for hit in names:
            self._remember(hit)
        for hit in reversed(waiting):
            self._settle_with_context(hit)
            self._remember(hit)
        self._settle_again(names)
        return [hit for hit in names if hit.place is not None]

    def _settle_again(self, names: Sequence[NameHit]) -> None:
        """Let a village that the text named as one be meant again: "the Saloglu project".

        One told with its unit is meant by its bare name, too, though another of that name be larger.
        """
        villages = [h for h in names if h.place is not None and h.place.level == "settlement"]
        known = {h.info.key: h for h in villages}
        sure = {h.info.key: h for h in reversed(villages) if h.unit is not None or h.outer is not None}
        cases = {h.info.meant: h for h in sure.values() if not h.info.administrative}
        for hit in names:
            told = sure.get(hit.info.key) or known.get(hit.info.key)
            other = cases.get(hit.info.meant) if not hit.info.administrative else None
            if other is not None and other.info.key != hit.info.key:
                told = other
            chained = told is not None and told.outer is not None and hit.outer is None
            if told is None or (hit.unit is not None and not chained) or not self._is_named(hit):
                continue
            if hit.place is not None and (
                hit.outer is not None
                or hit.place.level != "settlement"
                or (hit.info.key not in sure and told is not other)
            ):
                continue
            hit.place, hit.score, hit.alternatives = told.place, told.score, told.alternatives
            hit.why = "named so elsewhere in the text"

    def _is_named(self, hit: NameHit) -> bool:
        """Whether a name is no ordinary word and no person's: no capitalised word stands right before it."""
        before = word_before(self.text, hit.head)
        person = before[:1].isupper() and fold(before).strip() not in self.lexicon.openers
        return hit.info.key not in self.lexicon.ordinary and not person

    def _remember(self, hit: NameHit) -> None:
        """Keep what is resolved in each sentence as evidence for the names around it."""
        if hit.place is None or hit.place.level == "country":
            return
        if hit.place.level == "settlement":
            known = self.settled[hit.sentence]
        else:
            known = self.stated[hit.sentence]
            self.units.add(hit.place.id)
            self.units.update(self.members.get(hit.place.id, ()))
        if len(known) < MAX_STATED:
            known.append(hit)

    def _settle_alone(self, hit: NameHit) -> bool:
        """Resolve a name that means one unit or country, whatever stands around it."""
        pool, fits = hit.info.pool(hit.unit)
        if len(pool) != 1 or not hit.info.spelled:
            return not pool
        place = pool[0].place
        if place.level == "settlement" or (hit.unit and hit.unit.text_only and not fits):
            return False
        before = word_before(self.text, hit.head).lower()
        ordinary = place.level == "country" and not before and hit.info.key in self.lexicon.ordinary
        if ordinary or before in self.lexicon.never_after or is_part_of_name(self.text, hit, self.lexicon):
            return True
        self._write(hit, pool[0], pool, 0.0, "")
        return True

    def _settle_with_context(self, hit: NameHit) -> None:
        pool, fits = hit.info.pool(hit.unit)
        if not pool or word_before(self.text, hit.head).lower() in self.lexicon.never_after:
            return None
        if hit.unit and hit.unit.text_only and not fits:
            return self._settle_text_only(hit)
        if away := at_distance(hit, hit.info.candidates):
            return self._write(hit, away, pool, PARENT_IN_CHAIN, anchor_name(hit))
        city = hit.unit is None and any((one.place.population or 0) >= CITY for one in pool)
        weak = PARENT_BEFORE if city else PARENT_IN_TEXT  # what a unit must tell more than
        ranked = sorted(
            ((self._parent(hit, candidate), candidate) for candidate in pool),
            key=lambda pair: (
                pair[1].place.level != "country",
                -(pair[0][0] if pair[0][0] > weak else 0.0),
                -round(self.focus.share(pair[1].place.adm0, hit.sentence), 1),
                -pair[1].prior - (IN_TEXT_BONUS if pair[0][0] else 0.0),
            ),
        )
        if self._settled_elsewhere(hit, ranked[0][1].place, ranked[0][0][0], fits=fits):
            return None
        for (strength, parent), candidate in ranked[:MAX_ALTERNATIVES]:
            if self._believable(hit, candidate, pool, strength):
                return self._write(hit, candidate, [one for _, one in ranked], strength, parent)
        return None

    def _settled_elsewhere(self, hit: NameHit, best: Place, strength: float, *, fits: bool) -> bool:
        """Put a village where the text says that it lies, if the best candidate does not lie there."""
        if strength >= PARENT_IN_CHAIN:
            return False
        if fits and hit.unit and hit.unit.text_only and self._chained_unit(hit):
            self._settle_text_only(hit)
            return True
        if fits and hit.unit and "settlement" in hit.unit.levels and not strength and self._likened(hit):
            return True
        contradicted = self._contradicted(hit, best)
        if contradicted:
            self._settle_text_only(hit, force=True)
        return contradicted

    def _contradicted(self, hit: NameHit, place: Place) -> bool:
        """Whether the text puts a village into a unit where no pack has it ("Talish (Tartar district)")."""
        outer = hit.outer
        if outer is None or not outer.unit or hit.info.administrative or not hit.info.spelled:
            return False
        small = place.level == "settlement" and (place.population or 0) < LARGE_TOWN
        unit = self._chained_unit(hit)
        same_country = unit is not None and unit.adm0 == place.adm0
        return small and same_country and not hit.unit and hit.link != "," and not self._between_capitals(hit)

    def _parent(self, hit: NameHit, candidate: Candidate) -> tuple[float, str]:
        """Return how strongly the text names a parent of the candidate around it, and that parent's name."""
        place = candidate.place
        outer = hit.outer
        if outer is not None and outer is not hit:
            wider_places = [one.place for one in outer.info.pool(outer.unit)[0]]
            for wider in wider_places if outer.place is None else [outer.place]:
                if wider.level != "country" and (self._inside(place, wider) or are_beside(place, wider)):
                    return PARENT_IN_CHAIN, wider.name
        if hit.info.administrative and hit.unit is None:
            return 0.0, ""  # alone, the name of a unit means the unit, also beside that unit's other mentions
        for other in self.stated.get(hit.sentence, ()):
            if other is not hit and other.place is not None and self._inside(place, other.place):
                return PARENT_IN_SENTENCE, other.place.name
        return self._neighbour(hit, place) or self._parent_before(hit, place)

    def _neighbour(self, hit: NameHit, place: Place) -> tuple[float, str] | None:
        """Return another settlement of the sentence that lies in the same unit as the candidate."""
        if place.level != "settlement":
            return None
        for other in self.settled.get(hit.sentence, ()):
            near = other.place
            if (
                near is not None
                and near.id != place.id
                and near.adm1 == place.adm1
                and near.adm2 == place.adm2
            ):
                return PARENT_BEFORE, f"{near.name} of the same unit"
        return None

    def _parent_before(self, hit: NameHit, place: Place) -> tuple[float, str]:
        """Return whether the last unit named before lies around the candidate."""
        if place.level != "settlement":
            return 0.0, ""
        for sentence in range(hit.sentence - 1, hit.sentence - 1 - SCENE_SENTENCES, -1):
            units = self.stated.get(sentence)
            if units:
                around = [one.place.name for one in units if one.place and self._inside(place, one.place)]
                return (PARENT_BEFORE, around[-1]) if around else (0.0, "")
        if place.adm2 in self.units or place.adm1 in self.units:
            return PARENT_IN_TEXT, str(place.adm2 if place.adm2 in self.units else place.adm1)
        return 0.0, ""

    def _inside(self, place: Place, outer: Place) -> bool:
        return lies_in(place, outer, self.members.get(outer.id, frozenset()))

    def _chained_unit(self, hit: NameHit) -> Place | None:
        """Return the first- or second-level unit that the text chains to a name."""
        outer = hit.outer
        if outer is None or outer.place is None or outer.place.level not in {"adm1", "adm2"}:
            return None
        return outer.place

    def _believable(self, hit: NameHit, best: Candidate, pool: Sequence[Candidate], strength: float) -> bool:
        """Whether a name that may be an ordinary word or a surname is meant as this place."""
        place, (_, fits) = best.place, hit.info.pool(hit.unit)
        other = is_part_of_name(self.text, hit, self.lexicon)
        if other or not hit.info.spelled:
            return not other and self._believable_spelling(hit, best, fits=fits, strength=strength)
        if fits or strength >= PARENT_IN_CHAIN or place.level != "settlement":
            return True
        people = place.population or 0
        if hit.info.key in self.lexicon.ordinary or people >= CITY:
            return people >= CITY and hit.info.key not in self.lexicon.ordinary
        if self._between_capitals(hit) or (len(hit.info.key) < SHORT_NAME and people < LARGE_TOWN):
            return False
        if strength >= PARENT_IN_SENTENCE or _outweighs(place, pool):
            return True
        return (len(pool) == 1 or strength > 0) and self._stands_as_place(hit, within=strength > 0)

    def _believable_spelling(self, hit: NameHit, best: Candidate, *, fits: bool, strength: float) -> bool:
        if fits or strength >= PARENT_IN_CHAIN:
            return True
        if hit.info.key in self.lexicon.ordinary or self._between_capitals(hit):
            return False
        wide = best.place.level in {"adm1", "adm2", "region"} or (best.place.population or 0) >= CITY
        return wide and self._stands_as_place(hit)

    def _stands_as_place(self, hit: NameHit, *, within: bool = False) -> bool:
        """Whether a locative word or a list of places comes before the name, and its country is in focus.

        A unit around it that the text names (`within`) is enough of a focus, however "Russian" its mines be.
        """
        adm0 = hit.info.candidates[0].place.adm0
        if not within and self.focus.share(adm0, hit.sentence) < 1 / 2:
            return False
        in_list = hit.listed is not None and hit.listed.place is not None
        return in_list or word_before(self.text, hit.head).lower() in self.lexicon.locative

    def _between_capitals(self, hit: NameHit) -> bool:
        """Whether a capitalised word that is no place word touches the name: a person's or a firm's name."""
        before = word_before(self.text, hit.head)
        if before[:1].isupper() and fold(before).strip() not in self.lexicon.openers:
            return True
        return word_after(self.text, hit.tail)[:1].isupper()

    def _likened(self, hit: NameHit) -> bool:
        """Take the village that the unit told last has, spelled otherwise, for one of units not told of."""
        before = range(hit.sentence, hit.sentence - 1 - SCENE_SENTENCES, -1)
        for sentence in (*before, hit.sentence + 1):
            parent = nearest_unit(hit.start, self.stated.get(sentence, ()))
            if parent is None:
                continue
            written = self.text[hit.start : hit.end]
            owned = next((e for e in self.lexicon.belonging if written.endswith(e)), "")
            near = self.likened(written.removesuffix(owned), self.language, parent.id)
            if near is not None:
                write_text_only(hit, near.name, parent, chained=False)
                hit.place, hit.why = near, f"{hit.why}; looks like {near.name}"
            return near is not None
        return False

    def _settle_text_only(self, hit: NameHit, *, force: bool = False) -> None:
        """Put a village that the packs know elsewhere, or not as a village, into the unit named with it."""
        chained = self._chained_unit(hit)
        parent = chained or nearest_unit(hit.start, self.stated.get(hit.sentence, ()))
        if parent is not None and (force or (hit.unit and (chained or not hit.unit.plural))):
            written = self.text[hit.start : hit.end]
            name = self.lexicon.romanised(written, self.language)
            write_text_only(hit, name, parent, chained=chained is not None)
            near = self.likened(written, self.language, parent.id)
            if near is not None:
                hit.place, hit.why = near, f"{hit.why}; looks like {near.name}"

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
            why.append(f"{parent} named {_WHERE[strength]}")
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


_WHERE = {
    PARENT_IN_CHAIN: "with it",
    PARENT_IN_SENTENCE: "in the same sentence",
    PARENT_BEFORE: "nearby",
    PARENT_IN_TEXT: "elsewhere in the text",
}


def _outweighs(place: Place, pool: Sequence[Candidate]) -> bool:
    """Whether a place is a large town, far larger than any other of its name."""
    people = place.population or 0
    others = max((other.place.population or 0 for other in pool if other.place.id != place.id), default=0)
    return people >= LARGE_TOWN and people >= DOMINANT * others


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
