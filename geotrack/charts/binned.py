"""Places by months, quarters or years: what is known of each, and how much more it may have been.

Within a bin the places stand side by side. A bar is full up to what is known, paler up to what is known
about, and palest up to what figures over longer times leave open; the strip says on how many reports each
bin rests.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from geotrack.analysis.bins import Bins
from geotrack.analysis.tables import records
from geotrack.charts.axes import Row, Span, message_chart
from geotrack.charts.compared import Amounts, Look
from geotrack.charts.comparisons import INK, colour_of, framed, height_axis, plain
from geotrack.charts.strips import PICK, Sheets, days_axis, strip
from geotrack.languages import days_between
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.languages import no_translation as n_

TITLES = {
    "month": n_("{measure} by month, {unit}"),
    "quarter": n_("{measure} by quarter, {unit}"),
    "year": n_("{measure} by year, {unit}"),
}
ADDED_UP = n_("{measure}, added up since {day}, {unit}")
# What a long figure leaves open may be a hundred times what is known: higher bars would flatten all else.
MOST_ABOVE = 2
_HEIGHT = 220
_KNOWN, _ABOUT, _OPEN = 0.85, 0.5, 0.18
_AMOUNTS = ("lower", "value", "upper")


@dataclass(frozen=True, slots=True)
class Binned:
    """A place by bins: how it is called, what is known of each bin, and its size where that is known.

    `counted` are its bins one by one, where `bins` are added up: what the strip of reports tells.
    """

    place_id: str
    name: str
    bins: Bins
    area_km2: float | None = None
    counted: Bins | None = None


def bin_rows(places: Sequence[Binned], look: Look) -> list[Row]:
    """Return every bin of every place of which anything is known or left open, by place and time.

    Returns
    -------
    rows
        Those of `Bins.table`, with `subject` (the index of the place), `pick`, `when` (in words), and
        `lower`, `value`, `upper` by the size of the place where the look asks for it; a place of unknown size
        is then left out.
    """
    rows: list[Row] = []
    for index, place in enumerate(places):
        if look.density and not place.area_km2:
            continue
        divisor = place.area_km2 if look.density and place.area_km2 else 1.0
        for row in records(place.bins.table):
            if math.isnan(row["upper"]):
                continue
            row |= {name: row[name] / divisor for name in _AMOUNTS}
            row |= {
                "subject": index,
                "pick": pick_of(place.place_id, row["bin"]),
                "when": when(row, place.bins),
            }
            rows.append(row)
    return rows


def pick_of(place_id: str, name: str) -> str:
    """Return what identifies a bin of a place."""
    return f"{place_id} {name}"


def when(row: Mapping[str, Any], bins: Bins) -> str:
    """Return what a bin is called in words; of sums that are added up, since when."""
    if bins.by == "month":
        return month_in_words(row["start"])
    return days_between(row["start"], row["end"]) if bins.by == "quarter" else str(row["start"].year)


def bin_amounts(rows: Sequence[Mapping[str, Any]], places: Sequence[Binned], look: Look) -> Amounts:
    """Return the unit in which some rows of `bin_rows` are easy to read."""
    bins = places[0].bins
    return Amounts.of(bins.unit_si, upper_edge(rows), look, rate=bins.view == "rate", worked_out=True)


def upper_edge(rows: Sequence[Mapping[str, Any]]) -> float:
    """Return the greatest value that is drawn, SI: twice the greatest known one, or all if that is less."""
    known = max((row["value"] for row in rows if row["value"] > 0), default=math.inf)
    return float(min(known * MOST_ABOVE, max((row["upper"] for row in rows), default=0.0)))


def bins_compared(
    rows: Sequence[Mapping[str, Any]], places: Sequence[Binned], look: Look, measure: str, span: Span
) -> alt.VConcatChart | alt.Chart:
    """Return some places by bins, side by side, over a strip of the reports that each bin rests on.

    Parameters
    ----------
    rows
        Of `bin_rows`, for the same places and look.
    measure
        The measure's name in the language spoken.
    span
        The days on the time axis.

    Returns
    -------
    chart
        Bars are cut off at `upper_edge`. A line on top of a bar says that no more can have been. The point
        selection `PICK` tells the bin that is clicked. Nothing to draw is a chart that says so.
    """
    if not rows:
        return message_chart(_("No figures with a first and a last day"))
    amounts = bin_amounts(rows, places, look)
    names = [place.name for place in places]
    colour, top = colour_of(names, shared=False), amounts.shown(upper_edge(rows))
    bins = places[0].bins
    title = _(TITLES[bins.by]).format(measure=measure, unit=amounts.unit)
    if bins.view == "cumulative":
        since = min(row["start"] for row in rows)
        title = _(ADDED_UP).format(measure=measure, unit=amounts.unit, day=month_in_words(since))
    data = [_mark(row, names, amounts, top, look) for row in rows]
    sheets = Sheets()
    view = (
        alt.layer(*_bars(data, colour, span, top, sheets))
        .properties(height=_HEIGHT, title=alt.TitleParams(title), name="view_bins")
        .add_params(alt.selection_point(name=f"{PICK}_bins", fields=["pick"], empty=False))
    )
    below = strip(_counted(places), names, colour, span, _strip_title(bins.by), sheets=sheets)
    return framed([view, below], sheets, names)


def _strip_title(by: str) -> str:
    return {
        "month": _("Reports that each month rests on"),
        "quarter": _("Reports that each quarter rests on"),
        "year": _("Reports that each year rests on"),
    }[by]


def _mark(row: Mapping[str, Any], names: Sequence[str], amounts: Amounts, top: float, look: Look) -> Row:
    """Return a bin as a record of the chart, in its place's share of the days."""
    start, days = row["start"], (row["end"] - row["start"]).days + 1
    share = dt.timedelta(days=days) / len(names)
    gap = share * 0.06
    begins = dt.datetime.combine(start, dt.time()) + share * row["subject"]

    def shown(name: str) -> float:
        return 0.0 if math.isnan(row[name]) else min(amounts.shown(row[name]), top)

    sure = min(shown("lower"), shown("value"))
    return {
        "pick": row["pick"],
        "from": f"{(begins + gap).isoformat()}Z",
        "until": f"{(begins + share - gap).isoformat()}Z",
        "mid": f"{(begins + share / 2).isoformat()}Z",
        "place": names[row["subject"]],
        "sure": sure,
        "value": max(shown("value"), sure),
        "high": shown("upper"),
        "limit": 1.0 if row["is_limit"] and shown("upper") < top else 0.0,
        "known": 0.0 if math.isnan(row["value"]) else 1.0,
        "when": row["when"],
        **told(row, amounts),
        "documents": row["n_documents"],
        "chosen": row["pick"] == look.shown,
    }


