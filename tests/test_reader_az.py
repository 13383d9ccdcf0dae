"""Azerbaijani sentences and what they state: one invented sentence for each pattern of the press."""

# ruff: noqa: RUF001 Azerbaijani letters

from __future__ import annotations

import datetime as dt

import pytest

from geotrack.extraction.reader import Reader
from geotrack.models import Document, Incident, Reading, Source

pytest_plugins = ("readers",)
PUBLISHED = dt.date(2025, 3, 20)


def read(reader: Reader, text: str) -> Reading:
    """Read an Azerbaijani text published on a known day; a paragraph before it names the agency."""
    source = Source(published=PUBLISHED)
    return reader.read(Document(f"ANAMA məlumat yayıb.\n\n{text}", language="az", source=source))


def told(reading: Reading) -> list[str]:
    """Return the figures as lines: measure, value, unit, places, start, end."""
    return [
        f"{f.measure} {f.value:g} {f.unit} {'+'.join(p.id for p in f.places)} {f.start or '-'} {f.end or '-'}"
        for f in reading.figures
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Ağdamda 5 mina tapılıb.", ["mines_found 5 count AZ-AGM - 2025-03-20"]),
        ("Ağdamda 453, 90 hektar ərazi təmizlənib.", ["area_cleared 453.9 ha AZ-AGM - 2025-03-20"]),
        ("Ağdamda 12 partlamamış silah-sursat tapılıb.", ["uxo_found 12 count AZ-AGM - 2025-03-20"]),
        (
            "Ötən həftə Ağdam və Füzuli rayonlarında 12 hektar sahə təmizlənib.",
            ["area_cleared 12 ha AZ-AGM+AZ-FUZ 2025-03-10 2025-03-16"],
        ),
        (
            "Martın 3-dən 9-dək Tərtərdə piyada əleyhinə 93, tank əleyhinə 33 mina zərərsizləşdirilib.",
            [
                "ap_mines_found 93 count AZ-TAR 2025-03-03 2025-03-09",
                "at_mines_found 33 count AZ-TAR 2025-03-03 2025-03-09",
            ],
        ),
        (
            "Tərtərdə 60 piyada və 9 tank əleyhinə mina aşkarlanıb.",
            ["ap_mines_found 60 count AZ-TAR - 2025-03-20", "at_mines_found 9 count AZ-TAR - 2025-03-20"],
        ),
        (
            "Tərtərdə 12 mina tapılıb: 1 204-ü piyada, 4 865-i tank əleyhinədir.",
            [
                "mines_found 12 count AZ-TAR - 2025-03-20",
                "ap_mines_found 1204 count AZ-TAR - 2025-03-20",
                "at_mines_found 4865 count AZ-TAR - 2025-03-20",
            ],
        ),
        (
            "ANAMA fevralın 5-10-u üzrə statistikanı açıqlayıb: Tərtərdə 69 mina tapılıb.",
            ["mines_found 69 count AZ-TAR 2025-02-05 2025-02-10"],
        ),
        (
            "ANAMA yanvar ayının yekunlarını açıqlayıb: Tərtərdə 17 mina tapılıb.",
            ["mines_found 17 count AZ-TAR 2025-01-01 2025-01-31"],
        ),
        (
            "2020-ci il noyabrın 10-dan bəri ölkədə 202 min hektardan çox ərazi təmizlənib.",
            ["area_cleared 202000 ha AZ 2020-11-10 2025-03-20"],
        ),
        (
            "2020-ci il noyabrın 10-dan 2022-ci il aprelin 14-dək Laçında 30 572 ədəd mina və PHS tapılıb.",
            ["items_found 30572 count AZ-LAC 2020-11-10 2022-04-14"],
        ),
        (
            "Bu ilin yanvarından fevralın sonunadək Qazax rayonunda 22 ha ərazi təmizlənib.",
            ["area_cleared 22 ha AZ-QAZ 2025-01-01 2025-02-28"],
        ),
        (
            "Ötən ilin noyabrında Şuşada 7 mina tapılıb.",
            ["mines_found 7 count AZ-SUS 2024-11-01 2024-11-30"],
        ),
        (
            "2023-cü ildə işğaldan azad edilmiş ərazilərdə 8 min 537 partlamamış hərbi sursat tapılıb.",
            ["uxo_found 8537 count AZ:liberated 2023-01-01 2023-12-31"],
        ),
        (
            "Füzulidə 1 milyon kvadrat metrə yaxın sahə yoxlanılıb.",
            ["area_surveyed 1e+06 m2 AZ-FUZ - 2025-03-20"],
        ),
        (
            "Füzulidə 2 436 776 m² (243 ha) ərazi minalardan təmizlənib.",
            ["area_cleared 2.43678e+06 m2 AZ-FUZ - 2025-03-20", "area_cleared 243 ha AZ-FUZ - 2025-03-20"],
        ),
        (
            "Ölkədə 9 min kv.km-ə yaxın ərazi minalarla çirklənib.",
            ["area_contaminated 9000 km2 AZ - 2025-03-20"],
        ),
        (
            "Vətən müharibəsindən sonra 361 vətəndaşımız mina qurbanı olub: 68-i ölüb, 293-ü yaralanıb.",
            [
                "casualties 361 people AZ 2020-11-10 2025-03-20",
                "killed 68 people AZ 2020-11-10 2025-03-20",
                "injured 293 people AZ 2020-11-10 2025-03-20",
            ],
        ),
        (
            "1991-ci ildən bəri 3400-dən çox mina qurbanı qeydə alınıb.",
            ["casualties 3400 people AZ 1991-01-01 2025-03-20"],
        ),
        ("Bu il Ağdamda 65 min hektar ərazinin təmizlənməsi planlaşdırılır.", []),
        ("Ağdamda təmizlənəcək sahə 40 hektardır.", []),
        ("Bərdədə mina tapılmayıb.", []),
    ],
)
def test_a_sentence_states_its_figures(reader: Reader, text: str, figures: list[str]) -> None:
    """Cases, postpositions, dates behind their year and shared heads are read as their English is."""
    assert told(read(reader, text)) == figures


