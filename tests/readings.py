"""Short reports for a reader, and facts as lines that an assertion can show."""

from __future__ import annotations

import datetime as dt
import math

from geotrack.extraction import Reader, to_row
from geotrack.extraction.lexicon import Lexicon
from geotrack.extraction.tagging import TaggedSentence
from geotrack.extraction.words import fold
from geotrack.models import Document, Figure, Incident, Reading, Source

PUBLISHED = dt.date(2024, 6, 5)  # a Wednesday


def report(text: str, published: dt.date | None = PUBLISHED, title: str | None = None) -> Document:
    """Return a report as the documents layer would give it."""
    return Document(text=text, title=title, source=Source(published=published))


def tagged(text: str) -> TaggedSentence:
    """Return a text as one tagged English sentence."""
    return TaggedSentence.of(text, fold(text), Lexicon.load("en"))


def number(value: float | None) -> str:
    """Write a number without a needless fraction."""
    return f"{value:.10g}" if value is not None else "-"


def figure_line(figure: Figure) -> str:
    """Write a figure as "measure value unit, places, period", with its qualifier and flags if it has any."""
    value = number(figure.value) + (f"-{number(figure.value_max)}" if figure.value_max is not None else "")
    places = " ".join(sorted(p.id for p in figure.places))
    marks = [m for m in (figure.qualifier, *figure.flags) if m != "exact"]
    period = f"{figure.start or ''}..{figure.end or ''}"
    return ", ".join([f"{figure.measure} {value} {figure.unit}", places, period, *marks])


def incident_line(incident: Incident) -> str:
    """Write an incident as "date, places, killed/injured, device"."""
    places = " ".join(sorted(p.id for p in incident.places))
    toll = f"{number(incident.killed)}/{number(incident.injured)}"
    if incident.casualties is not None:
        toll += f"/{incident.casualties}"
    return f"{incident.date}, {places}, {toll}, {incident.device}"


def figure_lines(reading: Reading) -> list[str]:
    """Write the figures of a reading, in order."""
    return [figure_line(f) for f in reading.figures]


def incident_lines(reading: Reading) -> list[str]:
    """Write the incidents of a reading, in order."""
    return [incident_line(i) for i in reading.incidents]


def assert_laws(document: Document, reader: Reader) -> None:
    """Assert that a reading quotes its text, holds finite numbers and comes out the same twice."""
    row = to_row(document, reader.read(document))
    facts = [*row["figures"], *row["incidents"]]
    for item in [*facts, *row["mentions"], *row["refused"]]:
        assert item["text"] == document.text[slice(*item["span"])]
    for fact in facts:
        assert fact["sentence"] == document.text[slice(*fact["sentence_span"])]
        assert 0 <= fact["confidence"] <= 1
    for figure in row["figures"]:
        assert 0 < figure["value"] < math.inf
        assert 0 < figure["value_si"] < math.inf
        assert figure["value_max"] is None or figure["value"] <= figure["value_max"] < math.inf
    for incident in row["incidents"]:
        assert all(incident[k] is None or incident[k] >= 0 for k in ("killed", "injured", "casualties"))
    assert len({f["id"] for f in facts}) == len(facts)
    assert to_row(document, reader.read(document)) == row
