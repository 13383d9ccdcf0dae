"""What is told of sums, of parts and of the whole report: nothing but where, when and how many."""

from __future__ import annotations

import datetime as dt

import pytest

from geotrack.extraction import Reader
from geotrack.models import Document, Source

pytest_plugins = ("readers",)

DAY = dt.date(2024, 7, 10)


def _lines(reader: Reader, text: str) -> list[str]:
    """Return measure, value and places of each figure."""
    read = reader.read(Document(text, language="en", source=Source(published=DAY)))
    return [f"{f.measure} {f.value:g} {' '.join(p.id for p in f.places)}" for f in read.figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "The year in figures. The numbers concern the territories liberated from occupation.\n\n"
            "In December 2023 the sappers of ANAMA found 146 mines.\n\nDuring 2023 they cleared 900 ha.",
            ["mines_found 146 AZ:liberated", "area_cleared 900 AZ:liberated"],
            id="what all figures are of",
        ),
        pytest.param(
            "In Azerbaijan the Fuzuli district is hit hardest.\n\nA survey puts the mined land at 736 km².",
            ["area_contaminated 736 AZ"],
            id="who has it worst sets no scene",
        ),
        pytest.param(
            "In Sumy region 33 shells were destroyed on 5 May. That brought the total since January to 664.",
            ["uxo_found 33 UA-59", "uxo_found 664 UA-59"],
            id="a total that is brought to a number",
        ),
        pytest.param(
            "In Sumy region mines killed 33 people in 2022. Last year the toll was 20, the year before 18.",
            ["killed 33 UA-59", "killed 20 UA-59", "killed 18 UA-59"],
            id="tolls of other years",
        ),
        pytest.param(
            "In Sumy region they surveyed 9,300 hectares, of which 1,150 were confirmed as hazardous.",
            ["area_surveyed 9300 UA-59", "area_contaminated 1150 UA-59"],
            id="a part with a verb of its own",
        ),
        pytest.param(
            "Of 9,300 hectares in Sumy region that need clearing, deminers have done 1,150.",
            ["area_contaminated 9300 UA-59", "area_cleared 1150 UA-59"],
            id="did what was needed",
        ),
        pytest.param(
            "The demining centre in Mykolaiv keeps count: since May 2023 its people have taken 143 shells "
            "out of the fields of the region.",
            ["uxo_found 143 UA-48"],
            id="the region of the town just named",
        ),
        pytest.param(
            "Engineers demined 18,400 hectares in Kharkiv region and about 22,900 in the Kherson region.",
            ["area_cleared 18400 UA-63", "area_cleared 22900 UA-65"],
            id="a list with the place behind each number",
        ),
        pytest.param(
            "Demining has been completed on 60 of 110 hectares around Izium.",
            ["area_cleared 60 gn:707292"],
            id="a part before its whole",
        ),
        pytest.param(
            "Of 45 victims of mines in Ukraine in 2022, 12 died in Kharkiv region and 9 in Kherson region.",
            ["casualties 45 UA", "killed 12 UA-63", "killed 9 UA-65"],
            id="parts of a toll in two regions",
        ),
        pytest.param(
            "In 2018 mines in Donetsk region killed 43 civilians and wounded 119; in 2017 it was 36 and 157.",
            ["killed 43 UA-14", "injured 119 UA-14", "killed 36 UA-14", "injured 157 UA-14"],
            id="a row repeats two tolls",
        ),
        pytest.param(
            "For May the agency names 12 neutralised mines and 300 cleared hectares in Aghdam.",
            ["mines_found 12 AZ-AGM", "area_cleared 300 AZ-AGM"],
            id="a participle before the unit",
        ),
        pytest.param(
            "In Aghdam in 2021 mines killed 12 farmers' sheep and 3 farmers.",
            ["killed 3 AZ-AGM"],
            id="the farmers' sheep are no farmers",
        ),
    ],
)
def test_sums_and_parts(reader: Reader, text: str, figures: list[str]) -> None:
    """A number takes its measure and its place from what was told around it."""
    assert _lines(reader, text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "IZIUM, Kharkiv region. A farmer says that 190 of his 240 hectares were mined.",
            ["area_contaminated 190 gn:707292"],
            id="of his",
        ),
        pytest.param(
            "Teams went to 643 communities of Azerbaijan. In 480 of them mines or shells were found.",
            [],
            id="places are no mines",
        ),
        pytest.param(
            "From 4 to 10 March ANAMA worked in Tartar and Aghdam. The week brought 166 anti-tank mines.",
            ["at_mines_found 166 AZ-TAR AZ-AGM"],
            id="a week brings",
        ),
        pytest.param(
            "In Izium 29 mine accidents happened in 2023. Nine people lost their lives.",
            ["killed 9 gn:707292"],
            id="people of many accidents",
        ),
        pytest.param(
            "Up to the end of 2002 ANAMA had cleared 740 hectares, in 2002 alone 210.",
            ["area_cleared 740 AZ", "area_cleared 210 AZ"],
            id="a year alone",
        ),
        pytest.param(
            "Kherson region has registered 1,046 mine victims since May 2022, 291 of them dead.",
            ["casualties 1046 UA-65", "killed 291 UA-65"],
            id="the dead among the victims",
        ),
        pytest.param(
            "In Azerbaijan mines hurt three people in May: two in Aghdam, one in Jabrayil.\n\n"
            "Some 11,667 square kilometres are mined.",
            ["injured 3 AZ", "injured 2 AZ-AGM", "injured 1 AZ-CAB", "area_contaminated 11667 AZ"],
            id="parts set no scene",
        ),
    ],
)
def test_told_in_passing(reader: Reader, text: str, figures: list[str]) -> None:
    """Wholes, places and accidents beside a number are no figures of their own."""
    assert _lines(reader, text) == figures


