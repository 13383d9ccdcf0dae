"""A flow by months, quarters or years: at least, at most, and on how many reports each rests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from geotrack.analysis.bands import Band, Flows
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.measures import STOCK_MEASURES, unit_of
from geotrack.analysis.observations import Observation
from geotrack.analysis.placement import OnePlace, Placement, sort_by_unit
from geotrack.analysis.tables import rows_of, typed
from geotrack.analysis.totals import LISTED_COLUMNS
from geotrack.analysis.windows import Window
from geotrack.errors import UsageError
from geotrack.models import Measure

By = Literal["month", "quarter", "year"]
View = Literal["total", "rate", "cumulative"]

_FREQUENCIES: dict[str, Literal["M", "Q", "Y"]] = {"month": "M", "quarter": "Q", "year": "Y"}
VIEWS = ("total", "rate", "cumulative")
_AMOUNTS = ("lower", "value", "upper")
BIN_COLUMNS = (
    dict.fromkeys(("bin", "start", "end"), "object")
    | dict.fromkeys(_AMOUNTS, "float64")
    | {"is_limit": "bool", "qualifier": "object", "unit": "object"}
    | dict.fromkeys(("days", "days_told", "n_observations", "n_documents", "n_sources"), "int64")
    | dict.fromkeys(("sources", "document_ids", "figure_ids", "incident_ids", "upper_figure_ids"), "object")
)


@dataclass(frozen=True, slots=True)
class Bins:
    """A flow of one place by calendar months, quarters or years.

    Attributes
    ----------
    table
        One row per bin, none left out between the first and the last; see `bins`.
    beside
        Observations that no bin counts, with the columns of `Observations.table`, `unit_ids` and `reason`:
        those of wider places and of groups with places outside, and those of an unknown first or last day.
    """

    measure: str
    place_id: str
    by: str
    view: str
    unit_si: str
    table: pd.DataFrame
    beside: pd.DataFrame

    def to_dict(self) -> dict[str, object]:
        """Return the bins in JSON types; days are ISO dates."""
        own = {name: getattr(self, name) for name in self.__slots__ if name not in {"table", "beside"}}
        return {**own, "bins": rows_of(self.table), "beside": rows_of(self.beside)}


def bins(  # noqa: PLR0913 - each is a word of the question
    ledger: Ledger,
    *,
    measure: Measure,
    place_id: str,
    by: By = "month",
    view: View = "total",
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Bins:
    """Return what is known of a flow in a place by month, quarter or year, inventing no precision.

    Parameters
    ----------
    ledger
        The reconciled facts.
    measure, place_id
        What happened, and where; places inside count.
    by
        How long a bin is: a calendar `month`, `quarter` or `year`.
    view
        `total` of each bin; `rate` per day of the bin; `cumulative` since the first day of the first bin.
    start, end
        Only bins that hold a day from `start` to `end` are returned, each of them whole; without them all
        from the first dated observation to the last.

    Returns
    -------
    bins
        `table` has `bin` (`2023-05`, `2023Q2`, `2023`), its first and last day `start`, `end`, and in `unit`
        (SI; per day in the view `rate`): `lower` (what lies wholly inside the bin, NaN where nothing does),
        `value` (with approximate figures), `upper` (the most that figures can place there, those across its
        edges with what remains of them after all that is known of their other days); `is_limit` says that
        no more can have happened by the figures, since exact ones of the place itself cover each day.
        `qualifier` is of `value`. A yearly figure alone makes each month NaN to its whole value: a band.
        `days` of the bin, of which `days_told` are told of by a figure of the place itself that counts;
        `n_observations`, `n_documents`, `n_sources`, `sources`, `document_ids`, `figure_ids`, `incident_ids`
        are those that `value` rests on, `upper_figure_ids` those that `upper` rests on.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer.
    UsageError
        If the window ends before it starts, the measure is a level (`STOCK_MEASURES`), which has no sum over
        time, or `by` or `view` is none of those named.

    Notes
    -----
    `lower` and `value` of a bin are those of `total` for its days. They add up: the sum of what is known of
    the months is no more than what is known of their quarter, that no more than of the year; a figure across
    the edge of two months is the quarter's alone. The calendar is that of pandas.

    Cost: for each bin that of `total`, times those that share a day with it.
    """
    ledger.nesting.place(place_id)
    window = Window.of(start, end)
    _check(measure, by, view)
    flows, parted = _flows(ledger, measure, place_id)
    rows = []
    spans = list(_spans(flows.dated, window, by))
    since = spans[0][1] if spans else None
    for name, first, last in spans:
        band = flows.band(since if since and view == "cumulative" else first, last)
        rows.append({"bin": name, **_row(band, place_id, measure), "start": first})
    if view == "rate":
        rows = [row | {name: row[name] / _length(row) for name in _AMOUNTS} for row in rows]
    table = typed(rows, BIN_COLUMNS)
    if view == "cumulative":  # beyond the last day of a cover nothing limits, but no sum ever falls
        table["upper"] = table["upper"].cummax()
    return Bins(
        measure=measure,
        place_id=place_id,
        by=by,
        view=view,
        unit_si=unit_of(measure),
        table=table,
        beside=_beside(parted.units.get(place_id, []), parted),
    )


def bands_of(ledger: Ledger, measure: Measure, place_id: str, by: By) -> Iterator[tuple[str, Band]]:
    """Yield name and band of every bin of a flow, from the first dated observation to the last."""
    flows, _ = _flows(ledger, measure, place_id)
    for name, first, last in _spans(flows.dated, Window(), by):
        yield name, flows.band(first, last)


def _flows(ledger: Ledger, measure: Measure, place_id: str) -> tuple[Flows, Placement]:
    """Return what stands of a flow in a place, and where all observations of it belong."""
    standing, scope = ledger.standing(measure), OnePlace(place_id, ledger.nesting)
    parted = sort_by_unit(ledger.known(measure), Window(), scope)
    caps = [one for one in standing if one.qualifier == "at_most" and one.place_ids == (place_id,)]
    return Flows(place_id, parted.units.get(place_id, []), ledger.nesting, caps), parted


def _check(measure: str, by: str, view: str) -> None:
    if measure in STOCK_MEASURES:
        raise UsageError(
            f"{measure} is a level at a date, which has no sum over time. Ask for its changes instead."
        )
    if by not in _FREQUENCIES:
        raise UsageError(f"No bins by {by!r}. Give one of {', '.join(_FREQUENCIES)}.")
    if view not in VIEWS:
        raise UsageError(f"No view {view!r}. Give one of {', '.join(VIEWS)}.")


def _spans(dated: Sequence[Observation], window: Window, by: str) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Yield name, first and last day of every bin from the first day asked for to the last."""
    first = window.start or min((one.start for one in dated if one.start), default=None)
    last = window.end or max((one.end for one in dated if one.end), default=None)
    if first is None or last is None or first > last:
        return
    frequency = _FREQUENCIES[by]
    for period in pd.period_range(
        pd.Period(first.isoformat(), frequency), pd.Period(last.isoformat(), frequency)
    ):
        begins, ends = period.asfreq("D", "start"), period.asfreq("D", "end")
        yield (
            str(period),
            dt.date(begins.year, begins.month, begins.day),
            dt.date(ends.year, ends.month, ends.day),
        )


