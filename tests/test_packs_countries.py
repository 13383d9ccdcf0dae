# ruff: noqa: RUF001 - names in Cyrillic and Azerbaijani letters are what is tested
"""What was mended in each country's pack, case by case."""

from __future__ import annotations

import pytest
import shapely
from test_packs import DATA, LAYERS, found_by, is_inside, layer, names, pack, places

from geotrack.boundaries import LayerLevel, list_layers
from geotrack.config import Settings
from geotrack.gazetteer import Gazetteer

DISTRICTS_OF_NAKHCHIVAN = {"AZ-BAB", "AZ-CUL", "AZ-KAN", "AZ-NV", "AZ-ORD", "AZ-SAD", "AZ-SAH", "AZ-SAR"}


def kinds(code: str, place_id: str, name: str) -> set[str]:
    """Return the kinds that a name of a place has."""
    return {row["kind"] for row in names(code) if (row["place_id"], row["name"]) == (place_id, name)}


def test_azerbaijan_has_its_districts_and_cities() -> None:
    """67 districts and 11 cities; all but Aghdara have a polygon."""
    units = {key: row for key, row in places("AZ").items() if row["level"] == "adm1"}
    assert len(units) == 78
    assert sum(row["type"] == "city" for row in units.values()) == 11
    assert set(units) - set(layer("AZ", "adm1").index) == {"AZ-x-AGHDARA"}


def test_codes_are_clean() -> None:
    """No code carries a tilde, and every first-level code has the country's prefix."""
    codes = [key for code in ("AZ", "UA") for key, row in places(code).items() if row["level"] == "adm1"]
    assert [key for key in codes if "~" in key or key[:3] not in {"AZ-", "UA-"}] == []


def test_lachin_is_the_unit_between_kalbajar_and_gubadli() -> None:
    """The unit that Natural Earth names Lankaran beside Kalbajar is Lachin; Lankaran lies by the sea."""
    units = layer("AZ", "adm1").geometry
    assert units["AZ-LAC"].intersects(units["AZ-KAL"])
    assert units["AZ-LAC"].intersects(units["AZ-QBI"])
    assert units["AZ-LAN"].centroid.x > 48.5
    assert is_inside(places("AZ")["gn:147625"], units["AZ-LAC"])


def test_khojaly_and_khankendi_are_not_swapped() -> None:
    """Khankendi is the small city unit, Khojaly the district, each with its own town."""
    units = layer("AZ", "adm1")
    assert 10 * units.area_km2["AZ-XA"] < units.area_km2["AZ-XCI"]
    assert is_inside(places("AZ")["AZ-XA"], units.geometry["AZ-XA"])
    assert is_inside(places("AZ")["gn:147774"], units.geometry["AZ-XCI"])
    assert places("AZ")["gn:147774"]["adm1"] == "AZ-XCI"


@pytest.mark.parametrize(
    ("city", "district"), [("AZ-LA", "AZ-LAN"), ("AZ-SA", "AZ-SAK"), ("AZ-YE", "AZ-YEV")]
)
def test_town_and_district_of_one_name_are_two_units(city: str, district: str) -> None:
    """The city is a unit of its own beside the district, which has the bare name to itself."""
    units = layer("AZ", "adm1")
    assert units.area_km2[city] < 150 < units.area_km2[district]
    bare = places("AZ")[district]["name"]
    assert places("AZ")[city]["name"] == f"{bare} City"
    assert kinds("AZ", district, bare) >= {"label"}
    assert "label" not in kinds("AZ", city, bare)
    assert places("AZ")[district]["seat"] == city


def test_shusha_town_and_district_are_one_unit() -> None:
    """Shusha is one first-level unit that holds its town."""
    assert [
        key for key, row in places("AZ").items() if row["level"] == "adm1" and "Shusha" in row["name"]
    ] == ["AZ-SUS"]
    assert is_inside(places("AZ")["gn:147105"], layer("AZ", "adm1").geometry["AZ-SUS"])


def test_nakhchivan_is_the_union_of_its_districts() -> None:
    """The autonomous republic is a region without a polygon of its own; the city is AZ-NV."""
    assert places("AZ")["AZ-NX"]["level"] == "region"
    assert "AZ-NX" not in layer("AZ", "adm1").index
    region = next(region for region in pack("AZ")["region"] if region["id"] == "AZ-NX")
    assert {member["id"] for member in region["members"]} == DISTRICTS_OF_NAKHCHIVAN
    units = layer("AZ", "adm1").geometry
    exclave = shapely.union_all([units[key] for key in sorted(DISTRICTS_OF_NAKHCHIVAN)])
    assert exclave.geom_type == "Polygon"
    assert not exclave.intersects(units["AZ-ZAN"])


