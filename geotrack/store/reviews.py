"""What people said of facts and documents: each word is kept, with who and when, and none is ever changed.

The words on a fact (accepted, rejected, corrected, added) and on a document (complete) are a stack: the
last one holds, and `undone` takes it back, so that the one before it holds again. Of what a fact is the
same as (`linked`) the last word holds, apart from these. Re-reading a document leaves reviews alone: one
whose fact is no longer read stays, with the words that it was about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import Connection, RowMapping, insert, select, update

from geotrack.store import tables

Verdict = Literal["accepted", "rejected", "corrected", "linked"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Word = Literal["accepted", "rejected", "corrected", "linked", "added", "complete", "undone"]
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
    "taken_back",
]
_CANDIDATES = 5
_QUOTED = ("kind", "document_id", "text", "sentence", "span_start", "span_end")


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
            return NOBODY
        if self.verdict == "linked":
            fits = self.corrected.keys() == {"same_as"}
            return None if fits else "the verdict 'linked' has the field 'same_as', and no other"
        if (self.verdict == "corrected") != bool(self.corrected):
            return "corrected fields belong to the verdict 'corrected', and to no other"
        return None


NOBODY = "it does not say who gave it"


@dataclass(frozen=True, slots=True)
class Standing:
    """The word that holds for a fact or a document, and the fields in which the fact is corrected.

    `corrected` are those of the last correction that was not taken back, over the fact as it was read or
    added: who accepts or rejects after it judges the corrected fact. `added` is the id of the word by which
    a person added the fact, None where it was only read.
    """

    review_id: int
    verdict: Word
    corrected: Mapping[str, Any]
    who: str
    note: str | None
    at: dt.datetime
    added: int | None = None


def write(connection: Connection, about: Mapping[str, Any], verdict: Word, said: Mapping[str, Any]) -> int:
    """Keep a word and return its number.

    Parameters
    ----------
    about
        What the word is on: `fact_id`, `kind`, `document_id`, and the fact's words.
    said
        `who`, and if there are any `corrected` and `note`.
    """
    quoted = {name: about[name] for name in ("fact_id", *_QUOTED)}
    statement = insert(tables.reviews).values(
        **{"corrected": {}, "note": None, **said}, **quoted, verdict=verdict, at=dt.datetime.now(dt.UTC)
    )
    key = connection.execute(statement).inserted_primary_key
    return int(key[0]) if key else 0


def read_fact(connection: Connection, fact_id: str) -> dict[str, Any] | None:
    """Return what is told of a fact that the reader reads, None where none has this id."""
    for kind in ("figure", "incident"):
        table = tables.metadata.tables[f"{kind}s"]
        found = select(*table.c["document_id", "text", "sentence", "span_start", "span_end"]).where(
            table.c[f"{kind}_id"] == fact_id
        )
        row = connection.execute(found).mappings().first()
        if row is not None:
            return {"fact_id": fact_id, "kind": kind, **row}
    return None


def ids_beginning(connection: Connection, beginning: str) -> list[str]:
    """Return some ids of facts that begin so: of those that are read, and of those spoken of."""
    # An id of a document is no fact's, even where people spoke of it.
    ids = tables.documents.c.document_id
    found: set[str] = set()
    for column in (tables.figures.c.figure_id, tables.incidents.c.incident_id, tables.reviews.c.fact_id):
        begun = select(column).where(column.startswith(beginning, autoescape=True)).distinct()
        found |= set(
            connection.scalars(begun.where(column.not_in(select(ids))).order_by(column).limit(_CANDIDATES))
        )
    return sorted(found)


def last_word(connection: Connection, fact_id: str) -> dict[str, Any] | None:
    """Return what the last word on a fact or a document tells of it, None where nobody said any."""
    columns = tables.reviews.c[("fact_id", *_QUOTED)]
    said = select(*columns).where(tables.reviews.c.fact_id == fact_id)
    row = connection.execute(said.order_by(tables.reviews.c.review_id.desc())).mappings().first()
    return None if row is None else dict(row)


def holding(connection: Connection, fact_id: str | None = None) -> dict[str, Standing]:
    """Return what holds for each fact and document, or for one of them, by its id."""
    found = ((one, _standing(_stack(said))) for one, said in _by_fact(_said(connection, fact_id)).items())
    return {one: standing for one, standing in found if standing is not None}


def _by_fact(said: Iterable[RowMapping]) -> dict[str, list[RowMapping]]:
    words: dict[str, list[RowMapping]] = {}
    for word in said:
        words.setdefault(word["fact_id"], []).append(word)
    return words


def _stack(said: Iterable[RowMapping]) -> list[RowMapping]:
    """Return the words of one fact that hold one over the other, the first said first."""
    stack: list[RowMapping] = []
    for word in said:
        if word["verdict"] == "undone":
            del stack[-1:]
        elif word["verdict"] != "linked":
            stack.append(word)
    return stack


def _standing(stack: Sequence[RowMapping]) -> Standing | None:
    if not stack:
        return None
    last = stack[-1]
    corrected: Mapping[str, Any] = {}
    added: int | None = None
    for word in reversed(stack):
        # What was corrected of an earlier reading says nothing of the fact as a person added it.
        if word["verdict"] == "added":
            added = word["review_id"]
            break
        if word["verdict"] == "corrected" and not corrected:
            corrected = word["corrected"]
    who, note, at = last["who"], last["note"], last["at"]
    return Standing(last["review_id"], last["verdict"], corrected, who, note, at, added)


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


def _said(connection: Connection, fact_id: str | None = None) -> Sequence[RowMapping]:
    columns = tables.reviews.c["review_id", "fact_id", "verdict", "corrected", "who", "note", "at"]
    found = select(*columns).order_by(tables.reviews.c.review_id)
    if fact_id is not None:
        found = found.where(tables.reviews.c.fact_id == fact_id)
    return connection.execute(found).mappings().all()


def rows(connection: Connection, added: Iterable[str]) -> list[dict[str, Any]]:
    """Return every word, oldest first, with what became of it.

    `fact_gone`: its fact is neither read now nor one of those `added`, its document is not there.
    `taken_back`: somebody undid it.
    """
    everything = connection.execute(select(tables.reviews).order_by(tables.reviews.c.review_id))
    said = everything.mappings().all()
    reviewed = select(tables.reviews.c.fact_id)
    here = set(added).union(*(connection.scalars(select(ids).where(ids.in_(reviewed))) for ids in _IDS))
    taken_back = {review_id for of_one in _by_fact(said).values() for review_id in _taken_back(of_one)}
    return [
        {**row, "fact_gone": row["fact_id"] not in here, "taken_back": row["review_id"] in taken_back}
        for row in said
    ]


_IDS = (tables.figures.c.figure_id, tables.incidents.c.incident_id, tables.documents.c.document_id)


def _taken_back(said: Sequence[RowMapping]) -> Iterator[int]:
    holds = {word["review_id"] for word in _stack(said)}
    for word in said:
        if word["review_id"] not in holds and word["verdict"] not in {"undone", "linked"}:
            yield word["review_id"]


def forget_words(connection: Connection, document_id: str) -> None:
    """Take the words of a removed document out of its reviews."""
    connection.execute(
        update(tables.reviews)
        .where(tables.reviews.c.document_id == document_id)
        .values(text=None, sentence=None)
    )