def _length(row: Mapping[str, Any]) -> int:
    return int(row["days"])


def _row(band: Band, place_id: str, measure: str) -> dict[str, Any]:
    documents = {document for one in band.used for document in one.document_ids}
    sources = {source for one in band.used for source in one.sources}
    own = [one for one in band.used if one.place_ids == (place_id,)]
    return {
        "start": band.start,
        "end": band.end,
        "lower": band.lower,
        "value": band.value,
        "upper": band.upper,
        "is_limit": band.is_limit,
        "qualifier": band.qualifier,
        "unit": unit_of(measure),
        "days": (band.end - band.start).days + 1,
        "days_told": sum((one.end - one.start).days + 1 for one in own if one.start and one.end),
        "n_observations": len(band.used),
        "n_documents": len(documents),
        "n_sources": len(sources),
        "sources": sorted(sources),
        "document_ids": sorted(documents),
        "figure_ids": sorted({figure for one in band.used for figure in one.figure_ids}),
        "incident_ids": sorted({incident for one in band.used for incident in one.incident_ids}),
        "upper_figure_ids": sorted({figure for one in band.capping for figure in one.figure_ids}),
    }


def _beside(inside: Sequence[Observation], parted: Placement) -> pd.DataFrame:
    undated = [
        {**one.row(), "unit_ids": [], "reason": _unknown(one)}
        for one in inside
        if not (one.start and one.end) and not one.derived
    ]
    rows = [*parted.groups, *parted.coarser, *undated]
    rows.sort(key=lambda row: (str(row["start"] or ""), str(row["end"] or "9999"), row["observation_id"]))
    return typed(rows, LISTED_COLUMNS)


def _unknown(one: Observation) -> str:
    if one.start is None and one.end is None:
        return "its period is unknown"
    return "its start is unknown" if one.start is None else "its end is unknown"
