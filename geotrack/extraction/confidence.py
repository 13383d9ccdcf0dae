"""How sure a fact is, from the evidence that it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping

# Log-odds that each doubt takes from a fact whose number, verb, place and time stand together.
CLEAN = 3.2
DOUBTS: Mapping[str, float] = {
    "far_predicate": 1.0,
    "no_predicate": 1.0,
    "inherited_predicate": 0.7,
    "topic_predicate": 2.0,
    "inferred_places": 0.6,
    "inferred_period": 0.5,
    "malformed": 1.2,
    "approximate_place": 0.4,
    "noun_event": 0.8,
    "no_victims": 0.8,
    "bare_number": 0.5,
}


def confidence(*doubts: str) -> float:
    """Return a probability-like confidence, 0 to 1, for a fact with the doubts named in `DOUBTS`."""
    odds = CLEAN - sum(DOUBTS[d] for d in doubts)
    return round(1 / (1 + math.exp(-odds)), 2)
