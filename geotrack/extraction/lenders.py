"""Places that a figure takes from others: the list behind it, its own parts, the same number told before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geotrack.extraction.casualties import event_phrases
from geotrack.extraction.drafts import PEOPLE_MEASURES
from geotrack.extraction.passages import Passage
from geotrack.extraction.places import is_of_a_part
from geotrack.extraction.scenes import Scene
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


def lend_places(figures: list[Figure], passages: Sequence[Passage], scenes: Sequence[Scene]) -> None:
    """Place the figures whose own sentence names no place by those that stand around them."""
    _place_by_lists(figures, passages, scenes)
    _place_by_tellings(figures, {p.sentence.span for p in passages if p.sentence.kind == "heading"})
    _place_by_parts(figures, passages, scenes)


def _place_by_tellings(figures: list[Figure], headings: set[Span]) -> None:
    """Give a number told again the places of its first telling, and a part of it, too: "Of these 470 …"."""
    told: dict[tuple[str, float], Figure] = {}
    again: Figure | None = None
    for k, figure in enumerate(figures):
        key = (figure.measure, figure.value_si)
        first = figure if figure.sentence_span in headings else told.setdefault(key, figure)
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
    """Take a sum from a local scene if its parts are of several places: "5,000 ha; 4,200 of them in A, …"."""
    starts = [p.tagged.words[0].start for p in passages]
    for k, whole in enumerate(figures):
        if "places" not in whole.inferred or all(p.level in {"country", "region"} for p in whole.places):
            continue
        parts = _parts(figures, k)
        apart = {frozenset(p.id for p in part.places) for part in parts}
        if len(apart) > 1 and sum(p.value_si for p in parts) <= TOLERANCE * whole.value_si:
            number = bisect_right(starts, whole.span[0]) - 1
            figures[k] = replace(whole, places=_around(parts, scenes[number]))


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
    """Give figures of a period the places that a sentence behind them lists: "Work went on in A and B"."""
    starts = [p.tagged.words[0].start for p in passages]
    for k, figure in enumerate(figures):
        number = bisect_right(starts, figure.span[0]) - 1
        unplaced = "places" in figure.inferred and figure.places == scenes[number].country
        if unplaced and k and _is_of_the_country(figures[k - 1], figure):
            continue
        if not unplaced or figure.basis != "period" or figure.measure in PEOPLE_MEASURES:
            continue
        for at in range(number + 1, min(number + 1 + LISTED_WITHIN, len(passages))):
            places = _worked_places(passages[at], scenes[at])
            if places:
                figures[k] = replace(figure, places=places)
                break


def _worked_places(passage: Passage, scene: Scene) -> tuple[Place, ...]:
    """Return the places of a sentence that only says where work was done: "The work went on in A and B"."""
    if event_phrases(passage) or not passage.tagged.find("work"):
        return ()
    if any(q.head != "other" for q in passage.quantities):
        return ()
    lists = [
        g
        for g in scene.groups
        if not g.nation
        and not g.actor
        and not is_of_a_part(passage, g)
        and all(p.level in _LISTED for p in g.places)
    ]
    return lists[0].places if len(lists) == 1 and len(lists[0].places) > 1 else ()
