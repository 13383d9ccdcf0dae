"""Gather what a map shows: totals by unit, what stands beside them, and incidents within the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, cast

import geopandas as gpd
import pandas as pd
from babel import Locale, UnknownLocaleError

from geotrack.analysis import Ledger, Split, merge_incidents, totals
from geotrack.analysis.confidence import check_confidence, less_sure, unjudged
from geotrack.analysis.incidents import events_by_place
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.tables import records, typed
from geotrack.analysis.tellings import days_of
from geotrack.analysis.totals import LISTED_COLUMNS, USED_COLUMNS
from geotrack.analysis.windows import Window
from geotrack.boundaries import LayerInfo
from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, retold, speaking
from geotrack.languages import no_translation as n_
from geotrack.maps import words
from geotrack.maps.content import MapContent, MapStyle
from geotrack.maps.labelled import LabelledPlaces
from geotrack.maps.words import MEASURES
from geotrack.models import Measure

INCIDENTS = "incidents"
# What the shipped layers say of themselves, in English, inside their files.
SHIPPED = (
    n_("Natural Earth 1:10m, generalised"),
    n_("Natural Earth 1:10m, mended with GeoNames settlements"),
    n_("Voronoi cells of GeoNames settlements"),
    n_("Natural Earth: public domain"),
)
NAMED = 5  # ids that a warning names
_ASKED = ("place_ids", "start", "end", "date")  # of a fact: where and when


def gather(  # noqa: PLR0913 - a map is made of as many things
    figures: pd.DataFrame,
    incidents: pd.DataFrame,
    gazetteer: PlaceIndex,
    polygons: gpd.GeoDataFrame,
    style: MapStyle,
    boundary_note: str = "",
    *,
    ledger: Ledger | None = None,
    events: pd.DataFrame | None = None,
) -> MapContent:
    """Return the content of a map from the store's tables.

    Parameters
    ----------
    figures, incidents
        The store's tables.
    gazetteer
        Answers `place`, `contains` and `units`.
    polygons
        The layer of `style.adm0` at `style.level` (`geotrack.boundaries.layer`).
    ledger, events
        The tables reconciled, and the incidents merged (`merge_incidents`), for the style's confidence,
        where that was done before, of judged facts alone where the style asks for them.

    Raises
    ------
    UsageError
        If the measure or the language of numbers is not known, the window ends before it starts, or the
        style's confidence is not from 0 to 1.
    """
    check(style)
    nesting = ledger.nesting if ledger else Nesting(gazetteer)
    chosen = figures[figures["measure"] == style.measure]
    with speaking(style.locale):
        left_out = doubted(chosen, incidents, nesting, style)
    if style.judged:
        figures, chosen, incidents = (
            table.drop(index=unjudged(table).index) for table in (figures, chosen, incidents)
        )
    if events is None:
        events = merge_incidents(incidents, gazetteer, min_confidence=style.min_confidence)
    question: dict[str, Any] = {
        "level": style.level,
        "adm0": style.adm0,
        "start": style.start,
        "end": style.end,
    }
    empty = typed((), LISTED_COLUMNS)
    book = ledger or Ledger(figures, gazetteer, incidents=incidents, min_confidence=style.min_confidence)
    conflicts = book.observations(style.measure).conflict_table
    if style.measure == INCIDENTS:
        counts = events_by_place(events, gazetteer, **question).table
        known, groups, coarser, straddling = incident_totals(counts), empty, empty, empty
        used = typed((), USED_COLUMNS)
    else:
        question["split"] = splitting(style, polygons)
        found = totals(book, measure=cast("Measure", style.measure), **question)
        known, groups, coarser, straddling = found.table, found.groups, found.coarser, found.straddling
        used = found.used
    labelled = LabelledPlaces(gazetteer, style.locale)
    with speaking(style.locale):
        warnings = tuple(warned(chosen, incidents, nesting))
    return MapContent(
        polygons=labelled_units(polygons, labelled),
        totals=known,
        used=used,
        groups=groups,
        coarser=coarser,
        straddling=straddling,
        conflicts=conflicts,
        figures=figures,
        incidents=incidents,
        events=_shown(events, nesting, style),
        places=labelled,
        boundary_note=boundary_note,
        warnings=warnings,
        left_out=left_out,
    )


def splitting(style: MapStyle, polygons: gpd.GeoDataFrame) -> Split | None:
    """Return how numbers for several units are shared out to them, None where they are not."""
    if style.split == "none":
        return None
    return Split(polygons["area_km2"].to_dict() if style.split == "area" else None)


def warned(figures: pd.DataFrame, incidents: pd.DataFrame, nesting: Nesting) -> Iterator[str]:
    """Say how many facts the map lacks because the packs no longer have their places."""
    told = [ids for table in (figures, incidents) for ids in table["place_ids"]]
    gone = {*nesting.unknown({place_id for ids in told for place_id in ids})}
    lost = [gone.intersection(ids) for ids in told if not gone.isdisjoint(ids)] if gone else []
    if lost:
        named = ", ".join(sorted({place_id for ids in lost for place_id in ids})[:NAMED])
        yield ngettext(
            "{n} fact names a place that no pack knows ({places}), left out. "
            "Read the reports again: geotrack ingest.",
            "{n} facts name places that no pack knows ({places}), left out. "
            "Read the reports again: geotrack ingest.",
            len(lost),
        ).format(n=number(len(lost)), places=named)


def labelled_units(polygons: gpd.GeoDataFrame, places: LabelledPlaces) -> gpd.GeoDataFrame:
    """Return polygons under their names in the map's language; unknown ones keep the name they have."""
    if places.language == "en":
        return polygons
    known = zip(polygons.index, polygons["name"], strict=True)
    names = [places.place(one).name if one in places else name for one, name in known]
    labelled: gpd.GeoDataFrame = polygons.assign(name=names)
    return labelled


