"""Compose a map: which unit wears which colour, where incidents stand, what is listed beside it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from geotrack import __version__
from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records
from geotrack.languages import gettext as _
from geotrack.languages import number, retold
from geotrack.maps import evidence, legends, words
from geotrack.maps.classes import Classes, classify
from geotrack.maps.content import MapContent, MapStyle
from geotrack.maps.evidence import Quoting
from geotrack.maps.labelled import LabelledPlaces
from geotrack.maps.marks import Ground, group_badges, incident_marks
from geotrack.maps.ordering import in_its_language, newest_first
from geotrack.maps.ramps import NO_DATA, ZERO
from geotrack.maps.scales import Scale, scale_of

QUOTES_LISTED = 60  # of one unit or list; the rest is counted

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Scene:
    """A composed map.

    `view` is what the map itself draws (small; sent anew when colours change), `story` what its panel
    tells: texts, lists, sentences. Both are plain JSON.
    """

    content: MapContent
    style: MapStyle
    # `marks`, where a scene of the same incidents has made them
    standing: dict[str, Any] | None = field(default=None, kw_only=True)

    @cached_property
    def places(self) -> LabelledPlaces:
        """Places under their names in the map's language."""
        return LabelledPlaces(self.content.places, self.style.locale)

    @cached_property
    def _nesting(self) -> Nesting:
        return Nesting(self.places)

    @cached_property
    def quoting(self) -> Quoting:
        """How sentences are quoted."""
        victims = evidence.victims_by_document(self.content.incidents)
        return Quoting(self.style.redacted, victims)

    @cached_property
    def drawn(self) -> pd.Series[float]:
        """The value of each unit, outlined or not: the total, or with `density` the total by area."""
        values = self.content.totals["value"].reindex(list(self._names_of)).astype("float64")
        if not self.style.density or self._unit_si == "percent":
            return values
        area_km2 = self.content.polygons["area_km2"].reindex(values.index)
        share: pd.Series[float] = values / area_km2 * 100
        return share / 1e6 if self._unit_si == "m2" else share

    @cached_property
    def _names_of(self) -> dict[str, str]:
        """Every unit's name: those with an outline, then those that only the totals know."""
        outlined = {str(place_id): str(name) for place_id, name in self.content.polygons["name"].items()}
        bare = [str(one) for one in self.content.totals.index if one not in outlined]
        return outlined | {place_id: self._nesting.place(place_id).name for place_id in bare}

    @cached_property
    def _unit_si(self) -> str:
        units = self.content.totals["unit"].dropna()
        return str(units.iloc[0]) if len(units) else "count"

    @cached_property
    def total_scale(self) -> Scale:
        """How totals are printed."""
        return scale_of(self._unit_si, self.content.totals["value"], self.style.locale, self.style.unit)

    @cached_property
    def scale(self) -> Scale:
        """How the values drawn are printed."""
        if not self.style.density or self._unit_si == "percent":
            return self.total_scale
        return replace(self.total_scale, unit="percent" if self._unit_si == "m2" else "per_100km2")

    @cached_property
    def totals(self) -> dict[str, Row]:
        """The rows of `content.totals` by unit."""
        return {str(row["place_id"]): row for row in records(self.content.totals.reset_index())}

    @cached_property
    def classes(self) -> Classes:
        """The classes of the values drawn."""
        style = self.style
        painted = self.drawn[self.content.polygons.index]
        return classify(painted, self.scale, style.ramp_name, style.scheme, style.classes, style.breaks)

    @property
    def view(self) -> dict[str, Any]:
        """All that the map draws: `paint` and `marks`."""
        return {**self.paint, **self.marks}

    @cached_property
    @in_its_language
    def marks(self) -> dict[str, Any]:
        """Incidents as they stand on the map, whichever measure it shows: `points`, and `badges` of units."""
        if self.standing is not None:
            return self.standing
        points, badges = incident_marks(self._events, self._ground, self.unit_of, self._event_title)
        return {"points": points, "badges": badges}

    @cached_property
    @in_its_language
    def paint(self) -> dict[str, Any]:
        """What the map draws but for incidents: colours and labels of units, legend, notes, words."""
        return {
            "units": self._units,
            "groups": self._group_badges,
            "legend": self._legend,
            "notes": [_(words.CAVEAT), self.content.boundary_note],
            "words": words.page(self.unit_words, self.style.min_confidence),
        }

    @cached_property
    def _units(self) -> dict[str, dict[str, Any]]:
        grouped = {unit for unit_ids in self.content.groups["unit_ids"] for unit in unit_ids}
        return {
            place_id: {
                "name": name,
                "fill": self._fill(self._drawn_by_unit[place_id]),
                "hatched": place_id in grouped and math.isnan(self._drawn_by_unit[place_id]),
                "text": self._value_text(place_id),
                "bare": place_id not in self._ground.units,
            }
            for place_id, name in self._names_of.items()
        }

    @cached_property
    def _drawn_by_unit(self) -> dict[str, float]:
        """The values of `drawn`, which are asked for one by one."""
        return dict(zip(map(str, self.drawn.index), self.drawn.tolist(), strict=True))

    def _fill(self, value: float) -> str:
        place = self.classes.index(value)
        if place is None:
            return NO_DATA
        return ZERO if place < 0 else self.classes.items[place].colour

    def _value_text(self, place_id: str) -> str:
        value = self._drawn_by_unit[place_id]
        if math.isnan(value):
            return ""
        row = self.totals[place_id]
        qualifier = row["qualifier"] if row["value"] else "exact"  # nothing is not "at least" nothing
        text = self.total_scale.text(row["value"], qualifier or "exact")
        return f"{self.scale.text(value)} ({text})" if self.scale != self.total_scale else text

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self.content.polygons, self._nesting)

    @cached_property
    def _group_badges(self) -> list[dict[str, Any]]:
        def told(row: Row) -> str:
            return scale_of(row["unit"], [row["value"]], self.style.locale, self.style.unit).text(
                row["value"], row["qualifier"]
            )

        return group_badges(
            self._groups, self._ground, told, lambda one: not math.isnan(self._drawn_by_unit[one])
        )

    @cached_property
    def _events(self) -> list[dict[str, Any]]:
        return records(self.content.events)

    def unit_of(self, event: Row) -> str | None:
        """Return the drawn unit in which an incident happened; None where it is not known to one."""
        units = {self._drawn_unit(place_id) for place_id in event["place_ids"]}
        return units.pop() if len(units) == 1 else None

    def _drawn_unit(self, place_id: str) -> str | None:
        """Return the unit of this map in which a place lies; a city may be a unit of every level."""
        place = self._nesting.place(place_id)
        wider = (place.id, place.adm2, place.adm1, place.adm0)
        return next((one for one in wider if one in self._names_of), None)

    @cached_property
    def _events_of(self) -> dict[str | None, list[str]]:
        """The ids of each unit's incidents, and under None of those not known to one unit."""
        found: dict[str | None, list[str]] = defaultdict(list)
        for event in self._events:
            found[self.unit_of(event)].append(event["event_id"])
        return found

    def _event_title(self, event: Row) -> str:
        told = _("{places}, {date}: {toll}")
        names, date = self._names(event["place_ids"]), evidence.dated(event["date"])
        return told.format(places=names, date=date, toll=evidence.toll(event))

    def _names(self, place_ids: Iterable[str]) -> str:
        return evidence.joined(self._nesting.place(place_id).name for place_id in place_ids)

    @cached_property
    def _legend(self) -> dict[str, Any]:
        return {
            "title": self._legend_title,
            **legends.fills(self.classes, self._units, self._ground),
            **legends.marks({event["device"] for event in self._events}, self.marks["points"]),
            "badge": bool(self.marks["badges"]),
            "group": bool(self._group_badges),
        }

    @property
    def _legend_title(self) -> str:
        if not self._counts_incidents:
            return self.heading
        return self.unit_words.put_into(_("{measure} by {unit}"), measure=self.heading)

    @cached_property
    def unit_words(self) -> words.UnitWords:
        """What the map's units are called, in every form that texts need."""
        adm0, level = self.style.adm0, self.style.level
        named = [
            self.places.level_name(adm0, level, plural=plural, of=of)
            for of in (False, True)
            for plural in (False, True)
        ]
        return words.UnitWords(*named)

    @property
    def unit_name(self) -> str:
        """What one unit of the map is called: district, oblast, raion."""
        return self.unit_words.unit

    @property
    def units_name(self) -> str:
        """What several units of the map are called."""
        return self.unit_words.units

    @property
    def _counts_incidents(self) -> bool:
        return self.style.measure == "incidents"

    @property
    @in_its_language
    def heading(self) -> str:
        """The measure in words, with what it is drawn by."""
        name = words.measure(self.style.measure)
        if not self.style.density or self._unit_si == "percent":
            return name
        if self._unit_si == "m2":
            return _("{measure}, % of the unit").format(measure=name)
        return _("{measure} per 100 km²").format(measure=name)

    @property
    @in_its_language
    def title(self) -> str:
        """The title of the page: measure, country."""
        if self.style.title:
            return self.style.title
        country = self._nesting.place(self.style.adm0).name
        return _("{measure}: {country}").format(measure=self.heading, country=country)

    @property
    @in_its_language
    def subtitle(self) -> str:
        """The window, the kind of unit, and how sure the facts are where that was asked for."""
        style = self.style
        span = evidence.period(style.start, style.end, stock=False)
        span = span if style.start or style.end else _("all reported periods")
        told = _("{period}, by {unit}, confidence {least} or more")
        told = told if style.min_confidence else _("{period}, by {unit}")
        said = self.unit_words.put_into(told, period=span, least=number(style.min_confidence))
        if style.judged:
            said = _("{view}, only what people have reviewed").format(view=said)
        return said if style.split == "none" else f"{said}. {_(words.SPLITS[style.split])}"

    @in_its_language
    def story(self, most: int = QUOTES_LISTED) -> dict[str, Any]:
        """Return what the panel of a saved map tells; lists hold at most `most` entries."""
        units = {unit_id: self._unit_story(unit_id, most) for unit_id in self._units}
        lists = {
            "groups": self._listed(self._groups, most),
            "coarser": self._listed(records(newest_first(self.content.coarser)), most),
            "straddling": self._listed(records(newest_first(self.content.straddling)), most),
            "conflicts": self._conflicts_listed(most),
        }
        figure_ids = {figure for unit in units.values() for figure in unit["figures"]}
        figure_ids |= {figure for rows in lists.values() for row in rows["rows"] for figure in row["figures"]}
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "units": units,
            **lists,
            "unplaced": self._events_of.get(None, []),
            "events": {event["event_id"]: self._event_story(event) for event in self._events},
            "quotes": self.quotes(figure_ids),
            "notes": self._notes,
        }

    @property
    def _notes(self) -> list[str]:
        filters = "; ".join(f"{name}: {value}" for name, value in self.style.filters.items())
        made = _("Made with geotrack {version}.").format(version=__version__)
        return [
            note
            for note in (
                _(words.CAVEAT),
                self.content.boundary_note,
                *self.content.warnings,
                self.content.left_out,
                _(words.REDACTED) if self.style.redacted else "",
                filters,
                made,
            )
            if note
        ]

    def _unit_story(self, unit_id: str, most: int) -> dict[str, Any]:
        known = unit_id in self.totals and not math.isnan(self._drawn_by_unit[unit_id])
        events = self._events_of.get(unit_id, [])
        story: dict[str, Any] = {
            "figures": [],
            "events": events,
            "groups": self._groups_of.get(unit_id, []),
            "conflicts": [n for n, row in enumerate(self._conflicts) if self._is_about(row, unit_id)],
        }
        if known:
            row = self.totals[unit_id]
            facts = [*row["figure_ids"], *row["incident_ids"]]
            story |= {
                "figures": facts[:most],
                "more": words.more(max(len(facts) - most, 0)),
                "support": words.resting_on(int(row["n_documents"]), evidence.day(row["as_of"])),
                "sort": self._drawn_by_unit[unit_id],
            }
        return story

    @cached_property
    def _groups(self) -> list[dict[str, Any]]:
        return records(newest_first(self.content.groups))

    @cached_property
    def _groups_of(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(self._groups):
            for unit_id in row["unit_ids"]:
                groups[unit_id].append(at)
        return groups

    def _listed(self, rows: Sequence[Row], most: int) -> dict[str, Any]:
        listed = [self._row_story(row) for row in rows[:most]]
        return {"rows": listed, "more": words.more(max(len(rows) - most, 0))}

    def _row_story(self, row: Row) -> dict[str, Any]:
        scale = scale_of(row["unit"], [row["value"]], self.style.locale, self.style.unit)
        return {
            "value": scale.text(row["value"], row["qualifier"]),
            "when": evidence.period(row["start"], row["end"], stock=self.style.is_stock),
            "places": self._names(row["place_ids"]),
            "units": list(row["unit_ids"]),
            "figures": [*row["figure_ids"], *row["incident_ids"]],
            "reason": retold(row["reason"] or ""),
        }

    def _event_story(self, event: Row) -> dict[str, Any]:
        tellings = [self._tellings[incident_id] for incident_id in event["incident_ids"]]
        return {
            "title": self._event_title(event),
            "device": words.device(event["device"]),
            "unit": self.unit_of(event),
            "quotes": [evidence.quote(row, self.quoting) for row in tellings],
        }

    @cached_property
    def _tellings(self) -> dict[str, Row]:
        return {row["incident_id"]: row for row in records(self.content.incidents)}

    def _conflicts_listed(self, most: int) -> dict[str, Any]:
        listed = [self._conflict_story(row) for row in self._conflicts[:most]]
        return {"rows": listed, "more": words.more(max(len(self._conflicts) - most, 0))}

    @cached_property
    def _conflicts(self) -> list[dict[str, Any]]:
        """The contradictions that touch a figure of this map, the latest first."""
        content = self.content
        tables = (content.totals, content.groups, content.coarser, content.straddling)
        shown = {figure for table in tables for figures in table["figure_ids"] for figure in figures}
        rows = records(newest_first(content.conflicts))
        return [row for row in rows if shown.intersection(row["figure_ids"])]

    def conflicts_about(self, unit_id: str) -> list[Row]:
        """Return the contradictions between figures of this map that speak of a unit, the latest first."""
        return [row for row in self._conflicts if self._is_about(row, unit_id)]

    def _is_about(self, row: Row, unit_id: str) -> bool:
        return any(self._drawn_unit(place_id) == unit_id for place_id in row["place_ids"])

    def _conflict_story(self, row: Row) -> dict[str, Any]:
        scale = scale_of(row["unit"], [row["high"]], self.style.locale, self.style.unit)
        chosen = _("The map shows {value}: {reason}.").format(
            value=scale.text(row["preferred"]), reason=retold(row["reason"])
        )
        return {
            "value": f"{scale.text(row['low'])} \N{EN DASH} {scale.text(row['high'])}",
            "when": evidence.period(row["start"], row["end"], stock=self.style.is_stock),
            "places": self._names(row["place_ids"]),
            "units": sorted({unit for unit in map(self._drawn_unit, row["place_ids"]) if unit}),
            "figures": list(row["figure_ids"]),
            "reason": chosen,
        }

    @in_its_language
    def quotes(self, fact_ids: Iterable[str]) -> dict[str, Any]:
        """Return the sentences of figures, and of incidents that count as such, by their ids."""
        wanted = set(fact_ids)
        rows = self.content.figures[self.content.figures["figure_id"].isin(wanted)]
        told = {row["figure_id"]: self._figure_story(row) for row in records(rows)}
        harmed = wanted & self._tellings.keys()
        return told | {one: self._incident_story(self._tellings[one]) for one in sorted(harmed)}

    def _incident_story(self, row: Row) -> dict[str, Any]:
        return {
            "value": evidence.toll(row),
            "when": evidence.dated(row["date"]),
            "places": self._names(row["place_ids"]),
            **evidence.quote(row, self.quoting),
        }

    def _figure_story(self, row: Row) -> dict[str, Any]:
        scale = scale_of(row["unit_si"], [row["value_si"]], self.style.locale, self.style.unit)
        return {
            "value": scale.text(row["value_si"], row["qualifier"]),
            "when": evidence.period(row["start"], row["end"], stock=self.style.is_stock),
            "places": self._names(row["place_ids"]),
            **evidence.quote(row, self.quoting),
        }
