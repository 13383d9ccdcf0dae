"""What a saved map carries: every view, and the sentences behind them, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import days_of
from geotrack.boundaries import LayerLevel
from geotrack.languages import day, gettext, ngettext, number, speaking
from geotrack.maps import disputes, outlines, sources, words
from geotrack.maps.atlas import Atlas
from geotrack.maps.ramps import DEVICES
from geotrack.maps.scenes import QUOTES_LISTED, Scene
from geotrack.maps.steps import ALL

INCIDENTS_HELD = 2000  # the newest of them; the rest is counted
_LISTS = ("groups", "coarser", "straddling", "conflicts")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file carries. `tracks` and `spans` are of the time slider; `rows` of one list.

    `other_levels` says whether levels besides the one that the map opens on come along, too.
    """

    tracks: int = 2
    spans: bool = True
    rows: int = QUOTES_LISTED
    incidents: int = INCIDENTS_HELD
    geometry_bytes: int = outlines.BUDGET_BYTES
    other_levels: bool = True


class Bundle:
    """What a file of some limits carries, in plain JSON."""

    def __init__(self, atlas: Atlas, limits: Limits) -> None:
        self.limits = limits
        self._whole = atlas
        self.atlas = atlas.without(limits.tracks, spans=limits.spans)
        self._language = atlas.style.locale
        self._grounds = self._drawn()
        self._ground = self._grounds[atlas.style.level]
        self._pages = {key: _page(view, limits.rows) for key, view in self._kept(self.atlas.views)}
        self._blanks = {key: _page(view, limits.rows) for key, view in self._kept(self.atlas.blanks)}
        with speaking(self._language):
            self._stories = {level: scene.story(1)["events"] for level, scene in self._grounds.items()}
            self._quotes = self._quoted()

    def _kept(self, views: Mapping[Any, Scene]) -> Iterator[tuple[Any, Scene]]:
        """Yield the views of levels that come along."""
        known = {self.atlas.style.level, "country"}
        for key, view in views.items():
            if self.limits.other_levels or key[1] in known:
                yield key, view

    def _drawn(self) -> dict[LayerLevel, Scene]:
        """Return the levels that can be drawn, with the newest incidents."""
        kept = self.limits.other_levels
        drawn = {
            level: scene
            for level, scene in self.atlas.grounds.items()
            if kept or level == self.atlas.style.level
        }
        return {level: _newest(scene, self.limits.incidents) for level, scene in drawn.items()}

    @property
    def sentences(self) -> int:
        """How many sentences there are, those of incidents apart."""
        return len(self._quotes)

    def views(self, sentences: int) -> dict[str, Any]:
        """Return everything but the sentences, with those lists cut that name more than are kept."""
        held = set(self._ranked()[:sentences])
        with speaking(self._language):
            return {
                "adm0": self.atlas.style.adm0,
                "opening": {"measure": self.atlas.style.measure, "level": self.atlas.style.level},
                "words": words.page(self._ground.unit_words, self.atlas.style.min_confidence) | words.atlas(),
                "measures": [{"id": one, "name": words.measure(one)} for one in self.atlas.measures],
                "levels": [self._level(level, scene) for level, scene in self._grounds.items()],
                "tracks": [
                    {
                        "by": track.by,
                        "labels": track.labels(),
                        "starts": [str(step.start) for step in track.steps],
                        "ends": [str(step.end) for step in track.steps],
                        "spans": track.spans,
                    }
                    for track in self.atlas.tracks
                ],
                "events": self._events_of_windows(),
                "devices": [
                    {"colour": colour, "label": words.device(one)} for one, colour in DEVICES.items()
                ],
                "views": _nested((key, _cut(page, held)) for key, page in self._pages.items()),
                "blanks": _nested((key, _cut(page, held)) for key, page in self._blanks.items()),
                "notes": [*self._notes(len(held))],
                "sources": sources.listed(self._facts(), self._ground.quoting),
            }

    def quotes(self, sentences: int) -> dict[str, Any]:
        """Return the sentences: those of figures, as many as asked for, and those of all incidents kept."""
        kept = self._ranked()[:sentences]
        with speaking(self._language):
            return {
                "figures": {one: self._quotes[one] for one in kept},
                "events": {row["event_id"]: self._event(row) for row in records(self._ground.content.events)},
            }

    def _ranked(self) -> list[str]:
        """Return the facts that are named, the first of each list before the second ones."""
        places: dict[str, int] = {}
        for page in (*self._pages.values(), *self._blanks.values()):
            for facts in _named(page):
                for place, fact in enumerate(facts):
                    places[fact] = min(place, places.get(fact, place))
        return sorted(filter(self._quotes.__contains__, places), key=lambda fact: places[fact])

    def _quoted(self) -> dict[str, Any]:
        """Return the sentences of every fact that some list names."""
        wanted: dict[str, set[str]] = {}
        for key, page in (*self._pages.items(), *self._blanks.items()):
            wanted.setdefault(key[0], set()).update(fact for facts in _named(page) for fact in facts)
        found: dict[str, Any] = {}
        for measure, facts in wanted.items():
            of = next(view for key, view in self.atlas.views.items() if key[0] == measure)
            content = replace(of.content, figures=self.atlas.figures, incidents=self.atlas.incidents)
            found |= Scene(content, of.style).quotes(facts - found.keys())
        return found

    def _level(self, level: LayerLevel, ground: Scene) -> dict[str, Any]:
        polygons = ground.content.polygons
        blank = next((view for key, view in self.atlas.blanks.items() if key[1] == level), ground)
        return {
            "id": level,
            "name": words.capitalised(ground.units_name),
            "geometry": outlines.outlines(polygons, self.limits.geometry_bytes),
            "bounds": outlines.bounds(polygons),
            "points": ground.marks["points"],
            "badges": {badge["id"]: [badge["lon"], badge["lat"]] for badge in ground.marks["badges"]},
            "unitOf": {name: event["unit"] for name, event in self._stories[level].items()},
            "subtitles": {
                name: replace(blank, style=replace(blank.style, start=days.start, end=days.end)).subtitle
                for name, days in self.atlas.windows.items()
            },
        }

    def _events_of_windows(self) -> dict[str, list[str]]:
        """Return the incidents of each window, newest first."""
        rows = records(self._ground.content.events)[::-1]
        return {
            name: [row["event_id"] for row in rows if window.misfit(*days_of(row["date"])) is None]
            for name, window in self.atlas.windows.items()
        }

    def _event(self, row: Mapping[str, Any]) -> dict[str, Any]:
        story = self._stories[self.atlas.style.level][row["event_id"]]
        named = self._ground.places
        return {
            "title": story["title"],
            "device": story["device"],
            "quotes": story["quotes"],
            "disputes": [
                disputes.told(one, lambda place_id: named.place(place_id).name)
                for one in row.get("disagreements") or ()
            ],
        }

    def _facts(self) -> list[pd.DataFrame]:
        """Return the figures and incidents of the country, within the days asked for."""
        adm0, whole = self.atlas.style.adm0, self.atlas.windows[ALL]
        nesting = Nesting(self._ground.places.plain)

        def here(row: Mapping[str, Any]) -> bool:
            days = (row["start"], row["end"]) if "start" in row else days_of(row["date"])
            known = not nesting.unknown(row["place_ids"])
            inside = known and any(nesting.place(one).adm0 == adm0 for one in row["place_ids"])
            return inside and whole.misfit(*days) != "outside"

        tables = (self.atlas.figures, self.atlas.incidents)
        return [table[pd.Series([*map(here, records(table))], table.index, dtype=bool)] for table in tables]

    def _notes(self, sentences: int) -> Iterator[str]:
        """Yield what holds of the whole file; what a view lacks, it says itself."""
        events = self.atlas.grounds[self.atlas.style.level].content.events
        gone = len(events) - len(self._ground.content.events)
        if gone:
            yield ngettext(
                "The newest {kept} incidents are in this file; {n} older one is in the database only.",
                "The newest {kept} incidents are in this file; {n} older ones are in the database only.",
                gone,
            ).format(kept=number(len(events) - gone), n=number(gone))
        yield from self._cuts()
        known = len(self._whole.facts | self._quotes.keys())
        if sentences < known:
            yield gettext("{n} of {all} sentences are in this file: of each number the first ones.").format(
                n=number(sentences), all=number(known)
            )
        if len(self.atlas.windows) > 1:
            yield gettext(
                "Steps of one length share the classes of their legend, so that their colours can be "
                "compared; longer periods have their own."
            )
        if self.atlas.built_on:
            yield gettext("Made on {day}.").format(day=day(self.atlas.built_on))

    def _cuts(self) -> Iterator[str]:
        """Yield which units and steps of time were left out for the size of the file."""
        gone = [
            scene.units_name for level, scene in self._whole.grounds.items() if level not in self._grounds
        ]
        if gone:
            told = gettext("To keep this file small, the map by {units} is left out.")
            yield told.format(units=", ".join(gone))
        steps = [words.atlas()[track.by] for track in self._whole.tracks[self.limits.tracks :]]
        if steps:
            yield gettext("To keep this file small, these steps of time are left out: {steps}.").format(
                steps=", ".join(steps)
            )
        kept = self._whole.tracks[: self.limits.tracks]
        if not self.limits.spans and any(track.spans for track in kept):
            yield gettext("To keep this file small, steps of time are shown one by one only.")


