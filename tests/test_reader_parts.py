"""Parts, shares and sums of what was told: which number is of which place, cause and whole."""

from __future__ import annotations

import datetime as dt

import pytest

from geotrack.extraction import Reader
from geotrack.models import Document, Source

pytest_plugins = ("readers",)


def _lines(reader: Reader, text: str, day: str = "2024-07-10") -> list[str]:
    """Return measure, value and places of each figure."""
    source = Source(published=dt.date.fromisoformat(day))
    read = reader.read(Document(text, language="en", source=source))
    return [f"{f.measure} {f.value:g} {' '.join(p.id for p in f.places)}" for f in read.figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            "Mines have harmed 212 people in Ukraine since 2022. The toll since 2014 exceeds 1,900.",
            ["casualties 212 UA", "casualties 1900 UA"],
            id="a toll since another year",
        ),
        pytest.param(
            "The lives of 41 villagers have been taken in Sumy region and 96 people injured by mines.",
            ["killed 41 UA-59", "injured 96 UA-59"],
            id="lives taken beside the injured",
        ),
        pytest.param(
            "A mine killed the sapper at the age of 44 in Sumy region.", [], id="the age of the dead"
        ),
        pytest.param(
            "Wounds of various kinds were suffered in Sumy region by 83 people whom mines had caught.",
            ["injured 83 UA-59"],
            id="wounds that were suffered",
        ),
        pytest.param(
            "Mines lie round every house. Around twelve people have been injured in Sumy region alone.",
            ["injured 12 UA-59"],
            id="what a place has had alone",
        ),
        pytest.param(
            "Since 2020 Azerbaijan has counted 330 mine victims. Of these, 61 people have died: 40 civilians "
            "and 21 soldiers.",
            ["casualties 330 AZ", "killed 61 AZ", "killed 40 AZ", "killed 21 AZ"],
            id="a verb before the parts is of the whole",
        ),
        pytest.param(
            "In Karabakh the conflict left 7,300 people injured, 70 percent of them by landmines.",
            [],
            id="mines did a share of a toll",
        ),
        pytest.param(
            "Assistance has gone to 140 mine victims in Azerbaijan; 357 mine victims received advice.",
            [],
            id="victims who were helped",
        ),
        pytest.param(
            "Mines threaten Sumy region. In the first week of July four people died there in fires.",
            [],
            id="the dead of fires",
        ),
        pytest.param(
            "Upwards of 90,000 mines were put into the soil of Sumy region.",
            ["mines_recorded 90000 UA-59"],
            id="mines put into the soil",
        ),
        pytest.param(
            "The largest share of mined land falls to Sumy region with 2,600 sq. km; Kyiv region has 520.",
            ["area_contaminated 2600 UA-59", "area_contaminated 520 UA-32"],
            id="the next place has",
        ),
        pytest.param(
            "What has to be cleared of mines in Ukraine comes to 7,000 square kilometres, and about 1,500 "
            "are in Sumy region.",
            ["area_contaminated 7000 UA", "area_contaminated 1500 UA-59"],
            id="a part is in a region",
        ),
        pytest.param(
            "Of Sumy region's 1.1 million hectares of farmland, 470 thousand require survey and demining.",
            ["area_contaminated 470000 UA-59"],
            id="a part that requires clearing",
        ),
        pytest.param(
            "Sappers of Sumy region have removed 8,400 explosive objects; 700 of them were found in Konotop.",
            ["items_found 8400 UA-59", "items_found 700 gn:705135"],
            id="of them found elsewhere",
        ),
        pytest.param(
            "Out of the 90 hectares at Konotop, 61 were cleared, 1,200 shells were found and 930 destroyed.",
            ["area_cleared 61 gn:705135", "uxo_found 1200 gn:705135", "uxo_found 930 gn:705135"],
            id="what was destroyed is no land",
        ),
        pytest.param(
            "Surveys of 2023, together with clearance, cut the mined land of Sumy region to 184 km2.",
            ["area_contaminated 184 UA-59"],
            id="a level that was cut",
        ),
        pytest.param(
            "From 30,000 to 35,000 hectares are still mined in Sumy region.",
            ["area_contaminated 30000 UA-59"],
            id="a range that opens a sentence",
        ),
        pytest.param(
            "Deminers in Ukraine cleared 12 hectares in Sumy region last week and 14 hectares in Kyiv "
            "region.\n\nIn all, 17,000 hectares have been cleared since January.",
            ["area_cleared 12 UA-59", "area_cleared 14 UA-32", "area_cleared 17000 UA"],
            id="a sum behind several places",
        ),
        pytest.param(
            "Last week sappers destroyed 3,900 explosive objects in seven regions of Ukraine. Sumy region "
            "comes first with 1,420.",
            ["items_found 3900 UA", "items_found 1420 UA-59"],
            id="the rank of a region",
        ),
        pytest.param(
            "Of 3,600 hectares surveyed in Ukraine in a week over 2,900 lay in the Sumy region, over 210 in "
            "the Kyiv region.",
            ["area_surveyed 3600 UA", "area_surveyed 2900 UA-59", "area_surveyed 210 UA-32"],
            id="parts that lie in regions",
        ),
        pytest.param(
            "She is one of the more than 800 civilians whom mines have maimed in Sumy region.",
            ["injured 800 UA-59"],
            id="whom mines have maimed",
        ),
        pytest.param(
            "A charity put the number of mines in Sumy region at 40,000, a guess, since there were no maps.",
            ["mines_recorded 40000 UA-59"],
            id="an estimate without maps",
        ),
        pytest.param(
            'In Sumy region sappers found 5 "PMN-2" anti-personnel mines and 6 "TM-62" mines.',
            ["ap_mines_found 5 UA-59", "mines_found 6 UA-59"],
            id="a type in quotation marks",
        ),
        pytest.param(
            "In Sumy region 5,800 of its 24,000 square kilometres are mined.",
            ["area_contaminated 5800 UA-59"],
            id="some of its land",
        ),
        pytest.param(
            "Three quarters of the 1,200 hectares in Sumy region have been surveyed.",
            [],
            id="a share of a number of hectares is not that number",
        ),
        pytest.param(
            "Some 29 thousand tons of ammunition and 2 million PFM-1 mines have been destroyed in Ukraine.",
            [],
            id="mines among tons of ammunition are stores",
        ),
    ],
)
def test_parts_and_wholes(reader: Reader, text: str, figures: list[str]) -> None:
    """Each number is given its measure and place, and what is none is refused."""
    assert _lines(reader, text) == figures


