"""Scenes: where a passage plays, and what it inherits from those before it.

A sentence that speaks of mine action in some places sets the scene for the figures after it; one
that tells an explosion sets the site for the sentences that go on with it. "The region" and "the
country" refer back to the last one named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geotrack.extraction.casualties import LARGEST_TOLL, event_phrases
from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.periods import is_owned, is_report_day, report_day
from geotrack.extraction.places import Contains, PlaceGroup, place_groups
from geotrack.extraction.times import TimeExpression
from geotrack.models import Place

# A period that a sentence states serves the sentences of its paragraph and a few after it.
CARRIES_OVER = 3
# A document that names this many other countries as places speaks of the world where it names none.
WORLDLY = 4
_RANKS = {
    "country": "country",
    "region": "region",
    "adm1": "region",
    "adm2": "district",
    "settlement": "settlement",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is in force at a passage.

    `places` serve figures, `site` serves incidents, `country` is the last resort; `wide` is the last
    scene wider than a settlement, which is back when the paragraph ends, and `opening` the title's;
    `region` is the last named region (the liberated territories);
    `days` is the last period that was stated near by, `event` the day of the last explosion told,
    `abroad` the paragraph that speaks of another country; `headed` are the times of the heading above,
    `said` the day on which the speaker of the paragraph `said_in` spoke, who is being quoted if `quoting`;
    `groups` are the places that the passage itself names; `referents` are what "the country", "the
    region", "the district" mean.
    """

    places: tuple[Place, ...]
    site: tuple[Place, ...]
    country: tuple[Place, ...]
    wide: tuple[Place, ...] = ()
    opening: tuple[Place, ...] = ()
    region: tuple[Place, ...] = ()
    places_from: int = 0
    days: Days | None = None
    days_from: int = 0
    event: Days | None = None
    abroad: int | None = None
    headed: tuple[TimeExpression, ...] = ()
    headed_from: int = -1
    said: Days | None = None
    said_in: int = -1
    quoting: bool = False
    groups: tuple[PlaceGroup, ...] = ()
    referents: dict[str, tuple[Place, ...]] = field(default_factory=dict)


def scenes_of(
    passages: Sequence[Passage], opening: Scene, contains: Contains, covered: frozenset[str]
) -> list[Scene]:
    """Return the scene of each passage, in order; only the countries `covered` can be a scene."""
    scenes: list[Scene] = []
    scene = opening
    for passage in passages:
        here = _faded(scene, passage, passages)
        groups = tuple(place_groups(passage, contains, here.referents))
        scenes.append(replace(here, groups=groups))
        own = [g for g in groups if all(p.adm0 in covered for p in g.places)]
        scene = replace(_after(here, passage, own), abroad=_abroad(here, passage, groups, own))
    return scenes


def _abroad(
    scene: Scene, passage: Passage, groups: Sequence[PlaceGroup], own: Sequence[PlaceGroup]
) -> int | None:
    """Return the paragraph in which the text speaks of another country, until it names a covered place."""
    if any(not g.nation for g in own):
        return None
    foreign = any(g not in own and not g.nation and not g.actor for g in groups)
    return passage.sentence.paragraph if foreign else scene.abroad


def _faded(scene: Scene, passage: Passage, passages: Sequence[Passage]) -> Scene:
    """Drop a period that was stated too long ago to be meant still."""
    if scene.said is not None and passage.sentence.paragraph != scene.said_in:
        scene = replace(scene, said=None, quoting=False)
    if scene.days is None:
        return scene
    told = passages[scene.days_from]
    near = passage.number - told.number <= CARRIES_OVER
    same = told.sentence.paragraph == passage.sentence.paragraph or passage.sentence.kind == "item"
    return scene if near or same else replace(scene, days=None)


def _after(scene: Scene, passage: Passage, groups: Sequence[PlaceGroup]) -> Scene:
    """Return the scene that a passage leaves behind."""
    telling = bool(event_phrases(passage)) and not _counts_many(passage)
    referents = dict(scene.referents)
    for group in groups:
        if not group.nation:
            refer(referents, group.places)
    scene = _moved(replace(scene, referents=referents), passage, groups, telling=telling)
    return _timed(scene, passage, telling=telling)


