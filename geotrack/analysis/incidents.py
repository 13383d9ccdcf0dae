"""What each unit of a country has seen of incidents."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geotrack.analysis.events import EVENT_COLUMNS, event_table, merge_tellings
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.tables import records, typed
from geotrack.analysis.tellings import COUNTS, days_of, read_tellings
from geotrack.analysis.windows import Window
from geotrack.models import Level

INCIDENT_TOTAL_COLUMNS = {
    **dict.fromkeys(("n_incidents", *COUNTS), "float64"),
    **dict.fromkeys(("n_documents", "n_sources"), "int64"),
    **dict.fromkeys(("first", "last", "incident_ids"), "object"),
}
LISTED_COLUMNS = {**EVENT_COLUMNS, "reason": "object"}


@dataclass(frozen=True, slots=True)
class IncidentTotals:
    """Incidents of each unit, and those that could not be put into one.

    Attributes
    ----------
    table
        One row per unit, indexed by `place_id`; see `incidents_by_place`.
    coarser
        Events known only by country, region or several units: shown beside.
    straddling
        Events whose date is unknown or too coarse to lie inside the window.
    left_out
        `incident_id` and `reason` of every other incident of the country, and of those at a place that the
        gazetteer lacks.
    """

    table: pd.DataFrame
    coarser: pd.DataFrame
    straddling: pd.DataFrame
    left_out: pd.DataFrame


def incidents_by_place(  # noqa: PLR0913 - each is a word of the question that a total answers
    incidents: pd.DataFrame,
    gazetteer: PlaceIndex,
    *,
    level: Level,
    adm0: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    min_confidence: float = 0.0,
) -> IncidentTotals:
    """Return how many incidents each unit of a country saw within a window, and whom they harmed.

    Parameters
    ----------
    incidents
        The store's incidents table; it is not changed.
    gazetteer
        Answers `place`, `contains` and `units`.
    level, adm0
        Which units (`country`, `adm1`, `adm2`) of which country.
    start, end
        The window, both days inclusive; None is open.
    min_confidence
        From 0 to 1; incidents below it are left out before any are merged, but for those that a person
        accepted or corrected.

    Returns
    -------
    totals
        `table` has one row per unit, indexed by `place_id`: `n_incidents` (NaN where none is reported:
        no report is not the same as no explosion), `killed`, `injured`, `casualties` (sums of what is
        said, NaN where nobody says), `n_documents`, `n_sources`, `first`, `last` (ISO dates as told),
        `incident_ids`.

    Raises
    ------
    UsageError
        If the window ends before it starts, or `min_confidence` is not from 0 to 1.
    """
    nesting, window = Nesting(gazetteer), Window.of(start, end)
    tellings, left_out = read_tellings(incidents, nesting, min_confidence)
    here = [one for one in tellings if any(nesting.place(place).adm0 == adm0 for place in one.place_ids)]
    events = event_table(merge_tellings(here, nesting), nesting)
    return _sorted_by_unit(events, left_out, nesting, level, adm0, window)


def events_by_place(
    events: pd.DataFrame,
    gazetteer: PlaceIndex,
    *,
    level: Level,
    adm0: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> IncidentTotals:
    """Return what `incidents_by_place` does, of incidents that are merged already (`merge_incidents`).

    Raises
    ------
    UsageError
        If the window ends before it starts.
    """
    nesting, window = Nesting(gazetteer), Window.of(start, end)
    here = [any(nesting.place(one).adm0 == adm0 for one in places) for places in events["place_ids"]]
    chosen = events[pd.Series(here, index=events.index, dtype=bool)]
    return _sorted_by_unit(chosen, [], nesting, level, adm0, window)


def _sorted_by_unit(
    events: pd.DataFrame,
    left_out: list[tuple[str, str]],
    nesting: Nesting,
    level: Level,
    adm0: str,
    window: Window,
) -> IncidentTotals:
    units: dict[str, list[dict[str, Any]]] = defaultdict(list)
    coarser: list[dict[str, Any]] = []
    straddling: list[dict[str, Any]] = []
    for row in records(events):
        misfit = window.misfit(*days_of(row["date"]))
        unit_ids = {nesting.unit_at(place, level) for place in row["place_ids"]}
        unit_id = unit_ids.pop() if len(unit_ids) == 1 else None
        if misfit == "outside":
            left_out += [(incident, "outside the window") for incident in row["incident_ids"]]
        elif misfit:
            straddling.append({**row, "reason": misfit})
        elif unit_id is None or nesting.place(unit_id).adm0 != adm0:
            coarser.append({**row, "reason": f"not known to one {nesting.level_name(adm0, level)}"})
        else:
            units[unit_id].append(row)
    return IncidentTotals(
        table=_unit_table(units, nesting.unit_ids(adm0, level)),
        coarser=typed(coarser, LISTED_COLUMNS),
        straddling=typed(straddling, LISTED_COLUMNS),
        left_out=pd.DataFrame(sorted(left_out), columns=["incident_id", "reason"]),
    )


def _unit_table(units: Mapping[str, Sequence[Mapping[str, Any]]], unit_ids: Sequence[str]) -> pd.DataFrame:
    rows = [_unit_row(units.get(unit_id, ())) for unit_id in unit_ids]
    return typed(rows, INCIDENT_TOTAL_COLUMNS, unit_ids)


def _unit_row(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    dates = sorted(event["date"] for event in events if event["date"])
    said = {name: [event[name] for event in events if not pd.isna(event[name])] for name in COUNTS}
    return {
        "n_incidents": len(events) or math.nan,
        **{name: sum(counts) if counts else math.nan for name, counts in said.items()},
        "n_documents": len({document for event in events for document in event["document_ids"]}),
        "n_sources": len({source for event in events for source in event["sources"]}),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "incident_ids": sorted(incident for event in events for incident in event["incident_ids"]),
    }
