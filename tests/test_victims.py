"""Victims of one blast: who was killed, who injured, in whatever order and words it is told."""

from __future__ import annotations

import pytest
from readings import report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

PLACE = "in Fuzuli district on 3 June 2024"


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        (f"A mine took the life of one shepherd and left another injured {PLACE}.", 1, 1),
        (f"A mine blast {PLACE} left two soldiers dead and one more with severe wounds.", 2, 1),
        (f"A mine {PLACE} killed two, Anar Aliyev, 31, and Samir Guliyev, who was 17.", 2, 0),
        (f"Five people died in a mine blast {PLACE}, among them two engineers.", 5, 0),
        (f"A mine went off {PLACE}, killing a boy of 11 and wounding his sister, who is 9.", 1, 1),
        (f"Three men hit a mine {PLACE}. One of them died, and the other two were wounded.", 1, 2),
        (f"A beekeeper aged 58 stepped on a mine {PLACE}. His foot had to be taken off.", 0, 1),
        (f"A farmer, 44, a resident of Barda, hit a mine {PLACE} and was taken to a clinic.", 0, 1),
        (f"A tractor ran on to a mine {PLACE}: the driver got away without a scratch.", 0, 0),
        (f"Two brothers set off a mine {PLACE}. Anar Aliyev, 30, did not survive.", 1, 0),
        (f"Nine surveyors hit a mine {PLACE}. One lost a leg, the others were taken to hospital.", 0, 9),
        (f"Six people were hurt by a mine {PLACE}, one of whom later died.", 1, 5),
        (f"A man was blown up by a mine {PLACE}. He was brought to a hospital in Barda.", 0, 1),
        (f"Killed were a 30-year-old welder and a local woman who hit a mine {PLACE}.", 2, 0),
        (f"A mine blew up {PLACE}. It tore off three fingers of a shepherd's right hand.", 0, 1),
        (f"A mine destroyed a loader and a tractor {PLACE}; both drivers were hurt.", 0, 2),
        (f"Another farmer died after treading on a mine {PLACE}, his family says.", 1, 0),
        (f"Both workers in a jeep that drove over a mine {PLACE} died at the scene.", 2, 0),
        (f'A mine killed a man {PLACE}, said Anar Aliyev, who speaks for the "agency".', 1, 0),
        (f"{PLACE.capitalize()} a mine went off and killed four people, said Kyiv police.", 4, 0),
    ],
)
def test_victims_of_a_blast_are_counted_once(reader: Reader, text: str, killed: int, injured: int) -> None:
    """Each person counts once, with the gravest fate that is told of them."""
    incidents = reader.read(report(text)).incidents
    assert [(killed, injured)] == [(i.killed or 0, i.injured or 0) for i in incidents]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            (
                "On 3 June 2024 a shepherd was killed in Fuzuli district and a farmer was wounded in Lachin "
                "district when mines exploded."
            ),
            [("AZ-FUZ", 1, 0), ("AZ-LAC", 0, 1)],
        ),
        (
            (
                "A sapper was injured by a mine in Fuzuli district on 3 June 2024. Half an hour later a "
                "second mine went off there; two rescuers died."
            ),
            [("AZ-FUZ", 0, 1), ("AZ-FUZ", 2, 0)],
        ),
        (
            (
                "Two men died on 3 June 2024 when their car hit a mine. It happened in Fuzuli district. The "
                "explosion also wounded a child."
            ),
            [("AZ-FUZ", 2, 1)],
        ),
    ],
)
def test_incidents_told_together_are_told_apart(
    reader: Reader, text: str, told: list[tuple[str, int, int]]
) -> None:
    """Places, days and "a second mine" part incidents; a blast told again is the same one."""
    incidents = reader.read(report(text)).incidents
    assert told == [(i.places[0].id, i.killed or 0, i.injured or 0) for i in incidents]


@pytest.mark.parametrize(
    "text",
    [
        f"A man threw a grenade in a quarrel {PLACE}, and two people were injured.",
        f"A gas cylinder exploded in a flat {PLACE}, killing a couple.",
        f"Four soldiers were injured in an explosion at a munitions depot {PLACE}.",
        f"A shell was found {PLACE}, and sappers destroyed it; nobody was hurt.",
        f"Sappers will blow up a mine {PLACE}, and residents may hear the blast.",
    ],
)
def test_harm_by_something_else_is_no_incident(reader: Reader, text: str) -> None:
    """Quarrels, gas, depots and disposal harm nobody by a mine."""
    assert reader.read(report(text)).incidents == ()


def test_incidents_in_the_same_words_have_ids_of_their_own(reader: Reader) -> None:
    """One sentence may tell two explosions: each is reviewed by an id of its own."""
    text = (
        "Mines were cleared in Aghdam and a mine exploded on 3 May near Izium, killing a man in Aghdam and "
        "a man in Izium."
    )
    incidents = reader.read(report(text)).incidents
    assert len({i.id for i in incidents}) == len(incidents) > 1
