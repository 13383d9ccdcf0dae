"""Which incidents are asked for: the controls above the list, and what they let through."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from geotrack.analysis.nesting import Nesting
from geotrack.analysis.tables import records
from geotrack.analysis.tellings import days_of
from geotrack.app import controls, reads, state
from geotrack.app.controls import ALWAYS, Window
from geotrack.app.observations import unit_name
from geotrack.app.reads import Edition, Library
from geotrack.app.state import Asked
from geotrack.gazetteer.folding import fold
from geotrack.languages import alphabetical, number, pgettext
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import words
from geotrack.store.search import pattern_of, phrases_of

HARMED = {
    "anyone": n_("Anyone harmed"),
    "killed": n_("People killed"),
    "injured": n_("People injured"),
    "nobody": n_("Nobody harmed"),
    "unsaid": n_("Victims not stated"),
}
REVIEWED = {"yes": n_("Seen by a person"), "no": n_("Not yet seen")}

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What is asked of incidents; an empty word asks nothing."""

    adm0: str = ""
    place: str = ""
    device: str = ""
    harmed: str = ""
    reviewed: str = ""
    query: str = ""
    window: Window = ALWAYS
    least: float = 0.0

    @property
    def params(self) -> dict[str, str | None]:
        """What is asked, as it stands in the address."""
        asked = {"place": self.place, "harmed": self.harmed, "reviewed": self.reviewed, "search": self.query}
        return controls.incident_params(self.adm0, self.device, self.window, self.least) | asked


def ask(library: Library, asked: Asked) -> EventFilter:
    """Show the controls, and return what they ask for."""
    events = reads.events(library.edition)
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls incidents"):
        adm0 = controls.any_country(asked, library, of_incidents=True)
        place = _place(asked, library.edition, adm0)
        controls.more()
        device = controls.device(asked, events)
        harmed = _choice(asked, "harmed", _("Harmed"), HARMED, pgettext("victims", "All"))
        window = controls.days(asked)
        least = controls.min_confidence(asked)
        reviewed = _choice(asked, "reviewed", _("Reviewed"), REVIEWED, pgettext("reviews", "All"))
        query = st.text_input(
            _("Words in their sentences"),
            key=asked.hold("search", "", str),
            on_change=state.touch,
            width=220,
        )
    return EventFilter(adm0, place, device, harmed, reviewed, query.strip(), window, least)


def _choice(asked: Asked, name: str, label: str, options: Mapping[str, str], everything: str) -> str:
    """Ask for one of some words; empty is any."""
    return str(
        st.selectbox(
            label,
            ["", *options],
            format_func=lambda one: _(options[one]) if one else everything,
            key=asked.hold(name, "", state.one_of(["", *options])),
            on_change=state.touch,
            width=170,
        )
    )


def _place(asked: Asked, edition: Edition, adm0: str) -> str:
    """Ask for a unit by its name, among those of which incidents are told; empty is any."""
    counts = _units_told(edition)
    key = asked.hold("place", "", _unit)
    places = reads.places()
    if adm0 and st.session_state[key] and places.place(st.session_state[key]).adm0 != adm0:
        st.session_state[key] = ""
    named = {one: unit_name(one) for one in {*counts, st.session_state[key]} - {""}}
    here = [one for one in named if not adm0 or places.place(one).adm0 == adm0]

    def told(place_id: str) -> str:
        return f"{named[place_id]} ({number(counts[place_id])})" if place_id else pgettext("places", "All")

    return str(
        st.selectbox(
            _("Place"),
            ["", *sorted(here, key=lambda one: alphabetical(named[one]))],
            format_func=told,
            key=key,
            on_change=state.touch,
            width=230,
            help=_("Type the beginning of a name. In brackets: how many incidents are told of the place."),
        )
    )


def _unit(text: str) -> str:
    if text and text not in reads.gazetteer():
        raise ValueError(text)
    return text


@st.cache_resource(show_spinner=False, max_entries=2)
def _units_told(edition: Edition) -> Counter[str]:
    """Count the incidents told of each first- and second-level unit."""
    nesting = Nesting(reads.gazetteer())
    counts: Counter[str] = Counter()
    for place_ids in reads.events(edition)["place_ids"]:
        counts.update({unit for place_id in place_ids for unit in _units_of(place_id, nesting)})
    return counts


