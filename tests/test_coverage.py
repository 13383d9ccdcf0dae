"""What a collection covers: reports by month, silences of a series, names of several places."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from geotrack.analysis.ambiguity import ambiguous_names
from geotrack.analysis.coverage import reports_by_month, series
from geotrack.analysis.nesting import Nesting
from geotrack.gazetteer import Gazetteer

WEEKS = [dt.date(2024, 1, 1) + dt.timedelta(weeks=n) for n in (0, 1, 2, 3, 9, 10, 11)]
PUBLISHED: dict[str, dt.date | None] = {f"d{n}": day for n, day in enumerate(WEEKS)} | {"x": None}
KEYS = dict.fromkeys(PUBLISHED, ("Agency",)) | {"d6": ("Agency", "Daily")}


def test_each_month_counts_its_reports_under_all_their_keys() -> None:
    """Undated reports are in no month; what counts under two keys is in both."""
    months = reports_by_month(PUBLISHED, KEYS)
    told = [*zip(months["month"], months["key"], months["n_documents"], strict=True)]
    assert told == [
        (dt.date(2024, 1, 1), "Agency", 4),
        (dt.date(2024, 3, 1), "Agency", 3),
        (dt.date(2024, 3, 1), "Daily", 1),
    ]


def test_a_weekly_series_is_silent_where_six_weeks_pass() -> None:
    """The longest interval is one where it is far longer than the usual; of few days none is known."""
    agency, daily = series(PUBLISHED, KEYS).to_dict("records")
    assert (agency["n_documents"], agency["n_undated"], agency["usual_days"]) == (8, 1, 7)
    assert (agency["gap_start"], agency["gap_end"], agency["gap_days"]) == (WEEKS[3], WEEKS[4], 42)
    assert daily["gap_start"] is None
    assert pd.isna(daily["usual_days"])
    even: dict[str, dt.date | None] = {f"d{n}": day for n, day in enumerate(WEEKS[:4] * 2)}
    assert series(even, dict.fromkeys(even, ("Agency",)))["gap_start"].tolist() == [None]


def test_a_name_is_in_doubt_where_another_place_may_be_meant() -> None:
    """A city and its region are no two places to confuse, and a sure choice is none to doubt."""
    rows = [
        ("a", "AZ-FUZ", "Fuzuli", 0.8, ["gn:8630550"], "alone"),
        ("b", "AZ-FUZ", "Fuzuli", 0.7, ["gn:8630550"], "the only one near"),
        ("b", "AZ-FUZ", "Fuzuli", 0.95, ["gn:8630550"], "named as such"),
        ("b", "UA-63", "Kharkiv", 0.6, ["UA6312"], "alone"),
    ]
    names = ["document_id", "place_id", "text", "score", "alternatives", "why"]
    (found,) = ambiguous_names(pd.DataFrame(rows, columns=names), Nesting(Gazetteer.load())).to_dict(
        "records"
    )
    assert (found["text"], found["n_documents"], found["n_mentions"]) == ("Fuzuli", 2, 2)
    assert (found["score"], found["why"], found["alternatives"]) == (0.7, "the only one near", ["gn:8630550"])
