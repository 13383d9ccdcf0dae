"""Totals count nothing twice, and say what they rest on."""

from __future__ import annotations

import datetime as dt
import math
from itertools import combinations
from typing import Any

import pytest
from analysis_tables import FewPlaces, day, figure, figures, hectares
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Ledger, Observation, Totals, observations, totals_by_place
from geotrack.errors import UsageError

FIRST = dt.date(2023, 1, 1)


def totals(*rows: dict[str, Any], level: str = "adm1", adm0: str = "AZ", window: str = "/") -> Totals:
    """Return the totals of the rows' measure within a window `start/end`."""
    start, end = map(day, window.split("/"))
    table = figures(*rows)
    measure = table["measure"].iloc[0] if len(table) else "items_found"
    return totals_by_place(table, FewPlaces(), measure=measure, level=level, adm0=adm0, start=start, end=end)


def value(found: Totals, place_id: str) -> tuple[float, str | None]:
    """Return a unit's value and qualifier."""
    row = found.table.loc[place_id]
    return row["value"], row["qualifier"]


def test_every_unit_has_a_row_and_nothing_known_is_not_zero() -> None:
    """Units without a figure are NaN without a qualifier; a stated zero is 0."""
    found = totals(figure("a", 0, "AZ-AGM", "2023-01-01/2023-01-07"), window="2023-01-01/2023-01-07")
    assert list(found.table.index) == ["AZ-AGM", "AZ-FUZ", "AZ-LAC", "AZ-NEW"]
    assert value(found, "AZ-AGM") == (0.0, "exact")
    assert (math.isnan(found.table.loc["AZ-FUZ", "value"]), found.table.loc["AZ-FUZ", "qualifier"]) == (
        True,
        None,
    )


def test_no_figures_at_all_is_a_table_of_nothing() -> None:
    """An empty store gives every unit, each without a value, and empty lists beside."""
    found = totals()
    assert found.table["value"].isna().all()
    assert [len(found.groups), len(found.coarser), len(found.straddling), len(found.left_out)] == [0] * 4


def test_a_week_inside_its_month_counts_once() -> None:
    """The month holds the week: the greater sum of disjoint reports stands, the other is listed."""
    rows = [
        figure("week", 30, "AZ-AGM", "2023-01-02/2023-01-08"),
        figure("month", 100, "AZ-AGM", "2023-01-01/2023-01-31"),
        figure("next", 20, "AZ-AGM", "2023-02-01/2023-02-07"),
    ]
    found = totals(*rows)
    assert value(found, "AZ-AGM") == (120.0, "at_least")
    assert found.table.loc["AZ-AGM", "figure_ids"] == ["month", "next"]
    assert found.left_out.values.tolist() == [
        ["week", "shares days with figures of the same place that were counted"]
    ]


def test_exact_reports_that_tile_the_window_are_an_exact_total() -> None:
    """Every day of the window is covered by exact reports of the unit itself."""
    rows = [
        figure("a", 3, "AZ-AGM", "2023-01-01/2023-01-07"),
        figure("b", 4, "AZ-AGM", "2023-01-08/2023-01-14"),
    ]
    assert value(totals(*rows, window="2023-01-01/2023-01-14"), "AZ-AGM") == (7.0, "exact")
    assert value(totals(*rows, window="2023-01-01/2023-01-15"), "AZ-AGM") == (7.0, "at_least")
    assert value(totals(*rows), "AZ-AGM") == (7.0, "at_least")


def test_an_approximate_value_marks_the_total_and_leaves_the_lower_bound() -> None:
    """The sum says approx, and what the firm values support stands beside it."""
    rows = [
        figure("a", 3000, "AZ-AGM", "2023-01-01/2023-01-31", qualifier="approx"),
        figure("b", 40, "AZ-AGM", "2023-02-01/2023-02-28"),
    ]
    found = totals(*rows)
    assert (*value(found, "AZ-AGM"), found.table.loc["AZ-AGM", "lower"]) == (3040.0, "approx", 40.0)


