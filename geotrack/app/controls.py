"""The controls above a view: each keeps its value in the session and in the address."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import cast

import pandas as pd
import streamlit as st

from geotrack.app import reads, state, steps
from geotrack.app.cards import about_confidence, html
from geotrack.app.links import plain_label
from geotrack.app.reads import Library
from geotrack.app.state import Asked
from geotrack.boundaries import LayerLevel
from geotrack.languages import alphabetical, number, pgettext, spoken
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import MapStyle
from geotrack.maps.content import Splitting
from geotrack.maps.gathering import INCIDENTS
from geotrack.maps.scales import Scale
from geotrack.maps.words import MEASURES, capitalised
from geotrack.maps.words import device as device_in_words
from geotrack.maps.words import measure as measure_in_words

SCHEMES = {
    "quantile": n_("Each colour for as many places"),
    "equal": n_("Steps of one size"),
    "natural": n_("Steps where values lie far apart"),
    "manual": n_("Steps of your own"),
}
_REVIEWED = {"": n_("All but rejected facts"), "yes": n_("Accepted, corrected or added")}
_STARTS = (10.0, 100.0, 1000.0)  # steps to begin with
_SPLITTINGS = {
    "none": n_("Left together"),
    "equal": n_("Split into equal parts"),
    "area": n_("Split by land"),
}
CONFIDENCES = (0.0, 0.5, 0.7, 0.85)


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked for, both inclusive; None is open."""

    start: dt.date | None
    end: dt.date | None


ALWAYS = Window(None, None)


def map_style(library: Library, asked: Asked) -> MapStyle:
    """Show the controls of the map and return what they ask for."""
    layers = reads.layers(library.settings)
    whole = library.edition.whole
    counts = reads.facts_by_country(whole)
    told = reads.facts_by_country(library.edition, st.session_state[_hold_confidence(asked)])
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        adm0 = _country(asked, layers, counts, reads.opening(whole, library.settings)[0])
        opening = reads.opening(whole, library.settings, adm0)[1]
        measure = _measure(asked, told.get(adm0, Counter()), opening)
        more()
        level = _level(asked, adm0, layers[adm0])
        window = days(asked)
        least = min_confidence(asked)
        _reviewed(asked)
        with st.popover(_("Colours")):
            scheme, classes, density = _classes(asked)
            breaks = _breaks(asked, measure, density=density) if scheme == "manual" else ()
            split = _split(asked)
    return MapStyle(
        measure=measure,
        adm0=adm0,
        level=level,
        start=window.start,
        end=window.end,
        min_confidence=least,
        judged=library.edition.judged,
        scheme=scheme if breaks or scheme != "manual" else "quantile",  # type: ignore[arg-type]  # of SCHEMES
        classes=classes,
        breaks=breaks,
        # Whose steps are one's own keeps its unit, whatever the values.
        unit="ha" if breaks and _is_area(measure) else None,
        density=density,
        split=split,
        locale=spoken(),
        redacted=False,
    )


def _country(
    asked: Asked, layers: dict[str, list[LayerLevel]], counts: dict[str, Counter[str]], opening: str
) -> str:
    """Ask for a country among those that have boundaries; the one most spoken of comes first."""
    options = sorted(layers, key=lambda adm0: (-counts.get(adm0, Counter()).total(), adm0))
    key = asked.hold("country", opening, state.one_of(options))
    return str(
        st.selectbox(
            _("Country"),
            options,
            format_func=lambda adm0: reads.places().place(adm0).name,
            key=key,
            on_change=state.touch,
            width=140,
        )
    )


def _measure(asked: Asked, counts: Counter[str], opening: str) -> str:
    """Ask for a measure; those that are reported come first, and each says how often."""
    options = sorted(MEASURES, key=lambda measure: not counts[measure])
    key = asked.hold("measure", opening, state.one_of(options))
    # The browser holds the label, whose number changes with country and confidence: it is sent anew.
    st.session_state[key] = st.session_state[key]
    return str(
        st.selectbox(
            _("Measure"),
            options,
            format_func=lambda measure: f"{measure_in_words(measure)} ({number(counts[measure])})",
            key=key,
            on_change=state.touch,
            width=250,
            help=_("In brackets: how many figures (or incidents) the reports hold for this country."),
        )
    )


