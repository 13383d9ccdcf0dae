"""Blasts told apart from their cause, their victims or each other; each is read on Thursday, 16 May 2024."""

from __future__ import annotations

import datetime as dt

import pytest
from readings import incident_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

READ_ON = dt.date(2024, 5, 16)
HARM = "On 12 May two anglers lost their lives near Izium."
CAUSES = {
    "A mine, the rescuers say.": "mine",
    "It turned out to be an old shell.": "UXO",
    "What killed them was a mine.": "mine",
    "Police speak of a tripwire.": "IED",
    "They had found a grenade.": "UXO",
    "There was an anti-tank mine in the reeds.": "anti-tank mine",
    "It was not a mine.": None,
    "Police have ruled out a mine.": None,
    "A mine was found on the far shore.": None,
    "A mine action conference opens in Kyiv on Monday.": None,
}
TOLD = {
    "On 12 May an angler near Izium lost a hand to something that lay in the reeds.": (
        "2024-05-12, gn:707292, -/1, unknown",
    ),
    "On 12 May Ivan Ilkiv was laying pipes near Izium when the ground went up beneath him. He was killed.": (
        "2024-05-12, gn:707292, 1/-, unknown",
    ),
    "On 12 May a farm building near Izium flew into the air. Its owner did not survive. An old shell is the "
    "first version.": ("2024-05-12, gn:707292, 1/-, UXO",),
    "On 12 May a car with two villagers hit a mine near Izium. Neither survived.": (
        "2024-05-12, gn:707292, 2/-, mine",
    ),
    "On 12 May near Izium two mines went off under a combine, one after the other. Its driver was injured.": (
        "2024-05-12, gn:707292, -/1, mine",
    ),
    "On 12 May a father and son who were driving cattle near Izium were injured by a mine.": (
        "2024-05-12, gn:707292, -/2, mine",
    ),
    "On 6 May a mine injured a man near Izium. In the same week a shepherd was hurt in Balakliia.": (
        "2024-05-06, gn:707292, -/1, mine",
        "2024-05-06, gn:712926, -/1, unknown",
    ),
    "On 12 May children found a shell near Izium and threw it into a fire. Two of them were killed; a girl "
    "lost an eye.": ("2024-05-12, gn:707292, 2/1, UXO",),
    "Near Izium six children had got hold of a shell and lit a fire round it. All six are in hospital. It "
    "happened on 12 May.": ("2024-05-12, gn:707292, -/6, UXO",),
    "On 6 May a mine injured a man near Izium. The man was taken, gravely injured, to Balakliia.": (
        "2024-05-06, gn:707292, -/1, mine",
    ),
}


@pytest.mark.parametrize(("cause", "device"), CAUSES.items())
def test_what_the_next_sentence_names_did_the_harm(reader: Reader, cause: str, device: str | None) -> None:
    """A single device named right after harm did it, unless it is denied, or was found and is no cause."""
    expected = [] if device is None else [f"2024-05-12, gn:707292, 2/-, {device}"]
    assert incident_lines(reader.read(report(f"{HARM} {cause}", READ_ON))) == expected


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_a_blast_told_freely_is_read(reader: Reader, text: str, expected: tuple[str, ...]) -> None:
    """A blast is read where its device is only described, or where another follows it in other words."""
    assert incident_lines(reader.read(report(text, READ_ON))) == list(expected)
