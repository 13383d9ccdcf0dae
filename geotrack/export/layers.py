"""The polygons that an export carries: of the countries that its facts speak of."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from geotrack.boundaries import layer, list_layers
from geotrack.config import Settings
from geotrack.export.content import Districts
from geotrack.gazetteer import Gazetteer

UNIT_LEVELS = ("adm1", "adm2")


def countries_told(gazetteer: Gazetteer, *facts: pd.DataFrame) -> set[str]:
    """Return the countries that the facts of some tables speak of; places of no pack are left out."""
    named = {place for table in facts for place_ids in table["place_ids"] for place in place_ids}
    return {gazetteer.place(place).adm0 for place in named if place in gazetteer}


def districts_of(settings: Settings, countries: Collection[str]) -> tuple[Districts, ...]:
    """Return the layers of units of some countries."""
    return tuple(
        Districts(
            info.adm0,
            info.level,
            layer(settings, info.adm0, info.level),
            info.source,
            info.licence,
            info.imported_on,
        )
        for info in list_layers(settings)
        if info.adm0 in countries and info.level in UNIT_LEVELS
    )
