"""`geotrack checks`, `geotrack conflicts`: what does not fit, and where sources disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from geotrack.cli import questions
from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.inputs import MinConfidence
from geotrack.cli.printing import say
from geotrack.cli.questions import AFormat
from geotrack.cli.wordings import period, quantity, word
from geotrack.config import Settings
from geotrack.languages import ngettext, number, percent, spoken
from geotrack.models import Measure, measure_named

if TYPE_CHECKING:
    import pandas as pd

    from geotrack.analysis import Ledger

AnyMeasure = Annotated[
    str | None,
    typer.Option(
        "--measure", help=f"One of {', '.join(get_args(Measure))}; without it, all.", metavar="NAME"
    ),
]
AnyPlace = Annotated[
    str | None,
    typer.Option(
        "--place", help="A place id as AZ-AGM, or a name as Aghdam; without it, all.", metavar="PLACE"
    ),
]


def checks(
    measure: AnyMeasure = None,
    place: AnyPlace = None,
    *,
    undated: Annotated[
        bool, typer.Option("--undated", help="Also what rests on running totals whose first day is not told.")
    ] = False,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """List what does not fit: parts and wholes, totals that fall, a week above its month, slips of a unit.

    Example: geotrack checks --measure area_cleared --place AZ
    """
    from geotrack.analysis import warnings
    from geotrack.analysis.tables import rows_of

    found = rows_of(_asked(warnings, measure, place, min_confidence, db))
    if format_ is Format.json:
        questions.print_json(found)
        return
    shown = [row for row in found if undated or not row["undated"]]
    print_table(("name", "measure", "what", "n_documents"), (_warning_row(row) for row in shown))
    hidden = len(found) - len(shown)
    if hidden:
        told = ngettext(
            "{n} more rests on a running total whose first day is not told; --undated lists it.",
            "{n} more rest on running totals whose first day is not told; --undated lists them.",
            hidden,
        )
        say(told.format(n=number(hidden)))
    _tell_unread(db)


def _tell_unread(db: str | None) -> None:
    """Say how many files could not be read: what they state is in no check."""
    from geotrack.store import Store

    with Store.open(Settings.read(db).database, read_only=True) as store:
        count = len(store.unread_files())
    if count:
        told = ngettext(
            "{n} file could not be read: geotrack documents list --unread.",
            "{n} files could not be read: geotrack documents list --unread.",
            count,
        )
        say(told.format(n=number(count)))


def conflicts(
    measure: AnyMeasure = None,
    place: AnyPlace = None,
    *,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """List where sources disagree on one quantity, with the sources on each side.

    What seems to be of one scope comes first, then what may be a part and its whole; of each the widest.

    Example: geotrack conflicts --measure mines_found --format json
    """
    from geotrack.analysis import conflicts as ask
    from geotrack.analysis.tables import rows_of

    found = rows_of(_asked(ask, measure, place, min_confidence, db))
    if format_ is Format.json:
        questions.print_json(found)
        return
    columns = ("measure", "days", "places", "kind", "spread", "values", "preferred")
    print_table(columns, (_conflict_row(row) for row in found))


def _asked(
    ask: Callable[..., pd.DataFrame],
    measure: str | None,
    place: str | None,
    min_confidence: float,
    db: str | None,
) -> pd.DataFrame:
    """Return the rows of an answer that speak of a place."""
    ledger, gazetteer, _ = questions.opened(db, min_confidence)
    place_id = gazetteer.meant(place).id if place else None
    found = ask(ledger, *([measure_named(measure)] if measure else []))
    if place_id is None:
        return found
    return found[[_touches(ledger, places, place_id) for places in found["place_ids"]]]


def _touches(ledger: Ledger, place_ids: Iterable[str], place_id: str) -> bool:
    return any(ledger.nesting.overlap(one, place_id) for one in place_ids)


def _warning_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    """Return a warning: its sentence in English; in other languages the check and what it compares."""
    from geotrack.maps.words import check

    if spoken() == "en":
        return row["name"], row["measure"], row["text"], len(row["document_ids"])
    low, high = (quantity(row[name], row["unit"], None) for name in ("low", "high"))
    days = f"{row['start'] or '…'} \N{EN DASH} {row['end'] or '…'}"
    parts = (f"{low} \N{EN DASH} {high}", ", ".join(row["place_ids"]), days)
    return check(row["name"]), row["measure"], "; ".join(parts), len(row["document_ids"])


def _conflict_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    sides = "; ".join(
        f"{quantity(side['value'], row['unit'], side['qualifier'])} ({', '.join(side['sources'])})"
        for side in row["sides"]
    )
    return (
        row["measure"],
        str(row["start"] or row["end"] or "…")
        if row["start"] == row["end"]
        else period(row["start"], row["end"]),
        ", ".join(row["place_ids"]),
        word(row["kind"]),
        percent(row["spread"]),
        sides,
        quantity(row["preferred"], row["unit"], None),
    )