def _level(asked: Asked, adm0: str, levels: list[LayerLevel]) -> LayerLevel:
    """Ask for the kind of unit by the country's own word: districts, oblasts, raions."""
    key = asked.hold("level", str(levels[0]), state.one_of([*levels]))
    if st.session_state[key] not in levels:
        st.session_state[key] = levels[0]
    chosen = st.selectbox(
        _("Divided into"),
        levels,
        format_func=lambda level: capitalised(reads.units_word(adm0, level)),
        key=key,
        on_change=state.touch,
        width=140,
    )
    return chosen or levels[0]


def more() -> None:
    """Fold the controls after this one, on a phone alone: what they are for stands in sight there."""
    html("<details class='gt-more'><summary>{}</summary></details>", _("More filters"))


def days(asked: Asked) -> Window:
    """Ask for the first and the last day; empty is open."""
    ends: list[dt.date | None] = []
    for name, label in (("from", _("From")), ("to", _("To"))):
        key = asked.hold(name, None, state.day)
        ends.append(
            st.date_input(
                label,
                key=key,
                value=None,
                on_change=state.touch,
                format="YYYY-MM-DD" if spoken() == "en" else "DD.MM.YYYY",
                min_value=dt.date(1990, 1, 1),
                width=165,
            )
        )
    return Window(ends[0], ends[1])


def min_confidence(asked: Asked) -> float:
    """Ask how sure a fact must be to be shown; a link may ask for what is not among the choices."""
    key = _hold_confidence(asked)
    return float(
        st.selectbox(
            _("Sure enough to show"),
            sorted({*CONFIDENCES, st.session_state[key]}),
            format_func=_least_in_words,
            key=key,
            on_change=state.touch,
            width=165,
            help=about_confidence(),
        )
    )


def sieved(library: Library, asked: Asked) -> Library:
    """Return the library as the control of what is reviewed asks: all of it, or judged facts alone."""
    judged = st.session_state[_hold_reviewed(asked)] == "yes"
    return replace(library, edition=replace(library.edition, judged=judged))


def _hold_reviewed(asked: Asked) -> str:
    return asked.hold("reviewed", "", state.one_of([*_REVIEWED]))


def _reviewed(asked: Asked) -> None:
    st.selectbox(
        _("Reviewed"),
        list(_REVIEWED),
        format_func=lambda one: _(_REVIEWED[one]),
        key=_hold_reviewed(asked),
        on_change=state.touch,
        width=175,
        help=_("What a person rejected is never added up or drawn."),
    )


def _least_in_words(least: float) -> str:
    return _("{least} or more").format(least=number(least)) if least else _("All facts")


def _hold_confidence(asked: Asked) -> str:
    return asked.hold("min_confidence", 0.0, _confidence)


