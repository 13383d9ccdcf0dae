"""Wordings of Ukrainian reports: ordnance blown up, ways, ages, what mines did of a whole."""

from __future__ import annotations

import pytest
from readings import figure_lines, incident_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "In Sumy region sappers blew up 300 shells.",
            ["uxo_found 300 count, UA-59, ..2024-06-05"],
        ),
        (
            "In Sumy region 120 shells were blown up by sappers.",
            ["uxo_found 120 count, UA-59, ..2024-06-05"],
        ),
        (
            "In Kherson region a car blew up on two anti-tank mines and its driver was killed.",
            ["2024-06-05, UA-65, 1/-, anti-tank mine"],
        ),
        (
            "In Donetsk region explosives blew up a 48-year-old driver. Wounds were diagnosed.",
            ["2024-06-05, UA-14, -/1, unknown"],
        ),
        (
            "In 2023 there were 20 civilian casualties in Donetsk region, of which landmines caused 12.",
            ["casualties 12 people, UA-14, 2023-01-01..2023-12-31"],
        ),
        (
            "A woman was going from Donetsk to Horlivka. She got out. A mine went off and she was killed.",
            ["None, gn:707753, 1/-, mine"],
        ),
        (
            "A mine killed four in Donetsk region. It happened 600 metres from the Mariinka checkpoint.",
            ["2024-06-05, gn:701845, 4/-, mine"],
        ),
        (
            "In Kharkiv region, in the north-east of Ukraine, 40 hectares have been cleared.",
            ["area_cleared 40 ha, UA-63, ..2024-06-05"],
        ),
        (
            "A mine wounded a man of 48 in Izium today. A woman of 62 trod on a mine in Izium earlier.",
            ["2024-06-05, gn:707292, -/1, mine", "2024-06-05, gn:707292, -/-, mine"],
        ),
        (
            "A man of Izium in Kharkiv region took a shell home, and it exploded in his yard and killed him.",
            ["2024-06-05, gn:707292, 1/-, UXO"],
        ),
        (
            """\
A man was wounded by a mine in Mykolaiv region today. It happened in Myrne, Mykolaiv district.
Recall that a truck hit a mine in Mykolaiv region and two people died.""",
            ["2024-06-05, gn:9869377, -/1, mine", "None, UA-48, 2/-, mine"],
        ),
        (
            "In Ukraine mined districts make up 7,000 km², and twice as much in occupied parts of it.",
            ["area_contaminated 7000 km2, UA, ..2024-06-05"],
        ),
        (
            "In Sumy region a car hit a mine. The mother died. Injuries were suffered by two girls.",
            ["2024-06-05, UA-59, 1/2, mine"],
        ),
        (
            "In Sumy region a mine blew up a car. The parents died. Their sons, aged 26 and 13, were hurt.",
            ["2024-06-05, UA-59, 2/2, mine"],
        ),
        (
            "It is known: of 900 hectares of fields in Sumy region 120 hectares have to be cleared.",
            ["area_contaminated 120 ha, UA-59, ..2024-06-05"],
        ),
        (
            "Of 568 hectares in Sumy region that a project intends to clear, 500 hectares were cleared.",
            ["area_cleared 500 ha, UA-59, ..2024-06-05"],
        ),
        (
            "In Sumy region 40 hectares of fields of the 90 hectares in the plan have been surveyed.",
            ["area_surveyed 40 ha, UA-59, ..2024-06-05"],
        ),
        (
            "Mines affect, as the ministry estimates, 900 hectares of land in Sumy region.",
            ["area_contaminated 900 ha, UA-59, ..2024-06-05"],
        ),
        (
            "Land to be cleared in Ukraine shrank to 156 km² by February 2024 from 174 km² in 2023.",
            [
                "area_contaminated 156 km2, UA, ..2024-02-01",
                "area_contaminated 174 km2, UA, ..2023-12-31",
            ],
        ),
        (
            "In the last month and a half 126 people were injured by mines in Ukraine.",
            ["injured 126 people, UA, 2024-04-21..2024-06-05, rolling"],
        ),
        (
            "In Sumy region 90 hectares can go back to farming. The year saw many teams grow.",
            ["area_cleared 90 ha, UA-59, ..2024-06-05"],
        ),
        (
            "Every day a child dies of a mine in Sumy region.",
            [],
        ),
        (
            "Mines have killed over 40 people in Ukraine. In 2023 it was 12 killed, said U.S. officials.",
            ["killed 40 people, UA, ..2024-06-05, at_least", "killed 12 people, UA, 2023-01-01..2023-12-31"],
        ),
        (
            "In Ukraine an area larger than the state of Georgia, 60,000 km², is uninhabitable due to mines.",
            ["area_contaminated 60000 km2, UA, ..2024-06-05"],
        ),
        (
            "In 2022 Ukraine had half of the 219 mine casualties recorded worldwide.",
            [],
        ),
        (
            "Sappers cleared 30 hectares in the Donetsk and Luhansk People's Republics.",
            ["area_cleared 30 ha, UA-09 UA-14, ..2024-06-05"],
        ),
        (
            """\
Land in Sumy region is mined.

Ukraine had bought 5 machines by 2022.

Victims

In 2021 mines killed 40 people.""",
            ["killed 40 people, UA, 2021-01-01..2021-12-31"],
        ),
    ],
)
def test_ukrainian_wordings_are_read_as_told(reader: Reader, text: str, facts: list[str]) -> None:
    """A reader of Ukrainian news finds the facts, and no more."""
    reading = reader.read(report(text))
    assert [*figure_lines(reading), *incident_lines(reading)] == facts
