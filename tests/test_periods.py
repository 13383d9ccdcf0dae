"""The period of a figure, from the wordings of its sentence and of those around it.

All texts are invented. Reports are published on Wednesday, 5 June 2024, unless a case says otherwise.
"""

from __future__ import annotations

import datetime as dt

import pytest
from readings import PUBLISHED, report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer

UA_WAR, AZ_PEACE = "2022-02-24", "2020-11-10"


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


def periods(reader: Reader, text: str, published: dt.date | None = PUBLISHED) -> list[str]:
    """Return start and end of each figure, in the order of the text."""
    figures = reader.read(report(text, published)).figures
    return [f"{f.start or ''}..{f.end or ''}" for f in figures]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Since Russia launched its full-scale invasion", f"{UA_WAR}..2024-06-05"),
        ("Since Russian troops invaded", f"{UA_WAR}..2024-06-05"),
        ("From the first days of the great war", f"{UA_WAR}..2024-06-05"),
        ("With the start of the full-scale war", f"{UA_WAR}..2024-06-05"),
        ("In two years of full-scale war", f"{UA_WAR}..2024-06-05"),
        ("Since 24 February, the day on which it began", f"{UA_WAR}..2024-06-05"),
        ("Since the conflict in the Donbas broke out in April 2014", "2014-04-01..2024-06-05"),
        ("Since the liberation of the oblast", "..2024-06-05"),
        ("In the five years to 2019", "2015-01-01..2019-12-31"),
        ("In the week ending 2 June", "2024-05-27..2024-06-02"),
        ("Over the first four months of the year", "2024-01-01..2024-04-30"),
        ("Over 4 months of 2024", "2024-01-01..2024-04-30"),
        ("In January-April", "2024-01-01..2024-04-30"),
        ("During the first quarter", "2024-01-01..2024-03-31"),
        ("In the first half of May", "2024-05-01..2024-05-15"),
        ("Last summer", "2023-06-01..2023-08-31"),
        ("Since the turn of the year", "2024-01-01..2024-06-05"),
        ("Since the year began", "2024-01-01..2024-06-05"),
        ("In 2021, 2022 and the first four months of 2024", "2021-01-01..2024-04-30"),
        ("From 2021 until the end of May 2024", "2021-01-01..2024-05-31"),
        ("A week earlier, from 20 to 26 May", "2024-05-20..2024-05-26"),
        ("In the course of 2023", "2023-01-01..2023-12-31"),
        ("As of early May", "..2024-05-01"),
        ("By now", "..2024-06-05"),
    ],
)
def test_a_stretch_or_a_start_opens_a_sentence(reader: Reader, words: str, expected: str) -> None:
    """What stands before the comma dates the figure behind it."""
    assert periods(reader, f"{words}, 300 mines have been found in Kharkiv Oblast.") == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("once the war was over", f"{AZ_PEACE}..2024-06-05"),
        ("since the guns fell silent in November 2020", f"{AZ_PEACE}..2024-06-05"),
        ("since the trilateral ceasefire agreement was signed", f"{AZ_PEACE}..2024-06-05"),
        ("since the six-week war of autumn 2020", f"{AZ_PEACE}..2024-06-05"),
        ("in the post-war period", f"{AZ_PEACE}..2024-06-05"),
        ("since the First Karabakh War", "..2024-06-05"),
    ],
)
def test_a_war_dates_by_its_names_verbs_and_dates(reader: Reader, words: str, expected: str) -> None:
    """A war is told by noun, name and verb in any order, and a date beside it agrees or wins."""
    assert periods(reader, f"300 mines have been found in Azerbaijan {words}.") == [expected]


@pytest.mark.parametrize(("country", "year"), [("Ukraine", 2017), ("Azerbaijan", 2018)])
def test_no_war_later_than_the_report_is_meant(reader: Reader, country: str, year: int) -> None:
    """The war of an old report is another one, whose days nobody has told us."""
    text = f"Since the war, mines have injured 300 people in {country}."
    assert periods(reader, text, dt.date(year, 6, 5)) == [f"..{year}-06-05"]


@pytest.mark.parametrize(
    "text",
    [
        "Speaking in Kyiv on 1 June, he said that 300 mines had been found in Kharkiv Oblast.",
        '"300 mines have been found in Kharkiv Oblast," the governor told a briefing on Saturday.',
        "The governor spoke on 1 June. So far 300 mines have been found in Kharkiv Oblast.",
        "300 mines have been found in Kharkiv Oblast. The figures are for 1 June.",
        "As the ministry reported on 1 June, 300 mines have been found in Kharkiv Oblast.",
        "The ministry told the results as of 1 June.\n\nShe said 300 mines had been found in Kharkiv Oblast.",
    ],
)
def test_a_statement_holds_as_of_its_day(reader: Reader, text: str) -> None:
    """The day of a statement or of its data ends a total, wherever it is told."""
    assert periods(reader, text) == ["..2024-06-01"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "From 6 to 12 May sappers cleared 20 ha in Kharkiv Oblast. In that period 300 mines were found.",
            ["2024-05-06..2024-05-12", "2024-05-06..2024-05-12"],
        ),
        (
            "Since 2022 there were 120 mine blasts in Kharkiv Oblast. They killed 9 people and injured 40.",
            ["2022-01-01..2024-06-05", "2022-01-01..2024-06-05"],
        ),
        (
            "In 2023 mines injured 40 people in Kharkiv Oblast (2022: 55) and killed 9 (2022: 12).",
            [f"{y}-01-01..{y}-12-31" for y in (2023, 2022, 2023, 2022)],
        ),
        (
            "In 2022 and 2023, mines injured 40 and 35 people in Kharkiv Oblast, respectively.",
            ["2022-01-01..2022-12-31", "2023-01-01..2023-12-31"],
        ),
        (
            "In 2022 900 hectares of Kharkiv Oblast were mined, now it is 300 hectares.",
            ["..2022-12-31", "..2024-06-05"],
        ),
        (
            "The war ended on 10 November 2020. Since then mines have injured 300 people in Azerbaijan.",
            [f"{AZ_PEACE}..2024-06-05"],
        ),
        (
            "LVIV OBLAST, Jun 4 - About 60 mines were found in Lviv Oblast between May 29 and June 2.",
            ["2024-05-29..2024-06-02"],
        ),
        (
            "In April the ministry reported that explosions of mines had injured 29 civilians in Ukraine.",
            [".."],
        ),
        (
            "The agency has published its report for May on Kharkiv Oblast.\n\nSappers cleared 20 hectares.",
            ["2024-05-01..2024-05-31"],
        ),
    ],
)
def test_sentences_share_and_part_their_periods(reader: Reader, text: str, expected: list[str]) -> None:
    """What was told before goes on; brackets, labels and "now" keep to their own number."""
    assert periods(reader, text) == expected


@pytest.mark.parametrize(
    "head", ["Kyiv, 5 May 2023\n\n", "Last updated: 5 May 2023\n\n", "KYIV, Ukraine, May 5, 2023. "]
)
def test_a_dateline_stands_in_for_publication(reader: Reader, head: str) -> None:
    """A first line that is nothing but a date tells when a text was published, if nothing else does."""
    text = f"{head}Since the start of the year mines have killed 40 people in Kharkiv Oblast."
    assert periods(reader, text, None) == ["2023-01-01..2023-05-05"]
