"""What a correction changes, as one line that quotes the new beside the old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geotrack.app import reads, reviewfacts, reviewforms
from geotrack.app.factlabels import label_of
from geotrack.app.reviewfacts import Judged
from geotrack.models import Figure, Incident, Place

_LISTS = ("done_by", "reported_by", "victims")
_UNLABELLED = ("basis", "part", *_LISTS)  # fields of which a fact's line may say nothing


def told(judged: Judged, corrected: Mapping[str, Any]) -> str:
    """Return a fact in one line; where a correction changes a piece of it, as `old → new`."""
    before = judged.fields
    after = {**before, **{name: value for name, value in corrected.items() if name in before}}
    old, new = label_of(with_fields(judged.fact, before)), label_of(with_fields(judged.fact, after))
    head = _between(old.head, new.head)
    pieces = [f"{head}: {_between(old.value, new.value)}", _between(old.detail, new.detail)]
    for name in _UNLABELLED:
        if name in before and not reviewfacts.same(before[name], after[name]):
            label = reviewforms.label_of_field(name)
            pieces.append(f"{label}: {_between(_text(name, before[name]), _text(name, after[name]))}")
    return "; ".join(filter(None, pieces))


def _between(old: str, new: str) -> str:
    return new if old == new else f"{old} \N{RIGHTWARDS ARROW} {new}"


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - a field of any type
    if name in _LISTS:
        return "; ".join(value) or "\N{EN DASH}"
    return reviewforms.in_words(name, value) if value else "\N{EN DASH}"


def with_fields(fact: Figure | Incident, fields: Mapping[str, Any]) -> Figure | Incident:
    """Return a fact with fields in the types of corrections."""
    values = dict(fields)
    known = {place.id: place for place in fact.places}
    values["places"] = tuple(known.get(one) or _place(one) for one in values.pop("place_ids"))
    for name in ("start", "end"):
        if isinstance(values.get(name), str):
            values[name] = dt.date.fromisoformat(values[name])
    for name in _LISTS:
        if name in values:
            values[name] = tuple(values[name])
    return replace(fact, **values)


def _place(place_id: str) -> Place:
    return reads.gazetteer().place(place_id)
