"""The options by which commands take reports: what to assume of files that do not say it themselves."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geotrack.documents import Options


class Language(StrEnum):
    """The languages of reports."""

    az = "az"
    en = "en"
    ru = "ru"
    uk = "uk"


Paths = Annotated[list[Path], typer.Argument(help="Files (txt, md, html, pdf, jsonl) and folders of them.")]
Published = Annotated[
    dt.datetime | None,
    typer.Option(help="Publication date of reports that do not state one.", formats=["%Y-%m-%d"]),
]
Publisher = Annotated[str | None, typer.Option(help="Publisher of reports that do not state one.")]
OfLanguage = Annotated[Language | None, typer.Option(help="Language of reports that do not state it.")]
MaxMegabytes = Annotated[float, typer.Option("--max-mb", min=0.001, help="Refuse reports of more megabytes.")]


def reading_options(
    published: dt.datetime | None, publisher: str | None, language: Language | None, max_mb: float
) -> Options:
    """Return the options of `geotrack.documents.read_paths` for the options of a command."""
    from geotrack.documents import MEGABYTE, Options

    return Options(
        published=published.date() if published else None,
        publisher=publisher,
        language=language.value if language else None,
        max_bytes=int(max_mb * MEGABYTE),
    )
