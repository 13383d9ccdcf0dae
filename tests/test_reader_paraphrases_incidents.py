"""Incidents in other words: frames of a grid of paraphrases; each is read on Thursday, 16 May 2024."""

from __future__ import annotations

import datetime as dt

import pytest
from readings import incident_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

READ_ON = dt.date(2024, 5, 16)
TOLD = {
    "On May 14 a vehicle hit an anti-tank mine in Jabrayil district, killing a serviceman.": (
        "2024-05-14, AZ-CAB, 1/-, anti-tank mine",
    ),
    "The lives of two men were cut short yesterday by a mine in Fuzuli district.": (
        "2024-05-15, AZ-FUZ, 2/-, mine",
    ),
    "A landmine cost a shepherd from Barda his life in Aghdam district on Tuesday.": (
        "2024-05-14, AZ-AGM, 1/-, mine",
    ),
    "Killed: a driver. Wounded: two workers. Such is the outcome of the blast of a mine in Lachin district "
    "on 12 May.": ("2024-05-12, AZ-LAC, 1/2, mine",),
    "On 12 May a car with five people in it struck a mine in Kherson oblast. Two were killed and the "
    "rest were wounded.": ("2024-05-12, UA-65, 2/3, mine",),
    "On 12 May a mine in Sumy oblast injured two women. One of them died on the way to hospital.": (
        "2024-05-12, UA-59, 1/1, mine",
    ),
    "On 12 May a tractor drove onto a mine in Sumy oblast. Two men survived, but with burns.": (
        "2024-05-12, UA-59, -/2, mine",
    ),
    "On 12 May a mine was set off by two boys in Mykolaiv oblast; doctors are fighting for their lives.": (
        "2024-05-12, UA-48, -/2, mine",
    ),
    "In Kalbajar district a farmer was blown up on a mine. It happened in April 2023.": (
        "2023-04, AZ-KAL, -/-, mine",
    ),
    "An explosion was heard in Zangilan district on 12 May. Two men had tried to dismantle a landmine. They "
    "died from their wounds.": ("2024-05-12, AZ-ZAN, 2/-, mine",),
    "On 12 May three boys in Izium raion touched an explosive object. The device worked. They got shrapnel "
    "wounds.": ("2024-05-12, UA6304, -/3, unknown",),
    "Mine blast in Fuzuli district: what is known\n\nOn 12 May a farmer suffered wounds there.": (
        "2024-05-12, AZ-FUZ, -/1, unknown",
    ),
    "A mine has killed a man in Horadiz, a town of Fuzuli district. The prosecutors say that on 12 May he "
    "entered an uncleared area and triggered the device.": ("2024-05-12, gn:148003, 1/-, mine",),
    "On 12 May a mine went off in Kolatag, a small village of Khojaly district, and left a native of Barda "
    "dead and a man registered in Poltava injured.": ("2024-05-12, AZ-XCI/kolatag, 1/1, mine",),
    "An explosion was registered in the village of Qarvand, Aghdam district, on 12 May: a man had become the "
    "victim of a mine and died.": ("2024-05-12, AZ-AGM/qarvand, 1/-, mine",),
    "A landmine has gone off in Chernihiv oblast. One man died and one more was injured.": (
        "2024-05-16, UA-74, 1/1, mine",
    ),
    "On 12 May two sisters lost their lives to a landmine in Fuzuli district, two more are being treated.": (
        "2024-05-12, AZ-FUZ, 2/2, mine",
    ),
    "On 12 May two mine blasts occurred: in Fuzuli district two men were injured, while in Lachin district "
    "an engineer was killed.": ("2024-05-12, AZ-FUZ, -/2, mine", "2024-05-12, AZ-LAC, 1/-, mine"),
    "A film about two farmers blown up by a mine was shown in Fuzuli district on 12 May.": (),
    "An exercise took place in Sumy oblast on 12 May: by its scenario, a mine exploded and two men were "
    "injured.": (),
    "A soldier was killed by Armenian forces in Kalbajar district on 12 May. A mine was found there.": (),
    "On 12 May deminers found a mine in Izium raion and destroyed it in a controlled explosion.": (),
    "On 12 May two men working to clear mines in Izium raion came under artillery fire and were killed.": (),
    "If a farmer steps on a mine in Fuzuli district, he may die.": (),
}


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_an_incident_is_read_in_other_words(reader: Reader, text: str, expected: tuple[str, ...]) -> None:
    """Whatever the order of words, an incident has its day, its site, its toll and its device."""
    assert list(expected) == incident_lines(reader.read(report(text, READ_ON)))
