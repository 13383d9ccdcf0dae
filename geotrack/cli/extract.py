"""`geotrack extract` and `geotrack schema`: what the reader reads, as JSON."""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geotrack.cli.ingest import Language


class ExtractFormat(StrEnum):
    """The formats of `geotrack extract`."""

    JSONL = "jsonl"


def extract(  # noqa: PLR0913 - a command's options are its parameters
    paths: Annotated[
        list[Path], typer.Argument(help="Files (txt, md, html, pdf, jsonl) and folders of them.")
    ],
    output_format: Annotated[
        ExtractFormat, typer.Option("--format", help="One JSON object a line.")
    ] = ExtractFormat.JSONL,
    published: Annotated[
        dt.datetime | None,
        typer.Option(help="Publication date of reports that do not state one.", formats=["%Y-%m-%d"]),
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of reports that do not state one.")] = None,
    language: Annotated[
        Language | None, typer.Option(help="Language of reports that do not state it.")
    ] = None,
    max_mb: Annotated[
        float, typer.Option("--max-mb", min=0.001, help="Refuse reports of more megabytes.")
    ] = 10,
    *,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the stored text of each report.")
    ] = False,
) -> None:
    """Print what reports state, one JSON object a report, in input order.

    Ends with 0 when all was read, 1 when a part was refused, 2 when nothing was done.

    Example: geotrack extract --format jsonl seeds/ > facts.jsonl
    """
    from geotrack.documents import MEGABYTE, Options, Refused, read_paths
    from geotrack.extraction import Reader, to_row
    from geotrack.gazetteer import Gazetteer

    del output_format  # there is one so far
    reader = Reader(Gazetteer.load())
    options = Options(
        published=published.date() if published else None,
        publisher=publisher,
        language=language.value if language else None,
        max_bytes=int(max_mb * MEGABYTE),
    )
    done = refused = 0
    for found in read_paths(paths, options):
        if isinstance(found, Refused):
            refused += 1
            row = {"id": found.row_id or Path(found.path).stem, "path": found.path, "error": str(found.error)}
            typer.echo(f"geotrack: {found.error}", err=True)
        else:
            done += 1
            row = to_row(found, reader.read(found), with_text=with_text)
        typer.echo(json.dumps(row, ensure_ascii=False))
    if refused:
        raise typer.Exit(1 if done else 2)


def schema() -> None:
    """Print the JSON Schema of what `geotrack extract` prints.

    Example: geotrack schema > extraction.schema.json
    """
    from geotrack.extraction import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))
