"""The tree of commands. Command files import heavy modules inside their functions, so that help is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from geotrack import __version__
from geotrack.cli import boundaries, documents, export, extract, ingest, maps, places, server

app = typer.Typer(
    name="geotrack",
    help="Read mine-action reports and map what they state, each number one click from its sentence.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)


def _tell_version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"geotrack {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read mine-action reports and map what they state, each number one click from its sentence."""


app.add_typer(boundaries.app)
app.add_typer(places.app)
app.command("ingest")(ingest.ingest)
app.add_typer(documents.app)
app.command("extract")(extract.extract)
app.command("schema")(extract.schema)
app.command("map")(maps.draw)
app.command("export")(export.export)
app.command("app")(server.start)