def test_aghdara_has_a_point_and_a_start() -> None:
    """Aghdara was re-established in December 2023; it has a point, no polygon, and its old name."""
    aghdara = places("AZ")["AZ-x-AGHDARA"]
    assert (aghdara["name"], aghdara["valid_from"]) == ("Aghdara", "2023-12-05")
    assert is_inside(aghdara, layer("AZ", "adm1").geometry["AZ-TAR"])
    assert kinds("AZ", "AZ-x-AGHDARA", "Mardakert") == {"former"}


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Agdam", "AZ-AGM"), ("Ağdam", "AZ-AGM"), ("Агдам", "AZ-AGM"), ("Fizuli", "AZ-FUZ"),
        ("Füzuli", "AZ-FUZ"), ("Физули", "AZ-FUZ"), ("Jabrail", "AZ-CAB"), ("Cəbrayıl", "AZ-CAB"),
        ("Джебраил", "AZ-CAB"), ("Qubadli", "AZ-QBI"), ("Kubatly", "AZ-QBI"), ("Кубатлы", "AZ-QBI"),
        ("Zangelan", "AZ-ZAN"), ("Kelbajar", "AZ-KAL"), ("Kəlbəcər", "AZ-KAL"), ("Khojavand", "AZ-XVD"),
        ("Terter", "AZ-TAR"), ("Khankandi", "AZ-XA"), ("Stepanakert", "AZ-XA"), ("Martuni", "AZ-XVD"),
        ("Xanlar", "AZ-GYG"), ("Dəvəçi", "AZ-SBN"), ("Lachyn", "AZ-LAC"), ("Shushi", "AZ-SUS"),
        ("Gazakh", "AZ-QAZ"), ("Qazax", "AZ-QAZ"), ("Hadrut", "AZ-XVD/hadrut"),
        ("Qarvand", "AZ-AGM/qarvand"), ("Garabagh", "AZ:karabakh"), ("Карабах", "AZ:karabakh"),
        ("liberated territories", "AZ:liberated"), ("Azerbaijani", "AZ"),
    ],
)  # fmt: skip
def test_azerbaijani_names_find_their_place(name: str, place_id: str) -> None:
    """Press spellings, Azerbaijani, Russian and old names find the place."""
    assert place_id in found_by("AZ", name)


def test_aghstafa_is_not_aghdam() -> None:
    """AZ-AGA is Aghstafa."""
    assert places("AZ")["AZ-AGA"]["name"] == "Aghstafa"
    assert found_by("AZ", "Aghdam") & {"AZ-AGA"} == set()


def test_the_liberated_territories_grow_and_hold_parts() -> None:
    """Khojavend belongs in part until September 2023 and whole since; Tartar only in part."""
    region = next(region for region in pack("AZ")["region"] if region["id"] == "AZ:liberated")
    khojavend = [member for member in region["members"] if member["id"] == "AZ-XVD"]
    assert khojavend == [
        {"id": "AZ-XVD", "part": True, "valid_to": "2023-09-19"},
        {"id": "AZ-XVD", "valid_from": "2023-09-20"},
    ]
    assert [member["id"] for member in region["members"] if member.get("part")] == ["AZ-TAR", "AZ-XVD"]


def test_villages_without_a_point_have_none_invented() -> None:
    """A village that only we wrote down has its district and no coordinates."""
    villages = [row for key, row in places("AZ").items() if "/" in key]
    assert len(villages) > 500
    assert [row["place_id"] for row in villages if row["lon"] or row["lat"]] == []


def test_ukraine_has_27_units_with_crimea_and_sevastopol() -> None:
    """24 oblasts, Crimea, Kyiv and Sevastopol; Crimea touches Kherson oblast's waters in the same country."""
    units = layer("UA", "adm1")
    assert len(units) == 27
    assert {"UA-43", "UA-40"} <= set(units.index)
    crimea = shapely.Point(34.10, 44.95)
    assert units.geometry["UA-43"].contains(crimea)
    assert layer("UA", "country").geometry.iloc[0].contains(crimea)


def test_ukraine_has_136_raions_all_marked_approximate() -> None:
    """136 raions and the two cities without raions; every raion's polygon says that it is approximate."""
    raions = {key for key, row in places("UA").items() if row["level"] == "adm2"}
    units = layer("UA", "adm2")
    assert len(raions) == 136
    assert set(units.index) == raions | {"UA-30", "UA-40"}
    assert bool(units.approximate[sorted(raions)].all())


def test_raions_lie_in_their_oblast() -> None:
    """The raions of an oblast add up to it."""
    units, oblasts = layer("UA", "adm2"), layer("UA", "adm1")
    parents = [places("UA")[key]["adm1"] for key in units.index]
    sums = units.area_km2.groupby(parents).sum()
    assert float((sums / oblasts.area_km2 - 1).abs().max()) < 0.001


