"""Several incidents told together, and taken apart later; each is read on Wednesday, 5 June 2024."""

from __future__ import annotations

import pytest
from readings import incident_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

TOLD = [
    pytest.param(
        "Two anglers were blown up by mines in Kharkiv oblast on 3 June. The first case was in Izium raion, "
        "the second in Chuhuiv raion.",
        ["2024-06-03, UA6304, -/-, mine", "2024-06-03, UA6314, -/-, mine"],
        id="two cases in one sentence",
    ),
    pytest.param(
        "On 3 June two men were killed by mines in Kharkiv oblast. One was fishing near Izium. The other was "
        "herding cows near Balakliia.",
        ["2024-06-03, gn:707292, 1/-, mine", "2024-06-03, gn:712926, 1/-, mine"],
        id="one and the other in sentences of their own",
    ),
    pytest.param(
        "On 3 June a mine wounded two men near Izium. One is in hospital in Kharkiv, the other in Dnipro.",
        ["2024-06-03, gn:707292, -/2, mine"],
        id="hospitals share nothing out",
    ),
    pytest.param(
        "A lorry struck a mine near Izium on 3 June, and its driver was wounded. The two cases before it "
        "were near Balakliia, where drivers of 41 and 29 were injured.",
        [
            "2024-06-03, gn:707292, -/1, mine",
            "None, gn:712926, -/1, mine",
            "None, gn:712926, -/1, mine",
        ],
        id="as many cases before as victims",
    ),
    pytest.param(
        "On 3 June a mine killed a man in Izium, and another in Balakliia lost a leg to one.",
        ["2024-06-03, gn:707292, 1/-, mine", "2024-06-03, gn:712926, -/1, mine"],
        id="another in a place of its own is in no list with the place before",
    ),
    pytest.param(
        "On 3 June three boys aged eight, nine and eleven were injured by a grenade in Sumy oblast.",
        ["2024-06-03, UA-59, -/3, UXO"],
        id="ages in words count nobody",
    ),
    pytest.param(
        "On 3 June a shepherd came upon an enemy mine in Izium raion and was killed at once.",
        ["2024-06-03, UA6304, 1/-, mine"],
        id="who came upon a mine and came to harm",
    ),
    pytest.param(
        "On 3 June a woman came upon a piece of ammunition in Izium raion. She is in hospital with burns.",
        ["2024-06-03, UA6304, -/1, UXO"],
        id="what became of who came upon ordnance",
    ),
    pytest.param(
        "On 3 June a shepherd came upon an enemy mine in Izium raion and called the police, who blew it up.",
        [],
        id="a mine that was only come upon",
    ),
]


@pytest.mark.parametrize(("text", "incidents"), TOLD)
def test_incidents_are_told_apart(reader: Reader, text: str, incidents: list[str]) -> None:
    """Each explosion is an incident of its own, with its own victims."""
    assert incident_lines(reader.read(report(text))) == incidents
