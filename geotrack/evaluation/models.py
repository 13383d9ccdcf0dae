"""What a person annotated, what was read, and how the two compare: all of it frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from geotrack.models import Figure, Incident, Measure

Neutral = Literal["ambiguous", "subset", "restatement", "alt", "out_of_scope"]
Level = Literal["value", "place", "period", "incidents", "incident_fields"]
Verdict = Literal["right", "partly right", "missed", "spurious", "not counted"]

# How deep an outcome must agree to be right at a level, and whether figures or incidents have that level.
FIGURE_DEPTHS: dict[Level, int] = {"value": 1, "place": 2, "period": 3}
INCIDENT_DEPTHS: dict[Level, int] = {"incidents": 1, "incident_fields": 2}
LEVELS: tuple[Level, ...] = (*FIGURE_DEPTHS, *INCIDENT_DEPTHS)
NO_TRAP = "none"
TRAP_SEPARATOR = ";"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFact:
    """What figures and incidents of gold have in common.

    `places` are written for people: `AZ`, `AZ-AGM`, `UA-63/Izium raion`, `AZ-AGM/Qarvand`. A fact with a
    `neutral` label counts neither for nor against; the fields in `ambiguous_fields` are not held against a
    reading. `evidence` is the few words that state the fact, `trap` a short label of what makes it
    hard, or several ("group; month").
    """

    places: tuple[str, ...] = ()
    evidence: str = ""
    neutral: tuple[Neutral, ...] = ()
    ambiguous_fields: frozenset[str] = frozenset()
    trap: str = NO_TRAP
    note: str = ""

    def is_lenient(self, *fields: str) -> bool:
        """Tell whether one of the fields is not held against a reading."""
        return not self.ambiguous_fields.isdisjoint(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFigure(GoldFact):
    """A quantity that a document states, as a person read it; `alt_measures`, `alt_places` are also right."""

    measure: Measure
    value: float
    value_max: float | None = None
    unit: str = "count"
    qualifier: str = "exact"
    start: dt.date | None = None
    end: dt.date | None = None
    alt_measures: tuple[Measure, ...] = ()
    alt_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldIncident(GoldFact):
    """An explosion that a document tells of, as a person read it; `date` is a day, `YYYY-MM` or `YYYY`."""

    date: str | None = None
    killed: int | None = None
    injured: int | None = None
    casualties: int | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """What a person read in one document; `id` is that of its row, else the stem of its file.

    `trap` labels the whole document: facts read in it that are not there count for this trap.
    """

    id: str
    figures: tuple[GoldFigure, ...] = ()
    incidents: tuple[GoldIncident, ...] = ()
    trap: str = NO_TRAP


GoldT = TypeVar("GoldT", GoldFigure, GoldIncident)
GotT = TypeVar("GotT", Figure, Incident)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a fact that was found differs from gold, both as text."""

    field: str
    gold: str
    got: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[GoldT, GotT]):
    """What became of one fact: of gold and found (both), missed (`gold` only) or spurious (`got` only).

    `depth` is how far the two agree: of a figure 1 value, 2 also places, 3 also period; of an incident 1 the
    same event, 2 also every field; 0 where there is only one of them. Where `counted` is false the outcome
    counts neither for nor against. `document` is the gold id. `sentence` holds the words of gold, of a
    spurious fact its own; `refusals` are the reasons for which the reader did not take the words of a
    missed fact.
    """

    document: str
    gold: GoldT | None
    got: GotT | None
    depth: int = 0
    counted: bool = True
    trap: str = NO_TRAP
    sentence: str = ""
    refusals: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    def verdict(self, depth: int) -> Verdict:
        """Say what became of the fact where right means that it agrees to a depth."""
        if not self.counted:
            return "not counted"
        if self.gold is None:
            return "spurious"
        if self.got is None:
            return "missed"
        return "right" if self.depth >= depth else "partly right"


FigureOutcome: TypeAlias = Outcome[GoldFigure, Figure]
IncidentOutcome: TypeAlias = Outcome[GoldIncident, Incident]


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts are right, of how many that were read (`predicted`) and how many there are (`gold`)."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what was read that is right, 0 where nothing was read."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was read right, 0 where there is nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing is right."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """The facts whose confidence lies from `low` to below `high` (the last bin holds its upper end, too).

    `right` of them are right at the level value, `exact` at the level period; of incidents `right` are
    events that gold has, `exact` those with every field right. `confidence` is their mean, null of none.
    """

    low: float
    high: float
    facts: int
    confidence: float | None
    right: int
    exact: int

    @property
    def right_share(self) -> float | None:
        """The share of facts that are right, null where the bin holds none."""
        return self.right / self.facts if self.facts else None

    @property
    def exact_share(self) -> float | None:
        """The share of facts that are right to the period (incidents: every field), null of none."""
        return self.exact / self.facts if self.facts else None
