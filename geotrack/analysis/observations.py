"""One observation, many sources: what documents state of the same quantity, and where they contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd

from geotrack.analysis.links import why_linked
from geotrack.analysis.statements import Statement
from geotrack.analysis.tables import typed

OBSERVATION_COLUMNS = dict.fromkeys(
    (
        "observation_id",
        "measure",
        "value",
        "value_max",
        "unit",
        "qualifier",
        "basis",
        "place_ids",
        "start",
        "end",
        "done_by",
        "part",
        "figure_ids",
        "document_ids",
        "sources",
        "incident_ids",
        "derived",
    ),
    "object",
) | {"value": "float64", "value_max": "float64"}
_CELLS = attrgetter("id", *(name for name in OBSERVATION_COLUMNS if name != "observation_id"))
_LISTS = ("place_ids", "done_by", "figure_ids", "document_ids", "sources", "incident_ids")
LINK_COLUMNS = dict.fromkeys(("figure_id", "observation_id", "reason"), "object")
CONFLICT_COLUMNS = dict.fromkeys(
    (
        *("measure", "unit", "place_ids", "start", "end"),
        *("low", "high", "preferred", "reason", "kind", "figure_ids"),
    ),
    "object",
) | dict.fromkeys(("low", "high", "preferred"), "float64")

FAR_APART = 3.0  # `merging.WHOLE` says it in words
"""From how many times apart on values of one quantity are taken for those of a part and of its whole.

An assumption, since texts often leave unsaid whose work or which land they count: papers that dispute a
number differ by less, while one operator's work, or the children among the victims, is a smaller share of
all. `docs/adding-up.md` tells where it acts on the reports of `data/reports`, and where it errs.
"""
SAME_SCOPE, PART_AND_WHOLE = "same scope", "part and whole suspected"


@dataclass(frozen=True, slots=True)
class Observation:
    """What one or more documents state of the same quantity; `value`, `value_max` in `unit` (SI).

    `derived` is empty for what a document states; else it says how the value follows from what documents
    state: the `difference` of two running totals, the `parts` of a measure, `incidents`, a `prorated` share.
    `statements` are what it was merged from.
    """

    id: str
    measure: str
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    basis: str
    place_ids: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    done_by: frozenset[str]
    part: str | None
    rolling: bool
    malformed: bool
    step: float
    rounded: bool
    figure_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    sources: tuple[str, ...]
    incident_ids: tuple[str, ...] = ()
    derived: str = ""
    statements: tuple[Statement, ...] = field(default=(), repr=False, compare=False)

    def row(self) -> dict[str, Any]:
        """Return the observation as a row with the columns `OBSERVATION_COLUMNS`."""
        row = dict(zip(OBSERVATION_COLUMNS, _CELLS(self), strict=True))
        for name in _LISTS:
            row[name] = sorted(row[name])
        return row


class Known(NamedTuple):
    """What is known of one measure.

    `stated` is what documents state; `lost` says why some of it does not stand, by id; `standing` is what
    does, and what follows from it.
    """

    stated: Sequence[Observation]
    lost: Mapping[str, str]
    standing: Sequence[Observation]


def far_apart(items: Sequence[Observation]) -> bool:
    """Tell whether values are as far apart as those of a part and its whole (`FAR_APART`)."""
    values = [one.value for one in items]
    return items[0].unit != "percent" and max(values) >= FAR_APART * min(values)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values for the same measure, places, period and actor, and which one is preferred."""

    observations: tuple[Observation, ...]
    preferred: Observation
    reason: str

    @property
    def kind(self) -> str:
        """`PART_AND_WHOLE` where values lie `FAR_APART` or only one names an actor, else `SAME_SCOPE`."""
        actors = {one.done_by for one in self.observations}
        return PART_AND_WHOLE if len(actors) > 1 or far_apart(self.observations) else SAME_SCOPE

    def row(self) -> dict[str, Any]:
        """Return the conflict as a row with the columns `CONFLICT_COLUMNS`."""
        values = [observation.value for observation in self.observations]
        return {
            **{name: getattr(self.preferred, name) for name in ("measure", "unit", "start", "end")},
            "place_ids": list(self.preferred.place_ids),
            "low": min(values),
            "high": max(values),
            "preferred": self.preferred.value,
            "reason": self.reason,
            "kind": self.kind,
            "figure_ids": sorted(figure for one in self.observations for figure in one.figure_ids),
        }


@dataclass(frozen=True, slots=True)
class Observations:
    """All observations of a figures table, their conflicts, and the figures that are none."""

    items: tuple[Observation, ...]
    conflicts: tuple[Conflict, ...]
    left_out: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The observations as a table with the columns `OBSERVATION_COLUMNS`."""
        return typed([item.row() for item in self.items], OBSERVATION_COLUMNS)

    @property
    def conflict_table(self) -> pd.DataFrame:
        """The conflicts as a table with the columns `CONFLICT_COLUMNS`."""
        return typed([conflict.row() for conflict in self.conflicts], CONFLICT_COLUMNS)

    @property
    def links(self) -> pd.DataFrame:
        """Why each figure is of its observation: a table with the columns `LINK_COLUMNS`."""
        rows = [
            {"figure_id": one.figure_id, "observation_id": item.id, "reason": why_of(item, one)}
            for item in self.items
            for one in item.statements
        ]
        return typed(rows, LINK_COLUMNS)

    def cautious(self) -> list[Observation]:
        """Return the items, those preferred in a conflict no longer exact: others contradict them.

        The lowest of the values stays a lower bound; any other is approximate.
        """
        lowest = {
            conflict.preferred.id: conflict.preferred.value
            <= min(observation.value for observation in conflict.observations)
            for conflict in self.conflicts
        }
        return [
            replace(one, qualifier="at_least" if lowest[one.id] else "approx")
            if one.id in lowest and one.qualifier in {"exact", "at_least"}
            else one
            for one in self.items
        ]

    def set_aside(self) -> dict[str, str]:
        """Return the ids of observations that lost a conflict, each with the reason."""
        return {
            loser.id: f"conflict, another value is preferred: {conflict.reason}"
            for conflict in self.conflicts
            for loser in conflict.observations
            if loser.id != conflict.preferred.id
        }


def why_of(observation: Observation, stated: Statement) -> str:
    """Say why a statement is of an observation: what it shares with it, and where it differs."""
    if stated.same_as:
        return why_linked(stated.linked_by, stated.linked_on, alone=stated.same_as == stated.figure_id)
    differs = []
    if stated.place_ids != observation.place_ids:
        differs.append("names wider places")
    if stated.value != observation.value:
        differs.append("rounds the value")
    if (stated.start, stated.end) != (observation.start, observation.end):
        differs.append("dates it a day apart")
    return ", ".join(differs) or "states the same value, places and days"
