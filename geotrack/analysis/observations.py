"""One observation, many sources: statements of the same thing merged, contradictions kept visible."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geotrack.analysis.agreement import clusters, period_of, same_period, same_value
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.statements import STOCK_MEASURES, Statement, read_statements
from geotrack.analysis.tables import typed

# How far from "about 300" a count may lie and still be about 300.
APPROX_SPREAD = 0.1
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
    ),
    "object",
) | {"value": "float64", "value_max": "float64"}
CONFLICT_COLUMNS = dict.fromkeys(
    ("measure", "unit", "place_ids", "start", "end", "low", "high", "preferred", "reason", "figure_ids"),
    "object",
) | dict.fromkeys(("low", "high", "preferred"), "float64")


@dataclass(frozen=True, slots=True)
class Observation:
    """What one or more documents state of the same quantity; `value`, `value_max` in `unit` (SI)."""

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
    figure_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    sources: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """Return the observation as a row with the columns `OBSERVATION_COLUMNS`."""
        own = {name: getattr(self, name) for name in OBSERVATION_COLUMNS if name != "observation_id"}
        lists = {name: sorted(value) for name, value in own.items() if isinstance(value, tuple | frozenset)}
        return {"observation_id": self.id, **own, **lists}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values for the same measure, places, period and actor, and which one is preferred."""

    observations: tuple[Observation, ...]
    preferred: Observation
    reason: str

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


def _same_observation(one: Statement, other: Statement, nesting: Nesting) -> bool:
    actors_agree = one.done_by == other.done_by or not one.done_by or not other.done_by
    on = one.end or one.start
    return (
        actors_agree
        and one.part == other.part
        and same_period(
            period_of(one, stock=one.is_stock),
            period_of(other, stock=other.is_stock),
        )
        and same_value(one, other)
        and nesting.nested(one.place_ids, other.place_ids, on)
    )


def _content_key(stated: Statement, nesting: Nesting) -> tuple[Any, ...]:
    """Return the order in which statements lead: by place, actor, period and precision, ids last."""
    far = dt.date.max
    days = (stated.end - stated.start).days if stated.start and stated.end else far.toordinal()
    return (
        nesting.width(stated.place_ids),
        not stated.done_by,
        days,
        stated.qualifier != "exact",
        stated.step,
        stated.start or dt.date.min,
        stated.end or far,
        stated.value,
        stated.value_max or 0.0,
        stated.place_ids,
        sorted(stated.done_by),
        stated.part or "",
        stated.qualifier,
        stated.basis,
        stated.rolling,
        stated.malformed,
        stated.figure_id,
    )


def _merged(group: Sequence[Statement]) -> Observation:
    """Return the observation of statements of one thing, the leading one first.

    The leader has the most specific places; the tightest period and the most precise value stand.
    """
    leader = group[0]
    precise = min(group, key=lambda one: (one.qualifier != "exact", one.step))
    tight = min(group, key=lambda one: (one.end - one.start).days if one.start and one.end else 1 << 30)
    return Observation(
        id=min(one.figure_id for one in group),
        measure=leader.measure,
        value=precise.value,
        value_max=precise.value_max,
        unit=leader.unit,
        qualifier=precise.qualifier,
        basis=leader.basis,
        place_ids=leader.place_ids,
        start=tight.start,
        end=tight.end,
        done_by=leader.done_by,
        part=leader.part,
        rolling=tight.rolling,
        malformed=precise.malformed,
        step=precise.step,
        figure_ids=tuple(sorted(one.figure_id for one in group)),
        document_ids=tuple(sorted({one.document_id for one in group})),
        sources=tuple(sorted({one.source for one in group})),
    )


def _place_in_time(stated: Statement | Observation) -> tuple[Any, ...]:
    """Return what statements of one thing share: measure and unit, then the ends of the period."""
    return (stated.measure, stated.unit), *period_of(stated, stock=stated.measure in STOCK_MEASURES)


