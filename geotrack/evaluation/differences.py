"""In which fields a fact that answers gold differs from it, as text for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from geotrack.evaluation.matching import are_places_right, incident_agreement, is_period_right
from geotrack.evaluation.models import Difference, GoldFigure, GoldIncident
from geotrack.models import Figure, Incident, Place


def figure_differences(gold: GoldFigure, got: Figure) -> tuple[Difference, ...]:
    """Return what is wrong with a figure that has gold's measure and value: its places, its period."""
    return tuple(_figure(gold, got))


def _figure(gold: GoldFigure, got: Figure) -> Iterator[Difference]:
    if not are_places_right(gold, got):
        yield Difference("place", labels_text(gold.places), places_text(got.places))
    if not is_period_right(gold, got):
        yield Difference("period", period_text(gold.start, gold.end), period_text(got.start, got.end))


def incident_differences(gold: GoldIncident, got: Incident) -> tuple[Difference, ...]:
    """Return what is wrong with an incident that tells of gold's event."""
    agreed = incident_agreement(gold, got, exact=True)
    fields = (
        (agreed.date, Difference("date", gold.date or "not said", got.date or "not said")),
        (agreed.places, Difference("place", labels_text(gold.places), places_text(got.places))),
        (agreed.killed, Difference("killed", _count(gold.killed), _count(got.killed))),
        (agreed.injured, Difference("injured", _count(gold.injured), _count(got.injured))),
    )
    return tuple(difference for agrees, difference in fields if not agrees)


def labels_text(places: Sequence[str]) -> str:
    """Write gold's places, sorted, on one line."""
    return ", ".join(sorted(places)) or "nowhere"


def places_text(places: Sequence[Place]) -> str:
    """Write places by id, sorted; those whose ids are numbers also by their names."""
    return ", ".join(sorted(map(_place, places))) or "nowhere"


def _place(place: Place) -> str:
    if place.level in ("adm2", "settlement"):
        return f"{place.id} ({place.adm1 or place.adm0}/{place.name})"
    return place.id


def period_text(start: dt.date | None, end: dt.date | None) -> str:
    """Write a period as "2024-01-01 to 2024-01-31"; an open end is an ellipsis."""
    return f"{start or '…'} to {end or '…'}"


def _count(people: int | None) -> str:
    return "not said" if people is None else str(people)
