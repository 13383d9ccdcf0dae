"""Several places over time, one measure a chart: what is stated, over how many reports each month rests on.

Every place has its hue. A figure for days is a bar from the first to the last of them, running totals and
levels are points joined by steps, what reports tell differently is joined by a whisker.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from geotrack.analysis.tables import records
from geotrack.charts.axes import Row, Span, axis_locale, message_chart
from geotrack.charts.compared import (
    PLACE_COLOURS,
    SHARED_COLOUR,
    Amounts,
    Look,
    Subject,
    amounts_of,
)
from geotrack.charts.strips import PICK, Sheets, days_axis, room, strip
from geotrack.charts.timelines import QUALIFIERS, SCOPES, next_month, period_in_words
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.languages import no_translation as n_
from geotrack.languages import number

INK, QUIET = "#1c2529", "#56646c"
"""What the app's style turns light in the dark, with the silence of strips."""
SHAPES = {"exact": "circle", "at_least": "triangle-up", "at_most": "triangle-down", "approx": "diamond"}
_NARROW_PX = 520
_VISIBLE = 300  # bars side by side: a narrower one is not seen
_SHORT = 14  # letters of a name: two such legends stand side by side on a phone
_HEIGHTS = {"period": 200, "running": 170, "level": 190}
TITLES = {
    "period": n_("{measure}, figures for periods, {unit}"),
    "running": n_("{measure}, running totals, {unit}"),
    "level": n_("{measure}, levels, {unit}"),
}
_SHARED = n_("several places together, or a wider area")
# How a figure is drawn by its scope: how full the bar, how thick its edge.
_FILLS = {"own": (0.28, 2.5), "inside": (0.1, 1.5), "group": (0.0, 1.5), "wider": (0.0, 1.0)}
_LINE_FIELDS = ("mid", "value", "place", "series", "dash")
_HEADROOM = 1.04  # or the highest points are cut in half
_AMONG_OTHERS = 0.35  # hues that lie over each other are lighter, or they are mud


def colour_of(names: Sequence[str], *, shared: bool) -> alt.Color:
    """Return the hues of places in their order, and grey where figures are of several places at once.

    The legend stands above, in as many columns as there is room for; one place alone needs none.
    """
    domain, hues = list(names), list(PLACE_COLOURS[: len(names)])
    if shared:
        domain, hues = [*domain, _(_SHARED)], [*hues, SHARED_COLOUR]
    few = 1 if max(map(len, domain)) > _SHORT else 2
    columns = alt.ExprRef(f"width < {_NARROW_PX} ? {few} : {len(domain)}")
    legend = alt.Legend(
        orient="top",
        title=None,
        columns=columns,
        symbolType="square",
        symbolOpacity=1,
        symbolStrokeWidth=0,
        labelLimit=330,
        offset=6,
    )
    scale = alt.Scale(domain=domain, range=hues)
    return alt.Color("place:N", scale=scale, legend=legend if len(domain) > 1 else None)


def stated_chart(
    rows: Sequence[Mapping[str, Any]], subjects: Sequence[Subject], look: Look, measure: str, span: Span
) -> alt.VConcatChart | alt.Chart:
    """Return what is stated of a measure in some places, over a strip of reports a month.

    Parameters
    ----------
    rows
        Of `geotrack.charts.compared.stated`, for the same subjects and look.
    measure
        The measure's name in the language spoken.
    span
        The days on the time axis.

    Returns
    -------
    chart
        One view for figures of periods (without those in the look `cumulative`), one for running totals
        (without those in the look `rate`) or levels, one strip. What has no date is not drawn. The point
        selection `PICK` tells the observation that is clicked. Nothing to draw is a chart that says so.
    """
    kinds = {"rate": ("period",), "cumulative": ("running", "level")}.get(
        look.view, ("period", "running", "level")
    )
    parts = [(kind, [row for row in rows if row["kind"] == kind]) for kind in kinds]
    parts = [(kind, some) for kind, some in parts if some or (kind == "level" and look.view == "rate")]
    if not parts:
        return message_chart(_("Nothing dated to draw"))
    names = [subject.name for subject in subjects]
    drawn = [row for _, some in parts for row in some]
    colour = colour_of(names, shared=any(row["subject"] is None for row in drawn))
    views: list[Any] = []
    sheets = Sheets()
    for kind, some in parts:
        amounts = amounts_of(some, look)
        title = _(TITLES[kind]).format(measure=measure, unit=amounts.unit)
        data = [_mark(row, names, amounts, look) for row in some]
        axes = _Axes(kind, colour, span, _top(some, amounts), sheets)
        layers = _periods(data, axes) if kind == "period" else _steps(data, axes)
        layers += [*_whiskers(some, amounts, axes), *_beyond(data, axes), *_chosen(data, axes)]
        picking = alt.selection_point(name=f"{PICK}_{kind}", fields=["pick"], empty=False)
        view = alt.layer(*layers).properties(
            height=_HEIGHTS[kind], title=alt.TitleParams(title), name=f"view_{kind}"
        )
        views.append(view.add_params(picking))
    title = _("Reports published in each month")
    views.append(strip(subject_coverage(subjects), names, colour, span, title, sheets=sheets))
    return framed(views, sheets, names)


