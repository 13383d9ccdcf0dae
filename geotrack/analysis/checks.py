"""What does not fit: named warnings on observations, never corrections; and where sources disagree most."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geotrack.analysis.components import unequal_parts
from geotrack.analysis.discrepancies import WARNING_COLUMNS, Discrepancy, order
from geotrack.analysis.inclusion import overfull
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.measures import with_parts
from geotrack.analysis.observations import CONFLICT_COLUMNS, Conflict
from geotrack.analysis.running import falls, scope_changes
from geotrack.analysis.slips import slipped_in_conflict, slipped_in_series
from geotrack.analysis.tables import typed
from geotrack.analysis.tolls import INCIDENTS
from geotrack.models import Measure

RANKED_COLUMNS = {**CONFLICT_COLUMNS, "spread": "float64", "sides": "object"}


def warnings(ledger: Ledger, *measures: Measure) -> pd.DataFrame:
    """Return what does not fit among the observations of some measures, of all without any.

    A warning never changes a value: it names the observations that cannot all be right, and says by how much.
    Qualifiers and roundings count: "over 5,000" contradicts no greater number, "134,000" is 133,500 to
    134,500, "about 300" is 270 to 330.

    Parameters
    ----------
    ledger
        The reconciled facts.
    measures
        Of which measures. A whole (`MEASURE_PARTS`) is compared with its parts, which it brings along.

    Returns
    -------
    warnings
        One row per warning, by name, measure and day. `name` is one of

        - `component`: parts exceed their whole or do not come to it (killed + injured = casualties, AP + AT
          = mines) for the same places, days and actor;
        - `monotonic`: a running total is less than an earlier one of its series;
        - `inside`: an observation, or several that share no day and place, exceed one whose days and places
          contain theirs (a week, its month, its year, a running total; a district, its country); those whom
          incidents harmed are held against the figures as well;
        - `unit_slip`: 10, 100, 1000 or (areas) 2.471 times what the other side of a conflict or the
          neighbours of a series say;
        - `scope`: one source's series speaks of other places or operators from a day on.

        `observation_ids` (the one that the warning is on first), `figure_ids`, `incident_ids`,
        `document_ids`, `sources`, `place_ids`, `start`, `end` are those of all that is named; `low`, `high`
        the two numbers that disagree, in `unit` (SI); `text` the sentence.

    Notes
    -----
    Each check compares only what shares a key or lies next in order (see `components`, `running`, `slips`):
    n log n in observations. `inside` is n log n for each first day and place that contains an observation
    (its month's, its year's, those of running totals; district and country), never for each pair.
    """
    asked = measures or ledger.measures
    found = [one for measure in dict.fromkeys(asked) for one in _found(ledger, measure)]
    return typed([one.row() for one in sorted(found, key=order)], WARNING_COLUMNS)


def _found(ledger: Ledger, measure: str) -> list[Discrepancy]:
    nesting, seen = ledger.nesting, ledger.observations(measure)
    known = {one: ledger.observations(one).items for one in with_parts(measure)}
    incidents = [one for one in ledger.standing(measure) if one.derived == INCIDENTS]
    return [
        *unequal_parts(measure, known),
        *falls(seen.items, nesting),
        *overfull([*seen.items, *incidents], nesting),
        *slipped_in_conflict(seen.conflicts, nesting),
        *slipped_in_series(seen.items, nesting),
        *scope_changes(seen.items, nesting),
    ]


def conflicts(ledger: Ledger, *measures: Measure) -> pd.DataFrame:
    """Return where sources disagree, the widest first; those of unknown days, which may be several, last.

    Returns
    -------
    conflicts
        The columns of `Observations.conflict_table`; `spread`, the difference of `high` and `low` as a share
        of `high` (1: the lowest is nothing beside the highest); and `sides`, for each value from the lowest:
        `value`, `qualifier`, `sources`, `document_ids`, `figure_ids`.

    Notes
    -----
    Cost: that of reconciling; n log n in conflicts.
    """
    rows: list[dict[str, Any]] = [_ranked(one) for one in ledger.observations(*measures).conflicts]
    rows.sort(
        key=lambda row: (
            row["start"] is None and row["end"] is None,
            -row["spread"],
            row["measure"],
            str(row["start"]),
            str(row["end"]),
            row["figure_ids"],
        )
    )
    return typed(rows, RANKED_COLUMNS)


def _ranked(conflict: Conflict) -> dict[str, Any]:
    row = conflict.row()
    sides = sorted(conflict.observations, key=lambda one: (one.value, one.id))
    top = max(abs(one.value) for one in sides)
    return {
        **row,
        "spread": (row["high"] - row["low"]) / top if top else 0.0,
        "sides": [
            {
                "value": one.value,
                "qualifier": one.qualifier,
                "sources": list(one.sources),
                "document_ids": list(one.document_ids),
                "figure_ids": list(one.figure_ids),
            }
            for one in sides
        ],
    }
