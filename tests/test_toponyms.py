# ruff: noqa: RUF001 - the names are Azerbaijani, Ukrainian and Russian
"""Gazetteers of others beside the shipped one: what goes in, what does not, and what is read with them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
from shapely import MultiPolygon, box
from typer.testing import CliRunner

from geotrack.cli.places import app
from geotrack.config import Settings
from geotrack.documents import Options
from geotrack.errors import BoundaryError, PlaceFileError
from geotrack.extraction import Reader
from geotrack.gazetteer import Gazetteer, PackError
from geotrack.gazetteer.imported import forget, imported_folder, imported_path, list_imports, stamps
from geotrack.models import Document
from geotrack.store import Store
from geotrack.store.ingest import ingest
from geotrack.toponyms import BadRow, PlaceOptions, import_places
from geotrack.toponyms.words import is_word
from geotrack.workers import LocalWorkers

UNITS = {"XX-A": ("Arazli", box(46, 39, 47, 40)), "XX-B": ("Boyali", box(47, 39, 48, 40))}
PLACES = """place_id,name,level,adm1,adm2,lon,lat,population,valid_from,valid_to,type,seat,katottg
XX,Exland,country,,,47,39.5,,,,,,
XX-A,Arazli,adm1,XX-A,,46.5,39.5,,,,,,
XX-B,Boyali,adm1,XX-B,,47.5,39.5,,,,,,
gn:7,Saltepe,settlement,XX-A,,46.20000,39.20000,600,,,,,
XX-B/dashbulagh,Dashbulagh,settlement,XX-B,,,,,,,village,,
"""
NAMES = """place_id,name,language,kind
XX-B/dashbulagh,Daşbulağ,az,label
"""


def row(number: int, name: str, others: str = "", **columns: object) -> str:
    """Return a line of a dump, its nineteen columns between tabs."""
    told = {"lat": 39.5, "lon": 46.5, "code": "PPL", "population": 0, "country": "XX"} | columns
    code = str(told["code"])
    kind = "A" if code.startswith("ADM") else "S" if code == "SCH" else "P"
    point = (told["lat"], told["lon"])
    division = told.get("division", "")
    cells = (number, name, name, others, *point, kind, code, told["country"], "", division, "", "", "")
    return "\t".join(map(str, (*cells, told["population"], "", "100", "Etc/UTC", "2024-01-01")))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with one small shipped country of two districts."""
    data = tmp_path / "data"
    pack = data / "gazetteer" / "XX"
    pack.mkdir(parents=True)
    (data / "boundaries").mkdir()
    (pack / "places.csv").write_text(PLACES, encoding="utf-8")
    (pack / "names.csv").write_text(NAMES, encoding="utf-8")
    outlines = gpd.GeoDataFrame(
        {"place_id": list(UNITS), "name": [name for name, _ in UNITS.values()]}
        | {"approximate": True, "source": "Sketch", "area_km2": 9500.0},
        geometry=[MultiPolygon([shape]) for _, shape in UNITS.values()],
        crs="EPSG:4326",
    )
    outlines.to_file(data / "boundaries" / "XX.gpkg", layer="adm1", driver="GPKG")
    return Settings(database=str(tmp_path / "one.db"), user_folder=tmp_path / "user", data_folder=data)


def dump(tmp_path: Path, *lines: str, name: str = "XX.txt") -> Path:
    """Write lines as a country dump."""
    path = tmp_path / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_new_village_lies_where_its_point_is(settings: Settings, tmp_path: Path) -> None:
    """It is found by all its names: those of the row, and what the rules of spelling make of them."""
    path = dump(tmp_path, row(90, "Göycəli", "Геджали,გოიჯალი", lon=47.4, population=321))
    report = import_places(settings, path)
    assert (report.adm0, report.layout, report.rows, report.added, report.bad) == ("XX", "geonames", 1, 1, ())
    gazetteer = Gazetteer.of(settings)
    place = gazetteer.place("gn:90")
    assert (place.name, place.adm1, place.lon, place.lat, place.population) == (
        "Goyjali",
        "XX-B",
        47.4,
        39.5,
        321,
    )
    for name in ("Göycəli", "Goyjali", "Геджали", "გოიჯალი", "Гёйджали"):
        assert [one.place.id for one in gazetteer.find(name)] == ["gn:90"], name


