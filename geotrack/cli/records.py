"""`geotrack records`: rows of other databases beside what is read from text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.ingest import print_report
from geotrack.cli.printing import screen
from geotrack.config import writing_settings

if TYPE_CHECKING:
    from geotrack.documents import Refused
    from geotrack.models import Document

app = typer.Typer(name="records", help="Take in rows of other databases.", no_args_is_help=True)


@app.command("import")
def import_records(
    paths: Annotated[list[Path], typer.Argument(help="CSV files and GeoJSON points.", metavar="FILE…")],
    *,
    db: Annotated[str | None, typer.Option(help="The database: a file or an address.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="A TOML file that says which column is what.", metavar="FILE")
    ] = None,
) -> None:
    """Take in ACLED, UCDP GED, HDX HAPI or other rows: each is an incident or a figure with its own source.

    Bad rows are listed with line and reason; good rows go in. Rows of other events are passed
    over. What tells of the same explosion as a report is merged with it.

    Example: geotrack records import acled.csv
    """
    from geotrack.gazetteer import Gazetteer
    from geotrack.records import RecordReader, read_records
    from geotrack.records import mapping as mapping_of
    from geotrack.store import Store
    from geotrack.store.ingest import WAIT_S, ingest_documents

    settings = writing_settings(db)
    layout = mapping_of(mapping) if mapping else None
    reader = RecordReader(Gazetteer.of(settings))

    def read(chosen: Sequence[str | Path]) -> Iterator[Document | Refused]:
        for path in chosen:
            yield from read_records(Path(path), reader, layout)

    with Store.open(settings.database, wait_s=WAIT_S) as store:
        report = ingest_documents(store, reader, paths, read)
    print_report(screen(), report)
    raise typer.Exit(report.exit_code)
