"""A database for tests of the app: a report with hostile words in every field, and one that is retold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from store_samples import AGHDAM, QARVAND, TEXT, document, reading

from geotrack.models import Document, Figure, Reading, Source, fact_id
from geotrack.store import Store

HOSTILE = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> ${window.hacked=1} {{7*7}} "
    "[link](https://evil.example/x) ![shot](https://evil.example/y.png) :red[x] $a_b$ \u202egnp.exe "
    "<svg/onload=1>"
)
LAND = "Clearance teams returned 250 ha of land in Aghdam to its people in April 2024"
LINES = f"{TEXT} {HOSTILE}\n{LAND} {HOSTILE}."


def hostile_document() -> Document:
    """Return a report whose title, publisher, address and text try to become markup."""
    made = document(LINES, publisher=f"Agency {HOSTILE}", url="javascript:window.hacked=1")
    return replace(made, title=f"Mines found in May {HOSTILE}", furniture=())


def _land(of: Document) -> Figure:
    start = of.text.index("250 ha")
    first, end = of.text.index(LAND), len(of.text)
    return Figure(
        id=fact_id(of.id, "figure", (start, start + 6), "area_cleared"),
        measure="area_cleared",
        value=250,
        unit="ha",
        value_si=2_500_000,
        unit_si="m2",
        qualifier="exact",
        basis="period",
        places=(AGHDAM,),
        start=dt.date(2024, 4, 1),
        end=dt.date(2024, 4, 30),
        text="250 ha",
        span=(start, start + 6),
        sentence=of.text[first:end],
        sentence_span=(first, end),
        confidence=0.9,
        rule="returned",
    )


def hostile_reading(of: Document) -> Reading:
    """Return what is read in the hostile report: figures, an incident in a village, a place, a refusal."""
    plain = reading(of)
    return replace(plain, figures=(*plain.figures, _land(of)))


def _retold() -> Document:
    text = "A mine went off in Qarvand on 7 May 2024, and a farmer was hurt."
    source = Source(
        "Daily", dt.date(2024, 5, 8), None, "/seeds/2.md", retold=True, origin="Daily, 8 May 2024"
    )
    return Document(text=text, title="A mine in Qarvand", source=source)


def _retold_reading(of: Document) -> Reading:
    words = "mine went off"
    start = of.text.index(words)
    told = reading(document()).incidents[0]
    incident = replace(
        told,
        id=fact_id(of.id, "incident", (start, start + len(words))),
        places=(QARVAND,),
        text=words,
        span=(start, start + len(words)),
        sentence=of.text,
        sentence_span=(0, len(of.text)),
    )
    return Reading(of.id, incidents=(incident,), rules_version="1")


def fill(database: Path) -> None:
    """Write both reports into a new database."""
    with Store.open(database) as store:
        for made, read in ((hostile_document(), hostile_reading), (_retold(), _retold_reading)):
            store.add(made, read(made))
