"""Gold and readings to an evaluation: what became of every fact, and the scores that follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from geotrack.errors import UsageError
from geotrack.evaluation.differences import figure_differences, incident_differences
from geotrack.evaluation.evidence import Evidence, gold_id
from geotrack.evaluation.matching import excused, figure_depth, incident_depth, incident_score, match
from geotrack.evaluation.models import (
    FIGURE_DEPTHS,
    INCIDENT_DEPTHS,
    LEVELS,
    NO_TRAP,
    TRAP_SEPARATOR,
    Bin,
    FigureOutcome,
    GoldDocument,
    GoldFact,
    IncidentOutcome,
    Level,
    Outcome,
    Score,
)
from geotrack.evaluation.reliability import bins_of
from geotrack.models import Document, Figure, Incident, Reading

AnyOutcome = FigureOutcome | IncidentOutcome


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How readings compare with gold.

    `documents` are the ids of gold, in its order; `without_document` those for which nothing was read (all
    their facts are missed); `without_gold` are documents that gold does not know and that do not count.
    """

    documents: tuple[str, ...]
    figures: tuple[FigureOutcome, ...]
    incidents: tuple[IncidentOutcome, ...]
    without_document: tuple[str, ...] = ()
    without_gold: tuple[str, ...] = ()

    def outcomes(self, level: Level) -> Sequence[AnyOutcome]:
        """Return the outcomes that have a level: those of figures, or those of incidents."""
        return self.figures if level in FIGURE_DEPTHS else self.incidents

    def score(self, level: Level) -> Score:
        """Return the score at a level."""
        return _score(self.outcomes(level), depth(level))

    def scores(self) -> dict[Level, Score]:
        """Return the score at every level."""
        return {level: self.score(level) for level in LEVELS}

    def by_measure(self, level: Level = "value") -> dict[str, Score]:
        """Return scores by measure, the one with most gold first; incidents have none.

        A figure that answers gold counts for gold's measure, also where it has another that is also right.
        """
        return _scores_by(_measures, self.outcomes(level), depth(level)) if level in FIGURE_DEPTHS else {}

    def by_trap(self, level: Level = "value") -> dict[str, Score]:
        """Return scores by trap, the one with most gold first.

        A fact with several labels ("group; month") counts for each of them.
        A spurious fact counts for the trap of gold whose words stand in its sentence, else for the
        document's.
        """
        return _scores_by(_traps, self.outcomes(level), depth(level))

    def qualifiers(self) -> Score:
        """Return how many figures that answer gold have its qualifier, of those that answer it."""
        pairs = [(o.gold, o.got) for o in self.figures if o.counted and o.gold and o.got]
        return Score(sum(gold.qualifier == got.qualifier for gold, got in pairs), len(pairs), len(pairs))

    def misses(self, level: Level | None = None) -> tuple[AnyOutcome, ...]:
        """Return what is not right at a level, by document; without a level, any difference of any fact."""
        levels: tuple[Level, ...] = ("period", "incident_fields") if level is None else (level,)
        places = {document: n for n, document in enumerate(self.documents)}
        missed = [
            outcome
            for one in levels
            for outcome in self.outcomes(one)
            if outcome.verdict(depth(one)) not in {"right", "not counted"}
        ]
        return tuple(sorted(missed, key=lambda outcome: places[outcome.document]))

    def reliability(
        self, bins: int | Sequence[float] = 10, facts: Literal["figures", "incidents"] = "figures"
    ) -> tuple[Bin, ...]:
        """Return how often facts of like confidence are right.

        Parameters
        ----------
        bins
            How many bins of equal width, or their edges in rising order, which span 0 to 1.
        facts
            Figures (right at the levels value and period) or incidents (the event, every field).

        Returns
        -------
        bins
            One `Bin` a bin, empty ones too; facts that do not count are in none.

        Raises
        ------
        UsageError
            If there is no bin, or the edges do not rise from 0 to 1.
        """
        outcomes = self.figures if facts == "figures" else self.incidents
        exact = FIGURE_DEPTHS["period"] if facts == "figures" else INCIDENT_DEPTHS["incident_fields"]
        read = [(o.got.confidence, o.depth >= 1, o.depth >= exact) for o in outcomes if o.counted and o.got]
        return bins_of(read, bins)


def depth(level: Level) -> int:
    """Return how deep an outcome must agree to be right at a level."""
    return {**FIGURE_DEPTHS, **INCIDENT_DEPTHS}[level]


def evaluate(gold: Iterable[GoldDocument], readings: Iterable[tuple[Document, Reading]]) -> Evaluation:
    """Compare what was read with what a person annotated.

    Parameters
    ----------
    gold
        The annotated documents, as `load_gold` returns them.
    readings
        Each document with what was read in it, in any order; taken one at a time. A document belongs to the
        gold of its row's own id, else of the stem of its file.

    Raises
    ------
    UsageError
        If two documents have one id.
    """
    known = {one.id: one for one in gold}
    compared: dict[str, _Comparison] = {}
    paths: dict[str, str] = {}
    unknown = []
    for document, reading in readings:
        name, path = gold_id(document), document.source.path or "a document without a path"
        if name in paths:
            raise UsageError(
                f"Two documents have the id {name!r}: {paths[name]} and {path}. "
                "Keep one of them, or give each an id of its own."
            )
        paths[name] = path
        if name in known:
            compared[name] = _compare(known[name], document, reading)
        else:
            unknown.append(name)
    without = tuple(name for name in known if name not in compared)
    nothing = {name: _compare(known[name], Document(""), Reading("")) for name in without}
    parts = [(compared | nothing)[name] for name in known]
    return Evaluation(
        tuple(known),
        tuple(outcome for part in parts for outcome in part.figures),
        tuple(outcome for part in parts for outcome in part.incidents),
        without,
        tuple(unknown),
    )


