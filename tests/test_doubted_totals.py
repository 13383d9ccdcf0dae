"""Totals that others contradict, ranges, copies, and land that went from one unit to another."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from analysis_tables import FewPlaces, day, figure, figures, hectares
from typer.testing import CliRunner

from geotrack.analysis import Ledger, bins, total, totals
from geotrack.cli import app

FEBRUARY = "2023-02-01/2023-02-28"
YEAR = "2022-01-01/2022-12-31"
WEEKS = tuple(figure(f"w{n}", 7, "AZ", f"2023-02-{1 + 7 * n:02d}/2023-02-{7 + 7 * n:02d}") for n in range(4))


def said(
    *rows: dict[str, Any], window: str, place: str = "AZ", measure: str = "items_found"
) -> tuple[float | None, str | None]:
    """Return value and qualifier of a total."""
    start, end = map(day, window.split("/"))
    book = Ledger(figures(*rows), FewPlaces())
    found = total(book, measure=measure, place_id=place, start=start, end=end)  # type: ignore[arg-type]
    return found.value_si, found.qualifier


@pytest.mark.parametrize(
    ("month", "expected"), [(28, (28.0, "exact")), (40, (40.0, "at_least")), (20, (28.0, "at_least"))]
)
def test_a_sum_is_exact_only_where_its_parts_agree(month: int, expected: tuple[float, str]) -> None:
    """Four weeks of seven are 28: beside a month of 20 or of 40 nothing is exact."""
    assert said(*WEEKS, figure("m", month, "AZ", FEBRUARY), window=FEBRUARY) == expected


def test_a_rounding_contradicts_nothing() -> None:
    """Weeks that come to 1,230 are a month of 1,200, rounded."""
    weeks = [{**one, "value": 307.5, "value_si": 307.5} for one in WEEKS]
    assert said(*weeks, figure("m", 1200, "AZ", FEBRUARY), window=FEBRUARY) == (1230.0, "exact")


def test_what_is_less_than_known_limits_no_month() -> None:
    """Weeks that come to 28 are no limit to a month that is told as 40."""
    book = Ledger(figures(*WEEKS, figure("m", 40, "AZ", FEBRUARY)), FewPlaces())
    row = bins(book, measure="items_found", place_id="AZ").table.iloc[0]
    assert (row["value"], row["upper"], row["is_limit"], row["qualifier"]) == (40.0, 40.0, False, "at_least")


def test_a_whole_of_a_range_is_at_least_its_lower_end() -> None:
    """Three to five killed and two injured are five harmed or more."""
    people = {"unit": "people", "unit_si": "people"}
    killed = figure("k", 3, "AZ", FEBRUARY, measure="killed", value_max=5.0, **people)
    injured = figure("i", 2, "AZ", FEBRUARY, measure="injured", **people)
    assert said(killed, injured, window=FEBRUARY, measure="casualties") == (5.0, "at_least")


def test_parts_of_a_range_are_at_least_their_lower_ends() -> None:
    """Three to five hectares of land and two of water are five or more."""
    land = hectares("l", 3, "AZ", FEBRUARY, part="land", value_max=5.0)
    water = hectares("w", 2, "AZ", FEBRUARY, part="water")
    assert said(land, water, window=FEBRUARY, measure="area_cleared") == (50_000.0, "at_least")


def test_how_many_tell_it_decides_no_contradiction() -> None:
    """A week of 120 in a year of 100 goes, however many papers copy it."""
    week, year = figure("w", 120, "AZ", "2022-02-01/2022-02-07"), figure("y", 100, "AZ", YEAR)
    copies = [{**week, "figure_id": f"w{n}", "document_id": f"d{n}"} for n in range(3)]
    assert said(week, year, window=YEAR)[0] == said(week, year, *copies, window=YEAR)[0] == 100.0


def test_land_that_went_to_a_new_unit_counts_once() -> None:
    """Until its first day the new district lay in the old ones: a number of theirs holds its own."""
    rows = [figure("old", 100, "AZ-AGM", YEAR), figure("new", 40, "AZ-NEW", YEAR)]
    for some in permutations(rows):
        assert said(*some, window=YEAR)[0] == 100.0
    assert said(*rows, figure("other", 5, "AZ-FUZ", YEAR), window=YEAR)[0] == 105.0
    after = "2024-01-01/2024-12-31"
    rows = [figure("old", 100, "AZ-AGM", after), figure("new", 40, "AZ-NEW", after)]
    assert said(*rows, figure("third", 7, "AZ-LAC", after), window=after)[0] == 147.0


def test_a_level_of_a_village_alone_is_no_level_of_its_country() -> None:
    """Four hundred hectares of one village count as what they are: a bound that rests on places inside."""
    level = {"measure": "area_contaminated", "basis": "stock"}
    village = hectares("v", 400, "gn:1", "/2023-03-01", **level)
    book = Ledger(figures(village), FewPlaces())
    for place in ("AZ", "AZ-AGM"):
        found = total(book, measure="area_contaminated", place_id=place)
        assert (found.value_si, found.qualifier, found.finer_only) == (4e6, "at_least", True)
        assert found.used["place_ids"].tolist() == [["gn:1"]]
    itself = total(book, measure="area_contaminated", place_id="gn:1")
    assert (itself.qualifier, itself.finer_only) == ("exact", False)
    table = totals(book, measure="area_contaminated", level="adm1", adm0="AZ").table
    assert table[table["finer_only"]].index.tolist() == ["AZ-AGM"]


def test_a_countrys_own_level_stands_and_its_village_is_left_out() -> None:
    """With a level of the country itself the village's is a part of it, and told so."""
    level = {"measure": "area_contaminated", "basis": "stock"}
    rows = [
        hectares("v", 400, "gn:1", "/2023-03-01", **level),
        hectares("c", 9000, "AZ", "/2022-03-01", **level),
    ]
    found = total(Ledger(figures(*rows), FewPlaces()), measure="area_contaminated", place_id="AZ")
    assert (found.value_si, found.finer_only, found.left_out["kind"].tolist()) == (
        9e7,
        False,
        ["nested place"],
    )


