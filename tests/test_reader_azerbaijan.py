"""The reader on reports of Azerbaijan: work told beside spent shells, totals since its wars, stories."""

# ruff: noqa: RUF001 - Azerbaijani letters are meant

from __future__ import annotations

import pytest
from readings import PUBLISHED, report

from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source


def azerbaijani(text: str) -> Document:
    """Return a report in Azerbaijani."""
    return Document(text=text, language="az", source=Source(published=PUBLISHED))


@pytest.fixture(scope="module")
def reader() -> Reader:
    """Return a reader for all tests."""
    return Reader(Gazetteer.load())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANAMA sappers blew up 14 shells in Aghdam district on 3 May.", ["uxo_found 14"]),
        ("On 3 May they found nine exploded shells and 6 unexploded shells in Lachin.", ["uxo_found 6"]),
        ("On 3 May they went round 19 places in Fuzuli where something had exploded.", []),
        ("More than 11% of Azerbaijan's territory is affected by them.", ["share_contaminated 11"]),
    ],
)
def test_work_is_told_from_blasts(reader: Reader, text: str, expected: list[str]) -> None:
    """Ordnance blown up on purpose is found, spent shells are not, and neither is an incident."""
    reading = reader.read(report(text))
    assert expected == [f"{f.measure} {f.value:g}" for f in reading.figures]
    assert not reading.incidents


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (
            "In the time since the 44-day war came to an end, mines have killed 65 Azerbaijanis.",
            ["2020-11-10"],
        ),
        ("From 2020, when the war was over, mines have killed 65 people in Azerbaijan.", ["2020-01-01"]),
        ("From September 27 on we have found 900 shells in Azerbaijan.", ["2020-09-27"]),
        ("Key developments since 1999: From 2001 to 2003 teams cleared 9 ha in Azerbaijan.", ["2001-01-01"]),
        (
            "From 10 November 2020, when the war ended, to 22 May 2021 mines killed 9 Azerbaijanis.",
            ["2020-11-10"],
        ),
        (
            (
                "Since the war ended mines have injured 65 Azerbaijanis. In total, 3,300 people have "
                "suffered from mines in Azerbaijan."
            ),
            ["2020-11-10", "None"],
        ),
        (
            (
                "Since November 2020 Azerbaijan has cleared 81,386 hectares.\nThe work was hard.\nThe guests "
                "came.\nIn his words 81,386 hectares were cleared in Azerbaijan and 28,259 mines found."
            ),
            ["2020-11-01", "2020-11-01", "2020-11-01"],
        ),
        (
            (
                "Since the conflict that arose as a result of Armenia's territorial claims in 1991 mines "
                "have killed 358 people in Azerbaijan."
            ),
            ["1991-01-01"],
        ),
        ("In the whole post-conflict period mines have killed 65 people in Azerbaijan.", ["2020-11-10"]),
        (
            (
                "Since 2022 began 955 hectares have been cleared in Lachin and 23 mines found.\nSo far the "
                "units have cleared 14,448 hectares and found 6,092 mines."
            ),
            ["2022-01-01", "2022-01-01", "None", "None"],
        ),
        (
            (
                "From May 1 to May 8 teams cleared 5 hectares in Lachin. In general, they have cleared 90 "
                "hectares and found 17 mines."
            ),
            ["2024-05-01", "None", "None"],
        ),
        ("BAKU, Azerbaijan, May 3. Sappers cleared 20 hectares in Lachin.", ["None"]),
        (
            (
                "On May 3 they checked 3 hectares in Lachin. From May 1 to 8 they went through 40 houses. "
                "Engineers blew up 137 shells."
            ),
            ["2024-05-03", "2024-05-01"],
        ),
    ],
)
def test_totals_begin_where_the_text_says(reader: Reader, text: str, starts: list[str]) -> None:
    """A running total begins with its war or its day, and one that outgrows it on an unknown day."""
    assert starts == [str(f.start) for f in reader.read(report(text)).figures]


