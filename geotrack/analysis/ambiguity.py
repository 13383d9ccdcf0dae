"""Names that may mean several places, where the text leaves the choice in doubt."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records, typed

AMBIGUOUS_COLUMNS = {
    "text": "object",
    "place_id": "object",
    "alternatives": "object",
    "n_documents": "int64",
    "n_mentions": "int64",
    "score": "float64",
    "why": "object",
    "document_ids": "object",
}
DOUBTFUL = 0.85
"""Below this score a choice among several places is in doubt: evidence in the text speaks for it, not all."""


def ambiguous_names(mentions: pd.DataFrame, nesting: Nesting, *, below: float = DOUBTFUL) -> pd.DataFrame:
    """Return the names whose place was chosen among others, with less than a sure score.

    Parameters
    ----------
    mentions
        The store's mentions (`document_id`, `place_id`, `text`, `score`, `alternatives`, `why`); not changed.
    nesting
        Tells which place lies in which: a city and the region around it are no two places to confuse.

    Returns
    -------
    names
        One row per name and place chosen, the least sure first: `alternatives` (place ids), `n_documents`,
        `n_mentions`, the lowest `score` and `why` it was chosen there, `document_ids`.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    doubtful = mentions[(mentions["score"] < below) & (mentions["alternatives"].str.len() > 0)]
    for row in records(doubtful):
        others = [one for one in row["alternatives"] if _elsewhere(one, row["place_id"], nesting)]
        if not others or nesting.unknown([row["place_id"]]):
            continue
        told = found.setdefault(
            (row["text"], row["place_id"]),
            {"alternatives": {}, "n_mentions": 0, "score": 2.0, "why": "", "document_ids": {}},
        )
        told["alternatives"] |= dict.fromkeys(others)
        told["document_ids"][row["document_id"]] = None
        told["n_mentions"] += 1
        if row["score"] < told["score"]:
            told |= {"score": row["score"], "why": row["why"]}
    rows = [
        {
            "text": text,
            "place_id": place_id,
            **told,
            "alternatives": list(told["alternatives"]),
            "n_documents": len(told["document_ids"]),
            "document_ids": list(told["document_ids"]),
        }
        for (text, place_id), told in found.items()
    ]
    rows.sort(key=lambda row: (round(row["score"], 2), -row["n_documents"], row["text"], row["place_id"]))
    return typed(rows, AMBIGUOUS_COLUMNS)


def _elsewhere(other: str, chosen: str, nesting: Nesting) -> bool:
    """Tell whether a place is another one: it neither holds the one chosen nor lies in it."""
    if nesting.unknown([other, chosen]):
        return False
    return other not in nesting.chain(chosen) and chosen not in nesting.chain(other)
