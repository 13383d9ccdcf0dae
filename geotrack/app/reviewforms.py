"""The fields of a fact as a form: what stands in them, and what of it makes no sense."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args

import streamlit as st
from babel.units import format_unit, get_unit_name

from geotrack.analysis.measures import unit_of
from geotrack.app import reviewplaces, state
from geotrack.languages import gettext as _
from geotrack.languages import pgettext, spoken
from geotrack.maps import words
from geotrack.models import Basis, Device, Measure, Qualifier, Span, Unit

_AREAS = {
    "ha": "area-hectare",
    "km2": "area-square-kilometer",
    "m2": "area-square-meter",
    "acre": "area-acre",
    "mi2": "area-square-mile",
}
_DIGITS = re.compile(r"\d[\d.,']*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_COUNTS = ("killed", "injured", "casualties")
_PEOPLE_MOST = 10_000_000
_LISTS = ("victims", "done_by", "reported_by")


def show(prefix: str, kind: str, fields: Mapping[str, Any], offered: Sequence[str]) -> bool:
    """Show the form of a fact; tell whether its places are to be picked on a map (`show_map`).

    Parameters
    ----------
    prefix
        Names this form: another one starts afresh.
    fields
        What stands in it at first.
    offered
        Ids of places to choose from beside those of the fact.
    """
    for name, value in fields.items():
        if name != "place_ids":
            st.session_state.setdefault(f"{prefix} {name}", _held(kind, name, value))
    (_figure if kind == "figure" else _incident)(prefix)
    return reviewplaces.show(f"{prefix} place_ids", fields["place_ids"], offered)


def show_map(prefix: str) -> None:
    """Show the map on which the places of the form are picked."""
    reviewplaces.show_map(f"{prefix} place_ids")


def _held(kind: str, name: str, value: Any) -> Any:  # noqa: ANN401 - what a widget of any type holds
    if name in {"value", "value_max"}:
        return "" if value is None else f"{value:.15g}"
    if name in {"start", "end"}:
        return None if value is None else dt.date.fromisoformat(value)
    if name in _LISTS:
        return "; ".join(value)
    if name == "part":
        return value or ""
    return value or "" if kind == "incident" and name == "date" else value


def _figure(prefix: str) -> None:
    _choice(prefix, "measure", _("Measure"), get_args(Measure), words.measure)
    with st.container(horizontal=True, gap="small", key=f"{prefix} values"):
        _choice(prefix, "qualifier", _("Exactness"), get_args(Qualifier), _qualifier, 108)
        st.text_input(_("Value"), key=f"{prefix} value", on_change=state.touch, width=112)
        st.text_input(
            _("Up to"),
            key=f"{prefix} value_max",
            on_change=state.touch,
            width=92,
            placeholder=_("of a range"),
        )
        _choice(prefix, "unit", _("Unit"), get_args(Unit), _unit, 140)
    with st.container(horizontal=True, gap="xsmall", key=f"{prefix} days"):
        _choice(prefix, "basis", _("Kind of period"), get_args(Basis), _basis, 140)
        for name, label in (("start", _("First day")), ("end", _("Last day"))):
            st.date_input(
                label,
                value=None,
                min_value=_EARLIEST,
                max_value=_LATEST,
                key=f"{prefix} {name}",
                on_change=state.touch,
                format="YYYY-MM-DD",
                width=165,
            )

    with st.expander(_("Which part, and who")):
        _text(prefix, "part", _("Only a part of what is there"))
        _text(prefix, "done_by", _("Who did it, with semicolons between"))
        _text(prefix, "reported_by", _("Who says so, with semicolons between"))


def _text(prefix: str, name: str, label: str) -> None:
    st.text_input(label, key=f"{prefix} {name}", on_change=state.touch, max_chars=500)


def _incident(prefix: str) -> None:
    with st.container(horizontal=True, gap="small", key=f"{prefix} what"):
        st.text_input(
            _("Day, month or year"),
            key=f"{prefix} date",
            on_change=state.touch,
            placeholder="2024-05-31",
            width=150,
        )
        _choice(prefix, "device", _("Device"), get_args(Device), words.device, 210)
    with st.container(horizontal=True, gap="small", key=f"{prefix} harm"):
        labels = {"killed": _("Killed"), "injured": _("Injured"), "casualties": _("Killed or injured")}
        for name in _COUNTS:
            st.number_input(
                labels[name],
                min_value=0,
                max_value=_PEOPLE_MOST,
                step=1,
                value=None,
                key=f"{prefix} {name}",
                on_change=state.touch,
                width=135,
                placeholder=_("not said"),
            )
    st.text_input(
        _("Victims, as the text calls them, with semicolons between"),
        key=f"{prefix} victims",
        on_change=state.touch,
    )


def _choice(
    prefix: str,
    name: str,
    label: str,
    options: Sequence[str],
    told: Callable[[str], str],
    width: int | Literal["stretch"] = "stretch",
) -> None:
    key = f"{prefix} {name}"
    st.selectbox(label, list(options), format_func=told, key=key, on_change=state.touch, width=width)


def _unit(unit: str) -> str:
    if unit in _AREAS:
        # Not every language has a name for a unit that stands alone.
        written = format_unit(5, _AREAS[unit], "long", locale=spoken()).replace("5", "").strip()
        return get_unit_name(_AREAS[unit], "long", spoken()) or written
    named = {
        "percent": pgettext("unit", "percent"),
        "count": pgettext("unit", "items"),
        "people": pgettext("unit", "people"),
    }
    return named[unit]


def _qualifier(qualifier: str) -> str:
    named = {
        "exact": pgettext("exactness", "exactly"),
        "approx": pgettext("exactness", "about"),
        "at_least": pgettext("exactness", "at least"),
        "at_most": pgettext("exactness", "at most"),
    }
    return named[qualifier]


def _basis(basis: str) -> str:
    named = {
        "period": pgettext("kind of period", "these days alone"),
        "cumulative": pgettext("kind of period", "running total"),
        "stock": pgettext("kind of period", "level on a day"),
    }
    return named[basis]


def label_of_field(name: str) -> str:
    """Return what a form calls one of the fields that a fact's line says nothing of."""
    named = {
        "basis": _("Kind of period"),
        "part": pgettext("field", "Part"),
        "done_by": pgettext("field", "Done by"),
        "reported_by": pgettext("field", "Reported by"),
        "victims": pgettext("field", "Victims"),
    }
    return named[name]


