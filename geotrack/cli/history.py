"""`geotrack timeline`, `geotrack changes`: what is known over time, and what is new."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.inputs import MinConfidence, day
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
from geotrack.config import Settings

if TYPE_CHECKING:
    from geotrack.analysis import Bins, Changes

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


def changes(
    since: Annotated[
        dt.datetime, typer.Option("--since", parser=day, metavar="DATE", help="The first day that is new.")
    ],
    *,
    place: Annotated[
        str | None, typer.Option("--place", help="Only of a place: an id or a name.", metavar="PLACE")
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", help="Only of a measure, as area_cleared.", metavar="NAME")
    ] = None,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """Tell what is new since a day: reports, what they state first, levels that moved, contradictions.

    Days are those of publication: when a report was read in plays no part.

    Example: geotrack changes --since 2024-06-01 --place UA
    """
    from geotrack.analysis import changes_since
    from geotrack.store import Store

    ledger, gazetteer, _ = opened(db, min_confidence)
    with Store.open(Settings.read(db).database, read_only=True) as store:
        documents = store.documents()
    found = changes_since(
        ledger,
        documents,
        since=since.date(),
        place_id=None if place is None else place_id_of(gazetteer, place),
        measure=None if measure is None else measure_of(measure),
    )
    if format_ is Format.json:
        print_json(found.to_dict())
        return
    _print_changes(found)


def _print_bins(found: Bins, name: str) -> None:
    from geotrack.analysis.tables import records

    told = {"total": "each", "rate": "a day", "cumulative": "since the first"}[found.view]
    typer.echo(f"{found.measure}, {name} ({found.place_id}), by {found.by}, {told}:")
    if found.table.empty:
        typer.echo("nothing known with a first and a last day")
    else:
        columns = (found.by, "at least", "known", "at most", "days told", "n_documents", "sources")
        print_table(columns, (_bin_row(row, rate=found.view == "rate") for row in records(found.table)))
    if not found.beside.empty:
        typer.echo("\nIn no bin")
        listed = ("value", "from", "to", "places", "n_documents", "why")
        print_table(listed, (_beside_row(row) for row in records(found.beside)))


def _bin_row(row: Mapping[str, Any], *, rate: bool) -> tuple[object, ...]:
    def amount(name: str, qualifier: str | None = None) -> str:
        value = row[name]
        if math.isnan(value):
            return _NOTHING
        shown = float(f"{value:.3g}") if rate else value  # a rate has no end of digits
        return quantity(shown, row["unit"], qualifier)

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


def _print_changes(found: Changes) -> None:
    from geotrack.analysis.tables import records

    typer.echo(f"Since {found.since}: {_counted(found)}.")
    if not found.documents.empty:
        typer.echo("\nReports")
        columns = ("document_id", "published", "publisher", "title")
        print_table(columns, ([row[name] for name in columns] for row in records(found.documents)))
    if not found.observations.empty:
        typer.echo("\nStated for the first time")
        listed = ("first stated", "measure", "value", "from", "to", "places")
        print_table(listed, (_observation_row(row) for row in records(found.observations)))
    if not found.levels.empty:
        typer.echo("\nLevels that changed")
        levels = ("measure", "places", "from", "to", "change", "days", "a year", "age in days", "meanwhile")
        print_table(levels, (_level_row(row) for row in records(found.levels)))
    if not found.conflicts.empty:
        typer.echo("\nReports that disagree")
        conflicts = ("measure", "places", "from", "to", "low", "high", "preferred", "why")
        print_table(conflicts, (_conflict_row(row) for row in records(found.conflicts)))
    if found.undated_documents:
        typer.echo(
            f"\nReports without a date, of which nobody knows whether they are new: {found.undated_documents}"
        )


def _counted(found: Changes) -> str:
    """Return how many rows each table of changes has."""
    counts = {
        "reports": found.documents,
        "observations": found.observations,
        "levels": found.levels,
        "conflicts": found.conflicts,
    }
    return ", ".join(f"{len(table)} {name}" for name, table in counts.items())


def _observation_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    value = quantity(row["value"], row["unit"], row["qualifier"])
    return row["first_stated"], row["measure"], value, row["start"], row["end"], ", ".join(row["place_ids"])


def _level_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    unit = row["unit"]
    return (
        row["measure"],
        ", ".join(row["place_ids"]),
        f"{quantity(row['earlier'], unit, None)} ({row['earlier_as_of']})",
        f"{quantity(row['later'], unit, None)} ({row['later_as_of']})",
        quantity(row["change"], unit, row["qualifier"]),
        row["days"],
        quantity(float(f"{row['per_year']:.3g}"), unit, None),
        row["age_days"],
        "; ".join(map(_reason, row["reasons"])),
    )


def _reason(one: Mapping[str, Any]) -> str:
    share = "" if one["share"] is None else f" ({one['share']:.0%} of the fall)"
    return f"{one['kind']} {quantity(one['value'], 'm2', one['qualifier'])}{share}"


def _conflict_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    values = (quantity(row[name], row["unit"], None) for name in ("low", "high", "preferred"))
    return row["measure"], ", ".join(row["place_ids"]), row["start"], row["end"], *values, row["reason"]
