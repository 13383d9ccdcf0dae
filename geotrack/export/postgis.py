"""Facts and units as layers of a PostGIS database, which QGIS and any SQL client open.

They stand in a schema of their own. What was there is replaced in one transaction, by deleting and
inserting: who has a layer open sees the old rows or the new ones, and never none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine, UserDefinedType

from geotrack.errors import StoreError, UsageError
from geotrack.export.content import ExportContent
from geotrack.export.rows import Kind, Row
from geotrack.export.styles import STYLE_TOLD, LayerStyle, styles_of
from geotrack.export.tables import Layer, about_layer, layer_name, layers_of, tables_of
from geotrack.store.connection import engine_for, file_of, label, plain_errors, url_of
from geotrack.store.roles import LAYERS_TOLD, act_as_owner, show_layers

SCHEMA = "geotrack_maps"
UNITS, FIGURES_ON_UNITS = "units", "figures_on_units"
WAIT_S = 30.0
SRID = 4326
STYLES = "layer_styles"
"""The table in which QGIS looks for styles: in the schema that a name without one means."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_TYPES: dict[Kind, TypeEngine[Any]] = {
    "str": sa.Text(),
    "list": postgresql.ARRAY(sa.Text()),
    "date": sa.Date(),
    "time": sa.DateTime(timezone=True),
    "int": sa.BigInteger(),
    "float": sa.Double(),
    "bool": sa.Boolean(),
}


# As QGIS itself makes it.
_STYLES_MADE = """\
CREATE TABLE {styles} (id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar,
f_table_name varchar, f_geometry_column varchar, stylename text, styleqml xml, stylesld xml,
useasdefault boolean, description text, owner varchar(63) DEFAULT current_user, ui xml,
update_time timestamp DEFAULT current_timestamp, type varchar)"""
_STYLES_GONE = """\
DELETE FROM {styles}
WHERE f_table_catalog = current_database() AND f_table_schema = :schema AND description = :told"""
# Who chose another style for everybody keeps it.
_STYLE_ADDED = """\
INSERT INTO {styles} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename,
styleqml, useasdefault, description, update_time)
SELECT current_database(), s.schema, s.name, 'geom', :name, XMLPARSE(DOCUMENT :qml), :is_default
AND NOT EXISTS (SELECT FROM {styles} WHERE f_table_catalog = current_database()
AND f_table_schema = s.schema AND f_table_name = s.name AND useasdefault), :told, CAST(:built_on AS timestamp)
FROM (VALUES (CAST(:schema AS text), CAST(:table AS text))) AS s (schema, name)"""
# No right to write there, or a table of that name with other columns or shorter ones.
_NOT_OURS = ("42501", "42703", "22001")


@dataclass(frozen=True, slots=True)
class Published:
    """How many rows each table of the schema has, by its name, and whether QGIS finds styles for them."""

    rows: dict[str, int]
    has_styles: bool


class Geometry(UserDefinedType[bytes]):
    """A column of shapes in EPSG:4326, which takes well-known binary."""

    cache_ok = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def get_col_spec(self, **_: object) -> str:
        """Return the column's type in SQL."""
        return f"geometry({self.kind}, {SRID})"

    def bind_expression(self, bindvalue: sa.BindParameter[bytes]) -> ColumnElement[bytes]:
        """Wrap what is inserted so that PostGIS reads it."""
        return sa.func.ST_GeomFromWKB(sa.type_coerce(bindvalue, sa.LargeBinary()), SRID, type_=self)


def publish(content: ExportContent, database: str, schema: str = SCHEMA) -> Published:
    """Write the layers of an export into a schema of a PostGIS database, over those of the last time.

    Parameters
    ----------
    content
        The tables, polygons and filters.
    database
        The address of a PostgreSQL database with PostGIS.
    schema
        Is made if it is not there; it holds nothing else.

    Returns
    -------
    published
        What was written. Two views stand beside the tables: `units`, all units of all layers, and
        `figures_on_units`, each figure on each district or region that it is of. There are no styles
        where the table in which QGIS looks for them is not the user's to write.

    Raises
    ------
    StoreError
        If the database cannot be written, or has no PostGIS.
    UsageError
        If the database is no PostgreSQL, or the schema is not geotrack's.
    """
    url, name = url_of(database), label(database)
    if file_of(url) is not None:
        raise UsageError(f"{name} is a file: layers are published into PostgreSQL, --to postgresql://….")
    if not _NAME.fullmatch(schema):
        raise UsageError(
            f"No name of a schema: {schema!r}. Give one of small letters, digits and underscores."
        )
    tables = tables_of(content)
    layers = [*layers_of(content, tables), about_layer(tables)]
    units = [layer_name(one).lower() for one in content.districts]
    styles = styles_of(content, tables)
    engine = engine_for(url, read_only=False, wait_s=WAIT_S)
    try:
        with plain_errors(name), engine.begin() as connection:
            # Who publishes at the same time waits: both would write the same rows.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:schema))"), {"schema": schema})
            act_as_owner(connection)
            home = connection.scalar(sa.text("SELECT current_schema()"))
            _make_schema(connection, schema)
            _find_postgis(connection, name)
            written = {one.name: _write(connection, one, layer) for one, layer in _tables(layers, schema)}
            _drop_others(connection, schema, set(written))
            _make_views(connection, schema, units)
            held = _quoted(connection, home, STYLES)
            return Published(written, _write_styles(connection, held, schema, styles, content.built_on))
    finally:
        engine.dispose()


def _find_postgis(connection: sa.Connection, name: str) -> None:
    """Let names of PostGIS be found wherever it is installed."""
    found = connection.scalar(
        sa.text(
            "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
            "WHERE extname = 'postgis'"
        )
    )
    if found is None:
        raise StoreError(name, "has no PostGIS", "Its owner adds it once: CREATE EXTENSION postgis;")
    connection.execute(sa.text(f"SET LOCAL search_path TO {_quoted(connection, str(found))}"))


