"""What a fact read in a text says, in plain words: for the note beside it and the label on its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.units import format_unit

from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.app import reads
from geotrack.languages import gettext as _
from geotrack.languages import number, percent, spoken
from geotrack.maps import evidence, words
from geotrack.maps.claims import claim_told
from geotrack.maps.labelled import LabelledPlaces
from geotrack.models import Claim, Figure, Incident, Place

# CLDR's names of units; a count has none, and people are said by the measure.
_UNITS = {
    "ha": "area-hectare",
    "km2": "area-square-kilometer",
    "m2": "area-square-meter",
    "mi2": "area-square-mile",
    "acre": "area-acre",
}


@dataclass(frozen=True, slots=True)
class FactLabel:
    """A fact in three pieces: what kind of thing it is, its value, and where and when."""

    head: str
    value: str
    detail: str

    @property
    def line(self) -> str:
        """The whole in one line: `Land cleared: 250 ha; Aghdam; April 2024`."""
        told = f"{self.head}: {self.value}"
        return f"{told}; {self.detail}" if self.detail else told


def label_of(fact: Figure | Incident | Claim) -> FactLabel:
    """Return what a fact says, in the language spoken."""
    if isinstance(fact, Figure):
        return _figure(fact)
    return _incident(fact) if isinstance(fact, Incident) else _claim(fact)


def _figure(figure: Figure) -> FactLabel:
    quantity = _quantity(figure.value, figure.unit)
    if figure.value_max is not None:
        high = _quantity(figure.value_max, figure.unit)
        quantity = _("{low} to {high}").format(low=number(figure.value), high=high)
    when = evidence.period(figure.start, figure.end, stock=figure.measure in STOCK_MEASURES)
    return FactLabel(
        words.measure(figure.measure),
        words.qualified(quantity, figure.qualifier),
        f"{place_names(figure.places)}; {when}",
    )


def _quantity(value: float, unit: str) -> str:
    """Return a value in the unit that its text has."""
    if unit == "percent":
        return percent(value / 100, digits=4)
    if unit not in _UNITS:
        return number(value)
    return str(format_unit(Decimal(f"{value:.10g}"), _UNITS[unit], "short", "#,##0.####", spoken()))


def _incident(incident: Incident) -> FactLabel:
    toll = {name: getattr(incident, name) for name in ("killed", "injured", "casualties")}
    where, when = place_names(incident.places), evidence.dated(incident.date)
    return FactLabel(_("Incident"), evidence.toll(toll), f"{where}; {when}; {words.device(incident.device)}")


def _claim(claim: Claim) -> FactLabel:
    said = (place_names(claim.places), claim.speaker)
    return FactLabel(
        _("Claim of the years ahead"), claim_told(claim), "; ".join(part for part in said if part)
    )


def place_names(places: Iterable[Place]) -> str:
    """Return the names of places in a row, in the language spoken."""
    known = reads.places()
    return evidence.joined(_name(place, known) for place in places) or _("no place")


def _name(place: Place, known: LabelledPlaces) -> str:
    return known.place(place.id).name if place.id in known else place.name
