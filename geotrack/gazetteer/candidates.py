"""What a folded name can mean: its candidate places, the likeliest first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz

from geotrack.gazetteer.folding import folded_name
from geotrack.gazetteer.inflection import CYRILLIC, Inflections
from geotrack.gazetteer.lexicon import Lexicon, Unit
from geotrack.gazetteer.names import MAX_ACRONYM, NEEDS_UNIT, NameIndex, NameRow
from geotrack.gazetteer.places import Places
from geotrack.models import Place

# How likely a bare name means a place of a level, before any context; a town's people add to its own.
PRIOR_WIDE = {"country": 100.0, "region": 90.0}
PRIOR_DISTRICT = 80.0  # a first-level unit that is the district: alone, its name means it
PRIOR_CITY = 75.0  # a first-level unit that is a city
PRIOR_ADM1 = 60.0  # where there is a second level, first-level units are wide: alone, their name is the town
PRIOR_ADM2 = 50.0
PRIOR_SETTLEMENT = 40.0
PER_TENFOLD_PEOPLE = 5.0
SEAT = 100_000  # people: a city with its unit's name and fewer people is not its seat
SMALL_TOWN = 5_000  # people: below, a settlement never outweighs the unit that bears its name
KIND_MALUS = {"former": 4.0, "adjective": 10.0, "demonym": 1.0, "alias": 0.5}
SOUNDS_ALIKE = 70  # percent of likeness (rapidfuzz ratio) below which names only happen to share a skeleton
MIN_SOUNDING_WORD = 5  # letters: shorter words have too many neighbours among ordinary words
MIN_INFLECTED_WORD = 4  # letters: a shorter word is no case of a name; one as short only of a unit's
STEM = 5  # letters that an adjective shares with its name
_JOINED = {ord(mark): None for mark in "'`\u2019\u02bc"}  # apostrophes that stand inside a word
ENDINGS = (" s", " based", " born")  # what a hyphen or an apostrophe ties to a name


class Candidate(NamedTuple):
    """A place that a name can mean, by which name, and how likely that is before any context."""

    place: Place
    name: str
    kind: str
    language: str
    prior: float
    city: bool
    village: bool = False

    def fits(self, unit: Unit) -> bool:
        """Whether a place of the right level is of the kind: "city" is no village, "district" no city."""
        if self.place.level == "settlement":
            return not (unit.city and self.village)
        return self.city == unit.city


@dataclass(slots=True)
class NameInfo:
    """The places that one folded name can mean, the likeliest first.

    An `administrative` name alone can mean a country, a region or a unit.
    """

    key: str
    candidates: tuple[Candidate, ...]
    acronym: bool = False
    demonym: bool = False
    spelled: bool = True
    pools: dict[Unit | None, tuple[tuple[Candidate, ...], bool]] = field(default_factory=dict)
    administrative: bool = field(init=False)
    meant: str = field(init=False)

    def __post_init__(self) -> None:
        """Tell once whether the name is administrative, and which name it is a case of."""
        self.meant = folded_name(self.candidates[0].name) if self.candidates else self.key
        self.administrative = any(
            one.place.level != "settlement" and one.kind != "adjective" for one in self.candidates
        )

    def pool(self, unit: Unit | None) -> tuple[tuple[Candidate, ...], bool]:
        """Return the candidates that fit the unit word beside the name, and whether it decided."""
        found = self.pools.get(unit)
        if found is None:
            found = self.pools[unit] = self._pool(unit)
        return found

    def _pool(self, unit: Unit | None) -> tuple[tuple[Candidate, ...], bool]:
        for level in unit.levels if unit else ():
            fitting = tuple(candidate for candidate in self.candidates if candidate.place.level == level)
            if fitting and unit:
                fitting = _named_by(unit, fitting)
                return tuple(candidate for candidate in fitting if candidate.fits(unit)) or fitting, True
        return tuple(candidate for candidate in self.candidates if candidate.kind != "adjective"), False


class Candidates:
    """Looks names up, as written or as they sound, and keeps what it found."""

    def __init__(self, index: NameIndex, places: Places, lexicon: Lexicon) -> None:
        self._index, self._places = index, places
        self._infos: dict[str, NameInfo | None] = {}
        self._inflections = Inflections(index.by_key, lexicon.endings)
        self._romanised = lexicon.romanised
        self._as_local = lexicon.as_local

    def info(self, key: str) -> NameInfo | None:
        """Return what a folded name can mean, or None where no pack has it."""
        if key not in self._infos:
            self._infos[key] = self._looked_up(key)
        return self._infos[key]

    def _looked_up(self, key: str) -> NameInfo | None:
        rows = [row for row in self._index.named(key) if self._places.get(row.place_id)]
        if not rows:
            return None
        if all(row.kind == "adjective" for row in rows):  # of an oblast, or the genitive of its city
            cities = self._inflections.shorter(key)
            rows += [row for name in cities for row in self._index.named(name) if row.kind != "adjective"]
        rows += [unit for row in rows if (unit := self._unit_of_seat(row)) is not None]
        return NameInfo(
            key,
            self._ordered(key, rows),
            acronym=all(row.name.isupper() and len(row.name) <= MAX_ACRONYM for row in rows),
            demonym=all(row.kind == "demonym" for row in rows),
        )

    def _unit_of_seat(self, row: NameRow) -> NameRow | None:
        """Return the unit with the name of its city, found by every spelling of that: "Vinnytsya region"."""
        city = self._places.known(row.place_id)
        unit = self._places.get(city.adm1) if city.level == "settlement" and city.adm1 else None
        if unit is None or (city.population or 0) < SEAT or unit.name.split()[0] != city.name:
            return None
        return NameRow(unit.id, row.name, row.language, NEEDS_UNIT)

    def _ordered(self, key: str, rows: Sequence[NameRow]) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for row in rows:
            place = self._places.known(row.place_id)
            prior = self._prior(place) - KIND_MALUS.get(row.kind, 0.0)
            own = folded_name(self._romanised(key, row.language))
            if row.kind == "adjective" and not _is_of_label(own, place):
                prior -= KIND_MALUS["former"]  # the present Mykolaiv district, not one merged into Stryi's
            if row.place_id not in best or best[row.place_id].prior < prior:
                city = place.id in self._places.cities
                village = self._places.is_village(place.id)
                best[row.place_id] = Candidate(place, row.name, row.kind, row.language, prior, city, village)
        return tuple(sorted(best.values(), key=_likeliest))

    def _prior(self, place: Place) -> float:
        if place.level in PRIOR_WIDE:
            return PRIOR_WIDE[place.level]
        if place.level == "adm1":
            city = place.id in self._places.cities
            if place.adm0 not in self._places.two_levelled:
                return PRIOR_CITY if city else PRIOR_DISTRICT
            return PRIOR_CITY if city else PRIOR_ADM1
        if place.level == "adm2":
            return PRIOR_ADM2
        people = place.population or 0
        return PRIOR_SETTLEMENT + (PER_TENFOLD_PEOPLE * math.log10(people) if people >= SMALL_TOWN else 0.0)

    def inflected(self, words: str, language: str) -> NameInfo | None:
        """Return what capitalised words can mean that are a name in another case."""
        key = folded_name(words.translate(_JOINED))
        if key in self._index.by_key or len(key) < MIN_INFLECTED_WORD:
            return None
        short = len(key) < MIN_SOUNDING_WORD
        best: dict[str, Candidate] = {}
        for name in self._inflections.names_of(key, language):
            info = self.info(name)
            for candidate in info.candidates if info else ():
                known = best.get(candidate.place.id)
                better = known is None or known.prior < candidate.prior
                if better and (not short or candidate.place.level == "adm1"):
                    best[candidate.place.id] = candidate
        demonym = all(candidate.kind == "demonym" for candidate in best.values())
        return NameInfo(key, tuple(sorted(best.values(), key=_likeliest)), demonym=demonym) if best else None

    def nation(self, words: str, language: str) -> NameInfo | None:
        """Return the country whose people or things a word in small letters means, in any case."""
        info = self.inflected(words, language)
        own = tuple(c for c in info.candidates if c.kind == "demonym") if info else ()
        return NameInfo(info.key, own, demonym=True) if info and own else None

    def settlement(self, name: str, language: str, unit: str) -> Place | None:
        """Return the settlement of a unit that looks like a name in the letters and a case of a language."""
        if not any(letter >= CYRILLIC for letter in name):
            return None
        local = self._as_local(folded_name(name), language)
        stems = " ".join(self._inflections.stem(word) for word in local.split())
        return self._places.settlement_like(self._romanised(stems, language), unit)

    def sounding(self, word: str) -> NameInfo | None:
        """Return what a capitalised word can mean that is a name spelled otherwise ("Izyum")."""
        key = folded_name(word)
        for ending in ENDINGS:
            key = key.removesuffix(ending)
        if len(key) < MIN_SOUNDING_WORD or key in self._index.by_key:
            return None
        best: dict[str, Candidate] = {}
        for near in self._index.alike(key):
            info = self.info(near) if fuzz.ratio(key, near) >= SOUNDS_ALIKE else None
            for candidate in info.candidates if info and not info.demonym else ():
                best.setdefault(candidate.place.id, candidate)
        return NameInfo(key, tuple(sorted(best.values(), key=_likeliest)), spelled=False) if best else None


def _named_by(unit: Unit, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates whose name goes with a unit: a community's is an adjective, a village's none."""
    if unit.levels[0] != "settlement":
        return candidates
    wide = len(unit.levels) > 1 and not unit.city
    return tuple(c for c in candidates if (c.kind == "adjective") == wide) or candidates


def _is_of_label(key: str, place: Place) -> bool:
    """Tell whether an adjective is made of the name that a unit bears today: "Mykolaivskyi"."""
    stem = folded_name(place.name).split(" ")[0][:STEM]
    return key.startswith(stem)


def _likeliest(candidate: Candidate) -> tuple[float, int, str]:
    return -candidate.prior, -(candidate.place.population or 0), candidate.place.id
