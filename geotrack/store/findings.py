"""What a person found in a document and the reader missed: facts of the store like any other.

They are kept apart from readings, so that no re-reading loses them. Their words are those of the text, and
their ids those that the reader would give: what it reads later in the same words is not there twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, Select, func, insert, select

from geotrack.models import Document, Figure, Incident, Place, Span, fact_id
from geotrack.store import corrections, readings, records, tables
from geotrack.store.reviews import Standing

Kind = Literal["figure", "incident"]
RULE = "added by a person"

_DEFAULTS: dict[str, dict[str, Any]] = {
    "figure": {
        "value_max": None,
        "qualifier": "exact",
        "place_ids": [],
        "start": None,
        "end": None,
        "done_by": [],
        "reported_by": [],
        "part": None,
        "flags": [],
    },
    "incident": {
        "date": None,
        "place_ids": [],
        "killed": None,
        "injured": None,
        "casualties": None,
        "device": "unknown",
        "victims": [],
        "flags": [],
    },
}
# The fields that tell one figure, or one incident, from another in the same words.
_TELLING = {"figure": ("measure", "value_si"), "incident": ("date", "killed", "injured", "casualties")}


class PlaceBook(Protocol):
    """What knows places by their ids: a gazetteer."""

    def place(self, place_id: str) -> Place:
        """Return the place with an id; UnknownPlaceError if there is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a person read in a document: its words, where they stand, and its fields.

    `span` are code points into the stored text, and `text` the words that the person chose there. `fields`
    have the names and types of corrections; a figure needs measure, value and unit.
    """

    kind: Kind
    span: Span
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def trimmed(self) -> Finding:
        """Return the finding without white space around its words."""
        start = self.span[0] + len(self.text) - len(self.text.lstrip())
        words = self.text.strip()
        return Finding(self.kind, (start, start + len(words)), words, self.fields)

    def problem(self, text: str) -> str | None:
        """Return what is wrong with the finding in a document's text, None when nothing is."""
        start, end = self.span
        if self.kind not in _DEFAULTS:
            return f"the kind {self.kind!r} is neither a figure nor an incident"
        if not self.text.strip():
            return "no words are chosen"
        if not 0 <= start < end <= len(text) or text[start:end] != self.text:
            return f"the words at {start} to {end} are not {self.text!r}"
        missing = [name for name in ("measure", "value", "unit") if self.fields.get(name) is None]
        if self.kind == "figure" and missing:
            return f"a figure also needs {' and '.join(missing)}"
        problem = corrections.problem_of(self.kind, self.fields)
        if problem is None and self.kind == "figure":
            return corrections.problem_of_figure(self.whole())
        return problem

    def whole(self) -> dict[str, Any]:
        """Return all fields of the fact, those that the person left open with what is usual."""
        from geotrack.extraction.periods import STOCKS

        if self.kind == "incident":
            return {**_DEFAULTS["incident"], **self.fields}
        basis = "stock" if self.fields["measure"] in STOCKS else "period"
        return {**_DEFAULTS["figure"], "basis": basis, **corrections.with_si(self.fields, {})}

    def id(self, document_id: str) -> str:
        """Return the id of the fact: the one that the reader gives to the same words."""
        measure = self.fields["measure"] if self.kind == "figure" else ""
        return fact_id(document_id, self.kind, self.span, measure)


def sentence_span(document: Document, span: Span) -> Span:
    """Return where the sentences stand that hold some words of a document."""
    from geotrack.extraction.sentences import document_sentences, sentences_over

    return sentences_over(document_sentences(document), span)


def write(connection: Connection, document: Document, finding: Finding, review_id: int) -> None:
    """Keep a finding, which the word with this number adds."""
    sentence_start, sentence_end = sentence_span(document, finding.span)
    connection.execute(
        insert(tables.findings).values(
            review_id=review_id,
            fact_id=finding.id(document.id),
            kind=finding.kind,
            document_id=document.id,
            span_start=finding.span[0],
            span_end=finding.span[1],
            sentence_start=sentence_start,
            sentence_end=sentence_end,
            fields=finding.whole(),
        )
    )


