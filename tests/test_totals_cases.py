"""Cases counted by hand: how agencies publish, and what a reader of their reports may add."""

from __future__ import annotations

import math
from typing import Any

import pytest
from analysis_tables import FewPlaces, day, figure, figures, hectares

from geotrack.analysis import Totals, observations, totals_by_place
from geotrack.gazetteer import Gazetteer

WORKED_IN = "AZ-AGM AZ-FUZ AZ-GAD AZ-XVD AZ-XCI AZ-XA AZ-CAB AZ-KAL AZ-QBI AZ-LAC AZ-SUS AZ-TAR AZ-ZAN"


def totals(*rows: dict[str, Any], level: str = "adm1", window: str = "/", places: Any = None) -> Totals:
    """Return the totals of Azerbaijan of the rows' measure within a window `start/end`."""
    start, end = map(day, window.split("/"))
    table = figures(*rows)
    known = places or FewPlaces()
    measure = table["measure"].iloc[0]
    return totals_by_place(table, known, measure=measure, level=level, adm0="AZ", start=start, end=end)


def reasons(found: Totals) -> dict[str, str]:
    """Return why figures count nowhere, by figure."""
    return dict(found.left_out.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("window", "counted", "straddling"),
    [
        ("/", (900.0, ["ever"]), set()),
        ("2023-01-01/2023-12-31", (400.0, ["year"]), {"ever"}),
        ("2023-05-01/2023-05-31", (50.0, ["month"]), {"ever", "year"}),
        ("2023-05-08/2023-05-14", (12.0, ["week"]), {"ever", "year", "month"}),
    ],
)
def test_week_month_year_and_running_total_count_once(
    window: str, counted: tuple[float, list[str]], straddling: set[str]
) -> None:
    """Each lies inside the next: a window holds the widest that fits, and lists what reaches beyond it."""
    found = totals(
        hectares("week", 12, "AZ-AGM", "2023-05-08/2023-05-14"),
        hectares("month", 50, "AZ-AGM", "2023-05-01/2023-05-31"),
        hectares("year", 400, "AZ-AGM", "2023-01-01/2023-12-31"),
        hectares("ever", 900, "AZ-AGM", "2020-11-10/2023-12-31", basis="cumulative"),
        window=window,
    )
    row = found.table.loc["AZ-AGM"]
    assert (row["value"] / 10_000, row["figure_ids"]) == counted
    assert {one for ids in found.straddling["figure_ids"] for one in ids} == straddling
    inside = {"week", "month", "year", "ever"} - straddling - set(counted[1])
    assert set(reasons(found)) == inside


def test_two_running_totals_are_never_added() -> None:
    """The later of two totals since one day holds the earlier."""
    found = totals(
        figure("may", 700, "AZ-AGM", "2020-11-10/2023-05-31", basis="cumulative"),
        figure("june", 760, "AZ-AGM", "2020-11-10/2023-06-30", basis="cumulative"),
        figure("week", 9, "AZ-AGM", "2023-07-01/2023-07-07"),
    )
    assert found.table.loc["AZ-AGM", "value"] == 769.0
    assert set(reasons(found)) == {"may"}


def test_one_report_in_three_outlets_is_one_observation() -> None:
    """A copy that rounds, and one that names the region for the district, add sources and no mines."""
    rows = [
        hectares("agency", 123.4, "AZ-AGM", "2023-05-01/2023-05-07"),
        hectares("wire", 123, "AZ-AGM", "2023-05-01/2023-05-07"),
        hectares("paper", 123.4, "AZ", "2023-05-01/2023-05-07"),
    ]
    row = totals(*rows).table.loc["AZ-AGM"]
    assert (row["value"], row["n_observations"], row["n_sources"]) == (1_234_000.0, 1, 3)
    (one,) = observations(figures(*rows), FewPlaces()).items
    assert one.figure_ids == ("agency", "paper", "wire")


def test_a_group_of_thirteen_districts_beside_a_district_s_own_figure() -> None:
    """The group is listed and never split; the district keeps its own; the country does not add the two."""
    rows = [
        hectares("group", 130, WORKED_IN, "2024-05-06/2024-05-12"),
        hectares("own", 20, "AZ-AGM", "2024-05-06/2024-05-12"),
    ]
    places = Gazetteer.load(packs=["AZ"])
    districts = totals(*rows, places=places)
    assert districts.table["value"].dropna().to_dict() == {"AZ-AGM": 200_000.0}
    assert [len(ids) for ids in districts.groups["unit_ids"]] == [13]
    country = totals(*rows, level="country", places=places)
    assert (country.table.loc["AZ", "value"], country.table.loc["AZ", "figure_ids"]) == (
        1_300_000.0,
        ["group"],
    )
    assert set(reasons(country)) == {"own"}


@pytest.mark.parametrize("found_a_day", [[30] * 7, [31, 28, 40, 28, 28, 19, 50]])
def test_seven_daily_posts_sum_to_seven_days(found_a_day: list[int]) -> None:
    """Each post speaks of the day before to its own; repeated by a second outlet, each still counts once."""
    posts = [
        figure(f"{outlet}{n}", number, "AZ-AGM", f"2023-05-0{n}/2023-05-0{n + 1}", flags=["rolling"])
        for n, number in enumerate(found_a_day, 1)
        for outlet in ("agency", "wire")
    ]
    found = totals(*posts, window="2023-05-01/2023-05-08")
    row = found.table.loc["AZ-AGM"]
    assert (row["value"], row["n_observations"], row["qualifier"]) == (sum(found_a_day), 7, "exact")
    assert reasons(found) == {}