def framed(views: Sequence[Any], sheets: Sheets, names: Sequence[str]) -> alt.VConcatChart:
    """Return views one above the other, as wide as their frame, their time axes in line.

    Left of them is room for the names of places.
    To a screen reader it is one picture with a description: Vega would tell of its axes, and in English.
    """
    left = alt.ExprRef(room(names))
    chart: alt.VConcatChart = (
        alt.vconcat(*views, spacing=8)
        .configure(locale=axis_locale())
        .properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .resolve_scale(x="shared")
        .configure_axisY(minExtent=left, maxExtent=left, titleAnchor="middle")
        .configure_mark(aria=False)
        .configure_axis(aria=False)
        .configure_legend(aria=False)
        .configure_title(
            aria=False,
            limit=alt.ExprRef("width"),  # a longer title would make the chart narrower
            anchor="start",
            frame="bounds",
            fontSize=13,
            fontWeight="normal",
            color=QUIET,
            offset=6,
        )
    )
    chart["datasets"] = dict(sheets)
    return chart


def _mark(row: Mapping[str, Any], names: Sequence[str], amounts: Amounts, look: Look) -> Row:
    """Return an observation as a record of the chart; `until` is the day after its last."""
    end = row["end"]
    start = row["start"] if row["kind"] == "period" else end
    until = end + dt.timedelta(days=1)
    fill, stroke = _FILLS[row["scope"]]
    fill *= 1 if len(names) == 1 else _AMONG_OTHERS
    place = _(_SHARED) if row["subject"] is None else names[row["subject"]]
    return {
        "pick": row["observation_id"],
        "from": start.isoformat(),
        "until": until.isoformat(),
        "mid": _middle(start, until),
        "value": amounts.shown(row["amount"]),
        "most": amounts.shown(row["amount" if pd.isna(row["amount_max"]) else "amount_max"]),
        "place": place,
        "fill": fill * (0.4 if row["lost"] else 1),
        "stroke": stroke,
        "ink": 0.45 if row["lost"] else 1.0,
        "dash": "shared" if row["subject"] is None else "own",
        "qualifier": row["qualifier"],
        "hedged": 0.0 if row["qualifier"] == "exact" else 1.0,
        "stands": not row["lost"],
        "full": 0.0 if row["lost"] else 1.0,
        "series": row["run"] or _level_series(row),
        "said": value_in_words(row, amounts),
        "when": period_in_words(row["start"] if row["kind"] != "level" else None, end),
        "scope": scope_in_words(row),
        "documents": row["n_documents"],
        "remark": _remark(row),
        "chosen": row["observation_id"] == look.shown,
    }


def _level_series(row: Mapping[str, Any]) -> str:
    """Return what levels share that one line joins; a running total without a run stands alone."""
    if row["kind"] == "running":
        return str(row["observation_id"])
    return "+".join((*row["place_ids"], *row["done_by"], row["part"] or ""))


def _middle(start: dt.date, until: dt.date) -> str:
    half = dt.datetime.combine(start, dt.time()) + (until - start) / 2
    return f"{half.isoformat()}Z"


def value_in_words(row: Mapping[str, Any], amounts: Amounts) -> str:
    """Return the amount of a row of `stated` with unit and qualifier, a range as one."""
    said = amounts.said(row["amount"])
    if not pd.isna(row["amount_max"]):
        low = number(amounts.shown(row["amount"]))
        said = _("{low} to {high}").format(low=low, high=amounts.said(row["amount_max"]))
    wording = QUALIFIERS[row["qualifier"]]
    return _(wording).format(value=said)


