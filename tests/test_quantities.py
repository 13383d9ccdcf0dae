"""Quantity phrases: a qualifier, a number, and what it counts."""

from __future__ import annotations

import pytest
from readings import PUBLISHED, number, tagged

from geotrack.extraction.quantities import AREA_UNITS, Quantity, find_quantities
from geotrack.extraction.times import Clock, TimeReader


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a sentence, without those that are times."""
    sentence = tagged(text)
    return find_quantities(sentence, TimeReader(sentence, Clock(PUBLISHED)).read())


def line(quantity: Quantity) -> str:
    """Write a quantity as "value head unit", with its qualifier and marks if it has any."""
    marks = [quantity.qualifier] if quantity.qualifier != "exact" else []
    marks += ["subset"] if quantity.subset else []
    marks += ["()"] if quantity.bracketed else []
    return " ".join([number(quantity.number.value), quantity.head, quantity.unit, *marks])


COUNTED = [
    ("31 anti-personnel mines", ["31 ap_mine count"]),
    ("40 anti-tank mines", ["40 at_mine count"]),
    ("12 mines", ["12 mine count"]),
    ("215 items of unexploded ordnance", ["215 uxo count"]),
    ("7 cluster munitions", ["7 uxo count"]),
    ("5 improvised explosive devices", ["5 ied count"]),
    ("300 explosive objects", ["300 item count"]),
    ("12 anti-tank and anti-personnel mines", ["12 mine count"]),
    ("90 mines and shells", ["90 item count"]),
    ("812.5 hectares of land", ["812.5 area ha"]),
    ("1,234,560 m² (123 ha)", ["1234560 area m2", "123 area ha ()"]),
    ("174,000 sq. km", ["174000 area km2"]),
    ("12 acres", ["12 area acre"]),
    ("5 square miles", ["5 area mi2"]),
    ("30 percent of the land", ["30 percent percent"]),
    ("a quarter of the territory", ["25 percent percent"]),
    ("One third of the territory", ["33.3 percent percent"]),
    ("120 and 64 ha", ["120 area ha", "64 area ha"]),
    (
        "31 anti-tank, 40 anti-personnel mines and 5 shells",
        ["31 at_mine count", "40 ap_mine count", "5 uxo count"],
    ),
    ("379 victims", ["379 victim people"]),
    ("3 civilians", ["3 person people"]),
    ("two children and a soldier", ["2 person people"]),
    ("more than 1,400 hectares", ["1400 area ha at_least"]),
    ("nearly 40 and 50 mines", ["40 mine count approx", "50 mine count"]),
    ("at least 12 shells", ["12 uxo count at_least"]),
    ("up to 300 mines", ["300 mine count at_most"]),
    ("about 5 ha", ["5 area ha approx"]),
    ("1,000+ mines", ["1000 mine count at_least"]),
    ("anti-tank mines: 31", ["31 at_mine count"]),
    ("the number of victims reached 379", ["379 victim people"]),
    ("mines (31)", ["31 mine count ()"]),
    ("31 people, including 3 children", ["31 person people", "3 person people subset"]),
    ("261.435 shells", ["261435 uxo count"]),
    ("between 5 and 7 mines", ["5 mine count"]),
    ("5 deminers", ["5 person people"]),
    ("just under 300 ha", ["300 area ha approx"]),
]
NOT_OURS = [
    "aged 12",
    "Ivan Petrov, 31, said",
    "a 31-year-old man",
    "$5 million",
    "resolution 2365",
    "brigade 36",
    "PMN-2 mines",
    "T-72 tanks",
    "COP29",
    "C-130 aircraft",
    "14:05",
    "36 teams",
    "5 villages",
    "20 km of road",
    "3/4",
    "40° C",
    "No. 5",
    "€300",
    "24 hours",
    "in 2023",
    "70 tons of ammunition",
    "155 mm shells",
    "2 explosions",
    "5 million dollars",
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_a_number_counts_what_its_noun_or_unit_says(text: str, expected: list[str]) -> None:
    """Heads stand right or left of the number, are shared by a list, or joined to a wider one."""
    assert [line(q) for q in quantities(text)] == expected


@pytest.mark.parametrize("text", [t for t in NOT_OURS if t != "5 million dollars"])
def test_a_number_that_counts_nothing_of_ours_is_another(text: str) -> None:
    """Ages, models, marks, money, clock times, lengths and staff are no quantity of ours."""
    assert [q for q in quantities(text) if q.head != "other"] == []


def test_millions_of_money_are_money() -> None:
    """Of "5 million dollars", it leaves no bare 5."""
    assert [line(q) for q in quantities("5 million dollars")] == ["5000000 other count"]


def test_a_range_keeps_both_ends() -> None:
    """A range like "between 5 and 7 mines" is one quantity."""
    assert [(q.number.value, q.number.value_max, q.head) for q in quantities("between 5 and 7 mines")] == [
        (5, 7, "mine")
    ]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("31 anti-tank, 40 anti-personnel mines and 5 shells", [0, 0, 0]),
        ("120 and 64 ha", [0, 0]),
        ("31 mines were found while 5 ha were cleared", [0, 1]),
    ],
)
def test_quantities_of_one_list_share_a_group(text: str, groups: list[int]) -> None:
    """Only joining words stand between the quantities of a list."""
    assert [q.group for q in quantities(text)] == groups


def test_a_number_in_a_date_is_no_quantity() -> None:
    """Words that a time expression took count nothing."""
    assert [line(q) for q in quantities("on 5 May 2024 12 mines and in 2023 600 mines")] == [
        "12 mine count",
        "600 mine count",
    ]


@pytest.mark.parametrize(
    ("unit", "m2"), [("ha", 10_000), ("km2", 1_000_000), ("m2", 1), ("acre", 4046.86), ("mi2", 2_589_988.11)]
)
def test_units_of_area_are_square_metres(unit: str, m2: float) -> None:
    """A hectare is 10,000 m², an acre 4,046.86 m², a square mile 2.59 km²."""
    assert AREA_UNITS[unit] == pytest.approx(m2, rel=1e-6)
