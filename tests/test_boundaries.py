# ruff: noqa: RUF001 - the names are Azerbaijani, Ukrainian and Russian
"""Boundaries: reading layers, and importing a user's own."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import fiona
import geopandas as gpd
import pytest
from pandas.testing import assert_frame_equal
from shapely import MultiPolygon, Point, Polygon, box
from typer.testing import CliRunner

from geotrack.boundaries import ImportOptions, about, import_layer, layer, list_layers, reset, units_at
from geotrack.boundaries.units import fold, known_units
from geotrack.cli.boundaries import app
from geotrack.config import Settings
from geotrack.errors import BoundaryError, OutputError, UsageError

UNITS = {
    "XX-A": ("Aghdam", box(46, 39, 47, 40)),
    "XX-F": ("Fuzuli", box(47, 39, 48, 40)),
    "XX-S": ("Shaki", box(46, 40, 47, 41)),
    "XX-T": ("Shaki City", box(47, 40, 48, 41)),
}
PLACES = """place_id,name,level,adm1,adm2,lon,lat,population,valid_from,valid_to,type
XX,Exland,country,,,,,,,,
XX-A,Aghdam,adm1,XX-A,,46.5,39.5,,,,
XX-F,Fuzuli,adm1,XX-F,,47.5,39.5,,,,
XX-S,Shaki,adm1,XX-S,,46.5,40.5,,,,
XX-T,Shaki,adm1,XX-T,,47.5,40.5,,,,
XX-OLD,Khanlar,adm1,XX-OLD,,,,,,1990-01-01,
XX-x-D,Aghdara,adm1,XX-x-D,,46.1,39.9,,,,
XX0101,Northfield,adm2,XX-A,,,,,,,
"""
NAMES = """place_id,name,language,kind
XX-A,Ağdam,az,label
XX-A,Агдам,ru,label
XX-F,Fizuli,en,alias
XX-x-D,Ağdərə,az,label
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with one small shipped country."""
    data = tmp_path / "data"
    pack = data / "gazetteer" / "XX"
    pack.mkdir(parents=True)
    (data / "boundaries").mkdir()
    (pack / "places.csv").write_text(PLACES, encoding="utf-8")
    (pack / "names.csv").write_text(NAMES, encoding="utf-8")
    shipped = gpd.GeoDataFrame(
        {
            "place_id": list(UNITS),
            "name": [name for name, _ in UNITS.values()],
            "approximate": True,
            "source": "Sketch",
            "area_km2": 9500.0,
        },
        geometry=[MultiPolygon([shape]) for _, shape in UNITS.values()],
        crs="EPSG:4326",
    )
    shipped.to_file(data / "boundaries" / "XX.gpkg", layer="adm1", driver="GPKG")
    return Settings(database="", user_folder=tmp_path / "user", data_folder=data)


def official(**columns: list[object]) -> gpd.GeoDataFrame:
    """Return a user's boundaries: the shipped ones, each border a little further east."""
    shapes = [shape.buffer(0).intersection(box(46.05, 39, 48, 41)) for _, shape in UNITS.values()]
    return gpd.GeoDataFrame(columns, geometry=shapes[: len(next(iter(columns.values())))], crs="EPSG:4326")


def test_layer_has_the_promised_columns(settings: Settings) -> None:
    """A layer is indexed by place id and has its five columns in EPSG:4326."""
    units = layer(settings, "XX", "adm1")
    assert units.index.name == "place_id"
    assert list(units.columns) == ["name", "approximate", "source", "area_km2", "geometry"]
    assert units.crs.to_epsg() == 4326
    assert units["approximate"].dtype == bool


def test_layer_takes_a_folder(settings: Settings) -> None:
    """The folder of boundary files does in place of settings."""
    assert_frame_equal(
        layer(settings.data_folder / "boundaries", "XX", "adm1"), layer(settings, "XX", "adm1")
    )


