"""What a collection covers: how many reports each month has, and for how long a series was silent."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from statistics import median

import pandas as pd

from geotrack.analysis.tables import typed

MONTH_COLUMNS = {"month": "object", "key": "object", "n_documents": "int64"}
SERIES_COLUMNS = {
    "key": "object",
    "n_documents": "int64",
    "n_undated": "int64",
    "first": "object",
    "last": "object",
    "usual_days": "float64",
    "gap_start": "object",
    "gap_end": "object",
    "gap_days": "Int64",
}
FEWEST = 6
"""Days of publication from which a series has a pace: of fewer, one gap more or less is chance."""
LONG = 3.0
"""From how many times its usual interval on a series is silent; holidays double an interval, no more."""

Keys = Mapping[str, Collection[str]]


def reports_by_month(published: Mapping[str, dt.date | None], keys: Keys) -> pd.DataFrame:
    """Return how many reports of each key every month has, months without any left out.

    Parameters
    ----------
    published
        The day of each document, by its id; undated ones count in no month.
    keys
        What each document counts under: its country, publisher or language; it may be several.

    Returns
    -------
    months
        `month` (its first day), `key`, `n_documents`; by month, then key.
    """
    counts = Counter(
        (day.replace(day=1), key)
        for document_id, day in published.items()
        if day is not None
        for key in keys.get(document_id, ())
    )
    rows = [{"month": month, "key": key, "n_documents": counts[month, key]} for month, key in sorted(counts)]
    return typed(rows, MONTH_COLUMNS)


def series(published: Mapping[str, dt.date | None], keys: Keys) -> pd.DataFrame:
    """Return each key's reports as a series: how many, from when to when, and its longest silence.

    Returns
    -------
    series
        One row per key, those with most reports first: `n_documents`, of which `n_undated`; `first` and
        `last` day; `usual_days`, the median interval between days with a report; and the longest interval
        that is `LONG` times as long, `gap_start` to `gap_end`, `gap_days`. Of fewer than `FEWEST` days the
        interval and the gap are unknown.
    """
    days: dict[str, list[dt.date]] = defaultdict(list)
    undated: Counter[str] = Counter()
    for document_id, day in published.items():
        for key in keys.get(document_id, ()):
            if day is None:
                undated[key] += 1
            else:
                days[key].append(day)
    counts = {key: len(days[key]) + undated[key] for key in {*days, *undated}}
    rows = [
        {
            "key": key,
            "n_documents": counts[key],
            "n_undated": undated[key],
            "first": min(days[key], default=None),
            "last": max(days[key], default=None),
            **_silence(days[key]),
        }
        for key in sorted(counts, key=lambda key: (-counts[key], key))
    ]
    return typed(rows, SERIES_COLUMNS)


def _silence(days: Iterable[dt.date]) -> dict[str, object]:
    told = sorted(set(days))
    if len(told) < FEWEST:
        return {"usual_days": float("nan"), "gap_start": None, "gap_end": None, "gap_days": None}
    gaps = [((later - earlier).days, earlier, later) for earlier, later in pairwise(told)]
    usual = float(median(length for length, _, _ in gaps))
    length, start, end = max(gaps)
    is_long = length >= LONG * usual and length > usual + 1
    return {
        "usual_days": usual,
        "gap_start": start if is_long else None,
        "gap_end": end if is_long else None,
        "gap_days": length if is_long else None,
    }