def test_a_whole_made_of_growth_is_listed_nowhere_as_stated() -> None:
    """What AP and AT totals grew by comes to mines that nobody states: neither beside nor across an edge."""
    rows = [
        figure(f"{kind}{n}", value * n, "AZ", f"2022-01-01/2022-0{n}-28", measure=f"{kind}_mines_found")
        for kind, value in (("ap", 30), ("at", 9))
        for n in (2, 4)
    ]
    book = Ledger(figures(*rows), FewPlaces())
    grown = [
        one for one in book.standing("mines_found") if one.basis == "period" and one.derived == "difference"
    ]
    assert [one.value for one in grown] == [78]
    found = totals(book, measure="mines_found", level="adm1", adm0="AZ", end=day("2022-03-31"))
    for listed in (found.coarser, found.straddling):
        assert not {one.id for one in grown} & set(listed["observation_id"])


def test_the_command_line_says_that_a_level_is_of_places_inside(tmp_path: Path) -> None:
    """Whoever asks for a country reads in the line below the number that it is one village's."""
    text = (
        "As of 1 March 2023, 400 hectares are contaminated with mines in Sarijali village of Aghdam district."
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    database = ["--db", str(tmp_path / "facts.db")]
    CliRunner().invoke(app, ["ingest", "--published", "2023-03-02", str(tmp_path), *database])
    asked = ["total", "--measure", "area_contaminated", "--place"]
    told = {place: CliRunner().invoke(app, [*asked, place, *database]).output for place in ("AZ", "Sarijali")}
    note = "(of one place inside alone: no level of Azerbaijan itself is told)"
    assert [note in told["AZ"], "inside alone" in told["Sarijali"]] == [True, False]
