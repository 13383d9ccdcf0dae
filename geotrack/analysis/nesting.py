"""Which place lies in which: units by level, place sets that nest, and the path from a unit down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Protocol

from geotrack.errors import UnknownPlaceError
from geotrack.models import Level, Place

LEVEL_RANK: dict[str, int] = {"settlement": 0, "adm2": 1, "adm1": 2, "region": 3, "country": 4}


class RegionMember(Protocol):
    """A unit that belongs to a named region, wholly or in part."""

    @property
    def place_id(self) -> str:
        """The unit's id."""


class PlaceIndex(Protocol):
    """What the analysis asks of a gazetteer."""

    def __contains__(self, place_id: str, /) -> bool:
        """Tell whether an id is known."""

    def place(self, place_id: str, /) -> Place:
        """Return the place of an id, or raise `UnknownPlaceError`."""

    def contains(self, outer: str, inner: str, /, on: dt.date | None = None) -> bool:
        """Tell whether one place lies in another on a day."""

    def region_members(self, region_id: str, /, on: dt.date | None = None) -> Iterable[RegionMember]:
        """Return the units of a named region on a day, those that belong to it in part included."""

    def units(self, adm0: str, level: Level, /) -> Iterable[Place]:
        """Return every unit of a country at a level."""

    def level_name(self, adm0: str, level: Level, /, language: str = "en", *, plural: bool = False) -> str:
        """Return what a unit of a country's level is called."""


