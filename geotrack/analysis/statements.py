"""What the store's tables say, row by row: reviewed, with plain dates, ready to be compared."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from geotrack.analysis.confidence import check_confidence, doubt, doubt_of, sureness
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records, typed

SI_FACTORS = {"ha": 10_000.0, "km2": 1_000_000.0, "m2": 1.0, "acre": 4046.8564224, "mi2": 2_589_988.110336}
LEFT_OUT_FLAGS = {
    "subset": "part of another figure with the same measure, place and period",
    "restatement": "repeats or rounds another figure of its document",
    "alt": "the same quantity in a second unit",
}
REFUSED_COLUMNS = dict.fromkeys(("figure_id", "measure", "place_ids", "reason"), "object")
# One count in ten ends in a zero by chance, one in a hundred in two.
ROUND_STEP = 100
# Below it a round number is as likely a count as a rounding ("10 mines", "120 people").
ROUNDED_FROM = 1000


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure as a document states it, after review; `value`, `value_max` are in `unit` (SI).

    `step` is the rounding that the number shows, in `unit`: 10 000 m² for a whole number of hectares;
    `rounded` says that it is one for sure: the number ends in two zeros or more. `same_as` is the figure
    that it states the same as, by the word of a person (`linked_by`, on `linked_on`); itself, if it states
    the same as no other. `named` are the places in the order and as often as they are told, `sureness` says
    how sure it is (`confidence.sureness`); neither tells two statements apart.
    """

    figure_id: str
    document_id: str
    measure: str
    value: float
    value_max: float | None
    unit: str
    step: float
    rounded: bool
    qualifier: str
    basis: str
    place_ids: tuple[str, ...]
    start: dt.date | None
    end: dt.date | None
    done_by: frozenset[str]
    part: str | None
    rolling: bool
    malformed: bool
    source: str
    same_as: str | None = None
    linked_by: str | None = None
    linked_on: dt.date | None = None
    named: tuple[str, ...] = field(default=(), compare=False, repr=False)
    sureness: float = field(default=math.inf, compare=False, repr=False)

    @property
    def is_stock(self) -> bool:
        """Whether the measure is a level at a date, not something that happened in a period."""
        return self.measure in STOCK_MEASURES


