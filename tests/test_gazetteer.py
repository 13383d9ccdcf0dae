# ruff: noqa: RUF001 - names are Azerbaijani, Ukrainian and Russian
"""Places are found by id and by name, in four languages, and know what they lie in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from geotrack.cli.places import app
from geotrack.errors import UnknownPlaceError
from geotrack.gazetteer import Gazetteer, Member, PackError
from geotrack.gazetteer.folding import fold, folded_name, skeletons, slug

FIXTURE = Path(__file__).parent / "gazetteer_fixture"
GAZETTEER = Gazetteer.load(FIXTURE)


@given(st.text())
def test_folding_keeps_lengths(text: str) -> None:
    """One code point becomes one code point, `İ` and ligatures included."""
    assert len(fold(text)) == len(text)


def test_folding_drops_marks_and_case() -> None:
    """Letters lose their marks, apostrophes and hyphens become spaces."""
    assert folded_name("İsmayıllı ŞUŞA Ağdərə Kup'iansk Ivano-Frankivsk") == (
        "ismayilli susa agdere kup iansk ivano frankivsk"
    )
    assert slug("Yuxarı Seyidəhmədli") == "yuxari-seyidehmedli"


@pytest.mark.parametrize(
    "spellings",
    [
        ("izium", "izyum", "izum"),
        ("kalbajar", "kelbecer", "kalbadzhar", "kelbadjar"),
        ("khojavend", "xocavend", "khojavand"),
        ("gubadli", "qubadli", "gubadly"),
        ("balakliia", "balakliya", "balaklia"),
        ("aghdam", "agdam", "aghdamm"),
    ],
)
def test_romanisations_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    """The usual romanisations of one name meet in one skeleton."""
    assert len({skeletons(spelling) for spelling in spellings}) == 1


def test_a_place_has_its_columns_and_labels() -> None:
    """A place carries level, parents and point; its labels come by language."""
    place = GAZETTEER.place("gn:12")
    assert (place.name, place.level, place.adm0, place.adm1, place.adm2) == (
        "Izium",
        "settlement",
        "UA",
        "UA-63",
        "UA6304",
    )
    assert (place.lon, place.lat, place.population) == (37.2, 49.2, 45000)
    assert GAZETTEER.names("AZ-AGM") == {"az": "Ağdam", "en": "Aghdam", "ru": "Агдам"}


def test_a_text_only_village_lies_in_its_parent() -> None:
    """The id of a village that only a text named answers while its parent exists."""
    place = GAZETTEER.place("AZ-AGM/bash-qarvand")
    assert (place.name, place.level, place.adm1, place.lon) == ("Bash Qarvand", "settlement", "AZ-AGM", None)
    assert GAZETTEER.ancestors("UA6304/x") == ("UA6304", "UA-63", "UA")
    assert "AZ-XXX/qarvand" not in GAZETTEER


@pytest.mark.parametrize(("place_id", "nearest"), [("AZ-AGN", "AZ-AG"), ("Izyumm", "Izium (gn:12)")])
def test_an_unknown_place_names_its_neighbours(place_id: str, nearest: str) -> None:
    """The error says what was meant, perhaps."""
    with pytest.raises(UnknownPlaceError, match="No place matches") as caught:
        GAZETTEER.place(place_id)
    assert any(nearest in one for one in caught.value.nearest)


def test_units_and_countries_are_listed() -> None:
    """Countries come from all packs, units from one country's."""
    assert [place.id for place in GAZETTEER.countries()] == ["AM", "AZ", "GE", "LU", "MX", "RU", "TR", "UA"]
    assert [place.id for place in GAZETTEER.units("UA", "adm2")] == ["UA-30", "UA6304", "UA6312"]


CONTAINS = [
    ("AZ", "AZ-AGM", None, True),
    ("AZ", "gn:12", None, False),
    ("UA-63", "gn:12", None, True),
    ("UA6304", "UA-63", None, False),
    ("AZ:karabakh", "gn:1", None, True),
    ("AZ:karabakh", "AZ-AGM/qarvand", None, True),
    ("AZ", "AZ:karabakh", None, True),
    ("UA:donbas", "UA-14", None, True),
    ("AZ:liberated", "AZ-TAR", None, False),
    ("AZ:liberated", "AZ-XA", None, True),
    ("AZ:liberated", "AZ-XA", dt.date(2022, 1, 1), False),
    ("AZ:liberated", "AZ-XVD", dt.date(2022, 1, 1), False),
    ("AZ:liberated", "AZ-XVD", dt.date(2024, 1, 1), True),
    ("AZ:liberated", "AZ:liberated", None, True),
]


