"""Whole reports in Russian, as news agencies tell them: invented ones, and the facts they give."""

# ruff: noqa: RUF001 Russian letters

from __future__ import annotations

import pytest
from readings import PUBLISHED, figure_lines, incident_lines

from geotrack.extraction import Reader
from geotrack.models import Document, Reading, Source

pytest_plugins = ("readers",)


def _read(reader: Reader, text: str) -> Reading:
    return reader.read(Document(text=text, language="ru", source=Source(published=PUBLISHED)))


@pytest.mark.parametrize(
    ("text", "incidents"),
    [
        pytest.param(
            (
                "Анар Велиев, подорвавшийся сегодня на мине в Физулинском районе, скончался.\n\n"
                "39-летний гражданин Азербайджана Анар Велиев зашел на неразминированное поле и подорвался, "
                "потеряв обе ноги."
            ),
            ["2024-06-05, AZ-FUZ, 1/-, mine"],
            id="one of two fates is told twice",
        ),
        pytest.param(
            (
                "В поле под Физули на мине подорвался 41-летний Асиф Кулиев. Мужчина потерял ногу.\n\n"
                "Как сообщил глава пресс-службы агентства Рамиз Ахмедов, вчера в селе Ахмедагалы Агдамского "
                "района при подрыве на мине Эльдар Совет оглу Мамедов и Сабир Гасанов получили травмы. "
                "Э.Мамедов скончался от ран."
            ),
            ["2024-06-05, AZ-FUZ, -/1, mine", "2024-06-04, AZ-AGM/ahmadagali, 1/1, mine"],
            id="who says it came to no harm",
        ),
        pytest.param(
            (
                "29 апреля рабочий Парвин Исмаилов получил тяжелые ранения при взрыве мины в Лачинском "
                "районе Азербайджана. В ночь на 3 мая он скончался в больнице."
            ),
            ["2024-04-29, AZ-LAC, 1/-, mine"],
            id="somebody dies days later",
        ),
        pytest.param(
            "Араз Гулиев во время выпаса скота получил ранения при взрыве мины в Тертерском районе.",
            ["2024-06-05, AZ-TAR, -/1, mine"],
            id="cattle that somebody grazed",
        ),
        pytest.param(
            (
                "Семь подростков подорвались на мине на Харьковщине.\n\n"
                "В результате взрыва все дети получили осколочные ранения. Пятерых из них "
                "госпитализировали."
            ),
            ["2024-06-05, UA-63, -/7, mine"],
            id="all of those in the blast",
        ),
        pytest.param(
            (
                "Пастух получил ранения при взрыве мины в Азербайджане.\n\n"
                "Сегодня в селе Ахмедагалы Агдамского района взорвалась мина, пострадал местный житель, "
                "который пас там овец."
            ),
            ["2024-06-05, AZ-AGM/ahmadagali, -/1, mine"],
            id="a lead tells what happened today",
        ),
        pytest.param(
            (
                "Военнослужащие Алиев Пунхан Шабан оглу и Мамедов Бахтияр Ильгар оглу получили ранения при "
                "подрыве на мине близ села Суговушан Тертерского района.\n\n"
                "Как писала газета, 3 марта в селе Ахмедагалы Агдамского района на мину наехал автомобиль "
                "чиновника. Он получил тяжелые ранения.\n\n"
                "Алиев Пунхан Шабан оглу и Мамедов Бахтияр Ильгар оглу получили ранения при подрыве "
                "противопехотной мины."
            ),
            [
                "2024-06-05, AZ-TAR/sugovushan, -/2, anti-personnel mine",
                "2024-03-03, AZ-AGM/ahmadagali, -/1, mine",
            ],
            id="what was reported months ago is another blast",
        ),
    ],
)
def test_incidents_are_read_as_told(reader: Reader, text: str, incidents: list[str]) -> None:
    """Nobody is counted twice, whoever tells of them, and wherever they stand in the sentence."""
    assert incident_lines(_read(reader, text)) == incidents


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param(
            (
                "За 4 июня в Украине спасателям удалось:\n\n"
                "• обнаружить, изъять и обезвредить 976 взрывоопасных предметов,\n"
                "• обследовать территорию площадью 52,8 га."
            ),
            [
                "items_found 976 count, UA, 2024-06-04..2024-06-04",
                "area_surveyed 52.8 ha, UA, 2024-06-04..2024-06-04",
            ],
            id="deeds below what was managed",
        ),
        pytest.param(
            (
                "Если в 2022 году в Украине было разминировано 38 км² территорий, то в 2023 году уже "
                "разминировали 150 км²."
            ),
            [
                "area_cleared 38 km2, UA, 2022-01-01..2022-12-31",
                "area_cleared 150 km2, UA, 2023-01-01..2023-12-31",
            ],
            id="a year compared by if",
        ),
        pytest.param(
            (
                "С 1 по 3 июня в Тертерском и Агдамском районах обезвредили 96 мин.\n\n"
                "С 10 ноября 2020 года по 3 июня этого года в ходе операций на территориях районов "
                "обезврежено 8509 мин."
            ),
            [
                "mines_found 96 count, AZ-AGM AZ-TAR, 2024-06-01..2024-06-03",
                "mines_found 8509 count, AZ-AGM AZ-TAR, 2020-11-10..2024-06-03",
            ],
            id="the districts named before",
        ),
        pytest.param(
            "На Херсонщине 4 июня нашли 3 мины. Того же дня саперы обезвредили 5 мин.",
            [
                "mines_found 3 count, UA-65, 2024-06-04..2024-06-04",
                "mines_found 5 count, UA-65, 2024-06-04..2024-06-04",
            ],
            id="that day is no Togo",
        ),
        pytest.param(
            (
                "В феврале в Азербайджане от мин пострадали 18 человек. Погибли двое военнослужащих и пять "
                "мирных жителей, четверо мирных жителей и семь военнослужащих получили ранения."
            ),
            [
                "casualties 18 people, AZ, 2024-02-01..2024-02-29",
                "killed 2 people, AZ, 2024-02-01..2024-02-29",
                "killed 5 people, AZ, 2024-02-01..2024-02-29",
                "injured 4 people, AZ, 2024-02-01..2024-02-29",
                "injured 7 people, AZ, 2024-02-01..2024-02-29",
            ],
            id="two lists of people and their verbs",
        ),
        pytest.param(
            (
                "В 2022 году от мин в Азербайджане 70 человек погибли и 312 получили ранения. Среди погибших "
                "55 гражданских и 15 военных, среди раненых - 143 гражданских и 169 военных."
            ),
            [
                "killed 70 people, AZ, 2022-01-01..2022-12-31",
                "injured 312 people, AZ, 2022-01-01..2022-12-31",
                "killed 55 people, AZ, 2022-01-01..2022-12-31",
                "killed 15 people, AZ, 2022-01-01..2022-12-31, subset",
                "injured 143 people, AZ, 2022-01-01..2022-12-31",
                "injured 169 people, AZ, 2022-01-01..2022-12-31, subset",
            ],
            id="the dead and the wounded split up behind a dash",
        ),
        pytest.param(
            "На Херсонщине с 2022 года очистили 657 га, в том числе 30 социально значимых объектов.",
            ["area_cleared 657 ha, UA-65, 2022-01-01..2024-06-05"],
            id="social objects are no ordnance",
        ),
        pytest.param(
            "В Изюмском районе в мае очистили 8 с половиной тысяч гектаров. Нашли одну ракету и 3 мины.",
            [
                "area_cleared 8500 ha, UA6304, 2024-05-01..2024-05-31",
                "uxo_found 1 count, UA6304, 2024-05-01..2024-05-31",
                "mines_found 3 count, UA6304, 2024-05-01..2024-05-31",
            ],
            id="a number and a half; a rocket",
        ),
    ],
)
def test_figures_are_read_as_told(reader: Reader, text: str, figures: list[str]) -> None:
    """Lists of deeds and of people keep their verbs."""
    assert figure_lines(_read(reader, text)) == figures
