"""The extraction contract: one JSON object a document. Fields may be added, never renamed."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import Any, get_args

from geotrack.models import (
    Basis,
    Claim,
    Device,
    Document,
    Figure,
    Flag,
    Incident,
    Level,
    Measure,
    Mention,
    Place,
    Qualifier,
    Reading,
    Unit,
)

Row = dict[str, Any]


def to_row(document: Document, reading: Reading, *, with_text: bool = False) -> Row:
    """Return the contract's object for a document and its reading."""
    source = document.source
    row: Row = {
        "id": document.row_id or (PurePath(source.path).stem if source.path else document.id),
        "path": source.path,
        "document_id": document.id,
        "text_sha256": document.text_sha256,
        "title": document.title,
        "publisher": source.publisher,
        "published": _iso(source.published),
        "language": document.language,
        "retold": source.retold,
        "rules_version": reading.rules_version,
        "mentions": [_mention(m) for m in reading.mentions],
        "figures": [_figure(f) for f in reading.figures],
        "incidents": [_incident(i) for i in reading.incidents],
        "claims": [_claim(c) for c in reading.claims],
        "refused": [{"text": r.text, "span": list(r.span), "reason": r.reason} for r in reading.refused],
    }
    if with_text:
        row["text"] = document.text
    return row


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def place_row(place: Place) -> Row:
    """Return a place as the contract writes it; `lon`, `lat` in EPSG:4326 or null."""
    return {
        "id": place.id,
        "name": place.name,
        "level": place.level,
        "adm0": place.adm0,
        "adm1": place.adm1,
        "adm2": place.adm2,
        "lon": place.lon,
        "lat": place.lat,
    }


def _mention(mention: Mention) -> Row:
    return {
        "span": list(mention.span),
        "text": mention.text,
        "place": place_row(mention.place),
        "score": mention.score,
        "role": mention.role,
        "why": mention.why,
        "alternatives": [place_row(p) for p in mention.alternatives],
    }


def _number(value: float | None) -> float | int | None:
    """Write a whole number as one: 3000, not 3000.0."""
    return int(value) if value is not None and value == int(value) else value


def _quote(fact: Figure | Incident | Claim) -> Row:
    return {
        "text": fact.text,
        "span": list(fact.span),
        "sentence": fact.sentence,
        "sentence_span": list(fact.sentence_span),
    }


def _evidence(fact: Figure | Incident) -> Row:
    return {
        **_quote(fact),
        "flags": list(fact.flags),
        "inferred": list(fact.inferred),
        "confidence": fact.confidence,
        "rule": fact.rule,
    }


def _figure(figure: Figure) -> Row:
    return {
        "id": figure.id,
        "measure": figure.measure,
        "value": _number(figure.value),
        "value_max": _number(figure.value_max),
        "unit": figure.unit,
        "value_si": _number(figure.value_si),
        "unit_si": figure.unit_si,
        "qualifier": figure.qualifier,
        "basis": figure.basis,
        "places": [place_row(p) for p in figure.places],
        "start": _iso(figure.start),
        "end": _iso(figure.end),
        "done_by": list(figure.done_by),
        "reported_by": list(figure.reported_by),
        "part": figure.part,
        "alt_of": figure.alt_of,
        **_evidence(figure),
    }


def _incident(incident: Incident) -> Row:
    return {
        "id": incident.id,
        "date": incident.date,
        "places": [place_row(p) for p in incident.places],
        "killed": incident.killed,
        "injured": incident.injured,
        "casualties": incident.casualties,
        "device": incident.device,
        "victims": list(incident.victims),
        **_evidence(incident),
    }


def _claim(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "years": _number(claim.years),
        "years_max": _number(claim.years_max),
        "until": claim.until,
        "share": _number(claim.share),
        "qualifier": claim.qualifier,
        "condition": claim.condition,
        "places": [place_row(p) for p in claim.places],
        "speaker": claim.speaker,
        **_quote(claim),
        "inferred": list(claim.inferred),
        "confidence": claim.confidence,
        "rule": claim.rule,
    }


# the JSON Schema -----------------------------------------------------------------------------------


