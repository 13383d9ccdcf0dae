"""From a record's text to its fact: the row is the sentence that the fact quotes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from geotrack.analysis.measures import STOCK_MEASURES, unit_of
from geotrack.extraction.quantities import AREA_UNITS
from geotrack.gazetteer import Gazetteer
from geotrack.models import Device, Document, Figure, Incident, Measure, Qualifier, Reading, Unit, fact_id
from geotrack.records.placing import BadRecordError, Placed, place_record

CONFIDENCE = 0.95  # what the row says is certain; that its place and kind are understood is not
RULES = "records 1"
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_WRITTEN = ("%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%Y/%m/%d")
_DEVICES: tuple[Device, ...] = get_args(Device)
_MEASURES: tuple[Measure, ...] = get_args(Measure)
_UNITS: tuple[Unit, ...] = get_args(Unit)
_QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)

__all__ = ["BadRecordError", "RecordReader", "day_of"]


class RecordReader:
    """Reads the texts that records are stored as."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.rules_version = f"{RULES} {gazetteer.fingerprint}"

    def read(self, document: Document) -> Reading:
        """Return the one fact of a record.

        Raises
        ------
        BadRecordError
            If a field holds what it cannot, or one that is needed is missing.
        """
        head, *lines = document.text.split("\n")
        fields = dict(line.split(": ", 1) for line in lines)
        placed = place_record(fields, self._gazetteer)
        if head == "record: incident":
            incident = _incident(document, fields, placed)
            return Reading(document.id, incidents=(incident,), rules_version=self.rules_version)
        figure = _figure(document, fields, placed)
        return Reading(document.id, figures=(figure,), rules_version=self.rules_version)


def _whole(document: Document, placed: Placed) -> dict[str, Any]:
    """Return what every fact of a record quotes: the row."""
    span = (0, len(document.text))
    return {
        "places": placed.places,
        "text": document.text,
        "span": span,
        "sentence": document.text,
        "sentence_span": span,
        "confidence": CONFIDENCE,
        "rule": f"record of {document.source.publisher}",
        "flags": ("approximate_place",) if placed.is_approximate else (),
    }


def _incident(document: Document, fields: Mapping[str, str], placed: Placed) -> Incident:
    device = fields.get("device", "unknown")
    if device not in _DEVICES:
        raise BadRecordError(f"device is none of {', '.join(_DEVICES)}: {device!r}")
    quoted = _whole(document, placed)
    return Incident(
        id=fact_id(document.id, "incident", quoted["span"]),
        date=_date(fields),
        killed=_count(fields, "killed"),
        injured=_count(fields, "injured"),
        casualties=_count(fields, "casualties"),
        device=device,
        victims=(),
        **quoted,
    )


def _figure(document: Document, fields: Mapping[str, str], placed: Placed) -> Figure:
    measure = fields.get("measure", "")
    if measure not in _MEASURES:
        raise BadRecordError(f"measure is none of {', '.join(_MEASURES)}: {measure!r}")
    unit, qualifier = fields.get("unit", unit_of(measure)), fields.get("qualifier", "exact")
    if unit not in _UNITS or (unit in AREA_UNITS) != (unit_of(measure) == "m2"):
        raise BadRecordError(f"{measure} is not told in {unit!r}")
    if qualifier not in _QUALIFIERS:
        raise BadRecordError(f"qualifier is none of {', '.join(_QUALIFIERS)}: {qualifier!r}")
    value = _number(fields, "value")
    first, last = (day_of(fields[name]) if name in fields else None for name in ("first", "last"))
    if first and last and first > last:
        raise BadRecordError(f"it ends ({last}) before it begins ({first})")
    quoted = _whole(document, placed)
    source = fields.get("source")
    return Figure(
        id=fact_id(document.id, "figure", quoted["span"], measure),
        measure=measure,
        value=value,
        unit=unit,
        value_si=value * AREA_UNITS.get(unit, 1.0),
        unit_si=cast("Any", unit_of(measure)),
        qualifier=qualifier,
        basis="stock" if measure in STOCK_MEASURES else "period",
        start=first,
        end=last,
        reported_by=(source,) if source else (),
        **quoted,
    )


def _number(fields: Mapping[str, str], name: str) -> float:
    text = fields.get(name, "")
    try:
        value = float(text)
    except ValueError:
        raise BadRecordError(f"{name} is no number: {text!r}") from None
    if not 0 <= value < float("inf"):
        raise BadRecordError(f"{name} is no number of at least 0: {text!r}")
    return value


def _count(fields: Mapping[str, str], name: str) -> int | None:
    if name not in fields:
        return None
    value = _number(fields, name)
    if value != int(value):
        raise BadRecordError(f"{name} is no whole number: {fields[name]!r}")
    return int(value)


def day_of(text: str) -> dt.date:
    """Return a day, written as ISO or with its month in English.

    Raises
    ------
    BadRecordError
        If it is none.
    """
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        pass
    for written in _WRITTEN:
        try:
            return dt.datetime.strptime(text, written).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise BadRecordError(f"no day: {text!r}")


def _date(fields: Mapping[str, str]) -> str | None:
    """Return the day, month or year of an incident; one of several days is known by what they share."""
    shown = len("2024-05") if fields.get("precision") == "month" else len("2024-05-07")
    if told := fields.get("date"):
        return (_known(told) if _DATE.fullmatch(told) else day_of(told).isoformat())[:shown]
    if "first" not in fields:
        raise BadRecordError("no date is told")
    first, last = day_of(fields["first"]), day_of(fields.get("last", fields["first"]))
    if first == last:
        return first.isoformat()[:shown]
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if first.year == last.year:
        return f"{first.year}"
    raise BadRecordError(f"it lasts from one year to another: {first} to {last}")


def _known(text: str) -> str:
    """Return an ISO day, month or year that there is."""
    day_of((text + "-01-01")[:10])
    return text
