"""Incidents as single documents tell them, after review, with the days that their dates may mean."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geotrack.analysis.confidence import check_confidence, doubt, sureness
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.statements import as_date, as_list, as_number, as_text, nowhere
from geotrack.analysis.tables import records

COUNTS = ("killed", "injured", "casualties")
YEAR_LENGTH, MONTH_LENGTH, DAY_LENGTH = len("2023"), len("2023-05"), len("2023-05-01")


@dataclass(frozen=True, slots=True)
class Telling:
    """One incident as one document tells it, after review.

    `same_as` is the incident that it tells the same as, by a person's word (`linked_by`, on `linked_on`);
    itself, if it tells the same as no other. `rejected_on` is the day on which a person rejected it,
    `sureness` how sure it is (`confidence.sureness`).
    """

    incident_id: str
    document_id: str
    date: str | None
    place_ids: tuple[str, ...]
    killed: int | None
    injured: int | None
    casualties: int | None
    device: str
    source: str
    same_as: str | None = None
    linked_by: str | None = None
    linked_on: dt.date | None = None
    rejected_on: dt.date | None = None
    sureness: float = field(default=math.inf, compare=False, repr=False)

    @property
    def content(self) -> tuple[Any, ...]:
        """What two copies of one telling share."""
        return self.date, self.place_ids, self.killed, self.injured, self.casualties, self.device

    @property
    def harmed(self) -> int | None:
        """How many were killed or injured, None where nobody says."""
        if self.killed is not None and self.injured is not None:
            return self.killed + self.injured
        return self.casualties


def _count(value: object) -> int | None:
    number = as_number(value)
    return None if number is None else int(number)


def telling(row: Mapping[str, Any]) -> Telling:
    """Return one row of the incidents table as a telling."""
    document_id = str(row["document_id"])
    return Telling(
        incident_id=str(row["incident_id"]),
        document_id=document_id,
        date=as_text(row["date"]),
        place_ids=tuple(sorted(set(as_list(row["place_ids"])))),
        killed=_count(row["killed"]),
        injured=_count(row["injured"]),
        casualties=_count(row["casualties"]),
        device=as_text(row["device"]) or "unknown",
        source=as_text(row.get("publisher")) or document_id,
        same_as=as_text(row.get("same_as")),
        linked_by=as_text(row.get("linked_by")),
        linked_on=as_date(row.get("linked_on")),
        rejected_on=as_date(row.get("review_on")) if row.get("review") == "rejected" else None,
        sureness=sureness(row),
    )


def read_tellings(
    incidents: pd.DataFrame, nesting: Nesting, min_confidence: float = 0.0
) -> tuple[list[Telling], list[tuple[str, str]]]:
    """Return the incidents of a table after review, and `(incident_id, reason)` of those left out."""
    check_confidence(min_confidence)
    tellings: list[Telling] = []
    left_out: list[tuple[str, str]] = []
    for row in records(incidents):
        rejected = "rejected in review" if row.get("review") == "rejected" else None
        reason = rejected or nowhere(as_list(row["place_ids"]), nesting) or doubt(row, min_confidence)
        if reason:
            left_out.append((str(row["incident_id"]), reason))
        else:
            tellings.append(telling(row))
    return tellings, left_out


def read_rejected(incidents: pd.DataFrame, nesting: Nesting, min_confidence: float = 0.0) -> list[Telling]:
    """Return the incidents of a table that only their rejection keeps out, each with its day."""
    rows = records(incidents[incidents["review"] == "rejected"])
    return [
        telling(row)
        for row in rows
        if not nowhere(as_list(row["place_ids"]), nesting) and not doubt(row, min_confidence)
    ]


def days_of(date: str | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and last day that an ISO day, month (`YYYY-MM`) or year may mean."""
    if not date:
        return None, None
    if len(date) == YEAR_LENGTH:
        return dt.date(int(date), 1, 1), dt.date(int(date), 12, 31)
    if len(date) == MONTH_LENGTH:
        year, month = int(date[:4]), int(date[5:])
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    day = dt.date.fromisoformat(date)
    return day, day
