"""Incidents as events in time, a lane a place: who was harmed, on which day or in which month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from geotrack.analysis.tables import records
from geotrack.analysis.tellings import DAY_LENGTH, days_of
from geotrack.charts.axes import Row, Span, message_chart
from geotrack.charts.compared import Look, Subject
from geotrack.charts.comparisons import INK, colour_of, framed, plain, subject_coverage
from geotrack.charts.strips import PICK, Sheets, days_axis, place_axis, strip
from geotrack.languages import day as day_in_words
from geotrack.languages import gettext as _
from geotrack.languages import month as month_in_words

Toll = Callable[[Mapping[str, Any]], str]
"""Says whom a row's `killed`, `injured` and `casualties` count, in words."""

MOST_SINGLE = 150
"""From more incidents than these on a lane shows months: single ones would hide each other."""
_LANE_PX = 58
_SIZES = (45, 900)
_SLOTS = 4  # how many incidents of the same days stand one above the other
_NEAR = 90  # incidents within this part of the axis may cover each other


def events_of(subjects: Sequence[Subject], toll: Toll, span: Span | None = None) -> list[Row]:
    """Return the incidents of some places, one row for each place that it lies in, by time.

    Parameters
    ----------
    toll
        Says whom an incident harmed.
    span
        The days asked for, both inclusive: only incidents that may touch them, and none without a date.

    Returns
    -------
    rows
        Those of `Timeline.bands`, with `subject` (the index of the place), `first` and `last` (the days that
        its date may mean; None without a date), `harmed` (killed and injured; None where nobody says), `said`
        (in words) and `pick`.
    """
    rows: list[Row] = []
    for index, subject in enumerate(subjects):
        for row in records(subject.known.bands):
            first, last = days_of(row["date"])
            if span is not None and (first is None or last is None or last < span[0] or first > span[1]):
                continue
            told = {"harmed": _harmed(row), "said": toll(row), "pick": row["event_id"]}
            rows.append(row | {"subject": index, "first": first, "last": last} | told)
    return sorted(rows, key=lambda row: (str(row["first"] or ""), row["event_id"], row["subject"]))


def _count(value: Any) -> int | None:  # noqa: ANN401 - a count of people, or nothing
    return None if pd.isna(value) else int(value)


def _harmed(row: Mapping[str, Any]) -> int | None:
    killed, injured, both = (_count(row[name]) for name in ("killed", "injured", "casualties"))
    if killed is None and injured is None:
        return both
    return max((killed or 0) + (injured or 0), both or 0)


def events_chart(
    rows: Sequence[Mapping[str, Any]],
    subjects: Sequence[Subject],
    look: Look,
    measure: str,
    span: Span,
    toll: Toll,
) -> alt.VConcatChart | alt.Chart:
    """Return incidents as circles, a lane a place, over a strip of reports a month.

    A circle is as large as the people harmed are many; it is full where somebody was killed and a ring where
    people were injured only; nobody, or nobody told of, is a cross. A date of a month or a year is a line
    from its first to its last day. More than `MOST_SINGLE` incidents are drawn by month. The point selection
    `PICK` tells the incident, or `PLACE YYYY-MM`, that is clicked.
    """
    dated = [row for row in rows if row["first"]]
    if not dated:
        return message_chart(_("No dated incidents"))
    names = [subject.name for subject in subjects]
    colour = colour_of(names, shared=False)
    crowded = is_crowded(dated)
    marks = _by_month(dated, subjects, toll) if crowded else _one_by_one(dated, subjects, span)
    for mark in marks:
        mark["chosen"] = mark["pick"] == look.shown
    sheets = Sheets()
    view = (
        alt.layer(*_circles(marks, names, colour, span, sheets, clip=look.span is not None))
        .properties(
            height=_LANE_PX * len(names),
            title=alt.TitleParams(measure),
            name="view_incidents",
        )
        .add_params(alt.selection_point(name=f"{PICK}_incidents", fields=["pick"], empty=False))
    )
    title = _("Reports published in each month")
    below = strip(subject_coverage(subjects), names, colour, span, title, sheets=sheets)
    return framed([view, below], sheets, names)