def test_finer_places_count_in_their_unit_and_add_up_when_they_are_apart() -> None:
    """Two settlements of one day are two places; the district's own report of that day is the whole."""
    town, village = (
        figure("a", 5, "gn:1", "2023-01-01/2023-01-01"),
        figure("b", 6, "gn:2", "2023-01-01/2023-01-01"),
    )
    assert value(totals(town, village), "AZ-AGM") == (11.0, "at_least")
    district = figure("c", 12, "AZ-AGM", "2023-01-01/2023-01-01")
    assert value(totals(town, village, district), "AZ-AGM") == (12.0, "at_least")
    raion = figure("d", 9, "UA6304", "2023-01-01/2023-01-01")
    assert value(totals(raion, adm0="UA"), "UA-63") == (9.0, "at_least")


def test_a_village_that_only_a_text_names_counts_in_its_district() -> None:
    """Its id begins with its district's."""
    assert value(totals(figure("a", 5, "AZ-LAC/qarvand")), "AZ-LAC") == (5.0, "at_least")


def test_a_group_and_wider_places_are_listed_beside_and_never_split() -> None:
    """Several units are a group; a region, a country and a wider unit are coarser; no unit gets a share."""
    rows = [
        figure("group", 7, "AZ-AGM AZ-LAC", "2023-01-01/2023-01-07"),
        figure("region", 8, "AZ:north", "2023-02-01/2023-02-07"),
        figure("country", 9, "AZ", "2023-03-01/2023-03-07"),
    ]
    found = totals(*rows)
    assert found.table["value"].isna().all()
    assert list(found.groups["unit_ids"]) == [["AZ-AGM", "AZ-LAC"]]
    assert list(found.coarser["observation_id"]) == ["region", "country"]
    oblast = totals(figure("oblast", 5, "UA-63"), level="adm2", adm0="UA")
    assert list(oblast.coarser["observation_id"]) == ["oblast"]


def test_a_country_total_takes_groups_whole() -> None:
    """At the country's level a group and a region are inside; where they overlap the gap is stated."""
    rows = [
        figure("group", 7, "AZ-AGM AZ-LAC", "2023-01-01/2023-01-07"),
        figure("one", 5, "AZ-FUZ", "2023-01-01/2023-01-07"),
    ]
    found = totals(*rows, level="country").table.loc["AZ"]
    assert (found["value"], found["qualifier"], found["gap"]) == (7.0, "at_least", 5.0)


def test_what_crosses_the_windows_edge_is_listed_apart() -> None:
    """Early, late, open and unknown periods do not count in a window that they may leave."""
    rows = [
        figure("early", 1, "AZ-AGM", "2022-12-30/2023-01-05"),
        figure("late", 2, "AZ-AGM", "2023-01-30/2023-02-05"),
        figure("since", 3, "AZ-AGM", "2023-01-10/"),
        figure("until", 4, "AZ-AGM", "/2023-01-10"),
        figure("when", 5, "AZ-AGM"),
        figure("outside", 6, "AZ-AGM", "2024-01-01/2024-01-31"),
        figure("inside", 7, "AZ-AGM", "2023-01-01/2023-01-31"),
    ]
    found = totals(*rows, window="2023-01-01/2023-01-31")
    assert value(found, "AZ-AGM") == (7.0, "exact")
    assert dict(zip(found.straddling["observation_id"], found.straddling["reason"], strict=True)) == {
        "early": "it begins before the window",
        "late": "it ends after the window",
        "since": "its end is unknown",
        "until": "its start is unknown",
        "when": "its period is unknown",
    }
    assert found.left_out.values.tolist() == [["outside", "outside the window"]]


