"""The retold example reports keep every fact of their originals and say that they are retold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from document_files import read

from geotrack.config import seeds_folder
from geotrack.models import Document

STEMS = (
    "000_e6c467ea74416a47",
    "001_4f07a725b7db555d",
    "002_d36ab26fb6574df0",
    "003_1c524e727f02e891",
    "004_ed9f820f3694c0b2",
)
PUBLISHED = (None, dt.date(2023, 5, 7), dt.date(2022, 6, 21), None, None)
# Facts that stand in the menu, the by-lines and the sidebar.
FURNITURE = {"COP29", "Published May 7, 2023", "2022-06-21", "Vugar Khalilov", "Vafa Ismayilova"} | {
    "You Might Also Like",
    "C-130",
}
# What the originals state, in their order, as far as it must be told in the same words.
FACTS = {
    STEMS[0]: (
        "Olena Kondratiuk",
        "Baku",
        "Bahruz Mammadov",
        "Approximately 174,000 square kilometers",
        "5.6 million hectares of land",
        "From 2022 to 2024",
        "134,000 hectares of land",
        "more than 67,000 mines and explosive objects",
        "Karabakh",
        "anti-personnel mines",
        "Kharkiv region",
        "anti-tank mines",
        "State Emergency Service of Ukraine",
    ),
    STEMS[1]: (
        "COP29",
        "Published May 7, 2023",
        "30% of its territory",
        "Sergei Kruk",
        "GLOBSEC",
        "more than 14 million people at risk",
        "18th UN Sustainable Development Goal",
        "2021-2023",
        "30 years",
        "nearly 30 years",
        "$37.4 billion",
        "124 people in Ukraine since the start of the invasion",
        "April 22",
        "nearly 300 citizens of Azerbaijan killed or seriously wounded",
        "Kharkov Oblast",
        "April 27",
        "1 was killed and 4 were injured",
        "the next day in Karabakh",
        "3 of whose members died",
        "unknown explosive device",
        "Izyum District of Kharkiv Oblast on May 1, 2023",
        "on the same day",
        "Jabrayil District",
        "November 2022",
        "since February 2022",
        "last August and November",
        "Lachin District",
        "Bucha, Irpen",
        "fall of 2020",
        "Lachin, Kalbajar and Shusha Districts of Karabakh",
        "nearly 3,000 mines",
        "August and November of last year",
        "made in Armenia in 2021",
        "more than a million Azerbaijanis",
        "You Might Also Like",
        "C-130",
    ),
    STEMS[2]: (
        "2022-06-21",
        "Vugar Khalilov",
        "June 20-22, 2022",
        "December 4, 2021",
        "Jeyhun Bayramov",
        "From the end of the 44-day Second Karabakh War",
        "over 200 people",
        "1949",
    ),
    STEMS[3]: (
        "Samir Poladov",
        "Qarvand Trust Fund",
        "400 hectares of mined land in Qarvand village of the Aghdam district",
        "379 Azerbaijanis since November 2020",
        "photo exhibition",
        "E. Lemos-Maniati",
        "Luxembourg",
    ),
    STEMS[4]: (
        "Vafa Ismayilova",
        "2020",
        "Kamaladdin Heydarov",
        "74 new specialists",
        "Some 120 mine detecting devices",
        "1949",
        "Tartar, Aghdam, Fuzuli, Shusha, Gubadli, Jabrayil, and Zangilan regions",
        "10,456 anti-personnel and 4,683 anti-tank mines",
        "12,659 unexploded ordnances",
        "from November 10, 2020, to November 30, 2021",
        "15 Armenian prisoners on June 12",
        "a map of 97,000 mines laid in Aghdam",
        "about 92,000 anti-tank and anti-personnel mines",
        "Fuzuli and Zangilan regions",
        "July 3",
        "December 4, 2021",
        "November 10, 2020",
        "44 days",
    ),
}


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    """Return the example reports by the stem of their file."""
    found = [each for each in read(seeds_folder()) if isinstance(each, Document)]
    return {Path(each.source.path or "").stem: each for each in found}


def test_the_five_reports_are_there_and_the_readme_is_none(seeds: dict[str, Document]) -> None:
    """The folder holds exactly five reports beside its README."""
    assert tuple(seeds) == STEMS
    assert (seeds_folder() / "README.md").is_file()


@pytest.mark.parametrize(("stem", "published"), list(zip(STEMS, PUBLISHED, strict=True)))
def test_dates_are_those_that_the_sources_state(
    seeds: dict[str, Document], stem: str, published: dt.date | None
) -> None:
    """No date is added where the source gave none."""
    assert seeds[stem].source.published == published


@pytest.mark.parametrize("stem", STEMS)
def test_each_says_that_it_is_retold_and_names_its_original(seeds: dict[str, Document], stem: str) -> None:
    """The front matter flags the retelling and names the source document."""
    document = seeds[stem]
    assert (document.source.retold, document.language) == (True, "en")
    assert stem in (document.source.origin or "")
    assert document.title


def told(document: Document, facts: tuple[str, ...]) -> list[int]:
    """Return where each fact is told after the one before it; -1 where it is not."""
    places: list[int] = []
    for fact in facts:
        places.append(document.text.find(fact, places[-1] + 1 if places else 0))
    return places


@pytest.mark.parametrize("stem", STEMS)
def test_facts_are_told_in_their_order(seeds: dict[str, Document], stem: str) -> None:
    """Every figure with unit and qualifier, every place and period is there, in the order of the original."""
    places = told(seeds[stem], FACTS[stem])
    assert [fact for fact, place in zip(FACTS[stem], places, strict=True) if place < 0] == []


@pytest.mark.parametrize("stem", STEMS)
def test_facts_stand_in_the_article(seeds: dict[str, Document], stem: str) -> None:
    """Nothing that the article states is furniture; menu, by-lines and sidebar are."""
    document = seeds[stem]
    in_furniture = {
        fact
        for fact, place in zip(FACTS[stem], told(document, FACTS[stem]), strict=True)
        if any(start <= place < end for start, end in document.furniture)
    }
    assert in_furniture == set(FACTS[stem]) & FURNITURE


def test_the_sidebar_of_the_web_page_is_furniture(seeds: dict[str, Document]) -> None:
    """Everything below the article of the web page, the plane crash too, is marked."""
    document = seeds[STEMS[1]]
    (start, end) = document.furniture[-1]
    assert document.text[start:].startswith("Translated from Focus.ua")
    assert end == len(document.text)
    assert "C-130" in document.text[start:end]
