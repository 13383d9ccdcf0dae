"""`geotrack ingest`: reports into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.inputs import (
    MaxMegabytes,
    OfLanguage,
    Paths,
    Published,
    Publisher,
    check_folder,
    reading_options,
)
from geotrack.cli.printing import screen
from geotrack.config import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from geotrack.store.ingest import DocumentReader, IngestReport, Step

SHOWN_SKIPPED = 5


def ingest(  # noqa: PLR0913 - a command's options are its parameters
    paths: Paths,
    db: Annotated[
        str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
    ] = None,
    published: Published = None,
    publisher: Publisher = None,
    language: OfLanguage = None,
    max_mb: MaxMegabytes = 10,
    *,
    restore: Annotated[
        bool, typer.Option("--restore", help="Take documents in again that were removed.")
    ] = False,
) -> None:
    """Read reports into the database; what is there already and up to date is left alone.

    Ends with 0 when all was read, 1 when a part was refused, 2 when nothing was done.

    Example: geotrack ingest --publisher ANAMA reports/
    """
    from geotrack.store import Store
    from geotrack.store.ingest import ingest as ingest_paths

    settings = Settings.read(db)
    options = reading_options(published, publisher, language, max_mb)
    check_folder(settings)
    # The database first: when it cannot be opened, nobody waits for the gazetteer.
    with Store.open(settings.database) as store, _progress() as on_progress:
        report = ingest_paths(store, _reader(settings), paths, options, on_progress, restore=restore)
        unread = len(store.unread_files())
    print_report(screen(), report)
    if unread:
        _print_line(screen(), f"Not read so far: {unread}. List them: geotrack documents list --unread")
    raise typer.Exit(report.exit_code)


def _reader(settings: Settings) -> DocumentReader:
    from geotrack.extraction import Reader
    from geotrack.gazetteer import Gazetteer

    return Reader(Gazetteer.load(settings.data_folder / "gazetteer"))


@contextmanager
def _progress() -> Iterator[Callable[[Step], None]]:
    """Show on stderr how many documents are done, and the last one's file."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:.0f} documents"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=screen(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda step: progress.update(task, advance=1, description=Path(step.path).name)


def print_report(console: Console, report: IngestReport) -> None:
    """Print what an ingest did: a table of outcomes, then one line for each refusal."""
    from rich.table import Table

    table = Table("outcome", "documents")
    for outcome in ("new", "unchanged", "updated"):
        table.add_row(outcome, str(getattr(report, outcome)))
    table.add_row("refused", str(len(report.refused)))
    console.print(table)
    facts = report.figures + report.incidents
    if facts.added or facts.removed or facts.altered:
        console.print(f"Facts: {facts.added} added, {facts.altered} altered, {facts.removed} removed.")
    _print_unread(console, report)
    for refused in report.refused:
        _print_line(console, f"Refused: {refused.reason}")
    if report.skipped:
        names = ", ".join(Path(path).name for path in report.skipped[:SHOWN_SKIPPED])
        more = ", …" if len(report.skipped) > SHOWN_SKIPPED else ""
        _print_line(console, f"Skipped, no reports ({len(report.skipped)}): {names}{more}")


def _print_unread(console: Console, report: IngestReport) -> None:
    """Say which documents are kept but not read, since there are no rules for their language yet."""
    from geotrack.extraction.lexicon import languages

    unread = {code: n for code, n in sorted(report.languages.items()) if code not in languages()}
    if unread:
        named = ", ".join(f"{n} in {code!r}" for code, n in unread.items())
        known = ", ".join(languages())
        _print_line(console, f"Kept, but not read for facts: {named}. Languages read so far: {known}.")


def _print_line(console: Console, line: str) -> None:
    """Print one line as it is: no markup, no colours for numbers, not broken at the screen's edge."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)