def test_an_unknown_period_counts_only_where_nothing_else_is_known() -> None:
    """For all time it stands alone; beside a dated figure it is listed, however great."""
    unknown = figure("when", 50, "AZ-AGM")
    assert value(totals(unknown), "AZ-AGM") == (50.0, "at_least")
    found = totals(unknown, figure("dated", 5, "AZ-AGM", "2023-01-01/2023-01-31"))
    assert value(found, "AZ-AGM") == (5.0, "at_least")
    assert list(found.left_out["figure_id"]) == ["when"]


def test_daily_rolling_posts_sum_to_their_days() -> None:
    """Seven posts of the last day, each ending on the next one's first day, all count."""
    posts = [
        figure(str(n), 10 + n, "UA-63", f"2023-01-0{n}/2023-01-0{n + 1}", flags=["rolling"])
        for n in range(1, 8)
    ]
    assert value(totals(*posts, adm0="UA"), "UA-63")[0] == sum(range(11, 18))


def test_labelled_parts_of_one_place_and_time_are_added() -> None:
    """Land and water are two parts of one whole."""
    rows = [
        hectares("land", 5, "UA-63", "2023-01-01/2023-01-31", part="land"),
        hectares("water", 2, "UA-63", "2023-01-01/2023-01-31", part="water"),
    ]
    assert value(totals(*rows, adm0="UA"), "UA-63") == (70_000.0, "at_least")


def test_a_conflict_counts_its_preferred_value() -> None:
    """The other value is left out with the reason, and the total is not exact."""
    rows = [
        figure("a", 180, "AZ-AGM", "2023-01-02/2023-01-08"),
        figure("b", 165, "AZ-AGM", "2023-01-02/2023-01-08"),
    ]
    found = totals(*rows, window="2023-01-02/2023-01-08")
    assert value(found, "AZ-AGM") == (165.0, "at_least")
    assert found.left_out["reason"].iloc[0].startswith("conflict")


def test_a_stock_is_the_latest_level_and_never_a_sum_over_time() -> None:
    """The later as-of wins though it is lower; its age is shown."""
    stock = {"measure": "area_contaminated", "basis": "stock"}
    rows = [
        hectares("old", 90, "UA-63", "/2023-04-01", **stock),
        hectares("new", 70, "UA-63", "/2024-06-01", **stock),
    ]
    found = totals(*rows, adm0="UA")
    assert (value(found, "UA-63"), found.table.loc["UA-63", "as_of"]) == (
        (700_000.0, "exact"),
        dt.date(2024, 6, 1),
    )
    earlier = totals(*rows, adm0="UA", window="2023-01-01/2023-12-31")
    assert value(earlier, "UA-63")[0] == 900_000.0


def test_stocks_of_parts_are_added_when_they_are_of_one_year_and_percents_never_are() -> None:
    """Levels more than a year apart are not added; a percent of a part says nothing of the whole."""
    stock = {"measure": "area_contaminated", "basis": "stock"}
    rows = [
        hectares("a", 10, "UA6304", "/2023-04-01", **stock),
        hectares("b", 20, "UA6312", "/2023-09-01", **stock),
    ]
    assert value(totals(*rows, adm0="UA"), "UA-63") == (300_000.0, "at_least")
    apart = [rows[0], hectares("b", 20, "UA6312", "/2024-09-01", **stock)]
    assert value(totals(*apart, adm0="UA"), "UA-63") == (200_000.0, "at_least")
    share = {"measure": "share_contaminated", "basis": "stock", "unit": "percent", "unit_si": "percent"}
    percents = totals(figure("a", 30, "UA6304", **share), figure("b", 20, "UA6312", **share), adm0="UA")
    assert (percents.table["value"].isna().all(), len(percents.left_out)) == (True, 2)


def test_stocks_of_overlapping_regions_are_not_added() -> None:
    """Two regions share a district: the newest level stands alone."""
    stock = {"measure": "area_contaminated", "basis": "stock"}
    rows = [
        hectares("north", 10, "AZ:north", "/2023-04-01", **stock),
        hectares("south", 20, "AZ:south", "/2023-05-01", **stock),
    ]
    assert value(totals(*rows, level="country"), "AZ") == (200_000.0, "at_least")


