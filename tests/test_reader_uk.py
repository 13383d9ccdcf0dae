"""Wordings of Ukrainian reports: invented sentences, the facts they give, the names in them."""

# ruff: noqa: RUF001 Ukrainian letters and dashes

from __future__ import annotations

import datetime as dt

import pytest
from readings import figure_lines, incident_lines

from geotrack.extraction import Reader
from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.words import fold
from geotrack.gazetteer import Gazetteer
from geotrack.models import Document, Source

pytest_plugins = ("readers",)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "За роки війни на Миколаївщині сапери обстежили 54 тис. га.",
            ["area_surveyed 54000 ha, UA-48, 2022-02-24..2024-06-05"],
        ),
        (
            "За чотири місяці цього року на Сумщині сапери обстежили 54 га.",
            ["area_surveyed 54 ha, UA-59, 2024-01-01..2024-04-30"],
        ),
        (
            "Упродовж поточного місяця на Сумщині сапери обстежили 54 га.",
            ["area_surveyed 54 ha, UA-59, 2024-06-01..2024-06-05"],
        ),
        (
            (
                "За минулу добу піротехніки Харківської області знешкодили 45 вибухонебезпечних "
                "предметів, у тому числі 2 авіабомби."
            ),
            [
                "items_found 45 count, UA-63, 2024-06-04..2024-06-05, rolling",
                "uxo_found 2 count, UA-63, 2024-06-04..2024-06-05, rolling",
            ],
        ),
        (
            (
                "Від початку повномасштабного вторгнення в Україні знешкоджено 630 тис. 6 "
                "вибухонебезпечних предметів."
            ),
            ["items_found 630006 count, UA, 2022-02-24..2024-06-05"],
        ),
        (
            "За весь час повномасштабного вторгнення сапери обстежили в Україні 191 тис. 591 га.",
            ["area_surveyed 191591 ha, UA, 2022-02-24..2024-06-05"],
        ),
        (
            "За минулий тиждень на Херсонщині обстежено 71,67 га території.",
            ["area_surveyed 71.67 ha, UA-65, 2024-05-27..2024-06-02"],
        ),
        (
            "У травні сапери очистили від мін 48,5 тис. га земель на Миколаївщині.",
            ["area_cleared 48500 ha, UA-48, 2024-05-01..2024-05-31"],
        ),
        (
            "В Україні заміновано близько 174 тисяч квадратних кілометрів.",
            ["area_contaminated 174000 km2, UA, ..2024-06-05, approx"],
        ),
        (
            "Площа потенційно забруднених територій України скоротилася до 137 тис. кв. км.",
            ["area_contaminated 137000 km2, UA, ..2024-06-05"],
        ),
        (
            (
                "За тиждень обстежено: Херсонська – понад 3,7 тис. га; Миколаївська – більш як 430 га; "
                "Харківська – 280 га."
            ),
            [
                "area_surveyed 3700 ha, UA-65, 2024-05-29..2024-06-05, at_least, rolling",
                "area_surveyed 430 ha, UA-48, 2024-05-29..2024-06-05, at_least, rolling",
                "area_surveyed 280 ha, UA-63, 2024-05-29..2024-06-05, rolling",
            ],
        ),
        (
            "Сапери перевірили 52 га в Донецькій та Луганській областях.",
            ["area_surveyed 52 ha, UA-09 UA-14, ..2024-06-05"],
        ),
        (
            "Торік у Харківській області розмінували 90 га, в Сумській – 12 га.",
            [
                "area_cleared 90 ha, UA-63, 2023-01-01..2023-12-31",
                "area_cleared 12 ha, UA-59, 2023-01-01..2023-12-31",
            ],
        ),
        (
            "Вибухонебезпечних предметів у травні на Сумщині виявили та знешкодили 8 410.",
            ["items_found 8410 count, UA-59, 2024-05-01..2024-05-31"],
        ),
        (
            (
                "На Київщині вилучено 340 вибухонебезпечних предметів, із них 212 – протитанкові міни, "
                "105 – протипіхотні."
            ),
            [
                "items_found 340 count, UA-32, ..2024-06-05",
                "at_mines_found 212 count, UA-32, ..2024-06-05",
                "ap_mines_found 105 count, UA-32, ..2024-06-05",
            ],
        ),
        (
            (
                "Від початку року на мінах у Донецькій області загинули семеро цивільних, ще 21 людину "
                "поранено."
            ),
            [
                "killed 7 people, UA-14, 2024-01-01..2024-06-05",
                "injured 21 people, UA-14, 2024-01-01..2024-06-05",
            ],
        ),
        (
            "Від початку року на Харківщині на мінах підірвалися майже сто мирних мешканців.",
            ["casualties 100 people, UA-63, 2024-01-01..2024-06-05, approx"],
        ),
        (
            "Через міни торік в Україні постраждали 76 осіб.",
            ["casualties 76 people, UA, 2023-01-01..2023-12-31"],
        ),
        ("На Чернігівщині планують обстежити 470 тис. га.", []),
        ("На Житомирщині вибухонебезпечних предметів не виявлено.", []),
        ("Унаслідок ракетного удару по Кривому Рогу загинули двоє людей, поранено семеро.", []),
        (
            "До використання повернуто 3,4 тис. га полів Миколаївської області.",
            ["area_cleared 3400 ha, UA-48, ..2024-06-05"],
        ),
        (
            "Станом на 1 травня 2024 року в Україні від мін загинули 297 цивільних.",
            ["killed 297 people, UA, ..2024-05-01"],
        ),
        (
            "У 2023 році в Україні розміновано 38 км2, цього року – майже 150 км2.",
            [
                "area_cleared 38 km2, UA, 2023-01-01..2023-12-31",
                "area_cleared 150 km2, UA, 2024-01-01..2024-06-05, approx",
            ],
        ),
        (
            "Замінованими на Сумщині лишаються понад 47% території.",
            ["share_contaminated 47 percent, UA-59, ..2024-06-05, at_least"],
        ),
        (
            "За час із 16 квітня до 15 травня на Харківщині знищено 512 мін.",
            ["mines_found 512 count, UA-63, 2024-04-16..2024-05-15"],
        ),
        (
            "3 червня на Херсонщині трактор наїхав на протитанкову міну, загинув 45-річний тракторист.",
            ["2024-06-03, UA-65, 1/-, anti-tank mine"],
        ),
        (
            (
                "2 червня у Кам’янці Ізюмського району двоє чоловіків підірвалися на міні: один "
                "загинув, другий дістав поранення."
            ),
            ["2024-06-02, katottg:UA63040090080095309, 1/1, mine"],
        ),
        (
            (
                "Учора на Миколаївщині жінка наступила на міну. Її госпіталізували, врятувати жінку не "
                "вдалося."
            ),
            ["2024-06-04, UA-48, 1/-, mine"],
        ),
        (
            (
                "1 червня біля Балаклії на міні підірвався автомобіль: загинув водій, ще двоє "
                "пасажирів поранені."
            ),
            ["2024-06-01, gn:712926, 1/2, mine"],
        ),
        (
            "4 червня на Донеччині хлопчик підірвався на розтяжці та помер у лікарні.",
            ["2024-06-04, UA-14, 1/-, IED"],
        ),
    ],
)
def test_wordings_of_ukrainian_reports(reader: Reader, text: str, facts: list[str]) -> None:
    """Each wording gives its facts, and what is a plan, a denial or another cause gives none."""
    published = Source(published=dt.date(2024, 6, 5))
    reading = reader.read(Document(text=text, language="uk", source=published))
    assert [*figure_lines(reading), *incident_lines(reading)] == facts