def test_a_known_village_is_given_what_it_lacks(settings: Settings, tmp_path: Path) -> None:
    """It is known by its id, or by its name in its district: names, point and people go to it."""
    path = dump(
        tmp_path,
        row(7, "Saltepe", "Солтепе", lat=39.2, lon=46.2, population=900),
        row(91, "Daşbulağ", "Дашбулаг", lon=47.1, population=40),
    )
    report = import_places(settings, path)
    assert (report.added, report.named) == (0, 2)
    gazetteer = Gazetteer.of(settings)
    known, pointless = gazetteer.place("gn:7"), gazetteer.place("XX-B/dashbulagh")
    assert (known.population, pointless.lon, pointless.population) == (600, 47.1, 40)
    assert [one.place.id for one in gazetteer.find("Солтепе")] == ["gn:7"]
    assert [one.place.id for one in gazetteer.find("Дашбулаг")] == ["XX-B/dashbulagh"]


def test_two_villages_of_one_name(settings: Settings, tmp_path: Path) -> None:
    """Of two in one district the second is another one; so is one in another district, or far away."""
    path = dump(
        tmp_path,
        row(92, "Daşbulağ", lon=47.3),
        row(93, "Daşbulağ", lon=47.7),
        row(94, "Daşbulağ", lon=46.3),
        row(95, "Saltepe", lat=39.8, lon=46.8),
    )
    assert import_places(settings, path).added == 3
    gazetteer = Gazetteer.of(settings)
    assert {one.place.id for one in gazetteer.find("Daşbulağ")} == {"XX-B/dashbulagh", "gn:93", "gn:94"}
    assert {one.place.id for one in gazetteer.find("Saltepe")} == {"gn:7", "gn:95"}


def test_a_division_outweighs_a_border(settings: Settings, tmp_path: Path) -> None:
    """Near a border the unit that a row's code is stands before the outline; far from it the outline does."""
    by_name = row(80, "Boyali District", lon=47.5, code="ADM1", division="02")
    by_settlement = row(7, "Saltepe", lat=39.2, lon=46.2, division="01")
    near = [row(90, "Goyjali", lon=46.98, division="02"), row(91, "Uzunova", lon=47.02, division="01")]
    far = row(92, "Kasikli", lon=46.5, division="02")
    import_places(settings, dump(tmp_path, *near, far, by_name, by_settlement))
    gazetteer = Gazetteer.of(settings)
    assert [gazetteer.place(f"gn:{number}").adm1 for number in (90, 91, 92)] == ["XX-B", "XX-A", "XX-A"]


def test_bad_rows_are_listed_and_good_ones_go_in(settings: Settings, tmp_path: Path) -> None:
    """Each bad row comes with its line and reason; what is no settlement or unit is counted."""
    path = dump(
        tmp_path,
        row(90, "Goyjali"),
        "",
        row(91, "Uzunova", lat="north"),
        row(92, "", lat=39.1),
        "93\tKasikli",
        row(90, "Goyjali"),
        row(94, "Danizli", lat=10),
        row(95, "Mektebli", code="SCH"),
        row(96, "Arazli Mahalla", code="PPLX"),
        row(97, "Otherland", country="YY"),
        row(98, "Kemerli", population="many"),
        row(99, "Og"),
        row(100, "Umid Rayonu", code="ADM1"),
    )
    report = import_places(settings, path)
    assert report.bad == (
        BadRow(3, "Uzunova", "'north', '46.5' is no latitude and longitude"),
        BadRow(4, "92", "has no name"),
        BadRow(5, "93\tKasikli", "has 2 columns, not 19"),
        BadRow(6, "Goyjali", "its id stands in line 1, too"),
        BadRow(7, "Danizli", "lies in no unit of the country"),
        BadRow(11, "Kemerli", "its population is no number: 'many'"),
        BadRow(12, "Og", "has too short a name"),
        BadRow(13, "Umid Rayonu", "no known unit of that name lies there"),
    )
    assert report.passed_over == {
        "neither settlements nor units of the first two levels": 1,
        "parts of settlements": 1,
        "of another country": 1,
    }
    assert (report.rows, report.added) == (12, 1)