def scope_in_words(row: Mapping[str, Any]) -> str:
    """Say how a figure speaks of the place that it is drawn for."""
    scope = SCOPES[row["scope"]]
    return _(scope)


def _remark(row: Mapping[str, Any]) -> str:
    if row["in_conflict"]:
        return _("Reports disagree")
    return _("Reported, not added") if row["lost"] else ""


def _tooltip() -> list[alt.Tooltip]:
    told = {
        "said": _("Value"),
        "when": _("Period"),
        "place": _("Place"),
        "scope": _("Figure for"),
        "documents": _("Reports"),
        "remark": _("Remark"),
    }
    return [alt.Tooltip(name, type="nominal", title=title) for name, title in told.items()]


def _dash() -> alt.StrokeDash:
    scale = alt.Scale(domain=["own", "shared"], range=[[1, 0], [4, 2]])
    return alt.StrokeDash("dash:N", scale=scale, legend=None)


def _shape() -> alt.Shape:
    scale = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    return alt.Shape("qualifier:N", scale=scale, legend=None)


def plain(field: str, channel: type[Any]) -> Any:  # noqa: ANN401 - a channel of the type that is given
    """Return a channel that takes its values from the data as they are."""
    return channel(f"{field}:Q", scale=None, legend=None)


@dataclass(frozen=True, slots=True)
class _Axes:
    """What all layers of a view share: hues, days, and the greatest value that is drawn."""

    kind: str
    colour: alt.Color
    span: Span
    top: float
    sheets: Sheets

    def chart(self, name: str, rows: Sequence[Row]) -> alt.Chart:
        """Return a chart of rows, to be drawn."""
        return alt.Chart(self.sheets.named(f"{self.kind} {name}", rows))

    def x(self, field: str = "from") -> alt.X:
        """Return the time axis for a field."""
        return days_axis(self.span, field)

    def y(self, field: str = "value") -> alt.Y:
        """Return the axis of values for a field."""
        return height_axis(field, self.top)


def height_axis(field: str, top: float) -> alt.Y:
    """Return an axis of values from nothing to the greatest that is drawn; its unit stands in the title."""
    axis = alt.Axis(title=None, tickCount=5, format=",~f", domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, top or 1], nice=True))


def _top(rows: Sequence[Mapping[str, Any]], amounts: Amounts) -> float:
    """Return the greatest value to draw: what does not stand may be a hundred times what does."""
    ends = [
        end
        for row in ([row for row in rows if not row["lost"]] or rows)
        for end in (row["amount"], row["amount_max"])
    ]
    return amounts.shown(max((end for end in ends if not pd.isna(end)), default=0.0)) * _HEADROOM


def _periods(data: Sequence[Row], axes: _Axes) -> list[Any]:
    """Return a bar a period, its height the value: a filled band, its upper edge, and how it is meant."""
    base = axes.chart("figures", data).encode(color=axes.colour, tooltip=_tooltip())
    across: dict[str, Any] = {"x": axes.x(), "x2": alt.X2("until:T"), "y": axes.y()}
    bars = base.mark_rect(clip=True).encode(**across, y2=alt.Y2(datum=0), opacity=plain("fill", alt.Opacity))
    ranges = base.mark_rect(clip=True, opacity=0.5).encode(**across, y2=alt.Y2("most:Q"))
    edges = base.mark_rule(clip=True).encode(
        **across,
        strokeWidth=plain("stroke", alt.StrokeWidth),
        strokeDash=_dash(),
        opacity=plain("ink", alt.Opacity),
    )
    middle: dict[str, Any] = {"x": axes.x("mid"), "y": axes.y()}
    meant = base.mark_point(filled=True, size=34, clip=True).encode(
        **middle, shape=_shape(), opacity=plain("hedged", alt.Opacity)
    )
    # A week among years is narrower than a finger, and a day than a hair: the one is hit nearby, the other
    # has a point.
    brief = [row for row in data if _is_brief(row, axes.span)]
    points = axes.chart("brief", brief).mark_point(filled=True, size=22, clip=True)
    seen = points.encode(color=axes.colour, tooltip=_tooltip(), opacity=plain("ink", alt.Opacity), **middle)
    near = base.mark_point(filled=True, size=160, opacity=0, clip=True).encode(**middle)
    return [bars, ranges, edges, *([seen] if brief else []), meant, near]


