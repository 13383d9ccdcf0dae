"""Facts as flat rows: figures and incidents, with the columns that HDX readers expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from babel.core import get_global

from geotrack.analysis.disputes import told
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.statements import as_date, as_list, as_number, as_text
from geotrack.analysis.tellings import days_of
from geotrack.export.content import ExportContent
from geotrack.models import Place
from geotrack.redaction import redact

Kind = Literal["str", "list", "date", "time", "int", "float", "bool"]
Row = dict[str, Any]

UNKNOWN_PLACE = "no pack knows the place"
RETOLD = "retold, not the publisher's words"
_PLACE_FIELDS: dict[str, Kind] = {
    "location_code": "list",
    "location_name": "list",
    "admin1_code": "list",
    "admin1_name": "list",
    "admin2_code": "list",
    "admin2_name": "list",
    "place_ids": "list",
    "place_names": "list",
}
_SOURCE_FIELDS: dict[str, Kind] = {
    "text": "str",
    "span_start": "int",
    "span_end": "int",
    "sentence": "str",
    "sentence_start": "int",
    "sentence_end": "int",
    "flags": "list",
    "inferred": "list",
    "confidence": "float",
    "rule": "str",
    "review": "str",
    "document_id": "str",
    "title": "str",
    "publisher": "str",
    "published": "date",
    "url": "str",
    "retold": "bool",
    "notice": "str",
    "warning": "str",
    "error": "str",
}
FIGURE_FIELDS: dict[str, Kind] = {
    "figure_id": "str",
    **_PLACE_FIELDS,
    "measure": "str",
    "value": "float",
    "value_max": "float",
    "unit": "str",
    "value_si": "float",
    "unit_si": "str",
    "qualifier": "str",
    "basis": "str",
    "reference_period_start": "date",
    "reference_period_end": "date",
    "done_by": "list",
    "reported_by": "list",
    "part": "str",
    "alt_of": "str",
    **_SOURCE_FIELDS,
}
INCIDENT_FIELDS: dict[str, Kind] = {
    "incident_id": "str",
    **_PLACE_FIELDS,
    "precision": "str",
    "date": "str",
    "reference_period_start": "date",
    "reference_period_end": "date",
    "killed": "int",
    "injured": "int",
    "casualties": "int",
    "device": "str",
    "victims": "list",
    "event_id": "str",
    "disagreements": "list",
    **_SOURCE_FIELDS,
}
CLAIM_FIELDS: dict[str, Kind] = {
    "claim_id": "str",
    **_PLACE_FIELDS,
    "years": "float",
    "years_max": "float",
    "until": "str",
    "share": "float",
    "qualifier": "str",
    "condition": "str",
    "speaker": "str",
    **{name: kind for name, kind in _SOURCE_FIELDS.items() if name not in {"flags", "review"}},
}


def iso3(adm0: str) -> str:
    """Return a country's ISO 3166-1 alpha-3 code, which HDX uses; the id itself where CLDR knows none."""
    aliases: Mapping[str, Sequence[str]] = get_global("territory_aliases")
    codes = [code for code, now in aliases.items() if list(now) == [adm0] and len(code) == len("AZE")]
    return next((code for code in sorted(codes) if code.isalpha()), adm0)


def _places(place_ids: Sequence[str], nesting: Nesting) -> Row:
    """Return the place columns of a fact; a group lists every place, a list column each code once.

    A place that no pack knows keeps its id, and `error` names it.
    """
    unknown = nesting.unknown(place_ids)
    places = [nesting.place(place_id) for place_id in place_ids if place_id not in unknown]
    units = {level: _units(places, level, nesting) for level in ("adm0", "adm1", "adm2")}
    return {
        "location_code": [iso3(unit.id) for unit in units["adm0"]],
        "location_name": [unit.name for unit in units["adm0"]],
        "admin1_code": [unit.id for unit in units["adm1"]],
        "admin1_name": [unit.name for unit in units["adm1"]],
        "admin2_code": [unit.id for unit in units["adm2"]],
        "admin2_name": [unit.name for unit in units["adm2"]],
        "place_ids": list(place_ids),
        "place_names": [place.name for place in places],
        "error": f"{UNKNOWN_PLACE}: {', '.join(unknown)}" if unknown else None,
    }


def _units(places: Sequence[Place], level: str, nesting: Nesting) -> list[Place]:
    ids = dict.fromkeys(unit for place in places if (unit := getattr(place, level)))
    return [nesting.place(unit) for unit in ids]


