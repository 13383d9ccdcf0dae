"""Downloads: made when they are asked for, with victims nameless."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from geotrack import boundaries
from geotrack.app import reads
from geotrack.app.cards import html, note
from geotrack.app.reads import Library
from geotrack.export import Districts, ExportContent, ExportFilter, ExportFormat, export
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import spoken
from geotrack.maps import MapStyle, save_map, words
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.words import MEASURES, REDACTED, unless_sure

_FORMATS: tuple[tuple[ExportFormat, str, str], ...] = (
    ("gpkg", "GeoPackage", n_("One file for QGIS and other GIS: districts with totals, incidents, figures.")),
    ("geojson", "GeoJSON", n_("The same as files for the web, by RFC 7946.")),
    ("csv", "CSV", n_("Tables for spreadsheets: figures, incidents, totals by unit.")),
)


def show_files(library: Library, chosen: ExportFilter) -> None:
    """Offer the chosen facts in every format."""
    html("<h2>{}</h2>", _("Facts as files"))
    note(
        _(
            "Each fact carries its sentence, its place in the text, and its source; each file says its "
            "filters, date, boundaries and licences."
        )
    )
    for column, (file_format, name, says) in zip(st.columns(len(_FORMATS)), _FORMATS, strict=True):
        with column, st.container(border=True, height="stretch"):
            html("<p class='gt-value'>{}</p><p class='gt-note'>{}</p>", name, _(says))
            st.download_button(
                _("Download {name}").format(name=name),
                data=partial(export_zip, library, chosen, file_format),
                file_name=f"geotrack-{file_format}.zip",
                mime="application/zip",
                on_click="ignore",
                key=f"download {file_format}",
            )
    note(_(REDACTED))
    if spoken() != "en":
        note(_("Columns and notices in these files are in English, so that programs find them."))


def export_zip(library: Library, chosen: ExportFilter, file_format: ExportFormat) -> bytes:
    """Return an export as the bytes of a zip file."""
    content = ExportContent(
        reads.figures(library.edition),
        reads.incidents(library.edition),
        reads.gazetteer(),
        _districts(library, chosen.adm0),
        dt.datetime.now(dt.UTC).date(),
        chosen,
        claims=library.store.claims(),
    )
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in export(content, Path(folder), file_format):
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


def show_maps(library: Library, chosen: ExportFilter) -> None:
    """Offer a saved map of each measure that is reported, surely enough, for the country."""
    adm0, least = chosen.adm0, chosen.min_confidence
    html("<h2>{}</h2>", _("A map to send"))
    if not adm0:
        note(_("Choose a country above, then a measure here."))
        return
    levels = reads.layers(library.settings).get(adm0)
    counts = reads.facts_by_country(library.edition, least).get(adm0, Counter())
    if not levels:
        note(_("There are no boundaries for this country: geotrack boundaries import takes yours."))
        return
    note(
        _(
            "One HTML file that opens in any browser without a network, with every sentence behind its "
            "numbers."
        )
    )
    reported = [measure for measure in MEASURES if counts[measure]]
    if not reported:
        note(_("Nothing is reported of this country.") + unless_sure(least))
        return
    measure = st.selectbox(_("Measure"), reported, format_func=words.measure, width=320)
    style = MapStyle(measure or INCIDENTS, adm0, levels[0], chosen.start, chosen.end, least, locale=spoken())
    show_map_download(library, style)


def show_map_download(library: Library, style: MapStyle) -> None:
    """Offer one map as a file."""
    st.download_button(
        _("Download this map as one HTML file"),
        data=partial(map_page, library, style),
        file_name=f"{style.measure}-{style.adm0}.html",
        mime="text/html",
        on_click="ignore",
        key="download map",
    )


def map_page(library: Library, style: MapStyle) -> bytes:
    """Return a saved map as bytes; victims are nameless in it, whatever the style on the screen says."""
    style = replace(style, redacted=True)
    key = reads.layer_key(library.settings, style.adm0, style.level)
    with tempfile.TemporaryDirectory() as folder:
        return save_map(Path(folder) / "map.html", reads.scene(library.edition, style, key)).read_bytes()
