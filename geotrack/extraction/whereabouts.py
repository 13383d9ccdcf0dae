"""Where a figure was: the places of its own sentence, else of the scene, else the whole country.

Rulings: docs/reading.md, "Which place".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geotrack.extraction.continuations import whole_of_list
from geotrack.extraction.drafts import PEOPLE_MEASURES, Draft
from geotrack.extraction.passages import Passage
from geotrack.extraction.periods import STOCKS
from geotrack.extraction.places import PlaceGroup, governing_group, is_of_a_part
from geotrack.extraction.quantities import Quantity
from geotrack.extraction.referents import reporters_own
from geotrack.extraction.scene import Scene
from geotrack.extraction.statements import sums_up
from geotrack.extraction.stories import is_aggregate
from geotrack.extraction.tagging import Phrase
from geotrack.extraction.times import TimeExpression
from geotrack.models import Place

# A stretch of more days than this is no week or month of work.
_LONG = 45
# A list of places that a paragraph names is no longer meant this many paragraphs later.
_FADES = 3
# Days that make a stretch of work, and how many times as long a total is that is no longer of its places.
_STRETCH, _LONGER = 5, 3
# A list of more places than this is of a week or a month, not of a sum without a time.
_A_FEW = 3
# What stands between a country and the number that it heads.
_HEADING_MARKS = frozenset({("(",), (":",), ("-",), ("|",)})
# Words from a country to the number that it "has".
_HAS_WITHIN = 5
_STRETCHES = frozenset({"since", "interval"})


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Places the figures of one document.

    `covered` are the countries with a pack; `story_from` the first passage that tells of a single explosion,
    `worldly` one that goes through the countries of the world, `published` is its day,
    `site` the only village that a report of a work at one place names, `described` the regions that are
    told by what happened to them ("the liberated territories") and were none before.
    """

    covered: frozenset[str]
    story_from: int | None
    worldly: bool
    published: dt.date | None = None
    site: str = ""
    described: frozenset[str] = frozenset()

    def of(self, draft: Draft, scene: Scene) -> tuple[tuple[Place, ...], bool]:
        """Return the places of a figure and whether its own sentence names them."""
        places, placed = self._stated(draft, scene)
        people = draft.measure in PEOPLE_MEASURES and not draft.echoes
        in_story = self.story_from is not None and draft.passage.number >= self.story_from
        if (
            not placed
            and in_story
            and (people or _is_of_a_site(draft, scene, places))
            and not _is_summed_there(draft, scene)
        ):
            named = all(p.level == "region" and p.id not in self.described for p in scene.wide)
            return (
                scene.wide if named else scene.country
            ), False  # a total in a report of one incident is not the site's
        return places, placed

    def _is_before(self, draft: Draft, scene: Scene) -> bool:
        """Tell whether a total began before its scene was there: "since 1991" of what was freed in 2020."""
        regions = [p.valid_from for p in scene.places if p.id in self.described and p.valid_from]
        starts = [t.days.start.isoformat() for t in draft.passage.times if t.days and t.kind in _STRETCHES]
        known = bool(regions) and (self.published is None or min(regions) <= self.published.isoformat())
        return known and bool(starts) and min(starts) < min(regions) and not scene.is_titled

    def refusal(self, draft: Draft, scene: Scene, places: Sequence[Place], *, placed: bool) -> str | None:
        """Return why a figure is told of no country that is covered, or None."""
        own = draft.quantity.unit == "people" and bool(draft.passage.tagged.find("ours"))  # "of our citizens"
        at_home = placed or own or any(p.adm0 in self.covered for g in scene.groups for p in g.places)
        paragraph = draft.passage.sentence.paragraph
        worldly = self.worldly and scene.places_from != paragraph
        abroad = not at_home and (scene.abroad == paragraph or worldly)
        if abroad or not all(p.adm0 in self.covered for p in places):
            return "speaks of another country"
        return None if places else "the document names no country that geotrack covers"

    def _stated(  # noqa: PLR0911 - one way out for each ruling
        self, draft: Draft, scene: Scene
    ) -> tuple[tuple[Place, ...], bool]:
        if draft.cell is not None and not draft.cell.groups:
            scene = _widened(draft, scene)
            return (scene.places or scene.country), False
        group = (
            draft.cell.groups[0]
            if draft.cell
            else governing_group(draft.passage, _without_layers(draft, scene), draft.quantity, draft.anchors)
        )
        only = {p.id for p in scene.places} == {self.site}
        before = self._is_before(draft, scene)
        scene = scene._replace(places=scene.country) if before else _widened(draft, scene, only_site=only)
        if group is None:
            own = reporters_own(draft.passage)
            if scene.places and scene.places != scene.country and not set(own) < set(scene.places):
                own = ()  # an office speaks of its own region where nothing or a list with it was set
            return (own or scene.places or scene.country), bool(own)
        covered = all(p.adm0 in self.covered for p in group.places)
        did = _laid_them(draft, group) or (not covered and _is_blamed(draft, group))
        if not group.nation and (not group.actor or _heads(draft, group)) and not did:
            return group.places, True
        within = scene.places and all(p.adm0 == group.places[0].adm0 for p in scene.places)
        if covered and scene.places != scene.country and _is_of_the_country(draft, scene):
            return group.places, True
        if group.nation and not did and (_belongs(draft, group.first) or _is_one_of_them(draft, group)):
            return _of_nation(draft, scene, group, within=bool(within))
        if not covered and _is_elsewhere(draft, group):
            return group.places, True
        if covered and draft.passage.tagged.find("superlative", "world.ranking"):
            return group.places, True  # "made Azerbaijan one of the most mined countries"
        if within or not covered:
            return (scene.places or scene.country), False
        return group.places, True


