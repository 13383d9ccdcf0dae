"""Downloads: made when they are asked for, with victims nameless."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from geotrack import boundaries
from geotrack.app import reads, state
from geotrack.app.cards import html, note
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.export import Districts, ExportContent, ExportFilter, ExportFormat, export
from geotrack.languages import gettext as _
from geotrack.languages import listed, ngettext, number, spoken
from geotrack.languages import no_translation as n_
from geotrack.maps import Country, MapStyle, save_map, words
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.grounds import grounds
from geotrack.maps.words import MEASURES, REDACTED, unless_sure

_FORMATS: tuple[tuple[ExportFormat, str, str, str], ...] = (
    (
        "gpkg",
        "GeoPackage",
        n_("For QGIS and other GIS."),
        n_(
            "One file with layers: districts with their totals, incidents, figures, totals in rows, and what "
            "the file says of itself. QGIS shows it with the colours of the map here."
        ),
    ),
    (
        "geojson",
        "GeoJSON",
        n_("For web maps and scripts, by RFC 7946."),
        n_(
            "A file a layer: districts with their totals, incidents, figures. An incident is a point only "
            "where a settlement is told."
        ),
    ),
    (
        "csv",
        "CSV",
        n_("For spreadsheets and statistics, with the column names of humanitarian data."),
        n_("A table each for figures, incidents and the totals of units; a cell never runs as a formula."),
    ),
    (
        "xlsx",
        "Excel",
        n_("For Excel and LibreOffice."),
        n_(
            "One workbook: caveats, filters and licences on the first sheet, then figures, incidents and the "
            "totals of units, numbers and days as such."
        ),
    ),
    (
        "parquet",
        "GeoParquet",
        n_("For large analyses: Python, R, DuckDB, QGIS."),
        n_("A file a layer, with typed columns; districts and incidents with their shapes (GeoParquet 1.1)."),
    ),
    (
        "docx",
        "Word",
        n_("For readers: a situation report of one country, in your language."),
        n_("Key numbers, a map, a timeline, tables of units and incidents, numbered sources, and caveats."),
    ),
)
_IN_A_ROW = 3
_WRITTEN_BY = {"xlsx": "xlsxwriter", "docx": "docx"}  # packages of the extra `office`


def show_files(library: Library, chosen: ExportFilter, asked: Asked) -> None:
    """Offer the chosen facts in every format."""
    html("<h2>{}</h2>", _("Facts as files"))
    _say_what_they_hold(library, chosen)
    hxl = False
    columns = [column for _row in range(0, len(_FORMATS), _IN_A_ROW) for column in st.columns(_IN_A_ROW)]
    for column, (file_format, name, who, what) in zip(columns, _FORMATS, strict=False):
        with column, st.container(border=True, height="stretch"):
            html("<p class='gt-value'>{}</p><p>{}</p><p class='gt-note'>{}</p>", name, _(who), _(what))
            if file_format == "csv":
                hxl = st.toggle(
                    _("A row of HXL tags below the names"),
                    key=asked.hold("hxl", False, state.switch),  # noqa: FBT003 - a widget's value
                    on_change=state.touch,
                )
            _offer(library, chosen, file_format, name, hxl=hxl)
    note(
        _(
            "Each fact carries its sentence, its place in the text, and its source; each file says its "
            "filters, date, boundaries and licences."
        )
    )
    note(f"{_(words.CAVEAT)} {_(REDACTED)}")
    if spoken() != "en":
        note(_("Columns and notices in these files are in English, so that programs find them."))


def _offer(
    library: Library, chosen: ExportFilter, file_format: ExportFormat, name: str, *, hxl: bool
) -> None:
    """Offer a file, or say what must be installed first."""
    needed = _WRITTEN_BY.get(file_format)
    if needed and find_spec(needed) is None:
        note(_("Not installed: {command}").format(command="pip install 'geotrack[office]'"))
        return
    if file_format == "docx" and chosen.adm0 not in reads.layers(library.settings):
        note(_("Choose a country above."))
        return
    st.download_button(
        _("Download {name}").format(name=name),
        data=partial(export_zip, library, chosen, file_format, hxl=hxl and file_format == "csv"),
        file_name=f"geotrack-{file_format}.zip",
        mime="application/zip",
        on_click="ignore",
        key=f"download {file_format}",
    )


def _say_what_they_hold(library: Library, chosen: ExportFilter) -> None:
    """Say how many facts the filters let through, or that they let through none."""
    figures, incidents = reads.exported(library.edition, chosen)
    if not figures and not incidents:
        note(_("Nothing matches: the files would hold districts only. Choose another country or period."))
        return
    told = [
        ngettext("{n} figure", "{n} figures", figures).format(n=number(figures)),
        ngettext("{n} report of an incident", "{n} reports of incidents", incidents).format(
            n=number(incidents)
        ),
    ]
    note(_("With these filters: {what}.").format(what=listed(told)))


def export_zip(
    library: Library, chosen: ExportFilter, file_format: ExportFormat, *, hxl: bool = False
) -> bytes:
    """Return an export as the bytes of a zip file."""
    content = ExportContent(
        reads.figures(library.edition),
        reads.incidents(library.edition),
        reads.gazetteer(),
        _districts(library, chosen.adm0),
        dt.datetime.now(dt.UTC).date(),
        chosen,
        claims=reads.claims(library.edition),
    )
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in export(content, Path(folder), file_format, hxl=hxl):
            archive.write(path, path.name)
    return packed.getvalue()


def _districts(library: Library, adm0: str | None) -> tuple[Districts, ...]:
    countries = {adm0} if adm0 else set(reads.facts_by_country(library.edition))
    infos = [info for info in boundaries.list_layers(library.settings) if info.level != "country"]
    return tuple(
        Districts(
            info.adm0,
            info.level,
            reads.layer(reads.layer_key(library.settings, info.adm0, info.level)),
            info.source,
            info.licence,
            info.imported_on,
        )
        for info in infos
        if info.adm0 in countries
    )


def opens_on(library: Library, chosen: ExportFilter, asked: Asked) -> str:
    """Return the measure that the map to send opens on: the one asked for if it is reported, or the first."""
    key = asked.hold("measure", "", state.one_of(MEASURES))
    reported = _reported(library, chosen)
    if st.session_state[key] not in reported:
        st.session_state[key] = next(iter(reported), "")
    return str(st.session_state[key])


def _reported(library: Library, chosen: ExportFilter) -> list[str]:
    """Return the measures that are reported, surely enough, of the country chosen."""
    if not chosen.adm0:
        return []
    counts = reads.facts_by_country(library.edition, chosen.min_confidence).get(chosen.adm0, Counter())
    return [measure for measure in MEASURES if counts[measure]]


def show_maps(library: Library, chosen: ExportFilter, asked: Asked) -> None:
    """Offer a saved map of the country that opens on one of the measures reported, surely enough, of it."""
    adm0, least = chosen.adm0, chosen.min_confidence
    html("<h2>{}</h2>", _("A map to send"))
    if not adm0:
        note(_("Choose a country above, then a measure here."))
        return
    levels = reads.layers(library.settings).get(adm0)
    if not levels:
        note(_("There are no boundaries for this country: geotrack boundaries import takes yours."))
        return
    note(
        _(
            "One HTML file that opens in any browser without a network: every measure by year and quarter, "
            "with the sentences behind the numbers."
        )
    )
    reported = _reported(library, chosen)
    if not reported:
        note(_("Nothing is reported of this country.") + unless_sure(least))
        return
    measure = st.selectbox(
        _("It opens on"),
        reported,
        format_func=words.measure,
        key=asked.hold("measure", "", state.one_of(MEASURES)),
        on_change=state.touch,
        width=320,
    )
    style = MapStyle(measure or INCIDENTS, adm0, levels[0], chosen.start, chosen.end, least, locale=spoken())
    show_map_download(library, style)


def show_map_download(library: Library, style: MapStyle) -> None:
    """Offer the country's map as a file that opens on one measure and level."""
    st.download_button(
        _("Download this map as one HTML file"),
        data=partial(map_page, library, style),
        file_name=f"{style.measure}-{style.adm0}.html",
        mime="text/html",
        on_click="ignore",
        key="download map",
    )
    note(_("It holds every measure and level of the country for these days, with a slider of time."))


def map_page(library: Library, style: MapStyle) -> bytes:
    """Return a saved map as bytes; victims are nameless in it, whatever the style on the screen says."""
    style = replace(style, redacted=True)
    # What is not judged is counted in the file, where only judged facts are shown.
    country = Country(
        reads.figures(library.edition.whole),
        reads.incidents(library.edition.whole),
        reads.gazetteer(),
        grounds(library.settings, style, lambda *key: reads.layer(reads.layer_key(*key))),
        style,
        ledger=reads.ledger(library.edition, style.min_confidence),
        built_on=dt.datetime.now(dt.UTC).date(),
    )
    with tempfile.TemporaryDirectory() as folder:
        return save_map(Path(folder) / "map.html", country.atlas()).read_bytes()
