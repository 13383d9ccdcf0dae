"""What people said of facts: accepted, rejected or corrected, the same as another or not, by whom and when.

Every review is kept; the last verdict on a fact holds, and so does the last word on what it is the same as.
Re-reading a document leaves reviews alone: one whose fact is no longer read stays, with the words that it
was about.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    Double,
    Integer,
    RowMapping,
    String,
    Text,
    insert,
    select,
    update,
)

from geotrack.models import Basis, Device, Measure, Qualifier, Unit
from geotrack.store import tables

Verdict = Literal["accepted", "rejected", "corrected", "linked"]
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
    """A person's word on a fact; `corrected` holds the fields that the person set, in JSON types.

    One that is `linked` has the field `same_as`: the id of a fact that states the same, which makes them
    one observation; its own id, if it states the same as no other; None, to let the reconciling decide.
    """

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
        if self.verdict == "linked":
            fits = self.corrected.keys() == {"same_as"}
            return None if fits else "the verdict 'linked' has the field 'same_as', and no other"
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


def problem_of_fields(kind: str, corrected: Mapping[str, Any]) -> str | None:
    """Return what is wrong with corrected fields, None when nothing is.

    Values are those of the tables, dates as ISO days; a corrected value or unit comes with its
    `value_si`, so that the two never disagree.
    """
    table = tables.metadata.tables[f"{kind}s"]
    for name, value in corrected.items():
        if name not in CORRECTABLE[kind]:
            return f"a {kind} has no field {name!r} to correct"
        if name == "place_ids":
            fits = _is_list(value)
        elif value is None:
            fits = bool(table.c[name].nullable)
        elif name in _CHOICES:
            fits = value in _CHOICES[name]
        else:
            fits = _FITS[type(table.c[name].type)](value)
        if not fits:
            return f"{value!r} is no {name}"
    if corrected.keys() & {"value", "unit"} and "value_si" not in corrected:
        return "a corrected value needs its value_si"
    return None


def apply(row: dict[str, Any], corrected: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a fact as a person corrected it."""
    dates = {"start", "end"} & corrected.keys()
    days = {name: corrected[name] and dt.date.fromisoformat(corrected[name]) for name in dates}
    return {**row, **corrected, **days}


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


CORRECTABLE: dict[str, tuple[str, ...]] = {
    "figure": (
        *("measure", "value", "value_max", "value_si", "unit", "unit_si", "qualifier", "basis"),
        *("place_ids", "start", "end", "done_by", "reported_by", "part", "flags"),
    ),
    "incident": ("date", "place_ids", "killed", "injured", "casualties", "device", "victims", "flags"),
}
"""The fields of a fact that a review may correct, by kind."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "measure": get_args(Measure),
    "unit": get_args(Unit),
    "unit_si": ("m2", "percent", "count", "people"),
    "qualifier": get_args(Qualifier),
    "basis": get_args(Basis),
    "device": get_args(Device),
}
_FITS: dict[type[object], Callable[[object], bool]] = {
    Double: _is_number,
    Integer: _is_count,
    Date: _is_day,
    JSON: _is_list,
    String: _is_text,
    Text: _is_text,
}


def kind_of(connection: Connection, fact_id: str) -> str | None:
    """Return whether an id is a figure's or an incident's, None when it is neither's."""
    fact = _fact(connection, fact_id)
    return None if fact is None else str(fact["kind"])


def holding(connection: Connection) -> dict[str, tuple[Verdict, dict[str, Any], dt.date]]:
    """Return the verdict that holds for each reviewed fact, the fields that it corrects, and its day."""
    # The last review of a fact wins.
    return {
        row["fact_id"]: (row["verdict"], row["corrected"], row["at"].date())
        for row in _said(connection)
        if row["verdict"] != "linked"
    }


def links(connection: Connection) -> dict[str, tuple[str, str, dt.date]]:
    """Return which fact each fact was said to state the same as, by whom, and on which day (UTC).

    Itself, where it was said to stand alone.
    """
    said = {row["fact_id"]: row for row in _said(connection) if row["verdict"] == "linked"}
    return {
        fact_id: (row["corrected"]["same_as"], row["who"], row["at"].date())
        for fact_id, row in said.items()
        if row["corrected"]["same_as"]
    }


def _said(connection: Connection) -> Sequence[RowMapping]:
    columns = tables.reviews.c["fact_id", "verdict", "corrected", "who", "at"]
    found = connection.execute(select(*columns).order_by(tables.reviews.c.review_id))
    return found.mappings().all()


def problem_of_link(connection: Connection, review: Review) -> str | None:
    """Return what is wrong with a link, None when nothing is: it leads to a fact of the same kind."""
    same_as = review.corrected["same_as"]
    if same_as is None or kind_of(connection, same_as) == kind_of(connection, review.fact_id):
        return None
    return f"{same_as!r} is no fact of its kind"


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
