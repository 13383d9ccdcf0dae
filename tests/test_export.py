"""Exports are read back by other programs, carry their sources, and harm nobody."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import fiona
import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from analysis_tables import FewPlaces, figure, figures, hectares, incident, incidents
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.errors import OutputError, UsageError
from geotrack.export import Districts, ExportContent, ExportFilter, export
from geotrack.export.rows import iso3
from geotrack.export.spreadsheets import cell
from geotrack.export.tables import Layer
from geotrack.store import Store

BUILT_ON = dt.date(2024, 5, 6)
FORMATS = ["geojson", "gpkg", "csv", "parquet", "xlsx"]
SENTENCE = "Elvin Aliyev, 34, was killed by a mine in Aghdam; 30 mines were found."


def rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return figures and incidents of a few documents."""
    found = [
        hectares("f1", 12.5, "AZ-AGM", "2023-01-02/2023-01-08", sentence="=HYPERLINK(1)", title="Week one"),
        figure("f2", 30, "AZ-AGM AZ-FUZ", "2023-02-01/2023-02-28", document_id="d", sentence=SENTENCE),
        figure("f3", 7, "UA6304", "2024-01-01/2024-01-31", retold=True, inferred=["start"]),
        figure("f4", 9, "AZ-LAC", "2023-02-01/2023-02-28", review="rejected"),
    ]
    told = [
        incident(
            "i1",
            "2023-05-01",
            "gn:2",
            killed=1,
            document_id="d",
            victims=["Elvin Aliyev, 34"],
            sentence=SENTENCE,
        ),
        incident("i2", "2023-05", "AZ-FUZ", injured=2, killed=0),
    ]
    return found, told


def square(west: float) -> shapely.MultiPolygon:
    """Return a square degree, its ring clockwise as GeoJSON must not have it."""
    ring = [(west, 39), (west, 40), (west + 1, 40), (west + 1, 39), (west, 39)]
    return shapely.MultiPolygon([shapely.Polygon(ring)])


def aghdam_and_neighbours() -> Districts:
    """Return three square districts."""
    units = gpd.GeoDataFrame(
        {
            "name": ["Aghdam", "Fuzuli", "Lachin"],
            "approximate": [False, True, False],
            "source": "drawn by hand",
            "area_km2": [9500.0, 9500.0, 9500.0],
        },
        geometry=[square(46), square(47), square(48)],
        index=pd.Index(["AZ-AGM", "AZ-FUZ", "AZ-LAC"], name="place_id"),
        crs="EPSG:4326",
    )
    return Districts("AZ", "adm1", units, "drawn by hand", "CC0")


def content(*, backwards: bool = False, **more: Any) -> ExportContent:
    """Return what to export, the facts in one order or the other."""
    step = -1 if backwards else 1
    found, told = rows()
    given = {
        "figures": figures(*found[::step]),
        "incidents": incidents(*told[::step]),
        "places": FewPlaces(),
        "districts": (aghdam_and_neighbours(),),
        "built_on": BUILT_ON,
    }
    return ExportContent(**{**given, **more})


def geojson(folder: Path, name: str) -> dict[str, Any]:
    """Return the parsed collection of a layer."""
    return json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, packed ones as they were before."""
    if path.suffix in {".xlsx", ".docx"}:
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".parquet":
        return json.dumps(pq.read_table(path).to_pylist(), default=str, ensure_ascii=False).encode()
    return path.read_bytes()


def test_each_geojson_feature_has_its_id_source_sentence_and_offsets(tmp_path: Path) -> None:
    """A figure has null geometry and its place ids; a group is one feature."""
    export(content(), tmp_path, "geojson")
    told = {one["id"]: one for one in geojson(tmp_path, "figures")["features"]}
    assert sorted(told) == ["f1", "f2", "f3"]
    group = told["f2"]
    assert group["geometry"] is None
    assert {
        name: group["properties"][name] for name in ("place_ids", "admin1_name", "document_id", "span_end")
    } == {
        "place_ids": ["AZ-AGM", "AZ-FUZ"],
        "admin1_name": ["Aghdam", "Fuzuli"],
        "document_id": "d",
        "span_end": 8,
    }


def test_an_incident_is_a_point_only_at_a_settlement(tmp_path: Path) -> None:
    """One known by district has null geometry, its place ids and its precision."""
    export(content(), tmp_path, "geojson")
    told = {one["id"]: one for one in geojson(tmp_path, "incidents")["features"]}
    assert told["i1"]["geometry"] == {"type": "Point", "coordinates": [46.95, 40.05]}
    assert (told["i2"]["geometry"], told["i2"]["properties"]["precision"]) == (None, "adm1")
    assert told["i2"]["properties"]["reference_period_end"] == "2023-05-31"


def test_districts_carry_totals_and_rings_run_counterclockwise(tmp_path: Path) -> None:
    """The unit's own total is there; a group's share is not; what is unknown is null."""
    export(content(), tmp_path, "geojson")
    collection = geojson(tmp_path, "districts_AZ_adm1")
    first, second, _ = collection["features"]
    assert (first["id"], first["properties"]["area_cleared"], first["properties"]["area_cleared_unit"]) == (
        "AZ-AGM",
        125_000.0,
        "m2",
    )
    assert (second["properties"]["area_cleared"], second["properties"]["n_incidents"]) == (None, 1)
    outlines = [shapely.geometry.shape(one["geometry"]) for one in collection["features"]]
    parts = [part for outline in outlines for part in getattr(outline, "geoms", [outline])]
    assert all(part.exterior.is_ccw for part in parts)
    assert "crs" not in collection


@pytest.mark.parametrize("file_format", FORMATS)
def test_victims_are_taken_out_unless_full_sentences_are_asked_for(tmp_path: Path, file_format: str) -> None:
    """Neither name nor age is anywhere in the files, in another fact's sentence either."""
    export(content(), tmp_path / "safe", file_format)
    export(content(redacted=False), tmp_path / "full", file_format)
    held = {
        name: b"".join(unpacked(file) for file in (tmp_path / name).iterdir()) for name in ("safe", "full")
    }
    assert (b"Aliyev" in held["safe"], b", 34" in held["safe"]) == (False, False)
    assert b"Elvin Aliyev" in held["full"]


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_facts_give_the_same_bytes(tmp_path: Path, file_format: str) -> None:
    """Neither the order in which facts came in nor an earlier export in the folder changes a byte."""
    written = []
    for name, backwards in (("a", False), ("b", True), ("a", True)):
        paths = export(content(backwards=backwards), tmp_path / name, file_format)
        written.append({path.name: path.read_bytes() for path in paths})
    assert written[0] == written[1] == written[2]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(written[0])