def _newest(ground: Scene, most: int) -> Scene:
    """Return a level with the newest incidents; undated ones are the oldest."""
    events = ground.content.events
    if len(events) <= most:
        return ground
    dated = sorted(range(len(events)), key=lambda place: events["date"].iloc[place] or "")
    return replace(ground, content=replace(ground.content, events=events.iloc[dated[-most:]]))


def _page(view: Scene, rows: int) -> dict[str, Any]:
    """Return one view without what all share: incidents and sentences; each unit with all that it names."""
    story = view.story(rows)
    told = {name: story[name] for name in ("title", "subtitle", *_LISTS, "notes")}
    all_facts = {unit_id: [*row["figure_ids"], *row["incident_ids"]] for unit_id, row in view.totals.items()}
    units = {
        unit_id: {name: part for name, part in unit.items() if name != "events"}
        | {"named": len(all_facts.get(unit_id, ())) if unit["figures"] else 0}
        for unit_id, unit in story["units"].items()
    }
    return {"view": view.paint, "story": told | {"units": units}}


def _named(page: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the facts that each unit and row of a view names."""
    story = page["story"]
    for unit in story["units"].values():
        yield unit["figures"]
    for name in _LISTS:
        for row in story[name]["rows"]:
            yield row["figures"]


def _cut(page: Mapping[str, Any], held: set[str]) -> dict[str, Any]:
    """Return a view whose lists name only sentences that come along, and say how many do not."""
    story = page["story"]
    units = {}
    for unit_id, unit in story["units"].items():
        figures = [fact for fact in unit["figures"] if fact in held]
        kept = {name: part for name, part in unit.items() if name != "named"}
        units[unit_id] = kept | {"figures": figures, "more": words.more(unit["named"] - len(figures))}
    lists = {
        name: story[name] | {"rows": [_row(row, held) for row in story[name]["rows"]]} for name in _LISTS
    }
    return {"view": page["view"], "story": {**story, "units": units, **lists}}


def _row(row: Mapping[str, Any], held: set[str]) -> dict[str, Any]:
    figures = [fact for fact in row["figures"] if fact in held]
    return {**row, "figures": figures, "more": words.more(len(row["figures"]) - len(figures))}


def _nested(pages: Iterable[tuple[tuple[str, ...], dict[str, Any]]]) -> dict[str, Any]:
    """Return views by measure, level and window, one inside the other."""
    found: dict[str, Any] = {}
    for key, page in pages:
        inner = found
        for name in key[:-1]:
            inner = inner.setdefault(name, {})
        inner[key[-1]] = page
    return found
