"""What is written beside a document's paragraphs: each fact in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from geotrack.analysis.statements import STOCK_MEASURES
from geotrack.app.cards import LOCALE, joined, sureness
from geotrack.app.texts import Note
from geotrack.maps import evidence
from geotrack.maps.scales import QUALIFIERS
from geotrack.maps.words import MEASURES, NO_DATE
from geotrack.models import Figure, Incident, Place, Reading, Refusal

_UNITS = {
    "km2": "km²",
    "m2": "m²",
    "mi2": "sq mi",
    "acre": "acres",
    "percent": "%",
    "count": "",
    "people": "",
}
_FLAGS = {
    "subset": "part of another figure",
    "restatement": "repeats another figure",
    "alt": "the same in another unit",
    "malformed": "the number is malformed",
    "conflict": "contradicts its text",
    "rolling": "a window that moves with the report",
    "approximate_place": "place known roughly",
}
_NOTE = Markup(
    '<div class="gt-margin {kind}{chosen}"><p class="gt-kicker">{head}</p><p class="gt-value">{value}</p>'
    "<p>{detail}</p>{flags}</div>"
)


def notes(reading: Reading, chosen: str | None, *, refused: bool) -> list[Note]:
    """Return a note for each figure and incident, and for what was refused if asked for."""
    found = [Note(one.span[0], _figure(one, chosen)) for one in reading.figures]
    found += [Note(one.span[0], _incident(one, chosen)) for one in reading.incidents]
    if refused:
        found += [Note(one.span[0], _refusal(one)) for one in reading.refused]
    return sorted(found, key=lambda note: note.at)


def _figure(figure: Figure, chosen: str | None) -> Markup:
    high = f" to {figure.value_max:,.10g}" if figure.value_max is not None else ""
    number = f"{figure.value:,.10g}{high} {_UNITS.get(figure.unit, figure.unit)}".strip()
    stock = figure.measure in STOCK_MEASURES
    when = evidence.period(figure.start, figure.end, stock=stock, locale=LOCALE)
    return _NOTE.format(
        kind="figure",
        chosen=_is(figure.id, chosen),
        head=MEASURES[figure.measure],
        value=QUALIFIERS[figure.qualifier].format(number),
        detail=f"{_names(figure.places)}; {when}",
        flags=_remarks(figure),
    )


def _incident(incident: Incident, chosen: str | None) -> Markup:
    toll = {name: getattr(incident, name) for name in ("killed", "injured", "casualties")}
    return _NOTE.format(
        kind="incident",
        chosen=_is(incident.id, chosen),
        head="Incident",
        value=evidence.toll(toll),
        detail=f"{_names(incident.places)}; {evidence.day(incident.date, LOCALE) or NO_DATE}; "
        f"{'device unknown' if incident.device == 'unknown' else incident.device}",
        flags=_remarks(incident),
    )


def _refusal(refusal: Refusal) -> Markup:
    return _NOTE.format(
        kind="refused", chosen="", head="Not taken", value=refusal.text, detail=refusal.reason, flags=""
    )


def _is(fact_id: str, chosen: str | None) -> str:
    return " chosen" if fact_id == chosen else ""


def _names(places: Iterable[Place]) -> str:
    return evidence.joined(place.name for place in places) or "no place"


def _remarks(fact: Figure | Incident) -> Markup:
    said = [_FLAGS.get(flag, flag) for flag in fact.flags]
    guessed = [name.replace("_", " ") for name in fact.inferred]
    if guessed:
        said.append(f"worked out from the text around: {', '.join(guessed)}")
    said.append(sureness(fact.confidence))
    return joined([Markup("<p class='gt-note'>{}</p>").format(remark) for remark in said])
