"""Where a figure was when its own sentence does not say so, or says more than one thing."""

from __future__ import annotations

import pytest
from readings import PUBLISHED, report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param(
            "In May 2024, 40 mines were found in Kamianka village of Izium raion. In the oblast 300 hectares "
            "were cleared. Across the country's territory 9,000 mines were found.",
            ["katottg:UA63040090080095309", "UA-63", "UA"],
            id="the oblast around a village",
        ),
        pytest.param(
            "In May 2024, 300 hectares were cleared in Kherson region.\n\n"
            "Since the start of 2024 sappers of Ukraine have cleared 157,000 hectares.",
            ["UA-65", "UA"],
            id="a total beside the country's name",
        ),
        pytest.param(
            "In 2023 Azerbaijan found 300 mines in the liberated lands. Since 1998, 8,000 mines were found.",
            ["AZ:liberated", "AZ"],
            id="a total from before its scene was there",
        ),
        pytest.param(
            "In May 2024 teams worked in Kharkiv region. In April 2024 they cleared 5,000 hectares. Of "
            "these, 4,200 hectares were cleared in Kherson region and 300 hectares in Mykolaiv region.",
            ["UA", "UA-65", "UA-48"],
            id="a whole before parts of other places",
        ),
        pytest.param(
            "In May 2024, 20 mines were found in Lachin and Fuzuli districts. In 2023, 900 were found.",
            ["AZ-FUZ AZ-LAC", "AZ"],
            id="a year after a list of a month",
        ),
        pytest.param(
            "The depot in Aghstafa district was the largest. In 2007, 300 mines were found.",
            ["AZ-AGA"],
            id="the place of a paragraph",
        ),
        pytest.param(
            "In 2023, 500 mines were found, and 40 hectares of Lachin district were cleared.",
            ["AZ", "AZ-LAC"],
            id="land of a later number",
        ),
        pytest.param(
            "In 2023 teams worked in Kherson and Sumy oblasts. In Kherson oblast 40 mines were found. In "
            "both oblasts together 500 hectares were cleared.",
            ["UA-65", "UA-59 UA-65"],
            id="both oblasts",
        ),
        pytest.param(
            "Dovhenke is a village in Kharkiv region. Last year 95 percent of the village's land was "
            "mined, and 40 mines were found there.",
            ["katottg:UA63040130080059098", "katottg:UA63040130080059098"],
            id="the land of a village",
        ),
        pytest.param(
            "In the village of Tolvan, Lachin district, the work began in May 2024. Since then 20 mines were "
            "found at Tolvan.",
            ["AZ-LAC/tolvan"],
            id="a village of the text named again",
        ),
        pytest.param(
            "What teams cleared in the Ivankiv and Makariv communities in May 2024 comes to 40 hectares.",
            ["gn:702337 gn:707489"],
            id="two communities",
        ),
        pytest.param(
            "Money for demining Ukraine is short. About 140,000 sq. km of its territory may be contaminated.",
            ["UA"],
            id="its territory",
        ),
        pytest.param(
            "In May 2024 on the territories of Azerbaijan that were liberated from occupation 59 "
            "hectares were cleared.",
            ["AZ:liberated"],
            id="a region that names its country",
        ),
        pytest.param(
            "In May 2024, 300 mines were found in three regions, Kharkiv, Sumy and Odesa.",
            ["UA-51 UA-59 UA-63"],
            id="several regions behind a comma",
        ),
        pytest.param(
            "In 2023, 500 mines were found in Ukraine, officials in Kyiv said.",
            ["UA"],
            id="officials of a capital",
        ),
        pytest.param(
            "Sappers worked in the orchards of Kamianka near Izium. In May 2024 they found 26 mines there.",
            ["katottg:UA63040090080095309"],
            id="a village and what it lies near",
        ),
        pytest.param(
            "A farmer from Kamianka in the Kharkiv region counts his losses. In the region 500,000 hectares "
            "of land are mined.",
            ["UA-63"],
            id="the region of somebody's home",
        ),
        pytest.param(
            "In May 2024 the area cleared was, in hectares:\n\nKherson - 1,279\n\nMykolaiv - 98\n",
            ["UA-65", "UA-48"],
            id="cities in the lines of a list",
        ),
        pytest.param(
            "In April 2024, 50 mines were found in Fuzuli and Tartar districts and in the city of Shusha.",
            ["AZ-FUZ AZ-SUS AZ-TAR"],
            id="a city in a list of districts",
        ),
        pytest.param(
            "In Kharkiv region 27 people were killed by mines. Since the invasion mines have injured 724 "
            "people in Ukraine; 226 of these were killed.",
            ["UA-63", "UA", "UA"],
            id="a part of a total goes with it",
        ),
        pytest.param(
            "In Azerbaijan 16,000 shells were recovered from an area of 44 sq km.",
            ["AZ", "AZ"],
            id="items recovered from an area",
        ),
        pytest.param(
            "In Donetsk region, the OSCE Mission in Ukraine wrote, mines killed 12 people in May.",
            ["UA-14"],
            id="a mission in a country is a body",
        ),
    ],
)
def test_a_figure_is_placed(reader: Reader, text: str, places: list[str]) -> None:
    """Each figure has the places that govern it, or else those of the scene that still holds."""
    figures = reader.read(report(text)).figures
    assert [" ".join(sorted(p.id for p in f.places)) for f in figures] == places


def test_a_city_in_the_title_is_the_region_that_the_text_goes_on_to_tell_of(reader: Reader) -> None:
    """A title "Mines in Kharkiv" over a report of Kharkiv region is of the region."""
    text = "Mines in Kharkiv\n\nIn Kharkiv region the work goes on.\n\nSo far 300 mines have been found."
    (figure,) = reader.read(report(text, title="Mines in Kharkiv")).figures
    assert [p.id for p in figure.places] == ["UA-63"]


def test_a_publisher_tells_the_country_where_nothing_else_does(reader: Reader) -> None:
    """Its name is a weak hint: a place in the text is stronger, and another country stays one."""
    source = Source("Ukrainian Harvest Review", PUBLISHED)
    for text, places in (
        ("Sappers cleared 40 hectares of farmland in May.", ["UA"]),
        ("Sappers cleared 40 hectares of farmland near Aghdam in May.", ["AZ-AGM"]),
        ("Sappers in Cambodia cleared 40 hectares of farmland in May.", []),
    ):
        read = reader.read(Document(text, source=source))
        assert [p.id for f in read.figures for p in f.places] == places


def test_who_left_the_mines_is_no_place(reader: Reader) -> None:
    """A people that did harm says nothing of where; where a world is gone through, it is one of many."""
    told = report(
        "The engineers destroyed 806 shells that the Russians left in May.\n\nIn Sumy region it was 12."
    )
    assert [p.id for p in reader.read(told).figures[0].places] == ["UA"]
