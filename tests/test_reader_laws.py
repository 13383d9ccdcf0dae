"""What holds for any text: the reader never raises, quotes what it read, and takes time in proportion."""

# ruff: noqa: RUF001 - letters of four languages

from __future__ import annotations

import datetime as dt
import gc
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import cycle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import assert_laws, report

from geotrack.config import seeds_folder
from geotrack.documents import Options, Refused, read_paths
from geotrack.extraction import Reader
from geotrack.models import Document

pytest_plugins = ("readers",)


def _phrases(table: dict[str, Any]) -> Iterator[str]:
    """Yield the phrases of a table of the lexicon and of those below it."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _phrases(value)
        elif isinstance(value, list):
            yield from value
        else:
            yield key


LEXICON = tomllib.loads(files("geotrack.extraction").joinpath("lexicon", "en.toml").read_text("utf-8"))
SEEDS = [d.text for d in read_paths([seeds_folder()], Options()) if not isinstance(d, Refused)]
REPORT = (
    "Last week, from 27 May to 2 June 2024, 31 anti-personnel mines and 1,234,560 m² (123 ha) were "
    "found and cleared in Aghdam and Fuzuli districts. A farmer was killed and two people were injured "
    "when a mine exploded on 3 May near Izium. Since November 2020, 379 people have become victims; one "
    "and a half million ha remain mined.\n- 5 to 7 thousand shells;\n- half of Kharkiv oblast (15.5%).\n"
)
PIECES = [
    *"()[]\"'“”«».,;:-–—/°%+#№$€\n\t²½٣İ",
    *(
        "1,000",
        "31",
        "29 February",
        "2023",
        "1.2.3,4",
        "3/4/2023",
        "30.02.2023",
        "2023-13-45",
        "9" * 25,
        "1e308",
        "10 456",
    ),
    *(
        "Aghdam",
        "Kharkiv",
        "village",
        "district",
        "a resident of",
        "Ivan Petrov",
        "the region",
        "including",
        "more than",
    ),
]
PIECE = st.sampled_from(PIECES) | st.sampled_from(sorted(set(_phrases(LEXICON))))
DATES = st.none() | st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31))
PLENTY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

# No shape may cost more than this for four times the text: in proportion it is 4, a square would be 16.
MOST_FOR_FOURFOLD = 10.0
SIZE = 16_000
SHAPES = {
    "digits": "1234567890",
    "letters": "Abcdefghij",
    "dots": ".",
    "numbers with dots": "1.2.",
    "brackets": "(",
    "closing brackets": ".)",
    "quotes": '«“"',
    "spaces": " " * 50 + "a",
    "lines": "\n",
    "short lines": "aa\n",
    "wrapped lines": "x" * 70 + "\n",
    "names": "Aghdam, Kharkiv oblast and ",
    "initials": "A. B. ",
    "glued": "was.Then",
    "items": "- 5 mines\n",
    "sentences": "On 5 May 2024, 12 mines were found in Aghdam district. ",
    "dates": "01.01.2024 ",
    "times": "since the beginning of May ",
}


@PLENTY
@given(text=st.text(max_size=400), published=DATES)
def test_any_text_can_be_read(reader: Reader, text: str, published: dt.date | None) -> None:
    """Whatever the signs, a reading comes out."""
    assert_laws(report(text, published), reader)


@PLENTY
@given(pieces=st.lists(PIECE, max_size=60), published=DATES)
def test_any_words_of_reports_can_be_read(
    reader: Reader, pieces: list[str], published: dt.date | None
) -> None:
    """Trigger words, numbers, dates that no calendar has, nested quotes and names in any order."""
    assert_laws(report(" ".join(pieces), published), reader)


@PLENTY
@given(pieces=st.lists(PIECE, max_size=60), published=DATES)
def test_words_without_spaces_can_be_read(
    reader: Reader, pieces: list[str], published: dt.date | None
) -> None:
    """What a broken file glued together is read, too."""
    assert_laws(report("".join(pieces), published), reader)


@PLENTY
@given(data=st.data(), text=st.sampled_from([REPORT, *SEEDS]), published=DATES)
def test_a_damaged_report_can_be_read(
    reader: Reader, data: st.DataObject, text: str, published: dt.date | None
) -> None:
    """Reports that were cut, doubled, shuffled or that had something put into them."""
    for _ in range(data.draw(st.integers(1, 6))):
        at, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
        match data.draw(st.sampled_from(["cut", "double", "insert", "shuffle", "upper"])):
            case "cut":
                text = text[:at] + text[end:]
            case "double":
                text = text[:end] + text[at : at + 300] + text[end:]
            case "insert":
                text = text[:at] + data.draw(PIECE | st.text(max_size=5)) + text[at:]
            case "shuffle":
                words = text[at : at + 200].split(" ")
                text = text[:at] + " ".join(data.draw(st.permutations(words))) + text[at + 200 :]
            case _:
                text = text[:at] + text[at:end].upper() + text[end:]
    assert_laws(report(text[:4000], published), reader)


@PLENTY
@given(raw=st.binary(max_size=400), codec=st.sampled_from(["latin-1", "cp1251", "utf-16-le", "utf-8"]))
def test_bytes_in_a_wrong_encoding_can_be_read(reader: Reader, raw: bytes, codec: str) -> None:
    """Bytes that were decoded wrongly are read like any text."""
    text = (REPORT.encode()[:200] + raw).decode(codec, errors="replace")
    assert_laws(report(text), reader)


@pytest.mark.parametrize("language", ["fr", "xx"])
def test_a_language_without_rules_is_refused_by_name(reader: Reader, language: str) -> None:
    """A text that cannot be read yet says so, instead of being read as English."""
    document = Document(text="5 mines were found in Aghdam district.", language=language)
    reading = reader.read(document)
    assert (reading.figures, reading.incidents) == ((), ())
    assert [language in r.reason for r in reading.refused] == [True]


def seconds(reader: Reader, shape: str, size: int) -> float:
    """Return the processor time that a text of one shape takes; other tests' memory is left alone."""
    document = report((shape * (size // len(shape) + 1))[:size])
    gc.disable()
    try:
        started = time.process_time()
        reader.read(document)
        return time.process_time() - started
    finally:
        gc.enable()


SLOW = {"deaths": "Then 5 people died. "}


@pytest.mark.parametrize(
    "name",
    [
        *SHAPES,
        "deaths",
    ],
)
def test_time_grows_with_the_text(reader: Reader, name: str) -> None:
    """Four times the text takes about four times the time, whatever its shape: no page can stop the reader.

    A busy machine can only add to a time, so that the best of three tries is held against the law.
    """
    size, shape = SIZE, {**SHAPES, **SLOW}[name]
    # What is too quick to time is timed at the size where a square would show; the slow at a smaller one.
    while seconds(reader, shape, size // 4) < 0.1 and size < 400_000:
        size *= 2
    ratios = []
    for _ in range(3):
        quarter = max(seconds(reader, shape, size // 4), 0.02)
        ratios.append(seconds(reader, shape, size) / quarter)
        if ratios[-1] <= MOST_FOR_FOURFOLD:
            break
    assert min(ratios) <= MOST_FOR_FOURFOLD


@pytest.mark.parametrize("published", [dt.date(2024, 5, 16), dt.date(2023, 2, 1)])
def test_a_statement_that_recurs_is_read_by_its_own_report(reader: Reader, published: dt.date) -> None:
    """Boilerplate is marked once, but its "yesterday" and its place in the text are those of each report."""
    text = "Yesterday 12 mines were found in Izium.\n"
    for day in (published, published - dt.timedelta(days=9)):
        figures = reader.read(report(text * 4, day)).figures
        assert {f.start for f in figures} == {day - dt.timedelta(days=1)}
        assert [text.strip()] * 4 == [f.sentence for f in figures]
        assert [k * len(text) for k in range(4)] == [f.sentence_span[0] for f in figures]


def test_no_words_of_time_before_any_unit_stop_the_reader(reader: Reader) -> None:
    """Every phrase of time in the lexicon is read or left with every unit behind it: "during the decade"."""
    tree = LEXICON["time"]
    leads = sorted({phrase for phrase in _phrases(tree) if phrase.isascii()})
    # With a day of publication and without one in turns.
    for unit, published in zip(tree["unit"].values(), cycle((None, dt.date(2024, 5, 16))), strict=False):
        name = str(unit[0]).replace(" - ", "-")
        text = "\n".join(
            f"{lead} {name} sappers found 12 mines in Izium, {lead} 3 {name}s 4." for lead in leads
        )
        assert reader.read(report(text, published)).mentions


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mines in D'Izium\n\n5 mines were cleared."),
        ("en", "12 ha cleared of mines and\n\nIzium"),
        ("uk", "тис. га знищено 5,"),
        ("en", "Cleared 5 ²-7 mines in Izium."),
        ("en", "Izium: ² – 5 mines were cleared."),
    ],
)
def test_a_passage_may_end_anywhere(reader: Reader, language: str, text: str) -> None:
    """Names glued to the last word, joiners, commas and superscripts at the end of a passage are read."""
    assert_laws(replace(report(text), language=language), reader)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Panama sent equipment. Deminers cleared 12 ha last week.", []),
        ("uk", "В Ізюмі знайшли міну ТМ-62.", []),
        ("ru", "Первого марта в Балаклее обезвредили 9 мин.", ["mines_found 9 2024-03-01"]),
    ],
)
def test_what_only_looks_like_a_fact_is_none(
    reader: Reader, language: str, text: str, expected: list[str]
) -> None:
    """A name inside a word is no agency, the number of a model no count, an ordinal with a month a day."""
    figures = reader.read(replace(report(text), language=language)).figures
    assert [f"{f.measure} {f.value:g} {f.start}" for f in figures] == expected
