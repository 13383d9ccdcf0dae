"""Timelines of a place: what is said of it over time, and how many reports each month rests on.

The charts hold their data and no address: Streamlit draws them with its own copy of Vega-Lite.
Colours are Okabe and Ito's, which the colour-blind can tell apart, and never stand alone: bars say
their scope in the legend and everything in the tooltip.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from geotrack.analysis.tables import records
from geotrack.analysis.tellings import days_of
from geotrack.analysis.timelines import Timeline
from geotrack.charts.axes import (
    COVERAGE_COLOUR,
    HEIGHT,
    STRIP_HEIGHT,
    WIDTH,
    Row,
    Span,
    inline,
    localised,
    message_chart,
    readable,
    time_axis,
)
from geotrack.languages import day as day_in_words
from geotrack.languages import days_between, ngettext, number
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.languages import no_translation as n_

SCOPES = {
    "own": n_("this place"),
    "inside": n_("places in it"),
    "group": n_("with other places"),
    "wider": n_("a wider area"),
}
SCOPE_COLOURS = ("#0072B2", "#56B4E9", "#CC79A7", "#6b6b6b")
HARM_COLOURS = {n_("killed"): "#D55E00", n_("injured"): "#56B4E9", n_("not split"): "#6b6b6b"}
QUALIFIERS = {
    "exact": "{value}",
    "approx": n_("about {value}"),
    "at_least": n_("at least {value}"),
    "at_most": n_("at most {value}"),
}


def span_of(timeline: Timeline) -> Span | None:
    """Return the first and the last day that anything dated touches; None where nothing has a date.

    Of figures, or of incidents (`incident_timeline`), which are drawn by whole months, as reports are.
    """
    bands = timeline.bands
    ends = (
        [days_of(date[: len("2023-05")]) for date in bands["date"] if date]
        if "date" in bands
        else zip(bands["start"], bands["end"], strict=True)
    )
    days = [day for pair in ends for day in pair if day is not None]
    if not days:
        return None
    for month in timeline.coverage["month"]:
        days += [day for day in days_of(f"{month:%Y-%m}") if day is not None]
    return min(days), max(days)


def timeline_chart(
    timeline: Timeline, *, title: str, span: Span | None = None
) -> alt.VConcatChart | alt.Chart:
    """Return the bands of a place and measure over the strip of reports a month.

    A figure for a period is a bar from its first to its last day at its value; running totals are steps
    with a point at each as-of day; levels are points. What has no dates is counted in the subtitle.
    Nothing at all is a chart that says so. `span` is what the time axis shows, both days inclusive: all
    that is dated if not given.
    """
    shown, factor, unit = _shown(timeline)
    if not shown:
        return message_chart(_nothing(len(timeline.bands)), title=title)
    bands = [_band(row, factor, unit) for row in shown]
    undated = len(timeline.bands) - len(bands)
    subtitle = _more_without_dates(undated)
    axis = time_axis(span or span_of(timeline))
    top = _bars(bands, unit, axis) + _steps(bands, unit, axis)
    chart: alt.VConcatChart = alt.vconcat(
        top.properties(width=WIDTH, height=HEIGHT),
        coverage_chart(timeline, span=span),
        title=alt.TitleParams(text=title, subtitle=subtitle, anchor="start"),
    ).resolve_scale(x="shared")
    return localised(chart)


def _more_without_dates(undated: int) -> str:
    if not undated:
        return ""
    return ngettext(
        "{n} more without dates, listed in the table", "{n} more without dates, listed in the table", undated
    ).format(n=number(undated))


def _nothing(undated: int) -> str:
    if not undated:
        return _("No figures")
    return ngettext(
        "Nothing dated; {n} figure without dates is in the table",
        "Nothing dated; {n} figures without dates are in the table",
        undated,
    ).format(n=number(undated))


def _shown(timeline: Timeline) -> tuple[list[Row], float, str]:
    """Return the dated bands, and the unit in which their values are easy to read."""
    rows = [row for row in records(timeline.bands) if row["start"] or row["end"]]
    unit = rows[0]["unit"] if rows else "count"
    factor, said = readable(unit, max((row["value"] for row in rows), default=0.0))
    return rows, factor, said


def _band(row: Mapping[str, Any], factor: float, unit: str) -> Row:
    """Return one observation as a record of the chart; `until` is the day after its last."""
    start, end = row["start"] or row["end"], row["end"] or row["start"]
    value = row["value"] / factor
    scope, said = SCOPES[row["scope"]], QUALIFIERS[row["qualifier"]]
    drawn = "bar" if row["basis"] == "period" and row["start"] and row["end"] else "step"
    return {
        "from": (start if drawn == "bar" else end).isoformat(),
        "until": (end + dt.timedelta(days=1)).isoformat(),
        "value": value,
        "drawn": drawn,
        "series": f"{row['basis']} {row['start'] or ''} {row['scope']}",
        "scope": _(scope),
        "said": _(said).format(value=f"{number(value)} {unit}"),
        "period": period_in_words(row["start"], row["end"]),
        "documents": row["n_documents"],
        "conflict": _("yes") if row["in_conflict"] else _("no"),
        "observation": row["observation_id"],
    }


def period_in_words(start: dt.date | None, end: dt.date | None) -> str:
    """Return the days of a figure in words; nothing known is empty."""
    if start and end:
        return days_between(start, end)
    if start:
        return _("since {day}").format(day=day_in_words(start))
    return _("up to {day}").format(day=day_in_words(end)) if end else ""


def _colour() -> alt.Color:
    scale = alt.Scale(domain=[_(scope) for scope in SCOPES.values()], range=list(SCOPE_COLOURS))
    return alt.Color("scope:N", title=_("Figure for"), scale=scale)


def _tooltip() -> list[alt.Tooltip]:
    titles = {
        "said": _("Value"),
        "period": _("Period"),
        "scope": _("Figure for"),
        "documents": _("Documents"),
    }
    return [alt.Tooltip(name, type="nominal", title=title) for name, title in titles.items()] + [
        alt.Tooltip("conflict", type="nominal", title=_("Reports disagree")),
    ]


def _bars(bands: Sequence[Row], unit: str, axis: alt.X) -> alt.LayerChart:
    """Return a bar a period, its height the value: a filled band and the line on top of it."""
    base = alt.Chart(inline([band for band in bands if band["drawn"] == "bar"]))
    across = {"x": axis, "x2": alt.X2("until:T"), "color": _colour(), "tooltip": _tooltip()}
    fill = base.mark_rect(opacity=0.25, clip=True).encode(
        **across, y=alt.Y("value:Q", title=unit), y2=alt.Y2(datum=0)
    )
    layers: alt.LayerChart = fill + base.mark_rule(strokeWidth=3, clip=True).encode(
        **across, y=alt.Y("value:Q", title=unit)
    )
    return layers


def _steps(bands: Sequence[Row], unit: str, axis: alt.X) -> alt.LayerChart:
    """Return running totals and levels: a step line a series, and a point at each as-of day."""
    base = alt.Chart(inline([band for band in bands if band["drawn"] == "step"])).encode(
        x=axis, y=alt.Y("value:Q", title=unit), color=_colour(), detail="series:N"
    )
    points = base.mark_point(filled=True, size=70, clip=True).encode(tooltip=_tooltip())
    layers: alt.LayerChart = base.mark_line(interpolate="step-after", strokeDash=[4, 2], clip=True) + points
    return layers


def coverage_chart(timeline: Timeline, *, brush: str | None = None, span: Span | None = None) -> alt.Chart:
    """Return the number of documents published in each month; a month without any is a gap at zero.

    `brush` names an interval selection over time, for an app that filters by it; `span` is what the time
    axis shows.
    """
    rows = [
        {
            "from": row["month"].isoformat(),
            "until": next_month(row["month"]),
            "month": month_in_words(row["month"]),
            "documents": row["n_documents"],
        }
        for row in records(timeline.coverage)
    ]
    chart: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_rect(color=COVERAGE_COLOUR, clip=True)
        .encode(
            x=time_axis(span or span_of(timeline)),
            x2=alt.X2("until:T"),
            y=alt.Y("documents:Q", title=_("reports"), axis=alt.Axis(tickMinStep=1, tickCount=2, format="d")),
            y2=alt.Y2(datum=0),
            tooltip=[
                alt.Tooltip("month:N", title=_("Month")),
                alt.Tooltip("documents:Q", title=_("Reports")),
            ],
        )
        .properties(width=WIDTH, height=STRIP_HEIGHT)
    )
    if brush:
        chart = chart.add_params(alt.selection_interval(name=brush, encodings=["x"]))
    return chart


def next_month(month: dt.date) -> str:
    """Return the first day after a month, which is given by its first day."""
    days = calendar.monthrange(month.year, month.month)[1]
    return (month + dt.timedelta(days=days)).isoformat()


def incident_chart(
    timeline: Timeline, *, title: str, span: Span | None = None
) -> alt.VConcatChart | alt.Chart:
    """Return the people harmed in each month by incidents of a place, over the strip of reports.

    Incidents dated by year only, or not at all, are counted in the subtitle. Nothing at all is a chart
    that says so. `span` is what the time axis shows.
    """
    events = records(timeline.bands)
    dated = [event for event in events if event["date"] and len(event["date"]) > len("2023")]
    if not dated:
        return message_chart(_no_dated(len(events)), title=title)
    harm = [row for month, counts in sorted(_harm(dated).items()) for row in _harm_rows(month, counts)]
    told = {"harm": _("Harm"), "people": _("People"), "incidents": _("Incidents")}
    colour = alt.Color(
        "harm:N",
        title=_("People"),
        scale=alt.Scale(domain=[_(harm) for harm in HARM_COLOURS], range=list(HARM_COLOURS.values())),
    )
    bars = (
        alt.Chart(inline(harm))
        .mark_rect(clip=True)
        .encode(
            x=time_axis(span or span_of(timeline)),
            x2=alt.X2("until:T"),
            y=alt.Y("top:Q", title=_("people"), axis=alt.Axis(tickMinStep=1, format="d")),
            y2=alt.Y2("below:Q"),
            color=colour,
            tooltip=[
                alt.Tooltip("month:N", title=_("Month")),
                *(alt.Tooltip(name, type="nominal", title=title) for name, title in told.items()),
            ],
        )
    )
    left = len(events) - len(dated)
    subtitle = _more_without_month(left)
    chart: alt.VConcatChart = alt.vconcat(
        bars.properties(width=WIDTH, height=HEIGHT),
        coverage_chart(timeline, span=span),
        title=alt.TitleParams(text=title, subtitle=subtitle, anchor="start"),
    ).resolve_scale(x="shared")
    return localised(chart)


def _no_dated(undated: int) -> str:
    if not undated:
        return _("No dated incidents")
    return ngettext(
        "No dated incidents; {n} without a month is in the table",
        "No dated incidents; {n} without a month are in the table",
        undated,
    ).format(n=number(undated))


def _more_without_month(left: int) -> str:
    if not left:
        return ""
    return ngettext(
        "{n} more without a month, listed in the table",
        "{n} more without a month, listed in the table",
        left,
    ).format(n=number(left))


def _harm(events: Sequence[Row]) -> dict[dt.date, Counter[str]]:
    """Count incidents, and people killed, injured and not split, by the month's first day."""
    months: dict[dt.date, Counter[str]] = {}
    for event in events:
        first, _ = days_of(event["date"])
        if first is None:
            continue
        counts = months.setdefault(first.replace(day=1), Counter())
        counts["incidents"] += 1
        known = {name: _number(event[name]) for name in ("killed", "injured", "casualties")}
        unsplit = known.pop("casualties") if known["killed"] is known["injured"] is None else None
        counts.update({name: count or 0 for name, count in {**known, "not split": unsplit}.items()})
    return months


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value == value else None  # noqa: PLR0124 - NaN


def _harm_rows(month: dt.date, counts: Mapping[str, int]) -> list[Row]:
    """Return a month's people by harm, each part standing on the one before, from `below` to `top`."""
    told = {
        "from": month.isoformat(),
        "until": next_month(month),
        "month": month_in_words(month),
        "incidents": counts["incidents"],
    }
    rows: list[Row] = []
    for harm in HARM_COLOURS:
        below, people = rows[-1]["top"] if rows else 0, counts.get(harm, 0)
        rows.append({**told, "harm": _(harm), "people": people, "below": below, "top": below + people})
    return rows
