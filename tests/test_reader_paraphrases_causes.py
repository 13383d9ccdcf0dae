"""Harm told before its cause: what the next sentence names did it; each is read on Thursday, 16 May 2024."""

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


@pytest.mark.parametrize(("cause", "device"), CAUSES.items())
def test_what_the_next_sentence_names_did_the_harm(reader: Reader, cause: str, device: str | None) -> None:
    """A single device named right after harm did it, unless it is denied, or was found and is no cause."""
    expected = [] if device is None else [f"2024-05-12, gn:707292, 2/-, {device}"]
    assert incident_lines(reader.read(report(f"{HARM} {cause}", READ_ON))) == expected
