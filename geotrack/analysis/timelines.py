"""What is known of a place over time, as rows for a chart, and how many reports each month rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geotrack.analysis.agreement import bounds
from geotrack.analysis.events import EVENT_COLUMNS, merge_incidents
from geotrack.analysis.increments import runs
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.observations import OBSERVATION_COLUMNS, Observation
from geotrack.analysis.statements import as_date
from geotrack.analysis.tables import typed
from geotrack.models import Measure

BAND_COLUMNS = {
    **OBSERVATION_COLUMNS,
    "scope": "object",
    "n_documents": "int64",
    "n_sources": "int64",
    "in_conflict": "bool",
    "conflict": "object",
    "lost": "object",
    "low": "float64",
    "high": "float64",
    "run": "object",
}
COVERAGE_COLUMNS = {"month": "object", "n_documents": "int64"}
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is known of one place over time.

    Attributes
    ----------
    bands
        One row per observation (or per event, for incidents); see `timeline`, `incident_timeline`.
    coverage
        `month` (its first day) and `n_documents` published in it that say something of these bands, every
        month from the first to the last: a month without reports is 0, not left out.
    undated_documents
        How many more of these documents have no publication date.
    """

    bands: pd.DataFrame
    coverage: pd.DataFrame
    undated_documents: int


def timeline(
    figures: pd.DataFrame,
    gazetteer: PlaceIndex,
    *,
    place_id: str,
    measure: Measure,
    min_confidence: float = 0.0,
    ledger: Ledger | None = None,
) -> Timeline:
    """Return every observation of a measure that speaks of a place, as bands from start to end.

    Parameters
    ----------
    figures
        The store's figures table; it is not changed.
    gazetteer
        Answers `place`, `contains` and `units`.
    place_id, measure
        Of which place, and what.
    min_confidence
        From 0 to 1; figures below it are left out before any are merged, but for those that a person
        accepted or corrected.
    ledger
        The same figures reconciled, where they are already; it holds its own `min_confidence`.

    Returns
    -------
    timeline
        `bands` has the columns of an observation (`value`, `value_max` in `unit`, SI; `start`, `end`
        inclusive, None where unknown) and `scope`: `own` (the place itself), `inside` (places in it),
        `group` (it and others share one number), `wider` (a region or country around it); `in_conflict`
        marks values that another one contradicts, `conflict` is the observation preferred among these (empty
        without one), `lost` says why a value does not stand (empty where it does), `low` and `high` what it
        admits, its rounding included, `run` the first of the running totals that it can have grown from
        (empty for all else). Bands overlap freely: never add them up.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer; a figure of such a place is left out.
    UsageError
        If `min_confidence` is not from 0 to 1.
    """
    Nesting(gazetteer).place(place_id)
    chosen = figures[figures["measure"] == measure]
    ledger = ledger or Ledger(chosen, gazetteer, min_confidence=min_confidence)
    nesting, seen, lost = ledger.nesting, ledger.observations(measure), ledger.set_aside(measure)
    disputed = {one.id: conflict.preferred.id for conflict in seen.conflicts for one in conflict.observations}
    scopes = {one.id: scope for one in seen.items if (scope := _scope(one, place_id, nesting))}
    here = [one for one in seen.items if one.id in scopes]
    run_of = {one.id: run[0].id for run in runs(one for one in here if one.id not in lost) for one in run}
    rows = [
        {
            **one.row(),
            "scope": scopes[one.id],
            "n_documents": len(one.document_ids),
            "n_sources": len(one.sources),
            "in_conflict": one.id in disputed,
            "conflict": disputed.get(one.id, ""),
            "lost": lost.get(one.id, ""),
            **dict(zip(("low", "high"), bounds(one), strict=True)),
            "run": run_of.get(one.id, ""),
        }
        for one in here
    ]
    bands = typed(rows, BAND_COLUMNS)
    return Timeline(bands, *_coverage(chosen, bands["document_ids"]))


def _scope(observation: Observation, place_id: str, nesting: Nesting) -> str | None:
    """Return how an observation speaks of a place, None when it does not."""
    places, on = observation.place_ids, observation.end or observation.start
    if places == (place_id,):
        return "own"
    inside = [nesting.within(one, place_id, on) for one in places]
    if all(inside):
        return "inside"
    around = any(nesting.within(place_id, one, on) and one != place_id for one in places)
    return "group" if any(inside) else "wider" if around else None


def incident_timeline(
    incidents: pd.DataFrame,
    gazetteer: PlaceIndex,
    *,
    place_id: str,
    min_confidence: float = 0.0,
    events: pd.DataFrame | None = None,
) -> Timeline:
    """Return every incident in a place, as bands of one day, month or year.

    Parameters
    ----------
    incidents
        The store's incidents table; it is not changed.
    gazetteer
        Answers `place` and `contains`.
    place_id
        The place, with all places in it.
    min_confidence
        From 0 to 1; incidents below it are left out before any are merged, but for those that a person
        accepted or corrected.
    events
        What `merge_incidents` makes of them, where it has already.

    Returns
    -------
    timeline
        `bands` has the columns of `merge_incidents`.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer; an incident at such a place is left out.
    UsageError
        If `min_confidence` is not from 0 to 1.
    """
    nesting = Nesting(gazetteer)
    nesting.place(place_id)
    if events is None:
        events = merge_incidents(incidents, gazetteer, min_confidence=min_confidence)
    here = [all(nesting.within(one, place_id) for one in places) for places in events["place_ids"]]
    bands = events[pd.Series(here, index=events.index, dtype=bool)].reset_index(drop=True)[
        list(EVENT_COLUMNS)
    ]
    return Timeline(bands, *_coverage(incidents, bands["document_ids"]))


def _coverage(facts: pd.DataFrame, document_ids: Iterable[Sequence[str]]) -> tuple[pd.DataFrame, int]:
    """Count the documents of some facts by the month in which they were published."""
    known = {document_id for documents in document_ids for document_id in documents}
    published: Mapping[str, dt.date | None] = {
        str(document_id): as_date(day)
        for document_id, day in zip(facts["document_id"], facts["published"], strict=True)
        if document_id in known
    }
    months = [day.replace(day=1) for day in published.values() if day]
    rows = [{"month": month, "n_documents": months.count(month)} for month in _months(months)]
    return typed(rows, COVERAGE_COLUMNS), len(published) - len(months)


def _months(months: Sequence[dt.date]) -> Iterable[dt.date]:
    """Yield the first day of every month from the earliest to the latest."""
    if not months:
        return
    month, last = min(months), max(months)
    while month <= last:
        yield month
        month = dt.date(month.year + (month.month == DECEMBER), month.month % DECEMBER + 1, 1)
