"""From a name that somebody typed to places: as written, as it sounds, as it looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process

from geotrack.gazetteer.candidates import Candidate, Candidates
from geotrack.gazetteer.folding import folded_name
from geotrack.gazetteer.lexicon import Lexicon
from geotrack.gazetteer.names import ARTICLE, NameIndex
from geotrack.gazetteer.places import Places
from geotrack.models import Place

SUGGESTED = 70  # percent of likeness (rapidfuzz ratio) below which a suggestion would be noise
SOUNDING = 0.9  # factor on the score of a name found by its sound or its looks
NAMESAKE = 0.9  # how sure a unit named for a city is, next to the city itself
PRIOR_SCALE = 200.0  # a candidate this much less likely than the first would score nothing


class Found(NamedTuple):
    """A place that a name finds: by which of its names, why, and how surely (0 to 1)."""

    place: Place
    name: str
    why: str
    score: float


class Finder:
    """Finds places by one name."""

    def __init__(self, index: NameIndex, candidates: Candidates, lexicon: Lexicon) -> None:
        self._index, self._candidates, self._lexicon = index, candidates, lexicon

    def find(self, name: str, limit: int) -> tuple[Found, ...]:
        """Return the places that a name finds, the surest first."""
        key = folded_name(name).removeprefix(ARTICLE)
        bare, levels = self._without_unit(key)
        found = self._exact(key, "exact name")
        if not found and levels:
            found = self._exact(bare, "name and kind", levels)
        if not found:
            found = self._sounding(bare, levels)
        if not found:
            found = self._looking(bare, levels, limit)
        best: dict[str, Found] = {}
        for one in sorted(found, key=lambda one: -one.score):
            best.setdefault(one.place.id, one)
        return tuple(best.values())[:limit]

    def _without_unit(self, key: str) -> tuple[str, tuple[str, ...]]:
        """Split "kharkiv oblast" or "village of qarvand" into the name and the levels of its unit word."""
        words = key.split()
        for cut in range(1, len(words)):
            head, tail = " ".join(words[:cut]), " ".join(words[cut:])
            for unit_words, rest in ((tail, head), (head, tail)):
                trigger = self._lexicon.triggers.get(unit_words)
                if trigger and trigger.unit:
                    return rest.removeprefix("of "), trigger.unit.levels
        return key, ()

    def _exact(self, key: str, why: str, levels: tuple[str, ...] = ()) -> list[Found]:
        info = self._candidates.info(key)
        candidates = _of_level(info.candidates, levels) if info else ()
        top = candidates[0].prior if candidates else 0.0
        return [
            Found(one.place, one.name, _why(why, one), round(1 - (top - one.prior) / PRIOR_SCALE, 3))
            for one in candidates
        ]

    def _sounding(self, key: str, levels: tuple[str, ...]) -> list[Found]:
        nearest_first = sorted(self._index.alike(key), key=lambda alike: -fuzz.ratio(key, alike))
        return [
            one._replace(score=round(one.score * SOUNDING, 3), why=f"sounds like {one.name}")
            for alike in nearest_first
            for one in self._exact(alike, "", levels)
        ]

    def _looking(self, key: str, levels: tuple[str, ...], limit: int) -> list[Found]:
        near = process.extract(
            key, self._index.by_key.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=SUGGESTED
        )
        return [
            one._replace(
                score=round(one.score * ratio / 100 * SOUNDING, 3),
                why=f"looks like {one.name} ({ratio:.0f} %)",
            )
            for name, ratio, _ in near
            for one in self._exact(name, "", levels)
        ]


def with_namesakes(found: Iterable[Found], places: Places) -> tuple[Found, ...]:
    """Add the units that are named for a city found, and put the surest first."""
    best = {one.place.id: one for one in found}
    for one in [*best.values()]:
        for parent in map(places.known, places.ancestors(one.place.id)):
            if parent.name.startswith(f"{one.place.name} ") and parent.id not in best:
                score = round(one.score * NAMESAKE, 2)
                best[parent.id] = one._replace(place=parent, score=score, why=f"named for {one.place.name}")
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def _of_level(candidates: tuple[Candidate, ...], levels: tuple[str, ...]) -> tuple[Candidate, ...]:
    """Return the candidates of the first level that any of them has; all where none has."""
    for level in levels:
        fitting = tuple(candidate for candidate in candidates if candidate.place.level == level)
        if fitting:
            return fitting
    return candidates


def _why(why: str, candidate: Candidate) -> str:
    language = f", {candidate.language}" if candidate.language else ""
    return f"{why} ({candidate.kind}{language})"
