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
        ("In the latest 24 hours", "2024-06-04..2024-06-05"),
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
        ("By mid-May", "..2024-05-15"),
        ("Since the middle of May", "2024-05-15..2024-06-05"),
        ("From mid-2022 to March 2024", "2022-07-01..2024-03-31"),
        ("In mid-May", "2024-05-01..2024-05-31"),
        ("By late May", "..2024-05-31"),
        ("By the beginning of May", "..2024-05-01"),
        ("As of 08:00 on 1 June", "..2024-06-01"),
        ("As of the morning of 1 June", "..2024-06-01"),
        ("Two weeks ago", "2024-05-22..2024-05-22"),
        ("Three days ago", "2024-06-02..2024-06-02"),
        ("The year before last", "2022-01-01..2022-12-31"),
        ("In three decades", "1994-06-05..2024-06-05"),
        ("Over two and a half years", "2021-12-05..2024-06-05"),
        ("Over a year", "2023-06-05..2024-06-05"),
        ("In the 27 months of the full-scale war", f"{UA_WAR}..2024-06-05"),
        ("In the five months to the end of May", "2024-01-01..2024-05-31"),
        ("In the week from 20 May", "2024-05-20..2024-05-26"),
        ("During the final three months of 2023,", "2023-10-01..2023-12-31"),
        ("From 25.02.22 to 12.07.22", "2022-02-25..2022-07-12"),
        ("Up to the end of 2023", "..2023-12-31"),
        ("When 2024 began", "..2024-01-01"),
        ("With effect from May 2024", "2024-05-01..2024-06-05"),
        ("In the winter of 2022-2023", "2022-12-01..2023-02-28"),
        ("In the summer months of 2023", "2023-06-01..2023-08-31"),
        ("In work begun in March 2023 and completed in April 2024,", "2023-03-01..2024-04-30"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "In the first half of 2023 mines killed 20 people in Ukraine, against 35 in the first half "
                "of 2022. In those six months they injured 40 more people."
            ),
            ["2023-01-01..2023-06-30", "2022-01-01..2022-06-30", "2023-01-01..2023-06-30"],
        ),
        (
            (
                "In 2023 sappers cleared 300 hectares in Ukraine, up from 250 hectares in 2022. That year "
                "they also destroyed 400 mines."
            ),
            ["2023-01-01..2023-12-31", "2022-01-01..2022-12-31", "2023-01-01..2023-12-31"],
        ),
    ],
)
def test_what_is_only_compared_with_is_not_gone_on_with(
    reader: Reader, text: str, expected: list[str]
) -> None:
    """A time behind "against" or "up from" is that of the number beside it and of nothing after it."""
    assert periods(reader, text) == expected


def test_maps_hold_as_of_the_day_on_which_those_of_their_place_changed_hands(reader: Reader) -> None:
    """Two hand-overs are told apart by the districts that they were of."""
    text = (
        "On 12 June 2021 Azerbaijan was given maps of 97,000 mines in Aghdam district. On 3 July 2021 it "
        "received maps of 92,000 mines in Fuzuli and Zangilan districts. By these maps, 97,000 mines lie in "
        "Aghdam district and 92,000 mines in Fuzuli and Zangilan districts."
    )
    assert periods(reader, text) == ["..2021-06-12", "..2021-07-03"] * 2


def test_a_sum_is_of_the_stretch_of_its_parts(reader: Reader) -> None:
    """A whole without a time of its own is told of all the years in brackets behind it."""
    text = (
        "A total of 1,304 hectares were cleared in Kharkiv region (2022: 677 hectares; 2023: 627 hectares)."
    )
    years = ["2022-01-01..2022-12-31", "2023-01-01..2023-12-31"]
    assert periods(reader, text) == ["2022-01-01..2023-12-31", *years]


def test_a_total_is_taken_up_again_behind_another_stretch(reader: Reader) -> None:
    """What "in total" has been done is of the running total told before the last day's work."""
    text = (
        "Since the start of the invasion, sappers in Ukraine have found 400,000 explosive items. Over the "
        "past day they found 300 explosive items. In total, 1,200 square kilometres have been surveyed."
    )
    assert periods(reader, text)[2] == f"{UA_WAR}..2024-06-05"


def test_a_heading_tells_which_year_last_year_is(reader: Reader) -> None:
    """Without a publication day, "last year" is the year that the heading names."""
    text = "Demining in 2023: results\n\nLast year sappers of Kherson region destroyed 900 mines."
    assert periods(reader, text, None) == ["2023-01-01..2023-12-31"]


def test_what_has_been_done_leaves_a_stretch_that_is_over(reader: Reader) -> None:
    """The present perfect tells a total until today, not what was done last month."""
    text = "Last month sappers of Kherson region found 50 mines. They have cleared 900 hectares."
    assert periods(reader, text) == ["2024-05-01..2024-05-31", "..2024-06-05"]


def test_the_reporting_period_is_the_stretch_that_the_text_names(reader: Reader) -> None:
    """It is known without a publication day, too."""
    text = (
        "The report on Donetsk region of Ukraine covers the period from November 2019 to March 2021.\n\n"
        "In the reporting period mines killed 20 people there."
    )
    assert periods(reader, text, None) == ["2019-11-01..2021-03-31"]


def test_a_day_that_opens_a_total_is_its_last(reader: Reader) -> None:
    """The count of a day holds as of it."""
    text = "On 15 May the count stood at 268 hectares cleared in Ukraine since the start of the year."
    assert periods(reader, text) == ["2024-01-01..2024-05-15"]


def test_the_week_before_is_that_before_the_week_told(reader: Reader) -> None:
    """A stretch of a week is shifted as a whole."""
    text = (
        "Between 20 and 26 May 2024 sappers cleared 1,100 hectares in Ukraine. The week before it had been "
        "980 hectares."
    )
    assert periods(reader, text) == ["2024-05-20..2024-05-26", "2024-05-13..2024-05-19"]


def test_a_year_before_its_day_needs_no_publication(reader: Reader) -> None:
    """The day is of the year that stands before it, not of the nearest."""
    text = "In 2022, on 1-4 June, sappers cleared 12 hectares in Ukraine."
    assert periods(reader, text, None) == ["2022-06-01..2022-06-04"]
