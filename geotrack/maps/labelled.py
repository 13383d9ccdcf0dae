"""Places under their names in one language: what maps and pages show, where the analysis has ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, cast

from geotrack.analysis.nesting import Nesting, PlaceIndex, RegionMember
from geotrack.languages import alphabetical, gettext
from geotrack.models import Level, Place


class _Named(Protocol):
    """What a gazetteer adds to an index of places: names in several languages."""

    def label(self, place_id: str, language: str, *, titled: bool = False) -> str:
        """Return a place's name in a language."""

    def level_name(
        self, adm0: str, level: Level, language: str = "en", *, plural: bool = False, of: bool = False
    ) -> str:
        """Return what a unit of a level is called."""


class LabelledPlaces:
    """An index of places that shows each under its name in a language."""

    def __init__(self, places: PlaceIndex, locale: str) -> None:
        self.plain: PlaceIndex = places.plain if isinstance(places, LabelledPlaces) else places
        self.language = locale.replace("_", "-").split("-")[0]
        self._nesting = Nesting(self.plain)
        self._named = cast("_Named", self.plain) if hasattr(self.plain, "label") else None

    def __contains__(self, place_id: str, /) -> bool:
        return place_id in self.plain

    def place(self, place_id: str, /) -> Place:
        """Return a place with its name in the language; a village that only a text names is one, too."""
        place = self._nesting.place(place_id)
        if self.language == "en" or self._named is None or place_id not in self.plain:
            return place
        return replace(place, name=self._named.label(place_id, self.language))

    def titled(self, place_id: str) -> str:
        """Return a unit's name with the word for its kind, as `Fuzuli District`; a city's is its name."""
        place = self.place(place_id)
        if place.is_city or self._named is None or place_id not in self.plain:
            return place.name
        return self._named.label(place_id, self.language, titled=True)

    def contains(self, outer: str, inner: str, /, on: dt.date | None = None) -> bool:
        """Tell whether one place lies in another on a day."""
        return self.plain.contains(outer, inner, on=on)

    def region_members(self, region_id: str, /, on: dt.date | None = None) -> Iterable[RegionMember]:
        """Return the units of a named region on a day."""
        return self.plain.region_members(region_id, on=on)

    def units(self, adm0: str, level: Level, /) -> Iterable[Place]:
        """Return every unit of a country at a level, by the alphabet of the language."""
        found = [self.place(unit.id) for unit in self.plain.units(adm0, level)]
        return sorted(found, key=lambda unit: alphabetical(unit.name, self.language))

    def level_name(
        self, adm0: str, level: Level, /, language: str = "", *, plural: bool = False, of: bool = False
    ) -> str:
        """Return what a unit of a country's level is called, in the language of this index if not another."""
        language = language or self.language
        if self._named is None or not of:
            told = self.plain.level_name(adm0, level, language, plural=plural)
        else:
            told = self._named.level_name(adm0, level, language, plural=plural, of=of)
        english = self.plain.level_name(adm0, level, "en", plural=plural)
        return gettext(told) if told == english else told
