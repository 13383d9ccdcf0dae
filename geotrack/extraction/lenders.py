"""Places that a figure takes from others: the list behind it, its own parts, the same number told before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.casualties import event_phrases
from geotrack.extraction.drafts import PEOPLE_MEASURES
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import is_of_a_part
from geotrack.extraction.scene import Scene
from geotrack.models import Figure, Place, Span

# A list of where the work was done stands this many passages behind its figures.
LISTED_WITHIN = 2
# Parts of a whole stand this many characters behind it.
PARTS_WITHIN = 400
MOST_PARTS = 30
# Parts are rounded.
TOLERANCE = 1.005
# A number at least this large that is told twice is the same; below, two things may be counted.
TELLING = 100
_LISTED = frozenset({"adm1", "adm2", "region"})
_UNITS = frozenset({"adm1", "adm2"})
# What opens a sentence that points to what was just counted, and the words before its first place.
_TOLD = frozenset({"these", "they", "those", "this", "it"})
_SEVERAL = frozenset({"they", "them", "these", "those"})
_POINTING = 9


def lend_places(figures: list[Figure], passages: Sequence[Passage], scenes: Sequence[Scene]) -> None:
    """Place the figures whose own sentence names no place by those that stand around them."""
    _place_by_lists(figures, passages, scenes)
    _place_by_tellings(figures, passages)
    _place_by_parts(figures, passages, scenes)


def _place_by_tellings(figures: list[Figure], passages: Sequence[Passage]) -> None:
    """Give a number told again the places of its first telling, and a part of it, too: "Of these 470 …".

    The rows of a table tell their own places: a total may be the same number as one of its parts.
    """
    kinds: dict[Span, str] = {p.sentence.span: p.sentence.kind for p in passages}
    told: dict[tuple[str, float], Figure] = {}
    again: Figure | None = None
    for k, figure in enumerate(figures):
        key, kind = (figure.measure, figure.value_si), kinds[figure.sentence_span]
        if kind == "row":
            continue
        first = figure if kind == "heading" else told.setdefault(key, figure)
        lender = None
        if "places" in figure.inferred and figure.value >= TELLING and first is not figure:
            lender = again = first
        elif "places" in figure.inferred and again is not None:
            before = figures[k - 1]
            lender = again if before.sentence_span == figure.sentence_span else None
        again = again if lender else None
        if lender is not None:
            figures[k] = replace(figure, places=lender.places)


def _place_by_parts(figures: list[Figure], passages: Sequence[Passage], scenes: Sequence[Scene]) -> None:
    """Take a sum from a local scene if its parts are of several places: "5,000 ha; 4,200 of them in A, …".

    One part does where its own sentence says that it was there: the whole was not only there.
    """
    starts = [p.start + p.tagged.words[0].start for p in passages]
    for k, whole in enumerate(figures):
        if "places" not in whole.inferred or all(p.level in {"country", "region"} for p in whole.places):
            continue
        parts = _parts(figures, k)
        apart = {frozenset(p.id for p in part.places) for part in parts}
        scene = scenes[bisect_right(starts, whole.span[0]) - 1]
        named = any(g.places == whole.places for g in scene.groups)
        same = any(p.sentence_span == whole.sentence_span and p.places == whole.places for p in parts)
        if (len(apart) > 1 or (same and named)) and sum(p.value_si for p in parts) <= (
            TOLERANCE * whole.value_si
        ):
            figures[k] = replace(whole, places=_around(parts, scene))


def _around(parts: Sequence[Figure], scene: Scene) -> tuple[Place, ...]:
    """Return the unit of the title if all parts lie in it, else the country."""
    units = {p.id for p in scene.opening}
    within = all(p.adm1 in units for part in parts for p in part.places)
    return scene.opening if within else scene.country


def _parts(figures: Sequence[Figure], k: int) -> list[Figure]:
    """Return the smaller figures of the same measure behind one that name places of their own."""
    parts: list[Figure] = []
    for part in figures[k + 1 : k + 1 + MOST_PARTS]:
        near = part.span[0] - figures[k].span[1] <= PARTS_WITHIN
        if not near or part.measure != figures[k].measure or "places" in part.inferred:
            break
        parts.append(part)
    return parts


def _is_of_the_country(before: Figure, figure: Figure) -> bool:
    """Tell whether the figure before named the country as its place, and this one goes on with it."""
    named = "places" not in before.inferred and all(p.level == "country" for p in before.places)
    return named and figure.span[0] - before.span[1] <= PARTS_WITHIN and before.basis == figure.basis


def _place_by_lists(figures: list[Figure], passages: Sequence[Passage], scenes: Sequence[Scene]) -> None:
    """Give figures the places that a sentence behind them lists.

    "Work went on in A and B" serves figures of a period, "These are A and B" any that has no place yet,
    and "in three provinces" is met by the first sentences that name as many.
    """
    starts = [p.start + p.tagged.words[0].start for p in passages]
    for k, figure in enumerate(figures):
        if "places" not in figure.inferred:
            continue
        number = bisect_right(starts, figure.span[0]) - 1
        behind = range(number + 1, min(number + 1 + LISTED_WITHIN, len(passages)))
        places = _announced(passages, scenes, number, behind)
        unplaced = figure.places == scenes[number].country
        if not places and unplaced and not (k and _is_of_the_country(figures[k - 1], figure)):
            working = figure.basis == "period" and figure.measure not in PEOPLE_MEASURES
            lists = (_listed_places(passages[at], scenes[at], working=working) for at in behind)
            places = next((some for some in lists if some), ())
        if places:
            figures[k] = replace(figure, places=places)


def _announced(
    passages: Sequence[Passage], scenes: Sequence[Scene], number: int, behind: Sequence[int]
) -> tuple[Place, ...]:
    """Return the units that a passage only counts ("in three provinces") if those behind it name as many."""
    tagged = passages[number].tagged
    counted = [
        q.number.value
        for q in passages[number].quantities
        for p in tagged.find("referent.several")
        if q.number.last == p.first and not tagged.has(q.first - 1, "definite.word", "continuation.opening")
    ]
    named: dict[str, Place] = {}
    for at in behind if len(counted) == 1 else ():
        units = [p for g in scenes[at].groups if not g.nation and not g.actor for p in g.places]
        named |= {p.id: p for p in units if p.level in _UNITS}
        if len(named) == counted[0] and len({p.level for p in named.values()}) == 1:
            return tuple(named.values())
    return ()


def _listed_places(passage: Passage, scene: Scene, *, working: bool) -> tuple[Place, ...]:
    """Return the places of a sentence that only says where: "These are A", "Teams worked in A and B"."""
    if event_phrases(passage) or any(q.head != "other" for q in passage.quantities):
        return ()
    found = _tells_where_found(passage)
    pointing = found or _only_points(passage, scene)
    if not pointing and not (working and passage.tagged.find("work")):
        return ()
    lists = [
        g.places
        for g in scene.groups
        if not g.nation
        and not g.actor
        and not is_of_a_part(passage, g)
        and (found or all(p.level in _LISTED for p in g.places))
    ]
    return lists[0] if len(lists) == 1 and (pointing or len(lists[0]) > 1) else ()


def _tells_where_found(passage: Passage) -> bool:
    """Tell whether a sentence says where the things just counted lay: "They were found near the village"."""
    tagged = passage.tagged
    done = tagged.find("predicate")
    opens = tagged.folded[0] in _SEVERAL or tagged.has(0, "head.uxo", "head.item", "head.mine")
    return opens and bool(done) and all(p.has("predicate.found") for p in done)


def _only_points(passage: Passage, scene: Scene) -> bool:
    """Tell whether a sentence opens with what was told and a bare verb: "These are", "The works covered"."""
    tagged = passage.tagged
    before = range(min((g.first for g in scene.groups), default=0))
    told = (
        tagged.folded[0] in _TOLD
        or tagged.has(0, "work")
        or (
            tagged.folded[0] == "the"
            and any(tagged.has(k, "work", "land.kind", "head.other.place") for k in before)
        )
    )
    done = any(tagged.has(k, "predicate") and not tagged.has(k, "predicate.spread", "work") for k in before)
    verbal = any(tagged.has(k, "pointing", "level.verb", "auxiliary") for k in before)
    return told and verbal and not done and len(before) <= _POINTING
