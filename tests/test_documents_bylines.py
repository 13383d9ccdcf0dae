"""Publication dates and titles come from by-lines and headlines, never from an article's sentence."""

# ruff: noqa: RUF001 - Cyrillic letters and typographic marks are meant

from __future__ import annotations

import datetime as dt

import pytest
from document_files import ARTICLE

from geotrack.documents.bylines import date_of_title, published_on, publisher_of, title_of
from geotrack.documents.dates import dates_in, parse_date
from geotrack.documents.furniture import Page

TITLE = "Deminers clear a field near Fuzuli"
DAY = dt.date(2023, 5, 7)


@pytest.mark.parametrize(
    "byline",
    [
        "Published May 7, 2023",
        "By Leyla Mammadova Published May 7, 2023 1.1k Views 10 Min Read",
        "May 7, 2023 1.1k Views 10 Min Read",
        "7 May 2023 14:05",
        "Sunday, 7 May 2023, 15:50",
        "Olena HonchSunday, 7 May 2023, 15:50",
        "07.05.2023",
        "07.05.2023 11:29 1 509",
        "07-05-2023 [02:17]",
        "2023-05-07T08:00:00Z",
        "2023-05-07 05:09:09",
        "- 07 may, 2023",
        "7 May , 2023 14:14",
        "Tarix: 7 May 2023, 14:08",
        "14:05, 7 травня 2023 р.",
        "7 травня 2023 – 08:00",
        "Опубліковано: 07.05.2023",
        "7 мая 2023 г., 10:00",
        "Дата: 7 мая 2023",
        "Posted by Desk on 2023-05-07",
        "Society Materials 7 May 2023 18:45 (UTC +04:00)",
        "Africa News EN • May 7, 2023",
        "by Dina Halil and The Field Times news desk May 7, 2023 4:20 PM 2 min read",
        "Last updated: 7 May 2023",
    ],
)
def test_bylines_state_the_day_of_publication(byline: str) -> None:
    """The usual shapes of four languages are read."""
    assert published_on(Page(f"{TITLE}\n\n{byline}\n\n{ARTICLE}")) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "BAKU, Azerbaijan, May 7. Deminers found 12 mines, the agency reports.",
        "КИЇВ. 7 травня. УНН. Сапери знешкодили 12 мін у Харківській області.",
        "18 Feb. 15:20",
        "14:40, 17 травня",
        "The agency was founded on May 7, 2023, and has cleared 12 fields since.",
        "On 7 May 2023 two men were hurt by a mine near Fuzuli",
        "Mines found near Fuzuli before 7 May 2023",
        "Term: 07.05.2023 - 31.08.2027",
        "05/07/2023",
        "© 2023 The Daily Mine",
    ],
)
def test_other_dates_are_not_taken_for_it(line: str) -> None:
    """Dates without a year, in sentences, headlines, periods and footers state no publication."""
    assert published_on(Page(f"{TITLE}\n\n{line}\n\n{ARTICLE}")) is None


@pytest.mark.parametrize(
    "opening",
    [
        "Bakı/07.05.23/Turan: Ağdam rayonunda 12 mina tapılıb, xəbər verilir.",
        "BAKU, Azerbaijan, May 7, 2023 /Agency/ - Deminers found 12 mines in Aghdam.",
        "Kyiv, 7 May 2023 – Deminers found 12 mines in a field near Izium.",
        "7 May 2023 – The agency said that deminers found 12 mines near Izium.",
    ],
)
def test_the_dateline_of_an_agency_counts(opening: str) -> None:
    """A full date in the dateline that opens a report is its day."""
    assert published_on(Page(f"{TITLE}\n\n{opening}\n\n{ARTICLE}")) == DAY


def test_a_chronicle_has_no_dateline() -> None:
    """An entry that begins with its day and a colon says nothing of the publication."""
    assert published_on(Page(f"7 May 2023: two men were hurt by a mine.\n\n{ARTICLE}")) is None


@pytest.mark.parametrize(
    "rest", ["", " By The Daily Mine", " All Sections", " Deminers Clear a Field Near Fuzuli"]
)
def test_the_date_field_of_a_dump_counts(rest: str) -> None:
    """A dump's "date" before its text is the page's day."""
    assert published_on(Page(f" date 2023-05-07{rest}\n\n{ARTICLE}")) == DAY


