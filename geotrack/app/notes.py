"""What is written beside a document's paragraphs: each fact in plain words, and what a person said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from geotrack.app.cards import joined, sureness
from geotrack.app.factlabels import label_of
from geotrack.app.texts import Note
from geotrack.languages import day, retold
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.models import Claim, Figure, Incident, Reading, Refusal

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
    "days": n_("days"),
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
_JUDGED = {
    "accepted": n_("accepted by a person, {day}"),
    "corrected": n_("corrected by a person, {day}; here is what was read"),
    "rejected": n_("rejected by a person, {day}: counted nowhere"),
    "added": n_("added by a person, {day}"),
}
_NOTE = Markup(
    '<div class="gt-margin {kind}{chosen}"><p class="gt-kicker">{head}</p><p class="gt-value">{value}</p>'
    "<p>{detail}</p>{flags}</div>"
)


class Judgement(NamedTuple):
    """What a person said of a fact: `accepted`, `corrected` or `rejected`, and on which day."""

    verdict: str
    on: dt.date | None


def notes(
    reading: Reading,
    chosen: str | None,
    *,
    refused: bool,
    judged: Mapping[str, Judgement] | None = None,
) -> list[Note]:
    """Return a note for each figure and incident, and for what was refused if asked for.

    `judged` holds what people said of facts, by their ids.
    """
    facts: tuple[Figure | Incident | Claim, ...] = (*reading.figures, *reading.incidents, *reading.claims)
    found = [Note(one.span[0], _fact(one, chosen, (judged or {}).get(one.id))) for one in facts]
    if refused:
        found += [Note(one.span[0], _refusal(one)) for one in reading.refused]
    return sorted(found, key=lambda note: note.at)


def _fact(fact: Figure | Incident | Claim, chosen: str | None, said: Judgement | None) -> Markup:
    label = label_of(fact)
    return _NOTE.format(
        kind=kind_of(fact) + (" rejected" if said and said.verdict == "rejected" else ""),
        chosen=" chosen" if fact.id == chosen else "",
        head=label.head,
        value=label.value,
        detail=label.detail,
        flags="" if isinstance(fact, Claim) else _remarks(fact, said),
    )


def kind_of(fact: Figure | Incident | Claim) -> str:
    """Return what colour a fact has: that of figures, incidents or claims."""
    return type(fact).__name__.lower()


def _refusal(refusal: Refusal) -> Markup:
    return _NOTE.format(
        kind="refused",
        chosen="",
        head=_("Not taken"),
        value=refusal.text,
        detail=retold(refusal.reason),
        flags="",
    )


def _remarks(fact: Figure | Incident, said: Judgement | None) -> Markup:
    remarks = [_(_FLAGS[flag]) if flag in _FLAGS else flag for flag in fact.flags]
    names = list(fact.inferred)
    if {"start", "end"} <= {*names}:
        names = [name for name in names if name not in {"start", "end"}] + ["days"]
    guessed = [_(_FIELDS[name]) if name in _FIELDS else name for name in names]
    if guessed:
        remarks.append(_("worked out from the text around: {fields}").format(fields=", ".join(guessed)))
    remarks.append(sureness(fact.confidence))
    told = joined([Markup("<p class='gt-note'>{}</p>").format(remark) for remark in remarks])
    if said is None or said.verdict not in _JUDGED:
        return told
    when = day(said.on) if said.on else _("undated")
    return told + Markup("<p class='gt-note gt-judged'>{}</p>").format(
        _(_JUDGED[said.verdict]).format(day=when)
    )