@pytest.mark.parametrize(("adm0", "level", "part"), [("QQ", "adm1", "XX"), ("XX", "adm2", "adm1")])
def test_missing_layer_says_what_is_there(settings: Settings, adm0: str, level: str, part: str) -> None:
    """A country or level without boundaries names those that are there."""
    with pytest.raises(BoundaryError, match=f"that are there: {part}"):
        layer(settings, adm0, level)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("suffix", "epsg"),
    # GeoJSON is in EPSG:4326 by its standard.
    [("geojson", 4326), *((suffix, epsg) for suffix in ("shp", "gpkg") for epsg in (4326, 32639, 3857))],
)
def test_import_reads_any_format_in_any_crs(
    settings: Settings, tmp_path: Path, suffix: str, epsg: int
) -> None:
    """A file in another format or CRS comes out as the same outlines in EPSG:4326."""
    given = official(KOD=["XXA", "F"], TITLE=["x", "y"])
    path = tmp_path / f"official.{suffix}"
    given.to_crs(epsg).to_file(path)
    report = import_layer(settings, path, "XX", "adm1", ImportOptions(source="Cadastre", licence="CC BY 4.0"))
    read = layer(settings, "XX", "adm1")
    assert report.matched == {"XX-A": "code", "XX-F": "code"}
    assert (report.columns.code, report.columns.name, report.columns.guessed) == ("KOD", None, True)
    assert read.index.tolist() == ["XX-A", "XX-F"]
    assert read["approximate"].tolist() == [False, False]
    shared = read.geometry.to_numpy()[0].intersection(given.geometry[0]).area
    assert shared / given.geometry[0].area == pytest.approx(1, abs=1e-4)
    assert read["area_km2"].to_numpy() == pytest.approx(
        read.to_crs("ESRI:54034").area.to_numpy() / 1e6, rel=1e-3
    )


def test_imported_layer_says_whose_it_is(settings: Settings, tmp_path: Path) -> None:
    """Source, licence, file name and date of import travel with the layer."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.gpkg")
    import_layer(
        settings, tmp_path / "mine.gpkg", "XX", "adm1", ImportOptions(source="Cadastre", licence="CC BY")
    )
    info = about(settings, "XX", "adm1")
    assert (info.source, info.licence, info.file, info.imported) == ("Cadastre", "CC BY", "mine.gpkg", True)
    assert list_layers(settings) == [info]


def test_reset_brings_the_shipped_layer_back(settings: Settings, tmp_path: Path) -> None:
    """After reset the shipped layer is read again; a second reset finds nothing to forget."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.gpkg")
    import_layer(settings, tmp_path / "mine.gpkg", "XX", "adm1")
    assert len(layer(settings, "XX", "adm1")) == 1
    assert [reset(settings, "XX", "adm1"), reset(settings, "XX", "adm1")] == [True, False]
    assert len(layer(settings, "XX", "adm1")) == 4
    assert not about(settings, "XX", "adm1").imported


def test_names_match_in_other_languages_and_spellings(settings: Settings, tmp_path: Path) -> None:
    """Names match whatever their script, case, marks and unit words."""
    official(title=["АГДАМ район", "Fizuli rayonu"]).to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert report.matched == {"XX-A": "name", "XX-F": "name"}


def test_namesakes_are_told_apart_by_where_they_lie(settings: Settings, tmp_path: Path) -> None:
    """Of two units with one name, a row is the one whose known outline it covers."""
    official(name=["Aghdam", "Fuzuli", "Shaki", "Shaki"]).to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert sorted(report.matched) == ["XX-A", "XX-F", "XX-S", "XX-T"]
    assert layer(settings, "XX", "adm1").geometry["XX-T"].contains(Point(47.5, 40.5))


def test_unit_without_shipped_outline_gets_one(settings: Settings, tmp_path: Path) -> None:
    """A unit that had no polygon is drawn once the user brings it."""
    official(name=["Ağdərə"]).to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert report.matched == {"XX-x-D": "name"}


