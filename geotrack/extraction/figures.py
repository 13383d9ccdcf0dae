"""Figures: every quantity of a document that has a measure, with its places and its period."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geotrack.extraction.casualties import (
    is_about_ordnance,
    is_aggregate,
)
from geotrack.extraction.confidence import confidence
from geotrack.extraction.continuations import Told, context_of
from geotrack.extraction.drafts import (
    PEOPLE_MEASURES,
    Draft,
    Label,
    draft_figures,
    is_listed,
    label_of,
    lead_predicate,
)
from geotrack.extraction.flags import mark_flags
from geotrack.extraction.passages import Passage
from geotrack.extraction.periods import STOCKS, FigurePeriod, figure_period
from geotrack.extraction.places import PlaceGroup, governing_group
from geotrack.extraction.predicates import FAR
from geotrack.extraction.quantities import AREA_UNITS
from geotrack.extraction.scenes import Scene, reporters_own, speaks_of_the_world, worked_places
from geotrack.extraction.tables import Table
from geotrack.extraction.times import TimeExpression
from geotrack.extraction.topics import Topic
from geotrack.extraction.totals import (
    counts_people,
    ordnance_did_it,
    people_refusal,
    speaks_on_of_the_world,
    whole_of,
)
from geotrack.models import Document, Figure, Flag, Place, Refusal, fact_id

if TYPE_CHECKING:
    from geotrack.extraction.reader import Reader

# A figure lends its measure to one of its kind that stands open this many passages later.
LENDS_WITHIN = 4
# A list of where the work was done stands this many passages behind its figures.
LISTED_WITHIN = 2
# A stretch of more days than this is no week or month of work.
_LONG = 45
# What stands between a country and the number that it heads.
_HEADING_MARKS = frozenset({("(",), (":",), ("-",), ("|",)})


def read_figures(
    document: Document, passages: Sequence[Passage], scenes: Sequence[Scene], told: set[int], reader: Reader
) -> tuple[list[Figure], list[Refusal]]:
    """Return the figures of a document and what was refused; `told` are the passages that tell incidents."""
    figures: list[Figure] = []
    refused: list[Refusal] = []
    document_id = document.id  # hashes the whole text: once
    stated: list[Draft] = []
    about = is_about_ordnance(passages)
    worldly = speaks_of_the_world(passages, scenes, reader.covered)
    carried: str | None = None
    topic = Topic(about=about)
    label: Label | None = None
    table: Table | None = None
    last: Told | None = None
    for passage, scene in zip(passages, scenes, strict=True):
        stated = [d for d in stated if passage.number - d.passage.number <= LENDS_WITHIN]
        if passage.sentence.kind == "heading" and not passage.quantities:
            label = label_of(passage.tagged)
        if passage.sentence.kind == "row":
            table = table or Table(label, carried)
            drafts = table.drafts(passage, scene)
        else:
            table = None
            drafts = draft_figures(passage, carried if _goes_on(passage) else None, stated, label)
            carried = lead_predicate(passage, drafts, carried)
            drafts = topic.complete(passage, drafts)
        if speaks_on_of_the_world(passage, passages):
            drafts = [replace(d, refusal=d.refusal or "speaks of the world") for d in drafts]
        for draft in drafts:
            reason = draft.refusal or _refusal(
                draft, passages, told, about=about, counting=counts_people(draft, stated)
            )
            if draft.measure is None or reason is not None:
                refused.extend(_refused(draft, reason))
                continue
            whole = whole_of(draft, stated, figures)
            places, placed = (whole.places, True) if whole else _places(draft, scene, reader)
            if (
                not placed
                and told
                and (draft.measure in PEOPLE_MEASURES or _is_of_a_site(draft, scene, places))
            ):
                places = scene.country  # a total in a report of one incident is not the site's
            country = (reader.covered, placed, worldly)
            foreign = _why_foreign(passage, places, scene, country)
            if foreign is not None:
                refused.extend(_refused(draft, foreign))
                continue
            period = figure_period(
                passage,
                draft.anchors,
                draft.measure,
                document.source.published,
                context_of(draft, places, last, scene),
            )
            own = _own_share(draft, places, figures)
            figures.append(_figure((document_id, document.text), own, places, period, placed=placed))
            stated.append(draft)
            if period.stated and not (draft.quantity.bracketed and last and last.number == passage.number):
                last = Told(passage.number, period, draft, places)
    _place_by_lists(figures, passages, scenes)
    return mark_flags(figures, document.text), refused


def _why_foreign(
    passage: Passage, places: Sequence[Place], scene: Scene, country: tuple[frozenset[str], bool, bool]
) -> str | None:
    """Return why a figure is of no country of ours, or None; `country` is (covered, placed, worldly)."""
    covered, placed, worldly = country
    at_home = placed or any(p.adm0 in covered for g in scene.groups for p in g.places)
    abroad = not at_home and (scene.abroad == passage.sentence.paragraph or worldly)
    if abroad or not all(p.adm0 in covered for p in places):
        return "speaks of another country"
    return None if places else "the document names no country that geotrack covers"


def _place_by_lists(figures: list[Figure], passages: Sequence[Passage], scenes: Sequence[Scene]) -> None:
    """Give figures of a period the places that a sentence behind them lists: "Work went on in A and B"."""
    starts = [p.tagged.words[0].start for p in passages]
    for k, figure in enumerate(figures):
        number = bisect_right(starts, figure.span[0]) - 1
        unplaced = "places" in figure.inferred and figure.places in (
            scenes[number].country,
            scenes[number].opening,
        )
        if not unplaced or figure.basis != "period" or figure.measure in PEOPLE_MEASURES:
            continue
        for at in range(number + 1, min(number + 1 + LISTED_WITHIN, len(passages))):
            places = worked_places(passages[at], scenes[at])
            if places:
                figures[k] = replace(figure, places=places)
                break


def _goes_on(passage: Passage) -> bool:
    """Tell whether a passage can go on with the verb of the one before: a list item or "of these"."""
    return (
        passage.sentence.kind == "item"
        or any(passage.tagged.has(0, t) for t in ("continuation", "subset.strict"))
        or is_listed(passage)
    )


def _refusal(
    draft: Draft, passages: Sequence[Passage], told: set[int], *, about: bool, counting: bool
) -> str | None:
    """Return why a draft with a measure is still no figure."""
    quantity = draft.quantity
    if quantity.number.value <= 0:
        return "nothing was counted"
    if draft.measure == "people_at_risk" and not ordnance_did_it(draft, passages, about=about):
        return "not said to be at risk from explosive ordnance"
    if draft.measure in PEOPLE_MEASURES:
        return people_refusal(draft, passages, told, about=about, counting=counting)
    return None


def _refused(draft: Draft, reason: str | None) -> list[Refusal]:
    if reason is None:
        return []
    span = draft.passage.tagged.span(draft.quantity.first, draft.quantity.last)
    return [Refusal(draft.passage.tagged.text[span[0] : span[1]], span, reason)]


def _places(  # noqa: PLR0911 - one way out for each ruling
    draft: Draft, scene: Scene, reader: Reader
) -> tuple[tuple[Place, ...], bool]:
    """Return the places of a figure and whether its own sentence names them."""
    if draft.cell is not None and not draft.cell.groups:
        return (scene.places or scene.country), False
    group = (
        draft.cell.groups[0]
        if draft.cell
        else governing_group(draft.passage, scene.groups, draft.quantity, draft.anchors)
    )
    scene = _widened(draft, scene)
    if group is None:
        unset = not scene.places or scene.places == scene.country
        own = reporters_own(draft.passage) if unset else ()
        return (own or scene.places or scene.country), False
    if not group.nation and (not group.actor or _heads(draft, group)):
        return group.places, True
    covered = all(p.adm0 in reader.covered for p in group.places)
    within = scene.places and all(p.adm0 == group.places[0].adm0 for p in scene.places)
    if group.nation and _belongs(draft, group.first):
        local = within and not _speaks_of_all(draft, group) and draft.measure not in PEOPLE_MEASURES
        return (scene.places, False) if local else (group.places, True)
    if not covered and _is_elsewhere(draft, group):
        return group.places, True
    if within or not covered:
        return (scene.places or scene.country), False
    return group.places, True


def _heads(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether a country heads its number: "Ukraine (608)", "Ukraine: 608"."""
    between = draft.passage.tagged.folded[group.last : draft.quantity.first]
    return group.last <= draft.quantity.first and (not between or between in _HEADING_MARKS)


