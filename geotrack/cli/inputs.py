"""The options that commands share: what to assume of reports that do not say it, and which facts to take."""

from __future__ import annotations

import datetime as dt
import math
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.errors import StoreError, UsageError

if TYPE_CHECKING:
    from geotrack.config import Settings
    from geotrack.documents import Options


class Language(StrEnum):
    """The languages of reports."""

    az = "az"
    en = "en"
    ru = "ru"
    uk = "uk"


class Splitting(StrEnum):
    """How a number for several units is shared out to them."""

    none = "none"
    equal = "equal"
    area = "area"


ASplit = Annotated[
    Splitting,
    typer.Option("--split", help="Share numbers for several places out to them: equally, or by their land."),
]
Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files (txt, md, html, pdf, docx, jsonl, zip), folders of them, web addresses and feeds."
    ),
]


def day(text: str | dt.datetime) -> dt.datetime:
    """Return the day that an option states."""
    try:
        return text if isinstance(text, dt.datetime) else dt.datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a day has no zone
    except ValueError:
        # Typer would add its own words to a ValueError.
        problem = f"{text!r} is no date; write it as 2024-12-31."
        raise typer.BadParameter(problem) from None


def confidence(text: str | float) -> float:
    """Return the least confidence that an option states."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        problem = f"{text!r} is no confidence; write a number from 0 (all facts) to 1, as 0.7."
        raise typer.BadParameter(problem)
    return number


Published = Annotated[
    dt.datetime | None,
    typer.Option(help="Publication date of reports that do not state one.", parser=day, metavar="DATE"),
]
Publisher = Annotated[str | None, typer.Option(help="Publisher of reports that do not state one.")]
OfLanguage = Annotated[Language | None, typer.Option(help="Language of reports that do not state it.")]
MinConfidence = Annotated[
    float,
    typer.Option(
        help="Leave out facts less sure than this, 0 to 1: of facts at 0.9 about nine in ten are right. What "
        "a person accepted or corrected stays.",
        parser=confidence,
        metavar="NUMBER",
    ),
]
BuildDate = Annotated[
    dt.datetime | None,
    typer.Option(
        "--date",
        parser=day,
        metavar="DATE",
        help="The build date to state; else SOURCE_DATE_EPOCH, else today.",
    ),
]
MaxMegabytes = Annotated[float, typer.Option("--max-mb", min=0.001, help="Refuse reports of more megabytes.")]


def reading_options(
    published: dt.datetime | None, publisher: str | None, language: Language | None, max_mb: float
) -> Options:
    """Return the options of `geotrack.documents.read_paths` for the options of a command."""
    from geotrack.config import Settings
    from geotrack.documents import MEGABYTE, Options

    return Options(
        published=published.date() if published else None,
        publisher=publisher,
        language=language.value if language else None,
        max_bytes=int(max_mb * MEGABYTE),
        allow_private=Settings.read().allow_private,
    )


def check_folder(settings: Settings) -> None:
    """Refuse a database in a folder that is not there; only the default database's folder is made.

    Raises
    ------
    StoreError
        If the folder of a file that the user named does not exist: its name may be misspelled.
    """
    database = settings.database
    if "://" in database or Path(database) == settings.user_folder / "geotrack.db":
        return
    folder = Path(database).expanduser().absolute().parent
    if not folder.exists():
        remedy = "Make it, or name a file in another folder with --db."
        raise StoreError(database, f"its folder {folder} does not exist", remedy)


def built_on(date: dt.datetime | None) -> dt.date:
    """Return the build date asked for, else the day of SOURCE_DATE_EPOCH, else today; days of UTC.

    See reproducible-builds.org.

    Raises
    ------
    UsageError
        If SOURCE_DATE_EPOCH is no number of seconds.
    """
    if date:
        return date.date()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds. Give --date.") from error
