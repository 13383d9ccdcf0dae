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
_OWNER = """\
SELECT schemaname, tableowner, rolsuper, pg_has_role(current_user, tableowner, 'MEMBER WITH ADMIN OPTION')
FROM pg_tables JOIN pg_roles ON rolname = tableowner
WHERE tablename = :name AND schemaname = current_schema()"""
_ON_STORE = """\
GRANT USAGE ON SCHEMA {schema} TO {who}
REVOKE ALL ON TABLE {tables} FROM {who}
REVOKE ALL ON SEQUENCE {counters} FROM {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} REVOKE ALL ON TABLES FROM {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} REVOKE ALL ON SEQUENCES FROM {who}
GRANT {rights} ON TABLE {tables} TO {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT {rights} ON TABLES TO {who}
GRANT {sequences} ON SEQUENCE {counters} TO {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT {sequences} ON SEQUENCES TO {who}
REVOKE INSERT, UPDATE, DELETE ON {schema}.{migrations} FROM {who}"""
# Not all that stands in the schema: what is somebody else's, as QGIS's styles, is not the owner's to share.
_HELD = """\
SELECT relname FROM pg_class
WHERE relnamespace = to_regnamespace(:schema) AND pg_get_userbyid(relowner) = :owner
    AND relkind = ANY (:kinds)"""
_ON_LAYERS = """\
GRANT USAGE ON SCHEMA {schema} TO {who}
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {who}
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {who}"""
_LAYERS = """\
SELECT nspname, rolname FROM pg_namespace JOIN pg_roles r ON r.oid = nspowner
WHERE obj_description(pg_namespace.oid, 'pg_namespace') = :told
    AND pg_has_role(current_user, r.oid, 'MEMBER')"""

_READERS = """\
SELECT DISTINCT rolname FROM pg_class CROSS JOIN aclexplode(relacl) AS one JOIN pg_roles r ON r.oid = grantee
WHERE pg_class.oid = to_regclass(:name) AND privilege_type = 'SELECT' AND grantee <> relowner"""


def grant(database: str, role: Role, user: str) -> None:
    """Give a user of the database the rights of a role, to what is there and to what will be.

    A lower role takes the rights of a higher one back, but for those of an owner.

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


def act_as_owner(connection: sa.Connection, *, superuser_too: bool = False) -> None:
    """Make what is made from here on, to the end of the transaction, that of the tables' owner, if allowed.

    Else what one of several owners makes would be closed to the readers. A superuser stays who it is unless
    `superuser_too`: the tables' owner may lack the right to make a schema.
    """
    held = connection.execute(sa.text(_OWNER), {"name": migrations.name}).first()
    if held is None:
        return
    may, is_super = connection.execute(
        sa.text(
            "SELECT pg_has_role(current_user, :owner, 'MEMBER'), rolsuper FROM pg_roles "
            "WHERE rolname = current_user"
        ),
        {"owner": held[1]},
    ).one()
    if may and (superuser_too or not is_super):
        quote = connection.dialect.identifier_preparer.quote
        connection.exec_driver_sql(f"SET LOCAL ROLE {quote(held[1])}")


def show_layers(connection: sa.Connection, schema: str) -> None:
    """Let who may read the tables of geotrack look at the layers that this user makes in a new schema."""
    quote = connection.dialect.identifier_preparer.quote
    owner = str(connection.scalar(sa.text("SELECT current_user")))
    for reader in connection.scalars(sa.text(_READERS), {"name": migrations.name}).all():
        lines = _ON_LAYERS.format(schema=quote(schema), owner=quote(owner), who=quote(reader))
        for statement in lines.splitlines():
            connection.exec_driver_sql(statement)


def _statements(connection: sa.Connection, database: str, role: Role, user: str) -> list[str]:
    quote = connection.dialect.identifier_preparer.quote
    held = connection.execute(sa.text(_OWNER), {"name": migrations.name}).first()
    if held is None:
        raise StoreError(database, "has no tables of geotrack yet", "Make them: geotrack db init.")
    schema, owner, is_super, may_share = held
    is_owner = connection.scalar(
        sa.text("SELECT pg_has_role(:user, :owner, 'MEMBER')"), {"user": user, "owner": owner}
    )
    named = {"schema": quote(schema), "owner": quote(owner), "who": quote(user)}
    own = _OWN.format(**named)
    if role == "owner":
        if is_super:
            raise UsageError(
                f"The tables belong to {owner!r}, who may do everything on the server; so would {user!r}. "
                "Let a plain user make them: geotrack db init, geotrack db copy."
            )
        if not may_share:
            raise StoreError(
                database, f"its tables are {owner!r}'s to share", f"Let the server's owner run: {own};"
            )
        return [own]
    if is_owner:
        taken = own.replace("GRANT", "REVOKE", 1).replace(" TO ", " FROM ", 1)
        raise UsageError(f"{user!r} owns the tables and stays free to do everything. First: {taken};")
    rights = {"rights": _RIGHTS[role], "sequences": _SEQUENCES[role], "migrations": migrations.name}
    for name, kinds in (("tables", ["r", "p", "v", "m"]), ("counters", ["S"])):
        asked = {"schema": quote(schema), "owner": owner, "kinds": kinds}
        relations = connection.scalars(sa.text(_HELD), asked)
        rights[name] = ", ".join(f"{quote(schema)}.{quote(relation)}" for relation in relations)
    layers = connection.execute(sa.text(_LAYERS), {"told": LAYERS_TOLD})
    on_layers = [
        _ON_LAYERS.format(schema=quote(one), owner=quote(whose), who=quote(user)) for one, whose in layers
    ]
    return [line for part in (_ON_STORE.format(**named, **rights), *on_layers) for line in part.splitlines()]