def rows(
    connection: Connection, kind: str, holding: Mapping[str, Standing], document_id: str | None = None
) -> list[dict[str, Any]]:
    """Return what people added and nobody took back, as rows of a kind's table with `place_ids`.

    In the order of the documents' texts, and as it was added: without later corrections.
    """
    found = connection.execute(_selected(kind, document_id)).mappings()
    return [_row(row) for row in map(dict, found) if _stands(row, holding)]


def _selected(kind: str, document_id: str | None) -> Select[Any]:
    table, text = tables.findings, tables.documents.c.text

    def words(start: Any, end: Any) -> Any:  # noqa: ANN401 - columns of any type of SQLAlchemy
        return func.substr(text, start + 1, end - start)

    found = (
        select(
            table,
            words(table.c.span_start, table.c.span_end).label("text"),
            words(table.c.sentence_start, table.c.sentence_end).label("sentence"),
        )
        .join(tables.documents, tables.documents.c.document_id == table.c.document_id)
        .where(table.c.kind == kind)
        .order_by(table.c.document_id, table.c.span_start, table.c.review_id)
    )
    return found if document_id is None else found.where(table.c.document_id == document_id)


def _stands(row: Mapping[str, Any], holding: Mapping[str, Standing]) -> bool:
    word = holding.get(row["fact_id"])
    return word is not None and word.added == row["review_id"]


def _row(found: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(found)
    kind, fields = row.pop("kind"), row.pop("fields")
    row[f"{kind}_id"] = row.pop("fact_id")
    del row["review_id"]
    if kind == "figure":
        row["alt_of"] = None
    return corrections.apply({**row, "inferred": [], "confidence": 1.0, "rule": RULE}, fields)


def models(
    connection: Connection, holding: Mapping[str, Standing], document_id: str
) -> list[Figure | Incident]:
    """Return what people added to a document, figures first, as it was added."""
    added = [(kind, row) for kind in _DEFAULTS for row in rows(connection, kind, holding, document_id)]
    known = readings.places_of_ids(connection, sorted({one for _, row in added for one in row["place_ids"]}))
    facts: list[Figure | Incident] = []
    for kind, row in added:
        places = tuple(known[one] for one in row.pop("place_ids") if one in known)
        facts.append(records.figure_of(row, places) if kind == "figure" else records.incident_of(row, places))
    return facts


def shadowed(read: Mapping[str, Any], added: Iterable[Mapping[str, Any]], kind: str) -> str | None:
    """Return the id of the added fact that is the same as one that was read, None where none is.

    The same is one with the same id, or one that states the same in words that overlap: a person seldom
    chooses the very words that a rule does.

    Parameters
    ----------
    read
        A row of the kind's table.
    added
        Rows of facts that people added to the same document, as they were added or as they stand corrected.
    """
    for one in added:
        if one[f"{kind}_id"] == read[f"{kind}_id"]:
            return str(one[f"{kind}_id"])
        over = one["span_start"] < read["span_end"] and read["span_start"] < one["span_end"]
        if over and all(one[name] == read[name] for name in _TELLING[kind]):
            return str(one[f"{kind}_id"])
    return None


def told_again(read: Figure | Incident, added: Iterable[Figure | Incident]) -> bool:
    """Tell whether a fact that was read is one that a person added (`shadowed`)."""
    kind = "figure" if isinstance(read, Figure) else "incident"
    others = [_compared(one, kind) for one in added if type(one) is type(read)]
    return shadowed(_compared(read, kind), others, kind) is not None


def _compared(fact: Figure | Incident, kind: str) -> dict[str, Any]:
    told = {name: getattr(fact, name) for name in _TELLING[kind]}
    return {f"{kind}_id": fact.id, "span_start": fact.span[0], "span_end": fact.span[1], **told}


def unknown_places(
    connection: Connection, place_ids: Sequence[str], gazetteer: PlaceBook | None
) -> tuple[list[str], list[Place]]:
    """Return the ids of places that nobody knows, and the places that the store has yet to keep."""
    from geotrack.errors import UnknownPlaceError

    held = readings.places_of_ids(connection, place_ids)
    unknown, new = [], []
    for place_id in place_ids:
        if place_id in held:
            continue
        try:
            if gazetteer is None:
                unknown.append(place_id)
            else:
                new.append(gazetteer.place(place_id))
        except UnknownPlaceError:
            unknown.append(place_id)
    return unknown, new
