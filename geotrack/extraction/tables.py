"""Tables: rows of cells, where the head of a column and the label of a row say what a number counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geotrack.extraction.days import Days
from geotrack.extraction.drafts import Cell, Draft, draft_figures, labelled
from geotrack.extraction.labels import Label, label_of
from geotrack.extraction.nouns import EXPLOSIVE
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup
from geotrack.extraction.predicates import Governor, measure_of
from geotrack.extraction.quantities import AREA_UNITS
from geotrack.extraction.scene import Scene
from geotrack.extraction.scopes import within_brackets
from geotrack.extraction.sentences import CELL_GAP
from geotrack.extraction.times import TimeExpression


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a column says of its cells."""

    label: Label | None
    times: tuple[TimeExpression, ...]
    groups: tuple[PlaceGroup, ...]
    total: bool = False


# Words that the head of a column has at most, and the works that the label of a row names.
_LONGEST_HEAD = 7
_WORKS = frozenset({"cleared", "surveyed", "released"})
_VICTIMS = Label("victim", "people")


@dataclass(slots=True)
class Table:
    """The table that is being read: its columns, and what its caption says of them."""

    caption: Label | None
    carried: str | None
    columns: tuple[Column, ...] | None = None
    harms: bool = False
    years: tuple[TimeExpression, ...] = ()
    above: Column | None = None

    def drafts(self, passage: Passage, scene: Scene) -> list[Draft]:
        """Return the drafts of one row; the first row without a number is the head of the columns."""
        cells = cells_of(passage)
        columns = [_column(passage, scene, *cell) for cell in cells]
        counted = [q for q in passage.quantities if q.head != "other"]
        if self.columns is None and not counted:
            box = any(last - first > _LONGEST_HEAD for first, last in cells[1:])  # of facts, without a head
            self.columns = () if box else _with_totals(columns)
            return []
        if not counted or not columns:
            return []
        row = self._dated(self._summed(columns[0]))
        row = self.above if cells[0][0] == cells[0][1] and self.above is not None else row
        self.above = row
        columns = [row, *columns[1:]]
        found = []
        for draft in draft_figures(passage, self._verb(row), ()):
            at = next((i for i, (first, last) in enumerate(cells) if first <= draft.quantity.first < last), 0)
            found.append(_done_in_row(self._of_cell(draft, at, columns), row, at))
        return found

    def _summed(self, row: Column) -> Column:
        """Let the total below rows of killed and injured count casualties."""
        if row.label is not None and row.label.predicate in {"killed", "injured"}:
            self.harms = True
        return replace(row, label=_VICTIMS) if self.harms and row.total and row.label is None else row

    def _dated(self, row: Column) -> Column:
        """Let the total below rows of years be of all of them."""
        self.years += row.times
        days = [t.days for t in self.years if t.days is not None]
        if row.times or not row.total or row.groups or not days:
            return row
        whole = Days(min(d.start for d in days), max(d.end for d in days), "range")
        return replace(row, times=(replace(self.years[-1], days=whole),))

    def _verb(self, row: Column) -> str | None:
        """Return the predicate that a row goes on with: of its label, else of the caption."""
        named = (row.label, self.caption)
        return next((label.predicate for label in named if label and label.predicate), self.carried)

    def _of_cell(self, draft: Draft, at: int, columns: Sequence[Column]) -> Draft:
        heads = self.columns[at : at + 1] if self.columns and len(self.columns) >= len(columns) else ()
        sources = [*([columns[at]] if at else []), *heads, *([columns[0]] if at else [])]
        sides = [columns[at], columns[0], *heads]
        own = tuple(within_brackets(draft.passage, columns[at].times, draft.quantity.first))
        dated = [own, *(_periods(s.times) if s in heads else s.times for s in sides[1:])]
        cell = Cell(next((t for t in dated if t), ()), next((s.groups for s in sides if s.groups), ()))
        told = draft.governor.phrase if draft.governor else None
        if draft.quantity.head != "bare" or (told is not None and self._holds(draft.passage, at, told.first)):
            return replace(draft, cell=cell)
        for source in sources:
            if source.label is not None and source.label.head is not None and source is not columns[at]:
                named = labelled(draft.passage, draft.quantity, self._completed(source.label, sources))
                if named is not None:
                    return replace(named, cell=cell)
        named = self._by_caption(draft) if at else None
        return replace(named, cell=cell) if named else draft

    def _by_caption(self, draft: Draft) -> Draft | None:
        """Return the draft of a number that only the caption explains: "Contaminated land, km2"."""
        counting = any(c.label and c.label.head for c in self.columns or ())
        return (
            labelled(draft.passage, draft.quantity, self.caption) if self.caption and not counting else None
        )

    @staticmethod
    def _holds(passage: Passage, at: int, word: int) -> bool:
        """Tell whether a word stands in the cell of that number."""
        first, last = cells_of(passage)[at]
        return first <= word < last

    def _completed(self, label: Label, sources: Sequence[Column]) -> Label:
        """Give a label its verb: its own, that of the other side or the caption, else the usual one."""
        if label.predicate is not None:
            return label
        others = [s.label.predicate for s in sources if s.label is not None and s.label.predicate]
        caption = self.caption.predicate if self.caption else None
        verb = next(iter(others), None) or caption or self.carried
        if verb is None and self._is_of_clearance():
            verb = "cleared" if label.unit in AREA_UNITS else "found"
        return replace(label, predicate=verb)

    def _is_of_clearance(self) -> bool:
        """Tell whether the columns name mines or munitions: such a table tells what was found and cleared."""
        return any(c.label and c.label.head in EXPLOSIVE for c in self.columns or ())


