"""Parquet and Excel files are read back by other programs, value by value."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_export import content

from geotrack.errors import MissingExtraError, OutputError
from geotrack.export import export, workbooks
from geotrack.export.tables import tables_of


def test_geopandas_reads_the_districts_of_a_geoparquet(tmp_path: Path) -> None:
    """Shapes, totals and null values are there; longitude comes first."""
    export(content(), tmp_path, "parquet")
    units = gpd.read_parquet(tmp_path / "districts_AZ_adm1.parquet").set_index("place_id")
    assert units.crs.equals("OGC:CRS84")
    assert units.geometry["AZ-LAC"].bounds == (48.0, 39.0, 49.0, 40.0)
    assert all(part.exterior.is_ccw for one in units.geometry for part in one.geoms)
    cleared = units["area_cleared"]
    assert (cleared["AZ-AGM"], cleared.isna().to_list()) == (125_000.0, [False, True, True])
    about = json.loads(pq.read_schema(tmp_path / "districts_AZ_adm1.parquet").metadata[b"geo"])
    assert (about["version"], about["columns"]["geometry"]["bbox"]) == ("1.1.0", [46.0, 39.0, 49.0, 40.0])


def test_parquet_keeps_types_and_says_what_it_is(tmp_path: Path) -> None:
    """Dates are dates, lists lists, an unknown number null; the caveat is in the file itself."""
    export(content(), tmp_path, "parquet")
    table = pq.read_table(tmp_path / "incidents.parquet")
    assert [str(table.schema.field(name).type) for name in ("killed", "reference_period_end")] == [
        "int64",
        "date32[day]",
    ]
    told = {row["incident_id"]: row for row in table.to_pylist()}
    assert (told["i1"]["injured"], told["i1"]["reference_period_end"]) == (None, dt.date(2023, 5, 1))
    assert (told["i1"]["place_ids"], told["i2"]["geometry"]) == (["gn:2"], None)
    figures = pq.read_schema(tmp_path / "figures.parquet")
    assert figures.field("place_ids").type == pa.list_(pa.field("element", pa.string()))
    assert b"geo" not in figures.metadata
    about = json.loads(figures.metadata[b"geotrack"])
    assert (about["build_date"], about["notices"][0]) == ("2024-05-06", "Not for navigation or operations.")


def sheets(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each sheet of facts, by name."""
    book = openpyxl.load_workbook(folder / "geotrack.xlsx")
    found = {}
    for page in book.worksheets[1:]:
        names, *rows = page.iter_rows(values_only=True)
        found[page.title] = [dict(zip(map(str, names), row, strict=True)) for row in rows]
    return found


def test_excel_opens_with_the_caveats(tmp_path: Path) -> None:
    """The first sheet has notices, filters, date and licences."""
    export(content(), tmp_path, "xlsx")
    book = openpyxl.load_workbook(tmp_path / "geotrack.xlsx")
    page = book.worksheets[0]
    told = [(row[0], row[1]) for row in page.iter_rows(values_only=True)]
    assert page.title == "Read me first"
    assert ("notice", "Not for navigation or operations.") in told
    assert ("build_date", "2024-05-06") in told
    assert ("boundaries 1: licence", "CC0") in told
    assert book.properties.created == dt.datetime(2024, 5, 6)  # noqa: DTZ001 - Excel has no zones


def test_excel_holds_the_facts_by_type(tmp_path: Path) -> None:
    """Numbers and days are such; what begins as a formula is text; the totals are rows."""
    export(content(), tmp_path, "xlsx")
    held = sheets(tmp_path)
    assert list(held) == ["figures", "incidents", "totals_districts_AZ_adm1"]
    told = {row["figure_id"]: row for row in held["figures"]}
    assert (told["f2"]["value"], told["f2"]["admin1_name"]) == (30, "Aghdam; Fuzuli")
    assert told["f1"]["reference_period_end"] == dt.datetime(2023, 1, 8)  # noqa: DTZ001
    assert told["f3"]["retold"] is True
    page = openpyxl.load_workbook(tmp_path / "geotrack.xlsx")["figures"]
    (formula,) = [cell for row in page.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert formula.data_type == "s"
    total = held["totals_districts_AZ_adm1"][0]
    assert (total["place_id"], total["measure"], total["value"]) == ("AZ-AGM", "area_cleared", 125_000)


def test_what_a_sheet_cannot_hold_is_refused_or_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many rows are an error that names the way out; a cell too long ends with an ellipsis."""
    tables = tables_of(content())
    monkeypatch.setattr(workbooks, "MOST_CHARACTERS", 10)
    assert workbooks.workbook(tables, dt.date(2024, 5, 6))
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    with pytest.raises(OutputError, match="parquet"):
        workbooks.workbook(replace(tables, incidents=[]), dt.date(2024, 5, 6))


def test_a_missing_package_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the command says how to install it."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match="office"):
        export(content(), tmp_path, "xlsx")
