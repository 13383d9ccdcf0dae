"""Periods however they are worded: a phrase has one right answer wherever it stands in a report."""

from __future__ import annotations

import datetime as dt

import pytest
from readings import report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer

PUBLISHED = dt.date(2024, 5, 10)  # a Friday
# Where a time can stand.
FRAMES = (
    "{}, sappers cleared 412 hectares in Kharkiv region.",
    "In Kharkiv region 412 hectares were cleared {}.",
    "The area cleared in Kharkiv region {} came to 412 hectares.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


def periods(reader: Reader, text: str) -> set[str]:
    """Return the figures of a report as "value start..end"."""
    figures = reader.read(report(text, PUBLISHED)).figures
    return {f"{f.value:g} {f.start or ''}..{f.end or ''}" for f in figures}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("since the Russian onslaught of February 2022", "2022-02-24..2024-05-10"),
        ("since the accord of March 2023", "2023-03-01..2024-05-10"),
        ("since New Year", "2024-01-01..2024-05-10"),
        ("in the 1st quarter of 2024", "2024-01-01..2024-03-31"),
        ("in H1 2023", "2023-01-01..2023-06-30"),
        ("during the year 2023", "2023-01-01..2023-12-31"),
        ("during the past year 2023", "2023-01-01..2023-12-31"),
        ("in the two years 2022 and 2023", "2022-01-01..2023-12-31"),
        ("in this year's February", "2024-02-01..2024-02-29"),
        ("from 2022, February 24, to date", "2022-02-24..2024-05-10"),
        ("in the last fortnight", "2024-04-26..2024-05-10"),
        ("in the week to 28 April", "2024-04-22..2024-04-28"),
        ("during the week of 22-28 April", "2024-04-22..2024-04-28"),
        ("from Monday to Sunday, 22-28 April", "2024-04-22..2024-04-28"),
        ("from the beginning of the year to 1 May", "2024-01-01..2024-05-01"),
        ("from 2014 to now", "2014-01-01..2024-05-10"),
        ("in the year gone by", "2023-01-01..2023-12-31"),
        ("in 2023 Q3", "2023-07-01..2023-09-30"),
        ("from January to May inclusive 2023", "2023-01-01..2023-05-31"),
        ("in the past twenty-four hours", "2024-05-09..2024-05-10"),
        ("as of the end of the first quarter", "..2024-03-31"),
        ("since as early as 2014", "2014-01-01..2024-05-10"),
        ("between 1945 and 1995", "1945-01-01..1995-12-31"),
        ("on the state on 1 May", "..2024-05-01"),
        ("as of 18.00, May 9", "..2024-05-09"),
        ("by March 2018", "..2018-03-01"),
    ],
)
def test_a_phrase_means_the_same_wherever_it_stands(
    reader: Reader, frame: str, phrase: str, expected: str
) -> None:
    """A time in front, at the end or in the middle gives its figure the same period."""
    told = frame.format(phrase[0].upper() + phrase[1:] if frame.startswith("{}") else phrase)
    assert {f"412 {expected}"} == periods(reader, told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2023 sappers in Kharkiv region cleared 88 hectares, but 412 hectares remain mined.",
            {"88 2023-01-01..2023-12-31", "412 ..2024-05-10"},
        ),
        (
            "Near Izium 754 ha are mined since 2022.\n\nAs of 1 April sappers had cleared 211 ha.",
            {"754 ..2024-05-10", "211 ..2024-04-01"},
        ),
        (
            "Since May 59 hectares near Izium were cleared. At present 7 hectares are back in use.",
            {"59 2024-05-01..2024-05-10", "7 ..2024-05-10"},
        ),
        (
            "Mine victims in Ukraine, 2022\n\n10 in all (2021: 16)\n\nWho they were\n\nKilled: 7 (2021: 3)",
            {"7 2022-01-01..2022-12-31", "3 2021-01-01..2021-12-31"},
        ),
        (
            "Near Sumy Phase II began on 8 July 2014 and ran 2 years. In this phase they found 88 mines.",
            {"88 2014-07-08..2016-07-08"},
        ),
        (
            "In January-April mines in Ukraine killed 41. In the same period of last year they killed 30.",
            {"41 2024-01-01..2024-04-30", "30 2023-01-01..2023-04-30"},
        ),
        (
            "Ukraine: 88 mines were found in the past week.\n\nCleared (30 April - 6 May 2024): 9 ha.",
            {"88 2024-04-30..2024-05-06"},
        ),
        (
            "Sappers cleared 412 ha in Kharkiv region. All this was done in April.",
            {"412 2024-04-01..2024-04-30"},
        ),
        ("In Sumy region 412 ha were cleared with a machine bought in 2021.", {"412 ..2024-05-10"}),
        (
            "In 2023 mines killed 41 people in Ukraine, and in 2026 it is planned to finish the survey.",
            {"41 2023-01-01..2023-12-31"},
        ),
        (
            "In the past day 88 mines were found in Kharkiv region, the report of 7 May says.",
            {"88 2024-05-06..2024-05-07"},
        ),
        (
            "In the past week divers found 88 mines in Odesa region, a spokesman said on Friday.",
            {"88 2024-05-03..2024-05-10"},
        ),
        (
            "Near Sumy 90 hectares are free of mines.\n\nThe demining was done since the start of 2024.",
            {"90 2024-01-01..2024-05-10"},
        ),
        (
            'Since 2022 mines in Ukraine killed 46. "Mines injured 233," he told a review of work in 2023.',
            {"233 2022-01-01..2024-05-10"},
        ),
        (
            "In Ukraine it began to record in 1999 and had counted 451 mine casualties by the end of 2013.",
            {"451 1999-01-01..2013-12-31"},
        ),
        (
            "From 1 to 7 May sappers found 99 mines near Izium. They rest. It rains. 72 ha were surveyed.",
            {"99 2024-05-01..2024-05-07", "72 2024-05-01..2024-05-07"},
        ),
        (
            "Mines had killed 39 people in Ukraine by August 2020 and injured 137, counted from 2014.",
            {"39 2014-01-01..2020-08-01", "137 2014-01-01..2020-08-01"},
        ),
        (
            "In the week of May 6-12, sappers found 626 mines near Izium.",
            {"626 2024-05-06..2024-05-10"},
        ),
        (
            "In the last day alone sappers found 626 mines near Izium.",
            {"626 2024-05-09..2024-05-10"},
        ),
        (
            "In 2023 sappers destroyed 412 mines in Kharkiv region. #MineDay2024",
            {"412 2023-01-01..2023-12-31"},
        ),
    ],
)
def test_a_period_comes_from_what_stands_around(reader: Reader, text: str, expected: set[str]) -> None:
    """Heads, other sentences and what only stands beside the number tell its period apart."""
    assert expected <= periods(reader, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For week in Kharkiv region it is cleaned 412 hectares.", "412 2024-05-03..2024-05-10"),
        ("During week in Kharkiv region 412 hectares cleaned.", "412 2024-05-03..2024-05-10"),
        ("From 3 on 9 May in Kharkiv region 412 hectares cleaned.", "412 2024-05-03..2024-05-09"),
        ("Since 20 April on 8 May in Kharkiv region 412 hectares cleaned.", "412 2024-04-20..2024-05-08"),
        ("For years in Kharkiv region 412 hectares are cleaned.", "412 ..2024-05-10"),
    ],
)
def test_a_stretch_needs_no_article(reader: Reader, text: str, expected: str) -> None:
    """Translated reports drop articles and write "on" for "to"."""
    assert periods(reader, text) == {expected}
