"""`geotrack extract` and `geotrack schema`: what the reader reads, as JSON."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geotrack.cli.inputs import MaxMegabytes, OfLanguage, Paths, Published, Publisher, reading_options
from geotrack.cli.printing import say, say_json
from geotrack.config import Settings


class ExtractFormat(StrEnum):
    """The formats of `geotrack extract`."""

    JSONL = "jsonl"


def extract(  # noqa: PLR0913 - a command's options are its parameters
    paths: Paths,
    output_format: Annotated[
        ExtractFormat, typer.Option("--format", help="One JSON object a line.")
    ] = ExtractFormat.JSONL,
    published: Published = None,
    publisher: Publisher = None,
    language: OfLanguage = None,
    max_mb: MaxMegabytes = 10,
    *,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the stored text of each report.")
    ] = False,
) -> None:
    """Print what reports state, one JSON object a report, in input order.

    Ends with 0 when all was read, 1 when a part was refused, 2 when nothing was done.

    Example: geotrack extract --format jsonl seeds/ > facts.jsonl
    """
    from geotrack.documents import Refused, read_paths
    from geotrack.extraction import Reader, to_row
    from geotrack.gazetteer import Gazetteer
    from geotrack.memory import Settling

    del output_format  # there is one so far
    reader = Reader(Gazetteer.of(Settings.read()))
    options = reading_options(published, publisher, language, max_mb)
    settling = Settling()
    done = refused = 0
    for found in read_paths(paths, options):
        if isinstance(found, Refused):
            refused += 1
            row = {"id": found.row_id or Path(found.path).stem, "path": found.path, "error": str(found.error)}
            say(f"geotrack: {found.error}", err=True)
        else:
            done += 1
            row = to_row(found, reader.read(found), with_text=with_text)
            settling.one_done()
        say_json(row)
    if refused:
        raise typer.Exit(1 if done else 2)


def schema() -> None:
    """Print the JSON Schema of what `geotrack extract` prints.

    Example: geotrack schema > extraction.schema.json
    """
    from geotrack.extraction import json_schema

    say_json(json_schema(), indent=2)
