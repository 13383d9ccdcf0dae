# ruff: noqa: RUF001 - the words are Azerbaijani, Ukrainian and Russian
"""Who reports a figure: named by a verb of saying in its sentence, or the publisher; else nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from geotrack.extraction import Reader
from geotrack.models import Document, Source

pytest_plugins = ("readers",)


def reporters(
    reader: Reader, text: str, language: str = "en", publisher: str | None = None
) -> list[list[str]]:
    """Return who reports each figure of a report."""
    source = Source(published=dt.date(2024, 6, 1), publisher=publisher)
    figures = reader.read(Document(text=text, language=language, source=source)).figures
    assert figures
    return [list(figure.reported_by) for figure in figures]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ANAMA said that 40 mines were found in Aghdam district in May 2024.", "en", "AZ:anama"),
        ("In May 2024, 40 mines were found in Aghdam district, said the head of ANAMA.", "en", "AZ:anama"),
        ("According to the State Emergency Service, 40 mines were found in Kharkiv region.", "en", "UA:dsns"),
        ("In Kharkiv region 40 mines were found, the Defence Ministry said.", "en", "UA:mod"),
        ("In Aghdam district 40 mines were found, the Defence Ministry said.", "en", "AZ:mod"),
        ("У Харківській області знешкодили 40 мін, повідомили в ДСНС.", "uk", "UA:dsns"),
        ("В Агдамском районе обнаружено 40 мин, сообщили в ANAMA.", "ru", "AZ:anama"),
    ],
)
def test_who_says_it(reader: Reader, text: str, language: str, expected: str) -> None:
    """By a verb of saying or as a source; a ministry is that of the figure's country."""
    assert reporters(reader, text, language) == [[expected]]


@pytest.mark.parametrize(
    "text",
    [
        "A resident told ANAMA of the find, and 40 mines were found in Aghdam district.",
        "In Kharkiv region 40 mines were found by sappers of the State Emergency Service.",
        "In Kharkiv region 40 mines were found, the Russian Ministry of Defence said.",
        "In Kharkiv region 40 mines were found according to police and 50 according to the Defence Ministry.",
    ],
)
def test_what_is_not_plain_stays_empty(reader: Reader, text: str) -> None:
    """Who is told something, who did the work, another country's ministry, two sources of one sentence."""
    assert {tuple(one) for one in reporters(reader, text)} == {()}


def test_a_publisher_that_is_an_actor_reports(reader: Reader) -> None:
    """Unless the sentence names another; a newspaper is none."""
    text = "In Kharkiv region 40 mines were found in May 2024."
    assert reporters(reader, text, publisher="The HALO Trust") == [["halo"]]
    assert reporters(reader, text, publisher="HALO News") == [[]]
    named = "In Kharkiv region 40 mines were found in May 2024, the State Emergency Service said."
    assert reporters(reader, named, publisher="The HALO Trust") == [["UA:dsns"]]
