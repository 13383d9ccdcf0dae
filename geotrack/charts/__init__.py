"""A place over time as charts: what is said of it, or what its months hold, and on how many reports.

The charts hold their data and no address: Streamlit draws them with its own copy of Vega-Lite. Colours are
Okabe and Ito's, which the colour-blind can tell apart, and never stand alone.
"""

from __future__ import annotations

from geotrack.charts.axes import axis_locale, message_chart
from geotrack.charts.bins import bins_chart
from geotrack.charts.coverage import coverage_field
from geotrack.charts.timelines import coverage_chart, incident_chart, span_of, timeline_chart

__all__ = [
    "axis_locale",
    "bins_chart",
    "coverage_chart",
    "coverage_field",
    "incident_chart",
    "message_chart",
    "span_of",
    "timeline_chart",
]
