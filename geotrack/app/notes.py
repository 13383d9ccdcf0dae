"""What is written beside a document's paragraphs: each fact in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel.units import format_unit
from markupsafe import Markup

from geotrack.analysis.measures import STOCK_MEASURES
from geotrack.app import reads
from geotrack.app.cards import joined, sureness
from geotrack.app.texts import Note
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.languages import number, percent, retold, spoken
from geotrack.maps import evidence, words
from geotrack.maps.claims import claim_told
from geotrack.maps.labelled import LabelledPlaces
from geotrack.models import Claim, Figure, Incident, Place, Reading, Refusal

# CLDR's names of units; a count has none, and people are said by the measure.
_UNITS = {
    "ha": "area-hectare",
    "km2": "area-square-kilometer",
    "m2": "area-square-meter",
    "mi2": "area-square-mile",
    "acre": "area-acre",
}
_FLAGS = {
    "subset": n_("part of another figure"),
    "restatement": n_("repeats another figure"),
    "alt": n_("the same in another unit"),
    "malformed": n_("the number is malformed"),
    "conflict": n_("contradicts its text"),
    "rolling": n_("a window that moves with the report"),
    "approximate_place": n_("place known roughly"),
}
_FIELDS = {
    "start": n_("first day"),
    "end": n_("last day"),
    "places": n_("place"),
    "date": n_("date"),
    "basis": n_("kind of period"),
    "measure": n_("measure"),
    "device": n_("device"),
    "done_by": n_("who did it"),
    "reported_by": n_("who reported it"),
    "unit": n_("unit"),
    "value": n_("value"),
    "killed": n_("killed"),
    "injured": n_("injured"),
    "casualties": n_("casualties"),
}
_NOTE = Markup(
    '<div class="gt-margin {kind}{chosen}"><p class="gt-kicker">{head}</p><p class="gt-value">{value}</p>'
    "<p>{detail}</p>{flags}</div>"
)


def notes(reading: Reading, chosen: str | None, *, refused: bool) -> list[Note]:
    """Return a note for each figure and incident, and for what was refused if asked for."""
    found = [Note(one.span[0], _figure(one, chosen)) for one in reading.figures]
    found += [Note(one.span[0], _incident(one, chosen)) for one in reading.incidents]
    found += [Note(one.span[0], _claim(one, chosen)) for one in reading.claims]
    if refused:
        found += [Note(one.span[0], _refusal(one)) for one in reading.refused]
    return sorted(found, key=lambda note: note.at)


def _figure(figure: Figure, chosen: str | None) -> Markup:
    quantity = _quantity(figure.value, figure.unit)
    if figure.value_max is not None:
        high = _quantity(figure.value_max, figure.unit)
        quantity = _("{low} to {high}").format(low=number(figure.value), high=high)
    stock = figure.measure in STOCK_MEASURES
    when = evidence.period(figure.start, figure.end, stock=stock)
    return _NOTE.format(
        kind="figure",
        chosen=_is(figure.id, chosen),
        head=words.measure(figure.measure),
        value=words.qualified(quantity, figure.qualifier),
        detail=f"{_names(figure.places)}; {when}",
        flags=_remarks(figure),
    )


def _quantity(value: float, unit: str) -> str:
    """Return a value in the unit that its text has."""
    if unit == "percent":
        return percent(value / 100, digits=4)
    if unit not in _UNITS:
        return number(value)
    return str(format_unit(Decimal(f"{value:.10g}"), _UNITS[unit], "short", "#,##0.####", spoken()))


def _incident(incident: Incident, chosen: str | None) -> Markup:
    toll = {name: getattr(incident, name) for name in ("killed", "injured", "casualties")}
    return _NOTE.format(
        kind="incident",
        chosen=_is(incident.id, chosen),
        head=_("Incident"),
        value=evidence.toll(toll),
        detail=f"{_names(incident.places)}; {evidence.dated(incident.date)}; {words.device(incident.device)}",
        flags=_remarks(incident),
    )


def _claim(claim: Claim, chosen: str | None) -> Markup:
    return _NOTE.format(
        kind="claim",
        chosen=_is(claim.id, chosen),
        head=_("Claim of the years ahead"),
        value=claim_told(claim),
        detail="; ".join(part for part in (_names(claim.places), claim.speaker) if part),
        flags="",
    )


def _refusal(refusal: Refusal) -> Markup:
    return _NOTE.format(
        kind="refused",
        chosen="",
        head=_("Not taken"),
        value=refusal.text,
        detail=retold(refusal.reason),
        flags="",
    )


def _is(fact_id: str, chosen: str | None) -> str:
    return " chosen" if fact_id == chosen else ""


def _names(places: Iterable[Place]) -> str:
    known = reads.places()
    return evidence.joined(_name(place, known) for place in places) or _("no place")


def _name(place: Place, known: LabelledPlaces) -> str:
    return known.place(place.id).name if place.id in known else place.name


def _remarks(fact: Figure | Incident) -> Markup:
    said = [_(_FLAGS[flag]) if flag in _FLAGS else flag for flag in fact.flags]
    guessed = [_(_FIELDS[name]) if name in _FIELDS else name for name in fact.inferred]
    if guessed:
        said.append(_("worked out from the text around: {fields}").format(fields=", ".join(guessed)))
    said.append(sureness(fact.confidence))
    return joined([Markup("<p class='gt-note'>{}</p>").format(remark) for remark in said])
