"""Hitting ordnance, in Ukrainian, Russian and Azerbaijani: each verb with each device, in either order."""

# ruff: noqa: RUF001 Cyrillic letters

from __future__ import annotations

import datetime as dt

import pytest
from readings import incident_lines

from geotrack.extraction import Reader
from geotrack.models import Document, Source

pytest_plugins = ("readers",)

DAY = dt.date(2024, 6, 5)


@pytest.mark.parametrize(
    ("language", "text", "incidents"),
    [
        ("uk", "3 червня біля Ізюма на протитанкову міну наїхав трактор, водія поранено.", ["-/1"]),
        ("uk", "3 червня в Ізюмі чоловік зачепив розтяжку і загинув.", ["1/-"]),
        ("uk", "3 червня в Ізюмі двох людей поранила протипіхотна міна.", ["-/2"]),
        ("ru", "3 июня возле Изюма машина попала на противотанковую мину, водитель ранен.", ["-/1"]),
        ("ru", "3 июня в Изюме двух мужчин ранил неразорвавшийся снаряд.", ["-/2"]),
        ("az", "İyunun 3-də Füzuli rayonunda maşın minaya çıxdı: bir nəfər həlak oldu.", ["1/-"]),
        ("az", "İyunun 3-də Füzuli rayonunda iki hərbçi minadan yaralanmışdı.", ["-/2"]),
    ],
)
def test_what_was_hit_and_who_was_harmed(
    reader: Reader, language: str, text: str, incidents: list[str]
) -> None:
    """One incident on the day, with its victims."""
    read = reader.read(Document(text, language=language, source=Source(published=DAY)))
    assert [line.split(", ")[0] for line in incident_lines(read)] == ["2024-06-03"] * len(incidents)
    assert [line.split(", ")[2] for line in incident_lines(read)] == incidents


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("ru", "3 июня в Корабельном районе Херсона на мине подорвался мужчина.", "gn:706448"),
        ("uk", "3 червня у Немишлянському районі Харкова на міні підірвався чоловік.", "gn:706483"),
    ],
)
def test_a_district_of_a_city_is_in_the_city(reader: Reader, language: str, text: str, place: str) -> None:
    """A capitalised word, a unit word and a city: its own district, known to no gazetteer."""
    read = reader.read(Document(text, language=language, source=Source(published=DAY)))
    assert [[one.id for one in incident.places] for incident in read.incidents] == [[place]]