def test_what_had_been_before_dates_nothing_behind_it(reader: Reader) -> None:
    """A sentence that only looks back leaves the month that was spoken of."""
    text = "Teams cleared 40 hectares in Sumy region in May. In April it was 30. They destroyed 12 mines."
    read = reader.read(Document(text, language="en", source=Source(published=DAY)))
    assert [f.start.month for f in read.figures if f.start] == [5, 4, 5]


def test_a_capital_before_a_colon_speaks(reader: Reader) -> None:
    """The title "Baku: …" quotes a government; what is told is of the country."""
    text = "Some 158,000 hectares of Azerbaijan have been cleared by now. So far 70 people died of mines."
    document = Document(
        text, title="Baku: 70 dead since the war", language="en", source=Source(published=DAY)
    )
    assert {p.id for f in reader.read(document).figures for p in f.places} == {"AZ"}


def test_the_title_gives_the_time_that_nothing_else_gives(reader: Reader) -> None:
    """A title's month is that of a result without a time, not of a level or of what has been done so far."""
    text = "In Sumy region sappers destroyed 40 shells. 900 hectares are mined. Mines have killed 12 people."
    document = Document(text, title="Sumy region in May 2024", language="en", source=Source(published=DAY))
    starts = {f.measure: f.start for f in reader.read(document).figures}
    assert starts == {"uxo_found": dt.date(2024, 5, 1), "area_contaminated": None, "killed": None}


def test_a_table_is_not_of_the_village_before_it(reader: Reader) -> None:
    """A table of victims under a chapter leaves the village of the paragraph before."""
    text = (
        "In Azerbaijan a depot at Saloghlu in Aghstafa district blew up in 1991.\n\n"
        "Mine casualties of the country:\n\n"
        "| casualties in 2007 | 20 |\n|---|---|\n| killed | 4 |\n| injured | 16 |\n"
    )
    assert _lines(reader, text) == ["casualties 20 AZ", "killed 4 AZ", "injured 16 AZ"]


def test_a_time_leads_to_the_next_number(reader: Reader) -> None:
    """Each number takes the time before it where another one follows with its own."""
    text = "Mines killed 33 people in Sumy region in 2021. Last year the toll was 20, in 2022 18."
    read = reader.read(Document(text, language="en", source=Source(published=DAY)))
    assert [f.start.year for f in read.figures if f.start] == [2021, 2023, 2022]
