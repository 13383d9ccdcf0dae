"""A ledger that is sieved by confidence is the one that is made of the tables' sure facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from analysis_tables import FewPlaces, figure, figures, incident, incidents
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Ledger, conflicts, totals, warnings
from geotrack.errors import UsageError

REVIEWS = [None, None, None, "accepted", "rejected"]
PLACES = ["AZ", "AZ-AGM", "AZ-LAC", "gn:1", "AZ:south", "AZ-AGM AZ-LAC", "AZ-LAC AZ-AGM", "AZ-NOWHERE"]
MEASURES = ["items_found", "mines_found", "killed", "casualties", "injured"]


@st.composite
def facts(draw: st.DrawFn, prefix: str = "f") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return rows of figures and incidents that repeat and contradict each other, few of them alike sure."""
    told: list[dict[str, Any]] = []
    sure = st.sampled_from([0.4, 0.6, 0.8, float("nan")])
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.sampled_from([None, dt.date(2023, 1, 1), dt.date(2023, 1, 2), dt.date(2023, 3, 1)]))
        end = draw(st.sampled_from([None, dt.date(2023, 1, 7), dt.date(2023, 1, 31), dt.date(2023, 12, 31)]))
        value = draw(st.sampled_from([0, 3, 8, 21, 1200, 1210]))
        measure = draw(st.sampled_from(MEASURES))
        more: dict[str, Any] = {
            "measure": measure,
            "confidence": draw(sure),
            "review": draw(st.sampled_from(REVIEWS)),
            "qualifier": draw(st.sampled_from(["exact", "exact", "approx", "at_least"])),
            "done_by": draw(st.sampled_from([[], [], ["A"], ["B"]])),
            "basis": draw(st.sampled_from(["period", "cumulative"])),
            "same_as": draw(st.sampled_from([None, None, None, None, "f0"])),
        }
        unit = (
            {"unit": "people", "unit_si": "people"} if measure not in {"items_found", "mines_found"} else {}
        )
        one = figure(f"{prefix}{number}", value, draw(st.sampled_from(PLACES)), **more, **unit)
        told.append(one | {"start": start, "end": end})
    blasts = [
        incident(
            f"{prefix}i{number}",
            draw(st.sampled_from(["2023-01-03", "2023-01-04", "2023-01", None])),
            draw(st.sampled_from(["AZ-AGM", "gn:1", "AZ-LAC"])),
            killed=draw(st.sampled_from([pd.NA, 1, 2])),
            confidence=draw(sure),
            review=draw(st.sampled_from(REVIEWS)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return told, blasts


def answers(ledger: Ledger) -> list[object]:
    """Return all that a ledger says."""
    found: list[object] = [ledger.measures, ledger.tellings, ledger.rejected_tellings, ledger.events()]
    found += [table.to_dict("list") for table in (ledger.refused(), warnings(ledger), conflicts(ledger))]
    for measure in ledger.measures:
        seen = ledger.observations(measure)
        found += [seen.items, [one.row() for one in seen.conflicts], seen.left_out.to_dict("list")]
        found += [seen.links.to_dict("list"), ledger.set_aside(measure), ledger.standing(measure)]
        total = totals(ledger, measure=measure, level="adm1", adm0="AZ", start=dt.date(2023, 1, 1))  # type: ignore[arg-type]
        found += [str(table.to_dict("list")) for table in (total.table, total.left_out, total.used)]
    return found


@examples(60)
@given(facts(), st.sampled_from([0.0, 0.4, 0.5, 0.7, 1.0]), st.booleans())
def test_it_says_what_one_of_the_sure_facts_says(
    told: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    least: float,
    asked_before: bool,  # noqa: FBT001 - a case
) -> None:
    """Whether the whole was asked before or not, and whatever people said of single facts."""
    table, blasts = figures(*told[0]), incidents(*told[1])
    whole = Ledger(table, FewPlaces(), incidents=blasts)
    if asked_before:
        answers(whole)
    made = Ledger(table, FewPlaces(), incidents=blasts, min_confidence=least)
    assert answers(whole.sieved(least)) == answers(made)
    assert answers(whole) == answers(Ledger(table, FewPlaces(), incidents=blasts))


@examples(25)
@given(facts("f"), facts("g"))
def test_what_is_added_to_the_whole_later_is_not_in_it(
    told: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    later: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    """Neither where it was asked before, nor where it is asked for the first time afterwards."""
    table, blasts = figures(*told[0]), incidents(*told[1])
    whole = Ledger(table, FewPlaces(), incidents=blasts)
    early, late = whole.sieved(0.5), whole.sieved(0.5)
    expected = answers(early)
    whole.add(figures(*later[0]), incidents(*later[1]))
    both = figures(*told[0], *later[0]), incidents(*told[1], *later[1])
    assert answers(late) == answers(early) == expected
    assert answers(whole) == answers(Ledger(both[0], FewPlaces(), incidents=both[1]))


@examples(60)
@given(facts("f"), facts("f"), st.sets(st.integers(0, 12)), st.booleans())
def test_a_revised_one_says_what_one_of_the_tables_of_now_says(
    told: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    later: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    numbers: set[int],
    asked_before: bool,  # noqa: FBT001 - a case
) -> None:
    """Whichever documents state something else now, nothing, or something for the first time."""
    revised = {f"d-f{number}" for number in numbers} | {f"d-fi{number}" for number in numbers}

    def split(rows: list[dict[str, Any]], *, here: bool) -> list[dict[str, Any]]:
        return [row for row in rows if (row["document_id"] in revised) is here]

    kept = [split(rows, here=False) for rows in told]
    new = [split(rows, here=True) for rows in later]
    before = Ledger(figures(*told[0]), FewPlaces(), incidents=incidents(*told[1]))
    expected = answers(before) if asked_before else None
    found = before.revised(revised, figures(*new[0]), incidents(*new[1]))
    made = Ledger(figures(*kept[0], *new[0]), FewPlaces(), incidents=incidents(*kept[1], *new[1]))
    assert answers(found) == answers(made)
    assert answers(found.sieved(0.7)) == answers(made.sieved(0.7))
    assert expected is None or answers(before) == expected


def test_only_a_whole_one_is_sieved() -> None:
    """What is not in a ledger cannot be told to be left out."""
    whole = Ledger(figures(), FewPlaces())
    for one, least in ((whole.sieved(0.5), 0.7), (whole, 1.5)):
        with pytest.raises(UsageError):
            one.sieved(least)
