"""What is new since a day: reports, what they state first, levels, contradictions, incidents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geotrack.analysis.events import event_row
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.levels import LEVEL_COLUMNS, level_changes
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.newevents import event_changes
from geotrack.analysis.observations import CONFLICT_COLUMNS, OBSERVATION_COLUMNS, Observation
from geotrack.analysis.placement import OnePlace
from geotrack.analysis.statements import as_date, as_text
from geotrack.analysis.tables import records, rows_of, typed
from geotrack.analysis.tellings import COUNTS
from geotrack.analysis.tolls import HARM
from geotrack.models import Measure

DOCUMENT_COLUMNS = dict.fromkeys(("document_id", "title", "publisher", "published"), "object")
_AT_ODDS = 2  # values contradict each other
NEW_COLUMNS = {**OBSERVATION_COLUMNS, "first_stated": "object"}


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since a day, that day included.

    Attributes
    ----------
    documents
        Reports published since: `document_id`, `title`, `publisher`, `published`, by day.
    observations
        What no report had stated before, with the columns of `Observations.table` and `first_stated`.
    levels
        Levels first stated since that differ from the one before: see `level_changes`.
    conflicts
        Contradictions between values of which not two had been stated before, with the columns of
        `Observations.conflict_table`.
    incidents
        Explosions that are `new`, `changed` or `gone` since: see `newevents.event_changes`.
    undated_documents
        Reports without a publication date: what they state is never new.
    """

    since: dt.date
    place_id: str | None
    measure: str | None
    documents: pd.DataFrame
    observations: pd.DataFrame
    levels: pd.DataFrame
    conflicts: pd.DataFrame
    incidents: pd.DataFrame
    undated_documents: int

    def to_dict(self) -> dict[str, object]:
        """Return the changes in JSON types; days are ISO dates."""
        tables = ("documents", "observations", "levels", "conflicts")
        incidents = [
            {**row, **{name: None if row[name] is pd.NA else row[name] for name in COUNTS}}
            for row in rows_of(self.incidents)
        ]
        return {
            "since": self.since.isoformat(),
            "place_id": self.place_id,
            "measure": self.measure,
            **{name: rows_of(getattr(self, name)) for name in tables},
            "incidents": incidents,
            "undated_documents": self.undated_documents,
        }


def changes_since(
    ledger: Ledger,
    documents: pd.DataFrame,
    *,
    since: dt.date,
    place_id: str | None = None,
    measure: Measure | None = None,
) -> Changes:
    """Return what is new since a day, by the days on which reports were published.

    When a report was read in plays no part: an old one that comes in late brings nothing new.

    Parameters
    ----------
    ledger
        The reconciled facts.
    documents
        The store's documents table; not changed.
    since
        The first day that counts as new.
    place_id, measure
        Only what speaks of the place (itself, places in it or around it) and of the measure; then only
        reports that state such a thing. Incidents are of the measures `killed`, `injured` and `casualties`
        where they tell that number.

    Raises
    ------
    UnknownPlaceError
        If the place is not in the gazetteer.

    Notes
    -----
    A quantity that a new report repeats is not new; one that it states more exactly is the same. The age of
    levels is told at the last day on which any report was published.

    Cost: linear in observations and documents, beside that of reconciling and of `level_changes`.
    """
    published = {str(row["document_id"]): as_date(row["published"]) for row in records(documents)}
    asked = _asked(ledger, place_id)
    measures = (measure,) if measure else ledger.measures
    seen = ledger.observations(*measures) if measures else ledger.observations()
    items = [one for one in seen.items if asked(one)]
    first = {one.id: _first_stated(one, published) for one in seen.items}
    new = {name for name, day in first.items() if day is not None and day >= since}
    conflicts = [
        one
        for one in seen.conflicts
        if any(map(asked, one.observations))
        and any(each.id in new for each in one.observations)
        and sum(each.id not in new for each in one.observations) < _AT_ODDS
    ]
    narrow = place_id is not None or measure is not None
    concerns = _asked_events(ledger, place_id, measure)
    told = {document for one in items for document in one.document_ids} if narrow else set(published)
    if narrow:
        events = (event_row(one, ledger.nesting) for one in ledger.events())
        told |= {document for row in events if concerns(row) for document in row["document_ids"]}
    rows = [{**one.row(), "first_stated": first[one.id]} for one in items if one.id in new]
    levels = _levels(ledger, measures, place_id, new, max(filter(None, published.values()), default=None))
    return Changes(
        since=since,
        place_id=place_id,
        measure=measure,
        documents=_documents(documents, told, since),
        observations=typed(
            sorted(rows, key=lambda row: (row["first_stated"], row["observation_id"])), NEW_COLUMNS
        ),
        levels=levels,
        conflicts=typed([one.row() for one in conflicts], CONFLICT_COLUMNS),
        incidents=event_changes(ledger, published, since, concerns),
        undated_documents=sum(published.get(one) is None for one in told),
    )


def _asked(ledger: Ledger, place_id: str | None) -> Callable[[Observation], bool]:
    if place_id is None:
        return lambda _: True
    ledger.nesting.place(place_id)
    return OnePlace(place_id, ledger.nesting).concerns


def _asked_events(
    ledger: Ledger, place_id: str | None, measure: str | None
) -> Callable[[Mapping[str, Any]], bool]:
    """Return what tells whether an event is asked for, by its row."""

    def asked(row: Mapping[str, Any]) -> bool:
        if measure is not None and (measure not in HARM or row[measure] is None):
            return False
        places = row["place_ids"]
        return place_id is None or any(ledger.nesting.overlap(one, place_id) for one in places)

    return asked


def _first_stated(one: Observation, published: Mapping[str, dt.date | None]) -> dt.date | None:
    """Return the day of the first report that states a quantity; None if one of them has no date."""
    days = [published.get(document) for document in one.document_ids]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def _documents(documents: pd.DataFrame, told: Iterable[str], since: dt.date) -> pd.DataFrame:
    wanted = set(told)
    rows: list[dict[str, Any]] = []
    for row in records(documents):
        day = as_date(row["published"])
        if day is not None and day >= since and row["document_id"] in wanted:
            texts = {name: as_text(row[name]) for name in ("document_id", "title", "publisher")}
            rows.append({**texts, "published": day})
    return typed(sorted(rows, key=lambda row: (row["published"], row["document_id"])), DOCUMENT_COLUMNS)


def _levels(
    ledger: Ledger,
    measures: Iterable[str],
    place_id: str | None,
    new: set[str],
    on: dt.date | None,
) -> pd.DataFrame:
    """Return the levels first stated since that differ from the one before."""
    rows = [
        row
        for measure in measures
        if measure in STOCK_MEASURES
        for row in records(level_changes(ledger, measure=measure, place_id=place_id, on=on))  # type: ignore[arg-type]  # a measure of the store
        if row["later_id"] in new and row["change"]
    ]
    return typed(rows, LEVEL_COLUMNS)
