"""Rows of the store from the frozen models, and the models from rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from geotrack.models import (
    Claim,
    Document,
    Figure,
    Incident,
    Mention,
    Place,
    Reading,
    Refusal,
    Source,
    Span,
)
from geotrack.store import tables

Row = dict[str, Any]
Places = Mapping[str, Place]

_SPANS = {"span": ("span_start", "span_end"), "sentence_span": ("sentence_start", "sentence_end")}
_PLACE_FIELDS = tuple(column.name for column in tables.places.c if column.name != "place_id")
_TUPLES = {"flags", "inferred", "done_by", "reported_by", "victims"}
# Columns of a fact's row that are no field of the fact, or are put together from several columns.
_NOT_FIELDS = {"document_id", "position"} | {column for pair in _SPANS.values() for column in pair}


def _hash(*parts: object) -> str:
    words = json.dumps(parts, ensure_ascii=False, default=str)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[: tables.ID_LENGTH]


def source_key(source: Source) -> str:
    """Return what makes an appearance of a text one of its own: publisher, date, address and path."""
    return _hash(source.publisher, source.published, source.url, source.path)


def completes(known: Source, stated: Source) -> bool:
    """Say whether a source states all that another one does, of publisher, date and address."""
    return all(
        said is None or said == held
        for said, held in (
            (stated.publisher, known.publisher),
            (stated.published, known.published),
            (stated.url, known.url),
        )
    )


def read_context(document: Document) -> str:
    """Return a hash of what a reader sees of a document beside its text."""
    source = document.source
    return _hash(document.title, document.language, document.furniture, source.publisher, source.published)


def document_row(document: Document) -> Row:
    """Return the columns of `documents` that the document itself gives."""
    return {
        "document_id": document.id,
        "text_sha256": document.text_sha256,
        "text": document.text,
        "title": document.title,
        "language": document.language,
        "furniture": [list(span) for span in document.furniture],
    }


def source_row(document: Document, added_at: dt.datetime) -> Row:
    """Return the row of `sources` for one appearance of a document."""
    return {
        "document_id": document.id,
        "source_key": source_key(document.source),
        "row_id": document.row_id,
        "added_at": added_at,
        **asdict(document.source),
    }


def source_of(row: Mapping[str, Any]) -> Source:
    """Return a source from its row."""
    return Source(
        publisher=row["publisher"],
        published=row["published"],
        url=row["url"],
        path=row["path"],
        retold=row["retold"],
        origin=row["origin"],
    )


def document_of(row: Mapping[str, Any], source: Source, row_id: str | None) -> Document:
    """Return a document from its row and its first source."""
    return Document(
        text=row["text"],
        title=row["title"],
        language=row["language"],
        source=source,
        row_id=row_id,
        furniture=tuple((start, end) for start, end in row["furniture"]),
    )


def place_row(place: Place) -> Row:
    """Return the row of `places`."""
    return {"place_id": place.id, **{name: getattr(place, name) for name in _PLACE_FIELDS}}


def place_of(row: Mapping[str, Any]) -> Place:
    """Return a place from its row."""
    values = dict(row)
    return Place(id=values.pop("place_id"), **values)


def facts_of(reading: Reading) -> list[Figure | Incident | Claim]:
    """Return the figures, incidents and claims of a reading."""
    return [*reading.figures, *reading.incidents, *reading.claims]


def places_in(reading: Reading) -> dict[str, Place]:
    """Return every place that a reading refers to, by id."""
    return {place.id: place for place in _places(reading)}


def _places(reading: Reading) -> Iterator[Place]:
    for mention in reading.mentions:
        yield from mention.alternatives
        yield mention.place
    for fact in facts_of(reading):
        yield from fact.places


def mention_rows(reading: Reading) -> list[Row]:
    """Return the rows of `mentions`."""
    return [
        {
            "document_id": reading.document_id,
            "position": position,
            "text": mention.text,
            **_span_columns("span", mention.span),
            "place_id": mention.place.id,
            "score": mention.score,
            "alternatives": [place.id for place in mention.alternatives],
            "why": mention.why,
        }
        for position, mention in enumerate(reading.mentions)
    ]


def mention_of(row: Mapping[str, Any], places: Places) -> Mention:
    """Return a mention from its row."""
    return Mention(
        span=(row["span_start"], row["span_end"]),
        text=row["text"],
        place=places[row["place_id"]],
        score=row["score"],
        alternatives=tuple(places[place_id] for place_id in row["alternatives"]),
        why=row["why"],
    )


def fact_rows(reading: Reading, kind: str) -> list[Row]:
    """Return the rows of `figures`, `incidents` or `claims` (`kind` is figure, incident or claim)."""
    facts = _of_kind(reading, kind)
    return [_fact_row(fact, kind, reading.document_id, position) for position, fact in enumerate(facts)]


def _of_kind(reading: Reading, kind: str) -> Iterable[Figure | Incident | Claim]:
    if kind == "claim":
        return reading.claims
    return reading.figures if kind == "figure" else reading.incidents


def _fact_row(fact: Figure | Incident | Claim, kind: str, document_id: str, position: int) -> Row:
    row: Row = {"document_id": document_id, "position": position}
    for name in fact.__dataclass_fields__:
        value = getattr(fact, name)
        if name == "id":
            row[f"{kind}_id"] = value
        elif name in _SPANS:
            row |= _span_columns(name, value)
        elif name in _TUPLES:
            row[name] = list(value)
        elif name != "places":
            row[name] = value
    return row


def link_rows(reading: Reading, kind: str) -> list[Row]:
    """Return the rows of `figure_places`, `incident_places` or `claim_places`."""
    facts = _of_kind(reading, kind)
    return [
        {f"{kind}_id": fact.id, "position": position, "place_id": place.id}
        for fact in facts
        for position, place in enumerate(fact.places)
    ]


def figure_of(row: Mapping[str, Any], places: tuple[Place, ...]) -> Figure:
    """Return a figure from its row and its places."""
    return Figure(id=row["figure_id"], places=places, **_fact_fields(row, "figure"))


def incident_of(row: Mapping[str, Any], places: tuple[Place, ...]) -> Incident:
    """Return an incident from its row and its places."""
    return Incident(id=row["incident_id"], places=places, **_fact_fields(row, "incident"))


def claim_of(row: Mapping[str, Any], places: tuple[Place, ...]) -> Claim:
    """Return a claim from its row and its places."""
    return Claim(id=row["claim_id"], places=places, **_fact_fields(row, "claim"))


def _fact_fields(row: Mapping[str, Any], kind: str) -> Row:
    fields: Row = {
        name: tuple(value) if name in _TUPLES else value
        for name, value in row.items()
        if name not in _NOT_FIELDS and name != f"{kind}_id"
    }
    for name, (start, end) in _SPANS.items():
        fields[name] = (row[start], row[end])
    return fields


def refusal_rows(reading: Reading) -> list[Row]:
    """Return the rows of `refused`."""
    return [
        {
            "document_id": reading.document_id,
            "position": position,
            "text": refusal.text,
            **_span_columns("span", refusal.span),
            "reason": refusal.reason,
        }
        for position, refusal in enumerate(reading.refused)
    ]


def refusal_of(row: Mapping[str, Any]) -> Refusal:
    """Return a refusal from its row."""
    return Refusal(text=row["text"], span=(row["span_start"], row["span_end"]), reason=row["reason"])


def _span_columns(name: str, span: Span) -> dict[str, int]:
    start, end = _SPANS[name]
    return {start: span[0], end: span[1]}
