"""Statements of the same thing become one observation; those that cannot both be true a conflict."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from geotrack.analysis.agreement import bounds, clusters, magnitude, period_of, same_period, same_value
from geotrack.analysis.links import settled
from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Conflict, Observation, far_apart
from geotrack.analysis.outvoting import Contradictions
from geotrack.analysis.statements import Statement

WHOLE = "the greatest, as values three times apart are taken for those of a part and its whole"
FITTING = "the greatest that longer and shorter times do not contradict, as of a part and its whole"


def _same_observation(one: Statement, other: Statement, nesting: Nesting) -> bool:
    actors_agree = one.done_by == other.done_by or not one.done_by or not other.done_by
    on = one.end or one.start
    return (
        actors_agree
        and one.part == other.part
        and same_period(
            period_of(one, stock=one.is_stock),
            period_of(other, stock=other.is_stock),
        )
        and same_value(one, other)
        and nesting.nested(one.place_ids, other.place_ids, on)
    )


def _content_key(stated: Statement, nesting: Nesting) -> tuple[Any, ...]:
    """Return the order in which statements lead: by place, actor, period and precision."""
    far = dt.date.max
    days = (stated.end - stated.start).days if stated.start and stated.end else far.toordinal()
    return (
        nesting.width(stated.place_ids),
        not stated.done_by,
        days,
        stated.qualifier != "exact",
        stated.step,
        stated.start or dt.date.min,
        stated.end or far,
        stated.value,
        stated.value_max or 0.0,
        stated.place_ids,
        tuple(sorted(stated.done_by)),
        stated.part or "",
        stated.qualifier,
        stated.basis,
        stated.rolling,
        stated.malformed,
        stated.unit,
        stated.same_as or "",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Content:
    """What copies of one statement share, and the copies: whichever of them stands for all.

    Copies are never added to one: what came of it before can be told by the object. Its `number` is that of
    what the copies share.
    """

    key: tuple[Any, ...]
    number: int
    copies: tuple[Statement, ...]

    @property
    def stated(self) -> Statement:
        """One of the copies."""
        return self.copies[0]


_Group = tuple[_Content, ...]


@dataclass(slots=True)
class _Agreements:
    """Which contents state the same, by their numbers: asked again for each sieve, and told once."""

    nesting: Nesting
    numbers: Iterator[int] = field(default_factory=count)
    told: dict[tuple[int, int], bool] = field(default_factory=dict)

    def same(self, leader: _Content, one: _Content) -> bool:
        """Tell whether two contents are of one observation."""
        key = leader.number, one.number
        if key not in self.told:
            self.told[key] = _same_observation(leader.stated, one.stated, self.nesting)
        return self.told[key]


class Merger:
    """Statements merged into observations; more may be added at any time, in any order.

    Copies are kept together, so that only what differs is compared, and what an added statement does not
    touch is not merged again.
    """

    def __init__(self, nesting: Nesting) -> None:
        self._nesting = nesting
        self._contents: dict[str, dict[tuple[Any, ...], _Content]] = defaultdict(dict)
        self._known: dict[str, tuple[list[Observation], list[Conflict]]] = {}
        self._before: dict[str, dict[_Group, Observation]] = defaultdict(dict)
        self._contradicting: dict[str, Contradictions] = {}
        self._agreements: dict[str, _Agreements] = {}

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of which there are statements, sorted."""
        return tuple(sorted(measure for measure, contents in self._contents.items() if contents))

    def add(self, statements: Iterable[Statement]) -> None:
        """Take in statements."""
        added: dict[tuple[Any, ...], list[Statement]] = defaultdict(list)
        for one in statements:
            added[one.measure, _content_key(one, self._nesting)].append(one)
        for (measure, key), copies in added.items():
            known = self._contents[measure].get(key)
            number = known.number if known else next(self._agreed(measure).numbers)
            told = (*known.copies, *copies) if known else tuple(copies)
            self._contents[measure][key] = _Content(key, number, told)
            self._known.pop(measure, None)

    def _agreed(self, measure: str) -> _Agreements:
        return self._agreements.setdefault(measure, _Agreements(self._nesting))

    def statements(self, measure: str) -> Iterator[Statement]:
        """Yield the statements of a measure."""
        for content in self._contents.get(measure, {}).values():
            yield from content.copies

    def take(self, other: Merger, measure: str, stays: Callable[[Statement], bool]) -> bool:
        """Take in those statements of a measure that another merger holds and that stay.

        What is merged of the same statements there is not merged again.

        Returns
        -------
        all_stay
            Whether all were taken.
        """
        contents, all_stay = self._contents[measure], True
        for key, content in other._contents.get(measure, {}).items():
            kept = tuple(filter(stays, content.copies))
            if len(kept) == len(content.copies):
                contents[key] = content
                continue
            all_stay = False
            if kept:
                contents[key] = _Content(key, content.number, kept)
        self._agreements[measure] = other._agreed(measure)
        self._before[measure] = other._before[measure]
        self._known.pop(measure, None)
        if all_stay and measure in other._known:
            self._known[measure] = other._known[measure]
            self._contradicting[measure] = other._contradicting[measure]
        return all_stay

    def merged(self, measure: str) -> tuple[list[Observation], list[Conflict]]:
        """Return the observations of a measure by period, and those that contradict each other."""
        if measure not in self._known:
            # What has not changed is as it was.
            before, now = self._before[measure], {}
            for group in self._groups(measure):
                now[group] = before.get(group) or _merged(group)
            self._before[measure] = now
            items = [*now.values()]
            items.sort(key=lambda one: (one.start or dt.date.min, one.end or dt.date.max, one.id))
            self._contradicting[measure] = Contradictions(items, self._nesting)
            self._known[measure] = items, list(_conflicts(items, self._contradicting[measure]))
        return self._known[measure]

    def contradictions(self, measure: str) -> Contradictions:
        """Return which observations of a measure others contradict by what lies in them."""
        self.merged(measure)
        return self._contradicting[measure]

    def _groups(self, measure: str) -> Iterable[_Group]:
        """Return the contents that state the same, those that a person put together among them."""
        contents = sorted(self._contents.get(measure, {}).values(), key=lambda one: one.key)
        goes = _linked(contents)
        free = [one for one in contents if any(copy.figure_id not in goes for copy in one.copies)]
        groups = clusters(
            free,
            lambda one: _place_in_time(one.stated),
            self._agreed(measure).same,
            lambda one: magnitude(one.stated),
        )
        if goes:
            at = {copy.figure_id: n for n, group in enumerate(groups) for one in group for copy in one.copies}
            for one in contents:
                label = goes.get(one.stated.figure_id, "")
                if not label or one.stated.figure_id in at:
                    continue
                if label not in at:
                    at[label] = len(groups)
                    groups.append([])
                groups[at[label]].append(one)
        return map(tuple, groups)


