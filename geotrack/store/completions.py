"""Documents that a person went through: every fact looked at, what the reader missed added.

What was looked at is kept with the word, because later rules may read other facts, which nobody has seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from geotrack.models import Document
from geotrack.store import corrections, documents, facts, findings, readings, records, tables
from geotrack.store.outcomes import Fact, ReviewedDocument
from geotrack.store.reviews import Standing

Row = dict[str, Any]
RULE = "reviewed by a person"
_WHERE = ("span_start", "span_end", "sentence_start", "sentence_end")


def write(connection: Connection, document_id: str, review_id: int, holding: Mapping[str, Standing]) -> None:
    """Keep which facts of a document were read when the word with this number called it complete."""
    looked_at = []
    for kind in corrections.CORRECTABLE:
        added = findings.rows(connection, kind, holding, document_id)
        rows = facts.unshadowed(facts.read(connection, kind, document_id), added, kind, holding)
        looked_at += [_kept(row, kind) for row in rows]
    connection.execute(
        insert(tables.completions).values(review_id=review_id, document_id=document_id, facts=looked_at)
    )


def _kept(row: Mapping[str, Any], kind: str) -> Row:
    """Return a fact as it was read, without its words, in JSON types."""
    fields = {name: row[name] for name in corrections.CORRECTABLE[kind]}
    days = {name: day.isoformat() for name, day in fields.items() if isinstance(day, dt.date)}
    return {
        "fact_id": row[f"{kind}_id"],
        "kind": kind,
        **{name: row[name] for name in _WHERE},
        "fields": {**fields, **days},
    }


def standing(
    connection: Connection, holding: Mapping[str, Standing]
) -> dict[str, tuple[Standing, list[Row]]]:
    """Return the documents that are complete: the word that says so, and the facts that were looked at.

    Each fact with `fact_id`, `kind`, its span and its sentence's, and its `fields` as they were read.
    """
    found = connection.execute(select(tables.completions)).mappings()
    words = ((row, holding.get(row["document_id"])) for row in found)
    return {
        row["document_id"]: (word, row["facts"])
        for row, word in words
        if word is not None and word.review_id == row["review_id"]
    }


def reviewed(connection: Connection, holding: Mapping[str, Standing]) -> list[ReviewedDocument]:
    """Return the documents that are complete, with the facts that are right by people's words."""
    found = []
    for document_id, (word, looked_at) in sorted(standing(connection, holding).items()):
        document = documents.load(connection, document_id)
        rows = [
            row
            for kind in corrections.CORRECTABLE
            for row in _right(connection, kind, document_id, looked_at, holding)
        ]
        right = tuple(_models(connection, document, rows))
        found.append(ReviewedDocument(document, word.who, word.at, right))
    return found


def _right(
    connection: Connection,
    kind: str,
    document_id: str,
    looked_at: Iterable[Row],
    holding: Mapping[str, Standing],
) -> Iterator[Row]:
    """Yield the facts of a kind that are right, as they stand corrected.

    Those that were looked at, unless they were rejected; those that were added; and of those that are read
    only since then the ones that a person accepted or corrected.
    """
    added = findings.rows(connection, kind, holding, document_id)
    seen = [_row(kept, document_id) for kept in looked_at if kept["kind"] == kind]
    seen = [*added, *facts.unshadowed(seen, added, kind, holding)]
    now = facts.read(connection, kind, document_id)
    later = [row for row in now if findings.shadowed(row, seen, kind) is None]
    for row in (*seen, *later):
        word = holding.get(row[f"{kind}_id"])
        if word.verdict == "rejected" if word else row in later:
            continue
        yield corrections.apply(row, word.corrected) if word else row


def _row(kept: Row, document_id: str) -> Row:
    """Return the row of a fact that was looked at; its words are those of the text."""
    row = {name: kept[name] for name in _WHERE}
    row |= {"document_id": document_id, f"{kept['kind']}_id": kept["fact_id"]}
    return corrections.apply(row, kept["fields"])


def _models(connection: Connection, document: Document, rows: Iterable[Row]) -> Iterator[Fact]:
    rows = sorted(rows, key=lambda row: (row["span_start"], row["span_end"]))
    known = readings.places_of_ids(connection, sorted({one for row in rows for one in row["place_ids"]}))
    for row in rows:
        told = {
            **{name: value for name, value in row.items() if name != "place_ids"},
            "text": document.text[row["span_start"] : row["span_end"]],
            "sentence": document.text[row["sentence_start"] : row["sentence_end"]],
            "inferred": [],
            "confidence": 1.0,
            "rule": RULE,
        }
        places = tuple(known[one] for one in row["place_ids"] if one in known)
        if "figure_id" in row:
            yield records.figure_of({**told, "alt_of": None}, places)
        else:
            yield records.incident_of(told, places)
