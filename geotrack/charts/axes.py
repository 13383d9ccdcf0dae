"""What all charts share: a time axis in UTC, units that are easy to read, and the language of the axes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import altair as alt

from geotrack.languages import gettext as _
from geotrack.languages import spoken

WIDTH, HEIGHT, STRIP_HEIGHT = 640, 260, 60
COVERAGE_COLOUR = "#009E73"
M2_PER_HA, M2_PER_KM2 = 1e4, 1e6
# From here on hectares are hard to read: 1,000 km².
KM2_FROM_M2 = 1e9

Row = dict[str, Any]
Span = tuple[dt.date, dt.date]

# How the time axis is marked, by the greatest number of days that it spans: few enough marks to read,
# each with a label of its own.
_TICKS: tuple[tuple[int, Any, int, str], ...] = (
    (14, "day", 2, "%-d %b %Y"),
    (75, "week", 1, "%-d %b %Y"),
    (370, "month", 1, "%b %Y"),
    (1200, "month", 3, "%b %Y"),
)
_MOST_YEARS = 12


class _Rows(alt.InlineData):
    """Rows that all copies of a chart share, unchecked: Altair copies a chart at each step that builds it."""

    _class_is_valid_at_instantiation = False

    def __deepcopy__(self, memo: object) -> _Rows:
        return self


def inline(rows: Sequence[Row]) -> alt.InlineData:
    """Return rows as data that the chart holds itself."""
    return _Rows(values=list(rows))


def time_axis(span: Span | None) -> alt.X:
    """Return the time axis over some days, in UTC as the dates are: a browser's own zone shifts no month."""
    if span is None:
        return alt.X("from:T", title=None, scale=alt.Scale(type="utc"))
    first, last = span
    axis = alt.Axis(labelAngle=0, labelOverlap=True, labelFlush=True, **_ticks((last - first).days + 1))
    ends = [
        alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
        for day in (first, last + dt.timedelta(days=1))
    ]
    return alt.X("from:T", title=None, axis=axis, scale=alt.Scale(type="utc", domain=ends))


def _ticks(days: int) -> dict[str, Any]:
    for most, interval, step, written in _TICKS:
        if days <= most:
            return {"format": written, "tickCount": alt.TimeIntervalStep(interval=interval, step=step)}
    years = -(-days // 365 // _MOST_YEARS)
    return {"format": "%Y", "tickCount": alt.TimeIntervalStep(interval="year", step=max(years, 1))}


def area_unit(size: str) -> str:
    """Return the sign of hectares (`hectare`) or of square kilometres in the language spoken."""
    from babel.units import format_unit

    unit = "area-hectare" if size == "hectare" else "area-square-kilometer"
    return str(format_unit(5, unit, "short", locale=spoken())).replace("5", "").strip()


def readable(unit: str, largest: float) -> tuple[float, str]:
    """Return by what SI values are divided to be easy to read, and what the unit is then called."""
    if unit != "m2":
        return 1.0, {"percent": "%", "people": _("people")}.get(unit, _("items"))
    if largest >= KM2_FROM_M2:
        return M2_PER_KM2, area_unit("kilometer")
    return M2_PER_HA, area_unit("hectare")


def localised(chart: alt.VConcatChart) -> alt.VConcatChart:
    """Return a chart whose axes write months and numbers in the language spoken."""
    written: alt.VConcatChart = chart.configure(locale=axis_locale())
    return written


def axis_locale() -> alt.Locale:
    """Return how Vega writes numbers, days and months, by CLDR."""
    from babel import Locale

    locale = Locale.parse(spoken(), sep="-" if "-" in spoken() else "_")
    symbols = locale.number_symbols["latn"]
    # Short forms as within dates: Babel mixes up those of the languages it has read where they stand alone.
    days, months = locale.days["stand-alone"], locale.months["stand-alone"]
    short_days, short_months = locale.days["format"]["abbreviated"], locale.months["format"]["abbreviated"]
    week = (6, 0, 1, 2, 3, 4, 5)  # D3 begins on Sunday
    return alt.Locale(
        number=alt.NumberLocale(
            decimal=symbols["decimal"], thousands=symbols["group"], grouping=[3], currency=["", ""]
        ),
        time=alt.TimeLocale(
            dateTime="%x %X",
            date="%d.%m.%Y",
            time="%H:%M:%S",
            periods=["AM", "PM"],
            days=[days["wide"][one] for one in week],
            shortDays=[short_days[one] for one in week],
            months=[months["wide"][one] for one in range(1, 13)],
            shortMonths=[short_months[one] for one in range(1, 13)],
        ),
    )


def message_chart(message: str, *, title: str = "") -> alt.Chart:
    """Return a chart that says why there is nothing to draw."""
    chart: alt.Chart = (
        alt.Chart(inline([{"message": message}]))
        .mark_text(fontSize=14, color="#333333")
        .encode(text="message:N")
        .properties(width=WIDTH, height=STRIP_HEIGHT, title=alt.TitleParams(text=title, anchor="start"))
    )
    return chart
