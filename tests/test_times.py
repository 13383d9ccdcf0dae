"""Time expressions and the days that they mean.

Reports of these tests are published on Wednesday, 5 June 2024.
"""

from __future__ import annotations

import datetime as dt

import pytest
from readings import PUBLISHED, tagged

from geotrack.extraction.days import Days, day
from geotrack.extraction.times import Clock, TimeReader


def times(text: str, clock: Clock) -> list[str]:
    """Return the time expressions of a sentence as "kind start..end"."""
    read = TimeReader(tagged(text), clock).read()
    return [f"{t.kind} {f'{t.days.start}..{t.days.end}' if t.days else 'open'}" for t in read]


STATED = [
    ("in May 2023", "interval 2023-05-01..2023-05-31"),
    ("on 7 April 2024", "interval 2024-04-07..2024-04-07"),
    ("September 27, 2020", "interval 2020-09-27..2020-09-27"),
    ("on the 7th of May 2023", "interval 2023-05-07..2023-05-07"),
    ("May 7th, 2023", "interval 2023-05-07..2023-05-07"),
    ("April 7-13, 2024", "interval 2024-04-07..2024-04-13"),
    ("12 to 18 February 2024", "interval 2024-02-12..2024-02-18"),
    ("between 3 and 9 May 2024", "interval 2024-05-03..2024-05-09"),
    ("28 December 2023 - 3 January 2024", "interval 2023-12-28..2024-01-03"),
    ("10.11.2020–14.02.2024", "interval 2020-11-10..2024-02-14"),  # noqa: RUF001
    ("from 10.11.2020 to 14.02.2024", "interval 2020-11-10..2024-02-14"),
    ("2024-05-31", "interval 2024-05-31..2024-05-31"),
    ("31/05/2024", "interval 2024-05-31..2024-05-31"),
    ("in 2023", "interval 2023-01-01..2023-12-31"),
    ("in the year 2019", "interval 2019-01-01..2019-12-31"),
    ("from 2022 to 2024", "interval 2022-01-01..2024-12-31"),
    ("in the first quarter of 2023", "interval 2023-01-01..2023-03-31"),
    ("in the first half of 2023", "interval 2023-01-01..2023-06-30"),
    ("in the first five months of 2024", "interval 2024-01-01..2024-05-31"),
    ("in spring 2023", "interval 2023-03-01..2023-05-31"),
    ("in winter 2023", "interval 2022-12-01..2023-02-28"),
    ("January-September 2023", "interval 2023-01-01..2023-09-30"),
    ("since 10 November 2020", "since 2020-11-10..2020-11-10"),
    ("since the start of the full-scale invasion", "since 2022-02-24..2022-02-24"),
    ("since the end of the 44-day war", "since 2020-11-10..2020-11-10"),
    ("by July 2023", "as_of 2023-07-01..2023-07-01"),
    ("until July 2023", "as_of 2023-07-01..2023-07-01"),
    ("through July 2023", "as_of 2023-07-31..2023-07-31"),
    ("in 2005 through April", "interval 2005-01-01..2005-04-30"),
    ("in 2004 to the end of February", "interval 2004-01-01..2004-02-29"),
    ("by the end of July 2023", "as_of 2023-07-31..2023-07-31"),
    ("as of June 2023", "as_of 2023-06-01..2023-06-30"),
    ("so far", "so_far open"),
]
CONCLUDED = [
    ("April 7 to 13", "interval 2024-04-07..2024-04-13"),
    ("from 12 through 18 February", "interval 2024-02-12..2024-02-18"),
    ("December 28 to January 3", "interval 2023-12-28..2024-01-03"),
    ("on 3 June", "interval 2024-06-03..2024-06-03"),
    ("on June 10", "interval 2023-06-10..2023-06-10"),
    ("in May", "interval 2024-05-01..2024-05-31"),
    ("in December", "interval 2023-12-01..2023-12-31"),
    ("in November of last year", "interval 2023-11-01..2023-11-30"),
    ("on Friday", "interval 2024-05-31..2024-05-31"),
    ("last Friday", "interval 2024-05-31..2024-05-31"),
    ("on Wednesday", "interval 2024-06-05..2024-06-05"),
    ("yesterday", "interval 2024-06-04..2024-06-04"),
    ("this morning", "interval 2024-06-05..2024-06-05"),
    ("over the past day", "interval 2024-06-04..2024-06-05"),
    ("over the past 24 hours", "interval 2024-06-04..2024-06-05"),
    ("over the past week", "interval 2024-05-29..2024-06-05"),
    ("over the past five months", "interval 2024-01-05..2024-06-05"),
    ("last week", "interval 2024-05-27..2024-06-02"),
    ("last month", "interval 2024-05-01..2024-05-31"),
    ("last year", "interval 2023-01-01..2023-12-31"),
    ("this year", "interval 2024-01-01..2024-06-05"),
    ("as of 1 June", "as_of 2024-06-01..2024-06-01"),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_full_date_needs_no_publication_date(text: str, expected: str, published: dt.date | None) -> None:
    """What the words determine is the same whenever the report came out."""
    assert times(text, Clock(published)) == [expected]


@pytest.mark.parametrize(("text", "expected"), CONCLUDED)
def test_what_is_not_written_is_concluded_and_marked(text: str, expected: str) -> None:
    """A missing year and a relative day follow from the publication date, and say that they were inferred."""
    assert times(text, Clock(PUBLISHED)) == [expected]
    assert [t.inferred for t in TimeReader(tagged(text), Clock(PUBLISHED)).read()] == [True]


@pytest.mark.parametrize("text", [t for t, _ in CONCLUDED if " to " not in t and "last year" not in t])
def test_without_a_publication_date_a_relative_time_stays_open(text: str) -> None:
    """What nothing determines has no days."""
    assert {t.split()[1] for t in times(text, Clock())} == {"open"}


@pytest.mark.parametrize(
    ("text", "start"), [("since 2022", "2022-01-01"), ("since February 2022", "2022-02-01")]
)
def test_since_a_year_or_month_is_since_its_first_day(text: str, start: str) -> None:
    """A running total starts on the first day of what is named."""
    assert [t.split()[1][:10] for t in times(text, Clock())] == [start]


@pytest.mark.parametrize("text", ["over the past day", "over the past week", "over the past five months"])
def test_a_window_before_publication_is_rolling(text: str) -> None:
    """A window that slides with the publication date is marked."""
    assert [t.rolling for t in TimeReader(tagged(text), Clock(PUBLISHED)).read()] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the next day", "2024-05-04"),
        ("the same day", "2024-05-03"),
        ("two days later", "2024-05-05"),
        ("a week later", "2024-05-10"),
    ],
)
def test_a_day_follows_the_last_one_stated(text: str, expected: str) -> None:
    """A relative day counts from the day that the text named before."""
    assert times(text, Clock(PUBLISHED, day(2024, 5, 3))) == [f"interval {expected}..{expected}"]


