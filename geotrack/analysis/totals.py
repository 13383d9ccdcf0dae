"""What is known of a measure in each unit of a country within a window: nothing counted twice."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geotrack.analysis import flows, stocks
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.measures import STOCK_MEASURES, unit_of, with_parts
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.observations import OBSERVATION_COLUMNS, Observation
from geotrack.analysis.placement import sort_by_unit
from geotrack.analysis.shares import Split
from geotrack.analysis.summaries import Sum
from geotrack.analysis.tables import typed
from geotrack.analysis.windows import Window
from geotrack.models import Level, Measure

TOTAL_COLUMNS = {
    "value": "float64",
    "unit": "object",
    "qualifier": "object",
    "lower": "float64",
    "gap": "float64",
    "finer_only": "bool",
    "n_observations": "int64",
    "n_documents": "int64",
    "n_sources": "int64",
    "as_of": "object",
    "start": "object",
    "end": "object",
    "figure_ids": "object",
    "incident_ids": "object",
}
USED_COLUMNS = OBSERVATION_COLUMNS | {"unit_id": "object"}
LISTED_COLUMNS = OBSERVATION_COLUMNS | dict.fromkeys(("unit_ids", "reason"), "object")


@dataclass(frozen=True, slots=True)
class Totals:
    """What is known of one measure in each unit, and everything that could not be put into a unit.

    Attributes
    ----------
    table
        One row per unit of the level, indexed by `place_id`; see `totals_by_place`.
    groups
        Observations over several of the units: never split, shown beside.
    coarser
        Observations of a country, a region or a wider unit: shown beside, never split.
    straddling
        Observations whose period crosses the window's edge, or is not known well enough to tell.
    left_out
        `figure_id` and `reason` of every figure of the measure and country that counts nowhere above, and
        of every figure of a place that the gazetteer lacks.
    used
        The observations that a unit's value rests on, those that follow from others (`derived`) among them:
        the columns of `Observations.table` and `unit_id`.
    """

    table: pd.DataFrame
    groups: pd.DataFrame
    coarser: pd.DataFrame
    straddling: pd.DataFrame
    left_out: pd.DataFrame
    used: pd.DataFrame


def totals_by_place(  # noqa: PLR0913 - each is a word of the question that a total answers
    figures: pd.DataFrame,
    gazetteer: PlaceIndex,
    *,
    measure: Measure,
    level: Level,
    adm0: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    incidents: pd.DataFrame | None = None,
    min_confidence: float = 0.0,
) -> Totals:
    """Return what is known of a measure in every unit of a country within a window.

    Parameters
    ----------
    figures
        The store's figures table; it is not changed.
    gazetteer
        Answers `place`, `contains` and `units`.
    measure, level, adm0
        What, for which units (`country`, `adm1`, `adm2`), of which country.
    start, end
        The window, both days inclusive; None is open.
    incidents
        The store's incidents table, if those whom incidents harmed are to count as well.
    min_confidence
        From 0 to 1; figures below it are left out before any are merged, but for those that a person
        accepted or corrected.

    Returns
    -------
    totals
        `table` has one row per unit, indexed by `place_id`: `value` (in `unit`, SI; NaN where nothing is
        known, 0 only where a document says so), `qualifier` (`exact` only when exact observations of the
        unit itself tile the window and no report contradicts them, `approx` when one of them is, else
        `at_least`; None without a value),
        `lower` (what the values that are not approximate support), `gap` (0 where the choice is exact,
        else by how much a better choice might raise `value`), `finer_only` (nothing
        told of the unit itself is in it, but of places inside alone), `n_observations`, `n_documents`,
        `n_sources`, `as_of` (the last day that an observation speaks of), `start`, `end` (the days they
        span), `figure_ids`.

    Notes
    -----
    For flows the observations of a unit and of the places in it are chosen so that no two share a day
    and a place and their sum is the greatest (`schedule.heaviest_disjoint`): exact where places nest;
    an observation over several places inside one unit blocks the whole unit, and `gap` says what
    that may cost. An unknown period counts only for all time and where nothing else is known.
    Beside what is stated stands what follows from it: what running totals of one series grew by
    (`increments`), wholes of parts told for the same places and days (`parts`), and those whom incidents
    harmed (`tolls`). A whole and its parts are never both counted, nor a total and its growth.
    Stocks (`STOCK_MEASURES`) are the latest of each place, never a sum over time; see `stocks`.

    Cost: near linear in figures for merging; n log n a unit where nothing lies inside it, else n² gaps.

    Raises
    ------
    UsageError
        If the window ends before it starts, or `min_confidence` is not from 0 to 1.
    """
    chosen = figures[figures["measure"].isin(with_parts(measure))]
    ledger = Ledger(chosen, gazetteer, incidents=incidents, min_confidence=min_confidence)
    return totals(ledger, measure=measure, level=level, adm0=adm0, start=start, end=end)


def added(measure: str, unit_id: str, inside: Sequence[Observation], nesting: Nesting, window: Window) -> Sum:
    """Return what the observations inside a unit come to: a level of a stock, else a sum."""
    if measure in STOCK_MEASURES:
        return stocks.latest_level(unit_id, inside, nesting)
    return flows.flow_total(unit_id, inside, nesting, window)


def totals(  # noqa: PLR0913 - each is a word of the question that a total answers
    ledger: Ledger,
    *,
    measure: Measure,
    level: Level,
    adm0: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    split: Split | None = None,
    explained: bool = True,
) -> Totals:
    """Return what a ledger knows of a measure in every unit of a country; see `totals_by_place`.

    With `split` the number of a group of units or of a named region is shared out to its units as well: what
    comes of it is approximate, its observations say `split`, and the group stays listed. Not `explained`, it
    does not say what was left out and what each total rests on, and takes two thirds of the time.

    Raises
    ------
    UsageError
        If the window ends before it starts.
    """
    scope = ledger.units_of(adm0, level)
    window = Window.of(start, end)
    parted = sort_by_unit(ledger.known(measure), window, scope, split=split)
    rows, used = {}, []
    for unit_id, inside in sorted(parted.units.items()):
        found = added(measure, unit_id, inside, ledger.nesting, window)
        rows[unit_id] = found.row
        if explained:
            used += [{**one.row(), "unit_id": unit_id} for one in found.chosen]
            parted.left_out += found.unused
    refused = ledger.observations(measure).left_out.itertuples(index=False, name=None) if explained else ()
    gone = [*refused, *parted.left_out] if explained else []
    return Totals(
        table=_table(rows, ledger.nesting.unit_ids(adm0, level), measure),
        groups=_listed(parted.groups),
        coarser=_listed(parted.coarser),
        straddling=_listed(parted.straddling),
        left_out=pd.DataFrame(sorted(gone), columns=["figure_id", "reason"]),
        used=typed(used, USED_COLUMNS),
    )


def _table(rows: Mapping[str, Mapping[str, Any]], unit_ids: Iterable[str], measure: str) -> pd.DataFrame:
    unit = unit_of(measure)
    empty = {
        **dict.fromkeys(TOTAL_COLUMNS),
        **dict.fromkeys(("n_observations", "n_documents", "n_sources"), 0),
        "value": math.nan,
        "lower": math.nan,
        "gap": 0.0,
        "finer_only": False,
    }
    ids = list(unit_ids)
    filled = [
        {**empty, "figure_ids": [], "incident_ids": [], **rows.get(unit_id, {}), "unit": unit}
        for unit_id in ids
    ]
    return typed(filled, TOTAL_COLUMNS, ids)


def _listed(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    def order(row: Mapping[str, Any]) -> tuple[dt.date, dt.date, str]:
        return row["start"] or dt.date.min, row["end"] or dt.date.max, str(row["observation_id"])

    return typed(sorted(rows, key=order), LISTED_COLUMNS)
