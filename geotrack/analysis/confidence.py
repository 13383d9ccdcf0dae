"""Which facts are sure enough for what is asked, and what to say of those that are not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geotrack.errors import UsageError

# A person's word wins: no confidence speaks for or against a fact that somebody has judged.
JUDGED = ("accepted", "corrected", "rejected", "added")


def check_confidence(min_confidence: float) -> None:
    """Refuse what is no confidence.

    Raises
    ------
    UsageError
        If it is not a number from 0 to 1.
    """
    if not 0 <= min_confidence <= 1:
        raise UsageError(f"No confidence {min_confidence:g}. Give a number from 0 (all facts) to 1, as 0.7.")


def doubt(row: Mapping[str, Any], min_confidence: float) -> str | None:
    """Return why a fact is not sure enough, None when it is or when a person has judged it.

    `row` is one of the store's figures or incidents; one without a confidence is as sure as nothing.
    """
    return doubt_of(sureness(row), min_confidence) if min_confidence > 0 else None


def doubt_of(known: float, min_confidence: float) -> str | None:
    """Return why a fact that is so sure (`sureness`) is not sure enough, None when it is."""
    return None if known >= min_confidence else f"confidence {known:g} is below {min_confidence:g}"


def sureness(row: Mapping[str, Any]) -> float:
    """Return the confidence of a fact, 0 where none is told; infinite where a person has judged it."""
    if row.get("review") in JUDGED:
        return math.inf
    stated = row.get("confidence")
    return 0.0 if stated is None or pd.isna(stated) else float(stated)


def less_sure(facts: pd.DataFrame, min_confidence: float) -> pd.DataFrame:
    """Return the facts that a filter by confidence leaves out.

    Parameters
    ----------
    facts
        The store's figures or incidents; not changed.
    min_confidence
        From 0 to 1; 0 leaves nothing out.

    Returns
    -------
    left_out
        The rows below it that no person has judged, with their index.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.
    """
    check_confidence(min_confidence)
    if min_confidence <= 0:
        return facts.iloc[:0]
    sure = facts["confidence"] >= min_confidence
    return facts[~sure & ~facts["review"].isin(JUDGED)]


def unjudged(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the store's figures or incidents that no person has judged, with their index."""
    return facts[~facts["review"].isin(JUDGED)]


def left_out_note(figures: int, incidents: int, min_confidence: float) -> str:
    """Say how many facts a filter by confidence leaves out; without a filter say nothing."""
    if min_confidence <= 0:
        return ""
    parts = [_counted(figures, "figure", "figures")]
    parts.append(_counted(incidents, "report of an incident", "reports of incidents"))
    told = " and ".join(part for part in parts if part)
    if not told:
        return f"No fact is left out: all have a confidence of {min_confidence:g} or more."
    verb = "is" if figures + incidents == 1 else "are"
    return f"{told} with a confidence below {min_confidence:g} {verb} left out."


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}" if number else ""