def in_words(name: str, value: str) -> str:
    """Return what stands in one of these fields, in words."""
    return _basis(value) if name == "basis" else value


def read(prefix: str, kind: str) -> tuple[dict[str, Any], list[str]]:
    """Return the fields as they stand in a form, and what of them makes no sense, in words."""
    held = {
        name.removeprefix(f"{prefix} "): value
        for name, value in st.session_state.items()
        if isinstance(name, str) and name.startswith(f"{prefix} ")
    }
    fields, problems = (_read_figure if kind == "figure" else _read_incident)(held)
    return fields | {"place_ids": list(held.get("place_ids") or [])}, problems


def _read_figure(held: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    problems: list[str] = []
    fields = {name: held.get(name) for name in ("measure", "unit", "qualifier", "basis")}
    fields |= {"part": str(held.get("part") or "").strip() or None}
    fields |= {name: _listed(held.get(name)) for name in ("done_by", "reported_by")}
    for name in ("value", "value_max"):
        text = str(held.get(name) or "").strip()
        fields[name] = number_of(text) if text else None
        if text and fields[name] is None:
            problems.append(_("{text} is no number: write it as 1234.5").format(text=text))
    if fields["value"] is None and not problems:
        problems.append(_("A figure needs a value."))
    if problems:
        return fields, problems
    if fields["value_max"] is not None and fields["value_max"] < fields["value"]:
        problems.append(_("The range ends below where it begins."))
    start, end = held.get("start"), held.get("end")
    if start and end and start > end:
        problems.append(_("The period ends before it begins."))
    fits = _unit_fits(str(fields["measure"]), str(fields["unit"]))
    if not fits:
        problems.append(_("This measure is not counted in this unit."))
    return fields | {"start": start and start.isoformat(), "end": end and end.isoformat()}, problems


def _listed(typed: object) -> list[str]:
    """Return what stands between semicolons."""
    return [one.strip() for one in str(typed or "").split(";") if one.strip()]


def _unit_fits(measure: str, unit: str) -> bool:
    base = unit_of(measure)
    return unit in _AREAS if base == "m2" else unit in ({base, "count"} if base == "people" else {base})


def _read_incident(held: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    date = str(held.get("date") or "").strip()
    problems = []
    if date and not _is_date(date):
        problems.append(_("{text} is no day, month or year: write it as 2024-05-31").format(text=date))
    counts = {name: held.get(name) for name in _COUNTS}
    fields = {
        "date": date or None,
        "device": held.get("device"),
        "victims": _listed(held.get("victims")),
        **{name: None if count is None else int(count) for name, count in counts.items()},
    }
    return fields, problems


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))


def number_of(text: str) -> float | None:
    """Return a number as a person types it, with whatever separators are clear; None if it is none."""
    from geotrack.extraction.numbers import LARGEST, parse_digits

    digits = "".join(text.split())
    if not _DIGITS.fullmatch(digits):
        return None
    value, malformed = parse_digits(digits)
    return None if malformed or not math.isfinite(value) or value > LARGEST else value


def prefilled(text: str, span: Span, language: str) -> dict[str, Any]:
    """Return the value, range and unit that words state, as far as the reader of numbers sees them."""
    from geotrack.extraction.lexicon import Lexicon
    from geotrack.extraction.quantities import find_quantities
    from geotrack.extraction.tagging import TaggedSentence
    from geotrack.extraction.words import fold

    chosen = text[slice(*span)]
    tagged = TaggedSentence.of(chosen, fold(chosen), Lexicon.load(language))
    found = find_quantities(tagged, ())
    if not found:
        numbers = re.findall(r"\d[\d.,]*\d|\d", chosen)
        value = number_of(numbers[0]) if numbers else None
        return {} if value is None else {"value": value}
    first = found[0]
    return {
        "value": first.number.value,
        "value_max": first.number.value_max,
        "unit": first.unit,
        "qualifier": first.qualifier,
    }
