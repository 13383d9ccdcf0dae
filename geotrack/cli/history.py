"""`geotrack timeline`: what is known over time, without precision that nobody states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.inputs import MinConfidence
from geotrack.cli.questions import (
    AFormat,
    AMeasure,
    APlace,
    From,
    To,
    day_of,
    measure_of,
    opened,
    place_id_of,
    print_json,
    quantity,
)

if TYPE_CHECKING:
    from geotrack.analysis import Bins

_NOTHING = "–"  # noqa: RUF001 - a dash in a table cell
_NAMES = 2  # of sources, in a table cell


class By(StrEnum):
    """How long a bin is."""

    month = "month"
    quarter = "quarter"
    year = "year"


class View(StrEnum):
    """How a bin is told."""

    rate = "rate"
    total = "total"
    cumulative = "cumulative"


def timeline(  # noqa: PLR0913 - each is an option of the command line
    measure: AMeasure,
    place: APlace,
    *,
    by: Annotated[By, typer.Option("--by", help="How long a bin is.")] = By.month,
    view: Annotated[
        View, typer.Option("--view", help="Of each bin its total, a rate per day, or all since the first.")
    ] = View.total,
    start: From = None,
    end: To = None,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """Tell a measure by months, quarters or years: at least, at most, and on how many reports each rests.

    A figure that straddles bins is a band over them, never split into points.

    Example: geotrack timeline --measure uxo_found --place AZ --by quarter
    """
    from geotrack.analysis import bins

    ledger, gazetteer, _ = opened(db, min_confidence)
    place_id = place_id_of(gazetteer, place)
    found = bins(
        ledger,
        measure=measure_of(measure),
        place_id=place_id,
        by=by.value,
        view=view.value,
        start=day_of(start),
        end=day_of(end),
    )
    name = gazetteer.place(place_id).name
    if format_ is Format.json:
        print_json({"place": name, **found.to_dict()})
        return
    _print_bins(found, name)


def _print_bins(found: Bins, name: str) -> None:
    from geotrack.analysis.tables import records

    told = {"total": "each", "rate": "a day", "cumulative": "since the first"}[found.view]
    typer.echo(f"{found.measure}, {name} ({found.place_id}), by {found.by}, {told}:")
    if found.table.empty:
        typer.echo("nothing known with a first and a last day")
    else:
        columns = (found.by, "at least", "known", "at most", "days told", "n_documents", "sources")
        print_table(columns, (_bin_row(row) for row in records(found.table)))
    if not found.beside.empty:
        typer.echo("\nIn no bin")
        listed = ("value", "from", "to", "places", "n_documents", "why")
        print_table(listed, (_beside_row(row) for row in records(found.beside)))


def _bin_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    def amount(name: str, qualifier: str | None = None) -> str:
        value = row[name]
        return _NOTHING if value != value else quantity(value, row["unit"], qualifier)  # noqa: PLR0124 - NaN

    most = amount("upper")
    return (
        row["bin"],
        amount("lower"),
        amount("value", row["qualifier"]),
        most if row["is_limit"] or most == _NOTHING else f"{most} or more",
        f"{row['days_told']} of {row['days']}",
        row["n_documents"],
        _few(row["sources"]),
    )


def _few(names: Sequence[str]) -> str:
    """Return the first names of a list and how many more there are."""
    more = len(names) - _NAMES
    return ", ".join(names[:_NAMES]) + (f" +{more}" if more > 0 else "")


def _beside_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    value = quantity(row["value"], row["unit"], row["qualifier"])
    return (
        value,
        row["start"],
        row["end"],
        ", ".join(row["place_ids"]),
        len(row["document_ids"]),
        row["reason"],
    )