def test_a_weekday_lies_in_the_week_that_the_text_named() -> None:
    """In a report on 13 to 19 May, Friday is the 17th."""
    week = Days(dt.date(2024, 5, 13), dt.date(2024, 5, 19), "range")
    assert times("on Friday", Clock(PUBLISHED, week, None, (week,))) == ["interval 2024-05-17..2024-05-17"]


@pytest.mark.parametrize(("country", "start"), [("AZ", "2020-11-10"), ("UA", "2022-02-24")])
def test_the_war_is_that_of_the_country(country: str, start: str) -> None:
    """The words "since the war" mean another day in each country."""
    assert times("since the war", Clock(PUBLISHED, country=country)) == [f"since {start}..{start}"]


@pytest.mark.parametrize("text", ["2023 mines", "he may march on", "5 mines", "1,998 ha", "a second mine"])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    """A year that counts something and a month that is a verb are no times."""
    assert times(text, Clock(PUBLISHED)) == []


def test_months_with_a_gap_are_the_span_between_and_marked() -> None:
    """The months of "August and November" are August to November, inferred."""
    read = TimeReader(tagged("in August and November 2023"), Clock(PUBLISHED)).read()
    assert [(str(t.days.start), str(t.days.end), t.inferred) for t in read if t.days] == [
        ("2023-08-01", "2023-11-30", True)
    ]


def test_the_year_of_the_end_serves_the_start() -> None:
    """The words "from 27 May to 2 June 2024" need no publication date."""
    assert times("from 27 May to 2 June 2024", Clock()) == ["interval 2024-05-27..2024-06-02"]
