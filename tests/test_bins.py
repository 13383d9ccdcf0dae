"""A flow by months, quarters and years: bands where figures straddle, never invented points."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from analysis_tables import FewPlaces, figure, figures, incident, incidents
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Bins, Ledger, bins, total
from geotrack.errors import UnknownPlaceError, UsageError

FIRST = dt.date(2023, 1, 1)
NOTHING = pytest.approx(math.nan, nan_ok=True)
DISTRICT, VILLAGE = "AZ-AGM", "gn:1"


def ledger(*rows: dict[str, Any]) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), FewPlaces())


def asked(book: Ledger, by: str = "month", view: str = "total", **more: Any) -> Bins:
    """Return the bins of items found in a district."""
    place_id = more.pop("place", DISTRICT)
    return bins(book, measure="items_found", place_id=place_id, by=by, view=view, **more)  # type: ignore[arg-type]


def amounts(found: Bins) -> dict[str, tuple[float | None, float | None]]:
    """Return lower and upper by bin, None where nothing is known."""
    table = found.table
    return {
        name: tuple(None if math.isnan(one) else one for one in pair)  # type: ignore[misc]
        for name, *pair in table[["bin", "lower", "upper"]].itertuples(index=False, name=None)
    }


YEAR = figure("year", 100, DISTRICT, "2023-01-01/2023-12-31")
FEBRUARY = figure("feb", 30, DISTRICT, "2023-02-01/2023-02-28")


class TestBands:
    """What straddles a bin is a band, not a point."""

    def test_a_year_alone_is_a_band_over_its_months(self) -> None:
        """Each may hold nothing or all; the year itself is exact."""
        months = asked(ledger(YEAR))
        assert set(amounts(months).values()) == {(None, 100.0)}
        assert (len(months.table), months.table["is_limit"].all()) == (12, True)
        whole = asked(ledger(YEAR), "year").table.iloc[0]
        assert (whole["lower"], whole["upper"], whole["qualifier"]) == (100.0, 100.0, "exact")

    def test_what_is_known_of_a_month_is_taken_from_the_others(self) -> None:
        """Thirty in February leave seventy to any other month, and February has no band."""
        found = amounts(asked(ledger(YEAR, FEBRUARY)))
        assert found.pop("2023-02") == (30.0, 30.0)
        assert set(found.values()) == {(None, 70.0)}

    def test_a_week_across_two_months_is_the_quarters_alone(self) -> None:
        """It may be of either month; the quarter holds it whole."""
        book = ledger(figure("w", 12, DISTRICT, "2023-01-30/2023-02-05"))
        assert amounts(asked(book)) == {"2023-01": (None, 12.0), "2023-02": (None, 12.0)}
        assert amounts(asked(book, "quarter")) == {"2023Q1": (12.0, 12.0)}
        assert not asked(book).table["is_limit"].any()

    def test_weeks_that_tile_a_month_with_one_across_its_edge_limit_it(self) -> None:
        """Four weeks and one that is shared: between the four and the five."""
        weeks = [
            figure(f"w{n}", 10, DISTRICT, "/") | {"start": first, "end": first + dt.timedelta(days=6)}
            for n, first in enumerate(FIRST + dt.timedelta(weeks=n) for n in range(5))
        ]
        january = asked(ledger(*weeks)).table.iloc[0]
        told = (january["lower"], january["upper"], january["is_limit"], january["days_told"])
        assert told == (40.0, 50.0, True, 28)
        assert january["upper_figure_ids"] == ["w0", "w1", "w2", "w3", "w4"]

    @pytest.mark.parametrize(
        ("more", "is_limit"),
        [
            ({}, True),
            ({"qualifier": "at_most"}, True),
            ({"qualifier": "at_least"}, False),
            ({"qualifier": "approx"}, False),
            ({"place_ids": [VILLAGE]}, False),
        ],
        ids=["exact", "at most", "at least", "approx", "a village"],
    )
    def test_only_exact_figures_of_the_place_itself_limit_it(
        self, more: dict[str, Any], *, is_limit: bool
    ) -> None:
        """Others say how much is accounted for, and more may have happened."""
        may = asked(
            ledger({**YEAR, **more}, figure("m", 1, VILLAGE, "2023-05-01/2023-05-31")), place=DISTRICT
        )
        row = may.table.set_index("bin").loc["2023-05"]
        assert (row["is_limit"], row["lower"]) == (is_limit, 1.0)

    def test_of_figures_that_contradict_each_other_the_smaller_limits(self) -> None:
        """A year of 100 cannot hold a month of 150: one is wrong, and the lower bound is the safe one."""
        table = asked(ledger(YEAR, FEBRUARY | {"value_si": 150.0, "value": 150.0})).table
        assert table.loc[table["bin"] == "2023-02", "upper"].tolist() == [100.0]

    def test_an_incident_limits_nothing(self) -> None:
        """That one explosion of a month is told does not mean that there was no other."""
        told = incidents(incident("a", "2023-03", DISTRICT, killed=1))
        book = Ledger(figures(), FewPlaces(), incidents=told)
        march = bins(book, measure="killed", place_id=DISTRICT).table.iloc[0]
        assert (march["lower"], march["qualifier"], march["incident_ids"]) == (1.0, "at_least", ["a"])
        assert not march["is_limit"]
        same = total(book, measure="killed", place_id=DISTRICT, start=march["start"], end=march["end"])
        assert (same.value_si, same.qualifier) == (1.0, "at_least")


class TestViews:
    """The same days as totals, as a rate and added up."""

    def test_a_rate_is_per_day(self) -> None:
        """Thirty in 28 days."""
        row = asked(ledger(FEBRUARY), view="rate").table.iloc[0]
        assert row["lower"] == row["upper"] == 30 / 28

    def test_running_totals_are_steps_between_bounds(self) -> None:
        """In between at least the earlier total, at most the later one."""
        book = ledger(
            figure("a", 10, DISTRICT, "2023-01-01/2023-01-31", basis="cumulative"),
            figure("b", 40, DISTRICT, "2023-01-01/2023-03-31", basis="cumulative"),
        )
        assert amounts(asked(book, view="cumulative")) == {
            "2023-01": (10.0, 10.0),
            "2023-02": (10.0, 40.0),
            "2023-03": (40.0, 40.0),
        }
        assert amounts(asked(book)) == {
            "2023-01": (10.0, 10.0),
            "2023-02": (None, 30.0),
            "2023-03": (None, 30.0),
        }


class TestQuestions:
    """What may be asked, and what is told beside."""

    def test_coverage_counts_documents_and_empty_bins_stay(self) -> None:
        """A month without a figure is a row that rests on none."""
        book = ledger(
            FEBRUARY,
            FEBRUARY | {"figure_id": "copy", "document_id": "other", "publisher": "another"},
            figure("apr", 5, DISTRICT, "2023-04-01/2023-04-30"),
        )
        table = asked(book).table
        assert table["bin"].tolist() == ["2023-02", "2023-03", "2023-04"]
        assert table["n_documents"].tolist() == [2, 0, 1]
        assert table["sources"].tolist() == [["another", "p-feb"], [], ["p-apr"]]
        assert table["lower"].tolist() == [30.0, NOTHING, 5.0]

    def test_wider_and_undated_figures_stand_beside(self) -> None:
        """A country's figure and one of unknown start are listed with the reason."""
        book = ledger(
            FEBRUARY,
            figure("country", 900, "AZ", "2023-02-01/2023-02-28"),
            figure("group", 90, "AZ-AGM AZ-LAC", "2023-02-01/2023-02-28"),
            figure("until", 70, DISTRICT, "/2023-02-28"),
        )
        beside = asked(book).beside
        assert dict(zip(beside["observation_id"], beside["reason"], strict=True)) == {
            "country": "speaks of a wider place",
            "group": "speaks of places outside as well",
            "until": "its start is unknown",
        }

    def test_a_window_is_whole_bins(self) -> None:
        """The bins that hold a day of it, known or not."""
        found = asked(ledger(FEBRUARY), start=dt.date(2023, 1, 15), end=dt.date(2023, 2, 2))
        assert amounts(found) == {"2023-01": (None, None), "2023-02": (30.0, 30.0)}

    def test_bins_go_into_json(self) -> None:
        """Days are ISO dates, nothing known is null."""
        told = asked(ledger(YEAR)).to_dict()
        assert isinstance(told["bins"], list)
        row = told["bins"][0]
        assert (row["start"], row["lower"], row["upper"]) == ("2023-01-01", None, 100.0)

    @pytest.mark.parametrize(
        "wrong",
        [{"measure": "area_contaminated"}, {"by": "week"}, {"view": "map"}],
        ids=["level", "bin", "view"],
    )
    def test_what_makes_no_bins_is_refused(self, wrong: dict[str, Any]) -> None:
        """Levels have no sum over time, and other words are none of the choices."""
        with pytest.raises(UsageError):
            bins(ledger(), **{"measure": "items_found", "place_id": DISTRICT, **wrong})

    def test_nothing_known_has_no_bins(self) -> None:
        """An empty table, and an unknown place is an error."""
        assert asked(ledger()).table.empty
        with pytest.raises(UnknownPlaceError):
            asked(ledger(), place="AZ-NOWHERE")


