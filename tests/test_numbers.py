"""Numbers as they are written in reports."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import tagged

from geotrack.extraction.numbers import Number, find_numbers, parse_digits


def numbers(text: str) -> list[Number]:
    """Return the numbers of a sentence."""
    sentence = tagged(text)
    return find_numbers(sentence.words, sentence.text, sentence.lexicon)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,000 mines", 3000),
        ("10 456 items", 10456),
        ("10\N{NO-BREAK SPACE}456 items", 10456),
        ("100 000 000 items", 100_000_000),
        ("15 thousand 777 items", 15_777),
        ("13 thousand 433,56 ha", 13_433.56),
        ("5 million 300 thousand", 5_300_000),
        ("5.6 million hectares", 5_600_000),
        ("71,67 ha", 71.67),
        ("1,644.6 ha", 1644.6),
        ("1.644,6 ha", 1644.6),
        ("1.234.567 m²", 1_234_567),
        ("1,234,560 m²", 1_234_560),
        ("0,500 ha", 0.5),
        ("2,500 mines", 2500),
        ("1.2m people", 1_200_000),
        ("15k mines", 15_000),
        ("1.3 bn", 1_300_000_000),
        ("five mines", 5),
        ("twenty-five mines", 25),
        ("twenty five mines", 25),
        ("nineteen mines", 19),
        ("two hundred and fifty mines", 250),
        ("one hundred and five thousand two hundred", 105_200),
        ("two million three hundred thousand", 2_300_000),
        ("one and a half million hectares", 1_500_000),
    ],
)
def test_a_number_has_the_value_that_is_written(text: str, value: float) -> None:
    """Separators, scale words and number words give one value, well formed."""
    assert [(n.value, n.value_max, n.malformed, n.vague) for n in numbers(text)] == [
        (value, None, False, False)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("200,00 hectares", 200_000),
        ("5,264,14 ha", 5_264.14),
        ("5 683 769 million m²", 5_683_769),
        ("3,24817.05 ha", 324_817.05),
        ("12,34,567", 1_234_567),
        ("1.25,000", 125_000),
    ],
)
def test_a_malformed_number_keeps_its_likeliest_reading_and_says_so(text: str, value: float) -> None:
    """Groups of the wrong length are a mark of doubt, never silently another number."""
    assert [(n.value, n.malformed) for n in numbers(text)] == [(value, True)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 to 7 mines", 5, 7),
        ("5-7 mines", 5, 7),
        ("5–7 mines", 5, 7),  # noqa: RUF001
        ("5 or 6 mines", 5, 6),
        ("between 5 and 7 mines", 5, 7),
        ("1.2 to 1.5 million", 1_200_000, 1_500_000),
        ("10-15 thousand", 10_000, 15_000),
        ("two to three mines", 2, 3),
    ],
)
def test_a_range_is_one_number_with_two_ends(text: str, low: float, high: float) -> None:
    """A scale word behind the range serves both ends."""
    assert [(n.value, n.value_max) for n in numbers(text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5 and 7 mines", [5, 7]),
        ("rose from 100 to 150 mines", [100, 150]),
        ("12 000 ha and 5 000 ha", [12_000, 5_000]),
        ("5, 6 and 7 mines", [5, 6, 7]),
        ("in 3 districts 1 234 mines", [3, 1234]),
    ],
)
def test_numbers_of_a_list_stay_apart(text: str, values: list[float]) -> None:
    """Lists and levels are several numbers, no ranges."""
    assert [(n.value, n.value_max) for n in numbers(text)] == [(v, None) for v in values]


@pytest.mark.parametrize("text", ["dozens of mines", "hundreds of mines", "several mines", "many mines"])
def test_a_vague_word_is_marked_vague(text: str) -> None:
    """Words that only hint at a number say so."""
    assert [n.vague for n in numbers(text)] == [True]


@pytest.mark.parametrize(
    "text", ["PMN-2", "T-72", "Su-25", "COVID-19", "C-130", "COP29", "mid-1990s", "km²", "9" * 30]
)
def test_names_and_signs_are_no_numbers(text: str) -> None:
    """Models, events, raised signs and strings of digits beyond any count are left alone."""
    assert numbers(text) == []


@given(st.integers(min_value=0, max_value=10**14))
def test_grouped_digits_give_back_the_number(value: int) -> None:
    """A whole number reads the same plain, with commas and with spaces."""
    plain, commas = parse_digits(str(value)), parse_digits(f"{value:,}")
    assert plain == commas == (float(value), False)
    assert [n.value for n in numbers(f"{value:,}".replace(",", " "))] == [value]


@given(st.from_regex(r"\d{1,12}([.,]\d{1,12}){0,5}", fullmatch=True))
def test_any_digits_have_a_finite_value(digits: str) -> None:
    """Whatever the separators, there is one finite value that is not negative."""
    value, _ = parse_digits(digits)
    assert math.isfinite(value)
    assert value >= 0