@pytest.mark.parametrize(
    ("day", "place"), [("2013-05-01", "UA"), ("2019-05-01", "UA:donbas"), ("2022-05-01", "UA")]
)
def test_the_east_of_ukraine_was_donbas_from_2014_to_2022(reader: Reader, day: str, place: str) -> None:
    """Before and behind those years it is the country."""
    for told in ("In eastern Ukraine", "In the east of Ukraine", "In Ukraine's east"):
        text = f"{told} mines have injured 31 people."
        assert _lines(reader, text, day) == [f"injured 31 {place}"]


def test_the_east_of_the_country_is_named_by_its_sentence(reader: Reader) -> None:
    """The country is the one spoken of."""
    text = "Mines are a plague in Ukraine. In the east of the country they have injured 31 people."
    assert _lines(reader, text, "2018-03-01") == ["injured 31 UA:donbas"]


def test_a_date_with_its_year_is_no_count(reader: Reader) -> None:
    """The year behind a comma belongs to the day, whatever follows."""
    read = reader.read(
        Document(
            "Between June 2, 2014 and Dec. 28, 2015 landmines killed 261 people in Ukraine.", language="en"
        )
    )
    assert [(f.value, str(f.start), str(f.end)) for f in read.figures] == [(261, "2014-06-02", "2015-12-28")]


def test_a_village_of_a_community_is_of_its_region(reader: Reader) -> None:
    """A better known village of that name lies elsewhere."""
    text = "A mine exploded in the village of Milove of the Balakliia community on 3 July, killing a man."
    read = reader.read(Document(text, language="en", source=Source(published=dt.date(2024, 7, 10))))
    assert [p.adm1 for i in read.incidents for p in i.places] == ["UA-63"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sappers cleared 16 hectares in the ATO zone in Ukraine.", ["area_cleared 16 UA:donbas"]),
        ("In the area of the Joint Forces Operation 34 mines were found.", ["mines_found 34 UA:donbas"]),
        (
            "Izium has been searched for a year. About 40% of the city is mined.",
            ["share_contaminated 40 gn:707292"],
        ),
        ("With the land in Ukraine 56,5 mines and 1,300 shells were cleared.", ["uxo_found 1300 UA"]),
        (
            "Sappers near Izium were called on the line 101. They destroyed 40 mines.",
            ["mines_found 40 gn:707292"],
        ),
        (
            (
                "A mine wounded a man near Izium. Mines killed 25 civilians in the Donetsk region last year. "
                "The wounded were 70."
            ),
            ["killed 25 UA-14", "injured 70 UA-14"],
        ),
        (
            (
                "Two soldiers died and six were wounded in the zone of the operation in Ukraine. "
                "Mines are a threat to all who live there."
            ),
            [],
        ),
    ],
)
def test_places_and_numbers_in_disguise(reader: Reader, text: str, expected: list[str]) -> None:
    """Zones of operations are Donbas; "the city" goes back to one; a count is whole, a phone's is none."""
    assert _lines(reader, text, "2018-03-01") == expected
