"""QGIS draws a GeoPackage as the app draws its map."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from analysis_tables import FewPlaces, figure, figures, hectares, incident, incidents
from test_export import aghdam_and_neighbours

from geotrack.export import ExportContent, export
from geotrack.export.qml import rgba
from geotrack.maps import MapStyle, Scene, gather
from geotrack.maps.ramps import DEVICES

LAYER = "districts_AZ_adm1"


def content() -> ExportContent:
    """Return what to export: values of two classes, a zero, a group, an approximate border, incidents."""
    found = [
        hectares("f1", 12.345, "AZ-AGM", "2023-01-02/2023-01-08"),
        hectares("f2", 700, "AZ-LAC", "2023-01-02/2023-01-08"),
        figure("f3", 0, "AZ-LAC", "2023-01-02/2023-01-08"),
        figure("f4", 30, "AZ-AGM AZ-FUZ", "2023-02-01/2023-02-28"),
    ]
    told = [
        incident("i1", "2023-05-01", "gn:2", killed=1, device="anti-tank mine"),
        incident("i2", "2023-06-01", "gn:3", injured=1, device="UXO"),
    ]
    places, districts = FewPlaces(), (aghdam_and_neighbours(),)
    return ExportContent(figures(*found), incidents(*told), places, districts, dt.date(2024, 5, 6))


@pytest.fixture
def written(tmp_path: Path) -> sqlite3.Connection:
    """Return the GeoPackage as SQLite reads it."""
    export(content(), tmp_path, "gpkg")
    return sqlite3.connect(tmp_path / "geotrack.gpkg")


def rules(written: sqlite3.Connection, table: str, name: str) -> list[tuple[str, str, ET.Element]]:
    """Return the filter, label and symbol of each rule of a style."""
    chosen = "select styleQML from layer_styles where f_table_name = ? and styleName = ?"
    root = ET.fromstring(written.execute(chosen, (table, name)).fetchone()[0])  # noqa: S314 - our own file
    symbols = {one.get("name"): one for one in root.findall("renderer-v2/symbols/symbol")}
    held = root.findall("renderer-v2/rules/rule")
    return [(str(one.get("filter")), str(one.get("label")), symbols[one.get("symbol")]) for one in held]


def option(symbol: ET.Element, name: str) -> str | None:
    """Return an option of a symbol's first layer."""
    found = symbol.find(f"layer/Option/Option[@name='{name}']")
    return None if found is None else found.get("value")


def drawn(written: sqlite3.Connection, measure: str) -> dict[str, tuple[str | None, str]]:
    """Return the colour and label of each unit; a unit that two rules draw, or none, fails."""
    found: dict[str, tuple[str | None, str]] = {}
    for where, label, symbol in rules(written, LAYER, measure):
        query = f'select place_id from "{LAYER}" where {where}'  # noqa: S608 - our own file
        for (place_id,) in written.execute(query):
            assert place_id not in found
            found[place_id] = option(symbol, "color"), label
    return found


@pytest.mark.parametrize(
    ("measure", "name"),
    [("area_cleared", "Land cleared"), ("items_found", "Explosive items found"), ("incidents", "Incidents")],
)
def test_each_unit_wears_its_colour_of_the_app(written: sqlite3.Connection, measure: str, name: str) -> None:
    """The rules of a style, asked of the file itself, give every unit the fill of the app's map."""
    given = content()
    style = MapStyle(measure, "AZ", "adm1")
    tables: list[Any] = [given.figures, given.incidents, given.places, given.districts[0].units]
    units = Scene(gather(*tables, style), style).paint["units"]
    expected = {
        unit_id: rgba("#eef1f3" if unit["hatched"] else unit["fill"])
        for unit_id, unit in units.items()
        if not unit["bare"]
    }
    assert {unit_id: colour for unit_id, (colour, _) in drawn(written, name).items()} == expected


def test_labels_are_those_of_the_legend(written: sqlite3.Connection) -> None:
    """Zero, no data and a unit known by a group alone are told apart."""
    assert {unit_id: label for unit_id, (_, label) in drawn(written, "Explosive items found").items()} == {
        "AZ-AGM": "Only in a figure for several districts",
        "AZ-FUZ": "Only in a figure for several districts",
        "AZ-LAC": "Reported as zero",
    }
    labels = [label for _, label, _ in rules(written, LAYER, "Land cleared")]
    assert labels == ["No data", "12.35 ha", "700 ha"]


def test_incidents_wear_the_colour_of_their_device(written: sqlite3.Connection) -> None:
    """Where people were killed the ring is dark."""
    found = {}
    for where, label, symbol in rules(written, "incidents", "Incidents"):
        query = f"select incident_id from incidents where {where}"  # noqa: S608 - our own file
        for (incident_id,) in written.execute(query):
            found[incident_id] = label, option(symbol, "color"), option(symbol, "outline_color")
    assert found == {
        "i1": ("anti-tank mine, people killed", rgba(DEVICES["anti-tank mine"]), rgba("#111111")),
        "i2": ("UXO", rgba(DEVICES["UXO"]), rgba("#ffffff")),
    }


def test_qgis_finds_one_default_style_a_layer(written: sqlite3.Connection) -> None:
    """The schema is empty text, the date that of the build, and the table no layer of shapes."""
    chosen = "select f_table_name, styleName, update_time from layer_styles where useAsDefault"
    assert written.execute(f"{chosen} and f_table_schema = '' and f_geometry_column = 'geom'").fetchall() == [
        (LAYER, "Land cleared", "2024-05-06T00:00:00.000"),
        ("incidents", "Incidents", "2024-05-06T00:00:00.000"),
    ]
    kind = "select data_type from gpkg_contents where table_name = 'layer_styles'"
    assert written.execute(kind).fetchall() == [("attributes",)]
