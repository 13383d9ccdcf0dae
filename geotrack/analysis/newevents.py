"""Explosions that are new since a day, told otherwise, or gone: the events of then beside those of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from geotrack.analysis.events import EVENT_COLUMNS, event_row, merge_tellings
from geotrack.analysis.ledger import Ledger
from geotrack.analysis.tables import typed
from geotrack.analysis.tellings import COUNTS, Telling

Published = Mapping[str, dt.date | None]
_Event = Sequence[Telling]
_Row = dict[str, Any]

EVENT_CHANGE_COLUMNS = {
    "change": "object",
    **EVENT_COLUMNS,
    **dict.fromkeys(("first_stated", "was", "into", "reason"), "object"),
}
_KINDS = ("new", "changed", "gone")
_TOLD = ("date", "place_ids", *COUNTS, "device")


def event_changes(
    ledger: Ledger, published: Published, since: dt.date, asked: Callable[[_Row], bool]
) -> pd.DataFrame:
    """Return the explosions that are new, told otherwise, or gone since a day, that day included.

    Those of then are what the reports published before it told, and what people had said of them by then. A
    report without a day of publication counts as one of then, so that nothing of it is new.

    Parameters
    ----------
    ledger, published, since
        The reconciled facts, the day of each document, and the first day that counts as new.
    asked
        Which events to tell of, by their rows.

    Returns
    -------
    incidents
        `change` (`new`, `changed`, `gone`), the columns of `merge_incidents` (of a gone event as it was),
        `first_stated` (a day, None where a report has none), `was` (what a changed one told before, by
        column), `into` (the event of which a gone one is a part now) and `reason`; by kind and date.

    Notes
    -----
    An event of then lives on in the one that holds its leading telling; where two do, the most precise of
    them lives on and the others are gone into it. A rejection since the day takes a telling away; what a
    correction since the day has replaced is not known, and tells nothing here.
    Cost: that of merging all tellings once more.
    """

    def known(one: Telling) -> bool:
        day = published.get(one.document_id)
        return day is None or day < since

    rejected = (one for one in ledger.rejected_tellings if one.rejected_on and one.rejected_on >= since)
    earlier = (_as_of(one, since) for one in (*ledger.tellings, *rejected) if known(one))
    then, now = merge_tellings(earlier, ledger.nesting), ledger.events()
    rows = [row for row in _compared(then, now, ledger) if asked(row)]
    for row in rows:
        days = [published.get(document) for document in row["document_ids"]]
        row["first_stated"] = None if None in days else min(day for day in days if day)
    rows.sort(key=lambda row: (_KINDS.index(row["change"]), row["date"] or "", row["event_id"]))
    return typed(rows, EVENT_CHANGE_COLUMNS)


def _as_of(one: Telling, since: dt.date) -> Telling:
    """Return a telling without the link that a person made since a day."""
    return replace(one, same_as=None) if one.linked_on and one.linked_on >= since else one


def _compared(then: Iterable[_Event], now: Sequence[_Event], ledger: Ledger) -> Iterable[_Row]:
    """Yield what differs between the events of then and of now."""
    holder = {one.incident_id: number for number, event in enumerate(now) for one in event}
    before: dict[int, list[_Row]] = {}
    old = {one.incident_id for event in then for one in event}
    rows = [event_row(event, ledger.nesting) for event in now]
    for event in then:
        was = event_row(event, ledger.nesting)
        number = holder.get(event[0].incident_id)
        if number is None:
            yield {**was, **_change("gone", reason="rejected in review")}
        else:
            before.setdefault(number, []).append(was)
    for number, row in enumerate(rows):
        heirs = before.get(number, [])
        if not heirs:
            parted = any(one.incident_id in old for one in now[number])
            why = "told apart from another incident" if parted else "no report told of it before"
            yield {**row, **_change("new", why)}
            continue
        first, *others = heirs
        yield from _told_otherwise(first, row)
        for was in others:
            yield {
                **was,
                **_change("gone", reason="the same explosion as another incident"),
                "into": row["event_id"],
            }


def _told_otherwise(was: _Row, row: _Row) -> Iterable[_Row]:
    differs = {name: was[name] for name in _TOLD if was[name] != row[name]}
    disputed = {one["field"] for one in row["disagreements"]} - {one["field"] for one in was["disagreements"]}
    if differs or disputed:
        why = "its reports tell it otherwise now" if differs else "its reports disagree now"
        yield {**row, **_change("changed", why), "was": differs}


def _change(kind: str, reason: str) -> _Row:
    return {"change": kind, "was": {}, "into": None, "reason": reason}
