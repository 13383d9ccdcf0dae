"""Processes that parse and read reports: those of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from geotrack.workers.cluster import ClusterWorkers
from geotrack.workers.local import LocalWorkers
from geotrack.workers.tasks import Task, Workers

__all__ = ["ClusterWorkers", "LocalWorkers", "Task", "Workers"]
