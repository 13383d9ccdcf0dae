# ruff: noqa: RUF001 - Cyrillic and Azerbaijani letters are what is tested
"""The spelling rules that the packs' names are made with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from packs import spelling


@pytest.mark.parametrize(
    ("ukrainian", "english"),
    [
        ("Алушта", "Alushta"), ("Згорани", "Zghorany"), ("Розгон", "Rozghon"), ("Єнакієве", "Yenakiieve"),
        ("Короп’є", "Koropie"), ("Їжакевич", "Yizhakevych"), ("Кадиївка", "Kadyivka"), ("Мар’їне", "Marine"),
        ("Йосипівка", "Yosypivka"), ("Стрий", "Stryi"), ("Щербухи", "Shcherbukhy"), ("Яготин", "Yahotyn"),
        ("Знам’янка", "Znamianka"), ("Феодосія", "Feodosiia"), ("Біла Церква", "Bila Tserkva"),
        ("Ґалаґан", "Galagan"), ("Івано-Франківськ", "Ivano-Frankivsk"), ("Корюківка", "Koriukivka"),
    ],
)  # fmt: skip
def test_ukrainian_is_romanised_by_the_resolution_of_2010(ukrainian: str, english: str) -> None:
    """The examples of the official table come out as it prints them."""
    assert spelling.romanise_uk(ukrainian) == english


@pytest.mark.parametrize(
    ("azerbaijani", "english", "russian"),
    [
        ("Qərvənd", "Garvand", "Гарванд"), ("Xıdırlı", "Khidirli", "Хыдырлы"), ("Şelli", "Shelli", "Шелли"),
        ("Cocuq Mərcanlı", "Jojug Marjanli", "Джоджуг Марджанлы"),
        ("İsmayılbəyli", "Ismayilbayli", "Исмайылбайли"),
        ("Ağalı", "Aghali", "Агалы"),
    ],
)  # fmt: skip
def test_azerbaijani_is_spelt_as_the_press_does(azerbaijani: str, english: str, russian: str) -> None:
    """Press English and Russian spellings follow from the Azerbaijani name."""
    assert (spelling.press_az(azerbaijani), spelling.russian_az(azerbaijani)) == (english, russian)


@pytest.mark.parametrize(
    ("name", "adjective"),
    [("Агдам", "Агдамский"), ("Барда", "Бардинский"), ("Лачин", "Лачинский"), ("Ярдымлы", "Ярдымлинский")],
)
def test_russian_adjectives_of_districts(name: str, adjective: str) -> None:
    """A district's Russian adjective follows from its name."""
    assert spelling.adjective_ru(name) == adjective


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Валківський", "Валковский"),
        ("Дергачівський", "Дергачевский"),
        ("Чугуївський", "Чугуевский"),
        ("Нікопольський", "Никопольский"),
    ],
)
def test_russian_adjectives_of_old_raions(ukrainian: str, russian: str) -> None:
    """An old raion's Russian adjective follows from its Ukrainian one."""
    assert spelling.russian_adjective_of_uk(ukrainian) == russian


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’ -", min_size=1))
def test_romanised_ukrainian_is_plain_latin(text: str) -> None:
    """Whatever the word, no Cyrillic letter is left."""
    assert spelling.romanise_uk(text).isascii()


@given(st.text(alphabet="abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ ", min_size=1))
def test_pressed_azerbaijani_is_plain_latin(text: str) -> None:
    """Whatever the word, no Azerbaijani letter is left in the press spelling."""
    assert spelling.fold(spelling.press_az(text)).isascii()