@st.composite
def reports(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw figures of a district, villages in it and the country around it, of any period and qualifier."""
    rows = []
    for number in range(draw(st.integers(0, 8))):
        first = FIRST + dt.timedelta(days=draw(st.integers(0, 200)))
        last = first + dt.timedelta(days=draw(st.sampled_from([0, 6, 27, 30, 90, 200])))
        place = draw(st.sampled_from([DISTRICT, DISTRICT, VILLAGE, "gn:2", "AZ", "gn:1 gn:2"]))
        qualifier = draw(st.sampled_from(["exact", "exact", "at_least", "approx", "at_most"]))
        value = draw(st.sampled_from([0, 1, 5, 20, 300]))
        rows.append(figure(f"f{number}", value, place, qualifier=qualifier) | {"start": first, "end": last})
    return rows


def known(column: pd.Series) -> float:
    """Return the sum of a column, nothing known as none."""
    return float(column.fillna(0).sum())


@examples(60)
@given(reports(), st.sampled_from([DISTRICT, VILLAGE, "AZ"]))
def test_bins_add_up(rows: list[dict[str, Any]], place: str) -> None:
    """What is known of the months is no more than of their quarter, that no more than of the year."""
    book = ledger(*rows)
    month, quarter, year = (asked(book, by, place=place).table for by in ("month", "quarter", "year"))
    for column in ("lower", "value"):
        for fine, coarse in pairwise((month, quarter, year)):
            for row in coarse.to_dict("records"):
                inside = fine[(fine["start"] >= row["start"]) & (fine["end"] <= row["end"])]
                assert known(inside[column]) <= (0 if math.isnan(row[column]) else row[column])
    for table in (month, quarter, year):
        some = table[table["upper"].notna()]
        assert (some["value"].fillna(0) <= some["upper"]).all()
        assert (some["lower"].fillna(0) <= some["upper"]).all()
        assert table.loc[table["upper"].isna(), "value"].isna().all()


@examples(60)
@given(reports(), st.sampled_from([DISTRICT, "AZ"]))
def test_a_bin_is_the_total_of_its_days(rows: list[dict[str, Any]], place: str) -> None:
    """Lower bound and value are those of `total`; they are to be read alike."""
    book = ledger(*rows)
    for row in asked(book, place=place).table.to_dict("records"):
        same = total(book, measure="items_found", place_id=place, start=row["start"], end=row["end"])
        assert (row["value"], row["lower"]) == (
            same.value_si if same.value_si is not None else NOTHING,
            same.lower_si if same.lower_si is not None else NOTHING,
        )
        assert same.qualifier == row["qualifier"]


def test_what_straddles_a_month_makes_it_no_more_exact_than_its_total() -> None:
    """The half year leaves no more to April than its week: no figures fill April, so it is at least that."""
    half_year = figure("h", 20, "AZ", "2023-01-01/2023-06-30")
    book = ledger(figure("w", 20, DISTRICT, "2023-04-01/2023-04-07"), half_year)
    april = asked(book, place="AZ").table.set_index("bin").loc["2023-04"]
    assert (april["lower"], april["upper"], april["is_limit"], april["qualifier"]) == (
        20,
        20,
        True,
        "at_least",
    )
    same = total(book, measure="items_found", place_id="AZ", start=april["start"], end=april["end"])
    assert same.qualifier == "at_least"


def test_a_month_stated_whole_is_exact_whatever_its_villages_come_to() -> None:
    """Two villages that come to the district's own number make it no weaker, there or in a total."""
    days = "2023-04-01/2023-04-30"
    villages = [figure("v", 12, VILLAGE, days), figure("o", 8, "gn:2", days)]
    book = ledger(figure("d", 20, DISTRICT, days), *villages)
    (april,) = asked(book).table.to_dict("records")
    same = total(book, measure="items_found", place_id=DISTRICT, start=april["start"], end=april["end"])
    assert (april["qualifier"], same.qualifier, same.value_si) == ("exact", "exact", 20)


@examples(60)
@given(reports())
def test_running_sums_never_fall(rows: list[dict[str, Any]]) -> None:
    """Neither of what is known nor of what is possible; the bins of a month are the first of the year."""
    table = asked(ledger(*rows), view="cumulative").table
    for column in ("lower", "value", "upper"):
        steps = table[column].dropna()
        assert steps.is_monotonic_increasing
    limits = table["is_limit"].tolist()
    assert limits == sorted(limits, reverse=True)


@settings(deadline=None)
@given(reports(), st.data())
def test_order_and_copies_change_no_bin(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """A report in other papers raises the number of documents, never an amount."""
    mixed = data.draw(st.permutations(rows))
    copies = [row | {"figure_id": f"{row['figure_id']}-copy", "document_id": "copy"} for row in mixed]
    amount = ["bin", "lower", "value", "upper", "is_limit", "qualifier"]
    pd.testing.assert_frame_equal(asked(ledger(*rows)).table, asked(ledger(*mixed)).table)
    pd.testing.assert_frame_equal(
        asked(ledger(*rows)).table[amount], asked(ledger(*mixed, *copies)).table[amount]
    )


@examples(150)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=90, max_size=90),
    st.lists(
        st.tuples(st.sampled_from([DISTRICT, DISTRICT, VILLAGE]), st.integers(0, 89), st.integers(0, 89)),
        max_size=8,
    ),
)
def test_what_happened_lies_in_the_band(
    days: list[tuple[int, int]], periods: list[tuple[str, int, int]]
) -> None:
    """Reports that are true give bands that hold what happened, whatever periods they tell of."""

    def happened(place: str, first: int, last: int) -> int:
        return sum(village + (place == DISTRICT) * rest for village, rest in days[first : last + 1])

    rows = []
    for number, (place, one, other) in enumerate(periods):
        first, last = sorted((one, other))
        value = happened(place, first, last)
        ends = (FIRST + dt.timedelta(days=first), FIRST + dt.timedelta(days=last))
        rows.append(figure(f"f{number}", value, place) | {"start": ends[0], "end": ends[1]})
    for view in ("total", "cumulative"):
        table = asked(ledger(*rows), view=view).table
        since = (table["start"].min() - FIRST).days if len(table) else 0
        for row in table.to_dict("records"):
            first = since if view == "cumulative" else (row["start"] - FIRST).days
            truth = happened(DISTRICT, first, (row["end"] - FIRST).days)
            assert not row["lower"] > truth
            assert not row["is_limit"] or truth <= row["upper"]
