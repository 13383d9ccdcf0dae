"""CSV for spreadsheets: UTF-8 with its mark, no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping

from geotrack.export.rows import Kind, Row

# The wide ones are run where East Asian text is written.
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# HXL tags (hxlstandard.org, 1.1) of the columns that have one.
HXL = {
    "location_code": "#country+code+v_iso3",
    "location_name": "#country+name",
    "admin1_code": "#adm1+code",
    "admin1_name": "#adm1+name",
    "admin2_code": "#adm2+code",
    "admin2_name": "#adm2+name",
    "place_ids": "#loc+code+list",
    "place_names": "#loc+name+list",
    "place_id": "#loc+code",
    "name": "#loc+name",
    "measure": "#indicator+code",
    "value": "#indicator+value+num",
    "unit": "#indicator+unit",
    "reference_period_start": "#date+start",
    "reference_period_end": "#date+end",
    "as_of": "#date+asof",
    "date": "#date+occurred",
    "killed": "#affected+killed",
    "injured": "#affected+injured",
    "casualties": "#affected+casualties",
    "device": "#cause+name",
    "publisher": "#org+name+publisher",
    "published": "#date+published",
    "title": "#meta+title",
    "url": "#meta+url",
    "document_id": "#meta+document+id",
    "figure_id": "#meta+figure+id",
    "incident_id": "#meta+incident+id",
    "event_id": "#meta+event+id",
    "disagreements": "#meta+disagreements",
    "sentence": "#description+sentence",
    "warning": "#meta+warning",
}


def cell(value: object) -> str:
    """Return a value as a cell: lists joined by `; `, text made harmless by a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    if isinstance(value, dt.date):
        return value.isoformat()
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(_RUN_BY_SPREADSHEETS) else text


def sheet(rows: Iterable[Row], fields: Mapping[str, Kind], *, hxl: bool = False) -> str:
    """Return rows as CSV with a header, and HXL tags as a second one when asked; write it as utf-8-sig."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(fields)
    if hxl:
        writer.writerow([HXL.get(name, "") for name in fields])
    writer.writerows([cell(row.get(name)) for name in fields] for row in rows)
    return held.getvalue()
