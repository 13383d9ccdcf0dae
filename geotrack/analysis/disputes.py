"""What the tellings of one explosion disagree on: counts, days, names of places, devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from geotrack.analysis.likeness import devices_agree
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tellings import COUNTS, DAY_LENGTH, Telling

MORE_PRECISE = "it is told with the more precise day and place"
MORE_COMPLETE = "it is of the report that counts more of those harmed"
CLAIMS_LEAST = "it is of the report that claims least"
EARLIER = "the earlier of the days told"
KNOWN_NAME = "the spelling that is known"
FIRST_NAME = "the first of the spellings told"
FIRST_DEVICE = "it is of the report that is told most precisely"


def disputes(event: Sequence[Telling], nesting: Nesting) -> list[dict[str, Any]]:
    """Return what the tellings of an event disagree on, the leading telling first.

    Each has `field`, `low`, `high`, `preferred`, `reason` and `sides`: for each value told `value`,
    `incident_ids`, `sources`. The preferred value is that of the first telling that has one: those of one
    event are sorted by how precise they are, then by how much they claim, never by how many tell it, so that
    a copy changes nothing. `low` and `high` of what is no number are the first and last by name.
    """
    found = [_dispute(name, event, _count(name, event), _why_count) for name in COUNTS]
    found.append(_dispute("date", event, _day, _why_day))
    found.append(_dispute("place", event, _village(nesting), _why_name))
    found.append(_dispute("device", event, _device(event), _why_device))
    return [one for one in found if one]


def told(dispute: Mapping[str, Any], nesting: Nesting) -> str:
    """Return a disagreement in a sentence: `killed: 1 (A, B) or 2 (C), of which 1 is preferred: …`."""

    def value(one: object) -> object:
        return nesting.place(str(one)).name if dispute["field"] == "place" else one

    sides = " or ".join(f"{value(one['value'])} ({', '.join(one['sources'])})" for one in dispute["sides"])
    preferred = value(dispute["preferred"])
    return f"{dispute['field']}: {sides}, of which {preferred} is preferred: {dispute['reason']}"


def _dispute(
    name: str,
    event: Sequence[Telling],
    value_of: Callable[[Telling], Any],
    why: Callable[[Telling, Sequence[Telling]], str],
) -> dict[str, Any]:
    """Return a disagreement; empty where all that is told is the same."""
    sides: dict[Any, list[Telling]] = {}
    for one in event:
        value = value_of(one)
        if value is not None:
            sides.setdefault(value, []).append(one)
    if len(sides) <= 1:
        return {}
    preferred = next(iter(sides))
    others = [one for value, tellings in sides.items() if value != preferred for one in tellings]
    return {
        "field": name,
        "low": min(sides),
        "high": max(sides),
        "preferred": preferred,
        "reason": why(sides[preferred][0], others),
        "sides": [
            {
                "value": value,
                "incident_ids": sorted(one.incident_id for one in sides[value]),
                "sources": sorted({one.source for one in sides[value]}),
            }
            for value in sorted(sides)
        ],
    }


def _count(name: str, event: Sequence[Telling]) -> Callable[[Telling], int | None]:
    """Return what reads a count; all harmed are compared only where some report gives no other count."""
    if name != "casualties":
        return lambda one: getattr(one, name)
    told = any(one.casualties is not None for one in event)
    return lambda one: (one.casualties if one.casualties is not None else one.harmed) if told else None


def _day(telling: Telling) -> str | None:
    return telling.date if len(telling.date or "") == DAY_LENGTH else None


def _village(nesting: Nesting) -> Callable[[Telling], str | None]:
    def read(telling: Telling) -> str | None:
        place = telling.place_ids[0] if len(telling.place_ids) == 1 else None
        return place if place and nesting.place(place).level == "settlement" else None

    return read


def _device(event: Sequence[Telling]) -> Callable[[Telling], str | None]:
    """Return what reads a device: one that a more precise one fits is no other device."""
    told = [one.device for one in event if one.device != "unknown"]
    precise = [one for one in told if one != "mine"] or told

    def read(telling: Telling) -> str | None:
        if telling.device == "unknown":
            return None
        return next((one for one in precise if devices_agree(one, telling.device)), telling.device)

    return read


def _why_count(preferred: Telling, others: Sequence[Telling]) -> str:
    if all(_told(preferred) > _told(one) for one in others):
        return MORE_COMPLETE
    if all((one.date, one.place_ids) == (preferred.date, preferred.place_ids) for one in others):
        return CLAIMS_LEAST
    return MORE_PRECISE


def _told(telling: Telling) -> int:
    return sum(getattr(telling, name) is not None for name in COUNTS)


def _why_day(preferred: Telling, others: Sequence[Telling]) -> str:
    return EARLIER if all((preferred.date or "") < (one.date or "") for one in others) else MORE_PRECISE


def _why_name(preferred: Telling, _: Sequence[Telling]) -> str:
    return FIRST_NAME if "/" in preferred.place_ids[0] else KNOWN_NAME


def _why_device(*_: object) -> str:
    return FIRST_DEVICE
