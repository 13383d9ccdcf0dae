"""The steps of a saved map's slider: years, quarters or months, one by one or in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from geotrack.analysis.windows import Window
from geotrack.languages import month, quarter

By = Literal["year", "quarter", "month"]
ALL = "all"  # the window that a map was asked for, as a whole
SPANNED = 8  # of so many steps every row of neighbours is a window of its own: 36 of them
TRACKS = 2  # at most: a coarse and a fine one
_MONTHS: dict[By, int] = {"year": 12, "quarter": 3, "month": 1}
_MOST: dict[By, int] = {"year": SPANNED, "quarter": 4 * SPANNED, "month": 24}

Days = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Track:
    """Neighbouring steps of one length, first to last, cut to the days that the map was asked for.

    With `spans` every row of neighbours can be asked for, else one step at a time.
    """

    by: By
    steps: tuple[Window, ...]
    spans: bool

    def labels(self) -> list[str]:
        """Return the steps' names in the language spoken."""
        return [_label(self.by, step) for step in self.steps]

    def windows(self) -> Iterator[Window]:
        """Yield what can be asked for: single steps first, then rows of them."""
        yield from self.steps
        for length in range(2, len(self.steps) + 1) if self.spans else ():
            for first in range(len(self.steps) - length + 1):
                yield Window(self.steps[first].start, self.steps[first + length - 1].end)


def _label(by: By, step: Window) -> str:
    start = step.start or dt.date.min
    return {"year": lambda day: str(day.year), "quarter": quarter, "month": month}[by](start)


def window_id(window: Window) -> str:
    """Return a window's name in addresses."""
    return f"{window.start}..{window.end}"


def tracks(told: Iterable[Days], asked: Window) -> tuple[Track, ...]:
    """Return the steps that some facts bear, the coarser first; none where they are of one month.

    Of many years the latest are steps; what is older counts in the whole window only.

    Parameters
    ----------
    told
        The first and last day of each fact.
    asked
        The days that the map shall show.
    """
    days = [day for _, day in told if day is not None and asked.misfit(day, day) is None]
    if not days:
        return ()
    first, last = min(days), max(days)
    first = max(first, dt.date(max(last.year - SPANNED + 1, dt.MINYEAR), 1, 1))
    found = []
    for by in _MONTHS:
        steps = tuple(_steps(by, first, last, asked))
        if 1 < len(steps) <= _MOST[by]:
            found.append(Track(by, steps, len(steps) <= SPANNED))
    return tuple(found[:TRACKS])


def _steps(by: By, first: dt.date, last: dt.date, asked: Window) -> Iterator[Window]:
    months = _MONTHS[by]
    start = dt.date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        count = start.year * 12 + start.month - 1 + months
        after = dt.date(count // 12, count % 12 + 1, 1)
        end = after - dt.timedelta(days=1)
        yield Window(max(start, asked.start or start), min(end, asked.end or end))
        start = after
