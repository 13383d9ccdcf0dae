"""`geotrack places`: which place a name means, and what lies around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.printing import screen
from geotrack.config import Settings
from geotrack.errors import UsageError

if TYPE_CHECKING:
    from geotrack.gazetteer import Gazetteer
    from geotrack.models import Place

app = typer.Typer(name="places", help="Look up places by name or id.", no_args_is_help=True)

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

    gazetteer = Gazetteer.load()
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

    gazetteer = Gazetteer.load()
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
