"""A small country for map tests: nine districts, a few figures and incidents, and who lies where."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, box

from geotrack.analysis.events import EVENT_COLUMNS
from geotrack.analysis.observations import CONFLICT_COLUMNS
from geotrack.analysis.totals import LISTED_COLUMNS
from geotrack.errors import UnknownPlaceError
from geotrack.maps import MapContent, MapStyle
from geotrack.models import Level, Place

UNIT_IDS = [f"XX-{letter}" for letter in "ABCDEFGHI"]
HOSTILE = (
    'mines <script>window.hacked=1</script> <img src=x onerror="window.hacked=1"> ${window.hacked=1} {{7*7}}'
)

DISPUTE = {
    "field": "injured",
    "low": 0,
    "high": 2,
    "preferred": 0,
    "reason": "it is of the report that claims least",
    "sides": [
        {"value": 0, "incident_ids": ["i1"], "sources": ["The Agency"]},
        {"value": 2, "incident_ids": ["i9"], "sources": [f"A Wire {HOSTILE}"]},
    ],
}


class Places:
    """A gazetteer of one country."""

    def __init__(self) -> None:
        units = [Place(one, f"District {one[-1]}", "adm1", "XX", one) for one in UNIT_IDS]
        known = [
            Place("XX", "Exland", "country", "XX"),
            *units,
            Place("XX-x-J", "District J", "adm1", "XX", "XX-x-J", None, 48.5, 39.5),
            Place("gn:1", "Oldtown", "settlement", "XX", "XX-A", None, 45.5, 39.5),
            Place("gn:2", "Newtown", "settlement", "XX", "XX-A", None, 45.6, 39.6),
            Place("XX-B/hamlet", "Hamlet", "settlement", "XX", "XX-B"),
        ]
        self._known = {place.id: place for place in known}

    def __contains__(self, place_id: str, /) -> bool:
        """Tell whether an id is known."""
        return place_id in self._known

    def level_name(self, adm0: str, level: Level, /, language: str = "en", *, plural: bool = False) -> str:
        """Return the word for a unit."""
        del adm0, level, language
        return "districts" if plural else "district"

    def place(self, place_id: str, /) -> Place:
        """Return a place."""
        if place_id not in self._known:
            raise UnknownPlaceError(place_id)
        return self._known[place_id]

    def contains(self, outer: str, inner: str, /, on: dt.date | None = None) -> bool:
        """Tell whether a place lies in another."""
        del on
        place = self.place(inner)
        return outer in {place.id, place.adm0, place.adm1}

    def units(self, adm0: str, level: Level, /) -> Iterable[Place]:
        """Return the units of a level."""
        return [place for place in self._known.values() if place.adm0 == adm0 and place.level == level]


def polygons() -> gpd.GeoDataFrame:
    """Return nine square districts; the last one's border is approximate."""
    squares = [box(45 + i % 3, 39 + i // 3, 46 + i % 3, 40 + i // 3) for i in range(9)]
    return gpd.GeoDataFrame(
        {
            "place_id": UNIT_IDS,
            "name": [f"District {one[-1]}" for one in UNIT_IDS],
            "approximate": [one == "XX-I" for one in UNIT_IDS],
            "source": "Sketch",
            "area_km2": 9500.0,
        },
        geometry=[MultiPolygon([square]) for square in squares],
        crs="EPSG:4326",
    ).set_index("place_id")


def totals(values: dict[str, float] | None = None, unit: str = "m2") -> pd.DataFrame:
    """Return totals in SI for some districts; the others are unknown."""
    known = {"XX-A": 1_230_000.0, "XX-B": 55_000_000.0, "XX-C": 0.0} if values is None else values
    return pd.DataFrame(
        {
            "value": [known.get(one, math.nan) for one in UNIT_IDS],
            "unit": unit,
            "qualifier": ["at_least" if one in known else None for one in UNIT_IDS],
            "n_observations": [int(one in known) for one in UNIT_IDS],
            "n_documents": [int(one in known) for one in UNIT_IDS],
            "as_of": [dt.date(2024, 5, 5) if one in known else None for one in UNIT_IDS],
            "figure_ids": [["f1"] if one in known else [] for one in UNIT_IDS],
            "incident_ids": [[] for _ in UNIT_IDS],
        },
        index=pd.Index(UNIT_IDS, name="place_id"),
    )


def quoted(sentence: str, words: str) -> dict[str, Any]:
    """Return the quote columns of a fact whose words stand in a sentence that begins at 100."""
    start = 100 + sentence.index(words)
    return {
        "text": words,
        "sentence": sentence,
        "span_start": start,
        "span_end": start + len(words),
        "sentence_start": 100,
        "sentence_end": 100 + len(sentence),
        "document_id": "d1",
        "title": "Weekly report",
        "publisher": "The Agency",
        "published": dt.date(2024, 5, 6),
        "url": "https://example.org/report",
        "retold": False,
    }


def figures() -> pd.DataFrame:
    """Return three figures: of a district, of three districts, and one that contradicts the first."""
    first = {
        "figure_id": "f1",
        "value_si": 1_230_000.0,
        "unit_si": "m2",
        "qualifier": "exact",
        "place_ids": ["XX-A"],
        "start": dt.date(2024, 4, 29),
        "end": dt.date(2024, 5, 5),
        **quoted(f"In District A 123 ha were cleared of {HOSTILE}.", "123 ha"),
    }
    second = first | {
        "figure_id": "f2",
        "value_si": 9_000_000.0,
        "place_ids": ["XX-D", "XX-E", "XX-F"],
        **quoted("In three districts 900 ha were cleared.", "900 ha"),
        "retold": True,
        "url": "javascript:alert(1)",
    }
    third = first | {
        "figure_id": "f3",
        "value_si": 1_320_000.0,
        **quoted("District A: 132 ha cleared.", "132 ha"),
        "publisher": "A Wire",
    }
    return pd.DataFrame([first, second, third])


def incidents() -> pd.DataFrame:
    """Return three incidents: at a settlement, in a district, somewhere in the country."""
    told = "Elvin Aliyev, born in 1987, stepped on a mine near Oldtown and died."
    shared = {"killed": 0, "injured": 1, "casualties": None, "date": "2024-05-01", "victims": []}
    rows = [
        shared | {"place_ids": ["gn:1"], "device": "anti-personnel mine", "killed": 1, "injured": 0}
        | {"victims": ["Elvin Aliyev, born in 1987"], **quoted(told, "stepped on a mine")},
        shared | {"place_ids": ["XX-B/hamlet"], "device": "UXO"}
        | quoted("A shell went off in Hamlet.", "went off"),
        shared | {"place_ids": ["XX"], "device": "unknown", **quoted("A blast hurt a man.", "blast")},
    ]  # fmt: skip
    return pd.DataFrame([{"incident_id": f"i{number}", **row} for number, row in enumerate(rows, 1)])


def events() -> pd.DataFrame:
    """Return the incidents as events, one telling each."""
    rows = [
        {
            **{
                name: row[name] for name in ("date", "place_ids", "killed", "injured", "casualties", "device")
            },
            "event_id": row["incident_id"].replace("i", "e"),
            "incident_ids": [row["incident_id"]],
            "document_ids": ["d1"],
            "sources": ["The Agency"],
            "disagreements": [DISPUTE] if row["incident_id"] == "i1" else [],
            "links": [],
        }
        for row in incidents().to_dict("records")
    ]
    return pd.DataFrame(rows, columns=EVENT_COLUMNS).astype(
        dict.fromkeys(("killed", "injured", "casualties"), "Int64")
    )


def groups() -> pd.DataFrame:
    """Return one observation over three districts."""
    row = {
        "observation_id": "o2",
        "measure": "area_cleared",
        "value": 9_000_000.0,
        "unit": "m2",
        "qualifier": "exact",
        "basis": "period",
        "place_ids": ["XX-D", "XX-E", "XX-F"],
        "start": dt.date(2024, 4, 29),
        "end": dt.date(2024, 5, 5),
        "figure_ids": ["f2"],
        "incident_ids": [],
        "derived": "",
        "unit_ids": ["XX-D", "XX-E", "XX-F"],
        "reason": "one number for 3 units",
    }
    return pd.DataFrame([row], columns=LISTED_COLUMNS)


def conflicts() -> pd.DataFrame:
    """Return one contradiction: two values for one district's week."""
    row = {
        "measure": "area_cleared",
        "unit": "m2",
        "place_ids": ["XX-A"],
        "start": dt.date(2024, 4, 29),
        "end": dt.date(2024, 5, 5),
        "low": 1_230_000.0,
        "high": 1_320_000.0,
        "preferred": 1_230_000.0,
        "reason": "more reports state it",
        "figure_ids": ["f1", "f3"],
    }
    return pd.DataFrame([row], columns=CONFLICT_COLUMNS)


def content(**changes: Any) -> MapContent:
    """Return the content of a map; tables can be replaced by name."""
    empty = pd.DataFrame(columns=LISTED_COLUMNS)
    tables: dict[str, Any] = {
        "polygons": polygons(),
        "totals": totals(),
        "groups": groups(),
        "coarser": empty,
        "straddling": empty,
        "conflicts": conflicts(),
        "figures": figures(),
        "incidents": incidents(),
        "events": events(),
        "places": Places(),
        "boundary_note": "Boundaries: Sketch.",
    }
    return MapContent(**(tables | changes))


def style(**changes: Any) -> MapStyle:
    """Return how to draw land cleared in Exland."""
    return MapStyle(**({"measure": "area_cleared", "adm0": "XX", "level": "adm1"} | changes))
