"""What people said of facts: accepted, rejected or corrected, by whom and when.

Every review is kept; the last one of a fact holds. Re-reading a document leaves reviews alone: one whose
fact is no longer read stays, with the words that it was about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import Connection, func, insert, select, update

from geotrack.store import tables

Verdict = Literal["accepted", "rejected", "corrected"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
REVIEW_COLUMNS = [
    "review_id",
    "fact_id",
    "kind",
    "document_id",
    "verdict",
    "corrected",
    "who",
    "note",
    "at",
    "text",
    "sentence",
    "span_start",
    "span_end",
    "fact_gone",
]


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word on a fact; `corrected` holds the fields that the person set, in JSON types."""

    fact_id: str
    verdict: Verdict
    who: str
    corrected: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None

    def problem(self) -> str | None:
        """Return what is wrong with the review, None when nothing is."""
        if self.verdict not in VERDICTS:
            return f"the verdict {self.verdict!r} is none of {', '.join(VERDICTS)}"
        if not self.who.strip():
            return "it does not say who gave it"
        if (self.verdict == "corrected") != bool(self.corrected):
            return "corrected fields belong to the verdict 'corrected', and to no other"
        return None


def add(connection: Connection, review: Review) -> bool:
    """Keep a review with the words of its fact; return False when no fact has its id."""
    fact = _fact(connection, review.fact_id)
    if fact is None:
        return False
    connection.execute(
        insert(tables.reviews).values(
            **fact,
            fact_id=review.fact_id,
            verdict=review.verdict,
            corrected=dict(review.corrected),
            who=review.who,
            note=review.note,
            at=dt.datetime.now(dt.UTC),
        )
    )
    return True


def columns_of(kind: str) -> set[str]:
    """Return the fields of a figure or an incident that a review may correct."""
    table = tables.metadata.tables[f"{kind}s"]
    fixed = {f"{kind}_id", "document_id", "position", "rule", "confidence", "inferred"}
    return {*table.columns.keys(), "place_ids"} - fixed


def kind_of(connection: Connection, fact_id: str) -> str | None:
    """Return whether an id is a figure's or an incident's, None when it is neither's."""
    fact = _fact(connection, fact_id)
    return None if fact is None else str(fact["kind"])


def verdicts(connection: Connection) -> dict[str, Verdict]:
    """Return the verdict that holds for each reviewed fact."""
    rows = connection.execute(
        select(tables.reviews.c.fact_id, tables.reviews.c.verdict).order_by(tables.reviews.c.review_id)
    )
    return {fact_id: verdict for fact_id, verdict in rows}  # noqa: C416 - the last review wins


def rows(connection: Connection) -> list[dict[str, Any]]:
    """Return every review, oldest first, with `fact_gone`: no present reading holds its fact."""
    reviews = tables.reviews
    found = (
        select(
            reviews,
            (tables.figures.c.figure_id.is_(None) & tables.incidents.c.incident_id.is_(None)).label(
                "fact_gone"
            ),
        )
        .outerjoin(tables.figures, tables.figures.c.figure_id == reviews.c.fact_id)
        .outerjoin(tables.incidents, tables.incidents.c.incident_id == reviews.c.fact_id)
        .order_by(reviews.c.review_id)
    )
    return [dict(row) for row in connection.execute(found).mappings()]


def forget_words(connection: Connection, document_id: str) -> None:
    """Take the words of a removed document out of its reviews."""
    connection.execute(
        update(tables.reviews)
        .where(tables.reviews.c.document_id == document_id)
        .values(text=None, sentence=None)
    )


def count(connection: Connection) -> int:
    """Return how many reviews there are."""
    return connection.scalar(select(func.count()).select_from(tables.reviews)) or 0


def _fact(connection: Connection, fact_id: str) -> dict[str, Any] | None:
    for kind in ("figure", "incident"):
        table = tables.metadata.tables[f"{kind}s"]
        found = select(*table.c["document_id", "text", "sentence", "span_start", "span_end"]).where(
            table.c[f"{kind}_id"] == fact_id
        )
        row = connection.execute(found).mappings().first()
        if row is not None:
            return {"kind": kind, **row}
    return None
