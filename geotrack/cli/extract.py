"""`geotrack extract` and `geotrack schema`: what the reader reads, as JSON."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExtractFormat(StrEnum):
    """The formats of `geotrack extract`."""

    JSONL = "jsonl"


def extract(  # noqa: PLR0913 a command has as many parameters as options
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: txt, md, html, pdf, jsonl.")],
    output_format: Annotated[ExtractFormat, typer.Option("--format", help="One JSON object a line.")] = ExtractFormat.JSONL,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add each document's text.")] = False,
    published: Annotated[str | None, typer.Option(help="Publication date (YYYY-MM-DD) of files that state none.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of files that state none.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of files that state none (en, az, uk, ru).")] = None,
    max_mb: Annotated[float, typer.Option(help="Refuse larger documents, in megabytes.")] = 10.0,
) -> None:
    """Print what reports state: one JSON object a document, in input order.

    Example: geotrack extract --format jsonl seeds/ > facts.jsonl
    """
    from geotrack.cli.inputs import reading_options
    from geotrack.documents import Refused, read_paths
    from geotrack.extraction import Reader, to_row
    from geotrack.gazetteer import Gazetteer

    del output_format  # there is one so far
    reader = Reader(Gazetteer.load())
    options = reading_options(published, publisher, language, max_mb)
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
