"""Reads that are kept between runs: each takes the edition of the store first, and forgets older ones.

What they return is shared by all sessions: nobody may change it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import streamlit as st

from geotrack import boundaries
from geotrack.analysis import (
    Bins,
    Ledger,
    Outlook,
    Timeline,
    Totals,
    bins,
    incident_timeline,
    outlook,
    timeline,
    totals,
)
from geotrack.analysis.bins import By, View
from geotrack.analysis.confidence import less_sure, unjudged
from geotrack.analysis.events import event_table
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.statements import nowhere
from geotrack.app import keeping
from geotrack.boundaries import LayerInfo, LayerLevel
from geotrack.boundaries.layers import find_layer
from geotrack.config import Settings
from geotrack.export import ExportContent, ExportFilter
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.gazetteer.imported import imported_folder, stamps
from geotrack.languages import LANGUAGES, speaking, spoken
from geotrack.languages import gettext as _
from geotrack.maps import MapStyle, Scene, boundary_note, gather
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.labelled import LabelledPlaces
from geotrack.maps.words import MEASURES
from geotrack.models import Level, Measure
from geotrack.store import Store

_EDITIONS = 4  # whole and judged tables, two of each: a reader of old ones is not cut off by an ingest
_SIEVED = 8  # of what is made of them for one confidence asked for: each edition at four
_VIEWS = 64
_OPENINGS_TRIED = 6  # maps that are composed to find one worth opening on


# The shipped packs, what was imported beside them, and the state of that.
_Packs = tuple[Path, Path, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of one database: what was read from it stays true of it for good.

    Of a `judged` one only figures and incidents that a person has judged are read.
    """

    database: str
    revision: int
    read_only: bool = False
    judged: bool = False

    @property
    def whole(self) -> Edition:
        """The edition with all its facts."""
        return replace(self, judged=False)

    @property
    def store(self) -> Store:
        """The store, opened once for all sessions."""
        return _store(self.database, read_only=self.read_only)


@dataclass(frozen=True, slots=True)
class Library:
    """The store, its present edition, and the settings that it was opened with."""

    settings: Settings
    store: Store
    edition: Edition


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(database: str, *, read_only: bool = False) -> Store:
    return Store.open(database, read_only=read_only)


def open_library(settings: Settings) -> Library:
    """Open the store, once for all sessions, and see which edition it holds now.

    Raises
    ------
    StoreError
        If the database cannot be opened or read.
    """
    store = _store(settings.database, read_only=settings.read_only)
    return Library(settings, store, Edition(settings.database, store.revision, settings.read_only))


def gazetteer() -> Gazetteer:
    """Return the gazetteer with what was imported beside it by now."""
    return _gazetteer(_packs())


def _packs() -> _Packs:
    settings = Settings.read()
    return settings.data_folder / "gazetteer", imported_folder(settings), stamps(imported_folder(settings))


@st.cache_resource(show_spinner=False, max_entries=1)
def _gazetteer(packs: _Packs) -> Gazetteer:
    shipped, imported, _stamps = packs
    return Gazetteer.load(shipped, imported=imported)


def reader() -> Reader:
    """Return the reader of reports that are added."""
    return _reader(_packs())


@st.cache_resource(show_spinner=False, max_entries=1)
def _reader(packs: _Packs) -> Reader:
    return Reader(_gazetteer(packs))


def places() -> LabelledPlaces:
    """Return the gazetteer's places under their names in the language spoken."""
    return _labelled(_packs(), spoken())


@st.cache_resource(show_spinner=False, max_entries=len(LANGUAGES))
def _labelled(packs: _Packs, locale: str) -> LabelledPlaces:
    return LabelledPlaces(_gazetteer(packs), locale)


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def figures(edition: Edition) -> pd.DataFrame:
    """Return the store's figures (`geotrack.store.frames.FIGURE_COLUMNS`)."""
    return _judged(figures(edition.whole)) if edition.judged else keeping.facts(edition, "figure")