def test_units_are_given_names_with_their_word(settings: Settings, tmp_path: Path) -> None:
    """A bare name is a town's as well, and stays out."""
    path = dump(tmp_path, row(80, "Boyali District", "Boyalı Rayonu,Boyaly,Бояли", lon=47.5, code="ADM1"))
    assert import_places(settings, path).named == 1
    gazetteer = Gazetteer.of(settings)
    assert gazetteer.find("Boyalı Rayonu")[0].place.id == "XX-B"
    assert "Бояли" not in {one.name for one in gazetteer.find("Бояли")}


def test_the_same_file_twice_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    """The kept file and what readings know the gazetteer by stay; the order of rows is no matter."""
    lines = [row(90, "Goyjali", "Геджали"), row(91, "Daşbulağ", lon=47.1)]
    shipped = Gazetteer.of(settings).fingerprint
    assert import_places(settings, dump(tmp_path, *lines)).written == imported_path(
        settings, "XX", "geonames"
    )
    before = stamps(imported_folder(settings)), Gazetteer.of(settings).fingerprint
    assert before[1] != shipped
    assert import_places(settings, dump(tmp_path, *reversed(lines))).written is None
    assert (stamps(imported_folder(settings)), Gazetteer.of(settings).fingerprint) == before


def test_another_file_takes_the_place_of_the_first(settings: Settings, tmp_path: Path) -> None:
    """What was imported is listed, replaced and forgotten; a dry run changes nothing."""
    shipped = Gazetteer.of(settings).fingerprint
    import_places(settings, dump(tmp_path, row(90, "Goyjali")), PlaceOptions(licence="CC BY 4.0"))
    import_places(settings, dump(tmp_path, row(91, "Uzunova")), PlaceOptions(dry_run=True))
    assert "gn:90" in Gazetteer.of(settings)
    import_places(settings, dump(tmp_path, row(91, "Uzunova"), name="new.txt"))
    (kept,) = list_imports(settings)
    assert (kept.adm0, kept.layout, kept.file, kept.places) == ("XX", "geonames", "new.txt", 1)
    assert "gn:90" not in Gazetteer.of(settings)
    assert forget(settings, "XX") == ["geonames"]
    assert forget(settings, "XX") == []
    assert Gazetteer.of(settings).fingerprint == shipped