def _confidence(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise ValueError(text)
    return number


def _classes(asked: Asked) -> tuple[str, int, bool]:
    scheme = st.radio(
        _("How values share the colours"),
        list(SCHEMES),
        format_func=lambda scheme: _(SCHEMES[scheme]),
        key=asked.hold("scheme", "quantile", state.one_of(SCHEMES)),
        on_change=state.touch,
    )
    classes = st.slider(
        _("Colours at most"),
        2,
        steps.MOST_CLASSES,
        key=asked.hold("classes", 5, _class_count),
        on_change=state.touch,
        disabled=scheme == "manual",
    )
    density = st.toggle(
        _("By the size of each place"),
        key=asked.hold("area", False, state.switch),  # noqa: FBT003 - a widget's value
        on_change=state.touch,
        help=_("Land in percent of the place\u2019s land, all else per 100 km²."),
    )
    return str(scheme), classes, density


def _is_area(measure: str) -> bool:
    return measure.startswith("area_")


def _breaks(asked: Asked, measure: str, *, density: bool) -> tuple[float, ...]:
    """Ask for the upper ends of the colours; none where what is written is no row of rising numbers."""
    by_size = "%" if _is_area(measure) else _("per 100 km²")
    unit = (
        by_size
        if density
        else "%"
        if measure.startswith("share_")
        else Scale("ha", spoken()).unit_label
        if _is_area(measure)
        else ""
    )
    told = _("Where each colour ends, in {unit}") if unit else _("Where each colour ends")
    written = st.text_input(
        told.format(unit=unit),
        key=asked.hold("breaks", steps.in_words(_STARTS), steps.of_address),
        on_change=state.touch,
        help=_(
            "Up to five numbers that rise, apart by semicolons or spaces. A value that is one of them wears "
            "the colour that ends there; what is over the last has a colour of its own."
        ),
    )
    try:
        return steps.read(written)
    except ValueError:
        st.error(
            _("These are no rising numbers: {text}. Write up to five, as {example}.").format(
                text=plain_label(written), example=steps.in_words(_STARTS)
            )
        )
        return ()


def _split(asked: Asked) -> Splitting:
    chosen = st.radio(
        _("Numbers for several places together"),
        list(_SPLITTINGS),
        format_func=lambda one: _(_SPLITTINGS[one]),
        key=asked.hold("split", "none", state.one_of(_SPLITTINGS)),
        on_change=state.touch,
        help=_("A split number is a guess: the map says so, and shows the whole beside it."),
    )
    return cast("Splitting", chosen)


def _class_count(text: str) -> int:
    count = int(text)
    if not 2 <= count <= steps.MOST_CLASSES:  # noqa: PLR2004 - one class is no map
        raise ValueError(text)
    return count


def view_params(style: MapStyle) -> dict[str, str | None]:
    """Return a map's controls as they stand in the address."""
    return {
        "country": style.adm0,
        "measure": style.measure,
        "level": style.level,
        "from": style.start.isoformat() if style.start else None,
        "to": style.end.isoformat() if style.end else None,
        "min_confidence": _confidence_param(style.min_confidence),
        "reviewed": "yes" if style.judged else None,
        "breaks": steps.address(style.breaks),
        "scheme": None if style.scheme == "quantile" else style.scheme,
        "classes": None if style.classes == 5 else str(style.classes),  # noqa: PLR2004 - the default
        "area": "1" if style.density else None,
        "split": None if style.split == "none" else style.split,
    }


def any_country(asked: Asked, library: Library, *, of_incidents: bool = False) -> str:
    """Ask for a country of which something is reported, or incidents alone; empty is any."""
    counts = reads.facts_by_country(library.edition)
    told = [adm0 for adm0 in counts if (counts[adm0][INCIDENTS] if of_incidents else counts[adm0].total())]
    names = {adm0: reads.places().place(adm0).name for adm0 in told}
    options = ["", *sorted(names, key=lambda adm0: alphabetical(names[adm0]))]
    return str(
        st.selectbox(
            _("Country"),
            options,
            format_func=lambda adm0: names[adm0] if adm0 else pgettext("countries", "All"),
            key=asked.hold("country", "", state.one_of(options)),
            on_change=state.touch,
            width=170,
        )
    )


def device(asked: Asked, events: pd.DataFrame) -> str:
    """Ask for a device among those reported; empty is any."""
    options = ["", *sorted(set(events["device"]))]
    return str(
        st.selectbox(
            _("Device"),
            options,
            format_func=lambda name: _device(name) if name else pgettext("devices", "All"),
            key=asked.hold("device", "", state.one_of(options)),
            on_change=state.touch,
            width=210,
        )
    )


def _device(name: str) -> str:
    return pgettext("devices", "Unknown") if name == "unknown" else capitalised(device_in_words(name))


def _confidence_param(least: float) -> str | None:
    return f"{least:g}" if least else None


def check_params(view: str, adm0: str, least: float, since: dt.date | None) -> dict[str, str | None]:
    """Return the controls of the page of checks as they stand in the address."""
    return {
        "view": None if view == "conflicts" else view,
        "country": adm0,
        "min_confidence": _confidence_param(least),
        "since": since.isoformat() if since else None,
    }


def incident_params(adm0: str, device_name: str, window: Window, least: float) -> dict[str, str | None]:
    """Return the controls of the pages of incidents and exports as they stand in the address."""
    return {
        "country": adm0,
        "device": device_name,
        "from": window.start.isoformat() if window.start else None,
        "to": window.end.isoformat() if window.end else None,
        "min_confidence": _confidence_param(least),
    }
