"""The whole way in one object: reports into a database, and answers, maps and files out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from geotrack.analysis import (
    Ledger,
    Observations,
    Split,
    Timeline,
    Total,
    incident_timeline,
    observations_of,
    timeline,
    total,
)
from geotrack.config import Settings, writing_settings
from geotrack.documents import Options
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Place, Reading, measure_named
from geotrack.store import IngestReport, Step, Store, ingest

if TYPE_CHECKING:
    import geopandas as gpd

    from geotrack.boundaries import LayerLevel
    from geotrack.export import ExportFormat
    from geotrack.maps import Atlas
    from geotrack.workers import Workers

INCIDENTS = "incidents"
_FRAME_PX = 620


class Tracker:
    """A database of reports with the places and boundaries; a context manager. Open it with `Tracker.open`.

    Places are given by id (`AZ-AGM`) or by name in any of the languages ("Aghdam", "Харківська область"),
    measures by name, days as `datetime.date`, both ends of a window inclusive. What was read, reconciled or
    drawn is kept until the database changes.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings, self.store = settings, store
        self._gazetteer: Gazetteer | None = None
        self._reader: Reader | None = None
        self._ledger: tuple[int, Ledger] | None = None

    @classmethod
    def open(cls, database: str | Path | None = None, *, read_only: bool = False) -> Tracker:
        """Open a SQLite file or a PostgreSQL address; without one, the database of the command line.

        Raises
        ------
        StoreError
            If the database cannot be opened, or is to be read only and is not there.
        UsageError
            If it is to be written, and `GEOTRACK_READ_ONLY=1` is set.
        """
        named = None if database is None else str(database)
        settings = Settings.read(named) if read_only else writing_settings(named)
        return cls(settings, Store.open(settings.database, read_only=read_only))

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def gazetteer(self) -> Gazetteer:
        """The places, loaded when they are first asked for."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.of(self.settings)
        return self._gazetteer

    def ingest(
        self,
        *paths: str | Path,
        options: Options | None = None,
        workers: Workers | None = None,
        on_progress: Callable[[Step], None] | None = None,
        restore: bool = False,
    ) -> IngestReport:
        """Read files, folders and web addresses into the database; see `geotrack.ingest`.

        `workers` read in place of this process: `LocalWorkers` or `ClusterWorkers`.
        """
        reader = workers or self._own_reader
        return ingest(self.store, reader, paths, options or Options(), on_progress, restore=restore)

    def read(self, document: Document | str) -> Reading:
        """Return what a document or text states, and store nothing."""
        return self._own_reader.read(Document(document) if isinstance(document, str) else document)

    def place(self, name: str) -> Place:
        """Return the place that an id or name means; of namesakes the widest unit.

        Raises
        ------
        UnknownPlaceError
            If no place has the name; those of a like name are suggested.
        UsageError
            If several units of one level have it.
        """
        return self.gazetteer.meant(name)

    def ledger(self, min_confidence: float = 0.0) -> Ledger:
        """Return all facts of the database reconciled, those less sure than `min_confidence` left out."""
        revision = self.store.revision
        if self._ledger is None or self._ledger[0] != revision:
            figures, incidents = self.store.figures(), self.store.incidents()
            self._ledger = revision, Ledger(figures, self.gazetteer, incidents=incidents)
        whole = self._ledger[1]
        return whole.sieved(min_confidence) if min_confidence else whole

    def total(  # noqa: PLR0913 - each is a word of the question
        self,
        measure: str,
        place: str,
        *,
        start: dt.date | None = None,
        end: dt.date | None = None,
        min_confidence: float = 0.0,
        prorate: bool = False,
        split: Split | None = None,
    ) -> Total:
        """Return what is known of a measure in a place and window; see `geotrack.total`."""
        return total(
            self.ledger(min_confidence),
            measure=measure_named(measure),
            place_id=self.place(place).id,
            start=start,
            end=end,
            prorate=prorate,
            split=split,
        )

    def observations(
        self,
        measure: str,
        place: str,
        *,
        start: dt.date | None = None,
        end: dt.date | None = None,
        min_confidence: float = 0.0,
    ) -> Observations:
        """Return what is stated of a measure in a place and window; see `geotrack.observations_of`."""
        place_id = self.place(place).id
        return observations_of(
            self.ledger(min_confidence),
            measure=measure_named(measure),
            place_id=place_id,
            start=start,
            end=end,
        )

    def timeline(self, measure: str, place: str, *, min_confidence: float = 0.0) -> Timeline:
        """Return a place's observations of a measure, or its `incidents`, over time; see `geotrack.timeline`.

        `geotrack.charts.timeline_chart` and `incident_chart` draw it.
        """
        place_id = self.place(place).id
        if measure == INCIDENTS:
            return incident_timeline(
                self.store.incidents(), self.gazetteer, place_id=place_id, min_confidence=min_confidence
            )
        return timeline(
            self.store.figures(),
            self.gazetteer,
            place_id=place_id,
            measure=measure_named(measure),
            ledger=self.ledger(min_confidence),
        )

    def choropleth(
        self,
        measure: str,
        country: str,
        *,
        level: LayerLevel = "adm1",
        start: dt.date | None = None,
        end: dt.date | None = None,
        min_confidence: float = 0.0,
    ) -> Choropleth:
        """Return a map of a measure, or of `incidents`, by the units of a country.

        `geotrack.maps.Country` takes a style with more to choose: classes, units, shares of land, language.

        Raises
        ------
        UsageError
            If there is no such measure or country, or the style makes no sense.
        BoundaryError
            If the country has no such level.
        """
        from geotrack.maps import Country, MapStyle
        from geotrack.maps.gathering import check
        from geotrack.maps.grounds import grounds

        asked = MapStyle(
            measure=measure,
            adm0=self.place(country).adm0,
            level=level,
            start=start,
            end=end,
            min_confidence=min_confidence,
        )
        check(asked)
        drawn = grounds(self.settings, asked)
        figures, incidents = self.store.figures(), self.store.incidents()
        return Choropleth(Country(figures, incidents, self.gazetteer, drawn, asked).atlas())

    def export(  # noqa: PLR0913 - each is a choice of the user
        self,
        folder: str | Path,
        file_format: ExportFormat = "geojson",
        *,
        country: str | None = None,
        measure: str | None = None,
        start: dt.date | None = None,
        end: dt.date | None = None,
        min_confidence: float = 0.0,
        hxl: bool = False,
        full_sentences: bool = False,
        built_on: dt.date | None = None,
    ) -> list[Path]:
        """Write figures, incidents and district totals into a folder, and return the files.

        `hxl` adds a row of HXL tags to each CSV, `full_sentences` keeps victims' names, ages and birth years,
        and `built_on` (today) is the date that metadata state; see `geotrack.export.export`.
        """
        from geotrack.export import ExportContent, ExportFilter, export
        from geotrack.export.layers import countries_told, districts_of

        adm0 = None if country is None else self.place(country).adm0
        asked = None if measure is None else measure_named(measure)
        chosen = ExportFilter(adm0, asked, start, end, min_confidence)
        figures, incidents = self.store.figures(), self.store.incidents()
        countries = {adm0} if adm0 else countries_told(self.gazetteer, figures, incidents)
        districts = districts_of(self.settings, countries)
        content = ExportContent(
            figures,
            incidents,
            self.gazetteer,
            districts,
            built_on or dt.datetime.now(dt.UTC).date(),
            chosen,
            not full_sentences,
            self.store.claims(),
        )
        return export(content, Path(folder), file_format, hxl=hxl)

    @property
    def _own_reader(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self.gazetteer)
        return self._reader


@dataclass(frozen=True)
class Choropleth:
    """A map by units: its numbers as a table, and the page that shows them, in a notebook too."""

    atlas: Atlas

    @property
    def table(self) -> gpd.GeoDataFrame:
        """One row a unit, indexed by `place_id`, in EPSG:4326: the boundary layer's columns and `value`.

        `value` is in the unit that the map shows, which is `table.attrs["unit"]`; NaN where nothing is known.
        """
        scene = self.atlas.opening
        found = scene.content.polygons.assign(value=scene.drawn.reindex(scene.content.polygons.index))
        found.attrs["unit"] = scene.unit_name
        return found

    def save(self, path: str | Path) -> Path:
        """Write the map as one HTML file that needs no network; see `geotrack.maps.save_map`."""
        from geotrack.maps import save_map

        return save_map(Path(path), self.atlas)

    def _repr_html_(self) -> str:
        from branca.element import IFrame

        from geotrack.maps.saving import page

        frame = IFrame(html=page(self.atlas), width="100%", height=f"{_FRAME_PX}px")
        return str(frame.render())
