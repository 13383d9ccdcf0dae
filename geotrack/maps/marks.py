"""What stands on a map besides colours: incidents as points or badges, and badges of shared figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import pandas as pd

from geotrack.analysis.nesting import Nesting
from geotrack.maps import outlines
from geotrack.maps.ramps import DEVICES

Row = Mapping[str, Any]
Mark = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """Where marks may stand: the units that are drawn, and where their places are."""

    polygons: gpd.GeoDataFrame
    nesting: Nesting

    def stands(self, unit_ids: Iterable[str]) -> dict[str, tuple[float, float]]:
        """Return where badges stand: well inside an outline; without one, at the unit's own point."""
        wanted = list(unit_ids)
        new = [one for one in wanted if one in self.units and one not in self._inside]
        if new:
            self._inside.update(outlines.label_points(self.polygons.loc[new]))
        stands = {one: self._inside[one] for one in wanted if one in self._inside}
        for unit_id in wanted:
            place = self.nesting.place(unit_id)
            if unit_id not in stands and place.lon is not None and place.lat is not None:
                stands[unit_id] = (place.lon, place.lat)
        return stands

    @cached_property
    def units(self) -> frozenset[str]:
        """The ids of the units that have an outline."""
        return frozenset(map(str, self.polygons.index))

    @cached_property
    def _inside(self) -> dict[str, tuple[float, float]]:
        """The points inside outlines that were asked for so far."""
        return {}

    @cached_property
    def corner(self) -> str:
        """The corner where least land lies."""
        return outlines.emptiest_corner(self.polygons)


def incident_marks(
    events: Sequence[Row], ground: Ground, unit_of: Callable[[Row], str | None], title: Callable[[Row], str]
) -> tuple[list[Mark], list[Mark]]:
    """Return incidents at settlements as points, and the badges of units for all that are known less well."""
    points: list[Mark] = []
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for event in events:
        place = ground.nesting.place(event["place_ids"][0])
        located = place.level == "settlement" and place.lon is not None and len(event["place_ids"]) == 1
        unit_id = unit_of(event)
        if located:
            points.append({**_point(event, title(event)), "lon": place.lon, "lat": place.lat})
        elif unit_id is not None:
            by_unit[unit_id].append(event)
    badges = [
        {"id": unit_id, "count": len(by_unit[unit_id]), "lon": lon, "lat": lat}
        for unit_id, (lon, lat) in ground.stands(sorted(by_unit)).items()
    ]
    return points, badges


def _point(event: Row, label: str) -> Mark:
    return {
        "id": event["event_id"],
        "colour": DEVICES.get(event["device"], DEVICES["unknown"]),
        "fatal": bool(not pd.isna(event["killed"]) and event["killed"] > 0),
        "label": label,
    }


def group_badges(
    groups: Iterable[Row], ground: Ground, told: Callable[[Row], str], worn: Callable[[str], bool]
) -> list[Mark]:
    """Return a badge for each set of units that share figures: the latest one, and how many there are.

    Parameters
    ----------
    groups
        Observations of several units, the latest first.
    told
        Puts one of them into words.
    worn
        Tells whether a unit wears a value of its own: a badge stands at one that wears none, if any.
    """
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in groups:
        drawn = tuple(sorted(one for one in row["unit_ids"] if one in ground.units))
        if len(drawn) > 1:
            found[drawn].append(row)
    hosts: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for units in sorted(found, key=len):
        hosts[units] = min(units, key=lambda one: (one in taken, worn(one), one))
        taken.add(hosts[units])
    stands = ground.stands(sorted(taken))
    return [
        {
            "id": host,
            "units": list(units),
            "count": len(found[units]),
            "text": told(found[units][0]),
            "lon": stands[host][0],
            "lat": stands[host][1],
        }
        for units, host in hosts.items()
        if host in stands
    ]