@pytest.mark.parametrize(
    ("text", "glossed"),
    [
        ("з 3 травня до 9 червня", "from 3 month of may to 9 june"),
        ("загинули п’ятеро людей, ще двоє були поранені", "killed five people , two more wounded"),
        ("п’ятеро людей загинули 3 червня", "five people were killed 3 june"),
        ("знайдено 9 мін: 7 – протитанкові міни", "found 9 mines : 7 anti - tank mines"),
        ("Сумська область – 12", "сумська region - 12"),
        ("38 км2", "38 square kilometers"),
    ],
)
def test_order_of_glossed_words(text: str, glossed: str) -> None:
    """Verbs of harm lose their helper before their persons, and dashes before what a number counts."""
    words = Lexicon.load("uk").words(text, fold(text), 0, len(text))
    assert " ".join(w.folded for w in words) == glossed


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Херсонська – понад 3,7 тис. га", ["UA-65"]),
        ("Лідери: Харківська, Донецька та Луганська.", ["UA-63", "UA-14", "UA-09"]),
        ("У Харківській області та Донецькій", ["UA-63", "UA-14"]),
        ("| Ізюмський | 25 |\n- Куп’янський – 3 га", ["UA6304", "UA6308"]),
        ("жителі Донецька, вул. Київська, 5", ["gn:709717"]),
        ("Олена Київська сказала", []),
        ("Київська гідрометслужба", []),
        ("очільник Сумської ОВА", ["UA-59"]),
        ("на Ізюмщині та в Снігурівській громаді", ["UA6304", "gn:693379"]),
        ("у Снігурівському районі", ["UA4802"]),
        ("у Чугуївському районі – 15 га, а в Ізюмському – 30 га", ["UA6314", "UA6304"]),
        ("у Великописарівській громаді Охтирського району", ["gn:690230", "UA5904"]),
        ("голова Харківської облради", ["UA-63"]),
        ("у Херсонській обласній військовій адміністрації", ["UA-65"]),
        ("тисячі гектарів українських земель", ["UA"]),
        ("у Краматорському та Покровському районах", ["UA1412", "UA1416"]),
        ("у Кам’янці Ізюмського району", ["katottg:UA63040090080095309", "UA6304"]),
    ],
)
def test_names_in_ukrainian_texts(reader: Reader, text: str, places: list[str]) -> None:
    """Adjectives of units stand for them alone; streets, surnames and the genitive of a town do not."""
    gazetteer: Gazetteer = reader.gazetteer
    assert [m.place.id for m in gazetteer.mentions(text, language="uk")] == places
