"""Flags between the figures of one document: second units, parts, repetitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.quantities import AREA_UNITS
from geotrack.models import Figure

# Two renderings of one area may differ by their rounding.
ALT_TOLERANCE = 0.06
# Two tellings of one value differ by no more than this share: 5,000 is no telling of 5,133.
SAME_VALUE = 0.0005
MOST_PARTS = 8  # parts that one total is split into
PART_REACH = 400  # characters between a total and its last part
ALT_REACH = 40  # characters between a quantity and its second rendering


def mark_flags(figures: Sequence[Figure], text: str) -> list[Figure]:
    """Mark second renderings (`alt`) and repetitions (`restatement`), in order of the text."""
    return _mark_restatements(_mark_parts(_mark_alternatives(list(figures), text)))


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
    for figure in figures:
        twin = next((i for i, k in enumerate(kept) if _restates(k, figure)), None)
        if twin is None or "alt" in figure.flags or "subset" in figure.flags:
            kept.append(figure)
        elif _fullness(figure) > _fullness(kept[twin]):
            kept[twin] = replace(kept[twin], flags=(*kept[twin].flags, "restatement"))
            kept.append(figure)
        else:
            kept.append(replace(figure, flags=(*figure.flags, "restatement")))
    return kept


def _restates(one: Figure, other: Figure) -> bool:
    if one.measure != other.measure or {"alt", "restatement", "subset"} & set(one.flags):
        return False
    same_place = {p.adm0 for p in one.places} == {p.adm0 for p in other.places}
    known = (
        one.start is not None and other.start is not None and "start" not in (*one.inferred, *other.inferred)
    )
    same_time = not known or (one.start, one.end) == (other.start, other.end)
    close = abs(one.value_si - other.value_si) <= SAME_VALUE * one.value_si
    return same_place and same_time and close


def _fullness(figure: Figure) -> tuple[bool, bool, bool]:
    placed = any(p.level != "country" for p in figure.places) and "places" not in figure.inferred
    dated = figure.start is not None and "start" not in figure.inferred
    return placed or dated, dated, figure.qualifier == "exact"
