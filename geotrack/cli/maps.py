"""`geotrack map`: one measure on a map, as one file that opens anywhere."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.inputs import ASplit, BuildDate, MinConfidence, Splitting, built_on, day
from geotrack.cli.printing import say
from geotrack.config import Settings
from geotrack.errors import UsageError
from geotrack.languages import gettext as _
from geotrack.languages import number, retold, spoken

if TYPE_CHECKING:
    from geotrack.maps import Atlas, MapStyle


class MapLevel(StrEnum):
    """The units that a map can show."""

    adm1 = "adm1"
    adm2 = "adm2"


class ClassScheme(StrEnum):
    """How values are cut into classes."""

    quantile = "quantile"
    equal = "equal"
    natural = "natural"
    manual = "manual"


class AreaUnit(StrEnum):
    """The units in which areas can be shown."""

    ha = "ha"
    km2 = "km2"
    m2 = "m2"


def draw(  # noqa: PLR0913 - a command's options are its parameters
    *,
    measure: Annotated[
        str, typer.Option(help="The measure that the map opens on, as area_cleared; or incidents.")
    ],
    country: Annotated[str, typer.Option(help="The country's code, as AZ.", metavar="XX")],
    out: Annotated[Path, typer.Option(help="The HTML file to write.")],
    level: Annotated[MapLevel, typer.Option(help="The units that the map opens on.")] = MapLevel.adm1,
    start: Annotated[
        dt.datetime | None, typer.Option("--from", help="The first day.", parser=day, metavar="DATE")
    ] = None,
    end: Annotated[
        dt.datetime | None, typer.Option("--to", help="The last day.", parser=day, metavar="DATE")
    ] = None,
    min_confidence: MinConfidence = 0.0,
    db: Annotated[
        str | None, typer.Option("--db", help="The database: a file or an address (or GEOTRACK_DB).")
    ] = None,
    scheme: Annotated[ClassScheme, typer.Option(help="How to cut classes.")] = ClassScheme.quantile,
    classes: Annotated[int, typer.Option(min=1, max=6, help="How many classes at most.")] = 5,
    breaks: Annotated[str, typer.Option(help="Upper limits for --scheme manual, as 10,50,200.")] = "",
    unit: Annotated[AreaUnit | None, typer.Option(help="The unit for areas.")] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            "--locale",
            metavar="CODE",
            help="The language of the map: en, az, uk or ru; else yours.",
        ),
    ] = None,
    by_area: Annotated[
        bool, typer.Option("--by-area", help="Colour by share of the unit's land, or per 100 km².")
    ] = False,
    split: ASplit = Splitting.none,
    reviewed: Annotated[
        bool,
        typer.Option("--reviewed", help="Only facts that a person has accepted, corrected or added."),
    ] = False,
    full_sentences: Annotated[
        bool, typer.Option("--full-sentences", help="Keep victims' names and ages in the sentences.")
    ] = False,
    date: BuildDate = None,
) -> None:
    """Write a map as one HTML file: measures by unit and time, incidents, the sentence behind each number.

    The file needs nothing but a browser, and no network. It has a slider for years and quarters, or quarters
    and months where --from and --to are near; it shows these days only.

    Example: geotrack map --measure area_cleared --country AZ --from 2024-01-01 --out map.html
    """
    from geotrack.maps import MapStyle, save_map
    from geotrack.redaction import FULL_SENTENCES_WARNING

    style = MapStyle(
        measure=measure,
        adm0=country.upper(),
        level=level.value,
        start=start.date() if start else None,
        end=end.date() if end else None,
        min_confidence=min_confidence,
        scheme=scheme.value,
        classes=classes,
        breaks=_numbers(breaks),
        unit=unit.value if unit else None,
        density=by_area,
        split=split.value,
        locale=lang or spoken(),
        redacted=not full_sentences,
        judged=reviewed,
    )
    atlas = _atlas(Settings.read(db), style, built_on(date))
    size, scene = save_map(out, atlas).stat().st_size, atlas.opening
    # Units without an outline can have values too; what is counted is what the map shows.
    painted = scene.drawn.reindex(scene.content.polygons.index)
    known = int(painted.notna().sum())
    told = _("{file}: {known} of {all} {units} have a value of their own ({size} MB)")
    counts = {"known": number(known), "all": number(len(painted)), "units": scene.units_name}
    say(told.format(file=out, size=number(size / 1e6, 1), **counts))
    for warning in (*scene.content.warnings, *filter(None, [scene.content.left_out])):
        say(f"geotrack: {warning}", err=True)
    if full_sentences:
        say(retold(FULL_SENTENCES_WARNING), err=True)


def _atlas(settings: Settings, style: MapStyle, day_built: dt.date) -> Atlas:
    from geotrack.gazetteer import Gazetteer
    from geotrack.maps import Country
    from geotrack.maps.gathering import check
    from geotrack.maps.grounds import grounds
    from geotrack.store import Store

    check(style)
    drawn = grounds(settings, style)
    with Store.open(settings.database, read_only=True) as store:
        figures, incidents = store.figures(), store.incidents()
    gazetteer = Gazetteer.of(settings)
    return Country(figures, incidents, gazetteer, drawn, style, built_on=day_built).atlas()


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UsageError(f"--breaks takes numbers, as 10,50,200; not {text!r}.") from error
