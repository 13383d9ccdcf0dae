"""Where a record lies: by ids and codes, else by its location's name near its point, else by its unit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from geotrack.export.rows import iso3
from geotrack.gazetteer import Gazetteer
from geotrack.models import Level, Place

NEAR_KM = 15.0  # a point and a place of the same name that are further apart are two places
_SURE = 0.8  # a name found with a lower score is a guess
_CONSIDERED = 30
_KM_A_DEGREE = 111.2
_UNITS: tuple[tuple[str, Level], ...] = (("admin2", "adm2"), ("admin1", "adm1"))


class BadRecordError(ValueError):
    """A row that is no record, with what is wrong."""


class Placed(NamedTuple):
    """The places of a record; approximate where its location is known by the unit around it alone."""

    places: tuple[Place, ...]
    is_approximate: bool = False


def place_record(fields: Mapping[str, str], gazetteer: Gazetteer) -> Placed:
    """Return where a record lies.

    Raises
    ------
    BadRecordError
        If nothing in it names a place that a pack knows, or its coordinates are none.
    """
    ids = [one for one in fields.get("place_ids", "").split("; ") if one]
    unknown = [one for one in ids if one not in gazetteer]
    if unknown:
        raise BadRecordError(f"no pack knows the place {', '.join(unknown)}")
    if ids:
        return Placed(tuple(gazetteer.place(one) for one in ids))
    point, country = _point(fields), _country(fields.get("country", ""), gazetteer)
    unit = _unit(fields, gazetteer, country)
    around = unit or country
    location = fields.get("location")
    if location:
        found = next(_settlements(location, gazetteer, around, point), None)
        if found:
            return Placed((found,))
    if unit:
        return Placed((unit,), is_approximate=bool(location) and location != unit.name)
    if country and not location:
        return Placed((country,))
    raise BadRecordError(f"no place is found: {location or fields.get('admin1') or fields.get('country')!r}")


def _point(fields: Mapping[str, str]) -> tuple[float, float] | None:
    told = [fields.get(name) for name in ("lon", "lat")]
    if not any(told):
        return None
    try:
        lon, lat = (float(one or "") for one in told)
    except ValueError:
        lon, lat = math.nan, math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees
        raise BadRecordError(f"the coordinates are none: {told[0]}, {told[1]}")
    return lon, lat


def _country(told: str, gazetteer: Gazetteer) -> Place | None:
    """Return the country of a code of two or three letters, or of a name."""
    if not told:
        return None
    for one in gazetteer.countries():
        if told.casefold() in {one.id.casefold(), iso3(one.id).casefold(), one.name.casefold()}:
            return one
    raise BadRecordError(f"no pack has the country {told!r}")


def _unit(fields: Mapping[str, str], gazetteer: Gazetteer, country: Place | None) -> Place | None:
    """Return the smallest unit that the record names, by code or by name."""
    for name, level in _UNITS:
        told = fields.get(name, "")
        if not told:
            continue
        if told in gazetteer:
            return gazetteer.place(told)
        for one in gazetteer.find(told, limit=_CONSIDERED, namesakes=True):
            place = one.place
            if one.score >= _SURE and place.level == level and country in {None, gazetteer.place(place.adm0)}:
                return place
    return None


def _settlements(
    name: str, gazetteer: Gazetteer, around: Place | None, point: tuple[float, float] | None
) -> Iterator[Place]:
    """Yield the settlements of a name that lie in the unit and near the point, the nearest first."""
    found = [
        (one, _distance_km(one.place, point))
        for one in gazetteer.find(name, limit=_CONSIDERED)
        if one.place.level == "settlement"
        and (around is None or around.id in {one.place.adm0, one.place.adm1, one.place.adm2})
    ]
    found.sort(
        key=lambda pair: (pair[1] if pair[1] is not None else NEAR_KM, -pair[0].score, pair[0].place.id)
    )
    for one, distance in found:
        if (distance is None and one.score >= _SURE) or (distance is not None and distance <= NEAR_KM):
            yield one.place


def _distance_km(place: Place, point: tuple[float, float] | None) -> float | None:
    if point is None or place.lon is None or place.lat is None:
        return None
    east = (place.lon - point[0]) * math.cos(math.radians(point[1]))
    return math.hypot(east, place.lat - point[1]) * _KM_A_DEGREE