def incident(reading: Reading) -> Incident:
    """Return the only incident of a reading."""
    (only,) = reading.incidents
    return only


@pytest.mark.parametrize(
    ("text", "date", "place", "harm"),
    [
        (
            "Martın 18-də Tərtər rayonunun Qapanlı kəndində Vaqif Əliyev minaya düşüb xəsarət alıb.",
            "2025-03-18",
            "AZ-TAR",
            (None, 1),
        ),
        (
            "Dünən Ağdamda traktor tank əleyhinə minaya düşüb, sürücü həlak olub.",
            "2025-03-19",
            "AZ-AGM",
            (1, None),
        ),
        ("Dünən Füzulidə mina partlayıb, iki nəfər yaralanıb.", "2025-03-19", "AZ-FUZ", (None, 2)),
    ],
)
def test_a_blast_is_told(
    reader: Reader, text: str, date: str, place: str, harm: tuple[int | None, int | None]
) -> None:
    """Who hit a mine, where, when and what became of them, the verb at the end."""
    found = incident(read(reader, text))
    assert (date, harm) == (found.date, (found.killed, found.injured))
    assert place in {found.places[0].id, found.places[0].adm1}


def test_a_village_belongs_to_the_name_in_the_genitive(reader: Reader) -> None:
    """The unit before a village is no part of its name, and a resident's district is no site."""
    text = "Martın 18-də Goranboyun Qaraçinar kəndində Kəlbəcər sakini Qalib Abbasov minaya düşüb."
    places = [p.id for p in incident(read(reader, text)).places]
    assert places == ["AZ-GOR/qaracinar"]


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("fevral ayında", "2025-02-01", "2025-02-28"),
        ("2023-cü ilin noyabr ayından", "2023-11-01", "2025-03-20"),
        ("2020-ci il noyabrın 10-dan", "2020-11-10", "2025-03-20"),
        ("martın 3-dən 9-dək", "2025-03-03", "2025-03-09"),
        ("martın 3-dən 9-u daxil olmaqla", "2025-03-03", "2025-03-09"),
        ("ayın 3-dən 9-na kimi", "2025-03-03", "2025-03-09"),
        ("ötən ayın 12-də", "2025-02-12", "2025-02-12"),
        ("mart ayının 13 və 14-də", "2025-03-13", "2025-03-14"),
        ("bu ilin 2 ayı ərzində", "2025-01-01", "2025-02-28"),
        ("2023-cü ilin I yarımilliyində", "2023-01-01", "2023-06-30"),
        ("ilin ötən dövründə", "2025-01-01", "2025-03-20"),
        ("ötən həftənin yekunlarına görə", "2025-03-10", "2025-03-16"),
        ("2020-ci ilin sonlarından", "2020-12-31", "2025-03-20"),
        ("44 günlük müharibənin başa çatdığı gündən", "2020-11-10", "2025-03-20"),
        ("10 noyabr üçtərəfli bəyanatından sonra", "2020-11-10", "2025-03-20"),
        ("atəşkəs elan ediləndən bəri", "2020-11-10", "2025-03-20"),
    ],
)
@pytest.mark.parametrize(
    "pattern", ["{when} Ağdam rayonunda 25 mina tapılıb.", "Ağdam rayonunda {when} 25 ədəd mina tapılıb."]
)
def test_a_period_is_told(reader: Reader, pattern: str, when: str, start: str, end: str) -> None:
    """A number right behind a month or a day with its case is none of the date."""
    text = pattern.format(when=when)
    text = text.replace(text[0], "İ" if text[0] == "i" else text[0].upper(), 1)
    assert told(read(reader, text)) == [f"mines_found 25 count AZ-AGM {start} {end}"]


