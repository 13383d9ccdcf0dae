"""The store's contents as pandas tables.

Absent text, dates and lists are None in object columns; absent numbers are NaN (`value_max`) or
`<NA>` in `Int64` columns (victims). An empty store gives empty tables with the same columns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, func, select

from geotrack.store import completions, facts, findings, tables
from geotrack.store import reviews as said

PLACE_COLUMNS = ["place_id", "name", "level", "adm0", "adm1", "adm2", "lon", "lat"]
DOCUMENT_COLUMNS = [
    "document_id",
    "title",
    "publisher",
    "published",
    "language",
    "url",
    "path",
    "retold",
    "origin",
    "n_figures",
    "n_incidents",
    "n_sources",
    "reviewed_by",
    "reviewed_on",
]
_KINDS = ("figure", "incident")
_QUOTE_COLUMNS = ["text", "span_start", "span_end", "sentence", "sentence_start", "sentence_end"]
_REVIEW_COLUMNS = ["review", "review_by", "review_on", "same_as", "linked_by", "linked_on"]
_SOURCE_COLUMNS = ["title", "publisher", "published", "url", "retold"]
FIGURE_COLUMNS = [
    "figure_id",
    "document_id",
    "measure",
    "value",
    "value_max",
    "unit",
    "value_si",
    "unit_si",
    "qualifier",
    "basis",
    "place_ids",
    "start",
    "end",
    *_QUOTE_COLUMNS,
    "part",
    "alt_of",
    "flags",
    "inferred",
    "done_by",
    "reported_by",
    "confidence",
    "rule",
    *_REVIEW_COLUMNS,
    *_SOURCE_COLUMNS,
]
INCIDENT_COLUMNS = [
    "incident_id",
    "document_id",
    "date",
    "place_ids",
    "killed",
    "injured",
    "casualties",
    "device",
    "victims",
    *_QUOTE_COLUMNS,
    "flags",
    "inferred",
    "confidence",
    "rule",
    *_REVIEW_COLUMNS,
    *_SOURCE_COLUMNS,
]
CLAIM_COLUMNS = [
    "claim_id",
    "document_id",
    "years",
    "years_max",
    "until",
    "share",
    "qualifier",
    "condition",
    "place_ids",
    "speaker",
    *_QUOTE_COLUMNS,
    "inferred",
    "confidence",
    "rule",
    *_SOURCE_COLUMNS,
]
MENTION_COLUMNS = [
    "document_id",
    "place_id",
    "text",
    "span_start",
    "span_end",
    "score",
    "alternatives",
    "why",
]
_NUMBERS = {
    **dict.fromkeys(
        (
            "value",
            "value_max",
            "value_si",
            "years",
            "years_max",
            "share",
            "confidence",
            "lon",
            "lat",
            "score",
        ),
        "float64",
    ),
    **dict.fromkeys(("span_start", "span_end", "sentence_start", "sentence_end"), "int64"),
    **dict.fromkeys(("n_figures", "n_incidents", "n_sources"), "int64"),
    **dict.fromkeys(("killed", "injured", "casualties"), "Int64"),
    "review_id": "int64",
    "retold": "bool",
    "fact_gone": "bool",
    "taken_back": "bool",
}


def documents(connection: Connection) -> pd.DataFrame:
    """Return one row a document, with its first source, oldest first, undated ones last."""
    first = _first_sources()
    found = (
        select(
            *tables.documents.c["document_id", "title", "language"],
            *first.c["publisher", "published", "url", "path", "retold", "origin"],
            _count(tables.figures).label("n_figures"),
            _count(tables.incidents).label("n_incidents"),
            _count(tables.sources).label("n_sources"),
        )
        .join(first, first.c.document_id == tables.documents.c.document_id)
        .order_by(first.c.published.is_(None), first.c.published, tables.documents.c.document_id)
    )
    words = said.holding(connection)
    complete = completions.standing(connection, words)
    added = _added(connection, words)
    rows = []
    for row in connection.execute(found).mappings():
        word, _ = complete.get(row["document_id"], (None, ()))
        reviewed = {"reviewed_by": word and word.who, "reviewed_on": word and word.at.date()}
        rows.append({**row, **reviewed, **added.get(row["document_id"], {})})
    return _table(rows, DOCUMENT_COLUMNS)


def _added(connection: Connection, words: Mapping[str, said.Standing]) -> dict[str, dict[str, int]]:
    """Return how many facts the documents have to which people added some."""
    documents = {row["document_id"] for kind in _KINDS for row in findings.rows(connection, kind, words)}
    return {
        one: {f"n_{kind}s": len(facts.standing(connection, kind, one)) for kind in _KINDS}
        for one in documents
    }


def figures(connection: Connection, document_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Return one row a figure, in the order of the documents' texts, with people's corrections."""
    return _facts(connection, "figure", FIGURE_COLUMNS, document_ids)


