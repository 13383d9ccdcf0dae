"""One measure by months, quarters or years: a panel of the timeline."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import pandas as pd

from geotrack.app import observations, reads
from geotrack.app.cards import html, note
from geotrack.app.reads import Edition
from geotrack.charts.axes import Row, Span
from geotrack.charts.binned import Binned, bin_amounts, bin_rows, bins_compared, told
from geotrack.charts.compared import MOST_DRAWN, Look
from geotrack.charts.summaries import binned_summary
from geotrack.export.rows import Kind
from geotrack.languages import gettext as _
from geotrack.maps.words import measure as measure_in_words

FIELDS: dict[str, Kind] = {
    "measure": "str",
    "view": "str",
    "place_id": "str",
    "place": "str",
    "bin": "str",
    "reference_period_start": "date",
    "reference_period_end": "date",
    "at_least": "float",
    "known": "float",
    "qualifier": "str",
    "at_most": "float",
    "no_more_is_possible": "bool",
    "unit": "str",
    "documents": "int",
    "sources": "list",
    "figure_ids": "list",
    "incident_ids": "list",
}


@dataclass(frozen=True, slots=True)
class BinnedPanel:
    """What is known of one measure in some places by months, quarters or years."""

    measure: str
    places: Sequence[Binned]
    look: Look
    rows: Sequence[Row]
    min_confidence: float

    @classmethod
    def of(cls, measure: str, places: Sequence[Binned], look: Look, min_confidence: float) -> BinnedPanel:
        """Gather the bins of a measure."""
        return cls(measure, places, look, bin_rows(places, look), min_confidence)

    @property
    def picks(self) -> set[str]:
        """What can be picked out of the chart or the table."""
        return {self._pick(row) for row in self.rows}

    def _pick(self, row: Mapping[str, Any]) -> str:
        return f"{self.measure} {row['pick']}"

    @property
    def span(self) -> Span | None:
        """The days that the chart needs."""
        if not self.rows:
            return None
        return min(row["start"] for row in self.rows), max(row["end"] for row in self.rows)

    @property
    def empty(self) -> str:
        """Why there is nothing to draw; empty if there is something."""
        if self.rows:
            return ""
        beside = sum(len(place.bins.beside) for place in self.places)
        told = _("No figure has a first and a last day.")
        if beside:
            told += " " + _("What is told of several places together or of wider areas is under As reported.")
        return told

    def chart(self, span: Span, shown: str) -> alt.VConcatChart | alt.Chart:
        """Return the chart over some days, with what is picked out framed."""
        look = replace(self.look, shown=shown.removeprefix(f"{self.measure} "))
        return bins_compared(self.rows, self.places, look, measure_in_words(self.measure), span)

    def summary(self) -> list[str]:
        """Return what the chart shows, in sentences."""
        return binned_summary(self.rows, self.places, self.look)

    def reading(self) -> str:
        """Say how the chart is to be read."""
        return _(
            "Full: what is known. Pale: what figures over longer times leave open; bars are cut off at twice "
            "the greatest known value. A line on top: no more is possible. A gap: nothing is known."
        )

    def table(self) -> pd.DataFrame:
        """Return the numbers as they are printed, newest first; `pick` says what a row picks out."""
        rows = sorted(self.rows, key=lambda row: (row["start"], -row["subject"]), reverse=True)[:MOST_DRAWN]
        amounts = bin_amounts(rows, self.places, self.look)
        said = [told(row, amounts) for row in rows]
        return pd.DataFrame(
            {
                "pick": [self._pick(row) for row in rows],
                _("Place"): [self.places[row["subject"]].name for row in rows],
                _("Period"): [row["when"] for row in rows],
                _("At least"): [one["least"] for one in said],
                _("Known"): [one["about"] for one in said],
                _("At most"): [one["most"] for one in said],
                _("Reports"): [row["n_documents"] for row in rows],
            }
        )

    def sheet(self) -> list[dict[str, Any]]:
        """Return the numbers for a file with the columns `FIELDS`, in SI units, by place and time."""
        return [
            {
                **{name: row[name] for name in FIELDS if name in row},
                "measure": self.measure,
                "view": place.bins.view,
                "place_id": place.place_id,
                "place": place.name,
                "reference_period_start": row["start"],
                "reference_period_end": row["end"],
                "at_least": _known(row["lower"]),
                "known": _known(row["value"]),
                "at_most": _known(row["upper"]),
                "no_more_is_possible": row["is_limit"],
                "documents": row["n_documents"],
            }
            for row in bin_rows(self.places, replace(self.look, density=False))
            for place in [self.places[row["subject"]]]
        ]

    def show_details(self, edition: Edition, pick: str) -> None:
        """Show what a bin says, the observations that it rests on, and those that leave more open."""
        row = next(row for row in self.rows if self._pick(row) == pick)
        place = self.places[row["subject"]]
        said = told(row, bin_amounts(self.rows, self.places, self.look))
        html("<h3>{}</h3>", _("{place}, {when}").format(place=place.name, when=row["when"]))
        note(
            _("Known: {known}. At least: {least}. At most: {most}.").format(
                known=said["about"], least=said["least"], most=said["most"]
            )
        )
        counted, above = set(row["figure_ids"]), set(row["upper_figure_ids"])
        self._show_grounds(edition, place, counted, _("What it rests on"))
        if row["incident_ids"]:
            observations.show_incidents(edition, row["incident_ids"])
        self._show_grounds(edition, place, above - counted, _("What leaves more open"))

    def _show_grounds(self, edition: Edition, place: Binned, figure_ids: set[str], title: str) -> None:
        if not figure_ids:
            return
        bands = reads.place_timeline(edition, place.place_id, self.measure, self.min_confidence).bands
        kept = [bool(figure_ids & set(ids)) for ids in bands["figure_ids"]]
        rows = bands[pd.Series(kept, index=bands.index, dtype=bool)]
        html("<h3>{}</h3>", title)
        observations.show_list(edition, rows, stock=False, key=f"all {title} {self.measure} {place.place_id}")
        missing = figure_ids - {one for ids in rows["figure_ids"] for one in ids}
        if missing:
            observations.show_figures(edition, missing)


def first_day(places: Sequence[Binned]) -> dt.date | None:
    """Return the first day of the earliest bin of any place."""
    return min((day for place in places for day in place.bins.table["start"]), default=None)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
