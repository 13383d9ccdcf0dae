"""`geotrack boundaries`: list, show, import and reset the polygons that maps and totals use."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.printing import say, screen
from geotrack.config import Settings, writing_settings

if TYPE_CHECKING:
    from geotrack.boundaries import ImportReport, LayerInfo, Unmatched

SHOWN_ROWS = 20

app = typer.Typer(
    name="boundaries",
    help="List, show, import and reset the polygons that maps and totals use.",
    no_args_is_help=True,
)


class UnitLevel(StrEnum):
    """The levels that have polygons."""

    country = "country"
    adm1 = "adm1"
    adm2 = "adm2"


Country = Annotated[str, typer.Option("--country", help="The country's code, as AZ.", metavar="XX")]
Level = Annotated[UnitLevel, typer.Option("--level", help="Which units: country, adm1 or adm2.")]


@app.command("list")
def list_() -> None:
    """List every layer of boundaries, and whose it is.

    Example: geotrack boundaries list
    """
    from rich.table import Column, Table

    from geotrack.boundaries import list_layers
    from geotrack.gazetteer import Gazetteer

    settings = Settings.read()
    places = Gazetteer.of(settings)
    origins = Column("origin", no_wrap=True)
    table = Table(Column("layer", no_wrap=True), "outlines", origins, "source (licence)")
    for info in list_layers(settings):
        origin = f"imported {info.imported_on}" if info.imported_on else "shipped"
        word = places.level_name(info.adm0, info.level, plural=info.units != 1)
        outlines = f"{info.units} {word}" + (f", {info.approximate} approximate" if info.approximate else "")
        told = f"{info.source} ({info.licence or 'licence not stated'})"
        table.add_row(f"{info.adm0} {info.level}", outlines, origin, told)
    screen().print(table)


@app.command("show")
def show(country: Country, level: Level = UnitLevel.adm1) -> None:
    """Show one layer: whose boundaries it holds, and each unit with its area.

    Example: geotrack boundaries show --country AZ
    """
    from rich.table import Table

    from geotrack.boundaries import about, layer

    settings = Settings.read()
    units = layer(settings, country.upper(), level.value)
    table = Table("place", "name", "km²", "borders")
    for unit in units.reset_index().to_dict("records"):
        borders = "approximate" if unit["approximate"] else ""
        table.add_row(unit["place_id"], unit["name"], f"{unit['area_km2']:,.0f}", borders)
    _print_lines(_describe(about(settings, country.upper(), level.value)))
    screen().print(table)


def _describe(info: LayerInfo) -> Iterable[str]:
    yield f"{info.adm0} {info.level}: {info.units} outlines from {info.path}"
    yield f"source: {info.source}"
    yield f"licence: {info.licence or 'not stated'}"
    if info.imported_on:
        yield f"imported on {info.imported_on} from {info.file}"
    if info.approximate:
        yield f"approximate borders: {info.approximate} units; import official ones to replace them"


@app.command("import")
def import_(  # noqa: PLR0913 - each is an option of the command line
    path: Annotated[Path, typer.Argument(help="Shapefile, GeoPackage, GeoJSON, or a zip of one.")],
    country: Country,
    level: Level,
    *,
    code_column: Annotated[str | None, typer.Option(help="The column of ISO, P- or KATOTTG codes.")] = None,
    name_column: Annotated[str | None, typer.Option(help="The column of names.")] = None,
    layer: Annotated[str | None, typer.Option(help="Which layer, if the file holds several.")] = None,
    crs: Annotated[str | None, typer.Option(help="Its coordinate system, as EPSG:32639.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of a Shapefile's attributes, as cp1251.")] = None,
    source: Annotated[str | None, typer.Option(help="Whose boundaries these are; maps say it.")] = None,
    licence: Annotated[str, typer.Option(help="Their licence; maps and exports say it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, even if most units lack.")] = False,
) -> None:
    """Replace a layer by your own boundaries, and report what did not match.

    Asks first where the file lacks most units of the layer. `geotrack boundaries reset` undoes it.

    Example: geotrack boundaries import raions.zip --country UA --level adm2 --source "State cadastre"
    """
    from geotrack.boundaries import ImportOptions, import_layer

    options = ImportOptions(code_column, name_column, layer, crs, encoding, source, licence, dry_run)
    settings = Settings.read() if dry_run else writing_settings()

    def accept(report: ImportReport) -> bool:
        _print_lines(_report_lines(report))
        return yes or not report.partial or _agreed(settings, report)

    report = import_layer(settings, path, country.upper(), level.value, options, accept)
    if dry_run:
        _print_lines(_report_lines(report))
    if report.written:
        say(f"written: {report.written}")
        return
    say("dry run: nothing was written" if dry_run else "nothing was written; the layer is as before")
    raise typer.Exit(0 if dry_run else 2)


def _agreed(settings: Settings, report: ImportReport) -> bool:
    """Ask whether outlines of a few units shall take the place of a whole layer; no answer is no."""
    from geotrack.boundaries import about

    known = len(report.matched) + len(report.missing)
    where = f"--country {report.adm0} --level {report.level}"
    say(
        f"Only {len(report.matched)} of {known} units are in this file. It would take the place of the whole "
        f"layer: maps and totals would lack the other {len(report.missing)}. "
        f"The shipped outlines come back with: geotrack boundaries reset {where}"
    )
    before = about(settings, report.adm0, report.level)
    if before.imported_on:
        say(f"The outlines imported on {before.imported_on} from {before.file} would be replaced.")
    try:
        return typer.confirm("Replace the layer? (--yes does not ask)")
    except typer.Abort:
        say()
        return False


def _report_lines(report: ImportReport) -> Iterable[str]:
    columns = report.columns
    how = (
        " (found by their values)" if columns.guessed else f" (as in {columns.layout})" * bool(columns.layout)
    )
    yield f"{report.path}: {report.rows} rows, read as {report.crs}"
    yield f"columns{how}: code {columns.code or 'none'}, name {columns.name or 'none'}"
    yield f"matched: {len(report.matched)} units ({report.joined} rows joined to another row's unit)"
    if report.mended:
        yield f"mended: {report.mended} invalid outlines"
    if report.overlap_km2:
        yield f"overlap: {report.overlap_km2:,.1f} km² belong to more than one unit"
    yield from _listed(
        "rows that match no unit, left out",
        [_unmatched_line(row) for row in report.unmatched],
    )
    yield from _listed("known units without an outline here", [f"{i} {name}" for i, name in report.missing])
    yield from _listed(
        "outlines unlike the shipped ones (share of common ground); is this the right file?",
        [f"{i} {name}: {share:.0%}" for i, name, share in report.unlike],
    )


def _unmatched_line(row: Unmatched) -> str:
    hint = f"; nearest: {row.nearest}" if row.nearest else ""
    return f"row {row.row + 1} {row.code} {row.name}: {row.reason}{hint}".replace("  ", " ")


def _listed(title: str, rows: list[str]) -> Iterable[str]:
    if rows:
        yield f"{title}: {len(rows)}"
        yield from (f"  {row}" for row in rows[:SHOWN_ROWS])
    if len(rows) > SHOWN_ROWS:
        yield f"  … and {len(rows) - SHOWN_ROWS} more"


@app.command("reset")
def reset(country: Country, level: Level) -> None:
    """Forget imported boundaries, so that the shipped ones are drawn again.

    Example: geotrack boundaries reset --country UA --level adm2
    """
    from geotrack.boundaries import reset as forget

    forgotten = forget(writing_settings(), country.upper(), level.value)
    say("Imported boundaries forgotten." if forgotten else "Nothing was imported at this level.")


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)