def test_a_part_of_a_city_is_where_ordnance_was_found(reader: Reader) -> None:
    """A call about a district of the capital dates and places what sappers found there."""
    text = (
        "Dünən Bakının Qaradağ rayonunda partlayış təhlükəli əşya barədə məlumat daxil olub. "
        "Baxış zamanı 1 ədəd mərmi aşkar edilib."
    )
    assert told(read(reader, text)) == ["uxo_found 1 count AZ-BA 2025-03-19 2025-03-19"]


def test_a_group_and_its_names_are_counted_once(reader: Reader) -> None:
    """Names and their trades behind a number of people are those people."""
    text = (
        "Martın 18-də Kəlbəcərdə avtomobil tank əleyhinə minaya düşüb. Nəticədə 3 nəfər – Vaqif Əliyev "
        "(operator), Samir Quliyev (müxbir), Elçin Rzayev (sürücü) həlak olub, daha 4 nəfər yaralanıb."
    )
    found = incident(read(reader, text))
    assert (found.killed, found.injured) == (3, 4)


def test_so_far_goes_on_with_a_stretch_that_reaches_the_report(reader: Reader) -> None:
    """The days that a lead announces are those of what has been found so far."""
    text = (
        "2020-ci il noyabrın 11-dən bu il martın 19-dək azad edilmiş ərazilərdə tapılan minaların sayı "
        "açıqlanıb. İndiyədək 10 455 piyada əleyhinə mina aşkar edilib."
    )
    assert told(read(reader, text)) == ["ap_mines_found 10455 count AZ:liberated 2020-11-11 2025-03-19"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Müharibə 2020-ci il noyabrın 10-da başa çatdıqdan bu günədək 69 nəfər minaya düşüb.",
            ["casualties 69 people AZ 2020-11-10 2025-03-20"],
        ),
        ("Mina qurbanlarının sayı artıq 337-yə çatıb.", ["casualties 337 people AZ - 2025-03-20"]),
        (
            "1991-ci ildən bu günə kimi 3429 azərbaycanlı minadan zərər çəkib.",
            ["casualties 3429 people AZ 1991-01-01 2025-03-20"],
        ),
        (
            "Martın 5-də Xocavənddə yolda basdırılmış 2 ədəd tank əleyhinə mina tapılıb.",
            ["at_mines_found 2 count AZ-XVD 2025-03-05 2025-03-05"],
        ),
        ("Dünyada 6897 nəfər minalardan zərər çəkib.", []),
        (
            "Yanvarda 30 mina tapılıb, ötən ilin eyni dövründə isə 25 mina tapılıb.",
            [
                "mines_found 30 count AZ 2025-01-01 2025-01-31",
                "mines_found 25 count AZ 2024-01-01 2024-01-31",
            ],
        ),
        (
            "2024-cü ilin yekunlarına dair hesabatda deyilir ki, 1200 hektar sahə təmizlənib.",
            ["area_cleared 1200 ha AZ 2024-01-01 2024-12-31"],
        ),
        (
            "Azad edilmiş ərazilərin 80-85 faizi minalanıb.",
            ["share_contaminated 80 percent AZ:liberated - 2025-03-20"],
        ),
    ],
)
def test_totals_are_told(reader: Reader, text: str, figures: list[str]) -> None:
    """A number behind its noun, the members of a nation, what stands before a number as an attribute."""
    assert told(read(reader, text)) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Zərərsizləşdirilən minaların sayı 2021-ci ildə 8799, 2022-ci ildə isə 19561 ədəd olub.",
            [
                "mines_found 8799 count AZ 2021-01-01 2021-12-31",
                "mines_found 19561 count AZ 2022-01-01 2022-12-31",
            ],
        ),
        (
            "Ağdam rayonunun 54,5 faizi, Füzuli rayonunun isə 67 faizi minalarla çirklənib.",
            [
                "share_contaminated 54.5 percent AZ-AGM - 2025-03-20",
                "share_contaminated 67 percent AZ-FUZ - 2025-03-20",
            ],
        ),
        (
            "Ötən ay tapılan minaların 15-i Ağdamda, 12-si Füzulidə aşkarlanıb.",
            [
                "mines_found 15 count AZ-AGM 2025-02-01 2025-02-28",
                "mines_found 12 count AZ-FUZ 2025-02-01 2025-02-28",
            ],
        ),
    ],
)
def test_lists_are_told(reader: Reader, text: str, figures: list[str]) -> None:
    """Years, units and names that a number of a list stands behind or before."""
    assert told(read(reader, text)) == figures