def test_the_sources_of_a_total_are_counted() -> None:
    """Two documents tell the same week: one observation, two documents, two sources."""
    rows = [figure("a", 5, "AZ-AGM", "2023-01-02/2023-01-08"), figure("b", 5, "AZ", "2023-01-02/2023-01-08")]
    row = totals(*rows).table.loc["AZ-AGM"]
    assert (row["n_observations"], row["n_documents"], row["n_sources"]) == (1, 2, 2)


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    """The message names both days."""
    with pytest.raises(UsageError, match="2023-01-01"):
        totals(window="2023-02-01/2023-01-01")


SPOTS = st.sampled_from(["AZ-AGM", "gn:1", "gn:2", "AZ-FUZ", "gn:3", "AZ-AGM AZ-FUZ", "AZ:north", "AZ"])


@st.composite
def reports(draw: st.DrawFn, spots: st.SearchStrategy[str] = SPOTS) -> list[dict[str, Any]]:
    """Draw figures of one measure over a month."""
    rows = []
    for number in range(draw(st.integers(0, 9))):
        first = FIRST + dt.timedelta(days=draw(st.integers(0, 27)))
        last = first + dt.timedelta(days=draw(st.sampled_from([0, 1, 6, 13])))
        start, end = draw(
            st.sampled_from([(first, last), (first, last), (first, None), (None, last), (None, None)])
        )
        qualifier = draw(st.sampled_from(["exact", "exact", "at_least", "approx", "at_most"]))
        more = {"qualifier": qualifier, "flags": draw(st.sampled_from([[], [], ["rolling"], ["subset"]]))}
        number_found = draw(st.sampled_from([0, 1, 2, 10, 1000, 1040, 1500]))
        rows.append(figure(f"f{number}", number_found, draw(spots), **more) | {"start": start, "end": end})
    return rows


