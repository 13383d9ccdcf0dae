"""The tree of commands. Command files import heavy modules inside their functions, so that help is quick."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.core import TyperGroup

from geotrack import __version__
from geotrack.cli import (
    boundaries,
    checks,
    db,
    doctor,
    documents,
    evaluate,
    export,
    extract,
    history,
    ingest,
    maps,
    outlook,
    places,
    questions,
    records,
    reviews,
    serve,
    server,
    silence,
    watch,
)
from geotrack.cli.language import OPTION
from geotrack.cli.printing import say


class _Plain(TyperGroup):
    """The commands, without the words that Typer's checks put before a wrong option."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override, unused-ignore]  # Typer's own Context
        """Run a command; a refusal of an option begins with what is wrong."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    name="geotrack",
    cls=_Plain,
    help="Read mine-action reports and map what they state, each number one click from its sentence.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)


def _tell_version(*, asked: bool) -> None:
    if asked:
        say(f"geotrack {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            OPTION,
            metavar="CODE",
            help="The language of help and messages: en, az, uk or ru (or GEOTRACK_LANG).",
        ),
    ] = None,
) -> None:
    """Read mine-action reports and map what they state, each number one click from its sentence."""
    del version, lang  # the language is read before the commands are built: see geotrack.cli.language


app.add_typer(boundaries.app)
app.add_typer(places.app)
app.command("ingest")(ingest.ingest)
app.command("watch")(watch.watch)
app.add_typer(records.app)
app.add_typer(documents.app)
app.add_typer(db.app)
app.command("extract")(extract.extract)
app.command("schema")(extract.schema)
app.command("evaluate")(evaluate.evaluate)
app.command("total")(questions.total)
app.command("observations")(questions.observations)
app.command("checks")(checks.checks)
app.command("conflicts")(checks.conflicts)
app.add_typer(reviews.app)
app.command("link")(reviews.link)
app.command("timeline")(history.timeline)
app.command("changes")(history.changes)
app.command("outlook")(outlook.outlook)
app.command("silent")(silence.silent)
app.command("map")(maps.draw)
app.command("export")(export.export)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.command("app")(server.start)