def incidents(connection: Connection, document_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Return one row an incident, in the order of the documents' texts, with people's corrections."""
    return _facts(connection, "incident", INCIDENT_COLUMNS, document_ids)


def claims(connection: Connection) -> pd.DataFrame:
    """Return one row a claim, in the order of the documents' texts: what is said of the years ahead."""
    return _facts(connection, "claim", CLAIM_COLUMNS)


def places(connection: Connection) -> pd.DataFrame:
    """Return one row a place that a fact or a mention refers to; EPSG:4326."""
    found = (
        select(*tables.places.c[tuple(PLACE_COLUMNS)])
        .where(
            tables.places.c.place_id.in_(select(tables.figure_places.c.place_id))
            | tables.places.c.place_id.in_(select(tables.incident_places.c.place_id))
            | tables.places.c.place_id.in_(select(tables.claim_places.c.place_id))
            | tables.places.c.place_id.in_(select(tables.mentions.c.place_id))
            | tables.places.c.place_id.in_(_places_that_people_named(connection))
        )
        .order_by(tables.places.c.place_id)
    )
    return _frame(connection, found, PLACE_COLUMNS)


def _places_that_people_named(connection: Connection) -> list[str]:
    """Return the ids of the places of facts that people added or corrected, as they stand."""
    words = said.holding(connection)
    named = [row for kind in _KINDS for row in findings.rows(connection, kind, words)]
    corrected = [word.corrected for word in words.values()]
    return sorted({place_id for row in (*named, *corrected) for place_id in row.get("place_ids", ())})


def mentions(connection: Connection) -> pd.DataFrame:
    """Return one row a place name in a text, in the order of the documents' texts."""
    table = tables.mentions
    found = select(*table.c[tuple(MENTION_COLUMNS)]).order_by(table.c.document_id, table.c.position)
    return _frame(connection, found, MENTION_COLUMNS)


def document_places(connection: Connection) -> pd.DataFrame:
    """Return one row a document and place that it names, or that what was read in it speaks of."""
    mentions = tables.mentions
    asked = [select(mentions.c.document_id, mentions.c.place_id).distinct()]
    for kind in _KINDS:
        facts, links = tables.metadata.tables[f"{kind}s"], tables.metadata.tables[f"{kind}_places"]
        of_fact = facts.c[f"{kind}_id"] == links.c[f"{kind}_id"]
        asked.append(select(facts.c.document_id, links.c.place_id).join(links, of_fact).distinct())
    named = {(document_id, place_id) for one in asked for document_id, place_id in connection.execute(one)}
    return pd.DataFrame(sorted(named), columns=["document_id", "place_id"], dtype=object)


def reviews(connection: Connection) -> pd.DataFrame:
    """Return one row a review, oldest first."""
    words = said.holding(connection)
    added = [row[f"{kind}_id"] for kind in _KINDS for row in findings.rows(connection, kind, words)]
    return _table(said.rows(connection, added), said.REVIEW_COLUMNS)


def _first_sources() -> Subquery:
    """Return each document's first source: the earliest published, among equals the least key."""
    sources = tables.sources
    rank = func.row_number().over(
        partition_by=sources.c.document_id,
        order_by=(sources.c.published.is_(None), sources.c.published, sources.c.source_key),
    )
    ranked = select(sources, rank.label("rank")).subquery()
    return select(ranked).where(ranked.c.rank == 1).subquery()


def _count(table: Table) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.document_id == tables.documents.c.document_id)
        .scalar_subquery()
    )


def _facts(
    connection: Connection, kind: str, columns: list[str], document_ids: Collection[str] | None = None
) -> pd.DataFrame:
    asked = (None,) if document_ids is None else sorted(document_ids)
    read = facts.read if kind == "claim" else facts.standing
    rows = [row for document_id in asked for row in read(connection, kind, document_id)]
    first = _first_sources()
    found = select(
        *tables.documents.c["document_id", "title"], *first.c["publisher", "published", "url", "retold"]
    ).join(first, first.c.document_id == tables.documents.c.document_id)
    if document_ids is not None:
        found = found.where(tables.documents.c.document_id.in_(asked))
    about = {row["document_id"]: dict(row) for row in connection.execute(found).mappings()}
    for row in rows:
        row.update(about[row["document_id"]])
    return _table(rows, columns)


def _frame(connection: Connection, found: Select[Any], columns: list[str]) -> pd.DataFrame:
    return _table([dict(row) for row in connection.execute(found).mappings()], columns)


def _table(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    # Column by column with its own type: pandas would turn None into NaN and small integers into floats.
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=_NUMBERS.get(name, "object"))
            for name in columns
        },
        columns=columns,
    )
