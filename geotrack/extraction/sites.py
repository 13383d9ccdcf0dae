"""Where and when an incident was: the site and the day among the places and times of a passage."""

from __future__ import annotations

from collections.abc import Sequence

from geotrack.extraction.days import Days
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import RANKS, PlaceGroup
from geotrack.extraction.scenes import Scene
from geotrack.extraction.scopes import is_owned
from geotrack.extraction.statements import is_report_day
from geotrack.extraction.times import TimeExpression
from geotrack.models import Place

# The finer the better: a day goes before a month, a clock time is the last resort.
_FINENESS = {"day": 0, "range": 1, "month": 1, "months": 2, "season": 2, "quarter": 2, "year": 3, "clock": 4}
# Words between a place and what makes it a home, a hospital, a bearing.
_NEAR = 4
# Words before a name among which "in the village of" stands.
_AHEAD = 5
# A dateline is no longer than this.
_OPENING = 10


def stated_days(passage: Passage, first: int = 0, last: int | None = None) -> TimeExpression | None:
    """Return the time that tells when a passage, or some of its words, happened; a report day is the last."""
    end = len(passage.tagged.words) if last is None else last
    fitting = [
        t
        for t in passage.times
        if t.days is not None
        and t.kind in {"interval", "as_of"}
        and t.days.precision in _FINENESS
        and first <= t.first < end
        and not is_owned(passage, t)
        and not _is_dateline(passage, t)
    ]
    return min(fitting, key=lambda t: _fineness(passage, t), default=None)


def _is_dateline(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day stands in the opening of an agency's report: "KHARKIV, Jul 8 - "."""
    folded = passage.tagged.folded
    return time.last < min(len(folded), _OPENING) and folded[time.last] == "-"


def _fineness(passage: Passage, time: TimeExpression) -> tuple[bool, int, int]:
    fine = _FINENESS[time.days.precision] if time.days else len(_FINENESS)
    return is_told_day(passage, time), fine, time.first


def is_told_day(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a day is that of the telling: "said on 22 April", not "said that on 22 April"."""
    tagged = passage.tagged
    clause = any(
        tagged.has(time.first - k, "barrier.weak") and tagged.folded[time.first - k].isalpha() for k in (1, 2)
    )
    return is_report_day(passage, time) and not clause


def inherited_days(scene: Scene) -> Days | None:
    """Return the day in force where a passage states none."""
    near = scene.days is not None and scene.days.precision == "day"
    return scene.days if near else scene.event or scene.days


def site_groups(passage: Passage, scene: Scene) -> list[PlaceGroup]:
    """Return the places of a passage where something can have happened: no homes, no hospitals."""
    groups = [g for g in scene.groups if not g.nation]
    local = [g for g in groups if not g.country_only and not _is_elsewhere(passage, g)]
    return local or [g for g in groups if g.country_only and not g.actor]


def _is_elsewhere(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a place is a home, a hospital's or a way's end: "a resident of X", "taken to X"."""
    tagged = passage.tagged
    before = range(max(0, group.first - _NEAR), group.first)
    joint = [k for k in before if tagged.folded[k] in {",", "."} or tagged.has(k, "predicate", "incident")]
    near = range(joint[-1] + 1 if joint else before.start, group.first)
    if any(tagged.has(k, "home", "care.place", "care.verb") for k in near):
        return True
    return tagged.has(group.last, "care.place") or tagged.has(group.last + 1, "care.place")


def site_of(passage: Passage, groups: Sequence[PlaceGroup]) -> tuple[Place, ...]:
    """Return the group most likely to be the site: behind "in" or "near", the most local, the first named."""

    def key(group: PlaceGroup) -> tuple[bool, bool, int, int]:
        tagged = passage.tagged
        at = is_site(passage, group)
        bearing = any(tagged.has(group.first - k, "bearing") for k in (2, 3, 4))
        return bearing, not at, min(RANKS[p.level] for p in group.places), group.first

    best = min(groups, key=key)
    return _one_site(passage, best)


def is_site(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a preposition of a spot stands before a place: "in the village of X", "near X"."""
    tagged = passage.tagged
    ahead = tagged.folded[max(0, group.first - _AHEAD) : group.first]
    ahead = ahead[ahead.index(",") + 1 :] if "," in ahead else ahead
    alone = any(tagged.lexicon.contains([word], "site") for word in ahead)  # the "in" of "in the village"
    return alone or tagged.lexicon.contains(ahead, "site")


def _one_site(passage: Passage, group: PlaceGroup) -> tuple[Place, ...]:
    """Return the places of a group; of a name and one that it is near, the first: "at X, near Y"."""
    tagged = passage.tagged
    near = any(tagged.has(k, "site.near") for k in range(group.first, group.last))
    return group.places[:1] if near and len(group.places) > 1 else group.places