def _bounds(observation: Observation) -> tuple[float, float]:
    """Return the lowest and highest value that an observation admits."""
    value = observation.value
    spread = {"exact": observation.step / 2, "approx": max(observation.step, APPROX_SPREAD * abs(value))}
    slack = spread.get(observation.qualifier, 0.0)
    low = -math.inf if observation.qualifier == "at_most" else value - slack
    high = math.inf if observation.qualifier == "at_least" else (observation.value_max or value) + slack
    return low, high


def _contradict(one: Observation, other: Observation) -> bool:
    """Tell whether two observations of the same measure and period cannot both be true."""
    actors_agree = one.done_by == other.done_by or not one.done_by or not other.done_by
    same = actors_agree and one.place_ids == other.place_ids and one.part == other.part
    stock = one.measure in STOCK_MEASURES
    same = same and same_period(period_of(one, stock=stock), period_of(other, stock=stock))
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return same and (low > other_high or other_low > high)


def _preference(observation: Observation) -> tuple[Any, ...]:
    return (
        observation.malformed,
        observation.qualifier != "exact",
        observation.step,
        observation.value,
        observation.start or dt.date.min,
        observation.end or dt.date.max,
        observation.id,
    )


def _reason(preferred: Observation, others: Sequence[Observation]) -> str:
    """Say what the preferred value has over the others."""
    if not preferred.malformed and all(one.malformed for one in others):
        return "its number is well formed"
    if preferred.qualifier == "exact" and all(one.qualifier != "exact" for one in others):
        return "it is stated as exact"
    if all(preferred.step < one.step for one in others):
        return "it is stated more precisely"
    return "the lower of equally precise values, which the higher ones include"


def _conflicts(items: Iterable[Observation]) -> Iterable[Conflict]:
    groups = clusters(sorted(items, key=_preference), _place_in_time, _contradict)
    for preferred, *others in groups:
        if others:
            yield Conflict((preferred, *others), preferred, _reason(preferred, others))


def observations(
    figures: pd.DataFrame, gazetteer: PlaceIndex, *, min_confidence: float = 0.0
) -> Observations:
    """Merge the figures that state the same quantity, and list those that contradict each other.

    Two figures are one observation when they agree in measure, in value within the rounding that they
    show, in both ends of the period within a day, in actor and part, and when their place sets are the
    same or nested. The most specific places, the tightest period and the most precise value stand. The
    order of the rows and repeated sources change no observation's content.

    Parameters
    ----------
    figures
        The store's figures table (columns in `geotrack.store`); it is not changed.
    gazetteer
        Answers `place`, `contains` and `units`.
    min_confidence
        From 0 to 1; figures below it are left out before any are merged, but for those that a person
        accepted or corrected.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.

    Notes
    -----
    Statements are sorted by content and each joins the first leader that it agrees with: comparisons
    stay among figures of a measure whose ends are within a day, near linear for dated reports.
    A figure of a place that the gazetteer lacks is in `left_out`.
    """
    nesting = Nesting(gazetteer)
    statements, left_out = read_statements(figures, nesting, min_confidence)
    return merge_statements(statements, left_out, nesting)


def merge_statements(
    statements: Sequence[Statement], left_out: pd.DataFrame, nesting: Nesting
) -> Observations:
    """Merge statements that are already read; see `observations`."""
    closed = [replace(one, place_ids=nesting.widest_only(one.place_ids)) for one in statements]
    ordered = sorted(closed, key=lambda one: _content_key(one, nesting))
    groups = clusters(ordered, _place_in_time, lambda leader, one: _same_observation(leader, one, nesting))
    items = [_merged(group) for group in groups]
    items.sort(key=lambda one: (one.measure, one.start or dt.date.min, one.end or dt.date.max, one.id))
    return Observations(tuple(items), tuple(_conflicts(items)), left_out)
