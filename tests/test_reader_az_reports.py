"""What Azerbaijani reports that nobody had read before were misread for: a sentence for each family."""

# ruff: noqa: RUF001 Azerbaijani letters

from __future__ import annotations

import pytest
from test_reader_az import read, told

from geotrack.extraction.reader import Reader

pytest_plugins = ("readers",)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2021-ci ilin martından üzü bəri mina qurbanı olan azərbaycanlıların sayı 300-ü ötüb.",
            ["casualties 300 people AZ 2021-03-01 2025-03-20"],
        ),
        (
            "Ukraynada tammiqyaslı işğalın başlanmasından bəri mina terrorundan 750 nəfər zərər çəkib.",
            ["casualties 750 people UA 2022-02-24 2025-03-20"],
        ),
        (
            "Azad edilmiş torpaqlarımızda Ermənistanın yerləşdirdiyi 1 milyondan artıq mina var.",
            ["mines_recorded 1e+06 count AZ:liberated - 2025-03-20"],
        ),
        (
            "1991-ci ildən Ermənistanın mina terroru 3429 azərbaycanlıya zərər vurub.",
            ["casualties 3429 people AZ 1991-01-01 2025-03-20"],
        ),
        (
            "Müharibə qurtarandan bu yana 250 azərbaycanlı minadan ya ölüb, ya da ağır yaralanıb.",
            ["casualties 250 people AZ 2020-11-10 2025-03-20"],
        ),
    ],
)
def test_armenia_laid_mines_and_numbers_that_were_passed(
    reader: Reader, text: str, figures: list[str]
) -> None:
    """Who laid mines is no place, and "the number of X passed 300" counts X."""
    assert told(read(reader, text)) == figures


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ağdamda dünən Hafiz Quliyev Novruzlu kəndində minaya düşüb.", "AZ-AGM/novruzlu"),
        ("Xocavənd rayonunda Rusiya sülhməramlılarının mövqeyində dünən mina işə düşüb.", "AZ-XVD"),
    ],
)
def test_sites_beside_names_of_persons_and_powers(reader: Reader, text: str, place: str) -> None:
    """A surname is no part of a village's name, and whose soldiers stood there is no place."""
    assert [p.id for p in read(reader, text).incidents[0].places] == [place]


def test_a_date_of_the_end_of_a_war_and_a_list_of_a_district(reader: Reader) -> None:
    """A date before "since the war was over" dates its end; all villages of a list are of its district."""
    harmed = "2020-ci il noyabrın 10-da müharibə başa çatdıqdan bu günədək 9 nəfər minadan zərər çəkib."
    assert told(read(reader, harmed)) == ["casualties 9 people AZ 2020-11-10 2025-03-20"]
    work = (
        "İşlər Tərtər və Zəngilanda, habelə Qazaxın işğaldan azad edilmiş Xeyrımlı, Qızılhacılı kəndlərində"
    )
    figures = read(reader, f"{work} görülüb: 82 piyada əleyhinə mina tapılıb.").figures
    assert [p.id for p in figures[0].places] == ["AZ-TAR", "AZ-ZAN", "AZ-QAZ/xeyrimli", "AZ-QAZ/qizilhacili"]


def test_a_year_of_birth_before_a_name_tells_no_home(reader: Reader) -> None:
    """Where somebody born in some year was hurt is the site."""
    text = "1987-ci il təvəllüdlü Anar Əliyev Ağdamın azad olunmuş Novruzlu kəndində minadan həlak olub."
    assert [p.id for p in read(reader, text).incidents[0].places] == ["AZ-AGM/novruzlu"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2022-ci ilin fevralından bəri Ağdamda 500 mina tapılıb.",
            ["mines_found 500 count AZ-AGM 2022-02-01 2025-03-20"],
        ),
        (
            "Müharibə bitəndən 400 nəfər minadan zərər görmüş, 58-i həyatını itirmişdir.",
            ["casualties 400 people AZ 2020-11-10 2025-03-20", "killed 58 people AZ 2020-11-10 2025-03-20"],
        ),
        (
            "Ağdamda 24 ha təmizlənib, tapıntıların sayı 237 ədəd təşkil edib.",
            ["area_cleared 24 ha AZ-AGM - 2025-03-20", "items_found 237 count AZ-AGM - 2025-03-20"],
        ),
        (
            (
                "Ağdamda 2022-ci ildə 69 nəfər mina partlayışından zərər çəkib, 3 nəfər jurnalist daxil "
                "olmaqla, 38 nəfər həlak olub."
            ),
            [
                "casualties 69 people AZ-AGM 2022-01-01 2022-12-31",
                "casualties 3 people AZ-AGM 2022-01-01 2022-12-31",
                "killed 38 people AZ-AGM 2022-01-01 2022-12-31",
            ],
        ),
        ("Bərdəyə raket zərbəsindən 14 nəfər həlak olub.", []),
    ],
)
def test_february_parts_by_suffix_and_strikes(reader: Reader, text: str, figures: list[str]) -> None:
    """A part of a number is told by its suffix alone; those killed by a strike are nobody's of ours."""
    assert told(read(reader, text)) == figures


