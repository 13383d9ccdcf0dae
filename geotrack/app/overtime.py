"""How a measure is told over time: as reported or by bins, what is shown of each bin, and of which areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import streamlit as st

from geotrack.analysis import STOCK_MEASURES
from geotrack.analysis.bins import By, View
from geotrack.app import state
from geotrack.app.state import Asked
from geotrack.languages import no_translation as n_
from geotrack.maps.gathering import INCIDENTS

BY = {
    "": n_("As reported"),
    "month": n_("By month"),
    "quarter": n_("By quarter"),
    "year": n_("By year"),
}
VIEWS = {"total": n_("Total"), "rate": n_("A day"), "cumulative": n_("Added up")}


@dataclass(frozen=True, slots=True)
class OverTime:
    """What the controls of the chart under a map ask for; they are drawn after it, with these keys.

    `by` is None where figures are told as reported, and for what has no sums over time.
    """

    by: By | None
    view: View
    wider: bool

    BY_KEY = "map by"
    VIEW_KEY = "map view"
    WIDER_KEY = "map wider"

    @property
    def params(self) -> dict[str, str | None]:
        """The controls as they stand in the address."""
        return {
            "by": self.by,
            "view": self.view if self.by and self.view != "total" else None,
            "wider": "1" if self.wider else None,
        }


def under_map(asked: Asked, measure: str) -> OverTime:
    """Return what the controls of the chart under the map hold."""
    by = st.session_state[asked.hold("by", "", state.one_of(BY))]
    view = st.session_state[asked.hold("view", "total", state.one_of(VIEWS))]
    wider = st.session_state[asked.hold("wider", False, state.switch)]  # noqa: FBT003 - a widget's value
    return OverTime(cast("By", by) if by and has_bins(measure) else None, cast("View", view), bool(wider))


def has_bins(measure: str) -> bool:
    """Tell whether a measure can be told by month, quarter or year; levels have no sums over time."""
    return measure != INCIDENTS and measure not in STOCK_MEASURES
