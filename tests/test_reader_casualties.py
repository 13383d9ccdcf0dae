"""Totals of casualties in many wordings, and near misses that are none; every report here is invented."""

from __future__ import annotations

import pytest
from readings import report

from geotrack.extraction import Reader

PEOPLE = {"killed", "injured", "casualties"}
pytest_plugins = ("readers",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The shepherd became the 377th victim of mines in Azerbaijan since the war.", "casualties 377"),
        ("The ICRC has 747 cases of landmine victims on its register in Ukraine.", "casualties 747"),
        (
            "Mine victims in Ukraine by year:\n2008: 16 (1 killed, 15 injured)\n2007: 33",
            "casualties 16, killed 1, injured 15, casualties 33",
        ),
        (
            "In 2023, 446 mine victims (45 dead and 401 people hurt) were recorded in Kharkiv region.",
            "casualties 446, killed 45, injured 401",
        ),
        ("Mine casualties in Ukraine in 2023 - 765, of which killed - 36.", "casualties 765, killed 36"),
        ("In 2023 the number of men killed by mines and shells in Ukraine stood at 68.", "killed 68"),
        ("Killed by mines and ERW in Ukraine in 2023: 64", "killed 64"),
        ("For 2023 from explosions of mines in Ukraine 90 people were lost.", "killed 90"),
        ("In 2023, 75 villagers ran into explosive devices in Donetsk region.", "casualties 75"),
        (
            "In Ukraine, mines killed 7 people in January, 19 in February and 24 in March.",
            "killed 7, killed 19, killed 24",
        ),
        ("Mines kill 219, wound 541 in Ukraine last year", "killed 219, injured 541"),
        (
            "In 2016, mines hurt 40 men in Ukraine. There were 13 children in 2015 and 26 children in 2014.",
            "injured 40, injured 13, injured 26",
        ),
        (
            "24 casualties were recorded in Ukraine: 5 killed, 19 injured. Mines hurt 13 of them.",
            "injured 13",
        ),
        (
            "Of the 1,818 civilians killed in Ukraine, 103 died because of mines and the rest in fire.",
            "killed 103",
        ),
        ("The war has cost 2,700 lives in Ukraine. Mines killed 71 people in 2023.", "killed 71"),
        ("Soldiers killed 167 enemy fighters in Kherson region in 2023. Sappers destroyed 30 mines.", ""),
        (
            "Mines in Ukraine\n\nIn 2008 the total was 16 (injured 15, killed 1)",
            "casualties 16, injured 15, killed 1",
        ),
        ("In 2023, mines killed 162 people in Ukraine, 34 more than in 2022.", "killed 162"),
        (
            "In 2023, mine casualties were recorded in Kharkiv region (128) and Kherson region (53).",
            "casualties 128, casualties 53",
        ),
        (
            "Mine victims in Ukraine in 2023:\n\n- Kharkiv region - 136;\n- Kherson region - 56;",
            "casualties 136, casualties 56",
        ),
        ("In 2023 in Ukraine from mines died 93 people, suffered 186.", "killed 93, injured 186"),
        (
            "In 2022, 23 people fell victim to mines in Azerbaijan. 3 servicemen were killed and 20 hurt.",
            "casualties 23, killed 3, injured 20",
        ),
        (
            "In 2023, 69 people (civilian: 53; military: 16) were killed by mines in Azerbaijan.",
            "killed 69, killed 53, killed 16",
        ),
        (
            "The victims of mines in Ukraine in 2023 are farmers - 235, drivers - 88.",
            "casualties 235, casualties 88",
        ),
        ("Mines caused 43 per cent of the 967 civilian casualties in Donbas in 2018.", ""),
        ("In 2023, no one was killed and 7 people were injured by mines in Fuzuli district.", "injured 7"),
        ("Since 2022 Ukraine has lost 38 sappers; another 151 were hurt by mines.", "killed 38, injured 151"),
        (
            "In May OHCHR told of 11 casualties in Ukraine, nine of them related to mines.",
            "casualties 9",
        ),
        (
            "In May 2023 Ukraine had 40 casualties, of which 12 (3 killed, 9 injured) resulted from mines.",
            "casualties 12, killed 3, injured 9",
        ),
        (
            "Since 2020 mines in Azerbaijan have killed 62 (civilian: 49; military: 13) and injured 253.",
            "killed 62, killed 49, killed 13, injured 253",
        ),
        (
            "In 2024 mines in Sumy killed 11, among them 1 child; another 33, two of them boys, were hurt.",
            "killed 11, killed 1, injured 33, injured 2",
        ),
        ("226 people in Kherson region were told how mines kill.", ""),
        ("Two brothers, 22 and 44, died when their tractor hit a mine in Izium on 7 May.", ""),
        ("In Ukraine 552 doctors treat the wounded. Mines maim people every day.", ""),
        ("During the occupation of Bucha 706 people were killed. The town is full of mines.", ""),
        ("In 2023, 284 animals lost their lives on mines in Ukraine.", ""),
    ],
)
def test_a_total_is_read_in_any_wording(reader: Reader, text: str, told: str) -> None:
    """What is a total of people is read with its measure, and nothing else is."""
    figures = [f for f in reader.read(report(text)).figures if f.measure in PEOPLE]
    assert ", ".join(f"{f.measure} {f.value:.0f}" for f in figures) == told
