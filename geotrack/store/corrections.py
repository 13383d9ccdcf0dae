"""The fields of a fact that a person may set, what they may hold, and a fact with them.

Values are those of the tables in JSON types: dates as ISO days, places as ids.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from sqlalchemy import JSON, Date, Double, Integer, String, Text

from geotrack.models import Basis, Device, Flag, Measure, Qualifier, Unit
from geotrack.store import tables

CORRECTABLE: dict[str, tuple[str, ...]] = {
    "figure": (
        *("measure", "value", "value_max", "value_si", "unit", "unit_si", "qualifier", "basis"),
        *("place_ids", "start", "end", "done_by", "reported_by", "part", "flags"),
    ),
    "incident": ("date", "place_ids", "killed", "injured", "casualties", "device", "victims", "flags"),
}
"""The fields of a fact that a person may set, by kind."""

_INCIDENT_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
# What is worked out again from value and unit lies no further than this from what was given, as a share.
_ROUNDING = 1e-6


def problem_of(kind: str, fields: Mapping[str, Any]) -> str | None:
    """Return what is wrong with fields that a person set, None when nothing is."""
    table = tables.metadata.tables[f"{kind}s"]
    for name, value in fields.items():
        if name not in CORRECTABLE[kind]:
            return f"{name!r} is no field of {kind}s: {', '.join(CORRECTABLE[kind])}"
        if name == "place_ids":
            fits = _is_list(value)
        elif value is None:
            fits = bool(table.c[name].nullable)
        elif name in _CHOICES:
            fits = value in _CHOICES[name]
        else:
            fits = _NAMED.get(name, _FITS[type(table.c[name].type)])(value)
        if not fits:
            return f"{value!r} is no {name}"
    return None


def problem_of_figure(row: Mapping[str, Any]) -> str | None:
    """Return in what the fields of a figure contradict each other, None when they do not."""
    from geotrack.extraction.quantities import AREA_UNITS

    if not math.isclose(row["value_si"], row["value"] * AREA_UNITS.get(row["unit"], 1.0), rel_tol=_ROUNDING):
        return f"value_si is not {row['value_si']} for {row['value']} {row['unit']}"
    if row["unit_si"] != _si_unit(row["unit"]):
        return f"unit_si is not {row['unit_si']!r} for the unit {row['unit']!r}"
    if row["value_max"] is not None and row["value_max"] < row["value"]:
        return f"the range ends at {row['value_max']}, below its start {row['value']}"
    start, end = row["start"], row["end"]
    if start is not None and end is not None and str(start) > str(end):
        return f"the period ends on {end}, before its start {start}"
    return None


def with_si(fields: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a figure with value and unit in SI, where a value or a unit was set without them.

    Parameters
    ----------
    fields
        What a person set, of the right types.
    row
        The figure as it was, which gives the value where only the unit was set, or the other way round.
    """
    from geotrack.extraction.quantities import AREA_UNITS

    if not fields.keys() & {"value", "unit"}:
        return dict(fields)
    value, unit = fields.get("value", row.get("value")), fields.get("unit", row.get("unit"))
    worked_out = {"value_si": value * AREA_UNITS.get(unit, 1.0), "unit_si": _si_unit(unit)}
    return {**worked_out, **fields}


def _si_unit(unit: str) -> str:
    return unit if unit in {"percent", "count", "people"} else "m2"


def apply(row: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a fact with the fields that a person set."""
    dates = {"start", "end"} & fields.keys()
    days = {name: fields[name] and dt.date.fromisoformat(fields[name]) for name in dates}
    return {**row, **fields, **days}


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _is_flags(value: object) -> bool:
    return _is_list(value) and set(value) <= set(get_args(Flag))  # type: ignore[call-overload]  # a list of texts


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_incident_date(value: object) -> bool:
    """Tell whether a value is an ISO day, a month (YYYY-MM) or a year."""
    if not isinstance(value, str) or not _INCIDENT_DATE.fullmatch(value):
        return False
    return _is_day(f"{value}-01-01"[:10])


_CHOICES: dict[str, tuple[str, ...]] = {
    "measure": get_args(Measure),
    "unit": get_args(Unit),
    "unit_si": ("m2", "percent", "count", "people"),
    "qualifier": get_args(Qualifier),
    "basis": get_args(Basis),
    "device": get_args(Device),
}
_NAMED: dict[str, Callable[[object], bool]] = {"date": _is_incident_date, "flags": _is_flags}
_FITS: dict[type[object], Callable[[object], bool]] = {
    Double: _is_number,
    Integer: _is_count,
    Date: _is_day,
    JSON: _is_list,
    String: _is_text,
    Text: _is_text,
}
