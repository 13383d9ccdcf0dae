# ruff: noqa: RUF001 - the sentences are Azerbaijani, Ukrainian and Russian
"""Victims' names, ages and birth years do not leave the machine; everything else of a sentence does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geotrack.redaction import PLACEHOLDER, redact

CASES = [
    (
        "Elvin Aliyev, born 1987, was killed by a mine in Aghdam district.",
        ["Elvin Aliyev, born 1987"],
        "[…], was killed by a mine in Aghdam district.",
    ),
    (
        "Elvin Aliyev, born in 1987, was killed in Jabrayil.",
        [],
        "[…], was killed in Jabrayil.",
    ),
    ("Rauf Nasirov, 34, and Anar Guliyev (29) died.", [], "[…], and […] died."),
    ("A 34-year-old farmer, Petro Ivanenko, died near Izium.", [], "A […] farmer, […], died near Izium."),
    (
        "The blast injured the 12-year-old son of a farmer in Fuzuli District.",
        ["a farmer's son"],
        "The blast injured the […] son of a farmer in Fuzuli District.",
    ),
    (
        "Later Aliyev's brother told ANAMA that Elvin had gone to Sarijali village.",
        ["resident of Sarijali village Elvin Aliyev"],
        "Later […] brother told ANAMA that […] had gone to Sarijali village.",
    ),
    (
        "Ağdamda minaya düşən 1987-ci il təvəllüdlü Elvin Əliyevin ayağı kəsilib.",
        ["Elvin Əliyev"],
        "Ağdamda minaya düşən […] ayağı kəsilib.",
    ),
    (
        "Підірвався 45-річний Петро Іваненко, тіло Іваненка знайшли в Ізюмському районі.",
        ["Петро Іваненко"],
        "Підірвався […], тіло […] знайшли в Ізюмському районі.",
    ),
    ("Погиб Иванов Пётр, 1987 года рождения.", [], "[…]."),
    (
        "In Aghdam District, 34 mines were found and 1,234 hectares cleared in 2023.",
        [],
        "In Aghdam District, 34 mines were found and 1,234 hectares cleared in 2023.",
    ),
    (
        "Mines were found in Fuzuli District (34), Zangilan (12) and New Town village (3).",
        [],
        "Mines were found in Fuzuli District (34), Zangilan (12) and New Town village (3).",
    ),
    (
        "ANAMA employee was injured, ANAMA said on 3 May 2023.",
        ["ANAMA employee"],
        "ANAMA employee was injured, ANAMA said on 3 May 2023.",
    ),
    (
        "Two tractor drivers were hurt near Izium; two others fled.",
        ["Two tractor drivers"],
        "Two tractor drivers were hurt near Izium; two others fled.",
    ),
    ("Two employees of ANAMA were injured.", ["Two employees"], "Two employees of ANAMA were injured."),
    (
        "Farmer Petro Ivanenko died; Farmers wait.",
        ["Farmer Petro Ivanenko"],
        "Farmer […] died; Farmers wait.",
    ),
    ("Deminer Petro Orlov (29) and Deminers lost a foot.", [], "Deminer […] and Deminers lost a foot."),
    (
        "Mammadov Elshan Rasim oglu, born in 1982, an employee of the roads agency, was injured.",
        ["two workers", "a farmer", "Mammadov Elshan Rasim oglu, born in 1982, an employee"],
        "[…], an employee of the roads agency, was injured.",
    ),
    (
        "Двоє працівників поранені, Петро Орлов помер.",
        ["Двоє працівників", "Петро Орлов"],
        "Двоє працівників поранені, […] помер.",
    ),
    ("İki nəfər yaralanıb.", ["İki nəfər"], "İki nəfər yaralanıb."),
    (
        "Azerbaijan's minister met Azerbaijani surveyors; Ukraine and Azerbaijan agreed.",
        ["a team of Azerbaijani surveyors", "citizens of Ukraine"],
        "Azerbaijan's minister met Azerbaijani surveyors; Ukraine and Azerbaijan agreed.",
    ),
    ("Roman Hrytsenko went; Roman's field.", ["Roman Hrytsenko"], "[…] went; […] field."),
    ("He and Her Helicopter landed in Herat.", ["He", "She"], "He and Her Helicopter landed in Herat."),
    ("Əli öldü, Əlinin evi Alimərdanlıdadır.", ["Əli"], "[…] öldü, […] evi Alimərdanlıdadır."),
    ("Ali died; Ali's house in Alimardanly.", ["Ali"], "[…] died; […] house in Alimardanly."),
]


@pytest.mark.parametrize(("sentence", "victims", "expected"), CASES)
def test_a_sentence_loses_what_identifies_a_victim_and_keeps_the_rest(
    sentence: str,
    victims: list[str],
    expected: str,
) -> None:
    """Names, ages and birth years become […]; counts, places and dates of the event stay."""
    assert redact(sentence, victims) == expected


NAMES = st.sampled_from(["Elvin Aliyev", "Vüsal Məmmədov", "Олена Шевченко", "İlqar Hüseynov", "Пётр Орлов"])


@given(name=NAMES, age=st.integers(1, 99), before=st.sampled_from(["", "Yesterday ", "In Fuzuli "]))
def test_no_part_of_a_victims_name_is_left(name: str, age: int, before: str) -> None:
    """Whatever stands around it, neither a name, an age nor a capitalised repetition stays."""
    redacted = redact(f"{before}{name}, {age}, was hurt; {name.upper()} is alive.", [name])
    left = [word for word in name.split() if word.casefold() in redacted.casefold()]
    assert (left, f", {age}," in redacted) == ([], False)


@given(st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_redacting_twice_is_redacting_once(sentence: str, victims: list[str]) -> None:
    """Any text is taken, and a redacted one stays as it is."""
    once = redact(sentence, victims)
    assert redact(once, victims) == once


def test_a_sentence_without_victims_is_untouched() -> None:
    """A plain figure sentence goes out word for word."""
    sentence = "In 2023 ANAMA cleared 12,345 hectares in 13 districts."
    assert PLACEHOLDER not in redact(sentence, ["a civilian"])
