"""Who may do what in a PostgreSQL database: rights that the database itself grants and holds to.

A reader looks. An editor takes reports in and reviews, and changes no table. An owner does all that the
owner of the tables does: bring the schema up to date, restore, publish layers.
"""

from __future__ import annotations

from typing import Literal, get_args

import sqlalchemy as sa

from geotrack.errors import StoreError, UsageError
from geotrack.store.connection import engine_for, file_of, label, plain_errors, url_of
from geotrack.store.tables import migrations

Role = Literal["reader", "editor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
WAIT_S = 30.0
LAYERS_TOLD = "Layers of geotrack; made anew by geotrack db publish."
"""The comment on a schema of published layers."""

_RIGHTS = {"reader": "SELECT", "editor": "SELECT, INSERT, UPDATE, DELETE"}
_SEQUENCES = {"reader": "SELECT", "editor": "SELECT, USAGE"}
_OWN = "GRANT {owner} TO {who}"
_ON_STORE = """\
GRANT USAGE ON SCHEMA {schema} TO {who}
REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {who}
REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} REVOKE ALL ON TABLES FROM {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} REVOKE ALL ON SEQUENCES FROM {who}
GRANT {rights} ON ALL TABLES IN SCHEMA {schema} TO {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT {rights} ON TABLES TO {who}
GRANT {sequences} ON ALL SEQUENCES IN SCHEMA {schema} TO {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT {sequences} ON SEQUENCES TO {who}
REVOKE INSERT, UPDATE, DELETE ON {schema}.{migrations} FROM {who}"""
_ON_LAYERS = """\
GRANT USAGE ON SCHEMA {schema} TO {who}
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {who}"""
_LAYERS = "SELECT nspname FROM pg_namespace WHERE obj_description(oid, 'pg_namespace') = :told"


def grant(database: str, role: Role, user: str) -> None:
    """Give a user of the database the rights of a role, to what is there and to what will be.

    A lower role takes the rights of a higher one back, but for those of an owner. Layers published into a
    schema that is new are granted by granting again.

    Parameters
    ----------
    database
        The address of a PostgreSQL database, as the owner of its tables.
    role
        `reader`, `editor` or `owner`.
    user
        The name of a login that the server knows.

    Raises
    ------
    StoreError
        If the database denies it, has no tables of geotrack, or no such user.
    UsageError
        If the database is a file: its rights are those of the file.
    """
    url, name = url_of(database), label(database)
    if file_of(url) is not None:
        raise UsageError(f"{name} is a file: who may write to it, its permissions say.")
    engine = engine_for(url, read_only=False, wait_s=WAIT_S)
    try:
        with plain_errors(name), engine.begin() as connection:
            known = connection.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :user"), {"user": user})
            if known is None:
                raise StoreError(name, f"has no user {user!r}", "Its server's owner adds one: CREATE ROLE.")
            for statement in _statements(connection, name, role, user):
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _statements(connection: sa.Connection, database: str, role: Role, user: str) -> list[str]:
    quote = connection.dialect.identifier_preparer.quote
    who = quote(user)
    held = connection.execute(
        sa.text(
            "SELECT schemaname, tableowner FROM pg_tables WHERE tablename = :name "
            "AND schemaname = current_schema()"
        ),
        {"name": migrations.name},
    ).first()
    if held is None:
        raise StoreError(database, "has no tables of geotrack yet", "Make them: geotrack db init.")
    named = {"schema": quote(held[0]), "owner": quote(held[1]), "who": who}
    if role == "owner":
        return [_OWN.format(**named)]
    rights = {"rights": _RIGHTS[role], "sequences": _SEQUENCES[role], "migrations": migrations.name}
    layers = connection.execute(sa.text(_LAYERS), {"told": LAYERS_TOLD}).scalars()
    on_layers = [_ON_LAYERS.format(**named | {"schema": quote(schema)}) for schema in layers]
    return [line for part in (_ON_STORE.format(**named, **rights), *on_layers) for line in part.splitlines()]
