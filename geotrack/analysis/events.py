"""One explosion told in many reports is one event."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geotrack.analysis.disputes import disputes
from geotrack.analysis.likeness import DAYS_APART, Fit, excluded, fit, why_of
from geotrack.analysis.links import settled
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.tables import typed
from geotrack.analysis.tellings import (
    COUNTS,
    DAY_LENGTH,
    MONTH_LENGTH,
    YEAR_LENGTH,
    Telling,
    read_tellings,
)

EVENT_COLUMNS = dict.fromkeys(
    (
        "event_id",
        "date",
        "place_ids",
        *COUNTS,
        "device",
        "disagreements",
        "incident_ids",
        "document_ids",
        "sources",
        "links",
    ),
    "object",
) | dict.fromkeys(COUNTS, "Int64")


def _order(telling: Telling, nesting: Nesting) -> tuple[Any, ...]:
    """Return the order in which tellings lead an event: the most precise first, then what claims least.

    Nothing in it tells copies apart.
    """
    counts = tuple(getattr(telling, name) for name in COUNTS)
    known = [count for count in counts if count is not None]
    return (
        -len(telling.date or ""),
        nesting.width(telling.place_ids),
        any("/" in place for place in telling.place_ids),
        telling.place_ids,
        telling.date or "",
        -len(known),
        telling.harmed if telling.harmed is not None else sum(known),
        tuple(-1 if count is None else count for count in counts),
        telling.device in {"unknown", "mine"},
        telling.device == "unknown",
        telling.device,
    )


@dataclass(frozen=True, slots=True)
class _Copies:
    """Tellings of one content, no two of one document: they are of one event, whoever tells it."""

    tellings: tuple[Telling, ...]

    @property
    def telling(self) -> Telling:
        """One of them."""
        return self.tellings[0]

    @property
    def document_ids(self) -> set[str]:
        """The documents that tell it."""
        return {one.document_id for one in self.tellings}


def _copies(tellings: Iterable[Telling], nesting: Nesting) -> list[_Copies]:
    """Return tellings by content, those that lead first; what a document tells twice is two."""
    found: dict[tuple[Any, ...], list[Telling]] = defaultdict(list)
    times: Counter[tuple[Any, ...]] = Counter()
    for one in sorted(tellings, key=lambda one: one.incident_id):
        times[one.content, one.document_id] += 1
        found[one.content, times[one.content, one.document_id]].append(one)
    keyed = [((_order(told[0], nesting), key[1]), _Copies(tuple(told))) for key, told in found.items()]
    return [one for _, one in sorted(keyed, key=lambda pair: pair[0])]


@dataclass(slots=True)
class _Event:
    """The copies that tell of one explosion: those that fit its first firmly, and those that do loosely."""

    firm: list[_Copies]
    loose: list[_Copies] = field(default_factory=list)

    def fit(self, copies: _Copies, nesting: Nesting) -> Fit:
        """Return how well further copies fit.

        None where a document tells both: it tells each explosion once. They must fit all that is firm, and
        what is loose must not exclude them.
        """
        one = copies.telling
        if any(copies.document_ids & other.document_ids for other in (*self.firm, *self.loose)):
            return Fit.none
        worst = min(fit(one, other.telling, nesting) for other in self.firm)
        if any(excluded(one, other.telling, nesting) for other in self.loose):
            return Fit.none
        return worst

    def told(self) -> list[Telling]:
        """Return its tellings, the leading one first."""
        return [one for copies in (*self.firm, *self.loose) for one in copies.tellings]


class _Calendar:
    """Events by day, month and year, and by the places that their leading telling lies in."""

    def __init__(self, nesting: Nesting) -> None:
        self._nesting = nesting
        self._inside: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._at: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, number: int, leader: Telling) -> None:
        """Enter an event."""
        for date in _with_wider(leader.date):
            for place in leader.place_ids:
                for unit in dict.fromkeys((*self._nesting.chain(place), place)):
                    self._inside[date, unit].append(number)
                self._at[date, self._wide(place)].append(number)

    def _wide(self, place_id: str) -> str:
        """Return the id under which a place is found from within: a region's is its country's."""
        place = self._nesting.place(place_id)
        return place.adm0 if place.level == "region" else place_id

    def near(self, telling: Telling) -> list[int]:
        """Return the events that a telling may be of, in the order in which they were entered."""
        found: set[int] = set()
        for date in _days_near(telling.date):
            for place in telling.place_ids:
                *wider, own = self._nesting.chain(place)
                if self._nesting.place(place).level in {"settlement", "region"} and wider:
                    own = wider.pop()  # names may be spelled otherwise, regions overlap
                found.update(self._inside.get((date, own), ()))
                for unit in wider:
                    found.update(self._at.get((date, unit), ()))
        return sorted(found)


def _with_wider(date: str | None) -> Iterator[str]:
    """Yield a date, then the month and the year that hold it."""
    text = date or ""
    yield text
    yield from (text[:length] for length in (MONTH_LENGTH, YEAR_LENGTH) if len(text) > length)


def _days_near(date: str | None) -> Iterator[str]:
    """Yield a date, and the days within `DAYS_APART` of a day."""
    yield date or ""
    if date and len(date) == DAY_LENGTH:
        day = dt.date.fromisoformat(date)
        for apart in range(1, DAYS_APART + 1):
            yield from ((day + dt.timedelta(days=shift)).isoformat() for shift in (-apart, apart))


def merge_tellings(tellings: Iterable[Telling], nesting: Nesting) -> list[list[Telling]]:
    """Group tellings into events, the leading telling of each first; see `merge_incidents`."""
    told = list(tellings)
    said = {one.incident_id: one.same_as for one in told if one.same_as}
    if not said:
        return _fitting(told, nesting)
    held = sorted(told, key=lambda one: (_order(one, nesting), one.incident_id))
    goes = settled(said, (one.incident_id for one in held))
    events = _fitting((one for one in held if one.incident_id not in goes), nesting)
    at = {one.incident_id: number for number, event in enumerate(events) for one in event}
    joined: set[int] = set()
    for one in held:
        label = goes.get(one.incident_id)
        if label is not None:
            if label not in at:
                at[label] = len(events)
                events.append([])
            events[at[label]].append(one)
            joined.add(at[label])
    for number in joined:
        events[number].sort(key=lambda one: (_order(one, nesting), one.incident_id))
    return events


def _fitting(tellings: Iterable[Telling], nesting: Nesting) -> list[list[Telling]]:
    """Group tellings of which nobody said what they go with."""
    events: list[_Event] = []
    calendar = _Calendar(nesting)
    for copies in _copies(tellings, nesting):
        fits = [(number, events[number].fit(copies, nesting)) for number in calendar.near(copies.telling)]
        firm = next((number for number, how in fits if how is Fit.firm), None)
        loose = next((number for number, how in fits if how is Fit.loose), None)
        if firm is not None:
            events[firm].firm.append(copies)
        elif loose is not None:
            events[loose].loose.append(copies)
        else:
            calendar.add(len(events), copies.telling)
            events.append(_Event([copies]))
    return [event.told() for event in events]


def event_row(event: Sequence[Telling], nesting: Nesting) -> dict[str, Any]:
    """Return what the tellings of one explosion say together, the leading one first."""
    leader = event[0]

    def first(name: str) -> int | None:
        return next((getattr(one, name) for one in event if getattr(one, name) is not None), None)

    told = [one.device for one in event if one.device != "unknown"]
    disputed = disputes(event, nesting)
    preferred = {one["field"]: one["preferred"] for one in disputed}
    return {
        "event_id": min(one.incident_id for one in event),
        "date": leader.date,
        "place_ids": list(leader.place_ids),
        **{name: preferred.get(name, first(name)) for name in COUNTS},
        "device": next((one for one in told if one != "mine"), next(iter(told), "unknown")),
        "disagreements": disputed,
        "incident_ids": sorted(one.incident_id for one in event),
        "document_ids": sorted({one.document_id for one in event}),
        "sources": sorted({one.source for one in event}),
        "links": [
            {"incident_id": one.incident_id, "reason": why_of(one, leader, nesting)}
            for one in sorted(event, key=lambda one: one.incident_id)
        ],
    }


def merge_incidents(
    incidents: pd.DataFrame, gazetteer: PlaceIndex, *, min_confidence: float = 0.0
) -> pd.DataFrame:
    """Return one row per explosion: tellings that agree in date, place, victims and device are one event.

    Dates agree when they are equal or one is the month or year of the other; places when one lies in the
    other; victims when no count that both give differs; devices when one is unknown, or both are mines and
    one of no kind. One of these may differ where the rest is precise (`likeness.fit`): a day, the counts of
    one day in one village, the spelling of a village. The disagreement is kept. Two incidents of one document
    stay two, and so do those whose contents any document tells as two. Rejected incidents, and those without
    a place or at one that the gazetteer lacks, are left out. The order of the rows and copies of a document
    change nothing. What a person linked or kept apart (`geotrack link`) goes before all this: such a telling
    goes with the one that the person named, or stands alone, whatever they say and whoever tells them.

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
        `device, disagreements, incident_ids, document_ids, sources, links`, by date. `links` has the `reason`
        for which each `incident_id` is of the event. `disagreements` is a list: per
        field (`killed`, `injured`, `casualties`, `date`, `place`, `device`) in which tellings differ its
        `low`, `high`, `preferred` value, the `reason`, and `sides` with the sources of each value.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.

    Notes
    -----
    Contents are sorted by how precise they are; each joins the first event that it fits firmly, else the
    first that it fits loosely. Cost: each content is compared with the events of its district within a day,
    or, where only a month, a year or a wider place is told, with those of that month, year or place.
    """
    nesting = Nesting(gazetteer)
    tellings, _ = read_tellings(incidents, nesting, min_confidence)
    return event_table(merge_tellings(tellings, nesting), nesting)


def event_table(events: Iterable[Sequence[Telling]], nesting: Nesting) -> pd.DataFrame:
    """Return events as a table with the columns `EVENT_COLUMNS`, by date."""
    rows = sorted(
        (event_row(event, nesting) for event in events), key=lambda row: (row["date"] or "", row["event_id"])
    )
    return typed(rows, EVENT_COLUMNS)