def test_a_zip_as_it_is_downloaded(settings: Settings, tmp_path: Path) -> None:
    """The table in it is read, not what tells about it; two tables are one too many."""
    path = tmp_path / "XX.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "Columns")
        archive.writestr("XX.txt", row(90, "Goyjali"))
    assert import_places(settings, path).added == 1
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("YY.txt", row(91, "Uzunova"))
    with pytest.raises(PlaceFileError, match=r"not one table but these: XX\.txt, YY\.txt"):
        import_places(settings, path)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("list.csv", b"name,lat,lon\nGoyjali,39.5,46.5\n", "columns are those of no gazetteer"),
        ("empty.txt", b"", "columns are those of no gazetteer"),
        ("XX.zip", b"PK no zip", "cannot be read"),
        ("YY.txt", row(1, "Otherland", country="YY").encode(), "none of its rows is a place of XX"),
    ],
)
def test_what_is_no_gazetteer_is_refused(
    settings: Settings, tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    """The error says what is wrong, and nothing is kept."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PlaceFileError, match=problem):
        import_places(settings, path, PlaceOptions("XX"))
    assert list_imports(settings) == []


def test_missing_file_and_unknown_country(settings: Settings, tmp_path: Path) -> None:
    """A country without a pack has no units to place villages in."""
    with pytest.raises(PlaceFileError, match="no such file"):
        import_places(settings, tmp_path / "none.txt")
    with pytest.raises(BoundaryError, match="Countries that are there: XX"):
        import_places(settings, dump(tmp_path, row(1, "Otherland", country="YY")))


def test_damaged_imports_say_how_to_be_rid_of_them(settings: Settings, tmp_path: Path) -> None:
    """Nothing is read without what was imported, unless it is forgotten; an import replaces it."""
    import_places(settings, dump(tmp_path, row(90, "Goyjali")))
    path = imported_path(settings, "XX", "geonames")
    path.write_bytes(path.read_bytes()[:80])
    with pytest.raises(PackError, match="geotrack places reset"):
        Gazetteer.of(settings)
    assert import_places(settings, dump(tmp_path, row(90, "Goyjali"))).written == path
    assert "gn:90" in Gazetteer.of(settings)


TEXT = "In Goyjali village of Arazli district, Exland, 12 mines were found in March 2024."
WORDS = "Farmers of Arazli district in Exland said: in Mines 12 people work. In Fermer, 3 mines were found."


def test_reports_are_read_with_it(settings: Settings, tmp_path: Path) -> None:
    """A village that was imported is found, and reports that are ingested again are read anew."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "report.txt").write_text(TEXT, encoding="utf-8")
    with Store.open(settings.database) as store:
        ingest(store, Reader(Gazetteer.of(settings)), [reports], Options())
        (before,) = store.figures()["place_ids"]
        import_places(settings, dump(tmp_path, row(90, "Goyjali")))
        report = ingest(store, Reader(Gazetteer.of(settings)), [reports], Options())
        (after,) = store.figures()["place_ids"]
    assert (list(before), list(after)) == (["XX-A/goyjali"], ["gn:90"])
    assert report.updated == 1


def test_other_processes_read_with_it(settings: Settings, tmp_path: Path) -> None:
    """They know by their version what they read with."""
    import_places(settings, dump(tmp_path, row(90, "Goyjali")))
    folder = settings.data_folder / "gazetteer"
    with LocalWorkers(1, folder, imported_folder(settings)) as workers:
        assert workers.rules_version == Reader(Gazetteer.of(settings)).rules_version


def test_words_do_not_become_villages(settings: Settings, tmp_path: Path) -> None:
    """A village whose name is a word of reports needs a place word; such a name of a known one is dropped."""
    assert is_word("Mines")
    path = dump(
        tmp_path, row(90, "Mines"), row(91, "Fermer"), row(7, "Saltepe", "Salvage,Mine", lat=39.2, lon=46.2)
    )
    report = import_places(settings, path)
    assert report.added == 2
    reader = Reader(Gazetteer.of(settings))
    named = [one.place.id for one in reader.read(Document(WORDS)).mentions]
    assert "gn:90" not in named
    with_word = "In Arazli district of Exland, 3 mines were found in the village of Mines."
    assert "gn:90" in [one.place.id for one in reader.read(Document(with_word)).mentions]


def test_names_of_units_and_towns_stay_theirs(settings: Settings, tmp_path: Path) -> None:
    """A bare name goes on to mean what it meant: a village of that name is listed, a further one dropped."""
    path = dump(tmp_path, row(90, "Boyali"), row(91, "Goyjali", "Exland,Gojali"))
    report = import_places(settings, path)
    assert report.bad == (BadRow(1, "Boyali", "has the name of XX-B, which texts mean by it"),)
    gazetteer = Gazetteer.of(settings)
    assert [one.place.id for one in gazetteer.find("Exland")] == ["XX"]
    assert [one.place.id for one in gazetteer.find("Gojali")] == ["gn:91"]


def test_commands(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They import, list and forget, and tell of each bad row."""
    monkeypatch.setattr(Settings, "read", lambda _database=None: settings)
    path = dump(tmp_path, row(90, "Goyjali", "Геджали"), row(91, "Uzunova", lat="north"))
    run = CliRunner()
    told = run.invoke(app, ["import", str(path), "--country", "xx", "--licence", "CC BY 4.0"]).stdout
    assert "new places: 1" in told
    assert "line 2 Uzunova: 'north', '46.5' is no latitude and longitude" in told
    assert "nothing is new" in run.invoke(app, ["import", str(path)]).stdout
    listed = " ".join(run.invoke(app, ["list"]).stdout.split())
    assert "XX geonames 1 2" in listed
    assert "CC BY 4.0" in listed
    assert "gn:90" in run.invoke(app, ["find", "Геджали"]).stdout
    assert run.invoke(app, ["reset", "--country", "XX"]).stdout.startswith("Forgotten: geonames. Read ")
    assert "Nothing was imported" in run.invoke(app, ["list"]).stdout


UNITS_WITH_CODES = """XX-C,Cherven Oblast,adm1,XX-C,,,,,,,,,
XX0102,Sady Raion,adm2,XX-C,XX0102,,,,,,,,XX01020000000000005
gn:8,Sady,settlement,XX-C,XX0102,,,,,,city,,XX01020010010000011
katottg:XX01020010020000012,Stara Hreblia,settlement,XX-C,XX0102,,,,,,village,,
"""
HEADING = (["Кодифікатор"], ["Перший рівень", "Другий рівень", "", "", "", "Категорія", "Назва об’єкта"])
OBLAST, RAION, COMMUNITY = "XX01000000000000001", "XX01020000000000005", "XX01020010000000009"


def unit(*codes: str, category: str = "C", name: str = "") -> list[str]:
    """Return a row of the codifier: a code at each of five levels, category, name."""
    return [*codes, *[""] * (5 - len(codes)), category, name]


def village(code: str, name: str, category: str = "C") -> list[str]:
    """Return the row of a settlement of the one community."""
    return unit(OBLAST, RAION, COMMUNITY, code, category=category, name=name)


ROWS = (
    unit(OBLAST, category="O", name="Червенська"),
    unit(OBLAST, RAION, category="P", name="Нижньосадівський"),
    unit(OBLAST, RAION, COMMUNITY, category="H", name="Садівська"),
    village("XX01020010010000011", "Сади", "М"),  # a Cyrillic letter, as tables have it
    village("XX01020010020000012", "Нова Гребля"),
    village("XX01020010030000013", "Яблуневий Гай", "X"),
    unit(OBLAST, RAION, COMMUNITY, "XX01020010010000011", "XX01020010010100014", category="B", name="Центр"),
)


@pytest.fixture
def coded(settings: Settings) -> Settings:
    """Return settings whose country has a codifier."""
    pack = settings.data_folder / "gazetteer" / "XX"
    (pack / "places.csv").write_text(PLACES + UNITS_WITH_CODES, encoding="utf-8")
    label = "katottg:XX01020010020000012,Стара Гребля,uk,label\n"
    (pack / "names.csv").write_text(NAMES + label, encoding="utf-8")
    return settings


def table(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    """Write rows below the heading of a codifier, as a workbook or a CSV file."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for cells in (*HEADING, *rows):
            book.active.append([cell or None for cell in cells])
        book.save(path)
    else:
        lines = (";".join(cells) for cells in (*HEADING, *rows))
        path.write_text("\n".join(lines), encoding=encoding)
    return path


@pytest.mark.parametrize(
    ("name", "encoding"), [("k.xlsx", ""), ("k.csv", "utf-8-sig"), ("old.csv", "cp1251")]
)
def test_a_codifier_goes_in(coded: Settings, tmp_path: Path, name: str, encoding: str) -> None:
    """Its villages lie where their codes begin; what it names otherwise now is found by both names."""
    report = import_places(coded, table(tmp_path / name, *ROWS, encoding=encoding))
    assert (report.adm0, report.layout, report.rows, report.added, report.bad) == ("XX", "katottg", 7, 1, ())
    assert report.passed_over == {"communities": 1, "parts of cities": 1}
    gazetteer = Gazetteer.of(coded)
    place = gazetteer.place("katottg:XX01020010030000013")
    assert (place.name, place.adm1, place.adm2, place.type) == (
        "Yablunevyi Hai",
        "XX-C",
        "XX0102",
        "settlement",
    )
    assert gazetteer.names(place.id) == {"en": "Yablunevyi Hai", "uk": "Яблуневий Гай"}
    for known_as in ("Стара Гребля", "Нова Гребля", "Nova Hreblia"):
        assert [one.place.id for one in gazetteer.find(known_as)] == ["katottg:XX01020010020000012"]
    assert gazetteer.find("Сади")[0].place.id == "gn:8"
    assert gazetteer.find("Нижньосадівський район")[0].place.id == "XX0102"
    assert gazetteer.find("Червенська область")[0].place.id == "XX-C"


def test_bad_rows_of_a_codifier(coded: Settings, tmp_path: Path) -> None:
    """They are listed with line and reason; the heading is none of them."""
    rows = (
        ROWS[0],
        unit("XX0102", category="C", name="Верби"),
        village("XX01020010040000015", "Ставки", "Q"),
        village("XX01020010040000015", ""),
        unit(OBLAST, "XX01090000000000016", COMMUNITY, category="H", name="Чужа"),
        unit(OBLAST, "XX01090000000000016", "XX01090010000000017", "XX01090010010000018", name="Далека"),
        unit("YY01000000000000001", category="O", name="Інша"),
        village("XX01020010050000019", "Ставки"),
        village("XX01020010050000019", "Ставки"),
    )
    report = import_places(coded, table(tmp_path / "k.csv", *rows))
    assert report.bad == (
        BadRow(4, "XX0102 C Верби", "has no code of nineteen characters"),
        BadRow(5, "Q Ставки", "has no category that is known"),
        BadRow(6, "C", "has no name"),
        BadRow(7, "H Чужа", f"its code {COMMUNITY} does not begin as those of its parents"),
        BadRow(8, "Далека", "no unit has the code XX01090010010000018"),
        BadRow(11, "Ставки", "its id stands in line 10, too"),
    )
    assert (report.passed_over, report.added) == ({"of another country": 1}, 1)


def test_two_gazetteers_know_one_village(coded: Settings, tmp_path: Path) -> None:
    """The one that comes second takes it for the same, and keeps it where the first is forgotten."""
    path = dump(tmp_path, row(90, "Yablunevyi Hai", "Яблуневий Гай"))
    pack = coded.data_folder / "gazetteer" / "XX" / "places.csv"
    pack.write_text(pack.read_text(encoding="utf-8").replace("XX-C,XX0102,", "XX-A,,"), encoding="utf-8")
    assert import_places(coded, path).added == 1
    assert import_places(coded, table(tmp_path / "k.csv", *ROWS)).added == 0
    assert {one.place.id for one in Gazetteer.of(coded).find("Яблуневий Гай")} == {"gn:90"}
    assert forget(coded, "XX", "geonames") == ["geonames"]
    assert "gn:90" in Gazetteer.of(coded)


def test_a_workbook_that_is_none(coded: Settings, tmp_path: Path) -> None:
    """It is refused with what to give."""
    path = tmp_path / "k.xlsx"
    path.write_bytes(b"PK no workbook")
    with pytest.raises(PlaceFileError, match="KATOTTG table"):
        import_places(coded, path)