def _linked(contents: Iterable[_Content]) -> dict[str, str]:
    """Return with which figure each goes that a person linked (`links.settled`)."""
    copies = [copy for one in contents for copy in one.copies]
    said = {one.figure_id: one.same_as for one in copies if one.same_as}
    return settled(said, (one.figure_id for one in copies)) if said else {}


def _merged(group: _Group) -> Observation:
    """Return the observation of statements of one thing, the leading one first.

    The leader has the most specific places; the tightest period and the most precise value stand.
    """
    told = [one.stated for one in group]
    leader = told[0]
    precise = min(told, key=lambda one: (one.qualifier != "exact", one.step))
    tight = min(told, key=lambda one: (one.end - one.start).days if one.start and one.end else 1 << 30)
    copies = sorted((copy for one in group for copy in one.copies), key=lambda one: one.figure_id)
    return Observation(
        id=copies[0].figure_id,
        measure=leader.measure,
        value=precise.value,
        value_max=precise.value_max,
        unit=leader.unit,
        qualifier=precise.qualifier,
        basis=leader.basis,
        place_ids=leader.place_ids,
        start=tight.start,
        end=tight.end,
        done_by=leader.done_by,
        part=leader.part,
        rolling=tight.rolling,
        malformed=precise.malformed,
        step=precise.step,
        rounded=precise.rounded,
        figure_ids=tuple(one.figure_id for one in copies),
        document_ids=tuple(sorted({one.document_id for one in copies})),
        sources=tuple(sorted({one.source for one in copies})),
        statements=tuple(copies),
    )


def _place_in_time(stated: Statement | Observation) -> tuple[Any, ...]:
    """Return what statements of one thing share: measure and unit, then the ends of the period."""
    return (stated.measure, stated.unit), *period_of(stated, stock=stated.measure in STOCK_MEASURES)


def _contradict(one: Observation, other: Observation) -> bool:
    """Tell whether two observations of the same measure and period cannot both be true."""
    actors_agree = one.done_by == other.done_by or not one.done_by or not other.done_by
    same = actors_agree and one.place_ids == other.place_ids and one.part == other.part
    stock = one.measure in STOCK_MEASURES
    same = same and same_period(period_of(one, stock=stock), period_of(other, stock=stock))
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    return same and (low > other_high or other_low > high)


