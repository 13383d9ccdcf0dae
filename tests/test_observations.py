"""One observation has many sources, and contradictions stay visible."""

from __future__ import annotations

from typing import Any

import pytest
from analysis_tables import FewPlaces, figure, figures, hectares

from geotrack.analysis import observations

WEEK = "2023-01-02/2023-01-08"


def seen(*rows: dict[str, Any]) -> list[tuple[float, list[str]]]:
    """Return value and figures of each observation."""
    return [(item.value, list(item.figure_ids)) for item in observations(figures(*rows), FewPlaces()).items]


def test_one_report_in_many_outlets_is_one_observation() -> None:
    """Same measure, value and period, places the same or nested: the specific places stand."""
    found = observations(
        figures(
            figure("a", 34, "AZ", WEEK),
            figure("b", 34, "AZ-AGM AZ-FUZ", "2023-01-01/2023-01-08"),
            figure("c", 34, "AZ:north", WEEK),
        ),
        FewPlaces(),
    )
    one = found.items[0]
    assert len(found.items) == 1
    assert (one.place_ids, str(one.start), one.figure_ids, one.sources) == (
        ("AZ-AGM", "AZ-FUZ"),
        "2023-01-02",
        ("a", "b", "c"),
        ("p-a", "p-b", "p-c"),
    )


@pytest.mark.parametrize(
    "other",
    [
        figure("b", 34, "AZ-AGM", "2023-01-04/2023-01-10"),
        figure("b", 35, "AZ-AGM", WEEK),
        figure("b", 34, "AZ-FUZ", WEEK),
        figure("b", 34, "AZ-AGM", WEEK, measure="uxo_found"),
        figure("b", 34, "AZ-AGM", WEEK, part="water"),
    ],
    ids=["period", "value", "place", "measure", "part"],
)
def test_what_differs_in_one_thing_is_another_observation(other: dict[str, Any]) -> None:
    """Period, value, place, measure and part each keep two figures apart."""
    assert len(seen(figure("a", 34, "AZ-AGM", WEEK), other)) == 2


def test_another_actors_work_is_another_observation_and_an_unnamed_actor_is_not() -> None:
    """Two named operators stay two; a report without an operator may be either's."""
    rows = [
        figure("a", 34, "AZ-AGM", WEEK, done_by=["ANAMA"]),
        figure("b", 34, "AZ-AGM", WEEK, done_by=["Ministry of Defence"]),
        figure("c", 34, "AZ-AGM", WEEK),
    ]
    assert seen(*rows) == [(34.0, ["a", "c"]), (34.0, ["b"])]


def test_a_daily_window_that_slid_by_a_day_is_the_next_day() -> None:
    """Two daily posts with the same number are two days, not one told twice."""
    rows = [
        figure("a", 5, "UA", "2023-01-02/2023-01-03", flags=["rolling"]),
        figure("b", 5, "UA", "2023-01-03/2023-01-04", flags=["rolling"]),
    ]
    assert len(seen(*rows)) == 2


@pytest.mark.parametrize(
    ("rounded", "exact", "merged"),
    [
        (hectares("a", 134_000, "AZ", WEEK), hectares("b", 134_215, "AZ", WEEK), True),
        (hectares("a", 134_000, "AZ", WEEK), hectares("b", 134_815, "AZ", WEEK), False),
        (
            figure("a", 67_000, "AZ", WEEK, qualifier="at_least"),
            figure("b", 67_532, "AZ", WEEK),
            True,
        ),
        (figure("a", 67_000, "AZ", WEEK, qualifier="at_least"), figure("b", 66_900, "AZ", WEEK), False),
        (figure("a", 10, "AZ", WEEK), figure("b", 11, "AZ", WEEK), False),
        (
            hectares("a", 123, "AZ", WEEK),
            hectares("b", 1_234_560, "AZ", WEEK, unit="m2", value_si=1_234_560.0),
            True,
        ),
    ],
)
def test_values_agree_within_the_rounding_that_they_show(
    rounded: dict[str, Any],
    exact: dict[str, Any],
    merged: bool,  # noqa: FBT001 - a parameter of the table above
) -> None:
    """A rounded value is the exact one's report, and the exact one stands; a plain count is not rounded."""
    found = seen(rounded, exact)
    assert (len(found) == 1) == merged
    assert not merged or found[0][0] == exact["value_si"]


def test_parts_copies_and_rejected_figures_are_left_out_with_the_reason() -> None:
    """A subset, a restatement, a second unit and a rejected figure are no observations of their own."""
    found = observations(
        figures(
            figure("a", 3, "AZ", WEEK, flags=["subset"]),
            figure("b", 3, "AZ", WEEK, flags=["restatement"]),
            figure("c", 3, "AZ", WEEK, flags=["alt"], alt_of="x"),
            figure("d", 3, "AZ", WEEK, review="rejected"),
            figure("e", 3, ""),
        ),
        FewPlaces(),
    )
    assert (list(found.items), list(found.left_out["figure_id"])) == ([], ["a", "b", "c", "d", "e"])
    assert found.left_out["reason"].iloc[3] == "rejected in review"


def test_different_values_of_one_thing_are_a_conflict_with_a_preferred_value() -> None:
    """Low, high, the preferred value and the reason are listed; both figures are named."""
    found = observations(
        figures(figure("a", 180, "AZ-AGM", WEEK), figure("b", 165, "AZ-AGM", WEEK)), FewPlaces()
    )
    row = found.conflict_table.iloc[0]
    assert (row["low"], row["high"], row["preferred"], row["figure_ids"]) == (165, 180, 165, ["a", "b"])
    assert found.set_aside() == {"a": f"conflict, another value is preferred: {row['reason']}"}


def test_more_than_a_number_does_not_contradict_a_greater_one() -> None:
    """A lower bound of 100 and a count of 120 are both true."""
    rows = [figure("a", 100, "AZ", WEEK, qualifier="at_least"), figure("b", 120, "AZ", WEEK)]
    assert observations(figures(*rows), FewPlaces()).conflicts == ()


def test_a_place_named_with_one_inside_it_is_the_wider_place() -> None:
    """A district and its own town are the district."""
    item = observations(figures(figure("a", 3, "AZ-AGM gn:1", WEEK)), FewPlaces()).items[0]
    assert item.place_ids == ("AZ-AGM",)


def test_the_input_is_not_changed() -> None:
    """The figures table is the same afterwards."""
    table = figures(figure("a", 34, "AZ-FUZ AZ-AGM", WEEK))
    before = table.copy(deep=True)
    observations(table, FewPlaces())
    assert table.equals(before)