def _judged(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.drop(index=unjudged(facts).index)


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def incidents(edition: Edition) -> pd.DataFrame:
    """Return the store's incidents (`geotrack.store.frames.INCIDENT_COLUMNS`)."""
    return _judged(incidents(edition.whole)) if edition.judged else keeping.facts(edition, "incident")


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def mentions(edition: Edition) -> pd.DataFrame:
    """Return the store's mentions of places."""
    return edition.store.mentions()


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def claims(edition: Edition) -> pd.DataFrame:
    """Return the store's claims of the years ahead (`geotrack.store.frames.CLAIM_COLUMNS`)."""
    return edition.store.claims()


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def documents(edition: Edition) -> pd.DataFrame:
    """Return the store's documents (`geotrack.store.frames.DOCUMENT_COLUMNS`)."""
    return edition.store.documents()


def events(edition: Edition, min_confidence: float = 0.0) -> pd.DataFrame:
    """Return one row an explosion, as `geotrack.analysis.merge_incidents` does."""
    return _events(edition, min_confidence)


@st.cache_resource(show_spinner=False, max_entries=_SIEVED)
def _events(edition: Edition, min_confidence: float) -> pd.DataFrame:
    book = ledger(edition, min_confidence)
    return event_table(book.events(), book.nesting)


def ledger(edition: Edition, min_confidence: float = 0.0) -> Ledger:
    """Return the facts reconciled."""
    return _ledger(edition, min_confidence)


# An argument that is left out is no part of a cache's key: with a default, one ledger would be kept twice.
@st.cache_resource(show_spinner=False, max_entries=_SIEVED)
def _ledger(edition: Edition, min_confidence: float) -> Ledger:
    if min_confidence > 0:
        return ledger(edition).sieved(min_confidence)
    return keeping.ledger(edition, figures(edition), incidents(edition), gazetteer())


@st.cache_resource(show_spinner=False, max_entries=_SIEVED)
def less_sure_incidents(edition: Edition, min_confidence: float) -> pd.DataFrame:
    """Return the incidents that `events` lacks for their confidence alone."""
    nesting = Nesting(gazetteer())
    gone = less_sure(incidents(edition), min_confidence)
    placed = [nowhere(place_ids, nesting) is None for place_ids in gone["place_ids"]]
    return gone[pd.Series(placed, index=gone.index, dtype=bool)]


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def left_out_of_export(edition: Edition, chosen: ExportFilter) -> tuple[int, int]:
    """Count the figures and the incidents that an export lacks for their confidence alone."""
    today = dt.datetime.now(dt.UTC).date()
    content = ExportContent(figures(edition), incidents(edition), gazetteer(), (), today, chosen)
    left_out = content.left_out
    return left_out["figures"], left_out["incidents"]


def facts_by_country(edition: Edition, min_confidence: float = 0.0) -> dict[str, Counter[str]]:
    """Count the figures of each measure, and the incidents, that speak of places in each country."""
    return _facts_by_country(edition, min_confidence)


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def exported(edition: Edition, chosen: ExportFilter) -> tuple[int, int]:
    """Count the figures and the reports of incidents that an export would hold."""
    today = dt.datetime.now(dt.UTC).date()
    content = ExportContent(figures(edition), incidents(edition), gazetteer(), (), today, chosen)
    return len(content.chosen_figures()), len(content.chosen_incidents())


@st.cache_resource(show_spinner=False, max_entries=_SIEVED)
def _told(edition: Edition, min_confidence: float) -> Counter[tuple[str, tuple[str, ...]]]:
    """Count the figures of each measure, and the incidents, by all the places that they speak of."""
    table = figures(edition)
    table = table.drop(index=less_sure(table, min_confidence).index)
    counts = Counter(zip(table["measure"], map(tuple, table["place_ids"]), strict=True))
    counts.update((INCIDENTS, tuple(places)) for places in events(edition, min_confidence)["place_ids"])
    return counts


@st.cache_resource(show_spinner=False, max_entries=_SIEVED)
def _facts_by_country(edition: Edition, min_confidence: float) -> dict[str, Counter[str]]:
    nesting = Nesting(gazetteer())
    counts: dict[str, Counter[str]] = {}
    for (measure, place_ids), number in _told(edition, min_confidence).items():
        for adm0 in {nesting.place(place_id).adm0 for place_id in place_ids}:
            counts.setdefault(adm0, Counter())[measure] += number
    return counts


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def facts_by_place(edition: Edition) -> dict[str, Counter[str]]:
    """Count the figures of each measure, and the incidents, that speak of each country, unit and region.

    What is told of a village counts for the units that it lies in, and is no place of its own here.
    """
    nesting = Nesting(gazetteer())
    counts: dict[str, Counter[str]] = {}
    for (measure, place_ids), number in _told(edition, 0.0).items():
        spoken_of = {unit for place_id in place_ids for unit in nesting.chain(place_id)}
        for unit in spoken_of:
            if nesting.place(unit).level != "settlement":
                counts.setdefault(unit, Counter())[measure] += number
    return counts


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def _units_told(edition: Edition) -> dict[str, Counter[str]]:
    """Count the first-level units of each country of which facts of each measure speak one by one."""
    nesting = Nesting(gazetteer())
    units: dict[str, set[tuple[str, str]]] = {}
    for measure, place_ids in _told(edition, 0.0):
        place = nesting.place(place_ids[0]) if len(place_ids) == 1 else None
        if place is not None and place.adm1 is not None:
            units.setdefault(place.adm0, set()).add((measure, place.adm1))
    return {adm0: Counter(measure for measure, _ in pairs) for adm0, pairs in units.items()}


def opening(edition: Edition, settings: Settings, adm0: str | None = None) -> tuple[str, str]:
    """Return the country and the measure that a map opens on: a pair that paints the most units.

    Facts are counted first, for that is quick; then the map is asked, for a total may come of none.
    Of measures that speak of as many units, incidents come last, for they have a page of their own.
    """
    return _opening(edition, settings, adm0)


@st.cache_resource(show_spinner=False, max_entries=8)
def _opening(edition: Edition, settings: Settings, adm0: str | None) -> tuple[str, str]:
    drawn, told = layers(settings), _units_told(edition)
    pairs = [(one, measure) for one in drawn for measure in MEASURES if adm0 in {None, one}]
    known = {pair: told.get(pair[0], Counter())[pair[1]] for pair in pairs}
    ranked = sorted(pairs, key=lambda pair: (-known[pair], pair[1] == INCIDENTS))
    tried = [pair for pair in ranked if known[pair]][:_OPENINGS_TRIED]
    best, most = (tried or _most_told(edition, pairs))[0], 0
    for pair in tried:
        if most >= known[pair]:
            break  # no later one speaks of as many
        painted = _painted(edition, settings, *pair)
        best, most = (pair, painted) if painted > most else (best, most)
    return best


def _most_told(edition: Edition, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pair most spoken of, in figures for wider areas, too."""
    counts = facts_by_country(edition)
    return [max(pairs, key=lambda pair: counts.get(pair[0], Counter())[pair[1]])]


def _painted(edition: Edition, settings: Settings, adm0: str, measure: str) -> int:
    """Count the units that a map would paint."""
    level = layers(settings)[adm0][0]
    style = MapStyle(measure, adm0, level, redacted=False)
    shown = composed(edition, style, layer_key(settings, adm0, level))
    return int((shown.drawn > 0).sum())


def layers(settings: Settings) -> dict[str, list[LayerLevel]]:
    """Return the levels that can be drawn, by country: those of units, not the country's outline."""
    found: dict[str, list[LayerLevel]] = {}
    for info in layer_infos(settings):
        if info.level != "country":
            found.setdefault(info.adm0, []).append(info.level)
    return found


def units_word(adm0: str, level: LayerLevel) -> str:
    """Return what a country calls its units of a level: districts, oblasts, raions."""
    return _("whole country") if level == "country" else places().level_name(adm0, level, plural=True)


@st.cache_resource(show_spinner=False, ttl=dt.timedelta(seconds=30), max_entries=4)
def layer_infos(settings: Settings) -> list[LayerInfo]:
    """Return whose boundaries there are; looked at again after half a minute, for a user may import."""
    return boundaries.list_layers(settings)


@dataclass(frozen=True, slots=True)
class LayerKey:
    """One file of boundaries at one state, and the level in it."""

    settings: Settings
    adm0: str
    level: LayerLevel
    changed_ns: int


def layer_key(settings: Settings, adm0: str, level: LayerLevel) -> LayerKey:
    """Return what identifies the polygons of a country at a level as they are now."""
    return LayerKey(settings, adm0, level, find_layer(settings, adm0, level).stat().st_mtime_ns)


@st.cache_resource(show_spinner=False, max_entries=8)
def layer(key: LayerKey) -> gpd.GeoDataFrame:
    """Return polygons of units, as `geotrack.boundaries.layer` does."""
    return boundaries.layer(key.settings, key.adm0, key.level)


@st.cache_resource(show_spinner=False, max_entries=8)
def _note(key: LayerKey, locale: str) -> str:
    """Say whose boundaries these are, in the language spoken."""
    del locale  # it is part of the key alone
    return boundary_note(boundaries.about(key.settings, key.adm0, key.level))


def scene(edition: Edition, style: MapStyle, key: LayerKey) -> Scene:
    """Return a composed map, and say on the page what it is waited for."""
    with st.spinner(_("Adding up …")):
        return composed(edition, style, key)


def composed(edition: Edition, style: MapStyle, key: LayerKey) -> Scene:
    """Return a composed map."""
    with speaking(style.locale):
        return _scene(edition, style, key)


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def _scene(edition: Edition, style: MapStyle, key: LayerKey) -> Scene:
    book = ledger(edition, style.min_confidence)
    facts, told = figures(edition.whole), incidents(edition.whole)
    merged = events(edition, style.min_confidence)
    note = _note(key, style.locale)
    made = Scene(gather(facts, told, gazetteer(), layer(key), style, note, ledger=book, events=merged), style)
    return replace(made, standing=_marks(edition, style.of_incidents, key, made))


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def _marks(edition: Edition, style: MapStyle, key: LayerKey, _made: Scene) -> dict[str, Any]:
    del edition, style, key  # they are the cache's key alone
    return _made.marks


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def known_totals(edition: Edition, style: MapStyle) -> Totals:
    """Return the totals behind a map of figures, with what was left out of them and why."""
    return totals(
        ledger(edition, style.min_confidence),
        measure=cast("Measure", style.measure),
        level=cast("Level", style.level),
        adm0=style.adm0,
        start=style.start,
        end=style.end,
    )


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def place_timeline(edition: Edition, place_id: str, measure: str, min_confidence: float) -> Timeline:
    """Return what is known of a place over time: of a measure, or of incidents."""
    asked: dict[str, Any] = {"place_id": place_id, "min_confidence": min_confidence}
    if measure == INCIDENTS:
        merged = events(edition, min_confidence)
        return incident_timeline(incidents(edition), gazetteer(), events=merged, **asked)
    book, named = ledger(edition, min_confidence), cast("Measure", measure)
    return timeline(figures(edition), gazetteer(), measure=named, ledger=book, **asked)


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def place_outlook(edition: Edition, place_id: str, min_confidence: float) -> Outlook:
    """Return the years that what remains would last in a place, and what reports claim of them."""
    return outlook(ledger(edition, min_confidence), place_id=place_id, claims=claims(edition))


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def bins_of(  # noqa: PLR0913, PLR0917 - each is a word of the question
    edition: Edition,
    place_id: str,
    measure: str,
    by: By,
    view: View,
    window: tuple[dt.date | None, dt.date | None],
    min_confidence: float,
) -> Bins:
    """Return what is known of a measure in a place by month, quarter or year, within some days."""
    return bins(
        ledger(edition, min_confidence),
        measure=cast("Measure", measure),
        place_id=place_id,
        by=by,
        view=view,
        start=window[0],
        end=window[1],
    )
