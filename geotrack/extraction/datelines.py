"""The day that the head of a text gives where its publication day is not known: "Kyiv, 5 May 2023"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geotrack.extraction.passages import Passage

# A dateline or "Last updated: 13 October 2017" stands among the first passages and is this short.
_HEAD, _WORDS = 6, 12


def dateline(passages: Sequence[Passage]) -> dt.date | None:
    """Return the whole date, year and all, of a first line that says nothing else."""
    for passage in passages[:_HEAD]:
        day = _day_of(passage)
        if day is not None:
            return day
    return None


def _day_of(passage: Passage) -> dt.date | None:
    tagged = passage.tagged
    if len(tagged.words) > _WORDS or any(q.head != "other" for q in passage.quantities):
        return None
    if tagged.find("predicate", "incident", "war.begun", "organisation", "head.mine", "head.uxo", "own_time"):
        return None
    dated = [t for t in passage.times if t.kind == "interval" and t.days and t.days.precision == "day"]
    if len(dated) != 1 or len(passage.times) != 1 or dated[0].inferred or dated[0].days is None:
        return None
    return dated[0].days.end
