"""What remains over the recent pace, and where reports name places without a figure."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from analysis_tables import FewPlaces, day, figure, figures, hectares, incident, incidents
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from geotrack.analysis import Ledger, Outlook, outlook, silent_units
from geotrack.analysis.outlook import CLAIM_COLUMNS
from geotrack.errors import UnknownPlaceError, UsageError
from geotrack.maps.claims import lasting

HA = 10_000.0


def ledger(*rows: dict[str, Any], **more: Any) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), FewPlaces(), **more)


def level(value: float, as_of: str, places: str = "UA") -> dict[str, Any]:
    """Return contaminated land in hectares at a day."""
    return hectares(
        f"level {places} {as_of}", value, places, f"/{as_of}", measure="area_contaminated", basis="stock"
    )


def cleared(value: float, period: str, places: str = "UA", **more: Any) -> dict[str, Any]:
    """Return cleared land in hectares."""
    return hectares(f"cleared {places} {period}", value, places, period, **more)


YEARS = [
    cleared(50, "2020-01-01/2020-12-31"),
    cleared(100, "2021-01-01/2021-12-31"),
    cleared(250, "2022-01-01/2022-12-31"),
    cleared(125, "2023-01-01/2023-12-31"),
]


def claims(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Return claims of thirty years from an id, a place and the day of publication each."""
    told: dict[str, Any] = dict.fromkeys(CLAIM_COLUMNS) | {"years": 30.0, "confidence": 0.9, "share": None}
    return pd.DataFrame(
        [
            told | {"claim_id": name, "place_ids": [place], "published": day(published)}
            for name, place, published in rows
        ]
    )


def rows_of(found: Outlook) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of an outlook by place and kind."""
    return {(row["place_id"], row["kind"]): row for row in found.table.to_dict("records")}


class TestOutlook:
    """Remaining land over the pace of the last three periods."""

    def test_the_spread_is_from_the_slowest_to_the_fastest_of_the_last_three(self) -> None:
        """A thousand hectares at 100, 250 and 125 a year: four to ten years; 2020 is not recent."""
        row = rows_of(
            outlook(ledger(level(1000, "2023-12-31"), *YEARS), place_id="UA", on=day("2024-01-30"))
        )["UA", "clearance"]
        assert (row["years_least"], row["years_most"]) == pytest.approx((4.0, 10.0), rel=1e-3)
        assert [one["bin"] for one in row["paces"]] == ["2021", "2022", "2023"]
        assert (row["n_bins"], row["age_days"], row["pace_qualifier"]) == (3, 30, "exact")

    def test_what_was_done_long_ago_is_no_pace(self) -> None:
        """Land cleared fifteen years before the level says nothing of today."""
        book = ledger(level(1000, "2025-01-01"), cleared(100, "2009-01-01/2009-12-31"))
        assert rows_of(outlook(book, place_id="UA")) == {}

    def test_a_period_is_judged_by_the_days_that_are_told(self) -> None:
        """Three quarters of a year count by their days; a month of a year says too little."""
        book = ledger(
            level(1000, "2023-12-31"),
            cleared(75, "2022-01-01/2022-09-30"),
            cleared(90, "2023-03-01/2023-03-31"),
        )
        (pace,) = rows_of(outlook(book, place_id="UA"))["UA", "clearance"]["paces"]
        assert (pace["bin"], pace["days_told"], pace["qualifier"]) == ("2022", 273, "at_least")
        assert pace["per_year"] == pytest.approx(75 * HA / 273 * 365.2425)

    def test_kinds_stand_apart(self) -> None:
        """Surveyed land is not added to what was cleared."""
        survey = cleared(500, "2023-01-01/2023-12-31", measure="area_surveyed") | {"figure_id": "s"}
        found = rows_of(outlook(ledger(level(1000, "2023-12-31"), survey, *YEARS), place_id="UA"))
        assert list(found) == [("UA", "clearance"), ("UA", "survey")]

    def test_districts_are_told_where_both_are_known(self) -> None:
        """An oblast with its own level and pace has a row; one without a pace has none."""
        book = ledger(
            level(1000, "2023-12-31"),
            level(40, "2023-12-31", "UA-63"),
            level(70, "2023-12-31", "UA-30"),
            *YEARS,
            cleared(10, "2023-01-01/2023-12-31", "UA-63"),
        )
        found = rows_of(outlook(book, place_id="UA"))
        assert list(found) == [("UA", "clearance"), ("UA-63", "clearance")]
        assert found["UA-63", "clearance"]["years_most"] == pytest.approx(4, rel=1e-3)

    @pytest.mark.parametrize(
        ("remaining", "pace", "years"),
        [
            ("exact", "exact", "exact"),
            ("exact", "at_least", "at_most"),
            ("at_least", "exact", "at_least"),
            ("at_least", "at_least", "approx"),
            ("exact", "approx", "approx"),
        ],
    )
    def test_years_are_no_surer_than_land_and_pace(self, remaining: str, pace: str, years: str) -> None:
        """At least so fast is at most so long; two bounds bound nothing."""
        book = ledger(level(9, "2023-12-31") | {"qualifier": remaining}, YEARS[0] | {"qualifier": pace})
        row = rows_of(outlook(book, place_id="UA"))["UA", "clearance"]
        told = "exact" if remaining == "exact" else "at_least"
        assert (row["years_qualifier"], row["remaining_qualifier"]) == (years, told)

    def test_a_sum_of_districts_is_not_what_remains_of_the_country(self) -> None:
        """Only land stated of the place itself is divided."""
        book = ledger(level(40, "2023-12-31", "UA-63"), *YEARS)
        assert outlook(book, place_id="UA").table.empty

    def test_nothing_done_takes_no_number_of_years(self) -> None:
        """At no pace at all the land never ends: no number, not infinity."""
        row = rows_of(
            outlook(ledger(level(9, "2023-12-31"), cleared(0, "2023-01-01/2023-12-31")), place_id="UA")
        )["UA", "clearance"]
        assert math.isnan(row["years_least"])
        assert math.isnan(row["years_most"])

    def test_it_says_what_it_is(self) -> None:
        """Arithmetic, not a forecast; without claims there are none."""
        told = outlook(ledger(level(1000, "2023-12-31"), *YEARS), place_id="UA").to_dict()
        assert "not a forecast" in str(told["note"])
        assert (told["claims"], "no sum" in str(told["claims_note"])) == ([], True)
        assert outlook(ledger(*YEARS), place_id="UA").table.empty

    def test_claims_stand_beside_and_change_nothing(self) -> None:
        """Those of the place and of places in it, the latest first; another country's and unsure ones not."""
        book = ledger(level(1000, "2023-12-31"), *YEARS)
        told = claims(("old", "UA", "2022-05-01"), ("new", "UA-63", "2024-05-01"), ("az", "AZ", "2024-05-01"))
        found = outlook(book, place_id="UA", claims=told)
        assert found.claims["claim_id"].tolist() == ["new", "old"]
        assert rows_of(found) == rows_of(outlook(book, place_id="UA"))
        sure = ledger(level(1000, "2023-12-31"), min_confidence=0.95)
        assert outlook(sure, place_id="UA", claims=told).claims.empty

    def test_no_periods_or_no_place_are_refused(self) -> None:
        """With an error."""
        with pytest.raises(UsageError):
            outlook(ledger(), place_id="UA", last=0)
        with pytest.raises(UnknownPlaceError):
            outlook(ledger(), place_id="UA-NOWHERE")


