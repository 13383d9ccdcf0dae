"""The tables of the store: one schema for SQLite and PostgreSQL.

Facts belong to a document and go with it; reviews, findings and tombstones stand alone and outlive it.
Moments are kept in UTC. Spans are code-point offsets into `documents.text`. Lists and spans are JSON.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

ID_LENGTH = 16


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC; SQLite, which keeps no zone, gives it back with its zone all the same."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn a moment of any zone into UTC."""
        del dialect
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Say that what was kept is UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def _list() -> JSON:
    # none_as_null: an absent list is SQL NULL in both databases, not the JSON word null.
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def _document_key(*, primary: bool = True) -> Column[str]:
    return Column(
        "document_id",
        String(ID_LENGTH),
        ForeignKey("documents.document_id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


def _quote() -> list[Column[object]]:
    """Return the columns that every quoted fact has."""
    return [
        Column("text", Text, nullable=False),
        Column("span_start", Integer, nullable=False),
        Column("span_end", Integer, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("sentence_start", Integer, nullable=False),
        Column("sentence_end", Integer, nullable=False),
        Column("flags", _list(), nullable=False),
        Column("inferred", _list(), nullable=False),
        Column("confidence", Double, nullable=False),
        Column("rule", Text, nullable=False),
    ]


def _place_links(name: str, fact: str) -> Table:
    """Return the table that links the facts of one kind to their places, in the order of the fact."""
    return Table(
        name,
        metadata,
        Column(
            f"{fact}_id",
            String(ID_LENGTH),
            ForeignKey(f"{fact}s.{fact}_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        Column("position", Integer, primary_key=True),
        Column("place_id", Text, ForeignKey("places.place_id"), nullable=False, index=True),
    )


migrations = Table(
    "migrations",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("applied_at", Moment, nullable=False),
)

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", String(ID_LENGTH), primary_key=True),
    Column("text_sha256", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("language", Text, nullable=False),
    Column("furniture", _list(), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("read_at", Moment, nullable=False),
    # What the reader saw beside the text: when it changes, the reading is out of date.
    Column("read_context", String(ID_LENGTH), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("source_id", Integer, primary_key=True),
    _document_key(primary=False),
    # A hash of publisher, published, url and path: NULLs never equal each other in a UNIQUE constraint.
    Column("source_key", String(ID_LENGTH), nullable=False),
    Column("publisher", Text),
    Column("published", Date),
    Column("url", Text),
    Column("path", Text, index=True),
    Column("retold", Boolean, nullable=False),
    Column("origin", Text),
    Column("row_id", Text),
    Column("added_at", Moment, nullable=False),
    UniqueConstraint("document_id", "source_key"),
)

places = Table(
    "places",
    metadata,
    Column("place_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("adm0", String(8), nullable=False),
    Column("adm1", Text),
    Column("adm2", Text),
    Column("lon", Double),
    Column("lat", Double),
    Column("population", Integer),
    Column("valid_from", String(10)),
    Column("valid_to", String(10)),
)

mentions = Table(
    "mentions",
    metadata,
    _document_key(),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("place_id", Text, ForeignKey("places.place_id"), nullable=False, index=True),
    Column("score", Double, nullable=False),
    Column("alternatives", _list(), nullable=False),
    Column("why", Text, nullable=False),
)

figures = Table(
    "figures",
    metadata,
    Column("figure_id", String(ID_LENGTH), primary_key=True),
    _document_key(primary=False),
    Column("position", Integer, nullable=False),
    Column("measure", String(32), nullable=False),
    Column("value", Double, nullable=False),
    Column("value_max", Double),
    Column("unit", String(16), nullable=False),
    Column("value_si", Double, nullable=False),
    Column("unit_si", String(16), nullable=False),
    Column("qualifier", String(16), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("done_by", _list(), nullable=False),
    Column("reported_by", _list(), nullable=False),
    Column("part", Text),
    Column("alt_of", String(ID_LENGTH)),
    *_quote(),
    Index("ix_figures_document_id", "document_id", "position"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("incident_id", String(ID_LENGTH), primary_key=True),
    _document_key(primary=False),
    Column("position", Integer, nullable=False),
    # A day, a month (YYYY-MM) or a year (YYYY).
    Column("date", String(10)),
    Column("killed", Integer),
    Column("injured", Integer),
    Column("casualties", Integer),
    Column("device", String(32), nullable=False),
    Column("victims", _list(), nullable=False),
    *_quote(),
    Index("ix_incidents_document_id", "document_id", "position"),
)

claims = Table(
    "claims",
    metadata,
    Column("claim_id", String(ID_LENGTH), primary_key=True),
    _document_key(primary=False),
    Column("position", Integer, nullable=False),
    Column("years", Double),
    Column("years_max", Double),
    # A year, by which it is to be done.
    Column("until", String(10)),
    Column("share", Double),
    Column("qualifier", String(16), nullable=False),
    Column("condition", Text),
    Column("speaker", Text),
    *(column for column in _quote() if column.name != "flags"),
    Index("ix_claims_document_id", "document_id", "position"),
)

figure_places = _place_links("figure_places", "figure")
incident_places = _place_links("incident_places", "incident")
claim_places = _place_links("claim_places", "claim")

refused = Table(
    "refused",
    metadata,
    _document_key(),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

# No foreign keys: a review outlives a reading that no longer holds its fact, and a removed document.
reviews = Table(
    "reviews",
    metadata,
    Column("review_id", Integer, primary_key=True),
    Column("fact_id", String(ID_LENGTH), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("document_id", String(ID_LENGTH), nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    Column("corrected", _list(), nullable=False),
    Column("who", Text, nullable=False),
    Column("note", Text),
    Column("at", Moment, nullable=False),
    # The words that were reviewed, so that the review can be read when no fact has them any more.
    Column("text", Text),
    Column("sentence", Text),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
)

# What a person read in a document and the reader missed: the fact as it was added. It outlives readings,
# and has no words of its own: they are those of the text, and go with it.
findings = Table(
    "findings",
    metadata,
    # The word of `reviews` that added it: undoing that word takes the fact back.
    Column("review_id", Integer, primary_key=True, autoincrement=False),
    Column("fact_id", String(ID_LENGTH), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("document_id", String(ID_LENGTH), nullable=False, index=True),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    # All fields of its kind, in the types of `reviews.corrected`.
    Column("fields", _list(), nullable=False),
)

# The facts of a document when a person said that it is complete: what was looked at, whatever other rules
# read later.
completions = Table(
    "completions",
    metadata,
    Column("review_id", Integer, primary_key=True, autoincrement=False),
    _document_key(primary=False),
    Column("facts", _list(), nullable=False),
)

# Files, rows and addresses that could not be read: no part of what is known, and told until they are read.
unread_files = Table(
    "unread_files",
    metadata,
    Column("unread_id", Integer, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    Column("row_id", Text),
    Column("problem", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("document_id", String(ID_LENGTH), primary_key=True),
    Column("removed_at", Moment, nullable=False),
    Column("why", Text, nullable=False),
)
