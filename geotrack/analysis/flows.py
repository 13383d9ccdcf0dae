"""What happened over time in a unit: the greatest sum of observations that share no day and place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geotrack.analysis.agreement import bounds
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.schedule import FIRST_DAY, LAST_DAY, Interval, heaviest_disjoint, weight_of
from geotrack.analysis.summaries import Sum, describe, finer_only
from geotrack.analysis.tolls import INCIDENTS
from geotrack.analysis.windows import Window

PER_MILLE = 1000  # weights are whole thousandths of a unit: no order of addition changes their sum


def interval_of(observation: Observation, path: tuple[str, ...]) -> Interval:
    """Return the days of an observation at a place, and what choosing it is worth, in thousandths."""
    value = round(observation.value * PER_MILLE)
    firm = value if observation.qualifier != "approx" else 0
    return Interval(
        start=observation.start.toordinal() if observation.start else FIRST_DAY,
        end=observation.end.toordinal() if observation.end else LAST_DAY,
        path=path,
        # The sum first; among equal sums the firmer, then what is stated in more reports, not derived.
        weight=(value, firm, -1 if observation.derived else 1),
        id=observation.id,
    )


def firm_intervals(dated: Iterable[Observation], intervals: Mapping[str, Interval]) -> Iterator[Interval]:
    """Yield those intervals that a lower bound may rest on: no approximate value raises one."""
    for one in dated:
        if one.qualifier != "approx":
            interval = intervals[one.id]
            yield replace(interval, weight=(interval.weight[1], 0, 1))


def flow_total(unit_id: str, inside: Sequence[Observation], nesting: Nesting, window: Window) -> Sum:
    """Return what happened in a unit within a window."""
    dated = [one for one in inside if one.start or one.end] or list(inside)
    by_id = {one.id: one for one in dated}
    paths = {one.id: path_of(one, unit_id, nesting) for one in dated}
    intervals = {one.id: interval_of(one, paths[one.id] or ()) for one in dated}
    best = heaviest_disjoint(intervals.values())
    firm = heaviest_disjoint(firm_intervals(dated, intervals))
    # Where no set weighs anything, nothing happened: any one says so.
    chosen = [
        by_id[interval.id] for interval in best or sorted(intervals.values(), key=lambda one: one.id)[:1]
    ]
    spread = [interval for interval in intervals.values() if paths[interval.id] is None]
    row = describe(chosen)
    used = {figure for one in chosen for figure in one.figure_ids}
    kept = {one.id for one in chosen}
    unused = [one for one in inside if one.id not in kept and not one.derived]
    row["qualifier"] = qualifier_of(weight_of(best)[0], chosen, inside, unit_id, window)
    row["finer_only"] = finer_only(chosen, unit_id)
    row["lower"] = weight_of(firm)[0] / PER_MILLE if firm else math.nan
    row["gap"] = _gap(intervals, spread, weight_of(best)[0]) / PER_MILLE
    gone = [(figure, one) for one in unused for figure in one.figure_ids if figure not in used]
    return Sum(row, chosen, [(figure, _why_unused(one, chosen)) for figure, one in gone])


def _why_unused(observation: Observation, chosen: Sequence[Observation]) -> str:
    if observation.start is None and observation.end is None:
        return "its period is unknown and other figures are dated"
    if any(one.place_ids == observation.place_ids for one in chosen):
        return "shares days with figures of the same place that were counted"
    if len(observation.place_ids) > 1 or any(len(one.place_ids) > 1 for one in chosen):
        return "shares days with a group of places that was counted, or is one"
    return "lies in or around a place that was counted for the same days"


def path_of(observation: Observation, unit_id: str, nesting: Nesting) -> tuple[str, ...] | None:
    """Return where in a unit an observation belongs, None when it spreads over places inside it.

    A unit made of others' land stands with them under one step, and is that step while it was their land.
    """
    if observation.place_ids == (unit_id,):
        return ()
    if len(observation.place_ids) > 1 or nesting.place(observation.place_ids[0]).level == "region":
        return None
    path = nesting.path(observation.place_ids[0], unit_id)
    kin = nesting.kin(path[0]) if path else None
    if kin is None:
        return path
    return (kin,) if nesting.was_others_land(path[0], observation.start) else (kin, *path)


def _gap(intervals: Mapping[str, Interval], spread: Sequence[Interval], value: int) -> int:
    """Return by how much the best choice can exceed the one made: nothing where all places nest."""
    if not spread:
        return 0
    apart = {one.id for one in spread}
    nested = heaviest_disjoint(one for one in intervals.values() if one.id not in apart)
    return max(0, weight_of(nested)[0] + sum(one.weight[0] for one in spread) - value)


def qualifier_of(
    value: int, chosen: Sequence[Observation], inside: Sequence[Observation], unit_id: str, window: Window
) -> str:
    """Say how the greatest sum of a unit's observations within a window is to be read.

    `approx` where one of them is; `exact` where exact observations of the unit itself, one after the other,
    fill the window and come to just that sum, and nothing speaks against it: neither others of the unit that
    fill the same days with less, nor another actor's work, which is not in the sum. Else `at_least`: what
    straddles the window's edge makes nothing exact, even where it leaves no more to the window.

    Parameters
    ----------
    value
        The sum, in thousandths of a unit.
    chosen, inside
        What was added, and all that lies inside the window.
    unit_id, window
        The unit and the days; an open window is never filled.

    Notes
    -----
    Cost: n log n.
    """
    if any(one.qualifier == "approx" for one in chosen):
        return "approx"
    actors = {one.done_by for one in chosen}
    alone = all(not one.done_by or one.done_by in actors for one in inside if not one.derived)
    own = [
        one
        for one in inside
        if one.qualifier == "exact"
        and one.place_ids == (unit_id,)
        and one.derived != INCIDENTS  # what nobody reported is in no incident
    ]
    tiling = [(one, -round(one.value * PER_MILLE)) for one in own if one.value_max is None]
    told, least = _tiled(tiling, window), _tiled([(one, bounds(one)[1]) for one in own], window)
    exact = alone and told == -value and math.fsum(bounds(one)[0] for one in chosen) <= least
    return "exact" if exact else "at_least"


def _tiled(items: Iterable[tuple[Observation, float]], window: Window) -> float:
    """Return the least sum of observations that fill a bounded window one after the other; inf if none do."""
    if window.start is None or window.end is None:
        return math.inf
    ends = sorted(
        (one.start.toordinal(), one.end.toordinal() + 1, weight)
        for one, weight in items
        if one.start and one.end
    )
    least = {window.start.toordinal(): 0.0}
    for start, after, weight in ends:
        if start in least:
            least[after] = min(least.get(after, math.inf), least[start] + weight)
    return least.get(window.end.toordinal() + 1, math.inf)
