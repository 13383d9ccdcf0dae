"""Incidents of some places as events in time: a panel of the timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from geotrack.app import eventcards, monthreports, observations
from geotrack.app.cards import html
from geotrack.app.reads import Edition
from geotrack.charts.axes import Row, Span
from geotrack.charts.compared import MOST_DRAWN, Look, Subject, coverage_days
from geotrack.charts.lanes import events_chart, events_of, is_crowded, month_of
from geotrack.charts.summaries import events_summary
from geotrack.export.rows import Kind
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.maps import evidence
from geotrack.maps.words import device
from geotrack.maps.words import measure as measure_in_words

FIELDS: dict[str, Kind] = {
    "event_id": "str",
    "place_id": "str",
    "place": "str",
    "place_ids": "list",
    "date": "str",
    "killed": "int",
    "injured": "int",
    "casualties": "int",
    "device": "str",
    "documents": "int",
    "sources": "list",
    "incident_ids": "list",
}
_COUNTS = ("killed", "injured", "casualties")


@dataclass(frozen=True, slots=True)
class EventsPanel:
    """The incidents of some places."""

    measure: str
    subjects: Sequence[Subject]
    look: Look
    rows: Sequence[Row]

    @classmethod
    def of(cls, measure: str, subjects: Sequence[Subject], look: Look) -> EventsPanel:
        """Gather the incidents of some places."""
        return cls(measure, subjects, look, events_of(subjects, evidence.toll, look.span))

    @property
    def picks(self) -> set[str]:
        """What can be picked out of the chart or the table: incidents, and months where there are many."""
        single = {row["event_id"] for row in self.rows}
        months = {self._month(row) for row in self.rows if row["first"]}
        return single | months | monthreports.picks(self.subjects)

    def _month(self, row: Mapping[str, Any]) -> str:
        return f"{self.subjects[row['subject']].place_id} {month_of(row):%Y-%m}"

    @property
    def span(self) -> Span | None:
        """The days that the chart needs."""
        days = [row[end] for row in self.rows for end in ("first", "last") if row["first"]]
        if days:
            days += [day for subject in self.subjects for day in coverage_days(subject)]
        return (min(days), max(days)) if days else None

    @property
    def empty(self) -> str:
        """Why there is nothing to draw; empty if there is something."""
        if any(row["first"] for row in self.rows):
            return ""
        return _("No incident here has a date.") if self.rows else _("No incident is reported here.")

    def chart(self, span: Span, shown: str) -> alt.VConcatChart | alt.Chart:
        """Return the chart over some days, with what is picked out ringed."""
        look, name = replace(self.look, shown=shown), measure_in_words(self.measure)
        return events_chart(self.rows, self.subjects, look, name, span, evidence.toll)

    def summary(self) -> list[str]:
        """Return what the chart shows, in sentences."""
        return events_summary(self.rows, self.subjects)

    def reading(self) -> str:
        """Say how the chart is to be read."""
        told = _(
            "Full circles: people were killed; rings: people were injured. The larger, the more people; a "
            "cross where nobody was harmed or told of."
        )
        if is_crowded([row for row in self.rows if row["first"]]):
            return told + " " + _("There are many: each circle is a month.")
        return told

    def table(self) -> pd.DataFrame:
        """Return the incidents as they are printed, newest first; `pick` says what a row picks out."""
        rows = sorted(self.rows, key=lambda row: (str(row["date"] or ""), row["event_id"]), reverse=True)
        rows = rows[:MOST_DRAWN]
        return pd.DataFrame(
            {
                "pick": [row["event_id"] for row in rows],
                _("Date"): [evidence.dated(row["date"]) for row in rows],
                _("Place"): [observations.located_names(row["place_ids"], 2) for row in rows],
                _("Harmed"): [row["said"] for row in rows],
                _("Device"): [device(row["device"]) for row in rows],
                _("Reports"): [len(row["document_ids"]) for row in rows],
                _("Reports disagree on"): [eventcards.disagreements(row) for row in rows],
            }
        )

    def sheet(self) -> list[dict[str, Any]]:
        """Return the incidents for a file with the columns `FIELDS`, oldest first."""
        return [
            {
                **{name: row[name] for name in FIELDS if name in row},
                **{name: None if pd.isna(row[name]) else int(row[name]) for name in _COUNTS},
                "place_id": self.subjects[row["subject"]].place_id,
                "place": self.subjects[row["subject"]].name,
                "documents": len(row["document_ids"]),
            }
            for row in self.rows
        ]

    def show_details(self, edition: Edition, pick: str) -> None:
        """Show the card of an incident, those of a month, or the reports of a month of the strip."""
        if monthreports.show(edition, self.subjects, pick):
            return
        one = next((row for row in self.rows if row["event_id"] == pick), None)
        if one is not None:
            eventcards.show_card(edition, one)
            return
        some = [row for row in self.rows if row["first"] and self._month(row) == pick]
        html("<h3>{}</h3>", month_in_words(month_of(some[0])))
        eventcards.show_titles(some, _pick)


def _pick(event_id: str | None) -> None:
    from geotrack.app import comparing

    comparing.show(event_id or "")
