"""Many ways to say where something was: the same figures in other words."""

from __future__ import annotations

import pytest
from readings import report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer

# What is told, and the place of each number in it.
PLACED = [
    # where something was said is not where it was done
    ("Azerbaijan: 40 mines were found since the war, the chairman told journalists in Aghdam.", ["AZ"]),
    ("ANAMA's chairman, speaking to reporters in Jabrayil, said 40 mines were found this year.", ["AZ"]),
    # regions under other names
    ("In the Luhansk area 40 mines were found.", ["UA-09"]),
    ("In Donetsk and Lugansk areas sappers cleared 40 hectares.", ["UA-09 UA-14"]),
    ("In the areas of Donetsk and Luhansk 40 mines were found.", ["UA-09 UA-14"]),
    ("In Khersonshchyna sappers found 40 mines.", ["UA-65"]),
    ("Sappers found 40 mines in Sumshchyna.", ["UA-59"]),
    ("In Azerbaijan's lands vacated by Armenian forces 40 mines were found.", ["AZ:liberated"]),
    ("In territories over which Azerbaijan regained control 40 mines were found.", ["AZ:liberated"]),
    ("In the former conflict zone in Karabakh 40 mines were found.", ["AZ:karabakh"]),
    # lists that stand behind, or under another word
    (
        "Last week in three regions 40 mines were found. These are Sumy, Kherson and Kharkiv.",
        ["UA-59 UA-63 UA-65"],
    ),
    (
        "In two regions 40 ha were surveyed. Kherson region had 10 ha of it, the rest is in Sumy region.",
        ["UA-59 UA-65", "UA-65"],
    ),
    ("Sappers cleared 40 hectares. The works covered Jabrayil and Lachin districts.", ["AZ-CAB AZ-LAC"]),
    (
        "Sappers cleared 40 hectares over the week. It concerns the Kherson and Sumy provinces.",
        ["UA-59 UA-65"],
    ),
    ("40 mines were found in two provinces \u2013 Kherson and Sumy.", ["UA-59 UA-65"]),
    ("Kyiv and Sumy are the oblasts where 40 mines were found.", ["UA-32 UA-59"]),
    (
        "In the Zangilan district, as well as in the villages of Gubadli district, 40 mines were found.",
        ["AZ-QBI AZ-ZAN"],
    ),
    ("In Zangilan, Gubadli and part of Khankendi 40 mines were found.", ["AZ-QBI AZ-XA AZ-ZAN"]),
    (
        "| Region | Cleared (ha) |\n|---|---|\n| Kherson | 40 |\n| Sumy | 50 |",
        ["UA-65", "UA-59"],
    ),
    # the country again
    (
        "In Lachin district 40 mines were found. Across the country sappers found 300 mines.",
        ["AZ-LAC", "AZ"],
    ),
    (
        "In Lachin district 40 mines were found. At the national level sappers found 300 mines.",
        ["AZ-LAC", "AZ"],
    ),
    ("In Kherson region 40 mines were found. Ukraine has 300 hectares of mined land.", ["UA-65", "UA"]),
    (
        "In Kherson region 40 mines were found. Ukraine's contaminated land is put at 300 hectares.",
        ["UA-65", "UA"],
    ),
    # villages
    ("At Myurizen, a village of the Lachin district, 40 mines were found.", ["AZ-LAC/myurizen"]),
    ("In Qaralik (a village in Lachin district) 40 mines were found.", ["AZ-LAC/qaralik"]),
    (
        "Residents of Vysokopillia village in Kherson oblast asked. In the village 40 mines were found.",
        ["gn:688689"],
    ),
    (
        "At Myurizen, a village of the Lachin district, demining began. 40 mines lay at Myurizen.",
        ["AZ-LAC/myurizen"],
    ),
    (
        "A base lay at Saloglu village. Shells were left on the base.\n\nTo date 40 ha have been cleared.",
        ["gn:585160"],
    ),
    # several in one sentence
    (
        "40 mines were found in the liberated territories \u2013 in the Gubadli and Lachin districts.",
        ["AZ-LAC AZ-QBI"],
    ),
    (
        "In Sumy region sappers cleared 40 hectares, in Kherson 50, and in Kharkiv 60 hectares.",
        ["UA-59", "UA-65", "UA-63"],
    ),
    ("Unlike Sumy region, Kherson region has 40 hectares of mined land.", ["UA-65"]),
    (
        "Ukraine must clear 512 hectares of mined land. 44 hectares of them belong to Sumy region.",
        ["UA", "UA-59"],
    ),
    # what only looks like it
    ("In the area of Kharkiv 40 mines were found.", ["gn:706483"]),
    ("Officials of the region said: in Ukraine 40 mines were found.", ["UA"]),
    ("Teams were trained in three regions. In Sumy region 40 mines were found.", ["UA-59"]),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


@pytest.mark.parametrize(("text", "places"), [pytest.param(t, p, id=t[:60]) for t, p in PLACED])
def test_a_place_is_read_in_other_words(reader: Reader, text: str, places: list[str]) -> None:
    """The place of each figure in order."""
    figures = reader.read(report(text)).figures
    assert places == [" ".join(sorted(p.id for p in f.places)) for f in figures]
