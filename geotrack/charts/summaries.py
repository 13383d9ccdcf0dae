"""What a chart of places shows, in sentences: for those who do not see it, and those who want it told.

A sentence says that something rose or fell only where the two numbers it compares cannot be the same by all
that they admit: their roundings, and what `at least`, `at most` and `about` leave open.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from geotrack.charts.axes import Row
from geotrack.charts.binned import Binned, bin_amounts, told
from geotrack.charts.compared import Amounts, Look, Subject, amounts_of
from geotrack.charts.comparisons import value_in_words
from geotrack.languages import day as day_in_words
from geotrack.languages import days_between, ngettext, number
from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_

Limits = tuple[float, float]
_SILENT = {
    "month": n_("nothing known of {n} of {all} months"),
    "quarter": n_("nothing known of {n} of {all} quarters"),
    "year": n_("nothing known of {n} of {all} years"),
}
_ROUNDING = 0.01  # a sum does not tell by how much its parts were rounded: more than this few are


def stated_summary(rows: Sequence[Row], subjects: Sequence[Subject], look: Look) -> list[str]:
    """Return what is stated of some places, a sentence or two a place, then what they share.

    Parameters
    ----------
    rows
        Of `geotrack.charts.compared.stated`, for the same subjects and look.
    """
    kinds = {"rate": ("period",), "cumulative": ("running",)}.get(look.view, ("period", "running"))
    kinds = (*kinds, "level")
    sentences = []
    for index, subject in enumerate(subjects):
        own = [row for row in rows if row["subject"] == index]
        parts = [_part(kind, [row for row in own if row["kind"] == kind], rows, look) for kind in kinds]
        said = "; ".join(part for part in parts if part) or _("nothing with a date is stated of it alone")
        sentences.append(_("{place}: {what}.").format(place=subject.name, what=said))
    return [*sentences, *_besides(rows)]


def _part(kind: str, own: Sequence[Row], rows: Sequence[Row], look: Look) -> str:
    if not own:
        return ""
    amounts = amounts_of([row for row in rows if row["kind"] == kind], look)
    if kind == "period":
        return _periods(own, amounts)
    said = _steps([row for row in own if not row["lost"]] or own, amounts)
    return _("running total: {what}").format(what=said) if kind == "running" else said


def _periods(own: Sequence[Row], amounts: Amounts) -> str:
    """Say how many figures of periods there are, and between which values: periods differ in length."""
    count = len(own)
    least, most = min(own, key=lambda row: row["amount"]), max(own, key=lambda row: row["amount"])
    first, last = min(row["start"] for row in own), max(row["end"] for row in own)
    days = days_between(first, last)
    if count == 1:
        told = _("one figure, {value}, for {days}")
        return told.format(value=value_in_words(own[0], amounts), days=days)
    return ngettext(
        "{n} figure for times within {days}, from {least} to {most}",
        "{n} figures for times within {days}, from {least} to {most}",
        count,
    ).format(
        n=number(count), days=days, least=value_in_words(least, amounts), most=value_in_words(most, amounts)
    )


def _steps(own: Sequence[Row], amounts: Amounts) -> str:
    """Say what the first and the last of totals or levels are that one line joins: the longest line."""
    series = _longest(own)
    first, last = series[0], series[-1]
    if first is last or first["end"] == last["end"]:
        told = _("{value} on {day}")
        return told.format(value=value_in_words(last, amounts), day=day_in_words(last["end"]))
    limits = [(row["amount_low"], row["amount_high"]) for row in (first, last)]
    return _moved(
        _direction(*limits),
        (value_in_words(first, amounts), day_in_words(first["end"])),
        (value_in_words(last, amounts), day_in_words(last["end"])),
    )


def _longest(own: Sequence[Row]) -> list[Row]:
    """Return the rows of the series with the most days; of levels those of the same places and actor."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in own:
        key = (row["run"] or row["observation_id"],)
        if row["kind"] == "level":
            key = (*row["place_ids"], *row["done_by"], row["part"])
        found.setdefault(key, []).append(row)
    series = max(found.values(), key=lambda rows: (len({row["end"] for row in rows}), rows[0]["amount"]))
    return sorted(series, key=lambda row: (row["end"], row["observation_id"]))


def _direction(before: Limits, after: Limits) -> str:
    """Return `up`, `down` or, where both may be the same, `open`."""
    if after[0] > before[1]:
        return "up"
    return "down" if after[1] < before[0] else "open"


def _moved(direction: str, before: tuple[str, str], after: tuple[str, str]) -> str:
    told = {
        "up": _("up from {first} ({first_day}) to {last} ({last_day})"),
        "down": _("down from {first} ({first_day}) to {last} ({last_day})"),
        "open": _("{first} ({first_day}), then {last} ({last_day}): whether it rose or fell is not known"),
    }[direction]
    return told.format(first=before[0], first_day=before[1], last=after[0], last_day=after[1])


