"""Questions in one call each: a total and what it rests on, what changed, where little is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geotrack.analysis.ledger import Ledger
from geotrack.analysis.measures import STOCK_MEASURES, unit_of
from geotrack.analysis.observations import OBSERVATION_COLUMNS, Observation, Observations
from geotrack.analysis.placement import OnePlace, sort_by_unit
from geotrack.analysis.reasons import kind_of
from geotrack.analysis.shares import Split
from geotrack.analysis.statements import as_number
from geotrack.analysis.tables import plain, records, rows_of, typed
from geotrack.analysis.totals import added
from geotrack.analysis.windows import Window
from geotrack.models import Measure

LEFT_OUT_COLUMNS = dict.fromkeys(("figure_id", "kind", "reason"), "object")


@dataclass(frozen=True, slots=True)
class Total:
    """What is known of one measure in one place within a window.

    Attributes
    ----------
    value_si, unit_si
        The best lower bound that follows from the observations, in m², `count`, `people` or `percent`; None
        where nothing is known. A level (`STOCK_MEASURES`) is the latest one.
    qualifier
        `exact` only when exact observations of the place itself tile the window, `approx` when one of them
        is, else `at_least`; None without a value.
    lower_si
        What those support that are not approximate; None where there are none.
    gap_si
        0 where the choice is exact, else by how much a better choice might raise `value_si`.
    finer_only
        Whether `value_si` rests on places inside alone, with nothing told of the place itself: what the rest
        of it holds is then not known, and a level of theirs is no level of the place.
    used
        The observations added, those that follow from others (`derived`) among them, with the columns of
        `Observations.table`.
    left_out
        `figure_id`, `kind` (`overlap`, `nested place`, `straddling`, `subset`, `conflict`, `rejected` …) and
        `reason` of every figure of the measure that speaks of the place and is not used.
    """

    measure: str
    place_id: str
    start: dt.date | None
    end: dt.date | None
    value_si: float | None
    unit_si: str
    qualifier: str | None
    lower_si: float | None
    gap_si: float
    finer_only: bool
    as_of: dt.date | None
    used: pd.DataFrame
    left_out: pd.DataFrame

    def to_dict(self) -> dict[str, object]:
        """Return the total in JSON types; days are ISO dates."""
        own = {
            name: plain(getattr(self, name)) for name in self.__slots__ if name not in {"used", "left_out"}
        }
        return {**own, "used": rows_of(self.used), "left_out": rows_of(self.left_out)}


def total(  # noqa: PLR0913 - each is a word of the question
    ledger: Ledger,
    *,
    measure: Measure,
    place_id: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    prorate: bool = False,
    split: Split | None = None,
) -> Total:
    """Return what is known of a measure in one place, a country, region, unit or settlement, in a window.

    Parameters
    ----------
    ledger
        The reconciled facts.
    measure, place_id
        What, and where.
    start, end
        The window, both days inclusive; None is open.
    prorate
        Count a figure that straddles the window's edge with the share of its days that lie inside; what comes
        of it is approximate and its observation says `prorated`.
    split
        Count the place's share of the number of a group of units or of a named region; what comes of it is
        approximate and its observation says `split`.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer.
    UsageError
        If the window ends before it starts.

    Notes
    -----
    See `totals_by_place` for what counts, how the best set is found, and at what cost.
    """
    nesting, window = ledger.nesting, Window.of(start, end)
    nesting.place(place_id)
    scope = OnePlace(place_id, nesting)
    parted = sort_by_unit(ledger.known(measure), window, scope, prorate=prorate, split=split)
    inside = parted.units.get(place_id, [])
    found = added(measure, place_id, inside, nesting, window) if inside else None
    row = found.row if found else {}
    used = {figure for one in (found.chosen if found else ()) for figure in one.figure_ids}
    gone = [*_refused(ledger, measure, place_id), *parted.left_out]
    gone += found.unused if found else []
    for one in (*parted.groups, *parted.coarser, *parted.straddling):
        gone += [(figure, one["reason"]) for figure in one["figure_ids"]]
    return Total(
        measure=measure,
        place_id=place_id,
        start=start,
        end=end,
        value_si=as_number(row.get("value")),
        unit_si=unit_of(measure),
        qualifier=row.get("qualifier"),
        lower_si=as_number(row.get("lower")),
        gap_si=float(row.get("gap", 0.0)),
        finer_only=bool(row.get("finer_only", False)),
        as_of=row.get("as_of"),
        used=_table(found.chosen if found else ()),
        left_out=typed(
            [
                {"figure_id": figure, "kind": kind_of(reason), "reason": reason}
                for figure, reason in sorted(set(gone))
                if figure not in used
            ],
            LEFT_OUT_COLUMNS,
        ),
    )


def _table(items: Sequence[Observation]) -> pd.DataFrame:
    return typed([one.row() for one in items], OBSERVATION_COLUMNS)


def _refused(ledger: Ledger, measure: str, place_id: str) -> list[tuple[str, str]]:
    """Return the figures that speak of a place and are no observations, each with the reason."""
    return [
        (row["figure_id"], row["reason"])
        for row in records(ledger.refused(measure))
        if any(ledger.nesting.overlap(one, place_id) for one in row["place_ids"])
    ]


def observations_of(
    ledger: Ledger,
    *,
    measure: Measure,
    place_id: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Observations:
    """Return what is stated of a measure in a place and on a day of a window, with conflicts and links.

    Observations that speak of the place, of places in it, or of places around it; levels by their as-of day.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer.
    UsageError
        If the window ends before it starts.
    """
    window = Window.of(start, end)
    ledger.nesting.place(place_id)
    scope = OnePlace(place_id, ledger.nesting)
    seen = ledger.observations(measure)

    def asked(one: Observation) -> bool:
        first = one.end if measure in STOCK_MEASURES else one.start
        return scope.concerns(one) and window.misfit(first, one.end) != "outside"

    return Observations(
        tuple(filter(asked, seen.items)),
        tuple(one for one in seen.conflicts if any(map(asked, one.observations))),
        pd.DataFrame(_refused(ledger, measure, place_id), columns=["figure_id", "reason"]),
    )
