"""geotrack reads mine-action reports and maps what they state, each number one click from its sentence.

The names below are the Python API; each is loaded from its module when it is first used, so that
`import geotrack` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geotrack.analysis import (
        Ledger,
        Total,
        incident_timeline,
        incidents_by_place,
        merge_incidents,
        observations,
        observations_of,
        timeline,
        total,
        totals,
        totals_by_place,
    )
    from geotrack.boundaries import import_layer, layer, list_layers, units_at
    from geotrack.config import Settings, data_folder, reports_folder, seeds_folder
    from geotrack.documents import Options, read_file, read_paths
    from geotrack.errors import GeotrackError
    from geotrack.evaluation import Evaluation, evaluate, load_gold
    from geotrack.extraction import Reader, json_schema, to_row
    from geotrack.gazetteer import Gazetteer
    from geotrack.models import Document, Figure, Incident, Mention, Period, Place, Reading, Source
    from geotrack.redaction import redact
    from geotrack.store import Finding, Review, Store, ingest
    from geotrack.tracker import Choropleth, Tracker
    from geotrack.workers import ClusterWorkers, LocalWorkers

__version__ = "0.1.0"

_MODULES = {
    "analysis": (
        "Ledger",
        "Total",
        "incident_timeline",
        "incidents_by_place",
        "merge_incidents",
        "observations",
        "observations_of",
        "timeline",
        "total",
        "totals",
        "totals_by_place",
    ),
    "boundaries": ("import_layer", "layer", "list_layers", "units_at"),
    "config": ("Settings", "data_folder", "reports_folder", "seeds_folder"),
    "documents": ("Options", "read_file", "read_paths"),
    "errors": ("GeotrackError",),
    "evaluation": ("Evaluation", "evaluate", "load_gold"),
    "extraction": ("Reader", "json_schema", "to_row"),
    "gazetteer": ("Gazetteer",),
    "models": ("Document", "Figure", "Incident", "Mention", "Period", "Place", "Reading", "Source"),
    "redaction": ("redact",),
    "store": ("Finding", "Review", "Store", "ingest"),
    "tracker": ("Choropleth", "Tracker"),
    "workers": ("ClusterWorkers", "LocalWorkers"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Choropleth",
    "ClusterWorkers",
    "Document",
    "Evaluation",
    "Figure",
    "Finding",
    "Gazetteer",
    "GeotrackError",
    "Incident",
    "Ledger",
    "LocalWorkers",
    "Mention",
    "Options",
    "Period",
    "Place",
    "Reader",
    "Reading",
    "Review",
    "Settings",
    "Source",
    "Store",
    "Total",
    "Tracker",
    "__version__",
    "data_folder",
    "evaluate",
    "import_layer",
    "incident_timeline",
    "incidents_by_place",
    "ingest",
    "json_schema",
    "layer",
    "list_layers",
    "load_gold",
    "merge_incidents",
    "observations",
    "observations_of",
    "read_file",
    "read_paths",
    "redact",
    "reports_folder",
    "seeds_folder",
    "timeline",
    "to_row",
    "total",
    "totals",
    "totals_by_place",
    "units_at",
]


def __getattr__(name: str) -> object:
    """Load a name of the API from its module."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'geotrack' has no attribute {name!r}")
    value: object = getattr(import_module(f"geotrack.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
