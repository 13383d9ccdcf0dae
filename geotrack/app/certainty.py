"""Why a total is at least, about or at most what it says: the real cause, in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from geotrack.languages import gettext as _
from geotrack.languages import no_translation as n_
from geotrack.maps import MapStyle
from geotrack.maps.gathering import INCIDENTS

_SAYS = {
    "exact": n_("Exact: reports that state exact numbers cover the whole period and place."),
    "at_most": n_("At most: a report gives this number as an upper limit."),
}
_AT_LEAST = {
    "contradicted": n_("At least: reports disagree, and the lowest of their numbers is counted."),
    "stated": n_("At least: a report gives its number as a lower limit."),
    "partial": n_("At least: reports cover a part of the period or the place only."),
    "less": n_("At least: other reports of the same days and place tell another number."),
    "untold": n_("At least: an incident of which no report tells is not counted."),
}
_ABOUT = {
    "contradicted": n_("About: reports disagree, and the number that is counted is not their lowest."),
    "share": n_("About: a share of a number for several places is counted, which no report states."),
    "stated": n_("About: a report gives this number as approximate."),
}

Row = Mapping[str, Any]


def reasons(
    qualifier: str | None, used: Iterable[Row], disputed: Collection[str], unit_id: str, style: MapStyle
) -> list[str]:
    """Return why the total of a unit is as sure as it is said to be, a sentence a cause.

    Parameters
    ----------
    qualifier
        Of the total: `exact`, `at_least`, `approx`, `at_most`; None says nothing.
    used
        The observations that it rests on, with the columns of `Observations.table`.
    disputed
        The ids of observations that others contradict.
    unit_id, style
        Whose total, and the map that asks for it.
    """
    rows = list(used)
    if qualifier == "at_least" and style.measure == INCIDENTS:
        untold = _AT_LEAST["untold"]
        return [_(untold)]
    if qualifier == "at_least":
        causes = dict.fromkeys(_of_bound(rows, disputed, unit_id, style))
        return [_(_AT_LEAST[cause]) for cause in causes or ("less",)]
    if qualifier == "approx":
        causes = dict.fromkeys(_of_approximate(rows, disputed))
        return [_(_ABOUT[cause]) for cause in causes or ("stated",)]
    return [_(_SAYS[qualifier])] if qualifier in _SAYS else []


def _of_bound(rows: list[Row], disputed: Collection[str], unit_id: str, style: MapStyle) -> Iterator[str]:
    """Yield what makes a total a lower bound; nothing where all of it is told and exact."""
    if any(row["observation_id"] in disputed for row in rows):
        yield "contradicted"
    if any(row["qualifier"] == "at_least" and row["observation_id"] not in disputed for row in rows):
        yield "stated"
    if not _covers(rows, unit_id, style):
        yield "partial"


def _covers(rows: list[Row], unit_id: str, style: MapStyle) -> bool:
    """Tell whether observations are of the unit itself and, but for levels, of every day picked."""
    if any(list(row["place_ids"]) != [unit_id] for row in rows):
        return False
    if style.is_stock:
        return True
    if style.start is None or style.end is None:
        return False
    days = sum((row["end"] - row["start"]).days + 1 for row in rows if row["start"] and row["end"])
    return bool(days == (style.end - style.start).days + 1)


def _of_approximate(rows: list[Row], disputed: Collection[str]) -> Iterator[str]:
    for row in rows:
        if row["qualifier"] == "approx" and row["derived"] == "split":
            yield "share"
        elif row["qualifier"] == "approx":
            yield "contradicted" if row["observation_id"] in disputed else "stated"
