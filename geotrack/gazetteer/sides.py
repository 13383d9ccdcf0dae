"""A side of a country that stands for a named region: "eastern Ukraine" was Donbas from 2014 to 2022.

Which side does, in which words and when, stands in the lexicons (`[[side]]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geotrack.gazetteer.candidates import NameInfo
from geotrack.gazetteer.folding import fold
from geotrack.gazetteer.hits import NameHit
from geotrack.gazetteer.lexicon import Side
from geotrack.models import Place

SIDE_SCORE = 0.8  # Dnipro is in the east, too
_MOST = 40  # characters of the longest words before a name


def take_sides(text: str, names: Sequence[NameHit], side: Side, region: Place) -> Iterator[NameHit]:
    """Write the region into the country's names that its side is told of; yield it where no name stands."""
    folded = fold(text)
    for name in names:
        if name.place is None or name.place.id != side.country:
            continue
        before = side.before.search(folded, max(0, name.start - _MOST), name.start)
        behind = None if before else side.behind.match(folded, name.end)
        if before or behind:
            name.start = before.start() if before else name.start
            name.end = behind.end() if behind else name.end
            _write(name, region)
    yield from _found(folded, side.unnamed, region)


def take_named(text: str, side: Side, region: Place) -> Iterator[NameHit]:
    """Yield the region where words stand that mean it by themselves."""
    yield from _found(fold(text), side.named, region)


def _found(folded: str, words: re.Pattern[str], region: Place) -> Iterator[NameHit]:
    for found in words.finditer(folded):
        hit = NameHit(*found.span(), NameInfo(found[0], ()))
        _write(hit, region)
        yield hit


def _write(name: NameHit, region: Place) -> None:
    name.place, name.score, name.alternatives = region, SIDE_SCORE, ()
    name.why = f"the side of {region.adm0} that was {region.name} at the time"