def _is_brief(row: Row, span: Span) -> bool:
    """Tell whether a period is too short to be seen as a bar."""
    days = (dt.date.fromisoformat(row["until"]) - dt.date.fromisoformat(row["from"])).days
    return days * _VISIBLE < (span[1] - span[0]).days


def _steps(data: Sequence[Row], axes: _Axes) -> list[Any]:
    """Return running totals or levels: a step line a series, and a point at each as-of day."""
    ordered = sorted(data, key=lambda row: str(row["from"]))
    base = axes.chart("figures", ordered).encode(x=axes.x("mid"), y=axes.y(), color=axes.colour)
    joined = [{name: row[name] for name in _LINE_FIELDS} for row in ordered if row["stands"]]
    lines = [
        axes.chart("lines", joined)
        .mark_line(interpolate="step-after", strokeWidth=1.5, opacity=0.7, clip=True)
        .encode(x=axes.x("mid"), y=axes.y(), color=axes.colour, detail="series:N", strokeDash=_dash())
    ]
    ranges = base.mark_rule(strokeWidth=3, opacity=0.5, clip=True).encode(y2=alt.Y2("most:Q"))
    points = base.mark_point(size=48, strokeWidth=1.5, clip=True).encode(
        shape=_shape(), fillOpacity=plain("full", alt.FillOpacity), fill=axes.colour, tooltip=_tooltip()
    )
    near = base.mark_point(filled=True, size=220, opacity=0, clip=True).encode(tooltip=_tooltip())
    return [*(lines if joined else []), ranges, points, near]


def _beyond(data: Sequence[Row], axes: _Axes) -> list[Any]:
    """Return an arrow at the upper edge for what lies beyond it."""
    above = [row for row in data if row["value"] > axes.top]
    if not above:
        return []
    arrows = axes.chart("beyond", above).mark_text(text="↑", fontSize=15, dy=8, clip=True)
    return [arrows.encode(x=axes.x("mid"), y=alt.Y(datum=axes.top), color=axes.colour, tooltip=_tooltip())]


def _whiskers(rows: Sequence[Mapping[str, Any]], amounts: Amounts, axes: _Axes) -> list[Any]:
    """Return a whisker from the lowest to the highest of values that reports tell of the same days."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["conflict"]:
            groups[row["conflict"]].append(row)
    data = [_whisker(some, amounts) for some in groups.values() if len(some) > 1]
    if not data:
        return []
    base = axes.chart("whiskers", data).encode(x=axes.x("mid"))
    line = base.mark_rule(color=INK, strokeWidth=1.2, clip=True).encode(y=axes.y("low"), y2=alt.Y2("high:Q"))
    ends = [
        base.mark_tick(color=INK, orient="horizontal", size=7, thickness=1.2, clip=True).encode(y=axes.y(end))
        for end in ("low", "high")
    ]
    return [line, *ends]


def _whisker(rows: Sequence[Mapping[str, Any]], amounts: Amounts) -> Row:
    values = [end for row in rows for end in (row["amount"], row["amount_max"]) if not pd.isna(end)]
    first = rows[0]
    start = first["start"] if first["kind"] == "period" else first["end"]
    return {
        "mid": _middle(start, first["end"] + dt.timedelta(days=1)),
        "low": amounts.shown(min(values)),
        "high": amounts.shown(max(values)),
        "pick": first["conflict"],
    }


def _chosen(data: Sequence[Row], axes: _Axes) -> list[Any]:
    """Return a ring around what is picked out."""
    picked = [row for row in data if row["chosen"]]
    if not picked:
        return []
    ring = axes.chart("chosen", picked).mark_point(size=260, strokeWidth=2, color=INK, fill=None, opacity=1)
    return [ring.encode(x=axes.x("mid"), y=axes.y())]


def reports_pick(place_id: str, month: dt.date) -> str:
    """Return what identifies the reports of a month on a place, given by its first day."""
    return f"{place_id} reports {month:%Y-%m}"


def subject_coverage(subjects: Sequence[Subject]) -> list[Row]:
    """Return the reports published in each month on each place, as cells of a strip."""
    return [
        {
            "from": row["month"].isoformat(),
            "until": next_month(row["month"]),
            "when": month_in_words(row["month"]),
            "place": subject.name,
            "documents": row["n_documents"],
            "pick": reports_pick(subject.place_id, row["month"]),
        }
        for subject in subjects
        for row in records(subject.known.coverage)
    ]
