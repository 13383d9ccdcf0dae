"""Where sources disagree: on one number first, then on a part and its whole; what is undated last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from analysis_tables import FewPlaces, figure, figures
from typer.testing import CliRunner

from geotrack.analysis import Ledger, conflicts, total, warnings
from geotrack.analysis.observations import FAR_APART
from geotrack.cli import app

JANUARY, WEEK = "2023-01-01/2023-01-31", "2023-01-09/2023-01-15"
YEAR, SINCE = "2023-01-01/2023-12-31", "2022-02-24"


def ledger(*rows: dict[str, Any], **more: Any) -> Ledger:
    """Return the ledger of some figures."""
    return Ledger(figures(*rows), FewPlaces(), **more)


def people(figure_id: str, value: float, measure: str, period: str = YEAR, **more: Any) -> dict[str, Any]:
    """Return a figure of people in Aghdam."""
    return figure(figure_id, value, "AZ-AGM", period, measure=measure, unit_si="people", **more)


def running(figure_id: str, value: float, last: str, **more: Any) -> dict[str, Any]:
    """Return a total of Kharkiv oblast since the invasion."""
    return figure(figure_id, value, "UA-63", f"{SINCE}/{last}", **{"basis": "cumulative", **more})


def test_sources_that_disagree_most_come_first_with_both_sides() -> None:
    """Of what seems one number; the spread is a share of the highest value; each side has its sources."""
    rows = [
        figure("a", 90, "AZ-AGM", JANUARY),
        figure("b", 100, "AZ-AGM", JANUARY),
        figure("c", 2, "AZ-FUZ", JANUARY),
        figure("d", 4, "AZ-FUZ", JANUARY),
        figure("e", 4, "AZ-FUZ", JANUARY),
    ]
    table = conflicts(ledger(*rows))
    assert table["spread"].tolist() == [0.5, 0.1]
    assert [(side["value"], side["sources"]) for side in table["sides"][0]] == [
        (2, ["p-c"]),
        (4, ["p-d", "p-e"]),
    ]


def test_counts_one_apart_are_a_conflict() -> None:
    """One killed is not two killed: a count of single things shows no rounding."""
    rows = people("a", 1, "killed"), people("b", 2, "killed")
    assert conflicts(ledger(*rows))[["low", "high"]].to_numpy().tolist() == [[1, 2]]


class TestScopesOfConflicts:
    """What may be a part beside its whole is named, and stands after what is one number."""

    def test_one_number_comes_before_a_part_and_its_whole(self) -> None:
        """Ninety and a hundred are disputed; one of a hundred may be an operator's share."""
        rows = [
            figure("a", 90, "AZ-AGM", JANUARY),
            figure("b", 100, "AZ-AGM", JANUARY),
            figure("c", 1, "AZ-FUZ", JANUARY),
            figure("d", 100, "AZ-FUZ", JANUARY),
            figure("e", 60, "AZ-LAC", JANUARY, done_by=["A"]),
            figure("f", 100, "AZ-LAC", JANUARY),
        ]
        table = conflicts(ledger(*rows))
        suspected = "part and whole suspected"
        assert table["kind"].tolist() == ["same scope", suspected, suspected]
        assert table["spread"].tolist() == [0.1, 0.99, 0.4]
        assert table["reason"][1].startswith("the greatest, as values three times apart")

    @pytest.mark.parametrize(("apart", "kind"), [(2.9, "same scope"), (3, "part and whole suspected")])
    def test_the_constant_decides(self, apart: float, kind: str) -> None:
        """Three times apart is a part and its whole, less is a dispute."""
        assert FAR_APART == 3
        rows = figure("a", 100, "AZ-AGM", JANUARY), figure("b", 100 * apart, "AZ-AGM", JANUARY)
        (row,) = conflicts(ledger(*rows)).to_dict("records")
        assert (row["kind"], row["preferred"]) == (kind, 100 if kind == "same scope" else 300)

    def test_parts_speak_for_no_other_part(self) -> None:
        """The children among the dead of three totals do not outvote the dead."""
        rows = [
            people(f"{who}{n}", value, "killed", f"{SINCE}/2023-0{n}-30", basis="cumulative")
            for n, who, value in [(4, "all", 124), (4, "some", 6), (6, "some", 8), (6, "all", 150)]
        ]
        more = people("some8", 9, "killed", f"{SINCE}/2023-08-30", basis="cumulative")
        all8 = people("all8", 170, "killed", f"{SINCE}/2023-08-30", basis="cumulative")
        assert sorted(conflicts(ledger(*rows, more, all8))["preferred"]) == [124, 150, 170]

    def test_shares_of_actors_that_come_to_a_whole_dispute_nothing(self) -> None:
        """Twenty by one and fifty by another are the seventy of nobody named; fifty-five are not."""
        whole = figure("all", 70, "AZ-AGM", JANUARY)
        shares = (
            figure("a", 20, "AZ-AGM", JANUARY, done_by=["A"]),
            figure("b", 50, "AZ-AGM", JANUARY, done_by=["B"]),
        )
        book = ledger(whole, *shares)
        assert conflicts(book).empty
        assert total(book, measure="items_found", place_id="AZ-AGM").value_si == 70
        odd = figure("b", 55, "AZ-AGM", JANUARY, done_by=["B"])
        assert len(conflicts(ledger(whole, shares[0], odd))) > 0
        joint = figure("c", 50, "AZ-AGM", JANUARY, done_by=["A", "B"])
        assert len(conflicts(ledger(whole, shares[0], joint))) > 0


class TestUndated:
    """What rests on totals that begin nobody knows when."""

    def test_it_stands_last_and_behind_a_flag(self, tmp_path: Path) -> None:
        """A fall between two of one paper is counted, and listed on request."""
        undated = [
            running("a", 700, "2023-05-31", publisher="P") | {"start": None},
            running("b", 60, "2023-06-30", publisher="P") | {"start": None},
        ]
        month, week = figure("month", 300, "AZ-AGM", JANUARY), figure("week", 412, "gn:1", WEEK)
        table = warnings(ledger(*undated, month, week))
        assert table[["name", "undated"]].to_numpy().tolist() == [["inside", False], ["monotonic", True]]
        for number, day, count in ((1, 3, "5,200"), (2, 9, "1,300")):
            text = f"A total of {count} mines have been found in Aghdam so far, as of {day} March 2023."
            (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        database = ["--db", str(tmp_path / "facts.db")]

        def run(*words: str) -> str:
            done = CliRunner().invoke(app, [*words, *database], catch_exceptions=False)
            assert done.exit_code == 0, done.output
            return done.output

        run("ingest", "--publisher", "ANAMA", "--published", "2023-04-01", str(tmp_path))
        assert [row["undated"] for row in json.loads(run("checks", "--format", "json"))] == [True]
        assert "1 more rests on a running total" in run("checks")
        assert "monotonic" not in run("checks")
        assert "monotonic" in run("checks", "--undated")
