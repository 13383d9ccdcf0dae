"""Which observations cannot stand beside the others: a day that holds more than its year.

What exceeds that which holds it (`containment`) contradicts it. Of two that contradict each other so, the one
that more others contradict is set aside; among equals the greater, for a total is to be a lower bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush

from geotrack.analysis.containment import Contents
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation

TOO_MUCH = "conflict, more than is stated for a longer time that holds it"
TOO_LITTLE = "conflict, less than is stated for shorter times that it holds"
TOO_MUCH_HERE = "conflict, more than is stated for a wider place that holds it"
TOO_LITTLE_HERE = "conflict, less than is stated for places that it holds"


class Contradictions:
    """Which observations of one measure cannot stand beside others, asked of any of them.

    Notes
    -----
    Cost: that of `Contents.pairs`, once; then n log n in pairs that contradict each other.
    """

    def __init__(self, items: Iterable[Observation], nesting: Nesting) -> None:
        self._items, self._nesting = tuple(items), nesting

    @cached_property
    def _same_days(self) -> dict[tuple[str, str], bool]:
        flows = [one for one in self._items if one.measure not in STOCK_MEASURES]
        return {
            (whole.observation.id, part.observation.id): (whole.start, whole.end) == (part.start, part.end)
            for whole, part in Contents(flows, self._nesting).pairs()
        }

    def outvoted(self, items: Iterable[Observation]) -> dict[str, str]:
        """Return the ids of those of some observations that the others contradict, each with the reason."""
        values = {one.id: one.value for one in items if one.measure not in STOCK_MEASURES}
        pairs = self._same_days.items()
        return _gone({pair: same for pair, same in pairs if pair[0] in values and pair[1] in values}, values)


def _gone(same_days: Mapping[tuple[str, str], bool], values: Mapping[str, float]) -> dict[str, str]:
    """Return what is set aside of pairs of a whole and a part, the most contradicted first.

    `same_days` says of each pair whether they are of the same days, and so of different places.
    """
    over: dict[str, set[str]] = defaultdict(set)  # what a part exceeds
    under: dict[str, set[str]] = defaultdict(set)  # what exceeds a whole
    for whole, part in same_days:
        over[part].add(whole)
        under[whole].add(part)
    counts = {one: len(over[one]) + len(under[one]) for one in {*over, *under}}
    # Never how many tell it: a copy changes nothing.
    queue = [(-count, -values[one], _Last(one)) for one, count in counts.items()]
    heapify(queue)
    gone: dict[str, str] = {}
    while queue:
        count, _, worst = heappop(queue)
        if worst.id in gone or -count != counts[worst.id] or not count:
            continue  # it was contradicted by more when it was put here
        gone[worst.id] = _reason(worst.id, over[worst.id], under[worst.id], same_days)
        for sides, others in ((under, over[worst.id]), (over, under[worst.id])):
            for other in others:
                sides[other].discard(worst.id)
                counts[other] -= 1
                heappush(queue, (-counts[other], -values[other], _Last(other)))
    return gone


def _reason(
    worst: str, over: Iterable[str], under: Iterable[str], same_days: Mapping[tuple[str, str], bool]
) -> str:
    """Return why an observation goes: what it exceeds, else what exceeds it, of other days if any is."""
    places = [same_days[whole, worst] for whole in over]
    if places:
        return TOO_MUCH_HERE if all(places) else TOO_MUCH
    return TOO_LITTLE_HERE if all(same_days[worst, part] for part in under) else TOO_LITTLE


class _Last(str):
    """An id that sorts from the last to the first."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The id itself."""
        return str(self)

    def __lt__(self, other: str) -> bool:
        """Tell whether this comes after the other by name."""
        return str.__gt__(self, other)
