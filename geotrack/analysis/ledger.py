"""The book of all that documents state: read once, added to, and asked many questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from threading import RLock
from weakref import WeakSet

import pandas as pd

from geotrack.analysis.confidence import check_confidence
from geotrack.analysis.events import merge_tellings
from geotrack.analysis.increments import increments
from geotrack.analysis.measures import STOCK_MEASURES, with_parts
from geotrack.analysis.merging import Merger
from geotrack.analysis.nesting import Nesting, PlaceIndex
from geotrack.analysis.observations import Known, Observation, Observations
from geotrack.analysis.parts import wholes
from geotrack.analysis.placement import UnitsOfLevel
from geotrack.analysis.statements import REFUSED_COLUMNS, doubted, read_statements
from geotrack.analysis.tables import typed
from geotrack.analysis.tellings import Telling, read_rejected, read_tellings
from geotrack.analysis.tolls import HARM, harmed
from geotrack.errors import UsageError
from geotrack.models import Level


class Ledger:
    """Figures and incidents of any number of documents, reconciled; more can be added at any time.

    What it answers does not depend on the order in which facts came. Measures are read and reconciled when
    they are first asked for, and again only when a fact of theirs has been added. Several threads may ask.

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
        check_confidence(min_confidence)
        self._begin(Nesting(gazetteer), min_confidence)
        self.add(figures, incidents)

    def _begin(self, nesting: Nesting, min_confidence: float) -> None:
        self.nesting = nesting
        self._min_confidence = min_confidence
        self._merger = Merger(self.nesting)
        self._lock = RLock()
        self._unread: dict[str, list[pd.DataFrame]] = {}
        self._left_out: dict[str, list[pd.DataFrame]] = {}
        self._tellings: list[Telling] = []
        self._rejected: list[Telling] = []
        self._derived: dict[str, list[Observation]] = {}
        self._lost: dict[str, dict[str, str]] = {}
        self._merged_tellings: list[list[Telling]] | None = None
        self._sieves: WeakSet[_Sieved] = WeakSet()
        self._scopes: dict[tuple[str, Level], UnitsOfLevel] = {}

    def sieved(self, min_confidence: float) -> Ledger:
        """Return the ledger of those facts that are sure enough, as it would be made of their tables.

        It shares with this one what was read, compared and merged of the facts that both hold. What is added
        to this one later is not in it.

        Raises
        ------
        UsageError
            If `min_confidence` is not from 0 to 1, or this ledger is itself without its less sure facts.
        """
        check_confidence(min_confidence)
        if self._min_confidence > 0:
            raise UsageError(
                f"Facts below a confidence of {self._min_confidence:g} are not in this ledger. "
                "Sieve the whole one."
            )
        with self._lock:
            found = _Sieved(self, min_confidence)
            self._sieves.add(found)
        return found

    def revised(
        self, document_ids: Collection[str], figures: pd.DataFrame, incidents: pd.DataFrame
    ) -> Ledger:
        """Return a ledger in which some documents state other facts; this one stays as it is.

        It shares with this one what was read, compared and merged of all that stays the same.

        Parameters
        ----------
        document_ids
            The documents of which nothing that this ledger holds is to be taken over.
        figures, incidents
            What they state now; nothing of any other document.
        """
        with self._lock:
            return _Revised(self, document_ids, figures, incidents)

    def add(self, figures: pd.DataFrame, incidents: pd.DataFrame | None = None) -> None:
        """Take in the facts of further documents; none of them may be in the ledger already."""
        for sieve in self._sieves:
            sieve._read()  # noqa: SLF001 - what it takes in when it is asked first must be of before
        for measure, rows in figures.groupby("measure", sort=False):
            self._unread.setdefault(str(measure), []).append(rows)
        if incidents is not None:
            tellings, _ = read_tellings(incidents, self.nesting, self._min_confidence)
            self._tellings += tellings
            self._rejected += read_rejected(incidents, self.nesting, self._min_confidence)
        self._derived.clear()
        self._lost.clear()
        self._merged_tellings = None

    def _read(self, *measures: str) -> None:
        """Take in the figures of some measures, of all without any, that nobody has asked for yet."""
        with self._lock:
            for measure in measures or [*self._unread]:
                for rows in self._unread.pop(measure, ()):
                    statements, left_out = read_statements(rows, self.nesting, self._min_confidence)
                    self._merger.add(statements)
                    self._left_out.setdefault(measure, []).append(left_out)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of which something is stated, sorted."""
        self._read()
        return self._merger.measures

    @property
    def min_confidence(self) -> float:
        """How sure a fact has to be to be counted, 0 to 1."""
        return self._min_confidence

    def observations(self, *measures: str) -> Observations:
        """Return what is stated of some measures, of all without any; nothing that only follows from it."""
        asked = measures or self.measures
        self._read(*asked)
        with self._lock:
            merged = [self._merger.merged(measure) for measure in asked]
        return Observations(
            tuple(one for items, _ in merged for one in items),
            tuple(one for _, conflicts in merged for one in conflicts),
            self.refused(*measures)[["figure_id", "reason"]],
        )

    def refused(self, *measures: str) -> pd.DataFrame:
        """Return the figures of some measures (of all without any) that are no observations, and why."""
        self._read(*measures)
        found = [table for one in measures or self._left_out for table in self._left_out.get(one, ())]
        refused = pd.concat([typed((), REFUSED_COLUMNS), *found], ignore_index=True)
        return refused.sort_values("figure_id", ignore_index=True)

    def standing(self, measure: str) -> list[Observation]:
        """Return what stands of a measure and what follows from it.

        What lost a conflict is gone, what won one is a bound. Running totals of a series are joined by what
        they grew by, parts of the measure by their sums, incidents by whom they harmed.
        """
        with self._lock:
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
        with self._lock:
            if measure not in self._lost:
                seen = self.observations(measure)
                lost = seen.set_aside()
                standing = (one for one in seen.items if one.id not in lost)
                self._lost[measure] = lost | self._merger.contradictions(measure).outvoted(standing)
            return self._lost[measure]

    def known(self, measure: str) -> Known:
        """Return what is stated of a measure, what of it does not stand, and what does and follows."""
        return Known(self.observations(measure).items, self.set_aside(measure), self.standing(measure))

    def units_of(self, adm0: str, level: Level) -> UnitsOfLevel:
        """Return the units of a country's level, and where among them what is stated belongs."""
        return self._scopes.setdefault((adm0, level), UnitsOfLevel(adm0, level, self.nesting))

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
        with self._lock:
            if self._merged_tellings is None:
                self._merged_tellings = merge_tellings(self._tellings, self.nesting)
            return self._merged_tellings


