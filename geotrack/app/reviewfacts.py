"""A fact as a person judges it: as it was read or added, with what was corrected since, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geotrack.app.reads import Library
from geotrack.languages import gettext as _
from geotrack.models import Figure, Incident
from geotrack.store import Standing, StoredDocument

FIELDS = {
    "figure": (
        *("measure", "value", "value_max", "unit", "qualifier", "basis"),
        *("place_ids", "start", "end", "part", "done_by", "reported_by"),
    ),
    "incident": ("date", "place_ids", "killed", "injured", "casualties", "device", "victims"),
}
"""The fields that the page shows and lets a person correct, by kind."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact in its document, and the word that holds on it."""

    stored: StoredDocument
    fact: Figure | Incident
    standing: Standing | None

    @property
    def kind(self) -> str:
        """`figure` or `incident`."""
        return type(self.fact).__name__.lower()

    @property
    def seen(self) -> int | None:
        """The number of the word that holds, by which one sees that somebody has spoken since."""
        return self.standing.review_id if self.standing else None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the fact as it stands, in the types of corrections."""
        corrected = self.standing.corrected if self.standing else {}
        return fields_of(self.fact) | {
            name: value for name, value in corrected.items() if name in FIELDS[self.kind]
        }


def fields_of(fact: Figure | Incident) -> dict[str, Any]:
    """Return the fields of a fact that a person may correct, in JSON types."""
    kind = type(fact).__name__.lower()
    return {name: _plain(fact, name) for name in FIELDS[kind]}


def _plain(fact: Figure | Incident, name: str) -> Any:  # noqa: ANN401 - a field of any type
    if name == "place_ids":
        return [place.id for place in fact.places]
    value = getattr(fact, name)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def facts_of(stored: StoredDocument) -> dict[str, Figure | Incident]:
    """Return the facts of a document by their ids; where one was added, not what the reader read there."""
    facts = (*stored.reading.figures, *stored.reading.incidents, *stored.added)
    return {fact.id: fact for fact in facts}


def find(library: Library, document_id: str, fact_id: str) -> Judged | None:
    """Return a fact of a document with what holds on it, None where the document has none of this id."""
    stored = library.store.document(document_id)
    fact = facts_of(stored).get(fact_id)
    return None if fact is None else Judged(stored, fact, library.store.standing(fact_id))


def correction(judged: Judged, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a correction to these fields says: all that differs from the fact as it was read or added.

    Empty where the fields are those that stand already.
    """
    before = judged.fields
    if all(same(fields[name], before[name]) for name in fields):
        return {}
    original = fields_of(judged.fact)
    held = dict(judged.standing.corrected) if judged.standing else {}
    kept = {name: value for name, value in held.items() if name not in {*fields, "value_si", "unit_si"}}
    differing = {
        name: value
        for name, value in fields.items()
        if not same(value, original[name]) or (name in held and not same(value, held[name]))
    }
    return kept | differing


def same(one: Any, other: Any) -> bool:  # noqa: ANN401 - fields of any type
    """Tell whether two values of a field are the same; nothing is nothing, however it is said."""
    return (one or None) == (other or None) if isinstance(one, list | str | None) else bool(one == other)


VERDICTS = ("accepted", "rejected", "corrected", "added", "linked", "complete", "undone")


def verdict_in_words(verdict: str) -> str:
    """Return what a person said, in words."""
    said = {
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "corrected": _("corrected"),
        "added": _("added"),
        "linked": _("linked"),
        "complete": _("called complete"),
        "undone": _("taken back"),
    }
    return said.get(verdict, verdict)
