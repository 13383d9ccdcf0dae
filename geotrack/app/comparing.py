"""The controls of the timeline: which places and measures are compared, how, and over which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from geotrack.analysis import STOCK_MEASURES
from geotrack.analysis.bins import By, View
from geotrack.app import controls, links, reads, state
from geotrack.app.cards import html, note
from geotrack.app.controls import Window
from geotrack.app.overtime import BY, VIEWS
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.charts.compared import MOST_PLACES
from geotrack.languages import alphabetical, number
from geotrack.languages import gettext as _
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.words import MEASURES
from geotrack.maps.words import measure as measure_in_words

PAGE = "timeline"
_PLACES, _SHOWN = f"{PAGE} places", f"{PAGE} shown"
_CLEARED = f"{PAGE} without measures"
_OFFERED = 3
_NONE: list[str] = []


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: `by` empty is as reported; `shown` is what is picked out of the charts."""

    places: tuple[str, ...]
    measures: tuple[str, ...]
    by: By | None
    view: View
    window: Window
    min_confidence: float
    density: bool = False
    wider: bool = False
    shown: str = ""

    @property
    def params(self) -> dict[str, str | None]:
        """The comparison as it stands in the address."""
        return controls.incident_params("", "", self.window, self.min_confidence) | {
            "places": ",".join(self.places),
            "measures": ",".join(self.measures),
            "by": self.by,
            "view": None if self.view == "total" else self.view,
            "area": "1" if self.density else None,
            "wider": "1" if self.wider else None,
            "shown": self.shown,
        }


def comparison(asked: Asked, library: Library) -> Comparison:
    """Show the controls of the timeline and return what they ask for."""
    counts = reads.facts_by_place(library.edition)
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls timeline"):
        places = _places(asked, counts)
        measures = _measures(asked, places, counts)
        controls.more()
        by = _choice(asked, "by", _("Over time"), BY)
        view = _choice(asked, "view", _("Shown as"), VIEWS)
        window = controls.days(asked)
        least = controls.min_confidence(asked)
        with st.popover(_("More")):
            density = st.toggle(
                _("By the size of each place"),
                key=asked.hold("area", False, state.switch),  # noqa: FBT003 - a widget's value
                on_change=state.touch,
                help=_("Land in percent of the place\u2019s land, all else per 100 km²."),
            )
            wider = st.toggle(
                _("Figures for wider areas, too"),
                key=asked.hold("wider", False, state.switch),  # noqa: FBT003 - a widget's value
                on_change=state.touch,
            )
    shown = st.session_state[asked.hold("shown", "", str)]
    return Comparison(
        tuple(places),
        tuple(measures),
        cast("By | None", by or None),
        cast("View", view),
        window,
        least,
        density,
        wider,
        shown,
    )


def _places(asked: Asked, counts: dict[str, Counter[str]]) -> list[str]:
    """Ask for places of which something is known, those most is known of first."""
    key = asked.hold("places", _NONE, _list_of(lambda one: one in reads.places(), MOST_PLACES))
    offered = [*counts, *st.session_state[key]]
    told = {one: counts.get(one, Counter()).total() for one in offered}
    names = {place_id: reads.places().titled(place_id) for place_id in told}
    options = sorted(told, key=lambda one: (-told[one], alphabetical(names[one]), one))
    chosen = st.multiselect(
        _("Places"),
        options,
        format_func=lambda one: f"{names[one]} ({number(told[one])})",
        key=key,
        on_change=state.touch,
        max_selections=MOST_PLACES,
        placeholder=_("Type a name"),
        width=500,
        help=_("In brackets: how many figures and incidents speak of the place."),
    )
    return list(chosen)


def _measures(asked: Asked, places: Sequence[str], counts: dict[str, Counter[str]]) -> list[str]:
    """Ask for measures, those that are told of the places; at first the one that is told most often."""
    told: Counter[str] = sum((counts.get(one, Counter()) for one in places), Counter())
    options = sorted((one for one in MEASURES if told[one]), key=lambda one: -told[one])
    key = asked.hold("measures", _NONE, _list_of(lambda one: one in MEASURES))
    kept = [one for one in st.session_state[key] if one in MEASURES]
    if not kept and options and not st.session_state.get(_CLEARED):
        flows = [one for one in options if one not in STOCK_MEASURES and one != INCIDENTS]
        kept = [*(flows or options)[:1]]
        kept += [INCIDENTS] if told[INCIDENTS] and INCIDENTS not in kept else []
    # The browser holds the labels, whose numbers change with the places: what is chosen is sent anew.
    st.session_state[key] = kept
    return list(
        st.multiselect(
            _("Measures"),
            [*options, *(one for one in kept if one not in options)],
            format_func=lambda one: f"{measure_in_words(one)} ({number(told[one])})",
            key=key,
            on_change=_measured,
            args=(key,),
            placeholder=_("Choose a measure"),
            width=500,
        )
    )


def _measured(key: str) -> None:
    """Note that measures were chosen, or all of them taken away: then none is chosen for the user."""
    st.session_state[_CLEARED] = not st.session_state[key]
    state.touch()


def _choice(asked: Asked, name: str, label: str, named: dict[str, str]) -> str:
    return str(
        st.selectbox(
            label,
            list(named),
            format_func=lambda one: _(named[one]),
            key=asked.hold(name, next(iter(named)), state.one_of(named)),
            on_change=state.touch,
            width=150,
        )
    )


def _list_of(is_known: Callable[[str], bool], most: int = 0) -> Callable[[str], list[str]]:
    """Return a reader of addresses that takes words with commas between, if each is known and few enough."""

    def read(text: str) -> list[str]:
        found = [*dict.fromkeys(one for one in text.split(",") if one)]
        if not all(map(is_known, found)) or (most and len(found) > most):
            raise ValueError(text)
        return found

    return read


def show(picked: str) -> None:
    """Pick something out of the charts, or nothing; for callbacks."""
    st.session_state[_SHOWN] = picked
    state.touch()


def offer_places(library: Library) -> None:
    """Say what to do where no place is chosen, and offer those that most is known of."""
    counts = reads.facts_by_place(library.edition)
    most = sorted(counts, key=lambda one: (-counts[one].total(), one))[:_OFFERED]
    html(
        "<p class='gt-lead'>{}</p>",
        _("Choose up to six places above, by name: countries, oblasts, districts, raions."),
    )
    if not most:
        note(_("No report in the collection states a figure or an incident yet."))
        return
    note(_("Most is known of these:"))
    names = {one: reads.places().titled(one) for one in most}
    with st.container(horizontal=True, key="offered places"):
        for place_id in most:
            _offer(names[place_id], [place_id])
        if len(most) > 1:
            _offer(_("Compare them"), most)


def _offer(label: str, place_ids: Iterable[str]) -> None:
    chosen = list(place_ids)
    st.button(links.plain_label(label), on_click=_choose, args=(chosen,), key=f"offer {','.join(chosen)}")


def _choose(place_ids: list[str]) -> None:
    st.session_state[_PLACES] = place_ids
    state.touch()
