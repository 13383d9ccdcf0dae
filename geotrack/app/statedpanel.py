"""One measure as reported: a panel of the timeline with its chart, summary, numbers and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from geotrack.app import monthreports, observations
from geotrack.app.cards import note
from geotrack.app.reads import Edition
from geotrack.charts.axes import Row, Span
from geotrack.charts.compared import MOST_DRAWN, Look, Subject, amounts_of, days_shown, newest, stated
from geotrack.charts.comparisons import scope_in_words, stated_chart, value_in_words
from geotrack.charts.summaries import stated_summary
from geotrack.charts.timelines import SCOPES
from geotrack.export.rows import Kind
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, retold
from geotrack.maps import evidence
from geotrack.maps.words import measure as measure_in_words

FIELDS: dict[str, Kind] = {
    "measure": "str",
    "place_id": "str",
    "place": "str",
    "figure_for": "str",
    "place_ids": "list",
    "basis": "str",
    "reference_period_start": "date",
    "reference_period_end": "date",
    "qualifier": "str",
    "value": "float",
    "value_max": "float",
    "unit": "str",
    "done_by": "list",
    "in_conflict": "bool",
    "not_counted_because": "str",
    "documents": "int",
    "sources": "list",
    "figure_ids": "list",
}
_READING = {
    "period": n_("A bar runs from the first to the last day of a figure and is as high as its value."),
    "running": n_("A point is what is counted from a fixed day up to its own; a line joins one count."),
    "level": n_("A point is what there was on its day."),
    "inside": n_("Thin edges: figures for places inside."),
    "shared": n_("Grey and dashed: one number for several places together or for a wider area."),
    "hedged": n_("▲ at least, ▼ at most, ◆ about."),
    "disputed": n_("Whiskers: reports disagree."),
    "lost": n_("Pale: reported, not added, as another number speaks against it."),
    "beyond": n_("↑ higher than the scale."),
}


@dataclass(frozen=True, slots=True)
class StatedPanel:
    """What is stated of one measure in some places."""

    measure: str
    subjects: Sequence[Subject]
    look: Look
    rows: Sequence[Row]

    @classmethod
    def of(cls, measure: str, subjects: Sequence[Subject], look: Look) -> StatedPanel:
        """Gather what is stated of a measure."""
        return cls(measure, subjects, look, stated(subjects, look))

    @property
    def picks(self) -> set[str]:
        """What can be picked out of the chart or the table."""
        return {row["observation_id"] for row in self.rows} | monthreports.picks(self.subjects)

    @property
    def span(self) -> Span | None:
        """The days that the chart needs."""
        dated = [row for row in self.rows if row["kind"] != "undated"]
        return days_shown(dated, self.subjects) if dated else None

    @property
    def drawn(self) -> list[Row]:
        """The rows that the chart draws."""
        kinds = {"rate": {"period", "level"}, "cumulative": {"running", "level"}}
        wanted = kinds.get(self.look.view, {"period", "running", "level"})
        return [row for row in self.rows if row["kind"] in wanted]

    @property
    def empty(self) -> str:
        """Why there is nothing to draw; empty if there is something."""
        if self.drawn:
            return ""
        if not self.rows:
            if not self.look.wider and any(len(subject.known.bands) for subject in self.subjects):
                return _("Reported are only wider areas or other days: see More, or clear From and To.")
            return _("Nothing is reported.")
        if all(row["kind"] == "undated" for row in self.rows):
            return _("Every figure is without a date: see the table.")
        return _("Nothing is reported in this form: choose another one under Shown as.")

    def chart(self, span: Span, shown: str) -> alt.VConcatChart | alt.Chart:
        """Return the chart over some days, with what is picked out ringed."""
        look = replace(self.look, shown=shown)
        rows = newest(self.rows, shown)
        return stated_chart(rows, self.subjects, look, measure_in_words(self.measure), span)

    def summary(self) -> list[str]:
        """Return what the chart shows, in sentences."""
        told = stated_summary(self.rows, self.subjects, self.look)
        drawn = len(self.drawn)
        if drawn > MOST_DRAWN:
            said = _("Drawn are the {n} newest of {all} figures: choose days, or see all of them by month.")
            told.append(said.format(n=number(MOST_DRAWN), all=number(drawn)))
        return told

    def reading(self) -> str:
        """Say how the chart is to be read: only what is in it."""
        drawn = self.drawn
        told = [kind for kind in ("period", "running", "level") if any(row["kind"] == kind for row in drawn)]
        tests: dict[str, bool] = {
            "inside": any(row["scope"] == "inside" and row["kind"] == "period" for row in drawn),
            "shared": any(row["subject"] is None for row in drawn),
            "hedged": any(row["qualifier"] != "exact" for row in drawn),
            "disputed": any(row["in_conflict"] for row in drawn),
            "lost": any(row["lost"] for row in drawn),
        }
        return " ".join(_(_READING[name]) for name in (*told, *(name for name in tests if tests[name])))

    def table(self) -> pd.DataFrame:
        """Return the numbers as they are printed, newest first; `pick` says what a row picks out."""
        rows = self._listed()[:MOST_DRAWN]
        amounts = {
            kind: amounts_of(alike, self.look)
            for kind in {row["kind"] for row in rows}
            if (alike := [row for row in self.rows if row["kind"] == kind])
        }
        return pd.DataFrame(
            {
                "pick": [row["observation_id"] for row in rows],
                _("Place"): [self._place(row) for row in rows],
                _("Period"): [self._when(row) for row in rows],
                _("Value"): [value_in_words(row, amounts[row["kind"]]) for row in rows],
                _("Figure for"): [scope_in_words(row) for row in rows],
                _("Reports"): [row["n_documents"] for row in rows],
                _("Remark"): [_remark(row) for row in rows],
            }
        )

    def _listed(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: (str(row["end"] or ""), row["observation_id"]), reverse=True)

    def _place(self, row: Mapping[str, Any]) -> str:
        if row["subject"] is None or row["scope"] == "inside":
            return observations.place_names(row["place_ids"])
        return str(self.subjects[row["subject"]].name)

    def _when(self, row: Mapping[str, Any]) -> str:
        return evidence.period(row["start"], row["end"], stock=row["basis"] == "stock")

    def sheet(self) -> list[dict[str, Any]]:
        """Return the numbers for a file with the columns `FIELDS`, in SI units, oldest first."""
        return [
            {
                **{name: row[name] for name in FIELDS if name in row},
                "measure": self.measure,
                "place_id": "" if row["subject"] is None else self.subjects[row["subject"]].place_id,
                "place": "" if row["subject"] is None else self.subjects[row["subject"]].name,
                "figure_for": SCOPES[row["scope"]],
                "reference_period_start": row["start"],
                "reference_period_end": row["end"],
                "value_max": None if pd.isna(row["value_max"]) else row["value_max"],
                "not_counted_because": row["lost"],
                "documents": row["n_documents"],
            }
            for row in reversed(self._listed())
        ]

    def show_details(self, edition: Edition, pick: str) -> None:
        """Show the observation that is picked out with its sentences, and those that contradict it.

        Of a month of the strip the reports are shown.
        """
        if monthreports.show(edition, self.subjects, pick):
            return
        chosen = next(row for row in self.rows if row["observation_id"] == pick)
        stock = chosen["basis"] == "stock"
        observations.show_one(edition, _told(chosen), stock=stock, opened=True)
        group = chosen["conflict"]
        rivals = [row for row in self.rows if group and row["conflict"] == group and row is not chosen]
        if rivals:
            note(_("Other reports of the same days:"))
        for row in rivals:
            observations.show_one(edition, _told(row), stock=stock, opened=True)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row) | {"reason": row["lost"]}


def _remark(row: Mapping[str, Any]) -> str:
    if row["lost"]:
        return _("Not added: {reason}").format(reason=retold(row["lost"]))
    return _("Reports disagree") if row["in_conflict"] else ""
