"""`geotrack total`, `geotrack observations`: what the facts add up to, and what that rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from geotrack.cli.documents import Database, Format, print_table
from geotrack.cli.inputs import ASplit, MinConfidence, Splitting, day
from geotrack.cli.printing import say, say_json
from geotrack.cli.wordings import period, quantity, reasons, word
from geotrack.config import Settings
from geotrack.languages import gettext as _
from geotrack.languages import ngettext, number
from geotrack.models import Measure, measure_named

if TYPE_CHECKING:
    import pandas as pd

    from geotrack.analysis import Ledger, Split, Total
    from geotrack.gazetteer import Gazetteer
    from geotrack.models import Place

_HELP_MEASURE = f"One of {', '.join(get_args(Measure))}."
AMeasure = Annotated[str, typer.Option("--measure", help=_HELP_MEASURE, metavar="NAME")]
APlace = Annotated[
    str, typer.Option("--place", help="A place id as AZ-AGM, or a name as Aghdam.", metavar="PLACE")
]
From = Annotated[dt.datetime | None, typer.Option("--from", parser=day, metavar="DATE", help="First day.")]
To = Annotated[dt.datetime | None, typer.Option("--to", parser=day, metavar="DATE", help="Last day.")]
AFormat = Annotated[Format, typer.Option("--format", help="A table, or JSON for programs.")]


def total(  # noqa: PLR0913 - each is an option of the command line
    measure: AMeasure,
    place: APlace,
    *,
    start: From = None,
    end: To = None,
    prorate: Annotated[
        bool, typer.Option("--prorate", help="Count a figure across the window's edge by its days inside.")
    ] = False,
    split: ASplit = Splitting.none,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """Add up what is stated of a measure in a place, nothing twice, and say what it rests on.

    Example: geotrack total --measure area_cleared --place AZ --from 2023-01-01 --to 2023-12-31
    """
    from geotrack.analysis import total as ask
    from geotrack.analysis.tables import records

    ledger, gazetteer, figures = opened(db, min_confidence)
    known = gazetteer.meant(place)
    found = ask(
        ledger,
        measure=measure_named(measure),
        place_id=known.id,
        start=day_of(start),
        end=day_of(end),
        prorate=prorate,
        split=_split(split, known),
    )
    rates = _rates(found, known)
    about = figures.set_index("figure_id")
    if format_ is Format.json:
        told = found.to_dict()
        left_out = ({**about_figure(about, row["figure_id"]), **row} for row in records(found.left_out))
        print_json({"place": known.name, **told, **rates, "left_out": [*left_out]})
        return
    _print_total(found, known, rates, about)


def observations(  # noqa: PLR0913 - each is an option of the command line
    measure: AMeasure,
    place: APlace,
    *,
    start: From = None,
    end: To = None,
    min_confidence: MinConfidence = 0.0,
    format_: AFormat = Format.table,
    db: Database = None,
) -> None:
    """List what is stated of a measure in a place: each quantity once, with every document that states it.

    Example: geotrack observations --measure mines_found --place Aghdam --format json
    """
    from geotrack.analysis import observations_of
    from geotrack.analysis.tables import records, rows_of

    ledger, gazetteer, figures = opened(db, min_confidence)
    found = observations_of(
        ledger,
        measure=measure_named(measure),
        place_id=gazetteer.meant(place).id,
        start=day_of(start),
        end=day_of(end),
    )
    rows = rows_of(found.table)
    if format_ is Format.json:
        about, links = figures.set_index("figure_id"), records(found.links)
        for row in rows:
            row["figures"] = [
                {"figure_id": one["figure_id"], "why": one["reason"], **about_figure(about, one["figure_id"])}
                for one in links
                if one["observation_id"] == row["observation_id"]
            ]
        print_json(rows)
        return
    _print_observations(rows)


def opened(db: str | None, min_confidence: float) -> tuple[Ledger, Gazetteer, Any]:
    """Return the reconciled facts of a database, the places, and the figures."""
    from geotrack.analysis import Ledger
    from geotrack.gazetteer import Gazetteer
    from geotrack.store import Store

    settings = Settings.read(db)
    gazetteer = Gazetteer.of(settings)
    with Store.open(settings.database, read_only=True) as store:
        figures, incidents = store.figures(), store.incidents()
    return Ledger(figures, gazetteer, incidents=incidents, min_confidence=min_confidence), gazetteer, figures


def _split(splitting: Splitting, place: Place) -> Split | None:
    from geotrack.analysis import Split

    if splitting is Splitting.none:
        return None
    return Split(_areas(place.adm0) if splitting is Splitting.area else None)


def _areas(adm0: str) -> dict[str, float]:
    """Return the land of a country's units in km²."""
    from geotrack.boundaries import layer, list_layers

    settings = Settings.read()
    levels = [info.level for info in list_layers(settings) if info.adm0 == adm0]
    return {
        str(unit): float(area)
        for level in levels
        for unit, area in layer(settings, adm0, level)["area_km2"].items()
    }


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """Return the day that an option states."""
    return moment.date() if moment else None