@examples(60)
@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=5),
    st.integers(1, 5000),
    st.integers(1, 4),
    st.data(),
)
def test_every_recent_pace_lies_within_the_spread(
    values: list[int], remaining: int, last: int, data: st.DataObject
) -> None:
    """The land lasts longer at no recent pace than at the slowest, in any order of the reports."""
    years = [cleared(value, f"{2019 + n}-01-01/{2019 + n}-12-31") for n, value in enumerate(values)]
    mixed = data.draw(st.permutations([level(remaining, "2023-12-31"), *years]))
    row = rows_of(outlook(ledger(*mixed), place_id="UA", last=last))["UA", "clearance"]
    spans = [row["remaining"] / one["per_year"] for one in row["paces"]]
    assert (row["years_least"], row["years_most"]) == pytest.approx((min(spans), max(spans)))
    assert len(spans) == min(last, len(values))
    wider = rows_of(outlook(ledger(*mixed), place_id="UA", last=last + 1))["UA", "clearance"]
    assert wider["years_least"] <= row["years_least"]
    assert row["years_most"] <= wider["years_most"]


def mentions(*pairs: str) -> pd.DataFrame:
    """Return mentions from `document place` each."""
    return pd.DataFrame([one.split() for one in pairs], columns=["document_id", "place_id"], dtype="object")


def documents(**published: str | None) -> pd.DataFrame:
    """Return documents and the days on which they were published."""
    rows = [(name, day(text)) for name, text in published.items()]
    return pd.DataFrame(rows, columns=["document_id", "published"], dtype="object")


