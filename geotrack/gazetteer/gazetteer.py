"""The gazetteer: names to places, places to their parents, texts to the places that they name."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from geotrack.errors import UnknownPlaceError
from geotrack.gazetteer.folding import fold, folded_name, slug
from geotrack.gazetteer.hits import (
    Candidate,
    Hit,
    Linker,
    NameHit,
    NameInfo,
    Spans,
    TriggerHit,
    place_in_sentences,
    sentence_starts,
)
from geotrack.gazetteer.lexicon import Lexicon, Trigger
from geotrack.gazetteer.names import MAX_ACRONYM, MIN_SKELETON, NameIndex, NameRow
from geotrack.gazetteer.packs import DatedRegion, Member, Pack, gazetteer_folder, read_packs
from geotrack.gazetteer.resolution import Resolver, focus_of
from geotrack.gazetteer.roles import Roles
from geotrack.models import Level, Mention, Place, Span

# How likely a bare name means a place of a level, before any context; a town's people add to its own.
_PRIOR = {"country": 100.0, "region": 90.0}
_PRIOR_DISTRICT = 80.0  # a first-level unit where that is the district: alone, its name means it
_PRIOR_ADM1 = (
    60.0  # where there is a second level, first-level units are wide, and alone their name is the town
)
_PRIOR_CITY = 75.0  # a first-level unit that is a city
_PRIOR_ADM2 = 50.0
_PRIOR_SETTLEMENT = 40.0
_PER_TENFOLD_PEOPLE = 5.0
_SMALL_TOWN = 5_000  # people: below, a settlement never outweighs the unit that bears its name
_KIND_MALUS = {"former": 4.0, "adjective": 10.0, "demonym": 1.0, "alias": 0.5}
_SOUNDS_ALIKE = 80  # percent of likeness (rapidfuzz ratio) below which names only happen to share a skeleton
_SUGGESTED = 70  # percent of likeness below which a suggestion would be noise
_FOUND = {"exact": 1.0, "sounds": 0.9}
_CAPITALISED = re.compile(r"(?<![\w'’ʼ-])[A-ZÀ-ÖØ-ÞĞİŞƏ][\w'’ʼ-]{4,}")
MAX_CACHED_WORDS = 200_000


class Found(NamedTuple):
    """A place that a name finds: by which of its names, why, and how surely (0 to 1)."""

    place: Place
    name: str
    why: str
    score: float


class Gazetteer:
    """The places and names of some country packs.

    Everything beyond the rows of the files is built when first asked for: the places, the index of
    names (for `find`), the automaton (for `mentions`).
    """

    def __init__(self, packs: Sequence[Pack], lexicon: Lexicon) -> None:
        self._packs = tuple(packs)
        self._lexicon = lexicon
        self._rows = {row[0]: (row, pack) for pack in self._packs for row in pack.places}
        self._places: dict[str, Place] = {}
        self._infos: dict[str, NameInfo] = {}
        self._words: dict[str, NameInfo | None] = {}

    @classmethod
    def load(cls, folder: Path | None = None, packs: Sequence[str] | None = None) -> Gazetteer:
        """Read the packs of a folder (the shipped ones by default), all of them or those named.

        Raises
        ------
        PackError
            If a pack is missing or damaged.
        """
        return cls(list(read_packs(folder or gazetteer_folder(), packs)), Lexicon.load())

    # Places

    def place(self, place_id: str) -> Place:
        """Return the place with an id, a village that only a text knows (`AZ-AGM/qarvand`) included.

        Raises
        ------
        UnknownPlaceError
            If no pack has the id, and for a text-only village none has its parent.
        """
        place = self._places.get(place_id)
        if place is None:
            place = self._places[place_id] = self._built(place_id)
        return place

    def _built(self, place_id: str) -> Place:
        found = self._rows.get(place_id)
        if found is not None:
            return _place(found[0], found[1])
        parent_id, slash, name = place_id.partition("/")
        if slash and name and name == slug(name) and parent_id in self._rows:
            parent = self.place(parent_id)
            if parent.level in {"adm1", "adm2"}:
                title = "-".join(part.capitalize() for part in name.split("-"))
                return Place(place_id, title, "settlement", parent.adm0, parent.adm1, parent.adm2)
        raise UnknownPlaceError(place_id, self._nearest(place_id))

    def _nearest(self, text: str) -> tuple[str, ...]:
        from rapidfuzz import process

        ids = [
            found
            for found, _, _ in process.extract(text, self._rows.keys(), limit=3, score_cutoff=_SUGGESTED)
        ]
        return tuple(ids) or tuple(
            f"{found.place.name} ({found.place.id})" for found in self.find(text, limit=3)
        )

    def __contains__(self, place_id: str) -> bool:
        try:
            self.place(place_id)
        except UnknownPlaceError:
            return False
        return True

    def names(self, place_id: str) -> dict[str, str]:
        """Return the label of a place in each language that has one."""
        self.place(place_id)
        return dict(self._labels.get(place_id, {}))

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for pack in self._packs:
            for place_id, name, language, kind, *_ in pack.names:
                if kind == "label" and language:
                    labels[place_id].setdefault(language, name)
        return labels

    def countries(self) -> tuple[Place, ...]:
        """Return the countries, by id."""
        return tuple(self.place(row[0]) for row, _ in self._sorted_rows() if row[2] == "country")

    def units(self, adm0: str, level: Level) -> tuple[Place, ...]:
        """Return a country's places of a level, by id."""
        return tuple(
            self.place(row[0]) for row, pack in self._sorted_rows() if row[2] == level and pack.adm0 == adm0
        )

    def _sorted_rows(self) -> list[tuple[list[str], Pack]]:
        return [self._rows[place_id] for place_id in sorted(self._rows)]

    # What lies in what

    def ancestors(self, place_id: str) -> tuple[str, ...]:
        """Return the ids of the units that a place lies in, narrow to wide; named regions are not among them."""
        place = self.place(place_id)
        above = [place.adm2, place.adm1, place.adm0]
        return tuple(dict.fromkeys(unit for unit in above if unit and unit != place_id))

    def region_members(self, region_id: str, on: dt.date | None = None) -> tuple[Member, ...]:
        """Return the units of a named region on a day (default: until further notice); empty before it was named.

        Raises
        ------
        UnknownPlaceError
            If no pack has the place.
        """
        self.place(region_id)
        day = on.isoformat() if on else None
        found: dict[str, Member] = {}
        for dated in self._regions.get(region_id, ()):
            if dated.stands(day):
                for member in dated.members:
                    if member.place_id not in found or not member.part:
                        found[member.place_id] = member
        return tuple(found.values())

    @cached_property
    def _regions(self) -> dict[str, list[DatedRegion]]:
        regions: dict[str, list[DatedRegion]] = defaultdict(list)
        for pack in self._packs:
            for region in pack.regions:
                regions[region.id].append(region)
        return regions

    def contains(self, outer_id: str, inner_id: str, on: dt.date | None = None) -> bool:
        """Whether the whole of one place lies in another on a day; every place contains itself.

        Of a region's partial member, neither the member nor anything in it counts as contained: which
        part belongs is not known.
        """
        if outer_id == inner_id:
            return True
        outer, inner = self.place(outer_id), self.place(inner_id)
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

    # Names

    @cached_property
    def _index(self) -> NameIndex:
        rows = [row for pack in self._packs for row in pack.names]
        rows += [[row[0], row[1], "", "alias"] for pack in self._packs for row in pack.places]
        return NameIndex(rows, self._lexicon.triggers)

    def find(self, name: str, *, limit: int = 5) -> tuple[Found, ...]:
        """Return the places that a name finds, the surest first: as written, as it sounds, as it looks."""
        key = folded_name(name)
        bare, unit = self._without_unit(key)
        found = self._exact(key, "exact name") or (self._exact(bare, "name and kind", unit) if unit else [])
        if not found:
            found = [
                one._replace(score=round(one.score * _FOUND["sounds"], 3), why=f"sounds like {one.name}")
                for alike in self._index.alike(bare)
                for one in self._exact(alike, "", unit)
            ]
        if len(found) < limit and not any(one.score == 1 for one in found):
            found += self._suggested(bare, limit)
        best: dict[str, Found] = {}
        for one in found:
            best.setdefault(one.place.id, one)
        return tuple(sorted(best.values(), key=lambda one: -one.score)[:limit])

    def _without_unit(self, key: str) -> tuple[str, tuple[str, ...]]:
        """Split "kharkiv oblast" or "village of qarvand" into the name and the levels that its unit word can mean."""
        words = key.split()
        for cut in range(1, len(words)):
            last, first = " ".join(words[cut:]), " ".join(words[:cut])
            for unit_words, rest in ((last, first), (first, last)):
                trigger = self._lexicon.triggers.get(unit_words)
                if trigger and trigger.unit:
                    return rest.removeprefix("of "), trigger.unit.levels
        return key, ()

    def _exact(self, key: str, why: str, levels: tuple[str, ...] = ()) -> list[Found]:
        info = self._info(key)
        candidates = info.candidates if info else ()
        for level in levels:
            fitting = tuple(candidate for candidate in candidates if candidate.place.level == level)
            if fitting:
                candidates = fitting
                break
        top = candidates[0].prior if candidates else 0
        kinds = {row.place_id: row for row in self._index.named(key)}
        return [
            Found(
                candidate.place,
                candidate.name,
                _why(why, kinds[candidate.place.id]),
                round(1 - (top - candidate.prior) / 200, 3),
            )
            for candidate in candidates
        ]

    def _suggested(self, key: str, limit: int) -> list[Found]:
        from rapidfuzz import fuzz, process

        found = process.extract(
            key, self._index.by_key.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=_SUGGESTED
        )
        return [
            one._replace(
                score=round(one.score * ratio / 100 * _FOUND["sounds"], 3),
                why=f"looks like {one.name} ({ratio:.0f} %)",
            )
            for near, ratio, _ in found
            for one in self._exact(near, "")
        ]

    def _info(self, key: str) -> NameInfo | None:
        info = self._infos.get(key)
        if info is None:
            rows = list(self._index.named(key))
            if not rows:
                return None
            info = self._infos[key] = NameInfo(
                key,
                self._candidates(rows),
                acronym=all(row.name.isupper() and len(row.name) <= MAX_ACRONYM for row in rows),
                demonym=all(row.kind == "demonym" for row in rows),
            )
        return info

    def _candidates(self, rows: Sequence[NameRow]) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {}
        for row in rows:
            place = self.place(row.place_id)
            prior = self._prior(place) - _KIND_MALUS.get(row.kind, 0.0)
            if row.place_id not in best or best[row.place_id].prior < prior:
                best[row.place_id] = Candidate(place, row.name, row.kind, prior, place.id in self._cities)
        return tuple(
            sorted(best.values(), key=lambda one: (-one.prior, -(one.place.population or 0), one.place.id))
        )

    def _prior(self, place: Place) -> float:
        if place.level in _PRIOR:
            return _PRIOR[place.level]
        if place.level == "adm1":
            if place.adm0 not in self._two_levelled:
                return _PRIOR_DISTRICT - (10.0 if place.id in self._cities else 0.0)
            return _PRIOR_CITY if place.id in self._cities else _PRIOR_ADM1
        if place.level == "adm2":
            return _PRIOR_ADM2
        people = place.population or 0
        return _PRIOR_SETTLEMENT + (
            _PER_TENFOLD_PEOPLE * math.log10(people) if people >= _SMALL_TOWN else 0.0
        )

    @cached_property
    def _two_levelled(self) -> frozenset[str]:
        return frozenset(pack.adm0 for pack in self._packs if any(row[2] == "adm2" for row in pack.places))

    @cached_property
    def _cities(self) -> frozenset[str]:
        return frozenset(city for pack in self._packs for city in pack.cities)

    # Texts

    def mentions(
        self,
        text: str,
        *,
        title: str | None = None,
        focus: str | None = None,
        skip: Sequence[Span] = (),
    ) -> tuple[Mention, ...]:
        """Return the places that a text names, in text order, none overlapping another.

        Parameters
        ----------
        text
            The stored text; `text[s:e] == mention.text` for every mention's span.
        title
            The document's title: the countries named there weigh more when a name is ambiguous.
        focus
            The id of the country that the text speaks of, where that is known.
        skip
            Spans that are no part of the report (furniture): no mention touches them.
        """
        hits = list(self._hits(text, Spans(skip)))
        place_in_sentences(hits, sentence_starts(text))
        Linker(text, hits, self._lexicon).link()
        names = [hit for hit in hits if isinstance(hit, NameHit)]
        title_names = (
            [hit for hit in self._hits(title, Spans(())) if isinstance(hit, NameHit)] if title else []
        )
        resolver = Resolver(text, hits, self._lexicon, focus_of(names, title_names, focus), self._member_ids)
        resolved = resolver.resolve()
        Roles(text, hits, self._lexicon).write(resolved)
        phrases = [] if not hits else list(self._phrases(text, hits, resolver))
        return tuple(_mentions(text, resolved, phrases, Spans(skip)))

    def _member_ids(self, region_id: str) -> frozenset[str]:
        return frozenset(
            member.place_id for dated in self._regions.get(region_id, ()) for member in dated.members
        )

    def _hits(self, text: str, skip: Spans) -> Iterator[Hit]:
        """Yield names and triggers in text order; romanisations that no pack lists are found by their sound."""
        triggers = self._lexicon.triggers
        words = _CAPITALISED.finditer(text)
        word = next(words, None)
        for start, end, key in self._index.scan(text):
            while word is not None and word.start() < start:
                if word.end() <= start and (hit := self._sounding(word, skip)):
                    yield hit
                word = next(words, None)
            while word is not None and word.start() < end:
                word = next(words, None)
            if skip.touch(start, end):
                continue
            trigger = triggers.get(key) or self._phrase_trigger(key)
            if trigger is not None:
                yield TriggerHit(start, end, trigger)
            elif (info := self._info(key)) and _written_as_name(text, start, end, info):
                yield NameHit(start, end, info)
        while word is not None:
            if hit := self._sounding(word, skip):
                yield hit
            word = next(words, None)

    def _phrase_trigger(self, key: str) -> Trigger | None:
        """Return the trigger that a name begins with which is also a phrase ("liberated territories")."""
        trigger = self._lexicon.triggers.get(key.partition(" ")[0])
        return trigger if trigger and trigger.phrase else None

    def _sounding(self, match: re.Match[str], skip: Spans) -> NameHit | None:
        """Return a hit for a capitalised word that sounds like a name."""
        word = match[0]
        info = self._words.get(word, self)
        if info is self:
            if len(self._words) > MAX_CACHED_WORDS:
                self._words.clear()
            info = self._words[word] = self._info_by_sound(word)
        if not isinstance(info, NameInfo) or skip.touch(match.start(), match.end()):
            return None
        return NameHit(match.start(), match.end(), info)

    def _info_by_sound(self, word: str) -> NameInfo | None:
        from rapidfuzz import fuzz

        key = folded_name(word)
        for ending in (" s", " based", " born"):
            key = key.removesuffix(ending)
        if len(key) < MIN_SKELETON or key in self._index.by_key or key in self._lexicon.openers:
            return None
        alike = [near for near in self._index.alike(key) if fuzz.ratio(key, near) >= _SOUNDS_ALIKE]
        candidates: dict[str, Candidate] = {}
        for near in alike:
            info = self._info(near)
            for candidate in info.candidates if info and not info.demonym else ():
                candidates.setdefault(candidate.place.id, candidate)
        if not candidates:
            return None
        ordered = tuple(sorted(candidates.values(), key=lambda one: -one.prior))
        return NameInfo(key, ordered, acronym=False, demonym=False, spelled=False)

    def _phrases(self, text: str, hits: Sequence[Hit], resolver: Resolver) -> Iterator[NameHit]:
        """Yield phrases that mean a named region of the country in focus ("the liberated territories")."""
        done = 0
        sentence = 0
        for hit in hits:
            if isinstance(hit, NameHit):
                sentence = hit.sentence
            elif hit.trigger.phrase and hit.start >= done:
                found = hit.trigger.phrase.pattern.match(fold(text[hit.start : hit.start + 80]))
                region = found and self._region_in_focus(hit.trigger.phrase.region, resolver, sentence)
                if found and region:
                    done = hit.start + found.end()
                    yield self._phrase_hit(text, (hit.start, done), region, sentence)

    def _region_in_focus(self, name: str, resolver: Resolver, sentence: int) -> Place | None:
        for adm0 in resolver.focus.countries(sentence)[:1]:
            if f"{adm0}:{name}" in self._rows:
                return self.place(f"{adm0}:{name}")
        return None

    def _phrase_hit(self, text: str, span: Span, region: Place, sentence: int) -> NameHit:
        hit = NameHit(
            span[0], span[1], NameInfo(fold(text[span[0] : span[1]]), (), acronym=False, demonym=False)
        )
        hit.place, hit.score, hit.sentence = region, 0.9, sentence
        hit.why = f"phrase for {region.name} while {region.adm0} is in focus"
        return hit


def _place(row: list[str], pack: Pack) -> Place:
    place_id, name, level, adm1, adm2, lon, lat, population, valid_from, valid_to = row[:10]
    adm0 = place_id if level == "country" else pack.adm0
    return Place(
        id=place_id,
        name=name,
        level=level,  # type: ignore[arg-type]  # the build script writes the levels of `models.Level` only
        adm0=adm0,
        adm1=adm1 or (place_id if level == "adm1" else None),
        adm2=adm2 or (place_id if level == "adm2" else None),
        lon=float(lon) if lon else None,
        lat=float(lat) if lat else None,
        population=int(float(population)) if population else None,
        valid_from=valid_from or None,
        valid_to=valid_to or None,
    )


def _why(why: str, row: NameRow) -> str:
    language = f", {row.language}" if row.language else ""
    return f"{why} ({row.kind}{language})"


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
    for hit in sorted(kept + phrases, key=lambda one: one.start):
        if hit.place is None or skip.touch(hit.start, hit.end):
            continue
        yield Mention(
            (hit.start, hit.end),
            text[hit.start : hit.end],
            hit.place,
            hit.score,
            hit.alternatives,
            hit.why,
            hit.role,
        )