def test_the_geopackage_is_read_back_by_another_reader(tmp_path: Path) -> None:
    """Fiona finds layers and tables, types and values; every figure of the GeoJSON is there."""
    export(content(), tmp_path, "gpkg")
    path = tmp_path / "geotrack.gpkg"
    assert fiona.listlayers(path) == [
        "districts_AZ_adm1",
        "incidents",
        "figures",
        "totals_districts_AZ_adm1",
        "about",
        "layer_styles",
    ]
    with fiona.open(path, layer="figures") as layer:
        told = {row.properties["figure_id"]: row for row in layer}
        assert layer.schema["geometry"] == "None"
        assert layer.schema["properties"]["reference_period_start"] == "date"
    assert (told["f2"].geometry, json.loads(told["f2"].properties["place_ids"])) == (
        None,
        ["AZ-AGM", "AZ-FUZ"],
    )
    assert told["f1"].properties["reference_period_end"] == "2023-01-08"
    with fiona.open(path, layer="incidents") as layer:
        points = {row.properties["incident_id"]: row.geometry for row in layer}
        assert layer.crs.to_epsg() == 4326
    assert (points["i1"].coordinates, points["i2"]) == ((46.95, 40.05), None)


def test_ogrinfo_reads_geopackage_and_geojson(tmp_path: Path) -> None:
    """GDAL's own reader counts the same features and finds the tables."""
    if shutil.which("ogrinfo") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("ogrinfo is missing: install gdal-bin")
        pytest.skip("needs ogrinfo (gdal-bin)")
    export(content(), tmp_path, "gpkg")
    export(content(), tmp_path, "geojson")
    layers = {
        "geotrack.gpkg": ("districts_AZ_adm1", 3),
        "incidents.geojson": ("incidents", 2),
        "figures.geojson": ("figures", 3),
    }
    for name, (layer, count) in layers.items():
        command = ["ogrinfo", "-ro", "-so", str(tmp_path / name), layer]
        if name == "figures.geojson":
            command = ["ogrinfo", "-ro", "-so", "-al", str(tmp_path / name)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        assert (f"Feature Count: {count}" in told.stdout, told.stderr) == (True, "")


def test_a_csv_is_read_back_cell_by_cell_with_its_codes(tmp_path: Path) -> None:
    """HDX column names, ISO alpha-3 country codes, lists joined, a notice where words are retold."""
    export(content(), tmp_path, "csv")
    told = {row["figure_id"]: row for row in table(tmp_path, "figures")}
    picked = ("location_code", "admin1_code", "admin1_name", "value", "reference_period_start")
    assert [told["f2"][name] for name in picked] == [
        "AZE",
        "AZ-AGM; AZ-FUZ",
        "Aghdam; Fuzuli",
        "30",
        "2023-02-01",
    ]
    assert [told["f3"][name] for name in ("location_code", "admin2_code", "notice", "warning")] == [
        "UKR",
        "UA6304",
        "retold, not the publisher's words",
        "inferred start",
    ]
    totals = table(tmp_path, "districts_AZ_adm1")
    assert [(row["place_id"], row["measure"], row["value"]) for row in totals] == [
        ("AZ-AGM", "area_cleared", "125000"),
        ("AZ-AGM", "casualties", "1"),
        ("AZ-AGM", "incident_killed", "1"),
        ("AZ-AGM", "killed", "1"),
        ("AZ-AGM", "n_incidents", "1"),
        ("AZ-FUZ", "casualties", "2"),
        ("AZ-FUZ", "incident_injured", "2"),
        ("AZ-FUZ", "incident_killed", "0"),
        ("AZ-FUZ", "injured", "2"),
        ("AZ-FUZ", "killed", "0"),
        ("AZ-FUZ", "n_incidents", "1"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_no_cell_runs_as_a_formula(start: str) -> None:
    """Text that a spreadsheet would run is quoted; a negative number stays a number."""
    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell(-1.5) == "-1.5"


def test_the_csv_has_its_mark_and_hxl_tags_only_when_asked(tmp_path: Path) -> None:
    """The second row names the columns for HXL readers."""
    export(content(), tmp_path, "csv", hxl=True)
    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    tags = table(tmp_path, "figures")[0]
    assert (tags["admin1_code"], tags["rule"]) == ("#adm1+code", "")


def test_the_filter_is_applied_and_stated(tmp_path: Path) -> None:
    """Only the country, measure and days asked for; the metadata says which, and what it is not for."""
    chosen = ExportFilter("AZ", "items_found", dt.date(2023, 2, 1), dt.date(2023, 3, 31))
    export(content(filter=chosen), tmp_path, "csv")
    told = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
    assert [row["figure_id"] for row in table(tmp_path, "figures")] == ["f2"]
    assert told["filters"] == {
        "country": "AZ",
        "measure": "items_found",
        "from": "2023-02-01",
        "to": "2023-03-31",
        "min_confidence": None,
    }
    assert told["build_date"] == "2024-05-06"
    assert told["boundaries"][0]["licence"] == "CC0"
    assert told["notices"][0] == "Not for navigation or operations."


def test_an_empty_store_exports_empty_layers(tmp_path: Path) -> None:
    """No fact at all is no error."""
    for file_format in FORMATS:
        export(content(figures=figures(), incidents=incidents()), tmp_path, file_format)
    assert geojson(tmp_path, "figures")["features"] == []
    assert len(geojson(tmp_path, "districts_AZ_adm1")["features"]) == 3


def test_the_command_reads_the_database_and_dates_by_the_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty database gives empty tables and a metadata file dated by SOURCE_DATE_EPOCH."""
    database = tmp_path / "facts.db"
    Store.open(database).close()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714953600")
    monkeypatch.setenv("GEOTRACK_HOME", str(tmp_path / "home"))
    arguments = ["export", "--format", "csv", "--out", str(tmp_path / "out"), "--db", str(database)]
    answer = CliRunner().invoke(app, [*arguments, "--country", "az", "--full-sentences"])
    assert (answer.exit_code, answer.exception) == (0, None)
    assert "share this output only with" in answer.stderr
    told = json.loads((tmp_path / "out" / "metadata.json").read_text(encoding="utf-8"))
    assert (told["build_date"], told["filters"]["country"]) == ("2024-05-06", "AZ")
    assert {one["level"] for one in told["boundaries"]} >= {"adm1"}
    assert isinstance(CliRunner().invoke(app, [*arguments, "--measure", "pigs"]).exception, UsageError)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """The error names the path and the way out."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file"):
        export(content(), tmp_path / "file", "csv")


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    """The filter cannot be made."""
    with pytest.raises(UsageError, match="ends"):
        ExportFilter(start=dt.date(2023, 2, 1), end=dt.date(2023, 1, 1))


def test_countries_have_their_iso_code_and_layers_write_lists_as_json() -> None:
    """HDX uses alpha-3; QGIS reads a list as JSON text."""
    layer = Layer("x", {"places": "list"}, [{"places": ["a", "b"]}])
    assert (iso3("AZ"), iso3("UA"), iso3("nowhere")) == ("AZE", "UKR", "nowhere")
    assert next(iter(layer.features()))["properties"] == {"places": '["a", "b"]'}


def test_a_fact_of_a_place_that_no_pack_knows_is_exported_with_an_error(tmp_path: Path) -> None:
    """It keeps its ids, says what is wrong, has no point and no total; the metadata counts it."""
    lost, known = figure("lost", 5, "AZ-OLD AZ-AGM", title=""), figure("known", 7, "AZ-AGM")
    blast = incident("blast", "2023-05-01", "gn:999", killed=1)
    given = content(figures=figures(lost, known), incidents=incidents(blast), filter=ExportFilter(adm0="AZ"))
    for file_format in FORMATS:
        export(given, tmp_path, file_format)
    rows = {row["figure_id"]: row for row in table(tmp_path, "figures")}
    assert (rows["lost"]["error"], rows["known"]["error"]) == ("no pack knows the place: AZ-OLD", "")
    assert rows["lost"]["admin1_code"] == "AZ-AGM"
    (feature,) = geojson(tmp_path, "incidents")["features"]
    assert (feature["geometry"], feature["properties"]["place_ids"]) == (None, ["gn:999"])
    totals = [row for row in table(tmp_path, "districts_AZ_adm1") if row["measure"] == "items_found"]
    assert [(row["place_id"], float(row["value"])) for row in totals] == [("AZ-AGM", 7.0)]
    told = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))["notices"]
    assert any(notice.startswith("2 facts name a place that no pack knows") for notice in told)
