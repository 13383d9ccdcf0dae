"""The book of all that documents state: read once, added to, and asked many questions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geotrack.analysis.events import merge_tellings
from geotrack.analysis.increments import increments
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.merging import Merger
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.observations import Known, Observation, Observations
from geotrack.analysis.outvoting import outvoted
from geotrack.analysis.parts import wholes
from geotrack.analysis.statements import read_statements
from geotrack.analysis.tellings import Telling, read_rejected, read_tellings
from geotrack.analysis.tolls import HARM, harmed


class Ledger:
    """Figures and incidents of any number of documents, reconciled; more can be added at any time.

    What it answers does not depend on the order in which facts came. Measures are reconciled when they are
    first asked for, and again only when a fact of theirs has been added.

    Parameters
    ----------
    figures, incidents
        The store's tables (columns in `geotrack.store`); not changed.
    gazetteer
        Answers `place`, `contains`, `region_members` and `units`.
    min_confidence
        From 0 to 1; facts below it are left out before any are merged, but for those that a person accepted
        or corrected.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.
    """

    def __init__(
        self,
        figures: pd.DataFrame,
        gazetteer: PlaceIndex,
        *,
        incidents: pd.DataFrame | None = None,
        min_confidence: float = 0.0,
    ) -> None:
        self.nesting = Nesting(gazetteer)
        self._min_confidence = min_confidence
        self._merger = Merger(self.nesting)
        self._left_out: list[pd.DataFrame] = []
        self._tellings: list[Telling] = []
        self._rejected: list[Telling] = []
        self._derived: dict[str, list[Observation]] = {}
        self._lost: dict[str, dict[str, str]] = {}
        self.add(figures, incidents)

    def add(self, figures: pd.DataFrame, incidents: pd.DataFrame | None = None) -> None:
        """Take in the facts of further documents; none of them may be in the ledger already."""
        statements, left_out = read_statements(figures, self.nesting, self._min_confidence)
        self._merger.add(statements)
        self._left_out.append(left_out)
        if incidents is not None:
            tellings, _ = read_tellings(incidents, self.nesting, self._min_confidence)
            self._tellings += tellings
            self._rejected += read_rejected(incidents, self.nesting, self._min_confidence)
        self._derived.clear()
        self._lost.clear()
        self._merged_tellings: list[list[Telling]] | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of which something is stated, sorted."""
        return self._merger.measures

    @property
    def min_confidence(self) -> float:
        """How sure a fact has to be to be counted, 0 to 1."""
        return self._min_confidence

    def observations(self, *measures: str) -> Observations:
        """Return what is stated of some measures, of all without any; nothing that only follows from it."""
        asked = measures or self.measures
        merged = [self._merger.merged(measure) for measure in asked]
        return Observations(
            tuple(one for items, _ in merged for one in items),
            tuple(one for _, conflicts in merged for one in conflicts),
            self.refused(*measures)[["figure_id", "reason"]],
        )

    def refused(self, *measures: str) -> pd.DataFrame:
        """Return the figures of some measures (of all without any) that are no observations, and why."""
        refused = pd.concat(self._left_out, ignore_index=True)
        return refused[refused["measure"].isin(measures)].reset_index(drop=True) if measures else refused

    def standing(self, measure: str) -> list[Observation]:
        """Return what stands of a measure and what follows from it.

        What lost a conflict is gone, what won one is a bound. Running totals of a series are joined by what
        they grew by, parts of the measure by their sums, incidents by whom they harmed.
        """
        if measure not in self._derived:
            lost = self.set_aside(measure)
            stated = [one for one in self.observations(measure).cautious() if one.id not in lost]
            if measure not in STOCK_MEASURES:
                stated += increments(stated)
                stated += wholes(measure, self.standing)
                stated += harmed(measure, self.events(), self.nesting) if measure in HARM else []
            self._derived[measure] = stated
        return self._derived[measure]

    def set_aside(self, measure: str) -> dict[str, str]:
        """Return the observations of a measure that lost a conflict, each with the reason, by their ids."""
        if measure not in self._lost:
            seen = self.observations(measure)
            lost = seen.set_aside()
            standing = [one for one in seen.items if one.id not in lost]
            self._lost[measure] = lost | outvoted(standing, self.nesting)
        return self._lost[measure]

    def known(self, measure: str) -> Known:
        """Return what is stated of a measure, what of it does not stand, and what does and follows."""
        return Known(self.observations(measure).items, self.set_aside(measure), self.standing(measure))

    @property
    def tellings(self) -> Sequence[Telling]:
        """The incidents as documents tell them, in the order in which they came."""
        return tuple(self._tellings)

    @property
    def rejected_tellings(self) -> Sequence[Telling]:
        """The incidents that a person rejected, in the order in which they came."""
        return tuple(self._rejected)

    def events(self) -> list[list[Telling]]:
        """Return the tellings of each explosion, the leading one first (`events.merge_tellings`)."""
        if self._merged_tellings is None:
            self._merged_tellings = merge_tellings(self._tellings, self.nesting)
        return self._merged_tellings


def observations(
    figures: pd.DataFrame, gazetteer: PlaceIndex, *, min_confidence: float = 0.0
) -> Observations:
    """Merge the figures that state the same quantity, and list those that contradict each other.

    Two figures are one observation when they agree in measure, in value within the rounding that they
    show, in both ends of the period within a day, in actor and part, and when their place sets are the
    same or nested. The most specific places, the tightest period and the most precise value stand. The
    order of the rows and repeated sources change no observation's content.

    Parameters
    ----------
    figures
        The store's figures table (columns in `geotrack.store`); it is not changed.
    gazetteer
        Answers `place`, `contains` and `units`.
    min_confidence
        From 0 to 1; figures below it are left out before any are merged, but for those that a person
        accepted or corrected.

    Raises
    ------
    UsageError
        If `min_confidence` is not from 0 to 1.

    Notes
    -----
    Statements are sorted by content and each joins the first leader that it agrees with: comparisons
    stay among figures of a measure whose ends are within a day, near linear for dated reports.
    A figure of a place that the gazetteer lacks is in `left_out`.
    """
    return Ledger(figures, gazetteer, min_confidence=min_confidence).observations()