def test_rows_of_one_unit_are_joined(settings: Settings, tmp_path: Path) -> None:
    """Raions with their oblast's code make up the oblast."""
    halves = gpd.GeoDataFrame(
        {"code": ["XX-A", "XX-A"]}, geometry=[box(46, 39, 46.5, 40), box(46.5, 39, 47, 40)], crs="EPSG:4326"
    )
    halves.to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert report.joined == 1
    assert layer(settings, "XX", "adm1").geometry["XX-A"].area == pytest.approx(1)


def test_what_does_not_match_is_reported_on_both_sides(settings: Settings, tmp_path: Path) -> None:
    """Unknown rows come with the nearest name, units without an outline are listed."""
    official(name=["Aghdam", "Fuzulli", "Atlantis"]).to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert [(row.row, row.name, row.nearest) for row in report.unmatched] == [
        (1, "Fuzulli", "Fuzuli"),
        (2, "Atlantis", ""),
    ]
    assert [place_id for place_id, _ in report.missing] == ["XX-F", "XX-S", "XX-T", "XX-x-D"]


def test_name_in_another_place_is_refused(settings: Settings, tmp_path: Path) -> None:
    """A row that shares no ground with the unit of its name is not that unit."""
    away = gpd.GeoDataFrame(
        {"name": ["Aghdam", "Fuzuli"]}, geometry=[box(47, 39, 48, 40), box(47, 39, 48, 40)], crs="EPSG:4326"
    )
    away.to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert list(report.matched) == ["XX-F"]
    assert "outside" in report.unmatched[0].reason


def test_unlike_outline_is_pointed_out(settings: Settings, tmp_path: Path) -> None:
    """An old unit of the same name but half the extent is reported."""
    small = gpd.GeoDataFrame({"name": ["Aghdam"]}, geometry=[box(46, 39, 46.5, 40)], crs="EPSG:4326")
    small.to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert report.unlike == (("XX-A", "Aghdam", 0.5),)


def test_invalid_outlines_are_mended(settings: Settings, tmp_path: Path) -> None:
    """A bow tie becomes two valid triangles; a row without a polygon is reported."""
    bow_tie = Polygon([(46, 39), (47, 40), (47, 39), (46, 40)])
    given = gpd.GeoDataFrame({"code": ["A", "F"]}, geometry=[bow_tie, Point(47.5, 39.5)], crs="EPSG:4326")
    given.to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    mended = layer(settings, "XX", "adm1").geometry["XX-A"]
    assert (report.mended, [row.reason for row in report.unmatched]) == (1, ["has no polygon"])
    assert (mended.is_valid, mended.area) == (True, pytest.approx(0.5))


def test_overlap_is_measured(settings: Settings, tmp_path: Path) -> None:
    """Ground that the file gives to two units is reported in km²."""
    given = gpd.GeoDataFrame(
        {"code": ["A", "F"]}, geometry=[box(46, 39, 47.1, 40), box(47, 39, 48, 40)], crs="EPSG:4326"
    )
    given.to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert report.overlap_km2 == pytest.approx(951, rel=0.01)


def test_file_without_crs_is_refused_with_the_option(settings: Settings, tmp_path: Path) -> None:
    """A Shapefile without .prj names the file and the option; with the option it is read."""
    path = tmp_path / "mine.shp"
    official(code=["XX-A"]).to_crs(32639).to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(BoundaryError, match=r"mine\.shp: no coordinate reference system.*--crs EPSG:"):
        import_layer(settings, path, "XX", "adm1")
    report = import_layer(settings, path, "XX", "adm1", ImportOptions(crs="EPSG:32639"))
    assert (report.crs, list(report.matched)) == ("EPSG:32639", ["XX-A"])


