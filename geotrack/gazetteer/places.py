"""The places of the loaded packs: by id, by country and level, and what lies in what."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from geotrack.errors import UnknownPlaceError
from geotrack.gazetteer.folding import folded_name, skeletons, slug
from geotrack.gazetteer.packs import DatedMember, Member, Pack, Row
from geotrack.models import Level, Place

# What units are called where their pack has no word for them: one, and several.
PLAIN_LEVEL_NAMES: dict[Level, tuple[str, str]] = {
    "country": ("country", "countries"),
    "region": ("region", "regions"),
    "adm1": ("first-level unit", "first-level units"),
    "adm2": ("second-level unit", "second-level units"),
    "settlement": ("settlement", "settlements"),
}
# Where a place has no name in a language: the languages whose names its readers read next best.
_NEXT_BEST = {"uk": ("ru",), "ru": ("uk",)}

_FINAL_VOWELS = re.compile(r"(\w{2})[aiou]+\b")
# percent of likeness (rapidfuzz ratio) of a Russian name of a Ukrainian village; how far ahead of the next
LIKE, APART = 84, 4
# percent of likeness of one with the same consonants; how many of the nearest are looked at
AKIN, NEAR = 70, 5
_VOWELS = re.compile("[aiou]")


class Places:
    """The rows of some packs, each made a `Place` when first asked for."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.packs = tuple(packs)
        self.cities = frozenset(city for pack in self.packs for city in pack.cities)
        self._rows = {row[0]: (row, pack) for pack in self.packs for row in pack.places}
        self._built: dict[str, Place] = {}
        self._of_level: dict[tuple[Level, str | None], tuple[Place, ...]] = {}
        self._sounding: dict[str, dict[str, str]] = {}

    @property
    def ids(self) -> Sequence[str]:
        """The ids that the packs hold; text-only villages are not among them."""
        return tuple(self._rows)

    def get(self, place_id: str) -> Place | None:
        """Return the place with an id, a text-only village (`AZ-AGM/qarvand`) included, or None."""
        place = self._built.get(place_id)
        if place is None:
            found = self._rows.get(place_id)
            place = _place(*found) if found else self._text_only(place_id)
            if place is not None:
                self._built[place_id] = place
        return place

    def is_village(self, place_id: str) -> bool:
        """Whether the packs call a settlement a village: no town and no city."""
        found = self._rows.get(place_id)
        return found is not None and found[0][-1] == "village"

    @cached_property
    def _settlements(self) -> dict[str, list[Row]]:
        """The settlements of each unit."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row, pack in self._rows.values():
            if row[2] == "settlement":
                for unit in {row[3], _district(row, pack)} - {None, ""}:
                    found[str(unit)].append(row)
        return found

    def _sounds(self, unit: str) -> dict[str, str]:
        """Return the ids of a unit's settlements by the stems of their names, "" where several share one."""
        sounds = self._sounding.get(unit)
        if sounds is None:
            sounds = self._sounding[unit] = {}
            for row in self._settlements.get(unit, ()):
                key = _stems(row[1])
                sounds[key] = "" if key in sounds else row[0]
        return sounds

    def settlement_like(self, name: str, unit: str) -> Place | None:
        """Return the one settlement of a unit whose name looks like a romanised one, in any case."""
        settlements = self._sounds(unit)
        stems = _stems(name)
        near = process.extract(stems, settlements.keys(), scorer=fuzz.ratio, limit=NEAR, score_cutoff=AKIN)
        sounds = _VOWELS.sub("", stems)
        same = [found for found in near if _VOWELS.sub("", found[0]) == sounds]
        near = same or [found for found in near if found[1] >= LIKE]
        sure = near and (len(near) == 1 or near[0][1] - near[1][1] >= APART)
        return self.get(settlements[near[0][0]]) if sure and settlements[near[0][0]] else None

    def known(self, place_id: str) -> Place:
        """Return a place that must be there.

        Raises
        ------
        UnknownPlaceError
            If it is not.
        """
        place = self.get(place_id)
        if place is None:
            raise UnknownPlaceError(place_id)
        return place

    def _text_only(self, place_id: str) -> Place | None:
        parent_id, _, name = place_id.partition("/")
        if not name or name != slug(name) or parent_id not in self._rows:
            return None
        parent = self.known(parent_id)
        if parent.level not in {"adm1", "adm2"}:
            return None
        title = " ".join(part.capitalize() for part in name.split("-"))
        return Place(place_id, title, "settlement", parent.adm0, parent.adm1, parent.adm2)

    def of_level(self, level: Level, adm0: str | None = None) -> tuple[Place, ...]:
        """Return the places of a level, of one country or all, by id.

        A city of the first level without second-level units is one of these itself.
        """
        found = self._of_level.get((level, adm0))
        if found is None:
            ids = (i for i in self._by_level[level] if adm0 is None or self._rows[i][1].adm0 == adm0)
            found = tuple(map(self.known, ids))
            if found:
                self._of_level[level, adm0] = found
        return found

    @cached_property
    def divided(self) -> frozenset[str]:
        """The countries whose units the packs hold."""
        return frozenset(self._rows[place_id][1].adm0 for place_id in self._by_level["adm1"])

    @cached_property
    def _by_level(self) -> dict[str, list[str]]:
        """The ids of each level, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for place_id in sorted(self._rows):
            row, pack = self._rows[place_id]
            found[row[2]].append(place_id)
            if place_id in pack.stand_ins and row[2] != "adm2":
                found["adm2"].append(place_id)
        return found

    def level_name(self, adm0: str, level: Level, language: str, *, plural: bool, of: bool) -> str:
        """Return what a unit of a country's level is called; see `Gazetteer.level_name`."""
        found = next((pack.level_names for pack in self.packs if pack.adm0 == adm0), {}).get(level, {})
        words = found.get(language) or found.get("en") or PLAIN_LEVEL_NAMES[level]
        inflected = words[2:] if of and len(words) > len(PLAIN_LEVEL_NAMES[level]) else words
        return inflected[int(plural)]

    def label(self, place_id: str, language: str, *, titled: bool = False) -> str:
        """Return a place's name in a language; see `Gazetteer.label`."""
        place = self.known(place_id)
        title = self._title(place, language)
        names = self.labels.get(place_id, {})
        named = names.get(language)
        if named:
            return self._titled(place, named, language, title) if titled and title else named
        bare = self._without_word(place)
        if title and bare != place.name:
            return self._titled(place, bare, language, title)
        spoken = self._aliases.get(place_id, {})
        others = (spoken.get(language), *(names.get(one) for one in _NEXT_BEST.get(language, ())))
        return next((one for one in others if one), place.name)

    def _title(self, place: Place, language: str) -> str:
        """Return how a unit that is no city is named with its word; empty where its label holds it."""
        if place.id not in self._rows or place.is_city:
            return ""
        return self._rows[place.id][1].level_titles.get(place.level, {}).get(language, "")

    def _without_word(self, place: Place) -> str:
        """Return a unit's English name without the word for its kind: `Izium` of Izium Raion."""
        word = self.level_name(place.adm0, place.level, "en", plural=False, of=False)
        return re.sub(rf"\s+{re.escape(word)}$", "", place.name, flags=re.IGNORECASE)

    def _titled(self, place: Place, named: str, language: str, title: str) -> str:
        adjective = self._adjectives.get(place.id, {}).get(language)
        if "{adjective}" in title and not adjective:
            word = self.level_name(place.adm0, place.level, language, plural=False, of=False)
            return f"{word} {named}"
        return title.format(name=named, adjective=adjective)

    @cached_property
    def _aliases(self) -> dict[str, dict[str, str]]:
        """The first alias of each place in each language, for places without a label in it."""
        return self._first_of_kind("alias")

    @cached_property
    def _adjectives(self) -> dict[str, dict[str, str]]:
        """The adjective of each unit in each language that has one."""
        return self._first_of_kind("adjective")

    def _first_of_kind(self, wanted: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for pack in self.packs:
            for place_id, name, language, kind, *_ in pack.names:
                if kind == wanted and language:
                    found[place_id].setdefault(language, name)
        return dict(found)

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """The label of each place in each language that has one."""
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for pack in self.packs:
            for place_id, name, language, kind, *_ in pack.names:
                if kind == "label" and language:
                    labels[place_id].setdefault(language, name)
        return dict(labels)

    @cached_property
    def two_levelled(self) -> frozenset[str]:
        """The countries that have second-level units."""
        return frozenset(pack.adm0 for pack in self.packs if any(row[2] == "adm2" for row in pack.places))

    @cached_property
    def regions(self) -> dict[str, tuple[DatedMember, ...]]:
        """The named regions and their dated members."""
        return {region_id: members for pack in self.packs for region_id, members in pack.regions.items()}

    @cached_property
    def ever_members(self) -> dict[str, frozenset[str]]:
        """The units that ever belonged to a region, wholly or in part."""
        return {
            region_id: frozenset(dated.member.place_id for dated in members)
            for region_id, members in self.regions.items()
        }

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """Return the ids of the units that a place lies in, narrow to wide, named regions left out."""
        place = self.known(place_id)
        above = [place.adm2, place.adm1, place.adm0]
        return tuple(dict.fromkeys(unit for unit in above if unit and unit != place_id))

    def region_members(self, region_id: str, on: dt.date | None = None) -> tuple[Member, ...]:
        """Return the units of a region on a day, or those that it has until further notice."""
        self.known(region_id)
        day = on.isoformat() if on else None
        found: dict[str, Member] = {}
        for dated in self.regions.get(region_id, ()):
            member = dated.member
            if dated.stands(day) and (member.place_id not in found or not member.part):
                found[member.place_id] = member
        return tuple(found.values())

    def contains(self, outer_id: str, inner_id: str, on: dt.date | None = None) -> bool:
        """Whether the whole of one place lies in another; see `Gazetteer.contains`."""
        if outer_id == inner_id:
            return True
        outer, inner = self.known(outer_id), self.known(inner_id)
        if outer.level == "country":
            return inner.adm0 == outer_id
        if inner.level == "region":
            members = self.region_members(inner_id, on)
            return bool(members) and all(self.contains(outer_id, member.place_id, on) for member in members)
        above = set(self.ancestors(inner_id))
        if outer_id in above:
            return True
        whole = {member.place_id for member in self.region_members(outer_id, on) if not member.part}
        return not whole.isdisjoint(above | {inner_id})


def _stems(name: str) -> str:
    """Return how the words of a romanised name sound without the vowels that they end with."""
    return _FINAL_VOWELS.sub(r"\1", skeletons(folded_name(name)))


def _district(row: Row, pack: Pack) -> str | None:
    """Return the second-level unit of a row: a city without any is its own."""
    place_id, _, level, adm1, adm2 = row[:5]
    return adm2 or (place_id if level == "adm2" else adm1 if adm1 in pack.stand_ins else None)


def _place(row: Row, pack: Pack) -> Place:
    place_id, name, level, adm1, _, lon, lat, population, valid_from, valid_to, kind = row[:11]
    return Place(
        id=place_id,
        name=name,
        level=level,  # type: ignore[arg-type]  # the build script writes the levels of `models.Level` only
        adm0=place_id if level == "country" else pack.adm0,
        adm1=adm1 or (place_id if level == "adm1" else None),
        adm2=_district(row, pack),
        lon=float(lon) if lon else None,
        lat=float(lat) if lat else None,
        population=int(float(population)) if population else None,
        valid_from=valid_from or None,
        valid_to=valid_to or None,
        type=kind or None,
        carved_from=pack.carved.get(place_id, ()),
    )
