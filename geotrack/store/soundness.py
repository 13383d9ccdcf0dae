"""Whether a database is whole: its file, what refers to what, and that facts quote the text they are of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Select, select

from geotrack.store import tables

_BATCH = 200


def problems(connection: Connection) -> Iterator[str]:
    """Yield what is wrong, one line a document or damage; nothing is said of a whole database.

    Of SQLite the file is checked, too; a PostgreSQL server looks after its own.
    """
    if connection.dialect.name == "sqlite":
        damage = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if damage != ["ok"]:
            for one in damage:
                problem = f"the file is damaged: {one}"
                yield problem
            return
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            problem = f"row {row} of {table} refers to what is not in {parent}"
            yield problem
    yield from _halves(connection)
    documents = tables.documents
    texts = select(*documents.c["document_id", "text", "text_sha256"]).order_by(documents.c.document_id)
    for document_id, text, checksum in connection.execute(texts, execution_options={"yield_per": _BATCH}):
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != checksum:
            problem = f"document {document_id}: the text is not the one that was stored"
            yield problem
            continue
        wrong = sum(not _quotes(text, row) for row in _quotes_of(connection, document_id))
        if wrong:
            problem = f"document {document_id}: {wrong} facts do not quote its text"
            yield problem


def _halves(connection: Connection) -> Iterator[str]:
    """Yield what is there without that which is only ever written together with it."""
    documents, reviews = tables.documents.c.document_id, tables.reviews.c.review_id
    for document_id in connection.scalars(_without(documents, tables.sources.c.document_id)):
        problem = f"document {document_id}: it has no source"
        yield problem
    for kept in (tables.findings, tables.completions):
        for number in connection.scalars(_without(kept.c.review_id, reviews)):
            problem = f"row {number} of {kept.name} refers to what is not in {tables.reviews.name}"
            yield problem


def _without(column: Column[Any], other: Column[Any]) -> Select[Any]:
    return select(column).where(column.not_in(select(other))).order_by(column)


def _quotes(text: str, row: tuple[str, int, int]) -> bool:
    words, start, end = row
    return text[start:end] == words


def _quotes_of(connection: Connection, document_id: str) -> Iterator[tuple[str, int, int]]:
    for table in (tables.figures, tables.incidents, tables.claims, tables.mentions):
        quoted = select(*table.c["text", "span_start", "span_end"])
        found = connection.execute(quoted.where(table.c.document_id == document_id))
        yield from ((words, start, end) for words, start, end in found)