def doubted(figures: pd.DataFrame, incidents: pd.DataFrame, nesting: Nesting, style: MapStyle) -> str:
    """Say how many facts of the country and window the map lacks for their confidence or review alone."""
    window = Window(style.start, style.end)

    def sieved(facts: pd.DataFrame) -> pd.DataFrame:
        return unjudged(facts) if style.judged else less_sure(facts, style.min_confidence)

    def count(facts: pd.DataFrame) -> int:
        return sum(
            any(nesting.place(place_id).adm0 == style.adm0 for place_id in row["place_ids"])
            for row in records(sieved(facts).filter([*_ASKED]))
            if not nesting.unknown(row["place_ids"]) and window.misfit(*_days(row)) != "outside"
        )

    if style.judged:
        return words.not_judged(count(figures), count(incidents))
    return words.left_out(count(figures), count(incidents), style.min_confidence)


def _days(row: Mapping[str, Any]) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day of a figure or an incident."""
    return (row["start"], row["end"]) if "start" in row else days_of(row["date"])


def check(style: MapStyle) -> None:
    """Refuse a measure or a language of numbers that nobody knows, and what is no confidence.

    Raises
    ------
    UsageError
        With what is known.
    """
    check_confidence(style.min_confidence)
    if style.measure not in MEASURES:
        raise UsageError(f"No measure {style.measure!r}. Measures: {', '.join(MEASURES)}.")
    try:
        Locale.parse(style.locale)
    except (UnknownLocaleError, ValueError) as error:
        raise UsageError(
            f"No language {style.locale!r} for numbers and dates. Try en, az, uk or ru."
        ) from error


def boundary_note(info: LayerInfo) -> str:
    """Say whose boundaries a map shows."""
    source = retold_parts(info.source).rstrip(".") if info.source else info.path.name
    if info.licence:
        source = f"{source} ({retold_parts(info.licence)})"
    if info.imported_on:
        imported = _("{source}, imported on {day}").format(source=source, day=info.imported_on)
        source = imported
    told = [_("Boundaries: {source}.").format(source=source)]
    if info.approximate:
        approximate = ngettext(
            "{n} of {all} outlines is approximate.",
            "{n} of {all} outlines are approximate.",
            info.approximate,
        )
        told.append(approximate.format(n=number(info.approximate), all=number(info.units)))
    return " ".join(told)


def retold_parts(text: str) -> str:
    """Return whose boundaries these are, or their licence, part by part."""
    return "; ".join(map(retold, text.split("; "))) if text else ""


def incident_totals(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts of incidents as totals: what is reported is a lower bound of what happened."""
    table = pd.DataFrame(index=counts.index)
    table["value"] = counts["n_incidents"]
    table["unit"] = "count"
    table["qualifier"] = ["at_least" if known else None for known in counts["n_incidents"].notna()]
    table["n_observations"] = counts["n_incidents"].fillna(0).astype("int64")
    table["n_documents"] = counts["n_documents"]
    table["as_of"] = counts["last"]
    for ids in ("figure_ids", "incident_ids"):
        table[ids] = [[] for _ in range(len(counts))]
    return table


def _shown(events: pd.DataFrame, nesting: Nesting, style: MapStyle) -> pd.DataFrame:
    """Return the incidents of the country that surely lie within the window."""
    window = Window(style.start, style.end)
    kept = [
        any(nesting.place(place_id).adm0 == style.adm0 for place_id in place_ids)
        and window.misfit(*days_of(date)) is None
        for place_ids, date in zip(events["place_ids"], events["date"], strict=True)
    ]
    return events[pd.Series(kept, index=events.index, dtype="bool")]
