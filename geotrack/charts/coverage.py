"""How many reports each month rests on, by country, publisher or language: a field of shaded cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import altair as alt
import pandas as pd

from geotrack.analysis.tables import records
from geotrack.charts.axes import inline
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words
from geotrack.languages import number

CELL_PX, AXIS_PX = 26, 56
PICK = "cell"
_GREENS = ("#b2e2d0", "#66c2a4", "#006d4c")
_MOST_LABELS = 14


def coverage_field(months: pd.DataFrame, names: Mapping[str, str], label: str) -> alt.Chart:
    """Return a chart with a row for each key and a column for each month; a click picks a cell (`PICK`).

    Parameters
    ----------
    months
        `month`, `key`, `n_documents`, as `geotrack.analysis.coverage.reports_by_month` gives them.
    names
        What each key is called, in the order of the rows; keys without a name are not drawn.
    label
        What the keys are, for the tooltip.
    """
    told = [row for row in records(months) if row["key"] in names]
    every = _months(told)
    cells = [
        {
            "month": f"{row['month']:%Y-%m}",
            "when": month_in_words(row["month"]),
            "key": row["key"],
            "name": names[row["key"]],
            "reports": row["n_documents"],
            "told": number(row["n_documents"]),
        }
        for row in told
    ]
    step = max(1, -(-len(every) // _MOST_LABELS))
    labelled = [one for n, one in enumerate(every) if n % step == 0]
    pick = alt.selection_point(name=PICK, fields=["month", "key"], on="click", clear="dblclick")
    chart: alt.Chart = (
        alt.Chart(inline(cells))
        .mark_rect(cornerRadius=2, cursor="pointer")
        .encode(
            x=alt.X(
                "month:O",
                title=None,
                scale=alt.Scale(domain=every, paddingInner=0.08),
                axis=alt.Axis(values=labelled, labelAngle=0, ticks=False, domain=False, labelOverlap=True),
            ),
            y=alt.Y(
                "name:N",
                title=None,
                scale=alt.Scale(domain=[*names.values()], paddingInner=0.12),
                axis=alt.Axis(ticks=False, domain=False, labelLimit=150),
            ),
            color=alt.Color("reports:Q", scale=alt.Scale(range=list(_GREENS), domainMin=1), legend=None),
            opacity=alt.condition(pick, alt.value(1), alt.value(0.45)),
            tooltip=[
                alt.Tooltip("name:N", title=label),
                alt.Tooltip("when:N", title=_("Month")),
                alt.Tooltip("told:N", title=_("Reports")),
            ],
        )
        .add_params(pick)
        .properties(height=CELL_PX * max(len(names), 1) + AXIS_PX)
    )
    return chart


def _months(rows: list[dict[str, object]]) -> list[str]:
    """Return every month from the first to the last, those without a report, too."""
    days = [row["month"] for row in rows if isinstance(row["month"], dt.date)]
    if not days:
        return []
    first, last = min(days), max(days)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = (first.month - 1 + n for n in range(count))
    return [f"{first.year + n // 12}-{n % 12 + 1:02d}" for n in numbers]