def test_a_son_behind_a_comma_is_no_patronymic(reader: Reader) -> None:
    """A son hurt with his father is a second victim."""
    incident = read(reader, "Ağdamda minadan çoban Rauf Əliyev ölüb, oğlu Anar yaralanıb.").incidents[0]
    assert (incident.killed, incident.injured) == (1, 1)


@pytest.mark.parametrize(
    ("text", "date", "place", "toll"),
    [
        (
            "Martın 17-də işğaldan azad edilmiş Ağdamın Novruzlu kəndində mina partlayıb, sürücü yaralanıb.",
            "2025-03-17",
            "AZ-AGM/novruzlu",
            (None, 1),
        ),
        (
            "Kəlbəcərdə martın 5-də minadan hərbi qulluqçu Rəhimov Babək Tural oğlu həlak olub.",
            "2025-03-05",
            "AZ-KAL",
            (1, None),
        ),
        (
            "Martın 9-da Ağdamda mina partlaması nəticəsində İsrail Nəbiyevin ölməsi faktı araşdırılır.",
            "2025-03-09",
            "AZ-AGM",
            (1, None),
        ),
        (
            "Martın 9-da Ağdamda mina partlaması nəticəsində Anar Nəbiyevin xəsarət alması müəyyən edilib.",
            "2025-03-09",
            "AZ-AGM",
            (None, 1),
        ),
    ],
)
def test_days_before_liberated_places_and_names_like_places(
    reader: Reader, text: str, date: str, place: str, toll: tuple[int | None, int | None]
) -> None:
    """A day before "the liberated X" is the blast's, a given name no district, and a fact is a deed."""
    (incident,) = read(reader, text).incidents
    assert [incident.date, *(p.id for p in incident.places)] == [date, place]
    assert (incident.killed, incident.injured) == toll


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2020-ci ilin 44 günlük müharibəsinin bitməsindən bu yana 412 nəfər minaların qurbanı olub.",
            ["casualties 412 people AZ 2020-11-10 2025-03-20"],
        ),
        (
            "Azad edilmiş ərazilərdə 1,5 milyon mina olduğu ehtimal edilir.",
            ["mines_recorded 1.5e+06 count AZ:liberated - 2025-03-20"],
        ),
        (
            "BAKU.WS yazır ki, Ağdamda 12 mina tapılıb.",
            ["mines_found 12 count AZ-AGM - 2025-03-20"],
        ),
        (
            (
                "2020-ci il noyabrın 10-dan 2024-cü il mayın 31-dək Ağdam və Füzulidə 900 mina tapılıb. "
                "Həmin dövrdə 40 hektar təmizlənib."
            ),
            [
                "mines_found 900 count AZ-AGM+AZ-FUZ 2020-11-10 2024-05-31",
                "area_cleared 40 ha AZ-AGM+AZ-FUZ 2020-11-10 2024-05-31",
            ],
        ),
        (
            (
                "Azad edilmiş ərazilərdə iş gedir.\n\nMartın 3-dən 9-dək Ağdam və Füzulidə 90 mina tapılıb."
                "\n\n2020-ci il noyabrın 10-dan bu il martın 9-dək 7000 mina tapılıb."
            ),
            [
                "mines_found 90 count AZ-AGM+AZ-FUZ 2025-03-03 2025-03-09",
                "mines_found 7000 count AZ:liberated 2020-11-10 2025-03-09",
            ],
        ),
    ],
)
def test_totals_since_the_war_and_where_they_were(reader: Reader, text: str, figures: list[str]) -> None:
    """A total since a war is of its list, else of the named region; no website is a place."""
    assert told(read(reader, text)) == figures


def test_parts_of_victims_homes_as_sites_and_harm_of_several_told_as_a_fact(reader: Reader) -> None:
    """Victims are split up in the plural, too; "in the village" is the victim's own; a fact may be of two."""
    parts = (
        "Müharibə bitəndən bu günədək 291 nəfər mina qurbanlarından 51 nəfər həlak olub, 240 nəfər yaralanıb."
    )
    assert [line.split()[:2] for line in told(read(reader, parts))] == [
        ["casualties", "291"],
        ["killed", "51"],
        ["injured", "240"],
    ]
    home = "Martın 18-i Tərtərin Borsunlu kənd sakini Elnur kənd ərazisində açıq sahədə minadan yaralanıb."
    assert [p.id for p in read(reader, home).incidents[0].places] == ["AZ-TAR/borsunlu"]
    two = "Xocalıda Tahir Nəbiyev və Yasin Əliyevin minaya düşərək bədən xəsarətləri almaları müəyyən edilib."
    assert read(reader, two).incidents[0].injured == 2
