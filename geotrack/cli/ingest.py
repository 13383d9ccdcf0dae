"""`geotrack ingest`: reports into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
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
from geotrack.config import Settings, writing_settings
from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import retold

if TYPE_CHECKING:
    from rich.console import Console

    from geotrack.store.ingest import DocumentReader, IngestReport, Step
    from geotrack.workers import Workers

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
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Processes of this machine that read at once.")
    ] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler whose workers read: tcp://…"),
    ] = None,
) -> None:
    """Read reports into the database; what is there already and up to date is left alone.

    Ends with 0 when all was read, 1 when a part was refused, 2 when nothing was done.

    Example: geotrack ingest --publisher ANAMA reports/
    """
    from geotrack.store import Store
    from geotrack.store.ingest import WAIT_S
    from geotrack.store.ingest import ingest as ingest_paths

    settings = writing_settings(db)
    options = reading_options(published, publisher, language, max_mb)
    check_folder(settings)
    if scheduler is not None and workers > 1:
        raise UsageError("Give --workers or --scheduler: a cluster has workers of its own.")
    # The database first: when it cannot be opened, nobody waits for the gazetteer.
    with (
        Store.open(settings.database, wait_s=WAIT_S) as store,
        _readers(settings, workers, scheduler) as reader,
        _progress() as on_progress,
    ):
        report = ingest_paths(store, reader, paths, options, on_progress, restore=restore)
        unread = len(store.unread_files())
    print_report(screen(), report)
    if unread:
        told = _("Not read so far: {number}. List them: geotrack documents list --unread")
        print_line(screen(), told.format(number=unread))
    raise typer.Exit(report.exit_code)


def _readers(
    settings: Settings, workers: int, scheduler: str | None
) -> AbstractContextManager[DocumentReader | Workers]:
    """Return what reads: this process, several of this machine, or a cluster."""
    if scheduler is not None:
        from geotrack.workers import ClusterWorkers

        return ClusterWorkers(scheduler)
    if workers > 1:
        from geotrack.gazetteer.imported import imported_folder
        from geotrack.workers import LocalWorkers

        return LocalWorkers(workers, settings.data_folder / "gazetteer", imported_folder(settings))
    return nullcontext(_reader(settings))


def _reader(settings: Settings) -> DocumentReader:
    from geotrack.extraction import Reader
    from geotrack.gazetteer import Gazetteer

    return Reader(Gazetteer.of(settings))


@contextmanager
def _progress() -> Iterator[Callable[[Step], None]]:
    """Show on stderr how many documents are done, and the last one's file."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:.0f} " + _("documents")),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=screen(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda step: progress.update(task, advance=1, description=Path(step.path).name)


def print_report(console: Console, report: IngestReport) -> None:
    """Print what an ingest did: a table of outcomes, then one line for each refusal."""
    from rich.table import Table

    table = Table(_("outcome"), _("documents"))
    table.add_row(_("new"), str(report.new))
    table.add_row(_("unchanged"), str(report.unchanged))
    table.add_row(_("updated"), str(report.updated))
    table.add_row(_("refused"), str(len(report.refused)))
    console.print(table)
    facts = report.figures + report.incidents
    if facts.added or facts.removed or facts.altered:
        told = _("Facts: {added} added, {altered} altered, {removed} removed.")
        console.print(told.format(added=facts.added, altered=facts.altered, removed=facts.removed))
    _print_unread(console, report)
    for refused in report.refused:
        print_line(console, _("Refused: {reason}").format(reason=retold(refused.reason)))
    if report.skipped:
        names = ", ".join(Path(path).name for path in report.skipped[:SHOWN_SKIPPED])
        more = ", …" if len(report.skipped) > SHOWN_SKIPPED else ""
        told = _("Skipped, no reports ({number}): {names}")
        print_line(console, told.format(number=len(report.skipped), names=f"{names}{more}"))


def _print_unread(console: Console, report: IngestReport) -> None:
    """Say which documents are kept but not read, since there are no rules for their language yet."""
    from geotrack.extraction.lexicon import languages

    unread = {code: n for code, n in sorted(report.languages.items()) if code not in languages()}
    if unread:
        named = ", ".join(f"{code!r} ({n})" for code, n in unread.items())
        told = _("Kept, but not read for facts: {named}. Languages read so far: {known}.")
        print_line(console, told.format(named=named, known=", ".join(languages())))


def print_line(console: Console, line: str) -> None:
    """Print one line as it is: no markup, no colours for numbers, not broken at the screen's edge."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)
