"""Scenes: where a passage plays, and what it inherits from those before it.

A sentence that speaks of mine action in some places sets the scene for the figures after it; one
that tells an explosion sets the site for the sentences that go on with it. "The region" and "the
country" refer back to the last one named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.abroad import is_told_of
from geotrack.extraction.announcements import (
    Statement,
    Total,
    as_of_day,
    clause_times,
    hand_overs,
    heading_times,
    holds_on,
)
from geotrack.extraction.casualties import LARGEST_TOLL, event_phrases
from geotrack.extraction.days import Days
from geotrack.extraction.labels import is_label
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import PlaceGroup, is_of_a_part, place_groups
from geotrack.extraction.predicates import predicates_of
from geotrack.extraction.referents import referents_after, reporters_own, with_offices, with_own
from geotrack.extraction.scene import Scene
from geotrack.extraction.scopes import is_of_an_aside, is_owned
from geotrack.extraction.sections import (
    goes_through,
    is_background,
    is_itemised,
    is_of_data,
    is_over_a_section,
    only_ranks,
    opens_section,
)
from geotrack.extraction.statements import (
    data_day,
    data_stretch,
    day_begun,
    is_report_day,
    phase_closed,
    report_day,
    speaks_of_now,
)
from geotrack.extraction.times import TimeExpression
from geotrack.gazetteer import Gazetteer
from geotrack.models import Place

# A period that a sentence states serves the sentences of its paragraph and a few after it.
CARRIES_OVER = 3
# A running total is gone on with by a sentence this near.
TOTAL_GOES_ON = 1
# "The figures are for 1 June" dates this many passages before it.
DATED_BEFORE = 3
# A stretch that the lead announces without a count serves this many passages.
ANNOUNCED = 8
# What points to the country spoken of, and so to none of ours where that is another.
_POINTING = frozenset({"there", "its", "country"})
# Predicates of levels, which begin no running total of what was done.
_LEVELS = frozenset({"contaminated", "other", "needed", "at_risk"})
# What was done today; a level that is so today dates nothing behind it.
_WORKS = ("cleared", "found", "surveyed", "released", "killed", "injured", "casualty", "blown")
_DONE = tuple(f"predicate.{name}" for name in _WORKS)
# Words between a city and the word of its part: "Baku's Garadagh district".
_PART_OF_CITY = 4


def scenes_of(
    passages: Sequence[Passage], opening: Scene, gazetteer: Gazetteer, covered: frozenset[str]
) -> list[Scene]:
    """Return the scene of each passage, in order; only the countries `covered` can be a scene."""
    scenes: list[Scene] = []
    scene = opening
    for passage in passages:
        here = _faded(scene, passage, passages)
        referents = with_offices(here.referents, passage, gazetteer)
        if here.abroad == passage.sentence.paragraph:  # "Croatia has mines itself; 150 km² are mined there"
            referents = {k: v for k, v in referents.items() if k not in _POINTING}
        groups = tuple(place_groups(passage, gazetteer.contains, referents))
        own_units = with_own(referents, passage, groups, gazetteer)
        if own_units is not referents:
            groups = tuple(place_groups(passage, gazetteer.contains, own_units))
        in_force = _in_item(here, passage)
        scenes.append(in_force._replace(groups=groups) if groups else in_force)
        own = [g for g in groups if all(p.adm0 in covered for p in g.places)]
        abroad = _abroad(here, passage, groups, own)
        if own or abroad != here.abroad:
            referents = referents_after(here.referents, own, gazetteer)
            here = here._replace(referents=referents, abroad=abroad)
        scene = _after(here, passage, own)
    return _backdated(scenes, passages)


def _backdated(scenes: list[Scene], passages: Sequence[Passage]) -> list[Scene]:
    """Give the passages before "The figures are for 1 June." that day, where they state none themselves."""
    for passage in passages:
        if passage.sentence.kind == "heading":
            continue  # "Key data for 2008" is of what stands under it
        if stretch := data_stretch(passage):
            _head_before(scenes, passages, passage, stretch)
        if closed := phase_closed(passage):
            _end_before(scenes, passages, passage, closed)
        day = data_day(passage)
        if day is None:
            continue
        paragraph = passage.sentence.paragraph
        for n in range(max(0, passage.number - DATED_BEFORE), passage.number):
            if scenes[n].statement is None and passages[n].sentence.paragraph >= paragraph - 1:
                everywhere = frozenset(p.adm0 for p in scenes[n].places or scenes[n].country)
                named = everywhere | {p.adm0 for g in scenes[n].groups for p in g.places}
                scenes[n] = scenes[n]._replace(statement=Statement(day, n, paragraph, named, bare=True))
    return scenes


def _end_before(scenes: list[Scene], passages: Sequence[Passage], passage: Passage, day: Days) -> None:
    """Let what was told of a phase just before hold as of the day on which it ended."""
    for n in range(max(0, passage.number - DATED_BEFORE), passage.number):
        here = passages[n].tagged.find("phase") and not passages[n].times
        if here and passages[n].sentence.paragraph == passage.sentence.paragraph:
            named = frozenset(p.adm0 for p in scenes[n].places or scenes[n].country)
            told = Statement(day, n, passage.sentence.paragraph, named, bare=True)
            scenes[n] = scenes[n]._replace(statement=told)


def _head_before(
    scenes: list[Scene], passages: Sequence[Passage], passage: Passage, times: tuple[TimeExpression, ...]
) -> None:
    """Give the passages before "That was in 2023." that year, up to one with a time of its own."""
    for n in range(passage.number - 1, max(-1, passage.number - 1 - DATED_BEFORE), -1):
        near = passages[n].sentence.paragraph == passage.sentence.paragraph or n + 1 == passage.number
        if passages[n].times or not near:
            return
        if not (scenes[n].total or scenes[n].days):
            scenes[n] = scenes[n]._replace(headed=times, headed_from=n)


def _in_item(scene: Scene, passage: Passage) -> Scene:
    """Return the scene inside a list item that named places of its own: they hold to its end only."""
    if scene.item and scene.item_in == passage.sentence.paragraph:
        return scene._replace(places=scene.item, places_from=scene.item_in)
    return scene


def _abroad(
    scene: Scene, passage: Passage, groups: Sequence[PlaceGroup], own: Sequence[PlaceGroup]
) -> int | None:
    """Return the paragraph in which the text speaks of another country, until it names a covered place."""
    if any(not g.nation for g in own):
        return None
    foreign = any(g not in own and is_told_of(passage, g) for g in groups)
    return passage.sentence.paragraph if foreign else scene.abroad


def _faded(scene: Scene, passage: Passage, passages: Sequence[Passage]) -> Scene:
    """Drop a period that was stated too long ago to be meant still."""
    if scene.statement is not None and not holds_on(scene.statement, passage):
        scene = scene._replace(statement=None)
    listed = passage.sentence.kind == "item"  # a list is as one passage
    total = scene.total
    if total is not None and listed and total.number + 1 < passage.number:
        scene = scene._replace(total=replace(total, number=total.number + 1))
    elif total is not None and passage.number - total.number > TOTAL_GOES_ON:
        scene = scene._replace(total=None)
    if scene.days is None:
        return scene
    if listed and scene.days_from + 1 < passage.number:
        scene = scene._replace(days_from=scene.days_from + 1)
    told = passages[scene.days_from]
    announced = told.number < CARRIES_OVER and not any(q.head != "other" for q in told.quantities)
    near = passage.number - told.number <= (ANNOUNCED if announced else CARRIES_OVER)
    same = told.sentence.paragraph == passage.sentence.paragraph or passage.sentence.kind == "item"
    return scene if near or same else scene._replace(days=None)


def _after(scene: Scene, passage: Passage, groups: Sequence[PlaceGroup]) -> Scene:
    """Return the scene that a passage leaves behind."""
    telling = bool(event_phrases(passage)) and not _counts_many(passage)
    if telling or passage.quantities or not passage.tagged.find("parted_most"):
        scene = _moved(scene, passage, groups, telling=telling)  # not "Most of them were found in Lviv."
    scene = _timed(scene, passage, groups, telling=telling)
    begun = None if telling or _counts(passage) else day_begun(passage)
    if begun is None:
        return scene
    named = frozenset(p.adm0 for g in groups for p in g.places)
    countries = named or frozenset(p.adm0 for p in scene.places or scene.country)
    total = Total(begun, None, passage.number, countries, passage.sentence.paragraph)
    return scene._replace(days=None, total=total, undated=passage.number)


def _counts_many(passage: Passage) -> bool:
    """Tell whether a passage counts more people than one explosion harms."""
    return any(q.unit == "people" and q.number.value > LARGEST_TOLL for q in passage.quantities)


def _moved(scene: Scene, passage: Passage, groups: Sequence[PlaceGroup], *, telling: bool) -> Scene:
    """Return the scene with the places that a passage leaves behind."""
    if is_background(passage) or (not groups and opens_section(passage)):
        places = scene.country if is_background(passage) else scene.opening
        return scene._replace(places=places, wide=places, opening=places)
    located = [
        g
        for g in groups
        if not g.nation and not g.actor and not _is_seat(passage, g) and not is_of_a_part(passage, g)
    ]
    whole = [g for g in located if len(g.places) == 1 and g.places[0].level == "region"]
    if whole:
        scene = scene._replace(region=whole[-1].places)
    specific = next((g.places for g in located if not g.country_only), None)
    if specific is not None and passage.quantities:
        several = sum(not g.country_only for g in located) > 1
        scene = scene._replace(spread=several or passage.sentence.kind in {"item", "row"})
    if is_of_data(passage, located):
        return _set(scene, located[0].places, passage)._replace(opening=located[0].places)
    if specific is not None and goes_through(passage, located):
        return scene
    if specific is not None:
        return _moved_to(scene, specific, passage, telling=telling)
    if is_itemised(passage):
        subject = []
    elif located:
        subject = located[-1:]
    else:
        ranked = passage.tagged.find("superlative", "world.ranking")
        subject = [g for g in groups if g.actor and (ranked or _is_subject(passage, g))]
        subject = subject or [g for g in groups if g.nation and _is_counted(passage, g)]
    own = reporters_own(passage) if passage.quantities and scene.places == scene.country else ()
    if own and not located:
        return _set(scene, own, passage)
    return _set(scene, subject[0].places, passage) if subject else scene


def _moved_to(scene: Scene, places: tuple[Place, ...], passage: Passage, *, telling: bool) -> Scene:
    """Return the scene that a passage leaves which names places below a country.

    Where it does not speak of mine action ("The depot in Aghstafa was the largest"), it is that of its
    paragraph only.
    """
    item = scene._replace(item=places, item_in=passage.sentence.paragraph)
    if passage.tagged.find("caption") or only_ranks(passage):
        return item  # a picture shows what it shows
    around = scene.is_titled and all(p.id in {q.adm1, q.adm2} for p in places for q in scene.places)
    if around and not _counts(passage):
        return item  # "… the emergency service in A region reported": the report stays in its village
    if sets_scene(passage) or is_over_a_section(passage):
        if is_itemised(passage):
            return item._replace(site=places)
        scene = scene._replace(site=places)
        return scene if telling else _set(scene, places, passage)
    if scene.site == scene.country:
        item = item._replace(site=places)
    return scene if telling or is_itemised(passage) else item


def _is_subject(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a passage speaks of a country itself: "Ukraine is the most mined country"."""
    return group.first <= 1 and passage.tagged.has(group.last, "auxiliary", "level", "ranks")


