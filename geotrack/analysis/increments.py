"""What running totals grew by: the difference of two totals of one series is what happened between them.

A series is one measure, places, actor and part with one first day. An unknown first day is taken to be the
same within a series, which is an assumption, so such a difference is approximate.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.analysis.observations import Observation

DIFFERENCE = "difference"
# Times the average pace since the first day: weeks of one agency vary less (measured on ANAMA's and DSNS's).
FASTEST = 10.0
# Runs of one series that are held at a time: agencies that report the same thing from the same day on.
_CHAINS = 6
_DAY = dt.timedelta(days=1)


def series_of(items: Iterable[Observation]) -> list[list[Observation]]:
    """Return the running totals of each series that has several, by their last day.

    Totals of a known first day are a series whatever they are called; of an unknown one only those that
    are told as running totals.
    """
    found: dict[tuple[Any, ...], list[Observation]] = defaultdict(list)
    for one in items:
        told = one.start is not None or one.basis == "cumulative"
        if one.end is not None and told and not one.rolling and one.measure not in STOCK_MEASURES:
            key = (one.measure, one.unit, one.place_ids, sorted(one.done_by), one.part or "", one.start)
            found[*key[:3], tuple(key[3]), *key[4:]].append(one)
    ordered = [sorted(series, key=lambda one: (one.end or dt.date.max, one.id)) for series in found.values()]
    return [series for series in ordered if len({one.end for one in series}) > 1]


def increments(items: Iterable[Observation]) -> list[Observation]:
    """Return what each series of running totals grew by, between pairs of its totals.

    A total is compared with the last one before it that it can have grown from: none that is greater, nor
    one from which it would have grown `FASTEST` times as fast as that one had since its first day. Reports
    tell the totals of one agency and of all in the same words, and their difference is no growth. Where a
    number is rounded, totals at distances of 2, 4, 8 … are compared as well: each difference of rounded
    numbers is uncertain by the roundings of two, however far apart they are.

    Cost: n log n in the totals of a series.
    """
    return [grown for run in runs(items) for grown in _grown(run)]


def runs(items: Iterable[Observation]) -> list[list[Observation]]:
    """Return running totals in runs, in which each can have grown from the one before it."""
    return [chain for series in series_of(items) for chain in _chains(series)]


def _chains(series: Sequence[Observation]) -> list[list[Observation]]:
    """Part a series into runs in which each total can have grown from the one before it."""
    chains: list[list[Observation]] = []
    for one in series:
        # The run that was told last is asked first.
        latest = sorted(chains, key=lambda chain: chain[-1].end or dt.date.min, reverse=True)[:_CHAINS]
        if one.qualifier != "exact" and any(_says_no_more(chain[-1], one) for chain in latest):
            continue  # "more than 500 thousand", told when 516,298 were known
        found = next((chain for chain in latest if _grows(chain[-1], one)), None)
        if found is None:
            chains.append([one])
        else:
            found.append(one)
    return chains


def _grows(earlier: Observation, later: Observation) -> bool:
    """Tell whether a running total can have grown from an earlier one."""
    if earlier.end is None or later.end is None or earlier.end >= later.end or later.value < earlier.value:
        return False
    if earlier.start is None:
        return later.value <= 2 * earlier.value
    pace = earlier.value / ((earlier.end - earlier.start).days + 1)
    return later.value - earlier.value <= FASTEST * max(pace, 1e-9) * (later.end - earlier.end).days


def _says_no_more(earlier: Observation, later: Observation) -> bool:
    """Tell whether a hedged total is less than was known before, by no more than a rounding leaves out."""
    return later.value <= earlier.value < later.value + later.step


def _grown(series: Sequence[Observation]) -> Iterator[Observation]:
    distance = 1
    while distance < len(series):
        for earlier, later in zip(series, series[distance:], strict=False):
            crisp = not (_slack(earlier) or _slack(later))
            grown = _difference(earlier, later) if distance == 1 or not crisp else None
            if grown is not None:
                yield grown
        distance *= 2


def _difference(earlier: Observation, later: Observation) -> Observation | None:
    """Return what happened between the last days of two totals of a series; None where nothing follows.

    The later total is a lower bound if its text says so; the earlier one must be bounded above.
    """
    if earlier.end is None or later.end is None or earlier.end >= later.end:
        return None
    if later.qualifier == "at_most" or later.value_max is not None or earlier.value_max is not None:
        return None
    slack = (_slack(earlier) + _slack(later)) / 2
    approximate = earlier.qualifier in {"approx", "at_least"} or later.qualifier == "approx"
    approximate = approximate or later.start is None
    value = later.value - earlier.value - (0.0 if approximate else slack)
    if value < 0 or (value == 0 and slack):
        return None
    firm = "exact" if (earlier.qualifier, later.qualifier, slack) == ("exact", "exact", 0) else "at_least"
    return replace(
        later,
        id=f"{later.id}-{earlier.id}",
        value=value,
        qualifier="approx" if approximate else firm,
        basis="period",
        start=earlier.end + _DAY,
        malformed=earlier.malformed or later.malformed,
        step=max(earlier.step, later.step),
        figure_ids=tuple(sorted({*earlier.figure_ids, *later.figure_ids})),
        document_ids=tuple(sorted({*earlier.document_ids, *later.document_ids})),
        sources=tuple(sorted({*earlier.sources, *later.sources})),
        derived=DIFFERENCE,
        statements=(),
    )


def _slack(one: Observation) -> float:
    """Return the rounding that a total shows; a bound is as it is stated."""
    return one.step if one.rounded and one.qualifier == "exact" else 0.0
