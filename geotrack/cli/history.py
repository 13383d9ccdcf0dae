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
from geotrack.cli.printing import say
from geotrack.cli.questions import (
    AFormat,
    AMeasure,
    APlace,
    From,
    To,
    day_of,
    opened,
    print_json,
)
from geotrack.cli.wordings import quantity, reasons, word
from geotrack.config import Settings
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number, percent
from geotrack.models import measure_named

if TYPE_CHECKING:
    from geotrack.analysis import Bins, Changes

_NOTHING = "–"  # noqa: RUF001 - a dash in a table cell
_BESIDE = 10  # rows of what is in no bin, if not all are asked for
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
    everything: Annotated[
        bool, typer.Option("--all", help="List every figure that is in no bin, not the first few only.")
    ] = False,
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

    ledger, gazetteer, *_rest = opened(db, min_confidence)
    place_id = gazetteer.meant(place).id
    found = bins(
        ledger,
        measure=measure_named(measure),
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
    _print_bins(found, name, None if everything else _BESIDE)


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

    ledger, gazetteer, *_rest = opened(db, min_confidence)
    with Store.open(Settings.read(db).database, read_only=True) as store:
        documents = store.documents()
    found = changes_since(
        ledger,
        documents,
        since=since.date(),
        place_id=None if place is None else gazetteer.meant(place).id,
        measure=None if measure is None else measure_named(measure),
    )
    if format_ is Format.json:
        print_json(found.to_dict())
        return
    _print_changes(found)


def _print_bins(found: Bins, name: str, most: int | None) -> None:
    """Print bins, and of what is in none at most so many rows."""
    from geotrack.analysis.tables import records

    by = {"month": _("by month"), "quarter": _("by quarter"), "year": _("by year")}[found.by]
    views = {"total": _("each"), "rate": _("a day"), "cumulative": _("since the first")}
    say(f"{found.measure}, {name} ({found.place_id}), {by}, {views[found.view]}:")
    if found.table.empty:
        say(_("nothing known with a first and a last day"))
    else:
        columns = (found.by, "at least", "known", "at most", "days told", "n_documents", "sources")
        print_table(columns, (_bin_row(row, rate=found.view == "rate") for row in records(found.table)))
    if not found.beside.empty:
        say("\n" + _("In no bin: {n}").format(n=number(len(found.beside))))
        listed = ("value", "from", "to", "places", "n_documents", "why")
        print_table(listed, (_beside_row(row) for row in records(found.beside)[:most]))
        more = 0 if most is None else len(found.beside) - most
        if more > 0:
            told = ngettext("{n} more: --all lists it.", "{n} more: --all lists them.", more)
            say(told.format(n=number(more)))


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
        most if row["is_limit"] or most == _NOTHING else _("{value} or more").format(value=most),
        _("{n} of {all}").format(n=row["days_told"], all=row["days"]),
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
        reasons(row["reason"]),
    )


def _print_changes(found: Changes) -> None:
    from geotrack.analysis.tables import records

    say(_("Since {day}: {counts}.").format(day=found.since, counts=_counted(found)))
    if not found.documents.empty:
        say("\n" + _("Reports"))
        columns = ("document_id", "published", "publisher", "title")
        print_table(columns, ([row[name] for name in columns] for row in records(found.documents)))
    if not found.observations.empty:
        say("\n" + _("Stated for the first time"))
        listed = ("first stated", "measure", "value", "from", "to", "places")
        print_table(listed, (_observation_row(row) for row in records(found.observations)))
    if not found.levels.empty:
        say("\n" + _("Levels that changed"))
        levels = ("measure", "places", "from", "to", "change", "days", "a year", "age in days", "meanwhile")
        print_table(levels, (_level_row(row) for row in records(found.levels)))
    if not found.conflicts.empty:
        say("\n" + _("Reports that disagree"))
        conflicts = ("measure", "places", "from", "to", "low", "high", "preferred", "why")
        print_table(conflicts, (_conflict_row(row) for row in records(found.conflicts)))
    if not found.incidents.empty:
        say("\n" + _("Incidents"))
        events = ("change", "date", "places", "victims", "n_documents", "why")
        print_table(events, (_event_row(row) for row in records(found.incidents)))
    if found.undated_documents:
        told = _("Reports without a date, of which nobody knows whether they are new: {n}")
        say("\n" + told.format(n=number(found.undated_documents)))


def _event_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    from geotrack.maps.evidence import toll

    places = ", ".join(row["place_ids"])
    documents = len(row["document_ids"])
    return word(row["change"]), row["date"], places, toll(row), documents, reasons(row["reason"])


def _counted(found: Changes) -> str:
    """Return how many rows each table of changes has."""
    counts = (
        _("reports {n}").format(n=number(len(found.documents))),
        _("observations {n}").format(n=number(len(found.observations))),
        _("levels {n}").format(n=number(len(found.levels))),
        _("conflicts {n}").format(n=number(len(found.conflicts))),
        _("incidents {n}").format(n=number(len(found.incidents))),
    )
    return ", ".join(counts)


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
    told = f"{word(one['kind'])} {quantity(one['value'], 'm2', one['qualifier'])}"
    if one["share"] is None:
        return told
    return _("{work} ({share} of the fall)").format(work=told, share=percent(one["share"]))


def _conflict_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    values = (quantity(row[name], row["unit"], None) for name in ("low", "high", "preferred"))
    return (
        row["measure"],
        ", ".join(row["place_ids"]),
        row["start"],
        row["end"],
        *values,
        reasons(row["reason"]),
    )