@st.composite
def windows(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a window and one inside it."""
    days = sorted(draw(st.lists(st.integers(0, 45), min_size=4, max_size=4)))
    dates = [(FIRST + dt.timedelta(days=one)).isoformat() for one in days]
    return f"{dates[0]}/{dates[3]}", f"{dates[1]}/{dates[2]}"


def answers(found: Totals) -> list[tuple[Any, ...]]:
    """Return what a total says, without what it rests on."""
    said = found.table[["value", "qualifier", "lower", "gap", "as_of", "start", "end"]]
    return [tuple(None if cell != cell else cell for cell in row) for row in said.itertuples(index=False)]  # noqa: PLR0124 - NaN


@given(reports(), windows(), st.data())
def test_a_duplicate_source_changes_no_total(
    rows: list[dict[str, Any]], window: tuple[str, str], data: st.DataObject
) -> None:
    """Copies of some reports under other ids give the same values, bounds and dates."""
    copied = data.draw(st.lists(st.sampled_from(rows), max_size=3)) if rows else []
    copies = [
        {**row, "figure_id": f"{prefix}{row['figure_id']}{n}", "document_id": f"c{n}", "publisher": "copy"}
        for n, row in enumerate(copied)
        for prefix in ("a-", "z-")
    ]
    assert answers(totals(*rows, *copies, window=window[0])) == answers(totals(*rows, window=window[0]))


@given(reports(), st.data())
def test_the_order_of_figures_changes_nothing(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """Every table of a total is the same, whatever order the figures came in."""
    one, other = totals(*rows), totals(*data.draw(st.permutations(rows)))
    for name in ("table", "groups", "coarser", "straddling", "left_out"):
        assert getattr(one, name).equals(getattr(other, name))


@given(reports(), windows())
def test_a_narrower_window_never_has_more(rows: list[dict[str, Any]], window: tuple[str, str]) -> None:
    """Neither the value nor the lower bound of any unit grows when the window shrinks."""
    for level in ("adm1", "country"):
        wide = totals(*rows, level=level, window=window[0]).table
        narrow = totals(*rows, level=level, window=window[1]).table
        all_time = totals(*rows, level=level).table
        for column in ("value", "lower"):
            assert (narrow[column].fillna(-1) <= wide[column].fillna(-1)).all()
            dated = [row for row in rows if row["start"] or row["end"]]
            if len(dated) == len(rows):
                assert (wide[column].fillna(-1) <= all_time[column].fillna(-1)).all()


def overlap(one: Observation, other: Observation) -> bool:
    """Tell whether two observations share a day and a place, by the plain definition."""
    far_past, far_future = dt.date.min, dt.date.max
    apart = (one.end or far_future) < (other.start or far_past) or (other.end or far_future) < (
        one.start or far_past
    )
    places = FewPlaces()
    chains = [{places.place(p).adm1, p} for p in (one.place_ids[0], other.place_ids[0])]
    nested = one.place_ids[0] in chains[1] or other.place_ids[0] in chains[0]
    return nested and not apart


@examples(60)
@given(reports(st.sampled_from(["AZ-AGM", "gn:1", "gn:2"])).map(lambda rows: rows[:7]))
def test_a_total_is_what_disjoint_observations_support(rows: list[dict[str, Any]]) -> None:
    """Every subset of observations was tried: none that is disjoint sums to more, and one sums to it."""
    rows = [{**row, "flags": []} for row in rows]
    standing = Ledger(figures(*rows), FewPlaces()).standing("items_found")
    usable = [one for one in standing if one.qualifier != "at_most"]
    usable = [one for one in usable if one.start or one.end] or usable
    sums = [
        math.fsum(one.value for one in some)
        for size in range(1, len(usable) + 1)
        for some in combinations(usable, size)
        if not any(overlap(one, other) for one, other in combinations(some, 2))
    ]
    found = totals(*rows).table.loc["AZ-AGM", "value"]
    assert (found == max(sums)) if sums else math.isnan(found)


def test_a_city_without_second_level_units_counts_at_both_levels() -> None:
    """Kyiv has no raions: at the second level it stands for itself, and its figure is not a wider one."""
    row = figure("a", 5, "UA-30", "2023-01-01/2023-01-01")
    for level in ("adm1", "adm2"):
        found = totals(row, level=level, adm0="UA")
        assert (value(found, "UA-30"), len(found.coarser)) == ((5.0, "at_least"), 0)


def test_a_place_that_no_pack_knows_stops_nothing() -> None:
    """A figure of a vanished place, or of a group with one, is left out with its id; the others count."""
    rows = [
        figure("gone", 5, "AZ-OLD"),
        figure("village", 6, "AZ-OLD/qarvand"),
        figure("group", 7, "AZ-AGM AZ-OLD"),
        figure("here", 8, "AZ-AGM"),
    ]
    found = totals(*rows)
    assert value(found, "AZ-AGM") == (8.0, "at_least")
    assert found.left_out.values.tolist() == [
        ["gone", "names a place that no pack knows: AZ-OLD"],
        ["group", "names a place that no pack knows: AZ-OLD"],
        ["village", "names a place that no pack knows: AZ-OLD/qarvand"],
    ]
    assert [one.id for one in observations(figures(*rows), FewPlaces()).items] == ["here"]


def test_what_is_listed_beside_is_told_in_the_country_s_words() -> None:
    """A group is of districts, a wider figure is wider than one raion."""
    assert totals(figure("a", 7, "AZ-AGM AZ-LAC")).groups["reason"].tolist() == ["one number for 2 districts"]
    wide = totals(figure("a", 7, "UA-63"), level="adm2", adm0="UA")
    assert wide.coarser["reason"].tolist() == ["wider than one raion"]
