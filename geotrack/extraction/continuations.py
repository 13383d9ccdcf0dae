"""What a figure without a time of its own goes on with: a total, a stretch of days, a statement's day.

"Since May sappers found 300 mines. They also cleared 12 hectares.": the second sentence is of May, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geotrack.extraction.announcements import Total
from geotrack.extraction.days import Days
from geotrack.extraction.drafts import PEOPLE_MEASURES, Draft
from geotrack.extraction.passages import is_summed
from geotrack.extraction.periods import LONGEST_EVENT_DAYS, STOCKS, FigurePeriod, PeriodContext
from geotrack.extraction.scene import Scene
from geotrack.extraction.scopes import MANIFOLD
from geotrack.extraction.statements import is_report_stretch, speaks_of_now, sums_up
from geotrack.extraction.tagging import Phrase, TaggedSentence
from geotrack.models import Place

# A running total is continued by a sentence this near.
CONTINUES_WITHIN = 2
# "Of them 5 died" is of the days of the victims told this near.
_PARTS_WITHIN = 4
# A list splits up a total that was told this many paragraphs before.
_LIST_WITHIN = 12
# Days of a stretch that "have been cleared" cannot mean from another paragraph.
_YEAR = 364
# A number at least this large that is told twice is the same.
_TELLING = 100


@dataclass(frozen=True, slots=True)
class Told:
    """The last figure whose passage stated its period."""

    number: int
    period: FigurePeriod
    draft: Draft
    places: tuple[Place, ...]


@dataclass(slots=True)
class Retold:
    """The running totals told so far, so that a number told again is of the same days.

    "Since 2020 90,000 ha have been cleared. … In his words 90,000 ha were cleared and 500 mines found."
    """

    _told: dict[tuple[str, float], FigurePeriod] = field(default_factory=dict)

    def period_of(self, draft: Draft, period: FigurePeriod) -> FigurePeriod | None:
        """Return the days that a number without days of its own was told of first, and remember it."""
        key = (str(draft.measure), draft.quantity.number.value)
        known = period.basis == "cumulative" and period.start is not None
        if known or draft.measure in STOCKS or draft.quantity.number.value < _TELLING:
            if known:
                self._told.setdefault(key, period)
            return None
        first = self._told.get(key) if period.start is None else None
        return replace(first, inferred=("start", "end"), inherited=True) if first else None


def context_of(draft: Draft, places: Sequence[Place], last: Told | None, scene: Scene) -> PeriodContext:
    """Return what a figure without a time of its own takes over from before."""
    titled = scene.headed_by == "title"
    above = bool(scene.headed) and not titled and (last is None or last.number < scene.headed_from)
    continued = None if above else _continued(draft, places, last, scene)
    cell = draft.cell.times if draft.cell else None
    said = scene.statement if scene.statement and _is_of(places, scene.statement.countries) else None
    headed = scene.headed if continued is None and not (titled and _is_beyond_a_stretch(draft)) else ()
    behind = draft.passage.goes_on and draft.passage.sentence.kind != "row"  # a semicolon
    headed = scene.clause if behind and scene.clause else headed
    return PeriodContext(continued, cell, headed, said.days if said else None, draft.quantity.first)


def _is_beyond_a_stretch(draft: Draft) -> bool:
    """Tell whether a figure is no result of a month or a year: a level, "they have already killed 500"."""
    tagged = draft.passage.tagged
    summed = bool(tagged.find_within("time.perfect")) or bool(tagged.find("counted.noun"))
    return draft.measure in STOCKS or (summed and draft.measure in PEOPLE_MEASURES)


def _is_of(places: Sequence[Place], countries: frozenset[str]) -> bool:
    """Tell whether some places lie in some countries; of no place, that is so."""
    return not places or any(p.adm0 in countries for p in places)


def _continued(  # noqa: PLR0911 - one way out for each kind of continuation
    draft: Draft, places: Sequence[Place], last: Told | None, scene: Scene
) -> FigurePeriod | None:
    """Return the period that a figure without a time of its own goes on with."""
    if draft.measure == "mines_recorded" and (day := _handed_over(draft, places, scene)):
        return FigurePeriod(None, day.end, "stock")
    if draft.measure in STOCKS or any(is_report_stretch(draft.passage, t) for t in draft.passage.times):
        return None
    if speaks_of_now(draft.passage):
        return None
    summed = sums_up(draft.passage)
    if last is not None and _begins_anew(draft, last):
        return None
    if summed and last is not None and _outgrows(draft, last):
        return FigurePeriod(None, last.period.end, "cumulative")
    if scene.whole is not None and summed and _is_of(places, scene.whole.countries):
        return _of_total(scene.whole, scene)
    if last is not None and last.period.basis == "period" and _opens_anew(draft, last):
        return (
            _of_total(scene.whole, scene) if scene.whole and _is_of(places, scene.whole.countries) else None
        )
    known = last is not None and last.number >= max(scene.undated, _opened_at(draft, scene))
    if last is not None and known and _goes_on_with(draft, places, last, scene.total):
        return last.period
    other = last is not None and scene.total is not None and last.number == scene.total.number
    total = whole_of_list(draft, scene) or (None if other else scene.total)
    if total is not None and _is_of(places, total.countries):
        return _of_total(total, scene)
    return _of_days(draft, scene)


def whole_of_list(draft: Draft, scene: Scene) -> Total | None:
    """Return the total that a list without a time of its own splits up: "90 ha since May. - 3 ha"."""
    whole = scene.whole
    if whole is None or draft.passage.sentence.kind != "item" or draft.passage.times:
        return None
    near = draft.passage.sentence.paragraph - whole.paragraph <= _LIST_WITHIN
    later = scene.days is not None and scene.days_from > whole.number
    return whole if near and not later else None


def _opened_at(draft: Draft, scene: Scene) -> int:
    """Return the passage that opened a stretch of days in the paragraph of a figure, whoever counted before.

    "They went through 40 houses from 7 to 18 April. 137 shells were blown up."
    In one sentence ("On 4 May they looked over …; 6 shells were found") a day will do.
    """
    days, passage = scene.days, draft.passage
    if days is not None and scene.days_from == passage.number - 1 and passage.goes_on:
        return scene.days_from
    here = days is not None and scene.days_in == passage.sentence.paragraph
    return scene.days_from if here and days is not None and days.start < days.end else -1


def _handed_over(draft: Draft, places: Sequence[Place], scene: Scene) -> Days | None:
    """Return the day on which the maps that show some mines were handed over: those of their places."""
    ids = {p.id for p in places}
    same = [h for h in scene.handed if not h.places.isdisjoint(ids)]
    if same or not draft.passage.tagged.find("predicate.recorded.noun"):
        return same[-1].days if same else None
    if scene.handed:
        return scene.handed[-1].days
    return scene.days if scene.days is not None and scene.days.precision == "day" else None


def _begins_anew(draft: Draft, last: Told) -> bool:
    """Tell whether a total until now is more than the one since some day: "5 ha since May. So far 90"."""
    running = any(t.kind == "so_far" for t in draft.passage.times)
    since = last.period.basis == "cumulative" and last.period.start is not None
    same = [q.number.value for q in last.draft.passage.quantities if q.head == draft.quantity.head]
    elsewhere = last.draft.passage is not draft.passage
    return running and since and elsewhere and bool(same) and draft.quantity.number.value > max(same)


def _outgrows(draft: Draft, last: Told) -> bool:
    """Tell whether victims are more than all just counted since some day: those of all time.

    "Since the war mines have claimed 350 victims. In all, 3,400 people have suffered from them."
    """
    people = [q.number.value for q in last.draft.passage.quantities if q.unit == "people"]
    since = last.period.basis == "cumulative" and last.period.start is not None
    return since and draft.measure in PEOPLE_MEASURES and draft.quantity.number.value > sum(people) > 0


def _outgrows_stretch(draft: Draft, last: Told) -> bool:
    """Tell whether a sum is far more than a stretch brought: "40 in a week. In all 9,000 were lifted"."""
    passage, number = draft.passage, draft.quantity
    opens = not passage.times and bool(passage.tagged.find("whole"))
    if not (opens or is_summed(passage, number.first)):
        return False
    before = last.draft.passage.quantities
    for own in passage.quantities if opens and last.draft.passage is not passage else [number]:
        told = [q.number.value for q in before if q.head == own.head and q is not own]
        if told and own.number.value > MANIFOLD * max(told):
            return True
    return False


def _opens_anew(draft: Draft, last: Told) -> bool:
    """Tell whether a figure leaves a stretch that is over: "In May they found 5; they have cleared 90".

    What "has been done" is done until today; "of this", "in addition", "another" go on with what was told.
    """
    phrase, tagged = draft.governor.phrase if draft.governor else None, draft.passage.tagged
    if _outgrows_stretch(draft, last):
        return True
    if phrase is None or last.draft.passage is draft.passage or tagged.has(0, "subset.strict", "partitive"):
        return False
    if tagged.has(0, "continuation") and not tagged.has(0, "continuation.doer"):
        return False
    return _is_perfect(tagged, phrase) and not tagged.find("further")


def _is_perfect(tagged: TaggedSentence, verb: Phrase) -> bool:
    """Tell whether "has" or "have" helps a verb: "have, by then, cleared", "has cleared 4 ha and found 5"."""
    for k in range(verb.last - 1, -1, -1):
        if tagged.folded[k] in {"has", "have"}:
            return True
        stated = k < verb.first and tagged.folded[k - 1 : k] not in {("has",), ("have",)}
        stated = stated and (tagged.has(k, "barrier.strong") or tagged.folded[k] in {":", ";", '"'})
        if stated or (tagged.has(k, "auxiliary") and tagged.folded[k] != "been"):
            return False
    return False


def _goes_on_with(draft: Draft, places: Sequence[Place], last: Told, total: Total | None) -> bool:
    """Tell whether a figure goes on with the last one: in its passage, or one of its kind just before."""
    if {p.adm0 for p in places} != {p.adm0 for p in last.places}:
        return False
    near = draft.passage.number - last.number
    people = draft.measure in PEOPLE_MEASURES
    same_kind = (last.draft.measure in PEOPLE_MEASURES) == people and last.draft.measure not in STOCKS
    tagged = draft.passage.tagged
    of_them = people and bool(tagged.find("subset.strict", "partitive")) and near <= _PARTS_WITHIN
    if of_them and same_kind and draft.quantity.number.value < last.draft.quantity.number.value:
        return True
    own_source = tagged.has(0, "report.verb")
    later = total is not None and total.number > last.number
    return near == 0 or (near <= CONTINUES_WITHIN and same_kind and not own_source and not later)


def _of_days(draft: Draft, scene: Scene) -> FigurePeriod | None:
    """Return the stretch stated just before; victims take that of their paragraph, and no single event's."""
    days = scene.days
    if days is None or scene.days_from < scene.undated or _is_long_over(draft, days, scene):
        return None
    event = (days.end - days.start).days <= LONGEST_EVENT_DAYS
    elsewhere = scene.days_in != draft.passage.sentence.paragraph
    if elsewhere and scene.idle and event:
        return None  # "On Thursday the airspace was opened."
    if elsewhere and event and draft.passage.tagged.find("whole"):
        return None
    if draft.measure in PEOPLE_MEASURES and (event or elsewhere):
        return None
    return FigurePeriod(days.start, days.end, "period")


def _is_long_over(draft: Draft, days: Days, scene: Scene) -> bool:
    """Tell whether what "has been done" cannot be of a stretch: "In 1991 the store blew up. … have been"."""
    phrase = draft.governor.phrase if draft.governor else None
    long = (days.end - days.start).days >= _YEAR and scene.days_in != draft.passage.sentence.paragraph
    return long and phrase is not None and _is_perfect(draft.passage.tagged, phrase)


def _of_total(total: Total, scene: Scene) -> FigurePeriod:
    """Return the period of a running total that an earlier sentence began."""
    as_of = total.as_of.days if total.as_of else scene.statement.days if scene.statement else None
    start = total.since.days.start if total.since.days else None
    return FigurePeriod(start, as_of.end if as_of else None, "cumulative")
