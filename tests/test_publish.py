"""Facts in a PostGIS database: layers that GDAL reads, replaced whole, in a schema of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import psycopg
import pytest
import store_samples as samples
from typer.testing import CliRunner

from geotrack.cli import app
from geotrack.store import Review, Store

pytest_plugins = ("databases",)
pytestmark = pytest.mark.postgres


@pytest.fixture
def maps(postgres_database: str) -> str:
    """Give the address of a database with PostGIS and one report in it."""
    with psycopg.connect(postgres_database, autocommit=True) as connection:
        try:
            connection.execute("CREATE EXTENSION postgis")
        except psycopg.errors.FeatureNotSupported:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("PostGIS is not installed")
    document = samples.document()
    with Store.open(postgres_database) as store:
        store.add(document, samples.reading(document))
    return postgres_database


@pytest.fixture
def connection(maps: str) -> Iterator[psycopg.Connection]:
    """Give a connection of somebody who only looks."""
    with psycopg.connect(maps, autocommit=True) as opened:
        yield opened


def _publish(database: str, *words: str) -> str:
    """Return what publishing says; an error is told, too."""
    done = CliRunner().invoke(app, ["db", "publish", "--db", database, *words])
    return done.output + str(done.exception or "")


def _pg(database: str) -> str:
    """Return an address as GDAL writes it."""
    parts = urlsplit(database)
    host = parse_qs(parts.query)["host"][0]
    return f"PG:host={host} user={parts.username} dbname={parts.path[1:]} schemas=geotrack_maps"


def test_gdal_reads_the_layers(maps: str) -> None:
    """Districts are polygons, incidents points, and a figure lies on each district it is of."""
    if shutil.which("ogrinfo") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("ogrinfo (gdal-bin) is not installed")
        pytest.skip("ogrinfo (gdal-bin) is not installed")
    assert "geotrack_maps.incidents" in _publish(maps)
    told = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", _pg(maps)], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    layers = {part.split("\n", 1)[0]: part for part in told.split("Layer name: ")[1:]}
    assert "Geometry: Multi Polygon" in layers["districts_az_adm1"]
    assert "Geometry: Point" in layers["incidents"]
    assert "WGS 84" in layers["incidents"]
    assert "Feature Count: 2" in layers["figures_on_units"]


def test_a_figure_lies_on_its_districts(maps: str, connection: psycopg.Connection) -> None:
    """Each row says on how many units the figure lies: its value is not added up over them."""
    _publish(maps)
    rows = connection.execute(
        "SELECT unit_id, value, units_of_figure, ST_Contains(geom, ST_PointOnSurface(geom)) "
        "FROM geotrack_maps.figures_on_units WHERE measure = 'ap_mines_found' ORDER BY unit_id"
    ).fetchall()
    assert rows == [("AZ-AGM", 31.0, 2, True), ("AZ-FUZ", 31.0, 2, True)]


def test_shapes_are_indexed(maps: str, connection: psycopg.Connection) -> None:
    """Each table with shapes has a GiST index."""
    _publish(maps)
    shaped = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'geotrack_maps' AND EXISTS (SELECT 1 FROM "
        "geometry_columns WHERE f_table_schema = schemaname AND f_table_name = tablename)"
    ).fetchall()
    indexed = connection.execute(
        "SELECT tablename FROM pg_indexes WHERE schemaname = 'geotrack_maps' AND indexdef LIKE '%USING gist%'"
    ).fetchall()
    assert sorted(shaped) == sorted(indexed) != []


def _default_style(connection: psycopg.Connection, table: str) -> tuple[str, str]:
    """Return the name and text of the style that QGIS draws a layer with, asked for as QGIS asks."""
    row = connection.execute(
        "SELECT stylename, styleqml::text FROM layer_styles WHERE f_table_catalog = current_database() "
        "AND f_table_schema = 'geotrack_maps' AND f_table_name = %s AND f_geometry_column = 'geom' "
        "AND (type = 'any' OR type IS NULL) "
        "ORDER BY CASE WHEN useasdefault THEN 1 ELSE 2 END, update_time DESC LIMIT 1",
        [table],
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def test_qgis_finds_styles_whose_rules_draw_each_row_once(maps: str, connection: psycopg.Connection) -> None:
    """Publishing again adds none twice, and a style that somebody made the default stays it."""
    _publish(maps)
    units = "SELECT fid FROM geotrack_maps.districts_az_adm1"
    _, style = _default_style(connection, "districts_az_adm1")
    rules = ET.fromstring(style).iter("rule")  # noqa: S314 - our own
    drawn = " UNION ALL ".join(f"{units} WHERE {rule.get('filter')}" for rule in rules)
    expected = connection.execute(f"{units} ORDER BY fid").fetchall()
    assert connection.execute(f"{drawn} ORDER BY fid").fetchall() == expected != []
    count = "SELECT count(*) FROM layer_styles"
    before = connection.execute(count).fetchone()
    connection.execute(
        "UPDATE layer_styles SET stylename = 'Ours', description = '' WHERE f_table_name = 'incidents'"
    )
    _publish(maps)
    assert _default_style(connection, "incidents")[0] == "Ours"
    assert connection.execute(count).fetchone() == (before[0] + 1,)


def test_publishing_again_replaces_rows_and_keeps_what_was_granted(
    maps: str, connection: psycopg.Connection
) -> None:
    """A rejected figure goes, the tables stay the same ones, and their readers may still read.

    A reader of the facts reads the layers, too, that are published later, and the styles.
    """
    connection.execute("CREATE ROLE looker LOGIN")
    CliRunner().invoke(app, ["db", "grant", "reader", "looker", "--db", maps])
    _publish(maps)
    with psycopg.connect(maps.replace("geotrack@", "looker@")) as looker:
        looker.execute("SELECT * FROM geotrack_maps.figures_on_units, geotrack_maps.about, layer_styles")
    table = "SELECT 'geotrack_maps.figures'::regclass::oid"
    before = connection.execute(table).fetchone()
    connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA geotrack_maps TO public")
    document = samples.document()
    figure = samples.reading(document).figures[0]
    with Store.open(maps) as store:
        store.review(Review(figure.id, "rejected", "Aysel"))
    _publish(maps)
    assert connection.execute(table).fetchone() == before
    left = connection.execute("SELECT count(*) FROM geotrack_maps.figures WHERE figure_id = %s", [figure.id])
    assert left.fetchone() == (0,)
    granted = "SELECT has_table_privilege('public', 'geotrack_maps.figures_on_units', 'SELECT')"
    assert connection.execute(granted).fetchone() == (True,)


def test_who_reads_meanwhile_sees_all_or_the_old(maps: str, connection: psycopg.Connection) -> None:
    """A reader in the middle of a look is neither stopped nor shown an empty table."""
    _publish(maps)
    count = "SELECT count(*) FROM geotrack_maps.incidents"
    with connection.transaction():
        before = connection.execute(count).fetchone()
        assert "incidents" in _publish(maps)
        assert connection.execute(count).fetchone() == before != (0,)


def test_a_schema_of_others_is_left_alone(maps: str, connection: psycopg.Connection) -> None:
    """Neither the store's own schema nor somebody else's is written into."""
    connection.execute("CREATE SCHEMA survey")
    for schema in ("public", "survey"):
        assert "holds other tables" in _publish(maps, "--schema", schema)
    assert "No name of a schema" in _publish(maps, "--schema", 'x"; DROP TABLE documents')


def test_a_database_without_postgis_says_so(postgres_database: str, tmp_path: Path) -> None:
    """The error names the database and the one command that helps; a file is told where to."""
    with Store.open(str(tmp_path / "reports.db")) as store:
        store.add(samples.document(), samples.reading(samples.document()))
    told = _publish(str(tmp_path / "reports.db"), "--to", postgres_database)
    assert "has no PostGIS" in told
    assert "CREATE EXTENSION postgis" in told
    assert "--to postgresql://" in _publish(str(tmp_path / "reports.db"))


def test_a_file_is_published_into_a_server(maps: str, connection: psycopg.Connection, tmp_path: Path) -> None:
    """The laptop's database becomes layers on the server of the office, whatever styles are there."""
    file = str(tmp_path / "reports.db")
    with Store.open(file) as store:
        store.add(samples.document(), samples.reading(samples.document()))
    connection.execute("CREATE TABLE layer_styles (id integer)")
    assert "without colours" in _publish(file, "--to", maps, "--schema", "laptop")
    assert connection.execute("SELECT count(*) > 0 FROM laptop.incidents").fetchone() == (True,)
