"""A flow by months, quarters or years: a band from at least to at most, over the reports that it rests on."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import altair as alt

from geotrack.analysis.bins import Bins
from geotrack.analysis.tables import records
from geotrack.charts.axes import (
    COVERAGE_COLOUR,
    HEIGHT,
    STRIP_HEIGHT,
    WIDTH,
    Row,
    inline,
    localised,
    message_chart,
    readable,
    time_axis,
)
from geotrack.languages import days_between, number
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words

BAND_COLOUR = "#0072B2"
# What a long figure leaves open may be a hundred times what is known: higher bands would flatten all else.
_MOST_ABOVE = 2


def bins_chart(bins: Bins, *, title: str) -> alt.VConcatChart | alt.Chart:
    """Return the bins as a band each, the line of what is known in it, over the strip of documents.

    The line is `value`, the band goes from `lower` (nothing where nothing is known) to `upper`; a bin of
    which nothing is said is a gap. Bands are cut off at twice the greatest value, which the subtitle says.
    Nothing at all is a chart that says so.
    """
    table = records(bins.table)
    known = [row for row in table if not math.isnan(row["upper"])]
    if not known:
        return message_chart(_("No figures with a first and a last day"), title=title)
    factor, unit = readable(bins.unit_si, max(row["upper"] for row in known))
    if bins.view == "rate":
        unit = _("{unit} a day").format(unit=unit)
    value = max((row["value"] for row in known if row["value"] > 0), default=math.inf)
    top = min(value * _MOST_ABOVE, max(row["upper"] for row in known)) / factor
    cut = any(row["upper"] / factor > top for row in known)
    axis = time_axis((table[0]["start"], table[-1]["end"]))
    shown = [_row(row, bins.by, factor, unit, rate=bins.view == "rate") for row in known]
    chart: alt.VConcatChart = alt.vconcat(
        _bands(shown, alt.Y("low:Q", title=unit, scale=alt.Scale(domain=[0, top])), axis).properties(
            width=WIDTH, height=HEIGHT
        ),
        _strip([_counted(row, bins.by) for row in table], axis),
        title=alt.TitleParams(
            text=title,
            subtitle=_("bands are cut off at twice the greatest known value") if cut else "",
            anchor="start",
        ),
    ).resolve_scale(x="shared")
    return localised(chart)


def _edges(row: Mapping[str, dt.date], by: str) -> Row:
    """Return the days of a bin, and what it is called."""
    start, end = row["start"], row["end"]
    named = month_in_words(start) if by == "month" else str(start.year)
    return {
        "from": start.isoformat(),
        "until": (end + dt.timedelta(days=1)).isoformat(),
        "bin": days_between(start, end) if by == "quarter" else named,
    }


def _row(row: Row, by: str, factor: float, unit: str, *, rate: bool) -> Row:
    def amount(name: str) -> float | None:
        return None if math.isnan(row[name]) else row[name] / factor

    def said(value: float | None, wording: str) -> str:
        return _("nothing known") if value is None else wording.format(value=f"{number(shown(value))} {unit}")

    def shown(value: float) -> float:  # a rate has no end of digits
        return value if value == round(value) or not rate else float(f"{value:.3g}")

    lower, value, upper = (amount(name) for name in ("lower", "value", "upper"))
    most = "{value}" if row["is_limit"] else _("{value} or more")
    about = _("about {value}") if row["qualifier"] == "approx" else "{value}"
    return {
        **_edges(row, by),
        "low": lower or 0.0,
        "high": upper,
        "value": value,
        "least": said(lower, "{value}"),
        "known": said(value, about),
        "most": said(upper, most),
        "documents": row["n_documents"],
        "sources": ", ".join(row["sources"]),
    }


def _counted(row: Row, by: str) -> Row:
    return {**_edges(row, by), "documents": row["n_documents"]}


def _bands(rows: Sequence[Row], height: alt.Y, axis: alt.X) -> alt.LayerChart:
    told = {
        "bin": _("Period"),
        "least": _("At least"),
        "known": _("Known"),
        "most": _("At most"),
        "documents": _("Documents"),
        "sources": _("Sources"),
    }
    tooltip = [alt.Tooltip(name, type="nominal", title=title) for name, title in told.items()]
    base = alt.Chart(inline(rows)).encode(x=axis, x2=alt.X2("until:T"), tooltip=tooltip)
    band = base.mark_rect(color=BAND_COLOUR, opacity=0.25, clip=True).encode(y=height, y2=alt.Y2("high:Q"))
    line = base.mark_rule(color=BAND_COLOUR, strokeWidth=3, clip=True).encode(y=alt.Y("value:Q"))
    layers: alt.LayerChart = band + line
    return layers


def _strip(rows: Sequence[Row], axis: alt.X) -> alt.Chart:
    """Return how many documents each bin rests on; none is a gap."""
    strip: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_rect(color=COVERAGE_COLOUR, clip=True)
        .encode(
            x=axis,
            x2=alt.X2("until:T"),
            y=alt.Y("documents:Q", title=_("reports"), axis=alt.Axis(tickMinStep=1, tickCount=2, format="d")),
            y2=alt.Y2(datum=0),
            tooltip=[
                alt.Tooltip("bin:N", title=_("Period")),
                alt.Tooltip("documents:Q", title=_("Reports")),
            ],
        )
        .properties(width=WIDTH, height=STRIP_HEIGHT)
    )
    return strip
