"""A small country and the tables of its reports, for the tests of analysis, charts and export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from geotrack.errors import UnknownPlaceError
from geotrack.models import Level, Place
from geotrack.store.frames import FIGURE_COLUMNS, INCIDENT_COLUMNS, PLACE_COLUMNS

PLACES = (
    Place("AZ", "Azerbaijan", "country", "AZ", lon=47.5, lat=40.3),
    Place("AZ:north", "North", "region", "AZ"),
    Place("AZ:south", "South", "region", "AZ"),
    Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM"),
    Place("AZ-FUZ", "Fuzuli", "adm1", "AZ", "AZ-FUZ"),
    Place("AZ-LAC", "Lachin", "adm1", "AZ", "AZ-LAC"),
    Place(
        *("AZ-NEW", "New", "adm1", "AZ", "AZ-NEW"), valid_from="2023-12-05", carved_from=("AZ-AGM", "AZ-LAC")
    ),
    Place("gn:1", "Aghdam", "settlement", "AZ", "AZ-AGM", lon=46.93, lat=39.99),
    Place("gn:2", "Sarijali", "settlement", "AZ", "AZ-AGM", lon=46.95, lat=40.05),
    Place("gn:3", "Horadiz", "settlement", "AZ", "AZ-FUZ", lon=47.33, lat=39.45),
    Place("UA", "Ukraine", "country", "UA", lon=31.0, lat=49.0),
    Place("UA-63", "Kharkiv", "adm1", "UA", "UA-63"),
    Place("UA-30", "Kyiv", "adm1", "UA", "UA-30", "UA-30", type="city"),
    Place("UA6304", "Izium", "adm2", "UA", "UA-63", "UA6304"),
    Place("UA6312", "Chuhuiv", "adm2", "UA", "UA-63", "UA6312"),
    Place("gn:4", "Izium", "settlement", "UA", "UA-63", "UA6304", 37.25, 49.21),
)
REGIONS = {"AZ:north": {"AZ-AGM", "AZ-FUZ"}, "AZ:south": {"AZ-FUZ", "AZ-LAC"}}


class Member(NamedTuple):
    """A unit of a region."""

    place_id: str


class FewPlaces:
    """A gazetteer of `PLACES`."""

    def __init__(self) -> None:
        self._places = {place.id: place for place in PLACES}

    def __contains__(self, place_id: str) -> bool:
        """Tell whether an id is known."""
        return place_id in self._places

    def level_name(self, adm0: str, level: Level, language: str = "en", *, plural: bool = False) -> str:
        """Return the word for a unit."""
        del language
        word = {("AZ", "adm1"): "district", ("UA", "adm1"): "oblast", ("UA", "adm2"): "raion"}.get(
            (adm0, level)
        )
        return (word or "country") + ("s" if plural else "")

    def place(self, place_id: str) -> Place:
        """Return a place by its id."""
        try:
            return self._places[place_id]
        except KeyError:
            raise UnknownPlaceError(place_id) from None

    def contains(self, outer: str, inner: str, on: dt.date | None = None) -> bool:
        """Tell whether a place lies in a region (other nesting is read off the place)."""
        del on
        place = self._places.get(inner)
        return place is not None and bool({place.adm1} & REGIONS.get(outer, set()))

    def region_members(self, region_id: str, on: dt.date | None = None) -> list[Member]:
        """Return the units of a region."""
        del on
        return [Member(unit) for unit in sorted(REGIONS[region_id])]

    def units(self, adm0: str, level: Level) -> Iterable[Place]:
        """Return a country's units at a level; a city without units of its own is one at both."""
        here = [place for place in PLACES if place.adm0 == adm0]
        return [one for one in here if one.level == level or (level == "adm2" and one.adm2 == one.id)]


def day(text: str | None) -> dt.date | None:
    """Return a date from its ISO text."""
    return dt.date.fromisoformat(text) if text else None


def figure(figure_id: str, value: float, places: str, period: str = "/", **more: Any) -> dict[str, Any]:
    """Return a figure's row; `places` is a list in words, `period` is `start/end`."""
    start, end = period.split("/")
    row = {
        **dict.fromkeys(FIGURE_COLUMNS),
        "figure_id": figure_id,
        "document_id": f"d-{figure_id}",
        "measure": "items_found",
        "value": float(value),
        "value_max": float("nan"),
        "unit": "count",
        "value_si": float(value),
        "unit_si": "count",
        "qualifier": "exact",
        "basis": "period",
        "place_ids": places.split(),
        "start": day(start),
        "end": day(end),
        "text": f"{value} mines",
        "span_start": 0,
        "span_end": 8,
        "sentence": f"{value} mines were found.",
        "sentence_start": 0,
        "sentence_end": 24,
        **{name: [] for name in ("flags", "inferred", "done_by", "reported_by")},
        "confidence": 0.9,
        "rule": "found",
        "publisher": f"p-{figure_id}",
        "published": dt.date(2023, 2, 1),
        "retold": False,
    }
    return {**row, **more}


def hectares(figure_id: str, value: float, places: str, period: str = "/", **more: Any) -> dict[str, Any]:
    """Return the row of an area in hectares."""
    area = {"measure": "area_cleared", "unit": "ha", "value_si": value * 10_000, "unit_si": "m2"}
    return figure(figure_id, value, places, period, **{**area, **more})


def incident(incident_id: str, date: str | None, places: str, **more: Any) -> dict[str, Any]:
    """Return an incident's row."""
    row = {
        **dict.fromkeys(INCIDENT_COLUMNS),
        "incident_id": incident_id,
        "document_id": f"d-{incident_id}",
        "date": date,
        "place_ids": places.split(),
        "killed": pd.NA,
        "injured": pd.NA,
        "casualties": pd.NA,
        "device": "mine",
        "victims": [],
        "text": "a mine exploded",
        "span_start": 0,
        "span_end": 15,
        "sentence": "A mine exploded.",
        "sentence_start": 0,
        "sentence_end": 16,
        "flags": [],
        "inferred": [],
        "confidence": 0.9,
        "rule": "blast",
        "publisher": f"p-{incident_id}",
        "published": dt.date(2023, 2, 1),
        "retold": False,
    }
    return {**row, **more}


def figures(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a figures table as the store gives it."""
    return _table(rows, FIGURE_COLUMNS, ("value", "value_max", "value_si", "confidence"), ())


def incidents(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return an incidents table as the store gives it."""
    return _table(rows, INCIDENT_COLUMNS, ("confidence",), ("killed", "injured", "casualties"))


def places() -> pd.DataFrame:
    """Return the places table of the store."""
    rows = [
        {**{name: getattr(one, name) for name in PLACE_COLUMNS[1:]}, "place_id": one.id} for one in PLACES
    ]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def _table(
    rows: Iterable[dict[str, Any]],
    columns: list[str],
    floats: Iterable[str],
    counts: Iterable[str],
) -> pd.DataFrame:
    rows = list(rows)
    extra = sorted({name for row in rows for name in row} - set(columns))
    types = {**dict.fromkeys(floats, "float64"), **dict.fromkeys(counts, "Int64"), "retold": "bool"}
    spans = dict.fromkeys(("span_start", "span_end", "sentence_start", "sentence_end"), "int64")
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in rows], dtype={**types, **spans}.get(name, "object"))
            for name in [*columns, *extra]
        },
    )
