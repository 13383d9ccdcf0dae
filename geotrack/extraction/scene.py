"""One scene: the places, the site and the times that are in force at a passage."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from geotrack.extraction.announcements import HandOver, Statement, Total
from geotrack.extraction.days import Days
from geotrack.extraction.places import PlaceGroup, Referents
from geotrack.extraction.times import TimeExpression
from geotrack.models import Place


class Scene(NamedTuple):
    """What is in force at a passage.

    `places` serve figures, `site` serves incidents, `country` is the last resort; `wide` is the last
    scene wider than a settlement, which is back when the paragraph ends, and `opening` that of the `title`,
    in which the places `titled` are named;
    `region` is the last named region (the liberated territories);
    `places_on` is the stretch that the passage told which set the scene, `spread` whether several places
    were counted there;
    `item` are the places of the list item at paragraph `item_in`;
    `days` is the last period that was stated near by, in the paragraph `days_in`, `idle` if mine action was
    not spoken of there, `event` the day of the last explosion told, `abroad` the paragraph that speaks of
    another country;
    `headed` are the times of the heading above, `headed_by` what gave them, `told_under` whether a sentence
    stands under it;
    `statement` is the day from which on what is told holds, `total` the running total being told, `whole`
    the last one, however long ago, `undated` the last passage with a stretch that nothing dates, `handed`
    when the maps of which places were handed over, `clause` the times before the semicolon that a passage
    stands behind;
    `groups` are the places that the passage itself names; `referents` are what "the country", "the
    region", "the district" mean.
    """

    places: tuple[Place, ...]
    site: tuple[Place, ...]
    country: tuple[Place, ...]
    wide: tuple[Place, ...] = ()
    opening: tuple[Place, ...] = ()
    title: str = ""
    titled: frozenset[str] = frozenset()
    region: tuple[Place, ...] = ()
    item: tuple[Place, ...] = ()
    item_in: int = -1
    places_from: int = 0
    places_on: Days | None = None
    spread: bool = False
    days: Days | None = None
    days_from: int = 0
    days_in: int = -1
    idle: bool = False
    event: Days | None = None
    abroad: int | None = None
    headed: tuple[TimeExpression, ...] = ()
    headed_from: int = -1
    headed_by: str = ""
    told_under: bool = False
    statement: Statement | None = None
    total: Total | None = None
    whole: Total | None = None
    undated: int = -1
    handed: tuple[HandOver, ...] = ()
    clause: tuple[TimeExpression, ...] = ()
    groups: tuple[PlaceGroup, ...] = ()
    referents: Referents = MappingProxyType({})

    @property
    def is_titled(self) -> bool:
        """Whether the title names a place of the scene: the report is about it."""
        return any(p.id in self.titled for p in self.places)