def _preference(observation: Observation) -> tuple[Any, ...]:
    return (
        observation.malformed,
        observation.qualifier != "exact",
        observation.step,
        observation.value,
        observation.start or dt.date.min,
        observation.end or dt.date.max,
        observation.id,
    )


def _reason(preferred: Observation, others: Sequence[Observation]) -> str:
    """Say what the preferred value has over the others."""
    if not preferred.malformed and all(one.malformed for one in others):
        return "its number is well formed"
    if preferred.qualifier == "exact" and all(one.qualifier != "exact" for one in others):
        return "it is stated as exact"
    if all(preferred.step < one.step for one in others):
        return "it is stated more precisely"
    return "the lower of equally precise values, which the higher ones include"


def _in_place_and_time(one: Observation) -> tuple[Any, ...]:
    """Return what observations share that can contradict each other."""
    return (one.measure, one.unit, one.place_ids, one.part), *_place_in_time(one)[1:]


def _conflicts(items: Sequence[Observation], contradictions: Contradictions) -> Iterable[Conflict]:
    # What nobody dates may be of other days, and contradicts nothing.
    dated = [one for one in items if None not in period_of(one, stock=one.measure in STOCK_MEASURES)]
    shares = _shares(dated)

    def contradict(one: Observation, other: Observation) -> bool:
        known = other.id in shares.get(one.id, ()) or one.id in shares.get(other.id, ())
        return not known and _contradict(one, other)

    groups = clusters(sorted(dated, key=_preference), _in_place_and_time, contradict)
    apart = [group for group in groups if len(group) > 1]
    # A part speaks neither for nor against a whole.
    parts = {one.id for group in apart if far_apart(group) for one in group if one.id != _whole(group).id}
    lost = contradictions.outvoted(one for one in items if one.id not in parts) if parts else {}
    for group in apart:
        preferred, reason = _preferred(group, lost)
        others = [one for one in group if one is not preferred]
        yield Conflict((preferred, *others), preferred, reason)


def _shares(items: Sequence[Observation]) -> dict[str, set[str]]:
    """Return which observations of single actors are the shares of one that names no actor.

    They are where several actors, none in two of them, come to it for the same places and days, within what
    each admits.
    """
    found: dict[str, set[str]] = {}
    by_actor = [one for one in items if one.done_by]
    if not by_actor:
        return found
    at: dict[tuple[Any, ...], list[Observation]] = defaultdict(list)
    for one in by_actor:
        at[_apart_from_actor(one)].append(one)
    for whole in items:
        if whole.done_by:
            continue
        stock = whole.measure in STOCK_MEASURES
        like: dict[frozenset[str], list[tuple[float, float, str]]] = defaultdict(list)
        for one in at.get(_apart_from_actor(whole), ()):
            if same_period(period_of(one, stock=stock), period_of(whole, stock=stock)):
                like[one.done_by].append((*bounds(one), one.id))
        apart = len(like) > 1 and len(frozenset().union(*like)) == sum(map(len, like))
        low, high = bounds(whole)
        least = math.fsum(min(low for low, _, _ in told) for told in like.values())
        most = math.fsum(max(high for _, high, _ in told) for told in like.values())
        if apart and least <= high and low <= most:
            found[whole.id] = {figure for told in like.values() for _, _, figure in told}
    return found


def _apart_from_actor(one: Observation) -> tuple[Any, ...]:
    return one.measure, one.unit, one.place_ids, one.part


def _preferred(group: Sequence[Observation], lost: Mapping[str, str]) -> tuple[Observation, str]:
    """Return what is preferred of observations that contradict each other, and why.

    Values as far apart as a part and its whole are no dispute about one number: the greatest is of the whole,
    unless longer times or shorter ones speak against it. Else the firmer and more precise value is preferred,
    among equals the lower.
    """
    if not far_apart(group):
        preferred, *others = group
        return preferred, _reason(preferred, others)
    whole = _whole(group)
    if whole.id in lost:
        rest = [one for one in _firm(group) if one.id not in lost]
        return (_whole(rest), FITTING) if rest else (whole, WHOLE)
    return whole, WHOLE


def _firm(group: Sequence[Observation]) -> list[Observation]:
    return [one for one in group if one.qualifier in {"exact", "at_least"} and not one.malformed]


def _whole(group: Sequence[Observation]) -> Observation:
    """Return the greatest of some values, of the firm ones if there are any."""
    return max(_firm(group) or group, key=lambda one: (one.value, one.id))