def _units_of(place_id: str, nesting: Nesting) -> set[str]:
    place = nesting.place(place_id)
    return {unit for unit in (place.adm1, place.adm2) if unit}


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a filter asks of one report of an incident: its folded sentence, and if a person judged it."""

    words: str
    judged: bool


@st.cache_resource(show_spinner=False, max_entries=2)
def _tellings(edition: Edition) -> dict[str, _Telling]:
    table = reads.incidents(edition)
    told = zip(table["incident_id"], table["sentence"], table["review"], strict=True)
    return {one: _Telling(fold(sentence), bool(review)) for one, sentence, review in told}


def chosen(edition: Edition, events: pd.DataFrame, asked: EventFilter) -> pd.DataFrame:
    """Return the incidents that a filter lets through, the newest first.

    `events` has a row an explosion, or one a report, as `merge_incidents` or the store give them.
    """
    tests = _tests(edition, asked)
    keep = [all(test(event) for test in tests) for event in records(events)]
    kept = events[pd.Series(keep, index=events.index, dtype=bool)]
    return kept.sort_values("date", ascending=False, na_position="last", kind="stable")


def _tests(edition: Edition, asked: EventFilter) -> list[Callable[[Event], bool]]:
    """Return what an incident must pass: one test for each thing that is asked."""
    tests: list[Callable[[Event], bool]] = []
    nesting = Nesting(reads.gazetteer())
    if asked.adm0:
        tests.append(lambda one: any(nesting.place(p).adm0 == asked.adm0 for p in one["place_ids"]))
    if asked.place:
        tests.append(lambda one: any(asked.place in nesting.chain(p) for p in one["place_ids"]))
    if asked.device:
        tests.append(lambda one: one["device"] == asked.device)
    if asked.harmed:
        tests.append(lambda one: _harmed(one, asked.harmed))
    if asked.window != ALWAYS:
        tests.append(lambda one: _touches(one["date"], asked.window))
    if asked.reviewed or asked.query:
        tests.append(_of_tellings(edition, asked))
    return tests


def _of_tellings(edition: Edition, asked: EventFilter) -> Callable[[Event], bool]:
    known = _tellings(edition)
    patterns = [pattern_of([phrase]) for phrase in phrases_of(asked.query)]

    def passes(event: Event) -> bool:
        told = [known[one] for one in event.get("incident_ids", [event.get("incident_id")]) if one in known]
        judged = any(one.judged for one in told)
        if asked.reviewed and judged != (asked.reviewed == "yes"):
            return False
        return all(any(pattern.search(one.words) for one in told) for pattern in patterns)

    return passes


def _harmed(event: Event, how: str) -> bool:
    """Tell whether an incident harmed people as asked; what is not said is not nobody."""
    counts = {
        name: None if pd.isna(event[name]) else int(event[name])
        for name in ("killed", "injured", "casualties")
    }
    if how in counts:
        return bool(counts[how])
    if how == "anyone":
        return any(counts.values())
    if how == "nobody":
        return not any(counts.values()) and counts["killed"] == 0 and counts["injured"] == 0
    return not any(counts.values()) and (counts["killed"] is None or counts["injured"] is None)


def _touches(date: str | None, window: Window) -> bool:
    """Tell whether an incident may have been within the window; without a date only in an open one."""
    first, last = days_of(date)
    if first is None or last is None:
        return window.start is None and window.end is None
    return (window.start or dt.date.min) <= last and first <= (window.end or dt.date.max)


def left_out(library: Library, asked: EventFilter) -> str:
    """Say how many reports of such incidents are left out as not sure enough."""
    gone = reads.less_sure_incidents(library.edition, asked.least)
    return words.left_out(0, len(chosen(library.edition, gone, asked)), asked.least)


def country_shown(asked: EventFilter, found: pd.DataFrame, picked: Event | None) -> str | None:
    """Return the country that a map of these incidents shows: the one asked for, else the picked one's.

    Without either it is the one with the most incidents; None where there is none at all.
    """
    nesting = Nesting(reads.gazetteer())
    if asked.adm0:
        return asked.adm0
    if asked.place:
        return nesting.place(asked.place).adm0
    if picked is not None:
        return nesting.place(picked["place_ids"][0]).adm0
    told = Counter(nesting.place(ids[0]).adm0 for ids in found["place_ids"] if ids)
    return min(told, key=lambda one: (-told[one], one)) if told else None
