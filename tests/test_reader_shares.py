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
        "Two men, one 45, the other 48, were killed by a mine near Izium on 3 June.",
        ["2024-06-03, gn:707292, 2/-, mine"],
        id="ages behind one and the other",
    ),
    pytest.param(
        "At around six, on 3 June, a mine wounded a soldier near Izium.",
        ["2024-06-03, gn:707292, -/1, mine"],
        id="a time of day in words counts nobody",
    ),
    pytest.param(
        "On 3 June a car with a family of four hit a mine near Izium; all of them are in hospital.",
        ["2024-06-03, gn:707292, -/4, mine"],
        id="as many as a family has",
    ),
    pytest.param(
        "Three women were picking berries near Izium. On 3 June a mine exploded there, and all three came to "
        "hospital with wounds.",
        ["2024-06-03, gn:707292, -/3, mine"],
        id="all three",
    ),
    pytest.param(
        "On 3 June a mine in Izium raion tore off the foot of a shepherd.",
        ["2024-06-03, UA6304, -/1, mine"],
        id="whose foot it was stands behind it",
    ),
    pytest.param(
        "On 3 June in Donetsk a pensioner was hurt by a petal mine; her foot could not be saved.",
        ["2024-06-03, gn:709717, -/1, anti-personnel mine"],
        id="a foot that could not be saved is no death",
    ),
    pytest.param(
        "On 3 June a tractor driver died near Izium. The cause was a mine.",
        ["2024-06-03, gn:707292, 1/-, mine"],
        id="the cause in the next sentence",
    ),
    pytest.param(
        "On 3 June a fire engine on its way to a fire hit a mine near Izium. The driver was wounded.",
        ["2024-06-03, gn:707292, -/1, mine"],
        id="a fire that is put out harms nobody",
    ),
    pytest.param(
        "A bus with a film crew set off a mine near Izium on 3 June, and a cameraman was wounded.",
        ["2024-06-03, gn:707292, -/1, mine"],
        id="a film crew plays nothing",
    ),
    pytest.param(
        "On 3 June a soldier trod on a mine in Aghdam and is in the Baku military hospital without a leg.",
        ["2024-06-03, AZ-AGM, -/1, mine"],
        id="a military hospital is nobody",
    ),
    pytest.param(
        "On 3 June a man of 50 found something in Izium, took it home and began to take it apart, and it "
        "detonated. Surgeons had to amputate his hand.",
        ["2024-06-03, gn:707292, -/1, unknown"],
        id="what explodes while it is taken apart is ordnance",
    ),
    pytest.param(
        "On 3 June a mine wounded four builders in Aghdam. Three soldiers ran to help, and one of them "
        "stepped on another. He was killed.",
        ["2024-06-03, AZ-AGM, -/4, mine", "2024-06-03, AZ-AGM, 1/-, unknown"],
        id="another mine hits those who help",
    ),
    pytest.param(
        "On 3 June a woman who was gathering wood near Izium tripped a wire and was wounded in both legs.",
        ["2024-06-03, gn:707292, -/1, unknown"],
        id="a wire that is tripped",
    ),
    pytest.param(
        "On 3 June a tractor driver was wounded near Izium. It was a Russian mine, the police say.",
        ["2024-06-03, gn:707292, -/1, mine"],
        id="it was a mine",
    ),
    pytest.param(
        "On 3 June near Izium a man trod on a mine not far from the highway to Balakliia and died.",
        ["2024-06-03, gn:707292, 1/-, mine"],
        id="where a road leads to is no site",
    ),
    pytest.param(
        "On 3 June a mine exploded near Izium. Both scouts had gone off the path; both are wounded.",
        ["2024-06-03, gn:707292, -/2, mine"],
        id="who goes off does not explode",
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