def _is_counted(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a nationality says who is counted: "Azerbaijani victims number 379"."""
    return passage.tagged.has(group.last, "head.victim") and any(
        q.unit == "people" or q.head == "bare" for q in passage.quantities
    )


def _timed(scene: Scene, passage: Passage, groups: Sequence[PlaceGroup], *, telling: bool) -> Scene:
    """Return the scene with the days that a passage leaves behind."""
    scene = _claused(_headed(scene, passage), passage)
    if not passage.times:
        scene = _stated(scene, passage, frozenset())
        now = speaks_of_now(passage)
        return scene._replace(total=None, undated=passage.number + 1) if now else scene
    named = frozenset(p.adm0 for g in groups for p in g.places)
    countries = named or frozenset(p.adm0 for p in scene.places or scene.country)
    scene = _totalled(_stated(scene, passage, countries), passage, countries)
    handed = hand_overs(scene.handed, passage, groups)
    scene = scene if handed is scene.handed else scene._replace(handed=handed)
    if any(t.compared is not None for t in passage.times) and _only_compares(passage):
        return scene  # "That is twice January's number and four times that of December."
    for time in passage.times:
        if time.kind == "interval" and time.days is None:
            scene = scene._replace(days=None, total=None, undated=passage.number)
        if time.kind != "interval" or time.days is None or time.days.precision in {"event", "clock"}:
            continue
        if time.compared is not None:
            continue
        if _is_of_others(passage, time) or (is_report_day(passage, time) and not telling):
            continue
        lasting = time.days.precision == "lasting"  # "he has kept these woods for nineteen years"
        now = passage.tagged.has(time.first, "time.present") and not (telling or passage.tagged.find(*_DONE))
        if now or (lasting and not _counts(passage)):
            continue  # "today there are trenches", "156 km² are dangerous today"
        idle = not (telling or _counts(passage) or sets_scene(passage))
        paragraph = passage.sentence.paragraph
        scene = scene._replace(days=time.days, days_from=passage.number, days_in=paragraph, idle=idle)
        if telling and time.days.precision == "day":
            scene = scene._replace(event=time.days)
    return scene


def _claused(scene: Scene, passage: Passage) -> Scene:
    """Return the scene with the times of a clause, which hold to the end of its sentence."""
    clause = clause_times(passage) or (scene.clause if passage.goes_on else ())
    return scene._replace(clause=clause) if clause or scene.clause else scene


def _is_of_others(passage: Passage, time: TimeExpression) -> bool:
    """Tell whether a time dates something else than what is done: an agreement, who is spoken of."""
    return is_owned(passage, time) or is_of_an_aside(passage, time)


def _only_compares(passage: Passage) -> bool:
    """Tell whether a passage has no number but "4 times", of nothing that it names."""
    return all(q.head in {"other", "bare"} for q in passage.quantities)


def _counts(passage: Passage) -> bool:
    """Tell whether a passage counts anything of ours."""
    return any(q.head != "other" for q in passage.quantities)


def _totalled(scene: Scene, passage: Passage, countries: frozenset[str]) -> Scene:
    """Return the scene with the running total that a passage begins."""
    since = next((t for t in passage.times if t.kind == "since"), None)
    if since is None or _tells_levels(passage):
        return scene
    as_of = next((t for t in passage.times if t.kind == "as_of" and t.days), None)
    total = Total(since, as_of, passage.number, countries, passage.sentence.paragraph)
    counts = _counts(passage)
    return scene._replace(total=total, whole=total if counts else scene.whole)


def _tells_levels(passage: Passage) -> bool:
    """Tell whether a passage counts contaminated land only: what was done is no part of that."""
    named = {name for p in passage.tagged.find("predicate") for name in predicates_of(p.tags)}
    return "contaminated" in named and named <= _LEVELS and any(q.head == "area" for q in passage.quantities)


def _stated(scene: Scene, passage: Passage, countries: frozenset[str]) -> Scene:
    """Return the scene with the day of the statement that a passage makes or goes on with."""
    said = (report_day(passage) or as_of_day(passage)) if passage.times else None
    before = scene.statement
    if said is None and before is None:
        return scene
    marks = passage.tagged.folded.count('"') % 2 == 1
    if said is None:
        quoting = before is not None and before.quoting ^ marks
        return scene._replace(statement=replace(before, quoting=quoting)) if before else scene
    if before is not None and before.paragraph == passage.sentence.paragraph and said.end < before.days.end:
        return scene  # "as of 22 February …; by 1 January 2023 it had been …"
    bare = not _counts(passage)
    statement = Statement(said, passage.number, passage.sentence.paragraph, countries, bare, marks)
    return scene._replace(statement=statement)


def _headed(scene: Scene, passage: Passage) -> Scene:
    """Return the scene with the times that head what stands under a passage: a heading, a caption, a lead-in.

    A lead-in ("Results for 2000 to 2003:") holds until the next sentence of another paragraph.
    """
    kind = passage.sentence.kind
    times = heading_times(passage) if kind == "heading" else ()
    last = len(passage.tagged.words)
    numbered = all(q.head == "other" or (q.head == "bare" and q.last < last) for q in passage.quantities)
    if kind == "heading" and (not passage.quantities or (times and numbered)):
        above = scene.headed_by == "heading" and not scene.told_under
        kept = not times and (scene.headed_by == "lead" or above or is_label(passage))
        number, headed = passage.number, scene.headed if kept else times
        return scene._replace(headed=headed, headed_from=number, headed_by="heading", told_under=False)
    if kind in {"sentence", "item"} and passage.tagged.folded[-1] == ":" and heading_times(passage):
        return scene._replace(headed=heading_times(passage), headed_from=passage.number, headed_by="lead")
    if is_label(passage) and not passage.times:
        return scene._replace(headed_from=passage.number)
    if kind == "sentence" and scene.headed_by == "heading":
        return scene if scene.told_under else scene._replace(told_under=True)
    if kind == "sentence" and scene.headed_by == "lead":
        return scene._replace(headed=(), headed_by="")
    return scene


def _is_seat(passage: Passage, group: PlaceGroup) -> bool:
    """Tell whether a group is one city that is a unit of its own: where it is named, officials speak.

    They do not where a part of it is named ("in Baku's Garadagh district").
    """
    if len(group.places) != 1 or not group.places[0].is_city:
        return False
    near = range(group.last, min(group.last + _PART_OF_CITY, len(passage.tagged.words)))
    return not any(passage.tagged.has(k, "referent.district") for k in near)


def _set(scene: Scene, places: tuple[Place, ...], passage: Passage) -> Scene:
    """Return a scene that moved to some places."""
    wide = scene.wide if all(p.level == "settlement" for p in places) else places
    told = next((t.days for t in passage.times if t.kind == "interval" and t.days is not None), None)
    paragraph = passage.sentence.paragraph
    return scene._replace(places=places, wide=wide, places_from=paragraph, places_on=told, item=())


def only_site(scenes: Sequence[Scene]) -> str:
    """Return the id of the one village of a report that is about a site in it: "the base", "the project"."""
    groups = [g for s in scenes for g in s.groups if not g.nation]
    named = {p.id: p for g in groups for p in g.places if p.level != "country" and not p.is_city}
    sites = {p.id for g in groups if g.site for p in g.places}
    villages = [p for p in named.values() if p.level == "settlement"]
    if len(villages) != 1 or sites != {villages[0].id}:
        return ""
    around = {villages[0].id, villages[0].adm2, villages[0].adm1}
    return villages[0].id if all(i in around for i, p in named.items() if p.level != "region") else ""


def _does(passage: Passage) -> bool:
    """Tell whether a passage has a verb of ours, done or suffered."""
    levels = ("predicate.other", "predicate.recorded")
    return any(not p.has(*levels) for p in passage.tagged.find("predicate"))


def sets_scene(passage: Passage) -> bool:
    """Tell whether a passage speaks of mine action or of ordnance, or opens a list: it says where."""
    if passage.tagged.folded[-1] == ":":
        return True
    return _does(passage) or bool(
        passage.tagged.find(
            "work",
            "incident",
            "head.mine",
            "head.uxo",
            "head.item",
            "head.ap_mine",
            "head.at_mine",
            "organisation",
        )
    )