def told(row: Mapping[str, Any], amounts: Amounts) -> dict[str, str]:
    """Return what a bin says, in words: `least`, `about` (what is known, about or exactly) and `most`."""
    nothing = _("nothing known")
    lower, value, upper = (row[name] for name in _AMOUNTS)
    about = _("about {value}") if row["qualifier"] == "approx" else "{value}"
    most = "{value}" if row["is_limit"] else _("{value} or more")
    return {
        "least": nothing if math.isnan(lower) else amounts.said(lower),
        "about": nothing if math.isnan(value) else about.format(value=amounts.said(value)),
        "most": nothing if math.isnan(upper) else most.format(value=amounts.said(upper)),
    }


def _bars(data: Sequence[Row], colour: alt.Color, span: Span, top: float, sheets: Sheets) -> list[Any]:
    names = {
        "when": _("Period"),
        "place": _("Place"),
        "least": _("At least"),
        "about": _("Known"),
        "most": _("At most"),
        "documents": _("Reports"),
    }
    tooltip = [alt.Tooltip(name, type="nominal", title=title) for name, title in names.items()]
    base = alt.Chart(sheets.named("bins", data)).encode(
        x=days_axis(span), x2=alt.X2("until:T"), color=colour, tooltip=tooltip
    )
    steps = ((None, "sure", _KNOWN), ("sure", "value", _ABOUT), ("value", "high", _OPEN))
    bars = [
        base.mark_rect(clip=True, opacity=opacity).encode(
            y=height_axis(high, top), y2=alt.Y2(f"{low}:Q") if low else alt.Y2(datum=0)
        )
        for low, high, opacity in steps
    ]
    known = base.mark_rule(strokeWidth=2, clip=True).encode(
        y=height_axis("value", top), opacity=plain("known", alt.Opacity)
    )
    limits = base.mark_rule(strokeWidth=1, clip=True).encode(
        y=height_axis("high", top), opacity=plain("limit", alt.Opacity)
    )
    picked = [row for row in data if row["chosen"]]
    ring = (
        alt.Chart(sheets.named("chosen", picked))
        .mark_rect(fill=None, stroke=INK, strokeWidth=2, clip=True)
        .encode(x=days_axis(span), x2=alt.X2("until:T"), y=height_axis("high", top), y2=alt.Y2(datum=0))
    )
    return [*bars, known, limits, *([ring] if picked else [])]


def _counted(places: Sequence[Binned]) -> list[Row]:
    return [
        {
            "from": row["start"].isoformat(),
            "until": (row["end"] + dt.timedelta(days=1)).isoformat(),
            "when": when(row, place.bins),
            "place": place.name,
            "documents": row["n_documents"],
            "pick": pick_of(place.place_id, row["bin"]),
        }
        for place in places
        for row in records((place.counted or place.bins).table)
    ]
