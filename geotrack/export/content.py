"""What an export holds: the tables, the polygons, and the filters that were asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from geotrack.analysis.confidence import check_confidence, doubt, left_out_note
from geotrack.analysis.events import merge_incidents
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.statements import as_date, as_list, as_number, as_text
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import days_of
from geotrack.analysis.windows import Window
from geotrack.errors import UsageError
from geotrack.models import Level


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """Which facts: of one country, of one measure, within days (inclusive); None is all.

    `min_confidence` (0 to 1) leaves out facts below it, but for those that a person accepted or corrected.
    """

    adm0: str | None = None
    measure: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts, and what is no confidence."""
        check_confidence(self.min_confidence)
        if self.start and self.end and self.start > self.end:
            raise UsageError(f"The window ends ({self.end}) before it starts ({self.start}).")

    @property
    def window(self) -> Window:
        """The days asked for."""
        return Window(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Districts:
    """The polygons of a country's units at one level, and whose they are.

    `units` is indexed by `place_id` with `name`, `approximate`, `source`, `area_km2`, `geometry`
    (EPSG:4326), as `geotrack.boundaries.layer` gives them.
    """

    adm0: str
    level: Level
    units: gpd.GeoDataFrame
    source: str
    licence: str = ""
    imported_on: str | None = None


@dataclass(frozen=True, slots=True)
class ExportContent:
    """Everything that an export is made of.

    `figures`, `incidents`, `claims` are the store's tables, `places` the gazetteer, `built_on` the date
    that the export states. `redacted` takes victims' names, ages and birth years out of every quoted word.
    `incident_ids` narrows the incidents to these, `narrowed` tells by what, as the metadata says it.
    """

    figures: pd.DataFrame
    incidents: pd.DataFrame
    places: PlaceIndex
    districts: tuple[Districts, ...]
    built_on: dt.date
    filter: ExportFilter = field(default_factory=ExportFilter)
    redacted: bool = True
    claims: pd.DataFrame | None = None
    incident_ids: frozenset[str] | None = None
    narrowed: Mapping[str, str] = field(default_factory=dict)

    def chosen_figures(self) -> list[dict[str, object]]:
        """Return the figures that the filter lets through, by document and place in it."""
        return [row for row in self._asked_figures() if self._is_sure(row)]

    def chosen_incidents(self) -> list[dict[str, object]]:
        """Return the incidents that the filter lets through, in the same order."""
        return [row for row in self._asked_incidents() if self._is_sure(row)]

    def events(self) -> dict[str, dict[str, Any]]:
        """Return the explosion that each incident tells of, by the incident's id (`merge_incidents`)."""
        least = self.filter.min_confidence
        rows = records(merge_incidents(self.incidents, self.places, min_confidence=least))
        return {incident: row for row in rows for incident in row["incident_ids"]}

    def chosen_claims(self) -> list[dict[str, object]]:
        """Return the claims of the country, published in the days asked for; none of a measure."""
        if self.claims is None or self.filter.measure is not None:
            return []
        nesting, window = Nesting(self.places), self.filter.window
        return [
            row
            for row in records(self.claims)
            if self._here(row, nesting)
            and window.misfit(as_date(row["published"]), as_date(row["published"])) != "outside"
            and (as_number(row["confidence"]) or 0.0) >= self.filter.min_confidence
        ]

    @property
    def left_out(self) -> dict[str, int]:
        """How many figures and incidents are left out for their confidence alone."""
        if not self.filter.min_confidence:
            return {"figures": 0, "incidents": 0}
        asked = {"figures": self._asked_figures(), "incidents": self._asked_incidents()}
        return {name: sum(not self._is_sure(row) for row in rows) for name, rows in asked.items()}

    @property
    def left_out_note(self) -> str:
        """What is left out for its confidence, as a sentence; empty where all facts are asked for."""
        return left_out_note(**self.left_out, min_confidence=self.filter.min_confidence)

    def _is_sure(self, row: Mapping[str, object]) -> bool:
        return doubt(row, self.filter.min_confidence) is None

    def _asked_figures(self) -> list[dict[str, object]]:
        """Return the figures of the country, measure and days, however sure."""
        nesting, measure = Nesting(self.places), self.filter.measure
        return [
            row
            for row in _standing(self.figures)
            if (measure is None or row["measure"] == measure)
            and self._here(row, nesting)
            and self.filter.window.misfit(as_date(row["start"]), as_date(row["end"])) != "outside"
        ]

    def _asked_incidents(self) -> list[dict[str, object]]:
        """Return the incidents of the country and days, however sure."""
        nesting = Nesting(self.places)
        return [
            row
            for row in _standing(self.incidents)
            if (self.incident_ids is None or row["incident_id"] in self.incident_ids)
            and self._here(row, nesting)
            and self.filter.window.misfit(*days_of(as_text(row["date"]))) != "outside"
        ]

    def _here(self, row: Mapping[str, object], nesting: Nesting) -> bool:
        """Tell whether a fact is of the country; one of whose places no pack knows a single one may be."""
        place_ids = as_list(row["place_ids"])
        unknown = nesting.unknown(place_ids)
        countries = {nesting.place(place_id).adm0 for place_id in place_ids if place_id not in unknown}
        if unknown and not countries:
            return True
        return self.filter.adm0 is None or self.filter.adm0 in countries

    def victims(self) -> dict[str, list[str]]:
        """Return the victim phrases of each document: a sentence may name another incident's victim."""
        found: dict[str, list[str]] = {}
        for row in records(self.incidents):
            found.setdefault(str(row["document_id"]), []).extend(as_list(row["victims"]))
        return found


def _standing(facts: pd.DataFrame) -> list[dict[str, object]]:
    """Return the facts that no reviewer rejected, in an order that does not depend on when they came in."""
    rows = [row for row in records(facts) if row["review"] != "rejected"]
    name = str(facts.columns[0])
    return sorted(
        rows,
        key=lambda row: (str(row["document_id"]), row["span_start"], row["span_end"], str(row[name])),
    )
