"""All that one file can show of a country: every measure by every window and level, added up beforehand.

What a window holds cannot be added up from what its years hold, so each is asked of the analysis.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import shapely

from geotrack.analysis import Ledger, totals
from geotrack.analysis.confidence import unjudged
from geotrack.analysis.events import event_table
from geotrack.analysis.incidents import events_by_place
from geotrack.analysis.measures import STOCK_MEASURES, unit_of
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.tables import records, typed
from geotrack.analysis.tellings import days_of
from geotrack.analysis.totals import LISTED_COLUMNS, USED_COLUMNS
from geotrack.analysis.windows import Window
from geotrack.boundaries import LayerLevel
from geotrack.languages import speaking
from geotrack.maps import gathering, marks, words
from geotrack.maps.classes import Classes, classify
from geotrack.maps.content import MapContent, MapStyle
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.labelled import LabelledPlaces
from geotrack.maps.ordering import newest_first
from geotrack.maps.scales import Scale, scale_of
from geotrack.maps.scenes import Row, Scene
from geotrack.maps.steps import ALL, Track, tracks, window_id
from geotrack.models import Measure

# A window in which nothing dated lies: what it lists is what every window without facts of its own lists.
_NEVER = Window(dt.date.min, dt.date.min)
_COUNTRY: LayerLevel = "country"
_SKETCH = 0.05  # degrees: outlines that only tell in which corner of the frame least land lies

Key = tuple[str, LayerLevel, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """The units of one level: their polygons, and whose these are."""

    polygons: gpd.GeoDataFrame
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What is the same for the views of one measure and level; `stories` are of observations told before."""

    places: LabelledPlaces
    nesting: Nesting
    conflicts: list[dict[str, Any]]
    ground: marks.Ground
    stories: dict[tuple[object, ...], dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet(Scene):
    """One view of an atlas. What is `in_common` lets colours of several steps be compared."""

    shared: _Shared
    scale_in_common: Scale | None = None
    classes_in_common: Classes | None = None

    @cached_property
    def places(self) -> LabelledPlaces:
        """Places under their names in the map's language."""
        return self.shared.places

    @cached_property
    def _nesting(self) -> Nesting:
        return self.shared.nesting

    @cached_property
    def total_scale(self) -> Scale:
        """How totals are printed."""
        return self.scale_in_common or super().total_scale

    @cached_property
    def classes(self) -> Classes:
        """The classes of the values drawn."""
        return self.classes_in_common or super().classes

    @cached_property
    def _ground(self) -> marks.Ground:
        return self.shared.ground

    def _row_story(self, row: Row) -> dict[str, Any]:
        told = (
            row["observation_id"],
            row["value"],
            row["qualifier"],
            row["start"],
            row["end"],
            row["reason"],
        )
        key = (
            *told,
            *row["place_ids"],
            None,
            *row["unit_ids"],
            None,
            *row["figure_ids"],
            *row["incident_ids"],
        )
        if key not in self.shared.stories:
            self.shared.stories[key] = super()._row_story(row)
        return self.shared.stories[key]

    def quotes(self, fact_ids: Iterable[str]) -> dict[str, Any]:
        """Return the sentences of figures, and of incidents that count as such, by their ids."""
        content = self.content
        return super().quotes(fact_ids) if len(content.figures) or len(content.incidents) else {}

    @cached_property
    def _conflicts(self) -> list[dict[str, Any]]:
        content = self.content
        tables = (content.totals, content.groups, content.coarser, content.straddling)
        shown = {figure for table in tables for figures in table["figure_ids"] for figure in figures}
        return [row for row in self.shared.conflicts if shown.intersection(row["figure_ids"])]


@dataclass(frozen=True)
class Atlas:
    """The views of one country, and what their sentences are quoted from.

    Attributes
    ----------
    style
        The measure, level and window that it opens on, and how all are drawn.
    views
        What each measure, level and window (`steps.window_id`, or `ALL`) shows, but for the incidents. The
        level `country` tells of the country itself. A window without facts is not in it: see `blanks`.
    blanks
        What a measure and level show in a window without facts.
    grounds
        The levels that can be drawn, each with all incidents of the country.
    tracks
        The steps of the time slider.
    figures, incidents
        The store's tables.
    """

    style: MapStyle
    views: Mapping[Key, Scene]
    blanks: Mapping[tuple[str, LayerLevel], Scene]
    grounds: Mapping[LayerLevel, Scene]
    tracks: tuple[Track, ...]
    figures: pd.DataFrame
    incidents: pd.DataFrame
    built_on: dt.date | None = None

    @classmethod
    def of_scene(cls, scene: Scene, built_on: dt.date | None = None) -> Atlas:
        """Return an atlas of one view."""
        style, content = scene.style, scene.content
        key: Key = (style.measure, style.level, ALL)
        return cls(
            style, {key: scene}, {}, {style.level: scene}, (), content.figures, content.incidents, built_on
        )

    @property
    def opening(self) -> Scene:
        """The view that the file opens on."""
        return self.views[self.style.measure, self.style.level, ALL]

    @property
    def measures(self) -> list[str]:
        """The measures, in the order in which they are told everywhere."""
        known = {measure for measure, _, _ in self.views}
        return [*filter(known.__contains__, words.MEASURES)]

    @cached_property
    def windows(self) -> dict[str, Window]:
        """Every window that can be chosen, by its name in addresses."""
        steps = {window_id(window): window for track in self.tracks for window in track.windows()}
        return {ALL: Window(self.style.start, self.style.end)} | steps

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every figure and incident that some view rests on or lists."""
        found: set[str] = set()
        for view in self.views.values():
            content = view.content
            for table in (content.totals, content.groups, content.coarser, content.straddling):
                for name in ("figure_ids", "incident_ids"):
                    found.update(*table[name])
        return frozenset(found)

    def without(self, track_count: int, *, spans: bool) -> Atlas:
        """Return an atlas of fewer windows: so many tracks, with or without rows of steps."""
        kept = tuple(replace(one, spans=one.spans and spans) for one in self.tracks[:track_count])
        smaller = replace(self, tracks=kept)
        known = smaller.windows
        return replace(smaller, views={key: view for key, view in self.views.items() if key[2] in known})


@dataclass(frozen=True)
class Country:
    """What is known of one country, asked for an atlas.

    `grounds` are the levels that can be drawn, the one that the style names first.
    """

    figures: pd.DataFrame
    incidents: pd.DataFrame
    gazetteer: PlaceIndex
    grounds: Mapping[LayerLevel, Ground]
    style: MapStyle
    ledger: Ledger | None = None
    built_on: dt.date | None = None
    _sketches: dict[LayerLevel, gpd.GeoDataFrame] = field(default_factory=dict)

    def atlas(self) -> Atlas:
        """Return every view of the country.

        Raises
        ------
        UsageError
            If the measure or the language of numbers is not known, the window ends before it starts, or the
            style's confidence is not from 0 to 1.
        """
        gathering.check(self.style)
        steps = tracks(self._days_told(), self._asked)
        levels = dict.fromkeys((*self.grounds, _COUNTRY))
        views: dict[Key, Scene] = {}
        blanks: dict[tuple[str, LayerLevel], Scene] = {}
        for measure in self._measures():
            for level in levels:
                made = dict(self._views(measure, level, steps))
                blanks[measure, level] = made.pop("")
                views |= {(measure, level, window): view for window, view in made.items()}
        drawn = {level: self._ground(level) for level in self.grounds}
        return Atlas(self.style, views, blanks, drawn, steps, *self._counted, self.built_on)

    @cached_property
    def _counted(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The figures and incidents that count: all, or those that people judged."""
        if not self.style.judged:
            return self.figures, self.incidents
        figures, incidents = (one.drop(index=unjudged(one).index) for one in (self.figures, self.incidents))
        return figures, incidents

    @cached_property
    def _asked(self) -> Window:
        return Window.of(self.style.start, self.style.end)

    @cached_property
    def _book(self) -> Ledger:
        least = self.style.min_confidence
        return self.ledger or Ledger(
            self._counted[0], self.gazetteer, incidents=self._counted[1], min_confidence=least
        )

    @cached_property
    def _places(self) -> LabelledPlaces:
        return LabelledPlaces(self.gazetteer, self.style.locale)

    @cached_property
    def _labelled_nesting(self) -> Nesting:
        return Nesting(self._places)

    def _is_here(self, place_ids: Iterable[str]) -> bool:
        return any(self._book.nesting.place(one).adm0 == self.style.adm0 for one in place_ids)

    @cached_property
    def _events(self) -> pd.DataFrame:
        """All incidents of the country, one row an explosion."""
        table = event_table(self._book.events(), self._book.nesting)
        here = [self._is_here(place_ids) for place_ids in table["place_ids"]]
        return table[pd.Series(here, index=table.index, dtype="bool")].reset_index(drop=True)

    @cached_property
    def _told(self) -> dict[str, list[tuple[dt.date | None, dt.date | None]]]:
        """The days of each fact of the country, by measure: a level has one."""
        found = {
            measure: [
                (one.end if measure in STOCK_MEASURES else one.start, one.end)
                for one in self._book.standing(measure)
                if self._is_here(one.place_ids)
            ]
            for measure in words.MEASURES
            if measure != INCIDENTS
        }
        return found | {INCIDENTS: [days_of(date) for date in self._events["date"]]}

    def _days_told(self) -> Iterator[tuple[dt.date | None, dt.date | None]]:
        return (days for told in self._told.values() for days in told)

    def _measures(self) -> list[str]:
        """Return the measures of which something is told in the days asked for, and the one asked for."""
        asked = self._asked
        known = {
            measure
            for measure, told in self._told.items()
            if any(asked.misfit(*days) != "outside" for days in told)
        }
        return [measure for measure in words.MEASURES if measure in known | {self.style.measure}]

    def _style(self, measure: str, level: LayerLevel, window: Window) -> MapStyle:
        """Return how one view is drawn; breaks, unit and ramp asked for are the opening measure's own."""
        style = replace(self.style, measure=measure, level=level, start=window.start, end=window.end)
        if measure == self.style.measure:
            return style
        scheme = "quantile" if style.scheme == "manual" else style.scheme
        unit = style.unit if unit_of(measure) == "m2" else None
        return replace(style, scheme=scheme, breaks=(), unit=unit, ramp=None, title=None)

    def _views(
        self, measure: str, level: LayerLevel, steps: tuple[Track, ...]
    ) -> Iterator[tuple[str, Scene]]:
        """Yield the views of one measure and level by window, and under an empty name the blank one."""
        base = self._content(measure, level)
        ground = marks.Ground(base.polygons, self._labelled_nesting)
        shared = _Shared(self._places, self._labelled_nesting, self._conflicts(measure), ground)

        def sheet(window: Window) -> Sheet:
            content = self._filled(base, measure, level, window)
            return Sheet(content, self._style(measure, level, window), shared)

        yield "", sheet(_NEVER)
        yield ALL, sheet(self._asked)
        done: set[str] = set()
        for track in steps:
            asked = {window_id(one): one for one in track.windows() if window_id(one) not in done}
            told = {name: sheet(one) for name, one in asked.items() if self._tells(measure, one)}
            single = {name: view for name, view in told.items() if asked[name] in track.steps}
            yield from (told | _comparable(single)).items()
            done |= asked.keys()

    def _tells(self, measure: str, window: Window) -> bool:
        dated = (days for days in self._told.get(measure, ()) if any(days))
        return any(window.misfit(*days) != "outside" for days in dated)

    def _conflicts(self, measure: str) -> list[dict[str, Any]]:
        return records(newest_first(self._book.observations(measure).conflict_table))

    def _sketch(self, level: LayerLevel) -> gpd.GeoDataFrame:
        """Return the units with outlines that cost little: what is drawn comes from the ground."""
        if level == "country":
            first = next(iter(self.grounds.values())).polygons
            name = self._places.place(self.style.adm0).name
            whole = {"name": [name], "approximate": [False], "area_km2": [first["area_km2"].sum()]}
            frame = [shapely.box(*first.total_bounds)]
            index = pd.Index([self.style.adm0], name="place_id")
            return gpd.GeoDataFrame(whole, geometry=frame, crs=first.crs, index=index)
        if level not in self._sketches:
            units = self.grounds[level].polygons
            light = units.set_geometry(shapely.simplify(units.geometry.to_numpy(), _SKETCH))
            self._sketches[level] = gathering.labelled_units(light, self._places)
        return self._sketches[level]

    def _content(self, measure: str, level: LayerLevel) -> MapContent:
        """Return what all views of a measure and level share; no incidents, no sentences."""
        style = self._style(measure, level, self._asked)
        empty = typed((), LISTED_COLUMNS)
        chosen = self.figures[self.figures["measure"] == measure]
        nesting = self._book.nesting
        with speaking(style.locale):
            warnings = tuple(gathering.warned(chosen, self.incidents, nesting))
            left_out = gathering.doubted(chosen, self.incidents, nesting, style)
        return MapContent(
            polygons=self._sketch(level),
            totals=empty,
            groups=empty,
            coarser=empty,
            straddling=empty,
            conflicts=empty,
            figures=self.figures.iloc[:0],
            incidents=self.incidents.iloc[:0],
            events=self._events.iloc[:0],
            places=self._places,
            boundary_note=self.grounds[level].note if level in self.grounds else "",
            warnings=warnings,
            left_out=left_out,
        )

    def _filled(self, base: MapContent, measure: str, level: LayerLevel, window: Window) -> MapContent:
        """Return what is known of a measure in a window."""
        adm0 = self.style.adm0
        if measure == INCIDENTS:
            asked: dict[str, Any] = {"level": level, "adm0": adm0, "start": window.start, "end": window.end}
            counted = events_by_place(self._events, self.gazetteer, **asked).table
            return replace(base, totals=gathering.incident_totals(counted), used=typed((), USED_COLUMNS))
        split = (
            gathering.splitting(self.style, self.grounds[level].polygons) if level in self.grounds else None
        )
        found = totals(
            self._book,
            measure=cast("Measure", measure),
            level=level,
            adm0=adm0,
            start=window.start,
            end=window.end,
            split=split,
            explained=False,
        )
        return replace(
            base, totals=found.table, groups=found.groups, coarser=found.coarser, straddling=found.straddling
        )

    def _ground(self, level: LayerLevel) -> Scene:
        """Return the units of a level as they are drawn, with all incidents of the country."""
        events = self._events
        inside = [self._asked.misfit(*days_of(date)) is None for date in events["date"]]
        base = self._content(INCIDENTS, level)
        content = replace(
            base,
            polygons=gathering.labelled_units(self.grounds[level].polygons, self._places),
            incidents=self._counted[1],
            events=events[pd.Series(inside, index=events.index, dtype="bool")],
        )
        filled = self._filled(content, INCIDENTS, level, self._asked)
        drawn = marks.Ground(filled.polygons, self._labelled_nesting)
        shared = _Shared(self._places, self._labelled_nesting, [], drawn)
        return Sheet(filled, self._style(INCIDENTS, level, self._asked), shared)


def _comparable(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Return views with one scale and one set of classes for all: else a colour would change its meaning."""
    if not sheets:
        return {}
    first = next(iter(sheets.values()))
    values = pd.concat([one.content.totals["value"] for one in sheets.values()])
    scale = scale_of(unit_of(first.style.measure), values, first.style.locale, first.style.unit)
    alike = {name: replace(one, scale_in_common=scale) for name, one in sheets.items()}
    painted = [value for one in alike.values() for value in one.drawn[one.content.polygons.index]]
    style = first.style
    drawn_in = alike[next(iter(alike))].scale
    classes = classify(painted, drawn_in, style.ramp_name, style.scheme, style.classes, style.breaks)
    return {name: replace(one, classes_in_common=classes) for name, one in alike.items()}
