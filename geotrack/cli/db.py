"""`geotrack db`: the database as a whole: made, looked at, brought up to date, copied, kept safe."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.inputs import BuildDate, MinConfidence, built_on
from geotrack.cli.printing import say
from geotrack.config import Settings, writing_settings
from geotrack.errors import StoreError
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, retold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geotrack.store.copies import Content

app = typer.Typer(
    name="db", help="Make, look at, update, copy, back up and check the database.", no_args_is_help=True
)

Database = Annotated[
    str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
]
Backup = Annotated[Path, typer.Argument(help="The backup's zip file.", metavar="FILE")]


@app.command("init")
def init(db: Database = None) -> None:
    """Make a database, or bring one up to date; a PostgreSQL database itself must be there.

    Example: geotrack db init --db postgresql://editor@server/mine_action
    """
    from geotrack.store import Store

    with Store.open(writing_settings(db).database) as store:
        say(_("Ready: {database}").format(database=store.database))


@app.command("status")
def status(db: Database = None) -> None:
    """Tell what the database is and holds, and whether it is up to date; nothing is changed.

    Example: geotrack db status
    """
    from geotrack.store.status import status as look

    found = look(Settings.read(db).database)
    say(f"{found.kind}  {found.database}")
    for name, rows in found.rows.items():
        say(f"{name:<10} {rows}")
    if not found.pending:
        say(_("The schema is up to date ({name}).").format(name=found.schema))
    elif found.schema:
        say(_("The schema is older: geotrack db migrate brings it up to date."))
    else:
        say(_("It has no tables of geotrack yet: geotrack db init makes them."))


@app.command("migrate")
def migrate(db: Database = None) -> None:
    """Bring the schema of a database up to date; back it up first.

    Example: geotrack db migrate
    """
    from geotrack.store import Store
    from geotrack.store.status import status as look

    database = writing_settings(db).database
    pending = look(database).pending
    Store.open(database, create=False).close()
    done = ngettext("{number} step was applied.", "{number} steps were applied.", len(pending))
    say(done.format(number=len(pending)))


@app.command("copy")
def copy(
    source: Annotated[str, typer.Argument(help="The database to copy: a file or an address.")],
    target: Annotated[str, typer.Argument(help="Where to: a database that is new or empty.")],
) -> None:
    """Copy a whole database into another one, of either kind, and compare both row by row.

    Example: geotrack db copy geotrack.db postgresql://editor@server/mine_action
    """
    from geotrack.store import Store

    writing_settings()
    with Store.open(source, read_only=True) as held, Store.open(target) as new:
        _tell(held.copy_to(new), new.database)


@app.command("backup")
def backup(path: Backup, db: Database = None) -> None:
    """Write the whole database into one new zip file, while others go on working.

    Example: geotrack db backup 2026-11-23.zip
    """
    from geotrack.store import Store
    from geotrack.store.backups import write_backup

    with Store.open(Settings.read(db).database, read_only=True) as store:
        _tell(write_backup(store, path), str(path))


@app.command("restore")
def restore(path: Backup, db: Database = None) -> None:
    """Read a backup into a database that is new or empty.

    Example: geotrack db restore 2026-11-23.zip --db restored.db
    """
    from geotrack.store import Store
    from geotrack.store.backups import opened_backup

    database = writing_settings(db).database
    with opened_backup(path) as held, Store.open(database) as new:
        _tell(held.copy_to(new), new.database)


@app.command("verify")
def verify(
    path: Annotated[
        Path | None, typer.Argument(help="A backup's zip file; without it the database.", metavar="FILE")
    ] = None,
    db: Database = None,
) -> None:
    """Check a database or a backup: its file, its texts, and that each fact quotes its text.

    Example: geotrack db verify 2026-11-23.zip
    """
    from geotrack.store import Store
    from geotrack.store.backups import opened_backup

    if path is not None:
        with opened_backup(path) as store:
            found, name = store.problems(), str(path)
    else:
        with Store.open(Settings.read(db).database, read_only=True) as store:
            found, name = store.problems(), store.database
    for problem in found:
        say(retold(problem), err=True)
    if found:
        raise StoreError(name, "is not whole", "Restore a backup: geotrack db restore.")
    say(_("Whole: {database}").format(database=name))


class Role(StrEnum):
    """What a user of a server may do."""

    reader = "reader"
    editor = "editor"
    owner = "owner"


@app.command("grant")
def grant(
    role: Annotated[Role, typer.Argument(help="reader, editor or owner.")],
    user: Annotated[str, typer.Argument(help="The user, as the server knows it.")],
    db: Database = None,
) -> None:
    """Let a user of a PostgreSQL database read it, edit it, or own it; the database holds to it.

    Example: geotrack db grant reader journalist --db postgresql://owner@server/mine_action
    """
    from geotrack.store.roles import grant as give

    database = str(writing_settings(db).database)
    give(database, role.value, user)
    say(f"{user}: {role.value}")


@app.command("publish")
def publish(  # noqa: PLR0913 - each is an option of the command line
    *,
    db: Database = None,
    to: Annotated[
        str | None,
        typer.Option("--to", help="The PostgreSQL database with PostGIS; else the database itself."),
    ] = None,
    schema: Annotated[str, typer.Option(help="The schema that holds the layers.")] = "geotrack_maps",
    country: Annotated[str | None, typer.Option(help="One country's code, as AZ.", metavar="XX")] = None,
    min_confidence: MinConfidence = 0.0,
    full_sentences: Annotated[
        bool, typer.Option("--full-sentences", help="Keep victims' names, ages and birth years.")
    ] = False,
    date: BuildDate = None,
) -> None:
    """Write districts, incidents and figures as PostGIS layers, which QGIS and any SQL client open.

    Example: geotrack db publish --to postgresql://editor@server/mine_action
    """
    from geotrack.cli.export import content_of
    from geotrack.export import ExportFilter
    from geotrack.export.postgis import publish as write
    from geotrack.redaction import FULL_SENTENCES_WARNING

    settings = writing_settings(db)
    chosen = ExportFilter(country.upper() if country else None, min_confidence=min_confidence)
    content = content_of(settings, chosen, built_on(date), redacted=not full_sentences)
    published = write(content, to or str(settings.database), schema)
    for table, rows in published.rows.items():
        say(f"{schema}.{table:<24} {rows:>9}")
    if not published.has_styles:
        say(
            _("QGIS shows the layers without colours: its table of styles is not yours to write."),
            err=True,
        )
    if full_sentences:
        say(retold(FULL_SENTENCES_WARNING), err=True)


def _tell(held: Mapping[str, Content], name: str) -> None:
    for table, one in held.items():
        if one.rows:
            say(f"{table:<16} {one.rows:>9}  {one.checksum[:16]}")
    say(_("Copied and compared: {database}").format(database=name))