def test_a_day_s_post_in_its_week_counts_once() -> None:
    """The week's own total holds the days; a window of two days alone holds its one post."""
    posts = [
        figure(f"d{n}", 10, "AZ-AGM", f"2023-05-0{n}/2023-05-0{n + 1}", flags=["rolling"])
        for n in range(1, 8)
    ]
    week = figure("week", 75, "AZ-AGM", "2023-05-01/2023-05-08")
    found = totals(*posts, week, window="2023-05-01/2023-05-08")
    assert (found.table.loc["AZ-AGM", "value"], len(reasons(found))) == (75.0, 7)
    alone = totals(posts[0], window="2023-05-01/2023-05-02")
    assert alone.table.loc["AZ-AGM", ["value", "qualifier"]].tolist() == [10.0, "exact"]


def test_approximate_values_raise_no_lower_bound() -> None:
    """About 3,000 in a month is shown as approximate; below it stands what firm reports support."""
    month = figure("month", 3000, "AZ-AGM", "2023-05-01/2023-05-31", qualifier="approx")
    week = figure("week", 40, "AZ-AGM", "2023-05-01/2023-05-07")
    row = totals(month, week).table.loc["AZ-AGM"]
    assert (row["value"], row["qualifier"], row["lower"]) == (3000.0, "approx", 40.0)
    alone = totals(month).table.loc["AZ-AGM"]
    assert (alone["qualifier"], math.isnan(alone["lower"])) == ("approx", True)


def test_an_approximate_level_raises_no_lower_bound() -> None:
    """The latest level stands though it is approximate; the firm one before it is no bound for today."""
    level = {"measure": "area_contaminated", "basis": "stock"}
    old = hectares("old", 500, "AZ-AGM", "/2022-12-31", **level)
    new = hectares("new", 400, "AZ-AGM", "/2023-12-31", qualifier="approx", **level)
    row = totals(old, new).table.loc["AZ-AGM"]
    assert (row["value"] / 10_000, row["qualifier"], math.isnan(row["lower"])) == (400.0, "approx", True)


def test_what_contradicts_an_approximate_value_stays_visible() -> None:
    """A firm 40 beside about 300 of one week is a conflict: the firm one stands as no more than a bound."""
    rows = [
        figure("firm", 40, "AZ-AGM", "2023-05-01/2023-05-07"),
        figure("vague", 300, "AZ-AGM", "2023-05-01/2023-05-07", qualifier="approx"),
    ]
    row = totals(*rows).table.loc["AZ-AGM"]
    assert (row["value"], row["qualifier"], row["lower"]) == (40.0, "at_least", 40.0)
    (conflict,) = observations(figures(*rows), FewPlaces()).conflicts
    assert (conflict.row()["low"], conflict.row()["high"]) == (40.0, 300.0)


def test_another_actor_s_work_beside_a_total_leaves_it_no_longer_exact() -> None:
    """Two operators in one district and week are two observations: the greater stands, as a lower bound."""
    week = "2023-05-01/2023-05-07"
    rows = [
        figure("anama", 30, "AZ-AGM", week, done_by=["ANAMA"]),
        figure("army", 20, "AZ-AGM", week, done_by=["Ministry of Defence"]),
    ]
    found = totals(*rows, window=week)
    assert found.table.loc["AZ-AGM", ["value", "qualifier"]].tolist() == [30.0, "at_least"]
    assert set(reasons(found)) == {"army"}
    assert totals(rows[0], window=week).table.loc["AZ-AGM", "qualifier"] == "exact"


def test_a_labelled_part_alone_is_not_the_whole() -> None:
    """Land and water of one week add up to an exact total; land alone is a lower bound."""
    week = "2023-05-01/2023-05-07"
    land, water = (hectares(one, 10, "AZ-AGM", week, part=one) for one in ("land", "water"))
    both, alone = (totals(*rows, window=week).table.loc["AZ-AGM"] for rows in ([land, water], [land]))
    assert (both["value"], both["qualifier"]) == (200_000.0, "exact")
    assert (alone["value"], alone["qualifier"]) == (100_000.0, "at_least")


def test_a_new_unit_is_not_added_to_what_held_its_land_before() -> None:
    """A level of the old district before the new one was made of its parts holds the new one's land, too."""
    stock = {"measure": "area_contaminated", "basis": "stock"}
    new = hectares("new", 20, "AZ-NEW", "/2024-03-01", **stock)
    before = hectares("before", 50, "AZ-AGM", "/2023-11-01", **stock)
    after = hectares("after", 40, "AZ-AGM", "/2024-01-01", **stock)
    apart = hectares("apart", 5, "AZ-FUZ", "/2023-11-01", **stock)
    assert totals(new, before, apart, level="country").table.loc["AZ", "figure_ids"] == ["apart", "new"]
    assert totals(new, after, apart, level="country").table.loc["AZ", "value"] == 650_000
