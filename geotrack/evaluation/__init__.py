"""Gold and readings to scores: what the reader gets right, what it misses, and how sure it was."""

from __future__ import annotations

from geotrack.evaluation.gold import GoldError, load_gold
from geotrack.evaluation.models import (
    LEVELS,
    Bin,
    Difference,
    GoldDocument,
    GoldFigure,
    GoldIncident,
    Level,
    Outcome,
    Score,
)
from geotrack.evaluation.report import to_json
from geotrack.evaluation.scoring import Evaluation, evaluate

__all__ = [
    "LEVELS",
    "Bin",
    "Difference",
    "Evaluation",
    "GoldDocument",
    "GoldError",
    "GoldFigure",
    "GoldIncident",
    "Level",
    "Outcome",
    "Score",
    "evaluate",
    "load_gold",
    "to_json",
]
