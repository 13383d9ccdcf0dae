"""When a fact that was read is the one that a person annotated: the rules of the gold gate.

They are the rules of `tests/gold/score.py`, which stays as the independent reference; a test holds both
against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple, get_args

from geotrack.evaluation.models import GoldFigure, GoldIncident, GoldT, GotT, Neutral
from geotrack.models import Figure, Incident, Place

# Two values are the same within the rounding that reports allow themselves.
VALUE_TOLERANCE = 0.005
# Two spellings of a name are the same from this likeness on (difflib's ratio).
NAME_LIKENESS = 0.8
# A document may hold this many extra facts of neutral kinds, or as many as gold has figures, without blame.
LEAST_EXCUSED = 2
FIELDS_IN_COMMON = 2

_NEUTRAL: frozenset[str] = frozenset(get_args(Neutral))
# Square metres a unit. Acres and square miles are compared as plain counts, as the reference does.
_AREAS = {"ha": 1e4, "km2": 1e6, "m2": 1.0}
_PERCENT = ("percent", "%")
_UNIT_WORD = re.compile(r"(raion|rayon|district|oblast|region|village|settlement|city|rayonu)$")
_LATIN = str.maketrans({"ə": "a", "ı": "i", "ö": "o", "ü": "u"})  # noqa: RUF001 - Azerbaijani letters


class Match(NamedTuple):
    """Positions of a gold fact and of the fact read that answers it, and how well it does."""

    gold: int
    got: int
    score: int


def match(
    gold: Sequence[GoldT], got: Sequence[GotT], score: Callable[[GoldT, GotT], int]
) -> tuple[Match, ...]:
    """Pair gold with what was read, one to one, best first; of equals one that counts goes first."""
    pairs = sorted(
        (-points, bool(one.neutral), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(got)
        if (points := score(one, other))
    )
    taken_gold: set[int] = set()
    taken_got: set[int] = set()
    found = []
    for points, _, i, j in pairs:
        if i not in taken_gold and j not in taken_got:
            taken_gold.add(i)
            taken_got.add(j)
            found.append(Match(i, j, -points))
    return tuple(found)


# figures -------------------------------------------------------------------------------------------


def figure_depth(gold: GoldFigure, got: Figure) -> int:
    """Return how far a figure agrees with gold: 0 not, 1 measure and value, 2 places, 3 period."""
    if got.measure not in {gold.measure, *gold.alt_measures} or not _same_value(gold, got):
        return 0
    if not are_places_right(gold, got):
        return 1
    return 3 if is_period_right(gold, got) else 2


def are_places_right(gold: GoldFigure, got: Figure) -> bool:
    """Tell whether a figure has gold's set of places, or the other set that is also right."""
    if same_places(gold.places, got.places) or gold.is_lenient("places"):
        return True
    return bool(gold.alt_places) and same_places(gold.alt_places, got.places)


def is_period_right(gold: GoldFigure, got: Figure) -> bool:
    """Tell whether a figure starts and ends on gold's days."""
    start = gold.start == got.start or gold.is_lenient("start", "period")
    return start and (gold.end == got.end or gold.is_lenient("end", "period"))


def excused(gold: Sequence[GoldFigure], got: Sequence[Figure], matches: Iterable[Match]) -> frozenset[int]:
    """Return the positions of unmatched figures that count neither for nor against.

    Those are figures whose value gold holds as a neutral figure, and a limited number of others that say of
    themselves that they are neutral, or that are land released (which gold seldom tells from cleared).
    """
    answered = {one.got for one in matches}
    neutral = [one for one in gold if one.neutral]
    allowed = max(LEAST_EXCUSED, len(gold))
    found = set()
    for j, figure in enumerate(got):
        if j in answered:
            continue
        if any(_same_value(one, figure) for one in neutral):
            found.add(j)
        elif allowed and (figure.measure == "area_released" or not _NEUTRAL.isdisjoint(figure.flags)):
            found.add(j)
            allowed -= 1
    return frozenset(found)


