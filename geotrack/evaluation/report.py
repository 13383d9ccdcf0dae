"""An evaluation as JSON for programs, and its facts as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geotrack.evaluation.differences import labels_text, period_text, places_text
from geotrack.evaluation.models import (
    FIGURE_DEPTHS,
    LEVELS,
    NO_TRAP,
    Bin,
    FigureOutcome,
    GoldFigure,
    GoldIncident,
    IncidentOutcome,
    Level,
    Score,
)
from geotrack.evaluation.scoring import Evaluation, depth
from geotrack.models import Figure, Incident

Row = dict[str, Any]
DIGITS = 4  # of shares: no gold set is large enough for more


def to_json(
    evaluation: Evaluation,
    level: Level | None = None,
    *,
    with_misses: bool = True,
    bins: int | Sequence[float] | None = None,
) -> Row:
    """Return an evaluation as one JSON object.

    `level` is what misses, measures and traps are told at (every level where None); `bins` adds the tables of
    reliability. Dates are ISO, shares are 0 to 1.
    """
    levels = LEVELS if level is None else (level,)
    row: Row = {
        "documents": len(evaluation.documents),
        "without_document": list(evaluation.without_document),
        "without_gold": list(evaluation.without_gold),
        "levels": {name: score_row(score) for name, score in evaluation.scores().items()},
        "qualifier": score_row(evaluation.qualifiers()),
        "measures": {name: _rows(evaluation.by_measure(name)) for name in levels if name in FIGURE_DEPTHS},
        "traps": {name: _rows(evaluation.by_trap(name)) for name in levels},
    }
    if bins is not None:
        row["reliability"] = {
            "figures": [bin_row(one) for one in evaluation.reliability(bins, "figures")],
            "incidents": [bin_row(one) for one in evaluation.reliability(bins, "incidents")],
        }
    if with_misses:
        row["misses"] = [miss_row(one, level) for one in evaluation.misses(level)]
    return row


def _rows(scores: dict[str, Score]) -> Row:
    return {name: score_row(score) for name, score in scores.items()}


def score_row(score: Score) -> Row:
    """Return a score as JSON."""
    return {
        "precision": round(score.precision, DIGITS),
        "recall": round(score.recall, DIGITS),
        "f1": round(score.f1, DIGITS),
        "right": score.right,
        "predicted": score.predicted,
        "gold": score.gold,
    }


def bin_row(one: Bin) -> Row:
    """Return a bin of a reliability table as JSON; shares of an empty bin are null."""
    shares = {"confidence": one.confidence, "right_share": one.right_share, "exact_share": one.exact_share}
    rounded = {name: None if share is None else round(share, DIGITS) for name, share in shares.items()}
    return {
        "low": one.low,
        "high": one.high,
        "facts": one.facts,
        "right": one.right,
        "exact": one.exact,
        **rounded,
    }


def miss_row(outcome: FigureOutcome | IncidentOutcome, level: Level | None = None) -> Row:
    """Return an outcome as JSON, with gold and what was read."""
    return {
        "verdict": verdict(outcome, level),
        "kind": "figure" if is_figure(outcome) else "incident",
        "document": outcome.document,
        "trap": outcome.trap,
        "gold": None if outcome.gold is None else _gold_row(outcome.gold),
        "got": None if outcome.got is None else _got_row(outcome.got),
        "differences": [{"field": d.field, "gold": d.gold, "got": d.got} for d in outcome.differences],
        "refusals": list(outcome.refusals),
        "sentence": outcome.sentence,
    }


def verdict(outcome: FigureOutcome | IncidentOutcome, level: Level | None = None) -> str:
    """Say what became of a fact at a level; without one, at the strictest that it has."""
    strictest: Level = "period" if is_figure(outcome) else "incident_fields"
    return outcome.verdict(depth(level or strictest))


def is_figure(outcome: FigureOutcome | IncidentOutcome) -> bool:
    """Tell whether an outcome is that of a figure, not of an incident."""
    return isinstance(outcome.gold or outcome.got, GoldFigure | Figure)


def _gold_row(fact: GoldFigure | GoldIncident) -> Row:
    shared = {"places": list(fact.places), "evidence": fact.evidence, "note": fact.note}
    if isinstance(fact, GoldIncident):
        return _toll_row(fact) | shared
    return _quantity_row(fact) | shared | {"alt_places": list(fact.alt_places)}


def _got_row(fact: Figure | Incident) -> Row:
    shared = {
        "id": fact.id,
        "places": [place.id for place in fact.places],
        "text": fact.text,
        "span": list(fact.span),
        "flags": list(fact.flags),
        "inferred": list(fact.inferred),
        "confidence": fact.confidence,
        "rule": fact.rule,
    }
    return (_toll_row(fact) if isinstance(fact, Incident) else _quantity_row(fact)) | shared


def _quantity_row(fact: GoldFigure | Figure) -> Row:
    return {
        "measure": fact.measure,
        "value": fact.value,
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "start": fact.start.isoformat() if fact.start else None,
        "end": fact.end.isoformat() if fact.end else None,
    }


def _toll_row(fact: GoldIncident | Incident) -> Row:
    return {
        "date": fact.date,
        "killed": fact.killed,
        "injured": fact.injured,
        "casualties": fact.casualties,
        "device": fact.device,
    }


# lines for people ----------------------------------------------------------------------------------


def fact_text(fact: GoldFigure | GoldIncident | Figure | Incident) -> str:
    """Write a fact of gold, or one that was read, on one line."""
    if isinstance(fact, GoldFigure | GoldIncident):
        places = labels_text(fact.places)
    else:
        places = places_text(fact.places)
    if isinstance(fact, GoldFigure | Figure):
        return f"{fact.measure} {fact.value:,.10g} {fact.unit}, {places}, {period_text(fact.start, fact.end)}"
    counts = (("killed", fact.killed), ("injured", fact.injured), ("casualties", fact.casualties))
    toll = ", ".join(f"{name} {count}" for name, count in counts if count is not None) or "no toll"
    return f"incident {fact.date or 'undated'}, {places}, {toll}"


def miss_lines(outcome: FigureOutcome | IncidentOutcome, level: Level | None = None) -> list[str]:
    """Write a miss: what it is, then what differs or why it was refused, then its sentence."""
    fact = outcome.gold or outcome.got
    head = f"{verdict(outcome, level)}: {outcome.document}: {fact_text(fact) if fact else ''}"
    lines = [head if outcome.trap == NO_TRAP else f"{head} [{outcome.trap}]"]
    lines += [f"{one.field}: gold {one.gold}; got {one.got}" for one in outcome.differences]
    if outcome.gold is not None and outcome.got is None:
        reasons = "; ".join(outcome.refusals)
        lines.append(f"refused: {reasons}" if reasons else "the reader says nothing of these words")
    if outcome.got is not None:
        lines.append(f"rule {outcome.got.rule}, confidence {outcome.got.confidence:.2f}")
    sentence = " ".join(outcome.sentence.split())
    return [*lines, f"“{sentence}”"] if sentence else lines