class Nesting:
    """Places of one gazetteer, asked many times: lookups are kept for the life of one analysis."""

    def __init__(self, gazetteer: PlaceIndex) -> None:
        self._gazetteer = gazetteer
        self._places: dict[str, Place] = {}
        self._chains: dict[str, tuple[str, ...]] = {}
        self._within: dict[tuple[str, str, dt.date | None], bool] = {}
        self._kin: dict[str, dict[str, str]] = {}

    def place(self, place_id: str) -> Place:
        """Return a place; a village that only a text names stands under its district."""
        if place_id not in self._places:
            self._places[place_id] = self._find(place_id)
        return self._places[place_id]

    def _find(self, place_id: str) -> Place:
        try:
            return self._gazetteer.place(place_id)
        except UnknownPlaceError:
            parent_id, slash, name = place_id.rpartition("/")
            if not slash:
                raise
        parent = self.place(parent_id)
        return Place(place_id, name.title(), "settlement", parent.adm0, parent.adm1, parent.adm2)

    def chain(self, place_id: str) -> tuple[str, ...]:
        """Return the units that a place lies in, from the country down to the place itself."""
        known = self._chains.get(place_id)
        if known is None:
            place = self.place(place_id)
            wider = (place.adm0, place.adm1, place.adm2, place.id)
            known = self._chains[place_id] = tuple(dict.fromkeys(unit for unit in wider if unit))
        return known

    def unit_at(self, place_id: str, level: str) -> str | None:
        """Return the unit of a level in which a place lies; None when the place is wider or has none.

        A city of the first level that stands for itself at the second is its own unit there.
        """
        place = self.place(place_id)
        if LEVEL_RANK[place.level] > LEVEL_RANK[level]:
            return place.adm2 if level == "adm2" and place.adm2 == place.id else None
        return {"country": place.adm0, "adm1": place.adm1, "adm2": place.adm2}.get(level) or (
            place.id if place.level == level else None
        )

    def unknown(self, place_ids: Iterable[str]) -> tuple[str, ...]:
        """Return those ids that no pack has: a stored fact outlives the packs that it was read with."""
        return tuple(place_id for place_id in place_ids if not self._is_known(place_id))

    def _is_known(self, place_id: str) -> bool:
        if place_id in self._places:
            return True
        parent_id, slash, _ = place_id.rpartition("/")
        return place_id in self._gazetteer or (bool(slash) and self._is_known(parent_id))

    def level_name(self, adm0: str, level: Level, *, plural: bool = False) -> str:
        """Return what a unit of a country's level is called, in English."""
        return self._gazetteer.level_name(adm0, level, plural=plural)

    def unit_ids(self, adm0: str, level: Level) -> list[str]:
        """Return the ids of all units of a country at a level, sorted; the country itself is one."""
        if level == "country":
            return [adm0]
        return sorted(unit.id for unit in self._gazetteer.units(adm0, level))

    def path(self, place_id: str, unit_id: str) -> tuple[str, ...]:
        """Return the steps from a unit or a region down to a place in it; empty for the unit itself."""
        chain = self.chain(place_id)
        if self.place(unit_id).level == "region":
            return chain[1:]
        if unit_id not in chain or self.place(place_id).level == "region":
            return ()
        return chain[chain.index(unit_id) + 1 :]

    def within(self, inner: str, outer: str, on: dt.date | None = None) -> bool:
        """Tell whether a place is another or lies in it on a day (regions are dated unions)."""
        if inner == outer or outer in self.chain(inner):
            return True
        if self.place(outer).level != "region":
            return False
        key = (inner, outer, on)
        if key not in self._within:
            self._within[key] = self._gazetteer.contains(outer, inner, on=on)
        return self._within[key]

    def within_any(self, one: str, others: Collection[str], on: dt.date) -> bool:
        """Tell whether a place lay on a day in one of others.

        A unit made of others' land, and what lies in it, lay in all of these together until its first day.
        """
        if any(self.within(one, other, on) for other in others):
            return True
        unit = self._unit(one)
        return self.was_others_land(unit.id, on) and all(
            any(self.within(old, other, on) for other in others) for old in unit.carved_from
        )

    def around(self, place_id: str) -> tuple[str, ...]:
        """Return the units that a place lies in and those that its land was of, itself among them."""
        return (*self.chain(place_id), *self._unit(place_id).carved_from)

    def members(self, place_id: str, on: dt.date | None = None) -> tuple[str, ...]:
        """Return the units of a region on a day, partial ones included; of any other place, itself."""
        if self.place(place_id).level != "region":
            return (place_id,)
        found = tuple(member.place_id for member in self._gazetteer.region_members(place_id, on=on))
        return found or (self.place(place_id).adm0,)

    def partly_within(self, inner: str, outer: str, on: dt.date | None = None) -> bool:
        """Tell whether a place lies in another, a region's partial members taken as in it.

        Press texts name a region for the whole of the districts that it touches.
        """
        if inner == outer or outer in self.chain(inner):
            return True
        if self.place(outer).level != "region":
            return False
        units = self.members(outer, on)
        return all(any(self.within(one, unit) for unit in units) for one in self.members(inner, on))

    def overlap(self, one: str, other: str, on: dt.date | None = None) -> bool:
        """Tell whether two places may share land, as a unit made of others' parts did before its first day.

        `on` is the earlier of the days that are spoken of.
        """
        return any(
            self.within(a, b) or self.within(b, a) or self._shared_land(a, b, on)
            for a in self.members(one, on)
            for b in self.members(other, on)
        )

    def _shared_land(self, one: str, other: str, on: dt.date | None) -> bool:
        """Tell whether on a day one unit still held the land of which the other was made later."""
        return on is not None and any(
            new.valid_from is not None and on.isoformat() < new.valid_from and old in new.carved_from
            for new, old in ((self._unit(one), other), (self._unit(other), one))
        )

    def kin(self, unit_id: str) -> str | None:
        """Return one name for a unit made of others' land and for those others; None for any other place."""
        place = self.place(unit_id)
        if place.level != "adm1":
            return None
        if place.adm0 not in self._kin:
            self._kin[place.adm0] = self._kin_of(place.adm0)
        return self._kin[place.adm0].get(unit_id)

    def _kin_of(self, adm0: str) -> dict[str, str]:
        kin: dict[str, str] = {}
        for unit_id in self.unit_ids(adm0, "adm1"):
            carved = self.place(unit_id).carved_from
            if carved:
                met = {kin[one] for one in (unit_id, *carved) if one in kin}
                name = f"land:{unit_id}"
                kin |= {one: name for one, other in kin.items() if other in met}
                kin |= dict.fromkeys((unit_id, *carved), name)
        return kin

    def was_others_land(self, unit_id: str, on: dt.date | None) -> bool:
        """Tell whether a unit was on a day, or on one that nobody knows, still part of others."""
        unit = self.place(unit_id)
        since = unit.valid_from if unit.carved_from else None
        return since is not None and (on is None or on.isoformat() < since)

    def _unit(self, place_id: str) -> Place:
        """Return the first-level unit of a place, else the place."""
        place = self.place(place_id)
        return self.place(place.adm1) if place.adm1 else place

    def nested(self, one: Collection[str], other: Collection[str], on: dt.date | None = None) -> bool:
        """Tell whether two place sets are the same or one lies in the other (see `partly_within`)."""
        return self._covered(one, other, on) or self._covered(other, one, on)

    def _covered(self, inner: Collection[str], outer: Collection[str], on: dt.date | None) -> bool:
        return all(any(self.partly_within(one, other, on) for other in outer) for one in inner)

    def widest_only(self, place_ids: Collection[str]) -> tuple[str, ...]:
        """Return a set closed over containment: a place that lies in another of the set goes."""
        return tuple(
            sorted(
                one
                for one in place_ids
                if not any(other != one and self.within(one, other) for other in place_ids)
            ),
        )

    def width(self, place_ids: Collection[str]) -> tuple[int, int]:
        """Return a sort key that grows with the land a set speaks of: widest level, then how many."""
        return max(LEVEL_RANK[self.place(one).level] for one in place_ids), len(place_ids)