def _same_value(gold: GoldFigure, got: Figure) -> bool:
    kind, value = _quantity(gold.value, gold.unit)
    other_kind, other = _quantity(got.value, got.unit)
    return kind == other_kind and abs(value - other) <= VALUE_TOLERANCE * max(abs(value), abs(other), 1e-9)


def _quantity(value: float, unit: str) -> tuple[str, float]:
    """Return what kind of quantity it is, and the value in that kind's one unit (m², percent, count)."""
    if unit in _AREAS:
        return "area", value * _AREAS[unit]
    return ("percent" if unit in _PERCENT else "count"), value


# places --------------------------------------------------------------------------------------------


def same_places(gold: Sequence[str], got: Sequence[Place]) -> bool:
    """Tell whether two sets of places are the same, each place of one answered by one of the other."""
    if len(gold) != len(got):
        return False
    rest = list(got)
    for label in gold:
        answer = next((place for place in rest if is_place(label, place)), None)
        if answer is None:
            return False
        rest.remove(answer)
    return True


def is_place(label: str, place: Place) -> bool:
    """Tell whether a place is the one that gold names: by its id, or by its parent, level and name."""
    if label == place.id:
        return True
    if "/" in label:
        return _is_named(place, *label.split("/", 1))
    if ":" in label and ":" in place.id and not place.id.startswith(("gn:", "katottg:")):
        return _plain(label.split(":")[1]) == _plain(place.id.split(":")[1])
    return False


def _is_named(place: Place, parent: str, name: str) -> bool:
    if place.adm1 not in (None, parent) and not place.id.startswith(parent):
        return False
    if (place.level == "adm2") != name.lower().endswith("raion"):
        return False
    return bool(place.name) and _likeness(name, place.name) >= NAME_LIKENESS


@lru_cache(maxsize=4096)
def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, _plain(name), _plain(other)).ratio()


def _plain(name: str) -> str:
    """Return a name without case, accents, signs and the word for its kind of unit."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(_LATIN))
    return _UNIT_WORD.sub("", "".join(c for c in folded if c.isalnum()))


# incidents -----------------------------------------------------------------------------------------


class IncidentAgreement(NamedTuple):
    """Which fields of an incident agree with gold."""

    date: bool
    places: bool
    killed: bool
    injured: bool


def incident_agreement(gold: GoldIncident, got: Incident, *, exact: bool = False) -> IncidentAgreement:
    """Say which fields agree: `exact` asks for the same date and set of places, else a part will do."""
    return IncidentAgreement(
        _is_same_date(gold.date, got.date, exact=exact) or gold.is_lenient("date"),
        gold.is_lenient("places")
        or (same_places(gold.places, got.places) if exact else _overlap(gold.places, got.places)),
        (gold.killed or 0) == (got.killed or 0) or gold.is_lenient("killed"),
        (gold.injured or 0) == (got.injured or 0) or gold.is_lenient("injured"),
    )


def incident_score(gold: GoldIncident, got: Incident) -> int:
    """Return how many of four fields agree, 0 where it is another event.

    The same event needs a stated date or place in common, unless neither states any, and two fields in all.
    """
    agreed = incident_agreement(gold, got)
    stated = (
        (agreed.date and gold.date) or (agreed.places and gold.places) or gold.is_lenient("date", "places")
    )
    nowhere = not (gold.date or gold.places or got.date or got.places)
    return sum(agreed) if (stated or nowhere) and sum(agreed) >= FIELDS_IN_COMMON else 0


def incident_depth(gold: GoldIncident, got: Incident) -> int:
    """Return how far an incident that answers gold's agrees with it: 1 the same event, 2 every field."""
    return 2 if all(incident_agreement(gold, got, exact=True)) else 1


def _is_same_date(gold: str | None, got: str | None, *, exact: bool) -> bool:
    if gold == got:
        return True
    return (
        bool(gold and got)
        and not exact
        and (str(gold).startswith(str(got)) or str(got).startswith(str(gold)))
    )


def _overlap(gold: Sequence[str], got: Sequence[Place]) -> bool:
    if not gold and not got:
        return True
    return any(is_place(label, place) for label in gold for place in got)
