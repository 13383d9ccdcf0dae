"""Whether what lies inside fits: a week in its month, a month in its year, a district in its country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from geotrack.analysis.containment import Bounded, Contents, Scope
from geotrack.analysis.discrepancies import Discrepancy, amount, told, total_of, where_and_when
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.observations import Observation

_MANY = 3  # so many of those inside are named in words


def overfull(items: Iterable[Observation], nesting: Nesting) -> list[Discrepancy]:
    """Return the observations of one measure inside which more is told than they admit.

    What is inside is told by `containment`. The heaviest set that is disjoint in days or places (`schedule`)
    must not exceed it; where a single one does, that one is named. What has the same places and days is a
    conflict, and a shorter period of the same places and first day a running total that falls: they are
    told elsewhere. A set that exceeds a year only by as much as some of it already exceeds a month is told
    once, at the month.

    Notes
    -----
    Cost: that of `schedule.heaviest_disjoint` once for each first day and places of those that contain
    others, over what lies inside the longest of them. So each observation is looked at as often as
    different first days contain it (its month's, its year's, those of running totals), not once for each
    pair: n log n times that depth. Where running totals of a country have districts inside, each total asks
    each district: totals times districts. Measured: 5 s for 7,000 observations, a country's daily totals of
    five years among them, and 10 s for 10,000 with twice as many districts.
    """
    told_already: dict[str, list[int]] = defaultdict(list)
    reported: list[tuple[list[Bounded], float]] = []
    found: list[Discrepancy] = []
    contents = Contents(items, nesting)
    for scope in contents.scopes():
        for whole, inside in _exceeded(scope, contents):
            excess = sum(one.low for one in inside) - whole.high
            before = {n for one in inside for n in told_already[one.observation.id]}
            # Most are told already or not whatever lies in this one: then it need not be asked.
            if excess <= sum(reported[n][1] for n in before) and excess <= sum(
                reported[n][1] for n in before if all(contents.holds(whole, one) for one in reported[n][0])
            ):
                continue
            for one in inside:
                told_already[one.observation.id].append(len(reported))
            reported.append((inside, excess))
            found.append(_discrepancy(whole, inside, nesting))
    return found


def _exceeded(scope: Scope, contents: Contents) -> Iterator[tuple[Bounded, list[Bounded]]]:
    """Yield each observation of a scope inside which more is told, the shortest first, and what it is."""
    wholes = sorted(
        contents.by_scope[scope], key=lambda one: (one.end - one.start, one.start, one.observation.id)
    )
    for whole in wholes:
        chosen = contents.exceeding(whole)
        single = [one for one in chosen if one.low > whole.high]
        if chosen and (not single or not all(_grows_into(one, whole) for one in single)):
            yield whole, single or chosen


def _grows_into(one: Bounded, whole: Bounded) -> bool:
    """Tell whether both are totals of one series: that these grow is another check."""
    return one.start == whole.start and one.scope == whole.scope


def _discrepancy(whole: Bounded, inside: Sequence[Bounded], nesting: Nesting) -> Discrepancy:
    members = tuple(one.observation for one in inside)
    unit = whole.observation.unit
    came = total_of(one.value for one in members)
    if len(members) > 1 and all(one.low > whole.high for one in inside):
        came = max(one.value for one in members)  # each alone is too much
    more = amount(total_of([came, -whole.observation.value]), unit)
    outer = f"{told(whole.observation)} ({where_and_when(whole.observation, nesting)})"
    named = "; ".join(f"{told(one)} ({where_and_when(one, nesting)})" for one in members[:_MANY])
    if len(members) == 1:
        text = f"{named} lies inside {outer}, and is {more} more"
    elif came == max(one.value for one in members):
        text = f"{len(members)} lie inside {outer}, each of them more, by up to {more}: {named}"
    else:
        text = (
            f"{len(members)} that share no day and place come to {amount(came, unit)}, {more} more than "
            f"{outer}, which contains them: {named}"
        )
    return Discrepancy("inside", (whole.observation, *members), whole.observation.value, came, text)