def _done_in_row(draft: Draft, row: Column, at: int) -> Draft:
    """Read land under the label of a work as done: "Demining in 2008 | Mined areas: 5 km²"."""
    verb = row.label.predicate if row.label else None
    named = draft.measure in {None, "area_contaminated"} and draft.quantity.head == "area"
    if not at or not named or verb not in _WORKS:
        return draft
    measure = measure_of("area", verb)
    governor = Governor(verb, None, "done", 0.0, inherited=True)
    return replace(draft, measure=measure, governor=governor, refusal=None)


def _periods(times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """Return the times that can head a column; a single day in the first row is a cell of its own."""
    return tuple(t for t in times if t.days is None or t.days.precision != "day")


def cells_of(passage: Passage) -> list[tuple[int, int]]:
    """Return the word indices of the cells of a row, without those left and right of the outer pipes."""
    text, start = passage.tagged.text, passage.sentence.start - passage.start
    end = len(text)
    bounds, at = [], start
    for gap in CELL_GAP.finditer(text, start, end):
        if gap.start() > start and at < gap.start() + 1 and gap.start() != at:
            bounds.append((at, gap.start()))
        elif at == gap.start() and at > start:
            bounds.append((at, at))
        at = gap.end()
    if at < end:
        bounds.append((at, end))
    return [_words_between(passage, *span) for span in bounds]


def _words_between(passage: Passage, start: int, end: int) -> tuple[int, int]:
    inside = [k for k, w in enumerate(passage.tagged.words) if start <= w.start < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _column(passage: Passage, scene: Scene, first: int, last: int) -> Column:
    if first == last:
        return Column(None, (), ())
    times = tuple(t for t in passage.times if first <= t.first < last and t.days is not None)
    groups = tuple(g for g in scene.groups if first <= g.first < last and not g.actor)
    total = any(passage.tagged.has(k, "total") for k in range(first, last))
    return Column(label_of(passage.tagged, first, last), times, groups, total)


def _with_totals(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Let a total beside columns of killed and injured count casualties."""
    if not any(c.label and c.label.predicate in {"killed", "injured"} for c in columns):
        return tuple(columns)
    return tuple(replace(c, label=_VICTIMS) if c.total and c.label is None else c for c in columns)