class Quotes:
    """The quoted words of facts, with victims taken out unless the owner asked for full sentences."""

    def __init__(self, content: ExportContent) -> None:
        self._victims = content.victims() if content.redacted else None

    def clean(self, text: object, document_id: str) -> str | None:
        """Return quoted words as they may leave."""
        words = as_text(text)
        if words is None or self._victims is None:
            return words
        return redact(words, self._victims.get(document_id, []))

    def source(self, row: Mapping[str, object]) -> Row:
        """Return the source columns of a fact."""
        document_id, retold = str(row["document_id"]), bool(row["retold"])
        quoted = {name: self.clean(row[name], document_id) for name in ("text", "sentence", "title")}
        spans = {name: row[name] for name in _SOURCE_FIELDS if "_start" in name or "_end" in name}
        inferred, flags = sorted(as_list(row["inferred"])), sorted(as_list(row["flags"]))
        warnings = [*flags, *(f"inferred {name}" for name in inferred)]
        return {
            **quoted,
            **spans,
            **{name: as_text(row[name]) for name in ("rule", "review", "publisher", "url")},
            "flags": flags,
            "inferred": inferred,
            "confidence": as_number(row["confidence"]),
            "document_id": document_id,
            "published": as_date(row["published"]),
            "retold": retold,
            "notice": RETOLD if retold else None,
            "warning": "; ".join(warnings) or None,
        }


def figure_rows(content: ExportContent) -> list[Row]:
    """Return the figures as rows with the columns `FIGURE_FIELDS`; a group over places is one row."""
    nesting, quotes = Nesting(content.places), Quotes(content)
    return [
        {
            **{
                name: as_text(row[name])
                for name in FIGURE_FIELDS
                if name in row and FIGURE_FIELDS[name] == "str"
            },
            **{name: as_number(row[name]) for name in ("value", "value_max", "value_si")},
            **{name: sorted(as_list(row[name])) for name in ("done_by", "reported_by")},
            **_places(as_list(row["place_ids"]), nesting),
            "reference_period_start": as_date(row["start"]),
            "reference_period_end": as_date(row["end"]),
            **quotes.source(row),
        }
        for row in content.chosen_figures()
    ]


def incident_rows(content: ExportContent) -> list[Row]:
    """Return the incidents as rows with the columns `INCIDENT_FIELDS`, and `point` (lon, lat) or None.

    Only an incident at one settlement with a known point has one: a district never gets an invented pin.
    Tellings of one explosion share its `event_id`, and what they disagree on.
    """
    nesting, quotes, events = Nesting(content.places), Quotes(content), content.events()
    return [
        {
            **_incident_row(row, nesting, quotes, full=not content.redacted),
            **_event_columns(events.get(str(row["incident_id"])), nesting),
        }
        for row in content.chosen_incidents()
    ]


def _event_columns(event: Mapping[str, Any] | None, nesting: Nesting) -> Row:
    """Return of which explosion an incident tells, and what its tellings disagree on, with the sources."""
    if event is None:
        return {"event_id": None, "disagreements": []}
    return {
        "event_id": event["event_id"],
        "disagreements": [told(one, nesting) for one in event["disagreements"]],
    }


def claim_rows(content: ExportContent) -> list[Row]:
    """Return the claims of the years ahead as rows with the columns `CLAIM_FIELDS`."""
    nesting, quotes = Nesting(content.places), Quotes(content)
    rows = []
    for row in content.chosen_claims():
        document_id = str(row["document_id"])
        told = {
            **{name: as_text(row[name]) for name in ("claim_id", "until", "qualifier")},
            **{name: quotes.clean(row[name], document_id) for name in ("condition", "speaker")},
            **{name: as_number(row[name]) for name in ("years", "years_max", "share")},
            **_places(as_list(row["place_ids"]), nesting),
            **quotes.source({**row, "flags": [], "review": None}),
        }
        rows.append({name: told[name] for name in CLAIM_FIELDS})
    return rows


def _incident_row(row: Mapping[str, object], nesting: Nesting, quotes: Quotes, *, full: bool) -> Row:
    place_ids = as_list(row["place_ids"])
    unknown = nesting.unknown(place_ids)
    places = [nesting.place(place_id) for place_id in place_ids if place_id not in unknown]
    only = places[0] if len(place_ids) == 1 and places else None
    pinned = only is not None and only.level == "settlement" and only.lon is not None and only.lat is not None
    counts = {name: as_number(row[name]) for name in ("killed", "injured", "casualties")}
    first, last = days_of(as_text(row["date"]))
    return {
        "incident_id": str(row["incident_id"]),
        **_places(place_ids, nesting),
        "precision": only.level if only else "group" if places else None,
        "date": as_text(row["date"]),
        "reference_period_start": first,
        "reference_period_end": last,
        **{name: None if count is None else int(count) for name, count in counts.items()},
        "device": as_text(row["device"]),
        "victims": list(as_list(row["victims"])) if full else [],
        **quotes.source(row),
        "point": (only.lon, only.lat) if only and pinned else None,
    }