def test_a_village_of_the_liberated_part_of_a_district(reader: Reader) -> None:
    """What is told of a district between its name and its village; a birth year beside a date."""
    text = (
        "Martın 12-də 1968-ci il təvəllüdlü Ramiz Hacıyev Xocavənd rayonunun işğaldan azad edilmiş "
        "Aşağı Veysəlli kəndində tank əleyhinə minaya düşərək həlak olub."
    )
    found = incident(read(reader, text))
    assert (found.date, found.killed) == ("2025-03-12", 1)
    assert found.places[0].adm1 == "AZ-XVD"


def test_two_kinds_of_ordnance_are_no_retelling(reader: Reader) -> None:
    """One shell and one rocket of one sentence are two things; what was laid before is an attribute."""
    text = "Dünən Gəncədə düşmənin atdığı 1 ədəd 82 mm-lik mərmi və 1 ədəd 100 mm-lik mərmi tapılıb."
    figures = read(reader, text).figures
    assert [(f.measure, f.value, f.flags) for f in figures] == [("uxo_found", 1, ()), ("uxo_found", 1, ())]


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("Fevralın 24-ü ilə martın 2-si arasındakı günlərdə", "2025-02-24 2025-03-02"),
        ("Martın 3-ü və 9-u arasında", "2025-03-03 2025-03-09"),
        ("Martın 3-dən 9-na qədərki dövrdə", "2025-03-03 2025-03-09"),
        ("Ötən ayın 10-u ilə 16-sı arasında", "2025-02-10 2025-02-16"),
        ("Ayın 1-dən 28-dək", "2025-02-01 2025-02-28"),
        ("2020-ci ilin 10 noyabrı ilə bu il martın 11-i arasında", "2020-11-10 2025-03-11"),
        ("Martın 1-i vəziyyətinə", "- 2025-03-01"),
        ("Yanvar-fevralda", "2025-01-01 2025-02-28"),
        ("Hesabat ayında", "2025-02-01 2025-02-28"),
        ("2024-cü ilin payızından bəri", "2024-09-01 2025-03-20"),
        ("Beş ildə", "2020-03-20 2025-03-20"),
        ("2024-cü ilin əvvəlindən sonunadək", "2024-01-01 2024-12-31"),
    ],
)
def test_stretches_in_azerbaijani_order(reader: Reader, when: str, days: str) -> None:
    """What joins two dates stands behind them, and cases stand behind their numbers."""
    reading = read(reader, f"{when} Ağdam rayonunda 30 mina tapılıb.")
    assert told(reading) == [f"mines_found 30 count AZ-AGM {days}"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Ötən il minalar 7 nəfərin ölümünə, 12 nəfərin yaralanmasına səbəb olub.",
            ["killed 7 people AZ 2024-01-01 2024-12-31", "injured 12 people AZ 2024-01-01 2024-12-31"],
        ),
        (
            "Bu vaxta qədər ölkəmizdə cəmi 3429 nəfər mina qurbanı qeydə alınıb.",
            ["casualties 3429 people AZ - 2025-03-20"],
        ),
        (
            "Mina partlayışları ötən il 33 nəfərin xəsarət alması ilə nəticələnib.",
            ["injured 33 people AZ 2024-01-01 2024-12-31"],
        ),
    ],
)
def test_harm_told_by_nouns(reader: Reader, text: str, figures: list[str]) -> None:
    """What came of mines is told by the noun of a verb as often as by the verb."""
    assert told(read(reader, text)) == figures


def test_the_last_of_several_weeks_is_the_past_one(reader: Reader) -> None:
    """A report that tells two weeks means the later one by "the past week"."""
    text = (
        "Son bir həftənin işlərinə dair məlumata görə, martın 10-dan 16-dək Ağdamda 9 mina tapılıb.\n\n"
        "Bundan əvvəlki həftə – martın 3-dən 9-dək olan günlərdə isə orada 5 mina tapılıb."
    )
    assert told(read(reader, text)) == [
        "mines_found 9 count AZ-AGM 2025-03-10 2025-03-16",
        "mines_found 5 count AZ-AGM 2025-03-03 2025-03-09",
    ]


def test_what_a_ministry_did_in_all_is_of_the_country(reader: Reader) -> None:
    """A total of a body of the state leaves the place that the title names."""
    text = (
        "Martın 19-da Kəlbəcərdə yük maşını minaya düşüb, iki hərbçi yaralanıb.\n\n"
        "Ümumilikdə, Müdafiə Nazirliyinin mühəndis-istehkam bölmələri bu günədək 900 ha ərazini təmizləyib."
    )
    source = Source(published=PUBLISHED)
    title = "Kəlbəcərdə yük maşını minaya düşüb"
    reading = reader.read(Document(text, title=title, language="az", source=source))
    assert told(reading) == ["area_cleared 900 ha AZ - 2025-03-20"]