class _Sieved(Ledger):
    """The facts of a whole ledger that are sure enough; each measure is taken over when it is asked for."""

    def __init__(self, whole: Ledger, min_confidence: float) -> None:
        self._begin(whole.nesting, min_confidence)
        self._whole = whole
        self._untaken = {*whole._unread, *whole._left_out}  # noqa: SLF001 - of its own kind, here and below
        self._tellings = [one for one in whole._tellings if one.sureness >= min_confidence]  # noqa: SLF001
        self._rejected = [*whole._rejected]  # noqa: SLF001 - a person's word is sure

    def _read(self, *measures: str) -> None:
        with self._lock:
            taken = self._untaken.intersection(measures) if measures else {*self._untaken}
            for measure in taken:
                self._take(measure)
            self._untaken -= taken
        super()._read(*measures)

    def _take(self, measure: str) -> None:
        whole = self._whole
        with whole._lock:  # noqa: SLF001
            whole._read(measure)  # noqa: SLF001
            self._merger.take(whole._merger, measure, lambda one: one.sureness >= self._min_confidence)  # noqa: SLF001
            gone = doubted(whole._merger.statements(measure), self._min_confidence)  # noqa: SLF001
            self._left_out[measure] = [*whole._left_out.get(measure, ()), gone]  # noqa: SLF001


class _Revised(Ledger):
    """A ledger with other facts of some documents."""

    def __init__(
        self, before: Ledger, document_ids: Collection[str], figures: pd.DataFrame, incidents: pd.DataFrame
    ) -> None:
        self._begin(before.nesting, before.min_confidence)
        before._read()  # noqa: SLF001 - of its own kind, here and below
        gone = frozenset(document_ids)
        touched = {*figures["measure"]}
        for measure, tables in before._left_out.items():  # noqa: SLF001
            self._left_out[measure] = [table[~table.index.isin(gone)] for table in tables]
            if not self._merger.take(before._merger, measure, lambda one: one.document_id not in gone):  # noqa: SLF001
                touched.add(measure)
        self._tellings = [one for one in before._tellings if one.document_id not in gone]  # noqa: SLF001
        self._rejected = [one for one in before._rejected if one.document_id not in gone]  # noqa: SLF001
        kept = len(self._tellings)
        self.add(figures, incidents)
        if len(self._tellings) == kept == len(before._tellings):  # noqa: SLF001
            self._merged_tellings = before._merged_tellings  # noqa: SLF001
        else:
            touched |= HARM
        lost, derived = before._lost, before._derived  # noqa: SLF001
        self._lost = {one: told for one, told in lost.items() if one not in touched}
        self._derived = {one: told for one, told in derived.items() if touched.isdisjoint(with_parts(one))}


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