def as_date(value: object) -> dt.date | None:
    """Return a calendar day from what a table holds: date, timestamp, ISO text, or nothing."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value)[:10])


def as_list(value: object) -> tuple[str, ...]:
    """Return the strings of a list column; nothing known is an empty tuple."""
    if value is None or isinstance(value, float):
        return ()
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, Iterable) else ()


def as_text(value: object) -> str | None:
    """Return a text cell, or None where the table has nothing."""
    return value if isinstance(value, str) and value else None


def as_number(value: object) -> float | None:
    """Return a finite number, or None where the table has nothing."""
    if value is None or value is pd.NA or isinstance(value, str):
        return None
    number = float(value)  # type: ignore[arg-type]  # a cell of a numeric column
    return number if math.isfinite(number) else None


def rounding_step(value: float, qualifier: str) -> float:
    """Return the step to which a written number is rounded: 0.01 for 71.67, 1000 for 134,000.

    A round number under `ROUNDED_FROM` counts as rounded only where a hedge says so.
    """
    if value == 0:
        return 1.0
    digits = Decimal(repr(value)).normalize().as_tuple()
    exponent = int(digits.exponent)
    if exponent > 0 and abs(value) < ROUNDED_FROM and qualifier == "exact":
        exponent = 0
    return float(Decimal(10) ** exponent)


def nowhere(place_ids: Iterable[str], nesting: Nesting) -> str | None:
    """Return why places cannot be told apart: none is named, or the packs lack one; None when all is well."""
    named = tuple(place_ids)
    unknown = nesting.unknown(named)
    if unknown:
        return f"names a place that no pack knows: {', '.join(unknown)}"
    return None if named else "without a place"


def refusal(row: Mapping[str, Any], nesting: Nesting, min_confidence: float = 0.0) -> str | None:
    """Return why a row is no observation of its own, or None when it is one."""
    if row.get("review") == "rejected":
        return "rejected in review"
    if as_text(row.get("alt_of")):
        return LEFT_OUT_FLAGS["alt"]
    found = [LEFT_OUT_FLAGS[flag] for flag in as_list(row.get("flags")) if flag in LEFT_OUT_FLAGS]
    if found:
        return found[0]
    if as_number(row.get("value_si")) is None:
        return "without a value"
    return nowhere(as_list(row.get("place_ids")), nesting) or doubt(row, min_confidence)


def statement(row: Mapping[str, Any]) -> Statement:
    """Return one row of the figures table as a statement."""
    value_si, value = float(row["value_si"]), float(row["value"])
    factor = value_si / value if value else SI_FACTORS.get(str(row["unit"]), 1.0)
    value_max = as_number(row.get("value_max"))
    flags = as_list(row.get("flags"))
    qualifier = "approx" if "malformed" in flags else str(row["qualifier"])
    step = rounding_step(value, qualifier)
    return Statement(
        figure_id=str(row["figure_id"]),
        document_id=str(row["document_id"]),
        measure=str(row["measure"]),
        value=value_si,
        value_max=None if value_max is None else value_max * factor,
        unit=str(row["unit_si"]),
        step=step * abs(factor),
        rounded=step >= ROUND_STEP,
        qualifier=qualifier,
        basis=str(row["basis"]),
        place_ids=tuple(sorted(set(as_list(row["place_ids"])))),
        start=as_date(row.get("start")),
        end=as_date(row.get("end")),
        done_by=frozenset(as_list(row.get("done_by"))),
        part=as_text(row.get("part")),
        rolling="rolling" in flags,
        malformed="malformed" in flags,
        source=as_text(row.get("publisher")) or str(row["document_id"]),
        same_as=as_text(row.get("same_as")),
        linked_by=as_text(row.get("linked_by")),
        linked_on=as_date(row.get("linked_on")),
        named=as_list(row["place_ids"]),
        sureness=sureness(row),
    )


def read_statements(
    figures: pd.DataFrame, nesting: Nesting, min_confidence: float = 0.0
) -> tuple[list[Statement], pd.DataFrame]:
    """Return the statements of a figures table, and the rows that are none with their reason.

    Parameters
    ----------
    figures
        The store's figures table: one row per figure, reviewers' corrections applied, with the document's
        columns.
    nesting
        The places; a figure of a place that it lacks is left out.
    min_confidence
        From 0 to 1; figures below it are left out, but for those that a person accepted or corrected.

    Returns
    -------
    statements, left_out
        `left_out` has the columns `REFUSED_COLUMNS`, one row per figure left out, indexed by its document.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.
    """
    check_confidence(min_confidence)
    statements: list[Statement] = []
    left_out: list[dict[str, Any]] = []
    for row in records(figures):
        reason = refusal(row, nesting, min_confidence)
        if reason:
            left_out.append(
                {
                    "document_id": str(row["document_id"]),
                    "figure_id": str(row["figure_id"]),
                    "measure": str(row["measure"]),
                    "place_ids": [one for one in as_list(row["place_ids"]) if not nesting.unknown([one])],
                    "reason": reason,
                }
            )
        else:
            statements.append(_in_order(statement(row), nesting))
    refused = typed(left_out, REFUSED_COLUMNS)
    refused.index = pd.Index([row["document_id"] for row in left_out], dtype="object")
    return statements, refused


def doubted(statements: Iterable[Statement], min_confidence: float) -> pd.DataFrame:
    """Return the statements that are less sure as `read_statements` returns what is left out."""
    gone = [one for one in statements if one.sureness < min_confidence]
    rows = [
        {
            "figure_id": one.figure_id,
            "measure": one.measure,
            "place_ids": list(one.named),
            "reason": doubt_of(one.sureness, min_confidence),
        }
        for one in gone
    ]
    refused = typed(rows, REFUSED_COLUMNS)
    refused.index = pd.Index([one.document_id for one in gone], dtype="object")
    return refused


def _in_order(stated: Statement, nesting: Nesting) -> Statement:
    """Return the statement with its period's ends in order and its places apart.

    A reversed period is as good as unknown; a place that lies in another of the statement goes.
    """
    if stated.start and stated.end and stated.start > stated.end:
        stated = replace(stated, start=None, end=None)
    if len(stated.place_ids) > 1:
        stated = replace(stated, place_ids=nesting.widest_only(stated.place_ids))
    return stated
