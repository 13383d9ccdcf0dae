"""Flags between the figures of one document: second units, parts, repetitions."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from geotrack.extraction.quantities import AREA_UNITS
from geotrack.models import Figure

# Days of one value that are looked through for those that differ by their end.
_TOLD = 4
_Period = tuple[dt.date | None, dt.date | None]
# Two renderings of one area may differ by their rounding.
ALT_TOLERANCE = 0.06
# Two tellings of one value differ by no more than this share: 5,000 is no telling of 5,133.
SAME_VALUE = 0.0005
SUM_TOLERANCE = 0.005  # parts are rounded
MOST_PARTS = 8  # parts that one total is split into
PIECE = 10  # land so many times as large is no other count of it
PART_REACH = 400  # characters between a total and its last part
ALT_REACH = 40  # characters between a quantity and its second rendering


def mark_flags(figures: Sequence[Figure], text: str) -> list[Figure]:
    """Mark second renderings (`alt`) and repetitions (`restatement`), in order of the text."""
    dated = _date_wholes(_mark_alternatives(list(figures), text))
    return _mark_restatements(_mark_pieces(_mark_parts(dated)))


def _mark_pieces(figures: list[Figure]) -> list[Figure]:
    """Mark land as a part of far more of the same places and day: "142,000 km² …; 235 km² were marked"."""
    most: dict[tuple[frozenset[str], dt.date | None], float] = {}
    levels = [i for i, f in enumerate(figures) if f.measure == "area_contaminated" and "alt" not in f.flags]
    for i in levels:
        key = _scope(figures[i])
        most[key] = max(most.get(key, 0.0), figures[i].value_si)
    for i in levels:
        if figures[i].value_si * PIECE < most[_scope(figures[i])] and not figures[i].part:
            figures[i] = replace(figures[i], flags=tuple(dict.fromkeys((*figures[i].flags, "subset"))))
    return figures


def _scope(figure: Figure) -> tuple[frozenset[str], dt.date | None]:
    return frozenset(p.id for p in figure.places), figure.end


def _date_wholes(figures: list[Figure]) -> list[Figure]:
    """Give a sum without a start the stretch of its parts: "50 ha (2023: 30; 2024: 20)" are of both years."""
    for i, whole in enumerate(figures):
        if whole.start is not None and "start" not in whole.inferred:
            continue
        parts = _parts_in_time(figures[i + 1 : i + 1 + MOST_PARTS], whole)
        if parts:
            start, end = min(p.start for p in parts if p.start), max(p.end for p in parts if p.end)
            marks = tuple(dict.fromkeys((*whole.inferred, "start", "end")))
            figures[i] = replace(whole, start=start, end=end, basis="period", inferred=marks)
    return figures


def _parts_in_time(figures: Sequence[Figure], whole: Figure) -> list[Figure]:
    """Return the figures that make up one of the same sentence, if each has days of its own."""
    total, parts = 0.0, list[Figure]()
    for figure in figures:
        same = figure.measure == whole.measure and figure.sentence_span == whole.sentence_span
        if not same or figure.start is None or figure.end is None:
            break
        total, parts = total + figure.value_si, [*parts, figure]
        if abs(total - whole.value_si) <= SUM_TOLERANCE * whole.value_si:
            return parts if len({p.start for p in parts}) == len(parts) > 1 else []
    return []


def _mark_alternatives(figures: list[Figure], text: str) -> list[Figure]:
    for i in range(len(figures) - 1):
        one, other = figures[i], figures[i + 1]
        between = text[one.span[1] : other.span[0]]
        if (
            one.unit in AREA_UNITS
            and other.unit in AREA_UNITS
            and one.unit != other.unit
            and one.measure == other.measure
            and len(between) <= ALT_REACH
            and abs(one.value_si - other.value_si) <= ALT_TOLERANCE * max(one.value_si, other.value_si)
        ):
            figures[i + 1] = replace(
                other,
                flags=(*other.flags, "alt"),
                alt_of=one.id,
                places=one.places,
                start=one.start,
                end=one.end,
            )
    return figures


def _mark_parts(figures: list[Figure]) -> list[Figure]:
    """Mark the figures that make up the one before them: "65 killed: 12 children and 53 adults"."""
    for i, whole in enumerate(figures):
        total = 0.0
        parts: list[int] = []
        for j in range(i + 1, min(i + 1 + MOST_PARTS, len(figures))):
            if not _may_be_part(whole, figures[j]):
                break
            total, parts = total + figures[j].value_si, [*parts, j]
            if total >= whole.value_si:
                break
        if len(parts) > 1 and total == whole.value_si:
            for j in parts:
                figures[j] = replace(figures[j], flags=tuple(dict.fromkeys((*figures[j].flags, "subset"))))
    return figures


def _may_be_part(whole: Figure, figure: Figure) -> bool:
    """Tell whether a figure can be a part of another: the same measure, places and period, behind it."""
    return (
        figure.measure == whole.measure
        and figure.places == whole.places
        and (figure.start, figure.end) == (whole.start, whole.end)
        and figure.value_si < whole.value_si
        and figure.span[0] - whole.span[1] <= PART_REACH
        and not {"alt", "malformed"} & set(figure.flags)
    )


def _mark_restatements(figures: list[Figure]) -> list[Figure]:
    """Mark all but the fullest telling of one measure and value."""
    kept: list[Figure] = []
    tellings = _Tellings()
    for figure in figures:
        twin = tellings.find(figure, kept)
        if twin is None or "alt" in figure.flags or "subset" in figure.flags:
            tellings.add(figure, len(kept))
            kept.append(figure)
        elif _fullness(figure) > _fullness(kept[twin]) or _ends_it(figure, kept[twin]):
            tellings.drop(kept[twin])
            kept[twin] = _restating(kept[twin], figure)
            tellings.add(figure, len(kept))
            kept.append(figure)
        else:
            kept.append(_restating(figure, kept[twin]))
    return kept


def _restating(figure: Figure, fuller: Figure) -> Figure:
    """Return a figure as the restatement of a fuller one, until whose as-of day it holds, too."""
    end = fuller.end if _differ_by_end(fuller, figure) else figure.end
    return replace(figure, flags=(*figure.flags, "restatement"), end=end)


class _Tellings:
    """The values told so far, looked up by measure, countries and size, so that time stays linear.

    Of one value the first telling of each period is kept; None stands for a period without a stated start.
    """

    def __init__(self) -> None:
        self._told: dict[tuple[str, frozenset[str], int], dict[_Period | None, int]] = {}

    def add(self, figure: Figure, index: int) -> None:
        """Remember a figure that a later one may repeat."""
        if not {"alt", "subset"} & set(figure.flags):
            self._told.setdefault(_key(figure), {}).setdefault(_period(figure), index)

    def drop(self, figure: Figure) -> None:
        """Forget a figure that a fuller one has taken the place of."""
        self._told.get(_key(figure), {}).pop(_period(figure), None)

    def find(self, figure: Figure, kept: Sequence[Figure]) -> int | None:
        """Return the first figure that another repeats: the same value and countries, no other period."""
        measure, countries, size = _key(figure)
        period = _period(figure)
        found: list[int] = []
        for near in (size - 1, size, size + 1):
            told = self._told.get((measure, countries, near), {})
            fitting = [told.get(period), told.get(None)] if period else [next(iter(told.values()), None)]
            fitting += [i for i in islice(told.values(), _TOLD) if _differ_by_end(kept[i], figure)]
            found += [
                i
                for i in fitting
                if i is not None
                and _same_value(kept[i], figure)
                and not (_is_elsewhere(kept[i], figure) or _is_beside(kept[i], figure))
            ]
        return min(found, default=None)


def _ends_it(figure: Figure, told: Figure) -> bool:
    """Tell whether a figure states the as-of day of a total that was told without one."""
    return "end" not in figure.inferred and _differ_by_end(figure, told)


def _differ_by_end(one: Figure, other: Figure) -> bool:
    """Tell whether two totals since one day differ by their end only, which one of them does not state."""
    ends = {"end" in one.inferred, "end" in other.inferred}
    running = one.basis == other.basis == "cumulative" and one.start is not None
    return running and one.start == other.start and len(ends) > 1


def _key(figure: Figure) -> tuple[str, frozenset[str], int]:
    size = math.floor(math.log(figure.value_si) / SAME_VALUE)
    return figure.measure, frozenset(p.adm0 for p in figure.places), size


def _period(figure: Figure) -> _Period | None:
    """Return the days of a figure whose start is stated, else None: such a telling fits any period."""
    stated = figure.start is not None and "start" not in figure.inferred
    return (figure.start, figure.end) if stated else None


def _same_value(one: Figure, other: Figure) -> bool:
    return abs(one.value_si - other.value_si) <= SAME_VALUE * one.value_si


def _is_elsewhere(one: Figure, other: Figure) -> bool:
    """Tell whether two figures name places that have nothing in common: 45 ha in A, 45 ha in B."""
    wide = {"country", "region"}
    if any("places" in f.inferred or any(p.level in wide for p in f.places) for f in (one, other)):
        return False
    units = [{i for p in f.places for i in (p.id, p.adm1, p.adm2) if i} for f in (one, other)]
    return units[0].isdisjoint(units[1])


def _is_beside(one: Figure, other: Figure) -> bool:
    """Tell whether two numbers of one sentence count two things: "one rocket and one shell were found"."""
    return one.unit == "count" and one.sentence_span == other.sentence_span


def _fullness(figure: Figure) -> tuple[bool, bool, bool]:
    placed = any(p.level != "country" for p in figure.places) and "places" not in figure.inferred
    dated = figure.start is not None and "start" not in figure.inferred
    return placed or dated, dated, figure.qualifier == "exact"
