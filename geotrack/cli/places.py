"""`geotrack places`: which place a name means, what lies around it, and gazetteers beside the shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.printing import say, screen
from geotrack.config import Settings, writing_settings
from geotrack.errors import UsageError

if TYPE_CHECKING:
    from geotrack.gazetteer import Gazetteer
    from geotrack.models import Place
    from geotrack.toponyms import PlaceReport

SHOWN_ROWS = 20
AGAIN = "Read the reports again: geotrack ingest."

app = typer.Typer(name="places", help="Look up places by name or id, and import more.", no_args_is_help=True)

_LANGUAGES = {"en": "English", "az": "Azerbaijani", "uk": "Ukrainian", "ru": "Russian"}


@app.command("find")
def find(
    name: Annotated[
        str, typer.Argument(help="A name in English, Azerbaijani, Ukrainian or Russian, spelled as you like.")
    ],
    limit: Annotated[int, typer.Option(min=1, help="At most so many places.")] = 5,
) -> None:
    """Find places by name: id, parents, score and why each matched.

    Example: geotrack places find "Агдам"
    """
    from rich.table import Table

    from geotrack.errors import UnknownPlaceError
    from geotrack.gazetteer import Gazetteer

    gazetteer = Gazetteer.of(Settings.read())
    found = gazetteer.find(name, limit=limit, namesakes=True)
    if not found:
        raise UnknownPlaceError(name)
    table = Table(box=None, pad_edge=False)
    for title in ("place_id", "name", "kind", "lies in", "score", "why"):
        table.add_column(title, overflow="fold")
    for one in found:
        place = one.place
        table.add_row(
            place.id,
            place.name,
            _kind(gazetteer, place),
            _parents(gazetteer, place),
            f"{one.score:.2f}",
            one.why,
        )
    screen(soft_wrap=True).print(table)


@app.command("show")
def show(place_id: Annotated[str, typer.Argument(help="A place id, such as AZ-AGM.", metavar="ID")]) -> None:
    """Show a place: its names, parents, point, dates and, of a named region, its members.

    Example: geotrack places show AZ-AGM
    """
    from rich.table import Table

    from geotrack.gazetteer import Gazetteer

    gazetteer = Gazetteer.of(Settings.read())
    table = Table(box=None, pad_edge=False, show_header=False)
    place = gazetteer.place(place_id)
    for label, value in _facts(gazetteer, place):
        table.add_row(label, value)
    area = _area(place)
    if area:
        table.add_row("area", area)
    screen(soft_wrap=True).print(table)


@app.command("at")
def at(
    lon: Annotated[float, typer.Argument(help="Degrees east.")],
    lat: Annotated[float, typer.Argument(help="Degrees north.")],
) -> None:
    """Say which country, oblast, district or raion a point lies in.

    Example: geotrack places at 46.93 39.99
    """
    from geotrack.boundaries import units_at
    from geotrack.cli.documents import print_table

    found = units_at(Settings.read(), lon, lat)
    if found.empty:
        raise UsageError(
            f"{lon}, {lat} lies in no country that has boundaries. See geotrack boundaries list."
        )
    rows = found.assign(borders=["approximate" if one else "" for one in found["approximate"]])
    columns = ("place_id", "name", "level", "borders")
    print_table(columns, rows[list(columns)].itertuples(index=False))


@app.command("import")
def import_(
    path: Annotated[
        Path,
        typer.Argument(
            help="A GeoNames country dump (UA.txt, UA.zip), or a KATOTTG table (CSV, XLSX).", metavar="FILE"
        ),
    ],
    *,
    country: Annotated[
        str | None, typer.Option(help="The country's code; else that of most rows.", metavar="XX")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Whose names these are.")] = None,
    licence: Annotated[str, typer.Option(help="Their licence.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, and change nothing.")] = False,
) -> None:
    """Add the villages and names of another gazetteer to those that reports are read with.

    Bad rows are listed with line and reason; good rows go in. `geotrack places reset` undoes it. Reports
    that are ingested again are read anew.

    Example: geotrack places import UA.zip
    """
    from geotrack.toponyms import PlaceOptions, import_places

    adm0 = country.upper() if country else None
    settings = Settings.read() if dry_run else writing_settings()
    report = import_places(settings, path, PlaceOptions(adm0, source, licence, dry_run))
    for line in _report_lines(report):
        say(line)
    if report.written:
        say(f"written: {report.written}")
        say(AGAIN)
    else:
        say("dry run: nothing was written" if dry_run else "nothing is new; what was imported is as before")


def _report_lines(report: PlaceReport) -> Iterator[str]:
    yield f"{report.path}: {report.rows:,} rows of {report.layout}, for {report.adm0}"
    yield f"new places: {report.added:,}; known places with new names: {report.named:,}"
    yield f"new names: {report.names:,}"
    for what, rows in sorted(report.passed_over.items()):
        yield f"passed over, {what}: {rows:,}"
    yield from _listed("names left out, for they are ordinary words", report.left_out)
    told = [f"line {row.line} {row.text}: {row.reason}" for row in report.bad]
    yield from _listed("rows not taken in", told)


def _listed(title: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"{title}: {len(rows):,}"
        yield from (f"  {row}" for row in rows[:SHOWN_ROWS])
    if len(rows) > SHOWN_ROWS:
        yield f"  … and {len(rows) - SHOWN_ROWS:,} more"


@app.command("list")
def list_() -> None:
    """List what was imported beside the shipped gazetteer.

    Example: geotrack places list
    """
    from geotrack.cli.documents import print_table
    from geotrack.gazetteer.imported import list_imports

    columns = ("import", "places", "names", "on", "file", "source (licence)")
    rows = [
        (
            f"{one.adm0} {one.layout}",
            f"{one.places:,}",
            f"{one.names:,}",
            one.imported_on,
            one.file,
            f"{one.source} ({one.licence or 'licence not stated'})",
        )
        for one in list_imports(Settings.read())
    ]
    if rows:
        print_table(columns, rows)
    else:
        say("Nothing was imported; the shipped gazetteer alone is used.")


@app.command("reset")
def reset(
    country: Annotated[str, typer.Option(help="The country's code, as UA.", metavar="XX")],
    layout: Annotated[str | None, typer.Option(help="One kind alone: geonames or katottg.")] = None,
) -> None:
    """Forget imported places and names, so that the shipped gazetteer alone is used.

    Example: geotrack places reset --country UA
    """
    from geotrack.gazetteer.imported import forget

    gone = forget(writing_settings(), country.upper(), layout)
    say(f"Forgotten: {', '.join(gone)}. {AGAIN}" if gone else "Nothing was imported for this country.")


def _area(place: Place) -> str:
    """Return the area of a place's outline, empty where it has none."""
    from geotrack.boundaries import LAYER_LEVELS, layer
    from geotrack.errors import BoundaryError

    if place.level not in LAYER_LEVELS:
        return ""
    try:
        outlines = layer(Settings.read(), place.adm0, place.level)
    except BoundaryError:
        return ""
    if place.id not in outlines.index:
        return ""
    approximate = " (approximate outline)" if outlines["approximate"][place.id] else ""
    return f"{outlines['area_km2'][place.id]:,.0f} km²{approximate}"


