"""The reader on people: who was killed, injured or harmed, in totals and in stories."""

from __future__ import annotations

import pytest
from readings import report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


def tolls(reader: Reader, text: str) -> list[str]:
    """Return the figures of people in a text as "measure value flags"."""
    figures = reader.read(report(text)).figures
    return [" ".join([f.measure, f"{f.value:g}", *f.flags]) for f in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In February landmines blew up six people in Azerbaijan, four of whom died.",
            ["casualties 6", "killed 4"],
        ),
        ("In 2007 landmines in Azerbaijan were stepped on by 15 servicemen.", ["casualties 15"]),
        (
            "In all, 1,178 Ukrainian soldiers were blown up by mines: 257 were killed and 921 wounded.",
            ["casualties 1178", "killed 257", "injured 921"],
        ),
        ("To this day mine explosions have cost 500 people in Azerbaijan their lives.", ["killed 500"]),
        ("Since 2014 mines in Ukraine have cost 1,600 people their lives or health.", ["casualties 1600"]),
        ("Mines have carried off 65 lives in Azerbaijan since the war ended.", ["killed 65"]),
        ("Since 2020 landmines have made victims of 341 citizens of Azerbaijan.", ["casualties 341"]),
        ("New mine casualties reported in Nagorno-Karabakh since 1999 number 131.", ["casualties 131"]),
        (
            "Mines haunt Azerbaijan: the dead number 333 and those left with a permanent handicap 948.",
            ["killed 333", "injured 948"],
        ),
        (
            "Since 2020, 65 of the victims of mines in Azerbaijan have died and 280 have been injured.",
            ["killed 65", "injured 280"],
        ),
        (
            "Since 2020 mines have killed 65 people in Azerbaijan, 12 of them children.",
            ["killed 65", "killed 12 subset"],
        ),
        (
            "Since 2020 mines have killed 65 people in Azerbaijan: 12 children and 53 adults.",
            ["killed 65", "killed 12 subset", "killed 53 subset"],
        ),
        (
            "Since 2020 mines have killed 65 people in Azerbaijan. Among the dead are 12 children.",
            ["killed 65", "killed 12 subset"],
        ),
        (
            "In Azerbaijan in 2023, 93 people were killed in missile attacks, and 30 were blown up by mines.",
            ["casualties 30"],
        ),
        ("Mine casualties in Ukraine in 2006: 10 (2005: 6).", ["casualties 10", "casualties 6"]),
        (
            "In 2023 Azerbaijan had 52 mine casualties, down from 60 in 2022.",
            ["casualties 52", "casualties 60"],
        ),
        (
            "Mine casualties fell in Azerbaijan, from 60 in 2022 to 52 in 2023.",
            ["casualties 60", "casualties 52"],
        ),
        (
            "Mines killed 282 people (12 children) and injured 600 in Ukraine since 2022.",
            ["killed 282", "killed 12 subset", "injured 600"],
        ),
        (
            "This year, 55 victims and 18 dead from mines were recorded in Kherson region.",
            ["injured 55", "killed 18"],
        ),
        ("In Kherson region strikes with cluster munitions killed 98 civilians and injured 219.", []),
        ("Mines lie in Ukraine. Since the invasion 10,582 civilians are confirmed dead.", []),
        ("Of those whom mines harm in Ukraine, one victim in three is a child.", []),
        (
            "In Azerbaijan mines have caused 380 casualties. The four victims were all men.",
            ["casualties 380"],
        ),
        ("In 2023 help was given to 250 mine victims in Azerbaijan.", []),
        ("Every third victim of mines in Ukraine was a child.", []),
        ("Two men, 31 and 68 years old, were injured by a mine in Izium on 3 May.", []),
    ],
)
def test_a_toll_is_read_as_the_rulings_say(reader: Reader, text: str, expected: list[str]) -> None:
    """What happened to people is killed, injured or casualties, whatever verb or order tells it."""
    assert tolls(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two women who went through a field in Fuzuli were killed by landmines in mid-May.", []),
        ("In May mines killed two people in Azerbaijan.", ["killed 2"]),
    ],
)
def test_a_story_is_no_total(reader: Reader, text: str, told: list[str]) -> None:
    """A few persons told of as somebody are an incident; a count of people in a country is a total."""
    assert tolls(reader, text) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since the war ended, mines have left 340 Azerbaijanis dead or maimed.", ["casualties 340"]),
        ("Mines have disfigured or killed some 90 people in Ukraine since 2022.", ["casualties 90"]),
        ("Since 2022, 52 people in Kherson region exploded on mines.", ["casualties 52"]),
        (
            "In 2023, 14 people were blown up by mines in Kharkiv region; five did not survive.",
            ["casualties 14", "killed 5"],
        ),
        ("The figure of mine victims in Azerbaijan since 1991 is put at 3,440 people.", ["casualties 3440"]),
        ("Since 2014, 1,800 Ukrainians were affected by mines.", ["casualties 1800"]),
        ("More than two million Ukrainians in Donbas are affected by mines.", ["people_at_risk 2000000"]),
        ("In Ukraine 220,000 children are at risk of being maimed by mines.", ["people_at_risk 220000"]),
        (
            "Mines hurt 57 people in Azerbaijan in 2023. In 2022 it was 62.",
            ["injured 57", "injured 62"],
        ),
        (
            "In 2016 mines harmed 13 children in Ukraine. In 2015 there were 14 children and 628 adults.",
            ["casualties 13", "casualties 14", "casualties 628"],
        ),
        (
            "Since 2020 mines in Azerbaijan killed 29 civilians, while 44 had suffered injuries.",
            ["killed 29", "injured 44"],
        ),
        (
            "Since 2020, 266 citizens of Azerbaijan have become landmine victims, of whom 48 people died.",
            ["casualties 266", "killed 48"],
        ),
        (
            "Syria reported 834 mine casualties, Ukraine 608 and Yemen 582 in 2022.",
            ["casualties 608"],
        ),
        ("Mines killed 63 people in Ukraine in 2023 and 26 in Belarus.", ["killed 63"]),
        ("In Ukraine 12 sappers died under fire, and 8 died on mines, in 2022.", ["killed 8"]),
    ],
)
def test_people_are_told_of_in_many_words(reader: Reader, text: str, expected: list[str]) -> None:
    """Two fates of one number, a level of victims, those affected, and the same people a year before."""
    assert [f"{f.measure} {f.value:.10g}" for f in reader.read(report(text)).figures] == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "In 2023, 340 mine victims in Ukraine received cash assistance.",
            "says something else of the people",
        ),
        ("In 2022 mines killed 1,600 people in 49 countries.", "speaks of the world"),
        ("In Ukraine 32 of 1,000 respondents had been injured by a mine.", "of those who were asked"),
        ("Every month mines kill 5 people in Ukraine.", "a rate, not an amount"),
        ("In Bosnia some 617 people have died of mines since 1995.", "speaks of another country"),
        (
            "In the 44-day war Azerbaijan lost 2,908 servicemen; its mines are still there.",
            "not said to be by explosive ordnance",
        ),
    ],
)
def test_people_of_others_are_refused_with_the_reason(reader: Reader, text: str, reason: str) -> None:
    """Help, samples, rates, the world, other countries and those who fell in battle are no toll of mines."""
    reading = reader.read(report(f"Ukraine and Azerbaijan clear mines. {text}"))
    assert ([f.text for f in reading.figures], {r.reason for r in reading.refused}) == ([], {reason})


def test_a_report_that_hardly_names_a_covered_country_speaks_of_the_world(reader: Reader) -> None:
    """A yearbook's total is no country's, though Ukraine stands in its last line."""
    text = (
        "Mine casualties rose again. The yearbook tells of 6,000 mine accidents with 1,945 fatalities. "
        "Most were in Syria and Myanmar. In Myanmar mines are laid daily. Ukraine left the treaty."
    )
    assert reader.read(report(text)).figures == ()
