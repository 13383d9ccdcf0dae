"""From facts to answers: the same observation from many sources once, conflicts kept, nothing counted twice.

Tables in, tables out; no input is changed. The gazetteer says which place lies in which.
"""

from __future__ import annotations

from geotrack.analysis.answers import Total, observations_of, total
from geotrack.analysis.bins import Bins, bins
from geotrack.analysis.changes import Changes, changes_since
from geotrack.analysis.checks import conflicts, warnings
from geotrack.analysis.events import merge_incidents
from geotrack.analysis.incidents import IncidentTotals, incidents_by_place
from geotrack.analysis.ledger import Ledger, observations
from geotrack.analysis.levels import level_changes
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.misfits import link_misfits
from geotrack.analysis.observations import Conflict, Observation, Observations
from geotrack.analysis.outlook import Outlook, outlook
from geotrack.analysis.shares import Split
from geotrack.analysis.silence import silent_units
from geotrack.analysis.timelines import Timeline, incident_timeline, timeline
from geotrack.analysis.totals import Totals, totals, totals_by_place

__all__ = [
    "STOCK_MEASURES",
    "Bins",
    "Changes",
    "Conflict",
    "IncidentTotals",
    "Ledger",
    "Observation",
    "Observations",
    "Outlook",
    "Split",
    "Timeline",
    "Total",
    "Totals",
    "bins",
    "changes_since",
    "conflicts",
    "incident_timeline",
    "incidents_by_place",
    "level_changes",
    "link_misfits",
    "merge_incidents",
    "observations",
    "observations_of",
    "outlook",
    "silent_units",
    "timeline",
    "total",
    "totals",
    "totals_by_place",
    "warnings",
]
