"""What goes into a map: tables, polygons, and how they shall be drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import geopandas as gpd
import pandas as pd

from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import PlaceIndex
from geotrack.analysis.tables import typed
from geotrack.analysis.totals import USED_COLUMNS
from geotrack.boundaries import LayerLevel
from geotrack.maps.classes import Scheme
from geotrack.maps.ramps import ramp_of
from geotrack.maps.scales import ShownUnit

Splitting = Literal["none", "equal", "area"]


@dataclass(frozen=True, slots=True)
class MapContent:
    """The tables behind one map.

    Attributes
    ----------
    polygons
        Units of one country at one level, as `geotrack.boundaries.layer` gives them.
    totals
        Indexed by `place_id`: `value` (SI; NaN where nothing is known), `unit`, `qualifier`,
        `n_observations`, `n_documents`, `as_of`, `figure_ids`, `incident_ids`; as
        `geotrack.analysis.Totals.table`.
    groups, coarser, straddling
        Observations beside the map, as `geotrack.analysis.Totals` gives them; may be empty.
    conflicts
        Figures of the measure that contradict each other, as `Observations.conflict_table`; may be empty.
    figures, incidents
        The store's tables, for the sentences.
    events
        One row an explosion, as `geotrack.analysis.merge_incidents`, cut to the window.
    places
        The gazetteer: names, levels, points and parents of places.
    used
        What each total rests on, as `geotrack.analysis.Totals.used`.
    boundary_note
        Whose boundaries these are, and their licence.
    warnings
        What the map lacks and why, as sentences.
    left_out
        How many facts are left out for their confidence, as a sentence; empty where all are asked for.
    """

    polygons: gpd.GeoDataFrame
    totals: pd.DataFrame
    groups: pd.DataFrame
    coarser: pd.DataFrame
    straddling: pd.DataFrame
    conflicts: pd.DataFrame
    figures: pd.DataFrame
    incidents: pd.DataFrame
    events: pd.DataFrame
    places: PlaceIndex
    used: pd.DataFrame = field(default_factory=lambda: typed((), USED_COLUMNS))
    boundary_note: str = ""
    warnings: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class MapStyle:
    """What a map shows and how.

    `density` draws values by area: percent of the unit's land for areas, per 100 km² for counts. `split`
    shares a number for several units out to them, in `equal` parts or by `area`; it says so on the map.
    `min_confidence` (0 to 1) leaves out facts below it, but for those that a person accepted or corrected.
    `judged` leaves out all facts that no person has accepted, corrected or added; what a person rejected is
    never shown. `breaks` (with `scheme="manual"`) are in the unit shown. `redacted` takes victims' names,
    ages and birth years out of the sentences. `filters` are printed with the map, name by name.
    """

    measure: str
    adm0: str
    level: LayerLevel
    start: dt.date | None = None
    end: dt.date | None = None
    min_confidence: float = 0.0
    judged: bool = False
    scheme: Scheme = "quantile"
    classes: int = 5
    breaks: tuple[float, ...] = ()
    unit: ShownUnit | None = None
    density: bool = False
    split: Splitting = "none"
    ramp: str | None = None
    locale: str = "en"
    redacted: bool = True
    title: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def ramp_name(self) -> str:
        """The ramp asked for, else the measure's own."""
        return self.ramp or ramp_of(self.measure)

    @property
    def of_incidents(self) -> MapStyle:
        """What incidents stand on a map by: the style of every measure, colour and class alike."""
        return MapStyle(
            "incidents",
            self.adm0,
            self.level,
            self.start,
            self.end,
            self.min_confidence,
            judged=self.judged,
            locale=self.locale,
            redacted=self.redacted,
        )

    @property
    def is_stock(self) -> bool:
        """Whether the measure is a level at a date."""
        return self.measure in STOCK_MEASURES
