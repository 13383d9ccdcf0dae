"""Which of several places of one name lies as far from another as a text says.

"Olenivka (23 km south-west of Donetsk)": monitors and police tell villages apart so, and nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from geotrack.gazetteer.candidates import Candidate, NameInfo
from geotrack.gazetteer.folding import fold
from geotrack.gazetteer.hits import CAPITALISED, NameHit, word_before
from geotrack.gazetteer.lexicon import Lexicon
from geotrack.gazetteer.villages import write_text_only
from geotrack.models import Place

if TYPE_CHECKING:
    import pyproj

MAX_ASIDE = 110  # characters between a name and the place that it is told to be away from
MAX_NAMED = MAX_ASIDE + 40  # the same with the name
# What a distance may be off: it is by road, or from the edge of a town.
_ARTICLES = frozenset({"the", "a", "an"})
SLACK_KM, SLACK_SHARE = 6.0, 0.3


def link_distances(text: str, names: Sequence[NameHit], units: frozenset[str]) -> None:
    """Write into each name how far from the next one a bracket or clause behind it says it is, in km.

    `units` are the words for kilometres.
    """
    for name, anchor in pairwise(names):
        aside = text[name.tail : anchor.head]
        if len(aside) <= MAX_ASIDE and (found := _aside(units).fullmatch(aside)):
            name.away = float(found[1].replace(",", ".")), anchor


@cache
def _aside(units: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    return re.compile(
        rf"\s?[,(\u2013-]\s?(?:[^\d.;()\n]{{0,50}}[ ,])?(\d{{1,3}}(?:[.,]\d)?)[ \u00a0-]?(?:{words})\b"
        r"[^\d.;()\n]{1,45}"
    )


def at_distance(hit: NameHit, pool: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate that lies as far from its anchor as the text says, if one does.

    Where the point of none is known that fits, the only one of the anchor's own oblast or district is meant.
    """
    if hit.away is None or hit.away[1].place is None:
        return None
    if hit.unit is not None and "settlement" not in hit.unit.levels:
        return None
    told_km, anchor = hit.away[0], hit.away[1].place
    errors = [
        (abs(km - told_km), candidate)
        for candidate in pool
        if candidate.place.level == "settlement" and (km := distance_km(candidate.place, anchor)) is not None
    ]
    error, best = min(errors, key=lambda pair: pair[0], default=(SLACK_KM, None))
    if best is not None and error <= max(SLACK_KM, SLACK_SHARE * told_km):
        return best
    pointless = [c for c in pool if c.place.level == "settlement" and c.place.lon is None]
    beside = [c for c in pointless if c.place.adm1 is not None and c.place.adm1 == anchor.adm1]
    return beside[0] if len(beside) == 1 else None


def unknown_names(
    text: str, names: Sequence[NameHit], lexicon: Lexicon, unit_of: Callable[[str], Place | None]
) -> Iterator[NameHit]:
    """Yield the villages that no pack knows and whose distance from a known place a text tells.

    They lie in that place's first-level unit, which `unit_of` gives.
    """
    for previous, anchor in zip([None, *names], names, strict=False):
        start = max(previous.tail if previous else 0, anchor.head - MAX_NAMED)
        found = _named(frozenset(lexicon.kilometres)).search(text, start, anchor.head)
        unit = unit_of(anchor.place.adm1) if found and anchor.place and anchor.place.adm1 else None
        if not found or unit is None:
            continue
        before = word_before(text, found.start(1))
        if before.islower() and before not in _ARTICLES:  # "in X", "in government-controlled X"
            village = NameHit(found.start(1), found.end(1), NameInfo(fold(found[1]), ()))
            village.sentence = anchor.sentence
            write_text_only(village, found[1], unit, chained=True)
            yield village


@cache
def _named(units: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({CAPITALISED}){_aside(units).pattern}$")


def anchor_name(hit: NameHit) -> str:
    """Return the name of the place that a name is told to be away from."""
    anchor = hit.away[1].place if hit.away else None
    return anchor.name if anchor else ""


def distance_km(one: Place, other: Place) -> float | None:
    """Return how far two places lie apart, in km on WGS84; None where a point of either is not known."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    return float(_geod().inv(one.lon, one.lat, other.lon, other.lat)[2]) / 1000


@cache
def _geod() -> pyproj.Geod:
    import pyproj  # slow to import, and few texts need it

    return pyproj.Geod(ellps="WGS84")