def _of_nation(
    draft: Draft, scene: Scene, group: PlaceGroup, *, within: bool
) -> tuple[tuple[Place, ...], bool]:
    """Return where something of a nation was: its people's harm, its land, or all of it."""
    if spot := _spot_of(draft, scene):
        return spot.places, True
    local = within and draft.measure not in PEOPLE_MEASURES
    return (scene.places, False) if local else (group.places, True)


def _spot_of(draft: Draft, scene: Scene) -> PlaceGroup | None:
    """Return where something happened to the people of a nation: "20 Azerbaijanis were killed in A"."""
    passage, quantity = draft.passage, draft.quantity
    spots = [
        g for g in scene.groups if not (g.nation or g.actor or g.country_only) and g.first > quantity.last
    ]
    if not spots or is_of_a_part(passage, spots[0], quantity):
        return None
    between = range(quantity.last, spots[0].first)
    apart = any(passage.tagged.has(k, "barrier.strong") for k in between)
    others = (q for q in passage.quantities if q.first in between)
    return None if apart or not all(q.subset or q.head == "other" for q in others) else spots[0]


def _without_layers(draft: Draft, scene: Scene) -> Sequence[PlaceGroup]:
    """Return the places of a passage but for who laid its mines, if any others are named."""
    return [g for g in scene.groups if not _laid_them(draft, g)] or scene.groups