def _counts_many(passage: Passage) -> bool:
    """Tell whether a passage counts more people than one explosion harms."""
    return any(q.unit == "people" and q.number.value > LARGEST_TOLL for q in passage.quantities)


def _moved(scene: Scene, passage: Passage, groups: Sequence[PlaceGroup], *, telling: bool) -> Scene:
    """Return the scene with the places that a passage leaves behind."""
    located = [g for g in groups if not g.nation and not g.actor and not _is_seat(g)]
    specific = [g for g in located if not g.country_only]
    itemised = passage.is_part or passage.sentence.kind == "item"
    whole = [g for g in located if len(g.places) == 1 and g.places[0].level == "region"]
    if whole:
        scene = replace(scene, region=whole[-1].places)
    if specific and sets_scene(passage):
        scene = replace(scene, site=specific[0].places)
        return scene if telling or itemised else _set(scene, specific[0].places, passage)
    if located and not specific and not itemised:
        return _set(scene, located[-1].places, passage)
    return scene


def _timed(scene: Scene, passage: Passage, *, telling: bool) -> Scene:
    """Return the scene with the days that a passage leaves behind."""
    if passage.sentence.kind == "heading" and not passage.quantities:
        scene = replace(scene, headed=_heading_times(passage), headed_from=passage.number)
    scene = _quoted(scene, passage)
    for time in passage.times:
        if time.kind != "interval" or time.days is None or time.days.precision in {"event", "clock"}:
            continue
        if is_owned(passage, time) or (is_report_day(passage, time) and not telling):
            continue
        scene = replace(scene, days=time.days, days_from=passage.number)
        if telling and time.days.precision == "day":
            scene = replace(scene, event=time.days)
    return scene


def _quoted(scene: Scene, passage: Passage) -> Scene:
    """Return the scene with the day of a statement that goes on after a passage, inside quotation marks."""
    marks = passage.tagged.folded.count('"')
    said = report_day(passage)
    if said is not None:
        return replace(scene, said=said, said_in=passage.sentence.paragraph, quoting=marks % 2 == 1)
    return replace(scene, quoting=scene.quoting ^ (marks % 2 == 1))


def _heading_times(passage: Passage) -> tuple[TimeExpression, ...]:
    """Return the times of a heading that hold for what stands under it; a single day is a dateline."""
    return tuple(
        t
        for t in passage.times
        if t.days is not None
        and not t.inferred
        and not is_owned(passage, t)
        and (
            t.kind == "as_of" or (t.kind == "interval" and t.days.precision not in {"day", "clock", "event"})
        )
    )


def _is_seat(group: PlaceGroup) -> bool:
    """Tell whether a group is one city that is a unit of its own: where it is named, officials speak."""
    return len(group.places) == 1 and group.places[0].is_city


def _set(scene: Scene, places: tuple[Place, ...], passage: Passage) -> Scene:
    """Return a scene that moved to some places."""
    wide = scene.wide if all(p.level == "settlement" for p in places) else places
    return replace(scene, places=places, wide=wide, places_from=passage.sentence.paragraph)


def refer(referents: dict[str, tuple[Place, ...]], places: tuple[Place, ...]) -> None:
    """Let "the region", "the district", "there" mean places just named."""
    if any(p.level != "country" for p in places):
        referents["there"] = places
    for place in places:
        referents[_RANKS[place.level]] = (place,)
        if place.level == "adm1":
            referents["district"] = (place,)


def speaks_of_the_world(scenes: Sequence[Scene], covered: frozenset[str]) -> bool:
    """Tell whether a document goes through the countries of the world: several that are not covered."""
    elsewhere = {
        p.adm0 for s in scenes for g in s.groups if not g.nation for p in g.places if p.adm0 not in covered
    }
    return len(elsewhere) >= WORLDLY


def sets_scene(passage: Passage) -> bool:
    """Tell whether a passage speaks of mine action or of ordnance, or opens a list: it says where."""
    if passage.tagged.folded[-1] == ":":
        return True
    return bool(
        passage.tagged.find(
            "predicate", "incident", "head.mine", "head.uxo", "head.item", "head.ap_mine", "organisation"
        )
    )