def about_figure(figures: pd.DataFrame, figure_id: str) -> dict[str, object]:
    """Return what a figure states, in JSON types: so that a reader of the answer needs no second question."""
    from geotrack.analysis.tables import plain

    row = figures.loc[figure_id]
    named = (
        "document_id",
        "value",
        "unit",
        "value_si",
        "unit_si",
        "qualifier",
        "place_ids",
        "start",
        "end",
        "text",
    )
    return {name: plain(row[name]) for name in (*named, "text")}


def print_json(told: object) -> None:
    """Print an answer for programs."""
    say_json(told, indent=2)


def _window(start: object, end: object) -> str:
    return period(start, end) if start or end else _("all time")


def _rates(found: Total, place: Place) -> dict[str, float | None]:
    """Return a total by land (percent, or per 100 km²) and per 100,000 people, where these are known."""
    from geotrack.analysis.shares import per_area, per_people

    area = _areas(place.adm0).get(place.id)
    return {
        "area_km2": area,
        "per_land": per_area(found.value_si, found.unit_si, area),
        "per_100000": per_people(found.value_si, found.unit_si, place.population),
    }


def _print_total(found: Total, place: Place, rates: Mapping[str, float | None], about: pd.DataFrame) -> None:
    from geotrack.analysis import STOCK_MEASURES
    from geotrack.analysis.tables import records

    say(f"{found.measure}, {place.name} ({place.id}), {_window(found.start, found.end)}:")
    say(quantity(found.value_si, found.unit_si, found.qualifier))
    if found.finer_only and found.measure in STOCK_MEASURES:
        inside = len({one for ids in found.used["place_ids"] for one in ids})
        named = "one place" if inside == 1 else f"{inside:,} places"
        say(f"(of {named} inside alone: no level of {place.name} itself is told)")
    if rates["per_land"] is not None:
        per_land = _("{n} % of its land") if found.unit_si == "m2" else _("{n} per 100 km²")
        say(per_land.format(n=_rate(rates["per_land"])))
    if rates["per_100000"] is not None:
        say(_("{n} per 100,000 people").format(n=_rate(rates["per_100000"])))
    if found.gap_si:
        told = _("Perhaps up to {more} more: of numbers for several places that overlap not all are counted.")
        say(told.format(more=quantity(found.gap_si, found.unit_si, None)))
    if not found.used.empty:
        say("\n" + _("It rests on"))
        columns = ("value", "from", "to", "places", "n_documents", "how")
        print_table(columns, (_used_row(row) for row in records(found.used)))
    outside = found.left_out["kind"] == "outside"
    gone = found.left_out[~outside].sort_values(["kind", "reason", "figure_id"])
    if not gone.empty:
        say("\n" + _("Not counted"))
        columns = ("value", "from", "to", "places", "fact", "why")
        print_table(columns, (_left_out_row(about.loc[row["figure_id"]], row) for row in records(gone)))
    if outside.any():
        n_outside = int(outside.sum())
        told = ngettext(
            "{n} more lies outside the window; --format json lists it.",
            "{n} more lie outside the window; --format json lists them.",
            n_outside,
        )
        say("\n" + told.format(n=number(n_outside)))


def _rate(value: float) -> str:
    return number(float(f"{value:.4g}"))


def _used_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    value = quantity(row["value"], row["unit"], row["qualifier"])
    places = ", ".join(row["place_ids"])
    return value, row["start"], row["end"], places, len(row["document_ids"]), word(row["derived"] or "stated")


def _left_out_row(figure: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[object, ...]:
    value = quantity(figure["value_si"], figure["unit_si"], figure["qualifier"])
    places = ", ".join(figure["place_ids"])
    return value, figure["start"], figure["end"], places, row["figure_id"], reasons(row["reason"])


def _print_observations(found: Sequence[Mapping[str, Any]]) -> None:
    columns = ("value", "from", "to", "places", "n_documents", "sources")
    print_table(
        columns,
        (
            (
                quantity(row["value"], row["unit"], row["qualifier"]),
                row["start"],
                row["end"],
                ", ".join(row["place_ids"]),
                len(row["document_ids"]),
                ", ".join(row["sources"]),
            )
            for row in found
        ),
    )
