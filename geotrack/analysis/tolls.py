"""Incidents as observations of the people they harmed, on their days and at their places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geotrack.analysis.events import event_row
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.tellings import Telling, days_of

INCIDENTS = "incidents"
HARM = frozenset({"killed", "injured", "casualties"})


def harmed(measure: str, events: Iterable[Sequence[Telling]], nesting: Nesting) -> list[Observation]:
    """Return how many people incidents killed, injured or harmed, those of one date and place together.

    Two explosions of one day in one place are two, so their victims are added. An incident of which nobody
    says how many is none. Those harmed are the killed and the injured where both are told. A count that
    tellings dispute is a lower bound if the least of them is preferred, else approximate.
    """
    found: dict[tuple[Any, ...], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for event in events:
        row = event_row(event, nesting)
        count = row[measure]
        if measure == "casualties" and None not in (row["killed"], row["injured"]):
            count = row["killed"] + row["injured"]
        if count is not None:
            found[row["date"] or "", tuple(row["place_ids"])].append((count, row))
    return [_observation(measure, rows) for rows in found.values()]


def _observation(measure: str, rows: Sequence[tuple[int, dict[str, Any]]]) -> Observation:
    told = [row for _, row in rows]
    start, end = days_of(told[0]["date"])
    return Observation(
        id="+".join(sorted(row["event_id"] for row in told)),
        measure=measure,
        value=float(sum(count for count, _ in rows)),
        value_max=None,
        unit="people",
        qualifier=_qualifier(measure, told),
        basis="period",
        place_ids=tuple(told[0]["place_ids"]),
        start=start,
        end=end,
        done_by=frozenset(),
        part=None,
        rolling=False,
        malformed=False,
        step=1.0,
        rounded=False,
        figure_ids=(),
        document_ids=tuple(sorted({document for row in told for document in row["document_ids"]})),
        sources=tuple(sorted({source for row in told for source in row["sources"]})),
        incident_ids=tuple(sorted({incident for row in told for incident in row["incident_ids"]})),
        derived=INCIDENTS,
    )


def _qualifier(measure: str, events: Iterable[Mapping[str, Any]]) -> str:
    """Return how surely a count stands: not exactly where the tellings of an explosion dispute it."""
    counted = {measure, "killed", "injured"} if measure == "casualties" else {measure}
    disputed = [one for row in events for one in row["disagreements"] if one["field"] in counted]
    if not disputed:
        return "exact"
    return "at_least" if all(one["preferred"] == one["low"] for one in disputed) else "approx"
