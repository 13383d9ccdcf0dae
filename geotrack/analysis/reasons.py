"""Why a figure does not count, in a word that programs can compare."""

from __future__ import annotations

import re

_KINDS: tuple[tuple[str, str], ...] = (
    ("^shares days with figures of the same place", "overlap"),
    ("^lies in or around a place", "nested place"),
    ("^shares days with a group", "group"),
    ("^conflict,", "conflict"),
    ("^rejected in review", "rejected"),
    ("^part of another figure", "subset"),
    ("^repeats or rounds", "restatement"),
    ("^the same quantity in a second unit", "second unit"),
    ("^states an upper bound", "upper bound"),
    ("^confidence ", "confidence"),
    ("^without a value", "no value"),
    ("^names a place that no pack knows", "no place"),
    ("^without a place", "no place"),
    ("^outside the window", "outside"),
    ("^its period is unknown and", "unknown period"),
    ("^it begins before", "straddling"),
    ("^it ends after", "straddling"),
    ("^its start is", "straddling"),
    ("^its end is", "straddling"),
    ("^its period is unknown", "straddling"),
    ("^its as-of day is unknown", "straddling"),
    ("^one number for", "group"),
    ("^speaks of places outside", "group"),
    ("^wider than", "wider place"),
    ("^speaks of a wider place", "wider place"),
    ("^a level of a part", "nested place"),
    ("^a percent of a part", "nested place"),
    ("^a later level", "older level"),
    ("^more than a year older", "older level"),
)
_KIND = re.compile("|".join(f"({start})" for start, _ in _KINDS))


def kind_of(reason: str) -> str:
    """Return the kind of a reason: `overlap`, `nested place`, `subset`, `conflict`, `rejected` and so on."""
    found = _KIND.match(reason)
    return _KINDS[found.lastindex - 1][1] if found and found.lastindex else "other"