def _kind(gazetteer: Gazetteer, place: Place) -> str:
    """Return what a place is called where it lies: a district, an oblast, a city that is a unit."""
    return "city" if place.is_city else gazetteer.level_name(place.adm0, place.level)


def _parents(gazetteer: Gazetteer, place: Place) -> str:
    """Return a place's parents by name, narrow to wide."""
    return ", ".join(gazetteer.place(parent).name for parent in gazetteer.ancestors(place.id))


def _facts(gazetteer: Gazetteer, place: Place) -> list[tuple[str, str]]:
    """Return what is known of a place, a label and a text each; nothing for what is unknown."""
    point = f"{place.lon}, {place.lat}" if place.lon is not None else ""
    facts = [
        ("place_id", place.id),
        ("name", place.name),
        ("kind", _kind(gazetteer, place)),
        (
            "lies in",
            ", ".join(f"{gazetteer.place(one).name} ({one})" for one in gazetteer.ancestors(place.id)),
        ),
        ("lon, lat", point),
        ("people", f"{place.population:,}" if place.population else ""),
        ("exists from", place.valid_from or ""),
        ("exists until", place.valid_to or ""),
    ]
    facts += [(_LANGUAGES.get(code, code), label) for code, label in gazetteer.names(place.id).items()]
    if place.level == "region":
        members = gazetteer.region_members(place.id)
        facts.append(
            (
                "members",
                ", ".join(
                    gazetteer.place(member.place_id).name + (" (part)" if member.part else "")
                    for member in members
                ),
            )
        )
    return [(label, value) for label, value in facts if value]
