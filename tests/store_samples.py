"""Documents and readings for tests of the store, small but complete."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace

from sqlalchemy import select

from geotrack.models import (
    Document,
    Figure,
    Incident,
    Mention,
    Place,
    Reading,
    Refusal,
    Source,
    fact_id,
)
from geotrack.store import Store, copies

AGHDAM = Place("AZ-AGM", "Aghdam", "adm1", "AZ", "AZ-AGM", None, 46.93, 39.99)
FUZULI = Place("AZ-FUZ", "Fuzuli", "adm1", "AZ", "AZ-FUZ", None, 47.14, 39.6)
QARVAND = Place("AZ-AGM/qarvand", "Qarvand", "settlement", "AZ", "AZ-AGM")
TEXT = (
    "In May 2024, 31 anti-personnel mines were found in Aghdam and Fuzuli.\n"
    "A farmer was injured by a mine in Qarvand village on 7 May. ANAMA plans to clear 10 ha."
)


def document(text: str = TEXT, **source: object) -> Document:
    """Return a report; `source` overrides fields of its source."""
    first = Source("AZERTAC", dt.date(2024, 6, 1), "https://example.org/1", "/reports/1.md")
    return Document(
        text=text,
        title="Mines found in May",
        language="en",
        source=replace(first, **source),
        row_id="1",
        furniture=((0, 2),),
    )


def _mines(of: Document, measure: str = "ap_mines_found") -> Figure:
    words, end = "31 anti-personnel mines", of.text.index("\n")
    start = of.text.index(words)
    span = (start, start + len(words))
    return Figure(
        id=fact_id(of.id, "figure", span, measure),
        measure=measure,
        value=31,
        unit="count",
        value_si=31,
        unit_si="count",
        qualifier="exact",
        basis="period",
        places=(FUZULI, AGHDAM),
        start=dt.date(2024, 5, 1),
        end=dt.date(2024, 5, 31),
        text=words,
        span=span,
        sentence=of.text[:end],
        sentence_span=(0, end),
        confidence=0.9,
        rule="found",
        reported_by=("ANAMA",),
        inferred=("start",),
    )


def _explosion(of: Document) -> Incident:
    words, sentence = "was injured by a mine", "A farmer was injured by a mine in Qarvand village on 7 May."
    start, first = of.text.index(words), of.text.index(sentence)
    span = (start, start + len(words))
    return Incident(
        id=fact_id(of.id, "incident", span),
        date="2024-05-07",
        places=(QARVAND,),
        killed=None,
        injured=1,
        casualties=None,
        device="mine",
        victims=("farmer",),
        text=words,
        span=span,
        sentence=sentence,
        sentence_span=(first, first + len(sentence)),
        confidence=0.8,
        rule="explosion",
    )


def reading(of: Document, rules_version: str = "1") -> Reading:
    """Return a reading of a document that holds `TEXT`: a figure, an incident, a mention and a refusal."""
    start = of.text.index("Aghdam")
    plan = of.text.index("10 ha")
    return Reading(
        document_id=of.id,
        mentions=(Mention((start, start + 6), "Aghdam", AGHDAM, 0.75, (FUZULI,), "district named"),),
        figures=(_mines(of),),
        incidents=(_explosion(of),),
        refused=(Refusal("10 ha", (plan, plan + 5), "a plan is no result"),),
        rules_version=rules_version,
    )


@dataclass
class NumberReader:
    """A reader that takes every number for a count of mines; it counts how often it is asked."""

    rules_version: str = "1"
    asked: int = 0

    def read(self, document: Document) -> Reading:
        """Return one figure for each number in the text."""
        self.asked += 1
        return Reading(
            document_id=document.id,
            figures=tuple(
                replace(
                    _number(document, match.span()),
                    end=document.source.published,
                    rule=f"number {self.rules_version}",
                )
                for match in re.finditer(r"\d+", document.text)
            ),
            rules_version=self.rules_version,
        )


def _number(of: Document, span: tuple[int, int]) -> Figure:
    words = of.text[slice(*span)]
    return Figure(
        id=fact_id(of.id, "figure", span, "mines_found"),
        measure="mines_found",
        value=float(words),
        unit="count",
        value_si=float(words),
        unit_si="count",
        qualifier="exact",
        basis="period",
        places=(AGHDAM,),
        start=None,
        end=None,
        text=words,
        span=span,
        sentence=of.text,
        sentence_span=(0, len(of.text)),
        confidence=1.0,
        rule="number",
    )


# When something was written, and its number, which a write that was undone may have taken.
_INCIDENTAL = {"added_at", "read_at", "removed_at", "at", "source_id", "review_id", "unread_id"}


def held(store: Store) -> dict[str, list[str]]:
    """Return what each table holds, but for the order of rows, their numbers and times."""
    tables: dict[str, list[str]] = {}
    with store._reading() as connection:
        for table in copies.COPIED:
            columns = [column for column in table.c if column.name not in _INCIDENTAL]
            rows = connection.execute(select(*columns)).all()
            tables[table.name] = sorted(json.dumps([*row], sort_keys=True, default=str) for row in rows)
    return tables
