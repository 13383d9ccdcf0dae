"""`geotrack outlook`: the land that remains over the recent pace; arithmetic, not a forecast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.history import By
from geotrack.cli.inputs import MinConfidence, day
from geotrack.cli.printing import say
from geotrack.cli.questions import AFormat, APlace, day_of, opened, print_json
from geotrack.cli.wordings import quantity, word
from geotrack.config import Settings
from geotrack.languages import gettext as _
from geotrack.languages import retold

if TYPE_CHECKING:
    from geotrack.analysis import Outlook
    from geotrack.gazetteer import Gazetteer


def outlook(  # noqa: PLR0913 - each is an option of the command line
    place: APlace,
    *,
    by: Annotated[By, typer.Option("--by", help="How long a period of the pace is.")] = By.year,
    last: Annotated[int, typer.Option("--last", min=1, help="How many of the last periods count.")] = 3,
    on: Annotated[
        dt.datetime | None,
        typer.Option("--on", parser=day, metavar="DATE", help="The day at which the age of levels is told."),
    ] = None,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """Divide the contaminated land of a place by its recent pace: arithmetic, and nobody's forecast.

    For the place and every place in it where both are known, from the slowest to the fastest pace; beside it
    what officials claim in the reports, which enters no sum.

    Example: geotrack outlook --place UA --by year --last 3
    """
    from geotrack.analysis import outlook as ask
    from geotrack.store import Store

    ledger, gazetteer, *_rest = opened(db, min_confidence)
    with Store.open(Settings.read(db).database, read_only=True) as store:
        claims = store.claims()
    place_id = gazetteer.meant(place).id
    found = ask(ledger, place_id=place_id, by=by.value, last=last, on=day_of(on), claims=claims)
    if format_ is Format.json:
        print_json(found.to_dict())
        return
    _print_outlook(found, gazetteer)


def _print_outlook(found: Outlook, gazetteer: Gazetteer) -> None:
    from geotrack.analysis.outlook import ARITHMETIC_NOTE, CLAIMS_NOTE
    from geotrack.analysis.tables import records
    from geotrack.maps.claims import TOO_SLOW, is_too_slow

    say(retold(ARITHMETIC_NOTE))
    if found.table.empty:
        say(_("Nothing to divide: no place here has both contaminated land and a pace."))
    else:
        columns = (
            "place",
            "remaining",
            "as of",
            "by",
            "slowest a year",
            "fastest a year",
            "periods",
            "years",
        )
        rows = records(found.table)
        print_table(columns, (_row(row, gazetteer) for row in rows))
        if any(map(is_too_slow, rows)):
            say(_(TOO_SLOW))
    if not found.missing.empty:
        say("\n" + _("Not told, as a side is missing"))
        missing = records(found.missing)
        print_table(("place", "missing", "why"), (_missing_row(row, gazetteer) for row in missing))
        for remedy in dict.fromkeys(row["remedy"] for row in missing):
            say(retold(remedy))
    if found.claims.empty:
        say("\n" + _("No report quotes a claim of the years ahead here."))
        return
    told = ("place", "claim", "said on", "by", "document_id", "sentence")
    print_table(told, (_claim(row, gazetteer) for row in records(found.claims)))
    say(retold(CLAIMS_NOTE))


def _missing_row(row: Mapping[str, Any], gazetteer: Gazetteer) -> tuple[object, ...]:
    return gazetteer.place(row["place_id"]).name, word(row["missing"]), retold(row["reason"])


def _claim(row: Mapping[str, Any], gazetteer: Gazetteer) -> tuple[object, ...]:
    from geotrack.maps.claims import claimed

    return (
        ", ".join(gazetteer.place(one).name for one in row["place_ids"]),
        claimed(row),
        row["published"],
        row["speaker"] or row["publisher"],
        row["document_id"],
        row["sentence"],
    )


def _row(row: Mapping[str, Any], gazetteer: Gazetteer) -> tuple[object, ...]:
    from geotrack.maps.claims import lasting

    def pace(name: str) -> str:
        return quantity(float(f"{row[name]:.3g}"), "m2", row["pace_qualifier"])

    return (
        gazetteer.place(row["place_id"]).name,
        quantity(row["remaining"], "m2", row["remaining_qualifier"]),
        row["as_of"],
        word(row["kind"]),
        pace("slowest"),
        pace("fastest"),
        ", ".join(one["bin"] for one in row["paces"]),
        lasting(row),
    )