def test_kyiv_is_cut_to_its_settlements() -> None:
    """Natural Earth draws Kyiv twice too large; the villages of Kyiv oblast take their land back."""
    assert layer("UA", "adm1").area_km2["UA-30"] == pytest.approx(839, rel=0.1)


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Izium Raion", "UA6304"), ("Ізюмський район", "UA6304"), ("Изюмский район", "UA6304"),
        ("Izyum", "UA6304"), ("Balakliia Raion", "UA6304"), ("Балаклійський район", "UA6304"),
        ("Krasnohrad Raion", "UA6306"), ("Novomoskovsk Raion", "UA1210"), ("Kharkiv region", "UA-63"),
        ("Kharkov Oblast", "UA-63"), ("Харківщина", "UA-63"), ("Харьковская область", "UA-63"),
        ("Kharkivska", "UA-63"), ("Донеччина", "UA-14"), ("Kiev", "UA-30"), ("Київ", "UA-30"),
        ("Крым", "UA-43"), ("Donbass", "UA:donbas"), ("Ukrainian", "UA"),
    ],
)  # fmt: skip
def test_ukrainian_names_find_their_place(name: str, place_id: str) -> None:
    """Oblasts and raions are found in three languages, by nouns, old names and adjectives."""
    assert place_id in found_by("UA", name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Krasnoarmiisk", "Pokrovsk"), ("Artemivsk", "Bakhmut"), ("Novomoskovsk", "Samar"),
        ("Krasnohrad", "Berestyn"), ("Chervonohrad", "Sheptytskyi"),
        ("Sievierodonetsk", "Siverskodonetsk"), ("Dnipropetrovsk", "Dnipro"), ("Kharkov", "Kharkiv"),
        ("Slavyansk", "Sloviansk"), ("Nikolaev", "Mykolaiv"), ("Lvov", "Lviv"), ("Odessa", "Odesa"),
        ("Zaporozhye", "Zaporizhzhia"), ("Izyum", "Izium"),
    ],
)  # fmt: skip
def test_old_and_russian_names_find_the_city(old: str, new: str) -> None:
    """A city is found by its former and its Russian-based name."""
    assert new in {
        places("UA")[key]["name"] for key in found_by("UA", old) if places("UA")[key]["level"] == "settlement"
    }


def test_a_bare_name_is_the_city_and_needs_a_word_for_the_oblast() -> None:
    """Kharkiv alone labels the city; oblast and raion have it as a form that needs a unit word."""
    labelled = {row["place_id"] for row in names("UA") if (row["name"], row["kind"]) == ("Kharkiv", "label")}
    assert {places("UA")[key]["level"] for key in labelled} == {"settlement"}
    assert kinds("UA", "UA-63", "Kharkiv") == {"adjective"}
    assert kinds("UA", "UA6312", "Kharkiv") == {"adjective"}


def test_a_village_without_coordinates_lands_in_its_raion() -> None:
    """The codifier's villages have raion and oblast; one settlement is one place."""
    rows = [row for row in places("UA").values() if row["level"] == "settlement"]
    assert len(rows) > 29_000
    codes = [row["katottg"] or row["place_id"] for row in rows]
    assert len(codes) == len(set(codes))
    cut_off = [row for row in rows if row["place_id"].startswith("katottg:") and not row["adm2"]]
    assert [row["name"] for row in cut_off if row["adm1"] not in {"UA-30", "UA-40"}] == ["Prypiat"]


def test_the_world_pack_tells_other_countries_apart() -> None:
    """Neighbours have names in four languages and demonyms; the packed countries are not among them."""
    assert {"AM", "RU", "GE", "TR", "IR", "MD", "BY", "PL"} <= set(places("world"))
    assert {"AZ", "UA"} & set(places("world")) == set()
    assert found_by("world", "Armenian") == {"AM"}
    assert found_by("world", "Ermənistan") == {"AM"}
    assert found_by("world", "Вірменія") == {"AM"}
    assert found_by("world", "Армения") == {"AM"}


def test_sources_name_every_origin() -> None:
    """The list of sources names each origin with its licence."""
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    assert [
        word for word in ("Natural Earth", "GeoNames", "CC BY 4.0", "CLDR", "order 290") if word not in text
    ] == []


@pytest.mark.parametrize(("code", "level"), LAYERS)
def test_every_outline_is_of_a_unit_of_its_level(code: str, level: LayerLevel) -> None:
    """What is drawn at a level is what totals count at it: Kyiv and Sevastopol among the raions."""
    units = {place.id for place in Gazetteer.load(packs=[code]).units(code, level)}
    assert set(layer(code, level).index) <= units
    assert units - set(layer(code, level).index) <= {"AZ-x-AGHDARA"}


def test_every_layer_says_its_licence() -> None:
    """A layer names the licence of each origin that its units name."""
    settings = Settings(database="", user_folder=DATA / "nobody", data_folder=DATA)
    licences = {(info.adm0, info.level): info.licence for info in list_layers(settings)}
    both = "Natural Earth: public domain; GeoNames: CC BY 4.0"
    assert licences == {
        ("AZ", "country"): "Natural Earth: public domain",
        ("AZ", "adm1"): both,
        ("UA", "country"): "Natural Earth: public domain",
        ("UA", "adm1"): both,
        ("UA", "adm2"): both,
    }