# one document --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What became of the facts of one document."""

    figures: tuple[FigureOutcome, ...]
    incidents: tuple[IncidentOutcome, ...]


def _compare(gold: GoldDocument, document: Document, reading: Reading) -> _Comparison:
    told = _Teller(gold, Evidence(document, reading))
    return _Comparison(
        tuple(_figure_outcomes(told, reading.figures)), tuple(_incident_outcomes(told, reading.incidents))
    )


class _Teller:
    """Tells of outcomes in one document what their trap, sentence and refusals are."""

    def __init__(self, gold: GoldDocument, evidence: Evidence) -> None:
        self.gold, self.evidence = gold, evidence

    def of_gold(self, fact: GoldFact, *, missed: bool) -> dict[str, Any]:
        """Return the fields of an outcome that gold has."""
        return {
            "document": self.gold.id,
            "counted": not fact.neutral,
            "trap": fact.trap,
            "sentence": self.evidence.sentence(fact.evidence),
            "refusals": self.evidence.refusals(fact.evidence) if missed else (),
        }

    def of_spurious(self, fact: Figure | Incident, *, counted: bool) -> dict[str, Any]:
        """Return the fields of an outcome that gold lacks."""
        return {
            "document": self.gold.id,
            "counted": counted,
            "trap": self._trap_around(fact),
            "sentence": fact.sentence,
        }

    def _trap_around(self, fact: Figure | Incident) -> str:
        """Return the trap of gold facts whose words stand in a fact's sentence, else the document's."""
        start, end = fact.sentence_span
        for one in (*self.gold.figures, *self.gold.incidents):
            span = self.evidence.span(one.evidence)
            if one.trap != self.gold.trap and span and start <= span[0] < end:
                return one.trap
        return self.gold.trap


def _figure_outcomes(told: _Teller, got: Sequence[Figure]) -> Iterator[FigureOutcome]:
    gold = told.gold.figures
    matches = match(gold, got, figure_depth)
    answers = {one.gold: one for one in matches}
    for i, fact in enumerate(gold):
        one = answers.get(i)
        shared = told.of_gold(fact, missed=one is None)
        if one is None:
            yield Outcome(gold=fact, got=None, **shared)
        else:
            found = got[one.got]
            differing = figure_differences(fact, found)
            yield Outcome(gold=fact, got=found, depth=one.score, differences=differing, **shared)
    idle = excused(gold, got, matches)
    for j in _unmatched(got, (one.got for one in matches)):
        yield Outcome(gold=None, got=got[j], **told.of_spurious(got[j], counted=j not in idle))


def _incident_outcomes(told: _Teller, got: Sequence[Incident]) -> Iterator[IncidentOutcome]:
    gold = told.gold.incidents
    matches = match(gold, got, incident_score)
    answers = {one.gold: got[one.got] for one in matches}
    for i, fact in enumerate(gold):
        found = answers.get(i)
        shared = told.of_gold(fact, missed=found is None)
        if found is None:
            yield Outcome(gold=fact, got=None, **shared)
        else:
            reached, differing = incident_depth(fact, found), incident_differences(fact, found)
            yield Outcome(gold=fact, got=found, depth=reached, differences=differing, **shared)
    for j in _unmatched(got, (one.got for one in matches)):
        yield Outcome(gold=None, got=got[j], **told.of_spurious(got[j], counted=True))


def _unmatched(got: Sequence[object], matched: Iterable[int]) -> list[int]:
    taken = set(matched)
    return [j for j in range(len(got)) if j not in taken]


# scores --------------------------------------------------------------------------------------------


def _score(outcomes: Iterable[AnyOutcome], at_least: int) -> Score:
    counted = [outcome for outcome in outcomes if outcome.counted]
    return Score(
        sum(outcome.depth >= at_least for outcome in counted),
        sum(outcome.got is not None for outcome in counted),
        sum(outcome.gold is not None for outcome in counted),
    )


def _measures(outcome: AnyOutcome) -> tuple[str, ...]:
    fact = outcome.gold or outcome.got
    return (str(getattr(fact, "measure", "")),)


def _traps(outcome: AnyOutcome) -> tuple[str, ...]:
    labels = (label.strip() for label in outcome.trap.split(TRAP_SEPARATOR))
    return tuple(dict.fromkeys(label for label in labels if label)) or (NO_TRAP,)


def _scores_by(
    keys: Callable[[AnyOutcome], Iterable[str]], outcomes: Sequence[AnyOutcome], at_least: int
) -> dict[str, Score]:
    groups: dict[str, list[AnyOutcome]] = {}
    for outcome in outcomes:
        for key in keys(outcome) if outcome.counted else ():
            groups.setdefault(key, []).append(outcome)
    found = {name: _score(group, at_least) for name, group in groups.items()}
    return dict(sorted(found.items(), key=lambda one: (-one[1].gold, one[0])))