def json_schema() -> Row:
    """Return the JSON Schema (2020-12) of the contract."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "geotrack extraction",
        "description": "One object a document, in input order. Fields may be added, never renamed.",
        "oneOf": [{"$ref": "#/$defs/document"}, {"$ref": "#/$defs/refused_file"}],
        "$defs": {
            "document": _object(_document_properties(), optional=("text",)),
            "refused_file": _object({"id": _STRING, "path": _STRING, "error": _STRING}),
            "span": {
                "description": "Code-point offsets [start, end) into the stored text.",
                "type": "array",
                "items": {"type": "integer", "minimum": 0},
                "minItems": 2,
                "maxItems": 2,
            },
            "place": _object(_place_properties()),
            "mention": _object(_mention_properties()),
            "figure": _object(_figure_properties()),
            "incident": _object(_incident_properties()),
            "claim": _object(_claim_properties()),
            "refusal": _object({"text": _STRING, "span": _SPAN, "reason": _STRING}),
        },
    }


_STRING: Row = {"type": "string"}
_STRINGS: Row = {"type": "array", "items": _STRING}
_TEXT_OR_NULL: Row = {"type": ["string", "null"]}
_DATE_OR_NULL: Row = {"type": ["string", "null"], "format": "date"}
_NUMBER_OR_NULL: Row = {"type": ["number", "null"]}
_COUNT_OR_NULL: Row = {"type": ["integer", "null"], "minimum": 0}
_SHARE: Row = {"type": "number", "minimum": 0, "maximum": 1}
_SPAN: Row = {"$ref": "#/$defs/span"}


def _object(properties: Row, optional: tuple[str, ...] = ()) -> Row:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": True}


def _list_of(name: str) -> Row:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _one_of(literal: object) -> Row:
    return {"enum": list(get_args(literal))}


def _document_properties() -> Row:
    return {
        "id": _STRING,
        "path": _TEXT_OR_NULL,
        "document_id": _STRING,
        "text_sha256": _STRING,
        "title": _TEXT_OR_NULL,
        "publisher": _TEXT_OR_NULL,
        "published": _DATE_OR_NULL,
        "language": _STRING,
        "retold": {"type": "boolean"},
        "rules_version": _STRING,
        "mentions": _list_of("mention"),
        "figures": _list_of("figure"),
        "incidents": _list_of("incident"),
        "claims": _list_of("claim"),
        "refused": _list_of("refusal"),
        "text": _STRING,
    }


def _place_properties() -> Row:
    return {
        "id": _STRING,
        "name": _STRING,
        "level": _one_of(Level),
        "adm0": _STRING,
        "adm1": _TEXT_OR_NULL,
        "adm2": _TEXT_OR_NULL,
        "lon": _NUMBER_OR_NULL,
        "lat": _NUMBER_OR_NULL,
    }


def _mention_properties() -> Row:
    return {
        "span": _SPAN,
        "text": _STRING,
        "place": {"$ref": "#/$defs/place"},
        "score": _SHARE,
        "role": _STRING,
        "why": _STRING,
        "alternatives": _list_of("place"),
    }


def _quote_properties() -> Row:
    return {"text": _STRING, "span": _SPAN, "sentence": _STRING, "sentence_span": _SPAN}


def _evidence_properties() -> Row:
    return {
        **_quote_properties(),
        "flags": {"type": "array", "items": _one_of(Flag)},
        "inferred": _STRINGS,
        "confidence": _SHARE,
        "rule": _STRING,
    }


def _figure_properties() -> Row:
    return {
        "id": _STRING,
        "measure": _one_of(Measure),
        "value": {"type": "number"},
        "value_max": _NUMBER_OR_NULL,
        "unit": _one_of(Unit),
        "value_si": {"type": "number"},
        "unit_si": {"enum": ["m2", "percent", "count", "people"]},
        "qualifier": _one_of(Qualifier),
        "basis": _one_of(Basis),
        "places": _list_of("place"),
        "start": _DATE_OR_NULL,
        "end": _DATE_OR_NULL,
        "done_by": _STRINGS,
        "reported_by": _STRINGS,
        "part": _TEXT_OR_NULL,
        "alt_of": _TEXT_OR_NULL,
        **_evidence_properties(),
    }


def _incident_properties() -> Row:
    return {
        "id": _STRING,
        "date": _TEXT_OR_NULL,
        "places": _list_of("place"),
        "killed": _COUNT_OR_NULL,
        "injured": _COUNT_OR_NULL,
        "casualties": _COUNT_OR_NULL,
        "device": _one_of(Device),
        "victims": _STRINGS,
        **_evidence_properties(),
    }


def _claim_properties() -> Row:
    return {
        "id": _STRING,
        "years": _NUMBER_OR_NULL,
        "years_max": _NUMBER_OR_NULL,
        "until": _TEXT_OR_NULL,
        "share": _NUMBER_OR_NULL,
        "qualifier": _one_of(Qualifier),
        "condition": _TEXT_OR_NULL,
        "places": _list_of("place"),
        "speaker": _TEXT_OR_NULL,
        **_quote_properties(),
        "inferred": _STRINGS,
        "confidence": _SHARE,
        "rule": _STRING,
    }
