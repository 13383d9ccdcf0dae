"""How sure a fact is: the chance that it is right, from the evidence that it rests on.

What stands beside a number is surer than what was taken from another sentence: each doubt takes from the
log-odds. The weights were fitted on the development documents (`scripts/calibrate_confidence.py`); the number
that shifts the scale of each kind of fact, on the check documents alone, so that of figures at 0.88 nine in
ten are right in measure, value, places and period, and of incidents at 0.9 nine in ten are events that
happened. `docs/reading.md` has the table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

Kind = Literal["figure", "incident"]

CLEAN: Mapping[Kind, float] = {"figure": 3.0, "incident": 3.0}
DOUBTS: Mapping[Kind, Mapping[str, float]] = {
    "figure": {
        "other_cause": 1.5,
        "village": 1.0,
        "topic_predicate": 0.8,
        "inferred_places": 0.7,
        "glossed": 0.7,  # from the check documents of the other languages
        "inferred_period": 0.6,
        "small_number": 0.5,
        "no_predicate": 0.4,
        "far_predicate": 0.3,
        "malformed": 0.2,
        "inherited_predicate": 0.1,
    },
    "incident": {
        "no_victims": 1.3,
        "inferred_places": 1.2,
        "noun_event": 0.6,
        "inferred_period": 0.1,
    },
}
# What the check documents take from the log-odds of each kind of fact.
SHIFT: Mapping[Kind, float] = {"figure": -0.33, "incident": -0.65}


def confidence(kind: Kind, doubts: Sequence[str]) -> float:
    """Return the chance, 0 to 1, that a fact with the doubts named in `DOUBTS` is right."""
    odds = CLEAN[kind] - sum(DOUBTS[kind][doubt] for doubt in doubts) + SHIFT[kind]
    return round(1 / (1 + math.exp(-odds)), 2)
