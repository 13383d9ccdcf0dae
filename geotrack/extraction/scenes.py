"""Scenes: what a sentence without a place or a time of its own inherits from those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.periods import is_owned
from geotrack.extraction.places import Contains, place_groups
from geotrack.models import Place

# A period that a sentence states serves the sentences of its paragraph and a few after it.
CARRIES_OVER = 3


@dataclass(frozen=True, slots=True)
class Scene:
    """The places and the days in force before a passage; `country` is the last resort."""

    places: tuple[Place, ...]
    country: tuple[Place, ...]
    days: Days | None
    days_from: int | None


def scenes_of(passages: Sequence[Passage], opening: Scene, contains: Contains) -> list[Scene]:
    """Return the scene that each passage inherits, in order."""
    scenes: list[Scene] = []
    scene = opening
    for passage in passages:
        scenes.append(_faded(scene, passage, passages))
        scene = _after(scene, passage, contains)
    return scenes


def _faded(scene: Scene, passage: Passage, passages: Sequence[Passage]) -> Scene:
    """Drop a period that was stated too long ago to be meant still."""
    if scene.days_from is None:
        return scene
    told = passages[scene.days_from]
    near = passage.number - told.number <= CARRIES_OVER
    same = told.sentence.paragraph == passage.sentence.paragraph or passage.sentence.kind == "item"
    return scene if near or same else Scene(scene.places, scene.country, None, None)


def _after(scene: Scene, passage: Passage, contains: Contains) -> Scene:
    """Return the scene that a passage leaves behind."""
    places, country = scene.places, scene.country
    groups = [g for g in place_groups(passage, contains) if not g.nation and not g.actor]
    specific = [g for g in groups if not g.country_only]
    if specific and sets_scene(passage):
        places = specific[0].places
    elif groups and not specific:
        places = groups[-1].places
    days, days_from = scene.days, scene.days_from
    for time in passage.times:
        if time.kind == "interval" and time.days and time.days.precision not in {"event"} and not is_owned(passage, time):
            days, days_from = time.days, passage.number
    return Scene(places, country, days, days_from)


def sets_scene(passage: Passage) -> bool:
    """Tell whether a passage speaks of mine action or of ordnance, and so says where it happens."""
    return bool(passage.tagged.find("predicate", "incident", "head.mine", "head.uxo", "head.item", "organisation"))