def test_wrong_crs_is_noticed(settings: Settings, tmp_path: Path) -> None:
    """Outlines that land outside the country are no import, and nothing is replaced."""
    path = tmp_path / "mine.shp"
    official(code=["XX-A"]).to_crs(32639).to_file(path)
    with pytest.raises(BoundaryError, match=r"none of its polygons.*--crs"):
        import_layer(settings, path, "XX", "adm1", ImportOptions(crs="EPSG:32636"))
    assert len(layer(settings, "XX", "adm1")) == 4


def test_unknown_crs_is_refused(settings: Settings, tmp_path: Path) -> None:
    """A CRS that nobody knows is named in the refusal."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.geojson")
    with pytest.raises(BoundaryError, match="unknown coordinate system 'EPSG:99'"):
        import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1", ImportOptions(crs="EPSG:99"))


def test_zipped_shapefile_is_read(settings: Settings, tmp_path: Path) -> None:
    """A Shapefile in a folder of a zip is found."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.shp")
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        for path in tmp_path.glob("mine.*"):
            if path.suffix != ".zip":
                archive.write(path, f"folder/{path.name}")
    assert list(import_layer(settings, tmp_path / "mine.zip", "XX", "adm1").matched) == ["XX-A"]


def test_zip_is_read_by_a_relative_path(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zip named from the current folder opens as one named in full."""
    official(code=["XX-A"]).iloc[:1].to_file(tmp_path / "mini.shp")
    with zipfile.ZipFile(tmp_path / "mini.zip", "w") as archive:
        for path in tmp_path.glob("mini.*"):
            if path.suffix != ".zip":
                archive.write(path, path.name)
    monkeypatch.chdir(tmp_path)
    assert list(import_layer(settings, Path("mini.zip"), "XX", "adm1").matched) == ["XX-A"]


def test_several_layers_need_a_choice(settings: Settings, tmp_path: Path) -> None:
    """A file with two layers lists them; the option chooses."""
    path = tmp_path / "mine.gpkg"
    official(code=["XX-A"]).to_file(path, layer="new")
    official(code=["XX-F"]).to_file(path, layer="old")
    with pytest.raises(BoundaryError, match=r"several layers \(new, old\).*--layer"):
        import_layer(settings, path, "XX", "adm1")
    assert import_layer(settings, path, "XX", "adm1", ImportOptions(layer="new")).rows == 1


def test_windows_1251_attributes_are_read_with_the_option(settings: Settings, tmp_path: Path) -> None:
    """A Shapefile in Windows-1251 without .cpg matches once its encoding is given."""
    path = tmp_path / "mine.shp"
    official(name=["Агдам"]).to_file(path, encoding="cp1251")
    path.with_suffix(".cpg").unlink()
    report = import_layer(settings, path, "XX", "adm1", ImportOptions(encoding="cp1251"))
    assert report.matched == {"XX-A": "name"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.geojson", b"{]"), ("a.zip", b"PK no"), ("a.shp", b"not a shapefile"), ("a.txt", b"hello")],
)
def test_unreadable_file_is_one_clear_line(
    settings: Settings, tmp_path: Path, name: str, content: bytes
) -> None:
    """Whatever is wrong with a file, the error names it."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BoundaryError, match=name):
        import_layer(settings, tmp_path / name, "XX", "adm1")


def test_missing_file_and_column_are_named(settings: Settings, tmp_path: Path) -> None:
    """A wrong path or column is refused with what is there."""
    with pytest.raises(BoundaryError, match="no such file"):
        import_layer(settings, tmp_path / "none.shp", "XX", "adm1")
    official(code=["XX-A"]).to_file(tmp_path / "mine.geojson")
    with pytest.raises(BoundaryError, match=r"no column 'kod'\. Columns that are there: code"):
        import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1", ImportOptions(code_column="kod"))


def test_file_that_names_no_unit_is_refused(settings: Settings, tmp_path: Path) -> None:
    """A file of another country shows what was seen, and replaces nothing."""
    official(name=["Kent", "Essex"]).to_file(tmp_path / "mine.geojson")
    with pytest.raises(BoundaryError, match="no column names known units"):
        import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    with pytest.raises(BoundaryError, match="as Kent; Essex"):
        import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1", ImportOptions(name_column="name"))
    assert not about(settings, "XX", "adm1").imported


def test_dry_run_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    """A dry run reports and leaves the shipped layer."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1", ImportOptions(dry_run=True))
    assert (report.written, len(report.matched), len(layer(settings, "XX", "adm1"))) == (None, 1, 4)


def test_failed_write_keeps_the_layer_before(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that dies while writing leaves the earlier import whole and no litter."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.geojson")
    import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geotrack.boundaries.imports._write_gpkg", full_disk)
    with pytest.raises(OutputError, match="No space left"):
        import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    assert [path.name for path in (settings.user_folder / "boundaries").iterdir()] == ["XX-adm1.gpkg"]
    assert len(layer(settings, "XX", "adm1")) == 1


def test_codes_are_known_in_each_usual_form(settings: Settings) -> None:
    """ISO codes with and without dash or country, P-codes and KATOTTG codes find their unit."""
    adm1 = known_units(settings.data_folder / "gazetteer", "XX", "adm1")
    adm2 = known_units(settings.data_folder / "gazetteer", "XX", "adm2")
    assert [adm1.by_code(code) for code in ("XX-A", "xxa", "A", "XX01", "XX01000000000041885")] == [
        "XX-A"
    ] * 5
    codes = ("XX0101", "0101", "XX01010000000012345")
    assert [adm2.by_code(code) for code in codes] == ["XX0101"] * 3
    assert [adm1.by_code(code) for code in (None, "", "?", "XX-OLD")] == [None] * 4


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ağdərə", "agdere"), ("İsmayıllı rayonu", "ismayilli"), ("Куп’янський район", "куп'янський")],
)
def test_fold_ignores_case_marks_and_unit_words(one: str, other: str) -> None:
    """Names that differ in marks, case and unit words fold to one."""
    assert fold(one) == fold(other)


def test_cli_imports_lists_and_resets(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The four commands work together."""
    monkeypatch.setattr(Settings, "read", classmethod(lambda _cls, *_: settings))
    (tmp_path / "mine.geojson").write_text(official(name=["Aghdam", "Kent"]).to_json(), encoding="utf-8")
    run = CliRunner().invoke
    file = str(tmp_path / "mine.geojson")
    imported = run(app, ["import", file, "--country", "xx", "--level", "adm1", "--yes"])
    assert imported.exit_code == 0, imported.output
    assert "matched: 1 units" in imported.output
    assert "row 2 Kent: no such unit is known" in imported.output
    assert "imported 20" in run(app, ["list"]).output
    assert "source: mine.geojson" in run(app, ["show", "--country", "XX"]).output
    assert "forgotten" in run(app, ["reset", "--country", "XX", "--level", "adm1"]).output
    listed = run(app, ["list"]).output
    assert [word in listed for word in ("shipped", "4 first-level", "licence not")] == [True] * 3


@pytest.mark.parametrize(("answer", "outlines"), [("y\n", 1), ("n\n", 4), ("", 4)])
def test_cli_asks_before_few_units_replace_a_layer(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, outlines: int
) -> None:
    """A file with most units missing takes a layer's place only where the user says so."""
    monkeypatch.setattr(Settings, "read", classmethod(lambda _cls, *_: settings))
    official(code=["XX-A"]).to_file(tmp_path / "mine.geojson")
    wanted = ["import", str(tmp_path / "mine.geojson"), "--country", "XX", "--level", "adm1"]
    done = CliRunner().invoke(app, wanted, input=answer)
    assert "Only 1 of 5 units are in this file" in done.output
    assert (len(layer(settings, "XX", "adm1")), done.exit_code) == (outlines, 0 if outlines == 1 else 2)


def test_written_layer_opens_with_fiona(settings: Settings, tmp_path: Path) -> None:
    """The stored layer is a plain GeoPackage of multipolygons."""
    official(code=["XX-A"]).to_file(tmp_path / "mine.geojson")
    report = import_layer(settings, tmp_path / "mine.geojson", "XX", "adm1")
    with fiona.open(report.written) as rows:
        assert (rows.schema["geometry"], len(rows)) == ("MultiPolygon", 1)
        assert json.loads(json.dumps(dict(rows[1].properties)))["place_id"] == "XX-A"


def test_a_point_lies_in_its_units() -> None:
    """The widest first; at sea and abroad there is none; what is no point is refused."""
    settings = Settings.read()
    assert units_at(settings, 46.93, 39.99)["place_id"].tolist() == ["AZ", "AZ-AGM"]
    assert units_at(settings, 37.26, 49.21)["place_id"].tolist() == ["UA", "UA-63", "UA6304"]
    assert units_at(settings, 0.0, 0.0).empty
    for lon, lat in ((200.0, 0.0), (0.0, float("nan"))):
        with pytest.raises(UsageError, match="longitude"):
            units_at(settings, lon, lat)


LAYOUTS = {
    "GADM": {
        "GID_0": ["EXL"] * 4,
        "GID_1": [f"EXL.{number}_1" for number in range(1, 5)],
        "NAME_1": ["Agdamskiy", "Fuzulin", "Shaki", "Shaki"],
        "VARNAME_1": ["Agdam|Ağdam", "Fizuli", "NA", "NA"],
        "ISO_1": ["NA", "NA", "XX-S", "XX-T"],
    },
    "COD-AB": {
        "ADM0_PCODE": ["XX"] * 4,
        "ADM1_AZ": ["Ağdam", "", "", ""],
        "ADM1_EN": ["Agdamskiy", "Fuzuli", "Shaki", "Shaki"],
        "ADM1_PCODE": ["AZ001", "AZ002", "XX-S", "XXT"],
    },
    "geoBoundaries": {
        "shapeName": ["Aghdam", "Fuzuli", "Shaki", "Shaki City"],
        "shapeISO": ["XX-A", "", "XX-S", "XX-T"],
        "shapeGroup": ["EXL"] * 4,
        "shapeType": ["ADM1"] * 4,
    },
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_published_layouts_are_known_by_their_columns(
    settings: Settings, tmp_path: Path, layout: str
) -> None:
    """Codes and names come from the columns of the layout, further names too; the layer says whose it is."""
    path = tmp_path / "units.geojson"
    official(**LAYOUTS[layout]).to_file(path, driver="GeoJSON")
    report = import_layer(settings, path, "XX", "adm1")
    assert (report.columns.layout, report.columns.guessed) == (layout, False)
    assert (sorted(report.matched), report.unmatched) == (sorted(UNITS), ())
    info = about(settings, "XX", "adm1")
    assert info.source.startswith(("GADM", "OCHA COD-AB", "geoBoundaries"))
    assert bool(info.licence) == (layout == "GADM")


def test_a_layer_of_another_level_is_refused(settings: Settings, tmp_path: Path) -> None:
    """A name alone could be that of a wider unit."""
    path = tmp_path / "units.geojson"
    official(**LAYOUTS["geoBoundaries"] | {"shapeType": ["ADM2"] * 4}).to_file(path, driver="GeoJSON")
    with pytest.raises(BoundaryError, match=r"holds units of level adm2\. Give --level adm2"):
        import_layer(settings, path, "XX", "adm1")


def test_a_layout_without_known_values_is_guessed(settings: Settings, tmp_path: Path) -> None:
    """Where its own columns find no unit, those that do are taken."""
    columns = LAYOUTS["geoBoundaries"] | {"shapeName": [""] * 4, "shapeISO": [""] * 4, "CODE": [*UNITS]}
    path = tmp_path / "units.geojson"
    official(**columns).to_file(path, driver="GeoJSON")
    report = import_layer(settings, path, "XX", "adm1")
    assert (report.columns.code, report.columns.guessed, len(report.matched)) == ("CODE", True, 4)