def _make_schema(connection: sa.Connection, schema: str) -> None:
    """Make the schema, open to who reads the tables; refuse one that holds something else."""
    known = connection.execute(
        sa.text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name"),
        {"name": schema},
    ).first()
    if known is None:
        connection.execute(sa.schema.CreateSchema(schema))
        connection.execute(sa.text(f"COMMENT ON SCHEMA {_quoted(connection, schema)} IS '{LAYERS_TOLD}'"))
        show_layers(connection, schema)
    elif known[0] != LAYERS_TOLD:
        raise UsageError(f"The schema {schema} holds other tables: name another one with --schema.")


def _tables(layers: Sequence[Layer], schema: str) -> Iterator[tuple[sa.Table, Layer]]:
    """Yield the table of each layer."""
    known = sa.MetaData(schema=schema)
    for layer in layers:
        columns = [sa.Column(name, _TYPES[kind]) for name, kind in layer.fields.items()]
        if layer.geometry:
            columns.append(sa.Column("geom", Geometry(layer.geometry)))
        name = layer.name.lower()
        fid = sa.Column("fid", sa.Integer(), primary_key=True, autoincrement=False)
        table = sa.Table(name, known, fid, *columns)
        if layer.geometry:
            sa.Index(f"{name}_geom", table.c.geom, postgresql_using="gist")
        yield table, layer


def _write(connection: sa.Connection, table: sa.Table, layer: Layer) -> int:
    """Replace the rows of a table, and the table itself where its columns changed."""
    held = connection.execute(
        sa.text(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(:name) AND attnum > 0 "
            "AND NOT attisdropped ORDER BY attnum"
        ),
        {"name": f"{table.schema}.{table.name}"},
    ).scalars()
    columns = list(held)
    if columns == [column.name for column in table.columns]:
        connection.execute(table.delete())
    else:
        if columns:
            connection.execute(sa.text(f"DROP TABLE {_quoted(connection, table.schema, table.name)} CASCADE"))
        table.create(connection)
    rows = list(_rows(layer))
    if rows:
        connection.execute(table.insert(), rows)
    return len(rows)


def _rows(layer: Layer) -> Iterator[Row]:
    shapes = layer.geometries or [None] * len(layer.rows)
    for number, (row, shape) in enumerate(zip(layer.rows, shapes, strict=True), 1):
        told = {"fid": number} | {name: row.get(name) for name in layer.fields}
        if layer.geometry:
            told["geom"] = shapely.to_wkb(shapely.geometry.shape(dict(shape))) if shape else None
        yield told


def _drop_others(connection: sa.Connection, schema: str, kept: set[str]) -> None:
    """Drop the layers that the last publishing had and this one has not."""
    held = connection.execute(
        sa.text("SELECT tablename FROM pg_tables WHERE schemaname = :schema"), {"schema": schema}
    ).scalars()
    for name in sorted(set(held) - kept):
        connection.execute(sa.text(f"DROP TABLE {_quoted(connection, schema, name)} CASCADE"))


def _make_views(connection: sa.Connection, schema: str, layers: Sequence[str]) -> None:
    """Make the views that bring all units together, and figures onto them."""
    if not layers:
        return
    parts = " UNION ALL ".join(
        f"SELECT place_id, name, level, location_code, admin1_code, area_km2, approximate, geom "  # noqa: S608 - names of our own
        f"FROM {_quoted(connection, schema, name)}"
        for name in sorted(layers)
    )
    units = _quoted(connection, schema, UNITS)
    figures = _quoted(connection, schema, "figures")
    numbered = "row_number() OVER (ORDER BY"
    connection.execute(
        sa.text(
            f"CREATE OR REPLACE VIEW {units} AS SELECT ({numbered} place_id))::integer AS id, u.* "  # noqa: S608
            f"FROM ({parts}) AS u"
        )
    )
    connection.execute(
        sa.text(
            f"CREATE OR REPLACE VIEW {_quoted(connection, schema, FIGURES_ON_UNITS)} AS "  # noqa: S608
            f"SELECT ({numbered} figure_id, u.place_id))::integer AS id, "
            "count(*) OVER (PARTITION BY figure_id) AS units_of_figure, "
            f"u.place_id AS unit_id, u.name AS unit_name, u.level AS unit_level, f.*, u.geom "
            f"FROM {figures} AS f JOIN {units} AS u ON u.place_id = ANY ("
            "CASE WHEN cardinality(f.admin2_code) > 0 THEN f.admin2_code ELSE f.admin1_code END)"
        )
    )


def _write_styles(
    connection: sa.Connection, held: str, schema: str, styles: Sequence[LayerStyle], built_on: dt.date
) -> bool:
    """Replace geotrack's styles in QGIS's table `held`; say whether the user may."""
    shared = {"schema": schema, "told": STYLE_TOLD, "built_on": built_on}
    rows = [
        {"table": one.table.lower(), "name": one.name, "qml": one.qml, "is_default": one.is_default} | shared
        for one in styles
    ]
    try:
        with connection.begin_nested():
            if connection.scalar(sa.text("SELECT to_regclass(:held)"), {"held": held}) is None:
                connection.execute(sa.text(_STYLES_MADE.format(styles=held)))
            connection.execute(sa.text(_STYLES_GONE.format(styles=held)), shared)
            connection.execute(sa.text(_STYLE_ADDED.format(styles=held)), rows)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _NOT_OURS:
            raise
        return False
    return True


def _quoted(connection: sa.Connection, *names: str | None) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return ".".join(quote(name) for name in names if name)