@pytest.mark.parametrize(
    ("text", "place", "injured"),
    [
        (
            (
                "On 3 May a harvester ran onto a land mine near Khanlig in Gubadli, and the farmer driving "
                "it, a man of 60, was wounded."
            ),
            "Khanlig",
            1,
        ),
        (
            (
                "On 3 May a soldier trod on a landmine in the Goranboy district and was injured. The mine "
                "lay close to the village of Gulustan."
            ),
            "Gulustan",
            1,
        ),
        (
            (
                "On 3 May a teacher was wounded by a mine in Gosha, the village in the Tovuz District where "
                "she was born."
            ),
            "Gosha",
            1,
        ),
    ],
)
def test_a_story_names_its_site_and_its_victim_once(
    reader: Reader, text: str, place: str, injured: int
) -> None:
    """A site told beside the blast is taken, and a person told twice counts once."""
    (incident,) = reader.read(report(text)).incidents
    assert (place, injured) == (incident.places[0].name, incident.injured)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Estimates of mined land in Azerbaijan run from 300 to 800 million square meters.",
            ["area_contaminated 3e+08 AZ"],
        ),
        ("The agency puts the mines hidden in Azerbaijan at 50,000.", ["mines_recorded 50000 AZ"]),
        (
            "Azerbaijan is mined. In the territories freed from occupation 74 hectares are cleaned.",
            ["area_cleared 74 AZ:liberated"],
        ),
        (
            "In Lachin 92 mines and not exploded ammunition were rendered harmless.",
            ["items_found 92 AZ-LAC"],
        ),
        (
            "Azerbaijan is mined. As a result of the actions of Armenia 340 citizens suffered from mines.",
            ["casualties 340 AZ"],
        ),
        (
            (
                "The mine problem of Azerbaijan dates from the clash with Armenia over Nagorno-Karabakh. "
                "Since 1999 ANAMA has cleared 186 hectares."
            ),
            ["area_cleared 186 AZ"],
        ),
        ("Mines claimed 95 victims in Azerbaijan: 51 were killed.", ["casualties 95 AZ", "killed 51 AZ"]),
        ("In the Karabakh conflict zone mines killed 51 people.", ["killed 51 AZ:karabakh"]),
        ("Mines killed 51 Azerbaijanis in the Karabakh war zone.", ["killed 51 AZ:karabakh"]),
        (
            (
                "In 2022 ten mines were found in Lachin. Mines had 350 Azerbaijani victims. Of these, "
                "65 persons, namely 50 civilians and 15 soldiers, lost their lives."
            ),
            ["mines_found 10 AZ-LAC", "casualties 350 AZ", "killed 65 AZ", "killed 50 AZ", "killed 15 AZ"],
        ),
        ("In Azerbaijan, excluding Nagorno Karabakh, mines killed 25 people.", ["killed 25 AZ"]),
        (
            "The maps were to help in identifying the coordinates of 189,000 mines in Azerbaijan.",
            ["mines_recorded 189000 AZ"],
        ),
        (
            "In Lachin the search turned up 12 shells, 7 mines, 3 training mines and 5 cartridges.",
            ["uxo_found 12 AZ-LAC", "mines_found 7 AZ-LAC"],
        ),
        (
            "Karabakh is mined. Since November 2020 teams have cleared 90 hectares.",
            ["area_cleared 90 AZ:karabakh"],
        ),
        (
            "Mines lie in Fuzuli. In the search operations 90 hectares were cleared in Lachin.",
            ["area_cleared 90 AZ-LAC"],
        ),
        (
            "Mines were found in Karabakh. Teams have given 64,000 acres of land back to farmers.",
            ["area_cleared 64000 AZ:karabakh"],
        ),
        (
            "Sappers cleared mines in Karabakh. Russia's peacekeepers rendered 230 shells harmless.",
            ["uxo_found 230 AZ:karabakh"],
        ),
        (
            "In Azerbaijan 30 people became victims of mines, 7 perished and 23 got light bodily injury.",
            ["casualties 30 AZ", "killed 7 AZ", "injured 23 AZ"],
        ),
    ],
)
def test_old_and_translated_wordings_are_read(reader: Reader, text: str, expected: list[str]) -> None:
    """Ranges, estimates, translated nouns and countries that only did the harm are read as meant."""
    found = reader.read(report(text)).figures
    assert expected == [f"{f.measure} {f.value:g} {' '.join(p.id for p in f.places)}" for f in found]


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("Bu ilin yanvar-mart aylarında", "2024-01-01", "2024-03-31"),
        ("2023-cü ilin ilk 9 ayında", "2023-01-01", "2023-09-30"),
        ("2023-cü ilin doqquz ayı ərzində", "2023-01-01", "2023-09-30"),
        ("2023-cü ilin ikinci yarımilliyində", "2023-07-01", "2023-12-31"),
        ("2023-cü ilin II rübündə", "2023-04-01", "2023-06-30"),
        ("Keçən ilin mayında", "2023-05-01", "2023-05-31"),
        ("6-12 may tarixlərində", "2024-05-06", "2024-05-12"),
        ("29 aprel - 5 may tarixlərində", "2024-04-29", "2024-05-05"),
        ("10 noyabr 2020-ci il tarixindən 10 may 2024-cü il tarixinədək", "2020-11-10", "2024-05-10"),
        ("44 günlük müharibə başa çatandan bəri", "2020-11-10", "2024-06-05"),
        ("Vətən müharibəsindən bu yana", "2020-11-10", "2024-06-05"),
        ("Döyüş əməliyyatları dayandırılandan bu günə qədər", "2020-11-10", "2024-06-05"),
        ("Üçtərəfli bəyanatın imzalanmasından sonra", "2020-11-10", "2024-06-05"),
        ("Postmünaqişə dövründə", "2020-11-10", "2024-06-05"),
        ("Mayın 1-nə olan məlumata görə", "None", "2024-05-01"),
        ("2024-cü il mayın 1-nə", "None", "2024-05-01"),
        ("1 may 2024-cü il tarixinə", "None", "2024-05-01"),
        ("Hazırkı vaxtadək", "None", "2024-06-05"),
    ],
)
def test_periods_are_read_as_azerbaijani_writes_them(reader: Reader, when: str, start: str, end: str) -> None:
    """Cases and postpositions bound a period; a dative day is the day of a level."""
    text = f"{when} Laçın rayonunda 100 hektar sahə minalardan təmizlənib."
    (figure,) = reader.read(azerbaijani(text)).figures
    assert (str(figure.start), str(figure.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-ci ildə 12, 2022-ci ildə 19 mina zərərsizləşdirilib.", ["12 2021", "19 2022"]),
        ("Ağdamda – 12, Füzulidə isə 19 mina tapılıb.", ["12 None", "19 None"]),
        ("Laçında 14 piyadalara qarşı, tanklara qarşı isə 3 mina üzə çıxarılıb.", ["14 None", "3 None"]),
        ("Bir həftədə Laçında 600 hektardan çox sahə təmizlənib.", ["600 2024"]),
        ("İndiyədək Laçında 90 ha təmizlənib, 2025-ci ildə 50 ha planlaşdırılır.", ["90 None"]),
        ("Azərbaycan torpaqlarının 12 faizindən çoxu minalanıb.", ["12 None"]),
    ],
)
def test_numbers_before_their_noun_in_azerbaijani(reader: Reader, text: str, expected: list[str]) -> None:
    """Numbers of several years or places share the noun behind them, and what is planned is not told."""
    figures = reader.read(azerbaijani(text)).figures
    assert expected == [f"{f.value:g} {f.start.year if f.start else None}" for f in figures]
