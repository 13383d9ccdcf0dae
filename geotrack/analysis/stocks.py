"""Levels at a date (contaminated land, people at risk): the latest of each place, never summed over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation
from geotrack.analysis.summaries import Sum, Unused, describe, finer_only

# Levels of different places that lie further apart describe different states of the land.
OLDEST_ADDED = dt.timedelta(days=365)


def _as_of(observation: Observation) -> dt.date:
    return observation.end or dt.date.min


def _newest(observations: Sequence[Observation]) -> Observation:
    """Return the level that stands for a place: the latest, then the one that claims least."""
    return max(observations, key=lambda one: (_as_of(one), one.qualifier == "exact", -one.value, one.id))


def latest_level(unit_id: str, inside: Sequence[Observation], nesting: Nesting) -> Sum:
    """Return what the level of a unit is.

    The unit's own latest level stands. Without one, the latest levels of disjoint places in it are added
    when they are no more than a year older than the newest; percents never are. What these come to is a lower
    bound of the unit's level and never it (`finer_only`): of the rest of the unit nothing is told.

    Cost: linear in observations, times the depth of their places.
    """
    own = [one for one in inside if one.place_ids == (unit_id,)]
    unused: Unused = []
    if own:
        chosen = [_newest(own)]
        exact = chosen[0].qualifier == "exact" and chosen[0].value_max is None
    elif inside[0].unit == "percent":
        percents = "a percent of a part says nothing of the whole"
        return Sum({}, (), [(figure, percents) for one in inside for figure in one.figure_ids])
    else:
        chosen, exact = _disjoint(inside, nesting), False
    kept = {one.id for one in chosen}
    for one in inside:
        if one.id not in kept:
            unused += [(figure, _why_unused(one, chosen, own)) for figure in one.figure_ids]
    row = describe(chosen)
    approx = any(one.qualifier == "approx" for one in chosen)
    row["qualifier"] = "approx" if approx else "exact" if exact else "at_least"
    firm = [one.value for one in chosen if one.qualifier != "approx"]
    row["lower"] = sum(firm) if firm else float("nan")
    row["start"] = None
    row["finer_only"] = finer_only(chosen, unit_id)
    return Sum(row, chosen, unused)


def _disjoint(inside: Sequence[Observation], nesting: Nesting) -> list[Observation]:
    """Return the newest levels of places that do not overlap, none a year older than the newest."""
    newest = _newest(inside)
    chosen = [newest]
    order = sorted(inside, key=lambda one: (_as_of(one), one.qualifier == "exact", -one.value, one.id))
    for one in reversed(order):
        fresh = _as_of(newest) == _as_of(one) or (
            one.end is not None and newest.end is not None and newest.end - one.end <= OLDEST_ADDED
        )
        if fresh and not any(_overlap(one, other, nesting) for other in chosen):
            chosen.append(one)
    return chosen


def _overlap(one: Observation, other: Observation, nesting: Nesting) -> bool:
    on = min((day for day in (one.end, other.end) if day), default=None)
    return any(nesting.overlap(a, b, on) for a in one.place_ids for b in other.place_ids)


def _why_unused(observation: Observation, chosen: Sequence[Observation], own: Sequence[Observation]) -> str:
    """Say why a level of a unit, or of a place in it, is not part of its total."""
    if observation in own:
        return "a later level of the same place stands"
    if own:
        return "a level of a part: the unit's own level stands"
    newest = max(_as_of(one) for one in chosen)
    if newest - _as_of(observation) > OLDEST_ADDED:
        return "more than a year older than the newest level"
    return "a later level of the same or an overlapping place stands"
