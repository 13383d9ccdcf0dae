"""Facts as they stand: what was read and what people added, with their corrections and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import merge
from typing import Any

from sqlalchemy import Connection, select

from geotrack.store import corrections, findings, reviews, tables
from geotrack.store.readings import grouped
from geotrack.store.reviews import Standing

Row = dict[str, Any]

_UNSAID = (None, None, None)


def standing(connection: Connection, kind: str, document_id: str | None = None) -> list[Row]:
    """Return the facts of a kind, of all documents or one, as they stand.

    Rows of the kind's table in the order of the documents' texts, with `place_ids`, who reviewed it when and
    how, and what it was said to be the same as.
    """
    words, linked_to = reviews.holding(connection), reviews.links(connection)
    added = findings.rows(connection, kind, words, document_id)
    rows: Iterable[Row] = unshadowed(read(connection, kind, document_id), added, kind, words)
    if added:
        rows = merge(rows, added, key=lambda row: (row["document_id"], row["span_start"]))
    return [_judged(row, kind, words, linked_to) for row in rows]


def read(connection: Connection, kind: str, document_id: str | None = None) -> list[Row]:
    """Return the facts of a kind as the reader reads them, in the order of the documents' texts."""
    table, links = tables.metadata.tables[f"{kind}s"], tables.metadata.tables[f"{kind}_places"]
    fact_id = links.c[f"{kind}_id"]
    found = select(table).order_by(table.c.document_id, table.c.position)
    linked = select(fact_id, links.c.place_id).order_by(fact_id, links.c.position)
    if document_id is not None:
        found = found.where(table.c.document_id == document_id)
        linked = linked.join(table, table.c[f"{kind}_id"] == fact_id).where(
            table.c.document_id == document_id
        )
    place_ids = grouped(connection.execute(linked).all())
    names = (*table.c.keys(), "place_ids")
    at = names.index(f"{kind}_id")
    # There may be hundreds of thousands: each row becomes a dictionary once.
    return [
        dict(zip(names, (*row, place_ids.get(row[at], [])), strict=True)) for row in connection.execute(found)
    ]


def unshadowed(
    rows: Iterable[Row], added: Iterable[Row], kind: str, words: Mapping[str, Standing]
) -> Iterable[Row]:
    """Return the facts that were read, but for those that a person had added before."""
    of_document: dict[str, list[Row]] = {}
    for one in added:
        told = of_document.setdefault(one["document_id"], [])
        told += [one, corrections.apply(one, words[one[f"{kind}_id"]].corrected)]
    for row in rows:
        others = of_document.get(row["document_id"])
        if not others or findings.shadowed(row, others, kind) is None:
            yield row


def _judged(
    row: Row, kind: str, words: Mapping[str, Standing], linked_to: Mapping[str, tuple[Any, Any, Any]]
) -> Row:
    fact_id = row[f"{kind}_id"]
    word = words.get(fact_id)
    row["review"], row["review_by"], row["review_on"] = (
        (word.verdict, word.who, word.at.date()) if word else _UNSAID
    )
    row["same_as"], row["linked_by"], row["linked_on"] = linked_to.get(fact_id, _UNSAID)
    return corrections.apply(row, word.corrected) if word and word.corrected else row