def test_of_two_bylines_the_first_below_the_title_counts() -> None:
    """Today's date above the title and a later change below lose."""
    page = f"Friday, 21 November 2025\n\n{TITLE}\n\n7 May 2023 14:05\nUpdated: 9 May 2023\n\n{ARTICLE}"
    assert published_on(Page(page)) == DAY


def test_stamps_of_other_stories_do_not_count() -> None:
    """The dates below a heading over links belong to the links."""
    tail = "Related news\n\nFog closes the airport again\nPublished November 15, 2025"
    assert published_on(Page(f"{TITLE}\n\n{ARTICLE}\n\n{tail}")) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE}\n\n{ARTICLE}", TITLE),
        (f"Mina partladı, 2 yaralı\n07.05.2023\n\n{ARTICLE}", "Mina partladı, 2 yaralı"),
        (f"Füzulidə mina partladı\n\n{ARTICLE}", "Füzulidə mina partladı"),
        (f"News > Mines > {TITLE}\nMore about our work in the field\n{TITLE}\n\n{ARTICLE}", TITLE),
        (f" date 2023-05-07 {TITLE}\n{ARTICLE}", TITLE),
        (f" date 2023-05-07 {TITLE}\n\n{TITLE}\n14:12 7 May 2023\n{ARTICLE}", TITLE),
        (
            f" date 2023-05-07 How much land is cleared near Fuzuli?\n{ARTICLE}",
            "How much land is cleared near Fuzuli?",
        ),
        (f"# {TITLE}\n\n{ARTICLE}", TITLE),
        (f"By Leyla Mammadova\n\n{ARTICLE}", None),
        (ARTICLE, None),
        ("", None),
    ],
)
def test_titles_are_headlines(text: str, title: str | None) -> None:
    """The headline above the article is its title; a by-line or a sentence is none."""
    assert title_of(Page(text)) == title


def test_a_date_that_no_calendar_has_is_none() -> None:
    """The 31st of June is not read."""
    assert [list(dates_in("31.06.2023")), parse_date("2023-02-30"), parse_date("")] == [[], None, None]


def test_an_american_date_is_read_where_it_cannot_be_another() -> None:
    """Only a day above 12 tells the month from the day."""
    assert [parse_date("05/17/2023"), parse_date("17/05/2023")] == [dt.date(2023, 5, 17)] * 2


@pytest.mark.parametrize(
    ("byline", "publisher"),
    [
        ("United Nations, Kyiv, 7 May 2023", "United Nations"),
        ("State Emergency Service of Ukraine, 7 May 2023", "State Emergency Service of Ukraine"),
        ("Caspian Herald, May 7, 2023", "Caspian Herald"),
        ("FSD Ukraine, published 7 May 2023", "FSD Ukraine"),
        ("The Field Trust — 7 May 2023", "The Field Trust"),
        ("Kyiv, 7 May 2023", None),
        ("Sunday, 7 May 2023", None),
        ("By Leyla Mammadova, 7 May 2023", None),
        ("Weekly Report, 7 May 2023", None),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_who_signs_a_byline_is_its_publisher(byline: str, publisher: str | None, gap: str) -> None:
    """A name before the date below the title publishes; a city, a weekday, an author, a heading does not."""
    page = Page(gap.join((TITLE, byline, ARTICLE)))
    assert (publisher_of(page), published_on(page), title_of(page)) == (publisher, DAY, TITLE)


def test_a_byline_above_an_article_without_a_title_counts() -> None:
    """A report printed from a letterhead opens with who signs it."""
    page = Page(f"State Emergency Service of Ukraine, 7 May 2023\n{ARTICLE}")
    assert (publisher_of(page), published_on(page)) == ("State Emergency Service of Ukraine", DAY)


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Mine incident in Balakliia, 7 May 2023", DAY),
        ("Mine incident in Balakliia (May 7, 2023)", DAY),
        ("Farmers hurt by a mine near Izium - 07.05.2023", DAY),
        ("Results of the week, 1-7 May 2023", None),
        ("Results of 1 May 2023 – 7 May 2023", None),
        ("Mines found near Fuzuli before 7 May 2023", None),
        ("Mine incident in Balakliia, 7 May", None),
        (None, None),
    ],
)
def test_a_title_can_end_with_its_day(title: str | None, date: dt.date | None) -> None:
    """A full date set off at a title's end is a day; the end of a period and a part of a sentence are not."""
    assert date_of_title(title) == date