def _laid_them(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether a country is who laid the mines: "Armenia planted a million mines"."""
    tagged, governor = draft.passage.tagged, draft.governor
    if tagged.has(group.first, "doer") and tagged.folded[group.first - 1 : group.first] == ("by",):
        return tagged.has(group.first - 2, "predicate.recorded", "parted.recorded")  # "laid by Armenia"
    at = group.last
    while tagged.has(at, "auxiliary", "has"):
        at = tagged.after(at)
    laid = (
        governor is not None and governor.phrase is not None and governor.name in {"recorded", "contaminated"}
    )
    return laid and governor.phrase.first == at and tagged.has(group.first, "doer")  # type: ignore[union-attr]


def _is_blamed(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether a country is only who brought the harm: "the aggression of Armenia"."""
    tagged = draft.passage.tagged
    return tagged.has(group.first, "doer") and not tagged.has(group.first - 1, "spot", "throughout")


def _heads(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether a country heads its number: "Ukraine (608)", "Ukraine has 608 ha of mined land"."""
    near = group.last < draft.quantity.first <= group.last + _HAS_WITHIN
    if near and draft.measure in STOCKS and draft.passage.tagged.has(group.last, "has"):
        return True
    between = draft.passage.tagged.folded[group.last : draft.quantity.first]
    return group.last <= draft.quantity.first and (not between or between in _HEADING_MARKS)


def _is_summed_there(draft: Draft, scene: Scene) -> bool:
    """Tell whether the sentence before gives the sum of a long time for the scene ("last year in A")."""
    days = scene.places_on
    long = days is not None and (days.end - days.start).days > _STRETCH
    wide = all(p.level not in {"settlement", "country"} for p in scene.places)
    goes_on = scene.places_from == draft.passage.sentence.paragraph and not draft.passage.times
    return long and wide and goes_on and scene.total is None


def _is_of_a_site(draft: Draft, scene: Scene, places: Sequence[Place]) -> bool:
    """Tell whether a figure without a place would take over a village from another paragraph."""
    elsewhere = draft.passage.sentence.paragraph != scene.places_from
    return elsewhere and not scene.is_titled and len(places) == 1 and places[0].level == "settlement"


def _is_elsewhere(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether another country is where something was done: "Yemen recorded 500 casualties"."""
    tagged = draft.passage.tagged
    doer = any(tagged.has(k, "doer") for k in range(group.first, group.last))
    return not doer and not group.nation and draft.measure not in STOCKS


def _widened(draft: Draft, scene: Scene, *, only_site: bool = False) -> Scene:
    """Return the scene for totals and levels of a later paragraph than the one that set it.

    A village is the scene of victims and levels only in its own paragraph, if it is not the only one that
    the report names, and a total since a war began is the country's, or that of the places in the title.
    """
    paragraphs_on = draft.passage.sentence.paragraph - scene.places_from
    elsewhere = paragraphs_on != 0
    stays = scene.is_titled or only_site
    since = [t for t in draft.passage.times if t.kind in {"since", "so_far"} and not _is_since_then(t)]
    running = bool(since) or (len(scene.places) > _A_FEW and sums_up(draft.passage))
    in_region = bool(scene.places) and all(p.level == "region" for p in scene.places)
    level = draft.measure in STOCKS
    told = draft.passage.times or _gone_on_with(draft, scene)
    same_days = not elsewhere and scene.places_on is not None and scene.places_on in {t.days for t in told}
    if not level and not same_days and any(_is_since_a_war(draft.passage, t, named=in_region) for t in told):
        return scene._replace(places=_since_a_war(draft, scene, elsewhere=elsewhere))
    told_of_all = _is_whole(scene) and not scene.region and paragraphs_on <= 1
    local = bool(scene.places) and all(p.level == "settlement" for p in scene.places)
    left = not stays or (local and bool(draft.passage.tagged.find("whole")))
    if running and not told_of_all and left and (elsewhere or len(scene.places) > 1):
        whole = scene.opening if len(scene.opening) == 1 else scene.country
        return scene._replace(places=scene.region or whole)
    in_all = (
        not level and not in_region and bool(draft.passage.tagged.find("whole"))
    )  # "in all the agency found"
    if _is_counted_nationally(draft, elsewhere=elsewhere) and (not stays or in_all):
        at_work = in_region and draft.measure not in PEOPLE_MEASURES  # the agency works in that region
        return scene if at_work else scene._replace(places=scene.country)
    listed = len(scene.places) > 1 and not stays
    faded = listed and (paragraphs_on >= _FADES or _is_at_another_time(draft.passage, scene))
    summed = scene.spread and elsewhere and not stays and draft.passage.tagged.has(0, "whole")
    if faded or summed:  # "A has 3 ha, B the rest. All in all …"
        return scene._replace(places=scene.opening)
    if (
        local
        and not stays
        and (paragraphs_on > 1 or (elsewhere and (listed or draft.measure in {*STOCKS, *PEOPLE_MEASURES})))
    ):
        return scene._replace(places=scene.wide)
    return scene


def _gone_on_with(draft: Draft, scene: Scene) -> tuple[TimeExpression, ...]:
    """Return the start of the total that a sentence without a time goes on with: "40 ha are clear"."""
    total = scene.total
    near = any(not g.country_only for g in scene.groups) or (
        total is not None and scene.places_from == total.paragraph
    )
    goes_on = total is not None and total.number == draft.passage.number - 1 and not near
    if (whole := whole_of_list(draft, scene)) is not None and not scene.groups:
        return (whole.since,)
    return (total.since,) if total is not None and goes_on else ()


def _since_a_war(draft: Draft, scene: Scene, *, elsewhere: bool) -> tuple[Place, ...]:
    """Return the places of a total since a war: the title's; no ministry counts victims in a list."""
    region = bool(scene.places) and all(p.level == "region" for p in scene.places)
    if (_is_whole(scene) or region) and not elsewhere:
        return scene.places
    people = draft.measure in PEOPLE_MEASURES and bool(draft.passage.tagged.find("national_body"))
    named = all(p.level == "region" for p in scene.opening)
    if people and not named:
        return scene.country
    listed = len(scene.places) > 1 and draft.measure not in PEOPLE_MEASURES
    return scene.region if listed and scene.region and scene.opening == scene.country else scene.opening


def _is_since_then(time: TimeExpression) -> bool:
    """Tell whether a total runs from what was told just before: "18 ha have been cleared since then"."""
    return time.inferred and time.days is not None and time.days.precision != "event"


def _is_of_the_country(draft: Draft, scene: Scene) -> bool:
    """Tell whether a total beside a country's name leaves a local scene: "Since May sappers of Ukraine …"."""
    elsewhere = draft.passage.sentence.paragraph != scene.places_from
    running = any(t.kind in {"since", "so_far"} for t in draft.passage.times)
    return elsewhere and (running or draft.measure in STOCKS)


def _is_whole(scene: Scene) -> bool:
    """Tell whether the scene is the country as a whole."""
    return scene.places == scene.country


def _is_at_another_time(passage: Passage, scene: Scene) -> bool:
    """Tell whether a figure is of a longer time than a list: "In March … in A and B. Last year …"."""
    told = [t.days for t in passage.times if t.days is not None and t.kind in _STRETCHES]
    days = scene.places_on
    if days is None or not told or (days.end - days.start).days < _STRETCH:
        return False
    longest = _LONGER * (days.end - days.start)
    return all(d.precision == "year" and d.end - d.start > longest for d in told)


def _is_counted_nationally(draft: Draft, *, elsewhere: bool) -> bool:
    """Tell whether a body of the whole country gives a total or a level: "The ministry says that …"."""
    bodies = draft.passage.tagged.find("national_body")
    if all(_is_employer(draft.passage, p) for p in bodies):
        return False
    if draft.measure in PEOPLE_MEASURES:
        return is_aggregate(draft.passage)
    dated = any(
        t.kind in {"since", "so_far", "as_of"}
        or (t.days is not None and t.days.precision == "year")
        or _is_long(t)
        for t in draft.passage.times
    )
    return elsewhere and (dated or draft.measure in STOCKS)


def _is_employer(passage: Passage, body: Phrase) -> bool:
    """Tell whether a body is only whose people are told of: "employees of the agency"."""
    at, tagged, names = body.first - 1, passage.tagged, passage.place_words()
    own = ("time.article", "time.of", "time.of_the", "national_body")  # "of the National Agency (ANAMA)"
    while at > 0 and (at in names or tagged.folded[at] == "(" or tagged.has(at, *own)):
        at -= 1
    return at < body.first - 1 and tagged.has(at, "head.person", "person.singular", "head.other.staff")


def _is_since_a_war(passage: Passage, time: TimeExpression, *, named: bool) -> bool:
    """Tell whether a time runs from the day on which a war began or ended; with `named`, by its name only."""
    if time.days is None:
        return False
    if time.kind == "since" and time.days.precision == "event":
        return True
    return not named and time.days.start in passage.tagged.lexicon.dates.values() and _is_long(time)


def _is_long(time: TimeExpression) -> bool:
    """Tell whether a time has no end of its own or is longer than a report's week."""
    return time.kind == "since" or (time.days is not None and (time.days.end - time.days.start).days > _LONG)


def _is_one_of_them(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether people are counted with those before: "killed 33 Azerbaijani citizens and injured 139"."""
    bare = draft.quantity.head == "bare" and draft.measure in PEOPLE_MEASURES
    before = (q for q in draft.passage.quantities if q.last < draft.quantity.first and _may_be_people(q))
    return bare and any(q.first - 1 <= group.first <= q.last + 3 for q in before)


def _may_be_people(quantity: Quantity) -> bool:
    return quantity.unit == "people" or quantity.head == "bare"


def _belongs(draft: Draft, at: int) -> bool:
    """Tell whether a nationality stands in the quantity itself: "379 Azerbaijanis", "Ukrainian territory"."""
    before = range(draft.quantity.last, at)
    if any(draft.passage.tagged.folded[k] == "by" for k in before):
        return False  # "40 shells left by the Russians"
    return draft.quantity.first - 1 <= at <= draft.quantity.last + 3
