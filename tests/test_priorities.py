"""The order in which facts are reviewed: doubt times weight, fast enough for a large library."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pytest
from analysis_tables import FewPlaces, figure, hectares, incident

from geotrack.analysis.priorities import INCIDENTS, PRIORITY_COLUMNS, doubts, priorities
from geotrack.store.frames import FIGURE_COLUMNS, INCIDENT_COLUMNS

Row = Mapping[str, Any]
MANY, SECONDS = 100_000, 20


def _queue(figures: Iterable[Row] = (), incidents: Iterable[Row] = ()) -> pd.DataFrame:
    tables = (
        pd.DataFrame(list(figures), columns=FIGURE_COLUMNS),
        pd.DataFrame(list(incidents), columns=INCIDENT_COLUMNS),
    )
    return priorities(*tables, FewPlaces())


def _first(*figures: Row) -> str:
    return str(_queue(figures)["fact_id"][0])


YEAR = "2023-01-01/2023-12-31"


def test_less_sure_comes_first() -> None:
    """Of two facts that change as much, the less sure one is looked at first."""
    sure = hectares("sure", 10, "AZ-AGM", YEAR)
    assert _first(sure, hectares("unsure", 10, "AZ-FUZ", YEAR, confidence=0.4)) == "unsure"


def test_greater_share_comes_first() -> None:
    """Of two facts as sure, the one that makes up more of what is told of its place is looked at first."""
    queue = _queue(
        [hectares("small", 10, "AZ-AGM", YEAR), hectares("large", 90, "AZ-AGM", "2022-01-01/2022-12-31")]
    )
    assert queue["fact_id"].tolist() == ["large", "small"]
    assert queue["share"].tolist() == [0.9, 0.1]


@pytest.mark.parametrize(
    "more",
    [
        {"flags": ["malformed"]},
        {"flags": ["conflict"]},
        {"flags": ["approximate_place"]},
        {"inferred": ["places"]},
        {"inferred": ["end"]},
    ],
    ids=str,
)
def test_what_casts_doubt_moves_a_fact_forward(more: dict[str, Any]) -> None:
    """A bad number, a contradiction, a place or a day worked out: each makes a fact more doubtful."""
    assert _first(hectares("a", 10, "AZ-AGM", YEAR), hectares("b", 10, "AZ-FUZ", YEAR, **more)) == "b"


def test_values_that_differ_are_disputed() -> None:
    """Two values for the same places and days are both disputed; a third place's is not."""
    queue = _queue(
        [
            hectares("a", 10, "AZ-AGM", YEAR),
            hectares("b", 12, "AZ-AGM", YEAR),
            hectares("c", 9, "AZ-FUZ", YEAR),
        ]
    )
    assert dict(zip(queue["fact_id"], queue["disputed"], strict=True)) == {"a": True, "b": True, "c": False}


def test_a_running_total_is_held_against_the_highest_one() -> None:
    """Running totals of a place are not added up: the highest is all that is told of it."""
    rows = [
        hectares("early", 50, "AZ-AGM", "/2022-12-31", basis="cumulative"),
        hectares("late", 100, "AZ-AGM", "/2023-12-31", basis="cumulative"),
    ]
    shares = _queue(rows).set_index("fact_id")["share"]
    assert shares.to_dict() == {"early": 0.5, "late": 1.0}


def test_repeated_and_aside() -> None:
    """What more documents say weighs more; what repeats another number in its text weighs less."""
    twice = [hectares(one, 10, "AZ-AGM", YEAR) for one in ("a", "b")]
    once, again = hectares("c", 10, "AZ-FUZ", YEAR), hectares("d", 10, "AZ-LAC", YEAR, flags=["restatement"])
    queue = _queue([*twice, once, again])
    assert queue["fact_id"].tolist() == ["a", "b", "c", "d"]
    assert queue["n_documents"].tolist() == [2, 2, 1, 1]


def test_judged_facts_are_none_of_the_queue() -> None:
    """A fact that a person has judged is not asked for again, but counts in the shares of others."""
    judged = hectares("judged", 90, "AZ-AGM", YEAR, review="accepted")
    queue = _queue([judged, hectares("left", 10, "AZ-AGM", "2022-01-01/2022-12-31")])
    assert queue["fact_id"].tolist() == ["left"]
    assert queue["share"].tolist() == [0.1]


def test_incidents_with_dead_come_before_those_without() -> None:
    """An incident weighs by whom it harmed, and one without a place is of no country."""
    told = [incident("none", "2023-05-01", "AZ-AGM"), incident("dead", "2023-05-02", "AZ-AGM", killed=2)]
    queue = _queue((), [*told, incident("nowhere", None, "")])
    assert queue["fact_id"].tolist()[0] == "dead"
    assert set(queue["measure"]) == {INCIDENTS}
    assert queue.set_index("fact_id")["adm0"].to_dict() == {"none": "AZ", "dead": "AZ", "nowhere": None}


def test_nothing_gives_an_empty_queue() -> None:
    """Without facts there is a table with all columns and no row."""
    assert list(_queue().columns) == list(PRIORITY_COLUMNS)
    assert _queue().empty


def test_doubts_are_named() -> None:
    """What casts doubt on a fact is named, the gravest first."""
    fact = {"flags": ["approximate_place", "malformed"], "inferred": ["start", "places"]}
    told = doubts(fact, {"disputed": True, "place_id": None})
    assert told == ["malformed", "disputed", "unplaced", "place", "day", "approximate_place"]


def test_a_large_library_is_ordered_in_seconds() -> None:
    """The order of 100,000 figures is no matter of minutes, on whatever machine."""
    row = figure("x", 1, "AZ-AGM", YEAR)
    table = pd.DataFrame([row] * MANY, columns=FIGURE_COLUMNS).assign(
        figure_id=[f"f{n}" for n in range(MANY)],
        document_id=[f"d{n % 20_000}" for n in range(MANY)],
        value_si=[float(n % 977) for n in range(MANY)],
        end=[dt.date(2023, 1 + n % 12, 28) for n in range(MANY)],
    )
    started = time.monotonic()
    queue = priorities(table, pd.DataFrame(columns=INCIDENT_COLUMNS), FewPlaces())
    assert len(queue) == MANY
    assert time.monotonic() - started < SECONDS