def _besides(rows: Sequence[Row]) -> list[str]:
    """Say what is of several places together, what reports disagree on, what has no date, and the reports."""
    counts = {
        _("Figures for several places together or for a wider area: {n}."): sum(
            row["subject"] is None for row in rows
        ),
        _("Numbers on which reports disagree: {n}."): len({row["conflict"] for row in rows} - {""}),
        _("Figures without a date, in the table only: {n}."): sum(row["kind"] == "undated" for row in rows),
    }
    told = [text.format(n=number(count)) for text, count in counts.items() if count]
    return [" ".join([*told, _reports({one for row in rows for one in row["document_ids"]})])]


def _reports(document_ids: set[str]) -> str:
    return _("Reports behind this: {n}.").format(n=number(len(document_ids)))


def binned_summary(rows: Sequence[Row], places: Sequence[Binned], look: Look) -> list[str]:
    """Return what is known of the bins of some places, a sentence a place, then how much is silence.

    Parameters
    ----------
    rows
        Of `geotrack.charts.binned.bin_rows`, for the same places and look.
    """
    if not rows:
        return [_("No figure has a first and a last day.")]
    amounts = bin_amounts(rows, places, look)
    sentences = []
    for index, place in enumerate(places):
        own = [row for row in rows if row["subject"] == index]
        sentences.append(
            _("{place}: {what}.").format(place=place.name, what=_of_bins(own, place, amounts, look))
        )
    documents = {one for row in rows for one in row["document_ids"]}
    return [*sentences, _reports(documents)]


_OPEN = {
    "month": n_("no figure is for a single month; longer ones leave open how much fell into each"),
    "quarter": n_("no figure is for a single quarter; longer ones leave open how much fell into each"),
    "year": n_("no figure is for a single year; longer ones leave open how much fell into each"),
}


def _of_bins(own: Sequence[Row], place: Binned, amounts: Amounts, look: Look) -> str:
    if look.density and not place.area_km2:
        return _("its size is not known")
    known = [row for row in own if not math.isnan(row["value"])]
    if not known:
        return _(_OPEN[place.bins.by]) if own else _("nothing known")
    first, last = known[0], known[-1]
    if place.bins.view == "cumulative":
        return _("{value} by {when}").format(value=_known(last, amounts), when=last["when"])
    highest = max(known, key=lambda row: row["value"])
    silent = len((place.counted or place.bins).table) - len(known)
    parts = [_("most known of {when}, {value}").format(when=highest["when"], value=_known(highest, amounts))]
    if first is not last and (trend := _trend(first, last, amounts)):
        parts.insert(0, trend)
    if silent:
        whole = len(place.bins.table)
        parts.append(_(_SILENT[place.bins.by]).format(n=number(silent), all=number(whole)))
    return "; ".join(parts)


def _known(row: Mapping[str, Any], amounts: Amounts) -> str:
    """Return what is known of a bin with its qualifier: a lower bound, unless it is exact."""
    said = told(row, amounts)["about"]
    is_bound = row["qualifier"] == "at_least"
    return _("at least {value}").format(value=said) if is_bound else said


def _trend(first: Mapping[str, Any], last: Mapping[str, Any], amounts: Amounts) -> str:
    """Say how the last bin of which anything is known compares with the first; empty where that is open."""
    direction = _direction(_limits(first), _limits(last))
    before, after = ((_known(row, amounts), row["when"]) for row in (first, last))
    return "" if direction == "open" else _moved(direction, before, after)


def _limits(row: Mapping[str, Any]) -> Limits:
    """Return the least and the most that a bin can hold by its figures, their roundings included."""
    low = -math.inf if math.isnan(row["lower"]) else row["lower"] * (1 - _ROUNDING)
    high = row["value"] if row["qualifier"] == "exact" else row["upper"] if row["is_limit"] else math.inf
    return low, high * (1 + _ROUNDING)


def events_summary(rows: Sequence[Row], subjects: Sequence[Subject]) -> list[str]:
    """Return how many incidents there were in each place, and whom they harmed as far as that is told.

    Parameters
    ----------
    rows
        Of `geotrack.charts.lanes.events_of`, for the same subjects.
    """
    sentences = []
    for index, subject in enumerate(subjects):
        own = [row for row in rows if row["subject"] == index]
        told = [row["harmed"] for row in own if row["harmed"] is not None]
        parts = [ngettext("{n} incident", "{n} incidents", len(own)).format(n=number(len(own)))]
        if told:
            people = sum(told)
            harmed = ngettext("{n} person killed or injured", "{n} people killed or injured", people)
            parts.append(harmed.format(n=number(people)))
        if len(told) < len(own):
            parts.append(_("victims not stated: {n}").format(n=number(len(own) - len(told))))
        sentences.append(_("{place}: {what}.").format(place=subject.name, what=", ".join(parts)))
    undated = len({row["event_id"] for row in rows if not row["first"]})
    last = _reports({one for row in rows for one in row["document_ids"]})
    if undated:
        last = _("Incidents without a date, in the table only: {n}.").format(n=number(undated)) + " " + last
    return [*sentences, last]