@pytest.mark.parametrize(("outer", "inner", "on", "expected"), CONTAINS)
def test_containment_follows_units_and_dated_regions(
    outer: str,
    inner: str,
    on: dt.date | None,
    expected: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Units contain their settlements; regions their members of the day, partial members not."""
    assert GAZETTEER.contains(outer, inner, on) is expected


def test_region_members_are_dated() -> None:
    """Khojavend belonged in part until September 2023 and wholly since."""
    assert Member("AZ-XVD", part=True) in GAZETTEER.region_members("AZ:liberated", dt.date(2021, 5, 1))
    assert GAZETTEER.region_members("AZ:liberated") == (
        Member("AZ-AGM"),
        Member("AZ-FUZ"),
        Member("AZ-TAR", part=True),
        Member("AZ-XVD"),
        Member("AZ-XA"),
    )


FINDS = [
    ("Агдам", "AZ-AGM", "exact name (label, ru)"),
    ("ağdam", "AZ-AGM", "exact name (label, az)"),
    ("Fizuli", "AZ-FUZ", "exact name (alias)"),
    ("Харків", "gn:11", "exact name (label, uk)"),
    ("Kharkiv", "gn:11", "exact name (label, en)"),
    ("Kharkiv oblast", "UA-63", "exact name (alias, en)"),
    ("Kharkiv raion", "UA6312", "name and kind (label, en)"),
    ("village of Qarvand", "gn:6", "name and kind (label, en)"),
    ("Kelbadzhar", "AZ-KAL", "sounds like Kalbajar"),
    ("Izyum", "gn:12", "sounds like Izium"),
    ("Jabrayill", "AZ-CAB", "sounds like Jabrayil"),
    ("Lachyn town", "AZ-LAC", "sounds like Lachin"),
    ("Zangelan", "AZ-ZAN", "looks like Zangilan (88 %)"),
]


@pytest.mark.parametrize(("name", "place_id", "why"), FINDS)
def test_names_find_places_and_say_why(name: str, place_id: str, why: str) -> None:
    """Exact names come first, then names that sound alike, then those that look alike."""
    first = GAZETTEER.find(name)[0]
    assert (first.place.id, first.why) == (place_id, why)
    assert 0 < first.score <= 1


def test_nothing_like_a_name_finds_nothing() -> None:
    """What resembles no name gives no candidate; the limit holds."""
    assert GAZETTEER.find("qqqqqqq") == ()
    assert GAZETTEER.find("") == ()
    assert len(GAZETTEER.find("Kharkiv", limit=2)) == 2


def test_a_missing_pack_says_what_to_do(tmp_path: Path) -> None:
    """An empty folder, a missing file and a missing column each get one clear line."""
    with pytest.raises(PackError, match="no gazetteer pack"):
        Gazetteer.load(tmp_path)
    with pytest.raises(PackError, match="cannot be read"):
        Gazetteer.load(FIXTURE, ["XX"])
    (tmp_path / "YY").mkdir()
    (tmp_path / "YY" / "places.csv").write_text("place_id,name\nYY,Y\n", encoding="utf-8")
    with pytest.raises(PackError, match="lacks the column level"):
        Gazetteer.load(tmp_path)


def test_the_command_finds_and_shows_shipped_places() -> None:
    """`places find` prints id, parents, score and reason; `places show` the names and members."""
    found = CliRunner().invoke(app, ["find", "Агдам"])
    assert found.exit_code == 0
    assert "AZ-AGM" in found.output
    assert "Azerbaijan" in found.output
    assert "1.00" in found.output
    shown = CliRunner().invoke(app, ["show", "AZ:liberated"])
    assert "Tartar (part)" in shown.output
    assert isinstance(CliRunner().invoke(app, ["show", "AZ-ZZZ"]).exception, UnknownPlaceError)


def test_a_city_without_second_level_units_stands_for_itself() -> None:
    """In a country of two levels such a city is its own second-level unit; elsewhere there is none."""
    assert [GAZETTEER.place(one).adm2 for one in ("UA-30", "UA-63", "AZ-XA")] == ["UA-30", None, None]
    assert GAZETTEER.place("UA-30").level == "adm1"


def test_levels_have_the_words_of_their_pack() -> None:
    """One unit and several, in the language asked for, else in English, else in plain words."""
    shipped = Gazetteer.load(packs=["AZ", "UA", "world"])
    assert [shipped.level_name("UA", level) for level in ("country", "adm1", "adm2")] == [
        "country",
        "oblast",
        "raion",
    ]
    assert shipped.level_name("AZ", "adm1", plural=True) == "districts"
    assert shipped.level_name("AZ", "adm1", "az", plural=True) == "rayonlar"
    assert shipped.level_name("UA", "adm2", "fr") == "raion"
    assert shipped.level_name("AM", "adm1", plural=True) == "first-level units"
