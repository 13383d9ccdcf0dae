"""`geotrack silent`: the districts that reports name and of which no figure is known."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.inputs import MinConfidence
from geotrack.cli.maps import MapLevel
from geotrack.cli.printing import say
from geotrack.cli.questions import AFormat, opened, print_json
from geotrack.config import Settings
from geotrack.languages import gettext as _


def silent(
    *,
    country: Annotated[
        str | None, typer.Option("--country", help="Only of a country, as AZ.", metavar="XX")
    ] = None,
    level: Annotated[MapLevel, typer.Option("--level", help="Which units.")] = MapLevel.adm1,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """List the districts that reports name and of which no figure is known.

    Little is known there; that nothing happens there is said by nobody.

    Example: geotrack silent --country UA --level adm1
    """
    from geotrack.analysis import silent_units
    from geotrack.analysis.tables import records, rows_of
    from geotrack.store import Store

    ledger, gazetteer, *_rest = opened(db, min_confidence)
    with Store.open(Settings.read(db).database, read_only=True) as store:
        mentions, documents = store.mentions(), store.documents()
    rows: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for adm0 in [country] if country else [one.id for one in gazetteer.countries()]:
        found = silent_units(ledger, mentions, documents, adm0=adm0, level=level.value).reset_index()
        rows += [{"adm0": adm0, **row} for row in records(found)]
        told += [{"adm0": adm0, **row} for row in rows_of(found)]
    if format_ is Format.json:
        print_json(told)
        return
    if not rows:
        say(_("Every district that a report names has a figure."))
        return
    columns = ("place_id", "name", "n_documents", "n_groups", "n_incidents", "last_published")
    print_table(columns, ([row[name] for name in columns] for row in rows))
