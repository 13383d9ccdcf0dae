"""`geotrack export`: facts and totals as files for other programs."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geotrack.cli.inputs import BuildDate, MinConfidence, built_on, day
from geotrack.cli.printing import say
from geotrack.config import Settings
from geotrack.errors import UsageError
from geotrack.languages import retold
from geotrack.models import measure_named

if TYPE_CHECKING:
    from geotrack.export import ExportContent, ExportFilter
    from geotrack.gazetteer import Gazetteer


class FileFormat(StrEnum):
    """The kinds of files."""

    geojson = "geojson"
    gpkg = "gpkg"
    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"
    docx = "docx"


def export(  # noqa: PLR0913 - each is an option of the command line
    file_format: Annotated[
        FileFormat, typer.Option("--format", help="geojson, gpkg, csv, parquet, xlsx or docx.")
    ],
    out: Annotated[Path, typer.Option(help="The folder to write into; it is made if need be.")],
    *,
    db: Annotated[str | None, typer.Option(help="The database: a file or an address.")] = None,
    country: Annotated[str | None, typer.Option(help="One country's code, as AZ.", metavar="XX")] = None,
    measure: Annotated[str | None, typer.Option(help="One measure, as area_cleared.")] = None,
    start: Annotated[
        dt.datetime | None, typer.Option("--from", parser=day, metavar="DATE", help="First day.")
    ] = None,
    end: Annotated[
        dt.datetime | None, typer.Option("--to", parser=day, metavar="DATE", help="Last day.")
    ] = None,
    min_confidence: MinConfidence = 0.0,
    hxl: Annotated[bool, typer.Option("--hxl", help="Add a row of HXL tags to each CSV.")] = False,
    full_sentences: Annotated[
        bool, typer.Option("--full-sentences", help="Keep victims' names, ages and birth years.")
    ] = False,
    date: BuildDate = None,
) -> None:
    """Write figures, incidents and district totals, each fact with its source sentence and offsets.

    A report (docx) is of one country, in the language that geotrack speaks.

    Example: geotrack export --format gpkg --country AZ --from 2024-01-01 --out shared/
    """
    from geotrack.export import ExportFilter
    from geotrack.export import export as write
    from geotrack.maps import words
    from geotrack.redaction import FULL_SENTENCES_WARNING

    if measure is not None:
        measure_named(measure)
    chosen = ExportFilter(
        country.upper() if country else None, measure, _day(start), _day(end), min_confidence
    )
    content = content_of(Settings.read(db), chosen, built_on(date), redacted=not full_sentences)
    for path in write(content, out, file_format.value, hxl=hxl):
        say(path)
    left_out = words.left_out(**content.left_out, least=min_confidence)
    if left_out:
        say(f"geotrack: {left_out}", err=True)
    if full_sentences:
        say(retold(FULL_SENTENCES_WARNING), err=True)


def content_of(settings: Settings, chosen: ExportFilter, built: dt.date, *, redacted: bool) -> ExportContent:
    """Return what an export of the database holds: the facts that a filter lets through, and polygons."""
    from geotrack.export import ExportContent
    from geotrack.export.layers import countries_told, districts_of
    from geotrack.gazetteer import Gazetteer
    from geotrack.store import Store

    gazetteer = Gazetteer.of(settings)
    _check_country(chosen.adm0, gazetteer)
    with Store.open(settings.database, read_only=True) as store:
        figures, incidents, claims = store.figures(), store.incidents(), store.claims()
    told = countries_told(gazetteer, figures, incidents)
    districts = districts_of(settings, {chosen.adm0} if chosen.adm0 else told)
    if chosen.adm0 and not districts and chosen.adm0 not in told:
        raise UsageError(f"Nothing to export of {chosen.adm0}: no fact speaks of it. {_packs(gazetteer)}")
    return ExportContent(figures, incidents, gazetteer, districts, built, chosen, redacted, claims)


def _check_country(adm0: str | None, gazetteer: Gazetteer) -> None:
    if adm0 is None or (adm0 in gazetteer and gazetteer.place(adm0).level == "country"):
        return
    raise UsageError(f"No country {adm0!r}. {_packs(gazetteer)}")


def _packs(gazetteer: Gazetteer) -> str:
    packs = ", ".join(one.id for one in gazetteer.countries() if gazetteer.units(one.id, "adm1"))
    return f"Countries with districts: {packs}; others by their code, as AM, if a report names them."


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
