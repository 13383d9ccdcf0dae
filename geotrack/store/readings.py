"""Readings in the store: written whole, dropped whole, loaded whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from geotrack.models import Document, Place, Reading
from geotrack.store import records, tables

_FACTS = {
    "figure": (tables.figures, tables.figure_places),
    "incident": (tables.incidents, tables.incident_places),
    "claim": (tables.claims, tables.claim_places),
}
# SQLite takes at most 32,766 values in one statement.
_IDS_AT_ONCE = 500


def contradiction(document: Document, reading: Reading) -> str | None:
    """Return what makes a reading impossible to store, None when nothing does."""
    if reading.document_id != document.id:
        return f"the reading is of document {reading.document_id}"
    source = document.source
    told = (document.text, document.title, source.publisher, source.url, source.origin)
    if any("\0" in words for words in told if words):
        return "its text, title or source holds a NUL character"
    facts = records.facts_of(reading)
    ids = [fact.id for fact in facts]
    if len(set(ids)) < len(ids):
        doubled = next(fact_id for fact_id in ids if ids.count(fact_id) > 1)
        return f"two facts have the id {doubled}"
    quotes = [(fact.span, fact.text) for fact in facts]
    quotes += [(fact.sentence_span, fact.sentence) for fact in facts]
    quotes += [(mention.span, mention.text) for mention in reading.mentions]
    quotes += [(refusal.span, refusal.text) for refusal in reading.refused]
    for (start, end), words in quotes:
        if document.text[start:end] != words:
            return f"the words at {start} to {end} are not {words!r}"
    return None


def save(connection: Connection, reading: Reading) -> None:
    """Write a reading of a document that has none."""
    save_places(connection, list(records.places_in(reading).values()))
    insert_rows(connection, tables.mentions, records.mention_rows(reading))
    for kind, (facts, links) in _FACTS.items():
        insert_rows(connection, facts, records.fact_rows(reading, kind))
        insert_rows(connection, links, records.link_rows(reading, kind))
    insert_rows(connection, tables.refused, records.refusal_rows(reading))


def drop(connection: Connection, document_id: str) -> None:
    """Delete the reading of a document; links to places go with their facts."""
    for table in (tables.mentions, *(facts for facts, _ in _FACTS.values()), tables.refused):
        connection.execute(delete(table).where(table.c.document_id == document_id))


def load(connection: Connection, document_id: str, rules_version: str) -> Reading:
    """Return the reading of a document, each part in the order in which it was read."""
    mentions = _rows(connection, tables.mentions, document_id)
    refused = _rows(connection, tables.refused, document_id)
    facts = {kind: _rows(connection, table, document_id) for kind, (table, _) in _FACTS.items()}
    links = {kind: _links(connection, kind, document_id) for kind in _FACTS}
    place_ids = {place_id for of_kind in links.values() for ids in of_kind.values() for place_id in ids}
    for row in mentions:
        place_ids |= {row["place_id"], *row["alternatives"]}
    places = places_of_ids(connection, sorted(place_ids))

    def places_of(kind: str, row: records.Row) -> tuple[Place, ...]:
        return tuple(places[place_id] for place_id in links[kind].get(row[f"{kind}_id"], ()))

    return Reading(
        document_id=document_id,
        mentions=tuple(records.mention_of(row, places) for row in mentions),
        figures=tuple(records.figure_of(row, places_of("figure", row)) for row in facts["figure"]),
        incidents=tuple(records.incident_of(row, places_of("incident", row)) for row in facts["incident"]),
        refused=tuple(records.refusal_of(row) for row in refused),
        rules_version=rules_version,
        claims=tuple(records.claim_of(row, places_of("claim", row)) for row in facts["claim"]),
    )


def insert_rows(connection: Connection, table: Table, rows: Sequence[records.Row]) -> None:
    """Write rows that are not there yet."""
    if rows:
        connection.execute(_inserting(table), list(rows))


@cache
def _inserting(table: Table) -> Insert:
    return insert(table)


def save_places(connection: Connection, places: Sequence[Place]) -> None:
    """Write places; one that is there already takes what the present gazetteer says of it."""
    # In one order for all writers: two of them cannot wait for each other's rows.
    rows = [records.place_row(place) for place in sorted(places, key=lambda place: place.id)]
    held = {row["place_id"]: row for row in _place_rows(connection, [row["place_id"] for row in rows])}
    changed = [row for row in rows if held.get(row["place_id"]) != row]
    if changed:
        connection.execute(_renewing_places(connection.dialect.name), changed)


@cache
def _renewing_places(dialect: str) -> Insert:
    """Return the statement that writes places, or what is new of them."""
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(tables.places)
    renewed = {c.name: statement.excluded[c.name] for c in tables.places.c if c.name != "place_id"}
    written: Insert = statement.on_conflict_do_update(index_elements=["place_id"], set_=renewed)
    return written


def _rows(connection: Connection, table: Table, document_id: str) -> list[records.Row]:
    found = select(table).where(table.c.document_id == document_id).order_by(table.c.position)
    return [dict(row) for row in connection.execute(found).mappings()]


def _links(connection: Connection, kind: str, document_id: str) -> dict[str, list[str]]:
    """Return the place ids of each fact of a document, in order."""
    facts, links = _FACTS[kind]
    fact_id = links.c[f"{kind}_id"]
    found = (
        select(fact_id, links.c.place_id)
        .join(facts, facts.c[f"{kind}_id"] == fact_id)
        .where(facts.c.document_id == document_id)
        .order_by(fact_id, links.c.position)
    )
    return grouped(connection.execute(found).all())


def grouped(pairs: Sequence[Any]) -> dict[str, list[str]]:
    """Return the second members of pairs, listed by the first."""
    lists: dict[str, list[str]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return lists


def places_of_ids(connection: Connection, place_ids: Sequence[str]) -> dict[str, Place]:
    """Return the places of some ids, by id; those that the store does not know are missing."""
    return {row["place_id"]: records.place_of(row) for row in _place_rows(connection, place_ids)}


def _place_rows(connection: Connection, place_ids: Sequence[str]) -> Iterator[records.Row]:
    for start in range(0, len(place_ids), _IDS_AT_ONCE):
        some = select(tables.places).where(
            tables.places.c.place_id.in_(place_ids[start : start + _IDS_AT_ONCE])
        )
        yield from map(dict, connection.execute(some).mappings())
