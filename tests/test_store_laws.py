"""Laws of the store that hold for any documents, in any order."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import NumberReader

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
from geotrack.store import Store
from geotrack.store.ingest import ingest_documents
from geotrack.store.records import source_key

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1))
NUMBERS = st.floats(0, 1e12, allow_nan=False)
LABELS = st.tuples() | st.tuples(WORDS) | st.tuples(WORDS, WORDS)


@st.composite
def _places(draw: st.DrawFn) -> Place:
    """Draw a place; its properties follow from its id, as they do in one gazetteer."""
    number = draw(st.integers(0, 5))
    return Place(
        id=f"AZ-AGM/{number}",
        name=f"Village {number}",
        level="settlement",
        adm0="AZ",
        adm1="AZ-AGM" if number % 2 else None,
        lon=46 + number / 7 if number % 3 else None,
        lat=40 - number / 7 if number % 3 else None,
        population=number or None,
    )


PLACES = st.lists(_places(), max_size=3).map(tuple)


@st.composite
def _readings(draw: st.DrawFn) -> tuple[Document, Reading]:
    """Draw a document and a reading of it that quotes its text."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=4))
    source = draw(
        st.builds(Source, st.none() | WORDS, st.none() | DAYS, st.none() | WORDS, st.none(), st.booleans())
    )
    document = Document(text, draw(st.none() | WORDS), draw(st.sampled_from(["az", "uk"])), source)
    cuts = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return document, Reading(
        document.id,
        mentions=tuple(
            Mention(span, text[slice(*span)], draw(_places()), draw(st.floats(0, 1)), draw(PLACES))
            for span in spans
        ),
        figures=tuple(_figure(draw, document, span) for span in spans),
        incidents=tuple(_incident(draw, document, span) for span in spans),
        refused=tuple(Refusal(text[slice(*span)], span, draw(WORDS)) for span in spans),
        rules_version="1",
    )


def _figure(draw: st.DrawFn, document: Document, span: tuple[int, int]) -> Figure:
    value = draw(NUMBERS)
    return Figure(
        id=fact_id(document.id, "figure", span, "area_cleared"),
        measure="area_cleared",
        value=value,
        unit="ha",
        value_si=value * 10_000,
        unit_si="m2",
        qualifier=draw(st.sampled_from(["exact", "approx", "at_least"])),
        basis=draw(st.sampled_from(["period", "stock"])),
        places=draw(PLACES),
        start=draw(st.none() | DAYS),
        end=draw(st.none() | DAYS),
        text=document.text[slice(*span)],
        span=span,
        sentence=document.text,
        sentence_span=(0, len(document.text)),
        confidence=draw(st.floats(0, 1)),
        rule=draw(WORDS),
        value_max=draw(st.none() | NUMBERS),
        done_by=draw(LABELS),
        reported_by=draw(LABELS),
        part=draw(st.none() | WORDS),
        alt_of=draw(st.none() | st.just("0" * 16)),
        flags=draw(st.sampled_from([(), ("alt",), ("subset", "malformed")])),
        inferred=draw(LABELS),
    )


def _incident(draw: st.DrawFn, document: Document, span: tuple[int, int]) -> Incident:
    counts = st.none() | st.integers(0, 1000)
    return Incident(
        id=fact_id(document.id, "incident", span),
        date=draw(st.none() | st.sampled_from(["2024", "2024-05", "2024-05-07"])),
        places=draw(PLACES),
        killed=draw(counts),
        injured=draw(counts),
        casualties=draw(counts),
        device=draw(st.sampled_from(["mine", "unknown", "UXO"])),
        victims=draw(LABELS),
        text=document.text[slice(*span)],
        span=span,
        sentence=document.text,
        sentence_span=(0, len(document.text)),
        confidence=draw(st.floats(0, 1)),
        rule=draw(WORDS),
        inferred=draw(LABELS),
    )


@given(_readings())
@settings(max_examples=30, deadline=None)
def test_any_reading_comes_back(read: tuple[Document, Reading]) -> None:
    """Whatever a reading holds, the store gives it back, and the second addition changes nothing."""
    document, reading = read
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "reports.db")) as store:
        store.add(document, reading)
        assert store.reading(document.id) == reading
        assert store.document(document.id).document == document
        assert store.add(document, reading).status == "unchanged"
        assert store.revision == 1


APPEARANCES = st.lists(
    st.builds(
        lambda text, publisher, day: Document(
            f"{text} mines", source=Source(publisher, day, None, f"/reports/{text}-{publisher}-{day}")
        ),
        st.integers(1, 3),
        st.sampled_from(["ANAMA", "DSNS", None]),
        st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 4)),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda document: document.source.path,
)


@given(APPEARANCES, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_order_and_repetition_do_not_matter(appearances: list[Document], chance: object) -> None:
    """Ingesting in another order, or in two parts and then once more, gives the same facts and sources."""
    shuffled = list(appearances)
    chance.shuffle(shuffled)
    half = len(shuffled) // 2
    assert _contents([appearances]) == _contents([shuffled[:half], shuffled, shuffled])


def _contents(parts: list[list[Document]]) -> dict[str, object]:
    """Ingest parts one after another; return the dates of the figures and the sources by document."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "reports.db")) as store:
        for part in parts:
            ingest_documents(store, NumberReader(), ["."], lambda _, part=part: part)
        last = store.revision
        ingest_documents(store, NumberReader(), ["."], lambda _: parts[-1])
        assert store.revision == last
        return {
            document_id: (
                {figure.end for figure in store.reading(document_id).figures},
                set(store.document(document_id).sources),
            )
            for document_id in store.documents()["document_id"]
        }


@given(st.permutations(["Report", "Mtm", "Caliber"]), st.none() | DAYS)
@settings(max_examples=8, deadline=None)
def test_the_order_of_arrival_decides_nothing(publishers: list[str], day: dt.date | None) -> None:
    """Of several appearances of one text on one day the same one leads, whichever came first."""
    texts = [
        Document("In May 31 mines were found.", language="en", source=Source(p, day)) for p in publishers
    ]
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "reports.db") as store:
        ingest_documents(store, NumberReader(), ["."], lambda _: texts)
        assert list(store.documents()["publisher"]) == [min(publishers, key=_key_of(day))]
        assert store.document(texts[0].id).sources[0].publisher == min(publishers, key=_key_of(day))


def _key_of(day: dt.date | None) -> Callable[[str], str]:
    """Return what orders the publishers of one text of one day."""
    return lambda publisher: source_key(Source(publisher, day))