class TestSilence:
    """Units that reports name and that have no figure."""

    def test_named_districts_without_a_figure_of_their_own(self) -> None:
        """A village counts for its district, a group for none of its members, an incident is no figure."""
        book = ledger(
            figure("v", 3, "gn:3", "2023-01-02/2023-01-08"),
            figure("g", 7, "AZ-AGM AZ-FUZ AZ-LAC", "2023-01-02/2023-01-08"),
            figure("r", 9, "AZ-LAC", "2023-01-02/2023-01-08", review="rejected"),
            figure("c", 9, "AZ", "2023-01-02/2023-01-08"),
            incidents=incidents(incident("i", "2023-03-05", "gn:1", injured=1)),
        )
        named = mentions(
            "a gn:2", "a AZ-AGM", "b AZ-AGM", "b AZ-LAC", "b AZ-FUZ", "b AZ", "b x-gone", "b UA-63"
        )
        found = silent_units(book, named, documents(a="2023-02-01", b="2023-03-01"), adm0="AZ", level="adm1")
        columns = ["n_documents", "n_mentions", "n_groups", "n_incidents"]
        assert {row[0]: list(row[1:]) for row in found[columns].itertuples()} == {
            "AZ-AGM": [2, 3, 1, 1],
            "AZ-LAC": [1, 1, 1, 0],
        }
        assert found["last_published"].tolist() == [day("2023-03-01")] * 2

    def test_raions_are_units_too(self) -> None:
        """An oblast's figure is wider than its raions, so the raion is silent and the oblast is not."""
        book = ledger(figure("o", 3, "UA-63", "2023-01-02/2023-01-08"))
        asked = (book, mentions("a gn:4"), documents(a=None))
        raions = silent_units(*asked, adm0="UA", level="adm2")
        assert (list(raions.index), raions["last_published"].tolist()) == (["UA6304"], [None])
        assert silent_units(*asked, adm0="UA", level="adm1").empty

    def test_an_unknown_country_is_an_error(self) -> None:
        """Rather than a country where all is silent."""
        with pytest.raises(UnknownPlaceError):
            silent_units(ledger(), mentions(), documents(), adm0="XX", level="adm1")


@examples(60)
@given(
    st.lists(st.sampled_from(["a AZ-AGM", "b AZ-FUZ", "b gn:3", "c AZ-LAC", "c AZ"])),
    st.lists(st.sampled_from(["AZ-AGM", "gn:1", "gn:3", "AZ-AGM AZ-LAC", "AZ"]), max_size=4),
)
def test_a_figure_only_ever_ends_silence(named: list[str], told: list[str]) -> None:
    """Each further figure leaves the same districts silent or fewer, all of them named."""
    silent = [
        set(
            silent_units(
                ledger(*(figure(f"f{n}", n + 1, place) for n, place in enumerate(told[:count]))),
                mentions(*named),
                documents(),
                adm0="AZ",
                level="adm1",
            ).index
        )
        for count in range(len(told) + 1)
    ]
    assert all(after <= before for before, after in pairwise(silent))
    everything = {"gn:3": "AZ-FUZ"}
    assert silent[0] == {everything.get(one, one) for one in (pair.split()[1] for pair in named)} - {"AZ"}


class TestMissing:
    """Where one side is missing the outlook says which, why, and what to add."""

    def missing(self, *rows: dict[str, Any], place: str = "UA") -> list[tuple[str, str]]:
        """Return the places and the sides that they lack."""
        found = outlook(ledger(*rows), place_id=place).missing
        assert found["remedy"].str.startswith("Add ").all()
        return list(zip(found["place_id"], found["missing"], strict=True))

    def test_each_side(self) -> None:
        """Nothing known, land without work, work without land, and both."""
        assert self.missing() == [("UA", "both")]
        assert self.missing(level(1000, "2023-12-31")) == [("UA", "pace")]
        assert self.missing(*YEARS) == [("UA", "remaining")]
        assert self.missing(level(1000, "2023-12-31"), *YEARS) == []

    def test_places_inside_lack_what_the_whole_has(self) -> None:
        """An oblast with a level and no work, one with work and no level; a village's work lists none."""
        rows = [
            *(level(1000, "2023-12-31"), *YEARS),
            level(500, "2023-12-31", "UA-63"),
            cleared(5, "2023-01-01/2023-12-31", "UA-30"),
            cleared(1, "2023-02-01/2023-02-28", "gn:4"),
        ]
        assert self.missing(*rows) == [("UA-30", "remaining"), ("UA-63", "pace")]

    def test_the_reason_is_the_real_one(self) -> None:
        """Work without days, too old work, and land that is known of parts only."""

        def why(*rows: dict[str, Any]) -> str:
            found = outlook(ledger(*rows), place_id="UA").missing
            return str(found["reason"][found["place_id"] == "UA"].item())

        now = level(1000, "2023-12-31")
        assert why(now) == "no report states land cleared, released or surveyed there"
        assert "without a first and a last day" in why(now, cleared(5, "/2023-12-31"))
        assert "too old" in why(now, cleared(5, "2001-01-01/2001-12-31"))
        assert "parts of the place only" in why(level(5, "2023-12-31", "UA-63"), *YEARS)


@pytest.mark.parametrize(
    ("least", "most", "spelled", "told"),
    [
        (4.0, 10.0, False, "about 4 to 10"),
        (39.51, 389.4, True, "about 39.5 to 389 years"),
        (39.51, 103_260.5, True, "about 39.5 to more than 1,000 years"),
        (2_000.0, 103_260.5, True, "more than 1,000 years"),
        (1.0, 1.0, True, "about 1 year"),
        (4.0, math.nan, True, "about 4 years, or never"),
        (0.0005, 0.0007, True, "less than 0.1 year"),
        (math.nan, math.nan, True, "never at this pace"),
    ],
)
def test_years_are_told_by_command_and_app(least: float, most: float, *, spelled: bool, told: str) -> None:
    """No more digits than the numbers bear, and a period in which nothing was done is not passed over."""
    row = {"years_least": least, "years_most": most, "years_qualifier": "approx"}
    assert lasting(row, spelled=spelled) == told