def _speaks_of_all(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether a nationality names a people or its land: "six million Ukrainians", "Ukrainian land"."""
    tagged = draft.passage.tagged
    return tagged.has(group.first, "head.person") or tagged.has(group.last, "land", "definite", "land.kind")


def _own_share(draft: Draft, places: Sequence[Place], before: Sequence[Figure]) -> Draft:
    """Return a part as a figure of its own where it has other places than its whole: "300 of them in X"."""
    whole = next((f for f in reversed(before) if f.measure == draft.measure), None)
    elsewhere = whole is not None and {p.id for p in whole.places} != {p.id for p in places}
    return replace(draft, subset=False) if draft.subset and elsewhere else draft


def _is_of_a_site(draft: Draft, scene: Scene, places: Sequence[Place]) -> bool:
    """Tell whether a figure without a place would take over a village from another paragraph."""
    elsewhere = draft.passage.sentence.paragraph != scene.places_from
    return elsewhere and len(places) == 1 and places[0].level == "settlement"


def _is_elsewhere(draft: Draft, group: PlaceGroup) -> bool:
    """Tell whether another country is where something was done: "Yemen recorded 500 casualties"."""
    tagged = draft.passage.tagged
    doer = any(tagged.has(k, "doer") for k in range(group.first, group.last))
    return not doer and not group.nation and draft.measure not in STOCKS


def _widened(draft: Draft, scene: Scene) -> Scene:
    """Return the scene for totals and levels of a later paragraph than the one that set it.

    A village is the scene of victims and levels only in its own paragraph, and a total since a war
    began is the country's, or that of the places in the title.
    """
    elsewhere = draft.passage.sentence.paragraph != scene.places_from
    running = [t for t in draft.passage.times if t.kind in {"since", "so_far"}]
    in_region = bool(scene.places) and all(p.level == "region" for p in scene.places)
    if any(_is_since_a_war(draft.passage, t, named=in_region) for t in draft.passage.times):
        return replace(scene, places=scene.opening)
    if running and (len(scene.places) > 1 or (elsewhere and not scene.is_titled)):
        whole = scene.opening if len(scene.opening) == 1 else scene.country
        return replace(scene, places=scene.region or whole)
    if _is_counted_nationally(draft, elsewhere=elsewhere) and not scene.is_titled:
        return replace(scene, places=scene.country)
    local = bool(scene.places) and all(p.level == "settlement" for p in scene.places)
    if (
        local
        and elsewhere
        and not scene.is_titled
        and (draft.measure in STOCKS or draft.measure in PEOPLE_MEASURES)
    ):
        return replace(scene, places=scene.wide)
    return scene


def _is_counted_nationally(draft: Draft, *, elsewhere: bool) -> bool:
    """Tell whether a body of the whole country gives a total or a level: "The ministry says that …"."""
    if not draft.passage.tagged.find("national_body"):
        return False
    if draft.measure in PEOPLE_MEASURES:
        return is_aggregate(draft.passage)
    dated = any(t.kind in {"since", "so_far", "as_of"} for t in draft.passage.times)
    return elsewhere and (dated or draft.measure in STOCKS)


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


def _belongs(draft: Draft, at: int) -> bool:
    """Tell whether a nationality stands in the quantity itself: "379 Azerbaijanis", "Ukrainian territory"."""
    return draft.quantity.first - 1 <= at <= draft.quantity.last + 3


def _figure(
    source: tuple[str, str], draft: Draft, places: tuple[Place, ...], period: FigurePeriod, *, placed: bool
) -> Figure:
    """Return the figure of a draft; `source` is the document's id and text."""
    document_id, text = source
    assert draft.measure is not None
    quantity, tagged = draft.quantity, draft.passage.tagged
    span = tagged.span(quantity.first, quantity.last)
    sentence = draft.passage.sentence
    value, unit = quantity.number.value, quantity.unit
    if quantity.head == "bare":
        unit = "people" if draft.measure in PEOPLE_MEASURES else "count"
    flags: list[Flag] = []
    if quantity.number.malformed:
        flags.append("malformed")
    if draft.subset:
        flags.append("subset")
    if period.rolling:
        flags.append("rolling")
    inferred = (*(() if placed else ("places",)), *period.inferred)
    return Figure(
        id=fact_id(document_id, "figure", span, draft.measure),
        measure=draft.measure,
        value=value,
        unit=unit,
        value_si=value * AREA_UNITS.get(unit, 1.0),
        unit_si="m2" if unit in AREA_UNITS else unit,  # type: ignore[arg-type]
        qualifier=quantity.qualifier,
        basis=period.basis,
        places=places,
        start=period.start,
        end=period.end,
        text=text[span[0] : span[1]],
        span=span,
        sentence=text[sentence.start : sentence.end],
        sentence_span=sentence.span,
        confidence=confidence(*_doubts(draft, period, placed=placed)),
        rule=_rule(draft),
        value_max=quantity.number.value_max,
        part=_part(draft),
        flags=tuple(flags),
        inferred=inferred,
    )


def _doubts(draft: Draft, period: FigurePeriod, *, placed: bool) -> list[str]:
    doubts = []
    governor = draft.governor
    if governor is None or governor.name == "noun":
        doubts.append("no_predicate")
    elif governor.inherited:
        doubts.append("topic_predicate" if governor.cost > FAR else "inherited_predicate")
    elif governor.cost > FAR:
        doubts.append("far_predicate")
    if not placed:
        doubts.append("inferred_places")
    if not period.stated:
        doubts.append("inferred_period")
    if draft.quantity.number.malformed:
        doubts.append("malformed")
    if draft.quantity.head == "bare":
        doubts.append("bare_number")
    return doubts


def _rule(draft: Draft) -> str:
    name = draft.governor.name if draft.governor else "part"
    return f"{draft.quantity.head}+{name}" + ("+list" if draft.governor and draft.governor.inherited else "")


def _part(draft: Draft) -> str | None:
    """Return the label of a part such as "water", where the quantity's own words name one."""
    quantity, tagged = draft.quantity, draft.passage.tagged
    for k in range(quantity.last, min(quantity.last + 4, len(tagged.words))):
        if tagged.has(k, "barrier.strong") or tagged.folded[k] == ",":
            break
        phrase = tagged.phrase_at[k]
        if phrase is not None and phrase.has("part"):
            return next(t.split(".")[1] for t in sorted(phrase.tags) if t.startswith("part."))
    return None
