"""What does not fit: named warnings on observations, never corrections; and where sources disagree most."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from geotrack.analysis.components import unequal_parts
from geotrack.analysis.discrepancies import WARNING_COLUMNS, Discrepancy, order
from geotrack.analysis.events import event_row
from geotrack.analysis.inclusion import overfull
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.measures import unit_of, with_parts
from geotrack.analysis.observations import CONFLICT_COLUMNS, SAME_SCOPE, Conflict
from geotrack.analysis.running import falls, scope_changes
from geotrack.analysis.slips import slipped_in_conflict, slipped_in_series
from geotrack.analysis.tables import typed
from geotrack.analysis.tellings import days_of
from geotrack.analysis.tolls import HARM, INCIDENTS
from geotrack.models import Measure

RANKED_COLUMNS = {**CONFLICT_COLUMNS, "incident_ids": "object", "spread": "float64", "sides": "object"}


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
        One row per warning, by name, measure and day, last those that rest on a running total of which
        nobody tells the first day (`undated`): two such need not be of one series. `name` is one of

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
    """Return where sources disagree: first on what seems to be one number, then on a part and its whole.

    Returns
    -------
    conflicts
        The columns of `Observations.conflict_table`, among them `kind`: `same scope`, or `part and whole
        suspected` where values lie `FAR_APART` or one is of an actor and the other names none, so that a word
        of scope may have gone unread; of each kind the widest first. Beside them `incident_ids` where the
        victims of one explosion are disputed; `spread`, the difference of `high` and `low` as a share of the
        greater (1: the one is nothing beside the other); and `sides`, for each value from the
        lowest: `value`, `qualifier`, `sources`, `figure_ids`, `incident_ids`.

    Notes
    -----
    Cost: that of reconciling; n log n in conflicts.
    """
    rows: list[dict[str, Any]] = [_ranked(one) for one in ledger.observations(*measures).conflicts]
    asked = HARM.intersection(measures) if measures else HARM
    rows += [row for event in ledger.events() for row in _disputed(event_row(event, ledger.nesting), asked)]
    rows.sort(
        key=lambda row: (
            row["kind"] != SAME_SCOPE,
            -row["spread"],
            row["measure"],
            str(row["start"]),
            str(row["end"]),
            row["figure_ids"],
            row["incident_ids"],
        )
    )
    return typed(rows, RANKED_COLUMNS)


def _ranked(conflict: Conflict) -> dict[str, Any]:
    row = conflict.row()
    sides = sorted(conflict.observations, key=lambda one: (one.value, one.id))
    return {
        **row,
        "incident_ids": [],
        "spread": _spread(row["low"], row["high"]),
        "sides": [
            {
                "value": one.value,
                "qualifier": one.qualifier,
                "sources": list(one.sources),
                "figure_ids": list(one.figure_ids),
                "incident_ids": [],
            }
            for one in sides
        ],
    }


def _spread(low: float, high: float) -> float:
    top = max(abs(low), abs(high))
    return (high - low) / top if top else 0.0


def _disputed(event: Mapping[str, Any], measures: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield the counts of an explosion's victims that its reports dispute, as conflicts."""
    start, end = days_of(event["date"])
    for one in event["disagreements"]:
        if one["field"] in measures:
            yield {
                "measure": one["field"],
                "unit": unit_of(one["field"]),
                "place_ids": event["place_ids"],
                "start": start,
                "end": end,
                **{name: one[name] for name in ("low", "high", "preferred", "reason")},
                "kind": SAME_SCOPE,
                "figure_ids": [],
                "incident_ids": event["incident_ids"],
                "spread": _spread(one["low"], one["high"]),
                "sides": [{**side, "qualifier": "exact", "figure_ids": []} for side in one["sides"]],
            }
