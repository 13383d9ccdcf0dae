"""Documents and their appearances in the store, within a transaction that the store opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from geotrack.models import Document, Reading
from geotrack.store import readings, records, search, tables
from geotrack.store.outcomes import Change, Outcome, Tombstone
from geotrack.store.refusals import UnknownDocumentError

_CANDIDATES = 5
# Asked for each document: made once.
_ID: BindParameter[str] = bindparam("document_id")
_HELD = select(*(c for c in tables.documents.c if c.name != "text")).where(
    tables.documents.c.document_id == _ID
)
_TOMBSTONE = select(tables.tombstones).where(tables.tombstones.c.document_id == _ID)
_SOURCES = (
    select(tables.sources)
    .where(tables.sources.c.document_id == _ID)
    .order_by(tables.sources.c.published.is_(None), tables.sources.c.published, tables.sources.c.source_key)
)


def find(connection: Connection, document_id: str) -> Mapping[str, Any] | None:
    """Return the row of a document without its text, None if there is none with this full id."""
    row = connection.execute(_HELD, {"document_id": document_id}).mappings().first()
    return None if row is None else dict(row)


def the_one(connection: Connection, database: str, document_id: str) -> Mapping[str, Any]:
    """Return the row of a document without its text, by its id or the unique beginning of it.

    Raises
    ------
    UnknownDocumentError
        If no document, or more than one, has an id that begins so.
    """
    held = find(connection, document_id)
    if held is not None:
        return held
    column = tables.documents.c.document_id
    begun = select(column).where(column.startswith(document_id, autoescape=True)).order_by(column)
    found = list(connection.scalars(begun.limit(_CANDIDATES))) if document_id else []
    if len(found) != 1:
        raise UnknownDocumentError(database, document_id, tuple(found))
    return find(connection, found[0]) or {}


def sources_of(connection: Connection, document_id: str) -> list[Mapping[str, Any]]:
    """Return the sources of a document, the first appearance first."""
    return [dict(row) for row in connection.execute(_SOURCES, {"document_id": document_id}).mappings()]


def load(connection: Connection, document_id: str) -> Document:
    """Return a stored document as its first appearance."""
    found = select(tables.documents).where(tables.documents.c.document_id == document_id)
    row = connection.execute(found).mappings().one()
    first = sources_of(connection, document_id)[0]
    return records.document_of(dict(row), records.source_of(first), first["row_id"])


def leads(connection: Connection, document: Document) -> bool:
    """Say whether this appearance of a stored text is its first one, or would be.

    Of several on one day, or without one, the least key is: the order of arrival decides nothing.
    """
    sources = sources_of(connection, document.id)
    if not sources:
        return True
    key, published = records.source_key(document.source), document.source.published
    first = sources[0]
    if (published is None) != (first["published"] is None):
        return published is not None
    return (published or dt.date.min, key) <= (first["published"] or dt.date.min, first["source_key"])


def tombstone(connection: Connection, document_id: str) -> Tombstone | None:
    """Return the tombstone of a removed document."""
    row = connection.execute(_TOMBSTONE, {"document_id": document_id}).mappings().first()
    return None if row is None else Tombstone(**row)


def insert_new(connection: Connection, document: Document, reading: Reading) -> Outcome:
    """Write a document that is not there yet, with its reading."""
    now = dt.datetime.now(dt.UTC)
    row = records.document_row(document) | {"added_at": now} | _read_columns(document, reading, now)
    readings.insert_rows(connection, tables.documents, [row])
    readings.insert_rows(connection, tables.sources, [records.source_row(document, now)])
    search.add(connection, document.id, document.text)
    readings.save(connection, reading)
    return Outcome(
        document.id,
        "new",
        figures=Change(added=len(reading.figures)),
        incidents=Change(added=len(reading.incidents)),
        sources_added=1,
    )


def _read_columns(document: Document, reading: Reading, read_at: dt.datetime) -> dict[str, Any]:
    return {
        "rules_version": reading.rules_version,
        "read_at": read_at,
        "read_context": records.read_context(document),
    }


def update_held(connection: Connection, document: Document, reading: Reading) -> Outcome:
    """Note an appearance of a stored text; replace its reading if that rested on what has changed."""
    held = find(connection, document.id) or {}
    first = leads(connection, document)
    noted = with_source(connection, document)
    outdated = held["rules_version"] != reading.rules_version
    if not outdated and not (first and held["read_context"] != records.read_context(document)):
        return noted
    before = readings.load(connection, document.id, held["rules_version"])
    readings.drop(connection, document.id)
    readings.save(connection, reading)
    connection.execute(
        update(tables.documents)
        .where(tables.documents.c.document_id == document.id)
        .values(**records.document_row(document), **_read_columns(document, reading, dt.datetime.now(dt.UTC)))
    )
    return noted + Outcome(
        document.id,
        "updated",
        figures=_change(before.figures, reading.figures),
        incidents=_change(before.incidents, reading.incidents),
        reread=True,
    )


def _change(before: tuple[Any, ...], after: tuple[Any, ...]) -> Change:
    return Change.between({fact.id: fact for fact in before}, {fact.id: fact for fact in after})


def with_source(connection: Connection, document: Document) -> Outcome:
    """Add the appearance of a stored text, or bring what is known of it up to date."""
    row = records.source_row(document, dt.datetime.now(dt.UTC))
    same = (tables.sources.c.document_id == document.id) & (tables.sources.c.source_key == row["source_key"])
    held = connection.execute(select(tables.sources).where(same)).mappings().first()
    if held is None:
        connection.execute(insert(tables.sources).values(row))
        return Outcome(document.id, "updated", sources_added=1)
    changed = {name: row[name] for name in ("retold", "origin") if row[name] != held[name]}
    if not changed:
        return Outcome(document.id, "unchanged")
    connection.execute(update(tables.sources).where(same).values(changed))
    return Outcome(document.id, "updated")