def is_crowded(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether incidents are too many to be drawn one by one."""
    return len({row["event_id"] for row in rows}) > MOST_SINGLE


def month_of(row: Mapping[str, Any]) -> dt.date:
    """Return the first day of the month in which an incident is drawn."""
    first: dt.date = row["first"]
    return first.replace(day=1)


def _one_by_one(rows: Iterable[Mapping[str, Any]], subjects: Sequence[Subject], span: Span) -> list[Row]:
    near = max((span[1] - span[0]).days // _NEAR, 1)
    taken: dict[tuple[int, int], dt.date] = {}
    marks = []
    for row in rows:
        middle = row["first"] + (row["last"] - row["first"]) / 2
        free = (slot for slot in range(_SLOTS) if _is_free(taken.get((row["subject"], slot)), middle, near))
        slot = next(free, _SLOTS - 1)
        taken[row["subject"], slot] = middle
        exact = len(row["date"]) == DAY_LENGTH
        marks.append(
            {
                "pick": row["pick"],
                "mid": middle.isoformat(),
                "from": row["first"].isoformat(),
                "until": (row["last"] + dt.timedelta(days=0 if exact else 1)).isoformat(),
                "slot": slot,
                "place": subjects[row["subject"]].name,
                "when": day_in_words(row["first"]) if exact else _vague(row),
                **_drawn(row["harmed"], killed=bool(_count(row["killed"]))),
                "said": row["said"],
                "count": 1,
                "documents": len(row["document_ids"]),
            }
        )
    return marks


def _is_free(before: dt.date | None, middle: dt.date, near: int) -> bool:
    return before is None or (middle - before).days > near


def _vague(row: Mapping[str, Any]) -> str:
    first: dt.date = row["first"]
    return month_in_words(first) if first.month == row["last"].month else str(first.year)


def _by_month(rows: Iterable[Mapping[str, Any]], subjects: Sequence[Subject], toll: Toll) -> list[Row]:
    months: dict[tuple[int, dt.date], list[Mapping[str, Any]]] = {}
    for row in rows:
        months.setdefault((row["subject"], month_of(row)), []).append(row)
    return [_month_mark(subjects[index], month, some, toll) for (index, month), some in months.items()]


def _month_mark(subject: Subject, month: dt.date, rows: Sequence[Mapping[str, Any]], toll: Toll) -> Row:
    told = [row["harmed"] for row in rows if row["harmed"] is not None]
    killed, injured = (sum(_count(row[name]) or 0 for row in rows) for name in ("killed", "injured"))
    people = {
        "killed": killed or None,
        "injured": injured or None,
        "casualties": sum(told) - killed - injured or None,
    }
    return {
        "pick": f"{subject.place_id} {month:%Y-%m}",
        "mid": (month + dt.timedelta(days=14)).isoformat(),
        "from": month.isoformat(),
        "until": month.isoformat(),
        "slot": 0,
        "place": subject.name,
        "when": month_in_words(month),
        **_drawn(sum(told), killed=killed > 0),
        "said": toll(people),
        "count": len(rows),
        "documents": len({one for row in rows for one in row["document_ids"]}),
    }


def _drawn(harmed: int | None, *, killed: bool) -> Row:
    return {
        "harmed": harmed or 0,
        "shape": "circle" if harmed else "cross",
        "full": 0.75 if killed else 0.0,
    }


def _circles(
    marks: Sequence[Row], names: Sequence[str], colour: alt.Color, span: Span, sheets: Sheets, *, clip: bool
) -> list[Any]:
    titles = {
        "when": _("Date"),
        "place": _("Place"),
        "said": _("Harmed"),
        "count": _("Incidents"),
        "documents": _("Reports"),
    }
    tooltip = [alt.Tooltip(name, type="nominal", title=title) for name, title in titles.items()]
    slots = list(range(1 + max(mark["slot"] for mark in marks)))
    lane: dict[str, Any] = {
        "y": place_axis(names),
        "yOffset": alt.YOffset("slot:O", scale=alt.Scale(domain=slots)),
    }
    base = alt.Chart(sheets.named("incidents", marks)).encode(color=colour, tooltip=tooltip, **lane)
    vague = base.mark_rule(strokeWidth=1.5, opacity=0.7, clip=True).encode(
        x=days_axis(span), x2=alt.X2("until:T")
    )
    scale = alt.Scale(type="sqrt", domain=[0, 20], range=list(_SIZES), clamp=True)
    shapes = alt.Scale(domain=["circle", "cross"], range=["circle", "cross"])
    circles = base.mark_point(strokeWidth=1.8, clip=clip).encode(
        x=days_axis(span, "mid"),
        size=alt.Size("harmed:Q", scale=scale, legend=None),
        shape=alt.Shape("shape:N", scale=shapes, legend=None),
        fill=colour,
        fillOpacity=plain("full", alt.FillOpacity),
    )
    picked = [mark for mark in marks if mark["chosen"]]
    ring = (
        alt.Chart(sheets.named("chosen", picked))
        .mark_point(size=420, strokeWidth=2, color=INK, fill=None, opacity=1)
        .encode(x=days_axis(span, "mid"), **lane)
    )
    return [vague, circles, *([ring] if picked else [])]
