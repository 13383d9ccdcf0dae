"""One explosion told in many reports is one event."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geotrack.analysis.confidence import check_confidence, doubt
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.statements import as_list, as_number, as_text, nowhere
from geotrack.analysis.tables import records, typed

COUNTS = ("killed", "injured", "casualties")
EVENT_COLUMNS = dict.fromkeys(
    (
        "event_id",
        "date",
        "place_ids",
        *COUNTS,
        "device",
        "incident_ids",
        "document_ids",
        "sources",
    ),
    "object",
) | dict.fromkeys(COUNTS, "Int64")
YEAR_LENGTH, MONTH_LENGTH = len("2023"), len("2023-05")


@dataclass(frozen=True, slots=True)
class Telling:
    """One incident as one document tells it, after review."""

    incident_id: str
    document_id: str
    date: str | None
    place_ids: tuple[str, ...]
    killed: int | None
    injured: int | None
    casualties: int | None
    device: str
    source: str

    @property
    def content(self) -> tuple[Any, ...]:
        """What two copies of one telling share."""
        return self.date, self.place_ids, self.killed, self.injured, self.casualties, self.device


def _count(value: object) -> int | None:
    number = as_number(value)
    return None if number is None else int(number)


def _telling(row: Mapping[str, Any]) -> Telling:
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
            tellings.append(_telling(row))
    return tellings, left_out


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


def _agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _victims_agree(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings can count the same victims: what is not said contradicts nothing."""
    if not (_agree(one.killed, other.killed) and _agree(one.injured, other.injured)):
        return False
    return _agree(_all_harmed(one), _all_harmed(other))


def _all_harmed(telling: Telling) -> int | None:
    if telling.killed is not None and telling.injured is not None:
        return telling.killed + telling.injured
    return telling.casualties


def _same_date(one: str | None, other: str | None) -> bool:
    """Tell whether two dates may be one day: the same, or a month or year that holds the other."""
    if one is None or other is None:
        return one == other
    return one.startswith(other) or other.startswith(one)


def _order(telling: Telling, nesting: Nesting) -> tuple[Any, ...]:
    """Return the order in which tellings lead an event: the most specific first, ids last."""
    counts = (telling.killed, telling.injured, telling.casualties)
    return (
        -len(telling.date or ""),
        telling.date or "",
        nesting.width(telling.place_ids),
        telling.place_ids,
        sum(count is None for count in counts),
        tuple(-1 if count is None else count for count in counts),
        telling.device == "unknown",
        telling.device,
        telling.document_id,
        telling.incident_id,
    )


def _event_of(telling: Telling, events: Sequence[list[Telling]], nesting: Nesting) -> list[Telling] | None:
    """Return the event that a telling is of: an identical telling's first, else one that agrees with it.

    A document tells each explosion once, so two incidents of one document are never one event.
    """
    agreeing = [
        event
        for event in events
        if all(other.document_id != telling.document_id for other in event)
        and all(_same_date(telling.date, other.date) and _victims_agree(telling, other) for other in event)
        and nesting.nested(telling.place_ids, event[0].place_ids, days_of(telling.date)[1])
    ]
    same = [event for event in agreeing if event[0].content == telling.content]
    return next(iter(same or agreeing), None)


def merge_tellings(tellings: Iterable[Telling], nesting: Nesting) -> list[list[Telling]]:
    """Group tellings into events, the leading telling of each first; see `merge_incidents`."""
    by_year: dict[str, list[list[Telling]]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda one: _order(one, nesting)):
        year = (telling.date or "")[:YEAR_LENGTH]
        event = _event_of(telling, by_year[year], nesting)
        if event is None:
            by_year[year].append([telling])
        else:
            event.append(telling)
    return [event for year in sorted(by_year) for event in by_year[year]]


def event_row(event: Sequence[Telling]) -> dict[str, Any]:
    """Return what the tellings of one explosion say together, the leading one first."""
    leader = event[0]

    def first(name: str) -> int | None:
        return next((getattr(one, name) for one in event if getattr(one, name) is not None), None)

    return {
        "event_id": min(one.incident_id for one in event),
        "date": leader.date,
        "place_ids": list(leader.place_ids),
        **{name: first(name) for name in COUNTS},
        "device": next((one.device for one in event if one.device != "unknown"), "unknown"),
        "incident_ids": sorted(one.incident_id for one in event),
        "document_ids": sorted({one.document_id for one in event}),
        "sources": sorted({one.source for one in event}),
    }


def merge_incidents(
    incidents: pd.DataFrame, gazetteer: PlaceIndex, *, min_confidence: float = 0.0
) -> pd.DataFrame:
    """Return one row per explosion: tellings that agree in date, place and victims are one event.

    Dates agree when they are equal or one is the month or year of the other; places when one lies in the
    other; victims when no count that both give differs. Two incidents of one document stay two. Rejected
    incidents, and those without a place or at one that the gazetteer lacks, are left out. The order of the
    rows changes nothing.

    Parameters
    ----------
    incidents
        The store's incidents table; it is not changed.
    gazetteer
        Answers `place` and `contains`.
    min_confidence
        From 0 to 1; incidents below it are left out before any are merged, but for those that a person
        accepted or corrected.

    Returns
    -------
    events
        `event_id, date, place_ids, killed, injured, casualties` (Int64, `<NA>` when nobody says),
        `device, incident_ids, document_ids, sources`, by date.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.

    Notes
    -----
    Tellings are sorted by how specific they are; each joins the first event that it agrees with. Cost:
    incidents of a year times events of that year.
    """
    nesting = Nesting(gazetteer)
    tellings, _ = read_tellings(incidents, nesting, min_confidence)
    return event_table(merge_tellings(tellings, nesting))


def event_table(events: Iterable[Sequence[Telling]]) -> pd.DataFrame:
    """Return events as a table with the columns `EVENT_COLUMNS`, by date."""
    rows = sorted(
        (event_row(event) for event in events), key=lambda row: (row["date"] or "", row["event_id"])
    )
    return typed(rows, EVENT_COLUMNS)
