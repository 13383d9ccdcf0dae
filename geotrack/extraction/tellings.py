"""Incidents as they leave the reader: a frame with the words that tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from geotrack.extraction.casualties import event_phrases
from geotrack.extraction.confidence import confidence
from geotrack.extraction.frames import Frame, iso_date
from geotrack.extraction.passages import Passage
from geotrack.models import Incident, Span, fact_id


def incidents_of(
    document_id: str, text: str, passages: Sequence[Passage], frames: Iterable[Frame]
) -> tuple[Incident, ...]:
    """Return the incidents of some frames; two that the same words tell have ids of their own."""
    told: Counter[Span] = Counter()
    found = []
    for frame in frames:
        passage = passages[frame.passages[0]]
        span = _evidence(passage, frame)
        twin = str(told[span]) if told[span] else ""
        told[span] += 1
        found.append(_incident(fact_id(document_id, "incident", span, twin), text, span, passage, frame))
    return tuple(found)


def _incident(fact: str, text: str, span: Span, passage: Passage, frame: Frame) -> Incident:
    """Return the incident of a frame; its quoted words are those of the passage that opened it."""
    sentence = passage.sentence
    told = dict.fromkeys(passage.tagged.source(*words) for words in frame.victims)
    return Incident(
        id=fact,
        date=iso_date(frame.days),
        places=frame.places,
        killed=frame.toll.killed,
        injured=frame.toll.injured,
        casualties=frame.toll.casualties,
        device=frame.device or "unknown",
        victims=tuple(words for words in told if not words.isdecimal()),
        text=text[span[0] : span[1]],
        span=span,
        sentence=text[sentence.start : sentence.end],
        sentence_span=sentence.span,
        confidence=confidence("incident", _doubts(frame)),
        rule="event" if "event" in frame.evidence else "noun",
        inferred=frame.inferred,
    )


def _evidence(passage: Passage, frame: Frame) -> Span:
    """Return the words from the event to the victims and what happened to them, else the whole passage."""
    harm = passage.tagged.find("predicate.killed", "predicate.injured") if frame.victims else ()
    points = [(p.first, p.last) for p in (*event_phrases(passage), *harm)] + list(frame.victims)
    if not points:
        return passage.span(0, len(passage.tagged.words))
    return passage.span(min(p[0] for p in points), max(p[1] for p in points))


def _doubts(frame: Frame) -> list[str]:
    doubts = []
    if "event" not in frame.evidence:
        doubts.append("noun_event")
    if not frame.toll.known:
        doubts.append("no_victims")
    if "places" in frame.inferred:
        doubts.append("inferred_places")
    if "date" in frame.inferred:
        doubts.append("inferred_period")
    return doubts
