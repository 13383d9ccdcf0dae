"""Reads that are kept between runs: each takes the edition of the store first, and forgets older ones.

What they return is shared by all sessions: nobody may change it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import cast

import geopandas as gpd
import pandas as pd
import streamlit as st

from geotrack import boundaries
from geotrack.analysis import (
    Timeline,
    Totals,
    incident_timeline,
    merge_incidents,
    timeline,
    totals_by_place,
)
from geotrack.analysis.nesting import Nesting
from geotrack.boundaries import LayerInfo, LayerLevel
from geotrack.boundaries.layers import find_layer
from geotrack.config import Settings
from geotrack.gazetteer import Gazetteer
from geotrack.maps import MapStyle, Scene, boundary_note, gather
from geotrack.maps.gathering import INCIDENTS
from geotrack.models import Level, Measure
from geotrack.store import Store

_EDITIONS = 2  # of the whole tables: two, so that a reader of the old one is not cut off by an ingest
_VIEWS = 64


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of one database: what was read from it stays true of it for good."""

    database: str
    revision: int


@dataclass(frozen=True, slots=True)
class Library:
    """The store, its present edition, and the settings that it was opened with."""

    settings: Settings
    store: Store
    edition: Edition


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(database: str) -> Store:
    return Store.open(database)


def open_library(settings: Settings) -> Library:
    """Open the store, once for all sessions, and see which edition it holds now.

    Raises
    ------
    StoreError
        If the database cannot be opened or read.
    """
    store = _store(settings.database)
    return Library(settings, store, Edition(settings.database, store.revision))


@st.cache_resource(show_spinner=False, max_entries=1)
def gazetteer() -> Gazetteer:
    """Return the shipped gazetteer."""
    return Gazetteer.load()


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def figures(edition: Edition) -> pd.DataFrame:
    """Return the store's figures (`geotrack.store.frames.FIGURE_COLUMNS`)."""
    return _store(edition.database).figures()


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def incidents(edition: Edition) -> pd.DataFrame:
    """Return the store's incidents (`geotrack.store.frames.INCIDENT_COLUMNS`)."""
    return _store(edition.database).incidents()


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def documents(edition: Edition) -> pd.DataFrame:
    """Return the store's documents (`geotrack.store.frames.DOCUMENT_COLUMNS`)."""
    return _store(edition.database).documents()


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def events(edition: Edition) -> pd.DataFrame:
    """Return one row an explosion, as `geotrack.analysis.merge_incidents` does."""
    return merge_incidents(incidents(edition), gazetteer())


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def facts_by_country(edition: Edition) -> dict[str, Counter[str]]:
    """Count the figures of each measure, and the incidents, that speak of places in each country."""
    return _counted(edition, ("country", "region", "adm1", "adm2", "settlement"))


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def local_facts_by_country(edition: Edition) -> dict[str, Counter[str]]:
    """Count those among them that speak of units or settlements, and so show on a map."""
    return _counted(edition, ("adm1", "adm2", "settlement"))


def _counted(edition: Edition, levels: tuple[Level, ...]) -> dict[str, Counter[str]]:
    nesting = Nesting(gazetteer())
    counts: dict[str, Counter[str]] = {}
    table = figures(edition)
    told = [*zip(table["measure"], table["place_ids"], strict=True)]
    told += [(INCIDENTS, place_ids) for place_ids in events(edition)["place_ids"]]
    for measure, place_ids in told:
        places = [nesting.place(place_id) for place_id in place_ids]
        for adm0 in {place.adm0 for place in places if place.level in levels}:
            counts.setdefault(adm0, Counter())[measure] += 1
    return counts


def layers(settings: Settings) -> dict[str, list[LayerLevel]]:
    """Return the levels that can be drawn, by country: those of units, not the country's outline."""
    found: dict[str, list[LayerLevel]] = {}
    for info in layer_infos(settings):
        if info.level != "country":
            found.setdefault(info.adm0, []).append(info.level)
    return found


@st.cache_data(show_spinner=False, ttl=dt.timedelta(seconds=30), max_entries=4)
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
def _note(key: LayerKey) -> str:
    return boundary_note(boundaries.about(key.settings, key.adm0, key.level))


@st.cache_resource(show_spinner="Adding up …", max_entries=_VIEWS)
def scene(edition: Edition, style: MapStyle, key: LayerKey) -> Scene:
    """Return a composed map."""
    content = gather(figures(edition), incidents(edition), gazetteer(), layer(key), style, _note(key))
    return Scene(content, style)


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def totals(edition: Edition, style: MapStyle) -> Totals:
    """Return the totals behind a map of figures, with what was left out of them and why."""
    return totals_by_place(
        figures(edition),
        gazetteer(),
        measure=cast("Measure", style.measure),
        level=cast("Level", style.level),
        adm0=style.adm0,
        start=style.start,
        end=style.end,
    )


@st.cache_resource(show_spinner=False, max_entries=_VIEWS)
def place_timeline(edition: Edition, place_id: str, measure: str) -> Timeline:
    """Return what is known of a place over time: of a measure, or of incidents."""
    if measure == INCIDENTS:
        return incident_timeline(incidents(edition), gazetteer(), place_id=place_id)
    return timeline(figures(edition), gazetteer(), place_id=place_id, measure=cast("Measure", measure))
